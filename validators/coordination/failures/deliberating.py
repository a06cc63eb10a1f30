"""How a team fails that looks for a plan in words: `maze`, `schedule`, `allocation`.

What an agent knows when it speaks is known, so each of its messages can be held against that. A plan that its own
knowledge rules out breaks the task (proposed) or was not checked (accepted); one that is ruled out by what it was told
disregards who told it. Whoever hopes for the best of what it does not know does nothing wrong, until it matters.
"""

from collections.abc import Iterator

from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.failures.trace import Trace
from madata.validators.coordination.run import Point, Stage
from madata.validators.coordination.world import Event, Plan, Values
from madata.validators.mast import MODES, Failure

NEVER = frozenset({"1.1", "1.2", "1.4", "2.1", "2.6", "3.3"})
"""What no script of deliberation says or does."""

EXCLUDED = {
    "team": NEVER | {"3.2"},
    "asker": NEVER | {"3.2"},
    "leader": NEVER | {"3.2"},
    "myopic": NEVER | {"3.2"},
    "silent": NEVER | {"3.2"},
    "literal": NEVER,
}

ANSWERS = frozenset({"inform", "accept-proposal", "reject-proposal"})
ROLES = {
    "team": ANSWERS | {"propose", "confirm"},
    "asker": ANSWERS | {"propose", "confirm", "query-ref"},
    "leader": ANSWERS | {"propose"},
    "myopic": ANSWERS | {"propose"},
    "silent": frozenset({"accept-proposal", "reject-proposal"}),
    "literal": frozenset({"inform", "accept-proposal"}),
}
"""The kinds of messages that an agent of a behaviour ever says."""


def modes(trace: Trace[Deliberation]) -> tuple[str, ...]:
    """All; but that it is over can be overlooked only where it cannot be done."""
    return tuple(mode for mode in MODES if mode != "1.5" or not trace.possible)


def failures(trace: Trace[Deliberation]) -> Iterator[Failure]:
    for index, event in trace.said():
        yield from role(trace, index, event)
        match event.kind:
            case "propose":
                yield from proposed(trace, index, event)
            case "accept-proposal":
                yield from accepted(trace, index, event)
            case "reject-proposal":
                yield from rejected(trace, index, event)
            case "query-ref" if not any(trace.beliefs(event)[fact] is None for fact in event.asked):
                yield trace.failure("1.4", event.agent, event.time, "asks for what it knows already", index)
    yield from trace.repetitions()
    yield from trace.misstatements()
    yield from trace.derailment()
    yield from unanswered(trace)
    yield from withheld(trace)
    yield from ended(trace)


def role(trace: Trace[Deliberation], index: int, event: Event) -> Iterator[Failure]:
    """Whoever has proposed before it became silent or literal may do so again for want of an answer."""
    behaviour = trace.world.behaviour(event.agent, event.time)
    if behaviour is None:
        return
    renewed = event.kind == "propose" and any(
        trace.events[k].kind == "propose" for k in trace.run.by(event.agent) if k < index
    )
    if event.kind not in ROLES[behaviour] and not renewed:
        yield trace.failure("1.2", event.agent, event.time, f"is {behaviour}, and says {event.kind}", index)
    elif behaviour == "silent" and event.told:
        yield trace.failure("1.2", event.agent, event.time, "is silent, and gives reasons", index)


def ruled_out(
    trace: Trace[Deliberation], event: Event, plan: Plan, hopes: Values
) -> tuple[list[int], list[int]] | None:
    """None if a plan works for all that its speaker knows; else the facts that rule it out: those that the speaker
    knows of itself, and those it was told. Neither, if the plan breaks the rules of the task whatever is so."""
    if trace.game.works(plan, hopes):
        return None
    obstacles = trace.game.obstacles(plan, hopes)
    own = [fact for fact in obstacles if trace.run.firsthand(event.agent, fact, event.time)]
    return own, [fact for fact in obstacles if fact not in own]


def named(trace: Trace[Deliberation], facts: list[int], hopes: Values) -> str:
    world = trace.world
    return ", ".join(f"{world.fact_names[fact]} ({world.value_names[fact][hopes[fact]]})" for fact in facts)


