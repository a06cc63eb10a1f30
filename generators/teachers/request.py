"""What is asked of a model and what it answers.

A request carries its place in the run beside its content: equal openings of two episodes are two requests, and asking
again after a bad answer is not answered by that answer. The hash of all of it is the key under which the response is
kept, so a changed prompt finds nothing stale.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from madata.schemas import digest


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a run a request belongs: whose turn it is, and the how manieth time it is asked."""

    slot: int
    attempt: int
    turn: int
    agent: str
    ask: int


@dataclass(frozen=True, slots=True)
class Request:
    """One chat completion. `schema` is the JSON Schema that decoding is constrained by; None for free text."""

    model: str
    messages: tuple[Mapping[str, str], ...]
    max_tokens: int
    temperature: float
    place: Place
    schema: Mapping[str, Any] | None = None

    @property
    def key(self) -> str:
        """32 hexadecimal digits that stand for the request and its place."""
        return digest(asdict(self), 32)


@dataclass(frozen=True, slots=True)
class Reply:
    """`finish` is the server's finish_reason: "stop", or "length" for an answer that was cut off. `id` is the
    server's."""

    text: str
    finish: str
    prompt_tokens: int
    completion_tokens: int
    id: str
