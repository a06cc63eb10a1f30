"""Tasks with durations and dependencies for agents with private skills and costs."""

from typing import Annotated, Literal

from pydantic import Field

from madata.schemas.records import Id, Record

Task = Annotated[int, Field(ge=0)]


class Allocation(Record):
    """Task i is decision i: who does it. `durations` in hours; `before`: pairs of tasks, the first to be finished
    before the second begins. `costs`: a row an agent, a column a task: the fact what the agent takes for it; `coins`
    has the coins of each value of that scale but the last, which is that it cannot. `hour`: what an hour until all is
    done costs."""

    kind: Literal["allocation"] = "allocation"
    durations: Annotated[list[Annotated[int, Field(ge=1, le=24)]], Field(min_length=1, max_length=8)]
    before: list[Annotated[list[Task], Field(min_length=2, max_length=2)]]
    costs: list[list[Id]]
    coins: Annotated[list[Annotated[int, Field(ge=0, le=1_000)]], Field(min_length=1)]
    hour: Annotated[int, Field(ge=0, le=1_000)]


GAME = Allocation
