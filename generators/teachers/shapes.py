"""What a model may choose from: options of a kind with members, each of which takes one of some values.

The values of a member are its shape: a list of texts, a range of integers, several of some names, or members again.
From shapes come the JSON Schema that constrains decoding, the list in the prompt, the check of an answer, and the
choice of a rehearsal. What an option does is its task's to say.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeVar

import orjson

from madata.generators.teachers.answers import WORDS, closed, read_object
from madata.generators.teachers.cast import Refused
from madata.schemas import canonical

Json = dict[str, Any]

SHOWN = 200
LONGEST: int = WORDS["maxLength"]


class Several(NamedTuple):
    """A list of `least` to `most` of the names; of one named again the first counts, unless they may come `again`."""

    names: Sequence[str]
    least: int
    most: int
    again: bool = False


Shape = Sequence[str] | range | Several | Mapping[str, "Shape"]


class Offered(Protocol):
    """An option, as far as a model is concerned."""

    @property
    def kind(self) -> str: ...

    @property
    def members(self) -> Mapping[str, Shape]: ...


OptionT = TypeVar("OptionT", bound=Offered)


def schema(option: Offered) -> Json:
    """JSON Schema of the act."""
    return closed({"kind": {"enum": [option.kind]}, **_schemas(option.members)})


def _schemas(members: Mapping[str, Shape]) -> Json:
    return {member: _schema(shape) for member, shape in members.items()}


def _schema(shape: Shape) -> Json:
    if isinstance(shape, range):
        return {"type": "integer", "minimum": shape.start, "maximum": shape.stop - 1}
    if isinstance(shape, Several):
        items = {"enum": list(shape.names)}
        return {"type": "array", "items": items, "minItems": shape.least, "maxItems": shape.most}
    if isinstance(shape, Mapping):
        return closed(_schemas(shape))
    return {"enum": list(shape)}


def listed(option: Offered) -> str:
    """The option as a line of the prompt."""
    shown = {name: _plain(shape) for name, shape in option.members.items()}
    return orjson.dumps({"kind": option.kind, **shown}).decode()


def _plain(shape: Shape) -> Any:
    if isinstance(shape, range):
        return f"{shape.start} to {shape.stop - 1}"
    if isinstance(shape, Several):
        return [f"{shape.least} to {shape.most} of", *shape.names]
    if isinstance(shape, Mapping):
        return {name: _plain(each) for name, each in shape.items()}
    return list(shape)


def picked(text: str, options: Sequence[OptionT]) -> tuple[OptionT, Json, str]:
    """The option that was chosen, its members and the words; raises `Refused` unless it is one of the options."""
    answer = read_object(text, "a JSON object with act and words")
    act, words = answer.get("act"), answer.get("words", "")
    if not isinstance(act, dict) or not isinstance(words, str):
        raise Refused("act", "a JSON object with act and words", "another value")
    members = {name: value for name, value in act.items() if name != "kind"}
    for option in options:
        if act.get("kind") == option.kind and _fits(option.members, members):
            once = {name: _once(option.members[name], value) for name, value in members.items()}
            return option, once, words.strip()
    raise Refused("act", "one of the acts that can be done now", canonical(act).decode()[:SHOWN])


def said(words: str) -> str:
    """The words, if they are some and not too many; raises `Refused`."""
    if not 0 < len(words) <= LONGEST:
        raise Refused("act", f"words, at most {LONGEST} characters", f"{len(words)}")
    return words


def _fits(shape: Shape, value: Any) -> bool:
    if isinstance(shape, range):
        return type(value) is int and value in shape
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
