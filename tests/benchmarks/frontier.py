"""The Pareto frontier: `python -P tests/benchmarks/frontier.py`. Seconds, and how many times a sort of the same array.

Additive points are the deals of a domain: five issues of ten options, each with random points for each party.
"""

import time

import numpy as np

from madata.generators.negotiation.bargain.frontier import frontier

DEALS = 100_000
MOST = 1000


def additive(parties, rng):
    total = np.zeros((1, parties), dtype=np.int64)
    for _ in range(5):
        total = (total[:, None] + rng.integers(0, MOST, (10, parties))).reshape(-1, parties)
    return total


def independent(parties, rng):
    return rng.integers(0, MOST, (DEALS, parties))


def opposed(parties, rng):
    """What some gain others lose, but for a little: a great part is optimal."""
    cuts = np.sort(rng.integers(0, MOST, (DEALS, parties - 1)), axis=1)
    return np.diff(cuts, axis=1, prepend=0, append=MOST) + rng.integers(0, 10, (DEALS, parties))


def seconds(work, points, times=3):
    found = []
    for _ in range(times):
        begun = time.perf_counter()
        work(points)
        found.append(time.perf_counter() - begun)
    return min(found)


def main():
    rng = np.random.default_rng(0)
    for make in (additive, independent, opposed):
        for parties in (2, 3, 4):
            points = make(parties, rng)
            took = seconds(frontier, points)
            ratio = took / seconds(lambda array: np.sort(array, axis=0), points)
            print(
                f"{make.__name__}, {parties} parties: {took:.3f} s, {ratio:.1f} sorts, {frontier(points).sum()} optimal"
            )
    for deals in (36, 100, 400):
        for parties in (2, 3, 4):
            points = rng.integers(0, 100, (deals, parties))
            print(f"{deals} deals, {parties} parties: {1e6 * seconds(frontier, points, 50):.0f} us")


if __name__ == "__main__":
    main()
