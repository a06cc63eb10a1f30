"""The episodes of each task: the common record, narrowed to the task's own language.

A new task gets a question, an episode and a place in the union `Episode`, told apart by `task`.
"""

from typing import Any, Literal

from pydantic import TypeAdapter

from madata.schemas import tom
from madata.schemas.episode import EpisodeBase, Question


class TomQuestion(Question):
    query: tom.Query


class TomEpisode(EpisodeBase):
    task: Literal["tom"]
    conventions: tom.Conventions
    world: tom.TomWorld
    outcome: None = None
    questions: list[TomQuestion]


# With a second task: Annotated[TomEpisode | .., Field(discriminator="task")]; Pydantic allows no union of one.
Episode = TomEpisode

EPISODE: TypeAdapter[Episode] = TypeAdapter(Episode)


def read_episode(value: Any) -> Episode:
    """The episode a JSON value is, whatever its task; raises Pydantic's `ValidationError`."""
    return EPISODE.validate_python(value)
