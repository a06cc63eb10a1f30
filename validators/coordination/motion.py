"""What `pathfinding`, `pursuit` and `kitchen` share ("Motion" of docs/coordination.md): speaking, acting, the joint
plan, and the questions about actions. All of it is over the game's own steps; nothing here knows a square."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import product
from typing import Any

from madata.validators.coordination.asked import Right
from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Beliefs, Event
from madata.validators.trial import Json, Wrong

STAY = 0

Joint = tuple[int, ...]
"""An action of each agent, in agent order."""


class Motion(Game):
    """Besides `fit` (which first calls `stay_put`), `start`, `advance` (`acts` leaves out those who stay), `observes`,
    `milestones` and `least`, a game of motion provides what follows."""

    kinds = frozenset({"inform", "request"})
    behaviours = frozenset({"team", "myopic", "silent", "literal", "leader"})
    gives_up = False
    """Whether it is over for a team that is stuck."""

    @abstractmethod
    def openings(self, state: Any, time: int, agent: int) -> Sequence[int]:
        """The actions open to an agent at the beginning of a round, staying among them, in order."""

    @abstractmethod
    def collides(self, state: Any, joint: Joint) -> bool:
        """Whether a joint action, open to each, collides."""

    @abstractmethod
    def done(self, state: Any, time: int) -> bool:
        """Whether it is done, in the state at the beginning of a round."""

    @abstractmethod
    def remaining(self, state: Any, time: int, beliefs: Beliefs) -> int | None:
        """T, by beliefs (or the truth): the least number of rounds to the end; None if there is none, or no T."""

    @abstractmethod
    def alone(self, state: Any, time: int, agent: int, beliefs: Beliefs) -> int:
        """What an agent would do alone."""

    @abstractmethod
    def within_reach(self, agent: int) -> set[str]:
        """The names of the squares an agent can get to from its start by open squares, its start too, others
        ignored."""

    def stay_put(self) -> None:
        """Agents never leave."""
        if any(leaves is not None for leaves in self.world.leaves):
            raise Wrong("players, leaves", "nobody who leaves", self.world.leaves)

    # The joint plan.

    def joint(self, state: Any, time: int, agent: int, beliefs: Beliefs) -> Joint:
        """The joint plan, as an agent with these beliefs makes it. A game with a rule of its own for what is unknown
        (`pursuit`) or for many (`kitchen`) puts it before this."""
        return next(self.good(state, time, beliefs), (STAY,) * len(self.world.agents))

    def good(self, state: Any, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        """The joint actions that are open, do not collide and lead to a state from which it is a round less, in
        order. Every one is looked at; a game that can look at fewer does."""
        left = self.remaining(state, time, beliefs)
        if not left:
            return
        for joint in product(*(self.openings(state, time, agent) for agent in range(len(self.world.agents)))):
            if not self.collides(state, joint):
                after = self.advance(state, time, {agent: action for agent, action in enumerate(joint) if action})
                if self.remaining(after, time + 1, beliefs) == left - 1:
                    yield joint

    def parts(self, state: Any, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        """What an agent does in one of the good joint actions or another. Every one is looked at; a game of many agents
        has a shorter way."""
        return {joint[agent] for joint in self.good(state, time, beliefs)}

    # Speaking and acting.

    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        behaviour, point = self.world.behaviour(agent, time), Point(time, Stage.TURN)
        if behaviour in ("team", "leader") and (news := self.news(run, agent, time)):
            yield self.says(agent, time, "inform", told=tuple((fact, self.world.truth[fact]) for fact in news))
        if behaviour == "leader":
            joint = self.joint(run.states[time], time, agent, run.beliefs(agent, point))
            for other, action in enumerate(joint):
                if other != agent and action != STAY:
                    yield self.says(agent, time, "request", [other], action=action)

    def news(self, run: Run, agent: int, time: int) -> list[int]:
        """What the agent knows at first hand, and nobody has told in its hearing."""
        heard = (*run.by(agent), *run.reached(agent, Point(time, Stage.TURN)))
        told = {fact for index in heard for fact, _ in run.events[index].told}
        facts = range(len(self.world.facts))
        news = [fact for fact in facts if run.firsthand(agent, fact, time) and not self.world.common[fact]]
        return [fact for fact in news if fact not in told][: self.world.bandwidth]

    def act(self, run: Run, agent: int, time: int) -> int | None:
        behaviour = self.world.behaviour(agent, time)
        if behaviour == "literal":
            return self.obedient(run, agent, time) or None
        return self.chosen(run, agent, time, run.beliefs(agent, Point(time, Stage.ACTING))) or None

    def chosen(self, run: Run, agent: int, time: int, beliefs: Beliefs) -> int:
        """What an agent does by what it takes to be so."""
        state = run.states[time]
        if self.world.behaviour(agent, time) == "myopic":
            return self.alone(state, time, agent, beliefs)
        return self.joint(state, time, agent, beliefs)[agent]

    def obedient(self, run: Run, agent: int, time: int) -> int:
        """The last action that the agent was asked for since it acted, if it is open."""
        before = run.reached(agent, Point(time - 1, Stage.ACTING)) if time else []
        new = [index for index in run.reached(agent, Point(time, Stage.ACTING)) if index not in before]
        requests = [run.events[index].action for index in new if run.events[index].kind == "request"]
        action = requests[-1] if requests else None
        return action if action in self.openings(run.states[time], time, agent) and action is not None else STAY

    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        return [action for action in self.openings(run.states[time], time, agent) if action != STAY]

    # What comes of it.

    def over(self, run: Run, time: int) -> bool:
        return self.done(run.states[time + 1], time + 1) or (self.gives_up and given_up(run, time))

    def success(self, run: Run) -> bool:
        return self.done(run.states[-1], run.rounds)

    def cost(self, run: Run) -> int | None:
        return run.rounds if self.success(run) else None

    @cached_property
    def optimum(self) -> int | None:
        return self.remaining(self.start(), 0, self.world.truth)

    # Questions.

    def answer_reach(self, query: Json) -> Right:
        if query["agent"] is None:
            raise Wrong("query, agent", "an agent", "nobody")
        reached = self.within_reach(self.agent_in(query))
        return Right([square for square in query["squares"] if square in reached])

    def answer_can(self, query: Json) -> Right:
        time = self.round_of(query)
        opened = self.openings(self.record.states[time], time, self.agent_in(query))
        return Right([self.world.actions[action] for action in self.actions_in(query) if action in opened])

    def answer_intends(self, query: Json) -> Right:
        agent, time = self.agent_in(query), self.round_of(query)
        beliefs = self.record.beliefs(agent, Point(time, Stage.BEGINNING))
        return Right(self._parts(agent, time, query, beliefs), (), agent, 1)

    def answer_best(self, query: Json) -> Right:
        if query["agent"] is None or query["time"] is None:
            raise Wrong("query", "an agent and a round", "none")
        agent, time = self.agent_in(query), self.round_of(query)
        return Right(self._parts(agent, time, query, self.world.truth))

    def _parts(self, agent: int, time: int, query: Json, beliefs: Beliefs) -> list[str]:
        right = self.parts(self.record.states[time], time, agent, beliefs)
        if not right:
            raise Wrong("query, time", "a round with something left to do that can be done", time)
        return [self.world.actions[action] for action in self.actions_in(query) if action in right]


def given_up(run: Run, time: int) -> bool:
    """Whether a round was the last of three that changed nothing and in which nothing was said or arrived."""
    first = time - 2
    if first < 0 or any(run.states[each] != run.states[first] for each in (first + 1, first + 2, first + 3)):
        return False
    return all(
        event.time < first and all(arrives is None or arrives < first for arrives in event.arrives)
        for event in run.events
        if event.is_message
    )
