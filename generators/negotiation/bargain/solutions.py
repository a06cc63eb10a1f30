"""The deals that bargaining theory singles out: Nash 1950, Kalai and Smorodinsky 1975, egalitarian (Kalai 1977), and
utilitarian welfare; by docs/negotiation.md, in exact integers."""

from math import lcm

import numpy as np
from numpy.typing import NDArray

from madata.generators.negotiation.bargain.deals import Figures
from madata.generators.negotiation.bargain.stakes import Stakes
from madata.schemas.negotiation import Solution

ROOM = 2**62
"""Figures below it can be multiplied and compared as 64 bits."""

Exact = NDArray[np.int64] | NDArray[np.object_]


def nash(stakes: Stakes) -> Solution | None:
    """The greatest product of gains."""
    gains = stakes.gains[:, stakes.zone]
    if not gains.size:
        return None
    bound = 1
    for most in gains.max(axis=1).tolist():
        bound *= max(most, 1)
    return _first(stakes, _exact(gains, bound).prod(axis=0))


def kalai_smorodinsky(stakes: Stakes) -> Solution | None:
    """The greatest least ratio of gain to ideal."""
    gains = stakes.gains[:, stakes.zone]
    if not gains.size:
        return None
    ideals = gains.max(axis=1).tolist()
    common = lcm(*(ideal for ideal in ideals if ideal))
    scaled = [_exact(row, common) * (common // ideal) for row, ideal in zip(gains, ideals, strict=True) if ideal]
    return _first(stakes, np.stack(scaled).min(axis=0) if scaled else gains[0])


def egalitarian(stakes: Stakes) -> Solution | None:
    """The greatest least gain."""
    gains = stakes.gains[:, stakes.zone]
    return _first(stakes, gains.min(axis=0)) if gains.size else None


def welfare(stakes: Stakes) -> Solution:
    """The greatest sum of worths, among all deals."""
    return _solution(stakes, int(stakes.worth.sum(axis=0).argmax()))


def _exact(figures: Figures, bound: int) -> Exact:
    """The figures as Python's integers, if what is made of them may not fit into 64 bits."""
    return figures if bound < ROOM else figures.astype(object)


def _first(stakes: Stakes, scores: Exact) -> Solution:
    """Of the deals of the zone with the greatest score that with the greatest sum of gains, then the first."""
    best = stakes.zone[np.flatnonzero(scores == scores.max())]
    return _solution(stakes, int(best[stakes.worth[:, best].sum(axis=0).argmax()]))


def _solution(stakes: Stakes, deal: int) -> Solution:
    return Solution(deal=stakes.deals[deal], points=stakes.worth[:, deal].tolist())
