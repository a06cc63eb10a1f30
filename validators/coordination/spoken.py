"""Turns of a coordination episode in the words of models: none is admitted, so all words are the world's own."""

from collections.abc import Sequence

from madata.validators.spoken import Json, Line


class Scene:
    """An episode while it is told."""

    def __init__(self, agents: Sequence[Json], world: Json) -> None: ...

    def act(self, turn: Json, event: Json | None) -> None:
        return None

    def line(self, turn: Json, event: Json | None) -> Line:
        raise ValueError(f"turn {turn['index']} is told by the world, not by a model")

    def hear(self, turn: Json, event: Json | None) -> None: ...
