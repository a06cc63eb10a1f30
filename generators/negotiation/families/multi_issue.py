"""`multi_issue`: things to divide and choices to make, all in one deal, which nobody has to take.

Who gives way where it matters little to them can gain where it matters most: deals are not a matter of more or less
only. One configuration is the campsite game of CaSiNo (Chawla et al. 2021).
"""

import random
from collections.abc import Mapping

from madata.generators.family import Family, Knob, draw
from madata.generators.lexicon.negotiation import camp, occasion
from madata.generators.negotiation.bargain.draft import Draft, issues, ramp, tastes, too_many, top
from madata.generators.negotiation.scenario import Negotiation
from madata.schemas.negotiation import Split, Worth

KNOBS = {
    "agents": Knob(2, 3, 2, 4, "parties; of three or more one at most can be left out"),
    "issues": Knob(3, 4, 2, 6, "things to divide and choices to make"),
    "units": Knob(3, 4, 1, 20, "pieces of the kind there is most of"),
    "rounds": Knob(3, 6, 1, 40, "times each party has the move"),
    "small_talk": Knob(5, 9, 0, 12, "turns of small talk"),
}

CASINO = (5, 4, 3)
CASINO_RESERVATION = 5
CASINO_LIES = 0.1
"""People there hardly ever lie about what matters most to them, and are believed."""


def conflict(knobs: Mapping[str, int]) -> str | None:
    return too_many(knobs["agents"], knobs["units"], max(1, knobs["issues"] - 2), 25)


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    fits = (knobs["agents"], knobs["issues"], knobs["units"]) == (2, 3, 3)
    draft = _campsite(rng, knobs) if fits and rng.random() < 0.9 else _mixed(rng, knobs)
    draft.priorities(private=0 if knobs["agents"] == 2 else 3)
    draft.threats(0.27 / knobs["agents"])
    if knobs["agents"] > 2:
        draft.leave_one_out()
        draft.promises(0.15, 3)
    return draft.negotiation(knobs["small_talk"])


def _campsite(rng: random.Random, knobs: Mapping[str, int]) -> Draft:
    kinds = [Split(id=f"i{i}", name=name, units=3) for i, name in enumerate(rng.sample(camp(), 3))]
    worth: list[Worth] = [list(rng.sample(CASINO, 3)) for _ in range(2)]
    draft = Draft(rng, ["party"] * 2, kinds, worth, [CASINO_RESERVATION] * 2, knobs["rounds"], True, CASINO_LIES)
    claims = draw(rng, ("believed", 14), ("doubted", 1))
    draft.conventions = draft.conventions.model_copy(update={"claims": claims})
    return draft


def _mixed(rng: random.Random, knobs: Mapping[str, int]) -> Draft:
    parties = knobs["agents"]
    choices = rng.randint(0, min(2, knobs["issues"] - 1))
    drawn = issues(rng, parties, knobs["units"], occasion(rng, "everyday", knobs["issues"] - choices, choices))
    worth: list[Worth] = [[] for _ in range(parties)]
    for issue in drawn:
        if isinstance(issue, Split):
            for points in worth:
                points.append(rng.randint(1, 6))
        else:
            peaks = tastes(rng, parties, len(issue.options))
            for points, peak in zip(worth, peaks, strict=True):
                points.append(ramp(len(issue.options), rng.randint(3, 16), peak))
    hard = rng.random() < 0.12
    share = (60, 85) if hard else (5, 40) if parties == 2 else (0, 12)
    reservations = [top(drawn, points) * rng.randint(*share) // 100 for points in worth]
    return Draft(rng, ["party"] * parties, drawn, worth, reservations, knobs["rounds"])


FAMILY = Family(
    "negotiation",
    "multi_issue",
    "things to divide and choices to make, in one deal",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
