"""The four capabilities, each from what shows it."""

from copy import deepcopy

import pytest

from madata.tests.validators.stories import (
    APPLE,
    REVEALS,
    Json,
    agents,
    enter,
    episode,
    event,
    leave,
    move,
    tell,
    value,
    variable,
    world,
)
from madata.validators.tom.capabilities import CHECK, capabilities
from madata.validators.tom.model_checker import Story

CAST = agents("Anna", "Ben")
SEARCH = {"kind": "search", "chain": ["a1"], "variable": "v1", "via": None, "time": 0}
BOX = variable("v2", "contents", "c1", ["o1", "o2"], "o1", presumed="o2")


@pytest.mark.parametrize(
    ("events", "query", "found"),
    [
        ([], None, []),
        ([], value(time=0), ["understanding"]),
        ([], SEARCH, ["understanding", "planning"]),
        ([tell("a1", "c2", "everyone")], None, ["communication"]),
        ([enter("a1")], None, []),
        ([enter("a1"), move("a1", "c2")], None, ["adaptation"]),
        ([enter("a1"), event("peek", "a1", container="c1")], None, ["adaptation"]),
        ([enter("a1"), leave("a1"), tell("a2", "c2", "everyone", holds=False)], None, ["communication"]),
    ],
)
def test_capabilities(events: list[Json], query: Json | None, found: list[str]) -> None:
    story = Story(world(events, [APPLE, BOX]), REVEALS, CAST)
    assert capabilities(story, [{"query": query}] if query else []) == found


def test_unsettled_in_between_is_revision_too() -> None:
    events = [tell("a1", "c1", "everyone"), tell("a1", "c1", "everyone", holds=False), tell("a1", "c2", "everyone")]
    assert capabilities(Story(world(events), REVEALS, CAST), []) == ["communication", "adaptation"]


@pytest.mark.parametrize("planted", [[], ["planning"], ["understanding", "planning"], ["adaptation", "understanding"]])
def test_a_planted_capability(planted: list[str]) -> None:
    assert CHECK.judge is not None
    sound = episode(world([enter("a1"), move("a1", "c2")]), REVEALS, CAST, [value("a1", time=2)])
    assert list(CHECK.judge(sound)) == []
    tampered = {**deepcopy(sound), "capabilities": planted}
    assert [finding.where for finding in CHECK.judge(tampered)] == ["capabilities"]


def test_a_world_without_sense() -> None:
    assert CHECK.judge is not None
    sound = episode(world([enter("a1")]), REVEALS, CAST, [])
    sound["world"]["events"].append(enter("a1"))
    assert [finding.where for finding in CHECK.judge(sound)] == ["event 1"]
