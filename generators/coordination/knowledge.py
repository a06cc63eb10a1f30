"""What has reached whom when, and what each agent then knows (docs/coordination.md, "Rounds, messages, knowledge").

Time has three points a round: its beginning, an agent's turn to speak, and acting. All points of all rounds are the
integers from 0 (`beginning`, `turn`, `acting`), so that what reached an agent by a point is what has a smaller or the
same integer. A late message reaches an agent at the beginning of a round, others at its turn or when acting; therefore
deliveries to an agent by point and index are those by `arrives` and index, and what counts is the last one.

Agents and facts are numbers here, in agent order and fact order.
"""

from bisect import bisect_right, insort
from typing import NamedTuple

from madata.generators.coordination.setting import Setting
from madata.schemas.coordination.language import Event, Inform, Message, Reject

OBSERVED = -1  # in place of the index of a message
Beliefs = tuple[int | None, ...]
"""By fact number the value it is taken to have, None if it is not known."""


class Extra(NamedTuple):
    """A message that a re-run has besides: at the beginning of the round the agent tells all others what it takes the
    fact to be."""

    time: int
    agent: int
    fact: int


def beginning(time: int) -> int:
    return 3 * time


def turn(time: int) -> int:
    return 3 * time + 1


def acting(time: int) -> int:
    return 3 * time + 2


