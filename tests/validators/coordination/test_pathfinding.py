"""Pathfinding by hand: who may go where, who is in the way, and the least rounds against a search by the book."""

from itertools import product
from random import Random

import pytest

from madata.tests.validators.coordination.maps import least_rounds, pathfinding, pathfinding_world
from madata.validators.coordination.games.pathfinding import EFFORT, Pathfinding
from madata.validators.coordination.grid import Grid, settled, together
from madata.validators.coordination.search import Effort
from madata.validators.trial import Wrong

# 3 columns: 0 1 2 / 3 4 5 / 6 7 8
OPEN = "01. ... ..."


@pytest.mark.parametrize(
    ("places", "intended", "to"),
    [
        ((0, 1), (1, 2), (1, 2)),  # to follow is allowed
        ((0, 1), (1, 0), (0, 1)),  # to swap is not
        ((0, 2), (1, 1), (0, 2)),  # nor to meet
        ((0, 1), (1, 1), (0, 1)),  # nor to run into one who stays
        ((0, 1, 2), (1, 2, 2), (0, 1, 2)),  # who is stopped stops those behind
        ((0, 1, 4, 3), (1, 4, 3, 0), (1, 4, 3, 0)),  # to go round is allowed
        ((0, 2, 4), (1, 1, 1), (0, 2, 4)),
        ((0, 1, 5), (1, 0, 4), (0, 1, 4)),  # others are free to go
    ],
)
def test_moves_that_collide_are_not_made(places, intended, to):
    assert settled(places, intended) == to


def test_together_is_all_that_does_not_collide_in_order():
    grid = Grid(2, 3, frozenset({5}))
    places = (0, 1, 4)
    options = [list(grid.moves[place].values()) for place in places]
    expected = [to for to in product(*options) if settled(places, to) == to]
    assert list(together(places, options)) == expected


def test_a_grid_has_walls_and_ways_around_them():
    grid = Grid(3, 3, frozenset({1, 4}))
    assert grid.moves[0] == {0: 0, 2: 3} and grid.moves[8] == {0: 8, 1: 5, 4: 7}
    assert grid.beside(4) == (7, 5, 3)
    assert grid.away((2,))[0] == 6 and grid.nearer(0, (2,)) == 2 and grid.nearer(2, (2,)) == 0
    assert grid.apart(0, 5) == 3
    assert Grid(1, 3, frozenset({1})).reached(0) == {0}


def test_moves_open_are_those_on_the_grid_that_enter_no_wall():
    game = pathfinding("0#. 1.. ...", [8, 2])
    assert game.openings(game.start(), 0, 0) == [0, 2]  # into the square of the other, who may leave it
    assert game.openings(game.start(), 0, 1) == [0, 1, 2, 3]
    assert game.advance(game.start(), 0, {0: 2, 1: 3}) == (3, 4)
    assert game.advance(game.start(), 0, {0: 2}) == (0, 3)
    assert game.advance(game.start(), 0, {0: 3}) == (0, 3), "an act that is not open does nothing"
    assert game.collides(game.start(), (2, 0)) and not game.collides(game.start(), (2, 3))


def test_the_plan_is_the_first_of_the_shortest():
    game = pathfinding("0.. ... ..1", [2, 8])
    assert game.optimum == 2
    assert game.joint(game.start(), 0, 0, (2, 8)) == (3, 0)
    assert [joint[1] for joint in game.good(game.start(), 0, (2, 8))] == [0, 1, 4], "time enough to step aside and back"


def test_who_is_in_the_way_makes_room_even_if_it_does_not_know_its_goal():
    game = pathfinding("01. #.#", [2, 0])
    assert game.remaining(game.start(), 0, (2, None)) == 2  # into the bay, and back
    assert game.joint(game.start(), 0, 0, (2, None)) == (3, 2)
    assert game.optimum == 3
    assert game.alone(game.start(), 0, 0, (2, None)) == 3 and game.alone(game.start(), 0, 1, (2, None)) == 0


