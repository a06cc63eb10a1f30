"""Failures of negotiators, read off the record.

Parties have interests of their own, so to keep one's counsel, to lie or to refuse is no failure here. What is: to act
against what one was given (one's reservation and patience), to turn down more than one asks for, to repeat oneself to
deaf ears, not to answer, to threaten or agree and then do otherwise. Whether a party bids as its strategy says is for
`strategies`. A donor game asks nothing of anybody that could be seen not to be done.
"""

from collections.abc import Iterator, Mapping, Sequence

from madata.validators.mast import Failure, Observed, derailed
from madata.validators.negotiation.bargain import Bargain
from madata.validators.negotiation.commons import Commons
from madata.validators.negotiation.history import (
    ACCEPT,
    INFORM,
    PROMISE,
    PROPOSE,
    QUERY,
    REJECT,
    THREATEN,
    Act,
    done,
    heard,
)
from madata.validators.negotiation.recorded import Recorded
from madata.validators.trial import Json, trial

BARGAIN = ("1.1", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "2.5", "2.6", "3.1", "3.2", "3.3")
COMMONS = ("2.6",)

TALK = ("1.4", "2.2", "2.3")
"""Modes that show in talk: in an import that is words, and no events."""

NEVER = frozenset({"1.1", "1.5", "3.2", "3.3"})
"""What no strategy does, however it bids."""


def observed(episode: Json) -> Observed | None:
    """None where there is nothing to see."""
    game = trial(episode).game
    if isinstance(game, Bargain):
        return bargain(game.record, episode)
    if isinstance(game, Commons):
        return commons(game)
    return None


class Seat:
    """A party: what it was given, and what it had heard and done by a time."""

    def __init__(self, record: Recorded, agent: str, name: str) -> None:
        self.record, self.agent, self.name, self.number = record, agent, name, record.number[agent]
        self.party = record.parties[self.number]
        self.reservation: int = self.party["reservation"]
        self.acts = [act for act in record.acts if act.agent == agent]

    def heard(self, time: int) -> list[Act]:
        return heard(self.record.acts, self.agent, time)

    def done(self, time: int) -> list[Act]:
        return done(self.record.acts, self.agent, time)

    def bidding(self, time: int) -> str | None:
        strategy = self.party["strategy"]
        if strategy is None:
            return None
        switch = strategy["switch"]
        found: str = switch["bidding"] if switch and time >= switch["time"] else strategy["bidding"]
        return found

    @property
    def biddings(self) -> set[str]:
        """Those that were in force while it lasted."""
        last = max((act.time for act in self.record.acts), default=0)
        return {bidding for time in (0, last) if (bidding := self.bidding(time))}

    def worth(self, deal: int) -> int:
        return int(self.record.domain.worth[self.number, deal])

    def value(self, proposal: Act, time: int) -> int:
        """What a proposal of another is worth, with the payment promised for it."""
        promises = [act.amount for act in self.heard(time) if act.kind == PROMISE and act.agent == proposal.agent]
        return self.worth(proposal.deal) + (promises[-1] if promises and self.record.rules.binding else 0)

    def failure(self, mode: str, time: int, found: str, event: int | None = None) -> Failure:
        return Failure(mode, f"time {time}: {self.name} {found}", self.bidding(time), event)


def bargain(record: Recorded, episode: Json) -> Observed:
    seats = {agent["id"]: Seat(record, agent["id"], agent["name"]) for agent in episode["agents"]}
    found = [failure for seat in seats.values() for act in seat.acts for failure in acted(seat, act)]
    for seat in seats.values():
        found += [*unanswered(seat, seats), *unclear(seat, seats)]
    found += [
        Failure("2.3", f"{seats[agent].name} {what}", seats[agent].bidding(0)) for agent, what in derailed(episode)
    ]
    names = tuple(sorted({name for seat in seats.values() for name in seat.biddings}))
    imported = episode["provenance"]["source"] is not None
    modes = tuple(mode for mode in BARGAIN if not (imported and mode in TALK))
    return Observed(modes, found, names, dict.fromkeys(names, NEVER))


def acted(seat: Seat, act: Act) -> Iterator[Failure]:
    record, time = seat.record, act.time
    if act.kind in (PROPOSE, ACCEPT, REJECT) and time >= seat.party["deadline"]:
        yield seat.failure("1.5", time, "goes on although it has no patience left", act.event)
    match act.kind:
        case "propose":
            yield from proposed(seat, act)
        case "accept-proposal":
            proposal = record.acts[act.proposal]
            if seat.value(proposal, time) < seat.reservation:
                yield seat.failure("3.2", time, "accepts less than no deal is worth to it", act.event)
        case "query":
            claims = {each.agent for each in seat.heard(time) if each.kind == INFORM and claims_priority(each)}
            if claims >= {*act.to}:
                yield seat.failure("1.4", time, "asks for what it has been told", act.event)
        case "withdraw" if time < seat.party["deadline"] and len(record.zone.deals):
            yield seat.failure("3.1", time, "walks away before its time, with deals that would suit all", act.event)


