"""What is true of a finished bargain (docs/negotiation.md, "Questions")."""

from collections.abc import Callable
from typing import NamedTuple

from madata.generators.negotiation.table import Table
from madata.schemas.negotiation import NegotiationQuery, Reply, ReplyQuery


class Unasked(ValueError):
    """A query that has no answer by docs/negotiation.md, so that it is not asked."""


class Known(NamedTuple):
    """The right options, the events they rest on, from whose view, and the length of the chain."""

    answer: list[str]
    evidence: list[int]
    view: str
    order: int = 0


def answer(table: Table, query: NegotiationQuery, said: Callable[[Reply], str] = str) -> Known:
    """Raises `Unasked`. `said` gives the option of a move of a `reply` query."""
    raise NotImplementedError


def best_replies(table: Table, query: ReplyQuery) -> list[int] | None:
    """The moves with which the agent ends with most, as indices of `query.moves`; None: undetermined."""
