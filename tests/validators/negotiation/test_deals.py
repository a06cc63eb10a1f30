"""The deals of a bargain against definitions written out over all of them."""

from fractions import Fraction
from itertools import product
from math import prod
from random import Random

import pytest

from madata.tests.validators.negotiation.bargains import Json, choice, party, split
from madata.validators.negotiation.deals import BLOCK, LIMIT, Domain, Zone
from madata.validators.trial import Wrong


def every(issues: list[Json], parties: int) -> list[tuple]:
    def entries(issue: Json) -> list:
        if issue["kind"] == "choice":
            return list(range(len(issue["options"])))
        return [units for units in product(range(issue["units"] + 1), repeat=parties) if sum(units) == issue["units"]]

    return list(product(*map(entries, issues)))


def worth(deal: tuple, points: list, number: int) -> int:
    return sum(p * e[number] if isinstance(e, tuple) else p[e] for p, e in zip(points, deal, strict=True))


def drawn(seed: int) -> tuple[list[Json], list[Json]]:
    random = Random(seed)
    number = random.randint(2, 4)
    issues = [
        split(n, f"i{n}", random.randint(1, 3))
        if random.random() < 0.6
        else choice(n, f"i{n}", *"abcd"[: random.randint(2, 4)])
        for n in range(random.randint(1, 3))
    ]
    parties = [
        party(
            n,
            [
                random.randint(-2, 5) if issue["kind"] == "split" else [random.randint(-3, 6) for _ in issue["options"]]
                for issue in issues
            ],
            random.randint(-2, 6),
        )
        for n in range(number)
    ]
    return issues, parties


@pytest.mark.parametrize("seed", range(60))
def test_against_definitions(seed: int) -> None:
    issues, parties = drawn(seed)
    domain, deals = Domain(issues, parties), every(issues, len(parties))
    worths = [[worth(deal, each["worth"], n) for n, each in enumerate(parties)] for deal in deals]
    assert [domain.deal(place) for place in range(domain.size)] == deals
    assert domain.worth.T.tolist() == worths
    assert all(domain.place(domain.json(place)) == place for place in range(domain.size))

    def beats(one: list[int], other: list[int]) -> bool:
        return one != other and all(x >= y for x, y in zip(one, other, strict=True))

    optimal = [not any(beats(other, one) for other in worths) for one in worths]
    assert [not domain.dominated(place) for place in range(domain.size)] == optimal
    assert domain.frontier() == sum(optimal)

    reservations = [each["reservation"] for each in parties]
    gains = [[w - r for w, r in zip(row, reservations, strict=True)] for row in worths]
    inside = [place for place, row in enumerate(gains) if min(row) >= 0]
    zone = Zone(domain, reservations)
    assert zone.deals.tolist() == inside
    if inside:
        ideals = [max(gains[place][n] for place in inside) for n in range(len(parties))]

        def ratio(place: int) -> Fraction:
            return min((Fraction(g, i) for g, i in zip(gains[place], ideals, strict=True) if i), default=Fraction(0))

        def best(score) -> int:
            return min(inside, key=lambda place: (-score(place), -sum(gains[place]), place))

        assert zone.nash() == best(lambda place: prod(gains[place]))
        assert zone.egalitarian() == best(lambda place: min(gains[place]))
        assert zone.kalai_smorodinsky() == best(ratio)

    def uneven(deal: tuple) -> int:
        return sum(
            max(e) - min(e) if isinstance(e, tuple) else abs(2 * e - (len(issue["options"]) - 1))
            for e, issue in zip(deal, issues, strict=True)
        )

    assert domain.unevenness.tolist() == [uneven(deal) for deal in deals]
    flat = [[x for e in deal for x in (e if isinstance(e, tuple) else (e,))] for deal in deals]
    assert domain.figures.tolist() == flat
    for number, issue in enumerate(issues):
        for n in range(len(parties)):
            entry = deals[-1][number]
            there = flat[-1][domain.column(number, n)]
            assert there == (entry[n] if issue["kind"] == "split" else entry)


def test_products_beyond_64_bits() -> None:
    """Twice the least of 8 equal gains is more than the product of the others can tell in 64 bits."""
    parties = [party(n, [[90_000, 90_001, 90_000 + 2 * (n == 0)]], -100_000) for n in range(8)]
    domain = Domain([choice(0, "price", "a", "b", "c")], parties)
    zone = Zone(domain, [-100_000] * 8)
    assert zone.nash() == 1
    primes = (99_991, 99_989, 99_971, 99_961)
    parties = [party(n, [[prime, prime - 1]], 0) for n, prime in enumerate(primes)]
    assert Zone(Domain([choice(0, "price", "a", "b")], parties), [0] * 4).kalai_smorodinsky() == 0


def test_a_frontier_of_many_blocks() -> None:
    """All of a constant sum, each point with a twin that is worth less to one."""
    issues = [split(0, "a", 20), split(1, "b", 20), choice(2, "c", "x", "y")]
    domain = Domain(issues, [party(0, [1, 30, [0, 1]], 0), party(1, [1, 30, [1, 1]], 0)])
    assert domain.size > 2 * BLOCK
    assert domain.frontier() == domain.size // 2


def test_equal_deals_all_count() -> None:
    domain = Domain([choice(0, "a", "x", "y", "z")], [party(0, [[1, 1, 0]], 0), party(1, [[1, 1, 1]], 0)])
    assert domain.frontier() == 2


def test_too_many_deals_are_not_even_listed() -> None:
    issues = [choice(number, f"{number}", *"abcdefghij") for number in range(5)]
    parties = [party(number, [[0] * 10] * 5, 0) for number in range(2)]
    assert Domain(issues, parties).size == LIMIT
    with pytest.raises(Wrong, match="at most 100000 deals, found 10000000000000000"):
        Domain([choice(number, f"{number}", *"abcdefghij") for number in range(16)], parties)


def test_a_top_issue_only_if_no_other_ties() -> None:
    issues = [split(0, "a", 2), choice(1, "b", "x", "y", "z")]
    domain = Domain(issues, [party(0, [2, [9, 5, 6]], 0), party(1, [3, [9, 5, 6]], 0)])
    assert (domain.stakes(0), domain.top(0)) == ([4, 4], None)
    assert (domain.stakes(1), domain.top(1)) == ([6, 4], 0)
