"""An episode on trial: what its game derives, once for all checks that compare with it.

For tasks whose worlds are games. Such a task's package has `games` with `build`, which makes the game of an episode.
What the schema accepts can still make no sense; then the game raises `Wrong`, and every check that needs it says so. A
record that makes sense but breaks a rule has a game, which lists the faults.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from madata.validators import task
from madata.validators.check import Finding

Json = Mapping[str, Any]

READER = "reader"


class Fault(NamedTuple):
    """Something against the rules: where (such as "event 3" or "party a1"), what was expected, what was found."""

    where: str
    expected: str
    found: str


class Wrong(ValueError):
    """Accepted by the schema, and still without meaning."""

    def __init__(self, where: str, expected: object, found: object) -> None:
        super().__init__(f"{where}: expected {expected}, found {found}")
        self.fault = Fault(where, str(expected), str(found))


class Derived(NamedTuple):
    """What a question's fields have to be."""

    answer: list[str]
    evidence: list[int]
    view: str
    order: int = 0


class Game(Protocol):
    def illegal(self) -> Iterator[Fault]:
        """Why the game is not possible, and the events that are not legal when they come."""

    def unscripted(self) -> Iterator[Fault]:
        """What scripted agents do that is not what their script says."""

    def outcome(self) -> Json:
        """As an episode stores it."""

    def answer(self, question: Json) -> Derived:
        """Raises `Wrong` for a query that cannot be put, with a place in the question ("query, event")."""

    def legible(self, query: Json, option: str) -> bool:
        """Whether an option is of the kind that answers to the query have."""

    def adapts(self) -> bool:
        """Whether the record shows the capability `adaptation`."""

    def private(self, agent: str) -> Json:
        """What the agent's `private` has to be."""


G = TypeVar("G", bound=Game)


class Trial(Generic[G]):
    """An episode with its game and what the game answers."""

    def __init__(self, episode: Json) -> None:
        self.episode = episode
        self.game: G = task.module(episode["task"], "games").build(episode)

    @cached_property
    def answers(self) -> list[Derived | Fault]:
        """Of each question, or why it cannot be put."""
        return [self._answer(question) for question in self.episode["questions"]]

    def _answer(self, question: Json) -> Derived | Fault:
        try:
            return self.game.answer(question)
        except Wrong as error:
            return error.fault


_last: Trial[Any] | None = None


def trial(episode: Json) -> Trial[Any]:
    """The checks of one episode come one after another, so the last is kept."""
    global _last
    if _last is None or _last.episode is not episode:
        _last = Trial(episode)
    return _last


def told(check: str, episode: Json, faults: Callable[[Trial[Any]], Iterator[Fault]]) -> Iterator[Finding]:
    """Findings of a check: what is wrong by the game, or why there is none."""
    try:
        for fault in faults(trial(episode)):
            yield Finding(check, episode["id"], *fault)
    except Wrong as error:
        yield Finding(check, episode["id"], *error.fault)
