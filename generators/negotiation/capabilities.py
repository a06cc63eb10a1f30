"""Which of the four capabilities of arXiv 2512.08743 an episode exercises, by the rule of docs/negotiation.md."""

from collections.abc import Sequence

from madata.generators.negotiation.state import State
from madata.schemas.episode import Capability

PLANNING = frozenset({"reply", "paid", "sustain", "last", "would"})
COMMUNICATION = frozenset({"propose", "inform", "query", "threaten", "promise"})


def capabilities(played: State, asked: Sequence[str]) -> list[Capability]:
    """`asked` are the kinds of the queries."""
    found: list[Capability] = []
    if asked:
        found.append("understanding")
    if not PLANNING.isdisjoint(asked):
        found.append("planning")
    if any(event.kind in COMMUNICATION for event in played.events):
        found.append("communication")
    if played.adapts():
        found.append("adaptation")
    return found
