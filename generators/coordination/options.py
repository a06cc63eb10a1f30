"""What a model may choose from when it may speak or act: options with members, each of which takes one of some names,
several of them, or members again.

From these shapes come the JSON Schema that constrains decoding, the list in the prompt, the check of an answer, and the
choice of a rehearsal.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import orjson

from madata.generators.teachers.answers import WORDS, closed, read_object
from madata.generators.teachers.cast import Refused
from madata.schemas import canonical
from madata.schemas.coordination.language import Event

Json = dict[str, Any]

SHOWN = 200
LONGEST: int = WORDS["maxLength"]


class Several(NamedTuple):
    """A list of `least` to `most` of the names; of one named again the first counts, unless they may come `again`."""

    names: Sequence[str]
    least: int
    most: int
    again: bool = False


Shape = Sequence[str] | Several | Mapping[str, "Shape"]


@dataclass(frozen=True, slots=True)
class Option:
    """`message` makes what is said of the members chosen, `action` the number of what is done; an option with neither
    is to do nothing."""

    kind: str
    members: Mapping[str, Shape]
    message: Callable[[Json], Event] | None = None
    action: Callable[[Json], int] | None = None


NOTHING = Option("nothing", {})


def schema(options: Sequence[Option]) -> Json:
    """JSON Schema of an answer: an act that is one of the options, and words if there is anything to say."""
    acts = [closed({"kind": {"enum": [option.kind]}, **_schemas(option.members)}) for option in options]
    if not any(option.message for option in options):
        return closed({"act": {"anyOf": acts}})
    return closed({"act": {"anyOf": acts}, "words": WORDS | {"minLength": 0}})


def _schemas(members: Mapping[str, Shape]) -> Json:
    return {member: _schema(shape) for member, shape in members.items()}


def _schema(shape: Shape) -> Json:
    if isinstance(shape, Several):
        items = {"enum": list(shape.names)}
        return {"type": "array", "items": items, "minItems": shape.least, "maxItems": shape.most}
    if isinstance(shape, Mapping):
        return closed(_schemas(shape))
    return {"enum": list(shape)}


def listed(option: Option) -> str:
    """The option as a line of the prompt."""
    shown = {name: _plain(shape) for name, shape in option.members.items()}
    return orjson.dumps({"kind": option.kind, **shown}).decode()


def _plain(shape: Shape) -> Any:
    if isinstance(shape, Several):
        return [f"{shape.least} to {shape.most} of", *shape.names]
    if isinstance(shape, Mapping):
        return {name: _plain(each) for name, each in shape.items()}
    return list(shape)


class Chosen(NamedTuple):
    """What was chosen: a message with its words, an action, or neither."""

    message: Event | None = None
    words: str = ""
    action: int | None = None


def read(text: str, options: Sequence[Option]) -> Chosen:
    """The option that was chosen; raises `Refused` unless it is one of them."""
    answer = read_object(text, "a JSON object with act and words")
    act, words = answer.get("act"), answer.get("words", "")
    if not isinstance(act, dict) or not isinstance(words, str):
        raise Refused("act", "a JSON object with act and words", "another value")
    members = {name: value for name, value in act.items() if name != "kind"}
    for option in options:
        if act.get("kind") == option.kind and _fits(option.members, members):
            if option.message and not 0 < len(words.strip()) <= LONGEST:
                raise Refused("act", f"words, at most {LONGEST} characters", f"{len(words.strip())}")
            return chosen(
                option, {name: _once(option.members[name], value) for name, value in members.items()}, words.strip()
            )
    raise Refused("act", "one of the acts that can be done now", canonical(act).decode()[:SHOWN])


def chosen(option: Option, members: Json, words: str = "") -> Chosen:
    if option.message:
        return Chosen(message=option.message(members), words=words)
    return Chosen(action=option.action(members) if option.action else None)


def _fits(shape: Shape, value: Any) -> bool:
    if isinstance(shape, Several):
        return (
            isinstance(value, list)
            and shape.least <= len(value) <= shape.most
            and all(isinstance(each, str) and each in shape.names for each in value)
        )
    if isinstance(shape, Mapping):
        return (
            isinstance(value, dict)
            and value.keys() == shape.keys()
            and all(_fits(each, value[name]) for name, each in shape.items())
        )
    return isinstance(value, str) and value in shape


def _once(shape: Shape, value: Any) -> Any:
    """No name again where that means nothing; constrained decoding cannot keep a model from it."""
    return list(dict.fromkeys(value)) if isinstance(shape, Several) and not shape.again else value


def drawn(members: Mapping[str, Shape], rng: random.Random) -> Json:
    """Members at random."""
    return {name: _drawn(shape, rng) for name, shape in members.items()}


def _drawn(shape: Shape, rng: random.Random) -> Any:
    if isinstance(shape, Several):
        number = rng.randint(shape.least, shape.most)
        return rng.choices(shape.names, k=number) if shape.again else rng.sample(shape.names, number)
    return drawn(shape, rng) if isinstance(shape, Mapping) else rng.choice(shape)
