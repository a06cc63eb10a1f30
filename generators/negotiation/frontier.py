"""The Pareto frontier: which of many points no other one dominates, exactly.

A point dominates another if it is at least as great everywhere and greater somewhere. Then its sum is greater, so in
descending order of sums each point is dominated, if at all, by an earlier one, and indeed by one of the frontier. The
first of them eliminate most; where they do not, three coordinates are swept like two, with a staircase.
"""

from bisect import bisect_left

import numpy as np
from numpy.typing import NDArray

FIRST, LARGEST = 16, 256
"""Points of the first block, and of the largest; each block is twice as large as the one before."""
MANY = 2_000
"""Points that are left after `FEW` blocks are worth a sweep."""
FEW = 3


def frontier(points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which rows of an array (points x coordinates) are on the frontier; equal rows all are or none is."""
    return _staircase(points) if points.shape[1] == 2 else _blockwise(points)


def _staircase(points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """In two dimensions the frontier is where, from right to left, the highest so far rises."""
    order = np.lexsort((-points[:, 1], -points[:, 0]))
    x, y = points[order].T
    highest = np.maximum.accumulate(y)
    rises = np.ones(len(y), dtype=bool)
    rises[1:] = highest[1:] > highest[:-1]
    step = np.maximum.accumulate(np.where(rises, np.arange(len(y)), 0))
    optimal = np.empty(len(y), dtype=bool)
    optimal[order] = (x == x[step]) & (y == y[step])
    return optimal


def _blockwise(points: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Block by block in the order of sums: what a block leaves of itself is optimal, and eliminates from the rest."""
    columns = np.vstack((points.sum(axis=1), points.T))
    left = np.argsort(-columns[0], kind="stable")
    columns = _narrow(columns)[:, left]
    optimal = np.zeros(len(points), dtype=bool)
    size, blocks = FIRST, 0
    while len(left) and columns[0, 0] != columns[0, -1]:
        if points.shape[1] == 3 and blocks == FEW and len(left) > MANY:
            optimal[left[_sweep(points[left])]] = True
            return optimal
        block = columns[:, :size]
        alive = ~_dominated(block, block)
        optimal[left[:size][alive]] = True
        rest = columns[:, size:]
        kept = ~_dominated(rest, block[:, alive])
        left, columns = left[size:][kept], rest[:, kept]
        size, blocks = min(2 * size, LARGEST), blocks + 1
    optimal[left] = True  # of equal sums
    return optimal


def _narrow(columns: NDArray[np.int64]) -> NDArray[np.signedinteger]:
    """The same order in each row, in as few bits as hold it: comparing them is what takes the time."""
    columns = columns - columns.min(axis=1, keepdims=True)
    widest = columns.max()
    for kind in (np.int16, np.int32):
        if widest <= np.iinfo(kind).max:
            return columns.astype(kind)
    return columns


def _dominated(columns: NDArray[np.signedinteger], by: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Which points (columns) some other one dominates; the first row has the sums."""
    found = by[0][:, None] > columns[0]
    for coordinate, bound in zip(columns[1:], by[1:], strict=True):
        found &= bound[:, None] >= coordinate
    dominated: NDArray[np.bool_] = found.any(axis=0)
    return dominated


def _sweep(points: NDArray[np.int64]) -> list[int]:
    """The optimal ones of points in three dimensions. From right to left, a point is dominated if it is under the
    staircase that those before it make in the other two."""
    optimal: list[int] = []
    ys: list[int] = []  # ascending, and the zs descending
    zs: list[int] = []
    before: list[int] | None = None
    order = np.lexsort((-points[:, 2], -points[:, 1], -points[:, 0]))
    for number, point in zip(order.tolist(), points[order].tolist(), strict=True):
        _, y, z = point
        if point == before:
            optimal.append(number)
            continue
        at = bisect_left(ys, y)
        if at < len(ys) and zs[at] >= z:
            continue
        optimal.append(number)
        before = point
        after = at + (at < len(ys) and ys[at] == y)
        while at and zs[at - 1] <= z:
            at -= 1
        ys[at:after] = [y]
        zs[at:after] = [z]
    return optimal
