"""The table of a bargain: moves are put on it one by one, and it keeps who has heard what, which proposals stand, who
supports them, and how it ended (docs/negotiation.md, "Who may do what")."""

from bisect import bisect_right, insort
from collections.abc import Sequence
from copy import copy
from itertools import permutations
from typing import Literal

from madata.generators.negotiation.bargain import claims
from madata.generators.negotiation.bargain.deals import Deals
from madata.generators.negotiation.bargain.outcome import outcome
from madata.generators.negotiation.bargain.stakes import Stakes
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Accept,
    Bargain,
    BargainOutcome,
    Choice,
    Claim,
    Conventions,
    Deal,
    Inform,
    Limit,
    Move,
    NegotiationWorld,
    Priority,
    Promise,
    Propose,
    Reject,
    Statement,
    Strategy,
    Withdraw,
)

TALK = frozenset({"inform", "query", "threaten", "promise"})
ACTS = frozenset({"propose", "accept-proposal", "reject-proposal", "withdraw"})


class Table:
    """A bargain in the making; raises `Unplayable` for an impossible game.

    `ids` is the agent order, `place` the inverse of it; `offered` has for each proposal the index of its deal in the
    domain; `plans` are the strategies, which only a re-run changes. `stakes` are those of the game, if they are known.
    """

    def __init__(
        self, agents: Sequence[Agent], conventions: Conventions, game: Bargain, stakes: Stakes | None = None
    ) -> None:
        self.agents = agents
        self.conventions = conventions
        self.game = game
        self.ids = [agent.id for agent in agents]
        self.place = {agent: place for place, agent in enumerate(self.ids)}
        self.plans: dict[str, Strategy | None] = {party.agent: party.strategy for party in game.parties}
        self._issues = {issue.id for issue in game.issues}
        self._check_game()
        self.stakes = stakes or Stakes(game.issues, game.parties)
        for party in game.parties:
            for number, statement in enumerate(party.strategy.says if party.strategy else ()):
                self._check_statement(f"{party.agent} says[{number}]", party.agent, statement)
        self._clear()

    def _clear(self) -> None:
        self.events: list[Move] = []
        self.offered: dict[int, int] = {}
        self.withdrawn: set[str] = set()
        self.agreed: int | None = None
        """The event of the agreed proposal."""
        self.ended: Literal["agreement", "withdrawn"] | None = None
        """None while moves may follow; the deadline ends what is still open then."""
        self._inboxes: dict[str, list[tuple[int, int]]] = {agent: [] for agent in self.ids}
        self._own: dict[str, list[int]] = {agent: [] for agent in self.ids}
        self._supported: dict[str, int | None] = dict.fromkeys(self.ids)
        self._outcome: BargainOutcome | None = None
        self._unbacked: int | None = None
        """A threat whose move does not yet end in a proposal."""

    # What may happen.

    def add(self, move: Move) -> None:
        """Appends a legal event; raises `Unplayable` for any other."""
        self._check(move)
        self.put(move)

    def put(self, move: Move) -> None:
        """Appends an event that is known to be legal."""
        number = len(self.events)
        self._outcome = None
        self.events.append(move)
        self._own[move.agent].append(number)
        for hearer in move.to:
            insort(self._inboxes[hearer], (move.time + 1 + move.delay, number))
        if move.kind in TALK:
            if move.kind == "threaten":
                self._unbacked = number
            return
        self._supported[move.agent] = _support(move, number, self._supported[move.agent])
        match move:
            case Propose():
                self._unbacked = None
                self.offered[number] = self.deals.index(move.deal)
            case Accept():
                supporters = {*self.supporters(move.proposal)} - self.withdrawn
                if any(supporters.issuperset(group) for group in self.game.winning):
                    self.agreed, self.ended = move.proposal, "agreement"
            case Withdraw():
                self.withdrawn.add(move.agent)
                if not any(self.withdrawn.isdisjoint(group) for group in self.game.winning):
                    self.ended = "withdrawn"

    def until(self, time: int) -> "Table":
        """A table of the same game with what happened before this time."""
        twin = copy(self)
        twin._clear()
        for event in self.events:
            if event.time >= time:
                break
            twin.put(event)
        return twin

    def movers(self, time: int) -> list[str]:
        """Who has the move at this time, in their order; whoever withdrew is left out."""
        return [agent for agent in self._turn(time) if agent not in self.withdrawn]

    @property
    def deals(self) -> Deals:
        return self.stakes.deals

    def others(self, agent: str) -> list[str]:
        return [other for other in self.ids if other != agent]

    def delay(self, time: int) -> int:
        delays = self.game.delays
        return delays[time % len(delays)] if delays else 0

    # What has happened.

    def hearing(self, event: int) -> int:
        """When the event is heard."""
        move = self.events[event]
        return move.time + 1 + move.delay

    def heard(self, agent: str, time: int) -> list[int]:
        """The events of others that the agent has heard by this time, by time of hearing, then index."""
        inbox = self._inboxes[agent]
        return [event for _, event in inbox[: bisect_right(inbox, (time, len(self.events)))]]

    def own(self, agent: str, time: int) -> Sequence[int]:
        """The events of the agent before this time."""
        own = self._own[agent]
        if not own or self.events[own[-1]].time < time:
            return own
        return [event for event in own if self.events[event].time < time]

    def standing(self, agent: str, time: int) -> list[int]:
        """The proposals that stand for the agent at this time, by time of hearing, then index."""
        events, heard = self.events, self.heard(agent, time)
        latest: dict[str, int] = {}
        gone: set[str] = set()
        for number in heard:
            event = events[number]
            if event.kind == "propose":
                latest[event.agent] = max(number, latest.get(event.agent, 0))
            elif event.kind == "withdraw":
                gone.add(event.agent)
        countered, refused = -1, set()
        for number in self.own(agent, time) if latest else ():
            event = events[number]
            if isinstance(event, Propose):
                countered = event.time
            elif isinstance(event, Reject):
                refused.add(event.proposal)
        left = {
            number
            for speaker, number in latest.items()
            if speaker not in gone and number not in refused and self.hearing(number) > countered
        }
        return [number for number in heard if number in left]

    def deal(self, proposal: int) -> Deal:
        event = self.events[proposal]
        assert isinstance(event, Propose)
        return event.deal

    def worth(self, proposal: int, agent: str) -> int:
        return int(self.stakes.worth[self.place[agent], self.offered[proposal]])

    def supports(self, agent: str, time: int) -> int | None:
        """The proposal that the agent supported before this time by the last of its acts."""
        supported: int | None = None
        for number in self.own(agent, time):
            supported = _support(self.events[number], number, supported)
        return supported

    def supporters(self, proposal: int) -> list[str]:
        proposer = self.events[proposal].agent
        return [agent for agent in self.ids if agent == proposer or self._supported[agent] == proposal]

    def points(self) -> dict[str, int]:
        """What everybody ends with, if nothing more happens."""
        if self.agreed is None:
            return {party.agent: party.reservation for party in self.game.parties}
        points = {agent: self.worth(self.agreed, agent) for agent in self.ids}
        if self.conventions.promises == "binding":
            proposer, promised = self.events[self.agreed].agent, self.promised(self.events[self.agreed].agent)
            for supporter in self.supporters(self.agreed):
                if supporter in promised:
                    points[proposer] -= promised[supporter]
                    points[supporter] += promised[supporter]
        return points

    def promised(self, agent: str, time: int | None = None) -> dict[str, int]:
        """The last promise of the agent to each to whom it made one, before this time if one is given."""
        numbers = self._own[agent] if time is None else self.own(agent, time)
        made = (self.events[number] for number in numbers)
        return {event.to[0]: event.amount for event in made if isinstance(event, Promise)}

    def lies(self, event: int) -> bool:
        """Whether this event of the kind `inform` claims what is not so."""
        inform = self.events[event]
        assert isinstance(inform, Inform)
        return not claims.true(inform.claim, self.stakes, self.place[inform.agent])

    def adapts(self) -> bool:
        """Whether a switch came into force while the bargain lasted."""
        switches = (party.strategy.switch for party in self.game.parties if party.strategy)
        return any(switch.time <= self.events[-1].time for switch in switches if switch and self.events)

    def world(self) -> NegotiationWorld:
        if self._unbacked is not None:
            raise Unplayable(f"event {self._unbacked}", "a threat, but its move does not end in a proposal")
        return NegotiationWorld(game=self.game, events=list(self.events))

    def outcome(self) -> BargainOutcome:
        """What it came to, if nothing more happens."""
        if self._outcome is None:
            self._outcome = outcome(self)
        return self._outcome

    def _check(self, move: Move) -> None:
        where = f"event {len(self.events)}"
        if self.ended:
            raise Unplayable(where, f"the negotiation has ended ({self.ended})")
        if not 0 <= move.time < self.game.deadline:
            raise Unplayable(where, f"time {move.time} is not from 0 to {self.game.deadline - 1}")
        if move.agent not in self.movers(move.time):
            raise Unplayable(where, f"{move.agent} does not have the move at time {move.time}")
        if move.delay != self.delay(move.time):
            raise Unplayable(where, f"delay {move.delay}; at time {move.time} it is {self.delay(move.time)}")
        self._check_place(where, move)
        if move.kind in TALK:
            claim = move.claim if isinstance(move, Inform) else None
            self._check_talk(where, move.agent, move.kind, move.to, claim)
            if move.to != [agent for agent in self.ids if agent in move.to]:
                raise Unplayable(where, f"goes to {move.to}, which is not in agent order")
        elif move.kind not in ACTS:
            raise Unplayable(where, f"there is no {move.kind} in a bargain")
        elif move.to != self.others(move.agent):
            raise Unplayable(where, f"goes to {move.to}; a {move.kind} goes to all others, in agent order")
        if isinstance(move, Propose):
            try:
                self.deals.index(move.deal)
            except Unplayable as unplayable:
                raise Unplayable(where, unplayable.why) from None
        elif isinstance(move, Accept | Reject) and move.proposal not in self.standing(move.agent, move.time):
            raise Unplayable(where, f"no proposal {move.proposal} stands for {move.agent} at time {move.time}")

    def _check_place(self, where: str, move: Move) -> None:
        """That the event comes at the right place among those before it."""
        if not self.events:
            return
        before = self.events[-1]
        if move.time < before.time:
            raise Unplayable(where, f"time {move.time} comes after time {before.time}")
        together = (move.agent, move.time) == (before.agent, before.time)
        if together and before.kind in ACTS:
            raise Unplayable(where, f"{move.agent} has ended its move at time {move.time}")
        if self._unbacked is not None and not (together and move.kind in TALK | {"propose"}):
            raise Unplayable(where, f"the threat, event {self._unbacked}, is not followed by a proposal in its move")
        if move.time == before.time and not together:
            order = self.game.order
            if order.index(move.agent) < order.index(before.agent):
                raise Unplayable(where, f"{move.agent} moves before {before.agent}, by the order of moves")

    def _check_talk(self, where: str, agent: str, kind: str, to: Sequence[str], claim: Claim | None) -> None:
        others = self.others(agent)
        if not to or len({*to}) < len(to) or any(hearer not in others for hearer in to):
            raise Unplayable(where, f"goes to {[*to]}; name others of the agents, each once")
        if kind == "promise" and len(to) > 1:
            raise Unplayable(where, "a promise goes to exactly one")
        if kind != "inform":
            return
        match claim, self.game.issues:
            case Priority(), _ if claim.issue in self._issues:
                return
            case Limit(), [Choice() as issue] if claim.option < len(issue.options):
                return
        raise Unplayable(
            where, "claims neither the priority of an issue nor a limit of a choice that is the only issue"
        )

    def _check_statement(self, where: str, agent: str, statement: Statement) -> None:
        self._check_talk(where, agent, statement.kind, statement.to, statement.claim)
        if (statement.kind == "promise") != bool(statement.amount):
            raise Unplayable(where, "an amount of at least 1 belongs to a promise, and to nothing else")
        if statement.claim and statement.kind != "inform":
            raise Unplayable(where, f"a claim belongs to inform, not to {statement.kind}")
        if statement.time >= self.game.deadline or agent not in self._turn(statement.time):
            raise Unplayable(where, f"{agent} does not have the move at time {statement.time}")

    def _turn(self, time: int) -> list[str]:
        order = self.game.order
        return [order[time % len(order)]] if self.conventions.turns == "alternating" else order

    def _check_game(self) -> None:
        game = self.game
        if [party.agent for party in game.parties] != self.ids:
            raise Unplayable("parties", f"have to be {', '.join(self.ids)}, in this order")
        if game.deadline < 1:
            raise Unplayable("deadline", f"{game.deadline}; at least 1, or nobody ever moves")
        if strangers := {*game.order} - {*self.ids}:
            raise Unplayable("order", f"{', '.join(sorted(strangers))}: no such agent")
        if not game.order or (self.conventions.turns == "simultaneous" and len({*game.order}) < len(game.order)):
            raise Unplayable("order", "names nobody, or somebody twice where all move at once")
        for group in game.winning:
            if not group or any(agent not in self.place for agent in group):
                raise Unplayable("winning", f"{group}: name one agent of the game at least, and no others")
        if not game.winning:
            raise Unplayable("winning", "no set of parties makes a deal; give at least one")
        for less, more in permutations(game.winning, 2):
            if set(less) <= set(more):
                raise Unplayable("winning", f"{more} is not minimal: {less} is enough")
        if self.conventions.values == "permuted" and not _arranged(game):
            raise Unplayable("worth", "is no arrangement of the same points over splits (conventions.values)")
        if game.delays and self.conventions.delivery == "instant":
            raise Unplayable("delays", "are given, but messages are delivered at once (conventions.delivery)")


def _arranged(game: Bargain) -> bool:
    """Whether all parties have the same points, each on other splits."""
    points = [sorted(map(str, party.worth)) for party in game.parties]
    return all(issue.kind == "split" for issue in game.issues) and all(each == points[0] for each in points)


def _support(event: Move, number: int, supported: int | None) -> int | None:
    """What an agent supports after this event of its own."""
    match event:
        case Propose():
            return number
        case Accept():
            return event.proposal
        case Reject() if event.proposal == supported:
            return None
    return supported
