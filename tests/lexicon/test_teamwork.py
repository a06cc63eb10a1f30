"""What teams settle can be named and told apart."""

import random
import re
from itertools import permutations

from madata.generators.lexicon import _items
from madata.generators.lexicon.teamwork import DAYS, _teamwork, meetings, places, slots, tasks

MEETINGS = {role: _items(line) for role, line in _teamwork()["meetings"].items()}
TASKS = _teamwork()["tasks"]


def apart(names):
    return not [(a, b) for a, b in permutations(names, 2) if f" {a} " in f" {b} "]


def test_enough_of_everything():
    assert len({place for _, place in places()}) >= 40
    assert len({matter for matters in MEETINGS.values() for matter in matters}) >= 40
    assert len({doing for work in TASKS.values() for doing in work}) >= 40
    assert min(map(len, MEETINGS.values())) >= 6
    assert min(map(len, TASKS.values())) >= 8


def test_names_are_plain_words_and_no_part_of_others():
    groups = [*MEETINGS.values(), *map(list, TASKS.values())]
    assert [name for group in groups for name in group if not re.fullmatch("[a-zA-Z ]+", name)] == []
    assert all(apart(group) for group in groups)


def test_what_is_done_is_what_somebody_does():
    """The same verb and the same thing: "painting the fence", "paints the fence"."""
    for work in TASKS.values():
        for doing, does in work.items():
            (verb, *thing), (third, *same) = doing.split(), does.split()
            assert thing == same
            assert verb.endswith("ing") and third.endswith("s")
            assert verb[:2] == third[:2]


def test_what_is_drawn_belongs_together():
    rng = random.Random(0)
    for _ in range(50):
        role, matters = meetings(rng, 4)
        assert len({*matters}) == 4 and {*matters} <= {*MEETINGS[role]}
        role, work = tasks(rng, 5)
        usual = list(TASKS[role])
        assert [usual.index(task.doing) for task in work] == sorted(usual.index(task.doing) for task in work)
        assert all(TASKS[role][task.doing] == task.does for task in work)


def test_times_are_in_the_order_of_the_week():
    rng = random.Random(0)
    for n in (4, 12) * 50:
        times = slots(rng, n)
        days = [next(i for i, day in enumerate(DAYS) if time.startswith(day)) for time in times]
        assert len({*times}) == n
        assert days == sorted(days)