class Knowledge:
    """Grows with `hear` and `observe`; all else asks about any point up to now, or after the end about any at all."""

    def __init__(self, setting: Setting) -> None:
        world = setting.world
        self.agent = {agent.id: number for number, agent in enumerate(setting.agents)}
        self.fact = {fact.id: number for number, fact in enumerate(world.facts)}
        self.truth = tuple(fact.value for fact in world.facts)
        self._place = {self.agent[agent]: place for place, agent in enumerate(world.order)}
        self._turns = setting.conventions.speech == "turns"
        agents = range(len(setting.agents))
        # From which point on an agent is sure of a fact.
        self._sure: list[dict[int, int]] = [{} for _ in agents]
        for number, fact in enumerate(world.facts):
            for agent in fact.known:
                self._sure[self.agent[agent]][number] = 0
        self.start = tuple(frozenset(sure) for sure in self._sure)
        self.common = frozenset(
            number for number in range(len(world.facts)) if all(number in known for known in self.start)
        )
        self._inbox: list[list[tuple[int, int]]] = [[] for _ in agents]
        self._reached: list[dict[int, int]] = [{} for _ in agents]
        # Per agent (point, index of the message, fact, value), in the order of the deliveries.
        self._lessons: list[list[tuple[int, int, int, int]]] = [[] for _ in agents]
        self._told: list[set[int]] = [set() for _ in agents]
        # Per agent and fact the first message that tells it, with its point.
        self._first: list[dict[int, tuple[int, int]]] = [{} for _ in agents]
        # Per agent the number of lessons learnt, and what they come to: play goes forward, so they are mostly extended.
        self._learnt: list[tuple[int, list[int | None]]] = [(0, self._untaught(agent)) for agent in agents]
        self._beliefs: list[tuple[int, Beliefs]] = [(0, tuple(values)) for _, values in self._learnt]

    def hear(self, index: int, event: Event, first: bool = False) -> None:
        """Takes note of an event. `first`: it is said before the first turn of its round."""
        if not isinstance(event, Message):
            return
        speaker = self.agent[event.agent]
        told = tells(event)
        facts = [(self.fact[fact], value) for fact, value in told.items()]
        self._told[speaker].update(fact for fact, _ in facts)
        for agent, arrives in zip(map(self.agent.__getitem__, event.to), event.arrives, strict=True):
            if arrives is None:
                continue
            if arrives > event.time:
                point = beginning(arrives)
            elif self._turns and (first or self._place[speaker] < self._place[agent]):
                point = turn(arrives)
            else:
                point = acting(arrives)
            self._reached[agent][index] = point
            insort(self._inbox[agent], (point, index))
            for fact, value in facts:
                self._first[agent][fact] = min((point, index), self._first[agent].get(fact, (point, index)))
                self._learn(agent, (point, index, fact, value))

    def observe(self, agent: int, fact: int, time: int) -> None:
        if fact not in self._sure[agent]:
            self._sure[agent][fact] = beginning(time)
            self._learn(agent, (beginning(time), OBSERVED, fact, self.truth[fact]))

    def reached(self, agent: int, point: int, after: int = -1) -> list[int]:
        """The messages that have reached the agent by the point, but had not by the point `after`, in event order."""
        inbox = self._inbox[agent]
        since = bisect_right(inbox, (after + 1,))
        return sorted(index for _, index in inbox[since : bisect_right(inbox, (point + 1,))])

    def has_reached(self, index: int, agent: int, point: int) -> bool:
        found = self._reached[agent].get(index)
        return found is not None and found <= point

    def sure(self, agent: int, fact: int, point: int) -> bool:
        """Whether the agent knows the fact not only by message: from the start, or because it has observed it."""
        found = self._sure[agent].get(fact)
        return found is not None and found <= point

    def has_told(self, agent: int, fact: int) -> bool:
        """Whether an event of the agent tells the fact, up to now."""
        return fact in self._told[agent]

    def beliefs(self, agent: int, point: int) -> Beliefs:
        lessons = self._lessons[agent]
        count = bisect_right(lessons, (point + 1,))
        if self._beliefs[agent][0] == count:
            return self._beliefs[agent][1]
        learnt, values = self._learnt[agent]
        if learnt > count:
            learnt, values = 0, self._untaught(agent)
        sure = self._sure[agent]
        for when, index, fact, value in lessons[learnt:count]:
            if index == OBSERVED or sure.get(fact, when + 1) > when:
                values[fact] = value
        self._learnt[agent] = count, values
        beliefs = tuple(values)
        self._beliefs[agent] = count, beliefs
        return beliefs

    def hopes(self, agent: int, point: int) -> tuple[int, ...]:
        """What the agent goes by in a deliberation: what it knows, and value 0 for the rest."""
        return tuple(value or 0 for value in self.beliefs(agent, point))

    def knows(self, agent: int, fact: int, point: int) -> bool:
        return self.beliefs(agent, point)[fact] is not None

    def heard_of(self, agent: int, fact: int, point: int) -> bool:
        """Whether a message that tells the fact has reached the agent."""
        return self.first(agent, fact, point) is not None

    def first(self, agent: int, fact: int, point: int) -> int | None:
        """The first message that told the agent the fact, by `arrives`, then index."""
        when, index = self._first[agent].get(fact, (point + 1, OBSERVED))
        return index if when <= point else None

    def knew(self, agent: int, fact: int, index: int) -> bool:
        """Whether the agent knew the fact before the message reached it."""
        when = self._reached[agent][index]
        return self.sure(agent, fact, when) or self.first(agent, fact, when) != index

    def learned(self, agent: int) -> dict[int, int]:
        """The facts that the agent did not know at the start, with the round of the first lesson."""
        found: dict[int, int] = {}
        for point, _, fact, _ in self._lessons[agent]:
            if fact not in self.start[agent]:
                found.setdefault(fact, point // 3)
        return found

    def _learn(self, agent: int, lesson: tuple[int, int, int, int]) -> None:
        lessons = self._lessons[agent]
        place = bisect_right(lessons, lesson)
        lessons.insert(place, lesson)
        if place < self._learnt[agent][0]:
            untaught = self._untaught(agent)
            self._learnt[agent], self._beliefs[agent] = (0, untaught), (0, tuple(untaught))

    def _untaught(self, agent: int) -> list[int | None]:
        values: list[int | None] = [None] * len(self.truth)
        for fact in self.start[agent]:
            values[fact] = self.truth[fact]
        return values


def tells(event: Event) -> dict[str, int]:
    """The facts that an event tells, by id, with the values told."""
    return {told.fact: told.value for told in event.facts} if isinstance(event, Inform | Reject) else {}
