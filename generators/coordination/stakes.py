"""What makes it worthwhile to deliberate: facts are spread over the team, and nobody is right without the others.

Agents hope for what they do not know (docs/coordination.md), so a truth is drawn under which hopes mislead: what any
agent holds best by itself fails, or costs more than need be, and what the others know together without it does too.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from madata.generators.coordination.deliberation import Deliberation, Values
from madata.generators.coordination.setting import Setting
from madata.generators.family import Knob, Rejected

Played = TypeVar("Played", bound=Deliberation)

BANDWIDTH = Knob(2, 5, 1, 100, "facts in one message at most")
SHARED = Knob(0, 20, 0, 50, "facts that not only one agent knows, in percent")
IMPOSSIBLE = 14
"""In percent, how often there is nothing that works."""
TRIES = 100


def spread(rng: random.Random, owners: Sequence[int], agents: int, shared: int) -> list[list[int]]:
    """Of each fact the agents who know it: its owner, and for some another one or everybody."""
    found = []
    for owner in owners:
        others = [agent for agent in range(agents) if agent != owner]
        if rng.randrange(100) >= shared:
            others = []
        elif rng.random() < 0.6:
            others = [rng.choice(others)]
        found.append(sorted([owner, *others]))
    return found


def worthwhile(rng: random.Random, game: type[Played], setting: Setting, truth: Callable[[bool], Values]) -> Played:
    """The game with that of the truths drawn in which the most agents know something that the others need; `truth` is
    told whether nothing should work."""
    blank = game(setting)
    impossible = rng.randrange(100) < IMPOSSIBLE
    most, chosen = 0, None
    for _ in range(TRIES):
        values = truth(impossible)
        if (blank.best(values) is None) == impossible and (found := needed(blank, values)) > most:
            most, chosen = found, values
            if most == len(setting.agents):
                break
    if chosen is None:
        raise Rejected("nothing_at_stake", f"in {TRIES} worlds somebody knew without talk what to do")
    facts = [fact.model_copy(update={"value": value}) for fact, value in zip(setting.world.facts, chosen, strict=True)]
    return game(replace(setting, world=setting.world.model_copy(update={"facts": facts})))


def needed(game: Deliberation, truth: Values) -> int:
    """How many agents know something without which the others would be wrong; 0 if an agent is right by itself."""
    best = game.best(truth)
    start = game.known.start

    def right(known: frozenset[int]) -> bool:
        hoped = game.best(tuple(value if fact in known else 0 for fact, value in enumerate(truth)))
        if hoped is None or best is None:
            return hoped == best
        return game.works(hoped, truth) and game.cost(hoped, truth) == game.cost(best, truth)

    if any(right(known) for known in start):
        return 0
    return sum(
        not right(frozenset[int]().union(*(known for other, known in enumerate(start) if other != agent)))
        for agent in range(len(start))
    )
