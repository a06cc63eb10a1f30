"""Check `capabilities`: which of the four of arXiv 2512.08743 an episode exercises ("Capabilities")."""

from collections.abc import Iterator
from typing import get_args

from madata.schemas.episode import Capability
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation.games import Game
from madata.validators.trial import Fault, Trial, told

NAME = "capabilities"
PLANNING = ("reply", "paid", "sustain", "last", "would")
COMMUNICATION = ("propose", "inform", "query", "threaten", "promise")


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    episode = trial.episode
    shown = {
        "understanding": bool(episode["questions"]),
        "planning": any(question["query"]["kind"] in PLANNING for question in episode["questions"]),
        "communication": any(event["kind"] in COMMUNICATION for event in episode["world"]["events"]),
        "adaptation": trial.game.adapts(),
    }
    expected = [capability for capability in get_args(Capability) if shown[capability]]
    if episode["capabilities"] != expected:
        yield Fault("capabilities", str(expected), str(episode["capabilities"]))


CHECK = Check(NAME, "the capabilities are those that the trace shows", judge=judge)
