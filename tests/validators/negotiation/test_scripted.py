"""Each rule of scripted strategies, with the figures worked out by hand."""

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
    reject,
    says,
    split,
    strategy,
    world,
)

PRICE = [choice(0, "price", *(f"{number} dollars" for number in range(101)))]
UP, DOWN = [[*range(101)]], [[*range(100, -1, -1)]]


def move(events: list[Json], time: int, how: Json, agent: int = 0, **more: Any) -> str:
    """The move of a party that wants a high price (a0) or a low one (a1) at a time; reservation 20."""
    conventions = more.pop("conventions", {})
    deadline = more.pop("own", 100)
    parties = [party(0, UP, 20, how, deadline), party(1, DOWN, 20, how, deadline)]
    bargain = game(world(PRICE, parties, events, **{"deadline": 22, **more}), **conventions)
    script = bargain.record.scripts[f"a{agent}"]
    assert script is not None
    return "; ".join(
        f"{act.kind} {act.deal if act.kind == 'propose' else act.proposal if act.proposal >= 0 else ''}".strip()
        for act in script.move(bargain.record.acts, time)
    )


@pytest.mark.parametrize(
    ("bidding", "targets"),
    [
        # a0 moves at 0, 2, .. 20: last is 20; top 100, reservation 20
        ("boulware", {0: 100, 10: 100 - 10, 18: 100 - 58, 20: 20}),
        ("linear", {0: 100, 2: 92, 10: 60, 20: 20}),
        ("conceder", {0: 100, 2: 100 - 21, 10: 100 - 70, 20: 20}),
        ("hard_headed", {0: 100, 10: 100, 18: 100 - 30, 20: 20}),
        ("fair_split", {0: 50, 10: 50, 20: 20}),
        ("tit_for_tat", {0: 100, 10: 100, 20: 20}),
    ],
)
def test_targets(bidding: str, targets: dict[int, int]) -> None:
    for time, target in targets.items():
        assert move([], time, strategy(bidding)) == f"propose {target}"


def test_tit_for_tat_gives_what_it_was_given() -> None:
    offers = [propose(1, "a1", "a0", 3), propose(3, "a1", "a0", 9), propose(5, "a1", "a0", 7)]
    assert move(offers[:1], 2, strategy("tit_for_tat")) == "propose 100"
    assert move(offers, 6, strategy("tit_for_tat")) == "propose 94"


def test_a_fair_split_below_reservation_goes_down_in_a_line() -> None:
    parties = [party(0, UP, 60, strategy("fair_split")), party(1, DOWN, 20)]
    bargain = game(world(PRICE, parties, [], deadline=22))
    script = bargain.record.scripts["a0"]
    assert script is not None
    assert [act.deal for time in (0, 10, 20) for act in script.move([], time)] == [100, 80, 60]


def test_the_own_deadline_ends_time_and_makes_it_leave() -> None:
    assert move([], 10, strategy("linear"), own=11) == "propose 20"
    assert move([], 12, strategy("linear"), own=11) == "withdraw"
    assert move([], 0, strategy("linear"), own=1) == "propose 20"


def test_nothing_worth_it() -> None:
    parties = [party(0, UP, 101, strategy("linear")), party(1, DOWN, 20)]
    script = game(world(PRICE, parties, [])).record.scripts["a0"]
    assert script is not None
    assert [act.kind for act in script.move([], 0)] == ["withdraw"]


def test_from_a_switch_on() -> None:
    how = strategy("hard_headed", switch={"time": 10, "bidding": "linear"})
    assert [move([], time, how) for time in (8, 10)] == ["propose 100", "propose 60"]


def test_what_reaches_the_target_is_accepted() -> None:
    assert move([propose(9, "a1", "a0", 60)], 10, strategy("linear")) == "accept-proposal 0"
    assert move([propose(9, "a1", "a0", 59)], 10, strategy("linear")) == "propose 60"


