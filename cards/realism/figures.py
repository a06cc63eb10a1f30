"""What realism reports of all tasks have in common: spreads, figures, and how they are written.

A figure has many values: one a dialogue or a turn; if it is a rate, one of each `BLOCK` dialogues; if it is a
vocabulary, one of each thousand words. It counts as inside if the generated median lies between the quartiles of the
people's values. That says a typical dialogue is like a typical one of theirs, not that the two could not be told apart.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple, TypeVar

from madata.cards.show import episodes, plain
from madata.schemas.tasks import Episode
from madata.validators.lines import InputError

BLOCK = 50
THOUSAND = 1000

T = TypeVar("T")


class Spread(NamedTuple):
    """Quartiles of `values` values."""

    q1: float
    median: float
    q3: float
    values: int


class Figure(NamedTuple):
    name: str
    human: Spread | None
    generated: Spread | None

    @property
    def inside(self) -> bool | None:
        if self.human is None or self.generated is None:
            return None
        return self.human.q1 <= self.generated.median <= self.human.q3


class Side(NamedTuple):
    """A run: how many episodes it has, how many can be compared, and what is measured of those that are."""

    path: Path
    episodes: int
    comparable: int
    dialogues: list[Any]


class Curve(NamedTuple):
    """A picture of values one after the other: its name, its axes, and the points of a side."""

    name: str
    across: str
    up: str
    points: Callable[[Side], list[Spread]]


@dataclass(frozen=True)
class Kind:
    """`comparable`: what is measured of an episode, None if it is no match; `about`: what it then is, in the plural.
    `alike` narrows both sides to what is most alike, and says what that is. `measure`: the values of each figure."""

    about: str
    sources: str
    comparable: Callable[[Episode], Any | None]
    alike: Callable[[Side, Side], tuple[Side, Side, str]]
    measure: Callable[[Sequence[Any]], Mapping[str, list[float]]]
    curve: Curve
    said_in: str


class Comparison(NamedTuple):
    kind: Kind
    compared: str
    human: Side
    generated: Side
    figures: list[Figure]


def beside(kind: Kind, run: Path, human: Path) -> Comparison:
    generated, people, compared = kind.alike(read(kind, run), read(kind, human))
    mine, theirs = kind.measure(generated.dialogues), kind.measure(people.dialogues)
    figures = [Figure(name, spread(theirs[name]), spread(mine[name])) for name in theirs]
    return Comparison(kind, compared, people, generated, figures)


def read(kind: Kind, path: Path) -> Side:
    seen = 0
    found: list[Any] = []
    for episode in episodes(path):
        seen += 1
        if (dialogue := kind.comparable(episode)) is not None:
            found.append(dialogue)
    if not found:
        raise InputError(
            f"{path} has no {kind.about} among its {seen:,} episodes: name a run that has ({kind.sources})"
        )
    return Side(path, seen, len(found), found)


def blocks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Whole blocks; the rest is a block only where it is all there is."""
    whole = [items[start : start + size] for start in range(0, len(items) - size + 1, size)]
    return whole or ([items] if items else [])


def rate(cases: Sequence[bool]) -> float:
    return sum(cases) / len(cases)


def rates(cases: Sequence[bool]) -> list[float]:
    """Of each block."""
    return [rate(some) for some in blocks(cases, BLOCK)]


def vocabulary(said: Sequence[str]) -> list[float]:
    """Different words of each thousand."""
    return [len(set(some)) for some in blocks(said, THOUSAND) if len(some) == THOUSAND]


def spread(values: Sequence[float]) -> Spread | None:
    if not values:
        return None
    q1, median, q3 = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Spread(q1, median, q3, len(values))


# What is written.


def write(comparison: Comparison, out: Path) -> str:
    """Three files in `out`; the table of figures."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "realism.json").write_text(json.dumps(as_json(comparison), indent=2, sort_keys=True) + "\n")
        (out / "realism.md").write_text(page(comparison))
        draw(comparison, out / f"{comparison.kind.curve.name}.png")
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror}; choose another directory with --out") from error
    return table(comparison)


def as_json(comparison: Comparison) -> dict[str, Any]:
    curve = comparison.kind.curve
    sides = {"human": comparison.human, "generated": comparison.generated}
    return {
        "compared": comparison.compared,
        "runs": {
            name: {
                "path": str(side.path),
                "episodes": side.episodes,
                "comparable": side.comparable,
                "compared": len(side.dialogues),
            }
            for name, side in sides.items()
        },
        "figures": {
            figure.name: {
                "human": figure.human and figure.human._asdict(),
                "generated": figure.generated and figure.generated._asdict(),
                "inside": figure.inside,
            }
            for figure in comparison.figures
        },
        curve.name: {name: [point._asdict() for point in curve.points(side)] for name, side in sides.items()},
    }


def table(comparison: Comparison) -> str:
    """The figures as a table, in Markdown."""
    header = ["figure", "people: median", "quartiles", "generated: median", "quartiles", ""]
    rows = [
        [
            figure.name,
            *(cell for side in (figure.human, figure.generated) for cell in cells(side)),
            {True: "inside", False: "OUTSIDE", None: "too few"}[figure.inside],
        ]
        for figure in comparison.figures
    ]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    ruled = [header, ["-" * width for width in widths], *rows]
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in ruled) + "\n"


def cells(side: Spread | None) -> tuple[str, str]:
    return (f"{side.median:.4g}", f"{side.q1:.4g} to {side.q3:.4g}") if side else ("", "")


def page(comparison: Comparison) -> str:
    inside = [figure.inside for figure in comparison.figures]
    curve = comparison.kind.curve
    return (
        f"# A generated run beside one of people\n\nCompared are {comparison.compared}.\n\n"
        f"{''.join(counted(comparison))}\n{table(comparison)}\n"
        f"{inside.count(True)} of {len(inside)} generated medians lie between the quartiles of the people's values. "
        f"How each is taken is said in {comparison.kind.said_in}.\n\n"
        f"![{curve.up} by {curve.across}]({curve.name}.png)\n"
    )


def counted(comparison: Comparison) -> Iterator[str]:
    for name, side in (("people", comparison.human), ("generated", comparison.generated)):
        yield (
            f"- {name}: `{plain(str(side.path))}`, {side.episodes:,} episodes, {side.comparable:,} of them "
            f"{comparison.kind.about}, {len(side.dialogues):,} compared\n"
        )


def draw(comparison: Comparison, path: Path) -> None:
    """The curves of both sides: medians as lines, quartiles as bands."""
    from matplotlib.figure import Figure as Canvas
    from matplotlib.ticker import MaxNLocator

    curve = comparison.kind.curve
    canvas = Canvas(figsize=(7, 4.5), layout="constrained")
    axes = canvas.subplots()
    for name, side, colour in (("people", comparison.human, "C0"), ("generated", comparison.generated, "C1")):
        points = curve.points(side)
        numbers = range(1, len(points) + 1)
        axes.plot(numbers, [point.median for point in points], marker="o", color=colour, label=name)
        axes.fill_between(
            numbers,
            [point.q1 for point in points],
            [point.q3 for point in points],
            color=colour,
            alpha=0.2,
            linewidth=0,
        )
    axes.set(xlabel=curve.across, ylabel=curve.up, ylim=(0, 1.05))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(title="median and quartiles")
    canvas.savefig(path, dpi=150, metadata={"Software": None})
