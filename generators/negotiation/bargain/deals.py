"""The domain of a bargain: all deals there could be, in canonical order (docs/negotiation.md, "Deals").

A deal is an entry an issue, and whatever is asked of deals is a sum over issues: what a deal is worth, how uneven it
is, how far from another. So a quantity is given as one array of figures an issue, a figure an entry, and `Deals.sums`
makes of them one figure a deal.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import combinations, pairwise
from math import comb, prod

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas.negotiation import Choice, Deal, Issue, Split, Worth

LIMIT = 100_000

Figures = NDArray[np.int64]


class Shares:
    """The ways to split some units among n parties, in ascending lexicographic order."""

    def __init__(self, units: int, n: int) -> None:
        bars = combinations(range(units + n - 1), n - 1)
        ends = ((-1, *places, units + n - 1) for places in bars)
        self.entries = [tuple(right - left - 1 for left, right in pairwise(places)) for places in ends]
        self.units = np.array(self.entries, dtype=np.int64)
        self.index = {entry: number for number, entry in enumerate(self.entries)}


shares = lru_cache(maxsize=256)(Shares)


class Deals:
    """The deals on these issues among n parties; raises `Unplayable` for more than `LIMIT`."""

    def __init__(self, issues: Sequence[Issue], n: int) -> None:
        if not issues:
            raise Unplayable("issues", "there is none; give at least one to bargain over")
        self.issues = issues
        self.sizes = [
            comb(issue.units + n - 1, n - 1) if isinstance(issue, Split) else len(issue.options) for issue in issues
        ]
        self._count = prod(self.sizes)
        if self._count > LIMIT:
            raise Unplayable("issues", f"{self._count:,} deals; at most {LIMIT:,} can be played")
        self.shares = [shares(issue.units, n) if isinstance(issue, Split) else None for issue in issues]
        self._strides = [prod(self.sizes[number + 1 :]) for number in range(len(issues))]

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> Deal:
        return [
            list(among.entries[index // stride % size]) if among else index // stride % size
            for among, stride, size in zip(self.shares, self._strides, self.sizes, strict=True)
        ]

    def index(self, deal: Deal) -> int:
        """The place of a deal in canonical order; raises `Unplayable` if it is none of the domain."""
        if len(deal) != len(self.issues):
            raise Unplayable("deal", f"{len(deal)} entries for {len(self.issues)} issues")
        total = 0
        for issue, among, stride, size, entry in zip(
            self.issues, self.shares, self._strides, self.sizes, deal, strict=True
        ):
            if among:
                found = among.index.get(tuple(entry)) if isinstance(entry, list) else None
            else:
                found = entry if isinstance(entry, int) and 0 <= entry < size else None
            if found is None:
                raise Unplayable("deal", f"{entry} is no way to settle {issue.id}")
            total += found * stride
        return total

    def sums(self, figures: Sequence[Figures], among: NDArray[np.intp] | None = None) -> Figures:
        """One figure a deal, the sum of those of its entries; `figures` has an array an issue. `among` are indices of
        the deals wanted, if not all are."""
        if among is not None:
            parts = zip(figures, self._strides, self.sizes, strict=True)
            return sum((part[among // stride % size] for part, stride, size in parts), np.zeros(len(among), np.int64))
        total = figures[0]
        for part in figures[1:]:
            total = np.add.outer(total, part).ravel()
        return total

    def worth(self, worth: Worth, place: int) -> Figures:
        """What each deal is worth to the party at this place of the agent order; raises `Unplayable` if the points do
        not fit the issues."""
        if len(worth) != len(self.issues):
            raise Unplayable("worth", f"{len(worth)} entries for {len(self.issues)} issues")
        return self.sums(
            [
                self._worth(issue, among, points, place)
                for issue, among, points in zip(self.issues, self.shares, worth, strict=True)
            ]
        )

    @staticmethod
    def _worth(issue: Issue, among: Shares | None, points: int | list[int], place: int) -> Figures:
        match issue, points:
            case Split(), int():
                assert among
                return among.units[:, place] * points
            case Choice(), list() if len(points) == len(issue.options):
                return np.array(points, dtype=np.int64)
        wanted = "one figure a unit" if isinstance(issue, Split) else f"{len(issue.options)} figures, one an option"
        raise Unplayable("worth", f"{points} does not fit {issue.id}, which takes {wanted}")
