"""Connected networks of the shapes that AgentsNet draws (Groetsch et al. 2025), integers throughout.

Small worlds (Watts and Strogatz 1998), scale-free networks (Barabasi and Albert 1999), neighbourhoods of points in the
plane (the Gabriel graph, a connected part of the Delaunay triangulation) and random trees. What networkx draws may
change with its version, and these must not.
"""

import random
from collections.abc import Callable

Edge = tuple[int, int]


def small_world(rng: random.Random, n: int) -> set[Edge]:
    """A ring in which everybody knows the next one or two on either side; one edge in four is bent elsewhere."""
    reach = rng.randint(1, 2) if n > 5 else 1
    edges = {(i, (i + step) % n) for i in range(n) for step in range(1, reach + 1)}
    for i, j in sorted(edges):
        strangers = [k for k in range(n) if k != i and (i, k) not in edges and (k, i) not in edges]
        if strangers and rng.randrange(4) == 0:
            edges.remove((i, j))
            edges.add((i, rng.choice(strangers)))
    return edges


def scale_free(rng: random.Random, n: int) -> set[Edge]:
    """Whoever comes joins one or two, rather those that many have joined."""
    joined = min(rng.randint(1, 2), n - 1)
    ends = list(range(joined))
    edges: set[Edge] = set()
    for new in range(joined, n):
        chosen: list[int] = []
        while len(chosen) < joined:
            if (old := rng.choice(ends)) not in chosen:
                chosen.append(old)
        edges.update((old, new) for old in chosen)
        ends += [*chosen, *[new] * joined]
    return edges


def geometric(rng: random.Random, n: int) -> set[Edge]:
    """Points of a lattice are neighbours if no other lies inside the circle over the line between them."""
    side = 2 * n
    points = [divmod(place, side) for place in rng.sample(range(side * side), n)]

    def apart(i: int, j: int) -> bool:
        (a, b), (c, d) = points[i], points[j]
        return any((a - x) * (c - x) + (b - y) * (d - y) < 0 for x, y in points)

    return {(i, j) for i in range(n) for j in range(i + 1, n) if not apart(i, j)}


def tree(rng: random.Random, n: int) -> set[Edge]:
    return {(rng.randrange(i), i) for i in range(1, n)}


SHAPES: tuple[Callable[[random.Random, int], set[Edge]], ...] = (small_world, scale_free, geometric, tree)


def draw_network(rng: random.Random, n: int) -> list[Edge]:
    """The edges of a connected network of any of the shapes, sorted, its members in no order that tells of it."""
    shape = rng.choice(SHAPES)
    while not connected(n, edges := shape(rng, n)):
        pass
    names = rng.sample(range(n), n)
    return sorted((min(names[i], names[j]), max(names[i], names[j])) for i, j in edges)


def connected(n: int, edges: set[Edge]) -> bool:
    group = list(range(n))
    for i, j in edges:
        if group[i] != group[j]:
            group = [group[i] if other == group[j] else other for other in group]
    return len(set(group)) == 1
