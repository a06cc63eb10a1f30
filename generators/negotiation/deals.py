"""The domain of a bargain: all deals there could be, in canonical order (docs/negotiation.md, "Deals").

A deal is an entry an issue, and everything that is asked of deals is a sum over issues: what a deal is worth, how
uneven it is, how far from another. So a quantity is given as one array of figures an issue, a figure an entry, and
`Deals.sums` makes of them one figure a deal. A domain depends on the sizes of its issues only, and is kept.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import comb, prod
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas.negotiation import Deal, Issue, Worth

LIMIT = 100_000

Figures = NDArray[np.int64]


class Size(NamedTuple):
    """All that deals know of an issue: its units, or how many options it has."""

    kind: str
    amount: int


class Deals:
    """`Deals(issues, n)`: the deals on these issues among n parties; raises `Unplayable` for more than `LIMIT`."""

    def __init__(self, issues: Sequence[Issue], n: int) -> None: ...

    def __len__(self) -> int: ...

    def index(self, deal: Deal) -> int:
        """The place of a deal in canonical order; raises `Unplayable` if it is none of the domain."""
        raise NotImplementedError

    def __getitem__(self, index: int) -> Deal:
        raise NotImplementedError

    def sums(self, figures: Iterable[Figures]) -> Figures:
        """One figure a deal: the sum of those of its entries. `figures` has an array an issue."""
        raise NotImplementedError

    def worth(self, worth: Worth, place: int) -> Figures:
        """What each deal is worth to the party at this place of the agent order."""
        raise NotImplementedError
