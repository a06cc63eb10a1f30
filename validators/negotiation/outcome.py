"""Check `outcome`: what the acts came to is what the game derives from them again, field by field."""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation.games import Game
from madata.validators.trial import Fault, Trial, told

NAME = "outcome"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    stored, derived = trial.episode["outcome"], trial.game.outcome()
    if stored["kind"] != derived["kind"]:
        yield Fault("outcome, kind", str(derived["kind"]), str(stored["kind"]))
        return
    for field, expected in derived.items():
        if stored[field] != expected:
            yield Fault(f"outcome, {field}", str(expected), str(stored[field]))


CHECK = Check(NAME, "the outcome is what the acts came to", judge=judge)
