"""What a model may choose from when it may speak or act (`generators/teachers/shapes.py`)."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from madata.generators.teachers import shapes
from madata.generators.teachers.answers import WORDS, closed
from madata.generators.teachers.shapes import Json, Shape
from madata.schemas.coordination.language import Event


@dataclass(frozen=True, slots=True)
class Option:
    """`message` makes what is said of the members chosen, `action` the number of what is done; an option with neither
    is to do nothing."""

    kind: str
    members: Mapping[str, Shape]
    message: Callable[[Json], Event] | None = None
    action: Callable[[Json], int] | None = None

    def draw(self, rng: random.Random) -> "Chosen":
        """The option with members at random, and without words."""
        return self.chosen(shapes.drawn(self.members, rng))

    def chosen(self, members: Json, words: str = "") -> "Chosen":
        if self.message:
            return Chosen(message=self.message(members), words=words)
        return Chosen(action=self.action(members) if self.action else None)


class Chosen(NamedTuple):
    """What was chosen: a message with its words, an action, or neither."""

    message: Event | None = None
    words: str = ""
    action: int | None = None


NOTHING = Option("nothing", {})


def schema(options: Sequence[Option]) -> Json:
    """JSON Schema of an answer: an act that is one of the options, and words if there is anything to say."""
    acts = [shapes.schema(option) for option in options]
    if not any(option.message for option in options):
        return closed({"act": {"anyOf": acts}})
    return closed({"act": {"anyOf": acts}, "words": WORDS | {"minLength": 0}})


def read(text: str, options: Sequence[Option]) -> Chosen:
    """The option that was chosen; raises `Refused` unless it is one of them."""
    option, members, words = shapes.picked(text, options)
    return option.chosen(members, shapes.said(words) if option.message else words)
