"""The fourteen ways in which multi-agent systems fail (MAST: Cemri et al. 2025, arXiv 2503.13657), and a failure.

MAST was made for people and model judges who read a trace. Here a failure is read off the record by a rule, and a task
says in its `failures` which modes its rules can see, in which games (docs/failure_modes.md).
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from madata.validators.trial import Json

MODES = {
    "1.1": "disobey task specification",
    "1.2": "disobey role specification",
    "1.3": "step repetition",
    "1.4": "loss of conversation history",
    "1.5": "unaware of termination conditions",
    "2.1": "conversation reset",
    "2.2": "fail to ask for clarification",
    "2.3": "task derailment",
    "2.4": "information withholding",
    "2.5": "ignored other agent's input",
    "2.6": "reasoning-action mismatch",
    "3.1": "premature termination",
    "3.2": "no or incomplete verification",
    "3.3": "incorrect verification",
}


class Failure(NamedTuple):
    """Who failed in which way, told in a sentence, by which script (None: a model, a person, or the team together), and
    with which event, if it was one rather than that nothing came."""

    mode: str
    found: str
    behaviour: str | None = None
    event: int | None = None


class Observed(NamedTuple):
    """What was looked for in an episode, what was found, the behaviours that were in force at some time, and of each
    the modes that its script does not allow."""

    modes: tuple[str, ...]
    failures: list[Failure]
    behaviours: tuple[str, ...] = ()
    excluded: Mapping[str, frozenset[str]] = {}


CHATTER = 3
"""Fewer turns about something else are manners."""

DERAILED = 2
"""So many times as much chatter as business. With as much of one as of the other it still goes along with the task."""


def derailed(episode: Json) -> Iterator[tuple[str, str]]:
    """2.3: who talks of something else `DERAILED` times as often as it does something for the task, and what was found.
    Not in an import, whose people's words are turns without events whatever they are about."""
    if episode["provenance"]["source"]:
        return
    idle = Counter(turn["speaker"] for turn in episode["turns"] if turn["speaker"] and turn["event"] is None)
    done = Counter(event["agent"] for event in episode["world"]["events"])
    for agent in (agent["id"] for agent in episode["agents"]):
        if idle[agent] >= CHATTER and idle[agent] > DERAILED * done[agent]:
            yield agent, f"talks of something else in {idle[agent]} turns, and does {done[agent]} things for the task"
