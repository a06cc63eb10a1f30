"""A commons as it is played: stocks, quota, what the scripted parties do, and what is true of it in the end.

A shared resource over rounds (GovSim, Piatti et al. 2024), by the section "Commons" of docs/negotiation.md. `Table`
takes events one by one and refuses what cannot happen. `moves` is the script: what a party does at a time, given what
happened before; it can also be asked what the party would have done without its switch. All that an answer needs is
kept as rounds (`stocks`, `taken`), so that nothing is derived from events twice.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby

import numpy as np

from madata.generators.negotiation.known import Known, Unasked, ordinal_word
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    NEVER,
    UNDETERMINED,
    Accept,
    BluffQuery,
    Commons,
    CommonsOutcome,
    Conventions,
    Harvest,
    Harvesting,
    Inform,
    KeptQuery,
    LastQuery,
    Move,
    NegotiationQuery,
    NegotiationWorld,
    Propose,
    Punish,
    Reject,
    StockQuery,
    SustainQuery,
    SwitchQuery,
    Took,
    TookQuery,
)
from madata.schemas.words import NO, UNSETTLED, YES, name_list

TALK, HARVEST, PUNISH = range(3)
"""The times of a round: 3r, 3r + 1, 3r + 2."""


class Table:
    """The state of a commons. `stocks`: at the beginning of each round played; `taken`: by round, what each party
    harvested, in agent order; the last row is of the round under way. `quota`: what was agreed and from which round
    on. `claims`: by party and round, the last time it said what it took: the event and the amount."""

    def __init__(self, agents: list[Agent], conventions: Conventions, game: Commons) -> None:
        self.agents, self.conventions, self.game = agents, conventions, game
        self.ids = [agent.id for agent in agents]
        if [party.agent for party in game.parties] != self.ids:
            raise Unplayable("game.parties", f"needs one party an agent, in their order: {', '.join(self.ids)}")
        if game.stock > game.capacity:
            raise Unplayable("game.stock", f"{game.stock} is more than the capacity, {game.capacity}")
        self.n = len(self.ids)
        self.place = {agent: i for i, agent in enumerate(self.ids)}
        self.others = {agent: [other for other in self.ids if other != agent] for agent in self.ids}
        self.secret = conventions.acts == "private"
        self.fines = not self.secret and (game.cost > 0 or game.fine > 0)
        self.events: list[Move] = []
        self.stocks = [game.stock]
        self.taken: list[list[int]] = [[]]
        self.ended: str | None = None
        self.proposal: int | None = None
        self.quota: tuple[int, int] | None = None
        self.claims: dict[tuple[str, int], tuple[int, int]] = {}
        self._answers: dict[str, bool] = {}
        self._harvests: dict[tuple[str, int], int] = {}

    # The rules

    def limit(self, number: int) -> int:
        return self.stocks[number] // self.n

    def sustain(self, number: int) -> int:
        return sustain(self.game, self.stocks[number], self.n)

    def fair(self, number: int) -> int:
        if self.quota and number >= self.quota[1]:
            return self.quota[0]
        return self.sustain(number) // self.n

    def add(self, move: Move) -> None:
        """Appends an event that the rules allow; raises `Unplayable` for any other."""
        if why := self._forbids(move):
            raise Unplayable(f"event {len(self.events)}", why)
        index, number = len(self.events), move.time // 3
        self.events.append(move)
        match move:
            case Propose():
                self.proposal = index
            case Accept():
                self._answers[move.agent] = True
                if sum(self._answers.values()) == self.n - 1:
                    self.quota = self._proposed(), number
            case Reject():
                self._answers[move.agent] = False
            case Inform(claim=Took() as claim):
                self.claims[move.agent, claim.round] = index, claim.amount
            case Harvest():
                self.taken[-1].append(move.amount)
                self._harvests[move.agent, number] = index
                if len(self.taken[-1]) == self.n:
                    self._grow()

    def _grow(self) -> None:
        game, left = self.game, self.stocks[-1] - sum(self.taken[-1])
        if left < game.collapse:
            self.ended = "collapsed"
        elif len(self.stocks) == game.rounds:
            self.ended = "completed"
        else:
            self.stocks.append(grown(game, left))
            self.taken.append([])

    def _forbids(self, move: Move) -> str | None:
        """Why the event cannot happen now, in a line."""
        number, phase = divmod(move.time, 3)
        harvested = len(self.stocks) - (not self.ended)
        if move.agent not in self.place:
            return f"{move.agent} is none of the parties"
        if self.events and (move.time, self.place[move.agent]) < (
            self.events[-1].time,
            self.place[self.events[-1].agent],
        ):
            return f"{move.agent} comes too late at time {move.time}: within a time the order is that of the agents"
        if move.delay:
            return "in a commons everything is heard without delay"
        if move.to != ([] if self.secret and isinstance(move, Harvest) else self.others[move.agent]):
            return "harvests under private acts go to nobody, everything else to all others"
        if phase == PUNISH:
            if self.ended == "collapsed" or number != harvested - 1 or (self.taken[-1] and not self.ended):
                return f"time {move.time} is not right after the harvest of a round that left something"
        elif self.ended:
            return f"the game has ended ({self.ended})"
        elif number != harvested or (phase == TALK and self.taken[-1]):
            return f"round {harvested} is under way, and time {move.time} is not in what is left of it"
        return self._out_of_place(move, number, phase)

    def _out_of_place(self, move: Move, number: int, phase: int) -> str | None:
        """Why this kind of event with this content cannot happen in its round."""
        match move:
            case Harvest() if phase == HARVEST:
                if len(self.taken[-1]) != self.place[move.agent]:
                    return f"the next to harvest is {self.ids[len(self.taken[-1])]}"
                if move.amount > self.limit(number):
                    return f"nobody may take more than {self.limit(number)} in round {number}"
            case Punish() if phase == PUNISH:
                last = self.events[-1]
                if not self.fines:
                    return "there are no punishments in this game"
                if move.target == move.agent or move.target not in self.place:
                    return f"{move.agent} can punish one of the other parties only"
                if isinstance(last, Punish) and (last.time, last.agent) == (move.time, move.agent):
                    return f"{move.agent} has punished in this round"
            case Propose() if phase == TALK:
                if number or self.proposal is not None:
                    return "a quota is proposed once, in round 0"
                if len(move.deal) != 1 or not isinstance(move.deal[0], int):
                    return "a quota is a single number"
            case Accept() | Reject() if phase == TALK:
                if self.proposal is None or move.proposal != self.proposal or not number:
                    return f"event {move.proposal} is no proposal that {move.agent} has heard"
                if move.agent == self.events[self.proposal].agent or move.agent in self._answers:
                    return f"{move.agent} proposed it, or has answered it"
            case Inform(claim=Took() as claim) if phase == TALK:
                if claim.round >= number:
                    return f"round {claim.round} is not over"
            case _:
                return f"`{move.kind}` has no place at time {move.time} of a commons"
        return None

    def _proposed(self) -> int:
        assert self.proposal is not None
        proposal = self.events[self.proposal]
        assert isinstance(proposal, Propose) and isinstance(proposal.deal[0], int)
        return proposal.deal[0]

    # The record

    def world(self) -> NegotiationWorld:
        return NegotiationWorld(game=self.game, events=self.events)

    def adapts(self) -> bool:
        return any(party.switch is not None and party.switch.round < len(self.stocks) for party in self.game.parties)

    def outcome(self) -> CommonsOutcome:
        if self.ended is None:
            raise Unplayable("events", f"the game stops in round {len(self.stocks) - 1} before it has ended")
        game = self.game
        harvests = [sum(column) for column in zip(*self.taken, strict=True)]
        points = dict(zip(self.ids, harvests, strict=True))
        for event in self.events:
            if isinstance(event, Punish):
                points[event.agent] -= game.cost
                points[event.target] -= game.fine
        best = most(game.stock, game.capacity, game.growth, game.collapse, game.rounds, self.n)
        return CommonsOutcome(
            ended="collapsed" if self.ended == "collapsed" else "completed",
            stocks=self.stocks,
            points=points,
            harvested=sum(harvests),
            best=best,
            efficiency=sum(harvests) / best if best else None,
            fairness=min(harvests) / max(harvests) if max(harvests) else None,
            lies=[index for index in range(len(self.events)) if self.lie(index)],
        )

    def lie(self, index: int) -> bool:
        event = self.events[index]
        return (
            isinstance(event, Inform)
            and isinstance(event.claim, Took)
            and event.claim.amount != self.took(event.agent, event.claim.round)
        )

    def answered(self, agent: str) -> bool:
        """Whether the agent has accepted or rejected the proposal."""
        return agent in self._answers

    def took(self, agent: str, number: int) -> int:
        return self.taken[number][self.place[agent]]


def grown(game: Commons, left: int) -> int:
    return min(game.capacity, left + left * game.growth // 100)


def sustain(game: Commons, stock: int, n: int) -> int:
    """The most that n parties can take of a stock so that the next round begins with as much; 0 if nothing."""
    least = max(game.collapse, -(-100 * stock // (100 + game.growth)), stock % n)
    return stock - least if least <= stock <= game.capacity else 0


@lru_cache(maxsize=4096)
def most(stock: int, capacity: int, growth: int, collapse: int, rounds: int, n: int) -> int:
    """The greatest total harvest, by dynamic programming backwards over the rounds.

    From a stock s any left l with s mod n <= l <= s can be reached, so the best from s is s + max(value(l) - l): for
    s < n that is l = s, else the greatest of a tail of the first n and of a running maximum from n on.
    """
    left = np.arange(max(stock, capacity) + 1)
    after = np.minimum(capacity, left + left * growth // 100)
    best = np.zeros_like(left)
    for _ in range(rounds):
        value = np.where(left < collapse, 0, best[after]) - left
        reach = value.copy()
        tails = np.maximum.accumulate(value[:n][::-1])[::-1]
        if len(left) > n:
            reach[n:] = np.maximum(np.maximum.accumulate(value[n:]), tails[left[n:] % n])
        best = left + reach
    return int(best[stock])


# The script


def play(table: Table) -> None:
    """Lets the scripted parties move until the game has ended."""
    time = 0
    while table.ended is None or (table.ended == "completed" and time % 3 == PUNISH):
        for agent in table.ids:
            for move in moves(table, agent, time):
                table.add(move)
        time += 1


def moves(table: Table, agent: str, time: int, switches: bool = True) -> list[Move]:
    """What the party does at a time, given what happened before that time; without its switch if so wanted."""
    number, phase = divmod(time, 3)
    party = table.game.parties[table.place[agent]]
    harvesting = party.harvesting
    if harvesting is None:
        raise Unplayable(f"game.parties of {agent}", "has no `harvesting`, so its moves must be given")
    if switches and party.switch and number >= party.switch.round:
        harvesting = party.switch.harvesting
    if phase == TALK:
        return _talk(table, agent, number, harvesting)
    if phase == HARVEST:
        amount = _amount(table, agent, number, harvesting)
        return [Harvest(agent=agent, time=time, to=[] if table.secret else table.others[agent], amount=amount)]
    if not (party.punishes and table.fines):
        return []
    row = table.taken[number]
    target = max(table.others[agent], key=lambda other: row[table.place[other]])
    if row[table.place[target]] <= table.fair(number):
        return []
    return [Punish(agent=agent, time=time, to=table.others[agent], target=target)]


def _talk(table: Table, agent: str, number: int, harvesting: Harvesting) -> list[Move]:
    party, time, to = table.game.parties[table.place[agent]], 3 * number, table.others[agent]
    if number == 0:
        if agent != next((p.agent for p in table.game.parties if p.leads), None):
            return []
        return [Propose(agent=agent, time=time, to=to, deal=[table.sustain(0) // table.n])]
    said: list[Move] = []
    if number == 1 and table.proposal is not None and table.events[table.proposal].agent != agent:
        answer = Reject if harvesting == "greedy" and party.reports != "low" else Accept
        said.append(answer(agent=agent, time=time, to=to, proposal=table.proposal))
    if table.secret and party.reports != "silent":
        amount = table.took(agent, number - 1)
        if party.reports == "low":
            amount = min(amount, table.fair(number - 1))
        said.append(Inform(agent=agent, time=time, to=to, claim=Took(round=number - 1, amount=amount)))
    return said


def _amount(table: Table, agent: str, number: int, harvesting: Harvesting) -> int:
    wanted = table.limit(number)
    if harvesting == "sustainable":
        wanted = table.sustain(number) // table.n
    elif harvesting == "quota" or (harvesting == "reciprocal" and number == 0):
        wanted = table.fair(number)
    elif harvesting == "reciprocal":
        before = table.taken[number - 1]
        wanted = (sum(before) - before[table.place[agent]]) // (table.n - 1)
    return min(table.limit(number), wanted)


# What is true of it


def answer(table: Table, query: NegotiationQuery) -> Known:
    """The answer to a query about a game that has ended; raises `Unasked`."""
    played = len(table.stocks)
    match query:
        case StockQuery() if query.round < played:
            return _known(str(table.stocks[query.round]))
        case SustainQuery() if query.round < played:
            return _known(str(table.sustain(query.round)))
        case TookQuery() if query.round < played:
            return _took(table, query)
        case LastQuery() if first := table.game.parties[table.place[query.agent]].harvesting:
            return _known(str(lasts(table.game, table.n, first)))
        case KeptQuery() if table.quota and query.proposal == table.proposal:
            return _known(name_list([table.agents[i].name for i in keepers(table)]), [query.proposal])
        case SwitchQuery():
            return _switch(table, query.agent)
        case BluffQuery() if table.events[query.event].kind == "inform":
            return _known(YES if table.lie(query.event) else NO, [query.event], table.events[query.event].agent)
    raise Unasked(f"no answer in this commons: {query}")


def _known(text: str, evidence: Sequence[int] = (), view: str = "reader", order: int = 0) -> Known:
    return Known(answer=[text], evidence=list(evidence), view=view, order=order)


def keepers(table: Table) -> list[int]:
    """The places of those who never took more than the quota since it was agreed."""
    assert table.quota
    amount, since = table.quota
    return [i for i in range(table.n) if all(row[i] <= amount for row in table.taken[since:])]


def lasts(game: Commons, n: int, harvesting: Harvesting) -> int:
    """The rounds played if all n parties harvest in this way, without a word."""
    stock, share = game.stock, 0
    for number in range(game.rounds):
        fair = sustain(game, stock, n) // n
        if harvesting == "greedy":
            fair = stock // n
        elif harvesting == "reciprocal" and number:
            fair = share
        share = min(fair, stock // n)
        left = stock - n * share
        if left < game.collapse:
            return number + 1
        stock = grown(game, left)
    return game.rounds


def _switch(table: Table, agent: str) -> Known:
    if table.game.parties[table.place[agent]].harvesting is None:
        return _known(UNDETERMINED)
    own = [index for index, event in enumerate(table.events) if event.agent == agent]
    moments = groupby(own, key=lambda index: table.events[index].time)
    for number, (time, found) in enumerate(moments, start=1):
        indices = list(found)
        if [table.events[index] for index in indices] != moves(table, agent, time, switches=False):
            return _known(ordinal_word(number), indices[:1])
    return _known(NEVER)


def _took(table: Table, query: TookQuery) -> Known:
    chain = [agent for agent, _ in groupby(query.chain)]
    view = chain[0] if chain else "reader"
    harvest = table._harvests[query.about, query.round]
    if not table.secret or not chain or chain == [query.about]:
        return _known(str(table.took(query.about, query.round)), [harvest], view, len(chain))
    # All talk goes to all others, so whatever was said every chain has heard.
    claim = table.claims.get((query.about, query.round)) if table.conventions.claims == "believed" else None
    if claim is None:
        return _known(UNSETTLED, (), view, len(chain))
    index, amount = claim
    return _known(str(amount), [index], view, len(chain))
