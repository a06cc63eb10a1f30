"""What a speaker has met may be named; whatever else the world has is found, however it is written."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from madata.tests.validators.test_text import some
from madata.tests.validators.voiced import acts, voiced
from madata.validators.spoken import Line, lines
from madata.validators.tom.privacy import CHECK, faults

PARAPHRASES = Path(__file__).parent.parent / "data" / "paraphrases.jsonl"
NAMES = frozenset(
    "apple,box,red box,old willow basket,kitchen,cellar,sixty dollars,half past four,twenty-four,track two,June,May,"
    "tram,the day of the concert,Friday,Monday,the castle loop,kingfisher".split(",")
)
LINE = Line(
    text="",
    act="tell",
    speech=True,
    actor="Anna",
    aloud=True,
    hearers=("Ben",),
    people=("Anna", "Ben", "Carla"),
    must=("the day of the concert", "Friday"),
    may=frozenset(["Anna", "Ben", "kitchen"]),
    holds=True,
    names=NAMES,
    topics=frozenset(["the day of the concert"]),
    met=frozenset(["apple", "box", "Ben", "Monday"]),
    private=frozenset(["Monday", "Friday"]),
)


def complaints(line: Line) -> list[str]:
    return [f"{line.text!r}: expected {fault.expected}, found {fault.found}" for fault in faults(line)]


@pytest.mark.parametrize(
    "text",
    [
        "The concert is on Friday, Ben.",
        "Ben, the day of the concert is Friday.",
        "The concert's day? It's Friday, I, Anna, say so, here in the kitchen.",
        "Put the apples into the boxes, the concert is on Friday.",
        "You may call me in four weeks, it is Friday.",
        "A fox, a garbage can and two dogs, but the concert is on Friday.",
        "It will cost a lot and the tracks are wet.",
        "I was half asleep at four, past caring.",
        "Friday's the concert's day.",
    ],
)
def test_what_is_open_may_be_said(text: str) -> None:
    assert complaints(replace(LINE, text=text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The red box, on Friday.", "red box"),
        ("The red boxes, on Friday.", "red box"),
        ("It is in the OLD WILLOW BASKET.", "old willow basket"),
        ("It is in the old basket of willow.", "old willow basket"),
        ("See you in the cellar.", "cellar"),
        ("See you in the celler.", "cellar"),
        ("It costs 60 dollars.", "sixty dollars"),
        ("It costs $60.", "sixty dollars"),
        ("It is 4:30 now.", "half past four"),
        ("I have 24 of them.", "twenty-four"),
        ("Track 2 it is.", "track two"),
        ("It is in June.", "June"),
        ("It is in May, then.", "May"),
        ("I came by tram.", "tram"),
        ("The loop around the castle is closed.", "the castle loop"),
        ("I saw two kingfishers, no, one kingfishr.", "kingfisher"),
        ("Carla told me that it is on Friday.", "Carla"),
        ("Carla's concert is on Friday.", "Carla"),
    ],
)
def test_what_nobody_has_met_is_found(text: str, name: str) -> None:
    assert [fault.found.startswith(repr(name)) for fault in faults(replace(LINE, text=text))] == [True]


def test_a_secret_is_told_by_its_own_act_only() -> None:
    assert complaints(replace(LINE, text="It is on Friday.")) == []
    [fault] = faults(replace(LINE, text="It is on Friday, and not on Monday."))
    assert fault.expected == "no private value but what the act discloses"
    [fault] = faults(replace(LINE, act="talk", must=(), text="I like Fridays."))
    assert fault.expected == "no private value but what the act discloses"
    [fault] = faults(replace(LINE, act="talk", must=(), met=NAMES, text="I like Fridays."))
    assert "'Friday'" in fault.found


def test_where_a_thing_was_can_be_seen_and_what_a_fact_was_cannot() -> None:
    moved = replace(
        LINE, act="change", must=("apple", "box"), may=frozenset(["red box"]), private=frozenset(["red box"])
    )
    assert complaints(replace(moved, text="I take the apple out of the red box and put it into the box.")) == []
    changed = replace(
        LINE, act="change", may=frozenset(["Monday"]), text="It is on Friday now, and no longer on Monday."
    )
    [fault] = faults(changed)
    assert "'Monday'" in fault.found


# Generated worlds.


def spoken(slot: int) -> Iterator[tuple[int, Line]]:
    story = some(40)[slot]
    for number in acts(story):
        story = voiced(story, number)
    assert [str(finding) for finding in CHECK.judge(story)] == []
    yield from lines(story)


@pytest.mark.parametrize("slot", range(40))
def test_every_name_nobody_has_met_is_found(slot: int) -> None:
    for _, line in spoken(slot):
        closed = line.names.union(line.people) - line.met - line.may - {line.actor, *line.hearers, *line.must}
        for name in closed:
            for said in (name, name.upper() if len(name) > 3 else name):
                assert complaints(replace(line, text=f"{line.text.rstrip('.!?')}, and {said}.")), (line.text, name)


@pytest.mark.parametrize("slot", range(40))
def test_every_secret_is_found(slot: int) -> None:
    for _, line in spoken(slot):
        for name in line.private - {line.actor, *line.hearers, *line.must, *line.may}:
            [*found] = faults(replace(line, text=f"{line.text.rstrip('.!?')}, and {name}."))
            assert any("private" in fault.expected for fault in found)


def test_faithful_paraphrases_name_nothing_else() -> None:
    scenes = {}
    for text in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        record = json.loads(text)
        if "turns" in record:
            scenes[record["scene"]] = record | {"id": "", "task": "tom", "provenance": {"teachers": [], "spoken": []}}
        elif record["error"] is None:
            [(_, line)] = lines(voiced(scenes[record["scene"]], record["index"], record["text"]))
            assert complaints(line) == []


def test_a_finding_names_the_turn() -> None:
    for slot in range(40):
        for number, line in spoken(slot):
            for name in line.private - {line.actor, *line.hearers, *line.must, *line.may}:
                [finding] = CHECK.judge(voiced(some(40)[slot], number, f"Just so you know: {name}!"))
                assert (finding.check, finding.where) == ("privacy", f"turn {number}")
                assert finding.expected == "no private value but what the act discloses"
                assert finding.found.startswith(repr(name))
                return
    raise AssertionError("no story with a secret")


@pytest.mark.parametrize(
    "text", ["Friday " * 20_000, "a" * 100_000, "red " * 240, "\u200b\u202e" * 400, "1" * 999, "=" * 999]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    start = time.perf_counter()
    found = [*faults(replace(LINE, text=text))]
    assert time.perf_counter() - start < 0.1
    assert len(text) <= 1000 or found
    assert all(fault.found.isascii() for fault in found)
