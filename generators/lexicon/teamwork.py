"""What teams have to settle together: ways through places, times for meetings, people for tasks.

The data are in `teamwork.toml`. What is drawn together belongs to one scene, within which no name is part of another.
"""

import random
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from madata.generators.lexicon import _items, _load

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
PARTS = (*(f"at {hour}" for hour in range(8, 20)), "morning", "afternoon", "evening")
CLOCK = 12
"""How many of the `PARTS` are hours."""


@dataclass(frozen=True, slots=True)
class Task:
    """`doing` it ("painting the fence"), and what the one who does it `does` ("paints the fence")."""

    doing: str
    does: str


@cache
def _teamwork() -> dict[str, Any]:
    return _load("teamwork")


def places() -> list[tuple[str, str]]:
    """All places in which a way is looked for, each with what those who look for it are."""
    return [(role, place) for role, line in _teamwork()["places"].items() for place in _items(line)]


def meetings(rng: random.Random, n: int) -> tuple[str, list[str]]:
    """What those who meet are, and the `n` things they meet for."""
    role, line = rng.choice(list(_teamwork()["meetings"].items()))
    return role, rng.sample(_items(line), n)


def tasks(rng: random.Random, n: int) -> tuple[str, list[Task]]:
    """What those who share the work are, and `n` tasks in the order in which they are usually done."""
    role, known = rng.choice(list(_teamwork()["tasks"].items()))
    doing = list(known)
    drawn = sorted(rng.sample(doing, n), key=doing.index)
    return role, [Task(each, known[each]) for each in drawn]


def slots(rng: random.Random, n: int) -> list[str]:
    """`n` times in a week in their order, by the clock ("Monday at 10") or by parts of days ("Monday morning")."""
    parts = rng.choice((PARTS[:CLOCK], PARTS[CLOCK:]))
    days = sorted(rng.sample(range(len(DAYS)), min(len(DAYS), max(-(-n // len(parts)), rng.randint(2, 5)))))
    every = list(product(days, range(len(parts))))
    return [f"{DAYS[day]} {parts[part]}" for day, part in sorted(rng.sample(every, n))]
