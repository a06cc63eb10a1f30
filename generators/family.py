"""The seam of a family: knobs in, a scenario out.

A family is one file of its task's package with a `FAMILY`. It decides what happens and what is asked; who puts it into
words (a teacher), how it is assembled, written, resumed and checked is the same for all families.
"""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast

T = TypeVar("T")


class Rejected(Exception):
    """An attempt that gives no episode, with the reason that is counted and written out."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Knob:
    """An integer setting of a family; each episode draws it uniformly from `low`..`high`, both included.

    `minimum`..`maximum` is what a user may ask for; `low`..`high` the default range within it.
    """

    low: int
    high: int
    minimum: int
    maximum: int
    about: str


class Query(Protocol):
    """A record of the task's language, told apart by `kind`."""

    @property
    def kind(self) -> str: ...

    def model_dump(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: the query, what it is for, its words, its options in their final order, and what follows from the
    world."""

    query: Query
    ability: str
    order: int
    text: str
    options: list[str]
    answer: list[str]
    evidence: list[int]
    view: str


class Scenario(Protocol):
    """What a family makes: a world at its beginning. Each task has one implementation, which lets it happen, has it put
    into words and assembles the episode."""

    async def content(self, cast: "Cast | None") -> dict[str, Any]:
        """The episode's JSON value, all but id, schema version, task, family, seed and difficulty. Without a cast the
        world happens by the family's script and the templates tell it; nothing is awaited then."""
        ...


@dataclass(frozen=True, slots=True)
class Family:
    """`conflict` says in one line why no world fits the knobs drawn, or None. `self_play`: whether its agents can be
    left to act by themselves; `partners`: whether one of them can, while the others keep their scripts."""

    task: str
    name: str
    about: str
    knobs: Mapping[str, Knob]
    build: Callable[[random.Random, Mapping[str, int]], Scenario]
    conflict: Callable[[Mapping[str, int]], str | None] = lambda knobs: None
    self_play: bool = False
    partners: bool = False


def draw(rng: random.Random, *chances: tuple[T, int]) -> T:
    """One of the values, each with its weight."""
    (drawn,) = rng.choices([value for value, _ in chances], [weight for _, weight in chances])
    return drawn
