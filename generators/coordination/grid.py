"""A grid of squares, some of them walls, and the shortest ways over the others.

Squares are numbered row by row from the north; walks are of single moves, whose indices are those of the actions of
docs/coordination.md: 0 stay, 1 north, 2 south, 3 east, 4 west.
"""

from collections import deque
from collections.abc import Iterable
from functools import cache


class Grid:
    def __init__(self, rows: int, columns: int, walls: Iterable[int] = ()) -> None:
        self.rows = rows
        self.columns = columns
        self.walls = frozenset(walls)
        self.neighbours = _neighbours(rows, columns, self.walls)
        """Of each square, by action, the square one then stands on; None where a move leaves the grid or enters a
        wall. A wall has neighbours too: what stands on it can leave it."""
        self._distances: dict[int, list[int | None]] = {}

    def around(self, square: int) -> list[int]:
        """The squares next to a square on which one can stand: north, south, east, west."""
        return [other for other in self.neighbours[square][1:] if other is not None]

    def distances(self, start: int) -> list[int | None]:
        """The least number of moves from `start` to each square; None where no way leads. No way leads to or from a
        wall."""
        if start not in self._distances:
            self._distances[start] = self._search(start)
        return self._distances[start]

    def _search(self, start: int) -> list[int | None]:
        found: list[int | None] = [None] * (self.rows * self.columns)
        if start in self.walls:
            return found
        found[start] = 0
        ahead = deque([(start, 0)])
        while ahead:
            square, far = ahead.popleft()
            for other in self.neighbours[square][1:]:
                if other is not None and found[other] is None:
                    found[other] = far + 1
                    ahead.append((other, far + 1))
        return found


@cache
def names(rows: int, columns: int) -> tuple[str, ...]:
    """What squares are called, row by row: the column's letter, and the row's number counted from the north."""
    return tuple(f"{chr(ord('A') + column)}{row + 1}" for row in range(rows) for column in range(columns))


@cache
def _borders(rows: int, columns: int) -> tuple[tuple[int | None, ...], ...]:
    """Neighbours as if there were no walls."""
    return tuple(
        (
            square,
            square - columns if square >= columns else None,
            square + columns if square < (rows - 1) * columns else None,
            square + 1 if square % columns < columns - 1 else None,
            square - 1 if square % columns else None,
        )
        for square in range(rows * columns)
    )


def _neighbours(rows: int, columns: int, walls: frozenset[int]) -> tuple[tuple[int | None, ...], ...]:
    everywhere = _borders(rows, columns)
    if not walls:
        return everywhere
    return tuple((stay, *(None if other in walls else other for other in moves)) for stay, *moves in everywhere)
