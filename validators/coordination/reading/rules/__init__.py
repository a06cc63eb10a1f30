"""What the rules of each game say in words, a module a game, found by its kind; nothing registers them.

A module has `Rules(episode, vocabulary)`. `read(sentence)` is whether a sentence of the setting says something of the
game, and raises `Misread` if what it says is not so; `missing()` is what has to be said and was not.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol

from madata.validators.coordination.reading.skeleton import Difference, Sentence, Vocabulary


class GameRules(Protocol):
    def read(self, sentence: Sentence) -> bool: ...

    def missing(self) -> Iterator[Difference]: ...


def rules(episode: Mapping[str, Any], vocabulary: Vocabulary) -> GameRules | None:
    """None for a game that has none: nothing in its setting can be said of it."""
    kind = episode["world"]["game"]["kind"]
    if kind not in {module.name for module in iter_modules(__path__)}:
        return None
    found: GameRules = import_module(f"{__name__}.{kind}").Rules(episode, vocabulary)
    return found
