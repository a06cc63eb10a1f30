"""Pathfinding: agents on a grid, each to its own goal, without collisions (docs/coordination.md).

How many rounds it takes is found by search in the space of where all agents of a group stand. Groups begin as one agent
each and are joined when their ways collide (independence detection: Standley, "Finding Optimal Solutions to Cooperative
Pathfinding Problems", AAAI 2010): the rounds that all need are those that the slowest group needs.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import combinations, pairwise
from typing import cast

from madata.validators.coordination.grid import FAR, Places, fitting_alone, fitting_grid, settled, together
from madata.validators.coordination.motion import Joint, Motion
from madata.validators.coordination.run import Run
from madata.validators.coordination.search import Effort, Search
from madata.validators.coordination.world import Beliefs, fitting

EFFORT = 2_000_000

Group = tuple[int, ...]
"""Agents, by number."""


class Pathfinding(Motion):
    gives_up = True

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
        self.least_rounds: dict[tuple[Places, Places], tuple[int, bool]] = {}
        """By places and aims: a number of rounds that it takes at least, and whether that is enough."""

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
        moves = [self.grid.moves[place] for place in state]
        actions = [{to: action for action, to in each.items()} for each in moves]
        for places in self._onward(state, self._aims(state, beliefs), moves):
            yield tuple(action[to] for action, to in zip(actions, places, strict=True))

    def parts(self, state: Places, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        aims, moves = self._aims(state, beliefs), [self.grid.moves[place] for place in state]
        return {
            action
            for action, to in moves[agent].items()
            if any(self._onward(state, aims, [*moves[:agent], {action: to}, *moves[agent + 1 :]]))
        }

    def _onward(self, state: Places, aims: Places, moves: Sequence[Mapping[int, int]]) -> Iterator[Places]:
        """Where moves lead that do not collide, and from where it is a round less."""
        rounds = self._rounds(state, aims, FAR - 1)
        if not rounds:
            return
        near = [
            [to for to in each.values() if self.grid.away((aim,))[to] < rounds]
            for each, aim in zip(moves, aims, strict=True)
        ]
        for places in together(state, near):
            self.effort.spend()
            if self._rounds(places, aims, rounds - 1) is not None:
                yield places

    def _aims(self, state: Places, beliefs: Beliefs) -> Places:
        """The goals by beliefs: where the agent stands, if its goal is unknown."""
        known = (beliefs[fact] for fact in self.goal_facts)
        return tuple(place if goal is None else goal for place, goal in zip(state, known, strict=True))

    def _rounds(self, state: Places, aims: Places, at_most: int) -> int | None:
        """T, if it is no more than so many."""
        least, exact = self.least_rounds.get((state, aims), (0, False))
        if not exact and least <= at_most:
            found = self._joined(state, aims, at_most) if len(set(aims)) == len(aims) else FAR
            least, exact = found, found <= at_most
            self.least_rounds[state, aims] = least, exact
        return least if least <= at_most else None

    def _joined(self, state: Places, aims: Places, at_most: int) -> int:
        """T; more than `at_most` if it is more. Groups whose ways collide are joined if neither can go around all the
        others in as many rounds as the slowest needs in any case."""
        ways: dict[Group, list[Places]] = {}
        merging: list[Group] = [(agent,) for agent in range(len(state))]
        while True:
            for group in merging:
                way = self._way(group, state, aims, at_most)
                if way is None:
                    return at_most + 1
                ways[group] = way
            rounds = max(map(len, ways.values())) - 1
            colliding = next(
                (pair for pair in combinations(ways, 2) if collide(*(ways[group] for group in pair))), None
            )
            if colliding is None:
                return rounds
            for group in colliding:
                others = [padded(way, rounds) for other, way in ways.items() if other != group]
                around = self._around(group, state, aims, [sum(places, ()) for places in zip(*others, strict=True)])
                if around is not None:
                    ways[group], merging = around, []
                    break
            else:
                merging = [tuple(sorted(colliding[0] + colliding[1]))]
                for pair in combinations(merging[0], 2):
                    if self._way(pair, state, aims, at_most) is None:
                        return at_most + 1
                for group in colliding:
                    del ways[group]

    def _around(self, group: Group, state: Places, aims: Places, others: list[Places]) -> list[Places] | None:
        """A way for a group that collides with no other's, if there is one in as many rounds as theirs have."""
        bound = self._search(tuple(aims[agent] for agent in group)).bound
        layers: list[dict[Places, Places]] = [{tuple(state[agent] for agent in group): ()}]
        for left, (before, after) in zip(range(len(others) - 2, -1, -1), pairwise(others), strict=True):
            layer: dict[Places, Places] = {}
            for places in layers[-1]:
                for to in self._steps(places):
                    self.effort.spend()
                    if to not in layer and bound(to) <= left and not cross(places, to, before, after):
                        layer[to] = places
            layers.append(layer)
        if not layers[-1]:
            return None
        way = [next(iter(layers[-1]))]
        for layer in reversed(layers[1:]):
            way.append(layer[way[-1]])
        return way[::-1]

    def _way(self, group: Group, state: Places, aims: Places, at_most: int) -> list[Places] | None:
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


def cross(places: Places, to: Places, other_places: Places, other_to: Places) -> bool:
    """Whether two groups meet on a square, or swap, in one round."""
    return not {*to}.isdisjoint(other_to) or not {*zip(places, to, strict=True)}.isdisjoint(
        zip(other_to, other_places, strict=True)
    )


def padded(way: list[Places], rounds: int) -> list[Places]:
    """A way on which those who are at their goals stay there."""
    return [*way, *[way[-1]] * (rounds + 1 - len(way))]


def collide(one: list[Places], other: list[Places]) -> bool:
    rounds = max(len(one), len(other)) - 1
    steps = zip(pairwise(padded(one, rounds)), pairwise(padded(other, rounds)), strict=True)
    return any(cross(*step, *other_step) for step, other_step in steps)


GAME = Pathfinding
