"""Failures of negotiators: each planted by hand and found, and none where nothing is wrong."""

from collections.abc import Sequence
from typing import Any

import pytest

from madata.tests.validators.negotiation import hand
from madata.tests.validators.negotiation.bargains import (
    CONVENTIONS,
    Json,
    accept,
    agents,
    choice,
    event,
    limit,
    party,
    priority,
    propose,
    reject,
    split,
    strategy,
    withdraw,
    world,
)
from madata.validators.negotiation.failures import observed

Found = set[tuple[str, int | None]]
"""Mode and event."""

PRICES = choice(0, "the price", "$0", "$1", "$2", "$3", "$4")


def recorded(game: Json, people: list[Json], **conventions: str) -> Json:
    return {
        "task": "negotiation",
        "world": game,
        "agents": people,
        "conventions": CONVENTIONS | conventions,
        "turns": [],
        "provenance": {"source": None},
    }


def found(episode: Json) -> Found:
    seen = observed(episode)
    assert seen is not None
    assert {failure.mode for failure in seen.failures} <= {*seen.modes}
    return {(failure.mode, failure.event) for failure in seen.failures}


def haggle(events: Sequence[Json], patience: int = 100, how: Json | None = None, **conventions: str) -> Json:
    """A price k leaves the buyer a0 4 - k and the seller a1 k; both have 1 without a deal. a0 has the even times."""
    parties = [party(0, [[4, 3, 2, 1, 0]], 1, how, deadline=patience), party(1, [[0, 1, 2, 3, 4]], 1)]
    return recorded(world([PRICES], parties, list(events), deadline=12), agents(2), **conventions)


HAGGLED: dict[str, tuple[list[Json], Found]] = {
    "a deal": ([propose(0, "a0", "a1", 1), propose(1, "a1", "a0", 3), propose(2, "a0", "a1", 2)], set()),
    "less than no deal": ([propose(0, "a0", "a1", 4)], {("1.1", 0)}),
    "accepted less than no deal": ([propose(0, "a0", "a1", 0), accept(1, "a1", "a0", 0)], {("3.2", 1)}),
    "the same again to deaf ears": (
        [propose(time, f"a{time % 2}", f"a{1 - time % 2}", 1 + 2 * (time % 2)) for time in range(5)],
        {("1.3", 3), ("1.3", 4)},
    ),
    "back to the beginning": (
        [
            propose(0, "a0", "a1", 1),
            propose(1, "a1", "a0", 4),
            propose(2, "a0", "a1", 2),
            propose(3, "a1", "a0", 3),
            propose(4, "a0", "a1", 1),
        ],
        {("2.1", 4)},
    ),
    "more turned down than is asked for": (
        [propose(0, "a0", "a1", 2), propose(1, "a1", "a0", 1)],
        {("3.3", 1)},
    ),
    "proposed again what was refused": (
        [propose(0, "a0", "a1", 1), reject(1, "a1", "a0", 0), propose(2, "a0", "a1", 1)],
        {("2.5", 2)},
    ),
    "threatened, and goes on": (
        [
            event("threaten", 0, "a0", "a1"),
            propose(0, "a0", "a1", 1),
            propose(1, "a1", "a0", 3),
            propose(2, "a0", "a1", 2),
        ],
        {("2.6", 3)},
    ),
    "threatened, and walks away": (
        [
            event("threaten", 0, "a0", "a1"),
            propose(0, "a0", "a1", 1),
            propose(1, "a1", "a0", 3),
            withdraw(2, "a0", "a1"),
        ],
        {("3.1", 3)},
    ),
    "asked and never answered": (
        [
            event("query", 0, "a0", "a1", about="priority"),
            propose(0, "a0", "a1", 1),
            propose(1, "a1", "a0", 3),
        ],
        {("2.5", 0)},
    ),
    "asked for what was said": (
        [
            event("inform", 0, "a0", "a1", claim=priority("i0")),
            propose(0, "a0", "a1", 1),
            event("query", 1, "a1", "a0", about="priority"),
            propose(1, "a1", "a0", 3),
        ],
        {("1.4", 2)},
    ),
}


