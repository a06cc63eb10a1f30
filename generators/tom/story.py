"""A ToM scenario: a stage at the beginning of a story, and how the story becomes the content of an episode."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from madata import __version__
from madata.generators.family import Asked
from madata.generators.teachers import scripted
from madata.generators.tom.capabilities import capabilities
from madata.generators.tom.stage import Stage
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
        turns = scripted.tell_story(
            self.stage.agents, self.stage.conventions, self.stage.world(), self.rng, self.small_talk
        )
        if cast:
            from madata.generators.tom.speech import verbalise

            turns = await verbalise(self.stage, turns, cast)
        return self._content(asked, turns, cast)

    def _content(self, asked: list[Asked], turns: list[Turn], cast: "Cast | None") -> dict[str, Any]:
        stage = self.stage
        agents = [agent.model_dump() for agent in stage.agents]
        conventions = stage.conventions.model_dump()
        world = stage.world().model_dump()
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
        return {
            "capabilities": capabilities(stage, [question["query"]["kind"] for question in questions]),
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": None,
            "structure": structure("tom", world, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": questions,
            "provenance": {
                "generator": f"madata {__version__}",
                "mode": cast.config.mode if cast else "verbalise",
                "teachers": [
                    {"name": scripted.NAME, "revision": scripted.REVISION, "sampling": {}},
                    *(cast.teachers if cast else ()),
                ],
                "spoken": cast.spoken if cast else [],
                "attempts": 1,
                "source": None,
            },
        }
