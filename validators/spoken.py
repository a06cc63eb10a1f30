"""Turns in the words of models, as the checks on words see them: what each must say, and what it may mention.

The checks `wording`, `privacy`, `form` and `reading` judge one `Line` at a time, so that a generator can ask them before a
turn is accepted and `madata validate` can ask them again, later, of a finished episode.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

Json = Mapping[str, Any]


class Fault(NamedTuple):
    """What the words should have been like, and what they are."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Line:
    """A turn to be judged.

    `act` is the kind of the event it tells (schemas/tom.py), "ask" for a question about a variable, or "talk" for words
    that say nothing of the story. `aloud`: the actor's own words; else a sentence about the act, for whoever sees it.
    """

    text: str
    act: str
    actor: str
    aloud: bool


class Scene:
    """One story while it is told: its names, and who has met which of them."""

    def __init__(self, agents: list[Json], world: Json) -> None: ...

    def line(self, turn: Json, event: Json | None) -> Line:
        """A turn that is about to be said."""
        raise NotImplementedError

    def hear(self, turn: Json, event: Json | None) -> None:
        """A turn that was said, whoever said it."""


def lines(episode: Json) -> Iterator[tuple[int, Line]]:
    """The turns of a finished episode that models spoke, each with its index."""
    raise NotImplementedError
