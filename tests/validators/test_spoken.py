"""Which turns a model may speak, what a line must say, and who has met what."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from madata.generators import make
from madata.validators.spoken import Line, index, lines, mentioned
from madata.validators.tom.spoken import Scene

Json = dict[str, Any]

AGENTS = [{"id": f"a{n}", "name": name} for n, name in enumerate(["Anna", "Ben", "Carla"], 1)]
WORLD = {
    "entities": [
        {"id": "p1", "kind": "place", "name": "kitchen"},
        {"id": "c1", "kind": "container", "name": "box"},
        {"id": "c2", "kind": "container", "name": "old box"},
        {"id": "o1", "kind": "object", "name": "apple"},
        {"id": "x1", "kind": "value", "name": "a parrot"},
        {"id": "x2", "kind": "value", "name": "a beagle"},
    ],
    "variables": [
        {"id": "v1", "kind": "location", "name": "l", "about": "o1", "values": ["c1", "c2"], "initial": "c1"},
        {
            "id": "v2",
            "kind": "fact",
            "name": "Ben's new pet",
            "about": "a2",
            "values": ["x1", "x2"],
            "initial": "x1",
            "known_by": ["a2"],
        },
    ],
}
ENTER = {"kind": "enter", "agent": "a1", "place": "p1"}
MOVE = {"kind": "change", "agent": "a1", "variable": "v1", "value": "c2", "effects": {"v1": "c2"}}
TELL = {
    "kind": "tell",
    "agent": "a2",
    "variable": "v2",
    "value": "x1",
    "holds": False,
    "reach": "private",
    "to": ["a3"],
}
ASKED = {"performative": "query-ref", "content": {"variable": "v2"}}


def turn(text: str = "So it is.", event: int | None = None, **more: Any) -> Json:
    plain = {"index": 0, "speaker": None, "audience": ["a1", "a2", "a3"], "act": None, "text": text, "event": event}
    return plain | more


@pytest.fixture
def scene() -> Scene:
    return Scene(AGENTS, WORLD)


def test_a_narrated_act(scene: Scene) -> None:
    line = scene.line(turn(event=0), ENTER)
    assert (line.act, line.actor, line.aloud) == ("enter", "Anna", False)
    assert line.must == ("kitchen",) and line.hearers == ("Ben", "Carla")
    assert line.people == ("Anna", "Ben", "Carla") and line.holds is None


def test_a_change_may_say_what_was_so_and_where_it_is(scene: Scene) -> None:
    scene.hear(turn(event=0), ENTER)
    line = scene.line(turn(event=1), MOVE)
    assert line.must == ("apple", "old box")
    assert line.may == {"Anna", "Ben", "Carla", "kitchen", "box"}
    scene.hear(turn(event=1), MOVE)
    assert "old box" in scene.line(turn(event=2), MOVE).may


def test_a_telling(scene: Scene) -> None:
    line = scene.line(turn(event=0, speaker="a2", audience=["a2", "a3"]), TELL)
    assert line.must == ("Ben's new pet", "a parrot")
    assert line.holds is False and line.aloud and line.hearers == ("Carla",)


def test_a_question_and_small_talk(scene: Scene) -> None:
    asked = scene.line(turn(speaker="a1", act=ASKED), None)
    assert (asked.act, asked.must) == ("ask", ("Ben's new pet",))
    assert scene.line(turn(speaker="a1"), None).act == "talk"


@pytest.mark.parametrize("kind", ["unwatch", "distract", "attend"])
def test_acts_where_somebody_is(scene: Scene, kind: str) -> None:
    scene.hear(turn(event=0), ENTER)
    assert scene.line(turn(event=1), {"kind": kind, "agent": "a1"}).must == ("kitchen",)


@pytest.mark.parametrize(
    ("said", "event"),
    [
        (turn("The kitchen is bare."), None),
        (turn(event=0), {"kind": "reveal", "place": "p1", "variable": "v1"}),
        (turn(event=7), None),
        (turn(event=0, speaker="a2"), TELL | {"variable": "v9"}),
        (turn(event=0), TELL),
        (turn(speaker="a1", act=ASKED | {"performative": "inform"}), None),
        (turn(speaker="a1", act=ASKED | {"content": {"variable": "v9"}}), None),
    ],
)
def test_what_is_the_worlds_to_tell(scene: Scene, said: Json, event: Json | None) -> None:
    assert scene.act(said, event) is None
    with pytest.raises(ValueError, match="turn 0 is told by the world"):
        scene.line(said, event)


def test_the_second_turn_of_an_event_is_the_worlds(scene: Scene) -> None:
    look = {"kind": "look", "agent": "a1", "container": "c1"}
    assert scene.act(turn(event=0), look) == "look"
    scene.hear(turn(event=0), look)
    assert scene.act(turn(event=0, audience=["a1"]), look) is None


def test_what_is_met(scene: Scene) -> None:
    scene.hear(turn("Meet Anna, Ben and Carla, and the old box."), None)
    scene.hear(turn("At first Ben's new pet is a parrot.", audience=["a2"]), None)
    people = {"Anna", "Ben", "Carla", "old box"}
    assert scene.line(turn(event=0), ENTER).met == people
    assert scene.line(turn(speaker="a2"), None).met == people | {"Ben's new pet", "a parrot"}


def test_what_is_told_in_free_words_is_met(scene: Scene) -> None:
    scene.hear(turn("He has no bird, mind you.", 0, speaker="a2", audience=["a2", "a3"]), TELL)
    assert scene.line(turn(speaker="a3"), None).met == {"Ben's new pet", "a parrot"}
    assert scene.line(turn(speaker="a1"), None).met == set()


def test_a_value_is_private_until_all_hearers_have_met_it(scene: Scene) -> None:
    told = turn("It is a parrot.", speaker="a2", audience=["a2", "a3"])
    assert scene.line(told, None).private == {"a parrot"}
    scene.hear(told, None)
    assert scene.line(told, None).private == set()
    assert scene.line(turn(speaker="a2"), None).private == {"a parrot"}


def test_the_longest_name_counts() -> None:
    names = index(["box", "old box", "the stone arch"])
    assert list(mentioned("The OLD BOX, a box and that stone arch; boxes.", names)) == [
        "old box",
        "box",
        "the stone arch",
    ]


def generated() -> Iterator[Json]:
    families = tuple(make.families("tom"))
    for slot in range(20):
        with suppress(make.Rejected):
            yield make.episode("tom", families, {}, 11, slot, 0)


def test_generated_stories_are_lines_where_agents_act() -> None:
    """In the scripted turns every name that must be said is there; what else is said was met before."""
    seen: list[Line] = []
    for episode in generated():
        episode["provenance"]["spoken"] = [{"turn": n} for n in range(len(episode["turns"]))]
        found = dict(lines(episode))
        for number, each in enumerate(episode["turns"]):
            kinds = [episode["world"]["events"][each["event"]]["kind"]] if each["event"] is not None else []
            first = all(earlier["event"] != each["event"] for earlier in episode["turns"][:number])
            spoken = bool(each["speaker"]) or (first and kinds not in ([], ["reveal"]))
            assert (number in found) is spoken
        for line in found.values():
            names = set(mentioned(line.text, index({*line.names, *line.people})))
            assert {name for name in line.must if line.act != "talk"} <= names
            assert names <= {*line.must, *line.may, *line.met}
        seen += found.values()
    assert {"tell", "ask", "enter", "leave", "change", "peek"} <= {line.act for line in seen}
