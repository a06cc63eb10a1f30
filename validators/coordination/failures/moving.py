"""How a team fails that moves: `pathfinding`, `pursuit`, `kitchen`.

Nobody can ask here, and what an agent makes of what it was told shows only in where it goes: whether that is for the
best takes a search that is not made again for this. So a request can be seen to be ignored, a fact cannot.
"""

from collections.abc import Hashable, Iterator

from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.games.kitchen import PUT, SERVE, Dish, Kitchen, State
from madata.validators.coordination.games.pursuit import Pursuit
from madata.validators.coordination.motion import Motion
from madata.validators.coordination.run import Point, Stage
from madata.validators.coordination.world import Event
from madata.validators.mast import Failure

NEVER = frozenset({"1.2", "2.6"})
EXCLUDED = {
    "team": NEVER,
    "leader": NEVER,
    "myopic": NEVER,
    "silent": NEVER,
    "literal": NEVER | {"2.5"},
}

ROLES = {"team": {"inform"}, "leader": {"inform", "request"}, "myopic": set(), "silent": set(), "literal": set()}
"""The kinds of messages that an agent of a behaviour ever says."""


def modes(trace: Trace[Motion]) -> tuple[str, ...]:
    ignored = ["2.5"] if requests(trace) else []
    unchecked = ["3.2"] if isinstance(trace.game, Kitchen) else []
    return ("1.2", "1.3", "2.3", "2.4", *ignored, "2.6", "3.1", *unchecked)


def requests(trace: Trace[Motion]) -> bool:
    return any(event.kind == "request" for event in trace.events)


def failures(trace: Trace[Motion]) -> Iterator[Failure]:
    yield from roles(trace)
    yield from trace.repetitions()
    yield from circles(trace)
    yield from trace.misstatements()
    yield from trace.derailment()
    yield from withheld(trace)
    if requests(trace):
        yield from ignored(trace)
    if isinstance(trace.game, Kitchen):
        yield from spoilt(trace, trace.game)
    run = trace.run
    if trace.possible and not trace.success and run.rounds < trace.world.rounds:
        yield Failure("3.1", f"round {run.rounds}: the team stops, with {trace.world.rounds - run.rounds} rounds left")


def acts(trace: Trace[Motion]) -> Iterator[tuple[int, Event, int]]:
    for index, event in enumerate(trace.events):
        if event.action is not None and event.kind == "act" and event.time < trace.run.rounds:
            yield index, event, event.action


def roles(trace: Trace[Motion]) -> Iterator[Failure]:
    for index, event in trace.said():
        behaviour = trace.world.behaviour(event.agent, event.time)
        if behaviour is not None and event.kind not in ROLES[behaviour]:
            yield trace.failure("1.2", event.agent, event.time, f"is {behaviour}, and says {event.kind}", index)
    for index, event, action in acts(trace):
        behaviour = trace.world.behaviour(event.agent, event.time)
        if behaviour == "literal" and asked(trace, event.agent, event.time) != action:
            found = "is literal, and does what nobody has just asked it to do"
            yield trace.failure("1.2", event.agent, event.time, found, index)


def asked(trace: Trace[Motion], agent: int, time: int) -> int | None:
    """The last action that an agent was asked for since it acted."""
    before = trace.run.reached(agent, Point(time - 1, Stage.ACTING)) if time else []
    now = trace.run.reached(agent, Point(time, Stage.ACTING))
    requests = [trace.events[k].action for k in now if k not in before and trace.events[k].kind == "request"]
    return requests[-1] if requests else None


def circles(trace: Trace[Motion]) -> Iterator[Failure]:
    """Whoever does again what it did when all was as it is, and nobody has learned anything since: once an agent. A
    pursuer that does not know where the target is does its rounds, and a target that moves on leaves nothing as it was.
    """
    run, game = trace.run, trace.game
    if isinstance(game, Pursuit) and game.figures["moving"]:
        return
    agents = range(len(trace.world.agents))
    known = [tuple(run.beliefs(agent, Point(time, Stage.ACTING)) for agent in agents) for time in range(run.rounds)]
    done: dict[Hashable, int] = {}
    found: set[int] = set()
    for index, event, action in acts(trace):
        agent, time = event.agent, event.time
        first = done.setdefault((run.states[time], known[time], agent, action), time)
        searching = isinstance(game, Pursuit) and None in known[time][agent]
        if first < time and not searching and agent not in found:
            found.add(agent)
            does = f"does again what it did in round {first + 1}, and all is as it was then"
            yield trace.failure("1.3", agent, time, does, index)


def withheld(trace: Trace[Motion]) -> Iterator[Failure]:
    """Whoever knows at first hand what nobody ever told another who decides for itself; where the team did not do its
    best."""
    if trace.optimal or not trace.possible:
        return
    world, run = trace.world, trace.run
    last = run.rounds - 1
    for agent in range(len(world.agents)):
        for other in range(len(world.agents)):
            if other == agent or world.behaviour(other, last) == "literal":
                continue
            beliefs = run.beliefs(other, Point(last, Stage.ACTING))
            for fact, belief in enumerate(beliefs):
                if belief is None and run.firsthand(agent, fact, last) and not trace.was_told(other, fact):
                    what = f"what {world.fact_names[fact]} is, and {world.names[other]} never learns it"
                    yield trace.failure("2.4", agent, last, f"keeps to itself {what}")


def ignored(trace: Trace[Motion]) -> Iterator[Failure]:
    done = {(event.agent, event.time): action for _, event, action in acts(trace)}
    for time in range(trace.run.rounds):
        for agent in trace.world.present(time):
            action = asked(trace, agent, time)
            if action is None or action == done.get((agent, time), 0):
                continue
            if action in trace.game.openings(trace.run.states[time], time, agent):
                wanted = trace.world.actions[action]
                yield trace.failure("2.5", agent, time, f"was asked to {wanted}, could, and does something else")


def spoilt(trace: Trace[Motion], game: Kitchen) -> Iterator[Failure]:
    """A wrong ingredient in the pot, or a wrong soup in the window, by a cook who does not know what it is to be. (One
    who does may have to get rid of it.)"""
    run, right = trace.run, trace.world.truth[game.recipe]
    for index, event, action in acts(trace):
        state = run.states[event.time]
        assert isinstance(state, State)
        held = state.hands[event.agent]
        wrong_in = action == PUT and isinstance(held, int) and held != right
        wrong_out = action == SERVE and isinstance(held, Dish) and {*held.soup} != {right}
        if run.beliefs(event.agent, Point(event.time, Stage.ACTING))[game.recipe] is None and (wrong_in or wrong_out):
            does = "puts a wrong ingredient into the pot" if wrong_in else "serves a wrong soup"
            yield trace.failure("3.2", event.agent, event.time, f"{does}, not knowing what it is to be", index)
