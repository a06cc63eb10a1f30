"""Which of the four capabilities of arXiv 2512.08743 an episode exercises, by the rule of docs/semantics.md."""

from collections.abc import Sequence

from madata.generators.tom.beliefs import AMBIGUOUS, KNOWN, OPEN, Beliefs
from madata.generators.tom.stage import Stage
from madata.schemas.episode import Capability


def capabilities(stage: Stage, asked: Sequence[str]) -> list[Capability]:
    """`asked` are the kinds of the queries."""
    found: list[Capability] = []
    if asked:
        found.append("understanding")
    if "search" in asked:
        found.append("planning")
    if any(event.kind == "tell" for event in stage.events):
        found.append("communication")
    if _somebody_revises(stage):
        found.append("adaptation")
    return found


def _somebody_revises(stage: Stage) -> bool:
    """Whether some agent's own belief about a variable goes from one settled value to another, with or without doubt
    between."""
    beliefs = Beliefs(stage)
    for variable in stage.variables:
        for agent in stage.ids:
            held = [h for h in beliefs.track(variable, (agent,)) if h not in (OPEN, KNOWN, AMBIGUOUS)]
            if len(set(held)) > 1:
                return True
    return False
