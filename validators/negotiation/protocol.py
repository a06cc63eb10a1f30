"""Check `protocol`: the game is one that can be played, and every event is legal when it comes."""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.trial import told

NAME = "protocol"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, lambda trial: trial.game.illegal())


CHECK = Check(NAME, "the game can be played, and every move is legal when it comes", judge=judge)
