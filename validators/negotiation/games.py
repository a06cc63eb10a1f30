"""The seam between the checks of a negotiation and the games: what a check asks, and what a game answers.

Each kind of game is a module of this package, of the kind's name, with `GAME`. A game is built once an episode, from
world, conventions and agents alone, and derives the rest (docs/negotiation.md). What the schema accepts can still
make no sense; then building a game raises `Wrong`, and every check that needs the game says so. A record that makes
sense but breaks a rule is built, and its game lists the faults.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib import import_module
from typing import Any, NamedTuple, Protocol

from madata.validators.check import Finding

Json = Mapping[str, Any]

READER = "reader"


class Wrong(ValueError):
    """Accepted by the schema, and still without meaning."""

    def __init__(self, where: str, expected: object, found: object) -> None:
        super().__init__(f"{where}: expected {expected}, found {found}")
        self.fault = Fault(where, str(expected), str(found))


class Fault(NamedTuple):
    """Something against the rules: where (such as "event 3" or "party a1"), what was expected, what was found."""

    where: str
    expected: str
    found: str


class Derived(NamedTuple):
    """What a question's fields have to be."""

    answer: list[str]
    evidence: list[int]
    view: str
    order: int = 0


class Hearers(NamedTuple):
    """Who `to` of an event may be. `others`: all who are there but the agent; to fewer of them, speech is private.
    `among`: those it can go to, in agent order; `sizes`: to how many of them it does."""

    others: Sequence[str]
    among: Sequence[str]
    sizes: range

    def admit(self, to: Sequence[str]) -> bool:
        return list(to) == [agent for agent in self.among if agent in to] and len(to) in self.sizes

    def __str__(self) -> str:
        few, many = self.sizes[0], self.sizes[-1]
        number = "all" if few == len(self.among) else f"{few}" if few == many else f"{few} to {many}"
        return f"{number} of [{', '.join(self.among)}], in order"

    @classmethod
    def exactly(cls, others: Sequence[str], to: Sequence[str]) -> "Hearers":
        return cls(others, to, range(len(to), len(to) + 1))


class Game(Protocol):
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        """Raises `Wrong` for what cannot be judged at all."""

    def illegal(self) -> Iterator[Fault]:
        """Why the game is not possible, and the events that are not legal when they come."""

    def unscripted(self) -> Iterator[Fault]:
        """Of each scripted party the first move that is not its strategy's."""

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

    def hearers(self, event: int) -> Hearers: ...


def cast(agents: Sequence[Json], parties: Sequence[Json]) -> dict[str, str]:
    """Names by id, in agent order; raises `Wrong` unless there is one party an agent, in that order."""
    ids = [agent["id"] for agent in agents]
    if ids != [f"a{number}" for number in range(len(ids))]:
        raise Wrong("agents", "ids a0, a1, .. in order", ids)
    names = {agent["id"]: agent["name"] for agent in agents}
    if len(set(names.values())) != len(names):
        raise Wrong("agents", "a name of its own for each", list(names.values()))
    if [party["agent"] for party in parties] != ids:
        raise Wrong("game, parties", f"one for each of {ids}, in order", [party["agent"] for party in parties])
    return names


class Trial:
    """An episode with its game and what the game answers, derived once for all checks."""

    def __init__(self, episode: Json) -> None:
        world = episode["world"]
        game = import_module(f"{__package__}.{world['game']['kind']}").GAME
        self.episode = episode
        self.game: Game = game(world, episode["conventions"], episode["agents"])

    @cached_property
    def answers(self) -> list[Derived | Fault]:
        """Of each question, or why it cannot be put."""
        return [self._answer(question) for question in self.episode["questions"]]

    def _answer(self, question: Json) -> Derived | Fault:
        try:
            return self.game.answer(question)
        except Wrong as error:
            return error.fault


_last: Trial | None = None


def trial(episode: Json) -> Trial:
    """The checks of one episode come one after another, so the last is kept."""
    global _last
    if _last is None or _last.episode is not episode:
        _last = Trial(episode)
    return _last


def told(check: str, episode: Json, faults: Callable[[Trial], Iterator[Fault]]) -> Iterator[Finding]:
    """Findings of a check: what is wrong by the game, or why there is none."""
    try:
        found = trial(episode)
    except Wrong as error:
        yield Finding(check, episode["id"], *error.fault)
        return
    for fault in faults(found):
        yield Finding(check, episode["id"], *fault)