@pytest.mark.parametrize("about", HAGGLED)
def test_bargains(about: str) -> None:
    events, expected = HAGGLED[about]
    assert found(haggle(events)) == expected


def test_a_promise_is_part_of_what_is_accepted() -> None:
    promised = [event("promise", 0, "a0", "a1", amount=1), propose(0, "a0", "a1", 0), accept(1, "a1", "a0", 1)]
    assert found(haggle(promised)) == set()
    assert found(haggle(promised, promises="cheap")) == {("3.2", 2)}


def test_without_patience_one_does_not_go_on() -> None:
    assert found(haggle([propose(2, "a0", "a1", 1)], patience=2)) == {("1.5", 0)}
    assert found(haggle([event("inform", 2, "a0", "a1", claim=limit("most", 2))], patience=2)) == set()
    assert found(haggle([withdraw(2, "a0", "a1")], patience=2)) == set()


def test_a_deal_that_could_be_better_and_nobody_asked() -> None:
    """Books for the one, hats for the other would be better for both than half of each."""
    issues = [split(0, "books", 2), split(1, "hats", 2)]
    parties = [party(0, [3, 1], 0), party(1, [1, 3], 0)]
    halves = [propose(0, "a0", "a1", [1, 1], [1, 1]), accept(1, "a1", "a0", 0)]
    assert {mode for mode, _ in found(recorded(world(issues, parties, halves), agents(2)))} == {"2.2"}
    assert found(recorded(world(issues, parties, halves), agents(2), claims="doubted")) == set()
    better = [propose(0, "a0", "a1", [2, 0], [0, 2]), accept(1, "a1", "a0", 0)]
    assert found(recorded(world(issues, parties, better), agents(2))) == set()


def test_failures_have_the_bidding_in_force() -> None:
    how = strategy("linear", switch={"time": 2, "bidding": "conceder"})
    seen = observed(haggle([propose(0, "a0", "a1", 4), propose(2, "a0", "a1", 4)], how=how))
    assert seen is not None
    assert [(failure.mode, failure.behaviour) for failure in seen.failures if failure.mode == "1.1"] == [
        ("1.1", "linear"),
        ("1.1", "conceder"),
    ]
    assert seen.behaviours == ("conceder", "linear")
    assert "1.1" in seen.excluded["conceder"]


def test_words_of_people_are_no_talk_of_events() -> None:
    seen = observed(haggle([propose(0, "a0", "a1", 1)]) | {"provenance": {"source": {"name": "CaSiNo"}}})
    assert seen is not None
    assert not {"1.4", "2.2", "2.3"} & {*seen.modes}


# The commons.


def lake(*amounts: tuple[int, ...], accepting: int = 2) -> Json:
    """a0 proposes that each take 5; those who accept do so in round 1."""
    events = [hand.propose(0, 5), *hand.harvests(0, *amounts[0])]
    events += [hand.respond(agent, "accept") for agent in range(1, 1 + accepting)]
    for number, each in enumerate(amounts[1:], start=1):
        events += hand.harvests(number, *each)
    parties = [hand.harvester(agent, "greedy" if agent == 2 else "quota") for agent in range(3)]
    return recorded(hand.world(hand.commons(parties), events), hand.agents(3))


def test_a_quota_that_was_agreed_is_exceeded() -> None:
    seen = observed(lake((5, 5, 9), (5, 5, 9), (5, 5, 5)))
    assert seen is not None
    (failure,) = seen.failures
    assert (failure.mode, failure.behaviour) == ("2.6", "greedy")
    assert failure.found == "round 2: Carla takes more than the quota that it agreed to"
    assert found(lake((9, 9, 9), (5, 5, 5))) == set()
    assert found(lake((5, 5, 9), (5, 5, 9), accepting=1)) == set()


def test_a_donor_game_shows_no_failures() -> None:
    game: dict[str, Any] = hand.donor([hand.giver(agent, "generous") for agent in range(3)], [hand.meeting(0, 0, 1)])
    assert observed(recorded(hand.world(game, [hand.donate(0, 0, 1, 4, "12")]), hand.agents(3))) is None
