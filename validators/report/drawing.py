"""Pictures as HTML: the two shapes of `picture` as SVG, their words as text beside it or in it.

The page's style sheet gives every colour, so a picture follows dark mode and prints. A bar is a strip that stretches to
whatever width there is, its words outside; points are a plot of fixed proportions, drawn for a phone and enlarged.
"""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import TypeGuard, TypeVar

from madata.validators.picture import Bar, Bars, Picture, Points
from madata.validators.report.words import html, number

MOST_BARS, SEEN_BARS = 60, 20  # drawn; of them not folded
MOST_POINTS = 2_000
COLOURS = 6
LABEL, SHORT = 80, 14
WIDTH, HEIGHT = 340, 210
LEFT, RIGHT, TOP, BOTTOM = 44, 10, 8, 22
BEYOND = 1e15  # what is greater, or no number, is not drawn

Item = TypeVar("Item")


def drawn(picture: Picture) -> str:
    content = bars(picture) if isinstance(picture, Bars) else points(picture)
    return f"<figure><figcaption>{html(picture.title)}</figcaption>{content}</figure>"


def bars(picture: Bars) -> str:
    told = [bar for bar in picture.bars if drawable(bar.value)]
    marks = [mark for bar in told for mark in (*bar[1:], 0) if drawable(mark)]
    if not told:
        return NOTHING
    low, high = min(marks), max(marks)
    span = high - low or 1
    shared = told[0].line if len(told) > 1 and len(dict.fromkeys(bar.line for bar in told)) == 1 else None

    def quantity(value: float) -> str:
        if picture.unit != "share":
            return number(value)
        return f"{value:.1%}" if not value or abs(value) >= 0.001 else f"{100 * value:.1g}%"

    def at(value: float) -> str:
        return f"{100 * (value - low) / span:.2f}"

    def strip(bar: Bar) -> str:
        start, end = sorted((0.0, bar.value))
        width = 100 * (end - start) / span
        shape = f'<rect x="{at(start)}" y="1" width="{width:.2f}" height="8"/>'
        words = quantity(bar.value)
        if drawable(bar.low) and drawable(bar.high):
            ends = f"M{at(bar.low)} 3V7M{at(bar.high)} 3V7"
            shape += f'<path class="whisker" d="M{at(bar.low)} 5H{at(bar.high)}{ends}"/>'
            words += f" <small>({quantity(bar.low)} to {quantity(bar.high)})</small>"
        if drawable(bar.line):
            shape += f'<path class="line" d="M{at(bar.line)} 0V10"/>'
            if not shared:
                words += f' <small class="line">| {quantity(bar.line)}</small>'
        if drawable(bar.chance):
            shape += f'<path class="chance" d="M{at(bar.chance)} 0V10"/>'
            words += f' <small class="chance">¦ {quantity(bar.chance)}</small>'
        svg = f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{shape}</svg>'
        return f"<li><span>{html(bar.label, LABEL)}</span><span>{words}</span>{svg}</li>"

    caption = [*filter(None, [html(picture.unit)]), f"drawn from {quantity(low)} to {quantity(high)}"]
    if any(bar.low is not None for bar in told):
        caption.append("whiskers and brackets: confidence interval")
    if any(bar.line is not None for bar in told):
        limit = f" {quantity(shared)}" if shared else ""
        caption.append(f'<span class="line">|</span> limit{limit}')
    if any(bar.chance is not None for bar in told):
        caption.append('<span class="chance">¦</span> chance')
    if len(told) > MOST_BARS:
        caption.append(f"the first {MOST_BARS} of {len(told):,}")
    note = ", ".join(caption)
    style = "short" if all(len(bar.label) <= SHORT and bar.low is None for bar in told) else "long"

    def strips(some: Sequence[Bar]) -> str:
        return f'<ul class="bars {style}">{"".join(map(strip, some))}</ul>'

    rest = told[SEEN_BARS:MOST_BARS]
    folded = f"<details><summary>{len(rest)} more</summary>{strips(rest)}</details>" if rest else ""
    return f'{strips(told[:SEEN_BARS])}{folded}<p class="note">{note}</p>'


def points(picture: Points) -> str:
    series = {
        name: [(x, y) for x, y in values if drawable(x) and drawable(y)] for name, values in picture.series.items()
    }
    series = {name: values for name, values in series.items() if values}
    if not series:
        return NOTHING
    xs = ticks([x for values in series.values() for x, _ in values])
    ys = ticks([y for values in series.values() for _, y in values])

    def across(x: float) -> str:
        return f"{LEFT + (WIDTH - LEFT - RIGHT) * (x - xs[0]) / (xs[-1] - xs[0]):.1f}"

    def up(y: float) -> str:
        return f"{HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (y - ys[0]) / (ys[-1] - ys[0]):.1f}"

    parts = [f'<path class="axis" d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}"/>']
    for x in xs:
        parts.append(f'<text x="{across(x)}" y="{HEIGHT - 7}" text-anchor="middle">{number(x)}</text>')
    for y in ys:
        parts.append(f'<path class="grid" d="M{LEFT} {up(y)}H{WIDTH - RIGHT}"/>')
        parts.append(f'<text x="{LEFT - 5}" y="{float(up(y)) + 4:.1f}" text-anchor="end">{number(y)}</text>')
    legend = []
    for index, (name, values) in enumerate(series.items()):
        shown = spread(values, MOST_POINTS // len(series) + 2)
        way = [f"{across(x)} {up(y)}" for x, y in shown]
        shape = "M" + "L".join(way) if picture.joined else "".join(f"M{at}h0" for at in dict.fromkeys(way))
        style = f"{'joined' if picture.joined and len(way) > 1 else 'dots'} c{index % COLOURS}"
        parts.append(f'<path class="{style}" d="{shape if len(way) > 1 else f"M{way[0]}h0"}"/>')
        swatch = f'<svg viewBox="0 0 20 10" aria-hidden="true"><path class="{style}" d="M2 5h16"/></svg>'
        thinned = f" ({len(shown):,} of {len(values):,} drawn)" if len(shown) < len(values) else ""
        legend.append(f"<li>{swatch}{html(name, LABEL)}{thinned}</li>")
    name = html(f"{picture.y} against {picture.x}: {', '.join(series)}")
    svg = f'<svg class="plot" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{name}">{"".join(parts)}</svg>'
    axes = f"upwards: {html(picture.y)}; to the right: {html(picture.x)}"
    return f'{svg}<p class="note">{axes}</p><ul class="legend">{"".join(legend)}</ul>'


def ticks(values: Sequence[float]) -> list[float]:
    """Round numbers from at most the least to at least the greatest value, five to a scale or so; whole ones for whole
    values."""
    low, high = min(values), max(values)
    if high - low <= 1e-9 * max(1, abs(low), abs(high)):
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / 5
    power = 10.0 ** floor(log10(rough))
    step = next(power * factor for factor in (1, 2, 5, 10) if power * factor >= rough)
    if all(float(value).is_integer() for value in values):
        step = max(step, 1.0)
    return [round(step * at, 12) for at in range(floor(low / step), ceil(high / step) + 1)]


def drawable(value: float | None) -> TypeGuard[float]:
    return value is not None and abs(value) < BEYOND


def spread(values: Sequence[Item], most: int) -> Sequence[Item]:
    """At most so many of the values, evenly."""
    return values if len(values) <= most else [values[len(values) * at // most] for at in range(most)]


NOTHING = '<p class="note">nothing to draw</p>'
