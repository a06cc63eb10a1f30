"""Failures of a team, read off the record: one file for each way of playing, with what it can see (`modes`), what its
scripts never do (`EXCLUDED`) and the rules (`failures`)."""

from collections.abc import Iterator

from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.failures import deliberating, hinting, moving, networking
from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.games.graph import Graph
from madata.validators.coordination.games.hints import Hints
from madata.validators.coordination.motion import Motion
from madata.validators.mast import Failure, Observed
from madata.validators.trial import Json, trial

RULES = ((Deliberation, deliberating), (Motion, moving), (Graph, networking), (Hints, hinting))


def observed(episode: Json) -> Observed | None:
    """None where the game leaves nothing to judge but the words."""
    game = trial(episode).game
    for kind, rules in RULES:
        if isinstance(game, kind):
            trace = Trace(game, episode)
            found: Iterator[Failure] = rules.failures(trace)
            # Whoever has no script was given no role.
            modes = tuple(mode for mode in rules.modes(trace) if mode != "1.2" or trace.behaviours)
            return Observed(modes, list(found), trace.behaviours, rules.EXCLUDED)
    return None
