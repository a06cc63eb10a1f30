"""What a coordination game of its own provides, and what it can build on.

A game is a module of `games` of its kind's name, with `GAME`, a subclass of `Game` (game.py; usually by way of
`Deliberation` or `Motion`). The abstract methods are what it has to provide. The state of a game is any hashable value
of its own, kept by the run for the beginning of each round. Agents, facts and actions are numbers.
"""

from abc import ABC, abstractmethod
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Event, Plan, World
from madata.validators.trial import Json


class Rules(ABC):
    """`world` is what is given, `figures` the JSON of `world.game`, `record` the recorded episode. `kinds` are those of
    the messages that can be said at all, `behaviours` those that occur."""

    kinds: frozenset[str]
    behaviours: frozenset[str]

    small_talk = True
    """Whether agents also say what has nothing to do with the task."""

    world: World
    figures: Json
    record: Run

    @abstractmethod
    def fit(self) -> None:
        """Reads `figures` into what the game works with, with `world` in place and nothing else; raises `Wrong` for
        what does not fit: wrong lengths, ids that do not exist, sizes beyond a limit, which it names."""

    @abstractmethod
    def start(self) -> Hashable:
        """The state at the beginning of round 0 (None if there is nothing to keep)."""

    @abstractmethod
    def advance(self, state: Any, time: int, acts: Mapping[int, int]) -> Hashable:
        """The state after the acts (by agent) of a round. An act that is not open does nothing."""

    @abstractmethod
    def over(self, run: Run, time: int) -> bool:
        """Whether the game is over after a round that is not the last; `run.states[time + 1]` is there."""

    def observes(self, state: Any, time: int) -> list[tuple[int, int]]:
        """Who (agent) observes which fact at the beginning of a round. Nobody, in most games."""
        return []

    @abstractmethod
    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        """What a scripted agent says in its turn: events made by `says`, each of them in `run` before the next is asked
        for."""

    @abstractmethod
    def act(self, run: Run, agent: int, time: int) -> int | None:
        """What a scripted agent does in a round; None: nothing that is an event."""

    @abstractmethod
    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        """The actions that can be events of an agent in a round (staying is none), in order."""

    @abstractmethod
    def success(self, run: Run) -> bool: ...

    @abstractmethod
    def cost(self, run: Run) -> int | None: ...

    def plan(self, run: Run) -> Plan | None:
        """What was agreed."""
        return None

    @property
    @abstractmethod
    def optimum(self) -> int | None: ...

    @property
    def certified(self) -> bool:
        return True

    @property
    def possible(self) -> bool:
        """Whether it can be done at all."""
        return self.optimum is not None

    @property
    @abstractmethod
    def least(self) -> int | None: ...

    @abstractmethod
    def milestones(self, run: Run) -> list[tuple[str, int | None]]: ...

    # What a game can build on, and `graph` and `hints` have otherwise.

    def others(self, agent: int, time: int) -> list[int]:
        """To whom an agent says what it "says to all"."""
        return [other for other in self.world.present(time) if other != agent]

    def says(self, agent: int, time: int, kind: str, to: Sequence[int] | None = None, **content: Any) -> Event:
        """A message with its fate, to some or (None) to all. On a blackboard all read it, but a request is one's."""
        if to is None or (self.world.channel == "blackboard" and kind != "request"):
            to = self.others(agent, time)
        arrives = tuple(self.world.arrives(time, agent, hearer) for hearer in to)
        return Event(kind, agent, time, tuple(to), arrives, **content)

    def witnesses(self, event: Event) -> list[int]:
        """Who perceives an event, in agent order."""
        if event.is_message:
            heard = zip(event.to, event.arrives, strict=True)
            return sorted({event.agent, *(hearer for hearer, arrives in heard if arrives is not None)})
        if event.kind == "leave":
            leaves = enumerate(self.world.leaves)
            return [who for who, time in leaves if time is None or (time, who) >= (event.time, event.agent)]
        return self.world.present(event.time)

    def messages(self, run: Run) -> int:
        return sum(event.is_message for event in run.events)

    def told(self, run: Run) -> int:
        """Facts told, and choices."""
        return sum(len(event.told) + (event.choice is not None) for event in run.events)

    def communicates(self) -> bool:
        """Whether anything is said."""
        return self.messages(self.record) > 0

    def redundant(self, run: Run) -> list[int]:
        """The messages that told nobody anything new."""
        return [index for index in range(len(run.events)) if self._is_redundant(run, index)]

    def _is_redundant(self, run: Run, index: int) -> bool:
        event = run.events[index]
        if not event.told or event.choice is not None:
            return False
        arrivals = zip(event.to, event.arrives, strict=True)
        reached = [(who, arrives) for who, arrives in arrivals if arrives is not None and arrives < run.rounds]
        return bool(reached) and all(
            run.firsthand(who, fact, arrives) or run.told_before(who, fact, (arrives, index))
            for who, arrives in reached
            for fact, _ in event.told
        )

    def learned(self, run: Run) -> list[tuple[int, int, int]]:
        """Agent, fact, and the first round in which the agent knows it when acting, of those it did not know."""
        first: dict[tuple[int, int], int] = {}
        told = [
            (who, fact, arrives)
            for event in run.events
            for who, arrives in zip(event.to, event.arrives, strict=True)
            if arrives is not None and arrives < run.rounds
            for fact, _ in event.told
        ]
        for who, fact, time in [*told, *((who, fact, time) for (who, fact), time in run.observed.items())]:
            if who not in self.world.known[fact]:
                first[who, fact] = min(time, first.get((who, fact), time))
        return sorted((who, fact, time) for (who, fact), time in first.items())

    def contradicted(self, run: Run) -> list[int]:
        """The messages that told something that is not so."""
        truth = self.world.truth
        return [
            index for index, event in enumerate(run.events) if any(truth[fact] != value for fact, value in event.told)
        ]
