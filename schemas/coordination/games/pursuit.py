"""Agents with local views who enclose a target (in the manner of SwarmBench)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

Square = Annotated[int, Field(ge=0)]


class Pursuit(Record):
    """`squares` names all squares, row by row from the north. `track`: the squares the target goes over, round and
    round (one: it stays). `target`: the fact at which place of the track it begins, on a scale with a value a place.
    `sight`: how far an agent sees. `routes`: of each agent the actions it goes through as long as it does not know."""

    kind: Literal["pursuit"] = "pursuit"
    rows: Annotated[int, Field(ge=1, le=20)]
    columns: Annotated[int, Field(ge=1, le=20)]
    squares: list[Name]
    walls: list[Square]
    starts: list[Square]
    track: Annotated[list[Square], Field(min_length=2)]
    moving: bool
    target: Id
    sight: Annotated[int, Field(ge=0, le=20)]
    routes: list[Annotated[list[Annotated[int, Field(ge=0, le=4)]], Field(min_length=1)]]


GAME = Pursuit
