"""Games in which agents move at once, round by round (docs/coordination.md, "Motion").

A game is a state (a hashable tuple) and what changes it. What a scripted agent does is its part of the joint plan that
follows from what it knows: the shortest way to the end for all of them together.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from madata.generators.coordination.knowledge import Beliefs
from madata.generators.coordination.session import Session
from madata.schemas.coordination.language import Milestone

State = tuple[Any, ...]
Joint = tuple[int, ...]
"""An action of each agent, by number."""

STAY = 0


class Motion(Session):
    """Beliefs: of each fact, by its number, its value, or None if it is not known. `states[t]` is the state at the
    beginning of round t; there is one more than rounds played."""

    kinds: ClassVar[Sequence[str]] = ("inform", "query-ref", "request")

    states: list[State]

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

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        """The joint plan, as the agent works it out."""
        return next(self.shortest(state, time, beliefs), (STAY,) * len(self.ids))
