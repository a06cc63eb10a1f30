"""What is known of a query: its answer by docs/negotiation.md, or that there is none."""

from typing import NamedTuple

from madata.generators.family import Asked
from madata.schemas.negotiation import NegotiationQuery


class Unasked(ValueError):
    """A query that has no answer, so that it is not asked; says in one line why."""


class Known(NamedTuple):
    """The right options, the events they rest on, from whose view they can be told, and the length of the chain."""

    answer: list[str]
    evidence: list[int]
    view: str
    order: int = 0

    def asked(self, query: NegotiationQuery, ability: str, text: str, options: list[str]) -> Asked:
        return Asked(query, ability, self.order, text, options, self.answer, self.evidence, self.view)


def ordinal_word(number: int) -> str:
    """1st, 2nd, 3rd, 4th, .., 11th, 12th, 13th, .., 21st."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"
