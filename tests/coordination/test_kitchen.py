import random
from collections import deque
from itertools import product

import pytest
from walking_games import acts, kitchen, milestones

from madata.generators.coordination.families.kitchen import (
    INGREDIENTS,
    KNOBS,
    LAYOUTS,
    SHUT,
    Cooker,
    Held,
    KitchenState,
    Thing,
    build,
    conflict,
    layout,
)
from madata.schemas.coordination.language import BestQuery, CanQuery, IntendsQuery, ReachQuery

# Ben stands next to the crate of onions, Anna next to dishes and window.
SMALL = ["#oP##", "#1.0D", "#t#W#"]
PUT, TAKE_SOUP, SERVE, TAKE_DISH, ONION, TOMATO = 5, 6, 7, 8, 9, 10


def test_a_team_cooks_together():
    session = kitchen(SMALL, ["team", "team"]).run()
    # The pot is above C2, where only one can stand. Ben puts the onion in at the end of round 2, it cooks for a round,
    # and Anna, with a dish since round 0, comes when he is out of the way.
    played = session.played
    assert played.success and played.cost == played.optimum and played.certified
    assert milestones(session) == {
        "first ingredient in the pot": 2,
        "pot full": 2,
        "soup on a dish": 4,
        "soup served": 6,
    }
    # With B2 free for Ben to go back to, Anna steps up in round 3, takes the soup in 4, goes back and serves.
    assert [row[1] for row in acts(session)[:4]] == [ONION, 3, PUT, 4]
    assert [row[0] for row in acts(session)[3:]] == [4, TAKE_SOUP, 3, SERVE]
    assert played.cost == 7 and played.least == 1


def test_who_does_not_know_takes_the_first_ingredient():
    session = kitchen(SMALL, ["silent", "silent"], recipe=1, known=[1], rounds=20).run()
    # Ben knows that it is tomato soup. Anna thinks it is of onions, so her part of the plan is another one.
    assert acts(session)[0][1] == TOMATO
    intends = IntendsQuery(agent="a0", time=0, actions=list(range(11)))
    assert session.answer_intends(intends).view == "a0"
    told = kitchen(SMALL, ["team", "team"], recipe=1, known=[1], rounds=20).run()
    assert told.played.success and told.played.cost == told.played.optimum == 7


def test_a_wrong_soup_is_served_for_nothing():
    session = kitchen(SMALL, ["silent", "silent"], recipe=1, known=[], rounds=30).run()
    # Both think it is of onions, cook that and serve it, and do it again.
    assert milestones(session)["soup served"] == 6
    assert not session.played.success and session.played.cost is None
    assert sum(row[0] == SERVE for row in acts(session)) > 1


def test_what_is_open():
    session = kitchen(SMALL, ["team", "team"]).run()
    every = list(range(11))
    assert session.answer_can(CanQuery(agent="a1", time=0, actions=every)).answer == [
        "stay",
        "go east",
        "take an onion",
        "take a tomato",
    ]
    # A move into somebody is open all the same.
    assert "go west" in session.answer_can(CanQuery(agent="a0", time=2, actions=every)).answer
    assert session.answer_reach(ReachQuery(agent="a0", squares=["A1", "B2", "C2", "D2"])).answer == ["B2", "C2", "D2"]
    assert "take an onion" in session.answer_best(BestQuery(agent="a1", time=0, actions=every)).answer


def test_both_put_in_the_last_portion():
    session = kitchen(["#o##", "P0##", "P1##", "tDW#"], ["team", "team"], portions=1)
    # Squares B2 and B3; the pot is A2, next to B2 alone.
    assert session.site.pot == (5,)
    session = kitchen(["####", "0P1#", "oDWt"], ["team", "team"], portions=1, cooking=2)
    onion = Held(Thing.INGREDIENT, 0)
    state = session.site.start._replace(held=(onion, onion))
    after = session.step(state, 0, (PUT, PUT))
    # In agent order: there is no room for Ben's, which he keeps.
    assert after.held == (Held(Thing.NOTHING), onion)
    assert after.pot == Cooker(1, 0, 2)
    # It cooks for two rounds after that one: then the soup can be taken.
    dish = after._replace(held=(Held(Thing.DISH), onion))
    once = session.step(dish, 1, (0, 0))
    assert TAKE_SOUP not in session.openings(once, 0)
    twice = session.step(once, 2, (0, 0))
    assert TAKE_SOUP in session.openings(twice, 0)
    soup = session.step(twice, 3, (TAKE_SOUP, 0))
    assert soup.held[0] == Held(Thing.SOUP, 0) and soup.pot == Cooker()


def test_a_soup_of_several_ingredients_is_of_none():
    session = kitchen(["####", "0P1#", "oDWt"], ["team", "team"], portions=2, cooking=0)
    held = (Held(Thing.INGREDIENT, 0), Held(Thing.INGREDIENT, 1))
    mixed = session.step(session.site.start._replace(held=held), 0, (PUT, PUT))
    assert mixed.pot.portions == 2 and mixed.pot.of not in (0, 1)
    for recipe in (0, 1):
        assert not session.step(
            mixed._replace(held=(Held(Thing.SOUP, mixed.pot.of), Held(Thing.NOTHING))), 1, (SERVE, 0)
        ).served, recipe


