"""What is drawn before a bargain is played: domains of a bearable size, points, and who can decide."""

import random
from itertools import combinations
from math import prod

import pytest

from madata.generators.lexicon.negotiation import occasion
from madata.generators.negotiation.bargain.draft import ROOM, issues, minimal_majorities, ramp, tastes, too_many, ways
from madata.schemas.negotiation import Split


@pytest.mark.parametrize(("parties", "units"), [(2, 5), (3, 4), (4, 4), (6, 4)])
def test_domains_have_room_unless_more_is_asked_for(parties: int, units: int) -> None:
    for seed in range(40):
        rng = random.Random(seed)
        drawn = issues(rng, parties, units, occasion(rng, "everyday", 3, 1))
        assert [issue.id for issue in drawn] == ["i0", "i1", "i2", "i3"]
        assert max(issue.units for issue in drawn if isinstance(issue, Split)) == units
        sizes = [ways(issue.units, parties) if isinstance(issue, Split) else len(issue.options) for issue in drawn]
        options = prod(size for issue, size in zip(drawn, sizes, strict=True) if not isinstance(issue, Split))
        assert prod(sizes) <= max(ROOM, ways(units, parties) * parties**2 * options)


def test_ways_of_dividing() -> None:
    assert [ways(3, 2), ways(3, 3), ways(0, 4)] == [4, 10, 1]


def test_a_domain_of_just_the_limit_is_allowed() -> None:
    assert too_many(2, 9, 1, 10_000) is None
    assert "100,010 deals" in str(too_many(2, 9, 1, 10_001))


def test_points_fall_off_from_the_best_option() -> None:
    assert ramp(5, 8, 0) == [8, 6, 4, 2, 0]
    assert ramp(5, 8, 4) == [0, 2, 4, 6, 8]
    assert ramp(4, 9, 1) == [5, 9, 5, 0]
    for seed in range(30):
        assert all(0 <= peak < 4 for peak in tastes(random.Random(seed), 3, 4))


def test_minimal_majorities() -> None:
    assert minimal_majorities(["a0", "a1", "a2"], {"a0": 3, "a1": 1, "a2": 1}) == [["a0"]]
    assert minimal_majorities(["a0", "a1", "a2"], {"a0": 2, "a1": 2, "a2": 1}) == [
        ["a0", "a1"],
        ["a0", "a2"],
        ["a1", "a2"],
    ]
    assert minimal_majorities(["a0", "a1"], {"a0": 1, "a1": 1}) == [["a0", "a1"]]
    for seed in range(30):
        rng = random.Random(seed)
        ids = [f"a{i}" for i in range(rng.randint(3, 7))]
        weights = {agent: rng.randint(1, 5) for agent in ids}
        groups = [set(group) for group in minimal_majorities(ids, weights)]
        assert not any(a < b or b < a for a, b in combinations(groups, 2))
        for size in range(1, len(ids) + 1):
            for party in combinations(ids, size):
                wins = 2 * sum(weights[agent] for agent in party) > sum(weights.values())
                assert wins == any(group <= set(party) for group in groups)
