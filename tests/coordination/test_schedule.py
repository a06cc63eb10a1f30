"""Meetings by hand, the solver against all plans, and what the family draws."""

import random
from itertools import combinations, product

import deliberations
import pytest

from madata.generators.coordination.families.schedule import KNOBS, ScheduleSession
from madata.schemas.coordination.games.schedule import Schedule

SUITS = ["convenient", "possible", "taken"]
COSTS = [0, 2]
TAKEN = 2


def schedule(participants, calendars, common=()):
    """`calendars`: a row an agent, a value a slot. Facts by number in `common` are known to all."""
    slots = [f"Monday at {8 + slot}" for slot in range(len(calendars[0]))]
    game = Schedule(
        slots=slots,
        participants=[[f"a{agent}" for agent in group] for group in participants],
        calendars=[[f"f{len(slots) * agent + slot}" for slot in range(len(slots))] for agent in range(len(calendars))],
        costs=COSTS,
    )
    entries = [(agent, slot, value) for agent, row in enumerate(calendars) for slot, value in enumerate(row)]
    facts = [
        (f"{deliberations.NAMES[agent]}'s {slots[slot]}", value, range(4) if number in common else [agent])
        for number, (agent, slot, value) in enumerate(entries)
    ]
    meetings = [f"the time of meeting {number}" for number in range(len(participants))]
    return ScheduleSession(deliberations.setting(game, SUITS, slots, facts, meetings))


def test_the_cheapest_slot_that_all_can_make():
    game = schedule([[0, 1]], [[0, 1, 1, 0], [2, 1, 0, 1]])
    assert not game.works((0,), game.truth)
    assert game.best(game.truth) == (2,)
    assert game.cost((1,), game.truth) == 4
    assert game.cost((3,), game.truth) == 2


def test_meetings_with_a_participant_in_common_have_different_slots():
    shared = schedule([[0, 1], [1, 2]], [[0, 0], [0, 0], [0, 0], [0, 0]])
    assert shared.best(shared.truth) == (0, 1)
    assert not shared.works((1, 1), shared.truth)
    apart = schedule([[0, 1], [2, 3]], [[0, 0], [0, 0], [0, 0], [0, 0]])
    assert apart.best(apart.truth) == (0, 0)


def test_a_plan_rests_on_the_calendars_of_those_who_take_part():
    game = schedule([[0, 1], [1, 2]], [[0, 2], [1, 0], [0, 2], [2, 2]])
    assert game.uses((1, 0)) == [1, 2, 3, 4]
    assert game.obstacles((1, 1), game.truth) == [1, 5]
    assert not game.works((0,), game.truth)


def test_nothing_works_if_somebody_is_always_taken():
    game = schedule([[0, 1]], [[0, 2], [2, 0]])
    assert game.best(game.truth) is None
    assert game.least(game.truth) is None


def test_least_is_over_all_cheapest_plans():
    game = schedule([[0, 1]], [[0, 0, 1], [0, 0, 0]], common={1, 4, 5})
    assert game.best(game.truth) == (0,)
    assert game.least(game.truth) == 0


@pytest.mark.parametrize("seed", range(60))
def test_against_all_plans(seed):
    rng = random.Random(seed)
    slots = rng.randint(2, 5)
    calendars = [[rng.choice([0, 0, 1, TAKEN]) for _ in range(slots)] for _ in range(4)]
    participants = [sorted(rng.sample(range(4), rng.randint(2, 3))) for _ in range(rng.randint(1, 3))]
    game = schedule(participants, calendars, common={number for number in range(4 * slots) if rng.random() < 0.4})
    found = []
    for plan in product(range(slots), repeat=len(participants)):
        entries = [(agent, slot) for group, slot in zip(participants, plan, strict=True) for agent in group]
        clash = any(
            plan[a] == plan[b] and {*participants[a]} & {*participants[b]}
            for a, b in combinations(range(len(participants)), 2)
        )
        works = not clash and all(calendars[agent][slot] != TAKEN for agent, slot in entries)
        assert game.works(plan, game.truth) == works
        if works:
            cost = sum(COSTS[calendars[agent][slot]] for agent, slot in entries)
            private = len([fact for fact in game.uses(plan) if fact not in game.known.common])
            assert game.cost(plan, game.truth) == cost
            found.append((cost, plan, private))
    assert game.best(game.truth) == (min(found)[1] if found else None)
    assert game.least(game.truth) == min((private for cost, _, private in found if cost == min(found)[0]), default=None)


def test_there_is_something_at_stake():
    deliberations.check_stakes("schedule")


def test_the_same_seed_gives_the_same_world():
    deliberations.check_repeats("schedule")


def test_names_are_told_apart():
    deliberations.check_names("schedule")


def test_teams_find_the_times():
    deliberations.check_play("schedule")


@pytest.mark.parametrize("knob", KNOBS)
def test_the_ends_of_each_knob_give_games(knob):
    for end in (KNOBS[knob].minimum, KNOBS[knob].maximum):
        assert any(deliberations.build("schedule", seed, **{knob: end}) for seed in range(5))


def test_everybody_takes_part_in_something():
    for session in deliberations.drawn("schedule"):
        assert {agent for group in session.world.game.participants for agent in group} == {*session.ids}
