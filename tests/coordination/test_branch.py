"""Branch and bound against looking at every plan, and makespans against every order of the tasks."""

import random
from itertools import permutations, product

import pytest

from madata.generators.coordination.branch import cheapest
from madata.generators.coordination.makespan import Makespan


def table(rng):
    return [[rng.choice([None, 0, 1, 2, 5]) for _ in range(rng.randint(2, 5))] for _ in range(rng.randint(1, 4))]


@pytest.mark.parametrize("seed", range(100))
def test_the_cheapest_plan_is_found_and_of_several_the_first(seed):
    rng = random.Random(seed)
    costs = table(rng)

    def different(plan):
        return None if plan.count(plan[-1]) > 1 else 0

    plans = [
        (sum(row[value] for row, value in zip(costs, plan, strict=True)), plan)
        for plan in product(*(range(len(row)) for row in costs))
        if len({*plan}) == len(plan) and all(row[value] is not None for row, value in zip(costs, plan, strict=True))
    ]
    found = cheapest(costs, different)
    assert (found.cost, found.plan) == min(plans) if plans else found.plan is None


def by_orders(durations, before, doers):
    """The shortest serial schedule of all orders that keep `before`."""
    best = sum(durations)
    for order in permutations(range(len(durations))):
        if any(order.index(first) > order.index(then) for first, then in before):
            continue
        ends, free = {}, {}
        for task in order:
            start = max([free.get(doers[task], 0), *(ends[first] for first, then in before if then == task)])
            ends[task] = free[doers[task]] = start + durations[task]
        best = min(best, max(ends.values()))
    return best


@pytest.mark.parametrize("seed", range(60))
def test_makespans_are_those_of_the_best_order(seed):
    rng = random.Random(seed)
    tasks = rng.randint(1, 6)
    durations = [rng.randint(1, 6) for _ in range(tasks)]
    before = [[i, j] for i in range(tasks) for j in range(i + 1, tasks) if rng.random() < 0.3]
    makespan = Makespan(durations, before)
    for _ in range(5):
        doers = [rng.randrange(3) for _ in range(tasks)]
        assert makespan(doers) == by_orders(durations, before, doers)


def test_waiting_for_a_task_before_counts():
    assert Makespan([2, 3, 4], [[0, 1]])([0, 1, 0]) == 6
    assert Makespan([2, 3, 4], [[0, 1]])([0, 1, 2]) == 5


def test_a_beginning_gives_the_time_with_hands_enough_for_the_rest():
    makespan = Makespan([2, 3, 4], [])
    assert makespan([0, 0]) == 5
    assert makespan([]) == 4
