"""Whatever is planted in effects, views and audiences is found."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from madata.tests.validators.stories import (
    REVEALS,
    STORIES,
    Drawn,
    Json,
    agents,
    enter,
    episode,
    event,
    leave,
    move,
    tell,
    turn,
    value,
    world,
)
from madata.validators.tom.views import CHECK

CAST = agents("Anna", "Ben", "Carla")
EVENTS = [
    enter("a1"),
    enter("a2"),
    move("a1", "c2"),
    event("look", "a1", container="c2"),
    tell("a1", "c1", "private", to=["a2"]),
    tell("a1", "c1"),
    leave("a1"),
]
LOOK, PRIVATE, ROOM = 4, 5, 6


def judge(found: Json) -> list[str]:
    assert CHECK.judge is not None
    return [finding.where for finding in CHECK.judge(found)]


@pytest.fixture
def sound() -> Json:
    return deepcopy(episode(world(EVENTS), REVEALS, CAST, [value("a2", "a1", time=7)]))


def insert(sound: Json, position: int, **more: Any) -> None:
    """Put a turn in, and number the turns again."""
    sound["turns"].insert(position, turn(position, **more))
    for index, each in enumerate(sound["turns"]):
        each["index"] = index


def test_a_sound_episode(sound: Json) -> None:
    assert judge(sound) == []


@given(STORIES)
def test_random_episodes(drawn: Drawn) -> None:
    assert judge(episode(*drawn, [])) == []


def plant(*path: Any, to: Any) -> Callable[[Json], None]:
    def planted(sound: Json) -> None:
        part: Any = sound
        for step in path[:-1]:
            part = part[step]
        part[path[-1]] = to

    return planted


@pytest.mark.parametrize(
    ("planted", "where"),
    [
        (plant("world", "events", 2, "effects", to={}), "event 2, effects"),
        (plant("world", "events", 0, "effects", to={"v1": "c1"}), "event 0, effects"),
        (plant("world", "events", 2, "view", to={"a1": "full"}), "event 2, view"),
        (plant("world", "events", 2, "view", "a3", to="secret"), "event 2, view"),
        (plant("world", "events", 3, "view", "a2", to="full"), "event 3, view"),
        (plant("turns", 3, "audience", to=["a1"]), "turn 3, audience"),
        (plant("turns", 3, "audience", to=["a1", "a2", "a3"]), "turn 3, audience"),
        (plant("turns", 3, "audience", to=["a1", "a2", "a2"]), "turn 3, audience"),
        (plant("turns", 3, "time", to=3), "turn 3, time"),
        (plant("turns", 3, "index", to=7), "turn 3, index"),
        (plant("turns", 3, "channel", to="private"), "turn 3, channel"),
        (plant("turns", PRIVATE, "channel", to="public"), "turn 5, channel"),
        (plant("turns", ROOM, "channel", to="private"), "turn 6, channel"),
        (plant("turns", ROOM, "speaker", to="a2"), "turn 6, speaker"),
        (plant("turns", 0, "audience", to=["a1"]), "turn 0, audience"),
        (plant("turns", 0, "time", to=1), "turn 0, time"),
        (plant("questions", 0, "view", to="a1"), "question q1, view"),
        (plant("world", "events", 1, to=enter("a1")), "event 1"),
    ],
)
def test_a_planted_defect(sound: Json, planted: Callable[[Json], None], where: str) -> None:
    planted(sound)
    assert judge(sound) == [where]


def test_an_event_untold(sound: Json) -> None:
    del sound["turns"][-1]
    assert judge(sound) == ["turns"]


def test_an_event_told_too_early(sound: Json) -> None:
    sound["turns"][3]["event"] = 5
    assert "turn 3, event" in judge(sound)


def test_a_setting_for_the_reader_alone(sound: Json) -> None:
    sound["turns"][0]["audience"] = []
    assert judge(sound) == []


def test_what_is_inside_is_told_to_those_who_see_it(sound: Json) -> None:
    insert(sound, LOOK + 1, time=3, event=3, audience=["a1"])
    assert judge(sound) == []
    sound["turns"][LOOK + 1]["audience"] = ["a2"]
    assert judge(sound) == ["turn 5, audience"]


def test_only_a_look_is_told_twice_over(sound: Json) -> None:
    insert(sound, 4, time=2, event=2, audience=["a1"])
    assert judge(sound) == ["turn 4, audience"]


@pytest.mark.parametrize(
    ("position", "speaker", "audience", "sound_"),
    [
        (4, "a1", ["a1", "a2"], True),
        (4, "a1", ["a1", "a2", "a3"], False),
        (4, "a1", ["a1"], False),
        (4, "a1", ["a2"], False),
        (4, "a3", ["a3"], True),
        (4, "a3", ["a1", "a3"], False),
        (1, "a3", ["a1", "a2", "a3"], True),
        (1, "a3", ["a1", "a3"], True),
        (1, "a3", ["a1"], False),
        (4, None, [], True),
        (4, None, ["a1", "a2", "a3"], False),
        (4, "a9", ["a9"], False),
    ],
)
def test_small_talk(sound: Json, position: int, speaker: str | None, audience: list[str], sound_: bool) -> None:
    insert(sound, position, time=position - 1, speaker=speaker, audience=audience, channel="public")
    assert (judge(sound) == []) is sound_


def test_small_talk_passes_the_distracted_by() -> None:
    events = [enter("a1"), enter("a2"), event("distract", "a2")]
    found = episode(world(events), REVEALS, CAST, [])
    insert(found, 4, time=3, speaker="a1", audience=["a1"], channel="public")
    assert judge(found) == []
    found["turns"][4]["audience"] = ["a1", "a2"]
    assert judge(found) == ["turn 4, audience"]
