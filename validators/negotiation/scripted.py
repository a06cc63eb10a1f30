"""How a scripted party moves: a function of what it has heard and done, and of the time ("Scripted strategies")."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np

from madata.validators.negotiation.deals import Domain, Table
from madata.validators.negotiation.history import (
    ACCEPT,
    INFORM,
    PROMISE,
    PROPOSE,
    REJECT,
    THREATEN,
    WITHDRAW,
    Act,
    Rules,
    done,
    heard,
    standing,
    supported,
)
from madata.validators.trial import Json


class Ladder(NamedTuple):
    """Some deals by ascending worth for a party, those of one worth in canonical order."""

    worths: list[int]
    deals: list[int]


@lru_cache(maxsize=4096)
def conceded(bidding: str, time: int, last: int) -> Fraction:
    """The part of the way from top to reservation that is gone by a time."""
    x = Fraction(1) if last <= 0 or time >= last else Fraction(time, last)
    match bidding:
        case "boulware":
            return x**3
        case "conceder":
            return 1 - (1 - x) ** 3
        case "hard_headed":
            return x**9
        case _:
            return x


class Scripted:
    def __init__(self, domain: Domain, rules: Rules, party: Json, strategy: Json) -> None:
        self._domain, self._rules = domain, rules
        self._agent: str = party["agent"]
        self._others = rules.others(self._agent)
        self._worth = domain.worth[rules.agents.index(self._agent)]
        self._points: list[int] = self._worth.tolist()
        self._reservation: int = party["reservation"]
        self._deadline: int = party["deadline"]
        self._strategy = strategy
        self._says: Sequence[Json] = strategy["says"]
        turns = (t for t in reversed(range(min(self._deadline, rules.deadline))) if rules.has_turn(self._agent, t))
        self._last = next(turns, -1)
        self._ladders: dict[tuple[int, int], Ladder] = {}
        self._numbers = {issue["id"]: number for number, issue in enumerate(domain.issues)}

    def move(self, acts: Sequence[Act], time: int) -> list[Act]:
        told, own = heard(acts, self._agent, time), done(acts, self._agent, time)
        if time < self._strategy["opens"]:
            move = [*map(self._said, self.planned(time, ""))]
        else:
            final = self._final(told, own, time)
            said = self.planned(time, final.kind) if final and final.kind in (PROPOSE, REJECT) else []
            move = [*map(self._said, said), *([final] if final else [])]
        return [act._replace(event=len(acts) + number) for number, act in enumerate(move)]

    def planned(self, time: int, final: str) -> list[Json]:
        """What is said at a time before a proposal, a refusal or nothing, in order."""
        return [each for each in self._says if each["time"] == time and (final == PROPOSE or each["kind"] != THREATEN)]

    def _act(self, time: int, kind: str, to: Sequence[str]) -> Act:
        return Act(-1, self._agent, time, self._rules.hearing(time), tuple(to), kind)

    def _said(self, statement: Json) -> Act:
        act = self._act(statement["time"], statement["kind"], statement["to"])
        return act._replace(claim=statement["claim"], amount=statement["amount"] or 0)

    def _final(self, told: Sequence[Act], own: Sequence[Act], time: int) -> Act | None:
        """What the move ends in; None: it passes."""
        withdraw = self._act(time, WITHDRAW, self._others)
        if time >= self._deadline:
            return withdraw
        owed = sum({act.to: act.amount for act in own if act.kind == PROMISE}.values()) if self._rules.binding else 0
        deals = self._thinkable(told, owed)
        top = deals.worths[-1] - owed
        if top < self._reservation:
            return withdraw
        promised = {act.agent: act.amount for act in told if act.kind == PROMISE and self._rules.binding}

        def value(proposal: Act) -> int:
            return self._points[proposal.deal] + promised.get(proposal.agent, 0)

        if self._strategy["aspiration"] is not None:
            top = min(top, max(self._strategy["aspiration"], self._reservation))
        target = self._target(time, top, owed, (value(act) for act in told if act.kind == PROPOSE))
        stand = standing(told, own)
        threats = {(act.agent, act.time) for act in told if act.kind == THREATEN}
        threatened = [act for act in stand if self._strategy["yields"] and (act.agent, act.time) in threats]
        for proposals, least in ((stand, target), (threatened, self._reservation)):
            best = min(proposals, key=lambda act: (-value(act), act.event), default=None)
            if best and value(best) >= least:
                if supported(own) == best.event:
                    return None
                return self._act(time, ACCEPT, self._others)._replace(proposal=best.event)
        if self._threatened_in_earnest(own):
            return withdraw
        deal = self._bid(deals, target + owed, told)
        if deal is None:
            return None
        mine = [act.deal for act in own if act.kind == PROPOSE]
        if self._strategy["curt"] and stand and time < self._last and mine[-1:] == [deal]:
            latest = max(stand, key=lambda act: (act.hearing, act.event))
            return self._act(time, REJECT, self._others)._replace(proposal=latest.event)
        return self._act(time, PROPOSE, self._others)._replace(deal=deal)

    def _thinkable(self, told: Sequence[Act], owed: int) -> Ladder:
        low, high = 0, self._domain.size - 1
        if self._rules.believed:
            for claim in self._claims(told, "limit").values():
                if claim["side"] == "most":
                    high = min(high, claim["option"])
                else:
                    low = max(low, claim["option"])
        deals = self._ladder(low, high)
        if not deals.worths or deals.worths[-1] - owed < self._reservation:
            return self._ladder(0, self._domain.size - 1)
        return deals

    def _ladder(self, low: int, high: int) -> Ladder:
        """Of the deals from one to another, both included: limits are about the options of an only issue."""
        if (low, high) not in self._ladders:
            worth = self._worth[low : high + 1]
            rising = np.argsort(worth, kind="stable")
            self._ladders[low, high] = Ladder(worth[rising].tolist(), (rising + low).tolist())
        return self._ladders[low, high]

    def _claims(self, told: Sequence[Act], kind: str) -> Mapping[str, Json]:
        """The last claim of a kind heard from each."""
        return {act.agent: act.claim for act in told if act.kind == INFORM and act.claim and act.claim["kind"] == kind}

    def _target(self, time: int, top: int, owed: int, offered: Iterable[int]) -> int:
        switch = self._strategy["switch"]
        bidding = switch["bidding"] if switch and time >= switch["time"] else self._strategy["bidding"]
        share = conceded(bidding, time, self._last)
        if bidding == "tit_for_tat":
            values = [*offered]
            gained = max(values) - values[0] if values else 0
            return self._reservation if share == 1 else max(self._reservation, top - gained)
        if bidding == "fair_split":
            focal = self._points[self._focal] - owed
            if share == 1 or focal >= self._reservation:
                return self._reservation if share == 1 else focal
        return top - (top - self._reservation) * share.numerator // share.denominator

    @cached_property
    def _focal(self) -> int:
        uneven = self._domain.unevenness
        even = np.flatnonzero(uneven == uneven.min())
        return int(even[self._worth[even].argmax()])

    def _threatened_in_earnest(self, own: Sequence[Act]) -> bool:
        """Whether the last move made a threat that is meant."""
        last = own[-1].time if own else -1
        threats = [act for act in own if act.time == last and act.kind == THREATEN]
        planned = [each for each in self._says if each["time"] == last and each["kind"] == THREATEN]
        return any(each["meant"] for _, each in zip(threats, planned, strict=False))

    def _bid(self, deals: Ladder, least: int, told: Sequence[Act]) -> int | None:
        """The deal to propose: of those worth `least` or more the one worth least, as good for the others as it can."""
        start = bisect_left(deals.worths, least)
        if start == len(deals.worths):
            return None
        tied = np.array(deals.deals[start : bisect_right(deals.worths, deals.worths[start])])
        figures, offers = self._domain.figures, [act for act in told if act.kind == PROPOSE]
        if len(tied) > 1 and self._rules.believed:
            regard = self._regard(tied, self._claims(told, "priority"), {act.agent: act.deal for act in offers})
            tied = tied[regard == regard.max()]
        if len(tied) > 1 and offers:
            distance = abs(figures[tied] - figures[offers[-1].deal]).sum(axis=1)
            tied = tied[distance == distance.min()]
        return int(tied[0])

    def _regard(self, tied: Table, wishes: Mapping[str, Json], offers: Mapping[str, int]) -> Table:
        """How much others get of what they say they want: units, or nearness to the option they proposed."""
        figures, regard = self._domain.figures, np.zeros(len(tied), np.int64)
        for agent, claim in wishes.items():
            issue = self._numbers[claim["issue"]]
            column = self._domain.column(issue, self._rules.agents.index(agent))
            if self._domain.splits[issue]:
                regard += figures[tied, column]
            elif agent in offers:
                regard -= abs(figures[tied, column] - figures[offers[agent], column])
        return regard