def proposed(trace: Trace[Deliberation], index: int, event: Event) -> Iterator[Failure]:
    hopes = trace.game.hopes(trace.beliefs(event))
    game, agent, time = trace.game, event.agent, event.time
    if not event.plan:
        if game.best(hopes) is not None:
            yield trace.failure("3.1", agent, time, "says that it cannot be done, for all it knows it can", index)
        return
    against = ruled_out(trace, event, event.plan, hopes)
    if against:
        own, told = against
        if told:
            found = f"proposes a plan against what it was told: {named(trace, told, hopes)}"
            yield trace.failure("2.5", agent, time, found, index)
        if own or not told:
            why = named(trace, own, hopes) or "it breaks the rules of the task"
            yield trace.failure("1.1", agent, time, f"proposes a plan that it knows not to work: {why}", index)
    yield from again(trace, index, event, hopes)


def again(trace: Trace[Deliberation], index: int, event: Event, hopes: Values) -> Iterator[Failure]:
    """What it comes to that the speaker has proposed before."""
    game, agent, time = trace.game, event.agent, event.time
    before = [k for k in trace.run.by(agent) if k < index and trace.events[k].kind == "propose"]
    if not before:
        return
    last = trace.events[before[-1]].plan
    if last and last != event.plan and any(trace.events[k].plan == event.plan for k in before):
        both_work = game.works(last, hopes) and game.works(event.plan, hopes)
        if both_work and game.price(event.plan, hopes) > game.price(last, hopes):
            yield trace.failure("2.1", agent, time, "goes back to a plan that it had dropped for a cheaper one", index)
    refusals = [
        refusal
        for refusal in (trace.events[k] for k in trace.heard(agent, time))
        if refusal.kind == "reject-proposal" and refusal.about in before
    ]
    asked = {fact for k in trace.run.by(agent) if k < index for fact in trace.events[k].asked}
    for refusal in refusals:
        plan, by = plan_of(trace, refusal) or (), trace.world.names[refusal.agent]
        if plan == event.plan:
            yield trace.failure("2.5", agent, time, f"proposes again a plan that {by} has refused", index)
        unclear = [fact for fact in game.uses(plan) if fact not in asked and not knows(trace, agent, time, fact)]
        if refusal.about == before[-1] and not refusal.told and unclear:
            yield trace.failure("2.2", agent, time, f"was refused by {by} without a reason, and asks for none", index)


def knows(trace: Trace[Deliberation], agent: int, time: int, fact: int) -> bool:
    return trace.run.beliefs(agent, Point(time, Stage.TURN))[fact] is not None


def accepted(trace: Trace[Deliberation], index: int, event: Event) -> Iterator[Failure]:
    hopes = trace.game.hopes(trace.beliefs(event))
    plan = plan_of(trace, event)
    if plan is None:
        return
    if not plan:
        if trace.game.best(hopes) is not None:
            found = "accepts that it cannot be done, for all it knows it can"
            yield trace.failure("3.2", event.agent, event.time, found, index)
        return
    against = ruled_out(trace, event, plan, hopes)
    if against:
        own, told = against
        if told:
            found = f"accepts a plan against what it was told: {named(trace, told, hopes)}"
            yield trace.failure("2.5", event.agent, event.time, found, index)
        if own or not told:
            why = named(trace, own, hopes) or "it breaks the rules of the task"
            found = f"accepts a plan that it knows not to work: {why}"
            yield trace.failure("3.2", event.agent, event.time, found, index)


def rejected(trace: Trace[Deliberation], index: int, event: Event) -> Iterator[Failure]:
    """A refusal is right if the plan does not work for all the speaker knows, or there is a cheaper one."""
    hopes = trace.game.hopes(trace.beliefs(event))
    game, plan = trace.game, plan_of(trace, event)
    if plan is None:
        return
    if not plan:
        if game.best(hopes) is None:
            found = "refuses that it cannot be done, and knows that it cannot"
            yield trace.failure("3.3", event.agent, event.time, found, index)
    elif game.works(plan, hopes):
        best = game.best(hopes)
        if best is None or game.price(best, hopes) >= game.price(plan, hopes):
            found = "refuses a plan that nothing it knows speaks against"
            yield trace.failure("3.3", event.agent, event.time, found, index)


def plan_of(trace: Trace[Deliberation], event: Event) -> Plan | None:
    """The plan that an answer is about; None if it is about no proposal (`protocol` says so)."""
    about = event.about
    if about is None or about >= len(trace.events) or trace.events[about].kind != "propose":
        return None
    return trace.events[about].plan


