"""What a scene knows while it is told: who may speak which act, what has been heard, and what is known."""

import pytest

from madata.tests.validators.coordination.voices import SCENES, accept, confirm, inform, line, request, said, turn
from madata.validators.coordination.spoken import Scene


def stage(name):
    record = SCENES[name]
    return Scene(record["agents"], record["world"])


def test_messages_and_small_talk_are_for_models():
    scene = stage("maze")
    assert scene.act(turn(0, inform((1, 1)), "B1 is a wall."), inform((1, 1))) == "inform"
    assert scene.act(turn(0, None, "Nice weather."), None) == "talk"


@pytest.mark.parametrize(
    "event", [{"kind": "act", "agent": "a0", "time": 0, "action": 1}, {"kind": "leave", "agent": "a0", "time": 0}]
)
def test_acts_and_leaving_are_the_worlds(event):
    told = {"index": 0, "speaker": "a0", "audience": ["a0"], "act": None, "text": "Go.", "event": 0}
    assert stage("pathfinding").act(told, event) is None
    assert stage("pathfinding").act(told | {"speaker": None, "event": None}, None) is None
    with pytest.raises(ValueError, match="turn 0 is told by the world"):
        stage("pathfinding").line(told, event)


def test_what_is_said_twice_or_by_another_is_none():
    scene, event = stage("maze"), inform((1, 1))
    told = turn(0, event, "B1 is a wall.")
    assert scene.act(told | {"speaker": "a1"}, event) is None
    scene.hear(told, event)
    assert scene.act(told, event) is None


def test_a_line_has_its_act():
    spoken = line("maze", inform((1, 1), (2, 0)), "B1 is a wall.")
    assert spoken.told == {(1, "a wall"), (2, "open")} and spoken.hearers == ("Bastien", "Marisol")
    assert line("pathfinding", request(1, 2), "Go north.").hearers == ("Malarvizhi",)
    assert line("maze", accept(3), "Yes.").about.time == 1
    assert line("maze", confirm(0, 1), "Yes.").about.place == 0


def test_late_and_lost_messages_are_not_known_yet():
    scene = stage("maze")
    late = said(1, 0, "inform", facts=[{"fact": "f7", "value": 1}], choice=None) | {"arrives": [2, None]}
    scene.hear(turn(0, late, "B3 is a wall."), late)
    known = {}
    for time in (1, 2):
        event = inform((1, 1)) | {"time": time}
        known[time] = scene.line(turn(1, event, "B1 is a wall."), event).known
    assert (7, "a wall") not in known[1] and (7, "a wall") in known[2]
    other = inform((8, 0)) | {"agent": "a2", "time": 2, "to": ["a0", "a1"]}
    assert (7, "a wall") not in scene.line(turn(1, other, "C3 is open."), other).known


def test_what_is_seen_is_known():
    scene = stage("pursuit")
    seen = {
        "index": 0,
        "speaker": None,
        "audience": ["a1"],
        "act": None,
        "text": "Eteri can see that the place where the rogue drone begins is B5.",
        "event": None,
    }
    event = inform((0, 1)) | {"agent": "a1", "to": ["a0", "a2"]}
    assert not scene.line(turn(1, event, "B5."), event).known
    scene.hear(seen, None)
    assert scene.line(turn(1, event, "B5."), event).known == {(0, "B5")}


def test_events_that_make_no_sense_tell_nothing():
    assert line("maze", inform((77, 1), (1, 9)), "Hello.").told == frozenset()
    assert line("maze", accept(99), "Yes.").about is None
