"""How players of `hints` fail. What one could say is a hint, what it has been told is what hints leave possible."""

from collections.abc import Iterator

from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.games.hints import Hints
from madata.validators.coordination.world import Event
from madata.validators.mast import Failure

NEVER = frozenset({"1.1", "1.2", "1.3", "2.5"})
EXCLUDED = {"team": NEVER | {"2.4", "3.2"}, "myopic": NEVER, "silent": NEVER | {"3.2"}}


def modes(trace: Trace[Hints]) -> tuple[str, ...]:
    return ("1.1", "1.2", "1.3", "2.4", "2.5", "3.1", "3.2")


def failures(trace: Trace[Hints]) -> Iterator[Failure]:
    game, run = trace.game, trace.run
    for index, event in enumerate(trace.events):
        time, action = event.time, event.action
        if action is None or time >= run.rounds or event.agent != game.turn(time):
            continue
        table = game.table(run, time)
        possible, playable = game.possible_values(table, event.agent), game.playable(table.piles)
        if game.is_said(index):
            yield from hinted(trace, index, event)
        elif action < min(game.hand, len(possible)):
            value = game.deck[table.hands[event.agent][action]]
            if not possible[action] & playable:
                yield trace.failure("1.1", event.agent, time, "plays a card that it knows cannot be played", index)
            elif not playable >> value & 1:
                found = "plays a card that for all it knows cannot be played, and it cannot"
                yield trace.failure("3.2", event.agent, time, found, index)
        elif action >= game.hand:
            yield from discarded(trace, index, event)
    last = game.table(run, run.rounds)
    if last.mistakes == game.figures["mistakes"]:
        yield Failure("3.1", f"round {run.rounds}: the team has made its last mistake")


def hinted(trace: Trace[Hints], index: int, event: Event) -> Iterator[Failure]:
    if trace.world.behaviour(event.agent, event.time) == "silent":
        yield trace.failure("1.2", event.agent, event.time, "is silent, and gives a hint", index)
    if index in trace.episode["outcome"]["redundant"]:
        yield trace.failure("1.3", event.agent, event.time, "gives a hint that tells nothing new", index)


def discarded(trace: Trace[Hints], index: int, event: Event) -> Iterator[Failure]:
    """With a card in hand of which hints say that it can be played; or with a hint left, where another holds a playable
    card and cannot tell, and the team did not do its best."""
    game, table = trace.game, trace.game.table(trace.run, event.time)
    possible, playable = game.possible_values(table, event.agent), game.playable(table.piles)
    if any(
        card in table.touched and not values & ~playable
        for card, values in zip(table.hands[event.agent], possible, strict=True)
    ):
        found = "does not play a card that hints say can be played"
        yield trace.failure("2.5", event.agent, event.time, found, index)
    elif table.hints and not trace.optimal and game.helpful(table, event.agent, event.time) is not None:
        found = "gives no hint to whoever holds a playable card and cannot tell"
        yield trace.failure("2.4", event.agent, event.time, found, index)
