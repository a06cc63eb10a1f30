"""The choice: rows of features, one after the other, each the one that adds most.

The worth of a choice is the sum over features u of  w(u) H(c(u)),  where c(u) counts how often the choice shows u (a
row may count more than once) and H(c) = 1 + 1/2 + .. + 1/c: the more often a feature was shown, the less once more is
worth. Such a function of features is monotone and submodular and takes time linear in the features, where facility
location takes the similarities of all pairs (Wei, Liu, Kirchhoff, Bilmes, "Unsupervised submodular subset selection
for speech data", 2014; Lin and Bilmes 2011). With H in place of their square root it is Thiele's rule of proportional
approval: features of one weight tend to be shown equally often.

Greedy choice reaches at least 1 - 1/e of the best worth (Nemhauser, Wolsey, Fisher 1978). It is lazy: what a row adds
only falls, so what it added before bounds what it adds now (Minoux 1978), and only the rows with the highest bounds are
looked at again. All is counted in integers, so that the bounds hold to the last digit and every machine chooses alike;
of equals the first row is taken. The choice for K begins with that for each smaller K.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

UNIT = 10**9
BLOCK = 256
SLICE = 1 << 13  # rows looked at together: what they add, summed, stays within 64 bits

Integers = NDArray[np.int64]


class Rows(NamedTuple):
    """The features of row r are `codes[starts[r]:starts[r + 1]]`, each once; `weights` has one for each feature, and
    `counts` says how much each row counts, at least 1."""

    starts: Integers
    codes: NDArray[np.int32]
    weights: Integers
    counts: Integers


def choose(rows: Rows, candidates: Integers, k: int) -> Integers:
    """`k` of the candidates, in the order of choice."""
    worth = Worth(rows, k)
    bounds = worth.gains(candidates)
    looked = np.zeros(len(candidates), dtype=np.int64)
    chosen = np.empty(k, dtype=np.int64)
    for step in range(k):
        block = BLOCK
        while looked[best := int(bounds.argmax())] != step:
            block = min(2 * block, len(candidates))
            again = np.argpartition(bounds, -block)[-block:]
            again = again[(looked[again] != step) & (bounds[again] >= 0)]
            bounds[again] = worth.gains(candidates[again])
            looked[again] = step
        chosen[step] = candidates[best]
        worth.add(chosen[step])
        bounds[best] = -1
    return chosen


class Worth:
    """What each feature adds once more, as the choice grows."""

    def __init__(self, rows: Rows, k: int) -> None:
        self.rows = rows
        most = int(rows.counts.max(initial=1))
        self.harmonic = np.concatenate(([0], np.cumsum(UNIT // np.arange(1, (k + 1) * most + 1))))
        self.shown = np.zeros(len(rows.weights), dtype=np.int64)
        self.levels, self.level = np.unique(rows.counts, return_inverse=True)
        self.adds = np.empty((len(self.levels), len(rows.weights)), dtype=np.int64)
        self.update(np.arange(len(rows.weights)))

    def update(self, codes: NDArray[np.integer]) -> None:
        shown = self.shown[codes]
        after = self.harmonic[shown + self.levels[:, None]]
        self.adds[:, codes] = self.rows.weights[codes] * (after - self.harmonic[shown])

    def add(self, row: np.int64) -> None:
        own = self.rows.codes[self.rows.starts[row] : self.rows.starts[row + 1]]
        self.shown[own] += self.rows.counts[row]
        self.update(own)

    def gains(self, rows: Integers) -> Integers:
        """What each of the rows would add now."""
        slices = [self.slice_gains(rows[begin : begin + SLICE]) for begin in range(0, len(rows), SLICE)]
        return np.concatenate([np.empty(0, dtype=np.int64), *slices])

    def slice_gains(self, rows: Integers) -> Integers:
        begins = self.rows.starts[rows]
        lengths = self.rows.starts[rows + 1] - begins
        ends = np.cumsum(lengths)
        places = np.arange(ends[-1]) + np.repeat(begins - ends + lengths, lengths)
        adds = self.adds[np.repeat(self.level[rows], lengths), self.rows.codes[places]]
        totals = np.concatenate(([0], np.cumsum(adds)))
        gains: Integers = totals[ends] - totals[ends - lengths]
        return gains
