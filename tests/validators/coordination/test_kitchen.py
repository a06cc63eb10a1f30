"""Kitchen by hand: what is open, when the pot has cooked, who comes first; and the least rounds against a search by the
book."""

from random import Random

import pytest

from madata.tests.validators.coordination.maps import kitchen, kitchen_world, least_rounds
from madata.validators.coordination.games.kitchen import CRATE, DISH, PUT, SERVE, TAKE, Dish, Kitchen, State
from madata.validators.coordination.search import Effort
from madata.validators.trial import Wrong

# 5 columns; the floor is 6 7 8 / 11 12 13. Crates at 1 and 3, the pot at 10, dishes at 17, the window at 14.
SMALL = "#a#b# #0.1# p...w ##d##"


def test_what_is_open_is_what_hands_and_station_allow():
    game = kitchen(SMALL, portions=2)
    start = game.start()
    assert game.openings(start, 0, 0) == [0, 2, 3, CRATE] and game.openings(start, 0, 1) == [0, 2, 4, CRATE + 1]
    by_pot = start._replace(places=(11, 12))
    assert PUT not in game.openings(by_pot, 0, 0) and DISH in game.openings(by_pot, 0, 1)
    assert PUT in game.openings(by_pot._replace(hands=(1, None)), 0, 0), "the wrong ingredient too"
    full = by_pot._replace(hands=(0, 0), pot=(0, 0))
    assert PUT not in game.openings(full, 0, 0) and DISH not in game.openings(full, 0, 1)
    ready = full._replace(hands=(Dish(), None))
    assert TAKE in game.openings(ready, 0, 0)
    assert TAKE not in game.openings(ready._replace(wait=1), 0, 0)
    assert TAKE not in game.openings(ready._replace(pot=(0,)), 0, 0)
    assert SERVE in game.openings(State((13, 6), (Dish((1, 0)), None)), 0, 0)
    assert SERVE not in game.openings(State((13, 6), (Dish(), None)), 0, 0)


def test_the_pot_has_cooked_at_the_beginning_of_round_t_plus_1_plus_cooking():
    game = kitchen(SMALL, cooking=2)
    state = State((11, 7), (0, Dish()))
    state = game.advance(state, 4, {0: PUT})  # so it has cooked at the beginning of round 7
    assert state.hands == (None, Dish()) and state.pot == (0,)
    opened = []
    for time in (5, 6, 7):
        opened.append(TAKE in game.openings(state._replace(places=(8, 11)), time, 1))
        state = game.advance(state, time, {})
    assert opened == [False, False, True]
    at_once = kitchen(SMALL, cooking=0)
    assert TAKE in at_once.openings(
        at_once.advance(State((7, 11), (Dish(), 0)), 0, {1: PUT})._replace(places=(11, 7)), 1, 0
    )


def test_acts_are_done_in_agent_order_and_those_that_come_too_late_do_nothing():
    game = kitchen("#pab# .0.1. ##dw#", portions=1)
    both = State((6, 8), (0, 1))
    game.layout = game.layout._replace(pot=(6, 8))
    after = game.advance(both, 0, {0: PUT, 1: PUT})
    assert after.pot == (0,) and after.hands == (None, 1)
    after = game.advance(State((6, 8), (Dish(), Dish()), (0,)), 0, {0: TAKE, 1: TAKE})
    assert after.pot == () and after.hands == (Dish((0,)), Dish())
    not_yet = game.advance(State((6, 8), (0, Dish())), 0, {0: PUT, 1: TAKE})
    assert not_yet.pot == (0,) and not_yet.hands == (None, Dish()), "it was not open at the beginning"


def test_cooks_who_work_stay_and_are_in_the_way():
    game = kitchen(SMALL)
    beside = State((7, 8), (None, None))
    assert game.collides(beside, (3, CRATE + 1)) and not game.collides(beside, (3, 2))
    after = game.advance(beside, 0, {0: 3, 1: CRATE + 1})
    assert after.places == (7, 8) and after.hands == (None, 1)


def test_only_the_right_soup_is_an_end():
    game = kitchen(SMALL, portions=2, recipe=1)
    wrong = game.advance(State((13, 6), (Dish((1, 0)), None)), 0, {0: SERVE})
    assert not game.done(wrong, 1) and wrong.hands == (None, None)
    assert game.done(game.advance(State((13, 6), (Dish((1, 1)), None)), 0, {0: SERVE}), 1)


def test_the_least_rounds_by_hand():
    game = kitchen(
        SMALL
    )  # a0: take, south, put. a1: south, west, dish; then to the pot, take, three to the window, serve
    # Rounds 0 to 2: it is in. a1 has a dish after round 2, but a0 has to leave 11 first (round 3: both move), takes in
    # round 4, goes to 13 in rounds 5 and 6, and serves in round 7.
    assert game.optimum == 8 and game.certified and game.least == 1
    assert kitchen(SMALL, cooking=5).optimum == 12  # it has cooked at the beginning of round 8
    assert kitchen(SMALL, known=[0, 1]).least == 0


def test_the_recipe_unknown_is_the_first():
    game = kitchen(SMALL, recipe=1)
    start = game.start()
    assert game.remaining(start, 0, (None,)) == game.remaining(start, 0, (0,)) == 8
    assert game.alone(start, 0, 1, (None,)) == 4 and game.alone(start, 0, 1, (1,)) == CRATE + 1


