"""What is best on a graph, against all there is to try on small ones, and by hand on some that are not."""

from itertools import combinations, product
from random import Random

import pytest

from madata.validators.coordination import graphs
from madata.validators.coordination.graphs import (
    Graph,
    Hard,
    chromatic_number,
    graph,
    largest_clique,
    largest_matching,
    members,
    smallest_cover,
)

Edges = list[tuple[int, int]]


def drawn(seed: int, most: int) -> tuple[int, Edges]:
    random = Random(seed)
    size, density = random.randint(1, most), random.random()
    return size, [edge for edge in combinations(range(size), 2) if random.random() < density]


def joined(circles: int, length: int) -> tuple[int, Edges]:
    """Circles, each vertex of one with each of the others."""
    size = circles * length
    edges = [
        (one, other)
        for one, other in combinations(range(size), 2)
        if one // length != other // length or (other - one) in (1, length - 1)
    ]
    return size, edges


def petersen() -> Graph:
    outer = [(place, (place + 1) % 5) for place in range(5)]
    spokes = [(place, place + 5) for place in range(5)]
    inner = [(5 + place, 5 + (place + 2) % 5) for place in range(5)]
    return graph(10, outer + spokes + inner)


@pytest.mark.parametrize("seed", range(60))
def test_everything_against_all_sets_and_colourings(seed: int) -> None:
    size, edges = drawn(seed, 7)
    of = graph(size, edges)
    sets = [set(members(mask)) for mask in range(1 << size)]
    covers = [len(some) for some in sets if all(one in some or other in some for one, other in edges)]
    cliques = [len(some) for some in sets if all(pair in edges for pair in combinations(sorted(some), 2))]
    colours = next(
        number
        for number in range(1, size + 1)
        if any(all(of_[one] != of_[other] for one, other in edges) for of_ in product(range(number), repeat=size))
    )
    assert len(smallest_cover(of)) == min(covers)
    assert len(largest_clique(of)) == max(cliques)
    assert chromatic_number(of) == colours


def most_pairs(edges: Edges, taken: frozenset[int] = frozenset()) -> int:
    if not edges:
        return 0
    (one, other), *rest = edges
    without = most_pairs(rest, taken)
    if taken & {one, other}:
        return without
    return max(without, 1 + most_pairs(rest, taken | {one, other}))


@pytest.mark.parametrize("seed", range(60))
def test_matchings_against_all_there_are(seed: int) -> None:
    random = Random(seed)
    size = random.randint(1, 9)
    edges = random.sample(list(combinations(range(size), 2)), min(13, size * (size - 1) // 2))
    partners = largest_matching(graph(size, edges))
    for one, other in enumerate(partners):
        assert other is None or (partners[other] == one and tuple(sorted((one, other))) in edges)
    assert size - partners.count(None) == 2 * most_pairs(edges)


def test_blossoms_within_blossoms() -> None:
    """Triangles on a string: only through all of them can the two ends be paired."""
    edges = [(0, 1)]
    for first in range(1, 28, 3):
        edges += [(first, first + 1), (first, first + 2), (first + 1, first + 2), (first + 2, first + 3)]
    assert largest_matching(graph(29, edges)).count(None) == 1
    assert largest_matching(graph(30, [*edges, (28, 29)])).count(None) == 0


def test_petersen() -> None:
    assert chromatic_number(petersen()) == 3
    assert len(largest_clique(petersen())) == 2
    assert largest_matching(petersen()).count(None) == 0
    assert len(smallest_cover(petersen())) == 6


def test_colours_where_cliques_tell_little() -> None:
    """Each circle of five needs three colours of its own, and has cliques of two."""
    of = graph(*joined(4, 5))
    assert (chromatic_number(of), len(largest_clique(of)), len(smallest_cover(of))) == (12, 8, 18)


def test_a_hundred_vertices_in_a_ring_of_neighbours() -> None:
    """Each with the two next on both sides: of three in a row one can be out."""
    of = graph(100, [(place, (place + step) % 100) for place in range(100) for step in (1, 2)])
    assert len(smallest_cover(of)) == 67
    assert len(largest_clique(of)) == 3
    assert largest_matching(of).count(None) == 0


def test_steps_are_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "STEPS", 1_000)
    with pytest.raises(Hard):
        largest_clique(graph(*joined(12, 5)))
