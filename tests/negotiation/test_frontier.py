from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.generators.negotiation.bargain import frontier as module
from madata.generators.negotiation.bargain.frontier import frontier

POINTS = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(-3, 6), min_size=width, max_size=width), min_size=1, max_size=60)
)


def by_definition(points):
    """Each point against each other one."""
    points = np.asarray(points)
    least = (points[:, None] >= points).all(axis=2)
    greater = (points[:, None] > points).any(axis=2)
    return (~(least & greater).any(axis=0)).tolist()


@given(POINTS)
def test_it_is_what_the_definition_says(points):
    assert frontier(np.array(points)).tolist() == by_definition(points)


@given(POINTS)
def test_dividing_down_to_a_few_points(points):
    with mock.patch.multiple(module, FIRST=2, LARGEST=2, MANY=2, PAIRS=4):
        assert frontier(np.array(points)).tolist() == by_definition(points)


@pytest.mark.parametrize("width", [2, 3, 4, 5])
@pytest.mark.parametrize("noise", [0, 1, 3, 40])
def test_many_points_most_of_them_on_it(width, noise):
    rng = np.random.default_rng(width)
    points = rng.integers(0, 60, (1_500, width))
    points[:, -1] = 200 - points[:, :-1].sum(axis=1) + rng.integers(0, noise + 1, len(points))
    assert frontier(points).tolist() == by_definition(points)


def test_large_figures_and_equal_points():
    points = np.array([[2**40, 0], [2**40, 0], [0, 2**40], [0, 2**40 - 1]])
    assert frontier(points).tolist() == [True, True, True, False]
    assert frontier(np.hstack((points, points))).tolist() == [True, True, True, False]
    assert frontier(np.full((2_000, 3), 7)).all()
