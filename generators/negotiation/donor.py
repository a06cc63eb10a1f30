"""A donor game as it is played: who is present and has what, what each takes others to have given, the script.

Indirect reciprocity over generations (Vallinder and Hughes 2024), by the section "Donor" of docs/negotiation.md. Who
meets whom in a later generation, and who joins it as whose heir, depends on who stayed: the game is laid down while it
is played. `Table.join` begins a generation, `Table.meet` announces a meeting, `Table.add` takes what is said and done
in it.

Whether somebody has a belief about a gift is a matter of two records: `saw`, those who saw it, and `claims`, what was
said of it to whom. First-hand comes before hearsay, and of hearsay the last counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from madata.generators.negotiation.known import Known, Unasked
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    UNDETERMINED,
    BluffQuery,
    Conventions,
    Donate,
    Donor,
    DonorOutcome,
    Gave,
    GaveQuery,
    Giver,
    HadQuery,
    Inform,
    Meeting,
    Move,
    NegotiationQuery,
    NegotiationWorld,
    StaysQuery,
    WouldQuery,
)
from madata.schemas.words import NO, UNSETTLED, YES, name_list

MOST = 100_000
"""The greatest figure that the language has room for."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Something said of a gift. `lie`: the speaker then took it to be another amount."""

    event: int
    speaker: str
    hearer: str
    amount: int
    lie: bool


@dataclass(frozen=True, slots=True)
class Gift:
    """What was given in a meeting, by which event, who saw it, and what everybody present had right after it."""

    donor: str
    amount: int
    event: int
    saw: frozenset[str]
    had: dict[str, int]


