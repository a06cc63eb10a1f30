"""What all families vary: the knobs that mean the same in each of them, and the team that a family's world is for."""

import random
from collections.abc import Sequence
from typing import Literal, NamedTuple

from madata.generators.family import Knob, draw
from madata.schemas import Agent
from madata.schemas.coordination.language import Behaviour, Conventions, Player, Switch

SMALL_TALK = Knob(0, 2, 0, 10, "turns that say nothing about the task")


def agents(low: int, high: int, minimum: int = 2, maximum: int = 8) -> Knob:
    return Knob(low, high, minimum, maximum, "agents")


def rounds(low: int, high: int, minimum: int = 2, maximum: int = 40) -> Knob:
    return Knob(low, high, minimum, maximum, "rounds at most")


class Team(NamedTuple):
    """Fields of the world and the conventions that a family does not draw itself."""

    conventions: Conventions
    order: list[str]
    players: list[Player]
    fates: list[int]


def cast_of(
    rng: random.Random,
    agents: Sequence[Agent],
    rounds: int,
    odd: Sequence[Behaviour] = (),
    *,
    leaders: bool = False,
    leaving: bool = False,
    switching: bool = True,
    unreliable: bool = True,
    speech: Sequence[Literal["turns", "concurrent"]] = ("turns", "concurrent"),
    channel: Sequence[Literal["messages", "blackboard"]] = ("messages",),
) -> Team:
    """Most teams are of one mind, or have one partner with one of the `odd` behaviours. `leaders`: in a fifth one leads
    and others do as told. A fifth have a switch, a tenth someone who leaves (if `leaving`), a quarter of those that
    exchange messages unreliable delivery."""
