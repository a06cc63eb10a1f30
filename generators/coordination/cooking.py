"""Two cooks and one pot, solved exactly: how many rounds from any state until the right soup is served.

A state is a *mode* (what each cook holds, what is in the pot) and where the two stand. The search goes backwards from
the end, mode by mode, over sets of pairs of squares held as bits, so all states are solved at once. Only whether an
ingredient is the right one matters, not which it is.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import cache, lru_cache
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
Origin = tuple[Mode, Station | None, Station | None]
"""A mode, and at which stations its cooks do something (None: a cook moves or stays)."""


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


@cache
def _origins(recipe: Recipe) -> Mapping[Mode | None, list[Origin]]:
    """Of each mode those from which a round leads to it; of None, the end, likewise."""
    found: dict[Mode | None, list[Origin]] = {}
    for pot in _pots(recipe):
        uses = {hand: [s for s in Station if _use(hand, s, pot, recipe)] for hand in Hand}
        for first in Hand:
            for second in Hand:
                mode = Mode(first, second, pot)
                for one in (None, *uses[first]):
                    for two in (None, *uses[second]):
                        found.setdefault(_after(mode, one, two, recipe), []).append((mode, one, two))
    return found


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
        self._rounds: dict[Mode, list[tuple[int, int]]] = {}
        self._search(moves, near, recipe)

    def rounds(self, squares: tuple[int, int], mode: Mode) -> int | None:
        """The least number of rounds until the right soup is served; None if it never can be."""
        first, second = squares
        pair = 1 << self.floor[first] * self.size + self.floor[second]
        return next((rounds for rounds, pairs in self._rounds.get(mode, ()) if pairs & pair), None)

    def _search(self, moves: Moves, near: Near, recipe: Recipe) -> None:
        size = self.size
        sources: list[list[int]] = [[] for _ in range(size)]
        for square, number in self.floor.items():
            for other in moves[square]:
                if other is not None:
                    sources[self.floor[other]].append(number)
        # From which pairs of squares one gets to each: if both move, the second alone, the first alone.
        both, second, first = ([0] * (size * size) for _ in range(3))
        everywhere = 0
        for a in range(size):
            for b in range(size):
                if a == b:
                    continue
                pair = a * size + b
                everywhere |= 1 << pair
                for x in sources[a]:
                    if x != b:
                        first[pair] |= 1 << x * size + b
                    for y in sources[b]:
                        if x != y and (x, y) != (b, a):
                            both[pair] |= 1 << x * size + y
                for y in sources[b]:
                    if y != a:
                        second[pair] |= 1 << a * size + y
        at = [{self.floor[square] for square in squares} for squares in near]
        one_at = [sum(1 << a * size + b for a in where for b in range(size)) for where in at]
        two_at = [sum(1 << a * size + b for a in range(size) for b in where) for where in at]
        origins = _origins(recipe)
        found: dict[Mode, int] = {}
        new: dict[Mode | None, int] = {None: everywhere}
        rounds = 0
        while new:
            rounds += 1
            ahead: dict[Mode, int] = {}
            for mode, pairs in new.items():
                moved = [0, 0, 0]
                for pair in bits(pairs):
                    moved[0] |= both[pair]
                    moved[1] |= second[pair]
                    moved[2] |= first[pair]
                for origin, one, two in origins.get(mode, ()):
                    if one is None:
                        before = moved[0] if two is None else moved[2] & two_at[two]
                    else:
                        before = one_at[one] & (moved[1] if two is None else pairs & two_at[two])
                    ahead[origin] = ahead.get(origin, 0) | before
            new = {}
            for origin, pairs in ahead.items():
                known = found.get(origin, 0)
                if fresh := pairs & ~known:
                    found[origin] = known | fresh
                    new[origin] = fresh
                    self._rounds.setdefault(origin, []).append((rounds, fresh))


@lru_cache(maxsize=64)
def service(moves: Moves, floor: tuple[int, ...], near: Near, recipe: Recipe) -> Service:
    return Service(moves, floor, near, recipe)
