"""Exact figures of networks: chromatic number, clique number, minimum vertex cover, maximum matching, diameter.

A set of members is an integer, bit i for member i; a network is the list of its members' neighbours. The first three
are NP-hard, and searched for within a number of steps.

- Chromatic number: DSATUR with branch and bound (Brelaz 1979), from a clique upwards.
- Vertex cover: everybody but a maximum independent set, by branch and reduce (Fomin, Grandoni and Kratsch 2009):
  components apart, members of degree 1 and dominating ones decided, else branching on the greatest degree.
"""

from collections.abc import Iterator, Sequence

import networkx as nx

from madata.generators.family import Rejected

STEPS = 20_000

Network = list[int]


def network(n: int, edges: Sequence[tuple[int, int]]) -> Network:
    neighbours = [0] * n
    for i, j in edges:
        neighbours[i] |= 1 << j
        neighbours[j] |= 1 << i
    return neighbours


def members(group: int) -> Iterator[int]:
    while group:
        yield (group & -group).bit_length() - 1
        group &= group - 1


class Steps:
    """What is left of the steps that a search may take."""

    def __init__(self) -> None:
        self.left = STEPS

    def step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Rejected("search", f"the optimum is not found within {STEPS} steps")


def chromatic_number(net: Network) -> int:
    """The fewest colours with which no neighbours have the same."""
    steps, colours = Steps(), clique_number(net)
    while not colourable(net, colours, steps):
        colours += 1
    return colours


def colourable(net: Network, colours: int, steps: Steps) -> bool:
    """Whether so many suffice: the member with the fewest left is coloured first, and of those that nobody has yet,
    which are alike, one is tried."""

    def colour(rest: int, barred: list[int], used: int) -> bool:
        steps.step()
        if not rest:
            return True
        one = max(members(rest), key=lambda i: (barred[i].bit_count(), (net[i] & rest).bit_count(), -i))
        for shade in range(min(used + 1, colours)):
            if not barred[one] >> shade & 1:
                after = [mask | 1 << shade if net[one] >> i & 1 else mask for i, mask in enumerate(barred)]
                if colour(rest & ~(1 << one), after, max(used, shade + 1)):
                    return True
        return False

    return colour((1 << len(net)) - 1, [0] * len(net), 0)


def clique_number(net: Network) -> int:
    """The size of the largest group of whom all are neighbours."""
    steps = Steps()

    def largest(group: int, size: int, found: int) -> int:
        steps.step()
        found = max(found, size)
        for i in members(group):
            if size + group.bit_count() <= found:
                break
            group &= ~(1 << i)
            found = largest(group & net[i], size + 1, found)
        return found

    return largest((1 << len(net)) - 1, 0, 0)


def cover_number(net: Network) -> int:
    """The size of the smallest group that everybody outside has all neighbours in."""
    return len(net) - independence_number(net)


def independence_number(net: Network) -> int:
    """The size of the largest group without neighbours."""
    steps = Steps()
    known: dict[int, int] = {}

    def largest(group: int) -> int:
        taken = 0
        while (decided := reduction(net, group)) is not None:
            inside, group = decided
            taken += inside
        if not group:
            return taken
        if group not in known:
            steps.step()
            known[group] = branch(group)
        return taken + known[group]

    def branch(group: int) -> int:
        if (part := component(net, group)) != group:
            return largest(part) + largest(group & ~part)
        hub = max(members(group), key=lambda i: ((net[i] & group).bit_count(), -i))
        return max(1 + largest(group & ~(net[hub] | 1 << hub)), largest(group & ~(1 << hub)))

    return largest((1 << len(net)) - 1)


def reduction(net: Network, group: int) -> tuple[int, int] | None:
    """How many are taken for certain, and who is left then. Whoever has at most one neighbour left is taken; whoever is
    neighbour of another and of all that one's neighbours is not."""
    for i in members(group):
        near = net[i] & group
        if near & (near - 1) == 0:
            return 1, group & ~(near | 1 << i)
    for i in members(group):
        closed = net[i] & group | 1 << i
        for j in members(net[i] & group):
            if closed & ~(net[j] | 1 << j) == 0:
                return 0, group & ~(1 << j)
    return None


def component(net: Network, group: int) -> int:
    found = front = group & -group
    while front:
        reached = 0
        for i in members(front):
            reached |= net[i]
        front = reached & group & ~found
        found |= front
    return found


def matching_number(edges: Sequence[tuple[int, int]]) -> int:
    """The most pairs of neighbours of whom no two share a member (Edmonds 1965)."""
    return len(nx.max_weight_matching(nx.Graph(list(edges)), maxcardinality=True))


def diameter(net: Network) -> int:
    """The most steps from neighbour to neighbour that somebody is away from somebody; the network is connected."""
    most = 0
    for start in range(len(net)):
        found = front = 1 << start
        away = -1
        while front:
            reached = 0
            for i in members(front):
                reached |= net[i]
            front = reached & ~found
            found |= front
            away += 1
        most = max(most, away)
    return most
