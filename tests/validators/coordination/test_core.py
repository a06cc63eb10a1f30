"""What is given, what has reached whom, and what is legal, by the definitions of docs/coordination.md."""

from collections.abc import Callable

import pytest

from madata.tests.validators.coordination.records import (
    Json,
    accept,
    act,
    ask,
    confirm,
    game,
    inform,
    leave,
    maze,
    message,
    propose,
    reject,
)
from madata.validators.coordination.run import Point, Stage
from madata.validators.trial import Wrong

BEGINNING, TURN, ACTING = Stage.BEGINNING, Stage.TURN, Stage.ACTING


def line(behaviours: str = "- - -", **more: object) -> Json:
    """Three squares in a row: a0 knows the first, a1 the second, all the third."""
    return maze("S.G", "01*", behaviours, **more)


def reached(events: list[Json], agent: int, time: int, **conventions: str) -> list[list[int]]:
    """What has reached an agent at the beginning of a round, at its turn, and when acting."""
    run = game(line(order=["a2", "a0", "a1"]), events, **conventions).record
    return [run.reached(agent, Point(time, stage)) for stage in (BEGINNING, TURN, ACTING)]


def test_a_message_reaches_later_speakers_in_their_turn() -> None:
    said = [ask(0, 1, "12", [1])]
    assert reached(said, 1, 1) == [[], [0], [0]]
    assert reached(said, 2, 1) == [[], [], [0]]
    assert reached(said, 2, 2) == [[0], [0], [0]]
    assert reached(said, 0, 2) == [[], [], []]


def test_concurrent_speakers_do_not_hear_each_other() -> None:
    assert reached([ask(0, 1, "12", [1])], 1, 1, speech="concurrent") == [[], [], [0]]


def test_late_and_lost_messages() -> None:
    said = [ask(0, 1, "12", [1], [3, None])]
    assert reached(said, 1, 2) == [[], [], []]
    assert reached(said, 1, 3) == [[0], [0], [0]]
    assert reached(said, 2, 5) == [[], [], []]


def test_a_late_message_is_not_heard_at_once() -> None:
    assert reached([ask(0, 1, "1", [1], [2])], 1, 1) == [[], [], []]


def test_beliefs_are_those_told_last_but_never_against_what_is_known() -> None:
    said = [
        inform(0, 0, "1", {0: 1, 1: 1}, [2]),
        inform(0, 1, "1", {0: 0}, [1]),
        inform(0, 2, "1", {0: 0}, [2]),
    ]
    run = game(line(), said).record
    beliefs = [run.beliefs(1, Point(time, BEGINNING)) for time in range(4)]
    assert beliefs == [(None, 0, 0), (None, 0, 0), (1, 0, 0), (0, 0, 0)]
    run = game(line(), said[:2]).record
    assert run.beliefs(1, Point(2, BEGINNING)) == (1, 0, 0)
    assert run.first_message(1, 0, Point(2, BEGINNING)) == 1
    assert run.first_message(1, 1, Point(2, BEGINNING)) is None


def test_rejections_tell() -> None:
    said = [propose(0, 0, "12", [2, 2]), reject(1, 0, "0", 0, {1: 1})]
    assert game(line(), said).record.beliefs(0, Point(1, BEGINNING)) == (0, 1, 0)


def test_fates() -> None:
    world = game(line(fates=[0, 2, -1]), delivery="unreliable").world
    assert [world.arrives(0, 0, hearer) for hearer in (1, 2)] == [2, None]
    assert [world.arrives(1, 2, hearer) for hearer in (0, 1)] == [3, None]


def test_presence_and_behaviour() -> None:
    players = [
        {"agent": "a0", "behaviour": "team", "switch": {"time": 2, "behaviour": "silent"}, "leaves": None},
        {"agent": "a1", "behaviour": None, "switch": None, "leaves": None},
        {"agent": "a2", "behaviour": "asker", "switch": None, "leaves": 1},
    ]
    world = game(line(players=players)).world
    assert [world.behaviour(0, time) for time in (0, 1, 2, 3)] == ["team", "team", "silent", "silent"]
    assert [world.present(time) for time in (0, 1, 2)] == [[0, 1, 2], [0, 1], [0, 1]]
    assert not world.scripted


def altered(part: str, value: object) -> Callable[[Json], None]:
    """A change: `part` is a path of keys and numbers, such as "facts 0 value"."""

    def change(world: Json) -> None:
        *path, last = (int(key) if key.isdecimal() else key for key in part.split())
        target = world
        for key in path:
            target = target[key]  # type: ignore[index]
        target[last] = value  # type: ignore[index]

    return change


