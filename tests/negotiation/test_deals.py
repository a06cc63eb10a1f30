import time
from itertools import product

import bargains
import numpy as np
import pytest

from madata.generators.negotiation.bargain.deals import LIMIT, Deals
from madata.generators.negotiation.unplayable import Unplayable


def test_canonical_order_has_the_last_issue_fastest_and_splits_ascending() -> None:
    deals = Deals([bargains.books(2), bargains.price(2, 1)], 2)
    assert [deals[number] for number in range(len(deals))] == [
        [[0, 2], 0],
        [[0, 2], 1],
        [[1, 1], 0],
        [[1, 1], 1],
        [[2, 0], 0],
        [[2, 0], 1],
    ]


def test_splits_among_three() -> None:
    deals = Deals([bargains.books(2)], 3)
    ways = sorted(way for way in product(range(3), repeat=3) if sum(way) == 2)
    assert [deals[number] for number in range(len(deals))] == [[list(way)] for way in ways]


def test_index_is_the_inverse() -> None:
    deals = Deals([bargains.books(3), bargains.price(4, 1), bargains.books(2, 2)], 3)
    assert [deals.index(deals[number]) for number in range(len(deals))] == list(range(len(deals)))


@pytest.mark.parametrize(
    ("deal", "message"),
    [
        ([[1, 1]], "1 entries for 2 issues"),
        ([[3, -1], 0], "is no way to settle i0"),
        ([[1, 2], 0], "is no way to settle i0"),
        ([1, 0], "is no way to settle i0"),
        ([[1, 1], 3], "3 is no way to settle i1"),
        ([[1, 1], [1, 1]], "is no way to settle i1"),
    ],
)
def test_what_is_no_deal(deal: list, message: str) -> None:
    with pytest.raises(Unplayable, match=message):
        Deals([bargains.books(2), bargains.price(3, 1)], 2).index(deal)


def test_worth_is_summed_over_issues() -> None:
    deals = Deals([bargains.books(2), bargains.price(3, 1), bargains.books(1, 2)], 2)
    worth = [5, [7, -1, 0], 3]
    for place in (0, 1):
        by_hand = [
            5 * deal[0][place] + worth[1][deal[1]] + 3 * deal[2][place]
            for deal in (deals[number] for number in range(len(deals)))
        ]
        assert deals.worth(worth, place).tolist() == by_hand


def test_sums_of_some_deals_are_those_of_all() -> None:
    deals = Deals([bargains.books(3), bargains.price(4, 1)], 3)
    figures = [np.arange(size, dtype=np.int64) ** 2 for size in deals.sizes]
    among = np.array([0, 7, 7, 39, 5])
    assert deals.sums(figures, among).tolist() == deals.sums(figures)[among].tolist()


@pytest.mark.parametrize("worth", [[5], [5, 3], [[1, 2, 3], [1, 2, 3]], [5, [1, 2]]])
def test_worth_that_does_not_fit(worth: list) -> None:
    with pytest.raises(Unplayable, match=r"^worth: "):
        Deals([bargains.books(2), bargains.price(3, 1)], 2).worth(worth, 0)


def test_the_limit_is_known_before_anything_is_enumerated() -> None:
    issues = [bargains.books(20, number) for number in range(12)]
    begun = time.perf_counter()
    with pytest.raises(Unplayable, match=rf"deals; at most {LIMIT:,} can be played"):
        Deals(issues, 8)
    assert time.perf_counter() - begun < 0.1


def test_the_limit_itself_can_be_played() -> None:
    choices = [bargains.price(10, number) for number in range(5)]
    assert len(Deals(choices, 2)) == LIMIT
    with pytest.raises(Unplayable, match="110,000 deals"):
        Deals([*choices[1:], bargains.price(11)], 2)


def test_no_issue() -> None:
    with pytest.raises(Unplayable, match="at least one to bargain over"):
        Deals([], 2)
