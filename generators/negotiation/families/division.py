"""`division`: things of several kinds are divided, and everybody values them in a way of their own (Deal or No Deal;
Lewis et al. 2017).

All the things together are worth the same to each party, so nobody gains by being the one who wants more.
"""

import random
from collections.abc import Mapping
from functools import cache

from madata.generators.family import Family, Knob, draw
from madata.generators.lexicon.negotiation import occasion
from madata.generators.negotiation.bargain.draft import ROOM, Draft, issues, top, ways
from madata.generators.negotiation.scenario import Negotiation
from madata.schemas.negotiation import Split, Worth

KNOBS = {
    "agents": Knob(2, 2, 2, 3, "parties who divide the things; of three two are enough"),
    "issues": Knob(2, 4, 2, 6, "kinds of things"),
    "units": Knob(2, 5, 1, 6, "pieces of the kind there is most of"),
    "rounds": Knob(3, 7, 1, 40, "times each party has the move"),
    "small_talk": Knob(1, 5, 0, 8, "turns of small talk"),
}

TOTALS = range(10, 16)
"""What everything is worth, if it can be shared out over the kinds in enough ways."""


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    parties = knobs["agents"]
    drawn = issues(rng, parties, knobs["units"], occasion(rng, "everyday", knobs["issues"], 0))
    kinds = [issue for issue in drawn if isinstance(issue, Split)]
    units = max(kind.units for kind in kinds)
    permuted = rng.random() < (0.6 if len(kinds) == 2 else 0.2) and ways(units, parties) ** len(kinds) <= ROOM
    if permuted:
        kinds = [kind.model_copy(update={"units": units}) for kind in kinds]
        numbers = rng.sample(range(1, len(kinds) + 4), len(kinds))
        points = [tuple(rng.sample(numbers, len(numbers))) for _ in range(parties)]
    else:
        points = _valued(rng, tuple(kind.units for kind in kinds), parties)
    worth: list[Worth] = [list(each) for each in points]
    totals = [top(kinds, each) for each in worth]
    most = draw(rng, (0, 4), (25, 4), (80, 2))
    reservations = [total * rng.randint(most // 2, most) // 100 for total in totals]
    draft = Draft(rng, ["party"] * parties, kinds, worth, reservations, knobs["rounds"], permuted)
    if parties > 2:
        draft.leave_one_out()
    draft.priorities(private=2)
    draft.threats(0.15)
    return draft.negotiation(knobs["small_talk"])


def _valued(rng: random.Random, units: tuple[int, ...], parties: int) -> list[tuple[int, ...]]:
    """Points a piece for each party, everything together the same, and not the same for all if it can be helped."""
    wanted = rng.sample(TOTALS, len(TOTALS))
    total = next((total for total in wanted if len(_tastes(units, total)) > 3), None)
    if total is None:
        total = next(total for total in range(TOTALS.stop, 100) if len(_tastes(units, total)) > 1)
    known = _tastes(units, total)
    return rng.sample(known, parties) if len(known) >= parties else rng.choices(known, k=parties)


@cache
def _tastes(units: tuple[int, ...], total: int) -> list[tuple[int, ...]]:
    """Points a piece with which a third of the kinds at most, or one, is worth nothing."""
    return [points for points in _valuations(units, total) if points.count(0) <= max(1, len(units) // 3)]


@cache
def _valuations(units: tuple[int, ...], total: int) -> list[tuple[int, ...]]:
    """All points a piece with which everything is worth `total`."""
    first, *rest = units
    if not rest:
        return [] if total % first else [(total // first,)]
    return [
        (points, *others)
        for points in range(total // first + 1)
        for others in _valuations(tuple(rest), total - points * first)
    ]


FAMILY = Family(
    "negotiation", "division", "things of several kinds are divided", KNOBS, build, self_play=True, partners=True
)
