"""One bargain by hand, with everything that a record of it stores: two share two books and choose where to meet.

Deals in canonical order, with the worth for Anna (a0) and for Ben (a1):

    [0, 2] park  0 4    [1, 1] park  3 2    [2, 0] park  6 0
    [0, 2] hall  2 5    [1, 1] hall  5 3    [2, 0] hall  8 1

Anna falsely says that the place matters most to her and asks for everything; both come down in a straight line; Ben
accepts the half at time 3, where his target has come down to 3.
"""

from copy import deepcopy
from typing import Any

from madata.tests.validators.negotiation.bargains import (
    Json,
    accept,
    choice,
    episode,
    event,
    party,
    priority,
    propose,
    question,
    says,
    split,
    strategy,
    world,
)

ISSUES = [split(0, "books", 2), choice(1, "place", "park", "hall")]
PARTIES = [
    party(0, [3, [0, 2]], 2, strategy("linear", says=[says(0, "inform", "a1", claim=priority("i1"))])),
    party(1, [2, [0, 1]], 1, strategy("linear")),
]
EVENTS = [
    event("inform", 0, "a0", "a1", claim=priority("i1")),
    propose(0, "a0", "a1", [2, 0], 1),
    propose(1, "a1", "a0", [0, 2], 1),
    propose(2, "a0", "a1", [1, 1], 1),
    accept(3, "a1", "a0", 3),
]
HALF = {"deal": [[1, 1], 1], "points": [5, 3]}
OUTCOME: Json = {
    "kind": "bargain",
    "ended": "agreement",
    "proposal": 3,
    "deal": [[1, 1], 1],
    "supporters": ["a0", "a1"],
    "points": {"a0": 5, "a1": 3},
    "zone": 4,
    "frontier": 3,
    "pareto": True,
    "nash": HALF,
    "kalai_smorodinsky": HALF,
    "egalitarian": HALF,
    "welfare": {"deal": [[2, 0], 1], "points": [8, 1]},
    "efficiency": 5 / 6,
    "fairness": 2 / 3,
    "lies": [0],
}
PRIVATE = [
    {
        "points": {"books": 3, "place": {"park": 0, "hall": 2}},
        "reservation": 2,
        "deadline": 100,
        "strategy": "linear",
        "switch": None,
    },
    {
        "points": {"books": 2, "place": {"park": 0, "hall": 1}},
        "reservation": 1,
        "deadline": 100,
        "strategy": "linear",
        "switch": None,
    },
]
MOVES = [
    {"move": "accept", "deal": None},
    {"move": "withdraw", "deal": None},
    {"move": "propose", "deal": [[0, 2], 1]},
]
REPLY = {"kind": "reply", "agent": "a1", "proposal": 3, "time": 3, "moves": MOVES}
QUESTIONS = [
    question(0, {"kind": "offer", "proposal": 1, "issue": "i0", "agent": "a1"}, ["0", "1"], ["0"], [1]),
    question(1, {"kind": "offer", "proposal": 1, "issue": "i1", "agent": None}, ["park", "hall"], ["hall"], [1]),
    question(2, {"kind": "points", "proposal": 2, "agent": "a0"}, ["8", "2"], ["2"], [2], view="a0"),
    question(3, {"kind": "rational", "proposal": 2, "agent": "a0"}, ["yes", "no"], ["yes"], [2], view="a0"),
    question(4, {"kind": "pareto", "proposal": 3}, ["yes", "no"], ["yes"], [3]),
    question(5, {"kind": "zone"}, ["yes", "no"], ["yes"], []),
    question(6, REPLY, ["accept", "leave", "ask"], ["ask"], [3]),
    question(7, {"kind": "paid", "event": 0}, ["it paid", "it made no difference"], ["it made no difference"], [0]),
    question(
        8,
        {"kind": "valued", "chain": ["a1"], "about": "a0", "time": 1},
        ["books", "place", "no settled belief"],
        ["place"],
        [0],
        view="a1",
        order=1,
    ),
    question(9, {"kind": "bluff", "event": 0}, ["yes", "no"], ["yes"], [0], view="a0"),
    question(10, {"kind": "switch", "agent": "a0"}, ["never", "2nd"], ["never"], []),
]


def books(**changes: Any) -> Json:
    """The record; `changes` are conventions."""
    bargain = world(ISSUES, PARTIES, EVENTS)
    shown = ["understanding", "planning", "communication"]
    return deepcopy(episode(bargain, OUTCOME, PRIVATE, QUESTIONS, shown, **changes))
