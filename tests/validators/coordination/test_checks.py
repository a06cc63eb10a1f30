"""Whole records: sound ones pass every check; each defect is found by the check it is for, and named."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.tests.validators.coordination.records import (
    Json,
    accept,
    act,
    allocation,
    episode,
    inform,
    leave,
    maze,
    played,
    player,
    propose,
    schedule,
)
from madata.validators import schema
from madata.validators.check import Finding
from madata.validators.coordination import capabilities, outcome, protocol, replay, strategies, views, wording

CHECKS = {
    check.name: check
    for check in (module.CHECK for module in (replay, outcome, protocol, strategies, views, capabilities, wording))
}


def whole(world: Json, queries: list[Json], **conventions: str) -> Json:
    return episode(world | {"events": played(world, **conventions)}, queries, **conventions)


def common_queries(agent: str, other: str, fact: str) -> list[Json]:
    return [
        {"kind": "possible"},
        {"kind": "optimum"},
        {"kind": "knows", "agent": agent, "time": 1, "facts": ["f0", "f1", "f2", "f3"]},
        {"kind": "aware", "agent": agent, "other": other, "fact": fact, "time": 1},
        {"kind": "could", "agent": agent, "fact": fact, "time": 1, "values": [0, 1]},
        {"kind": "milestone", "name": "agreement"},
        {"kind": "lost", "event": 0},
    ]


MAZE_PLANS = {"plans": [[2, 2], [1, 2, 2, 0], [0]]}
IN_MAZE = whole(
    maze("S#G ...", "11* ***", "team team"),
    [
        *common_queries("a0", "a1", "f1")[:6],
        {"kind": "fits", **MAZE_PLANS},
        {"kind": "best", **MAZE_PLANS, "agent": None, "time": None, "actions": []},
        {"kind": "intends", **MAZE_PLANS, "agent": "a0", "time": 0, "actions": []},
        {"kind": "needs", "agent": "a0", "time": 0, "facts": ["f0", "f1"]},
        {"kind": "reach", "agent": None, "squares": ["A2", "A3", "B1"]},
        {"kind": "lost", "event": 1},
        {"kind": "redundant", "events": [1, 2]},
    ],
)
LEAVING = [player(0), player(1), player(2, "myopic", leaves=3), player(3, "asker")]
OF_MEETINGS = whole(
    schedule(
        ["012", "201", "110", "000"], ["01", "12", "03"], "- - - -", players=LEAVING, fates=[0, 1, -1, 0], rounds=9
    ),
    common_queries("a1", "a0", "f1"),
    delivery="unreliable",
)
OF_TASKS = whole(allocation(["012", "201"], [2, 3, 1], [[0, 2]], "literal team"), common_queries("a1", "a0", "f2"))
ON_A_BOARD = whole(
    schedule(["012", "201", "110"], ["01", "12"], "asker silent team"),
    common_queries("a0", "a1", "f4"),
    channel="blackboard",
    speech="concurrent",
)
FAILED = whole(
    maze("S#G ...", "11* ***", "myopic literal", rounds=2),
    [
        {"kind": "message", "time": 0, "tellings": [{"agent": "a1", "fact": fact} for fact in ("f0", "f1")]},
        {"kind": "possible"},
    ],
)
MODELS = episode(
    maze("S#G ...", "01* ***", "- team -", players=[player(0, None), player(1), player(2, None, leaves=1)])
    | {
        "events": [
            inform(0, 0, "12", {0: 0}),
            inform(1, 0, "02", {1: 1}),
            propose(1, 0, "02", [1, 2, 2, 0]),
            leave(2, 1),
            accept(0, 1, "1", 2),
        ]
    },
    common_queries("a0", "a1", "f1")[:6],
)
RECORDS = {
    "maze": IN_MAZE,
    "schedule": OF_MEETINGS,
    "allocation": OF_TASKS,
    "blackboard": ON_A_BOARD,
    "failure": FAILED,
    "models": MODELS,
}


def findings(record: Json) -> list[Finding]:
    return [finding for check in CHECKS.values() if check.judge is not None for finding in check.judge(record)]


@pytest.mark.parametrize("name", RECORDS)
def test_sound_records(name: str) -> None:
    assert schema.fast().is_valid(RECORDS[name])
    assert findings(RECORDS[name]) == []


def test_records_have_what_they_are_for() -> None:
    events = {name: [event["kind"] for event in record["world"]["events"]] for name, record in RECORDS.items()}
    kinds = {"inform", "query-ref", "propose", "accept-proposal", "reject-proposal", "confirm", "leave"}
    assert kinds == {kind for each in events.values() for kind in each}
    outcomes = {name: record["outcome"]["success"] for name, record in RECORDS.items()}
    assert outcomes["maze"] is True and outcomes["failure"] is False


# Planted defects: what is changed, and which check finds it where.

Change = Callable[[Json], Any]


def found(record: Json, change: Change) -> set[tuple[str, str]]:
    changed = deepcopy(record)
    change(changed)
    return {(finding.check, finding.where) for finding in findings(changed)}


def question(record: Json, kind: str) -> Json:
    return next(each for each in record["questions"] if each["query"]["kind"] == kind)


def set_(part: str, value: Any) -> Change:
    """`part` is a path such as "world events 0 time"."""

    def change(record: Json) -> None:
        *path, last = (int(key) if key.isdecimal() else key for key in part.split())
        target: Any = record
        for key in path:
            target = target[key]
        target[last] = value

    return change


def in_question(kind: str, field: str, value: Any) -> Change:
    return lambda record: question(record, kind).update({field: value})


@pytest.mark.parametrize(
    ("change", "check", "where"),
    [
        (in_question("possible", "answer", ["no"]), "replay", "question q0, answer"),
        (in_question("possible", "order", 1), "replay", "question q0, order"),
        (in_question("possible", "ability", "joint_planning"), "replay", "question q0, ability"),
        (in_question("possible", "evidence", [0]), "replay", "question q0, evidence"),
        (in_question("possible", "view", "a0"), "views", "question q0, view"),
        (in_question("possible", "options", ["yes", "perhaps"]), "replay", "question q0, options"),
        (in_question("possible", "options", ["yes", "yes"]), "replay", "question q0, options"),
        (in_question("possible", "options", ["no", "no"]), "replay", "question q0, options"),
        (in_question("optimum", "answer", ["3"]), "replay", "question q1, answer"),
        (in_question("optimum", "options", ["4", "four"]), "replay", "question q1, options"),
        (in_question("possible", "id", "q1"), "replay", "question q1"),
        (
            in_question("lost", "options", ["it would have made no difference", "never"]),
            "replay",
            "question q11, options",
        ),
        (lambda record: question(record, "fits")["options"].pop(), "replay", "question q6, options"),
        (
            lambda record: question(record, "intends")["query"].update(actions=[4]),
            "replay",
            "question q8, query, actions",
        ),
        (set_("outcome success", False), "outcome", "outcome, success"),
        (set_("outcome plan", [2, 2]), "outcome", "outcome, plan"),
        (set_("outcome rounds", 5), "outcome", "outcome, rounds"),
        (set_("outcome cost", 5), "outcome", "outcome, cost"),
        (set_("outcome optimum", 3), "outcome", "outcome, optimum"),
        (set_("outcome certified", False), "outcome", "outcome, certified"),
        (set_("outcome efficiency", 99), "outcome", "outcome, efficiency"),
        (set_("outcome milestones 0 time", None), "outcome", "outcome, milestones"),
        (set_("outcome messages", 1), "outcome", "outcome, messages"),
        (set_("outcome told", 0), "outcome", "outcome, told"),
        (set_("outcome least", 9), "outcome", "outcome, least"),
        (set_("outcome redundant", [0]), "outcome", "outcome, redundant"),
        (set_("outcome contradicted", [0]), "outcome", "outcome, contradicted"),
        (set_("outcome words", 1), "outcome", "outcome, words"),
        (set_("turns 2 text", "Three whole words."), "outcome", "outcome, words"),
        (set_("capabilities", ["understanding"]), "capabilities", "capabilities"),
        (set_("agents 1 private", {}), "views", "agent a1, private"),
        (set_("turns 0 audience", ["a0"]), "views", "turns"),
        (set_("turns 0 index", 4), "views", "turn 0, index"),
        (set_("turns 1 text", "Round 2."), "views", "turn 2, text"),
        (set_("turns 1 audience", ["a0"]), "views", "turn 1, audience"),
        (set_("turns 0 audience", ["a1", "a0"]), "views", "turn 0, audience"),
        (set_("turns 2 speaker", "a1"), "views", "turn 2, speaker"),
        (set_("turns 2 audience", ["a0"]), "views", "turn 2, audience"),
        (set_("turns 2 channel", "private"), "views", "turn 2, channel"),
        (set_("turns 2 act", None), "views", "turn 2, act"),
        (set_("turns 2 time", 1), "views", "turn 2, time"),
        (set_("turns 2 event", 1), "views", "turn 2, event"),
        (lambda record: record["turns"].pop(), "views", "turns"),
        (set_("provenance spoken", [{"turn": 2}]), "wording", "turn 2"),
        (set_("world events 0 plan", [1, 1]), "strategies", "event 0"),
        (set_("world events 0 arrives", [1]), "protocol", "event 0, arrives"),
        (set_("world events 2 proposal", 1), "protocol", "event 2, proposal"),
        (lambda record: record["world"]["events"].append(act(0, 1, 0)), "protocol", "event 5, action"),
        (lambda record: record["world"]["events"].pop(), "strategies", "event 4"),
        (set_("world game goal", 70), "protocol", "game, goal"),
        (set_("world facts 0 value", 5), "outcome", "fact f0, value"),
    ],
)
def test_defects(change: Change, check: str, where: str) -> None:
    record = deepcopy(IN_MAZE)
    record["world"]["actions"] = ["go"]
    assert (check, where) in found(record, change)


def test_a_way_through_a_wall_is_no_plan_that_works() -> None:
    """The wall is put where the team goes: what was agreed fails, and the scripts would have said otherwise."""
    seen = found(IN_MAZE, set_("world facts 4 value", 1))
    assert {("outcome", "outcome, success"), ("outcome", "outcome, optimum"), ("replay", "question q1, answer")} <= seen


def test_a_check_says_why_it_cannot_judge() -> None:
    seen = found(IN_MAZE, set_("world game kind", "wason"))
    assert seen == {(name, "players, behaviour") for name in CHECKS if name != "wording"}


# Whoever means harm.

PARTS = ["world", "game", "events", "facts", "players", "questions", "outcome", "turns", "agents", "conventions"]
FIGURES = [0, 1, 2, 3, 4, 5, 7, 9, 12, 20, 99, 400, 1000, 9_999]
WORDS = ["team", "myopic", "silent", "literal", "asker", "leader", "reliable", "unreliable", "turns", "concurrent"]
WORDS += ["blackboard", "messages", "inform", "propose", "a0", "a1", "a2", "a9", "f0", "f1", "f9", "s0", "s1", "d0"]
WORDS += ["maze", "schedule", "allocation", "yes", "no", "Round 1.", "narration", "leave", "knows", "lost", "fits"]


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every entry of every list and object: where it stands, and under which key or index."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def mutate(data: st.DataObject, record: Json) -> None:
    part = data.draw(st.sampled_from(PARTS))
    within = [*places(record["world"][part] if part in ("game", "events", "facts", "players") else record[part])]
    if not within:
        return
    target, key = data.draw(st.sampled_from(within))
    kind = data.draw(st.sampled_from(["figure", "word", "null", "move", "drop", "double"]))
    if kind in ("drop", "double") and isinstance(target, list):
        target[key : key + 1] = [] if kind == "drop" else [deepcopy(target[key])] * 2
    elif kind == "figure":
        target[key] = data.draw(st.sampled_from(FIGURES))
    elif kind == "word":
        target[key] = data.draw(st.sampled_from(WORDS))
    elif kind == "null":
        target[key] = None
    elif kind == "move":
        other, place = data.draw(st.sampled_from(within))
        target[key] = deepcopy(other[place])


@pytest.mark.parametrize("name", RECORDS)
@given(data=st.data())
def test_no_check_raises(name: str, data: st.DataObject) -> None:
    """And what is changed in the world's events or in what the game derives does not pass."""
    record = deepcopy(RECORDS[name])
    for _ in range(data.draw(st.integers(1, 3))):
        mutate(data, record)
    if schema.fast().is_valid(record):
        seen = findings(record)
        parts = ("outcome", "capabilities")
        changed = any(record[part] != RECORDS[name][part] for part in parts)
        same = all(record[part] == RECORDS[name][part] for part in ("world", "turns", "questions", "conventions"))
        assert seen or not (changed and same)
