"""The world of a coordination episode. The figures of each game are a module of `games` with `GAME`, told apart by
`kind`; nothing registers it."""

from functools import reduce
from importlib import import_module
from operator import or_
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from madata.schemas.coordination import games
from madata.schemas.coordination.language import Decision, Event, Fact, Player, Scale
from madata.schemas.records import Id, Name, Record

if TYPE_CHECKING:
    Game = Any
else:
    found = [import_module(f"{games.__name__}.{module.name}").GAME for module in iter_modules(games.__path__)]
    Game = Annotated[reduce(or_, found), Field(discriminator="kind")]


class CoordinationWorld(Record):
    """Everything that is the case and happens. `order`: who speaks, and where acts are not simultaneous acts, when.
    `bandwidth`: the most facts a scripted agent puts into a message. `fates`: what becomes of messages, by the formula
    of docs/coordination.md: 0 arrives at once, d is d rounds late, -1 is lost; empty: all arrive at once. Events in
    list order, their times never decreasing."""

    kind: Literal["coordination"] = "coordination"
    game: Game
    scales: list[Scale]
    facts: Annotated[list[Fact], Field(max_length=1_000)]
    decisions: Annotated[list[Decision], Field(max_length=400)]
    actions: Annotated[list[Name], Field(max_length=400)]
    order: list[Id]
    rounds: Annotated[int, Field(ge=1, le=1_000)]
    bandwidth: Annotated[int, Field(ge=1, le=200)]
    fates: Annotated[list[Annotated[int, Field(ge=-1, le=10)]], Field(max_length=100)]
    players: list[Player]
    events: list[Event]
