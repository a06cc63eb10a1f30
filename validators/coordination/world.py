"""What is given in a coordination world, in numbers: agent 0 is `a0`, fact 0 the first of `facts`.

Whatever does not fit (an id that does not exist, a value beyond its scale) is `Wrong`; who is present, how somebody
behaves and what becomes of a message are read off here ("Rounds, messages, knowledge" of docs/coordination.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from madata.validators.trial import Json, Wrong

Values = tuple[int, ...]
"""Of each fact a value, by number."""

Beliefs = tuple[int | None, ...]
"""Of each fact the value that an agent takes it to have, None if it does not know."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the record in numbers. `told`: facts and the values told; `asked`: facts; `about`: the proposal or
    message that it answers. `early`: said before the first turn of its round (only in a re-run)."""

    kind: str
    agent: int
    time: int
    to: tuple[int, ...] = ()
    arrives: tuple[int | None, ...] = ()
    told: tuple[tuple[int, int], ...] = ()
    asked: tuple[int, ...] = ()
    plan: tuple[int, ...] = ()
    choice: int | None = None
    action: int | None = None
    about: int | None = None
    early: bool = False

    @property
    def is_message(self) -> bool:
        return self.kind not in ("act", "leave")


class World:
    """Raises `Wrong` for what does not fit together."""

    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        raise NotImplementedError

    agents: list[str]
    """Ids; `number` has their places, `names` their names."""
    number: dict[str, int]
    names: list[str]
    speech: str
    delivery: str
    channel: str
    order: list[int]
    rounds: int
    bandwidth: int
    fact: dict[str, int]
    """The number of each fact by id."""
    fact_names: list[str]
    value_names: list[list[str]]
    """Of each fact (by number) the names of its values."""
    truth: Values
    known: list[frozenset[int]]
    """Of each fact who knows it at the start."""
    decision_names: list[str]
    choices: list[list[str]]
    """Of each decision the names of its values."""
    actions: list[str]
    events: list[Event]
    """As recorded."""

    def common(self, fact: int) -> bool:
        """Whether all know it at the start."""
        raise NotImplementedError

    def present(self, time: int) -> list[int]:
        """Who is there in a round, in agent order."""
        raise NotImplementedError

    def behaviour(self, agent: int, time: int) -> str | None:
        raise NotImplementedError

    def arrives(self, time: int, speaker: int, hearer: int) -> int | None:
        raise NotImplementedError

    @cached_property
    def scripted(self) -> bool:
        """Whether all agents have a behaviour."""
        raise NotImplementedError

    def fact_of(self, where: str, fact: str, *, size: int | None = None) -> int:
        """The number of a fact that a game's figures name; with `size`, one with so many values. Raises `Wrong`."""
        raise NotImplementedError

    def agent_of(self, where: str, agent: str) -> int:
        raise NotImplementedError


def fitting[T](where: str, found: Sequence[T], expected: Iterable[T]) -> None:
    """Raises `Wrong` unless a list is as it has to be."""
    if list(found) != (wanted := list(expected)):
        raise Wrong(where, wanted, list(found))
