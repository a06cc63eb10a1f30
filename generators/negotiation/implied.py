"""What the moves of a party show to be worth most to it, if it bids monotonically (docs/negotiation.md, "implied").

It is known which points everybody has, but not on which issue. Each arrangement of them over the issues is tried on
the proposals: the party never goes up again in its own worth, and never asks for less than what it could have had.
"""

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.table import Table
from madata.generators.negotiation.unasked import Unasked
from madata.schemas.negotiation import UNDETERMINED, Choice

BLOCK = 8
"""The issues over which arrangements are tried together: 8! at once, what is before them one by one."""


def implied(table: Table, agent: str, time: int) -> tuple[list[str], list[int]]:
    """The answer and the events it rests on."""
    if table.conventions.values != "permuted" or any(isinstance(issue, Choice) for issue in table.game.issues):
        raise Unasked("what moves imply is asked only where all distribute the same points over splits")
    place = table.place[agent]
    made = [number for number in table.own(agent, time) if table.events[number].kind == "propose"]
    standing = {number: table.standing(agent, table.events[number].time) for number in made}
    units = {number: _units(table, number, place) for number in table.offered}
    falls = [units[before] - units[after] for before, after in pairwise(made)]
    rises = [units[number] - units[other] for number in made for other in standing[number]]
    never_negative = np.array(falls, dtype=np.int64).reshape(-1, len(table.game.issues))
    positive = np.array(rises, dtype=np.int64).reshape(-1, len(table.game.issues))

    def possible(arrangements: NDArray[np.int64]) -> NDArray[np.bool_]:
        lows = np.hstack((arrangements @ never_negative.T, arrangements @ positive.T - 1))
        kept: NDArray[np.bool_] = np.all(lows >= 0, axis=1)
        return kept

    points = np.array(table.game.parties[place].worth, dtype=np.int64)
    if not possible(points[None, :])[0]:
        raise Unasked(f"{agent} does not bid monotonically")
    amounts = np.array([issue.units for issue in table.game.issues if issue.kind == "split"])
    tops: set[int | None] = set()
    for arrangements in _arrangements(points):
        tops |= _tops(arrangements[possible(arrangements)] * amounts)
        if None in tops or len(tops) > 1:
            break
    top = tops.pop() if len(tops) == 1 else None
    rests_on = sorted({*made, *(other for others in standing.values() for other in others)})
    return [UNDETERMINED if top is None else table.game.issues[top].name], rests_on


def _units(table: Table, proposal: int, place: int) -> NDArray[np.int64]:
    """What the party gets of each issue."""
    return np.array([entry[place] for entry in table.deal(proposal) if isinstance(entry, list)], dtype=np.int64)


def _arrangements(points: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """All arrangements of the points, a row each, in blocks; equal points make for equal rows."""
    ahead = max(0, len(points) - BLOCK)
    for first in permutations(range(len(points)), ahead):
        rest = [number for number in range(len(points)) if number not in first]
        later = points[rest][_orders(len(rest))]
        yield np.hstack((np.tile(points[[*first]], (len(later), 1)), later))


@lru_cache(maxsize=BLOCK)
def _orders(length: int) -> NDArray[np.intp]:
    return np.array([*permutations(range(length))], dtype=np.intp)


def _tops(stakes: NDArray[np.int64]) -> set[int | None]:
    """The top issues of these arrangements, None for one that has none."""
    most = stakes.max(axis=1, keepdims=True) == stakes
    single = most.sum(axis=1) == 1
    found: set[int | None] = set(most[single].argmax(axis=1).tolist())
    return found if single.all() else found | {None}
