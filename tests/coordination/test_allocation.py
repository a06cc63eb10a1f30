"""Work shared out by hand, the solver against all assignments, and what the family draws."""

import random
from itertools import product

import deliberations
import pytest

from madata.generators.coordination.families.allocation import KNOBS, AllocationSession
from madata.schemas.coordination.games.allocation import Allocation

COINS = [2, 5]
NEVER = 2


def allocation(durations, before, prices, hour=1, common=()):
    """`prices`: a row an agent, a value a task."""
    tasks = len(durations)
    game = Allocation(
        durations=durations,
        before=before,
        costs=[[f"f{tasks * agent + task}" for task in range(tasks)] for agent in range(len(prices))],
        coins=COINS,
        hour=hour,
    )
    entries = [(agent, task, value) for agent, row in enumerate(prices) for task, value in enumerate(row)]
    facts = [
        (f"{deliberations.NAMES[agent]}'s price for task {task}", value, range(4) if number in common else [agent])
        for number, (agent, task, value) in enumerate(entries)
    ]
    decisions = [f"the one who does task {task}" for task in range(tasks)]
    values = ["2 coins", "5 coins", "out of the question"]
    return AllocationSession(deliberations.setting(game, values, list(deliberations.NAMES), facts, decisions))


def test_time_and_prices_are_weighed():
    prices = [[0, 0], [1, 1], [1, 1], [1, 1]]
    cheap = allocation([1, 1], [], prices, hour=1)
    assert cheap.best(cheap.truth) == (0, 0)
    assert cheap.cost((0, 0), cheap.truth) == 2 + 4
    hurried = allocation([1, 1], [], prices, hour=10)
    assert hurried.best(hurried.truth) == (0, 1)
    assert hurried.cost((0, 1), hurried.truth) == 10 + 7


def test_tasks_wait_for_those_before_them():
    game = allocation([3, 2, 4], [[0, 1], [2, 1]], [[0] * 3] * 4)
    assert game.cost((0, 1, 2), game.truth) == 6 + 6
    assert game.cost((0, 0, 0), game.truth) == 9 + 6


def test_who_cannot_is_an_obstacle():
    game = allocation([1, 1], [], [[2, 0], [0, 2], [0, 0], [0, 0]])
    assert game.obstacles((0, 1), game.truth) == [0, 3]
    assert game.uses((1, 0)) == [1, 2]
    assert not game.works((0, 2), game.truth)
    assert not game.works((1,), game.truth)
    assert not game.works((), game.truth)


def test_nothing_works_if_nobody_can_do_a_task():
    game = allocation([1, 1], [], [[0, 2]] * 4)
    assert game.best(game.truth) is None
    assert game.least(game.truth) is None


def test_least_is_over_all_cheapest_plans():
    game = allocation([1], [], [[0], [0], [1], [2]], common={1})
    assert game.best(game.truth) == (0,)
    assert game.least(game.truth) == 0


def makespan(durations, before, plan):
    """The least of all ends, looked for by the hour: at each hour any set of tasks that can begin then begins."""
    tasks = range(len(durations))

    def finish(begun, hour):
        if len(begun) == len(durations):
            return max(begun[task] + durations[task] for task in tasks)
        ready = [
            task
            for task in tasks
            if task not in begun
            and all(
                first in begun and begun[first] + durations[first] <= hour for first, then in before if then == task
            )
            and all(begun[other] + durations[other] <= hour for other in begun if plan[other] == plan[task])
        ]
        ends = [finish({**begun, task: hour}, hour) for task in ready]
        if any(start + durations[task] > hour for task, start in begun.items()):
            ends.append(finish(begun, hour + 1))
        return min(ends)

    return finish({}, 0)


@pytest.mark.parametrize("seed", range(40))
def test_against_all_assignments(seed):
    rng = random.Random(seed)
    tasks = rng.randint(1, 3)
    durations = [rng.randint(1, 4) for _ in range(tasks)]
    before = [[i, j] for i in range(tasks) for j in range(i + 1, tasks) if rng.random() < 0.4]
    prices = [[rng.choice([0, 1, NEVER]) for _ in range(tasks)] for _ in range(4)]
    common = {number for number in range(4 * tasks) if rng.random() < 0.4}
    hour = rng.randint(0, 3)
    game = allocation(durations, before, prices, hour, common)
    found = []
    for plan in product(range(4), repeat=tasks):
        values = [prices[agent][task] for task, agent in enumerate(plan)]
        assert game.works(plan, game.truth) == (NEVER not in values)
        if NEVER not in values:
            cost = hour * makespan(durations, before, plan) + sum(COINS[value] for value in values)
            private = len([fact for fact in game.uses(plan) if fact not in game.known.common])
            assert game.cost(plan, game.truth) == cost
            found.append((cost, plan, private))
    assert game.best(game.truth) == (min(found)[1] if found else None)
    assert game.least(game.truth) == min((private for cost, _, private in found if cost == min(found)[0]), default=None)


def test_there_is_something_at_stake():
    deliberations.check_stakes("allocation")


def test_the_same_seed_gives_the_same_world():
    deliberations.check_repeats("allocation")


def test_names_are_told_apart():
    deliberations.check_names("allocation")


def test_teams_share_out_the_work():
    deliberations.check_play("allocation")


@pytest.mark.parametrize("knob", KNOBS)
def test_the_ends_of_each_knob_give_games(knob):
    for end in (KNOBS[knob].minimum, KNOBS[knob].maximum):
        assert any(deliberations.build("allocation", seed, **{knob: end}) for seed in range(5))


def test_links_follow_the_usual_order_and_none_from_others():
    for session in deliberations.drawn("allocation"):
        before = [tuple(pair) for pair in session.world.game.before]
        assert all(first < then for first, then in before)
        assert not [(a, c) for a, b in before for b_, c in before if b == b_ and (a, c) in before]
