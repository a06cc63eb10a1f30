"""Squares of a grid, the moves between them, and what becomes of moves that collide ("Motion" of docs/coordination.md).

A square is a number, row by row from the north. A move is an action: 0 stay, 1 north, 2 south, 3 east, 4 west.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from madata.validators.trial import Json, Wrong

FAR = 1_000_000
"""More than any distance, or number of rounds: there is no way."""

STEPS = ((0, 0), (-1, 0), (1, 0), (0, 1), (0, -1))

Places = tuple[int, ...]
"""Of each agent the square it stands on."""


class Grid:
    def __init__(self, rows: int, columns: int, blocked: frozenset[int]) -> None:
        self.rows, self.columns, self.size = rows, columns, rows * columns
        self.free = frozenset(range(self.size)) - blocked
        self.moves = [self._moves(square) for square in range(self.size)]
        """Of each square where its open actions lead, by action in order; from a blocked one too."""
        self.away = lru_cache(1024)(self._away)

    def _moves(self, square: int) -> dict[int, int]:
        row, column = divmod(square, self.columns)
        moves = {0: square}
        for action, (down, right) in enumerate(STEPS[1:], 1):
            if 0 <= row + down < self.rows and 0 <= column + right < self.columns:
                to = square + down * self.columns + right
                if to in self.free:
                    moves[action] = to
        return moves

    def beside(self, square: int) -> tuple[int, ...]:
        """The free squares next to one, itself free or not."""
        return tuple(to for action, to in self.moves[square].items() if action)

    def apart(self, square: int, other: int) -> int:
        """Rows plus columns."""
        row, column = divmod(square, self.columns)
        other_row, other_column = divmod(other, self.columns)
        return abs(row - other_row) + abs(column - other_column)

    def _away(self, goals: tuple[int, ...]) -> list[int]:
        """Of each free square the moves to the nearest of the goals; `FAR` if there is no way."""
        away = [FAR] * self.size
        layer = sorted(self.free.intersection(goals))
        for square in layer:
            away[square] = 0
        while layer:
            following = []
            for square in layer:
                for to in self.moves[square].values():
                    if away[to] == FAR:
                        away[to] = away[square] + 1
                        following.append(to)
            layer = following
        return away

    def nearer(self, square: int, goals: tuple[int, ...]) -> int:
        """The smallest action that brings nearer to the nearest of the goals; 0 if none does."""
        away = self.away(goals)
        return next((action for action, to in self.moves[square].items() if away[to] < away[square]), 0)

    def reached(self, square: int) -> set[int]:
        """The squares that one can get to."""
        return {to for to, moves in enumerate(self.away((square,))) if moves < FAR}


def settled(places: Places, intended: Iterable[int]) -> Places:
    """Where agents get who intend to: those who collide stay, until nobody does."""
    to = list(intended)
    who = {place: number for number, place in enumerate(places)}
    while True:
        wanted = Counter(to)
        back = [
            number
            for number, (place, square) in enumerate(zip(places, to, strict=True))
            if square != place and (wanted[square] > 1 or (square in who and to[who[square]] == place))
        ]
        if not back:
            return tuple(to)
        for number in back:
            to[number] = places[number]


def together(places: Places, options: Sequence[Sequence[int]]) -> Iterator[Places]:
    """The ways to go on, each agent to one of its options, in which nobody collides, in the order of the options."""
    number, last = 0, len(places)
    chosen: list[int] = []
    untried = [iter(options[0])]
    while untried:
        number = len(untried) - 1
        del chosen[number:]
        place = places[number]
        for square in untried[number]:
            if square in chosen:
                continue
            if place in chosen and place != square and places[chosen.index(place)] == square:
                continue  # they would swap
            chosen.append(square)
            break
        else:
            untried.pop()
            continue
        if len(chosen) == last:
            yield tuple(chosen)
        else:
            untried.append(iter(options[number + 1]))


def fitting_grid(figures: Json, blocked: str, agents: int) -> Grid:
    """The grid of a game whose `squares`, `starts` and blocked squares fit; raises `Wrong` otherwise."""
    rows, columns = figures["rows"], figures["columns"]
    names = figures["squares"]
    if len(names) != rows * columns or len(set(names)) != len(names):
        raise Wrong("game, squares", f"{rows} x {columns} different names", f"{len(set(names))} of {len(names)}")
    fitting_squares(figures, blocked, range(rows * columns))
    if len(set(figures[blocked])) != len(figures[blocked]):
        raise Wrong(f"game, {blocked}", "each square once", figures[blocked])
    grid = Grid(rows, columns, frozenset(figures[blocked]))
    if len(figures["starts"]) != agents:
        raise Wrong("game, starts", f"{agents} squares, one an agent", figures["starts"])
    fitting_squares(figures, "starts", grid.free)
    return grid


def fitting_alone(figures: Json) -> None:
    """Raises `Wrong` if two agents start on one square."""
    if len(set(figures["starts"])) != len(figures["starts"]):
        raise Wrong("game, starts", "a square of its own for each agent", figures["starts"])


def fitting_squares(figures: Json, field: str, among: Iterable[int]) -> None:
    """Raises `Wrong` unless all squares that a field of the game names are among those it can name."""
    allowed = frozenset(among)
    for square in figures[field]:
        if square not in allowed:
            raise Wrong(f"game, {field}", f"squares of {sorted(allowed)}", square)
