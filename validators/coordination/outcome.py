"""Check `outcome`: what was said and done came to what the game derives from it again, field by field."""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.trial import Fault, Json, Trial, told

NAME = "outcome"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    stored = trial.episode["outcome"]
    derived = {**trial.game.outcome(), "words": words(trial.episode, trial.game)}
    for field, expected in derived.items():
        if stored[field] != expected:
            yield Fault(f"outcome, {field}", str(expected), str(stored[field]))


def words(episode: Json, game: Game) -> int:
    """Of all turns that tell a message."""
    events = game.record.events
    texts = (
        turn["text"]
        for turn in episode["turns"]
        if turn["event"] is not None and turn["event"] < len(events) and events[turn["event"]].is_message
    )
    return sum(len(text.split()) for text in texts)


CHECK = Check(NAME, "the outcome is what was said and done came to", judge=judge)
