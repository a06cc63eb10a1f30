"""A finished ToM scenario: the stage, the questions, and how they become the content of an episode."""

import random
from dataclasses import dataclass
from typing import Any

from madata import __version__
from madata.generators.family import Asked
from madata.generators.teachers import scripted
from madata.generators.tom.capabilities import capabilities
from madata.generators.tom.stage import Stage
from madata.schemas import structure


@dataclass(frozen=True, slots=True)
class Story:
    """`small_talk` is the number of turns that say nothing about the world."""

    stage: Stage
    questions: list[Asked]
    small_talk: int = 0

    def content(self, rng: random.Random) -> dict[str, Any]:
        stage = self.stage
        world = stage.world()
        turns = scripted.tell_story(stage.agents, stage.conventions, world, rng, self.small_talk)
        agents = [agent.model_dump() for agent in stage.agents]
        conventions = stage.conventions.model_dump()
        world_json = world.model_dump()
        return {
            "capabilities": capabilities(stage, [asked.query.kind for asked in self.questions]),
            "conventions": conventions,
            "agents": agents,
            "world": world_json,
            "structure": structure(world_json, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": [
                {
                    "id": f"q{number}",
                    "ability": asked.ability,
                    "order": asked.order,
                    "query": asked.query.model_dump(),
                    "text": asked.text,
                    "options": asked.options,
                    "answer": asked.answer,
                    "evidence": asked.evidence,
                    "view": asked.view,
                }
                for number, asked in enumerate(self.questions)
            ],
            "provenance": {
                "generator": f"madata {__version__}",
                "mode": "verbalise",
                "teachers": [{"name": scripted.NAME, "revision": scripted.REVISION, "sampling": {}}],
                "spoken": [],
                "attempts": 1,
                "source": None,
            },
        }
