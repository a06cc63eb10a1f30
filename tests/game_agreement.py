"""Comparing the generator's games with the validator's, on whatever was played."""

import random
from collections.abc import Callable
from importlib import import_module
from typing import Any

import random_games
from random_games import conventions, queries

from madata.generators.negotiation import commons, donor
from madata.generators.negotiation.bargain import answers, play, table
from madata.generators.negotiation.known import Known, Unasked
from madata.schemas import Agent
from madata.schemas.negotiation import NegotiationQuery, NegotiationWorld, Outcome, Reply, ReplyQuery
from madata.validators.negotiation.games import Game
from madata.validators.trial import Wrong

Answer = Callable[[NegotiationQuery], Known]

KINDS = ("bargain", "commons", "donor")


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
        harvests = commons.Table(agents, rules, shared)
        commons.play(harvests)
        return compare(
            rng, agents, rules, harvests.world(), harvests.outcome(), lambda query: commons.answer(harvests, query)
        )
    bargain = random_games.bargain(rng, rules)
    agents = people(len(bargain.parties))
    bargaining = table.Table(agents, rules, bargain)
    play.play(bargaining)
    return compare(
        rng,
        agents,
        rules,
        bargaining.world(),
        bargaining.outcome(),
        lambda query: answers.answer(bargaining, query, placed(query)),
    )


def placed(query: NegotiationQuery) -> Callable[[Reply], str]:
    """Moves of a `reply` query by their place."""
    moves = query.moves if isinstance(query, ReplyQuery) else []
    return lambda move: str(moves.index(move))


def people(n: int) -> list[Agent]:
    return [Agent(id=f"a{k}", name=f"Person {k}", role="party") for k in range(n)]


def compare(
    rng: random.Random, agents: list[Agent], rules: Any, world: NegotiationWorld, outcome: Outcome, answer: Answer
) -> tuple[int, list[str]]:
    judging = import_module(f"madata.validators.negotiation.{world.game.kind}").GAME
    derived: Game = judging(world.model_dump(), rules.model_dump(), [agent.model_dump() for agent in agents])
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
            judged: Any = derived.answer({"query": query.model_dump(), "options": options})
        except Wrong as wrong:
            judged = wrong
        if isinstance(known, Exception) and isinstance(judged, Exception):
            continue
        compared += 1
        if isinstance(known, Exception) or isinstance(judged, Exception) or tuple(known) != tuple(judged):
            found.append(f"{query!r}: generator {known!r}, validator {judged!r}")
    return compared, found
