"""Several agents on a grid, each to its own goal, without collisions (multi-agent path finding)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

Square = Annotated[int, Field(ge=0)]


class Pathfinding(Record):
    """`squares` names all squares, row by row from the north. `starts`: of each agent; `goals`: of each agent the fact
    which square it has to get to, on a scale that lists all squares."""

    kind: Literal["pathfinding"] = "pathfinding"
    rows: Annotated[int, Field(ge=1, le=20)]
    columns: Annotated[int, Field(ge=1, le=20)]
    squares: list[Name]
    walls: list[Square]
    starts: list[Square]
    goals: list[Id]


GAME = Pathfinding
