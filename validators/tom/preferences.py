"""The answer of the query that a near miss answers: by the model checker, in the same story."""

from collections.abc import Callable

from madata.validators.tom.model_checker import Story
from madata.validators.tom.stage import Json


def nearly(episode: Json) -> Callable[[Json, Json], list[str]]:
    story = Story(episode["world"], episode["conventions"], episode["agents"])
    return lambda question, near: story.answer(near).answer
