"""What a task has measured of its episodes, beside what all tasks have in common: a module `measures` in its package.

`measures(episode)` yields, for an episode, labels to be counted (`Count`: a bar of its share) and values to be averaged
(`Mean`: a point of a series). `balance` adds them up over the corpus; none of them can be wrong.
"""

from typing import NamedTuple


class Count(NamedTuple):
    title: str
    label: str


class Mean(NamedTuple):
    """`y` at `x`, in a series of the picture `title`."""

    title: str
    x_name: str
    y_name: str
    series: str
    x: float
    y: float


Measure = Count | Mean


def tenth(share: float) -> str:
    """The tenth that a share falls into, as a label that sorts (a bracket before any digit)."""
    if share < 0:
        return "(below 0)"
    low = int(min(share, 0.99) * 10)
    return f"0.{low} to {'1.0' if low == 9 else f'0.{low + 1}'}"
