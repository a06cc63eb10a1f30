"""What happened in an episode, as it is recorded or as it is played, and what has reached whom by when."""

from enum import IntEnum
from typing import Any, NamedTuple

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
    """Events so far (in a record: all of them), the game's state at the beginning of each round begun, and who observed
    which fact in which round."""

    world: World
    events: list[Event]
    states: list[Any]
    rounds: int
    """How many have been played."""
    observed: dict[tuple[int, int], int]
    """(agent, fact): the first round."""

    def during(self, time: int) -> list[int]:
        """The indices of the events of a round."""
        raise NotImplementedError

    def reached(self, agent: int, point: Point) -> list[int]:
        """The indices of the messages that have reached an agent, by index."""
        raise NotImplementedError

    def arrival(self, index: int, agent: int) -> int | None:
        """The round in which a message arrives at an agent; None: never."""
        raise NotImplementedError

    def beliefs(self, agent: int, point: Point) -> Beliefs:
        """What an agent takes the facts to be."""
        raise NotImplementedError
