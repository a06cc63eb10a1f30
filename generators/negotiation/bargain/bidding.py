"""How a scripted party bargains: its move is a function of what it has heard and done (docs/negotiation.md, "Scripted
strategies"). Quotients are taken of integers and rounded down, so nothing depends on a machine's fractions."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.bargain.deals import Figures
from madata.generators.negotiation.bargain.table import Table
from madata.schemas.negotiation import (
    Accept,
    Inform,
    Limit,
    Move,
    Priority,
    Promise,
    Propose,
    Query,
    Reject,
    Statement,
    Strategy,
    Threaten,
    Withdraw,
)


def move(table: Table, agent: str, time: int, strategy: Strategy) -> list[Move]:
    """The events of the agent's move by this strategy, none if it passes. Of the table it takes into account what the
    agent has heard by this time, and what it did before."""
    return Bidder(table, agent, time, strategy).move()


def last_turn(table: Table, agent: str) -> int:
    """The last time at which the party has the move before it or the game is out of time; -1 if there is none."""
    party = table.game.parties[table.place[agent]]
    order = table.game.order
    end = min(party.deadline, table.game.deadline)
    if table.conventions.turns == "simultaneous":
        return end - 1 if agent in order else -1
    turns = (time for time in range(end - 1, max(end - 1 - len(order), -1), -1) if order[time % len(order)] == agent)
    return next(turns, -1)


class Bidder:
    """One party at one time."""

    def __init__(self, table: Table, agent: str, time: int, strategy: Strategy) -> None:
        self.table = table
        self.agent = agent
        self.time = time
        self.strategy = strategy
        self.place = table.place[agent]
        self.party = table.game.parties[self.place]
        self.last = last_turn(table, agent)
        self.is_last = self.last <= 0 or time >= self.last
        self.believes = table.conventions.claims == "believed"
        self.binding = table.conventions.promises == "binding"
        self._listen()
        self._value()

    def move(self) -> list[Move]:
        if self.time < self.strategy.opens:
            return self._say(threats=False)
        reservation = self.party.reservation
        if self.time >= self.party.deadline or self.top < reservation:
            return [self._withdraw()]
        standing = self.table.standing(self.agent, self.time)
        target = self._target()
        choices = [(standing, target)]
        if self.strategy.yields:
            choices.append(([number for number in standing if self._threatened(number)], reservation))
        for proposals, least in choices:
            best = min(proposals, key=lambda number: (-self._val(number), number), default=None)
            if best is not None and self._val(best) >= least:
                return [] if self.table.supports(self.agent, self.time) == best else [self._accept(best)]
        if self._stands_by_threat():
            return [self._withdraw()]
        found = self._bid(target)
        if found is None:
            return []
        made = [number for number in self.own if self.table.events[number].kind == "propose"]
        repeats = bool(made) and self.table.offered[made[-1]] == found
        if self.strategy.curt and repeats and self.time < self.last and standing:
            return [*self._say(threats=False), self._reject(standing[-1])]
        return [*self._say(threats=True), self._propose(found)]

    # What the party takes into account.

    def _listen(self) -> None:
        table = self.table
        self.own = table.own(self.agent, self.time)
        self.proposals: list[int] = []
        self.limits: dict[str, Limit] = {}
        self.priorities: dict[str, str] = {}
        self.offered: dict[str, int] = {}
        self.threats: set[tuple[str, int]] = set()
        for number in table.heard(self.agent, self.time):
            match table.events[number]:
                case Propose():
                    self.proposals.append(number)
                case Inform(agent=speaker, claim=Limit() as claim) if self.believes:
                    self.limits[speaker] = claim
                case Inform(agent=speaker, claim=Priority() as claim) if self.believes:
                    self.priorities[speaker] = claim.issue
                case Promise(agent=speaker, amount=amount) if self.binding:
                    self.offered[speaker] = amount
                case Threaten(agent=speaker, time=time):
                    self.threats.add((speaker, time))
        self.owed = sum(table.promised(self.agent, self.time).values()) if self.binding else 0

    def _value(self) -> None:
        """Sets the thinkable deals, by worth ascending, and the most that it hopes for."""
        self.worths, self.deals = self.table.stakes.ranked[self.place]
        if self.limits:
            low = max((limit.option for limit in self.limits.values() if limit.side == "least"), default=0)
            high = min(
                (limit.option for limit in self.limits.values() if limit.side == "most"), default=len(self.deals)
            )
            thinkable = (self.deals >= low) & (self.deals <= high)
            if (self.worths[thinkable] - self.owed >= self.party.reservation).any():
                self.worths, self.deals = self.worths[thinkable], self.deals[thinkable]
        self.top = int(self.worths[-1]) - self.owed
        if self.strategy.aspiration is not None:
            self.top = min(self.top, max(self.party.reservation, self.strategy.aspiration))

    def _val(self, proposal: int) -> int:
        proposer = self.table.events[proposal].agent
        return self.table.worth(proposal, self.agent) + self.offered.get(proposer, 0)

    def _threatened(self, proposal: int) -> bool:
        event = self.table.events[proposal]
        return (event.agent, event.time) in self.threats

    def _stands_by_threat(self) -> bool:
        """Whether in its last move it made a threat that it means."""
        if not self.own:
            return False
        time = self.table.events[self.own[-1]].time
        threatened = any(
            self.table.events[number].kind == "threaten"
            for number in self.own
            if self.table.events[number].time == time
        )
        planned = (said for said in self.strategy.says if said.time == time and said.kind == "threaten")
        return threatened and any(said.meant for said in planned)

    # What it aims at.

    def _target(self) -> int:
        switch = self.strategy.switch
        bidding = switch.bidding if switch and self.time >= switch.time else self.strategy.bidding
        reservation = self.party.reservation
        if self.is_last:
            return reservation
        if bidding == "tit_for_tat":
            vals = [self._val(number) for number in self.proposals]
            return max(reservation, self.top - (max(vals) - vals[0] if vals else 0))
        if bidding == "fair_split":
            focal = int(self.table.stakes.worth[self.place, self.table.stakes.focal[self.place]]) - self.owed
            if focal >= reservation:
                return focal
        time, last = self.time, self.last
        room = self.top - reservation
        match bidding:
            case "boulware":
                return self.top - room * time**3 // last**3
            case "conceder":
                return self.top - room * (last**3 - (last - time) ** 3) // last**3
            case "hard_headed":
                return self.top - room * time**9 // last**9
            case _:
                return self.top - room * time // last

    def _bid(self, target: int) -> int | None:
        """The deal to propose; None if no thinkable deal is worth as much as the target."""
        first = int(self.worths.searchsorted(target + self.owed))
        if first == len(self.worths):
            return None
        after = int(self.worths.searchsorted(self.worths[first], side="right"))
        deals = self.deals[first:after]
        if len(deals) > 1 and self.priorities:
            deals = _greatest(deals, self.table.deals.sums(self._regard(), deals))
        if len(deals) > 1 and self.proposals:
            deals = _greatest(deals, -self.table.deals.sums(self._distance(), deals))
        return int(deals[0])

    def _regard(self) -> list[Figures]:
        """How well the entries of each issue do by those who said that it matters most to them."""
        domain = self.table.deals
        figures = [np.zeros(size, dtype=np.int64) for size in domain.sizes]
        numbers = {issue.id: number for number, issue in enumerate(domain.issues)}
        for speaker, issue in self.priorities.items():
            number = numbers[issue]
            if among := domain.shares[number]:
                figures[number] += among.units[:, self.table.place[speaker]]
            elif (proposed := self._last_of(speaker)) is not None:
                option = self.table.deal(proposed)[number]
                figures[number] -= abs(np.arange(domain.sizes[number]) - option)
        return figures

    def _last_of(self, speaker: str) -> int | None:
        """The speaker's proposal heard last."""
        theirs = (number for number in reversed(self.proposals) if self.table.events[number].agent == speaker)
        return next(theirs, None)

    def _distance(self) -> list[Figures]:
        """How far the entries of each issue are from the proposal heard last."""
        domain = self.table.deals
        heard = self.table.deal(self.proposals[-1])
        return [
            abs(among.units - entry).sum(axis=1) if among else abs(np.arange(size) - entry)
            for among, size, entry in zip(domain.shares, domain.sizes, heard, strict=True)
        ]

    # What it does.

    def _say(self, threats: bool) -> list[Move]:
        planned = (said for said in self.strategy.says if said.time == self.time)
        return [self._statement(said) for said in planned if threats or said.kind != "threaten"]

    def _statement(self, said: Statement) -> Move:
        to = [agent for agent in self.table.ids if agent in said.to]
        agent, time, delay = self.agent, self.time, self.table.delay(self.time)
        match said.kind:
            case "inform":
                assert said.claim
                return Inform(agent=agent, time=time, delay=delay, to=to, claim=said.claim)
            case "promise":
                assert said.amount
                return Promise(agent=agent, time=time, delay=delay, to=to, amount=said.amount)
            case "query":
                return Query(agent=agent, time=time, delay=delay, to=to)
            case "threaten":
                return Threaten(agent=agent, time=time, delay=delay, to=to)

    def _propose(self, deal: int) -> Move:
        return Propose(**self._to_all(), deal=self.table.deals[deal])

    def _accept(self, proposal: int) -> Move:
        return Accept(**self._to_all(), proposal=proposal)

    def _reject(self, proposal: int) -> Move:
        return Reject(**self._to_all(), proposal=proposal)

    def _withdraw(self) -> Move:
        return Withdraw(**self._to_all())

    def _to_all(self) -> dict[str, Any]:
        return {
            "agent": self.agent,
            "time": self.time,
            "delay": self.table.delay(self.time),
            "to": self.table.others(self.agent),
        }


def _greatest(deals: NDArray[np.intp], figures: Figures) -> NDArray[np.intp]:
    best: NDArray[np.intp] = deals[figures == figures.max()]
    return best
