"""Games in which agents move at once, round by round (docs/coordination.md, "Motion").

A game is a state (a hashable tuple) and what changes it. What a scripted agent does is its part of the joint plan that
follows from what it knows: the shortest way to the end for all of them together.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any, ClassVar

from madata.generators.coordination.knowledge import Beliefs, acting, beginning, turn
from madata.generators.coordination.known import Known, Unasked
from madata.generators.coordination.session import Result, Session
from madata.generators.coordination.setting import Setting
from madata.schemas.coordination.language import (
    BestQuery,
    CanQuery,
    Event,
    Inform,
    IntendsQuery,
    Message,
    Milestone,
    Request,
)

State = tuple[Any, ...]
Joint = tuple[int, ...]
"""An action of each agent, by number."""

STAY = 0
PATIENCE = 3
"""Rounds without any change after which a team that is stuck gives up."""


class Motion(Session):
    """Beliefs: of each fact, by its number, its value, or None if it is not known. `states[t]` is the state at the
    beginning of round t; there is one more than rounds played."""

    kinds: ClassVar[Sequence[str]] = ("inform", "request")

    gives_up: ClassVar[bool] = False
    """Whether it is over for a team that is stuck."""

    states: list[State]

    def __init__(self, setting: Setting) -> None:
        self._all_stay: Joint = (STAY,) * len(setting.agents)
        super().__init__(setting)

    def begin(self) -> None:
        super().begin()
        self.states = [self.start()]

    @abstractmethod
    def start(self) -> State:
        """The state at the beginning of round 0."""

    @abstractmethod
    def openings(self, state: State, agent: int) -> list[int]:
        """The actions open to the agent, smallest first; 0 (to stay) always is."""

    @abstractmethod
    def settle(self, state: State, joint: Joint) -> Joint:
        """What is left of open actions after collisions; the same if there are none."""

    @abstractmethod
    def step(self, state: State, time: int, joint: Joint) -> State:
        """The state at the beginning of round `time` + 1, after a joint action already settled."""

    @abstractmethod
    def done(self, state: State, time: int) -> bool:
        """Whether the end is reached with this state at the beginning of round `time`."""

    @abstractmethod
    def remaining(self, state: State, time: int, beliefs: Beliefs) -> int | None:
        """T: the least number of rounds to the end from here; None if there is no end, or none is sought. To be
        memoised."""

    @abstractmethod
    def alone(self, state: State, time: int, agent: int, beliefs: Beliefs) -> int:
        """What the agent would do by itself."""

    @abstractmethod
    def least(self) -> int | None:
        """The fewest facts that have to be told; None if it is impossible."""

    @abstractmethod
    def milestones(self) -> list[Milestone]:
        """By `states`, after the play."""

    def sees(self, state: State, time: int) -> list[tuple[int, int]]:
        """Who observes which fact at the beginning of the round: pairs of agent and fact."""
        return []

    def shortest(self, state: State, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        """The joint actions that are open, do not collide and lead to where T is one less, lexicographically; none if T
        is 0 or there is no end. A game that finds them faster replaces it."""
        left = self.remaining(state, time, beliefs)
        if left:
            for joint in product(*(self.openings(state, agent) for agent in range(len(self.ids)))):
                if self.settle(state, joint) == joint:
                    after = self.remaining(self.step(state, time, joint), time + 1, beliefs)
                    if after == left - 1:
                        yield joint

    def wise(self, state: State, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        """What the agent does in one or another of the shortest ways to the end."""
        return {joint[agent] for joint in self.shortest(state, time, beliefs)}

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        """The joint plan, as the agent works it out."""
        return next(self.shortest(state, time, beliefs), self._all_stay)

    def optimum(self) -> tuple[int | None, bool]:
        """The least cost, None if it is impossible, and whether it is certified."""
        return self.remaining(self.states[0], 0, self.truth), True

    # The script of an agent.

    def observe(self, time: int) -> list[tuple[int, int]]:
        return self.sees(self.states[time], time)

    def turn(self, agent: int, time: int) -> Iterator[Event]:
        behaviour = self.behaviour(agent, time)
        if behaviour in ("team", "leader") and (news := self._news(agent, time)):
            yield from self.message(Inform, agent, time, facts=self.telling(news, self.truth))
        if behaviour == "leader":
            joint = self.joint(self.states[time], time, agent, self.known.beliefs(agent, turn(time)))
            for other in self.hearers(agent, time):
                if joint[other] != STAY:
                    yield from self.message(Request, agent, time, [other], action=joint[other])

    def _news(self, agent: int, time: int) -> list[int]:
        """The facts that the agent tells now."""
        known, now = self.known, turn(time)
        news = [
            fact
            for fact in range(len(self.truth))
            if known.sure(agent, fact, now)
            and fact not in known.common
            and not known.has_told(agent, fact)
            and not known.heard_of(agent, fact, now)
        ]
        return news[: self.world.bandwidth]

    def acts(self, time: int) -> Mapping[int, int]:
        return {
            agent: self.intention(agent, time, acting(time))
            for agent in range(len(self.ids))
            if self.behaviour(agent, time)
        }

    def intention(self, agent: int, time: int, point: int) -> int:
        """What a scripted agent does in the round by what it knows at the point."""
        state, beliefs = self.states[time], self.known.beliefs(agent, point)
        match self.behaviour(agent, time):
            case "literal":
                return self._requested(agent, time)
            case "myopic":
                return self.alone(state, time, agent, beliefs)
        return self.joint(state, time, agent, beliefs)[agent]

    def _requested(self, agent: int, time: int) -> int:
        """What was asked last of those requests that have just reached the agent."""
        new = self.known.reached(agent, acting(time), after=acting(time - 1) if time else -1)
        requests = [event for index in new if isinstance(event := self.events[index], Request)]
        asked = requests[-1].action if requests else STAY
        return asked if asked in self.openings(self.states[time], agent) else STAY

    def idle(self, agent: int) -> int | None:
        return STAY

    def open(self, agent: int, time: int) -> list[int]:
        return self.openings(self.states[time], agent)

    def advance(self, time: int, acts: Mapping[int, int]) -> None:
        state = self.states[time]
        joint = tuple(acts.get(agent, STAY) for agent in range(len(self.ids)))
        self.states.append(self.step(state, time, self.settle(state, joint)))

    def over(self, time: int) -> bool:
        return self.done(self.states[time + 1], time + 1) or self.stuck(time)

    def stuck(self, time: int) -> bool:
        """Whether the team gives up: for so many rounds nothing has changed, and nothing was said or has arrived."""
        since = time + 1 - PATIENCE
        if not self.gives_up or since < 0 or any(state != self.states[since] for state in self.states[since:]):
            return False
        messages = (event for event in self.events if isinstance(event, Message))
        return not any(since <= last for event in messages for last in (event.time, *event.arrives) if last is not None)

    # What came of it, and what is asked.

    def result(self) -> Result:
        success = self.done(self.states[-1], self.rounds)
        optimum, certified = self.optimum()
        return Result(
            success=success,
            cost=self.rounds if success else None,
            optimum=optimum,
            certified=certified,
            least=self.least(),
            milestones=self.milestones(),
        )

    def answer_can(self, query: CanQuery) -> Known:
        openings = self.open(self.number[query.agent], query.time)
        return Known([self.names.actions[action] for action in query.actions if action in openings])

    def answer_intends(self, query: IntendsQuery) -> Known:
        agent = self.number[query.agent]
        beliefs = self.known.beliefs(agent, beginning(query.time))
        return self._wise(agent, query.time, query.actions, beliefs)._replace(view=query.agent, order=1)

    def answer_best(self, query: BestQuery) -> Known:
        assert query.agent is not None and query.time is not None
        return self._wise(self.number[query.agent], query.time, query.actions, self.truth)

    def _wise(self, agent: int, time: int, actions: Sequence[int], beliefs: Beliefs) -> Known:
        if not (wise := self.wise(self.states[time], time, agent, beliefs)):
            raise Unasked("there is nothing left to be done, or no way to do it")
        return Known([self.names.actions[each] for each in actions if each in wise])
