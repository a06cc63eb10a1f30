"""The answer of the query that a near miss answers: by the game as it is checked."""

from collections.abc import Callable

from madata.validators.negotiation.games import build
from madata.validators.trial import Json


def nearly(episode: Json) -> Callable[[Json, Json], list[str]]:
    game = build(episode)

    def answer(question: Json, near: Json) -> list[str]:
        options = question["options"]
        if near["kind"] == "reply":  # some of the moves, each with its option
            options = [options[question["query"]["moves"].index(move)] for move in near["moves"]]
        return game.answer({**question, "query": near, "options": options}).answer

    return answer