def test_the_best_of_what_stands_then_the_first() -> None:
    parties = [party(n, UP if n == 0 else DOWN, 20, strategy("linear")) for n in range(4)]
    events = [propose(0, "a1", "a0 a2 a3", 70), propose(1, "a2", "a0 a1 a3", 90), propose(2, "a3", "a0 a1 a2", 90)]
    order = ["a1", "a2", "a3", "a0"]
    bargain = game(world(PRICE, parties, events, order=order, deadline=4))
    script = bargain.record.scripts["a0"]
    assert script is not None
    assert [(act.kind, act.proposal) for act in script.move(bargain.record.acts, 3)] == [("accept-proposal", 1)]
    events.append(accept(3, "a0", "a1 a2 a3", 1))
    bargain = game(world(PRICE, parties, events, order=order, deadline=8))
    script = bargain.record.scripts["a0"]
    assert script is not None
    assert script.move(bargain.record.acts, 7) == []  # it supports that already


@pytest.mark.parametrize(
    ("meant", "yields", "price", "found"),
    [
        (True, True, 20, "accept-proposal 1"),
        (False, True, 20, "accept-proposal 1"),
        (True, True, 19, "propose 60"),
        (True, False, 20, "propose 60"),
    ],
)
def test_who_yields_to_threats(meant: bool, yields: bool, price: int, found: str) -> None:
    events = [event("threaten", 9, "a1", "a0"), propose(9, "a1", "a0", price)]
    assert move(events, 10, strategy("linear", yields=yields, says=[says(9, "threaten", "a0", meant=meant)])) == found


def test_a_threat_does_not_help_other_proposals() -> None:
    events = [event("threaten", 7, "a1", "a0"), propose(7, "a1", "a0", 30), propose(9, "a1", "a0", 31)]
    assert move(events, 10, strategy("linear", yields=True)) == "propose 60"


@pytest.mark.parametrize(("meant", "found"), [(True, "withdraw"), (False, "propose 60")])
def test_who_means_a_threat_leaves(meant: bool, found: str) -> None:
    how = strategy("linear", says=[says(8, "threaten", "a1", meant=meant)])
    events = [event("threaten", 8, "a0", "a1"), propose(8, "a0", "a1", 68), propose(9, "a1", "a0", 0)]
    assert move(events, 10, how) == found
    better = [*events[:2], propose(9, "a1", "a0", 60)]
    assert move(better, 10, how) == "accept-proposal 2"


def test_limits_that_are_believed() -> None:
    told = [event("inform", 1, "a1", "a0", claim=limit("most", 70))]
    assert move(told, 2, strategy("hard_headed")) == "propose 70"
    assert move(told, 2, strategy("hard_headed"), conventions={"claims": "doubted"}) == "propose 100"
    later = [*told, event("inform", 3, "a1", "a0", claim=limit("most", 80))]
    assert move(later, 4, strategy("hard_headed")) == "propose 80"
    beyond = [event("inform", 1, "a1", "a0", claim=limit("most", 19))]
    assert move(beyond, 2, strategy("hard_headed")) == "propose 100"  # nothing left that is worth it: all deals
    assert (
        move([event("inform", 0, "a0", "a1", claim=limit("least", 40))], 1, strategy("hard_headed"), 1) == "propose 40"
    )


def test_a_focal_deal_that_is_not_thinkable_leaves_nothing_to_propose() -> None:
    told = [event("inform", 1, "a1", "a0", claim=limit("most", 40))]
    assert move(told, 2, strategy("fair_split")) == ""


def test_promises() -> None:
    """What is owed makes deals worth less, what was promised makes proposals worth more."""
    own = [event("promise", 0, "a0", "a1", amount=5), propose(0, "a0", "a1", 100)]
    assert move(own, 10, strategy("linear")) == "propose 63"  # top 95, target 95 - 37 = 58, plus 5
    assert move(own, 10, strategy("linear"), conventions={"promises": "cheap"}) == "propose 60"
    again = [*own, event("promise", 2, "a0", "a1", amount=1)]
    assert move(again, 10, strategy("linear")) == "propose 61"  # the last counts: top 99, target 99 - 39, plus 1
    offer = [event("promise", 9, "a1", "a0", amount=5), propose(9, "a1", "a0", 55)]
    assert move(offer, 10, strategy("linear")) == "accept-proposal 1"
    assert move(offer, 10, strategy("linear"), conventions={"promises": "cheap"}) == "propose 60"


