"""The least number of steps from a state to an end, by A* that learns from each search for those after it.

Adaptive A* (Koenig and Likhachev, "Adaptive A*", AAMAS 2005): when the end turns out to be n steps from where a search
began, a state that it looked into after g steps is at least n - g from the end. The bounds stay admissible, so later
searches to the same end, which is what planning anew in each round comes to, go almost straight.
"""

from collections.abc import Callable, Hashable, Iterable
from heapq import heappop, heappush
from itertools import pairwise
from typing import Generic, TypeVar

from madata.validators.coordination.grid import FAR
from madata.validators.trial import Wrong

State = TypeVar("State", bound=Hashable)


class Effort:
    """How many states the searches of one game may look at in all."""

    def __init__(self, limit: int) -> None:
        self.limit = self.left = limit

    def spend(self, states: int = 1) -> None:
        self.left -= states
        if self.left < 0:
            raise Wrong("game", f"one whose best play is found by looking at {self.limit} states", "a harder one")


class Search(Generic[State]):
    """`bound(state)` is never more than the steps to an end, 0 at an end and nowhere else, and `FAR` only where there
    is no end. Of states that promise the same, the one with the smallest `guide` is looked into first."""

    def __init__(
        self,
        onward: Callable[[State], Iterable[State]],
        bound: Callable[[State], int],
        guide: Callable[[State], int],
        effort: Effort,
    ) -> None:
        self.onward, self.first_bound, self.guide, self.effort = onward, bound, guide, effort
        self.bounds: dict[State, int] = {}
        self.next: dict[State, State] = {}
        """On the ways found: those bounds are exact."""

    def bound(self, state: State) -> int:
        """The most that is known of how far an end is at least."""
        found = self.bounds.get(state)
        if found is None:
            found = self.bounds[state] = self.first_bound(state)
        return found

    def way(self, start: State, at_most: int = FAR - 1) -> list[State] | None:
        """The states of a shortest way to an end, if it has no more than so many steps."""
        heap = [(self.bound(start), self.guide(start), 0, 0, start)]
        steps, before = {start: 0}, dict[State, State]()
        opened: dict[State, int] = {}
        pushed = 0
        while heap:
            promised, _, _, taken, state = heappop(heap)
            if promised > at_most:
                self._learn(opened, FAR if promised >= FAR else at_most + 1)
                return None
            if taken > steps[state]:
                continue
            if state in self.next or self.bound(state) == 0:
                self._learn(opened, promised)
                return self._found(state, before)
            opened[state] = taken
            for to in self.onward(state):
                self.effort.spend()
                if taken + 1 < steps.get(to, FAR):
                    steps[to], before[to] = taken + 1, state
                    pushed -= 1  # the newest first
                    heappush(heap, (taken + 1 + self.bound(to), self.guide(to), pushed, taken + 1, to))
        self._learn(opened, FAR)
        return None

    def _learn(self, opened: dict[State, int], least: int) -> None:
        for state, taken in opened.items():
            self.bounds[state] = FAR if least >= FAR else max(self.bounds[state], least - taken)

    def _found(self, state: State, before: dict[State, State]) -> list[State]:
        way = [state]
        while way[-1] in before:
            way.append(before[way[-1]])
        way.reverse()
        for earlier, later in pairwise(way):
            self.next[earlier] = later
        while way[-1] in self.next:
            way.append(self.next[way[-1]])
        return way
