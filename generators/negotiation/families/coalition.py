"""`coalition`: parties of different weight share offices and settle policies; a majority is enough.

Whoever is left out has to live with what the others agreed. Votes are won by offers, and by promises made in private.
"""

import random
from collections.abc import Mapping

from madata.generators.family import Family, Knob
from madata.generators.lexicon.negotiation import occasion
from madata.generators.negotiation.bargain.draft import Draft, issues, minimal_majorities, ramp, tastes, too_many, top
from madata.generators.negotiation.scenario import Negotiation
from madata.schemas.negotiation import Split, Worth

KNOBS = {
    "agents": Knob(3, 6, 3, 7, "parties, of whom a majority must agree"),
    "policies": Knob(1, 2, 0, 2, "choices to make beside the sharing"),
    "units": Knob(3, 4, 1, 10, "seats or other pieces to share"),
    "rounds": Knob(2, 4, 1, 40, "times each party has the move"),
    "small_talk": Knob(0, 3, 0, 8, "turns of small talk"),
}


def conflict(knobs: Mapping[str, int]) -> str | None:
    return too_many(knobs["agents"], knobs["units"], 1, 5 ** knobs["policies"])


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    parties = knobs["agents"]
    drawn = issues(rng, parties, knobs["units"], occasion(rng, "political", 1, knobs["policies"]))
    worth: list[Worth] = [[] for _ in range(parties)]
    for issue in drawn:
        if isinstance(issue, Split):
            for points in worth:
                points.append(rng.choice((0, 2, 3, 4, 5, 6)))
        else:
            for points, peak in zip(worth, tastes(rng, parties, len(issue.options)), strict=True):
                points.append(ramp(len(issue.options), rng.randint(3, 18), peak))
    share = (30, 60) if rng.random() < 0.25 else (5, 30)
    reservations = [top(drawn, points) * rng.randint(*share) // 100 for points in worth]
    draft = Draft(rng, ["party"] * parties, drawn, worth, reservations, knobs["rounds"])
    # The greatest weight is at most what the others have together: nobody can decide alone.
    draft.winning = minimal_majorities(draft.ids, {agent: rng.randint(2, 2 * (parties - 1)) for agent in draft.ids})
    draft.priorities(private=4)
    draft.threats(0.1)
    draft.promises(0.35, 3)
    return draft.negotiation(knobs["small_talk"])


FAMILY = Family(
    "negotiation",
    "coalition",
    "parties of different weight share offices and settle policies",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
