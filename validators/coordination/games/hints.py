"""Hints: a card game in which each sees all hands but its own (in the manner of Hanabi, Bard et al. 2020).

What has happened to the cards is a `Table`; what somebody can tell of its hand are the values for which the hand can be
filled from the cards it does not see. By Hall's theorem a hand can be filled if there are enough unseen cards for every
few of its places together, so that a value is out only where some other places need all the cards of theirs.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations
from typing import NamedTuple, cast

from madata.validators.coordination.asked import Right
from madata.validators.coordination.game import Game
from madata.validators.coordination.graphs import members
from madata.validators.coordination.known_deck import KnownDeck, Situation
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Event, fitting
from madata.validators.trial import Fault, Json, Wrong

SOLVED = 12
"""The largest deck of which the best is sought."""


class Table(NamedTuple):
    """Cards are places in the deck, values sets of bits. `shown`: of each card what the hints to its holder leave of
    it; `touched`: the cards that some hint was about. `last`: the turn in which the last card was drawn."""

    hands: tuple[tuple[int, ...], ...]
    drawn: int
    piles: tuple[int, ...]
    hints: int
    mistakes: int
    last: int | None
    shown: tuple[int, ...]
    touched: frozenset[int]


@lru_cache(maxsize=10_000)
def fillings(shown: tuple[int, ...], unseen: tuple[int, ...]) -> tuple[int, ...]:
    """The values possible for each card of a hand, by what hints leave of it and how many of each value are unseen."""
    there = sum(1 << value for value, number in enumerate(unseen) if number)
    possible = [mask & there for mask in shown]
    for size in range(1, len(shown)):
        for places in combinations(range(len(shown)), size):
            values = 0
            for place in places:
                values |= shown[place]
            if sum(unseen[value] for value in members(values)) == size:
                for place in range(len(shown)):
                    if place not in places:
                        possible[place] &= ~values
    return tuple(possible)


class Hints(Game):
    kinds = frozenset()
    behaviours = frozenset({"team", "myopic", "silent"})
    small_talk = False

    def fit(self) -> None:
        world, figures = self.world, self.figures
        self.agents = len(world.agents)
        self.colours = len(figures["colours"])
        self.ranks: int = figures["ranks"]
        self.hand: int = figures["hand"]
        self.total: int = self.colours * self.ranks
        for name, found, wanted in (
            ("speech", world.speech, "turns"),
            ("delivery", world.delivery, "reliable"),
            ("channel", world.channel, "messages"),
        ):
            if found != wanted:
                raise Wrong(f"conventions, {name}", wanted, found)
        if len(figures["copies"]) != self.ranks:
            raise Wrong("game, copies", f"one for each of {self.ranks} ranks", len(figures["copies"]))
        if len(world.actions) != self._pass + 1:
            raise Wrong("world, actions", self._pass + 1, len(world.actions))
        facts = [world.fact_of("game, deck", fact, size=self.total) for fact in figures["deck"]]
        if sorted(facts) != list(range(len(world.truth))):
            raise Wrong("game, deck", "each fact once", figures["deck"])
        self.card = {fact: card for card, fact in enumerate(facts)}
        self.deck = [world.truth[fact] for fact in facts]
        if any(names != world.value_names[0] for names in world.value_names):
            raise Wrong("world, facts", "one scale for all cards", "others")
        copies = [figures["copies"][value % self.ranks] for value in range(self.total)]
        if [self.deck.count(value) for value in range(self.total)] != copies:
            raise Wrong("game, deck", f"of each card so many: {copies}", self.deck)
        if any(time is not None for time in world.leaves):
            raise Wrong("players, leaves", "nobody", world.leaves)
        if self.agents * self.hand > len(self.deck):
            raise Wrong("game, hand", f"{self.agents} hands out of {len(self.deck)} cards", self.hand)
        for card, fact in enumerate(facts):
            holder = card // self.hand
            knowing = set(range(self.agents)) - {holder} if holder < self.agents else set()
            fitting(f"world, fact {fact}, known", sorted(world.known[fact]), sorted(knowing))

    # The table.

    def start(self) -> Table:
        dealt = self.agents * self.hand
        return Table(
            hands=tuple(tuple(range(agent * self.hand, (agent + 1) * self.hand)) for agent in range(self.agents)),
            drawn=dealt,
            piles=(0,) * self.colours,
            hints=self.figures["hints"],
            mistakes=0,
            last=-1 if dealt == len(self.deck) else None,
            shown=((1 << self.total) - 1,) * len(self.deck),
            touched=frozenset(),
        )

    def turn(self, time: int) -> int:
        return self.world.order[time % self.agents]

    @property
    def _pass(self) -> int:
        return 2 * self.hand + self.agents * (self.colours + self.ranks)

    def _hint(self, action: int) -> tuple[int, int] | None:
        """To whom a hint goes, and the values it is about; None if the action is no hint."""
        if not 2 * self.hand <= action < self._pass:
            return None
        other, about = divmod(action - 2 * self.hand, self.colours + self.ranks)
        return other, self._coloured(about) if about < self.colours else self._ranked(about - self.colours)

    def _coloured(self, colour: int) -> int:
        return sum(1 << colour * self.ranks + rank for rank in range(self.ranks))

    def _ranked(self, rank: int) -> int:
        return sum(1 << colour * self.ranks + rank for colour in range(self.colours))

    def openings(self, table: Table, time: int) -> list[int]:
        agent = self.turn(time)
        held = len(table.hands[agent])
        found = [*range(held), *range(self.hand, self.hand + held)]
        found += [action for action in range(2 * self.hand, self._pass) if self._touches(table, agent, action)]
        return found or [self._pass]

    def _touches(self, table: Table, agent: int, action: int) -> bool:
        hint = self._hint(action)
        if hint is None or not table.hints or hint[0] == agent:
            return False
        return any(hint[1] >> self.deck[card] & 1 for card in table.hands[hint[0]])

    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        return self.openings(self.table(run, time), time) if agent == self.turn(time) else []

    @staticmethod
    def table(run: Run, time: int) -> Table:
        """At the beginning of a round."""
        return cast(Table, run.states[time])

    def advance(self, state: Table, time: int, acts: Mapping[int, int]) -> Table:
        agent = self.turn(time)
        action = acts.get(agent)
        if action is None or action not in self.openings(state, time):
            return state
        if action < 2 * self.hand:
            return self._put(state, time, agent, *divmod(action, self.hand))
        hint = self._hint(action)
        if hint is None:
            return state
        return self._hinted(state, *hint)

    def _put(self, table: Table, time: int, agent: int, discarded: int, place: int) -> Table:
        hand = table.hands[agent]
        card = hand[place]
        hand = hand[:place] + hand[place + 1 :]
        if discarded:
            table = table._replace(hints=min(table.hints + 1, self.figures["hints"]))
        elif self.playable(table.piles) >> self.deck[card] & 1:
            table = table._replace(piles=self._piled(table.piles, self.deck[card]))
        else:
            table = table._replace(mistakes=table.mistakes + 1)
        if table.drawn < len(self.deck):
            hand += (table.drawn,)
            drawn = table.drawn + 1
            table = table._replace(drawn=drawn, last=time if drawn == len(self.deck) else None)
        return table._replace(hands=(*table.hands[:agent], hand, *table.hands[agent + 1 :]))

    def _hinted(self, table: Table, other: int, values: int) -> Table:
        shown = list(table.shown)
        touched = set(table.touched)
        for card in table.hands[other]:
            if values >> self.deck[card] & 1:
                shown[card] &= values
                touched.add(card)
            else:
                shown[card] &= ~values
        return table._replace(hints=table.hints - 1, shown=tuple(shown), touched=frozenset(touched))

    def _piled(self, piles: tuple[int, ...], value: int) -> tuple[int, ...]:
        colour = value // self.ranks
        return (*piles[:colour], piles[colour] + 1, *piles[colour + 1 :])

    def playable(self, piles: Sequence[int]) -> int:
        """The playable values."""
        return sum(1 << colour * self.ranks + height for colour, height in enumerate(piles) if height < self.ranks)

    def _useless(self, piles: Sequence[int]) -> int:
        return sum(((1 << height) - 1) << colour * self.ranks for colour, height in enumerate(piles))

    def over(self, run: Run, time: int) -> bool:
        return self._over(self.table(run, time + 1), time)

    def _over(self, table: Table, time: int) -> bool:
        return (
            sum(table.piles) == self.total
            or table.mistakes == self.figures["mistakes"]
            or (table.last is not None and time >= table.last + self.agents)
        )

    # What each can tell, and does.

    def possible_values(self, table: Table, agent: int) -> tuple[int, ...]:
        """Of each card in the agent's hand."""
        unseen = [0] * self.total
        for card in (*table.hands[agent], *range(table.drawn, len(self.deck))):
            unseen[self.deck[card]] += 1
        return fillings(tuple(table.shown[card] for card in table.hands[agent]), tuple(unseen))

    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        yield from ()

    def act(self, run: Run, agent: int, time: int) -> int | None:
        if agent != self.turn(time):
            return None
        behaviour, table = self.world.behaviour(agent, time), self.table(run, time)
        possible, playable = self.possible_values(table, agent), self.playable(table.piles)
        for place, values in enumerate(possible):
            touched = table.hands[agent][place] in table.touched
            if touched and values & playable if behaviour == "myopic" else not values & ~playable:
                return place
        if behaviour != "silent" and table.hints and (hint := self.helpful(table, agent, time)) is not None:
            return hint
        useless = self._useless(table.piles)
        for place, values in enumerate(possible):
            if not values & ~useless:
                return self.hand + place
        if possible:
            return self.hand
        return self.openings(table, time)[0]

    def helpful(self, table: Table, agent: int, time: int) -> int | None:
        """The hint on a playable card whose holder cannot tell that it is."""
        playable = self.playable(table.piles)
        for later in range(1, self.agents):
            other = self.turn(time + later)
            for place, values in enumerate(self.possible_values(table, other)):
                value = self.deck[table.hands[other][place]]
                if playable >> value & 1 and values & ~playable:
                    colour, rank = divmod(value, self.ranks)
                    first = 2 * self.hand + other * (self.colours + self.ranks)
                    by_colour, by_rank = (
                        self.possible_values(self._hinted(table, other, about), other)[place].bit_count()
                        for about in (self._coloured(colour), self._ranked(rank))
                    )
                    return first + colour if by_colour <= by_rank else first + self.colours + rank
        return None

    def illegal(self) -> Iterator[Fault]:
        yield from super().illegal()
        acting = {event.time for event in self.world.events if event.kind == "act"}
        for time in range(self.record.rounds):
            if time not in acting:
                yield Fault(f"round {time}", f"an act of {self.world.agents[self.turn(time)]}", "none")

    # What came of it.

    def success(self, run: Run) -> bool:
        return self.cost(run) == 0

    def cost(self, run: Run) -> int:
        return self.total - sum(self.table(run, run.rounds).piles)

    @property
    def least(self) -> None:
        return None

    @property
    def certified(self) -> bool:
        return len(self.deck) <= SOLVED

    @cached_property
    def optimum(self) -> int:
        return self._missing(self.start(), 0) if self.certified else 0

    @property
    def possible(self) -> bool:
        return self.optimum == 0

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        scores = [sum(self.table(run, time + 1).piles) for time in range(run.rounds)]
        return [
            (f"score {score}", next((time for time, reached in enumerate(scores) if reached >= score), None))
            for score in range(1, self.total + 1)
        ]

    def efficiency(self, success: bool, cost: int | None) -> int:
        able = self.total - self.optimum
        return 100 * (self.total - (cost or 0)) // able if able else 100

    def _given(self, run: Run) -> list[tuple[int, int]]:
        """The events that are hints, and to whom."""
        acts = [(index, event.action) for index, event in enumerate(run.events) if event.action is not None]
        hints = [(index, self._hint(action)) for index, action in acts]
        return [(index, hint[0]) for index, hint in hints if hint]

    def messages(self, run: Run) -> int:
        return len(self._given(run))

    def told(self, run: Run) -> int:
        return len(self._given(run))

    def redundant(self, run: Run) -> list[int]:
        """The hints after which what is possible for each card of that hand is what it was before."""
        return [index for index, other in self._given(run) if self._tells_nothing(run, run.events[index].time, other)]

    def _tells_nothing(self, run: Run, time: int, other: int) -> bool:
        if time >= run.rounds:
            return False
        before, after = self.table(run, time), self.table(run, time + 1)
        return self.possible_values(before, other) == self.possible_values(after, other)

    # What could be reached with the deck known.

    @cached_property
    def _known_deck(self) -> KnownDeck:
        return KnownDeck(self.deck, self.ranks, self.figures["hints"], self.world.rounds)

    def _missing(self, table: Table, time: int) -> int:
        """The least cards missing at the end, from a table at the beginning of a round."""
        if time and self._over(table, time - 1):
            return self.total - sum(table.piles)
        hands = tuple(tuple(self.deck[card] for card in table.hands[agent]) for agent in self.world.order)
        situation = Situation(time, hands, table.drawn, table.piles, table.hints, table.last)
        return self.total - self._known_deck.reach(situation)

    # Questions.

    def is_said(self, index: int) -> bool:
        action = self.record.events[index].action
        return action is not None and self._hint(action) is not None

    def event_text(self, index: int, verb: str = "did") -> str:
        return super().event_text(index, verb)

    def _turn_of(self, query: Json) -> tuple[int, int]:
        """The round that a query asks of, and whose turn it is."""
        if query.get("plans"):
            raise Wrong("query, plans", "none", query["plans"])
        if query["agent"] is None or query["time"] is None:
            raise Wrong("query", "an agent and a round", "another question")
        time, agent = self.round_of(query), self.agent_in(query)
        if agent != self.turn(time):
            raise Wrong("query, agent", f"{self.world.agents[self.turn(time)]}, whose turn it is", query["agent"])
        return time, agent

    def _own(self, query: Json, fact: int) -> tuple[int, int]:
        """A card of the agent's hand that a query asks of, and what is possible for it."""
        table, agent = self.table(self.record, self.round_of(query)), self.agent_in(query)
        card = self.card[fact]
        if card not in table.hands[agent]:
            raise Wrong("query", f"a card in the hand of {query['agent']}", self.world.facts[fact])
        return card, self.possible_values(table, agent)[table.hands[agent].index(card)]

    def answer_knows(self, query: Json) -> Right:
        known = [fact for fact in self.facts_in(query) if self._own(query, fact)[1].bit_count() == 1]
        return Right([self.world.fact_names[fact] for fact in known], (), self.agent_in(query), 1)

    def answer_could(self, query: Json) -> Right:
        fact = self.world.fact_of("query, fact", query["fact"])
        card, possible = self._own(query, fact)
        agent, names = self.agent_in(query), self.world.value_names[fact]
        to_agent = [
            (index, self.record.events[index].time) for index, other in self._given(self.record) if other == agent
        ]
        held = [
            index
            for index, time in to_agent
            if time < query["time"] and card in self.table(self.record, time).hands[agent]
        ]
        right = [name for value, name in enumerate(names) if possible >> value & 1 and value in query["values"]]
        return Right(right, held, agent, 1)

    def answer_can(self, query: Json) -> Right:
        time, _ = self._turn_of(query)
        opened = self.openings(self.table(self.record, time), time)
        return Right([self.world.actions[action] for action in self.actions_in(query) if action in opened])

    def answer_best(self, query: Json) -> Right:
        time, agent = self._turn_of(query)
        if not self.certified:
            raise Wrong("query", f"a deck of at most {SOLVED} cards", len(self.deck))
        table = self.table(self.record, time)
        opened, least = self.openings(table, time), self._missing(table, time)
        best = [
            action
            for action in self.actions_in(query)
            if action in opened and self._missing(self.advance(table, time, {agent: action}), time + 1) == least
        ]
        return Right([self.world.actions[action] for action in best])

    def _unasked(self, query: Json) -> Right:
        raise Wrong("query, kind", "one that is asked of hints", query["kind"])

    answer_optimum = answer_aware = answer_lost = answer_message = _unasked


GAME = Hints
