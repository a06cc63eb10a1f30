"""The Pareto frontier: which of many points no other one dominates, exactly.

A point dominates another if it is at least as great everywhere and greater somewhere. Then its sum is greater, so the
points with the greatest sums eliminate most others, block by block. Where they do not, points are divided at a value of
a coordinate (Kung, Luccio and Preparata 1975): those above it are dominated by none of those below, and those below by
one above if that is as great in the coordinates that are left.
"""

import numpy as np
from numpy.typing import NDArray

FIRST, LARGEST = 16, 256
"""Points of the first block, and of the largest; each block is twice as large as the one before."""
MANY = 600
"""Points that are divided if so many are left when blocks have become large."""
PAIRS = 50_000
"""Pairs of points that are compared at once rather than divided further."""

Points = NDArray[np.signedinteger]
"""A row a coordinate, a column a point."""
Mask = NDArray[np.bool_]


def frontier(points: NDArray[np.int64]) -> Mask:
    """Which rows of an array (points x coordinates) are on the frontier; equal rows all are or none is."""
    return _staircase(points.T) if points.shape[1] == 2 else _blockwise(points)


def _staircase(points: Points) -> Mask:
    """In two dimensions the frontier is where, from right to left, the highest so far rises."""
    order = np.lexsort((-points[1], -points[0]))
    x, y = points[:, order]
    highest = np.maximum.accumulate(y)
    rises = np.ones(len(y), dtype=bool)
    rises[1:] = highest[1:] > highest[:-1]
    step = np.maximum.accumulate(np.where(rises, np.arange(len(y)), 0))
    optimal = np.empty(len(y), dtype=bool)
    optimal[order] = (x == x[step]) & (y == y[step])
    return optimal


def _blockwise(points: NDArray[np.int64]) -> Mask:
    """In the order of sums, what a block leaves of itself is optimal, and eliminates from the rest."""
    columns = np.vstack((points.sum(axis=1), points.T))
    left = np.argsort(-columns[0], kind="stable")
    columns = _narrow(columns)[:, left]
    optimal = np.zeros(len(points), dtype=bool)
    size = FIRST
    while len(left) and columns[0, 0] != columns[0, -1]:
        if size == LARGEST and len(left) > MANY:
            optimal[left[_divided(columns[1:])]] = True
            return optimal
        block = columns[:, :size]
        alive = ~_dominated(block, block)
        optimal[left[:size][alive]] = True
        rest = columns[:, size:]
        kept = ~_dominated(rest, block[:, alive])
        left, columns = left[size:][kept], rest[:, kept]
        size = min(2 * size, LARGEST)
    optimal[left] = True  # of equal sums
    return optimal


def _narrow(columns: NDArray[np.int64]) -> Points:
    """The same order in each row, in as few bits as hold it: comparing them is what takes the time."""
    columns = columns - columns.min(axis=1, keepdims=True)
    widest = columns.max()
    for kind in (np.int16, np.int32):
        if widest <= np.iinfo(kind).max:
            return columns.astype(kind)
    return columns


def _dominated(columns: Points, by: Points) -> Mask:
    """Which points some other one dominates; the first row has the sums."""
    return _under(by[0][:, None] > columns[0], columns[1:], by[1:])


def _under(candidates: Mask, points: Points, by: Points) -> Mask:
    """Which points are nowhere greater than one of their candidates, which are given as a table of all pairs."""
    for coordinate, bound in zip(points, by, strict=True):
        candidates &= bound[:, None] >= coordinate
    under: Mask = np.any(candidates, axis=0)
    return under


def _divided(points: Points) -> NDArray[np.intp]:
    """The optimal ones."""
    if len(points) == 2:
        return np.flatnonzero(_staircase(points))
    if points.shape[1] ** 2 <= PAIRS:
        columns = np.vstack((points.sum(axis=0), points))
        return np.flatnonzero(~_dominated(columns, columns))
    above = _upper_half(points[0])
    if above is None:
        return _divided(points[1:])
    high, low = np.flatnonzero(above), np.flatnonzero(~above)
    high = high[_divided(points[:, high])]
    low = low[~_covered(points[1:, low], points[1:, high])]
    return np.concatenate((high, low[_divided(points[:, low])]))


def _covered(points: Points, by: Points) -> Mask:
    """Which points are nowhere greater than some one of the others."""
    if len(points) == 2:
        order = np.argsort(by[0], kind="stable")
        highest = np.maximum.accumulate(by[1][order][::-1])[::-1]  # of those at least as far to the right
        at = np.searchsorted(by[0][order], points[0])
        inside = at < len(highest)
        covered = np.zeros(points.shape[1], dtype=bool)
        covered[inside] = highest[at[inside]] >= points[1][inside]
        return covered
    if points.shape[1] * by.shape[1] <= PAIRS:
        return _under(by[0][:, None] >= points[0], points[1:], by[1:])
    above = _upper_half(np.concatenate((points[0], by[0])))
    if above is None:
        return _covered(points[1:], by[1:])
    above, by_above = above[: points.shape[1]], above[points.shape[1] :]
    covered = np.zeros(points.shape[1], dtype=bool)
    covered[above] = _covered(points[:, above], by[:, by_above])
    covered[~above] = _covered(points[1:, ~above], by[1:, by_above])
    left = ~above & ~covered
    covered[left] = _covered(points[:, left], by[:, ~by_above])
    return covered


def _upper_half(figures: Points) -> Mask | None:
    """Which figures are above the middle one, or as great if none is; None if all are equal."""
    middle = np.partition(figures, len(figures) // 2)[len(figures) // 2]
    above: Mask = figures > middle
    if not above.any():
        above = figures == middle
    return None if above.all() else above
