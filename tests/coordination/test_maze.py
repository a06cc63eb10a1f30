"""The maze by hand, its solver against all ways, and what the family draws."""

import random

import deliberations
import pytest

from madata.generators.coordination.families.maze import KNOBS, MazeSession
from madata.generators.coordination.grid import names
from madata.schemas.coordination.games.maze import Maze
from madata.schemas.coordination.language import ReachQuery

NORTH, SOUTH, EAST, WEST = range(4)


def maze(rows, start, goal, known=lambda square: [0]):
    """A map drawn with `#` for walls."""
    cells = "".join(rows)
    game = Maze(
        rows=len(rows),
        columns=len(rows[0]),
        squares=list(names(len(rows), len(rows[0]))),
        cells=[f"f{square}" for square in range(len(cells))],
        start=start,
        goal=goal,
    )
    facts = [
        (f"square {name}", int(cell == "#"), known(square))
        for square, (name, cell) in enumerate(zip(game.squares, cells, strict=True))
    ]
    steps = [f"step {step + 1}" for step in range(len(cells) - 1)]
    return MazeSession(
        deliberations.setting(game, ["open", "a wall"], ["north", "south", "east", "west"], facts, steps)
    )


def test_the_best_way_is_the_first_of_the_shortest():
    game = maze(["...", "...", "..."], 0, 8)
    assert game.best(game.truth) == (SOUTH, SOUTH, EAST, EAST)
    around = maze(["..#", "#..", "..."], 0, 8)
    assert around.best(around.truth) == (EAST, SOUTH, SOUTH, EAST)
    assert around.cost(around.best(around.truth), around.truth) == 4


def test_no_way_through_walls():
    assert maze([".#.", ".#.", ".#."], 0, 2).best((0, 1, 0) * 3) is None
    assert maze([".#.", ".#.", ".#."], 0, 2).best((0,) * 9) == (EAST, EAST)
    shut = maze(["...", "...", "..#"], 0, 8)
    assert shut.best(shut.truth) is None
    assert shut.least(shut.truth) is None


def test_what_a_way_uses_is_where_it_leads_from_the_start_on():
    game = maze(["..#", "...", "..."], 3, 5)
    detour = (NORTH, EAST, EAST, SOUTH)
    assert game.uses(detour) == [0, 1, 2, 3, 5]
    assert game.obstacles(detour, game.truth) == [2]
    assert not game.works(detour, game.truth)
    assert game.works((EAST, WEST, EAST, EAST), game.truth)
    assert game.uses((EAST, WEST, EAST, EAST)) == [3, 4, 5]


def test_a_way_that_leaves_the_grid_or_ends_elsewhere_does_not_work():
    game = maze(["...", "...", "..."], 3, 5)
    assert not game.works((WEST, EAST, EAST, EAST), game.truth)
    assert game.uses((NORTH, NORTH, SOUTH)) == [0, 3]
    assert not game.works((EAST,), game.truth)
    assert not game.works((), game.truth)


def test_least_counts_each_private_square_of_the_best_way_once():
    common = {0, 1, 2, 5, 8}
    game = maze(["...", "...", "..."], 0, 8, lambda square: range(4) if square in common else [square % 4])
    assert game.least(game.truth) == 0
    other = maze(["...", "...", "..."], 0, 8, lambda square: range(4) if square in {1, 5} else [0])
    assert other.least(other.truth) == 3


def test_squares_that_can_be_reached():
    game = maze(["..#", ".#.", "#.."], 0, 8)
    assert game.answer_reach(ReachQuery(squares=["B1", "C3", "A1", "C1", "A2"])).answer == ["B1", "A1", "A2"]


def test_a_way_is_read_step_by_step():
    assert maze(["...", "...", "..."], 0, 8).described((SOUTH, EAST)) == "south, east"


def ways(game, square, walls, been):
    """All ways to the goal that enter no square twice."""
    if square == game.game.goal:
        yield ()
        return
    for move, other in enumerate(game.grid.neighbours[square][1:]):
        if other is not None and other not in walls and other not in been:
            for rest in ways(game, other, walls, {*been, other}):
                yield (move, *rest)


@pytest.mark.parametrize("seed", range(60))
def test_against_all_ways(seed):
    rng = random.Random(seed)
    rows, columns = rng.randint(2, 4), rng.randint(2, 4)
    drawing = ["".join(rng.choices(".#", (7, 4), k=columns)) for _ in range(rows)]
    start, goal = rng.sample(range(rows * columns), 2)
    game = maze(drawing, start, goal, lambda square: range(4) if rng.random() < 0.4 else [square % 4])
    walls = {square for square, value in enumerate(game.truth) if value}
    found = [] if walls & {start, goal} else list(ways(game, start, walls, {start}))
    assert all(game.works(way, game.truth) for way in found)
    best = min(((len(way), way) for way in found), default=(None, None))[1]
    assert game.best(game.truth) == best
    private = [
        len([fact for fact in game.uses(way) if fact not in game.known.common])
        for way in found
        if len(way) == len(best)
    ]
    assert game.least(game.truth) == min(private, default=None)


def test_there_is_something_at_stake():
    deliberations.check_stakes("maze")


def test_the_same_seed_gives_the_same_world():
    deliberations.check_repeats("maze")


def test_names_are_told_apart():
    deliberations.check_names("maze")


def test_teams_find_the_way():
    deliberations.check_play("maze")


@pytest.mark.parametrize("knob", KNOBS)
def test_the_ends_of_each_knob_give_games(knob):
    for end in (KNOBS[knob].minimum, KNOBS[knob].maximum):
        assert any(deliberations.build("maze", seed, **{knob: end}) for seed in range(5))
