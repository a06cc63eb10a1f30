"""What a check shows beside its findings: pictures as data, and examples to read. `report` draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Bar(NamedTuple):
    """A value, with its confidence interval if it has one, and the line it is held against (chance, a limit)."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    line: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """One bar a label; `unit` is what a value counts ("share": 0 to 1)."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Points:
    """Series of (x, y), each a line or, where `joined` is false, dots."""

    title: str
    x: str
    y: str
    series: Mapping[str, tuple[tuple[float, float], ...]]
    joined: bool = True


Picture = Bars | Points


@dataclass(frozen=True, slots=True)
class Example:
    """Something to look at: texts side by side, each under what it is."""

    title: str
    sides: Mapping[str, str]
