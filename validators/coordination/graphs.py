"""What is best on a graph: its chromatic number, its largest clique, matching and its smallest vertex cover, all exact.

A graph is a list of neighbourhoods, a bit mask a vertex. Colours are found as maximal independent sets taken out one
after another (Lawler 1976), cliques by branching under a greedy colouring (Tomita and Seki 2003), matchings by
augmenting paths with blossoms shrunk to their bases (Edmonds 1965), and covers as an integer programme over cliques,
which HiGHS solves; what it gives is rounded, and its bound and feasibility are judged in integers. A search that
takes more than `STEPS` steps gives up (`Hard`): what can be told then is nothing.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from math import ceil

Graph = Sequence[int]

STEPS = 100_000


class Hard(Exception):
    """The graph is too hard to judge within the steps allowed."""


class Steps:
    def __init__(self) -> None:
        self.left = STEPS

    def take(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Hard


def graph(size: int, edges: Iterable[tuple[int, int]]) -> list[int]:
    neighbours = [0] * size
    for one, other in edges:
        neighbours[one] |= 1 << other
        neighbours[other] |= 1 << one
    return neighbours


def members(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def chromatic_number(of: Graph) -> int:
    steps = Steps()
    dead: set[tuple[int, int]] = set()
    for colours in count(len(largest_clique(of))):
        if _colourable(of, (1 << len(of)) - 1, colours, dead, steps):
            return colours
    raise AssertionError("a graph can be coloured")


def _colourable(of: Graph, within: int, colours: int, dead: set[tuple[int, int]], steps: Steps) -> bool:
    """Whether the vertices within a mask can be coloured. Those with fewer neighbours than colours always can; of the
    rest of each component one vertex is in some class, which can be taken to be a maximal independent set."""
    steps.take()
    loose = within
    while loose:
        loose = sum(1 << vertex for vertex in members(within) if (of[vertex] & within).bit_count() < colours)
        within &= ~loose
    if (within, colours) in dead:
        return False
    while within:
        part = _component(of, within)
        if not _part_colourable(of, part, colours, dead, steps):
            dead.add((within, colours))
            return False
        within &= ~part
    return True


def _part_colourable(of: Graph, part: int, colours: int, dead: set[tuple[int, int]], steps: Steps) -> bool:
    if colours < 2:
        return False
    first = max(members(part), key=lambda vertex: (of[vertex] & part).bit_count())
    around = of[first] | 1 << first
    if colours == 2:
        return _bipartite(of, part)
    return any(
        _colourable(of, part & ~chosen, colours - 1, dead, steps)
        for chosen in _independent(of, 1 << first, part & ~around, 0)
    )


def _component(of: Graph, within: int) -> int:
    part, new = 0, within & -within
    while new:
        part |= new
        around = 0
        for vertex in members(new):
            around |= of[vertex]
        new = around & within & ~part
    return part


def _bipartite(of: Graph, part: int) -> bool:
    """Of a connected part: distances from one vertex tell the sides."""
    sides, new, side = [0, 0], part & -part, 0
    while new:
        sides[side] |= new
        around = 0
        for vertex in members(new):
            around |= of[vertex]
        if around & sides[side]:
            return False
        side = 1 - side
        new = around & part & ~sides[side]
    return True


def _independent(of: Graph, chosen: int, free: int, barred: int) -> Iterator[int]:
    """The maximal independent sets that hold `chosen`, the rest of `free`, and could take in none of `barred` (Bron and
    Kerbosch 1973, on the complement)."""
    if not free:
        if not barred:
            yield chosen
        return
    branches = min(((of[vertex] | 1 << vertex) & free for vertex in members(free | barred)), key=int.bit_count)
    for vertex in members(branches):
        apart = ~(of[vertex] | 1 << vertex)
        yield from _independent(of, chosen | 1 << vertex, free & apart, barred & apart)
        free &= ~(1 << vertex)
        barred |= 1 << vertex


def largest_clique(of: Graph) -> list[int]:
    steps = Steps()
    best: list[int] = []

    def grow(clique: list[int], free: int) -> None:
        nonlocal best
        steps.take()
        if len(clique) > len(best):
            best = clique
        # Vertices in the order of a greedy colouring: a clique has at most one of each colour.
        coloured: list[tuple[int, int]] = []
        rest, colour = free, 0
        while rest:
            colour += 1
            same = rest
            while same:
                vertex = (same & -same).bit_length() - 1
                coloured.append((vertex, colour))
                rest &= ~(1 << vertex)
                same &= ~(of[vertex] | 1 << vertex)
        for vertex, colour in reversed(coloured):
            if len(clique) + colour <= len(best):
                return
            grow([*clique, vertex], free & of[vertex])
            free &= ~(1 << vertex)

    grow([], (1 << len(of)) - 1)
    return sorted(best)


def largest_matching(of: Graph) -> list[int | None]:
    """The partner of each vertex."""
    partner: list[int | None] = [None] * len(of)
    for root in range(len(of)):
        if partner[root] is None:
            _augment(of, partner, root)
    return partner


def _augment(of: Graph, partner: list[int | None], root: int) -> None:
    """Flips a path from an exposed vertex to another, if there is one. `before` of an inner vertex is where the tree
    came from; `base` is the outermost blossom a vertex has been shrunk into."""
    before: dict[int, int] = {}
    base = list(range(len(of)))
    outer = {root}
    queue = deque([root])

    def stems(vertex: int) -> Iterator[int]:
        """The bases on the way from an outer vertex to the root."""
        vertex = base[vertex]
        yield vertex
        while (mate := partner[vertex]) is not None:
            vertex = base[before[mate]]
            yield vertex

    def mark(vertex: int, stem: int, child: int, blossom: set[int]) -> None:
        while base[vertex] != stem:
            mate = partner[vertex]
            assert mate is not None
            blossom |= {base[vertex], base[mate]}
            before[vertex] = child
            child, vertex = mate, before[mate]

    while queue:
        vertex = queue.popleft()
        for other in members(of[vertex]):
            if base[vertex] == base[other] or partner[vertex] == other:
                continue
            if other in outer:
                way = set(stems(vertex))
                stem = next(place for place in stems(other) if place in way)
                blossom: set[int] = set()
                mark(vertex, stem, other, blossom)
                mark(other, stem, vertex, blossom)
                for place in range(len(of)):
                    if base[place] in blossom:
                        base[place] = stem
                        if place not in outer:
                            outer.add(place)
                            queue.append(place)
            elif other not in before:
                before[other] = vertex
                mate = partner[other]
                if mate is None:
                    _flip(partner, before, other)
                    return
                outer.add(mate)
                queue.append(mate)


def _flip(partner: list[int | None], before: dict[int, int], end: int | None) -> None:
    while end is not None:
        inner = before[end]
        following = partner[inner]
        partner[end], partner[inner] = inner, end
        end = following


def smallest_cover(of: Graph) -> list[int]:
    """Each clique has at most one vertex outside the cover, which says more than its edges do one by one."""
    import numpy as np  # loading scipy takes longer than judging an episode, and only covers need it
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array

    cliques = list(_edge_cliques(of))
    if not cliques:
        return []
    ends = np.cumsum([0] + [len(clique) for clique in cliques])
    ones = np.ones(ends[-1])
    rows = csr_array((ones, np.concatenate(cliques), ends), shape=(len(cliques), len(of)))
    least = np.array([len(clique) - 1 for clique in cliques])
    found = milp(
        np.ones(len(of)),
        constraints=LinearConstraint(rows, lb=least),
        integrality=np.ones(len(of)),
        bounds=Bounds(0, 1),
        options={"node_limit": 1_000, "mip_rel_gap": 0},
    )
    if found.status != 0:
        raise Hard
    cover = [vertex for vertex in range(len(of)) if round(found.x[vertex])]
    inside = sum(1 << vertex for vertex in cover)
    outside = [vertex for vertex in range(len(of)) if not inside >> vertex & 1]
    assert not any(of[vertex] & ~inside for vertex in outside) and ceil(found.mip_dual_bound - 1e-6) == len(cover)
    return cover


def _edge_cliques(of: Graph) -> Iterator[list[int]]:
    """Cliques that hold each edge at least once."""
    left = list(of)
    for one in range(len(of)):
        while left[one]:
            clique = [one]
            common = of[one]
            other = next(members(left[one]))
            while True:
                clique.append(other)
                common &= of[other]
                if not common:
                    break
                other = next(members(common & left[one] or common))
            mask = sum(1 << vertex for vertex in clique)
            for vertex in clique:
                left[vertex] &= ~mask
            yield clique