class Table:
    """The state of a donor game. `gifts`: of the meetings that are over; `claims`: by meeting, what was said of its
    gift; `present`: who is there now, in agent order; `has`: what they have."""

    def __init__(self, agents: list[Agent], conventions: Conventions, endowment: int, multiplier: int) -> None:
        self.agents, self.conventions = agents, conventions
        self.endowment, self.multiplier = endowment, multiplier
        self.ids = [agent.id for agent in agents]
        self.place = {agent: i for i, agent in enumerate(self.ids)}
        self.parties: list[Giver] = []
        self.meetings: list[Meeting] = []
        self.events: list[Move] = []
        self.present: list[str] = []
        self.has: dict[str, int] = {}
        self.points: dict[str, int] = {}
        self.survivors: list[list[str]] = []
        self.gifts: list[Gift] = []
        self.claims: list[list[Claim]] = []
        self.total = 0
        self.best = 0
        self._begin = 0
        self._gave: dict[str, list[int]] = {agent: [] for agent in self.ids}

    @property
    def game(self) -> Donor:
        return Donor(endowment=self.endowment, multiplier=self.multiplier, meetings=self.meetings, parties=self.parties)

    @property
    def generation(self) -> int:
        return len(self.survivors)

    def world(self) -> NegotiationWorld:
        return NegotiationWorld(game=self.game, events=self.events)

    def adapts(self) -> bool:
        return any(party.heir_of for party in self.parties)

    # Generations

    def join(self, givers: Sequence[Giver]) -> None:
        """The next generation begins: with the founders, later with those who stay and the newcomers."""
        staying = richest(self.has)
        if self.parties:
            if len(givers) != len(self.has) - len(staying):
                raise Unplayable("game.parties", f"{len(self.has) - len(staying)} leave, and {len(givers)} come")
            self.points, self.total, self.best = self._reckoned()
            self.survivors.append(staying)
            self._begin = len(self.meetings)
        elif len(givers) < 2:
            raise Unplayable("game.parties", "one alone has nobody to give to")
        for giver in givers:
            self._check_newcomer(giver, staying)
            self.parties.append(giver)
        self.present = sorted([*staying, *(giver.agent for giver in givers)], key=self.place.__getitem__)
        self.has = dict.fromkeys(self.present, self.endowment)

    def _check_newcomer(self, giver: Giver, staying: Sequence[str]) -> None:
        where = f"game.parties of {giver.agent}"
        if self.ids[len(self.parties) : len(self.parties) + 1] != [giver.agent]:
            raise Unplayable(where, "parties come in the order of the agents")
        if giver.generation != self.generation:
            raise Unplayable(where, f"generation {self.generation} begins, not {giver.generation}")
        if giver.heir_of is None:
            if self.generation:
                raise Unplayable(where, "whoever joins later is the heir of somebody who stays")
        elif giver.heir_of not in staying:
            raise Unplayable(
                where, f"is the heir of {giver.heir_of}, who does not stay into generation {self.generation}"
            )
        elif giver.giving != self.giver(giver.heir_of).giving:
            raise Unplayable(where, f"an heir of {giver.heir_of} gives as {giver.heir_of} does")

    def _reckoned(self) -> tuple[dict[str, int], int, int]:
        """Points, total and best if the generation under way is over."""
        meetings = self.meetings[self._begin :]
        if len(self.gifts) < len(self.meetings) or not meetings:
            raise Unplayable("events", f"generation {self.generation} stops before its meetings are over")
        worth = dict.fromkeys(self.present, 1)
        for meeting in reversed(meetings):
            worth[meeting.donor] = max(worth[meeting.donor], self.multiplier * worth[meeting.recipient])
        total = self.total + sum(self.has.values())
        best = self.best + self.endowment * sum(worth.values())
        if best > MOST:
            raise Unplayable("game", f"figures may grow to {best}, beyond {MOST}: fewer meetings, or less to give")
        return self.points | self.has, total, best

    def giver(self, agent: str) -> Giver:
        return self.parties[self.place[agent]]

    # Meetings

    def meet(self, meeting: Meeting) -> None:
        """The next meeting begins."""
        where = f"game.meetings {len(self.meetings)}"
        people = [meeting.donor, meeting.recipient, *([meeting.gossip] if meeting.gossip else [])]
        if len(self.gifts) < len(self.meetings):
            raise Unplayable(where, "the meeting before it is not over")
        if meeting.generation != self.generation:
            raise Unplayable(where, f"generation {self.generation} is under way, not {meeting.generation}")
        if len(set(people)) < len(people) or not set(people) <= set(self.present):
            raise Unplayable(where, f"donor, recipient and gossip are different people of {', '.join(self.present)}")
        self.meetings.append(meeting)
        self.claims.append([])

    def add(self, move: Move) -> None:
        """Appends an event that the rules allow; raises `Unplayable` for any other."""
        if why := self._forbids(move):
            raise Unplayable(f"event {len(self.events)}", why)
        index = len(self.events)
        match move:
            case Inform(claim=Gave() as claim):
                held = self.held(move.agent, claim.meeting)
                lie = held is not None and held != claim.amount
                self.claims[claim.meeting].append(Claim(index, move.agent, move.to[0], claim.amount, lie))
            case Donate():
                self.has[move.agent] -= move.amount
                self.has[move.recipient] += self.multiplier * move.amount
                saw = frozenset([move.agent, *move.to])
                self._gave[move.agent].append(len(self.gifts))
                self.gifts.append(Gift(move.agent, move.amount, index, saw, self.has.copy()))
        self.events.append(move)

    def _forbids(self, move: Move) -> str | None:
        """Why the event cannot happen now, in a line."""
        number = len(self.gifts)
        if number == len(self.meetings):
            return "nobody meets"
        meeting = self.meetings[number]
        if move.delay:
            return "in a donor game everything is heard without delay"
        match move:
            case Inform(claim=Gave() as claim):
                if (move.agent, move.to, move.time) != (meeting.gossip, [meeting.donor], 2 * number):
                    return f"only the gossip of meeting {number} speaks, to the donor, at time {2 * number}"
                if self.events and self.events[-1].time == move.time:
                    return f"{move.agent} has spoken in this meeting"
                if claim.meeting >= number or claim.agent != self.gifts[claim.meeting].donor:
                    return f"{claim.agent} is not the donor of a meeting {claim.meeting} before this one"
                if claim.agent != meeting.recipient:
                    return f"the gossip speaks of the recipient, {meeting.recipient}"
            case Donate():
                if (move.agent, move.recipient, move.time) != (meeting.donor, meeting.recipient, 2 * number + 1):
                    return f"meeting {number} is of {meeting.donor} with {meeting.recipient}, at time {2 * number + 1}"
                if move.to != self.witnesses(meeting):
                    return f"the gift goes to {', '.join(self.witnesses(meeting))}"
                if move.amount > self.has[move.agent]:
                    return f"{move.agent} has {self.has[move.agent]} and cannot give {move.amount}"
            case _:
                return f"`{move.kind}` has no place in a donor game"
        return None

    def witnesses(self, meeting: Meeting) -> list[str]:
        """Who but the donor sees what is given."""
        if self.conventions.acts == "private":
            return [meeting.recipient]
        return [agent for agent in self.present if agent != meeting.donor]

    # Who takes whom to have given what

    def claim_to(self, agent: str, number: int) -> Claim | None:
        """What the agent goes by in a matter it did not see: the last thing it was told, if one believes such."""
        if self.conventions.claims == "doubted":
            return None
        for claim in reversed(self.claims[number]):
            if claim.hearer == agent:
                return claim
        return None

    def held(self, agent: str, number: int) -> int | None:
        """What the agent takes the donor of a meeting to have given; None: nothing is settled."""
        gift = self.gifts[number]
        if agent in gift.saw:
            return gift.amount
        claim = self.claim_to(agent, number)
        return claim.amount if claim else None

    def image(self, agent: str, donor: str) -> tuple[int, int] | None:
        """The last meeting of which the agent takes the donor to have given something, and what."""
        for number in reversed(self._gave[donor]):
            if (held := self.held(agent, number)) is not None:
                return number, held
        return None

    # The record

    def outcome(self) -> DonorOutcome:
        """The game ends with the generation under way."""
        if len(self.parties) < len(self.ids):
            raise Unplayable("game.parties", f"{self.ids[len(self.parties)]} never comes")
        points, total, best = self._reckoned()
        return DonorOutcome(
            points=points,
            survivors=self.survivors,
            total=total,
            best=best,
            efficiency=total / best,
            lies=sorted(claim.event for claims in self.claims for claim in claims if claim.lie),
        )


