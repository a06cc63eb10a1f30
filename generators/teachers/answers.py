"""Answers that are JSON objects: the schema that constrains decoding, and what is read from them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol, TypeVar

import orjson

from madata.generators.teachers.cast import Refused

LineT = TypeVar("LineT")

WORDS: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 400}


class Fault(Protocol):
    """What words should have been like, and what they are."""

    @property
    def expected(self) -> str: ...

    @property
    def found(self) -> str: ...


def judged(line: LineT, checks: Mapping[str, Callable[[LineT], Iterable[Fault]]]) -> None:
    """Raises `Refused` with the first thing that one of the checks finds."""
    for name, faults in checks.items():
        for fault in faults(line):
            raise Refused(name, fault.expected, fault.found)


def closed(properties: Mapping[str, Any]) -> dict[str, Any]:
    """JSON Schema of an object with these members and no others."""
    return {
        "type": "object",
        "properties": dict(properties),
        "required": list(properties),
        "additionalProperties": False,
    }


def read_object(text: str, expected: str) -> dict[str, Any]:
    """The JSON object of an answer; raises `Refused`."""
    try:
        answer = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Refused("act", expected, "no JSON") from None
    if not isinstance(answer, dict):
        raise Refused("act", expected, "another value")
    return answer
