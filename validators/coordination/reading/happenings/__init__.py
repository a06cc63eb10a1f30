"""What a game brings about that is no event, and is told all the same: a module a game that has such things, found by
its kind.

A module has `of(game, time)`, what has to be told of a round, and `read(sentence)`, what a sentence tells.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, NamedTuple, Protocol, cast

from madata.validators.coordination.reading.skeleton import Sentence


class Happening(NamedTuple):
    """`names`: of agents, facts and values that it is about. `audience`: the ids of those who see it."""

    what: str
    names: tuple[str, ...]
    audience: tuple[str, ...] = ()


class Happenings(Protocol):
    def of(self, game: Any, time: int) -> Iterator[Happening]: ...

    def read(self, sentence: Sentence) -> tuple[str, tuple[str, ...]] | None: ...


def happenings(episode: Mapping[str, Any]) -> Happenings | None:
    return named(episode["world"]["game"]["kind"])


@cache
def named(kind: str) -> Happenings | None:
    if kind not in {module.name for module in iter_modules(__path__)}:
        return None
    return cast(Happenings, import_module(f"{__name__}.{kind}"))
