import random
from itertools import product

import pytest
from walking_games import acts, milestones, pursuit

from madata.generators.coordination.families.pursuit import KNOBS, Chase, build, conflict
from madata.generators.coordination.grid import Grid
from madata.generators.coordination.known import Unasked
from madata.schemas.coordination.language import BestQuery

ROOM = ["a.b", ".x.", "c.d"]
CORNER = ["x..", "...", "a.b"]


def ends(grid, squares, ring):
    """Whether agents stand on all squares of the ring."""
    return bool(ring) and set(ring) <= set(squares)


def searched(chase, squares, place):
    """The least number of rounds by trying all joint moves."""
    states = {tuple(squares)}
    for rounds in range(chase.longest + 1):
        if any(ends(chase.grid, state, chase.ring(chase.place(place, rounds))) for state in states):
            return rounds
        states = {
            tuple(after)
            for state in states
            for after in product(*({square, *chase.grid.around(square)} for square in state))
        }
    return None


@pytest.mark.parametrize("moving", [False, True])
def test_all_there_is_against_exhaustive_search(moving):
    rng = random.Random(f"moving: {moving}")
    impossible = 0
    for _ in range(25):
        grid = Grid(3, 3, rng.sample(range(9), rng.randint(0, 3)))
        free = [square for square in range(9) if square not in grid.walls]
        track = rng.sample(free, 3)
        chase = Chase(grid, track, moving)
        squares = tuple(rng.choice(free) for _ in range(3))
        length = chase.length(squares, 0)
        assert length == searched(chase, squares, 0)
        impossible += length is None
        best = []
        for joint in product(range(5), repeat=3):
            after = tuple(grid.neighbours[square][action] for square, action in zip(squares, joint, strict=True))
            if length and None not in after and searched(chase, after, chase.place(0, 1)) == length - 1:
                best.append(joint)
        assert list(chase.joints(squares, 0)) == best
        for agent in range(3):
            assert chase.parts(squares, 0, agent) == sorted({joint[agent] for joint in best})
    assert moving or impossible


def test_a_team_encloses_what_one_knows():
    session = pursuit(ROOM, "abcd", "xa", ["team"] * 4, known=[0]).run()
    # Each takes one of the squares around the middle; Anna's smallest is to go south.
    assert session.played.success and (session.played.cost, session.played.optimum, session.played.least) == (1, 1, 1)
    assert acts(session) == [[2, 4, 3, 1]]
    assert milestones(session) == {"target seen": None, "target known to all": 0, "enclosed": 0}


def test_who_does_not_know_goes_its_rounds_until_it_sees():
    routes = [[1], [4, 4, 1, 3]]
    session = pursuit(CORNER, "ab", "xb", ["team", "team"], sight=2, routes=routes).run()
    # Anna sees it from two squares away at once, and Ben hears of it before he acts.
    assert milestones(session)["target seen"] == 0
    assert session.played.cost == session.played.optimum == 3
    alone = pursuit(CORNER, "ab", "xb", ["silent", "silent"], sight=1, routes=routes, rounds=6).run()
    # Anna sees it from A2 and waits for Ben to come to B1. He goes on to A3, from where A2 is nearer to him: so she
    # leaves it to him and goes to B1 herself, over A1.
    assert acts(alone) == [[1, 4], [0, 4], [1, 1], [3, 0]]
    assert milestones(alone) == {"target seen": 1, "target known to all": 3, "enclosed": 3}


def test_a_target_that_moves_is_awaited():
    # It goes to and fro between A1 and C1; where it will be in a round's time the two can be as soon.
    rows = ["xyz", "a.b"]
    session = pursuit(rows, "ab", "xyzy", ["team", "team"], known=[0, 1], moving=True).run()
    # Its neighbours: A2 and B1 of A1 (time 0), A1, C1 and B2 of B1 (time 1), B1 and C2 of C1 (time 2).
    assert session.played.optimum == 2 and session.played.success
    assert session.states[-1][1] == 5 and session.states[-1][0] == 1
    assert session.played.least == 0


def test_what_cannot_be_done():
    few = pursuit(ROOM, "abc", "xa", ["team"] * 3, known=[0, 1, 2], rounds=3).run()
    assert few.played.optimum is None and few.played.least is None and few.played.certified
    assert acts(few) == [[0, 0, 0]] * 3
    shut = pursuit(["x#.", "y#.", "##a", "b.."], "ab", "xy", ["team"] * 2, known=[0, 1], rounds=2).run()
    assert shut.played.optimum is None and not shut.played.success
    alone = pursuit(["x#.", "##a", "b.."], "ab", "xa", ["team"] * 2, known=[0, 1], rounds=2).run()
    assert alone.played.optimum is None and not alone.played.success
    with pytest.raises(Unasked):
        few.answer_best(BestQuery(agent="a0", time=0, actions=[0, 1]))


def test_who_thinks_of_itself_only_goes_to_the_nearest_square():
    session = pursuit(["ab.", "..x"], "ab", "xa", ["myopic", "myopic"], known=[0, 1], rounds=3).run()
    # Both are nearest to one of the two squares: Ben has two at the same distance, and takes the smallest action.
    assert acts(session) == [[2, 2], [3, 0], [0, 0]]
    assert session.states[-1] == (4, 4) and not session.played.success


def drawn(seed):
    rng = random.Random(seed)
    knobs = {name: rng.randint(knob.low, knob.high) for name, knob in sorted(KNOBS.items())}
    return build(rng, knobs).session


def test_instances():
    sessions = [drawn(seed).run() for seed in range(80)]
    impossible = [session for session in sessions if session.played.optimum is None]
    assert 3 <= len(impossible) <= 16 and not any(session.played.success for session in impossible)
    assert any(session.played.least == 1 and not session.world.facts[0].known for session in sessions)
    for session in sessions:
        game, optimum = session.game, session.played.optimum
        places = session.world.scales[0].values
        assert len(set(places)) == len(places)
        assert optimum is None or optimum >= 2
        if game.moving:
            # It goes to a neighbouring square each time.
            for here, there in zip(game.track, [*game.track[1:], game.track[0]], strict=True):
                assert there in session.grid.around(here)
        if session.played.success:
            assert session.played.cost >= optimum


def test_the_same_seed_gives_the_same_world():
    assert drawn(3).run().finished() == drawn(3).run().finished()


def test_knobs():
    least = {name: knob.minimum for name, knob in KNOBS.items()}
    assert conflict(least | {"agents": 4}) is None
    assert conflict(least | {"agents": 6}) == "6 agents need at least 10 squares that are no walls, not 9"
