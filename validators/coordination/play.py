"""The episode gone through round by round: as it is recorded, or as its scripts play it.

In a play scripted agents say and do what their scripts say, given what happened before; agents without a behaviour say
and do what is recorded. So `strategies` compares, and re-running asks what would have been ("Re-running" of
docs/coordination.md).
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from madata.validators.coordination.rules import Rules
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Event


class Extra(NamedTuple):
    """One more `inform`, said by an agent in a round before the first turn."""

    time: int
    agent: int
    fact: int


def record(game: Rules) -> Run:
    """What is recorded, with the states that it goes through."""
    run = Run(game.world, game.start(), game.world.events)
    while not finished(game, run):
        observe(game, run)
        advance(game, run)
    return run


def play(game: Rules, run: Run, lost: int | None = None, extra: Extra | None = None) -> Iterator[Event]:
    """Plays an episode into an empty run, and yields its events as they happen."""
    while not finished(game, run):
        observe(game, run)
        for event in events(game, run, run.rounds, extra):
            if event.is_message and not event.to:
                continue
            heard = len(run.events) != lost or not event.is_message
            run.add(event if heard else replace(event, arrives=(None,) * len(event.to)))
            yield run.events[-1]
        advance(game, run)


def finished(game: Rules, run: Run) -> bool:
    return run.rounds == game.world.rounds or (run.rounds > 0 and game.over(run, run.rounds - 1))


def observe(game: Rules, run: Run) -> None:
    for agent, fact in game.observes(run.states[-1], run.rounds):
        run.observed.setdefault((agent, fact), run.rounds)


def advance(game: Rules, run: Run) -> None:
    happened = (run.events[index] for index in run.during(run.rounds))
    acts = {event.agent: event.action for event in happened if event.kind == "act" and event.action is not None}
    run.states.append(game.advance(run.states[-1], run.rounds, acts))


def events(game: Rules, run: Run, time: int, extra: Extra | None) -> Iterator[Event]:
    """The events of a round; each has to be in the run before the next is asked for."""
    world = game.world
    present = world.present(time)
    for agent, leaves in enumerate(world.leaves):
        if leaves == time:
            yield Event("leave", agent, time)
    if extra and extra.time == time:
        yield additional(game, run, extra)
    for agent in world.order:
        if agent in present:
            if world.behaviour(agent, time) is None:
                yield from (event for event in recorded(game, agent, time) if event.kind not in ("act", "leave"))
            else:
                yield from game.speech(run, agent, time)
    acts = [(agent, game.act(run, agent, time)) for agent in present if world.behaviour(agent, time) is not None]
    scripted = [Event("act", agent, time, action=action) for agent, action in acts if action is not None]
    free = [agent for agent in present if world.behaviour(agent, time) is None]
    taken = [event for agent in free for event in recorded(game, agent, time) if event.kind == "act"]
    yield from sorted([*scripted, *taken], key=lambda event: event.agent)


def recorded(game: Rules, agent: int, time: int) -> list[Event]:
    """The recorded events of an agent in a round."""
    happened = (game.record.events[index] for index in game.record.during(time))
    return [event for event in happened if event.agent == agent]


def additional(game: Rules, run: Run, extra: Extra) -> Event:
    time, agent, fact = extra
    value = run.beliefs(agent, Point(time, Stage.BEGINNING))[fact]
    told = () if value is None else ((fact, value),)
    to = tuple(game.others(agent, time))
    return Event("inform", agent, time, to, (time,) * len(to), told, early=True)
