"""What the right answers are where all games agree (docs/coordination.md, "Questions"); a game's own are its methods
`answer_KIND`."""

from typing import TYPE_CHECKING

from madata.generators.coordination.knowledge import Extra, beginning, tells
from madata.generators.coordination.known import Known, Unasked
from madata.schemas.coordination.language import (
    BETTER,
    FAILED,
    IMPOSSIBLE,
    SAME,
    WORSE,
    AwareQuery,
    Confirm,
    CoordinationQuery,
    CouldQuery,
    KnowsQuery,
    LostQuery,
    Message,
    MessageQuery,
    MilestoneQuery,
    OptimumQuery,
    PossibleQuery,
    RedundantQuery,
    Telling,
)

if TYPE_CHECKING:
    from madata.generators.coordination.session import Session


def answer(session: "Session", query: CoordinationQuery) -> Known:
    """Raises `Unasked` for a query that has no answer."""
    match query:
        case PossibleQuery():
            return _possible(session)
        case OptimumQuery():
            return _optimum(session)
        case KnowsQuery():
            return _knows(session, query)
        case AwareQuery():
            return _aware(session, query)
        case CouldQuery():
            return _could(session, query)
        case MessageQuery():
            return _message(session, query)
        case LostQuery():
            return _lost(session, query)
        case RedundantQuery():
            redundant = session.redundant()
            right = [index for index in query.events if index in redundant]
            return Known([session.names.event(session.events, index) for index in right], sorted(right))
        case MilestoneQuery():
            times = {milestone.name: milestone.time for milestone in session.played.milestones}
            return Known([session.names.round(times[query.name])])
    raise Unasked(f"{query.kind} is not asked about this game")


def _possible(session: "Session") -> Known:
    if session.impossible(session.played):
        return Known(["no"])
    if not session.played.certified:
        raise Unasked("whether it can be done is not certified")
    return Known(["yes"])


def _optimum(session: "Session") -> Known:
    optimum = session.played.optimum
    if optimum is None:
        return Known([IMPOSSIBLE])
    if not session.played.certified:
        raise Unasked("the optimum is not certified")
    return Known([str(optimum)])


def _knows(session: "Session", query: KnowsQuery) -> Known:
    agent, now = session.number[query.agent], beginning(query.time)
    facts = [fact for each in query.facts if session.known.knows(agent, fact := session.known.fact[each], now)]
    evidence = {index for fact in facts for index in _evidence(session, agent, fact, now)}
    return Known([session.names.facts[fact] for fact in facts], sorted(evidence), query.agent, 1)


def _evidence(session: "Session", agent: int, fact: int, now: int) -> list[int]:
    """The first message by which the agent knew the fact, unless it knew it from the start or observed it."""
    first = session.known.first(agent, fact, now)
    return [] if first is None or session.known.sure(agent, fact, now) else [first]


def _aware(session: "Session", query: AwareQuery) -> Known:
    other = session.number[query.other]
    if session.known.fact[query.fact] in session.known.start[other]:
        return Known(["yes"], [], query.agent, 2)
    witness = next((index for index in range(len(session.events)) if _shows(session, query, index)), None)
    if witness is None:
        return Known(["no"], [], query.agent, 2)
    return Known(["yes"], [witness], query.agent, 2)


def _shows(session: "Session", query: AwareQuery, index: int) -> bool:
    """Whether the event lets the agent know that the other knows the fact."""
    event = session.events[index]
    if event.time >= query.time or not isinstance(event, Message):
        return False
    agent, now = session.number[query.agent], beginning(query.time)
    reliable = session.setting.conventions.delivery == "reliable"
    if isinstance(event, Confirm):
        confirmed = session.events[event.message]
        mine = confirmed.agent == query.agent and query.fact in tells(confirmed)
        return event.agent == query.other and mine and session.known.has_reached(index, agent, now)
    if query.fact not in tells(event):
        return False
    if event.agent == query.agent:
        return reliable and query.other in event.to
    heard = session.known.has_reached(index, agent, now)
    return heard and (event.agent == query.other or (reliable and query.other in event.to))


def _could(session: "Session", query: CouldQuery) -> Known:
    agent, fact, now = session.number[query.agent], session.known.fact[query.fact], beginning(query.time)
    value = session.known.beliefs(agent, now)[fact]
    names = session.names.values[fact]
    answer = [names[each] for each in query.values if value in (None, each)]
    evidence = [] if value is None else _evidence(session, agent, fact, now)
    return Known(answer, evidence, query.agent, 1)


def _message(session: "Session", query: MessageQuery) -> Known:
    _can_rerun(session)
    if session.played.success:
        raise Unasked("it is a success as it is")
    names = session.names

    def helps(telling: Telling) -> bool:
        agent, fact = session.number[telling.agent], session.known.fact[telling.fact]
        if fact in session.known.common or not session.known.knows(agent, fact, beginning(query.time)):
            raise Unasked(f"{telling.agent} cannot tell {telling.fact}, or all know it")
        return session.rerun(extra=Extra(query.time, agent, fact)).played.success

    return Known(
        [names.telling(telling.agent, session.known.fact[telling.fact]) for telling in query.tellings if helps(telling)]
    )


def _lost(session: "Session", query: LostQuery) -> Known:
    _can_rerun(session)
    before, after = _merit(session), _merit(again := session.rerun(lost=query.event))
    if before == after:
        return Known([SAME], [query.event])
    if after < before:
        return Known([BETTER], [query.event])
    return Known([WORSE if again.played.success else FAILED], [query.event])


def _merit(session: "Session") -> tuple[int, int, int]:
    """Less is better: failure is worst and all failures are alike, then cost, then rounds."""
    if not session.played.success:
        return 1, 0, 0
    return 0, session.played.cost or 0, session.rounds


def _can_rerun(session: "Session") -> None:
    if not session.scripted():
        raise Unasked("what a model would have done is not known")
