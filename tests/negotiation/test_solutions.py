from fractions import Fraction
from math import prod

import bargains
import pytest

from madata.generators.negotiation.bargain import solutions


def by_definition(table):
    """The solutions as docs/negotiation.md has them, in exact fractions and without arrays."""
    deals = [table.deals[number] for number in range(len(table.deals))]
    worths = [table.stakes.worth[:, number].tolist() for number in range(len(deals))]
    reservations = [party.reservation for party in table.game.parties]
    gains = [[w - r for w, r in zip(worth, reservations, strict=True)] for worth in worths]
    zone = [number for number in range(len(deals)) if min(gains[number]) >= 0]
    welfare = max(range(len(deals)), key=lambda number: (sum(worths[number]), -number))
    found = {"welfare": worths[welfare], "zone": len(zone)}
    if zone:
        ideals = [max(gains[number][place] for number in zone) for place in range(len(reservations))]
        scores = {
            "nash": lambda g: prod(g),
            "egalitarian": min,
            "kalai_smorodinsky": lambda g: min(
                (Fraction(gain, ideal) for gain, ideal in zip(g, ideals, strict=True) if ideal), default=0
            ),
        }
        for name, score in scores.items():
            best = max(zone, key=lambda number: (score(gains[number]), sum(gains[number]), -number))
            found[name] = (deals[best], worths[best])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_they_are_what_the_definitions_say(seed: int) -> None:
    table = bargains.random_table(seed)
    expected = by_definition(table)
    stakes = table.stakes
    assert len(stakes.zone) == expected["zone"]
    assert solutions.welfare(stakes).points == expected["welfare"]
    for name in ("nash", "egalitarian", "kalai_smorodinsky"):
        found = getattr(solutions, name)(stakes)
        assert (found and (found.deal, found.points)) == expected.get(name)


def test_products_beyond_64_bits() -> None:
    """Six parties with gains of up to 100,000 and 99,999: the products differ in the last of thirty digits only."""
    parties = [bargains.party(number, [[0, 99_999, 100_000 - (number == 0)]]) for number in range(6)]
    table = bargains.table([bargains.price(3)], parties)
    assert solutions.nash(table.stakes).deal == [2]
    parties = [bargains.party(n, [[100_000, 99_999 + (n != 3)]], -100_000) for n in range(6)]
    assert solutions.nash(bargains.table([bargains.price(2)], parties).stakes).deal == [0]


def test_ideals_without_a_small_common_multiple() -> None:
    ideals = [99_989, 99_971, 99_961, 99_929]
    parties = [bargains.party(n, [[ideal - 1, ideal * 2 // 3, ideal // 2]]) for n, ideal in enumerate(ideals)]
    parties[0] = bargains.party(0, [[1, ideals[0] * 2 // 3, ideals[0]]])
    table = bargains.table([bargains.price(3)], parties)
    deal, points = by_definition(table)["kalai_smorodinsky"]
    found = solutions.kalai_smorodinsky(table.stakes)
    assert (found.deal, found.points) == (deal, points)


def test_nobody_can_gain() -> None:
    """All ideals are zero, so only the order of deals decides."""
    parties = [bargains.party(number, [[-1, 5, 5]], 5) for number in range(2)]
    stakes = bargains.table([bargains.price(3)], parties).stakes
    assert len(stakes.zone) == 2
    assert solutions.kalai_smorodinsky(stakes).deal == [1]
    assert solutions.nash(stakes).deal == [1]


def test_an_empty_zone() -> None:
    stakes = bargains.haggle({"reservation": 8}, {"reservation": 8}).stakes
    assert solutions.nash(stakes) is None
    assert solutions.kalai_smorodinsky(stakes) is None
    assert solutions.egalitarian(stakes) is None
    assert solutions.welfare(stakes).deal == [0]
