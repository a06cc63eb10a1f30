"""The near misses of questions about teams: what is best if one knows all, what another knows, or may do, what is so at
another time, and who knows of whom the wrong way round."""

from collections.abc import Iterator
from typing import Any

from madata.generators.coordination.counterfactuals import session, setting_of
from madata.generators.coordination.known import Unasked
from madata.generators.family import Rejected
from madata.generators.preferences import NearMiss, answered
from madata.schemas.coordination.language import (
    AwareQuery,
    BestQuery,
    CanQuery,
    ClashQuery,
    CouldQuery,
    FitsQuery,
    IntendsQuery,
    KnowsQuery,
    MilestoneQuery,
    NeedsQuery,
    ReachQuery,
)
from madata.schemas.tasks import CoordinationEpisode

NEAR = 6
"""Agents that are thought of instead of the one asked about; a large team has a hundred."""

FULL = "best_if_all_were_known"
SEEMS = "best_by_what_one_knows"
ANOTHER = "anothers_knowledge"
REVERSED = "the_other_way_round"
WHERE = "anothers_place"
WHEN = "at_another_time"
WHAT = "another_milestone"


def near_misses(episode: CoordinationEpisode) -> Iterator[NearMiss]:
    team = session(setting_of(episode)).run()
    for question in episode.questions:
        near = neighbours(question.query, team.ids, team.rounds, episode)
        yield from answered(question.id, near, lambda query: team.answer(query).answer, (Unasked, Rejected))


def neighbours(query: Any, ids: list[str], rounds: int, episode: CoordinationEpisode) -> Iterator[tuple[str, Any]]:
    """Queries that are easily taken for this one, the nearest first; with the same options."""
    agent = getattr(query, "agent", None)
    others = [other for other in ids if other != agent][:NEAR]
    match query:
        case IntendsQuery(plans=[]):
            yield FULL, BestQuery(agent=agent, time=query.time, actions=query.actions)
        case IntendsQuery():
            yield FULL, BestQuery(plans=query.plans)
            yield from of_others(ANOTHER, query, others)
        case BestQuery(plans=[]):
            assert agent is not None and query.time is not None
            yield SEEMS, IntendsQuery(agent=agent, time=query.time, actions=query.actions)
        case BestQuery() | FitsQuery():
            for each in ids[:NEAR]:
                yield SEEMS, IntendsQuery(agent=each, time=0, plans=query.plans)
        case KnowsQuery() | CouldQuery() | NeedsQuery():
            yield from of_others(ANOTHER, query, others)
        case AwareQuery():
            yield REVERSED, query.model_copy(update={"agent": query.other, "other": agent})
        case CanQuery() | ReachQuery():
            yield from of_others(WHERE, query, others if agent else [])
        case ClashQuery():
            for time in (*range(query.time - 1, -1, -1), *range(query.time + 1, rounds)):
                yield WHEN, query.model_copy(update={"time": time})
        case MilestoneQuery():
            assert episode.outcome is not None
            for milestone in episode.outcome.milestones:
                yield WHAT, MilestoneQuery(name=milestone.name)


def of_others(why: str, query: Any, others: list[str]) -> Iterator[tuple[str, Any]]:
    for other in others:
        yield why, query.model_copy(update={"agent": other})