@pytest.mark.parametrize(
    ("part", "value", "where"),
    [
        ("order", ["a0", "a1", "a1"], "order"),
        ("order", ["a0", "a1"], "order"),
        ("players 1 agent", "a0", "players"),
        ("players 1 leaves", 0, "players, leaves"),
        ("players 0 switch", {"time": 1, "behaviour": "team"}, "player a0, switch"),
        ("facts 0 scale", "s9", "fact f0, scale"),
        ("facts 0 value", 2, "fact f0, value"),
        ("facts 0 known", ["a1", "a0"], "fact f0, known"),
        ("facts 0 known", ["a7"], "fact f0, known"),
        ("facts 0 id", "f1", "facts"),
        ("facts 0 name", "square A2", "facts, names"),
        ("scales 0 values", ["open", "open"], "scale s0"),
        ("scales 0 id", "s1", "scales"),
        ("decisions 0 scale", "s9", "decision d0, scale"),
        ("decisions 0 id", "d1", "decisions"),
        ("fates", [0, 1], "fates"),
        ("actions", ["north", "north"], "actions"),
        ("events 0 agent", "a4", "event 0, agent"),
        ("events 0 to", ["a2", "a1"], "event 0, to"),
        ("events 0 to", ["a1", "a9"], "event 0, to"),
        ("events 0 arrives", [0], "event 0, arrives"),
        ("events 0 facts", [{"fact": "f7", "value": 0}], "event 0, facts"),
        ("events 0 facts", [{"fact": "f0", "value": 2}], "event 0, facts"),
        ("events 0 choice", 0, "event 0, choice"),
        ("events 1 plan", [4], "event 1, plan"),
        ("events 1 plan", [0, 0, 0, 0], "event 1, plan"),
        ("game kind", "chess", "game, kind"),
    ],
)
def test_what_does_not_fit_is_wrong(part: str, value: object, where: str) -> None:
    world = line(events=[inform(0, 0, "12", {0: 0}), propose(1, 0, "02", [2, 2])])
    world["players"][2]["leaves"] = 3
    game(world, world["events"])
    altered(part, value)(world)
    with pytest.raises(Wrong) as caught:
        game(world, world["events"])
    assert caught.value.fault.where == where


def test_agents_are_in_order_with_names_of_their_own() -> None:
    from madata.tests.validators.coordination.records import CONVENTIONS, agents
    from madata.validators.coordination.games import build

    for part, value, where in (("id", "a2", "agents"), ("name", "Ben", "agents, names")):
        cast = agents(3)
        cast[0][part] = value
        with pytest.raises(Wrong) as caught:
            build({"world": line(), "conventions": CONVENTIONS, "agents": cast})
        assert caught.value.fault.where == where


LEAVING = [
    {"agent": f"a{agent}", "behaviour": None, "switch": None, "leaves": 1 if agent == 2 else None} for agent in range(3)
]


def faults(events: list[Json], conventions: Json | None = None, **more: object) -> list[tuple[str, str]]:
    judged = game(line(**more), events, **(conventions or {}))
    return [(fault.where, fault.found) for fault in judged.illegal()]


def test_legal_events() -> None:
    events = [
        inform(0, 0, "12", {0: 0}),
        ask(1, 0, "0", [0, 1]),
        propose(1, 0, "02", [2, 2]),
        leave(2, 1),
        accept(0, 1, "1", 2),
    ]
    assert faults(events, players=LEAVING) == []


@pytest.mark.parametrize(
    ("events", "where"),
    [
        ([ask(0, 1, "1", [1]), ask(0, 0, "1", [1])], "event 1, time"),
        ([ask(0, 6, "1", [1])], "event 0, time"),
        ([ask(1, 0, "0", [0]), ask(0, 0, "1", [1])], "event 1"),
        ([ask(0, 0, "0", [1])], "event 0, to"),
        ([ask(0, 0, "1", [1], [1])], "event 0, arrives"),
        ([ask(0, 0, "1", [1], [None])], "event 0, arrives"),
        ([inform(0, 0, "1", {})], "event 0, facts"),
        ([message("request", 0, 0, "1", action=0)], "event 0, kind"),
        ([accept(0, 0, "1", 0)], "event 0, proposal"),
        ([accept(0, 0, "1", 400)], "event 0, proposal"),
        ([propose(0, 0, "2", [2, 2]), accept(1, 0, "02", 0)], "event 1, proposal"),
        ([propose(0, 0, "12", [2, 2]), reject(0, 0, "12", 0, {})], "event 1, proposal"),
        ([ask(0, 0, "12", [1]), accept(1, 0, "02", 0)], "event 1, proposal"),
        ([ask(0, 0, "1", [1]), confirm(2, 0, "0", 0)], "event 1, message"),
        ([act(0, 0, 0)], "event 0, action"),
        ([leave(0, 0)], "event 0, time"),
        (
            [propose(0, 0, "12", [2, 2]), accept(1, 0, "02", 0), accept(2, 0, "01", 0), ask(0, 1, "1", [1])],
            "event 3, time",
        ),
    ],
)
def test_illegal_events(events: list[Json], where: str) -> None:
    assert [place for place, _ in faults(events, actions=["north"])] == [where]


