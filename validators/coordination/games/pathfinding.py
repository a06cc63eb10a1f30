"""Pathfinding: agents on a grid, each to its own goal, without collisions (docs/coordination.md).

How many rounds it takes is found by search in the space of where all agents of a group stand. Groups begin as one agent
each and are joined when their ways collide (independence detection: Standley, "Finding Optimal Solutions to Cooperative
Pathfinding Problems", AAAI 2010): the rounds that all need are those that the slowest group needs.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations
from typing import cast

from madata.validators.coordination.grid import FAR, Places, fitting_alone, fitting_grid, settled, together
from madata.validators.coordination.motion import Joint, Motion
from madata.validators.coordination.run import Run
from madata.validators.coordination.search import Effort, Search
from madata.validators.coordination.world import Beliefs, fitting

EFFORT = 1_000_000


class Pathfinding(Motion):
    def fit(self) -> None:
        self.stay_put()
        world = self.world
        self.grid = fitting_grid(self.figures, "walls", len(world.agents))
        fitting_alone(self.figures)
        fitting("actions", range(len(world.actions)), range(5))
        self.goal_facts = [world.fact_of("game, goals", fact, size=self.grid.size) for fact in self.figures["goals"]]
        fitting("game, goals", sorted(self.goal_facts), range(len(world.agents)))
        for fact in self.goal_facts:
            fitting(f"values of {world.fact_names[fact]}", world.value_names[fact], self.figures["squares"])
        self.goals = tuple(world.truth[fact] for fact in self.goal_facts)
        self.effort = Effort(EFFORT)
        self.searches: dict[Places, Search[Places]] = {}

    def start(self) -> Places:
        return tuple(self.figures["starts"])

    def openings(self, state: Places, time: int, agent: int) -> list[int]:
        return list(self.grid.moves[state[agent]])

    def advance(self, state: Places, time: int, acts: Mapping[int, int]) -> Places:
        moves = self.grid.moves
        return settled(state, (moves[place].get(acts.get(agent, 0), place) for agent, place in enumerate(state)))

    def collides(self, state: Places, joint: Joint) -> bool:
        intended = tuple(self.grid.moves[place][action] for place, action in zip(state, joint, strict=True))
        return settled(state, intended) != intended

    def done(self, state: Places, time: int) -> bool:
        return state == self.goals

    # The joint plan.

    def remaining(self, state: Places, time: int, beliefs: Beliefs) -> int | None:
        return self._rounds(state, self._aims(state, beliefs), FAR - 1)

    def good(self, state: Places, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        """Where an agent stands now stays its goal, if the goal is unknown."""
        aims = self._aims(state, beliefs)
        rounds = self._rounds(state, aims, FAR - 1)
        if not rounds:
            return
        moves = [self.grid.moves[place] for place in state]
        actions = [{to: action for action, to in each.items()} for each in moves]
        near = [
            [to for to in each.values() if self.grid.away((aim,))[to] < rounds]
            for each, aim in zip(moves, aims, strict=True)
        ]
        for places in together(state, near):
            self.effort.spend()
            if self._rounds(places, aims, rounds - 1) is not None:
                yield tuple(action[to] for action, to in zip(actions, places, strict=True))

    def _aims(self, state: Places, beliefs: Beliefs) -> Places:
        """The goals by beliefs: where the agent stands, if its goal is unknown."""
        known = (beliefs[fact] for fact in self.goal_facts)
        return tuple(place if goal is None else goal for place, goal in zip(state, known, strict=True))

    def _rounds(self, state: Places, aims: Places, at_most: int) -> int | None:
        """T, if it is no more than so many."""
        if len(set(aims)) < len(aims):
            return None
        groups: list[tuple[int, ...]] = [(agent,) for agent in range(len(state))]
        ways: dict[tuple[int, ...], list[Places]] = {}
        while True:
            for group in groups:
                if group not in ways:
                    way = self._way(group, state, aims, at_most)
                    if way is None:
                        return None
                    ways[group] = way
            colliding = next((pair for pair in combinations(groups, 2) if collide(ways[pair[0]], ways[pair[1]])), None)
            if colliding is None:
                return max(len(ways[group]) for group in groups) - 1
            joined = tuple(sorted(colliding[0] + colliding[1]))
            for pair in combinations(joined, 2):
                if self._way(pair, state, aims, at_most) is None:
                    return None
            groups = [*(group for group in groups if group not in colliding), joined]

    def _way(self, group: tuple[int, ...], state: Places, aims: Places, at_most: int) -> list[Places] | None:
        places = tuple(state[agent] for agent in group)
        return self._search(tuple(aims[agent] for agent in group)).way(places, at_most)

    def _search(self, aims: Places) -> Search[Places]:
        found = self.searches.get(aims)
        if found is None:
            pairs = list(combinations(range(len(aims)), 2)) if len(aims) > 2 else []
            found = self.searches[aims] = Search(
                self._steps, partial(self._bound, aims, pairs), partial(self._guide, aims), self.effort
            )
        return found

    def _steps(self, places: Places) -> Iterator[Places]:
        return together(places, [list(self.grid.moves[place].values()) for place in places])

    def _bound(self, aims: Places, pairs: list[tuple[int, int]], places: Places) -> int:
        """What the farthest agent needs alone, or as much as is known of what two need together."""
        alone = max(self.grid.away((aim,))[place] for place, aim in zip(places, aims, strict=True))
        return max(alone, *(self._search((aims[i], aims[j])).bound((places[i], places[j])) for i, j in pairs), 0)

    def _guide(self, aims: Places, places: Places) -> int:
        return sum(self.grid.away((aim,))[place] for place, aim in zip(places, aims, strict=True))

    # What else is asked.

    def alone(self, state: Places, time: int, agent: int, beliefs: Beliefs) -> int:
        goal = beliefs[self.goal_facts[agent]]
        return 0 if goal is None else self.grid.nearer(state[agent], (goal,))

    @property
    def least(self) -> int | None:
        return sum(not self.world.common[fact] for fact in self.goal_facts)

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        after = list(enumerate(cast(list[Places], run.states)[1:]))
        return [
            (
                f"{name} at the goal",
                next((time for time, places in after if places[agent] == self.goals[agent]), None),
            )
            for agent, name in enumerate(self.world.names)
        ]

    def within_reach(self, agent: int) -> set[str]:
        return {self.figures["squares"][square] for square in self.grid.reached(self.figures["starts"][agent])}


def collide(one: list[Places], other: list[Places]) -> bool:
    """Whether the ways of two groups collide, if those who are at their goals stay there."""
    rounds = max(len(one), len(other)) - 1
    one, other = ([*way, *[way[-1]] * (rounds + 1 - len(way))] for way in (one, other))
    return any(
        not {*one[time]}.isdisjoint(other[time])
        or not {*zip(one[time - 1], one[time], strict=True)}.isdisjoint(zip(other[time], other[time - 1], strict=True))
        for time in range(1, rounds + 1)
    )


GAME = Pathfinding
