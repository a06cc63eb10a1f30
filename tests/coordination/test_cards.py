"""What players can tell of their cards and how good it could get, beside trying everything."""

import random
from collections import Counter
from functools import cache
from itertools import product

import pytest

from madata.generators.coordination import cards
from madata.generators.coordination.cards import Rules, fillings
from madata.generators.family import Rejected
from madata.schemas.coordination.games.hints import Hints


def rules(deck, *, agents=2, hand=2, colours=2, ranks=2, hints=2, mistakes=2, rounds=40, order=None):
    game = Hints(
        colours=["red", "blue", "green"][:colours],
        ranks=ranks,
        copies=[1] * ranks,
        deck=[f"f{card}" for card in range(len(deck))],
        hand=hand,
        hints=hints,
        mistakes=mistakes,
    )
    return Rules(game, deck, order or list(range(agents)), rounds)


@pytest.mark.parametrize("seed", range(60))
def test_possible_values_are_those_of_all_fillings(seed):
    rng = random.Random(seed)
    unseen = tuple(rng.randint(0, 2) for _ in range(4))
    places = tuple(rng.randint(1, 15) for _ in range(rng.randint(1, 3)))
    ways = [
        way
        for way in product(range(4), repeat=len(places))
        if all(values >> value & 1 for values, value in zip(places, way, strict=True))
        and all(count <= unseen[value] for value, count in Counter(way).items())
    ]
    expected = [sum(1 << value for value in {way[place] for way in ways}) for place in range(len(places))]
    assert fillings(places, unseen) == expected


def least_by_trying(game, table, t):
    """All open acts, misplays too."""

    @cache
    def least(table, t):
        if t == game.rounds:
            return game.missing(table)
        found = []
        for action in game.open(table, game.turn(t)):
            then = game.advance(table, t, action)
            # Neither does what hints have shown change what can be done.
            then = then._replace(shown=table.shown, touched=0)
            found.append(game.missing(then) if game.over(then, t) else least(then, t + 1))
        return min(found)

    return least(table._replace(touched=0), t)


SMALL = [(seed, *figures) for seed, figures in enumerate(product((2, 3), (1, 2), (0, 1, 2), (1, 2), (3, 20)))]


@pytest.mark.parametrize(("seed", "agents", "hand", "hints", "mistakes", "rounds"), SMALL)
def test_the_least_missing_is_that_of_trying_everything(seed, agents, hand, hints, mistakes, rounds):
    rng = random.Random(seed)
    deck = [0, 0, 1, 2, 2, 3] if agents * hand < 6 else [0, 0, 1, 1, 2, 2, 3]
    rng.shuffle(deck)
    game = rules(deck, agents=agents, hand=hand, hints=hints, mistakes=mistakes, rounds=rounds)
    table, t = game.deal(), 0
    while True:
        least = least_by_trying(game, table, t)
        assert game.least_missing(table, t) == least
        best = []
        for action in game.open(table, game.turn(t)):
            then = game.advance(table, t, action)
            ended = game.over(then, t) or t + 1 == game.rounds
            if (game.missing(then) if ended else least_by_trying(game, then, t + 1)) == least:
                best.append(action)
        assert game.best(table, t) == best != []
        table = game.advance(table, t, rng.choice(game.open(table, game.turn(t))))
        if game.over(table, t) or (t := t + 1) == game.rounds:
            break


def test_a_play_step_by_step():
    game = rules([0, 3, 1, 2, 2, 0], hints=1, mistakes=2)  # red 1, blue 2 | red 2, blue 1; blue 1, red 1
    table = game.deal()
    assert (table.hands, table.drawn, table.last) == (((0, 1), (2, 3)), 4, None)
    # Of a0: both places to play or discard; a1 has cards of both colours and ranks.
    assert game.open(table, 0) == [0, 1, 2, 3, 8, 9, 10, 11]
    assert [game.hint(action) for action in (8, 11)] == [(1, 0b0011), (1, 0b1010)]
    assert game.hints_on(1, 3) == (9, 11)
    table = game.advance(table, 0, 8)
    assert (table.hints, table.shown[2:4], table.touched) == (0, (0b0011, 0b1100), 0b0100)
    assert game.open(table, 1) == [0, 1, 2, 3]
    table = game.advance(table, 1, 3)
    # A discard gives the hint back, and the card drawn comes last.
    assert (table.hints, table.hands[1], table.drawn, table.last) == (1, (2, 4), 5, None)
    table = game.advance(table, 2, 1)
    # Blue 2 does not fit; the last card is drawn, and both have another turn.
    assert (table.mistakes, table.piles, table.hands[0], table.last) == (1, (0, 0), (0, 5), 4)
    assert not game.over(table, 2) and not game.over(table, 3) and game.over(table, 4)
    table = game.advance(table, 3, 2)
    assert (table.hints, table.hands[1]) == (1, (4,))
    table = game.advance(table, 4, 0)
    assert (table.piles, game.missing(table)) == ((1, 0), 3)


def test_hints_that_touch_nothing_are_not_open():
    game = rules([0, 0, 1, 1, 2, 3])
    assert game.open(game.deal(), 0) == [0, 1, 2, 3, 8, 11]
    assert game.open(game.deal()._replace(hints=0), 0) == [0, 1, 2, 3]


def test_passing_is_open_only_if_nothing_else_is():
    game = rules([0, 1, 2, 3], hints=1)
    table = game.deal()._replace(hands=((), (2, 3)))
    assert (game.deal().last, game.passing) == (1, 12)
    assert game.open(table, 0) == [9, 10, 11]
    assert game.open(table._replace(hints=0), 0) == [12]
    assert game.advance(table, 0, 12) == table


def test_what_others_hold_and_hints_leave_out_tells_a_card():
    # One of each, two cards to a hand, none to draw: what a0 does not see it holds.
    game = rules([0, 3, 1, 2])
    table = game.deal()
    assert game.possible(table, 0) == [0b1001, 0b1001]
    table = game.advance(table, 1, 4)  # a1: which of a0 are red
    assert game.possible(table, 0) == [0b0001, 0b1000]


def test_a_search_without_end_is_given_up(monkeypatch):
    monkeypatch.setattr(cards, "STEPS", 0)
    game = rules([2, 5, 1, 0, 4, 3, 0, 3, 1, 4, 0, 3], colours=2, ranks=3, hints=4)
    with pytest.raises(Rejected, match="search"):
        game.least_missing(game.deal(), 0)