def test_what_cannot_be_done():
    shut = kitchen(["#oPW", "#10#", "#tD#"], ["team", "team"], rounds=3).run()
    assert shut.played.optimum is None and shut.played.certified and shut.played.least is None
    assert acts(shut) == [[0, 0]] * 3
    # Neither can pass anything over the counter, but the pot is on it: apart, they can do it.
    apart = kitchen(["#o#D#", "#0P1W", "#t###"], ["team", "team"]).run()
    assert apart.played.success and apart.played.optimum == 5
    no_pot = kitchen(["#o#D#", "#0#1P", "#t#W#"], ["team", "team"], rounds=2).run()
    assert no_pot.played.optimum is None


def exhaustive(session, start, recipe):
    """The least number of rounds by trying all that is open, round by round."""
    seen = {start}
    ahead = deque([(start, 0)])
    while ahead:
        state, rounds = ahead.popleft()
        if state.served:
            return rounds
        for joint in product(session.openings(state, 0), session.openings(state, 1)):
            if session.settle(state, joint) == joint:
                after = session.step(state, 0, joint)
                if after not in seen:
                    seen.add(after)
                    ahead.append((after, rounds + 1))
    return None


@pytest.mark.parametrize(
    ("rows", "portions", "cooking"),
    [(["#oP##", "#1.0D", "#t#W#"], 2, 1), (["##oD#", "P01.W", "##t.#"], 1, 3), (["#oD#", "P01t", "#.W#"], 2, 0)],
)
def test_two_cooks_against_exhaustive_search(rows, portions, cooking):
    rng = random.Random(f"{rows} {portions} {cooking}")
    session = kitchen(rows, ["team", "team"], portions=portions, cooking=cooking)
    nothing = [Held(Thing.NOTHING), Held(Thing.DISH)]
    things = nothing + [Held(thing, of) for thing in (Thing.INGREDIENT, Thing.SOUP) for of in (0, 1)]
    pots = [Cooker(), Cooker(1, 1, cooking if portions == 1 else 0), Cooker(portions, 0, 0)]
    lengths = []
    for _ in range(12):
        squares = tuple(rng.sample(session.site.floor, 2))
        state = KitchenState(squares, (rng.choice(things), rng.choice(things)), rng.choice(pots))
        lengths.append(session.site.rounds(state, 0))
        assert lengths[-1] == exhaustive(session, state, 0), state
    assert len(set(lengths)) > 3


def test_three_cooks_have_a_bound():
    rows = ["#oP##", "#012D", "#.t.W", "#####"]
    session = kitchen(rows, ["team"] * 3, portions=3, cooking=2, rounds=40).run()
    # Anna stands at the crate (take: 1) and is a step from the pot (1 + 1), as are crate and pot (D = 1); the pot's
    # square is two steps from the one next to the window (W = 2): 0 + 1 + 1 + 1, no second trip, 2 + 1, 2 + 1.
    assert session.played.optimum == 3 + 3 + 3
    assert not session.played.certified
    shut = kitchen(["#oP#W", "#012#", "#.tD#", "#####"], ["team"] * 3, rounds=5).run()
    assert shut.played.optimum is None and shut.played.certified


def test_three_cooks_do_what_each_would_do_alone():
    session = kitchen(["#oP##", "#012D", "#.t.W", "#####"], ["team"] * 3, known=[0, 1, 2], rounds=3).run()
    # Anna takes an onion; Ben, to the west of whom the crate is, would enter her square; Cara likewise.
    assert acts(session)[0] == [ONION, 4, 4]
    assert session.states[1].squares == session.states[0].squares


def drawn(seed):
    rng = random.Random(seed)
    knobs = {name: rng.randint(knob.low, knob.high) for name, knob in sorted(KNOBS.items())}
    return None if conflict(knobs) else build(rng, knobs).session


def test_instances():
    sessions = [session.run() for seed in range(60) if (session := drawn(seed))]
    impossible = [session for session in sessions if session.played.optimum is None]
    assert 1 <= len(impossible) <= 12 and not any(session.played.success for session in impossible)
    two = [session for session in sessions if len(session.ids) == 2 and session not in impossible]
    assert any(session.played.cost == session.played.optimum for session in two)
    assert any(session.played.success for session in sessions if len(session.ids) > 2)
    for session in sessions:
        assert session.rounds <= session.world.rounds <= 40
        if session.played.success:
            assert session.played.cost >= session.played.optimum


def test_layouts():
    shut = []
    for number in range(LAYOUTS):
        made = layout(number, 5, 5, 3)
        stations = [made.pot, made.dishes, made.window, *made.crates]
        assert len(set(stations)) == 6 and set(stations) <= set(made.counters)
        assert sorted([*made.counters, *made.floor]) == list(range(25))
        corners = {0, 4, 20, 24}
        if corners.intersection(stations):
            shut.append(number)
    assert shut and all(number % SHUT == 0 for number in shut)
    assert len({layout(number, 5, 5, 3) for number in range(LAYOUTS)}) == LAYOUTS


def test_the_same_seed_gives_the_same_world():
    assert drawn(3).run().finished() == drawn(3).run().finished()


def test_names():
    assert len(set(INGREDIENTS)) == len(INGREDIENTS)
    assert not any(one != other and one in other.split() for one in INGREDIENTS for other in INGREDIENTS)
    session = drawn(5)
    assert session.world.facts[0].name == "the ingredient of the day"
    assert set(session.world.scales[0].values) <= set(INGREDIENTS)
    assert len(session.world.actions) == 9 + len(session.game.crates)


def test_knobs():
    least = {name: knob.minimum for name, knob in KNOBS.items()}
    assert conflict(least) is None
    assert conflict(least | {"agents": 3}) == "3 cooks need at least 5 squares within the counters, not 4"
