"""What a model may choose from when it is its turn: acts that the rules allow (`generators/teachers/shapes.py`)."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from madata.generators.negotiation.unplayable import Unplayable
from madata.generators.teachers import shapes
from madata.generators.teachers.answers import WORDS, closed
from madata.generators.teachers.cast import Refused
from madata.generators.teachers.shapes import Json, Shape
from madata.schemas.negotiation import Move


@dataclass(frozen=True, slots=True)
class Option:
    """An act of one kind. `move` makes the event of the members chosen, or None if nothing happens by it, and raises
    `Unplayable` for what the rules refuse; `sample` draws members that it does not refuse. `aloud`: whether the act
    has words."""

    kind: str
    members: Mapping[str, Shape]
    move: Callable[[Json], Move | None]
    aloud: bool = True
    sample: Callable[[random.Random], Json] | None = None

    def draw(self, rng: random.Random) -> Json:
        """Members at random."""
        return self.sample(rng) if self.sample else shapes.drawn(self.members, rng)


def schema(options: Sequence[Option]) -> Json:
    """JSON Schema of an answer: an act that is one of the options, and words if there is anything to say."""
    acts = [shapes.schema(option) for option in options]
    if not any(option.aloud for option in options):
        return closed({"act": {"anyOf": acts}})
    silent = any(not option.aloud for option in options)
    return closed({"act": {"anyOf": acts}, "words": WORDS | {"minLength": 0} if silent else WORDS})


def read(text: str, options: Sequence[Option]) -> tuple[Option, Move | None, str]:
    """The option that was chosen, its event, and the words; raises `Refused` unless it is one of the options."""
    option, members, words = shapes.picked(text, options)
    try:
        event = option.move(members)
    except Unplayable as error:
        raise Refused("act", "one that the rules allow", str(error)) from None
    return option, event, shapes.said(words) if option.aloud else words
