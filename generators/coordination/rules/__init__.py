"""What a game is about, in sentences: one file a game, a subclass of `Rules` called `RULES`, found by the game's kind.

A rule is said exactly, with its figures and the names in the record, so that whoever has read the setting could play
the game and check every label. It says nothing of how scripted agents behave.
"""

from collections.abc import Iterator, Sequence
from importlib import import_module
from typing import Any, ClassVar

from madata.generators.coordination.knowledge import Knowledge
from madata.generators.coordination.wording import Wording
from madata.schemas.coordination.language import Event
from madata.schemas.words import name_list

Told = Iterator[tuple[list[str], str]]
"""Audience and text; an empty audience is the reader alone."""


class Rules:
    """`speaks`: whether messages are part of the game. `chooses`: whether acts are choices, which nobody sees. `steps`:
    whether a plan is a list of values that may end early, not one for each decision. `confirms`: whether what has
    arrived can be confirmed."""

    speaks: ClassVar[bool] = True
    chooses: ClassVar[bool] = False
    steps: ClassVar[bool] = False
    confirms: ClassVar[bool] = False

    def __init__(self, words: Wording) -> None:
        self.words = words
        self.world = words.world
        self.game: Any = words.world.game

    def rules(self) -> Iterator[str]:
        """What is to be done, and by which rules: for everybody."""
        raise NotImplementedError

    def own(self) -> Told:
        """What of the game only some are told."""
        yield from ()

    def observed(self, known: Knowledge, time: int) -> Told:
        """What some see at the beginning of a round."""
        yield from ()

    def plan(self, plan: Sequence[int]) -> str:
        """A plan that is not empty, as a clause."""
        names = self.words.names
        chosen = zip(names.decisions, names.choices, plan, strict=True)
        return name_list([f"{name} is {values[value]}" for name, values, value in chosen])

    def shown(self, events: Sequence[Event]) -> Told:
        """What the last of the events makes visible beside itself."""
        yield from ()


def rules(words: Wording) -> Rules:
    """The rules of the game that the words are about."""
    module = import_module(f"{__name__}.{words.world.game.kind}")
    found: Rules = module.RULES(words)
    return found
