"""What stands, who supports what and how it ends, case by case."""

import pytest

from madata.tests.validators.negotiation.bargains import (
    Json,
    accept,
    choice,
    event,
    game,
    party,
    played,
    propose,
    reject,
    withdraw,
    world,
)
from madata.validators.negotiation.bargain import Bargain

PRICE = [choice(0, "price", *(f"{number}" for number in range(10)))]
WORTH = [[*range(10)]]


def of(number: int, *events: Json, **more: object) -> Bargain:
    parties = [party(n, WORTH, 2) for n in range(number)]
    conventions = {key: more.pop(key) for key in ("promises", "turns") if key in more}
    return game(world(PRICE, parties, list(events), **{"deadline": 50, **more}), **conventions)


OFFER = propose(0, "a0", "a1", 5)


@pytest.mark.parametrize(
    ("events", "time", "found"),
    [
        ([OFFER], 0, []),
        ([OFFER], 1, [0]),
        ([{**OFFER, "delay": 2}], 2, []),
        ([{**OFFER, "delay": 2}], 3, [0]),
        ([{**OFFER, "to": []}], 9, []),
        ([OFFER, withdraw(2, "a0", "a1")], 2, [0]),
        ([OFFER, withdraw(2, "a0", "a1")], 3, []),
        ([OFFER, propose(2, "a0", "a1", 6)], 3, [1]),
        ([OFFER, {**propose(2, "a0", "a1", 6), "delay": 1}], 3, [0]),
        ([{**OFFER, "delay": 9}, propose(2, "a0", "a1", 6)], 20, [1]),
        ([OFFER, reject(1, "a1", "a0", 0)], 1, [0]),
        ([OFFER, reject(1, "a1", "a0", 0)], 3, []),
        ([OFFER, propose(1, "a1", "a0", 6)], 3, []),
        ([{**OFFER, "delay": 2}, propose(1, "a1", "a0", 6)], 3, [0]),
        ([OFFER, accept(1, "a1", "a0", 0)], 3, [0]),
        ([OFFER, event("query", 1, "a1", "a0")], 3, [0]),
    ],
)
def test_what_stands(events: list[Json], time: int, found: list[int]) -> None:
    assert of(2, *events).record.standing("a1", time) == found


ALL = "a0 a1 a2"


def to(agent: str) -> str:
    return " ".join(each for each in ALL.split() if each != agent)


OPEN = propose(0, "a0", to("a0"), 5)
AGREED = ("agreement", 0, ["a0", "a1", "a2"])


@pytest.mark.parametrize(
    ("events", "winning", "found"),
    [
        ([accept(1, "a1", to("a1"), 0), accept(2, "a2", to("a2"), 0)], [ALL.split()], AGREED),
        ([accept(1, "a1", to("a1"), 0)], [ALL.split()], ("deadline", None, [])),
        ([accept(1, "a1", to("a1"), 0)], [["a0", "a1"], ["a1", "a2"]], ("agreement", 0, ["a0", "a1"])),
        ([accept(1, "a1", to("a1"), 0)], [["a1", "a2"]], ("deadline", None, [])),
        # a refusal ends one's support, an own proposal moves it
        (
            [accept(1, "a1", to("a1"), 0), reject(4, "a1", to("a1"), 0), accept(5, "a2", to("a2"), 0)],
            [ALL.split()],
            ("deadline", None, []),
        ),
        (
            [accept(1, "a1", to("a1"), 0), propose(4, "a1", to("a1"), 6), accept(5, "a2", to("a2"), 0)],
            [ALL.split()],
            ("deadline", None, []),
        ),
        # the proposer supports it whatever it does next
        (
            [accept(1, "a1", to("a1"), 0), propose(3, "a0", to("a0"), 6), accept(5, "a2", to("a2"), 0)],
            [ALL.split()],
            AGREED,
        ),
        # refusing another proposal changes nothing
        (
            [
                accept(1, "a1", to("a1"), 0),
                propose(2, "a2", to("a2"), 6),
                reject(4, "a1", to("a1"), 2),
                accept(5, "a2", to("a2"), 0),
            ],
            [ALL.split()],
            AGREED,
        ),
        ([withdraw(1, "a1", to("a1")), accept(2, "a2", to("a2"), 0)], [ALL.split()], ("withdrawn", None, [])),
        (
            [withdraw(1, "a1", to("a1")), accept(2, "a2", to("a2"), 0)],
            [["a0", "a1"], ["a0", "a2"]],
            ("agreement", 0, ["a0", "a2"]),
        ),
        (
            [accept(1, "a1", to("a1"), 0), withdraw(4, "a1", to("a1")), accept(5, "a2", to("a2"), 0)],
            [["a0", "a2"]],
            AGREED,
        ),
        ([withdraw(1, "a1", to("a1"))], [["a0", "a1"], ["a0", "a2"]], ("deadline", None, [])),
        ([withdraw(1, "a0", to("a0"))], [["a0", "a1"], ["a0", "a2"]], ("withdrawn", None, [])),
    ],
)
def test_how_it_ends(events: list[Json], winning: list[list[str]], found: tuple[str, object, list[str]]) -> None:
    outcome = of(3, OPEN, *events, winning=winning).outcome()
    assert (outcome["ended"], outcome["proposal"], outcome["supporters"]) == found