def test_there_can_be_no_end():
    game = kitchen(SMALL)
    stuck = State((6, 8), (0, 0), (1,))
    assert game.remaining(stuck, 0, (0,)) is None and game.joint(stuck, 0, 0, (0,)) == (0, 0)
    assert game.remaining(State((6, 8), (None, 0), (1,)), 0, (0,)) is not None, "the wrong soup can be served first"
    apart = kitchen("#a#b# #0#1# p.#.w ##d##")
    assert apart.optimum is None and apart.least is None and not apart.possible


def test_alone():
    game = kitchen(SMALL, portions=2)

    def alone(place, held, pot=(), wait=0):
        return game.alone(State((place, 8), (held, None), pot, wait), 0, 0, (0,))

    assert alone(6, None) == CRATE and alone(7, None) == 4
    assert alone(6, 0) == 2 and alone(11, 0) == PUT and alone(11, 0, (0, 0)) == 0 and alone(11, 1) == 0
    assert alone(12, None, (0, 0)) == DISH and alone(6, None, (0, 0)) == 2
    assert alone(11, Dish(), (0, 0)) == TAKE and alone(11, Dish(), (0, 0), wait=1) == 0 and alone(13, Dish()) == 4
    assert alone(13, Dish((1, 1))) == SERVE and alone(11, Dish((0, 0))) == 3


def test_more_cooks_do_what_they_would_do_alone_and_there_is_a_bound():
    game = kitchen("#a#b# #012# p...w ##d##", portions=3, cooking=4)
    assert game.joint(game.start(), 0, 2, (0,)) == (CRATE, 4, 4) and game.remaining(game.start(), 0, (0,)) is None
    # The first portion: 0 moves, take, 1 move, put = 3. All others come at once. Cooking 4, take, 2 moves, serve.
    assert game.optimum == 3 + 4 + 1 + 2 + 1 and not game.certified
    assert kitchen("#a#b# #012# p...w ##d##", portions=3, cooking=4, recipe=1).optimum == (1 + 3 + 1) + 8
    more = kitchen("#a#b# #012# p..3w ##d##", portions=3)
    assert more.optimum == 3 + 1 + 2 + 1
    apart = kitchen("#a#b# #0#1# p2#.w ##d##")
    assert apart.optimum is None and apart.certified


def test_what_came_of_it():
    work = [("a0", CRATE), ("a1", 2), ("a0", 2), ("a1", 4), ("a0", PUT), ("a1", DISH), ("a0", 1), ("a1", 4)]
    times = [0, 0, 1, 1, 2, 2, 3, 3, 4, 5, 6, 7]
    rest = [("a1", TAKE), ("a1", 3), ("a1", 3), ("a1", SERVE)]
    events = [
        {"kind": "act", "agent": agent, "time": time, "action": action}
        for (agent, action), time in zip([*work, *rest], times, strict=True)
    ]
    game = kitchen(SMALL, events=events, behaviours=["silent", "silent"])
    assert list(game.illegal()) == []
    assert game.success(game.record) and game.cost(game.record) == game.optimum == 8
    assert [time for _, time in game.milestones(game.record)] == [2, 2, 4, 7]
    wrong = kitchen(SMALL, events=events, behaviours=["silent", "silent"], recipe=1)
    assert not wrong.success(wrong.record) and wrong.record.rounds == 11, "given up"
    assert wrong.milestones(wrong.record)[-1] == ("soup served", 7), "right or not"


def drawn(random: Random) -> str:
    rows, columns = random.choice([(3, 3), (3, 4), (4, 3)])
    signs = [random.choice("....#") for _ in range(rows * columns)]
    for square, sign in zip(random.sample(range(rows * columns), 7), "abpdw01", strict=True):
        signs[square] = sign
    text = "".join(signs)
    return " ".join(text[row * columns : (row + 1) * columns] for row in range(rows))


@pytest.mark.parametrize("seed", range(60))
def test_the_least_rounds_are_those_of_a_search_by_the_book(seed):
    random = Random(seed)
    portions, cooking = random.choice([1, 1, 2]), random.choice([0, 1, 3])
    game = kitchen(drawn(random), recipe=random.choice([0, 1]), portions=portions, cooking=cooking)
    hands = [None, 0, 1, Dish(), Dish((0,) * portions), Dish((1,) * portions)]
    pot = tuple(random.choice([0, 1]) for _ in range(random.randint(0, portions)))
    wait = random.randint(0, cooking) if len(pot) == portions else 0
    start = State(game.start().places, (random.choice(hands), random.choice(hands)), pot, wait)
    truth = game.world.truth
    assert game.remaining(start, 0, truth) == least_rounds(game, start)


@pytest.mark.parametrize(
    ("field", "value"),
    [("pot", 6), ("window", 99), ("crates", [1]), ("recipe", "f1"), ("starts", [6, 6]), ("starts", [1, 6])],
)
def test_what_does_not_fit_is_named(field, value):
    world, conventions, agents = kitchen_world(SMALL)
    world["game"][field] = value
    with pytest.raises(Wrong):
        Kitchen(world, conventions, agents)


def test_actions_that_do_not_fit_are_named():
    world, conventions, agents = kitchen_world(SMALL)
    with pytest.raises(Wrong, match="actions"):
        Kitchen(world | {"actions": world["actions"][:-1]}, conventions, agents)


def test_a_kitchen_too_hard_is_named():
    game = kitchen(SMALL)
    game.effort = Effort(5)
    with pytest.raises(Wrong, match="looking at 5 states"):
        game.remaining(game.start(), 0, (0,))
