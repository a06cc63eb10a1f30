"""Games in which a team settles on a plan (docs/coordination.md, "Deliberation").

Nobody acts: agents tell, ask, propose, reject with reasons and accept, until all have accepted one proposal. What a
plan is worth is the game's to say, given values of all facts.
"""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import ClassVar

from madata.generators.coordination.session import Result, Session
from madata.schemas.coordination.language import Event

Plan = tuple[int, ...]
Values = tuple[int, ...]
"""Of each fact, by its number, a value."""


class Deliberation(Session):
    kinds: ClassVar[Sequence[str]] = (
        "inform",
        "query-ref",
        "propose",
        "accept-proposal",
        "reject-proposal",
        "confirm",
    )

    @abstractmethod
    def works(self, plan: Plan, values: Values) -> bool:
        """Never the empty plan. The plan may be any list of indices that a model or a question proposes."""

    @abstractmethod
    def cost(self, plan: Plan, values: Values) -> int:
        """Of a plan that works."""

    @abstractmethod
    def uses(self, plan: Plan) -> list[int]:
        """The facts that it rests on, each once, in fact order."""

    @abstractmethod
    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        """Those of the facts used whose value rules the plan out, in fact order."""

    @abstractmethod
    def best(self, values: Values) -> Plan | None:
        """The cheapest plan that works, of several the lexicographically smallest. Asked for often with the same
        values: to be memoised."""

    @abstractmethod
    def least(self, values: Values) -> int | None:
        """The fewest facts that are not common (`known.common`) used by a plan that works at the least cost; None if no
        plan works."""