def promise(time: int, amount: int, agent: str = "a0", to: str = "a1") -> Json:
    return event("promise", time, agent, to, amount=amount)


@pytest.mark.parametrize(
    ("events", "points"),
    [
        ([OPEN, accept(1, "a1", to("a1"), 0)], [5, 5, 5]),
        ([promise(0, 2), OPEN, accept(1, "a1", to("a1"), 1)], [3, 7, 5]),
        ([promise(0, 2), promise(0, 1), OPEN, accept(1, "a1", to("a1"), 2)], [4, 6, 5]),
        ([OPEN, promise(0, 2), accept(1, "a1", to("a1"), 0)], [3, 7, 5]),
        ([promise(0, 2, to="a2"), OPEN, accept(1, "a1", to("a1"), 1)], [5, 5, 5]),  # no supporter
        ([OPEN, promise(1, 2, "a1", "a0"), accept(1, "a1", to("a1"), 0)], [5, 5, 5]),  # not the proposer's
        ([promise(0, 2), OPEN], [2, 2, 2]),
    ],
)
def test_promises_are_paid_to_supporters(events: list[Json], points: list[int]) -> None:
    paid = of(3, *events, winning=[["a0", "a1"]]).outcome()
    assert list(paid["points"].values()) == points
    cheap = of(3, *events, winning=[["a0", "a1"]], promises="cheap").outcome()
    assert len(set(cheap["points"].values())) == 1


def test_payments_count_in_fairness_but_not_in_efficiency() -> None:
    paid = of(2, promise(0, 2), propose(0, "a0", "a1", 5), accept(1, "a1", "a0", 1)).outcome()
    assert (paid["efficiency"], paid["fairness"]) == (6 / 14, 1 / 5)


def test_no_efficiency_without_anything_to_gain() -> None:
    poor = game(world(PRICE, [party(n, WORTH, 9) for n in range(2)], []))
    assert (poor.outcome()["efficiency"], poor.outcome()["fairness"], poor.outcome()["zone"]) == (None, None, 1)
    none = game(world(PRICE, [party(n, WORTH, 10) for n in range(2)], []))
    assert [none.outcome()[each] for each in ("nash", "kalai_smorodinsky", "egalitarian", "zone")] == [None] * 3 + [0]


@pytest.mark.parametrize(
    ("claim", "lie"),
    [
        ({"kind": "limit", "side": "least", "option": 2}, False),
        ({"kind": "limit", "side": "least", "option": 3}, True),
        ({"kind": "limit", "side": "most", "option": 2}, True),
        ({"kind": "priority", "issue": "i0"}, False),
    ],
)
def test_lies(claim: Json, lie: bool) -> None:
    assert of(2, event("inform", 0, "a0", "a1", claim=claim)).outcome()["lies"] == [0] * lie


def test_a_limit_that_is_no_range_is_false_on_both_sides() -> None:
    worth = [[0, 5, 0]]
    for side in ("most", "least"):
        claim = {"kind": "limit", "side": side, "option": 1}
        bargain = game(
            world(
                [choice(0, "price", "a", "b", "c")],
                [party(0, worth, 3), party(1, worth, 3)],
                [event("inform", 0, "a0", "a1", claim=claim)],
            )
        )
        assert bargain.outcome()["lies"] == [0]


def test_two_issues_of_the_same_stake_are_both_a_true_priority() -> None:
    issues = [choice(0, "a", "x", "y"), choice(1, "b", "x", "y"), choice(2, "c", "x", "y")]
    parties = [party(n, [[0, 3], [5, 2], [0, 2]], 0) for n in range(2)]
    events = [event("inform", 0, "a0", "a1", claim={"kind": "priority", "issue": f"i{n}"}) for n in range(3)]
    assert game(world(issues, parties, events)).outcome()["lies"] == [2]


@pytest.mark.parametrize("seed", range(30))
def test_what_stands_word_for_word(seed: int) -> None:
    record = played(seed)
    bargain = Bargain(record["world"], record["conventions"], record["agents"])
    events = [*enumerate(record["world"]["events"])]
    for time, x in bargain.record.rules.slots(0):
        heard = [(n, e) for n, e in events if x in e["to"] and e["time"] + 1 + e["delay"] <= time]
        own = [e for _, e in events if e["agent"] == x and e["time"] < time]

        def stands(number: int, p: Json, heard: list = heard, own: list = own) -> bool:
            return (
                p["kind"] == "propose"
                and not any(e["kind"] == "withdraw" and e["agent"] == p["agent"] for _, e in heard)
                and not any(e["kind"] == "propose" and e["agent"] == p["agent"] and n > number for n, e in heard)
                and not any(e["kind"] == "reject-proposal" and e["proposal"] == number for e in own)
                and not any(e["kind"] == "propose" and e["time"] >= p["time"] + 1 + p["delay"] for e in own)
            )

        assert sorted(bargain.record.standing(x, time)) == [n for n, e in heard if stands(n, e)]