def test_who_is_curt_does_not_repeat_itself() -> None:
    how = strategy("hard_headed", curt=True, says=[says(2, "query", "a1"), says(2, "threaten", "a1")])
    events = [propose(0, "a0", "a1", 100), propose(1, "a1", "a0", 3)]
    assert move(events, 2, how) == "query; reject-proposal 1"
    assert move(events[:1], 2, how) == "query; threaten; propose 100"
    assert move([propose(0, "a0", "a1", 99), events[1]], 2, how) == "query; threaten; propose 100"
    assert move([propose(18, "a0", "a1", 20), propose(19, "a1", "a0", 3)], 20, how) == "propose 20"


def test_nothing_is_said_with_an_acceptance() -> None:
    how = strategy("linear", says=[says(10, "query", "a1")])
    assert move([propose(9, "a1", "a0", 60)], 10, how) == "accept-proposal 0"


def test_what_is_under_way_is_not_heard() -> None:
    offer = {**propose(9, "a1", "a0", 60), "delay": 1}
    assert move([offer], 10, strategy("linear")) == "propose 60"
    assert move([offer], 12, strategy("linear")) == "accept-proposal 0"


def test_ties_go_to_what_others_want_then_to_what_is_near_then_to_the_first() -> None:
    issues = [split(0, "pens", 1), split(1, "cups", 1), choice(2, "day", "one", "two", "three")]
    parties = [party(0, [1, 1, [0, 0, 0]], 1, strategy("fair_split")), party(1, [1, 1, [0, 0, 0]], 0)]

    def bid(*events: Json, **conventions: str) -> Any:
        bargain = game(world(issues, parties, list(events)), **conventions)
        script = bargain.record.scripts["a0"]
        assert script is not None
        (act,) = script.move(bargain.record.acts, 4)  # the last time: one thing at least
        return bargain.record.domain.json(act.deal)

    def wants(time: int, issue: str) -> Json:
        return event("inform", time, "a1", "a0", claim=priority(issue))

    offer = propose(1, "a1", "a0", [0, 1], [0, 1], 1)
    assert bid() == [[0, 1], [1, 0], 0]
    assert bid(offer) == [[0, 1], [1, 0], 1]
    assert bid(offer, wants(3, "i1")) == [[1, 0], [0, 1], 1]
    assert bid(wants(1, "i0"), wants(3, "i1")) == [[1, 0], [0, 1], 0]
    assert bid(wants(1, "i1"), wants(3, "i2"), offer) == [[0, 1], [1, 0], 1]
    assert bid(wants(3, "i1"), claims="doubted") == [[0, 1], [1, 0], 0]
    latest = propose(3, "a1", "a0", [0, 1], [0, 1], 2)
    assert bid(offer, latest) == [[0, 1], [1, 0], 2]


def test_who_wants_a_choice_gets_something_near_its_own_proposal() -> None:
    day = [choice(0, "day", "one", "two", "three")]
    parties = [party(n, [[0, 0, 0]], 0, strategy("linear")) for n in range(3)]
    told = [event("inform", 1, "a1", "a0 a2", claim=priority("i0"))]
    offers = [propose(1, "a1", "a0 a2", 2), propose(2, "a2", "a0 a1", 0)]
    for events, deal in (([*told, *offers], 2), (offers, 0), (told, 0), ([*told, offers[1]], 0)):
        script = game(world(day, parties, events)).record.scripts["a0"]
        assert script is not None
        acts = game(world(day, parties, events)).record.acts
        assert script._bid(script._ladder(0, 2), 0, [act for act in acts if act.agent != "a0"]) == deal


def test_rejecting_the_latest_heard() -> None:
    parties = [party(0, UP, 20, strategy("hard_headed", curt=True)), party(1, DOWN, 20), party(2, DOWN, 20)]
    one, two = propose(1, "a1", "a0 a2", 3), {**propose(2, "a2", "a0 a1", 4)}
    events = [propose(0, "a0", "a1 a2", 100), {**one, "delay": 2}, two]
    bargain = game(world(PRICE, parties, events, deadline=30))
    script = bargain.record.scripts["a0"]
    assert script is not None
    assert [act.proposal for act in script.move(bargain.record.acts, 6)] == [1]
    assert [act.proposal for act in script.move(bargain.record.acts, 3)] == [2]
    events.append(reject(6, "a0", "a1 a2", 1))
    bargain = game(world(PRICE, parties, events, deadline=30))
    script = bargain.record.scripts["a0"]
    assert script is not None
    assert [act.proposal for act in script.move(bargain.record.acts, 9)] == [2]
