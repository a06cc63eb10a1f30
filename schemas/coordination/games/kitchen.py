"""Cooks in a small kitchen (in the manner of Overcooked)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record

Square = Annotated[int, Field(ge=0)]


class Kitchen(Record):
    """`squares` names all squares, row by row from the north; `counters` are those nobody can stand on; among them are
    `crates` (one an ingredient, a value of the scale of `recipe`), `pot`, `dishes` and `window`. `recipe`: the fact
    what the soup is of; `portions` of it go into the pot, which then cooks for `cooking` rounds."""

    kind: Literal["kitchen"] = "kitchen"
    rows: Annotated[int, Field(ge=1, le=10)]
    columns: Annotated[int, Field(ge=1, le=10)]
    squares: list[Name]
    counters: list[Square]
    crates: list[Square]
    pot: Square
    dishes: Square
    window: Square
    starts: list[Square]
    recipe: Id
    portions: Annotated[int, Field(ge=1, le=3)]
    cooking: Annotated[int, Field(ge=0, le=20)]


GAME = Kitchen
