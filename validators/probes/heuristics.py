"""Fixed heuristics: an option is picked for where the story mentions it, how often, its length, or for being what is so
in the world; and habits: for what was right most often among other items of its cell."""

from collections import Counter
from collections.abc import Sequence

REALITY = "reality"
NOWHERE = float("-inf")


def hits(
    options: Sequence[str], mentions: Sequence[Sequence[int]], so: str | None, right: Sequence[bool]
) -> dict[str, float]:
    """What each heuristic scores on an item, of which `so` is what the world would answer."""
    given: dict[str, Sequence[float]] = {
        "first mentioned": [-places[0] if places else NOWHERE for places in mentions],
        "last mentioned": [places[-1] if places else NOWHERE for places in mentions],
        "most mentioned": [len(places) for places in mentions],
        "least mentioned": [-len(places) for places in mentions],
        "longest option": [len(option) for option in options],
        "shortest option": [-len(option) for option in options],
    }
    if so is not None:
        given[REALITY] = [option == so for option in options]
    return {name: hit(scores, right) for name, scores in given.items()}


def hit(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Whether the option with the highest score is right; where several have it, one of them is picked at random."""
    best = max(scores)
    picked = [good for score, good in zip(scores, right, strict=True) if score == best]
    return sum(picked) / len(picked)


def habit(items: Sequence[tuple[str, Sequence[str], Sequence[bool]]], half: Sequence[bool]) -> list[float]:
    """Of items (cell, what their options show, which are right): the score of picking what was right most often in the
    same cell in the other half."""
    offered: Counter[tuple[bool, str, str]] = Counter()
    rights: Counter[tuple[bool, str, str]] = Counter()
    for (cell, shows, right), side in zip(items, half, strict=True):
        for what, good in zip(shows, right, strict=True):
            offered[side, cell, what] += 1
            rights[side, cell, what] += good

    def score(cell: str, shows: Sequence[str], right: Sequence[bool], other: bool) -> float:
        prior = 1 / len(shows)
        return hit([(rights[other, cell, what] + prior) / (offered[other, cell, what] + 1) for what in shows], right)

    return [score(*item, not side) for item, side in zip(items, half, strict=True)]
