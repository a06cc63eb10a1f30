"""What is true of a finished bargain (docs/negotiation.md, "Questions")."""

from collections.abc import Callable, Sequence
from itertools import groupby

from madata.generators.negotiation.bargain import bidding
from madata.generators.negotiation.bargain.implied import implied
from madata.generators.negotiation.bargain.play import rerun
from madata.generators.negotiation.bargain.table import TALK, Table
from madata.generators.negotiation.known import Known, Unasked, ordinal_word
from madata.schemas.negotiation import (
    BACKFIRED,
    NEVER,
    NO_DIFFERENCE,
    PAID,
    UNDETERMINED,
    Accept,
    BluffQuery,
    Choice,
    ImpliedQuery,
    Inform,
    Move,
    NegotiationQuery,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Priority,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    SwitchQuery,
    Threaten,
    ValuedQuery,
    Withdraw,
    ZoneQuery,
)
from madata.schemas.words import NO, UNSETTLED, YES

READER = "reader"


def answer(table: Table, query: NegotiationQuery, said: Callable[[Reply], str] = str) -> Known:
    """Raises `Unasked` where there is no answer. `said` gives the option for a move of a `reply` query."""
    match query:
        case OfferQuery():
            return Known([_offer(table, query)], [query.proposal], READER)
        case PointsQuery():
            return Known(
                [str(table.worth(_proposal(table, query.proposal), query.agent))], [query.proposal], query.agent
            )
        case RationalQuery():
            worth = table.worth(_proposal(table, query.proposal), query.agent)
            rational = worth >= table.stakes.reservations[table.place[query.agent]]
            return Known([_yes(rational)], [query.proposal], query.agent)
        case ParetoQuery():
            optimal = table.stakes.optimal[table.offered[_proposal(table, query.proposal)]]
            return Known([_yes(bool(optimal))], [query.proposal], READER)
        case ZoneQuery():
            return Known([_yes(len(table.stakes.zone) > 0)], [], READER)
        case ReplyQuery():
            best = best_replies(table, query)
            found = [UNDETERMINED] if best is None else [said(query.moves[number]) for number in best]
            return Known(found, [query.proposal], READER)
        case PaidQuery():
            return Known([_paid(table, query.event)], [query.event], READER)
        case ImpliedQuery():
            return Known(*implied(table, query.agent, query.time), READER)
        case ValuedQuery():
            return _valued(table, query)
        case BluffQuery():
            return Known([bluff(table, query.event)], [query.event], table.events[query.event].agent)
        case SwitchQuery():
            return _switch(table, query.agent)
    raise Unasked(f"{query.kind} is not asked of a bargain")


def best_replies(table: Table, query: ReplyQuery) -> list[int] | None:
    """The moves with which the agent ends with most, as indices of `query.moves`; None: undetermined."""
    agent, time = query.agent, query.time
    before = table.until(time)
    has_turn = time < table.game.deadline and not before.ended and agent in before.movers(time)
    if not has_turn or query.proposal not in before.standing(agent, time):
        raise Unasked(f"no proposal {query.proposal} stands for {agent} at a turn at {time}")
    points = []
    for reply in query.moves:
        again = rerun(table, time, _move(table, query, reply))
        if again is None:
            return None
        points.append(again.points()[agent])
    return [number for number, found in enumerate(points) if found == max(points)]


def bluff(table: Table, number: int) -> str:
    """Whether the event is a lie, or a threat that is not meant."""
    event = table.events[number]
    match event:
        case Inform():
            return _yes(table.lies(number))
        case Threaten():
            strategy = table.plans[event.agent]
            return _yes(not strategy.says[_statement(table, number)].meant) if strategy else UNDETERMINED
    raise Unasked(f"event {number}, {event.kind}, is neither a claim nor a threat")


def _yes(true: bool) -> str:
    return YES if true else NO


def _proposal(table: Table, number: int) -> int:
    if number not in table.offered:
        raise Unasked(f"event {number} is no proposal")
    return number


