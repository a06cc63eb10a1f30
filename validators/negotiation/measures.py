"""How negotiations ended, how much of what could be had was, and how parties conceded.

Concessions are read off demands: the share of its own greatest worth that a party's own offer leaves it, against the
part of the deadline that has passed (Faratin et al. 1998: boulware parties concede late, conceders early).
"""

from collections.abc import Iterator

from madata.validators.check import EpisodeJson
from madata.validators.measure import Count, Mean, Measure, tenth
from madata.validators.negotiation.bargain import Bargain
from madata.validators.trial import Wrong, trial

STEPS = 10
OTHER = "not scripted"


def measures(episode: EpisodeJson) -> Iterator[Measure]:
    outcome = episode["outcome"]
    if "ended" in outcome:
        yield Count(f"{outcome['kind']}: how it ended", outcome["ended"])
    if outcome["efficiency"] is not None:
        yield Count(f"{outcome['kind']}: efficiency (of what could be had together)", tenth(outcome["efficiency"]))
    if episode["world"]["game"]["kind"] == "bargain":
        try:
            game = trial(episode).game
        except Wrong:  # other checks say so
            return
        yield from demands(game)


def demands(game: Bargain) -> Iterator[Mean]:
    record = game.record
    deadline = record.game["deadline"]
    for act in record.acts:
        if act.kind == "propose":
            number = record.number[act.agent]
            worth = record.domain.worth[number]
            if (most := int(worth.max())) > 0:
                strategy = record.parties[number]["strategy"]
                series = strategy["bidding"].replace("_", " ") if strategy else OTHER
                x = int(STEPS * act.time / deadline) / STEPS
                y = float(worth[act.deal]) / most
                yield Mean(
                    "concessions: demands over time", "part of the deadline", "share of own most demanded", series, x, y
                )
