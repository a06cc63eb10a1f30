"""Which of the four capabilities of arXiv 2512.08743 an episode exercises, by the rule of docs/coordination.md."""

from collections.abc import Sequence

from madata.generators.coordination.session import Session
from madata.schemas.episode import Capability

PLANNING = frozenset({"optimum", "fits", "best", "intends", "needs", "message"})


def capabilities(session: Session, asked: Sequence[str]) -> list[Capability]:
    """`asked` are the kinds of the queries."""
    found: list[Capability] = []
    if asked:
        found.append("understanding")
    if not PLANNING.isdisjoint(asked):
        found.append("planning")
    if session.messages():
        found.append("communication")
    if session.adapts():
        found.append("adaptation")
    return found
