"""What lies beside the episodes of a run of counterfactuals: pairs, and preferences, one a line."""

from typing import Annotated, Any

from pydantic import Field

from madata.schemas.records import Id, Record

EpisodeId = Annotated[str, Field(pattern=r"^[a-z]+-[0-9a-f]{16}$")]
Label = Annotated[str, Field(pattern=r"^[a-z_]+$")]
Answer = Annotated[list[str], Field(min_length=1)]


class Flipped(Record):
    """A question with its answer in the original, and in the counterfactual."""

    id: Id
    was: Answer
    is_: Annotated[Answer, Field(alias="is")]


class Pair(Record):
    """`change`: the one thing that is otherwise, by its `kind`, and a `sentence`. `questions` have another answer,
    `unchanged` have the same; those `left_out` cannot be put in the counterfactual."""

    pair: Annotated[str, Field(pattern=r"^pair-[0-9a-f]{16}$")]
    original: EpisodeId
    counterfactual: EpisodeId
    change: dict[str, Any]
    questions: Annotated[list[Flipped], Field(min_length=1)]
    unchanged: Annotated[int, Field(ge=0)]
    left_out: list[Id]


class Preference(Record):
    """`chosen` is right, `rejected` wrong; `near` is the query that the latter answers in the same world."""

    id: Annotated[str, Field(pattern=r"^preference-[0-9a-f]{16}$")]
    episode: EpisodeId
    question: Id
    prompt: str
    chosen: str
    rejected: str
    why: Label
    near: dict[str, Any]
