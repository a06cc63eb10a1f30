"""One way through a map of which each knows a part."""

from collections.abc import Iterator, Sequence

from madata.generators.coordination.rules.deliberating import Deliberating
from madata.generators.coordination.rules.moving import squares


class Maze(Deliberating):
    steps = True

    def task(self) -> Iterator[str]:
        game, words = self.game, self.words
        start, goal = game.squares[game.start], game.squares[game.goal]
        free, _ = words.values[words.fact[game.cells[0]].scale]
        north, south, east, west = words.values[self.world.decisions[0].scale]
        yield f"The team has to agree on one way from {start} to {goal} on a map."
        yield from squares(game.rows, game.columns, game.squares)
        yield f"A plan is a list of steps, at most {len(self.world.decisions)}, each of which leads to the next square:"
        yield f"{north} in the north, {south} in the south, {east} in the east, {west} in the west."
        yield (
            f"It works if it has a step, does not leave the map, ends on {goal}, and {start} and all squares it enters "
            f"are {free}."
        )
        yield "Each step costs 1."

    def plan(self, plan: Sequence[int]) -> str:
        return f"the way is {self.words.names.way(plan)}"


RULES = Maze
