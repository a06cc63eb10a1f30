"""`hints`: a card game in which all see each other's cards and not their own (Hanabi; Bard et al. 2020, "The Hanabi
challenge").

What one holds has to be worked out from the few hints there are and from the cards that can still be about. Some decks
cannot be played to the end even by those who know them.
"""

import random
from collections.abc import Iterator, Mapping
from itertools import combinations_with_replacement
from typing import ClassVar

from madata.generators.coordination.cards import Rules, Table
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.known import Known, Unasked
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.session import Result, Session
from madata.generators.coordination.setting import Setting
from madata.generators.family import Family, Knob
from madata.generators.lexicon import names
from madata.schemas.coordination.games.hints import Hints
from madata.schemas.coordination.language import (
    Act,
    BestQuery,
    CanQuery,
    CoordinationQuery,
    CouldQuery,
    Fact,
    KnowsQuery,
    Milestone,
    RedundantQuery,
    Scale,
)

KNOBS = {
    "agents": Knob(2, 4, 2, 5, "players"),
    "hand": Knob(2, 3, 1, 5, "cards on a hand; down to two where a deck of twelve allows no more"),
    "colours": Knob(2, 3, 1, 5, "colours"),
    "ranks": Knob(2, 3, 1, 5, "cards of a pile"),
    "hints": Knob(4, 8, 0, 20, "hints there are at the start"),
    "mistakes": Knob(1, 3, 1, 5, "mistakes that end the game"),
}

CERTAIN = 12
"""The most cards of a deck of which it is worked out how good it could get."""

MOST_CARDS = 60

IMPOSSIBLE = 0.33
"""How often a deck is wanted with which cards are missing at the end whatever they do; not all knobs have one."""

DECKS = 20
"""How many decks are looked at for one that can be played to the end, or cannot, as is wanted."""

COLOURS = "red blue green yellow white black orange purple brown grey pink turquoise".split()

MARKS = """
acorn anchor apple arrow axe balloon barrel basket bell bicycle bridge broom bucket butterfly button camel candle castle
cherry cloud compass crown dragon drum feather fiddle fish flute fox globe hammer harp hat hedgehog horseshoe kettle key
kite ladder lantern leaf lighthouse lion moon mushroom owl pear rabbit rose saddle sailboat snail spider star swan tower
turtle umbrella wheel windmill
""".split()

CLUBS = ("card club", "card table", "games evening", "games club", "family circle", "tea room")


