"""Games on a map, on which all act at once (docs/coordination.md, "Motion")."""

from collections.abc import Iterator, Sequence

from madata.generators.coordination.motion import PATIENCE
from madata.generators.coordination.rules import Rules
from madata.generators.coordination.wording import counted, parts


class Moving(Rules):
    gives_up = False

    def rules(self) -> Iterator[str]:
        yield from self.task()
        yield "In each round all speak first; then all act at once, and whoever does nothing stays."
        if self.gives_up:
            yield f"They give up after {PATIENCE} rounds in which nothing has changed, and nothing was said or arrived."
        yield "What somebody is asked to do, only the one who is asked hears."
        yield "Where everybody is, all can see; the sooner the team is done, the better."

    def task(self) -> Iterator[str]:
        """What is to be done, and what there is on the map."""
        raise NotImplementedError

    def map(self, solid: str, closed: Sequence[int]) -> Iterator[str]:
        """The squares, which of them nobody can enter, who starts where, and how one moves."""
        game = self.game
        yield from squares(game.rows, game.columns, game.squares)
        if not closed:
            yield f"No square is a {solid}."
        for names in parts(game.squares[square] for square in closed):
            yield f"Nobody can enter a {solid}, and a {solid} stands on each of these squares: {', '.join(names)}."
        starts = zip(self.words.ids, game.starts, strict=True)
        yield f"At the start, {'; '.join(f'{self.words.name[agent]} is on {game.squares[x]}' for agent, x in starts)}."
        north, south, east, west = (self.words.names.actions[action] for action in (1, 2, 3, 4))
        yield (
            f"To {north} is to move to the next square in the north, to {south} to that in the south, to {east} to "
            f"that in the east and to {west} to that in the west; nobody can leave the map."
        )


def squares(rows: int, columns: int, names: Sequence[str]) -> Iterator[str]:
    """The size of a map, and its squares row by row."""
    yield (
        f"The map has {counted(rows, 'row')} of {counted(columns, 'square')}, told from north to south and each from "
        "west to east."
    )
    for row in range(rows):
        yield f"Row {row + 1}: {', '.join(names[row * columns : (row + 1) * columns])}."


COLLISIONS = (
    "Whoever would move to a square where somebody else wants to be too in that round, or change places with somebody, "
    "stays instead; and if that is in the way of others, so do they.",
    "To move to a square that somebody leaves in the same round is possible.",
)
