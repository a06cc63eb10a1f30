"""Whether a bargain can be played at all, and whether each act is legal when it comes ("Who may do what")."""

from collections.abc import Iterator

from madata.validators.negotiation.history import ACCEPT, FINAL, PROPOSE, REJECT, THREATEN, Act
from madata.validators.negotiation.recorded import Recorded
from madata.validators.trial import Fault, Json


def illegal(record: Recorded) -> Iterator[Fault]:
    yield from impossible(record)
    for party in record.parties:
        for statement in party["strategy"]["says"] if party["strategy"] else ():
            yield from unsayable(record, party["agent"], statement)
    for act in record.acts:
        for expected, found in faults(record, act):
            yield Fault(f"event {act.event}", str(expected), str(found))


def impossible(record: Recorded) -> Iterator[Fault]:
    """Why there can be no such game."""
    game, rules = record.game, record.rules
    if rules.delays and record.conventions["delivery"] != "delayed":
        yield Fault("game, delays", "none where messages are heard at once", str(list(rules.delays)))
    if not rules.alternating and sorted(rules.order) != sorted(record.agents):
        yield Fault("game, order", "each agent once", str(list(rules.order)))
    for members in game["winning"]:
        if len(set(members)) != len(members):
            yield Fault("game, winning", "each member once", str(members))
    for number, one in enumerate(rules.winning):
        if any(other <= one for place, other in enumerate(rules.winning) if place != number):
            yield Fault("game, winning", "minimal sets, none within another", str(sorted(one)))
    if record.conventions["values"] == "permuted":
        if not all(record.domain.splits):
            yield Fault("game, issues", "splits only, where values are permuted", "a choice")
        elif len({tuple(sorted(points)) for points in record.domain.points}) != 1:
            yield Fault("game, parties", "the same numbers for each, arranged", str(record.domain.points))


def unsayable(record: Recorded, agent: str, statement: Json) -> Iterator[Fault]:
    where, to = f"party {agent}, statement", statement["to"]
    if not record.rules.has_turn(agent, statement["time"]):
        yield Fault(where, "a time at which the party has the move", str(statement["time"]))
    hearers = record.hearers(agent, statement["kind"])
    if not hearers.admit(to):
        yield Fault(where, f"{hearers}", str(to))


def faults(record: Recorded, act: Act) -> Iterator[tuple[object, object]]:
    """Why an act cannot come when it does: what was expected, what was found."""
    rules, before = record.rules, record.acts[act.event - 1] if act.event else None
    if before and act.time < before.time:
        yield f"a time not before {before.time}", act.time
    if act.time >= rules.deadline:
        yield f"a time before the deadline at {rules.deadline}", act.time
    elif not rules.has_turn(act.agent, act.time):
        yield f"a move of {rules.movers(act.time)[0]}, whose turn it is", f"one of {act.agent}"
    elif (
        not rules.alternating
        and before
        and before.time == act.time
        and before.agent in rules.order[rules.order.index(act.agent) + 1 :]
    ):
        yield f"moves of one time in the order {', '.join(rules.order)}", f"{act.agent} after {before.agent}"
    if act.hearing != rules.hearing(act.time):
        yield f"a delay of {rules.delay(act.time)}", act.hearing - act.time - 1
    if -1 < record.ended.act < act.event:
        yield f"nothing, for event {record.ended.act} ended it ({record.ended.how})", act.kind
    elif record.left.get(act.agent, act.event) < act.event:
        yield f"nothing of {act.agent}, who withdrew", act.kind
    move = record.moves[act.agent, act.time]
    if any(other.kind in FINAL for other in move if other.event < act.event):
        yield "nothing after a proposal, an answer or a withdrawal in one move", act.kind
    if act.kind == THREATEN and move[-1].kind != PROPOSE:
        yield "a proposal at the end of a move with a threat", move[-1].kind
    if act.kind in (ACCEPT, REJECT) and act.proposal not in record.standing(act.agent, act.time):
        yield f"a proposal that stands for {act.agent}", f"event {act.proposal}"