class HintsSession(Session):
    """`tables[t]` is what lay on the table before round t."""

    kinds: ClassVar[tuple[str, ...]] = ()

    def __init__(self, setting: Setting) -> None:
        game, world = setting.world.game, setting.world
        assert isinstance(game, Hints)
        self.game = game
        fact = {fact.id: i for i, fact in enumerate(world.facts)}
        number = {agent.id: i for i, agent in enumerate(setting.agents)}
        self.deck = [fact[card] for card in game.deck]
        self.card = {each: card for card, each in enumerate(self.deck)}
        values = [world.facts[each].value for each in self.deck]
        self.rules = Rules(game, values, [number[agent] for agent in world.order], world.rounds)
        self.certified = len(values) <= CERTAIN
        super().__init__(setting)

    def begin(self) -> None:
        super().begin()
        self.tables: list[Table] = [self.rules.deal()]

    def puzzles(self, agent: int, time: int) -> list[int]:
        return [self.deck[card] for card in self.tables[time].hands[agent]]

    # The rounds.

    def open(self, agent: int, time: int) -> list[int]:
        return self.rules.open(self.tables[time], agent) if agent == self.rules.turn(time) else []

    def acts(self, time: int) -> Mapping[int, int]:
        agent = self.rules.turn(time)
        return {agent: self.intention(agent, time)} if self.behaviour(agent, time) else {}

    def advance(self, time: int, acts: Mapping[int, int]) -> None:
        table = self.tables[time]
        for action in acts.values():
            table = self.rules.advance(table, time, action)
        self.tables.append(table)

    def over(self, time: int) -> bool:
        return self.rules.over(self.tables[time + 1], time)

    # The script.

    def intention(self, agent: int, time: int) -> int:
        table, behaviour = self.tables[time], self.behaviour(agent, time)
        possible = self.rules.possible(table, agent)
        playable, useless = self.rules.playable(table.piles), self.rules.useless(table.piles)
        for place, values in enumerate(possible):
            touched = table.touched >> table.hands[agent][place] & 1
            if (touched and values & playable) if behaviour == "myopic" else not values & ~playable:
                return place
        if behaviour != "silent" and table.hints and (hint := self._helpful(agent, table)) is not None:
            return hint
        for place, values in enumerate(possible):
            if not values & ~useless:
                return self.rules.hand + place
        return self.rules.hand if possible else self.rules.open(table, agent)[0]

    def _helpful(self, agent: int, table: Table) -> int | None:
        """The hint to the next player who holds a playable card and cannot tell that it is."""
        rules, playable = self.rules, self.rules.playable(table.piles)
        for other in self._after(agent):
            for place, values in enumerate(rules.possible(table, other)):
                value = rules.values[table.hands[other][place]]
                if playable >> value & 1 and values & ~playable:
                    colour, rank = rules.hints_on(other, value)
                    left = {hint: self._left(table, hint, other, place) for hint in (colour, rank)}
                    return rank if left[rank] < left[colour] else colour
        return None

    def _after(self, agent: int) -> Iterator[int]:
        """The others in the order of their next turns."""
        place = self.order.index(agent)
        yield from self.order[place + 1 :] + self.order[:place]

    def _left(self, table: Table, hint: int, other: int, place: int) -> int:
        """How many values the card could have for its holder after the hint."""
        return self.rules.possible(self.rules.hinted(table, hint), other)[place].bit_count()

    # What came of it.

    def result(self) -> Result:
        missing = self.rules.missing(self.tables[-1])
        return Result(
            success=missing == 0,
            cost=missing,
            optimum=self.rules.least_missing(self.tables[0], 0) if self.certified else 0,
            certified=self.certified,
            least=None,
            milestones=[
                Milestone(name=f"score {score}", time=self._scored(score)) for score in range(1, self.rules.all + 1)
            ],
        )

    def _scored(self, score: int) -> int | None:
        return next((time for time, table in enumerate(self.tables[1:]) if sum(table.piles) >= score), None)

    def impossible(self, result: Result) -> bool:
        return result.certified and result.optimum != 0

    def efficiency(self, result: Result) -> int | None:
        assert result.optimum is not None
        reachable = self.rules.all - result.optimum
        return 100 * sum(self.tables[-1].piles) // reachable if reachable else 100

    def hinting(self) -> list[tuple[int, Act]]:
        """The hints given, with their indices."""
        acts = [(index, event) for index, event in enumerate(self.events) if isinstance(event, Act)]
        return [(index, act) for index, act in acts if self.rules.is_hint(act.action)]

    def messages(self) -> int:
        return len(self.hinting())

    def told(self) -> int:
        return len(self.hinting())

    def redundant(self) -> list[int]:
        return [index for index, act in self.hinting() if self._changed_nothing(act)]

    def _changed_nothing(self, act: Act) -> bool:
        other, _ = self.rules.hint(act.action)
        before, after = (self.rules.possible(self.tables[time], other) for time in (act.time, act.time + 1))
        return before == after

    # What is asked.

    def answer_can(self, query: CanQuery) -> Known:
        openings = self.open(self._on_turn(query.agent, query.time), query.time)
        return Known([self.names.actions[action] for action in query.actions if action in openings])

    def answer_best(self, query: BestQuery) -> Known:
        assert query.agent is not None and query.time is not None
        self._on_turn(query.agent, query.time)
        if not self.certified:
            raise Unasked("the deck is too large to be sure")
        best = self.rules.best(self.tables[query.time], query.time)
        return Known([self.names.actions[each] for each in query.actions if each in best])

    def answer_knows(self, query: KnowsQuery) -> Known:
        agent = self.number[query.agent]
        facts = [self.known.fact[fact] for fact in query.facts]
        known = [self.names.facts[fact] for fact in facts if self._possible(agent, fact, query.time).bit_count() == 1]
        return Known(known, [], query.agent, 1)

    def answer_could(self, query: CouldQuery) -> Known:
        agent, fact = self.number[query.agent], self.known.fact[query.fact]
        possible = self._possible(agent, fact, query.time)
        values = [self.names.values[fact][value] for value in query.values if possible >> value & 1]
        card = self.card[fact]
        evidence = [
            index
            for index, act in self.hinting()
            if act.time < query.time
            and self.rules.hint(act.action)[0] == agent
            and card in self.tables[act.time].hands[agent]
        ]
        return Known(values, evidence, query.agent, 1)

    def answer_redundant(self, query: RedundantQuery) -> Known:
        redundant = self.redundant()
        right = [index for index in query.events if index in redundant]
        return Known([self.names.event(self.events, index, "did") for index in right], sorted(right))

    def _unasked(self, query: CoordinationQuery) -> Known:
        raise Unasked(f"{query.kind} is not asked of a game in which nobody speaks and all see who holds what")

    answer_optimum = answer_aware = answer_message = answer_lost = _unasked

    def _on_turn(self, agent: str, time: int) -> int:
        if self.number[agent] != self.rules.turn(time):
            raise Unasked(f"it is not the turn of {agent}")
        return self.number[agent]

    def _possible(self, agent: int, fact: int, time: int) -> int:
        """The values that a card on the agent's hand can have for it at the beginning of the round."""
        table = self.tables[time]
        hand = table.hands[agent]
        if self.card[fact] not in hand:
            raise Unasked(f"{self.fact_ids[fact]} is not on the hand of {self.ids[agent]} then")
        return self.rules.possible(table, agent)[hand.index(self.card[fact])]


