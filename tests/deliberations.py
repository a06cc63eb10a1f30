"""Sessions of the deliberation games, by hand or as their families draw them."""

import random
import re
from functools import cache

from madata.generators import make
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.stakes import needed
from madata.generators.family import Rejected
from madata.schemas import Agent
from madata.schemas.coordination.language import Conventions, Decision, Fact, Player, Scale
from madata.schemas.coordination.world import CoordinationWorld

NAMES = ("Anna", "Bram", "Carys", "Dario")
SIZE = 150


def setting(game, values, choices, facts, decisions):
    """Agents `a0`, .. know facts (name, value, known) of one scale and decide by another; nobody does anything."""
    agents = [Agent(id=f"a{number}", name=name, role="colleague") for number, name in enumerate(NAMES)]
    world = CoordinationWorld(
        game=game,
        scales=[Scale(id="s0", values=values), Scale(id="s1", values=choices)],
        facts=[
            Fact(id=f"f{number}", name=name, scale="s0", value=value, known=[f"a{agent}" for agent in known])
            for number, (name, value, known) in enumerate(facts)
        ],
        decisions=[Decision(id=f"d{number}", name=name, scale="s1") for number, name in enumerate(decisions)],
        actions=[],
        order=[agent.id for agent in agents],
        rounds=4,
        bandwidth=3,
        fates=[],
        players=[Player(agent=agent.id, behaviour="silent") for agent in agents],
        events=[],
    )
    return Setting(agents, Conventions(), world)


def build(name, seed, **asked):
    """As the family draws it, the knobs asked for fixed; None where the dice leave no game."""
    family = make.families("coordination")[name]
    rng = random.Random(f"{name}/{seed}")
    knobs = {knob: rng.randint(about.low, about.high) for knob, about in sorted(family.knobs.items())} | asked
    assert family.conflict(knobs) is None
    try:
        return family.build(rng, knobs).session
    except Rejected:
        return None


@cache
def drawn(name):
    found = [build(name, seed) for seed in range(SIZE)]
    return [session for session in found if session]


def check_stakes(name):
    """Most draws give a game; in all of them talk matters, and in some it cannot be done."""
    sessions = drawn(name)
    assert len(sessions) >= 0.92 * SIZE
    assert all(needed(session, session.truth) for session in sessions)
    everybody = sum(needed(session, session.truth) == len(session.ids) for session in sessions)
    assert everybody >= 0.5 * len(sessions)
    impossible = sum(session.best(session.truth) is None for session in sessions)
    assert 0.06 <= impossible / len(sessions) <= 0.25
    known = [len(fact.known) for session in sessions for fact in session.world.facts]
    assert 0.02 <= sum(n > 1 for n in known) / len(known) <= 0.35


def check_names(name):
    """Names of facts, decisions and values can be told apart in a text that joins them."""
    for session in drawn(name):
        facts = [fact.name for fact in session.world.facts]
        decisions = [decision.name for decision in session.world.decisions]
        values = [value for scale in session.world.scales for value in scale.values]
        every = [*facts, *decisions, *values]
        assert not [each for each in every if re.search(r"[;:]|, ", each) or not each.isascii()]
        assert len({*facts, *decisions}) == len(facts) + len(decisions)
        padded = [f" {each} " for each in (*facts, *decisions)]
        assert not [(a, b) for a in padded for b in padded if a is not b and a in b]


def check_play(name):
    """Teams of one mind whom nothing disturbs, and who have the time to tell all, find what there is to find."""
    undisturbed = [session for session in drawn(name) if calm(session)]
    assert len(undisturbed) >= SIZE // 8
    for session in undisturbed:
        result = session.run().result()
        assert result.success
        assert result.cost == result.optimum
        assert (result.plan == []) == (result.optimum is None)


def calm(session):
    world = session.world
    news = max(sum(fact.value > 0 and agent in fact.known for fact in world.facts) for agent in session.ids)
    return (
        all(player.behaviour == "team" and not player.switch and not player.leaves for player in world.players)
        and not world.fates
        and world.rounds >= news / world.bandwidth + 4
    )


def check_repeats(name):
    for seed in range(3):
        assert build(name, seed).world == build(name, seed).world
