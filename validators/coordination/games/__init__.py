"""The games, one file each, named for its kind: `GAME`, a class built from world, conventions and agents."""

from importlib import import_module
from pkgutil import iter_modules

from madata.validators.coordination.game import Game
from madata.validators.trial import Json, Wrong


def build(episode: Json) -> Game:
    """The game of an episode, for its checks; raises `Wrong` for what cannot be judged at all."""
    kind, kinds = episode["world"]["game"]["kind"], sorted(module.name for module in iter_modules(__path__))
    if kind not in kinds:
        raise Wrong("game, kind", f"one of {kinds}", kind)
    game: type[Game] = import_module(f"{__name__}.{kind}").GAME
    return game(episode["world"], episode["conventions"], episode["agents"])
