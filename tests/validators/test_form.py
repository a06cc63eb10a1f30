"""What people say passes, and each kind of what they never say does not."""

import json
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from madata.tests.validators.test_text import some
from madata.tests.validators.voiced import acts, voiced
from madata.validators.form import CHECK, faults
from madata.validators.spoken import Line
from madata.validators.tom.spoken import SPEECH, Scene

HERE = Path(__file__).parent.parent / "data"
UTTERANCES = tomllib.loads((HERE / "form.toml").read_text(encoding="utf-8"))
PEOPLE = ("Anna", "Ben", "Carla", "Dario")
TOPICS = frozenset(
    ["the day of the concert", "the title of the play", "Anna's exam", "the instrument Anna is learning"]
)
NAMES = TOPICS | {"apple", "box", "basket", "kitchen", "Friday", "Monday", "The Last Lamp", "sitar"}
ANNA = Line(
    text="",
    act="tell",
    speech=True,
    actor="Anna",
    aloud=True,
    hearers=PEOPLE[1:],
    people=PEOPLE,
    must=(),
    may=frozenset(),
    holds=True,
    names=NAMES,
    topics=TOPICS,
    met=NAMES,
    private=frozenset(),
)
ACTS = ("tell", "ask", "talk", "enter", "leave", "change", "look")


def said(kind: str, text: str) -> Line:
    if "narrated" in kind:
        return replace(ANNA, act="enter", speech=False, aloud=False, holds=None, text=text)
    act = next((act for act in ACTS if kind.endswith(act)), "tell")
    return replace(ANNA, act=act, speech=act in SPEECH, text=text)


def utterances(table: str, kind: str) -> list[Line]:
    texts = UTTERANCES[table][kind]
    return [said(kind, text) for text in (texts.strip("\n").splitlines() if isinstance(texts, str) else texts)]


def complaints(line: Line) -> list[str]:
    return [f"{line.text!r}: expected {fault.expected}, found {fault.found}" for fault in faults(line)]


@pytest.mark.parametrize("kind", UTTERANCES["good"])
def test_what_people_say_passes(kind: str) -> None:
    assert [complaint for line in utterances("good", kind) for complaint in complaints(line)] == []


@pytest.mark.parametrize("kind", UTTERANCES["bad"])
def test_what_they_never_say_does_not(kind: str) -> None:
    assert len(utterances("bad", kind)) >= 15
    assert [line.text for line in utterances("bad", kind) if not complaints(line)] == []


# What nobody wrote by hand.


def test_paraphrases_pass() -> None:
    """Whatever else is wrong with them, they are what a person could say, unless it is somebody else who acts."""
    scenes = {}
    for line in (HERE / "paraphrases.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if "turns" in record:
            scenes[record["scene"]] = record
        if "turns" in record or record["error"] == "person":
            continue
        story = scenes[record["scene"]]
        turn = {**story["turns"][record["index"]], "text": record["text"]}
        event = story["world"]["events"][turn["event"]] if turn["event"] is not None else None
        assert complaints(Scene(story["agents"], story["world"]).line(turn, event)) == []


@pytest.mark.parametrize("slot", range(40))
def test_the_words_of_the_templates_pass(slot: int) -> None:
    story = some(40)[slot]
    for number in acts(story):
        story = voiced(story, number)
    assert [str(finding) for finding in CHECK.judge(story)] == []


HOSTILE = {
    "long": "a" * 100_000,
    "long words": "the apple " * 10_000,
    "quotes": "\"'" * 200,
    "spaces": " " * 399 + "a",
    "colons": "a:" * 200,
    "stops": ". " * 200,
    "names": "Anna " * 80,
    "apostrophes": "a'" * 200,
    "zero width": "the\u200b apple",
    "right to left": "\u202eelppa eht",
    "control": "the apple\u0007",
    "surrogate": "the apple \ud83d",
    "combining": "Z" + "\u0301" * 300,
    "nothing": "",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_refused_in_time(text: str) -> None:
    start = time.perf_counter()
    found = list(faults(replace(ANNA, text=text)))
    assert time.perf_counter() - start < 0.05
    assert found
    assert all(fault.found.isascii() and len(fault.found) < 1000 for fault in found)


def test_a_finding_names_the_turn() -> None:
    story = some(40)[0]
    number = next(iter(acts(story)))
    [first, *_] = CHECK.judge(voiced(story, number, "As an AI, I cannot say that."))
    assert (first.check, first.where) == ("form", f"turn {number}")
    assert "'as an ai' in 'As an AI, I cannot say that.'" in first.found
    assert list(CHECK.judge(story)) == []
