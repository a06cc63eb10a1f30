"""What a check shows beside its findings: pictures as data, and examples to read. `report` draws them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class Bar(NamedTuple):
    """A value, with its confidence interval if it has one, its limit (`line`), and what comes of chance."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    line: float | None = None
    chance: float | None = None


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


def as_json(picture: Picture) -> dict[str, Any]:
    if isinstance(picture, Bars):
        bars = [bar._asdict() for bar in picture.bars]
        return {"kind": "bars", "title": picture.title, "unit": picture.unit, "bars": bars}
    series = {name: [list(point) for point in points] for name, points in picture.series.items()}
    about = {"title": picture.title, "x": picture.x, "y": picture.y, "joined": picture.joined}
    return {"kind": "points", **about, "series": series}


@dataclass(frozen=True, slots=True)
class Example:
    """Something to look at: texts side by side, each under what it is."""

    title: str
    sides: Mapping[str, str]
