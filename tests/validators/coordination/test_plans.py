"""The three games of deliberation: what plans work, cost and use, and which are best, against every plan there is."""

from itertools import permutations, product
from random import Random

import pytest

from madata.tests.validators.coordination.records import Json, allocation, game, maze, propose, schedule
from madata.validators.coordination import cheapest
from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.games.allocation import Allocation
from madata.validators.trial import Wrong


def deliberation(given: Json) -> Deliberation:
    judged = game(given)
    assert isinstance(judged, Deliberation)
    return judged


def brute_force(judged: Deliberation, plans: list[tuple[int, ...]]) -> tuple[tuple[int, ...] | None, int | None]:
    """The best plan and the fewest uncommon facts, of all plans."""
    truth, common = judged.world.truth, judged.world.common
    working = [plan for plan in plans if plan and judged.works(plan, truth)]
    if not working:
        return None, None
    lowest = min(judged.price(plan, truth) for plan in working)
    best = [plan for plan in working if judged.price(plan, truth) == lowest]
    return min(best), min(sum(not common[fact] for fact in judged.uses(plan)) for plan in best)


def check(judged: Deliberation, plans: list[tuple[int, ...]]) -> None:
    best, least = brute_force(judged, plans)
    assert judged.best(judged.world.truth) == best
    assert judged.least == least


@pytest.mark.parametrize("seed", range(60))
def test_best_ways(seed: int) -> None:
    random = Random(seed)
    cells = ["S", "G", *random.choices(".#", [3, 1], k=7)]
    random.shuffle(cells)
    drawn, known = "".join(cells), "".join(random.choice("01*-") for _ in cells)
    rows = " ".join(drawn[row : row + 3] for row in (0, 3, 6))
    given = maze(rows, known, "- -")
    if not seed % 6:
        given["game"]["goal"] = given["game"]["start"]
    plans = [plan for length in range(7) for plan in product(range(4), repeat=length)]
    check(deliberation(given), plans)


def test_a_way_in_a_maze() -> None:
    judged = deliberation(maze("S.. .#. ..G", "*** *** ***", "- -"))
    truth = judged.world.truth
    assert judged.best(truth) == (1, 1, 2, 2)
    assert judged.works((1, 2, 0, 2, 1, 1), truth) is False
    assert judged.obstacles((1, 2, 0, 2, 1, 1), truth) == [4]
    assert judged.uses((2, 3, 1)) == [0, 1, 3]
    assert judged.uses((0, 2, 2)) == [0]
    assert judged.works((1, 1, 2), truth) is False
    assert judged.works((), truth) is False
    assert judged.plan_text((1, 2)) == "south, east"
    assert judged.plan_text(()) == "it cannot be done"


def test_a_way_has_no_more_steps_than_decisions() -> None:
    few = [{"id": f"d{number}", "name": f"step {number}", "scale": "s1"} for number in range(3)]
    assert deliberation(maze("S#G ...", "*** ***", "- -", decisions=few)).optimum is None
    assert deliberation(maze("S#G ...", "*** ***", "- -")).optimum == 4


def test_nobody_begins_in_a_wall() -> None:
    given = maze("S.G", "***", "- -")
    given["facts"][0]["value"] = 1
    assert deliberation(given).optimum is None


@pytest.mark.parametrize("seed", range(40))
def test_best_schedules(seed: int) -> None:
    random = Random(seed)
    count, slots, meetings = random.choice([2, 3]), random.choice([2, 3, 4]), random.choice([1, 2, 3])
    calendars = ["".join(random.choice("0012") for _ in range(slots)) for _ in range(count)]
    groups = ["".join(sorted(random.sample("012"[:count], 2))) for _ in range(meetings)]
    given = schedule(calendars, groups, "- " * count)
    for each in given["facts"]:
        each["known"] = random.choice([each["known"], [f"a{agent}" for agent in range(count)]])
    check(deliberation(given), list(product(range(slots), repeat=meetings)))


def test_a_schedule() -> None:
    judged = deliberation(schedule(["012", "001", "110"], ["01", "12"], "- - -"))
    truth = judged.world.truth
    assert (judged.works((0, 0), truth), judged.works((0, 1), truth), judged.works((2, 1), truth)) == (
        False,
        True,
        False,
    )
    assert judged.price((0, 1), truth) == 3
    assert judged.uses((0, 1)) == [0, 3, 4, 7]
    assert judged.obstacles((2, 1), truth) == [2]
    assert judged.plan_text((0, 1)) == "meeting 1: Monday; meeting 2: Tuesday"
    with pytest.raises(Wrong):
        judged.whole("plan", (0,))


def shortest(judged: Allocation, plan: tuple[int, ...]) -> int:
    """Every order of all tasks that can be, each task at the first hour that is free for it."""
    tasks, found = range(len(plan)), []
    for order in permutations(tasks):
        ends: dict[int, int] = {}
        for task in order:
            if not judged.before[task] <= ends.keys():
                break
            waits = [ends[other] for other in ends if plan[other] == plan[task] or other in judged.before[task]]
            ends[task] = max(waits, default=0) + judged.durations[task]
        else:
            found.append(max(ends.values()))
    return min(found)