def _offer(table: Table, query: OfferQuery) -> str:
    deal = table.deal(_proposal(table, query.proposal))
    for issue, entry in zip(table.game.issues, deal, strict=True):
        if issue.id == query.issue:
            if isinstance(issue, Choice):
                assert isinstance(entry, int)
                return issue.options[entry]
            assert isinstance(entry, list) and query.agent
            return str(entry[table.place[query.agent]])
    raise Unasked(f"{query.issue} is no issue")


def _move(table: Table, query: ReplyQuery, reply: Reply) -> Move:
    agent, time = query.agent, query.time
    delay, to = table.delay(time), table.others(agent)
    match reply.move:
        case "accept":
            return Accept(agent=agent, time=time, delay=delay, to=to, proposal=query.proposal)
        case "withdraw":
            return Withdraw(agent=agent, time=time, delay=delay, to=to)
        case "propose":
            assert reply.deal is not None
            return Propose(agent=agent, time=time, delay=delay, to=to, deal=reply.deal)


def _statement(table: Table, number: int) -> int:
    """The index, among all the speaker says, of the statement that this event is. What is said in a move is said in the
    order planned."""
    event = table.events[number]
    strategy = table.plans[event.agent]
    assert strategy
    move = [other for other in table.events if (other.agent, other.time) == (event.agent, event.time)]
    proposes = move[-1].kind == "propose"
    planned = [
        index
        for index, said in enumerate(strategy.says)
        if said.time == event.time and (proposes or said.kind != "threaten")
    ]
    talk = [other for other in move if other.kind in TALK]
    if len(planned) != len(talk):
        raise Unasked(f"event {number} is not what {event.agent} planned to say")
    return planned[next(place for place, other in enumerate(talk) if other is event)]


def _paid(table: Table, number: int) -> str:
    if bluff(table, number) == NO:
        raise Unasked(f"event {number} is no bluff")
    event = table.events[number]
    if any(plan is None for plan in table.plans.values()):
        return UNDETERMINED
    honest = rerun(table, event.time, without=(event.agent, _statement(table, number)))
    assert honest
    more = table.points()[event.agent] - honest.points()[event.agent]
    return PAID if more > 0 else BACKFIRED if more < 0 else NO_DIFFERENCE


def _valued(table: Table, query: ValuedQuery) -> Known:
    chain = [agent for agent, _ in groupby(query.chain)]
    holders = chain[:-1] if chain[-1] == query.about else chain
    if not holders:
        top = table.stakes.top(table.place[query.about])
        if top is None:
            raise Unasked(f"nothing is worth most to {query.about}")
        return Known([table.game.issues[top].name], [], chain[0], len(chain))
    claim = _common_claim(table, [agent for agent in holders if agent != query.about], query.about, query.time)
    if claim is None:
        return Known([UNSETTLED], [], chain[0], len(chain))
    number, issue = claim
    names = {issue.id: issue.name for issue in table.game.issues}
    return Known([names[issue]], [number], chain[0], len(chain))


def _common_claim(table: Table, hearers: Sequence[str], about: str, time: int) -> tuple[int, str] | None:
    """The priority that somebody claimed last before all these, as heard by this time, and the event of the claim."""
    if table.conventions.claims == "doubted":
        return None
    found: list[tuple[int, int, str]] = []
    for number, event in enumerate(table.events):
        match event:
            case Inform(agent=speaker, claim=Priority() as claim) if speaker == about:
                if table.hearing(number) <= time and all(hearer in event.to for hearer in hearers):
                    found.append((table.hearing(number), number, claim.issue))
    return max(found)[1:] if found else None


def _switch(table: Table, agent: str) -> Known:
    strategy = table.plans[agent]
    if strategy is None:
        return Known([UNDETERMINED], [], READER)
    steady = strategy.model_copy(update={"switch": None})
    if strategy.switch:
        own = [number for number, event in enumerate(table.events) if event.agent == agent]
        moves = [[*numbers] for _, numbers in groupby(own, key=lambda number: table.events[number].time)]
        for ordinal, numbers in enumerate(moves, 1):
            made = [table.events[number] for number in numbers]
            if bidding.move(table, agent, made[0].time, steady) != made:
                return Known([ordinal_word(ordinal)], [numbers[0]], READER)
    return Known([NEVER], [], READER)
