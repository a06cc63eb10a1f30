"""Everybody to a goal of their own, without collisions."""

from collections.abc import Iterator

from madata.generators.coordination.rules.moving import COLLISIONS, Moving


class Pathfinding(Moving):
    gives_up = True

    def task(self) -> Iterator[str]:
        yield "Each of them has a goal on a map, and the team is done once all stand on their goals at the same time."
        yield from self.map("wall", self.game.walls)
        yield from COLLISIONS
        yield "Somebody to whom the goal of another is unknown takes it to be the square where the other stands."


RULES = Pathfinding