def richest(has: dict[str, int]) -> list[str]:
    """The half of those present who have most, rounded up, in agent order; of equals those who come first."""
    ranked = sorted(has, key=lambda agent: -has[agent])[: (len(has) + 1) // 2]
    return [agent for agent in has if agent in ranked]


# The script


def play(table: Table, meeting: Meeting) -> None:
    """Lets the next meeting happen by the parties' strategies."""
    table.meet(meeting)
    if said := gossip(table, meeting):
        table.add(said)
    table.add(donation(table, meeting))


def donation(table: Table, meeting: Meeting) -> Donate:
    """What the donor of the meeting under way does."""
    return Donate(
        agent=meeting.donor,
        time=2 * len(table.gifts) + 1,
        to=table.witnesses(meeting),
        recipient=meeting.recipient,
        amount=gift(table, meeting.donor, meeting.recipient),
    )


def gossip(table: Table, meeting: Meeting) -> Inform | None:
    """What the gossip of the meeting under way tells the donor of the recipient."""
    if not meeting.gossip:
        return None
    way, image = table.giver(meeting.gossip).gossip, table.image(meeting.gossip, meeting.recipient)
    if image is None or way == "silent":
        return None
    number, amount = image
    return Inform(
        agent=meeting.gossip,
        time=2 * len(table.gifts),
        to=[meeting.donor],
        claim=Gave(agent=meeting.recipient, meeting=number, amount=amount if way == "honest" else 0),
    )


def gift(table: Table, donor: str, recipient: str) -> int:
    """What the donor gives to the recipient as things are."""
    have, image = table.has[donor], table.image(donor, recipient)
    match table.giver(donor).giving:
        case "generous":
            return have // 2
        case "free_rider":
            return 0
        case "discriminating":
            return have // 2 if image is None or image[1] >= table.endowment // 4 else 0
        case "reciprocal":
            return have // 4 if image is None else min(have, image[1])
        case None:
            raise Unplayable(f"game.parties of {donor}", "has no `giving`, so its gifts must be given")


# What is true of it


def answer(table: Table, query: NegotiationQuery) -> Known:
    """The answer to a query about a game all of whose meetings are over; raises `Unasked`."""
    match query:
        case GaveQuery() if query.meeting < len(table.gifts):
            return _gave(table, query)
        case HadQuery() if query.meeting < len(table.gifts) and query.agent in table.gifts[query.meeting].had:
            after = table.gifts[query.meeting]
            return _known(str(after.had[query.agent]), [after.event])
        case WouldQuery() if query.donor != query.recipient and {query.donor, query.recipient} <= set(table.present):
            scripted = table.giver(query.donor).giving is not None
            return _known(str(gift(table, query.donor, query.recipient)) if scripted else UNDETERMINED)
        case StaysQuery() if query.generation < len(table.survivors):
            return _known(name_list([table.agents[table.place[a]].name for a in table.survivors[query.generation]]))
        case BluffQuery():
            for claim in (claim for claims in table.claims for claim in claims if claim.event == query.event):
                return _known(YES if claim.lie else NO, [claim.event], claim.speaker)
    raise Unasked(f"no answer in this donor game: {query}")


def _known(text: str, evidence: Sequence[int] = (), view: str = "reader", order: int = 0) -> Known:
    return Known(answer=[text], evidence=list(evidence), view=view, order=order)


def _gave(table: Table, query: GaveQuery) -> Known:
    chain = [agent for agent, _ in groupby(query.chain)]
    if len(chain) > 2:
        raise Unasked(f"of gifts one asks what somebody takes somebody to believe, and no further: {query}")
    view, given = chain[0] if chain else "reader", table.gifts[query.meeting]
    if given.saw.issuperset(chain):
        return _known(str(given.amount), [given.event], view, len(chain))
    if claim := _hearsay(table, chain, query.meeting):
        return _known(str(claim.amount), [claim.event], view, len(chain))
    return _known(UNSETTLED, (), view, len(chain))


def _hearsay(table: Table, chain: Sequence[str], number: int) -> Claim | None:
    """The claim that a chain goes by, not all of which saw the gift. Of a pair whose second did not see it: the last
    that both had part in; whose second saw it: the last by which the second told the first."""
    if len(chain) == 1:
        return table.claim_to(chain[0], number)
    if table.conventions.claims == "doubted":
        return None
    x, y = chain
    for claim in reversed(table.claims[number]):
        if claim.speaker == y and claim.hearer == x:
            return claim
        if claim.speaker == x and claim.hearer == y and y not in table.gifts[number].saw:
            return claim
    return None
