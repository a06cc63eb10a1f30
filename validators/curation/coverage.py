"""What of a corpus a choice shows: how many of its features, and how the shares of them moved.

`by chance` is how many features as many episodes drawn at random would show on average, which needs no drawing: a draw
of k of n misses a feature of c episodes with probability C(n - c, k) / C(n, k).
"""

from collections.abc import Iterator
from math import expm1, lgamma
from textwrap import wrap
from typing import Any

import numpy as np

from madata.validators.curation.table import Integers, Table

WIDTH = 110
READ = (
    ("structure", "family"),
    ("ability", "ability"),
    ("ability", "order"),
    ("difficulty", "difficulty"),
    ("outcome", "ended"),
    ("outcome", "success"),
)


def summary(table: Table, chosen: Integers) -> dict[str, Any]:
    """`scopes` (tasks, or files of rows) before and after, `features` by facet, the mean `difficulty` before and after,
    and of each scope the `shares` of each value before and after."""
    before, after = table.counted().tolist(), table.counted(chosen).tolist()
    n, k = len(table.difficulty), len(chosen)
    rows, picked = (
        np.bincount(own, minlength=len(table.scopes)).tolist() for own in (table.scope, table.scope[chosen])
    )
    scopes = {scope: (was, now) for scope, was, now in zip(table.scopes, rows, picked, strict=True)}
    facets: dict[str, dict[str, float]] = {}
    shares: dict[str, dict[str, dict[str, dict[str, list[float]]]]] = {}
    for (aspect, value), there, shown in sorted(zip(table.features, before, after, strict=True)):
        if there:
            facet = facets.setdefault(aspect.facet, {"there": 0, "chosen": 0, "by chance": 0.0})
            facet["there"] += 1
            facet["chosen"] += shown > 0
            facet["by chance"] += drawn(there, n, k)
            if aspect.name != "words":
                own = shares.setdefault(aspect.scope, {}).setdefault(aspect.facet, {})
                values = own.setdefault(aspect.name, {})
                was, now = values.get(value, [0.0, 0.0])
                of, out_of = scopes[aspect.scope]
                values[value] = [was + there / of, now + shown / max(1, out_of)]
    for facet in facets.values():
        facet["by chance"] = round(facet["by chance"], 1)
    for aspects in (aspects for of_facet in shares.values() for aspects in of_facet.values()):
        for values in aspects.values():
            values |= {value: [round(was, 4), round(now, 4)] for value, (was, now) in values.items()}
    difficulty = [round(float(of.mean()), 4) for of in (table.difficulty, table.difficulty[chosen])]
    return {"scopes": scopes, "features": facets, "difficulty": difficulty, "shares": shares}


def drawn(there: int, n: int, k: int) -> float:
    """The probability that a draw of k of n holds one of `there`."""
    if k > n - there:
        return 1.0
    return -expm1(lgamma(n - there + 1) - lgamma(n - there - k + 1) - lgamma(n + 1) + lgamma(n - k + 1))


def lines(figures: dict[str, Any]) -> Iterator[str]:
    """For a terminal: the facets, and the aspects that are asked for first."""
    for name, of in figures["features"].items():
        chance = f"{of['by chance']:,.1f} by chance"
        yield f"  {name:10}  {of['chosen']:,} of {of['there']:,} features ({chance})"
    before, after = figures["difficulty"]
    yield f"  mean difficulty {before:.2f} of all, {after:.2f} of the chosen"
    yield "  share of episodes with each, of all -> of the chosen:"
    for scope, (was, now) in figures["scopes"].items():
        yield f"  {scope}: {now:,} of {was:,} episodes"
        for facet, name in READ:
            if values := figures["shares"].get(scope, {}).get(facet, {}).get(name):
                moved = (f"{value}: {was:.1%}->{now:.1%}" for value, (was, now) in values.items())
                yield f"    {name}"
                yield from wrap(", ".join(moved), WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)
