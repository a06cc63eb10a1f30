"""A group that decides which cards to turn to test a rule (the Wason selection task of DeliData); imported only."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Name, Record


class Wason(Record):
    """The rule: all cards with a vowel have an even number on the other side. `cards`: those that somebody named.
    `clock`: of
    each turn the seconds since the first."""

    kind: Literal["wason"] = "wason"
    cards: Annotated[list[Name], Field(min_length=1, max_length=8)]
    clock: list[Annotated[int, Field(ge=0)]]


GAME = Wason
