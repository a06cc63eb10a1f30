import random
from collections import deque
from contextlib import suppress
from itertools import permutations, product

import pytest
from cbs import GaveUp, makespan

from madata.generators.coordination import mapf
from madata.generators.coordination.grid import Grid
from madata.generators.coordination.mapf import Convoy
from madata.generators.coordination.walking import settled
from madata.generators.family import Rejected


def ways(moves, state):
    """All joint actions without collision, and where they lead, by trying every one."""
    for joint in product(range(5), repeat=len(state)):
        after = tuple(moves[square][action] for square, action in zip(state, joint, strict=True))
        if None not in after and settled(state, after) == list(after):
            yield joint, after


def lengths(moves, goals):
    """Of each state from which it can be done the number of rounds; moves can be undone, so from the end backwards."""
    found = {goals: 0}
    ahead = deque([goals])
    while ahead:
        state = ahead.popleft()
        for _, before in ways(moves, state):
            if before not in found:
                found[before] = found[state] + 1
                ahead.append(before)
    return found


def instance(rng, rows, columns, agents, walls):
    grid = Grid(rows, columns, rng.sample(range(rows * columns), walls))
    free = [square for square in range(rows * columns) if square not in grid.walls]
    return grid.neighbours, tuple(rng.sample(free, agents)), tuple(rng.sample(free, agents))


@pytest.mark.parametrize(("agents", "size"), [(2, 3), (2, 4), (3, 3)])
def test_all_states_of_small_grids_against_exhaustive_search(agents, size):
    rng = random.Random(f"{agents} on {size}")
    for walls in range(size * size // 3 + 1):
        moves, _, goals = instance(rng, size, size, agents, walls)
        exact = lengths(moves, goals)
        free = sorted({square for state in exact for square in state})
        states = list(permutations(free, agents))
        convoy = Convoy(moves, goals)
        for state in rng.sample(states, min(40, len(states))):
            assert convoy.length(state) == exact.get(state)
            best = [joint for joint, after in ways(moves, state) if exact.get(after, -2) == exact.get(state, -2) - 1]
            assert list(convoy.firsts(state)) == best
            assert convoy.first(state) == (best or [(0,) * agents])[0]


@pytest.mark.parametrize("walls", [0, 1])
def test_four_agents_in_a_crowd(walls):
    """On five squares there is one to turn in, and not every order can be had."""
    moves, start, goals = instance(random.Random(5), 2, 3, 4, walls)
    exact = lengths(moves, goals)
    free = sorted({*start, *goals})
    convoy = Convoy(moves, goals)
    found = {state: convoy.length(state) for state in permutations(free, 4)}
    assert {state: length for state, length in found.items() if length is not None} == {
        state: length for state, length in exact.items() if state in found
    }
    assert (None in found.values()) == bool(walls)


@pytest.mark.parametrize("agents", [3, 4, 6])
def test_many_agents_against_conflict_based_search(agents):
    rng = random.Random(f"{agents} agents")
    compared = 0
    for _ in range(25):
        moves, start, goals = instance(rng, 7, 7, agents, 14)
        with suppress(GaveUp, Rejected):
            length = Convoy(moves, goals).length(start)
            if length is not None:
                assert makespan(moves, start, goals, 300) == length
                compared += 1
    assert compared >= 8


def test_a_way_of_many_agents_keeps_its_length():
    rng = random.Random(6)
    for _ in range(10):
        moves, state, goals = instance(rng, 8, 8, 5, 12)
        convoy = Convoy(moves, goals)
        left = convoy.length(state)
        # A new convoy knows nothing of what the first one worked out.
        for rounds in reversed(range(left or 0)):
            after = tuple(moves[square][action] for square, action in zip(state, convoy.first(state), strict=True))
            assert settled(state, after) == list(after)
            state = after
            assert Convoy(moves, goals).length(state) == rounds
        assert left is None or state == goals


def test_a_swap_needs_room():
    corridor = Grid(1, 4).neighbours
    assert Convoy(corridor, (2, 1)).length((1, 2)) is None
    # With a niche beside the second square: one steps aside.
    niche = Grid(2, 4, [4, 6, 7]).neighbours
    assert Convoy(niche, (2, 1)).length((1, 2)) == 3
    # Three can go round in a ring at once, and four, but two go the long way.
    ring = Grid(2, 2).neighbours
    assert Convoy(ring, (1, 3, 2, 0)).length((0, 1, 3, 2)) == 1
    assert Convoy(ring, (1, 0)).length((0, 1)) == 3


def test_one_goal_for_two_is_no_end():
    convoy = Convoy(Grid(2, 2).neighbours, (0, 0))
    assert convoy.length((0, 1)) is None
    assert convoy.first((0, 1)) == (0, 0)
    assert list(convoy.firsts((0, 1))) == []


def test_too_many_steps_reject_the_attempt(monkeypatch):
    monkeypatch.setattr(mapf, "STEPS", 20)
    with pytest.raises(Rejected, match="too_hard: no joint way found in 20 steps"):
        Convoy(Grid(6, 6).neighbours, (35, 34, 33)).length((0, 1, 2))


@pytest.mark.parametrize(
    ("here", "intended", "there"),
    [
        # One follows into a square that is left; a ring of three.
        ((0, 1), (1, 2), [1, 2]),
        ((0, 1, 3), (1, 3, 0), [1, 3, 0]),
        # A swap, and both into one square.
        ((0, 1), (1, 0), [0, 1]),
        ((0, 2), (1, 1), [0, 2]),
        # Into one that stays; and whoever follows one that is held up is held up too.
        ((0, 1), (1, 1), [0, 1]),
        ((0, 1, 2, 4), (1, 2, 3, 3), [0, 1, 2, 4]),
        # A third one is not concerned.
        ((0, 1, 5), (1, 0, 6), [0, 1, 6]),
    ],
)
def test_collisions(here, intended, there):
    assert settled(here, intended) == there
