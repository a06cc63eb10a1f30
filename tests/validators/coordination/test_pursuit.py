"""Pursuit by hand: enclosing, sight, the track, and what those do who do not know; matchings against all ways."""

from itertools import permutations, product
from random import Random

import pytest

from madata.tests.validators.coordination.maps import pursuit, pursuit_world
from madata.validators.coordination.games.pursuit import Pursuit, matched
from madata.validators.trial import Wrong

# 3 columns: 0 1 2 / 3 4 5 / 6 7 8
CORNER = "0.. ..1 ..."


def test_a_target_is_enclosed_on_all_its_free_sides():
    game = pursuit(CORNER, [0, 8], 1, moving=False)  # it stays on 8, between 5 and 7
    assert not game.done((0, 5), 0) and game.done((7, 5), 0) and not game.done((5, 5), 0)
    walled = pursuit("0.. ..1 .#.", [0, 8], 1, moving=False)
    assert walled.done((0, 5), 0), "no one can stand in a wall, and none has to"
    nowhere = pursuit("0.1 ..# .#.", [0, 8], 1, moving=False)
    assert not nowhere.done((0, 2), 0) and nowhere.optimum is None and nowhere.least is None


def test_rounds_are_what_the_slowest_needs():
    game = pursuit(CORNER, [0, 8], 1, moving=False)
    assert game.optimum == 3  # a0 to 7; a1 is there
    assert game.joint(game.start(), 0, 0, (1,)) == (2, 0)
    assert list(game.good(game.start(), 0, (1,)))[-1] == (3, 4), "or the other goes to 7, and the first to 5"
    assert game.remaining((5, 5), 0, (1,)) == 2
    assert game.remaining((7, 5), 0, (1,)) == 0 and game.joint((7, 5), 0, 0, (1,)) == (0, 0)


def test_a_moving_target_is_met_where_it_comes_to():
    game = pursuit("0.. ... ..1", [4, 2], 0, moving=True)  # at 4 at even times, at 2 at odd ones, between 1 and 5
    assert game.place(0, 0) == 4 and game.place(0, 1) == 2 and game.place(1, 1) == 4
    assert game.optimum == 1 and game.joint(game.start(), 0, 0, (0,)) == (3, 1)
    assert game.remaining(game.start(), 1, (0,)) == 2, "on 4 it has four sides; so a round is waited"
    assert game.remaining(game.start(), 1, (1,)) == 1
    assert pursuit("0.. ... ..1", [4, 2], 0, moving=False).optimum is None


def test_agents_can_share_a_square():
    game = pursuit(CORNER, [0, 8], 1, moving=False)
    assert game.advance((4, 5), 0, {0: 3}) == (5, 5) and not game.collides((4, 5), (3, 0))
    world, conventions, agents = pursuit_world(CORNER, [0, 8])
    world["game"]["starts"] = [4, 4]
    assert Pursuit(world, conventions, agents).start() == (4, 4)


def test_sight_is_rows_plus_columns_apart():
    game = pursuit(CORNER, [0, 8], 1, moving=False, sight=1)
    assert game.observes((0, 5), 0) == [(1, 0)] and game.observes((4, 4), 0) == []
    moving = pursuit(CORNER, [0, 8], 1, sight=0)
    assert moving.observes((0, 5), 0) == [] and moving.observes((0, 5), 1) == [(0, 0)]


def test_who_does_not_know_follows_its_route():
    game = pursuit(CORNER, [0, 8], 1, moving=False, routes=[[3, 1], [2]])
    assert game.joint((0, 5), 0, 0, (None,)) == (3, 0) and game.joint((0, 5), 0, 1, (None,)) == (0, 2)
    assert game.joint((0, 5), 1, 0, (None,)) == (0, 0), "north of the grid is nothing"
    assert game.joint((3, 5), 1, 0, (None,)) == (1, 0)
    assert game.alone((0, 5), 0, 0, (None,)) == 3


def test_alone_one_goes_to_the_nearest_side():
    game = pursuit(CORNER, [0, 8], 1, moving=False)
    assert game.alone((0, 5), 0, 0, (1,)) == 2, "5 and 7 are as near: the smallest action that helps"
    assert game.alone((0, 2), 0, 1, (1,)) == 2 and game.alone((0, 5), 0, 1, (1,)) == 0
    assert game.alone((8, 5), 0, 0, (1,)) == 1


def test_what_came_of_it():
    acts = [("a0", 0, 2), ("a0", 1, 2), ("a0", 2, 3)]
    events = [{"kind": "act", "agent": agent, "time": time, "action": action} for agent, time, action in acts]
    game = pursuit(CORNER, [0, 8], 1, moving=False, sight=1, events=events, behaviours=["silent", "silent"])
    assert game.record.rounds == 3 and game.success(game.record) and game.cost(game.record) == 3
    assert game.milestones(game.record) == [("target seen", 0), ("target known to all", None), ("enclosed", 2)]
    assert game.record.observed == {(1, 0): 0}
    assert game.least == 1 and pursuit(CORNER, [0, 8], 1, moving=False, known=[0, 1]).least == 0


@pytest.mark.parametrize("seed", range(30))
def test_matchings_are_those_found_by_trying_all(seed):
    random = Random(seed)
    able = [frozenset(agent for agent in range(4) if random.random() < 0.4) for _ in range(random.randrange(1, 5))]
    tried = any(
        all(agent in each for agent, each in zip(some, able, strict=True)) for some in permutations(range(4), len(able))
    )
    assert matched(able) == tried


@pytest.mark.parametrize("seed", range(20))
def test_the_least_rounds_are_those_of_trying_all(seed):
    random = Random(seed)
    signs = [random.choice("....#") for _ in range(9)]
    for agent, square in enumerate(random.sample(range(9), 3)):
        signs[square] = str(agent)
    text = "".join(signs)
    track = [random.randrange(9) for _ in range(3)]
    game = pursuit(" ".join(text[row : row + 3] for row in (0, 3, 6)), track, random.randrange(3))
    layer, expected = {game.start()}, None
    for time in range(30):
        if any(game.done(state, time) for state in layer):
            expected = time
            break
        joints = {state: product(*(game.openings(state, time, agent) for agent in range(3))) for state in layer}
        layer = {game.advance(state, time, dict(enumerate(joint))) for state in joints for joint in joints[state]}
    assert game.optimum == expected
    if expected:
        good = [
            joint
            for joint in product(*(game.openings(game.start(), 0, agent) for agent in range(3)))
            if game.remaining(game.advance(game.start(), 0, dict(enumerate(joint))), 1, game.world.truth)
            == expected - 1
        ]
        assert list(game.good(game.start(), 0, game.world.truth)) == good
        for agent in range(3):
            assert game.parts(game.start(), 0, agent, game.world.truth) == {joint[agent] for joint in good}


@pytest.mark.parametrize(
    ("field", "value"),
    [("track", [0, 9]), ("routes", [[0]]), ("starts", [0]), ("walls", [5]), ("target", "f9"), ("track", [0, 1, 2])],
)
def test_what_does_not_fit_is_named(field, value):
    world, conventions, agents = pursuit_world(CORNER, [0, 8])
    world["game"][field] = value
    with pytest.raises(Wrong):
        Pursuit(world, conventions, agents)
