"""Check `wording`: no turn is in the words of a model, as nothing here could say what they mean."""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import Fault, Line, judged

NAME = "wording"
OWN = "a turn in the world's own words"


def faults(line: Line) -> Iterator[Fault]:
    yield Fault(OWN, line.text)


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults, OWN)


CHECK = Check(NAME, "no words are a model's", judge=judge)
