"""Private calendars: a slot for each meeting (a distributed constraint problem)."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record


class Schedule(Record):
    """`slots` are the values of the decisions' scale. `participants`: of each meeting (each decision), in agent order.
    `calendars`: a row an agent, a column a slot: the fact how the slot suits the agent. `costs` has the cost of each
    value of that scale but the last, which is that it cannot."""

    kind: Literal["schedule"] = "schedule"
    slots: list[Name]
    participants: Annotated[list[Annotated[list[Id], Field(min_length=2)]], Field(min_length=1, max_length=6)]
    calendars: list[list[Id]]
    costs: Annotated[list[Annotated[int, Field(ge=0, le=100)]], Field(min_length=1)]


GAME = Schedule
