"""The choice against what it claims: a submodular worth, lazy like plain, and within 1 - 1/e of the best."""

from itertools import combinations
from math import e
from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from madata.validators.curation.greedy import UNIT, Rows, Worth, choose


class Corpus(NamedTuple):
    features: list[list[int]]
    weights: list[int]
    counts: list[int]

    def rows(self) -> Rows:
        starts = np.cumsum([0, *map(len, self.features)])
        codes = np.array([code for own in self.features for code in own], dtype=np.int32)
        return Rows(starts, codes, np.array(self.weights), np.array(self.counts))

    def worth(self, chosen: tuple[int, ...]) -> int:
        """By its definition."""
        shown = [sum(self.counts[row] for row in chosen if code in self.features[row]) for code in range(6)]
        return sum(
            weight * sum(UNIT // place for place in range(1, count + 1))
            for weight, count in zip(self.weights, shown, strict=True)
        )

    def plain(self, k: int) -> list[int]:
        chosen: list[int] = []
        for _ in range(k):
            left = [row for row in range(len(self.features)) if row not in chosen]
            chosen.append(max(left, key=lambda row: (self.worth((*chosen, row)), -row)))
        return chosen


def corpora(most: int) -> st.SearchStrategy[Corpus]:
    def of(size: int) -> st.SearchStrategy[Corpus]:
        features = st.lists(st.integers(0, 5), max_size=6, unique=True)
        return st.builds(
            Corpus,
            st.lists(features, min_size=size, max_size=size),
            st.lists(st.integers(0, 9), min_size=6, max_size=6),
            st.lists(st.sampled_from([1, 1, 2, 10]), min_size=size, max_size=size),
        )

    return st.integers(1, most).flatmap(of)


@given(corpora(12), st.data())
def test_lazy_is_plain_greedy(corpus: Corpus, data: st.DataObject) -> None:
    size = len(corpus.features)
    k = data.draw(st.integers(0, size))
    assert choose(corpus.rows(), np.arange(size), k).tolist() == corpus.plain(k)


def test_lazy_is_plain_greedy_over_many_blocks() -> None:
    """More rows than are looked at together, so that bounds stay old."""
    draw = np.random.default_rng(0)
    size, width = 1500, 40
    features = [sorted(draw.choice(width, size=draw.integers(0, 9), replace=False).tolist()) for _ in range(size)]
    rows = Corpus(features, list(range(1, width + 1)), draw.integers(1, 11, size).tolist()).rows()
    worth, everything, plain = Worth(rows, 60), np.arange(size), []
    for _ in range(60):
        gains = worth.gains(everything)
        gains[plain] = -1
        plain.append(int(gains.argmax()))
        worth.add(everything[plain[-1]])
    assert choose(rows, everything, 60).tolist() == plain


@given(corpora(8), st.data())
def test_greedy_reaches_its_share_of_the_best(corpus: Corpus, data: st.DataObject) -> None:
    size = len(corpus.features)
    k = data.draw(st.integers(1, min(4, size)))
    best = max(map(corpus.worth, combinations(range(size), k)))
    reached = corpus.worth(tuple(choose(corpus.rows(), np.arange(size), k).tolist()))
    assert reached >= (1 - 1 / e) * best * (1 - 1e-12)


@given(corpora(8), st.data())
def test_worth_is_monotone_and_submodular(corpus: Corpus, data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(corpus.features))))
    *others, row = order
    small = data.draw(st.integers(0, len(others)))
    less, more = tuple(others[:small]), tuple(others)
    adds = [corpus.worth((*had, row)) - corpus.worth(had) for had in (less, more)]
    assert adds[0] >= adds[1] >= 0


def test_a_choice_begins_with_the_smaller_one() -> None:
    corpus = Corpus([[0, 1], [1, 2], [3], [0, 4], [5, 2]], [1] * 6, [1] * 5)
    whole = choose(corpus.rows(), np.arange(5), 5).tolist()
    assert sorted(whole) == [0, 1, 2, 3, 4]
    assert [choose(corpus.rows(), np.arange(5), k).tolist() for k in range(5)] == [whole[:k] for k in range(5)]


def test_only_candidates_are_chosen() -> None:
    corpus = Corpus([[0, 1, 2], [0], [1]], [1] * 6, [1] * 3)
    assert choose(corpus.rows(), np.array([1, 2]), 2).tolist() == [1, 2]
