"""A negotiation at its beginning, whatever its game, and how it becomes the content of an episode."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from madata.generators.assemble import provenance, questions
from madata.generators.family import Asked
from madata.generators.negotiation.capabilities import capabilities
from madata.generators.negotiation.floors import Floor
from madata.generators.negotiation.private import private
from madata.generators.negotiation.state import State
from madata.generators.negotiation.teller import tell
from madata.schemas import Agent, Turn, structure
from madata.schemas.negotiation import Conventions, NegotiationWorld

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast


Choose = Callable[[Sequence[str]], list[str]]
"""Of the agents that models could play, those that they do."""


@dataclass(frozen=True, slots=True)
class Negotiation:
    """`play` lets the parties act until the game is over, `ask` asks about what then is on the `table`. `small_talk` is
    the number of turns that say nothing about the game.

    For self-play: `leave` gives the same negotiation with some of the parties left to models, `floor` says who may act
    when, and how.
    """

    agents: Sequence[Agent]
    conventions: Conventions
    rng: random.Random
    table: State
    play: Callable[[], None]
    ask: Callable[[], list[Asked]]
    floor: Callable[[], Floor]
    leave: Callable[[Choose], "Negotiation"]
    small_talk: int = 0

    async def content(self, cast: "Cast | None") -> dict[str, Any]:
        if cast and cast.config.mode == "self-play":
            from madata.generators.negotiation.speech import improvise

            left = self.leave(cast.players)
            turns = await improvise(left.agents, left.conventions, left.floor(), left.rng, cast)
            return left._content(left.ask(), left.table.world(), turns, cast)
        self.play()
        asked = self.ask()
        world = self.table.world()
        turns = tell(self.agents, self.conventions, world, self.rng, self.small_talk)
        if cast:
            from madata.generators.negotiation.speech import verbalise

            turns = await verbalise(self.agents, world, turns, cast)
        return self._content(asked, world, turns, cast)

    def _content(
        self, asked: list[Asked], happened: NegotiationWorld, turns: list[Turn], cast: "Cast | None"
    ) -> dict[str, Any]:
        secrets = private(happened.game)
        agents = [agent.model_dump() | {"private": secrets[agent.id]} for agent in self.agents]
        conventions = self.conventions.model_dump()
        world = happened.model_dump()
        return {
            "capabilities": capabilities(self.table, [each.query.kind for each in asked]),
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": self.table.outcome().model_dump(),
            "structure": structure("negotiation", world, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": questions(asked),
            "provenance": provenance(cast),
        }
