"""Multi-agent path finding for makespan, exact (Stern et al. 2019): all agents stand on their goals after as few
rounds as can be, and no two of them ever collide.

Two agents alone are searched exhaustively, from their goals backwards: a *table* says from which pairs of squares both
can be where they have to be within so many rounds (a pattern database). The joint search goes through the moves of one
agent after the other (operator decomposition, Standley 2010) and never leaves what the tables of all pairs allow.
For two agents this leaves nothing to search; for more, what it tries is nearly always right. It goes through joint
moves in lexicographic order, so the first way found begins with the smallest of those that are best.

A graph is given by its moves: of each vertex, by action, the vertex one then stands on, or None; action 0 is to stay.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from madata.generators.family import Rejected

Moves = tuple[tuple[int | None, ...], ...]
Table = list[list[int]]
"""Of each number of rounds, for each vertex of the first agent: the set of vertices of the second (as bits) from which
both reach their goals within it. The last row of numbers is for any number of rounds."""

STEPS = 50_000
"""Of one search, before it is given up."""
SLACK = 3
"""How many rounds more than the slowest pair needs are enough to ask whether there is a way at all."""


def bits(members: int) -> Iterator[int]:
    while members:
        least = members & -members
        yield least.bit_length() - 1
        members ^= least


@lru_cache(maxsize=512)
def together(moves: Moves, first: int, second: int) -> Table:
    reach = [sum(1 << other for other in row if other is not None) for row in moves]
    # Who can move here in one round, or was here before.
    before = [0] * len(moves)
    for vertex, row in enumerate(reach):
        for other in bits(row):
            before[other] |= 1 << vertex
    sources = [list(bits(row)) for row in before]
    new = {first: 1 << second}
    found = [0] * len(moves)
    found[first] = 1 << second
    table = [found.copy()]
    while new:
        ahead: dict[int, int] = {}
        for there, others in new.items():
            spread = 0
            for other in bits(others):
                spread |= before[other]
            spread &= ~(1 << there)
            for here in sources[there]:
                ahead[here] = ahead.get(here, 0) | spread
                # The second agent comes from where the first one goes: not if it goes to where the first one was.
                if others & reach[there] & ~(1 << here):
                    ahead[here] |= 1 << there
        new = {}
        for here, others in ahead.items():
            if others := others & ~(1 << here) & ~found[here]:
                found[here] |= others
                new[here] = others
        if new:
            table.append(found.copy())
    return table


class Convoy:
    """Agents who have to get to their goals. What is worked out for one state serves all others."""

    def __init__(self, moves: Moves, goals: Sequence[int]) -> None:
        self.moves = moves
        self.goals = tuple(goals)
        self.size = len(goals)
        self.sound = len(set(goals)) == len(goals)
        self._tables = (
            [[together(moves, goals[i], goals[j]) for i in range(j)] for j in range(self.size)] if self.sound else []
        )
        self._lengths: dict[tuple[int, ...], int | None] = {}
        self._first: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._refuted: dict[tuple[int, ...], int] = {}
        self._steps = 0

    def length(self, state: tuple[int, ...]) -> int | None:
        """The least number of rounds; None if there is no way."""
        if state not in self._lengths:
            self._steps = 0
            self._lengths[state] = self._search(state)
        return self._lengths[state]

    def first(self, state: tuple[int, ...]) -> tuple[int, ...]:
        """The lexicographically smallest joint action from which the number of rounds gets one less; all stay if it is
        0 or there is no way."""
        if not self.length(state):
            return (0,) * self.size
        return self._first[state]

    def firsts(self, state: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        """All joint actions from which the number of rounds gets one less."""
        if length := self.length(state):
            self._steps = 0
            for joint, after in self._steps_from(state, length - 1):
                if self._solve(after, length - 1):
                    yield joint

    def parts(self, state: tuple[int, ...], agent: int) -> set[int]:
        """What the agent does in one or another of those."""
        if not (length := self.length(state)):
            return set()
        self._steps = 0
        return {
            action
            for action, vertex in enumerate(self.moves[state[agent]])
            if vertex is not None
            and any(self._solve(after, length - 1) for _, after in self._steps_from(state, length - 1, {agent: action}))
        }

    def _search(self, state: tuple[int, ...]) -> int | None:
        bound = self._bound(state) if self.sound else None
        if bound is None:
            return None
        least = bound
        while not self._solve(state, least):
            least += 1
            if least == bound + SLACK and not self._connected(state):
                return None
        return least

    def _bound(self, state: tuple[int, ...]) -> int | None:
        """What the slowest pair needs."""
        most = 0
        for j, row in enumerate(self._tables):
            for i, table in enumerate(row):
                here, there = state[i], 1 << state[j]
                if not table[-1][here] & there:
                    return None
                while most < len(table) and not table[most][here] & there:
                    most += 1
        return most

    def _solve(self, state: tuple[int, ...], left: int) -> bool:
        """Whether it can be done within `left` rounds, which all pairs can."""
        if left == 0:
            return True
        known = self._lengths.get(state)
        if known is not None:
            return known <= left
        if self._refuted.get(state, -1) >= left:
            return False
        for joint, after in self._steps_from(state, left - 1):
            if self._solve(after, left - 1):
                # Only on the way back from a shortest way is this the length: whoever asks tries fewer rounds first.
                self._first[state] = joint
                self._lengths[state] = left
                return True
        self._refuted[state] = left
        return False

    def _steps_from(
        self, state: tuple[int, ...], left: int | None, fixed: Mapping[int, int] = MappingProxyType({})
    ) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Joint actions without collision, in lexicographic order, after which every pair can do it in `left` rounds
        (None: at all), and where they lead. `fixed`: actions of some agents."""
        rows = [
            [table[-1] if left is None or left >= len(table) else table[left] for table in tables]
            for tables in self._tables
        ]

        def extend(joint: tuple[int, ...], after: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
            agent = len(joint)
            if agent == self.size:
                yield joint, after
                return
            here = state[agent]
            allowed = -1
            for row, other in zip(rows[agent], after, strict=True):
                allowed &= row[other]
            for action, vertex in enumerate(self.moves[here]):
                if vertex is None or not allowed >> vertex & 1 or fixed.get(agent, action) != action:
                    continue
                self._steps += 1
                if self._steps > STEPS:
                    raise Rejected("too_hard", f"no joint way found in {STEPS} steps")
                if here in after and vertex == state[after.index(here)] and vertex != here:
                    continue
                yield from extend((*joint, action), (*after, vertex))

        yield from extend((), ())

    def _connected(self, state: tuple[int, ...]) -> bool:
        """Whether the goals can be reached at all: a search through all that can."""
        seen = {state}
        ahead = deque([state])
        while ahead:
            for _, after in self._steps_from(ahead.popleft(), None):
                if after == self.goals:
                    return True
                if after not in seen:
                    seen.add(after)
                    ahead.append(after)
        return False
