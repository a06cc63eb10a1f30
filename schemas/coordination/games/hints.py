"""A cooperative card game with limited hints (in the manner of Hanabi)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record


class Hints(Record):
    """A card is a colour and a rank: value `colour * ranks + rank` of the scale of all cards. `copies`: of each rank in
    each colour. `deck`: the facts which card each is, in the order dealt and drawn; each agent begins with `hand` of
    them. `hints` there are, `mistakes` end the game."""

    kind: Literal["hints"] = "hints"
    colours: Annotated[list[Name], Field(min_length=1, max_length=5)]
    ranks: Annotated[int, Field(ge=1, le=5)]
    copies: list[Annotated[int, Field(ge=1, le=3)]]
    deck: Annotated[list[Id], Field(max_length=60)]
    hand: Annotated[int, Field(ge=1, le=5)]
    hints: Annotated[int, Field(ge=0, le=20)]
    mistakes: Annotated[int, Field(ge=1, le=5)]


GAME = Hints
