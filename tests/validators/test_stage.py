"""Who takes part in what, and what cannot happen."""

import pytest
from hypothesis import given

from madata.tests.validators.stories import (
    APPLE,
    HOUSE,
    REVEALS,
    STORIES,
    Drawn,
    Json,
    agents,
    enter,
    entity,
    event,
    leave,
    move,
    tell,
    variable,
    world,
)
from madata.validators.tom.stage import BadWorld, IllegalEvent, play

CAST = agents("Anna", "Ben", "Carla")
TOGETHER = [enter("a1"), enter("a2")]


def last_view(events: list[Json], **conventions: str) -> dict[str, str]:
    return play(world(events), {**REVEALS, **conventions}, CAST).views[-1]


@pytest.mark.parametrize(
    ("events", "view"),
    [
        ([enter("a1")], {"a1": "full"}),
        (TOGETHER, {"a1": "full", "a2": "full"}),
        ([*TOGETHER, leave("a1")], {"a1": "full", "a2": "full"}),
        ([*TOGETHER, enter("a3", "p2"), move("a1", "c2")], {"a1": "full", "a2": "full"}),
        ([event("watch", "a3", place="p1"), enter("a1")], {"a1": "full", "a3": "secret"}),
        ([event("watch", "a3", place="p1"), event("unwatch", "a3"), enter("a1")], {"a1": "full"}),
        ([event("watch", "a3", place="p1"), *TOGETHER, tell("a1", "c1")], {"a1": "full", "a2": "full"}),
        (
            [event("watch", "a3", place="p1"), *TOGETHER, event("look", "a1", container="c1")],
            {"a1": "full", "a2": "notice"},
        ),
        ([*TOGETHER, event("distract", "a2")], {"a1": "full", "a2": "full"}),
        ([*TOGETHER, event("distract", "a2"), move("a1", "c2")], {"a1": "full"}),
        ([*TOGETHER, event("distract", "a2"), event("attend", "a2")], {"a1": "full", "a2": "full"}),
        ([*TOGETHER, event("distract", "a2"), leave("a2"), enter("a2")], {"a1": "full", "a2": "full"}),
        ([enter("a1"), event("reveal", place="p1", variable="v1")], {"a1": "full"}),
        (
            [event("watch", "a3", place="p1"), enter("a1"), event("reveal", place="p1", variable="v1")],
            {"a1": "full", "a3": "secret"},
        ),
        ([*TOGETHER, event("peek", "a1", container="c1")], {"a1": "secret"}),
        ([*TOGETHER, tell("a1", "c1", "private", to=["a2"])], {"a1": "full", "a2": "full"}),
        ([tell("a1", "c1", "private", to=["a2"])], {"a1": "full", "a2": "full"}),
        ([enter("a1"), tell("a1", "c1", "everyone")], {"a1": "full", "a2": "full", "a3": "full"}),
    ],
)
def test_views(events: list[Json], view: dict[str, str]) -> None:
    assert last_view(events) == view


def test_views_by_convention() -> None:
    assert last_view([*TOGETHER, leave("a1")], leaving="unnoticed") == {"a1": "full"}
    noticed = last_view([*TOGETHER, event("peek", "a1", container="c1")], peeking="noticed")
    assert noticed == {"a1": "full", "a2": "notice"}


