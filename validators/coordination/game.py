"""The seam: what the checks ask of a coordination game, what a game of its own provides, and what all games share.

A game is a module of `games` of its kind's name, with `GAME`, a subclass of `Game` (usually of `Deliberation` or
`Motion`). The abstract methods are what it has to provide; the state of a game is any value of its own, never changed
in place, kept by the run for the beginning of each round. Agents, facts and actions are numbers.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Event, World
from madata.validators.trial import Derived, Fault, Json


class Right(NamedTuple):
    """The right options of a question (any order), and the question's fields besides."""

    options: Sequence[str]
    evidence: Sequence[int] = ()
    view: int | None = None
    order: int = 0


class Game(ABC):
    """`self.world` is what is given (`World`), `self.figures` the JSON of `world.game`, `self.record` the recorded
    episode as a `Run`. Kinds of messages that can be said at all are `kinds`, behaviours that occur `behaviours`."""

    kinds: frozenset[str]
    behaviours: frozenset[str]

    world: World
    figures: Json
    record: Run

    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None: ...

    # What a game provides.

    @abstractmethod
    def fit(self) -> None:
        """Reads `self.figures` (and conventions) into what the game works with; raises `Wrong` (trial.py) for what
        does not fit: wrong lengths, ids that do not exist, sizes beyond a limit, which it names. Called once, before
        anything else, with `self.world` in place."""

    @abstractmethod
    def start(self) -> Any:
        """The state at the beginning of round 0 (None if it has none)."""

    @abstractmethod
    def advance(self, state: Any, time: int, acts: Mapping[int, int]) -> Any:
        """The state after the acts (by agent) of a round. An act that is not open does nothing."""

    @abstractmethod
    def over(self, run: Run, time: int) -> bool:
        """Whether the game is over after a round; `run.states[time + 1]` is there."""

    def observes(self, state: Any, time: int) -> list[tuple[int, int]]:
        """Who (agent) observes which fact at the beginning of a round. Nobody, in most games."""
        return []

    @abstractmethod
    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        """What a scripted agent says in its turn: events made by `self.says`, each of them in `run.events` before the
        next is asked for."""

    @abstractmethod
    def act(self, run: Run, agent: int, time: int) -> int | None:
        """What a scripted agent does in a round; None: nothing that is an event."""

    @abstractmethod
    def unopen(self, run: Run, agent: int, time: int, action: int) -> Fault | None:
        """Why an act cannot be done in a round (`where` is filled in); None if it can."""

    @abstractmethod
    def success(self, run: Run) -> bool: ...

    @abstractmethod
    def cost(self, run: Run) -> int | None: ...

    def plan(self, run: Run) -> tuple[int, ...] | None:
        """What was agreed."""
        return None

    @property
    @abstractmethod
    def optimum(self) -> int | None:
        """Use `cached_property`."""

    certified: bool = True

    @property
    @abstractmethod
    def least(self) -> int | None: ...

    @property
    def possible(self) -> bool:
        """Whether it can be done at all."""
        return self.optimum is not None

    @abstractmethod
    def milestones(self, run: Run) -> list[tuple[str, int | None]]: ...

    # Kinds of queries: a game answers KIND by a method `answer_KIND(self, query: Json) -> Right`, which raises `Wrong`
    # ("query, time" and so on) if the query cannot be put. Those that all games are asked are in `asked.py`; what is
    # not there cannot be asked.

    def option_texts(self, query: Json) -> list[str] | None:
        """The texts of the entries that a query lists (facts, plans, ..); None if it lists none."""
        raise NotImplementedError

    # What all games share.

    def says(
        self, run: Run, agent: int, time: int, kind: str, to: Sequence[int] | None = None, **content: Any
    ) -> Event:
        """A message to some, or to all others present (on a blackboard always, but for requests), with its fate."""
        raise NotImplementedError

    def others(self, agent: int, time: int) -> list[int]:
        """To whom the agent says what it "says to all": all others present. (`graph`: neighbours present.)"""
        raise NotImplementedError

    def rerun(self, lost: int | None = None, extra: tuple[int, int, int] | None = None) -> Run:
        """The episode played again by its scripts, with message `lost` arriving nowhere, or with one more `inform` in a
        round by an agent of a fact: `extra` = (time, agent, fact). Raises `Wrong` if an agent has no behaviour."""
        raise NotImplementedError

    def witnesses(self, index: int) -> list[int]:
        """Who perceives an event, in agent order."""
        raise NotImplementedError

    def illegal(self) -> Iterator[Fault]: ...
    def unscripted(self) -> Iterator[Fault]: ...
    def outcome(self) -> Json: ...
    def answer(self, question: Json) -> Derived: ...
    def legible(self, query: Json, option: str) -> bool: ...
    def adapts(self) -> bool: ...
    def private(self, agent: str) -> Json: ...
