"""Check `replay`: every label of every question follows from the world, derived again by the game."""

from collections.abc import Iterator

from madata.validators import labels
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.trial import told

NAME = "replay"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, labels.faults)


CHECK = Check(NAME, "every answer, with its order, evidence and view, follows from the world", judge=judge)
