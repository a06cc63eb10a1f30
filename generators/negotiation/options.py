"""What a model may choose from when it is its turn: acts with members, each of which takes one of some values.

The values of a member are its shape: a list of texts, a range of integers, or members again. From shapes come the JSON
Schema that constrains decoding, the list in the prompt, the check of an answer, and the choice of a rehearsal.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from madata.generators.negotiation.unplayable import Unplayable
from madata.generators.teachers.answers import WORDS, closed, read_object
from madata.generators.teachers.cast import Refused
from madata.schemas import canonical
from madata.schemas.negotiation import Move

Json = dict[str, Any]
Shape = Sequence[str] | range | Mapping[str, "Shape"]

SHOWN = 200
LONGEST: int = WORDS["maxLength"]


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
        return self.sample(rng) if self.sample else drawn_from(self.members, rng)


def schema(options: Sequence[Option]) -> Json:
    """JSON Schema of an answer: an act that is one of the options, and words if there is anything to say."""
    acts = [closed({"kind": {"enum": [option.kind]}, **schemas(option.members)}) for option in options]
    if not any(option.aloud for option in options):
        return closed({"act": {"anyOf": acts}})
    silent = any(not option.aloud for option in options)
    return closed({"act": {"anyOf": acts}, "words": WORDS | {"minLength": 0} if silent else WORDS})


def schemas(members: Mapping[str, Shape]) -> Json:
    return {member: schema_of(shape) for member, shape in members.items()}


def schema_of(shape: Shape) -> Json:
    if isinstance(shape, range):
        return {"type": "integer", "minimum": shape.start, "maximum": shape.stop - 1}
    if isinstance(shape, Mapping):
        return closed(schemas(shape))
    return {"enum": list(shape)}


def listed(option: Option) -> str:
    """The option as a line of the prompt."""
    return orjson.dumps(
        {"kind": option.kind, **{name: plain(shape) for name, shape in option.members.items()}}
    ).decode()


def plain(shape: Shape) -> Any:
    if isinstance(shape, range):
        return f"{shape.start} to {shape.stop - 1}"
    if isinstance(shape, Mapping):
        return {name: plain(each) for name, each in shape.items()}
    return list(shape)


def read(text: str, options: Sequence[Option]) -> tuple[Option, Move | None, str]:
    """The option that was chosen, its event, and the words; raises `Refused` unless it is one of the options."""
    answer = read_object(text, "a JSON object with act and words")
    act, words = answer.get("act"), answer.get("words", "")
    if not isinstance(act, dict) or not isinstance(words, str):
        raise Refused("act", "a JSON object with act and words", "another value")
    members = {name: value for name, value in act.items() if name != "kind"}
    for option in options:
        if act.get("kind") == option.kind and fits(option.members, members):
            try:
                event = option.move(members)
            except Unplayable as error:
                raise Refused("act", "one that the rules allow", str(error)) from None
            if option.aloud and not 0 < len(words := words.strip()) <= LONGEST:
                raise Refused("act", f"words, at most {LONGEST} characters", f"{len(words)}")
            return option, event, words
    raise Refused("act", "one of the acts that can be done now", canonical(act).decode()[:SHOWN])


def fits(shape: Shape, value: Any) -> bool:
    if isinstance(shape, range):
        return type(value) is int and value in shape
    if isinstance(shape, Mapping):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(fits(each, value[name]) for name, each in shape.items())
        )
    return isinstance(value, str) and value in shape


def drawn_from(members: Mapping[str, Shape], rng: random.Random) -> Json:
    return {
        name: drawn_from(shape, rng) if isinstance(shape, Mapping) else rng.choice(shape)
        for name, shape in members.items()
    }
