"""What all games of motion share, on the smallest there is: a corridor, along which agents walk to their goals."""

from collections.abc import Mapping
from typing import Any

import pytest

from madata.tests.validators.coordination.records import (
    CONVENTIONS,
    Json,
    act,
    agents,
    fact,
    inform,
    leave,
    message,
    player,
    world,
    written,
)
from madata.validators.coordination.motion import Motion
from madata.validators.coordination.play import play
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Beliefs
from madata.validators.trial import Derived, Wrong

EAST, WEST = 3, 4
ACTIONS = ["stay", "go north", "go south", "go east", "go west"]
STEP = {0: 0, EAST: 1, WEST: -1}
LENGTH = 6


class Corridor(Motion):
    """Agents may share a square, but never swap theirs. Goals are facts, one an agent; who does not know one takes it
    to be where the agent stands. Whoever stands in the middle sees all goals."""

    def fit(self) -> None:
        self.stay_put()

    def start(self) -> tuple[int, ...]:
        return tuple(self.figures["starts"])

    def advance(self, state: tuple[int, ...], time: int, acts: Mapping[int, int]) -> tuple[int, ...]:
        steps = (STEP.get(acts.get(agent, 0), 0) for agent in range(len(state)))
        return tuple(min(max(0, square + step), LENGTH - 1) for square, step in zip(state, steps, strict=True))

    def observes(self, state: tuple[int, ...], time: int) -> list[tuple[int, int]]:
        return [(agent, fact) for agent, square in enumerate(state) for fact in range(len(state)) if square == 3]

    def openings(self, state: tuple[int, ...], time: int, agent: int) -> list[int]:
        return [action for action, step in STEP.items() if 0 <= state[agent] + step < LENGTH]

    def collides(self, state: tuple[int, ...], joint: tuple[int, ...]) -> bool:
        after = [square + STEP[action] for square, action in zip(state, joint, strict=True)]
        pairs = [(one, other) for one in range(len(state)) for other in range(one)]
        return any(state[one] == after[other] != state[other] == after[one] for one, other in pairs)

    def done(self, state: tuple[int, ...], time: int) -> bool:
        return state == self.world.truth

    def remaining(self, state: tuple[int, ...], time: int, beliefs: Beliefs) -> int | None:
        apart = (abs(square - goal) for square, goal in zip(state, beliefs, strict=True) if goal is not None)
        return max(apart, default=0)

    def alone(self, state: tuple[int, ...], time: int, agent: int, beliefs: Beliefs) -> int:
        goal = beliefs[agent]
        return 0 if goal is None or goal == state[agent] else EAST if goal > state[agent] else WEST

    def within_reach(self, agent: int) -> set[str]:
        return {"A1", "A2"}

    @property
    def least(self) -> int | None:
        return sum(not common for common in self.world.common)

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        return []


def given(behaviours: str, starts: list[int], goals: list[int], known: str, **more: Any) -> Json:
    """`known`: who knows each goal, in words of digits."""
    squares = [f"A{square + 1}" for square in range(LENGTH)]
    facts = [
        fact(agent, f"goal {agent}", goal, "" if who == "-" else who)
        for agent, (goal, who) in enumerate(zip(goals, known.split(), strict=True))
    ]
    figures = {"kind": "corridor", "starts": starts, "squares": squares}
    scales = [{"id": "s0", "values": squares}]
    return world(figures, behaviours, facts=facts, scales=scales, actions=ACTIONS, **more)


def corridor(setting: Json, events: list[Json] | None = None, **conventions: str) -> Corridor:
    cast = agents(len(setting["players"]))
    return Corridor(setting | {"events": events or []}, CONVENTIONS | conventions, cast)


def played(setting: Json, events: list[Json] | None = None, **conventions: str) -> list[Json]:
    judged = corridor(setting, events, **conventions)
    return [written(event) for event in play(judged, Run(judged.world, judged.start()))]


def request(agent: int, time: int, to: str, action: int, arrives: list[int | None] | None = None) -> Json:
    return message("request", agent, time, to, arrives, action=action)


def test_team_tells_what_only_it_knows_and_walks() -> None:
    setting = given("team team", [0, 5], [2, 4], "1 1")
    assert played(setting) == [
        inform(1, 0, "0", {0: 2, 1: 4}),
        act(0, 0, EAST),
        act(0, 1, EAST),
        act(1, 1, WEST),
    ]


def test_nobody_repeats_what_was_told_in_its_hearing() -> None:
    setting = given("team team team", [0, 0, 0], [1, 1, 0], "01 12 012")
    informs = [event for event in played(setting) if event["kind"] == "inform"]
    assert informs == [inform(0, 0, "12", {0: 1}), inform(1, 0, "02", {1: 1})]
    deaf = [event for event in played(setting, speech="concurrent") if event["kind"] == "inform"]
    assert deaf == [inform(0, 0, "12", {0: 1}), inform(1, 0, "02", {0: 1, 1: 1}), inform(2, 0, "01", {1: 1})]


def test_what_was_observed_is_told_but_not_what_was_heard() -> None:
    setting = given("team team", [2, 0], [5, 0], "01 -", bandwidth=1)
    setting["facts"][0]["known"] = ["a0"]
    informs = [event for event in played(setting) if event["kind"] == "inform"]
    assert informs == [inform(0, 0, "1", {0: 5}), inform(0, 1, "1", {1: 0})]


def test_leaders_ask_and_the_literal_do_it() -> None:
    setting = given("leader literal literal", [0, 5, 2], [1, 4, 2], "0 0 0", bandwidth=3)
    assert played(setting) == [
        inform(0, 0, "12", {0: 1, 1: 4, 2: 2}),
        request(0, 0, "1", WEST),
        act(0, 0, EAST),
        act(1, 0, WEST),
    ]
    board = played(setting, channel="blackboard")
    assert board[1] == request(0, 0, "1", WEST)