def proposed(seat: Seat, act: Act) -> Iterator[Failure]:
    record, time = seat.record, act.time
    own = [each for each in seat.done(time) if each.kind == PROPOSE]
    told = seat.heard(time)
    worth = seat.worth(act.deal)
    if worth < seat.reservation:
        yield seat.failure("1.1", time, "proposes less for itself than no deal is worth to it", act.event)
    standing = [record.acts[event] for event in record.standing(seat.agent, time)]
    if any(seat.value(offer, time) > worth for offer in standing):
        yield seat.failure("3.3", time, "turns down more than it asks for", act.event)
    same = [each for each in own if each.deal == act.deal]
    if same and not news(seat, told, same[-1].time):
        yield seat.failure("1.3", time, "proposes the same again, and has heard nothing new since", act.event)
    if any(each.kind == REJECT and record.acts[each.proposal] in same for each in told):
        yield seat.failure("2.5", time, "proposes again what was refused", act.event)
    if len(own) > 1 and act.deal == own[0].deal != own[-1].deal and seat.worth(own[-1].deal) < worth:
        yield seat.failure("2.1", time, "takes back what it conceded, and begins anew", act.event)
    if any(each.kind == THREATEN and each.time < time for each in seat.acts):
        yield seat.failure("2.6", time, "threatened to walk away, and goes on", act.event)


def news(seat: Seat, told: Sequence[Act], since: int) -> bool:
    """Whether an agent has heard anything after a time that it had not heard of the same party before."""
    before = {(act.agent, act.kind, act.deal, act.proposal) for act in told if act.hearing <= since}
    after = [act for act in told if act.hearing > since]
    return any(act.kind == INFORM or (act.agent, act.kind, act.deal, act.proposal) not in before for act in after)


def claims_priority(act: Act) -> bool:
    return act.claim is not None and act.claim["kind"] == "priority"


def unanswered(seat: Seat, seats: Mapping[str, Seat]) -> Iterator[Failure]:
    """Of a party that could move after a question, and never says to the asker what matters to it."""
    record = seat.record
    end = record.acts[record.ended.act].time if record.ended.act >= 0 else record.rules.deadline
    told = {each for act in seat.acts if act.kind == INFORM and claims_priority(act) for each in act.to}
    for act in record.acts:
        if act.kind == QUERY and seat.agent in act.to and act.agent not in told:
            moves = (time for time in range(act.hearing, end) if record.rules.has_turn(seat.agent, time))
            time = next(moves, None)
            if time is not None and not record.is_out(seat.agent, time):
                yield seat.failure("2.5", time, f"never answers what {seats[act.agent].name} asks of it", act.event)


def unclear(seat: Seat, seats: Mapping[str, Seat]) -> Iterator[Failure]:
    """Of a party to a deal that leaves something on the table, which was never told what matters to another and did not
    ask; where what is said is believed."""
    record, end = seat.record, seat.record.ended
    if end.proposal is None or seat.agent not in end.supporters or not record.rules.believed:
        return
    if not record.domain.dominated(record.acts[end.proposal].deal):
        return
    told = {act.agent for act in seat.heard(record.acts[end.act].time) if claims_priority(act)}
    asked = {other for act in seat.acts if act.kind == QUERY for other in act.to}
    for other in record.agents:
        if other in end.supporters - {seat.agent} - told - asked:
            found = (
                f"settles for a deal that could suit all better, not having asked what matters to {seats[other].name}"
            )
            yield seat.failure("2.2", record.acts[end.act].time, found, end.proposal)
            return


def commons(game: Commons) -> Observed:
    """Who agreed to a quota and took more."""
    failures, biddings = [], set[str]()
    for number, _ in enumerate(game.stocks):
        for agent in game.agents:
            party = game.parties[agent]
            switch = party["switch"]
            harvesting = switch["harvesting"] if switch and number >= switch["round"] else party["harvesting"]
            biddings |= {harvesting} if harvesting else set()
            agreed = [pair for pair in game.quotas.values() if pair[0] <= number]
            if agreed and game.took(agent, number) > max(agreed, key=lambda pair: pair[0])[1]:
                found = f"round {number + 1}: {game.names[agent]} takes more than the quota that it agreed to"
                failures.append(Failure("2.6", found, harvesting, game.first["harvest", agent, 3 * number + 1]))
    return Observed(COMMONS, failures, tuple(sorted(biddings)), {"quota": frozenset({"2.6"})})
