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
from madata.validators.coordination.world import Beliefs, Event
from madata.validators.mast import Failure

MODES = ("1.1", "1.2", "1.3", "2.3", "2.4", "2.5", "2.6", "3.1", "3.2")

NEVER = frozenset({"1.1", "1.2", "2.6"})
EXCLUDED = {
    "team": NEVER | {"2.4"},
    "leader": NEVER | {"2.4"},
    "myopic": NEVER,
    "silent": NEVER,
    "literal": NEVER | {"2.5"},
}

ROLES = {"team": {"inform"}, "leader": {"inform", "request"}, "myopic": set(), "silent": set(), "literal": set()}
"""The kinds of messages that an agent of a behaviour ever says."""


def failures(trace: Trace[Motion]) -> Iterator[Failure]:
    yield from roles(trace)
    yield from trace.repetitions()
    yield from circles(trace)
    yield from trace.misstatements()
    yield from trace.derailment()
    yield from withheld(trace)
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
    for index, event, _ in trace.said():
        behaviour = trace.world.behaviour(event.agent, event.time)
        if behaviour is not None and event.kind not in ROLES[behaviour]:
            yield trace.failure("1.2", event.agent, event.time, f"({behaviour}) says a {event.kind}", index)
    for index, event, action in acts(trace):
        if (
            trace.world.behaviour(event.agent, event.time) == "literal"
            and asked(trace, event.agent, event.time) != action
        ):
            found = "(literal) does what nobody has just asked it to do"
            yield trace.failure("1.2", event.agent, event.time, found, index)


def asked(trace: Trace[Motion], agent: int, time: int) -> int | None:
    """The last action that an agent was asked for since it acted."""
    before = trace.run.reached(agent, Point(time - 1, Stage.ACTING)) if time else []
    now = trace.run.reached(agent, Point(time, Stage.ACTING))
    requests = [trace.events[k].action for k in now if k not in before and trace.events[k].kind == "request"]
    return requests[-1] if requests else None


def circles(trace: Trace[Motion]) -> Iterator[Failure]:
    """Whoever moved while the team came back to a state that it had been in, and nobody had learned anything: once an
    agent. A pursuer that does not know where the target is does its rounds, and a target that moves on leaves nothing
    as it was."""
    run, game = trace.run, trace.game
    if isinstance(game, Pursuit) and game.figures["moving"]:
        return
    seen: dict[tuple[Hashable, tuple[Beliefs, ...]], int] = {}
    moved: set[int] = set()
    for time in range(run.rounds):
        known = tuple(run.beliefs(agent, Point(time, Stage.ACTING)) for agent in range(len(trace.world.agents)))
        here = run.states[time], known
        first = seen.setdefault(here, time)
        if first == time or (isinstance(game, Pursuit) and any(None in beliefs for beliefs in known)):
            continue
        loop = [event for _, event, _ in acts(trace) if first <= event.time < time]
        for agent in sorted({event.agent for event in loop} - moved):
            moved.add(agent)
            last = max(event.time for event in loop if event.agent == agent)
            yield trace.failure("1.3", agent, last, f"goes round: all is as it was in round {first + 1}")


def withheld(trace: Trace[Motion]) -> Iterator[Failure]:
    """Whoever knows at first hand what another who decides for itself never learns, and had a turn to say it; where the
    team did not do its best."""
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
                if belief is None and run.firsthand(agent, fact, last) and not trace.has_told(agent, other, fact):
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
    """A wrong ingredient in the pot, or a wrong soup in the window: against what the cook knows, or unchecked."""
    run, right = trace.run, trace.world.truth[game.recipe]
    for index, event, action in acts(trace):
        state = run.states[event.time]
        assert isinstance(state, State)
        held = state.hands[event.agent]
        wrong_in = action == PUT and isinstance(held, int) and held != right
        wrong_out = action == SERVE and isinstance(held, Dish) and {*held.soup} != {right}
        if wrong_in or wrong_out:
            knows = run.beliefs(event.agent, Point(event.time, Stage.ACTING))[game.recipe] is not None
            does = "puts a wrong ingredient into the pot" if wrong_in else "serves a wrong soup"
            how = "knowing better" if knows else "without knowing what it is to be"
            yield trace.failure("1.1" if knows else "3.2", event.agent, event.time, f"{does}, {how}", index)
