"""The table: moves are put on it one by one, and it keeps who has heard what, what stands, who supports it, and how it
ended (docs/negotiation.md, "Who may do what")."""

from collections.abc import Sequence
from typing import Literal

from madata.schemas import Agent
from madata.schemas.negotiation import Bargain, BargainOutcome, Conventions, Move, NegotiationWorld


class Table:
    """`Table(agents, conventions, game)`: a bargain in the making; raises `Unplayable` for an impossible game.

    `agents`, `conventions`, `game`; `ids` in agent order; `events` so far; `deals` (the domain, `Deals`);
    `stakes` (what the deals are worth to whom, `Stakes`).
    """

    def __init__(self, agents: Sequence[Agent], conventions: Conventions, game: Bargain) -> None:
        self.events: list[Move] = []

    def add(self, move: Move) -> None:
        """Appends a legal event; raises `Unplayable` for any other."""

    @property
    def ended(self) -> Literal["agreement", "withdrawn"] | None:
        """None while moves may follow; the deadline ends what is still open then."""

    @property
    def agreed(self) -> int | None:
        """The event of the agreed proposal."""

    def movers(self, time: int) -> list[str]:
        """Who has the move at this time, in their order, whoever withdrew left out."""

    def others(self, agent: str) -> list[str]:
        """Everybody else, in agent order."""

    def delay(self, time: int) -> int: ...

    def hearing(self, event: int) -> int:
        """The time at which the event is heard."""

    def heard(self, agent: str, time: int) -> list[int]:
        """The events of others that the agent has heard by this time, by time of hearing, then index."""

    def own(self, agent: str, time: int) -> list[int]:
        """The events of the agent before this time."""

    def standing(self, agent: str, time: int) -> list[int]:
        """The proposals that stand for the agent at this time, by time of hearing, then index."""

    def supporters(self, proposal: int) -> list[str]: ...

    def points(self) -> dict[str, int]:
        """What everybody ends with, if nothing more happens."""

    def world(self) -> NegotiationWorld: ...

    def outcome(self) -> BargainOutcome: ...

    def adapts(self) -> bool: ...
