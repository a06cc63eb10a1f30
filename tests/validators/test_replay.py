"""A sound episode passes; whatever is planted in a label is found, and the question named."""

from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given

from madata.schemas import read_episode
from madata.schemas.words import UNSETTLED
from madata.tests.validators.stories import (
    REVEALS,
    STORIES,
    Drawn,
    Json,
    agents,
    enter,
    episode,
    event,
    knows,
    leave,
    move,
    tell,
    value,
    world,
)
from madata.validators.tom.replay import CHECK

CAST = agents("Anna", "Ben", "Carla")
EVENTS = [
    enter("a1"),
    enter("a2"),
    move("a1", "c2"),
    leave("a1"),
    move("a2", "c1"),
    event("look", "a2", container="c2"),
    tell("a2", "c2", "everyone"),
]
QUERIES = [
    value("a2", "a1", time=5),
    knows("a2", "a1", time=5),
    {"kind": "knowers", "variable": "v1", "time": 2},
    {"kind": "lie", "event": 6},
    {"kind": "targets", "event": 6},
    {"kind": "saw", "agent": "a1", "event": 4},
    value(time=7),
]


def judge(found: Json) -> list[str]:
    assert CHECK.judge is not None
    return [finding.where for finding in CHECK.judge(found)]


@pytest.fixture
def sound() -> Json:
    return deepcopy(episode(world(EVENTS), REVEALS, CAST, QUERIES))


def test_a_sound_episode(sound: Json) -> None:
    read_episode(sound)
    assert judge(sound) == []


@pytest.mark.parametrize(
    ("number", "field", "planted"),
    [
        (0, "answer", ["box"]),
        (0, "answer", ["basket", "box"]),
        (0, "answer", [UNSETTLED]),
        (0, "order", 1),
        (0, "evidence", [4]),
        (0, "evidence", []),
        (0, "evidence", [2, 2]),
        (0, "view", "a1"),
        (0, "options", ["box", "chest"]),
        (0, "options", ["box", "basket", "basket"]),
        (0, "options", ["basket", "the box"]),
        (1, "answer", ["yes"]),
        (1, "options", ["no", "yes", "maybe"]),
        (2, "options", ["Anna and Ben", "Ben and Anna"]),
        (2, "answer", ["Anna"]),
        (3, "answer", ["the truth, honestly told"]),
        (4, "answer", ["nobody"]),
        (4, "view", "reader"),
        (5, "evidence", []),
        (6, "order", 1),
        (6, "view", "a1"),
    ],
)
def test_a_planted_label(sound: Json, number: int, field: str, planted: Any) -> None:
    sound["questions"][number][field] = planted
    assert judge(sound) == [f"question q{number + 1}, {field}"]


def test_a_tampered_world(sound: Json) -> None:
    sound["world"]["events"][2]["value"] = "c3"
    assert judge(sound) == ["event 2"]


def test_stored_views_are_not_believed(sound: Json) -> None:
    for stored in sound["world"]["events"]:
        stored["view"] = {}
    assert judge(sound) == []


def test_a_query_without_sense(sound: Json) -> None:
    sound["questions"][0]["query"]["time"] = 99
    assert judge(sound) == ["question q1, query"]


def test_two_questions_of_one_id(sound: Json) -> None:
    sound["questions"][1]["id"] = "q1"
    assert judge(sound) == ["question q1"]


@given(STORIES)
def test_random_episodes(drawn: Drawn) -> None:
    end = len(drawn[0]["events"])
    queries = [value("a1", "a2", time=end, variable="v4"), knows("a3", "a1", time=end, variable="v3")]
    assert judge(episode(*drawn, queries)) == []
