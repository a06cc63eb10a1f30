"""Answers about strategies, bluffs and beliefs, worked out by hand."""

from typing import Any

import pytest

from madata.tests.validators.negotiation.bargains import (
    Json,
    accept,
    choice,
    event,
    game,
    limit,
    party,
    priority,
    propose,
    says,
    split,
    strategy,
    withdraw,
    world,
)
from madata.validators.negotiation.bargain import Bargain
from madata.validators.negotiation.queries import ordinal
from madata.validators.trial import Derived, Wrong


def ask(bargain: Bargain, kind: str, options: tuple[str, ...] = (), **query: Any) -> Derived:
    return bargain.answer({"query": {"kind": kind, **query}, "options": list(options)})


# Beliefs.

THREE = [split(0, "pens", 1), split(1, "cups", 1)]
EQUAL = [party(n, [2, 1], 0) for n in range(3)]
CLAIMS = [
    event("inform", 0, "a0", "a1 a2", claim=priority("i1")),
    event("inform", 3, "a0", "a1", claim=priority("i0")),
    {**event("inform", 6, "a0", "a1 a2", claim=priority("i1")), "delay": 4},
]


@pytest.mark.parametrize(
    ("chain", "time", "answer", "evidence", "order"),
    [
        ("a0", 0, "pens", [], 1),
        ("a0 a0", 0, "pens", [], 1),
        ("a1", 0, "no settled belief", [], 1),
        ("a1", 1, "cups", [0], 1),
        ("a1", 4, "pens", [1], 1),
        ("a1 a0", 4, "pens", [1], 2),
        ("a0 a1", 4, "pens", [1], 2),
        ("a2", 4, "cups", [0], 1),
        ("a1 a2", 4, "cups", [0], 2),
        ("a2 a2 a1", 4, "cups", [0], 2),
        ("a2 a0 a1", 4, "cups", [0], 3),
        ("a1", 10, "pens", [1], 1),
        ("a1", 11, "cups", [2], 1),
    ],
)
def test_valued(chain: str, time: int, answer: str, evidence: list[int], order: int) -> None:
    agents = chain.split()
    found = ask(game(world(THREE, EQUAL, CLAIMS)), "valued", chain=agents, about="a0", time=time)
    assert found == Derived([answer], evidence, agents[0], order)
    doubted = ask(game(world(THREE, EQUAL, CLAIMS), claims="doubted"), "valued", chain=agents, about="a0", time=time)
    assert doubted == Derived(["pens" if set(agents) == {"a0"} else "no settled belief"], [], agents[0], order)


def test_no_question_about_a_top_issue_that_is_none() -> None:
    bargain = game(world(THREE, [party(n, [1, 1], 0) for n in range(2)], []))
    with pytest.raises(Wrong, match="an issue worth most"):
        ask(bargain, "valued", chain=["a0"], about="a0", time=0)


# What moves imply.

SPLITS = [split(0, "a", 2), split(1, "b", 2), split(2, "c", 2)]


LINEAR = strategy("linear")


def implied(bids: list[list[int]], worth: list[int], time: int = 9, how: Json | None = LINEAR) -> Derived:
    """a0 bids at 0, 2, .., of two units each what it wants for itself; nobody answers."""
    events = [propose(2 * n, "a0", "a1", *([x, 2 - x] for x in bid)) for n, bid in enumerate(bids)]
    parties = [party(0, worth, 0, how), party(1, sorted(worth), 0)]
    return ask(game(world(SPLITS, parties, events, deadline=9), values="permuted"), "implied", agent="a0", time=time)


def test_implied() -> None:
    # linear to time 8: 12 points at 0, 9 at 2; of what is worth 9 the deal with the fewest units of a, then of b
    bids = [[2, 2, 2], [1, 2, 2]]
    assert implied(bids, [3, 2, 1]) == Derived(["a"], [0, 1], "reader")
    assert implied(bids, [3, 2, 1], time=2) == Derived(["undetermined"], [0], "reader")
    assert implied([[2, 2, 2], [1, 2, 1]], [1, 3, 2]) == Derived(["b"], [0, 1], "reader")


def test_implied_without_a_top() -> None:
    assert implied([[2, 2, 2], [1, 2, 2]], [2, 2, 1]).answer == ["undetermined"]


def test_implied_without_a_script() -> None:
    assert implied([[2, 2, 2], [1, 2, 2]], [3, 2, 1], how=None) == Derived(["undetermined"], [0, 1], "reader")


