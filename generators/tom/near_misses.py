"""The near misses of questions about minds: what is so instead of what is believed, the belief of somebody else in the
chain, a belief taken for knowledge."""

from collections.abc import Iterator
from typing import Any

from madata.generators.preferences import NearMiss, answered
from madata.generators.tom.beliefs import Ambiguous, Beliefs, collapse
from madata.generators.tom.stage import restage
from madata.schemas.tasks import TomEpisode
from madata.schemas.tom import (
    LIE,
    TRUTH,
    Case,
    CasesQuery,
    Is,
    KnowsQuery,
    LieQuery,
    Query,
    SearchQuery,
    Tell,
    ValueQuery,
)
from madata.schemas.words import NO, YES

REALITY = "reality_instead_of_belief"
OWN = "own_belief_instead_of_anothers"
LOW = "one_order_too_low"
KNOWLEDGE = "belief_taken_for_knowledge"
BELIEF = "belief_instead_of_reality"
PRESENT = "present_instead_of_past"


def near_misses(episode: TomEpisode) -> Iterator[NearMiss]:
    beliefs = Beliefs(restage(episode.agents, episode.conventions, episode.world))
    for question in episode.questions:
        near = neighbours(question.query, episode)
        yield from answered(question.id, near, lambda query: [beliefs.answer(query).text], (Ambiguous,))


def neighbours(query: Query, episode: TomEpisode) -> Iterator[tuple[str, Query]]:
    """Queries that are easily taken for this one, the nearest first."""
    match query:
        case ValueQuery(chain=[]):
            end = len(episode.world.events)
            if query.time < end:
                yield PRESENT, query.model_copy(update={"time": end})
            for agent in episode.agents:
                yield BELIEF, query.model_copy(update={"chain": [agent.id]})
        case ValueQuery() | SearchQuery():
            yield from shorter(query)
            if query.variable is not None:
                yield REALITY, ValueQuery(variable=query.variable, time=query.time)
        case KnowsQuery():
            yield from shorter(query)
            if len(chain := collapse(query.chain)) == 1:
                none = Is(chain=list(chain), variable=query.variable, value=None, time=query.time)
                yield KNOWLEDGE, CasesQuery(concept="believes", cases=[Case(when=none, then=NO)], otherwise=YES)
        case LieQuery():
            told = episode.world.events[query.event]
            assert isinstance(told, Tell)
            so = Is(variable=told.variable, value=told.value, time=query.event)
            then, otherwise = (TRUTH, LIE) if told.holds else (LIE, TRUTH)
            yield REALITY, CasesQuery(concept="true", cases=[Case(when=so, then=then)], otherwise=otherwise)
        case CasesQuery():
            for why, kept in ((LOW, lambda chain: chain[1:] or chain), (REALITY, lambda chain: [])):
                yield why, CasesQuery.model_validate(with_chains(query.model_dump(), kept))


def shorter(query: ValueQuery | SearchQuery | KnowsQuery) -> Iterator[tuple[str, Query]]:
    chain = list(collapse(query.chain))
    if len(chain) > 1:
        yield LOW, query.model_copy(update={"chain": chain[1:]})
        yield OWN, query.model_copy(update={"chain": chain[:1]})


def with_chains(value: Any, kept: Any) -> Any:
    """The same formulas about other chains."""
    if isinstance(value, list):
        return [with_chains(each, kept) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: kept(each) if key == "chain" else with_chains(each, kept) for key, each in value.items()}
