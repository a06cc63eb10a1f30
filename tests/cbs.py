"""Conflict-based search for makespan (Sharon et al. 2015). It knows nothing of tables of pairs: the joint search of
`generators/coordination/mapf.py` is held against it where trying every joint move takes too long."""

from heapq import heappop, heappush
from itertools import combinations, count


class GaveUp(Exception):
    """Too many nodes of the constraint tree."""


def makespan(moves, starts, goals, nodes):
    """The least number of rounds, for instances that can be solved; raises `GaveUp`."""
    alone = [distances(moves, goal) for goal in goals]
    least = max(far[start] for far, start in zip(alone, starts, strict=True))
    left = count(nodes, -1)
    while not solvable(moves, starts, goals, alone, least, left):
        least += 1
    return least


def distances(moves, goal):
    found = {goal: 0}
    layer = [goal]
    while layer:
        layer = [other for here in layer for other in moves[here] if other is not None and other not in found]
        found |= dict.fromkeys(layer, max(found.values()) + 1)
    return found


def solvable(moves, starts, goals, alone, rounds, left):
    """Whether there are ways of so many rounds. A node: for each agent what it may not do, and its way."""
    ways = [way(moves, start, far, rounds, frozenset(), []) for start, far in zip(starts, alone, strict=True)]
    number = count()
    heap = [(0, next(number), [frozenset()] * len(starts), ways)]
    while heap:
        _, _, forbidden, ways = heappop(heap)
        conflicts = list(collisions(ways))
        if not conflicts:
            return True
        if next(left) <= 0:
            raise GaveUp
        for agent, what in conflicts[0]:
            more = [*forbidden[:agent], forbidden[agent] | {what}, *forbidden[agent + 1 :]]
            others = ways[:agent] + ways[agent + 1 :]
            found = way(moves, starts[agent], alone[agent], rounds, more[agent], others)
            if found:
                after = [*ways[:agent], found, *ways[agent + 1 :]]
                heappush(heap, (len(list(collisions(after))), next(number), more, after))
    return False


def collisions(ways):
    """For each collision of two what either could be forbidden: (time, from, to), from None for any."""
    for (i, one), (j, two) in combinations(enumerate(ways), 2):
        for time in range(1, len(one)):
            if one[time] == two[time]:
                what = (time, None, one[time])
                yield (i, what), (j, what)
            elif one[time] == two[time - 1] and two[time] == one[time - 1]:
                yield (i, (time, one[time - 1], one[time])), (j, (time, two[time - 1], two[time]))


def way(moves, start, far, rounds, forbidden, others):
    """Where an agent is at each time, with the fewest collisions with the others; None if there is no way."""
    best = {start: (0, (start,))} if far[start] <= rounds else {}
    for time in range(1, rounds + 1):
        following = {}
        for here, (met, past) in best.items():
            for there in moves[here]:
                if there is None or far.get(there, rounds) > rounds - time:
                    continue
                if {(time, None, there), (time, here, there)} & forbidden:
                    continue
                meets = met + sum(
                    other[time] == there or (other[time] == here and other[time - 1] == there) for other in others
                )
                if there not in following or meets < following[there][0]:
                    following[there] = meets, (*past, there)
        best = following
    return min(best.values())[1] if best else None
