"""The rules of `hints`: cards on hands, what each player can tell of its own, and how good it could get at all.

A card is its place in the deck; its value is `colour * ranks + rank`. A set of values is an integer, bit v for value v.
The best that could be reached if all knew the deck is exact memoised search over what is on hands, by value: places do
not matter to it, a misplay is never better than a discard, and of the cards that no pile will need any is as good as
another.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from madata.generators.family import Rejected
from madata.schemas.coordination.games.hints import Hints

STEPS = 60_000


class Table(NamedTuple):
    """What lies on the table. `hands`: cards, the oldest first; `drawn`: how many the deck has given; `last`: the last
    round that can be played, once no card is left to draw; `shown`: of each card the values that hints leave it;
    `touched`: the set of cards that a hint has touched."""

    hands: tuple[tuple[int, ...], ...]
    drawn: int
    piles: tuple[int, ...]
    hints: int
    mistakes: int
    last: int | None
    shown: tuple[int, ...]
    touched: int


class Rules:
    """`values`: of the cards, in the order of the deck; `order`: who has the turns."""

    def __init__(self, game: Hints, values: Sequence[int], order: Sequence[int], rounds: int) -> None:
        self.hand, self.hints, self.mistakes = game.hand, game.hints, game.mistakes
        self.values, self.order, self.rounds = tuple(values), tuple(order), rounds
        self.colours, self.ranks = colours, ranks = len(game.colours), game.ranks
        self.n, self.all = len(order), colours * ranks
        self.of_colour = [((1 << ranks) - 1) << colour * ranks for colour in range(colours)]
        self.of_rank = [sum(1 << colour * ranks + rank for colour in range(colours)) for rank in range(ranks)]
        self.passing = 2 * self.hand + self.n * (colours + ranks)
        self._reached: dict[tuple[Position, int], bool] = {}

    def deal(self) -> Table:
        dealt = self.n * self.hand
        hands = tuple(tuple(range(i * self.hand, (i + 1) * self.hand)) for i in range(self.n))
        last = self.n - 1 if dealt == len(self.values) else None
        shown = ((1 << self.all) - 1,) * len(self.values)
        return Table(hands, dealt, (0,) * self.colours, self.hints, 0, last, shown, 0)

    def turn(self, t: int) -> int:
        return self.order[t % self.n]

    # Acts.

    def hint(self, action: int) -> tuple[int, int]:
        """Whom a hint tells, and of which values."""
        other, which = divmod(action - 2 * self.hand, self.colours + self.ranks)
        return other, self.of_colour[which] if which < self.colours else self.of_rank[which - self.colours]

    def hints_on(self, other: int, value: int) -> tuple[int, int]:
        """The two hints to a player that touch a card of the value: its colour, its rank."""
        first = 2 * self.hand + other * (self.colours + self.ranks)
        return first + value // self.ranks, first + self.colours + value % self.ranks

    def is_hint(self, action: int) -> bool:
        return 2 * self.hand <= action < self.passing

    def open(self, table: Table, player: int) -> list[int]:
        held = len(table.hands[player])
        opened = [*range(held), *range(self.hand, self.hand + held)]
        if table.hints:
            for action in range(2 * self.hand, self.passing):
                other, told = self.hint(action)
                if other != player and any(told >> self.values[card] & 1 for card in table.hands[other]):
                    opened.append(action)
        return opened or [self.passing]

    def advance(self, table: Table, t: int, action: int) -> Table:
        if action < 2 * self.hand:
            return self._put(table, t, action % self.hand, played=action < self.hand)
        if action == self.passing:
            return table
        return self.hinted(table, action)

    def hinted(self, table: Table, hint: int) -> Table:
        other, told = self.hint(hint)
        shown, touched = list(table.shown), table.touched
        for card in table.hands[other]:
            fits = told >> self.values[card] & 1
            shown[card] &= told if fits else ~told
            touched |= fits << card
        return table._replace(hints=table.hints - 1, shown=tuple(shown), touched=touched)

    def _put(self, table: Table, t: int, place: int, played: bool) -> Table:
        player = self.turn(t)
        hand = list(table.hands[player])
        value = self.values[hand.pop(place)]
        piles, hints, mistakes = table.piles, table.hints, table.mistakes
        if not played:
            hints = min(hints + 1, self.hints)
        elif self.playable(piles) >> value & 1:
            piles = raised(piles, value // self.ranks)
        else:
            mistakes += 1
        drawn, last = table.drawn, table.last
        if drawn < len(self.values):
            hand.append(drawn)
            drawn += 1
            last = t + self.n if drawn == len(self.values) else None
        hands = (*table.hands[:player], tuple(hand), *table.hands[player + 1 :])
        return table._replace(hands=hands, drawn=drawn, piles=piles, hints=hints, mistakes=mistakes, last=last)

    def over(self, table: Table, t: int) -> bool:
        return self.missing(table) == 0 or table.mistakes == self.mistakes or t == table.last

    def missing(self, table: Table) -> int:
        return self.all - sum(table.piles)

    def playable(self, piles: Sequence[int]) -> int:
        """The values that are the next of their piles."""
        return sum(1 << colour * self.ranks + pile for colour, pile in enumerate(piles) if pile < self.ranks)

    def useless(self, piles: Sequence[int]) -> int:
        """The values that are on their piles already."""
        return sum(((1 << pile) - 1) << colour * self.ranks for colour, pile in enumerate(piles))

    # What a player can tell.

    def possible(self, table: Table, player: int) -> list[int]:
        """The values that each card on the hand of a player can have, as far as it can tell."""
        hand = table.hands[player]
        unseen = [0] * self.all
        for card in (*hand, *range(table.drawn, len(self.values))):
            unseen[self.values[card]] += 1
        return fillings(tuple(table.shown[card] for card in hand), tuple(unseen))

    # What could be reached.

    def least_missing(self, table: Table, t: int) -> int:
        """The fewest cards missing at the end if all know the deck; round t is the next."""
        position = self._position(table, t)
        return next(missing for missing in range(self.all + 1) if self._reaches(position, self.all - missing))

    def best(self, table: Table, t: int) -> list[int]:
        """The open acts of round t after which the least missing is what it was before."""
        goal = self.all - self.least_missing(table, t)
        return [action for action in self.open(table, self.turn(t)) if self._keeps(table, t, action, goal)]

    def _keeps(self, table: Table, t: int, action: int, goal: int) -> bool:
        then = self.advance(table, t, action)
        if self.over(then, t):
            return sum(then.piles) >= goal
        return self._reaches(self._position(then, t + 1), goal)

    def _position(self, table: Table, t: int) -> "Position":
        hands = tuple(tuple(sorted(self.values[card] for card in hand)) for hand in table.hands)
        turns = (self.rounds if table.last is None else min(self.rounds, table.last + 1)) - t
        return Position(t % self.n, hands, table.drawn, table.piles, table.hints, turns)

    def _reaches(self, position: "Position", goal: int) -> bool:
        """Whether so many cards can be on the piles at the end."""
        laid = sum(position.piles)
        if laid >= goal:
            return True
        # Of the cards still to draw each takes a turn, and a hint more if it is a discard; then all have one.
        draws = len(self.values) - position.drawn
        most = 2 * draws + position.hints + self.n if draws else position.turns
        position = position._replace(turns=min(position.turns, most))
        needed = self._needed(position)
        puts = min(position.turns, draws + self.n) if draws else position.turns
        if laid + min(needed.bit_count(), puts) < goal:
            return False
        if (position, goal) not in self._reached:
            if len(self._reached) >= STEPS:
                raise Rejected("search", f"what could be reached is not found within {STEPS} steps")
            self._reached[position, goal] = any(self._reaches(then, goal) for then in self._moves(position, needed))
        return self._reached[position, goal]

    def _needed(self, position: "Position") -> int:
        """The values that the piles can still grow by."""
        there = 0
        for value in (*(value for hand in position.hands for value in hand), *self.values[position.drawn :]):
            there |= 1 << value
        needed = 0
        for colour, pile in enumerate(position.piles):
            for value in range(colour * self.ranks + pile, (colour + 1) * self.ranks):
                if not there >> value & 1:
                    break
                needed |= 1 << value
        return needed

    def _moves(self, position: "Position", needed: int) -> Iterator["Position"]:
        """What the acts worth trying lead to, the most promising first."""
        at, hands, drawn, piles, hints, turns = position
        player = self.order[at]
        hand = hands[player]
        waited = Position((at + 1) % self.n, hands, drawn, piles, hints, turns - 1)

        def without(value: int) -> Position:
            rest = list(hand)
            rest.remove(value)
            rest += self.values[drawn : drawn + 1]
            then = waited._replace(hands=(*hands[:player], tuple(sorted(rest)), *hands[player + 1 :]))
            if drawn == len(self.values):
                return then
            last = drawn + 1 == len(self.values)
            return then._replace(drawn=drawn + 1, turns=min(turns - 1, self.n) if last else turns - 1)

        kinds = sorted(set(hand))
        fits = self.playable(piles)
        for value in kinds:
            if fits >> value & 1:
                yield without(value)._replace(piles=raised(piles, value // self.ranks))
        more = min(hints + 1, self.hints)
        spare = [value for value in kinds if not needed >> value & 1 or hand.count(value) > 1]
        if spare:
            yield without(spare[0])._replace(hints=more)
        if hints and any(held for other, held in enumerate(hands) if other != player):
            yield waited._replace(hints=hints - 1)
        elif not hand:
            yield waited
        if not spare:
            for value in kinds:
                yield without(value)._replace(hints=more)


class Position(NamedTuple):
    """What the search tells apart. `at`: whose turn it is, by the order; `hands`: values, sorted; `turns`: how many are
    left at most."""

    at: int
    hands: tuple[tuple[int, ...], ...]
    drawn: int
    piles: tuple[int, ...]
    hints: int
    turns: int


def raised(piles: tuple[int, ...], colour: int) -> tuple[int, ...]:
    return (*piles[:colour], piles[colour] + 1, *piles[colour + 1 :])


@lru_cache(1 << 16)
def _filled(places: tuple[int, ...], unseen: tuple[int, ...]) -> bool:
    """Whether each place can be given a card of its own that its values allow."""
    if not places:
        return True
    first, *rest = places
    return any(
        count and first >> value & 1 and _filled(tuple(rest), (*unseen[:value], count - 1, *unseen[value + 1 :]))
        for value, count in enumerate(unseen)
    )


def fillings(places: tuple[int, ...], unseen: tuple[int, ...]) -> list[int]:
    """The values that each place can have, if all are filled from the unseen cards (how many there are of each value)
    as their values allow."""
    possible = []
    for place, allowed in enumerate(places):
        rest = tuple(sorted(places[:place] + places[place + 1 :], key=lambda values: (values.bit_count(), values)))
        left = [(*unseen[:value], count - 1, *unseen[value + 1 :]) for value, count in enumerate(unseen)]
        possible.append(
            sum(
                1 << value
                for value, count in enumerate(unseen)
                if count and allowed >> value & 1 and _filled(rest, left[value])
            )
        )
    return possible
