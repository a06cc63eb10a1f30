"""What an episode is: one record a line, with the trace from which each of its labels can be derived again.

Here is what all tasks have in common. What a task fills in, in a language of its own (conventions, world, queries,
outcome), is narrowed in `schemas/tasks.py`.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field

from madata.schemas.records import Id, Name, Record, digest

SCHEMA_VERSION = "1.0"

Capability = Literal["understanding", "planning", "communication", "adaptation"]
Performative = Literal[
    "inform",
    "query-ref",
    "propose",
    "accept-proposal",
    "reject-proposal",
    "query",
    "threaten",
    "promise",
    "withdraw",
    "request",
    "confirm",
]


class Agent(Record):
    """A party. `private` is what only this agent knows at the start."""

    id: Id
    name: Name
    role: Name
    private: dict[str, Any] = {}


class Act(Record):
    """What a speaker does by speaking, in FIPA-ACL terms, with its content."""

    performative: Performative
    content: dict[str, Any]


class Turn(Record):
    """One utterance or one sentence of narration. `audience` lists who perceives it, the speaker included; a turn with
    an empty audience is for the reader alone. `time` counts events that happened before it; `event` is the event it
    tells, if any."""

    index: Annotated[int, Field(ge=0)]
    time: Annotated[int, Field(ge=0)]
    speaker: Id | None
    audience: list[Id]
    channel: Literal["public", "private", "action", "narration"]
    act: Act | None
    text: Annotated[str, Field(min_length=1, max_length=4000)]
    event: Annotated[int, Field(ge=0)] | None


class Question(Record):
    """A question with all its right answers. `view` is the agent from whose view it can be answered, or "reader".
    `evidence` lists the events after which the answer became what it is (docs/semantics.md)."""

    id: Id
    ability: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    order: Annotated[int, Field(ge=0, le=4)]
    query: Record
    text: Annotated[str, Field(min_length=1, max_length=1000)]
    options: Annotated[list[Annotated[str, Field(min_length=1, max_length=300)]], Field(min_length=2)]
    answer: Annotated[list[str], Field(min_length=1)]
    evidence: list[Annotated[int, Field(ge=0)]]
    view: str


class Teacher(Record):
    """Who put acts into words: the built-in templates ("scripted"), or a model and how it was sampled. The revision of
    a model is what the user said of it, or empty: a server does not tell."""

    name: Name
    revision: str
    sampling: dict[str, float] = {}


class Reading(Record):
    """What a reader model made of a turn: which of the choices it took the words to say."""

    model: Name
    choices: Annotated[list[str], Field(min_length=2)]
    chosen: Annotated[int, Field(ge=0)]


class Spoken(Record):
    """A turn in the words of a model: whose (`teacher` is an index of `Provenance.teachers`), the hashes of all
    requests made for it (the last one gave the words), the hash of the prompt's template, and the tokens of all of
    them."""

    turn: Annotated[int, Field(ge=0)]
    teacher: Annotated[int, Field(ge=0)]
    requests: Annotated[list[Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]], Field(min_length=1)]
    prompt: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    prompt_tokens: Annotated[int, Field(ge=0)]
    completion_tokens: Annotated[int, Field(ge=0)]
    reading: Reading | None = None


class Source(Record):
    """Where an imported episode comes from."""

    name: Name
    item: Name
    licence: str
    allowed_use: Literal["training", "evaluation"]
    text: str


class Provenance(Record):
    """`spoken` lists the turns in the words of models; all others are in those of the templates. `mode`: whether the
    world decided every act (`verbalise`) or each agent its own (`self-play`)."""

    generator: str
    mode: Literal["verbalise", "self-play"] = "verbalise"
    teachers: list[Teacher]
    spoken: list[Spoken] = []
    attempts: Annotated[int, Field(ge=1)]
    source: Source | None = None


class EpisodeBase(Record):
    """An episode of any task. `outcome` is what the acts came to, where a task has such a thing."""

    schema_version: Literal["1.0"]
    id: Annotated[str, Field(pattern=r"^[a-z]+-[0-9a-f]{16}$")]
    task: str
    family: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    capabilities: list[Capability]
    seed: Annotated[str, Field(max_length=80)]
    difficulty: dict[str, int]
    conventions: Record
    agents: Annotated[list[Agent], Field(min_length=2, max_length=100)]
    world: Record
    outcome: Record | None
    structure: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    turns: Annotated[list[Turn], Field(min_length=1)]
    questions: Sequence[Question]
    provenance: Provenance


def episode_id(content: dict[str, Any]) -> str:
    """`<task>-<hash>` of an episode's JSON value, its own `id` and its `provenance` left out."""
    kept = {key: value for key, value in content.items() if key not in ("id", "provenance")}
    return f"{content['task']}-{digest(kept)}"
