"""What is at stake in a bargain: what each deal is worth to whom, and what each could do without any deal.

It depends on the game alone, so a table shares it with all its re-runs, and each part is worked out when first asked
for.
"""

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.bargain.deals import Deals, Figures
from madata.generators.negotiation.bargain.frontier import frontier
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas.negotiation import Issue, Party, Split

MOST = 100_000
"""What a record can hold; see `Points` in the schema."""


class Stakes:
    """`worth` and `gains` have a row a party, in agent order, and a column a deal, in canonical order."""

    def __init__(self, issues: Sequence[Issue], parties: Sequence[Party]) -> None:
        self.issues = issues
        self.parties = parties
        self.deals = Deals(issues, len(parties))
        self.worth = np.stack([self.deals.worth(party.worth, place) for place, party in enumerate(parties)])
        self.reservations = [party.reservation for party in parties]
        for party, row in zip(parties, self.worth, strict=True):
            if row.max() > MOST or row.min() < -MOST:
                raise Unplayable("worth", f"a deal can be worth more than {MOST:,} points to {party.agent}, or less")

    @cached_property
    def gains(self) -> Figures:
        gains: Figures = self.worth - np.array(self.reservations)[:, None]
        return gains

    @cached_property
    def zone(self) -> NDArray[np.intp]:
        """The deals that leave nobody below its reservation."""
        return np.flatnonzero((self.gains >= 0).all(axis=0))

    @cached_property
    def optimal(self) -> NDArray[np.bool_]:
        return frontier(self.worth.T)

    @cached_property
    def ranked(self) -> list[tuple[Figures, NDArray[np.intp]]]:
        """Of each party what deals are worth to it, ascending, and these deals; equal ones in canonical order."""
        orders = np.argsort(self.worth, axis=1, kind="stable")
        return [(row[order], order) for row, order in zip(self.worth, orders, strict=True)]

    @cached_property
    def focal(self) -> list[int]:
        """For each party the least uneven deal; of several the one worth most to it, then the first."""
        unevenness = self.deals.sums(
            [
                among.units.max(axis=1) - among.units.min(axis=1) if among else abs(2 * np.arange(size) - (size - 1))
                for among, size in zip(self.deals.shares, self.deals.sizes, strict=True)
            ]
        )
        evenest = np.flatnonzero(unevenness == unevenness.min())
        return [int(evenest[row[evenest].argmax()]) for row in self.worth]

    def stakes(self, place: int) -> list[int]:
        """How much hangs on each issue for a party."""
        pairs = zip(self.issues, self.parties[place].worth, strict=True)
        return [_stake(issue, points) for issue, points in pairs]

    def top(self, place: int) -> int | None:
        """The number of the issue on which most hangs; None if it is not a single one."""
        stakes = self.stakes(place)
        most = max(stakes)
        return stakes.index(most) if stakes.count(most) == 1 else None


def _stake(issue: Issue, points: int | list[int]) -> int:
    if isinstance(issue, Split):
        assert isinstance(points, int)
        return points * issue.units
    assert isinstance(points, list)
    return max(points) - min(points)