@pytest.mark.parametrize(
    "events",
    [
        [enter("a1"), enter("a1")],
        [enter("a1"), enter("a1", "p2")],
        [enter("a9")],
        [enter("a1", "p9")],
        [enter("a1", "c1")],
        [leave("a1")],
        [enter("a1"), leave("a1", "p2")],
        [move("a1", "c2")],
        [enter("a1"), move("a1", "c1")],
        [enter("a1"), move("a1", "c3")],
        [enter("a1", "p2"), move("a1", "c3")],
        [enter("a1"), move("a1", "o2")],
        [enter("a1"), move("a1", "c2", "v9")],
        [enter("a1"), event("distract", "a1"), move("a1", "c2")],
        [event("reveal", place="p1", variable="v1")],
        [enter("a1", "p2"), event("reveal", place="p2", variable="v1")],
        [enter("a1"), event("distract", "a1"), event("reveal", place="p1", variable="v1")],
        [event("look", "a1", container="c1")],
        [enter("a1", "p2"), event("look", "a1", container="c1")],
        [enter("a1"), event("peek", "a1", container="o1")],
        [enter("a1"), event("watch", "a1", place="p2")],
        [event("watch", "a1", place="p1"), event("watch", "a1", place="p2")],
        [event("watch", "a1", place="p1"), enter("a1")],
        [event("unwatch", "a1")],
        [event("distract", "a1")],
        [enter("a1"), event("attend", "a1")],
        [enter("a1"), event("distract", "a1"), event("distract", "a1")],
        [tell("a1", "c1")],
        [enter("a1"), event("distract", "a1"), tell("a1", "c1")],
        [enter("a1"), tell("a1", "o1")],
        [enter("a1"), tell("a1", "c1", to=["a2"])],
        [enter("a1"), tell("a1", "c1", "private")],
        [enter("a1"), tell("a1", "c1", "private", to=["a1"])],
        [enter("a1"), tell("a1", "c1", "private", to=["a2"])],
        [tell("a1", "c1", "private", to=["a9"])],
        [tell("a1", "c1", "private", to=["a2", "a2"])],
        [*TOGETHER, event("distract", "a2"), tell("a1", "c1", "private", to=["a2"])],
    ],
)
def test_what_cannot_happen(events: list[Json]) -> None:
    with pytest.raises(IllegalEvent) as error:
        play(world(events), REVEALS, CAST)
    assert error.value.event == len(events) - 1


@pytest.mark.parametrize(
    "variables",
    [
        [{**APPLE, "initial": "o2"}],
        [{**APPLE, "presumed": "o2"}],
        [{**APPLE, "values": ["c1", "c9"]}],
        [{**APPLE, "values": ["c1", "o2"]}],
        [{**APPLE, "values": ["c1", "c1"]}],
        [{**APPLE, "about": None}],
        [{**APPLE, "about": "c1"}],
        [{**APPLE, "known_by": ["a9"]}],
        [{**APPLE, "known_by": ["a1"], "presumed": "c1"}],
        [APPLE, APPLE],
        [variable("v1", "contents", "o1", ["o1", "o2"], "o1")],
        [variable("v1", "fact", "x1", ["o1", "o2"], "o1")],
    ],
)
def test_variables_without_sense(variables: list[Json]) -> None:
    with pytest.raises(BadWorld):
        play(world([], variables), REVEALS, CAST)


@pytest.mark.parametrize(
    "more",
    [
        {"entities": [*HOUSE, entity("a1", "object", "book")]},
        {"entities": [*HOUSE, entity("c9", "container", "bag", "c1")]},
        {"distrust": [{"hearer": "a1", "speaker": "a9"}]},
    ],
)
def test_worlds_without_sense(more: Json) -> None:
    with pytest.raises(BadWorld):
        play(world([], **more), REVEALS, CAST)


def test_agents_of_one_name() -> None:
    with pytest.raises(BadWorld):
        play(world([]), REVEALS, agents("Anna", "Anna"))


def test_a_container_without_a_room_is_wherever_it_is_needed() -> None:
    entities = [*HOUSE, entity("c4", "container", "bag")]
    apple = variable("v1", "location", "o1", ["c1", "c4"], "c1")
    events = [enter("a1"), move("a1", "c4"), leave("a1"), enter("a1", "p2"), event("look", "a1", container="c4")]
    assert play(world(events, [apple], entities=entities), REVEALS, CAST).views[-1] == {"a1": "full"}


@given(STORIES)
def test_nobody_is_in_two_places(drawn: Drawn) -> None:
    for now in play(*drawn).moments:
        assert not now.room.keys() & now.watching.keys()
        assert now.distracted <= now.room.keys()
