"""A coordination game at its beginning, whatever the game, and how it becomes the content of an episode."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from madata.generators.assemble import provenance, questions
from madata.generators.coordination.capabilities import capabilities
from madata.generators.coordination.outcome import outcome
from madata.generators.coordination.private import private
from madata.generators.coordination.session import Session
from madata.generators.cues import Cues
from madata.generators.family import Asked
from madata.schemas import Turn, structure

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast


def ask(session: Session, turns: Sequence[Turn], rng: random.Random) -> list[Asked]:
    from madata.generators.coordination import asker

    return asker.ask(session, Cues([turn.text for turn in turns]), rng)


@dataclass(frozen=True, slots=True)
class Coordination:
    """`ask` asks about the finished `session` as it was told. `small_talk` is the number of turns that say nothing of
    the task."""

    session: Session
    rng: random.Random
    ask: Callable[[Session, Sequence[Turn], random.Random], list[Asked]] = ask
    small_talk: int = 0

    async def content(self, cast: "Cast | None") -> dict[str, Any]:
        if cast and cast.config.mode == "self-play":
            from madata.generators.coordination.speech import improvise

            left = self.session.left(cast.players)
            turns = await improvise(left, self.rng, cast)
            return self._content(left, self.ask(left, turns, self.rng), turns, cast)
        session = self.session.run()
        from madata.generators.coordination.teller import tell

        turns = tell(session, self.rng, self.small_talk)
        asked = self.ask(session, turns, self.rng)
        if cast:
            from madata.generators.coordination.speech import verbalise

            turns = await verbalise(session, turns, cast)
        return self._content(session, asked, turns, cast)

    def _content(self, session: Session, asked: list[Asked], turns: list[Turn], cast: "Cast | None") -> dict[str, Any]:
        secrets = private(session.setting)
        agents = [agent.model_dump() | {"private": secrets[agent.id]} for agent in session.setting.agents]
        conventions = session.setting.conventions.model_dump()
        world = session.finished().model_dump()
        return {
            "capabilities": capabilities(session, [each.query.kind for each in asked]),
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": outcome(session, turns).model_dump(),
            "structure": structure("coordination", world, conventions, agents),
            "turns": [turn.model_dump() for turn in turns],
            "questions": questions(asked),
            "provenance": provenance(cast),
        }
