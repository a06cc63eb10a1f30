"""How players of `hints` fail. What one could say is a hint, what it has been told is what hints leave possible."""

from collections.abc import Iterator

from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.games.hints import Hints
from madata.validators.mast import Failure

MODES = ("1.1", "1.2", "1.3", "2.4", "2.5", "3.1", "3.2")

NEVER = frozenset({"1.1", "1.2", "1.3", "2.5"})
EXCLUDED = {"team": NEVER | {"2.4", "3.2"}, "myopic": NEVER, "silent": NEVER | {"3.2"}}


def failures(trace: Trace[Hints]) -> Iterator[Failure]:
    game, run, redundant = trace.game, trace.run, {*trace.episode["outcome"]["redundant"]}
    for index, event in enumerate(trace.events):
        agent, time, action = event.agent, event.time, event.action
        if event.kind != "act" or action is None or time >= run.rounds or agent != game.turn(time):
            continue
        table = game.table(run, time)
        playable = game.playable(table.piles)
        possible = game.possible_values(table, agent)
        if action < game.hand and action < len(possible) and not possible[action] & playable:
            yield trace.failure("1.1", agent, time, "plays a card that it knows cannot be played", index)
        elif (
            action < game.hand
            and action < len(possible)
            and not playable >> value(game, table.hands[agent][action]) & 1
        ):
            yield trace.failure("3.2", agent, time, "plays a card of which it cannot tell, by mistake", index)
        if game.is_said(index):
            if trace.world.behaviour(agent, time) == "silent":
                yield trace.failure("1.2", agent, time, "(silent) gives a hint", index)
            if index in redundant:
                yield trace.failure("1.3", agent, time, "gives a hint that tells nothing new", index)
        elif action >= game.hand:
            known = [
                place
                for place, values in enumerate(possible)
                if not values & ~playable and table.hands[agent][place] in table.touched
            ]
            if known:
                yield trace.failure("2.5", agent, time, "discards, with a card that hints say can be played", index)
            elif table.hints and not trace.optimal and game.helpful(table, agent, time) is not None:
                found = "discards, with a hint left and a playable card in another hand that its holder cannot tell"
                yield trace.failure("2.4", agent, time, found, index)
    last = game.table(run, run.rounds)
    if last.mistakes == game.figures["mistakes"] and not trace.success:
        yield Failure("3.1", f"round {run.rounds}: the team has made its last mistake")


def value(game: Hints, card: int) -> int:
    return game.deck[card]
