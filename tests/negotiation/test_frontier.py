import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from madata.generators.negotiation.frontier import frontier


def by_definition(points):
    return [
        not any(
            all(b >= a for a, b in zip(point, other, strict=True))
            and any(b > a for a, b in zip(point, other, strict=True))
            for other in points
        )
        for point in points
    ]


@given(
    st.integers(2, 5).flatmap(
        lambda width: st.lists(st.lists(st.integers(-3, 6), min_size=width, max_size=width), min_size=1, max_size=60)
    )
)
def test_it_is_what_the_definition_says(points):
    assert frontier(np.array(points)).tolist() == by_definition(points)


@given(st.integers(2, 4), st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_with_many_points_on_it(width, seed, noise):
    rng = np.random.default_rng(seed)
    points = rng.integers(0, 20, (300, width))
    points[:, -1] = 50 - points[:, :-1].sum(axis=1) + rng.integers(0, noise + 1, 300)
    assert frontier(points).tolist() == by_definition(points.tolist())


def test_large_figures_and_equal_points():
    points = np.array([[2**40, 0], [2**40, 0], [0, 2**40], [0, 2**40 - 1]])
    assert frontier(points).tolist() == [True, True, True, False]
    assert frontier(np.hstack((points, points))).tolist() == [True, True, True, False]
    assert frontier(np.full((500, 3), 7)).all()
