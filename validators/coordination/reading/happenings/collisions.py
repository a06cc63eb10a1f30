"""Who would move and is stopped by a collision, told to all: for the games in which moves collide."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from madata.validators.coordination.game import Game
from madata.validators.coordination.reading.happenings import Happening
from madata.validators.coordination.reading.phrases import DENIED, affirmed, phrase
from madata.validators.coordination.reading.skeleton import Sentence

MOVES = range(1, 5)
COLLIDING = phrase("collisions?|collides?|collided|stops|stopped|in the way of|bumps?|blocked")


def stopped(game: Game, time: int, places: Callable[[Any], Sequence[int]]) -> Iterator[Happening]:
    """Those who did a move and stand where they stood."""
    world, run = game.world, game.record
    before, after = places(run.states[time]), places(run.states[time + 1])
    moved = {
        run.events[k].agent for k in run.during(time) if run.events[k].action in MOVES and not run.events[k].is_message
    }
    names = tuple(world.names[agent] for agent in sorted(moved) if before[agent] == after[agent])
    if names:
        yield Happening("stopped", names, tuple(world.agents[agent] for agent in world.present(time)))


def read(sentence: Sentence) -> tuple[str, tuple[str, ...]] | None:
    if not sentence.slots or not COLLIDING.search(sentence.skeleton):
        return None
    affirmed(sentence.skeleton, by=DENIED)
    return "stopped", sentence.slots
