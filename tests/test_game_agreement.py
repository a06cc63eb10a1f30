"""The games of the generator and those of the validator agree, on random games of every kind; and a bug planted on
either side is seen by the other."""

from fractions import Fraction
from typing import Any

import pytest
from game_agreement import KINDS, compared
from hypothesis import given, settings
from hypothesis import strategies as st

from madata.generators.negotiation import commons, donor
from madata.generators.negotiation.bargain import bidding, claims, solutions, table
from madata.validators.negotiation import commons as judged_commons
from madata.validators.negotiation import deals as judged_deals
from madata.validators.negotiation import donor as judged_donor
from madata.validators.negotiation import history, recorded, scripted

GAMES = 250


@pytest.mark.parametrize("kind", KINDS)
@given(seed=st.integers(min_value=0))
@settings(max_examples=60)
def test_random_games(kind: str, seed: int) -> None:
    answered, disagreements = compared(f"property/{seed}", kind)
    assert disagreements == []
    assert answered


@pytest.mark.parametrize("kind", KINDS)
def test_many_games(kind: str) -> None:
    for number in range(GAMES):
        assert compared(f"{kind}/{number}", kind)[1] == []


_standing, _heard, _support = table.Table.standing, table.Table.heard, table._support
_told, _done = history.heard, history.done

GENERATOR: dict[str, tuple[str, Any, str, Any]] = {
    "a counter-offer refuses nothing": (
        "bargain",
        table.Table,
        "standing",
        lambda t, a, n: [i for i in _heard(t, a, n) if t.events[i].kind == "propose"],
    ),
    "messages are heard a time late": (
        "bargain",
        table.Table,
        "heard",
        lambda t, agent, time: _heard(t, agent, time - 1),
    ),
    "acceptance is no support": (
        "bargain",
        table,
        "_support",
        lambda event, number, before: number if event.kind == "propose" else before,
    ),
    "promises are never paid": ("bargain", table.Table, "promised", lambda t, agent, time=None: {}),
    "every claim is true": ("bargain", claims, "true", lambda claim, stakes, place: True),
    "the last turn is the deadline": ("bargain", bidding, "last_turn", lambda t, agent: t.game.deadline),
    "threats frighten nobody": ("bargain", bidding.Bidder, "_threatened", lambda bidder, proposal: False),
    "threats bind nobody": ("bargain", bidding.Bidder, "_stands_by_threat", lambda bidder: False),
    "nobody regards what others want": ("bargain", bidding.Bidder, "_regard", lambda bidder: []),
    "any offer is as near as any other": ("bargain", bidding.Bidder, "_distance", lambda bidder: []),
    "the best for the greatest wins": ("bargain", solutions, "egalitarian", solutions.welfare),
    "a commons grows without limit": ("commons", commons, "grown", lambda game, left: left + left * game.growth // 100),
    "harvests sustain what they leave": ("commons", commons, "sustain", lambda game, stock, n: stock // 2),
    "quotas are never agreed": ("commons", commons.Table, "fair", lambda t, number: t.sustain(number) // t.n),
    "the richest half is rounded down": (
        "donor",
        donor,
        "richest",
        lambda has: sorted(has, key=lambda a: -has[a])[: max(1, len(has) // 2)],
    ),
    "gossip is forgotten": ("donor", donor.Table, "claim_to", lambda t, agent, number: None),
    "donors know nobody": ("donor", donor.Table, "image", lambda t, agent, other: None),
}


VALIDATOR: dict[str, tuple[str, Any, str, Any]] = {
    "all is heard at once": ("bargain", history.Rules, "hearing", lambda rules, time: time + 1),
    "every proposal stands": (
        "bargain",
        scripted,
        "standing",
        lambda told, own: [act for act in told if act.kind == "propose"],
    ),
    "everybody concedes evenly": (
        "bargain",
        scripted,
        "conceded",
        lambda bidding, time, last: Fraction(min(time, last), last) if last > 0 else Fraction(1),
    ),
    "threats are idle": ("bargain", scripted.Scripted, "_threatened_in_earnest", lambda party, own: False),
    "fair is what comes first": ("bargain", scripted.Scripted, "_focal", property(lambda party: 0)),
    "no deal is dominated": ("bargain", judged_deals.Domain, "dominated", lambda domain, place: False),
    "Nash is egalitarian": ("bargain", judged_deals.Zone, "nash", lambda zone: zone.egalitarian()),
    "no statement is a lie": ("bargain", recorded.Recorded, "is_lie", lambda game, act: False),
    "everybody may move at any time": ("bargain", history.Rules, "has_turn", lambda rules, agent, time: True),
    "what is left doubles": (
        "commons",
        judged_commons,
        "regrown",
        lambda left, capacity, growth: min(capacity, 2 * left),
    ),
    "all harvest their limit": (
        "commons",
        judged_commons,
        "amount",
        lambda harvesting, limit, sustained, fair, returned: limit,
    ),
    "a quota is never agreed": (
        "commons",
        judged_commons.Commons,
        "_fair",
        lambda game, number: game._sustained(game.stocks[number]) // len(game.agents),
    ),
    "all give half": ("donor", judged_donor, "gift", lambda giving, have, image, endowment: have // 2),
    "nothing is known by hearsay": ("donor", judged_donor.Donor, "_told", lambda game, meeting, time, reached: None),
    "all see everything": ("donor", judged_donor.Donor, "_saw", lambda game, agent, meeting: True),
}


@pytest.mark.parametrize("bug", VALIDATOR)
def test_bug_in_the_validator_is_seen(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, where, name, wrong = VALIDATOR[bug]
    monkeypatch.setattr(where, name, wrong)
    assert seen(kind)


@pytest.mark.parametrize("bug", GENERATOR)
def test_bug_in_the_generator_is_seen(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kind, where, name, wrong = GENERATOR[bug]
    monkeypatch.setattr(where, name, wrong)
    assert seen(kind)


def seen(kind: str) -> bool:
    for number in range(4 * GAMES):
        try:
            if compared(f"{kind}/{number}", kind)[1]:
                return True
        except ValueError:  # one side refuses what the other did
            return True
    return False
