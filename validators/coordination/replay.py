"""Check `replay`: every label of every question follows from the world, derived again by the game."""

from collections.abc import Iterator

from madata.validators import labels
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.trial import Derived, Fault, Trial, told

NAME = "replay"
ABILITIES = {
    "environment": ("possible", "fits", "reach", "can", "clash", "milestone"),
    "joint_planning": ("optimum", "best"),
    "theory_of_mind": ("knows", "aware", "could", "needs", "intends"),
    "communication": ("message", "redundant"),
    "counterfactual": ("lost",),
}
ABILITY = {kind: ability for ability, kinds in ABILITIES.items() for kind in kinds}

OPEN = ("milestone", "optimum")
"""Of these questions only some of the possible answers are options; of all others, all are."""


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    for question, derived in zip(trial.episode["questions"], trial.answers, strict=True):
        kind, where = question["query"]["kind"], f"question {question['id']}"
        if question["ability"] != ABILITY[kind]:
            yield Fault(f"{where}, ability", ABILITY[kind], question["ability"])
        if isinstance(derived, Derived) and kind not in OPEN:
            for entry in trial.game.entries(question["query"]) or ():
                if entry not in question["options"]:
                    yield Fault(f"{where}, options", entry, str(question["options"]))
    yield from labels.faults(trial)


CHECK = Check(NAME, "every answer, with its order, evidence and view, follows from the world", judge=judge)
