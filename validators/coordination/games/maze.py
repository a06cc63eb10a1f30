"""Game `maze`: one way through a map of which each agent knows a part.

Distances to the goal are found square by square from the goal; the best way then goes, from the start, always to the
first neighbour that is nearer. A way that ends where it begins has to leave and come back.
"""

from collections import deque
from collections.abc import Iterator

from madata.validators.coordination.asked import Right
from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.world import Plan, Values, distinct
from madata.validators.trial import Json, Wrong

OPEN = 0
STEPS = ((-1, 0), (1, 0), (0, 1), (0, -1))
"""North, south, east, west, by rows and columns."""


class Maze(Deliberation):
    def fit(self) -> None:
        figures = self.figures
        self.rows, self.columns = figures["rows"], figures["columns"]
        size = self.rows * self.columns
        self.squares: list[str] = figures["squares"]
        distinct("game, squares", self.squares)
        for part in ("squares", "cells"):
            if len(figures[part]) != size:
                raise Wrong(f"game, {part}", f"{size}, one a square of the grid", len(figures[part]))
        self.cells = [self.world.fact_of("game, cells", cell, 2) for cell in figures["cells"]]
        distinct("game, cells", figures["cells"])
        self.begin, self.goal = figures["start"], figures["goal"]
        for part in ("start", "goal"):
            if figures[part] >= size:
                raise Wrong(f"game, {part}", f"one of {size} squares", figures[part])
        for decision, choices in zip(self.world.decisions, self.world.choices, strict=True):
            if len(choices) != len(STEPS):
                raise Wrong(f"decision {decision}, scale", f"{len(STEPS)} moves", choices)

    def whole(self, where: str, plan: Plan) -> Plan:
        return plan

    def plan_text(self, plan: Plan) -> str:
        moves = zip(self.world.choices, plan, strict=False)
        return ", ".join(choices[move] for choices, move in moves) if plan else super().plan_text(plan)

    def beside(self, square: int, move: int) -> int | None:
        """The square that a move leads to; None off the grid."""
        row, column = square // self.columns + STEPS[move][0], square % self.columns + STEPS[move][1]
        return row * self.columns + column if 0 <= row < self.rows and 0 <= column < self.columns else None

    def free(self, square: int, values: Values) -> bool:
        return values[self.cells[square]] == OPEN

    def way(self, plan: Plan) -> list[int]:
        """The squares of a plan, the start first, up to where it would leave the grid."""
        squares = [self.begin]
        for move in plan:
            square = self.beside(squares[-1], move)
            if square is None:
                break
            squares.append(square)
        return squares

    def works(self, plan: Plan, values: Values) -> bool:
        way = self.way(plan)
        whole = bool(plan) and len(way) == len(plan) + 1
        return whole and way[-1] == self.goal and all(self.free(square, values) for square in way)

    def price(self, plan: Plan, values: Values) -> int:
        return len(plan)

    def uses(self, plan: Plan) -> list[int]:
        return sorted({self.cells[square] for square in self.way(plan)})

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [cell for cell in self.uses(plan) if values[cell] != OPEN]

    def moves(self, square: int, values: Values) -> Iterator[tuple[int, int]]:
        """Moves to open squares, in order."""
        for move in range(len(STEPS)):
            found = self.beside(square, move)
            if found is not None and self.free(found, values):
                yield move, found

    def distances(self, origin: int, values: Values) -> dict[int, int]:
        """Steps from a square, over open ones, to each that can be reached."""
        found = {origin: 0}
        queue = deque([origin])
        while queue:
            square = queue.popleft()
            for _, beside in self.moves(square, values):
                if beside not in found:
                    found[beside] = found[square] + 1
                    queue.append(beside)
        return found

    def find_best(self, values: Values) -> Plan | None:
        if not self.free(self.begin, values) or not self.free(self.goal, values):
            return None
        left = self.distances(self.goal, values)
        square, plan = self.begin, list[int]()
        while not plan or square != self.goal:
            nearer = [(left[beside], move, beside) for move, beside in self.moves(square, values) if beside in left]
            if not nearer:
                return None
            _, move, square = min(nearer)
            plan.append(move)
        return tuple(plan) if len(plan) <= len(self.world.choices) else None

    def fewest(self) -> int:
        """Over the shortest ways, from the goal backwards: the fewest uncommon cells from each square on."""
        truth = self.world.truth
        left = self.distances(self.goal, truth)

        def uncommon(square: int) -> int:
            return int(not self.world.common[self.cells[square]])

        fewest = {self.goal: uncommon(self.goal)}
        for square in sorted(left, key=left.__getitem__)[1:]:
            nearer = [beside for _, beside in self.moves(square, truth) if left[beside] == left[square] - 1]
            fewest[square] = uncommon(square) + min(fewest[beside] for beside in nearer)
        if self.begin != self.goal:
            return fewest[self.begin]
        return uncommon(self.begin) + min(uncommon(beside) for _, beside in self.moves(self.begin, truth))

    def answer_reach(self, query: Json) -> Right:
        if query["agent"] is not None:
            raise Wrong("query, agent", "nobody: the team has one start", query["agent"])
        reached = {self.squares[square] for square in self.distances(self.begin, self.world.truth)}
        return Right([square for square in query["squares"] if square in reached])


GAME = Maze
