"""A map of which each agent knows a part; the team agrees on one way (in the manner of "The Collaboration Gap")."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record


class Maze(Record):
    """`squares` names all squares, row by row from the north, `cells` the fact of each: open or a wall. `start` and
    `goal` are indices of squares."""

    kind: Literal["maze"] = "maze"
    rows: Annotated[int, Field(ge=1, le=20)]
    columns: Annotated[int, Field(ge=1, le=20)]
    squares: list[Name]
    cells: list[Id]
    start: Annotated[int, Field(ge=0)]
    goal: Annotated[int, Field(ge=0)]


GAME = Maze
