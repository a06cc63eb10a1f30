"""Shapes of networks, and their figures beside those that trying everything gives."""

import random
from itertools import combinations, product

import networkx as nx
import pytest

from madata.generators.coordination import networks, topologies
from madata.generators.family import Rejected


def random_network(seed, n, percent):
    rng = random.Random(seed)
    return [pair for pair in combinations(range(n), 2) if rng.randrange(100) < percent]


CASES = [random_network(seed, 3 + seed % 5, 20 + 17 * seed % 70) for seed in range(40)]


def size(edges):
    return 1 + max((j for _, j in edges), default=2)


@pytest.mark.parametrize("edges", CASES)
def test_figures_are_those_of_trying_everything(edges):
    n = size(edges)
    net = networks.network(n, edges)
    groups = [group for k in range(n + 1) for group in combinations(range(n), k)]
    assert networks.clique_number(net) == max(
        len(group) for group in groups if all(pair in edges for pair in combinations(group, 2))
    )
    assert networks.cover_number(net) == min(
        len(group) for group in groups if all(i in group or j in group for i, j in edges)
    )
    assert networks.chromatic_number(net) == min(
        len(set(colours))
        for colours in product(range(min(n, 5)), repeat=n)
        if all(colours[i] != colours[j] for i, j in edges)
    )
    assert networks.matching_number(edges) == max(
        len(pairs)
        for k in range(n // 2 + 1)
        for pairs in combinations(edges, k)
        if len({member for pair in pairs for member in pair}) == 2 * k
    )


@pytest.mark.parametrize("seed", range(20))
def test_networks_of_some_size_agree_with_networkx(seed):
    n = 12 + 2 * seed
    edges = topologies.draw_network(random.Random(seed), n)
    graph = nx.Graph(edges)
    net = networks.network(n, edges)
    assert nx.is_connected(graph) and len(graph) == n and graph.number_of_edges() == len(edges)
    assert edges == sorted({(i, j) for i, j in edges if i < j})
    assert networks.diameter(net) == nx.diameter(graph)
    assert networks.clique_number(net) == max(map(len, nx.find_cliques(graph)))
    assert networks.independence_number(net) == max(map(len, nx.find_cliques(nx.complement(graph))))


def test_odd_wheels_take_four_colours():
    rim = [(i, i + 1) for i in range(6)] + [(0, 6)]
    assert networks.chromatic_number(networks.network(8, rim)) == 3
    assert networks.chromatic_number(networks.network(8, [*rim, *((i, 7) for i in range(7))])) == 4


def test_a_search_without_end_is_given_up(monkeypatch):
    edges = topologies.draw_network(random.Random(0), 40)
    monkeypatch.setattr(networks, "STEPS", 3)
    with pytest.raises(Rejected, match="search"):
        networks.clique_number(networks.network(40, edges))


@pytest.mark.parametrize("shape", topologies.SHAPES)
@pytest.mark.parametrize("n", [3, 4, 7, 40])
def test_each_shape_has_no_loops_and_no_edge_twice(shape, n):
    edges = shape(random.Random(n), n)
    assert all(0 <= i < n and 0 <= j < n and i != j for i, j in edges)
    assert len({frozenset(edge) for edge in edges}) == len(edges)
    if shape is topologies.tree:
        assert len(edges) == n - 1


def test_neighbours_in_the_plane_are_always_connected():
    assert all(topologies.connected(25, topologies.geometric(random.Random(seed), 25)) for seed in range(20))


def test_the_seed_decides():
    assert topologies.draw_network(random.Random(5), 30) == topologies.draw_network(random.Random(5), 30)
    assert topologies.draw_network(random.Random(5), 30) != topologies.draw_network(random.Random(6), 30)
