"""A ToM scenario: a stage at the beginning of a story, and how the story becomes the content of an episode."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from madata.generators.assemble import provenance, questions
from madata.generators.family import Asked
from madata.generators.tom.capabilities import capabilities
from madata.generators.tom.stage import Stage
from madata.generators.tom.teller import tell_story
from madata.schemas import Turn, structure

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast


@dataclass(frozen=True, slots=True)
class Story:
    """`play` puts the events of the family's script on the stage, `ask` asks about what is on it.

    `small_talk` is the number of turns that say nothing about the world; `acts` are the kinds of act that agents may
    choose in self-play, where there is neither script nor small talk.
    """

    stage: Stage
    rng: random.Random
    play: Callable[[], None]
    ask: Callable[[], list[Asked]]
    small_talk: int = 0
    acts: tuple[str, ...] = ()

    def script(self) -> list[Asked]:
        """Lets everything happen as the family has it; what is asked then."""
        self.play()
        return self.ask()

    async def content(self, cast: "Cast | None") -> dict[str, Any]:
        if cast and cast.config.mode == "self-play":
            from madata.generators.tom.speech import improvise

            turns = await improvise(self.stage, self.acts, self.rng, cast)
            return self._content(self.ask(), turns, cast)
        asked = self.script()
        turns = tell_story(self.stage.agents, self.stage.conventions, self.stage.world(), self.rng, self.small_talk)
        if cast:
            from madata.generators.tom.speech import verbalise

            turns = await verbalise(self.stage, turns, cast)
        return self._content(asked, turns, cast)

    def _content(self, asked: list[Asked], turns: list[Turn], cast: "Cast | None") -> dict[str, Any]:
        stage = self.stage
        agents = [agent.model_dump() for agent in stage.agents]
        conventions = stage.conventions.model_dump()
        world = stage.world().model_dump()
        return {
            "capabilities": capabilities(stage, [each.query.kind for each in asked]),
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": None,
            "structure": structure("tom", world, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": questions(asked),
            "provenance": provenance(cast),
        }
