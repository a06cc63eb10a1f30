"""Collisions."""

from collections.abc import Iterator

from madata.validators.coordination.game import Game
from madata.validators.coordination.reading.happenings import Happening
from madata.validators.coordination.reading.happenings.collisions import read, stopped

__all__ = ["of", "read"]


def of(game: Game, time: int) -> Iterator[Happening]:
    return stopped(game, time, tuple)
