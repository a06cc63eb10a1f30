"""The least time in which divided work can be done (job shop scheduling with precedence), exactly.

Giffler and Thompson (1960): among the tasks that can be next take the one that would end first; whoever does it next
begins a task before that. All active schedules come of such choices, and one of them is shortest.
"""

from collections.abc import Sequence


class Makespan:
    """Of tasks with durations and an order that some of them must keep. `steps`: tasks placed so far in search."""

    def __init__(self, durations: Sequence[int], before: Sequence[Sequence[int]]) -> None:
        self.durations = durations
        self.before = [[first for first, then in before if then == task] for task in range(len(durations))]
        self.after = [[then for first, then in before if first == task] for task in range(len(durations))]
        self.tails = [self._tail(task) for task in range(len(durations))]
        self.steps = 0
        self._known: dict[tuple[int, ...], int] = {}

    def __call__(self, doers: Sequence[int]) -> int:
        """The least time until all is done if task i is done by `doers[i]`. A beginning of a division gives the time if
        each task of the rest had somebody for itself."""
        seen: dict[int, int] = {}
        groups = [seen.setdefault(doer, len(seen)) for doer in doers]
        groups += range(len(seen), len(seen) + len(self.durations) - len(groups))
        key = tuple(groups)
        if key not in self._known:
            self._known[key] = self._search(key)
        return self._known[key]

    def _tail(self, task: int) -> int:
        """The time from the beginning of a task to the end of all if nobody had to wait for a pair of hands."""
        return self.durations[task] + max((self._tail(then) for then in self.after[task]), default=0)

    def _search(self, groups: tuple[int, ...]) -> int:
        best = sum(self.durations)
        ends: dict[int, int] = {}
        free = [0] * len(groups)

        def extend() -> None:
            nonlocal best
            starts = {
                task: max([free[groups[task]], *(ends[first] for first in self.before[task])])
                for task in range(len(groups))
                if task not in ends and all(first in ends for first in self.before[task])
            }
            if not starts:
                best = min(best, max(ends.values()))
                return
            if any(start + self.tails[task] >= best for task, start in starts.items()):
                return
            first_end, first = min((start + self.durations[task], task) for task, start in starts.items())
            doer = groups[first]
            for task, start in starts.items():
                if groups[task] == doer and start < first_end:
                    self.steps += 1
                    was = free[doer]
                    ends[task] = free[doer] = start + self.durations[task]
                    extend()
                    del ends[task]
                    free[doer] = was

        extend()
        return best