def unanswered(trace: Trace[Deliberation]) -> Iterator[Failure]:
    """Whoever had a turn after a question that it could have answered, and never told the asker."""
    world, run = trace.world, trace.run
    for index, event in enumerate(trace.events):
        if event.kind != "query-ref":
            continue
        for other in event.to:
            for time in range(event.time, run.rounds):
                if not {other, event.agent} <= {*world.present(time)} or index not in trace.heard(other, time):
                    continue
                able = [fact for fact in event.asked if knows(trace, other, time, fact)]
                if able and not any(trace.has_told(other, event.agent, fact) for fact in able):
                    found = f"never answers what {world.names[event.agent]} asks of it"
                    yield trace.failure("2.5", other, time, found, index)
                break


def withheld(trace: Trace[Deliberation]) -> Iterator[Failure]:
    """Whoever heard a plan proposed in ignorance of what it knows, had a turn with room to say so, and never did, nor
    did anyone; where the team did not do its best."""
    if trace.optimal:
        return
    game, world, run, done = trace.game, trace.world, trace.run, set[tuple[int, int]]()
    for index, event in trace.said():
        if event.kind != "propose" or not event.plan or game.works(event.plan, world.truth):
            continue
        ignored = [fact for fact in game.obstacles(event.plan, world.truth) if trace.beliefs(event)[fact] is None]
        for fact in ignored:
            if trace.was_told(event.agent, fact):
                continue
            for other in event.to:
                if run.firsthand(other, fact, event.time) and (other, fact) not in done:
                    time = silent_turn(trace, other, index)
                    if time is not None:
                        done.add((other, fact))
                        found = f"keeps to itself that {named(trace, [fact], world.truth)} rules out what is proposed"
                        yield trace.failure("2.4", other, time, found, index)


def silent_turn(trace: Trace[Deliberation], agent: int, proposal: int) -> int | None:
    """The first round in which an agent has heard a proposal and says less than a message holds."""
    for time in range(trace.events[proposal].time, trace.run.rounds):
        own = (trace.events[index] for index in trace.run.during(time))
        told = sum(len(event.told) for event in own if event.agent == agent)
        if agent in trace.world.present(time) and proposal in trace.heard(agent, time) and told < trace.world.bandwidth:
            return time
    return None


def ended(trace: Trace[Deliberation]) -> Iterator[Failure]:
    game, world, run = trace.game, trace.world, trace.run
    last = run.rounds - 1
    proposal = game.agreed(run, last)
    if trace.success:
        return
    if proposal is None:
        if not trace.possible:
            yield from unaware(trace)
        return
    plan = trace.events[proposal].plan
    found = "agrees on a plan that does not work" if plan else "agrees that it cannot be done, and it can"
    yield Failure("3.1", f"round {last + 1}: the team {found}", event=proposal)
    for agent in world.present(last):
        point = Point(last, Stage.ACTING)
        beliefs = run.beliefs(agent, point)
        asked = {fact for index in run.by(agent) for fact in trace.events[index].asked}
        unclear = [fact for fact in game.obstacles(plan, world.truth) if beliefs[fact] is None and fact not in asked]
        knowing = [fact for fact in unclear if any(who in world.known[fact] for who in world.present(last))]
        if plan and knowing:
            found = f"settles for a plan without asking about {world.fact_names[knowing[0]]}, which rules it out"
            yield trace.failure("2.2", agent, last, found, proposal)


def unaware(trace: Trace[Deliberation]) -> Iterator[Failure]:
    """Whoever could tell at its last turn that it cannot be done, and never said or accepted it."""
    last = trace.run.rounds - 1
    for agent in trace.world.present(last):
        own = [trace.events[index] for index in trace.run.by(agent)]
        said = any(event.kind == "propose" and not event.plan for event in own)
        agreed = any(event.kind == "accept-proposal" and plan_of(trace, event) == () for event in own)
        if not said and not agreed:
            hopes = trace.game.hopes(trace.run.beliefs(agent, Point(last, Stage.TURN)))
            if trace.game.best(hopes) is None:
                yield trace.failure("1.5", agent, last, "knows that it cannot be done, and does not say so")
