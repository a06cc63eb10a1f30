"""What a probe scores, with a confidence interval.

Intervals are linearised and clustered: items of one document go together (Binder 1983; for the AUC, Obuchowski 1997).
"""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]
    Integers = np.ndarray[Any, np.dtype[np.int64]]
    Bools = np.ndarray[Any, np.dtype[np.bool_]]

Z = 1.96  # 95 %, as shown
FIRM = 3.0  # 99.9 %, to find something: some hundred kinds of items are looked at, by a dozen probes each


class Estimate(NamedTuple):
    score: float
    low: float
    high: float

    @property
    def surely(self) -> float:
        """What it is not below, as sure as a finding has to be."""
        return self.score - (self.score - self.low) * FIRM / Z


def balanced(scores: "Floats", helps: "Sequence[bool | None]", documents: "Integers") -> Estimate:
    """The mean score; of items whose answer is compared with the world, half of it is from those where they agree and
    half from those where they do not. If only one side is there, it counts for both."""
    import numpy as np

    sides = [np.array([each is side for each in helps]) for side in (None, True, False)]
    compared = sum(bool(side.any()) for side in sides[1:])
    share = float(sides[0].mean())
    total, spread = 0.0, np.zeros(len(scores))
    for side, weight in zip(sides, (share, *2 * ((1 - share) / max(compared, 1),)), strict=True):
        if side.any():
            mean = float(scores[side].mean())
            total += weight * mean
            spread[side] = weight * (scores[side] - mean) / side.sum()
    return clustered(total, spread, documents)


def auc(said: "Floats", truth: "Bools", documents: "Integers") -> Estimate:
    """How often what is true is given a higher score than what is not."""
    import numpy as np
    from scipy.stats import rankdata

    pairs = np.where(truth, (~truth).sum(), truth.sum())
    within = np.empty(len(said))
    for side in (True, False):
        within[truth == side] = rankdata(said[truth == side])
    below = (rankdata(said) - within) / pairs
    placed = np.where(truth, below, 1 - below)
    area = float(placed[truth].mean())
    return clustered(area, (placed - area) / np.where(truth, truth.sum(), (~truth).sum()), documents)


def clustered(score: float, parts: "Floats", documents: "Integers") -> Estimate:
    """The interval around a score from what each item contributes to its deviation."""
    import numpy as np

    _, cluster = np.unique(documents, return_inverse=True)
    spread = Z * float(np.sqrt((np.bincount(cluster, parts) ** 2).sum()))
    return Estimate(score, max(0.0, score - spread), min(1.0, score + spread))