def test_implied_by_moves_of_no_script() -> None:
    with pytest.raises(Wrong, match="moved by its strategy"):
        implied([[0, 0, 0]], [3, 2, 1])


def test_too_much_to_arrange() -> None:
    issues = [split(n, f"{n}", 1) for n in range(10)]
    parties = [party(n, [*range(10)], 0) for n in range(2)]
    with pytest.raises(Wrong, match="at most 5 issues"):
        ask(game(world(issues, parties, []), values="permuted"), "implied", agent="a0", time=9)


# Strategies.

PRICE = [choice(0, "price", *(f"{number} dollars" for number in range(11)))]
UP, DOWN = [[*range(11)]], [[*range(10, -1, -1)]]


def test_switch() -> None:
    how = strategy("hard_headed", switch={"time": 4, "bidding": "linear"})
    parties = [party(0, UP, 0, how), party(1, DOWN, 0)]
    events = [propose(0, "a0", "a1", 10), propose(2, "a0", "a1", 10), propose(4, "a0", "a1", 6)]
    bargain = game(world(PRICE, parties, events, deadline=12))
    assert next(bargain.unscripted()).where == "party a0, time 6"  # it goes on after these
    assert ask(bargain, "switch", agent="a0") == Derived(["3rd"], [2], "reader")
    assert ask(bargain, "switch", agent="a1") == Derived(["undetermined"], [], "reader")
    silent = game(world(PRICE, parties, events[:1], deadline=12))
    assert ask(silent, "switch", agent="a0") == Derived(["never"], [], "reader")


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (111, "111th"),
    ],
)
def test_ordinals(number: int, written: str) -> None:
    assert ordinal(number) == written


# Bluffs. The seller (a0) says it cannot take less than 8; at time 1 the buyer, who believes it, accepts the 10.


def sale(meant: bool = True, how: Json | None = None, **claim: Any) -> Bargain:
    plan = [says(0, "inform", "a1", claim=claim or limit("least", 8)), says(0, "threaten", "a1", meant=meant)]
    seller = party(0, UP, 0, strategy("hard_headed", says=plan))
    buyer = party(1, DOWN, 0, how if how is not None else strategy("linear"))
    events = [
        event("inform", 0, "a0", "a1", claim=claim or limit("least", 8)),
        event("threaten", 0, "a0", "a1"),
        propose(0, "a0", "a1", 10),
        propose(1, "a1", "a0", 8),
        accept(2, "a0", "a1", 3),
    ]
    return game(world(PRICE, [seller, buyer], events[: 4 if meant else 5], deadline=4))


def test_bluff() -> None:
    bargain = sale(meant=False)
    assert ask(bargain, "bluff", event=0) == Derived(["yes"], [0], "a0")
    assert ask(bargain, "bluff", event=1) == Derived(["yes"], [1], "a0")
    assert ask(sale(), "bluff", event=1) == Derived(["no"], [1], "a0")
    assert ask(sale(**limit("least", 0)), "bluff", event=0) == Derived(["no"], [0], "a0")


def test_a_threat_of_a_party_without_strategy() -> None:
    events = [event("threaten", 0, "a0", "a1"), propose(0, "a0", "a1", 10), withdraw(1, "a1", "a0")]
    bargain = game(world(PRICE, [party(0, UP, 0), party(1, DOWN, 0)], events))
    assert ask(bargain, "bluff", event=0) == Derived(["undetermined"], [0], "a0")
    with pytest.raises(Wrong, match="not known"):
        ask(bargain, "paid", event=0)


def test_a_threat_that_was_not_planned() -> None:
    events = [event("threaten", 0, "a0", "a1"), propose(0, "a0", "a1", 10)]
    bargain = game(world(PRICE, [party(0, UP, 0, strategy("linear")), party(1, DOWN, 0)], events))
    with pytest.raises(Wrong, match="planned to say"):
        ask(bargain, "bluff", event=0)


def test_paid() -> None:
    """With the lie the buyer thinks of 8 to 10 only and, hard-headed, asks for 8; without it asks for 0."""
    bargain = sale(meant=False, how=strategy("hard_headed"))
    # a0 moves at 0 and 2, where it takes whatever stands
    assert list(bargain.unscripted()) == []
    assert bargain.outcome()["points"] == {"a0": 8, "a1": 2}
    assert ask(bargain, "paid", event=0) == Derived(["it paid"], [0], "reader")
    assert ask(bargain, "paid", event=1) == Derived(["it made no difference"], [1], "reader")


