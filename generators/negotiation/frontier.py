"""The Pareto frontier: which of many points no other one dominates, exactly.

A point dominates another if it is at least as great everywhere and greater somewhere. Then its sum is greater, so in
descending order of sums each point is dominated, if at all, by an earlier one, and indeed by one of the frontier.
"""

import numpy as np
from numpy.typing import NDArray

FIRST = 16
"""Points of the first block; each following block is twice as large, up to `LARGEST`. The first few eliminate most."""
LARGEST = 256


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
    sums = points.sum(axis=1)
    left = np.argsort(-sums, kind="stable")
    optimal = np.zeros(len(points), dtype=bool)
    size = FIRST
    columns = np.vstack((sums, points.T))[:, left]
    while len(left):
        block = columns[:, :size]
        alive = ~_dominated(block, block)
        optimal[left[:size][alive]] = True
        rest = columns[:, size:]
        kept = ~_dominated(rest, block[:, alive])
        left, columns = left[size:][kept], rest[:, kept]
        size = min(2 * size, LARGEST)
    return optimal


def _dominated(columns: NDArray[np.int64], by: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which points (columns) some other one dominates; the first row has the sums."""
    found = by[0][:, None] > columns[0]
    for coordinate, bound in zip(columns[1:], by[1:], strict=True):
        found &= bound[:, None] >= coordinate
    dominated: NDArray[np.bool_] = found.any(axis=0)
    return dominated
