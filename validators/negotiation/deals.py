"""The deals of a bargain, what each is worth to whom, and which of them are best in some sense ("Deals", "Outcome").

A deal is known by its place in the canonical order. Worths are a table with a row a party and a column a deal, so that
a question about all deals is one about columns. All figures stay integers: products and ratios that outgrow 64 bits
are Python's.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache, reduce
from itertools import permutations
from math import comb, lcm, prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from madata.validators.trial import Json, Wrong

LIMIT = 100_000
BLOCK = 256

Entry = int | tuple[int, ...]
Table = NDArray[np.int64]


class Entries:
    """What deals can say of an issue, ascending: ways to share its units, or its options (`parties` 0)."""

    def __init__(self, size: int, parties: int) -> None:
        self.all: list[Entry] = list(shares(size, parties)) if parties else list(range(size))
        self.place = {entry: number for number, entry in enumerate(self.all)}
        self.units: Table = np.array(self.all).T
        self.uneven: Table = np.ptp(self.units, axis=0) if parties else abs(2 * self.units - (size - 1))

    def __len__(self) -> int:
        return len(self.all)


entries = lru_cache(maxsize=256)(Entries)


class Domain:
    def __init__(self, issues: Sequence[Json], parties: Sequence[Json]) -> None:
        self.issues = issues
        self.splits = [issue["kind"] == "split" for issue in issues]
        sizes = [
            comb(issue["units"] + len(parties) - 1, issue["units"]) if split else len(issue["options"])
            for issue, split in zip(issues, self.splits, strict=True)
        ]
        self.size = prod(sizes)
        if self.size > LIMIT:
            raise Wrong("game, issues", f"a domain of at most {LIMIT} deals", f"{self.size} deals")
        self._entries = [
            entries(issue["units"], len(parties)) if split else entries(len(issue["options"]), 0)
            for issue, split in zip(issues, self.splits, strict=True)
        ]
        for party in parties:
            self._fits(party)
        self.points = [party["worth"] for party in parties]
        self.worth: Table = np.array([self._worth(number) for number in range(len(parties))])
        self._deals: dict[int, tuple[Entry, ...]] = {}

    def _fits(self, party: Json) -> None:
        """One entry an issue, in the form of the issue."""
        where, worth = f"party {party['agent']}, worth", party["worth"]
        if len(worth) != len(self.issues):
            raise Wrong(where, f"{len(self.issues)} entries, one an issue", len(worth))
        for issue, split, points in zip(self.issues, self.splits, worth, strict=True):
            if split:
                if isinstance(points, list):
                    raise Wrong(where, f"points a unit of {issue['id']}", points)
            elif not isinstance(points, list) or len(points) != len(issue["options"]):
                raise Wrong(where, f"points for each of the {len(issue['options'])} options of {issue['id']}", points)

    def _worth(self, party: int) -> Table:
        """Of each deal: the sum over issues, the last issue fastest."""
        each = [
            np.array(points) if isinstance(points, list) else points * of.units[party]
            for points, of in zip(self.points[party], self._entries, strict=True)
        ]
        return over_issues(each)

    def place(self, deal: Sequence[Any]) -> int | None:
        """Where a deal stands in the canonical order; None for what is no deal of the domain."""
        if len(deal) != len(self.issues):
            return None
        found = 0
        for entry, of in zip(deal, self._entries, strict=True):
            number = of.place.get(tuple(entry) if isinstance(entry, list) else entry)
            if number is None:
                return None
            found = found * len(of) + number
        return found

    def deal(self, place: int) -> tuple[Entry, ...]:
        known = self._deals.get(place)
        if known is None:
            rest, found = place, []
            for of in reversed(self._entries):
                rest, number = divmod(rest, len(of))
                found.append(of.all[number])
            known = self._deals[place] = tuple(reversed(found))
        return known

    def json(self, place: int) -> list[Any]:
        return [list(entry) if isinstance(entry, tuple) else entry for entry in self.deal(place)]

    def stakes(self, party: int) -> list[int]:
        return [
            max(points) - min(points) if isinstance(points, list) else points * issue["units"]
            for issue, points in zip(self.issues, self.points[party], strict=True)
        ]

    def top(self, party: int) -> int | None:
        stakes = self.stakes(party)
        return stakes.index(max(stakes)) if stakes.count(max(stakes)) == 1 else None

    @cached_property
    def figures(self) -> Table:
        """A row a deal: all that it says, the units of a split for each party, or the option of a choice."""
        places = np.indices([len(of) for of in self._entries]).reshape(len(self._entries), -1)
        each = [of.units.reshape(-1, len(of))[:, place] for of, place in zip(self._entries, places, strict=True)]
        return np.concatenate(each).T

    def column(self, issue: int, party: int) -> int:
        """Where `figures` has what a party gets of an issue."""
        before = sum(len(self.points) if split else 1 for split in self.splits[:issue])
        return before + (party if self.splits[issue] else 0)

    @cached_property
    def unevenness(self) -> Table:
        return over_issues([of.uneven for of in self._entries])

    def dominated(self, place: int) -> bool:
        """Whether some deal is worth at least as much to all and more to one."""
        these = self.worth[:, place, np.newaxis]
        return bool(((self.worth >= these).all(axis=0) & (self.worth > these).any(axis=0)).any())

    def frontier(self) -> int:
        """How many deals no other dominates: points by falling sums, a block at a time against those kept so far and
        then against itself, for what dominates a point has a greater sum."""
        points, deals = np.unique(self.worth, axis=1, return_counts=True)
        falling = np.argsort(-points.sum(axis=0), kind="stable")
        points, deals = points[:, falling], deals[falling]
        kept, count = points[:, :0], 0
        for start in range(0, points.shape[1], BLOCK):
            block, weight = points[:, start : start + BLOCK], deals[start : start + BLOCK]
            free = as_good(kept, block) == 0
            block, weight = block[:, free], weight[free]
            free = as_good(block, block) == 1
            kept, count = np.concatenate([kept, block[:, free]], axis=1), count + int(weight[free].sum())
        return count


def over_issues(each: Sequence[Table]) -> Table:
    """A figure of each deal: the sum of those of its entries, the last issue fastest."""
    return reduce(np.add.outer, each).ravel()


def as_good(rivals: Table, points: Table) -> Table:
    """For each point how many of the rivals are at least as good for all."""
    good = reduce(np.logical_and, (r[:, np.newaxis] >= p for r, p in zip(rivals, points, strict=True)))
    counts: Table = good.sum(axis=0)
    return counts


class Zone:
    """The deals that leave no gain negative, and the best of them in three senses."""

    def __init__(self, domain: Domain, reservations: Sequence[int]) -> None:
        gains = domain.worth - np.array(reservations)[:, np.newaxis]
        self.deals = np.flatnonzero((gains >= 0).all(axis=0))
        self._gains = gains[:, self.deals]

    def nash(self) -> int:
        return self._best(wide(self._gains, prod(max(1, gain) for gain in self._ideals())).prod(axis=0))

    def egalitarian(self) -> int:
        return self._best(self._gains.min(axis=0))

    def kalai_smorodinsky(self) -> int:
        """Ratios as integers: all gains over one denominator."""
        ideals = self._ideals()
        common = lcm(*(ideal for ideal in ideals if ideal > 0))
        ratios = [
            gains * (common // ideal) for gains, ideal in zip(wide(self._gains, common), ideals, strict=True) if ideal
        ]
        return self._best(reduce(np.minimum, ratios)) if ratios else self._best(np.zeros(len(self.deals), np.int64))

    def _ideals(self) -> list[int]:
        ideals: list[int] = self._gains.max(axis=1).tolist()
        return ideals

    def _best(self, score: NDArray[Any]) -> int:
        """The deal of greatest score; ties go to the greater sum of gains, then to the first."""
        tied = np.flatnonzero(score == score.max())
        return int(self.deals[tied[self._gains[:, tied].sum(axis=0).argmax()]])


def wide(gains: Table, bound: int) -> NDArray[Any]:
    """Gains as Python's integers, where figures up to `bound` need it."""
    return gains if bound < 2**62 else gains.astype(object)


def shares(units: int, parties: int) -> Iterator[tuple[int, ...]]:
    """All ways to share units among parties, ascending."""
    if parties == 1:
        yield (units,)
        return
    for first in range(units + 1):
        for rest in shares(units - first, parties - 1):
            yield (first, *rest)


@lru_cache(maxsize=8)
def arrangements(numbers: tuple[int, ...]) -> Table:
    """Every arrangement of the numbers, a row each."""
    return np.unique(np.array(list(permutations(numbers))), axis=0)
