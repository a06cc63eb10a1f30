"""What is known of a query: its answer by docs/coordination.md, or that there is none."""

from typing import NamedTuple

from madata.generators.family import Asked
from madata.schemas.coordination.language import CoordinationQuery


class Unasked(ValueError):
    """A query that has no answer, so that it is not asked; says in one line why."""


class Known(NamedTuple):
    """The right options in their order, the events they rest on, the view, and the length of the chain."""

    answer: list[str]
    evidence: list[int] = []
    view: str = "reader"
    order: int = 0

    def asked(self, query: CoordinationQuery, ability: str, text: str, options: list[str]) -> Asked:
        return Asked(query, ability, self.order, text, options, self.answer, self.evidence, self.view)
