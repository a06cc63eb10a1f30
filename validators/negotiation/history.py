"""What has happened in a bargain, as definitions over the list of acts and a time ("Time", "Who may do what").

Nothing is kept up to date: who has heard what, which proposals stand, who supports what and how it ended are each read
off the acts, so the acts of a record and those of a re-run are judged by the same words.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from madata.validators.trial import Json

PROPOSE, ACCEPT, REJECT, WITHDRAW = "propose", "accept-proposal", "reject-proposal", "withdraw"
INFORM, QUERY, THREATEN, PROMISE = "inform", "query", "threaten", "promise"
FINAL = (PROPOSE, ACCEPT, REJECT, WITHDRAW)
TALK = (INFORM, QUERY, THREATEN, PROMISE)


class Act(NamedTuple):
    """Event number `event`. `hearing`: when those of `to` hear it; `deal`: its place in the canonical order."""

    event: int
    agent: str
    time: int
    hearing: int
    to: tuple[str, ...]
    kind: str
    deal: int = -1
    proposal: int = -1
    claim: Json | None = None
    amount: int = 0

    def like(self, other: "Act") -> bool:
        """The same but for its number."""
        return self[1:] == other[1:]


class Rules(NamedTuple):
    """Who may act when, and what counts."""

    agents: tuple[str, ...]
    order: tuple[str, ...]
    alternating: bool
    deadline: int
    delays: tuple[int, ...]
    winning: tuple[frozenset[str], ...]
    believed: bool
    binding: bool

    def movers(self, time: int) -> Sequence[str]:
        return (self.order[time % len(self.order)],) if self.alternating else self.order

    def has_turn(self, agent: str, time: int) -> bool:
        return time < self.deadline and agent in self.movers(time)

    def hearing(self, time: int) -> int:
        return time + 1 + self.delay(time)

    def delay(self, time: int) -> int:
        return self.delays[time % len(self.delays)] if self.delays else 0

    def others(self, agent: str) -> tuple[str, ...]:
        return tuple(other for other in self.agents if other != agent)

    def slots(self, since: int) -> Iterator[tuple[int, str]]:
        """Each time and who may move then, in order."""
        for time in range(since, self.deadline):
            for agent in self.movers(time):
                yield time, agent


class Ending(NamedTuple):
    """How it ended, with which act (-1: none, by time), and what was agreed by whom."""

    how: str
    act: int = -1
    proposal: int | None = None
    supporters: frozenset[str] = frozenset()


def heard(acts: Sequence[Act], agent: str, time: int) -> list[Act]:
    """What an agent has heard by a time, by time of hearing, then index."""
    found = [act for act in acts if act.hearing <= time and agent in act.to]
    return sorted(found, key=lambda act: (act.hearing, act.event))


def done(acts: Sequence[Act], agent: str, time: int) -> list[Act]:
    """What an agent did before a time."""
    return [act for act in acts if act.agent == agent and act.time < time]


def standing(told: Sequence[Act], own: Sequence[Act]) -> list[Act]:
    """The proposals that stand for an agent which has heard `told` and done `own`: of each other the one made last, if
    it is still there, and it is neither refused nor answered with a proposal."""
    offers = [act for act in told if act.kind == PROPOSE]
    latest: dict[str, int] = {}
    for act in offers:
        latest[act.agent] = max(act.event, latest.get(act.agent, -1))
    gone = withdrawn(told)
    refused = {act.proposal for act in own if act.kind == REJECT}
    answered = max((act.time for act in own if act.kind == PROPOSE), default=-1)
    return [
        act
        for act in offers
        if act.event == latest[act.agent]
        and act.agent not in gone
        and act.event not in refused
        and act.hearing > answered
    ]


def supported(own: Sequence[Act]) -> int | None:
    """Which proposal an agent that has done `own` supports."""
    for act in reversed(own):
        if act.kind in (PROPOSE, ACCEPT):
            proposal = act.event if act.kind == PROPOSE else act.proposal
            refused = any(mine.kind == REJECT and mine.proposal == proposal and mine.event > act.event for mine in own)
            return None if refused else proposal
    return None


def withdrawn(acts: Sequence[Act]) -> set[str]:
    return {act.agent for act in acts if act.kind == WITHDRAW}


def ending(acts: Sequence[Act], rules: Rules) -> Ending | None:
    """How the last of the acts ends the negotiation, if it does."""
    last = acts[-1]
    if last.kind == WITHDRAW:
        gone = withdrawn(acts)
        return Ending("withdrawn", last.event) if all(members & gone for members in rules.winning) else None
    if last.kind != ACCEPT:
        return None
    supporters = frozenset(
        agent for agent in rules.agents if supported([act for act in acts if act.agent == agent]) == last.proposal
    ) | {acts[last.proposal].agent}
    gone = withdrawn(acts)
    if any(members <= supporters and not members & gone for members in rules.winning):
        return Ending("agreement", last.event, last.proposal, supporters)
    return None


def ended(acts: Sequence[Act], rules: Rules) -> Ending:
    """The first end that comes, or the deadline."""
    for act in acts:
        if act.kind in (ACCEPT, WITHDRAW) and (found := ending(acts[: act.event + 1], rules)):
            return found
    return Ending("deadline")


def same(one: Sequence[Act], other: Sequence[Act]) -> bool:
    return len(one) == len(other) and all(a.like(b) for a, b in zip(one, other, strict=True))