def test_the_literal_do_the_last_they_were_asked_if_it_is_open() -> None:
    asked = [request(0, 0, "1", WEST), request(0, 0, "1", EAST), request(0, 1, "1", WEST), request(0, 2, "1", EAST)]
    setting = given("- literal", [0, 4], [5, 5], "0 0", rounds=4)
    assert [event for event in played(setting, asked) if event["kind"] == "act"] == [
        act(1, 0, EAST),
        act(1, 1, WEST),
        act(1, 2, EAST),
    ]
    closed = given("- literal", [0, 5], [5, 5], "0 0", rounds=2)
    assert [event for event in played(closed, asked[1:2]) if event["kind"] == "act"] == []


def test_late_requests_are_done_when_they_come() -> None:
    setting = given("- literal", [0, 4], [5, 5], "0 0", rounds=4, fates=[2])
    asked = [request(0, 0, "1", EAST, [2])]
    assert played(setting, asked, delivery="unreliable") == [*asked, act(1, 2, EAST)]


def test_who_does_not_know_stays_and_who_is_myopic_goes_alone() -> None:
    setting = given("silent myopic", [0, 5], [1, 4], "1 1", rounds=2)
    assert played(setting) == [act(1, 0, WEST)]


def test_the_joint_plan_is_the_smallest_that_loses_no_time() -> None:
    judged = corridor(given("silent silent", [0, 1], [3, 2], "01 01"))
    assert judged.joint((0, 1), 0, 0, (3, 2)) == (EAST, 0)
    assert judged.joint((0, 1), 0, 0, (1, 0)) == (0, 0)
    assert judged.joint((3, 2), 0, 0, (3, 2)) == (0, 0)
    assert judged.joint((0, 1), 0, 0, (None, 2)) == (0, EAST)


def test_what_comes_of_it() -> None:
    setting = given("silent silent", [0, 5], [2, 4], "01 01")
    outcome = corridor(setting, played(setting)).outcome()
    parts = ("success", "rounds", "cost", "optimum", "efficiency", "plan", "least")
    assert [outcome[part] for part in parts] == [True, 2, 2, 2, 100, None, 0]
    slow = corridor(setting, [act(0, 1, EAST), act(1, 2, WEST), act(0, 3, EAST)]).outcome()
    assert [slow[part] for part in parts] == [True, 4, 4, 2, 50, None, 0]
    failed = corridor(setting, [act(0, 1, EAST)]).outcome()
    assert [failed[part] for part in parts] == [False, 6, None, 2, None, None, 0]


def illegal(events: list[Json]) -> list[str]:
    return [fault.where for fault in corridor(given("- -", [0, 5], [2, 4], "0 1"), events).illegal()]


def test_illegal_acts() -> None:
    assert illegal([act(0, 0, EAST), act(1, 0, WEST)]) == []
    assert illegal([act(0, 0, WEST)]) == ["event 0, action"]
    assert illegal([act(0, 0, 1)]) == ["event 0, action"]
    assert illegal([act(0, 0, 0)]) == ["event 0, action"]
    assert illegal([act(1, 0, WEST), act(0, 0, EAST)]) == ["event 1"]
    assert illegal([act(0, 0, EAST), act(0, 0, EAST)]) == ["event 1"]
    assert illegal([act(0, 0, EAST), request(1, 0, "0", EAST)]) == ["event 1"]
    assert illegal([request(0, 0, "1", EAST)]) == []
    assert illegal([message("propose", 0, 0, "1", plan=[])]) == ["event 0, kind"]


def test_what_does_not_occur() -> None:
    for setting in (
        given("asker team", [0, 5], [2, 4], "0 1"),
        given("team team team", [0, 5, 1], [2, 4, 1], "0 1 1", players=[player(0), player(1), player(2, leaves=2)]),
    ):
        with pytest.raises(Wrong):
            corridor(setting)
    with pytest.raises(Wrong):
        corridor(given("- -", [0, 5], [2, 4], "0 1"), [leave(3, 0)])


def answer(judged: Corridor, **query: Any) -> Derived:
    return judged.answer({"query": query, "options": judged.entries(query) or []})


def test_questions() -> None:
    setting = given("team myopic literal", [0, 5, 5], [2, 3, 5], "1 0 0", rounds=9)
    judged = corridor(setting, played(setting))
    every = {"actions": [WEST, EAST, 0], "plans": []}
    assert answer(judged, kind="can", agent="a0", time=0, actions=[WEST, EAST, 0]).answer == ["go east", "stay"]
    assert answer(judged, kind="intends", agent="a0", time=0, **every) == Derived(["go east", "stay"], [], "a0", 1)
    assert answer(judged, kind="intends", agent="a1", time=1, **every) == Derived(["go west", "stay"], [], "a1", 1)
    assert answer(judged, kind="best", agent="a0", time=0, **every) == Derived(["go east"], [], "reader", 0)
    assert answer(judged, kind="best", agent="a2", time=0, **every).answer == ["go west", "stay"]
    assert answer(judged, kind="reach", agent="a0", squares=["A2", "A3"]).answer == ["A2"]
    wrongs: list[Json] = [
        {"kind": "intends", "agent": "a2", "time": 0, **every},
        {"kind": "can", "agent": "a0", "time": 9, "actions": [0]},
        {"kind": "can", "agent": "a0", "time": 0, "actions": [5]},
        {"kind": "best", "agent": None, "time": 0, **every},
        {"kind": "reach", "agent": None, "squares": ["A2", "A3"]},
    ]
    for query in wrongs:
        with pytest.raises(Wrong):
            answer(judged, **query)