def test_a_bluff_that_backfired() -> None:
    """The buyer likes 3 best and would have asked for it; as the seller says that it takes 2 at most, it asks for 2."""
    stubborn = party(1, [[10 - abs(3 - n) for n in range(11)]], 4, strategy("hard_headed"))
    parties = [
        party(0, UP, 0, strategy("hard_headed", says=[says(0, "inform", "a1", claim=limit("most", 2))])),
        stubborn,
    ]
    events = [
        event("inform", 0, "a0", "a1", claim=limit("most", 2)),
        propose(0, "a0", "a1", 10),
        propose(1, "a1", "a0", 2),
        accept(2, "a0", "a1", 2),
    ]
    bargain = game(world(PRICE, parties, events, deadline=4))
    assert [fault.where for fault in bargain.unscripted()] == []
    assert ask(bargain, "paid", event=0) == Derived(["it backfired"], [0], "reader")


def test_paid_without_strategies() -> None:
    bargain = game(
        world(
            PRICE,
            [party(0, UP, 0), party(1, DOWN, 0)],
            [event("inform", 0, "a0", "a1", claim=limit("least", 8))],
        )
    )
    assert ask(bargain, "paid", event=0) == Derived(["undetermined"], [0], "reader")


# Replies.

MOVES = [
    {"move": "accept", "deal": None},
    {"move": "withdraw", "deal": None},
    {"move": "propose", "deal": [5]},
    {"move": "propose", "deal": [4]},
]
OPTIONS = ("take it", "leave", "ask for 5", "ask for 4")


def reply(*strategies: Json | None, options: tuple[str, ...] = OPTIONS, **more: Any) -> Derived:
    parties = [party(0, UP, 2, strategies[0]), party(1, DOWN, 2, strategies[1])]
    bargain = game(world(PRICE, parties, [propose(0, "a0", "a1", 8)], **{"deadline": 3, **more}))
    return ask(bargain, "reply", options, agent="a1", proposal=0, time=1, moves=MOVES)


def test_reply() -> None:
    # at 2, its last time, a0 takes whatever is worth 2 to it
    assert reply(strategy("linear"), strategy("linear")) == Derived(["ask for 4"], [0], "reader")
    # nobody has another move: all ends with the reservations, as the offer is worth them to a1
    assert reply(strategy("boulware"), strategy("conceder"), deadline=2) == Derived(
        ["take it", "leave", "ask for 5", "ask for 4"], [0], "reader"
    )


def test_a_reply_that_cannot_be_re_run() -> None:
    found = reply(strategy("linear"), None, options=(*OPTIONS, "undetermined"))
    assert found == Derived(["undetermined"], [0], "reader")
    with pytest.raises(Wrong, match="one more if it cannot"):
        reply(strategy("linear"), None)
    with pytest.raises(Wrong, match="at the end"):
        reply(strategy("linear"), None, options=(*OPTIONS, "who knows"))
    with pytest.raises(Wrong, match="one a move"):
        reply(strategy("linear"), strategy("linear"), options=(*OPTIONS, "undetermined"))


def test_a_forced_move_is_made_without_statements() -> None:
    """The promise that a1 would have made with its proposal is not made: a1 owes nothing."""
    how = strategy("linear", says=[says(1, "promise", "a0", amount=3)])
    assert reply(strategy("linear"), how).answer == ["ask for 4"]
    bargain = game(
        world(
            PRICE,
            [party(0, UP, 2, strategy("linear")), party(1, DOWN, 2, how)],
            [propose(0, "a0", "a1", 8)],
            deadline=3,
        )
    )
    found = ask(bargain, "reply", ("a", "b"), agent="a1", proposal=0, time=1, moves=[MOVES[3], MOVES[3]])
    assert found.answer == ["a", "b"]
    forced = bargain.asked._forced({"agent": "a1", "proposal": 0, "time": 1}, MOVES[3])
    assert bargain.asked._play(1, forced) == [4, 6]
    assert bargain.asked._play(1) != [4, 6]


def test_a_re_run_that_goes_on_and_on() -> None:
    stubborn = strategy("hard_headed")
    parties = [party(0, UP, 9, stubborn, deadline=10_000), party(1, DOWN, 9, stubborn, deadline=10_000)]
    bargain = game(world(PRICE, parties, [propose(0, "a0", "a1", 8)], deadline=10_000))
    with pytest.raises(Wrong, match="at most 1000 acts"):
        ask(bargain, "reply", OPTIONS[2:], agent="a1", proposal=0, time=1, moves=MOVES[2:])
