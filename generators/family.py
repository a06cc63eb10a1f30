"""The seam of a family: knobs in, a scenario out.

A family is one file of its task's package with a `FAMILY`. It decides what happens and what is asked; who puts it into
words (a teacher), how it is assembled, written, resumed and checked is the same for all families.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from madata.schemas import Agent, Conventions, TomWorld
from madata.schemas.tom import Query


class Rejected(Exception):
    """An attempt that gives no episode, with the reason that is counted and written out."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Knob:
    """An integer setting of a family; each episode draws it uniformly from `low`..`high`, both included."""

    low: int
    high: int
    about: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A question before it is put into words: the query, what ability it is for, its answers and its options in their final order."""

    query: Query
    ability: str
    order: int
    text: str
    options: list[str]
    answer: list[str]
    evidence: list[int]
    view: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a family makes: a finished world with its conventions and parties, and the questions about it."""

    agents: list[Agent]
    conventions: Conventions
    world: TomWorld
    questions: list[Asked]


@dataclass(frozen=True, slots=True)
class Family:
    task: str
    name: str
    about: str
    knobs: Mapping[str, Knob]
    build: Callable[[random.Random, Mapping[str, int]], Scenario]
    example_seed: int = 0
    check: Callable[[Mapping[str, tuple[int, int]]], None] = field(default=lambda ranges: None)
