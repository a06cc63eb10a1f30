"""The episodes of each task: the common record, narrowed to the task's own language.

A new task gets a question, an episode and a place in the union `Episode`, told apart by `task`.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from madata.schemas import negotiation, tom
from madata.schemas.coordination import language as coordination
from madata.schemas.coordination.world import CoordinationWorld
from madata.schemas.episode import EpisodeBase, Question


class TomQuestion(Question):
    query: tom.Query


class TomEpisode(EpisodeBase):
    task: Literal["tom"]
    conventions: tom.Conventions
    world: tom.TomWorld
    outcome: None = None
    questions: list[TomQuestion]


class NegotiationQuestion(Question):
    query: negotiation.NegotiationQuery


class NegotiationEpisode(EpisodeBase):
    task: Literal["negotiation"]
    conventions: negotiation.Conventions
    world: negotiation.NegotiationWorld
    outcome: negotiation.Outcome
    questions: list[NegotiationQuestion]


class CoordinationQuestion(Question):
    query: coordination.CoordinationQuery


class CoordinationEpisode(EpisodeBase):
    task: Literal["coordination"]
    conventions: coordination.Conventions
    world: CoordinationWorld
    outcome: coordination.CoordinationOutcome
    questions: list[CoordinationQuestion]


Episode = TomEpisode | NegotiationEpisode | CoordinationEpisode

EPISODE: TypeAdapter[Episode] = TypeAdapter(Annotated[Episode, Field(discriminator="task")])


def read_episode(value: Any) -> Episode:
    """The episode a JSON value is, whatever its task; raises Pydantic's `ValidationError`."""
    return EPISODE.validate_python(value)
