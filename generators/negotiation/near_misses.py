"""The near misses of questions about negotiations: an offer that looks better than the best reply, the figures of
another party, what is really so instead of what is believed."""

from collections.abc import Iterator

from madata.generators.negotiation.bargain.answers import best_replies
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.counterfactuals import Play, played
from madata.generators.negotiation.known import Unasked
from madata.generators.preferences import NearMiss, answered
from madata.schemas.negotiation import (
    GaveQuery,
    HadQuery,
    LastQuery,
    NegotiationQuery,
    OfferQuery,
    PointsQuery,
    RationalQuery,
    Reply,
    ReplyQuery,
    StockQuery,
    SustainQuery,
    TookQuery,
    ValuedQuery,
    WouldQuery,
)
from madata.schemas.tasks import NegotiationEpisode, NegotiationQuestion

REALITY = "reality_instead_of_belief"
LOW = "one_order_too_low"
OWN = "own_belief_instead_of_anothers"
ANOTHER = "anothers_valuation"
SHARE = "anothers_share"
STRANGER = "another_party"
STOCK = "the_stock_instead_of_its_growth"
WHEN = "at_another_time"
DOMINATED = "dominated_offer"
REPLY = "second_best_reply"


def near_misses(episode: NegotiationEpisode) -> Iterator[NearMiss]:
    agents = [agent.model_copy(update={"private": {}}) for agent in episode.agents]
    play = played(agents, episode.conventions, episode.world.game)
    for question in episode.questions:
        if isinstance(question.query, ReplyQuery):
            yield from replies(play, question, question.query)
            continue
        near = neighbours(question.query, [agent.id for agent in agents])
        yield from answered(question.id, near, lambda query: play.answer(query).answer, (Unasked,))


def neighbours(query: NegotiationQuery, ids: list[str]) -> Iterator[tuple[str, NegotiationQuery]]:
    """Queries that are easily taken for this one, the nearest first."""
    match query:
        case PointsQuery() | RationalQuery():
            yield from ((ANOTHER, query.model_copy(update={"agent": agent})) for agent in ids if agent != query.agent)
        case OfferQuery(agent=str(own)):
            yield from ((SHARE, query.model_copy(update={"agent": agent})) for agent in ids if agent != own)
        case ValuedQuery(chain=chain):
            if len(chain) > 1:
                yield LOW, query.model_copy(update={"chain": chain[1:]})
                yield OWN, query.model_copy(update={"chain": chain[:1]})
            yield REALITY, query.model_copy(update={"chain": [query.about]})
        case TookQuery(chain=chain) | GaveQuery(chain=chain):
            if len(chain) > 1:
                yield LOW, query.model_copy(update={"chain": chain[1:]})
                yield OWN, query.model_copy(update={"chain": chain[:1]})
            if chain:
                yield REALITY, query.model_copy(update={"chain": []})
            elif isinstance(query, TookQuery):
                yield from ((STRANGER, query.model_copy(update={"about": x})) for x in ids if x != query.about)
        case SustainQuery():
            yield STOCK, StockQuery(round=query.round)
        case StockQuery() if query.round:
            yield WHEN, StockQuery(round=query.round - 1)
        case HadQuery():
            yield from ((STRANGER, query.model_copy(update={"agent": agent})) for agent in ids if agent != query.agent)
        case WouldQuery():
            yield from ((STRANGER, query.model_copy(update={"donor": x})) for x in ids if x != query.donor)
        case LastQuery():
            yield from ((STRANGER, query.model_copy(update={"agent": x})) for x in ids if x != query.agent)


def replies(play: Play, question: NegotiationQuestion, query: ReplyQuery) -> Iterator[NearMiss]:
    """The best of the replies that are not: a dominated offer, if there is a deal that is better for one and worse for
    nobody."""
    table = play.state
    assert isinstance(table, Table)
    wrong = [
        reply for option, reply in zip(question.options, query.moves, strict=True) if option not in question.answer
    ]
    if len(wrong) > 1:
        near = query.model_copy(update={"moves": wrong})
        second = best_replies(table, near)
        if second is not None and len(second) == 1:
            yield NearMiss(question.id, play.answer(near).answer, kind(table, wrong[second[0]]), near)


def kind(table: Table, reply: Reply) -> str:
    dominated = reply.deal is not None and not table.stakes.optimal[table.deals.index(reply.deal)]
    return DOMINATED if dominated else REPLY
