"""What `pathfinding`, `pursuit` and `kitchen` share ("Motion" of docs/coordination.md): speaking, acting, the joint
plan, and the questions about actions. Everything is over the game's own steps; nothing here knows a square."""

from abc import abstractmethod
from typing import Any

from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Beliefs, Values


class Motion(Game):
    """Besides `fit`, `start`, `advance` (with `acts` by agent, those who stay left out), `observes`, `cost` (the
    number of rounds), `milestones` and `least`, a game of motion provides what follows, and `reach`. States are
    hashable."""

    @abstractmethod
    def openings(self, state: Any, time: int, agent: int) -> list[int]:
        """The actions open to an agent at the beginning of a round, 0 among them, in order."""

    @abstractmethod
    def collides(self, state: Any, joint: tuple[int, ...]) -> bool:
        """Whether a joint action (of all agents, open to each) collides."""

    @abstractmethod
    def done(self, state: Any, time: int) -> bool:
        """Whether the game is at its end in this state at the beginning of a round (after the acts of the one before)."""

    @abstractmethod
    def remaining(self, state: Any, time: int, beliefs: Beliefs) -> int | None:
        """T, by beliefs (or the truth): the least number of rounds to the end; None if there is none, or no T."""

    @abstractmethod
    def alone(self, state: Any, time: int, agent: int, beliefs: Beliefs) -> int:
        """What an agent would do alone."""

    @abstractmethod
    def squares_reached(self, agent: int) -> set[str]:
        """The names of the squares an agent can get to from its start by open squares, others ignored."""

    def joint(self, state: Any, time: int, agent: int, beliefs: Beliefs) -> tuple[int, ...]:
        """The joint plan as the agent makes it. Over `remaining`; a game with a rule of its own for what is unknown
        (`pursuit`), or for many (`kitchen`), puts it before this."""
        raise NotImplementedError

    def best_actions(self, state: Any, time: int, agent: int, beliefs: Values) -> list[int]:
        """The agent's part of each joint action that is open, does not collide and leads to T - 1."""
        raise NotImplementedError

    def over(self, run: Run, time: int) -> bool:
        return self.done(run.states[time + 1], time + 1)
