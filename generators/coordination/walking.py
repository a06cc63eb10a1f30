"""Agents who walk on a grid: what `pathfinding`, `pursuit` and `kitchen` have in common (docs/coordination.md,
"Motion")."""

import random
from collections.abc import Sequence

from madata.generators.coordination.grid import Grid
from madata.generators.coordination.known import Known
from madata.generators.coordination.motion import STAY, Joint, Motion
from madata.generators.coordination.setting import Setting
from madata.schemas.coordination.language import ReachQuery

Squares = tuple[int, ...]

MOVES = ("stay", "go north", "go south", "go east", "go west")


def settled(here: Sequence[int], intended: Sequence[int]) -> list[int]:
    """Where agents get to: whoever collides does not move, which can make others collide."""
    there = list(intended)
    agents = range(len(there))
    while stuck := [
        agent
        for agent in agents
        if there[agent] != here[agent]
        and any(
            there[other] == there[agent] or (there[other] == here[agent] and there[agent] == here[other])
            for other in agents
            if other != agent
        )
    ]:
        for agent in stuck:
            there[agent] = here[agent]
    return there


def informed(rng: random.Random, leaders: Sequence[str], n: int, known: int) -> list[str]:
    """Of `n` agents the `known` who know what matters: whoever leads first of all."""
    others = [f"a{agent}" for agent in range(n) if f"a{agent}" not in leaders]
    return sorted([*leaders, *rng.sample(others, len(others))][:known], key=lambda agent: int(agent[1:]))


def walled(rng: random.Random, grid: Grid, square: int) -> Grid:
    """With walls around the square and a neighbour of it."""
    inside = {square, *rng.sample(grid.around(square), min(1, len(grid.around(square))))}
    outside = {other for each in inside for other in grid.around(each)} - inside
    return Grid(grid.rows, grid.columns, grid.walls | outside)


class Walking(Motion):
    def __init__(self, setting: Setting, grid: Grid, squares: Sequence[str], starts: Sequence[int]) -> None:
        self.grid = grid
        self.squares = squares
        self.starts = tuple(starts)
        self._far: dict[Squares, list[int | None]] = {}
        super().__init__(setting)

    def moves(self, square: int) -> list[int]:
        """The moves open from there, to stay among them."""
        return [action for action, other in enumerate(self.grid.neighbours[square]) if other is not None]

    def moved(self, here: Squares, joint: Joint) -> Squares:
        """Where joint actions lead that are open; those that are no moves leave one where one is."""
        neighbours = self.grid.neighbours
        found = []
        for square, action in zip(here, joint, strict=True):
            there = neighbours[square][action] if action < len(neighbours[square]) else square
            assert there is not None
            found.append(there)
        return tuple(found)

    def collided(self, here: Squares, joint: Joint) -> Joint:
        """What is left of open actions after moves that collide."""
        intended = self.moved(here, joint)
        there = settled(here, intended)
        return tuple(
            STAY if stands != meant else action for action, stands, meant in zip(joint, there, intended, strict=True)
        )

    def nearer(self, square: int, targets: Squares) -> int:
        """The first move that brings one nearer to the nearest of the targets that can be reached, others ignored; to
        stay if one stands on one or none can be reached."""
        far = self._distances(targets)
        here = far[square]
        if here:
            for action, other in enumerate(self.grid.neighbours[square]):
                if other is not None and far[other] == here - 1:
                    return action
        return STAY

    def _distances(self, targets: Squares) -> list[int | None]:
        if targets not in self._far:
            each = [self.grid.distances(target) for target in targets]
            nearest = ([one for one in row if one is not None] for row in zip(*each, strict=True))
            everywhere: list[int | None] = [None] * len(self.squares)
            self._far[targets] = [min(row) if row else None for row in nearest] if targets else everywhere
        return self._far[targets]

    def answer_reach(self, query: ReachQuery) -> Known:
        assert query.agent is not None
        reached = self.grid.distances(self.starts[self.number[query.agent]])
        return Known([name for name in query.squares if reached[self.squares.index(name)] is not None])
