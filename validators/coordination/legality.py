"""Whether each event of a record is legal when it comes, whoever makes it ("Rounds, messages, knowledge")."""

from collections.abc import Iterator

from madata.validators.coordination.rules import Rules
from madata.validators.coordination.run import Point, Stage
from madata.validators.coordination.world import Event
from madata.validators.trial import Fault

Difference = tuple[str, object, object]

PARTS = {"leave": 0, "act": 2}
ANSWERS = ("accept-proposal", "reject-proposal")


def faults(game: Rules) -> Iterator[Fault]:
    """Events in order, and those that are missing."""
    last = (0, 0, 0)
    for index, event in enumerate(game.record.events):
        if event.time < last[0]:
            yield Fault(f"event {index}, time", f"round {last[0]} or later", str(event.time))
            continue
        if event.time >= game.record.rounds:
            limit = "it is over then" if event.time < game.world.rounds else f"there are {game.world.rounds} rounds"
            yield Fault(f"event {index}, time", f"before round {game.record.rounds}: {limit}", str(event.time))
            continue
        place = (event.time, PARTS.get(event.kind, 1), turn(game, event))
        if place < last or (place == last and not event.is_message and index > 0):
            expected = "those who leave, messages in the order of turns, then one act an agent in agent order"
            yield Fault(f"event {index}", expected, game.world.shown(event))
        last = max(last, place)
        for part, expected_part, found in differences(game, index, event):
            yield Fault(f"event {index}, {part}", str(expected_part), str(found))
    gone = {event.agent for event in game.record.events if event.kind == "leave"}
    for agent, leaves in enumerate(game.world.leaves):
        if leaves is not None and leaves < game.record.rounds and agent not in gone:
            yield Fault("events", f"{game.world.agents[agent]} leaves in round {leaves}", "no such event")


def turn(game: Rules, event: Event) -> int:
    return game.world.turn[event.agent] if event.is_message else event.agent


def differences(game: Rules, index: int, event: Event) -> Iterator[Difference]:
    """What is wrong with an event: the part, what it should be, what it is."""
    world, present = game.world, game.world.present(event.time)
    if event.kind == "leave":
        if world.leaves[event.agent] != event.time:
            yield "time", f"{world.leaves[event.agent]}, when {world.agents[event.agent]} leaves", event.time
    elif event.agent not in present:
        yield "agent", f"somebody present, of {names(game, present)}", world.agents[event.agent]
    elif event.kind == "act":
        opened = game.open_to(game.record, event.agent, event.time)
        if event.action not in opened:
            shown = [world.actions[action] for action in opened]
            yield "action", f"an act that is open, of {shown}", world.actions[event.action or 0]
    else:
        yield from message(game, index, event)


def message(game: Rules, index: int, event: Event) -> Iterator[Difference]:
    world, others = game.world, game.others(event.agent, event.time)
    if event.kind not in game.kinds:
        yield "kind", f"one of {sorted(game.kinds)}", event.kind
        return
    if event.kind == "request":
        if len(event.to) != 1 or event.to[0] not in others:
            yield "to", f"one of {names(game, others)}", names(game, event.to)
    elif world.channel == "blackboard":
        if list(event.to) != others:
            yield "to", f"all others present, {names(game, others)}", names(game, event.to)
    elif not event.to or list(event.to) != [other for other in others if other in event.to]:
        yield "to", f"some of {names(game, others)}, in agent order", names(game, event.to)
    fates = [world.arrives(event.time, event.agent, hearer) for hearer in event.to]
    if list(event.arrives) != fates:
        yield "arrives", fates, list(event.arrives)
    if event.kind == "inform" and not event.told and event.choice is None:
        yield "facts", "at least one fact, or a choice", "none"
    if event.about is not None:
        yield from answer(game, event)


def answer(game: Rules, event: Event) -> Iterator[Difference]:
    """An answer is to something that has reached its speaker."""
    kind = "proposal" if event.kind in ANSWERS else "message"
    reached = game.record.reached(event.agent, Point(event.time, Stage.TURN))
    fitting = [index for index in reached if kind == "message" or game.record.events[index].kind == "propose"]
    if event.about not in fitting:
        yield kind, f"a {kind} that has reached {game.world.agents[event.agent]}, of {fitting}", event.about


def names(game: Rules, agents: list[int] | tuple[int, ...]) -> str:
    return f"[{', '.join(game.world.agents[agent] for agent in agents)}]"
