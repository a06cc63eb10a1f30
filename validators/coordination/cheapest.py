"""The cheapest plans of a game, found depth first in lexicographic order: of equals the first found is the smallest."""

from collections.abc import Callable

from madata.validators.coordination.world import Plan
from madata.validators.trial import Wrong

STEPS = 100_000
"""The most beginnings of plans that are looked at in one search."""


def cheapest(
    decisions: int, values: int, bound: Callable[[Plan], int | None], cost: Callable[[Plan], int], *, ties: bool
) -> list[Plan]:
    """The cheapest plans: all with `ties`, else the first. `bound` of a beginning is what a plan that begins so costs
    at least, None if none works; `cost` is asked of whole plans alone. Raises `Wrong` if it takes too long."""
    best: int | None = None
    found: list[Plan] = []
    waiting: list[Plan] = [()]
    steps = 0
    while waiting:
        plan = waiting.pop()
        steps += 1
        if steps > STEPS:
            raise Wrong("game", f"best plans that {STEPS} steps find", f"{values} values for {decisions} decisions")
        least = bound(plan)
        if least is None or (best is not None and least >= best + ties):
            continue
        if len(plan) < decisions:
            waiting += [(*plan, value) for value in reversed(range(values))]
            continue
        price = cost(plan)
        if best is None or price < best:
            best, found = price, [plan]
        elif price == best and ties:
            found.append(plan)
    return found
