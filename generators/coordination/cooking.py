"""Two cooks and one pot, solved exactly: how many rounds from any state until the right soup is served.

A state is a *mode* (what each cook holds, what is in the pot) and where the two stand. The search goes backwards from
the end, mode by mode, over sets of pairs of squares held as bits, so all states are solved at once. Only whether an
ingredient is the right one matters, not which it is.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from madata.generators.coordination.mapf import Moves, bits


class Hand(IntEnum):
    NOTHING = 0
    RIGHT = 1
    WRONG = 2
    DISH = 3
    SOUP = 4
    BAD_SOUP = 5


class Station(IntEnum):
    POT = 0
    WINDOW = 1
    DISHES = 2
    CRATE = 3
    OTHER_CRATES = 4


class Pot(NamedTuple):
    """`left`: rounds until it has cooked, once all portions are in."""

    portions: int
    spoilt: bool
    left: int


EMPTY = Pot(0, False, 0)


class Mode(NamedTuple):
    first: Hand
    second: Hand
    pot: Pot


class Recipe(NamedTuple):
    portions: int
    cooking: int


Near = tuple[tuple[int, ...], ...]
Origin = tuple[int, Station | None, Station | None]
"""A mode by its number, and at which stations its cooks do something (None: a cook moves or stays)."""


def _use(hand: Hand, station: Station, pot: Pot, recipe: Recipe) -> tuple[Hand, Pot] | None:
    """What comes of doing at a station what can be done there with what one holds; None if nothing can."""
    match hand, station:
        case Hand.NOTHING, Station.DISHES:
            return Hand.DISH, pot
        case Hand.NOTHING, Station.CRATE:
            return Hand.RIGHT, pot
        case Hand.NOTHING, Station.OTHER_CRATES:
            return Hand.WRONG, pot
        case ((Hand.RIGHT | Hand.WRONG), Station.POT) if pot.portions < recipe.portions:
            portions = pot.portions + 1
            # What is put in last cooks from the next round on.
            left = recipe.cooking + 1 if portions == recipe.portions else 0
            return Hand.NOTHING, Pot(portions, pot.spoilt or hand == Hand.WRONG, left)
        case Hand.DISH, Station.POT if pot.portions == recipe.portions and not pot.left:
            return Hand.BAD_SOUP if pot.spoilt else Hand.SOUP, EMPTY
        case ((Hand.SOUP | Hand.BAD_SOUP), Station.WINDOW):
            return Hand.NOTHING, pot
    return None


def _pots(recipe: Recipe) -> Iterator[Pot]:
    yield EMPTY
    for spoilt in (False, True):
        for portions in range(1, recipe.portions):
            yield Pot(portions, spoilt, 0)
        for left in range(recipe.cooking + 1):
            yield Pot(recipe.portions, spoilt, left)


class Modes(NamedTuple):
    """`origins`: of each mode those from which a round leads to it, and last those from which it leads to the end."""

    numbers: Mapping[Mode, int]
    origins: list[list[Origin]]


@cache
def _modes(recipe: Recipe) -> Modes:
    numbers = {
        Mode(first, second, pot): number
        for number, (pot, first, second) in enumerate(product(_pots(recipe), Hand, Hand))
    }
    origins: list[list[Origin]] = [[] for _ in range(len(numbers) + 1)]
    for mode, number in numbers.items():
        ways = [
            (None, *(station for station in Station if _use(hand, station, mode.pot, recipe)))
            for hand in (mode.first, mode.second)
        ]
        for one, two in product(*ways):
            after = _after(mode, one, two, recipe)
            origins[-1 if after is None else numbers[after]].append((number, one, two))
    return Modes(numbers, origins)


def _after(mode: Mode, one: Station | None, two: Station | None, recipe: Recipe) -> Mode | None:
    first, second, pot = mode
    if (one, first) == (Station.WINDOW, Hand.SOUP) or (two, second) == (Station.WINDOW, Hand.SOUP):
        return None
    if one is not None and (used := _use(first, one, pot, recipe)):
        first, pot = used
    # In agent order: the pot may be full, or the soup gone, when it is the second cook's turn.
    if two is not None and (used := _use(second, two, pot, recipe)):
        second, pot = used
    return Mode(first, second, pot._replace(left=max(0, pot.left - 1)))


class Service:
    """`floor`: the squares on which one can stand; `near`: of each station those next to it."""

    def __init__(self, moves: Moves, floor: tuple[int, ...], near: Near, recipe: Recipe) -> None:
        self.floor = {square: number for number, square in enumerate(floor)}
        self.size = len(self.floor)
        self.modes = _modes(recipe)
        # Of each mode, for numbers of rounds, the pairs of squares from which it takes so many.
        self._rounds: list[list[tuple[int, int]]] = [[] for _ in self.modes.numbers]
        self._search(self._ways(moves), near)

    def rounds(self, squares: tuple[int, int], mode: Mode) -> int | None:
        """The least number of rounds until the right soup is served; None if it never can be."""
        first, second = squares
        pair = 1 << self.floor[first] * self.size + self.floor[second]
        found = self._rounds[self.modes.numbers[mode]]
        return next((rounds for rounds, pairs in found if pairs & pair), None)

    def _ways(self, moves: Moves) -> list[tuple[int, int, int]]:
        """From which pairs of squares one gets to each: if both move, the second alone, the first alone."""
        size = self.size
        sources: list[list[int]] = [[] for _ in range(size)]
        for square, number in self.floor.items():
            for other in moves[square]:
                if other is not None:
                    sources[self.floor[other]].append(number)
        found = []
        for a, b in product(range(size), repeat=2):
            both = [(x, y) for x, y in product(sources[a], sources[b]) if x != y and (x, y) != (b, a)]
            second = [(a, y) for y in sources[b] if y != a]
            first = [(x, b) for x in sources[a] if x != b]
            found.append((self._pairs(both), self._pairs(second), self._pairs(first)))
        return found

    def _pairs(self, squares: Iterable[tuple[int, int]]) -> int:
        return sum(1 << a * self.size + b for a, b in squares)

    def _search(self, ways: list[tuple[int, int, int]], near: Near) -> None:
        places = range(self.size)
        at = [[self.floor[square] for square in squares] for squares in near]
        one_at = [self._pairs(product(where, places)) for where in at]
        two_at = [self._pairs(product(places, where)) for where in at]
        origins = self.modes.origins
        found = [0] * len(origins)
        end = len(origins) - 1
        new = {end: self._pairs((a, b) for a, b in product(places, repeat=2) if a != b)}
        rounds = 0
        while new:
            rounds += 1
            ahead = [0] * end
            for mode, pairs in new.items():
                both = second = first = 0
                for pair in bits(pairs):
                    way = ways[pair]
                    both |= way[0]
                    second |= way[1]
                    first |= way[2]
                for origin, one, two in origins[mode]:
                    if one is None:
                        ahead[origin] |= both if two is None else first & two_at[two]
                    else:
                        ahead[origin] |= one_at[one] & (second if two is None else pairs & two_at[two])
            new = {}
            for origin, pairs in enumerate(ahead):
                if fresh := pairs & ~found[origin]:
                    found[origin] |= fresh
                    new[origin] = fresh
                    self._rounds[origin].append((rounds, fresh))


@lru_cache(maxsize=64)
def service(moves: Moves, floor: tuple[int, ...], near: Near, recipe: Recipe) -> Service:
    return Service(moves, floor, near, recipe)
