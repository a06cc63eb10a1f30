"""A coordination episode before anything happens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from madata.schemas import Agent
from madata.schemas.coordination.language import Conventions
from madata.schemas.coordination.world import CoordinationWorld

Choose = Callable[[Sequence[str]], list[str]]
"""Of the agents that models could play, those that they do."""


@dataclass(frozen=True)
class Setting:
    """The world has no events yet, its agents the ids `a0`, `a1`, .. and nothing private."""

    agents: list[Agent]
    conventions: Conventions
    world: CoordinationWorld

    def left(self, choose: Choose) -> "Setting":
        """The same with some of the agents left to models."""
        chosen = choose([agent.id for agent in self.agents])
        players = [
            player.model_copy(update={"behaviour": None, "switch": None}) if player.agent in chosen else player
            for player in self.world.players
        ]
        return replace(self, world=self.world.model_copy(update={"players": players}))
