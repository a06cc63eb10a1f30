"""Scripted parties at the table: until the end, or again from some time on."""

from madata.generators.negotiation.table import Table
from madata.schemas.negotiation import Move


def play(table: Table) -> None:
    """Lets all scripted parties move until the end; a party without strategy passes."""


def rerun(table: Table, time: int, forced: Move | None = None, without: tuple[str, int] | None = None) -> Table | None:
    """A new table on which what happened before `time` stays and everybody moves by strategy from then on; None if a
    party has no strategy. `forced` takes the place of its agent's own move at `time`; `without` leaves a statement out,
    given by the party and its index among what the party `says`."""
