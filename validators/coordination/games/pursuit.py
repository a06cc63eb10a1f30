"""Pursuit: agents who see only so far enclose a target on its track (docs/coordination.md).

Agents do not collide, so all that matters is who can be on which of the squares around the target in time: a matching,
which exists if and only if any k of the squares have k agents or more who can get to one of them (Hall 1935). There are
four squares at most.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import cast

from madata.validators.coordination.grid import Places, fitting_grid, fitting_squares
from madata.validators.coordination.motion import Joint, Motion
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Beliefs, fitting
from madata.validators.trial import Wrong


def matched(able: Sequence[frozenset[int]]) -> bool:
    """Whether each square can be given an agent of its own of those able to get to it."""
    return all(
        len(frozenset().union(*some)) >= size for size in range(1, len(able) + 1) for some in combinations(able, size)
    )


class Pursuit(Motion):
    def fit(self) -> None:
        self.stay_put()
        figures, world = self.figures, self.world
        self.grid = fitting_grid(figures, "walls", len(world.agents))
        fitting_squares(figures, "track", range(self.grid.size))
        fitting("actions", range(len(world.actions)), range(5))
        self.track: list[int] = figures["track"]
        self.target = world.fact_of("game, target", figures["target"], size=len(self.track))
        if len(figures["routes"]) != len(world.agents):
            raise Wrong("game, routes", f"{len(world.agents)}, one an agent", len(figures["routes"]))
        self.around = {square: self.grid.beside(square) for square in self.track}
        self.latest = self.grid.size + len(self.track)
        self.found: dict[tuple[Places, int], int | None] = {}

    def start(self) -> Places:
        return tuple(self.figures["starts"])

    def openings(self, state: Places, time: int, agent: int) -> list[int]:
        return list(self.grid.moves[state[agent]])

    def advance(self, state: Places, time: int, acts: Mapping[int, int]) -> Places:
        moves = self.grid.moves
        return tuple(moves[place].get(acts.get(agent, 0), place) for agent, place in enumerate(state))

    def collides(self, state: Places, joint: Joint) -> bool:
        return False

    def place(self, value: int, time: int) -> int:
        """Where the target is at a time, if it began at a place of the track."""
        return self.track[(value + time) % len(self.track)] if self.figures["moving"] else self.track[value]

    def done(self, state: Places, time: int) -> bool:
        around = self.around[self.place(self.world.truth[self.target], time)]
        return bool(around) and {*around} <= {*state}

    def observes(self, state: Places, time: int) -> list[tuple[int, int]]:
        target, sight = self.place(self.world.truth[self.target], time), self.figures["sight"]
        return [(agent, self.target) for agent, place in enumerate(state) if self.grid.apart(place, target) <= sight]

    # The joint plan.

    def remaining(self, state: Places, time: int, beliefs: Beliefs) -> int | None:
        value = beliefs[self.target]
        if value is None:
            return None
        key = (tuple(sorted(state)), (value + time) % len(self.track) if self.figures["moving"] else value)
        if key not in self.found:
            self.found[key] = self._rounds(key[0], key[1])
        return self.found[key]

    def _rounds(self, places: Places, value: int) -> int | None:
        return next(
            (
                rounds
                for rounds in range(self.latest + 1)
                if self._encloses(self.place(value, rounds), [(place, rounds) for place in places])
            ),
            None,
        )

    def _encloses(self, target: int, able: Sequence[tuple[int, int]]) -> bool:
        """Whether agents can enclose the target at a square, each from its place within so many moves."""
        around = self.around[target]
        return bool(around) and matched(
            [
                frozenset(agent for agent, (place, far) in enumerate(able) if self.grid.away((square,))[place] <= far)
                for square in around
            ]
        )

    def joint(self, state: Places, time: int, agent: int, beliefs: Beliefs) -> Joint:
        if beliefs[self.target] is None:
            return tuple(self._route(state, time, number) if number == agent else 0 for number in range(len(state)))
        return super().joint(state, time, agent, beliefs)

    def good(self, state: Places, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        """Agent by agent: whatever those before do, the others can still come a move nearer to any square."""
        value, rounds = beliefs[self.target], self.remaining(state, time, beliefs)
        if value is None or not rounds:
            return
        target = self.place(value, time + rounds)

        def extended(joint: Joint, within: list[tuple[int, int]]) -> Iterator[Joint]:
            if len(joint) == len(state):
                yield joint
                return
            before, place, after = within[: len(joint)], state[len(joint)], within[len(joint) + 1 :]
            for action, to in self.grid.moves[place].items():
                then = [*before, (to, rounds - 1), *after]
                if self._encloses(target, then):
                    yield from extended((*joint, action), then)

        yield from extended((), [(place, rounds) for place in state])

    def parts(self, state: Places, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        value, rounds = beliefs[self.target], self.remaining(state, time, beliefs)
        if value is None:
            return {self._route(state, time, agent)}
        if not rounds:
            return set()
        target, within = self.place(value, time + rounds), [(place, rounds) for place in state]
        return {
            action
            for action, to in self.grid.moves[state[agent]].items()
            if self._encloses(target, [*within[:agent], (to, rounds - 1), *within[agent + 1 :]])
        }

    def _route(self, state: Places, time: int, agent: int) -> int:
        route = self.figures["routes"][agent]
        action: int = route[time % len(route)]
        return action if action in self.grid.moves[state[agent]] else 0

    # What else is asked.

    def alone(self, state: Places, time: int, agent: int, beliefs: Beliefs) -> int:
        value = beliefs[self.target]
        if value is None:
            return self._route(state, time, agent)
        return self.grid.nearer(state[agent], self.around[self.place(value, time)])

    @property
    def least(self) -> int | None:
        return None if self.optimum is None else int(not self.world.common[self.target])

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        times, states = range(run.rounds), cast(list[Places], run.states)
        acting = [Point(time, Stage.ACTING) for time in times]
        return [
            ("target seen", next((time for time in times if self.observes(states[time], time)), None)),
            (
                "target known to all",
                next(
                    (
                        point.time
                        for point in acting
                        if all(
                            run.beliefs(agent, point)[self.target] is not None
                            for agent in self.world.present(point.time)
                        )
                    ),
                    None,
                ),
            ),
            ("enclosed", next((time for time in times if self.done(states[time + 1], time + 1)), None)),
        ]

    def within_reach(self, agent: int) -> set[str]:
        return {self.figures["squares"][square] for square in self.grid.reached(self.figures["starts"][agent])}


GAME = Pursuit