def test_who_is_gone_says_and_hears_nothing() -> None:
    gone = [leave(2, 1)]
    assert faults([*gone, ask(2, 1, "0", [0])], players=LEAVING) == [("event 1, agent", "a2")]
    assert faults([*gone, ask(0, 1, "12", [1])], players=LEAVING) == [("event 1, to", "[a1, a2]")]
    assert faults([], players=LEAVING) == [("events", "no such event")]
    assert faults([ask(0, 1, "1", [1]), *gone], players=LEAVING) == [
        ("event 1", "leave by a2 in round 1"),
    ]


def test_all_read_the_blackboard() -> None:
    assert faults([ask(0, 0, "12", [1])], {"channel": "blackboard"}) == []
    assert faults([ask(0, 0, "1", [1])], {"channel": "blackboard"}) == [("event 0, to", "[a1]")]


def test_fates_are_kept() -> None:
    unreliable = {"delivery": "unreliable"}
    assert faults([ask(0, 0, "12", [1], [2, None])], unreliable, fates=[0, 2, -1]) == []
    assert faults([ask(0, 0, "12", [1], [0, 0])], unreliable, fates=[0, 2, -1]) == [("event 0, arrives", "[0, 0]")]


def test_one_turn_follows_another() -> None:
    order = ["a2", "a0", "a1"]
    assert faults([ask(2, 0, "0", [0]), ask(0, 0, "1", [1]), ask(0, 0, "2", [1])], order=order) == []
    assert [where for where, _ in faults([ask(0, 0, "1", [1]), ask(2, 0, "0", [0])], order=order)] == ["event 1"]


def test_redundant_and_contradicted_messages() -> None:
    events = [
        inform(0, 0, "12", {0: 0}),
        inform(1, 0, "2", {0: 0}),
        inform(1, 1, "0", {0: 1}),
        inform(2, 1, "01", {1: 0, 0: 0}),
        inform(0, 2, "12", {2: 0}),
        ask(0, 2, "1", [1]),
    ]
    judged = game(line(), events)
    assert judged.redundant(judged.record) == [1, 2, 4]
    assert judged.contradicted(judged.record) == [2]
    assert (judged.messages(judged.record), judged.told(judged.record)) == (6, 6)


def test_what_comes_after_the_end_tells_nobody() -> None:
    events = [inform(0, 5, "1", {0: 0}, [5]), inform(0, 5, "1", {0: 0}, [6])]
    judged = game(line(), events)
    assert judged.redundant(judged.record) == []
    late = [inform(0, 0, "1", {0: 0}, [4]), inform(0, 1, "1", {0: 0}, [3])]
    judged = game(line(), late)
    assert judged.redundant(judged.record) == [0]


def test_adaptation() -> None:
    assert not game(line(), [propose(0, 0, "12", [2]), propose(1, 1, "02", [2, 2])]).adapts()
    assert game(line(), [propose(0, 0, "12", [2]), propose(0, 1, "12", [2, 2])]).adapts()
    assert game(line(players=LEAVING), [leave(2, 1)]).adapts()
    assert game(line(), [ask(0, 0, "1", [1], [1])]).adapts()
    assert game(line(), [ask(0, 0, "1", [1], [None])]).adapts()
    switch = {"time": 5, "behaviour": "silent"}
    players = [{"agent": f"a{n}", "behaviour": "literal", "switch": switch, "leaves": None} for n in range(3)]
    assert game(line(players=players)).adapts()
    assert not game(line(players=players, rounds=5)).adapts()


def test_private_is_what_not_all_know() -> None:
    judged = game(maze("S#G", "01*", "- - -"))
    assert judged.private("a1") == {"square A2": "a wall"}
    assert judged.private("a2") == {}


def test_witnesses() -> None:
    both = [
        {"agent": f"a{n}", "behaviour": None, "switch": None, "leaves": 1 if n in (1, 2) else None} for n in range(4)
    ]
    judged = game(
        maze("S.G", "01*", "- - - -", players=both), [ask(0, 0, "123", [1], [0, None, 0]), leave(1, 1), leave(2, 1)]
    )
    assert [judged.witnesses(event) for event in judged.record.events] == [[0, 1, 3], [0, 1, 2, 3], [0, 2, 3]]
