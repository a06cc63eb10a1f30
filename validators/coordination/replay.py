"""Check `replay`: every label of every question follows from the world, derived again by the game."""

from collections.abc import Iterator

from madata.validators import labels
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.trial import Fault, Trial, told

NAME = "replay"
ABILITIES = {
    "environment": ("possible", "fits", "reach", "can", "clash", "milestone"),
    "joint_planning": ("optimum", "best"),
    "theory_of_mind": ("knows", "aware", "could", "needs", "intends"),
    "communication": ("message", "redundant"),
    "counterfactual": ("lost",),
}
ABILITY = {kind: ability for ability, kinds in ABILITIES.items() for kind in kinds}


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    for question in trial.episode["questions"]:
        expected = ABILITY[question["query"]["kind"]]
        if question["ability"] != expected:
            yield Fault(f"question {question['id']}, ability", expected, question["ability"])
    yield from labels.faults(trial)


CHECK = Check(NAME, "every answer, with its order, evidence and view, follows from the world", judge=judge)
