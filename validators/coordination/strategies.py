"""Check `strategies`: every scripted party moved as its strategy says, from its first move to the end."""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.trial import told

NAME = "strategies"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, lambda trial: trial.game.unscripted())


CHECK = Check(NAME, "scripted parties move as their strategies say", judge=judge)