@pytest.mark.parametrize("seed", range(40))
def test_best_allocations(seed: int) -> None:
    random = Random(seed)
    count, tasks = random.choice([2, 3]), random.choice([1, 2, 3, 4])
    costs = ["".join(random.choice("0112") for _ in range(tasks)) for _ in range(count)]
    before = [list(pair) for pair in permutations(range(tasks), 2) if pair[0] < pair[1] and random.random() < 0.4]
    given = allocation(
        costs, random.choices(range(1, 6), k=tasks), before, "- " * count, hour=random.choice([0, 1, 10])
    )
    for each in given["facts"]:
        each["known"] = random.choice([each["known"], [f"a{agent}" for agent in range(count)]])
    judged = deliberation(given)
    assert isinstance(judged, Allocation)
    plans = list(product(range(count), repeat=tasks))
    assert [judged.makespan(plan) for plan in plans] == [shortest(judged, plan) for plan in plans]
    check(judged, plans)


def test_an_allocation() -> None:
    judged = deliberation(allocation(["012", "200"], [2, 3, 1], [[0, 2]], "- -"))
    assert isinstance(judged, Allocation)
    truth = judged.world.truth
    assert judged.makespan((0, 1, 1)) == 4
    assert judged.makespan((0, 0, 1)) == 5
    assert judged.price((0, 1, 1), truth) == 43
    assert judged.works((1, 1, 1), truth) is False
    assert judged.obstacles((1, 1, 1), truth) == [3]
    assert judged.uses((0, 1, 1)) == [0, 4, 5]
    assert judged.plan_text((0, 1, 1)) == "task 1: Anna; task 2: Ben; task 3: Ben"


def changed(given: Json, **figures: object) -> Json:
    return given | {"game": given["game"] | figures}


SCHEDULE = schedule(["01", "10"], ["01"], "- -")
ALLOCATION = allocation(["01", "10"], [1, 2], [], "- -")
MAZE = maze("S.G", "***", "- -")


@pytest.mark.parametrize(
    ("given", "where"),
    [
        (changed(MAZE, rows=2), "game, squares"),
        (changed(MAZE, squares=["A", "A", "B"]), "game, squares"),
        (changed(MAZE, cells=["f0", "f1"]), "game, cells"),
        (changed(MAZE, cells=["f0", "f1", "f1"]), "game, cells"),
        (changed(MAZE, cells=["f0", "f1", "f9"]), "game, cells"),
        (changed(MAZE, start=3), "game, start"),
        (changed(MAZE, goal=7), "game, goal"),
        (MAZE | {"scales": [{"id": "s0", "values": ["open", "wall", "door"]}, MAZE["scales"][1]]}, "game, cells"),
        (MAZE | {"scales": [MAZE["scales"][0], {"id": "s1", "values": ["north", "south"]}]}, "decision d0, scale"),
        (changed(SCHEDULE, participants=[["a0", "a1"]] * 2), "game, participants"),
        (changed(SCHEDULE, participants=[["a1", "a0"]]), "game, participants of meeting 0"),
        (changed(SCHEDULE, slots=["Monday", "Friday"]), "decision d0, scale"),
        (changed(SCHEDULE, calendars=[["f0", "f1"]]), "game, calendars"),
        (changed(SCHEDULE, calendars=[["f0", "f1"], ["f2"]]), "game, calendars"),
        (changed(SCHEDULE, calendars=[["f0", "f1"], ["f2", "f1"]]), "game, calendars"),
        (changed(SCHEDULE, costs=[0, 1, 2]), "game, calendars"),
        (changed(ALLOCATION, durations=[1]), "game, durations"),
        (changed(ALLOCATION, costs=[["f0", "f1"]]), "game, costs"),
        (changed(ALLOCATION, costs=[["f0", "f1"], ["f2", "f0"]]), "game, costs"),
        (changed(ALLOCATION, costs=[["f0", "f1"], ["f2", "f8"]]), "game, costs"),
        (changed(ALLOCATION, coins=[1]), "game, costs"),
        (changed(ALLOCATION, before=[[0, 2]]), "game, before"),
        (changed(ALLOCATION, before=[[0, 1], [1, 0]]), "game, before"),
        (changed(ALLOCATION, before=[[1, 1]]), "game, before"),
        (
            ALLOCATION | {"scales": [ALLOCATION["scales"][0], {"id": "s1", "values": ["A", "B", "C"]}]},
            "decision d0, scale",
        ),
    ],
)
def test_figures_that_do_not_fit(given: Json, where: str) -> None:
    with pytest.raises(Wrong) as caught:
        game(given)
    assert caught.value.fault.where == where


def test_plans_are_whole() -> None:
    with pytest.raises(Wrong) as caught:
        game(schedule(["01", "10"], ["01", "01"], "- -"), [propose(0, 0, "1", [0])])
    assert caught.value.fault.where == "event 0, plan"


def test_a_search_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cheapest, "STEPS", 5)
    with pytest.raises(Wrong, match="best plans that 5 steps find"):
        _ = game(schedule(["0000", "0000"], ["01"] * 4, "- -")).optimum