def copies_for(knobs: Mapping[str, int]) -> tuple[int, list[list[int]]]:
    """How many cards a hand has, and how many copies of each rank there can be, small decks first: such that all piles
    can be filled in the turns there are, and rather a smaller hand than a deck too large to be sure of. Copies never
    grow with the rank."""
    n, colours, ranks = knobs["agents"], knobs["colours"], knobs["ranks"]
    drawable = sorted(combinations_with_replacement((3, 2, 1), ranks), key=sum)
    for most in (CERTAIN, MOST_CARDS):
        for hand in range(knobs["hand"], min(2, knobs["hand"]) - 1, -1):
            found = [
                list(copies)
                for copies in drawable
                if n * hand < (cards := colours * sum(copies)) <= most and cards - n * (hand - 1) >= colours * ranks
            ]
            if found:
                return hand, found
    return knobs["hand"], []


def conflict(knobs: Mapping[str, int]) -> str | None:
    if knobs["colours"] * knobs["ranks"] < 2:
        return "a single card is no game"
    return None if copies_for(knobs)[1] else "the deck is too small for so many hands"


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    n, ranks = knobs["agents"], knobs["ranks"]
    role = f"member of the {rng.choice(CLUBS)}"
    agents = members(names(rng, n), role)
    colours = rng.sample(COLOURS, knobs["colours"])
    hand, choices = copies_for(knobs)
    impossible = rng.random() < IMPOSSIBLE
    # A card takes a turn and gives back at most one hint; a hint takes a turn.
    rounds = 2 * len(colours) * sum(choices[-1]) + knobs["hints"] + n
    team = cast_of(rng, agents, rounds, ("myopic", "silent"), unreliable=False, speech=("turns",))
    order = [int(agent[1:]) for agent in team.order]
    for _ in range(DECKS):
        copies = choices[0] if impossible else rng.choice(choices)
        deck = _deck(rng, len(colours), copies)
        game = Hints(
            colours=colours,
            ranks=ranks,
            copies=copies,
            deck=[f"f{card}" for card in range(len(deck))],
            hand=hand,
            hints=knobs["hints"],
            mistakes=knobs["mistakes"],
        )
        rules = Rules(game, deck, order, rounds)
        if len(deck) > CERTAIN or (rules.least_missing(rules.deal(), 0) > 0) == impossible:
            break
    dealt = [[agent.id for agent in agents if agent.id != f"a{card // hand}"] for card in range(n * hand)]
    known = dealt + [[]] * (len(deck) - len(dealt))
    marks = rng.sample(MARKS, len(deck))
    setting = team.setting(
        game=game,
        scales=[Scale(id="s0", values=[f"{colour} {rank}" for colour in colours for rank in range(1, ranks + 1)])],
        facts=[
            Fact(id=f"f{card}", name=f"the card marked {mark}", scale="s0", value=value, known=who)
            for card, (mark, value, who) in enumerate(zip(marks, deck, known, strict=True))
        ],
        actions=_actions(hand, [agent.name for agent in agents], colours, ranks),
    )
    session = HintsSession(setting)
    return Coordination(session, rng)


def _deck(rng: random.Random, colours: int, copies: list[int]) -> list[int]:
    """The values of the cards, shuffled."""
    ranks = len(copies)
    cards = [colour * ranks + rank for colour in range(colours) for rank in range(ranks) for _ in range(copies[rank])]
    return rng.sample(cards, len(cards))


def _actions(hand: int, players: list[str], colours: list[str], ranks: int) -> list[str]:
    places = range(1, hand + 1)
    touched = [*(f"are {colour}" for colour in colours), *(f"are of rank {rank}" for rank in range(1, ranks + 1))]
    return [
        *(f"play card {place}" for place in places),
        *(f"discard card {place}" for place in places),
        *(f"tell {player} which cards {which}" for player in players for which in touched),
        "pass",
    ]


SESSION = HintsSession

FAMILY = Family(
    "coordination",
    "hints",
    "players who see all hands but their own lay cards on piles, by a few hints",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
