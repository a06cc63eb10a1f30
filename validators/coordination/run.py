"""What happened in an episode, as it is recorded or as it is played, and what has reached whom by when.

"Reached" and "knows" are read off the list of events by their definitions ("Rounds, messages, knowledge" of
docs/coordination.md), whether it is complete (a record) or still grows (a play).
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from enum import IntEnum
from typing import NamedTuple

from madata.validators.coordination.world import Beliefs, Event, World


class Stage(IntEnum):
    """When in a round: at its beginning (after those who leave have left, and observation), at an agent's own turn to
    speak, or when acting."""

    BEGINNING = 0
    TURN = 1
    ACTING = 2


class Point(NamedTuple):
    time: int
    stage: Stage


class Run:
    """Events so far (in a record: all of them), `states`: the game's state at the beginning of each round and after the
    last, `rounds`: how many have been played, and `observed`: (agent, fact) and in which round first."""

    def __init__(self, world: World, start: Hashable, events: Iterable[Event] = ()) -> None:
        self.world = world
        self.states = [start]
        self.observed: dict[tuple[int, int], int] = {}
        self.events: list[Event] = []
        self._during: dict[int, list[int]] = defaultdict(list)
        self._inbox: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._by: dict[int, list[int]] = defaultdict(list)
        self._beliefs: dict[tuple[int, Point], Beliefs] = {}
        for event in events:
            self.add(event)

    def add(self, event: Event) -> None:
        index = len(self.events)
        self.events.append(event)
        self._during[event.time].append(index)
        self._by[event.agent].append(index)
        for hearer, arrives in zip(event.to, event.arrives, strict=True):
            if arrives is not None:
                self._inbox[hearer].append((arrives, index))

    @property
    def rounds(self) -> int:
        return len(self.states) - 1

    def during(self, time: int) -> list[int]:
        """The indices of the events of a round."""
        return self._during.get(time, [])

    def by(self, agent: int) -> list[int]:
        """The indices of the events of an agent."""
        return self._by.get(agent, [])

    def arrival(self, index: int, agent: int) -> int | None:
        """The round in which a message arrives at an agent; None: never, or it was not to it."""
        return dict(zip(self.events[index].to, self.events[index].arrives, strict=True)).get(agent)

    def reached(self, agent: int, point: Point) -> list[int]:
        """The indices of the messages that have reached an agent, by index."""
        return [index for _, index in self._arrived(agent, point)]

    def _arrived(self, agent: int, point: Point) -> list[tuple[int, int]]:
        """What has reached an agent: when, and the index."""
        inbox = self._inbox.get(agent, [])
        return [(arrives, index) for arrives, index in inbox if self._has(agent, index, arrives, point)]

    def _has(self, agent: int, index: int, arrives: int, point: Point) -> bool:
        event, time = self.events[index], point.time
        if point.stage is Stage.ACTING:
            return arrives <= time
        if event.time < time:
            return arrives <= time
        heard_at_once = point.stage is Stage.TURN and self.world.speech == "turns" and arrives == event.time == time
        return heard_at_once and (event.early or self.world.turn[event.agent] < self.world.turn[agent])

    def firsthand(self, agent: int, fact: int, time: int) -> bool:
        """Whether an agent knows a fact not only by a message, from the beginning of a round on."""
        observed = self.observed.get((agent, fact))
        return agent in self.world.known[fact] or (observed is not None and observed <= time)

    def beliefs(self, agent: int, point: Point) -> Beliefs:
        """What an agent takes the facts to be."""
        key = agent, point
        if key not in self._beliefs:
            found: dict[int, int] = {}
            for _, index in sorted(self._arrived(agent, point)):
                found |= self.events[index].told
            for fact, value in enumerate(self.world.truth):
                if self.firsthand(agent, fact, point.time):
                    found[fact] = value
            self._beliefs[key] = tuple(found.get(fact) for fact in range(len(self.world.truth)))
        return self._beliefs[key]

    def first_message(self, agent: int, fact: int, point: Point) -> int | None:
        """The message by which an agent came to know a fact; None if it did not need one, or does not know it."""
        if self.firsthand(agent, fact, point.time):
            return None
        telling = [arrival for arrival in self._arrived(agent, point) if self.events[arrival[1]].tells(fact)]
        return min(telling)[1] if telling else None

    def told_before(self, agent: int, fact: int, arrival: tuple[int, int]) -> bool:
        """Whether another message that tells a fact has arrived earlier (by round, then index)."""
        return any(each < arrival and self.events[each[1]].tells(fact) for each in self._inbox.get(agent, []))
