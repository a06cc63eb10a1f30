"""How a network fails: `graph`, where each tells its neighbours what it chooses and nobody can ask."""

from collections.abc import Iterator

from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.games.graph import Graph
from madata.validators.coordination.run import Point, Stage
from madata.validators.mast import Failure

NEVER = frozenset({"1.2", "2.6"})
EXCLUDED = {"team": NEVER | {"2.4"}, "myopic": NEVER, "silent": NEVER}


def modes(trace: Trace[Graph]) -> tuple[str, ...]:
    return ("1.1", "1.2", "1.3", "2.4", "2.5", "2.6", "3.1")


def failures(trace: Trace[Graph]) -> Iterator[Failure]:
    game, run = trace.game, trace.run
    for index, event in trace.said():
        if trace.world.behaviour(event.agent, event.time) == "silent":
            yield trace.failure("1.2", event.agent, event.time, f"is silent, and says {event.kind}", index)
        if event.choice is not None and event.choice != game.chosen(run, event.time)[event.agent]:
            found = f"says that it has chosen {trace.world.actions[event.choice]}, and has not"
            yield trace.failure("2.6", event.agent, event.time, found, index)
    for index, event in enumerate(trace.events):
        if event.kind == "act" and event.action is not None and event.time < run.rounds:
            against = clashing(trace, event.agent, event.time, event.action)
            if against is not None and free(trace, event.agent, event.time):
                found = f"chooses what it has heard clashes with {trace.world.names[against]}"
                yield trace.failure("1.1", event.agent, event.time, found, index)
    yield from trace.repetitions()
    yield from trace.misstatements()
    if not trace.success:
        yield from withheld(trace)
        yield from ignored(trace)
        if trace.possible and run.rounds < trace.world.rounds:
            left = trace.world.rounds - run.rounds
            yield Failure("3.1", f"round {run.rounds}: the team falls silent, with {left} rounds left")


def clashing(trace: Trace[Graph], agent: int, time: int, choice: int) -> int | None:
    """A neighbour with whose choice, as heard when acting, this one clashes; or, in `leader` and `consensus`, whoever's
    number or vote speaks against it."""
    game, beliefs = trace.game, trace.run.beliefs(agent, Point(time, Stage.ACTING))
    heard = game.heard(trace.run, agent, time)
    match game.problem:
        case "colouring":
            against = [other for other, label in heard.items() if label == choice]
        case "cover":
            against = [other for other, label in heard.items() if choice == label == 1]
        case "matching" if choice:
            against = [choice - 1] if heard.get(choice - 1) not in (None, 0, agent + 1) else []
        case "matching":
            against = [other for other, label in heard.items() if not label]
        case "leader":
            own = trace.world.truth[game.numbers[agent]]
            known = [beliefs[fact] for fact in game.numbers]
            against = [other for other, number in enumerate(known) if choice == 0 and number and number > own]
        case _:
            votes = [beliefs[fact] for fact in game.votes]
            against = [other for other, vote in enumerate(votes) if vote is not None and vote < choice]
    return min(against, default=None)


def free(trace: Trace[Graph], agent: int, time: int) -> bool:
    """Whether there is a label that clashes with nobody heard."""
    labels = range(len(trace.world.actions))
    return any(clashing(trace, agent, time, label) is None for label in labels)


def ignored(trace: Trace[Graph]) -> Iterator[Failure]:
    """Whoever could have heard before it acted last that its choice clashes, and kept it."""
    last = trace.run.rounds - 1
    before, after = (trace.game.chosen(trace.run, time) for time in (last, last + 1))
    for agent in trace.world.present(last):
        choice = before[agent]
        if choice is not None and choice == after[agent]:
            against = clashing(trace, agent, last, choice)
            if against is not None:
                found = f"keeps a choice that it has heard clashes with {trace.world.names[against]}"
                yield trace.failure("2.5", agent, last, found)


def withheld(trace: Trace[Graph]) -> Iterator[Failure]:
    """Whoever was there for a turn and never said anything to a neighbour who was there too."""
    game, run = trace.game, trace.run
    for agent in trace.world.present(0):
        told = {other for index in run.by(agent) for other in trace.events[index].to}
        if others := [other for other in game.others(agent, 0) if other not in told]:
            names = ", ".join(trace.world.names[other] for other in others)
            yield trace.failure("2.4", agent, 0, f"never tells {names} anything")
