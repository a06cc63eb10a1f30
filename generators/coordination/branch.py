"""The cheapest plan, exactly: depth-first branch and bound over one value a decision.

A plan costs what its values cost one by one, and a *surcharge* for how they go together. Values are tried in order and
only a cheaper plan replaces one that was found, so of several the lexicographically smallest is it.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

Costs = Sequence[Sequence[int | None]]
"""A row a decision, an entry a value; None rules the value out."""
Surcharge = Callable[[list[int]], int | None]
"""Of the first values of a plan: no more than of any whole plan that begins with them (None: there is none); of a whole
plan exactly."""


class Found(NamedTuple):
    """`steps`: how many beginnings of plans were looked at."""

    plan: tuple[int, ...] | None
    cost: int
    steps: int


def cheapest(costs: Costs, surcharge: Surcharge) -> Found:
    """The cheapest plan; `plan` is None if none is possible."""
    least = [min((cost for cost in row if cost is not None), default=None) for row in costs]
    if None in least:
        return Found(None, 0, 0)
    rest = [sum(cost for cost in least[i:] if cost is not None) for i in range(len(costs) + 1)]
    best: tuple[int, ...] | None = None
    bound = 0
    steps = 0
    chosen: list[int] = []

    def extend(spent: int) -> None:
        nonlocal best, bound, steps
        row = costs[len(chosen)]
        for value, cost in enumerate(row):
            if cost is None or (best is not None and spent + cost + rest[len(chosen) + 1] >= bound):
                continue
            steps += 1
            chosen.append(value)
            extra = surcharge(chosen)
            if extra is not None:
                total = spent + cost + extra + rest[len(chosen)]
                if best is None or total < bound:
                    if len(chosen) == len(costs):
                        best, bound = tuple(chosen), total
                    else:
                        extend(spent + cost)
            chosen.pop()

    extend(0)
    return Found(best, bound, steps)


def fewest(costs: Costs, counts: Sequence[Sequence[int]], surcharge: Surcharge) -> int | None:
    """Of all cheapest plans the least sum of what their values count; None if there is no plan."""
    unit = 1 + sum(map(max, counts))

    def in_units(chosen: list[int]) -> int | None:
        extra = surcharge(chosen)
        return None if extra is None else extra * unit

    finer = [
        [None if cost is None else cost * unit + count for cost, count in zip(*row, strict=True)]
        for row in zip(costs, counts, strict=True)
    ]
    found = cheapest(finer, in_units)
    return None if found.plan is None else found.cost % unit
