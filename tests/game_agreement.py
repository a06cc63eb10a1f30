"""Comparing the generator's games with the validator's, on whatever was played."""

import random
from collections.abc import Callable
from typing import Any

import random_games
from random_games import conventions, queries

from madata.generators.negotiation import commons, donor
from madata.generators.negotiation.answers import Known, Unasked
from madata.schemas import Agent
from madata.schemas.negotiation import NegotiationQuery, NegotiationWorld, Outcome, ReplyQuery
from madata.validators.negotiation.games import Wrong, game

Answer = Callable[[NegotiationQuery], Known]


def compared(seed: str, kind: str) -> tuple[int, list[str]]:
    """Plays one random game; how many answers were compared, and a line for each disagreement."""
    rng = random.Random(seed)
    rules = conventions(rng)
    if kind == "donor":
        donors = random_games.donor(rng, rules)
        return compare(
            rng, donors.agents, rules, donors.world(), donors.outcome(), lambda query: donor.answer(donors, query)
        )
    if kind == "commons":
        shared = random_games.commons(rng, rules)
        agents = people(len(shared.parties))
        table = commons.Table(agents, rules, shared)
        commons.play(table)
        return compare(rng, agents, rules, table.world(), table.outcome(), lambda query: commons.answer(table, query))
    raise NotImplementedError(kind)


def people(n: int) -> list[Agent]:
    return [Agent(id=f"a{k}", name=f"Person {k}", role="party") for k in range(n)]


def compare(
    rng: random.Random, agents: list[Agent], rules: Any, world: NegotiationWorld, outcome: Outcome, answer: Answer
) -> tuple[int, list[str]]:
    record = {
        "agents": [agent.model_dump() for agent in agents],
        "conventions": rules.model_dump(),
        "world": world.model_dump(),
    }
    derived = game(record)
    found = [str(fault) for fault in (*derived.illegal(), *derived.unscripted())]
    mine, theirs = outcome.model_dump(), derived.outcome()
    found += [f"outcome, {key}: {mine[key]} {theirs.get(key)}" for key in mine if mine[key] != theirs.get(key)]
    compared = 0
    for query in queries(rng, world, [agent.id for agent in agents]):
        options = [str(number) for number in range(len(query.moves))] if isinstance(query, ReplyQuery) else []
        try:
            known: Any = answer(query)
        except Unasked as unasked:
            known = unasked
        try:
            judged: Any = derived.answer({"query": query.model_dump(), "options": [*options, "undetermined"]})
        except Wrong as wrong:
            judged = wrong
        if isinstance(known, Exception) and isinstance(judged, Exception):
            continue
        compared += 1
        if isinstance(known, Exception) or isinstance(judged, Exception) or tuple(known) != tuple(judged):
            found.append(f"{query!r}: generator {known!r}, validator {judged!r}")
    return compared, found
