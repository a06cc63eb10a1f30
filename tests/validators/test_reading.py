"""Readers that take a turn for its act pass, those that take it for anything else do not; choices must be a choice."""

from collections.abc import Iterator
from typing import Any

import pytest
from corpora import concluded

from madata.tests.validators.test_text import some
from madata.tests.validators.voiced import Json, acts, voiced
from madata.validators.readers import CHECK, MOST


def clauses(story: Json, number: int) -> tuple[str, str, str] | None:
    """What a telling of where a thing is says, the same of another container, and its denial."""
    world = story["world"]
    event = world["events"][story["turns"][number]["event"]]
    names = {entity["id"]: entity["name"] for entity in world["entities"]}
    [variable] = [each for each in world["variables"] if each["id"] == event["variable"]]
    if variable["kind"] != "location" or not event["holds"]:
        return None
    thing, other = names[variable["about"]], next(each for each in variable["values"] if each != event["value"])
    said = f"the {thing} is in the {names[event['value']]}"
    return said, f"the {thing} is in the {names[other]}", said.replace(" is in ", " is not in ")


def tellings() -> Iterator[tuple[Json, int, tuple[str, str, str]]]:
    for story in some(40):
        for number, act in acts(story).items():
            if act == "tell" and (found := clauses(story, number)):
                yield story, number, found


def judged(story: Json, number: int, choices: list[str], chosen: int) -> list[str]:
    reading = {"model": "a reader", "choices": choices, "chosen": chosen}
    return [f"{finding.where}: {finding}" for finding in CHECK.judge(voiced(story, number, reading=reading))]


def test_the_right_choice_passes_wherever_it_stands() -> None:
    read = 0
    for story, number, (said, other, denied) in tellings():
        for place in range(3):
            choices = [other, denied]
            choices.insert(place, said)
            assert judged(story, number, choices, place) == []
            for wrong in {0, 1, 2} - {place}:
                [line] = judged(story, number, choices, wrong)
                assert line.startswith(f"turn {number}: reading")
                assert repr(said) in line and repr(choices[wrong]) in line.split(", found ")[1]
            read += 1
    assert read > 20


def test_an_act_that_is_no_speech_is_read_too() -> None:
    read = 0
    for story in some(40):
        called = {each["id"]: each["name"] for each in (*story["agents"], *story["world"]["entities"])}
        places = [each["name"] for each in story["world"]["entities"] if each["kind"] == "place"]
        for number, act in acts(story).items():
            if act not in ("enter", "leave") or len(places) < 2:
                continue
            event = story["world"]["events"][story["turns"][number]["event"]]
            who, where = called[event["agent"]], called[event["place"]]
            somewhere = next(place for place in places if place != where)
            verb, wrong = ("enters", "leaves") if act == "enter" else ("leaves", "enters")
            choices = [f"{who} {wrong} the {where}", f"{who} {verb} the {where}", f"{who} {verb} the {somewhere}"]
            assert judged(story, number, choices, 1) == []
            assert len(judged(story, number, choices, 0)) == len(judged(story, number, choices, 2)) == 1
            read += 1
    assert read > 20


def first() -> tuple[Json, int, tuple[str, str, str]]:
    return next(tellings())


@pytest.mark.parametrize(
    ("choices", "chosen", "expected"),
    [
        ([1, 2], 0, "one choice that says the act, found 0 of 2"),
        ([0, 1, 0], 0, "one choice that says the act, found 2 of 3"),
        ([0, 1], 2, "a choice below 2, found 2"),
        ([0, 1], 10**30, "a choice below 2"),
        ([0] * (MOST + 1), 0, f"at most {MOST} choices, found {MOST + 1}"),
    ],
)
def test_choices_are_a_choice(choices: list[int], chosen: int, expected: str) -> None:
    story, number, said = first()
    [line] = judged(story, number, [said[choice] for choice in choices], chosen)
    assert f"expected {expected}" in line


def test_hostile_choices_are_read_in_time() -> None:
    story, number, (said, *_) = first()
    for text in ("a" * 100_000, "\u202e\u200b" * 500, "not " * 250, said + "\u0000", ""):
        assert judged(story, number, [text] * MOST, 0)


def test_an_unread_turn_is_as_good_as_any() -> None:
    story, number, _ = first()
    assert [*CHECK.judge(story)] == [*CHECK.judge(voiced(story, number))] == []


def test_figures_count_turns_and_readers() -> None:
    story, number, (said, other, _) = first()
    reading: Json = {"model": "a reader", "choices": [said, other], "chosen": 0}
    episodes: list[Any] = [story, voiced(voiced(story, number, reading=reading), 0), voiced(story, number)]
    conclusion = concluded(CHECK, *episodes)
    assert conclusion.findings == []
    assert conclusion.figures == {"turns of models": 3, "turns read": 1, "readers": {"a reader": 1}}
    assert concluded(CHECK, story).figures == {}