def test_there_can_be_no_end():
    corridor = pathfinding("0.1", [2, 0])
    assert corridor.optimum is None and not corridor.possible and corridor.certified
    assert corridor.joint(corridor.start(), 0, 0, (2, 0)) == (0, 0)
    assert pathfinding("0.1", [1, 1]).optimum is None, "one goal for two"
    assert pathfinding("01. #..", [0, 3]).optimum is None, "a goal in a wall"


def test_what_came_of_it():
    events = [{"kind": "act", "time": time, "agent": "a0", "action": 3} for time in range(2)]
    game = pathfinding("0.. 1..", [2, 3], events=events, rounds=4)
    assert game.record.states == [(0, 3), (1, 3), (2, 3)]
    assert game.milestones(game.record) == [("Anna at the goal", 1), ("Ben at the goal", 0)]
    assert game.success(game.record) and game.cost(game.record) == game.optimum == 2 and game.least == 2


def test_a_whole_game_by_its_scripts():
    world, conventions, agents = pathfinding_world("0.1", [1, 2])
    world["events"] = [
        {"kind": "inform", "time": 0, "agent": "a0", "to": ["a1"], "arrives": [0], "choice": None}
        | {"facts": [{"fact": "f0", "value": 1}]},
        {"kind": "inform", "time": 0, "agent": "a1", "to": ["a0"], "arrives": [0], "choice": None}
        | {"facts": [{"fact": "f1", "value": 2}]},
        {"kind": "act", "time": 0, "agent": "a0", "action": 3},
    ]
    game = Pathfinding(world, conventions, agents)
    assert list(game.illegal()) == [] and list(game.unscripted()) == []
    outcome = game.outcome()
    assert outcome["success"] and outcome["cost"] == outcome["optimum"] == outcome["rounds"] == 1
    assert outcome["milestones"] == [{"name": "Anna at the goal", "time": 0}, {"name": "Ben at the goal", "time": 0}]
    assert game.within_reach(0) == {"A1", "B1", "C1"}


def drawn(random: Random) -> tuple[str, list[int]]:
    rows, columns, agents = random.choice([(2, 3, 2), (3, 3, 3), (1, 5, 2), (2, 4, 3), (3, 4, 2)])
    signs = [random.choice("...#") for _ in range(rows * columns)]
    places = random.sample(range(rows * columns), agents)
    for agent, place in enumerate(places):
        signs[place] = str(agent)
    free = [square for square, sign in enumerate(signs) if sign != "#"]
    text = "".join(signs)
    return " ".join(text[row * columns : (row + 1) * columns] for row in range(rows)), random.sample(free, agents)


@pytest.mark.parametrize("seed", range(40))
def test_the_least_rounds_are_those_of_a_search_by_the_book(seed):
    world, goals = drawn(Random(seed))
    game = pathfinding(world, goals)
    assert game.optimum == least_rounds(game, game.start())
    start, agents = game.start(), range(len(goals))
    good = [
        joint
        for joint in product(*(game.openings(start, 0, agent) for agent in agents))
        if game.optimum
        and not game.collides(start, joint)
        and game.remaining(game.advance(start, 0, dict(enumerate(joint))), 1, game.world.truth) == game.optimum - 1
    ]
    assert list(game.good(start, 0, game.world.truth)) == good
    for agent in agents:
        assert game.parts(start, 0, agent, game.world.truth) == {joint[agent] for joint in good}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("squares", ["A1"] * 9),
        ("squares", ["A1"]),
        ("walls", [9]),
        ("walls", [0]),
        ("walls", [8, 8]),
        ("starts", [0]),
        ("starts", [0, 0]),
        ("starts", [0, 9]),
        ("goals", ["f0"]),
        ("goals", ["f0", "f0"]),
        ("goals", ["f0", "f7"]),
    ],
)
def test_what_does_not_fit_is_named(field, value):
    world, conventions, agents = pathfinding_world(OPEN, [8, 7])
    world["game"][field] = value
    with pytest.raises(Wrong):
        Pathfinding(world, conventions, agents)


def test_a_game_too_hard_is_named():
    game = pathfinding("01. ... ...", [8, 7])
    game.effort = Effort(5)
    with pytest.raises(Wrong, match="looking at 5 states"):
        game.remaining(game.start(), 0, game.world.truth)
    assert EFFORT >= 100_000
