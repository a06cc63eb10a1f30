"""The answer of the query that a near miss answers: by the game as it is checked."""

from collections.abc import Callable

from madata.validators.coordination.games import build
from madata.validators.trial import Json


def nearly(episode: Json) -> Callable[[Json, Json], list[str]]:
    game = build(episode)
    return lambda question, near: game.answer({**question, "query": near}).answer
