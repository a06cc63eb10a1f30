"""A negotiation at its beginning, whatever its game, and how it becomes the content of an episode."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from madata import __version__
from madata.generators.family import Asked, Rejected
from madata.generators.negotiation.capabilities import Played, capabilities
from madata.generators.negotiation.teller import tell
from madata.generators.teachers import scripted
from madata.schemas import Agent, Turn, structure
from madata.schemas.negotiation import Conventions, Game, NegotiationWorld, Outcome

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast


class State(Played, Protocol):
    """What a game of any kind keeps while it is played."""

    @property
    def game(self) -> Game: ...

    def world(self) -> NegotiationWorld: ...

    def outcome(self) -> Outcome: ...


@dataclass(frozen=True, slots=True)
class Negotiation:
    """`play` lets the parties act until the game is over, `ask` asks about what then is in `table`. `small_talk` is the
    number of turns that say nothing about the game."""

    agents: Sequence[Agent]
    conventions: Conventions
    rng: random.Random
    table: State
    play: Callable[[], None]
    ask: Callable[[], list[Asked]]
    small_talk: int = 0

    async def content(self, cast: "Cast | None") -> dict[str, Any]:
        if cast:
            raise Rejected("teacher", "negotiation is not yet played by models")
        self.play()
        asked = self.ask()
        world = self.table.world()
        return self._content(asked, world, tell(self.agents, self.conventions, world, self.rng, self.small_talk))

    def _content(self, asked: list[Asked], happened: NegotiationWorld, turns: list[Turn]) -> dict[str, Any]:
        agents = [agent.model_dump() for agent in self.agents]
        questions: list[dict[str, Any]] = [
            {
                "id": f"q{number}",
                "ability": each.ability,
                "order": each.order,
                "query": each.query.model_dump(),
                "text": each.text,
                "options": each.options,
                "answer": each.answer,
                "evidence": each.evidence,
                "view": each.view,
            }
            for number, each in enumerate(asked)
        ]
        conventions = self.conventions.model_dump()
        world = happened.model_dump()
        return {
            "capabilities": capabilities(self.table, [question["query"]["kind"] for question in questions]),
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": self.table.outcome().model_dump(),
            "structure": structure("negotiation", world, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": questions,
            "provenance": {
                "generator": f"madata {__version__}",
                "mode": "verbalise",
                "teachers": [{"name": scripted.NAME, "revision": scripted.REVISION, "sampling": {}}],
                "spoken": [],
                "attempts": 1,
                "source": None,
            },
        }
