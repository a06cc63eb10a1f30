"""The family `hints`: scripts played by hand, questions, and the decks drawn."""

import random
from collections import Counter

import pytest

from madata.generators.coordination.families.hints import (
    CERTAIN,
    COLOURS,
    FAMILY,
    KNOBS,
    MARKS,
    MOST_CARDS,
    HintsSession,
    build,
    conflict,
    copies_for,
)
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.setting import Setting
from madata.schemas import Agent
from madata.schemas.coordination.games.hints import Hints
from madata.schemas.coordination.language import (
    AwareQuery,
    BestQuery,
    CanQuery,
    Conventions,
    CouldQuery,
    Fact,
    IntendsQuery,
    KnowsQuery,
    LostQuery,
    MilestoneQuery,
    OptimumQuery,
    Player,
    PossibleQuery,
    RedundantQuery,
    Scale,
)
from madata.schemas.coordination.world import CoordinationWorld

RED1, RED2, BLUE1, BLUE2 = range(4)


def session(deck, behaviours=("team", "team"), *, hints=3, mistakes=2, copies=(2, 1), order=None, rounds=30):
    """Two cards to a hand, two colours, two ranks."""
    n = len(behaviours)
    ids = [f"a{agent}" for agent in range(n)]
    names = ["Anna", "Ben", "Cara"][:n]
    facts = [
        Fact(
            id=f"f{card}",
            name=f"the card marked {MARKS[card]}",
            scale="s0",
            value=value,
            known=[agent for agent in ids if card < 2 * n and agent != f"a{card // 2}"],
        )
        for card, value in enumerate(deck)
    ]
    which = ["are red", "are blue", "are of rank 1", "are of rank 2"]
    world = CoordinationWorld(
        game=Hints(
            colours=["red", "blue"],
            ranks=2,
            copies=list(copies),
            deck=[fact.id for fact in facts],
            hand=2,
            hints=hints,
            mistakes=mistakes,
        ),
        scales=[Scale(id="s0", values=["red 1", "red 2", "blue 1", "blue 2"])],
        facts=facts,
        decisions=[],
        actions=[
            *("play card 1", "play card 2", "discard card 1", "discard card 2"),
            *(f"tell {name} which cards {told}" for name in names for told in which),
            "pass",
        ],
        order=order or ids,
        rounds=rounds,
        bandwidth=1,
        fates=[],
        players=[
            Player(agent=agent, **(each if isinstance(each, dict) else {"behaviour": each}))
            for agent, each in zip(ids, behaviours, strict=True)
        ],
        events=[],
    )
    agents = [Agent(id=agent, name=name, role="guest") for agent, name in zip(ids, names, strict=True)]
    return HintsSession(Setting(agents, Conventions(), world))


def lines(played):
    return [f"{event.agent} {played.names.actions[event.action]}" for event in played.events]


DECK = [BLUE2, RED1, RED1, BLUE1, RED2, BLUE1]


def test_a_team_tells_what_can_be_played_and_plays_it():
    played = session(DECK).run()
    assert lines(played) == [
        # Of a1 the first fits. "Red" leaves it red 1 and red 2, "rank 1" red 1 and blue 1: as many, and so the colour.
        "a0 tell Ben which cards are red",
        # The second is not red, and a1 sees the blue 2.
        "a1 play card 2",
        # All of a1 are red now, so this time the rank says more.
        "a0 tell Ben which cards are of rank 1",
        "a1 play card 1",
        # The red 2 of a1 fits, but it can tell; red 1 and blue 2 are left to a0, who discards what would have fitted.
        "a0 discard card 1",
        "a1 play card 1",
    ]
    result = played.played
    assert (result.success, result.cost, result.optimum, played.efficiency(result)) == (False, 1, 0, 75)
    assert [each.time for each in result.milestones] == [1, 3, 5, None]
    assert (played.messages(), played.told(), played.redundant()) == (2, 2, [])


def test_the_silent_tell_what_others_hands_leave():
    played = session(DECK, ["silent", "silent"]).run()
    assert lines(played) == [
        "a0 discard card 1",
        # With both of rank 2 in sight or gone, what is left are those of rank 1.
        "a1 play card 1",
        "a0 discard card 1",
        # The last card was drawn in round 1, and each has had a turn since.
        "a1 play card 1",
    ]
    result = played.played
    assert (result.success, result.cost, result.optimum, result.certified, result.least) == (False, 2, 0, True, None)
    assert (played.messages(), played.efficiency(result)) == (0, 50)


def test_the_short_sighted_play_what_was_touched():
    # "Red" touches the first card of a1, a red 2, which it plays as it could be a red 1.
    played = session([RED1, BLUE2, RED1, RED2, BLUE1, BLUE1], ["team", "myopic"]).run()
    assert lines(played)[:2] == ["a0 tell Ben which cards are red", "a1 play card 1"]
    assert played.tables[2].piles == (1, 0)
    wrong = session([RED1, BLUE1, RED2, RED1, BLUE2, BLUE1], ["team", "myopic"]).run()
    assert lines(wrong)[:2] == ["a0 tell Ben which cards are red", "a1 play card 1"]
    assert wrong.tables[2].mistakes == 1


def test_mistakes_end_the_game():
    played = session([RED1, BLUE1, RED2, RED1, BLUE2, BLUE1], ["team", "myopic"], mistakes=1).run()
    assert (played.rounds, played.played.cost) == (2, 4)


def test_without_cards_one_passes():
    played = session([RED2, BLUE2, RED2, BLUE2], ["silent", "silent"], copies=(1, 2), rounds=9).run()
    assert (played.rounds, lines(played)) == (2, ["a0 discard card 1", "a1 discard card 1"])
    assert played.answer(PossibleQuery()).answer == ["no"]
    # All four cards are missing whatever they do, so there is nothing to fall short of.
    assert (played.played.optimum, played.played.success, played.efficiency(played.played)) == (4, False, 100)


def test_order_decides_whose_turn_it_is():
    played = session(DECK, order=["a1", "a0"]).run()
    assert [event.agent for event in played.events[:3]] == ["a1", "a0", "a1"]
    assert played.open(0, 0) == [] != played.open(1, 0)


def test_a_switch_changes_the_script():
    deck = [BLUE2, RED1, RED1, RED2, BLUE1, BLUE1]
    assert lines(session(deck).run())[1] == "a1 tell Anna which cards are red"
    played = session(deck, ["team", {"behaviour": "team", "switch": {"time": 1, "behaviour": "silent"}}]).run()
    assert lines(played)[1] == "a1 discard card 1"
    assert played.adapts()


def test_models_act_when_it_is_their_turn():
    left = session(DECK, ["team", {"behaviour": None}], rounds=4)
    seen = []
    for chance in left.chances():
        seen.append((chance.agent, chance.time, chance.speaking))
        left.act(chance.agent, 0)
    assert seen == [(1, 1, False), (1, 3, False)]
    assert lines(left)[1] == "a1 play card 1"
    with pytest.raises(Unasked):
        left.answer(IntendsQuery(agent="a1", time=1, actions=[0, 1]))


def test_what_is_asked():
    played = session(DECK).run()
    assert played.answer(CanQuery(agent="a0", time=0, actions=[0, 4, 8, 11, 12])).answer == [
        "play card 1",
        "tell Ben which cards are red",
    ]
    with pytest.raises(Unasked):
        played.answer(CanQuery(agent="a1", time=0, actions=[0, 1]))
    could = played.answer(CouldQuery(agent="a1", fact="f2", time=3, values=[3, 2, 1, 0]))
    assert (could.answer, could.evidence, could.view, could.order) == (["red 1"], [0, 2], "a1", 1)
    earlier = played.answer(CouldQuery(agent="a1", fact="f3", time=1, values=[0, 1, 2, 3]))
    # It sees the only blue 2, and was told that the card is not red.
    assert (earlier.answer, earlier.evidence) == (["blue 1"], [0])
    knows = played.answer(KnowsQuery(agent="a1", time=1, facts=["f3", "f2"]))
    assert (knows.answer, knows.evidence, knows.view, knows.order) == ([played.names.facts[3]], [], "a1", 1)
    with pytest.raises(Unasked):
        played.answer(KnowsQuery(agent="a1", time=2, facts=["f0"]))
    best = played.answer(BestQuery(agent="a1", time=3, actions=[0, 1, 3])).answer
    assert "play card 1" in best
    for query in (
        IntendsQuery(agent="a1", time=3, actions=[1, 0]),
        OptimumQuery(),
        AwareQuery(agent="a0", other="a1", fact="f0", time=1),
        LostQuery(event=0),
    ):
        with pytest.raises(Unasked):
            played.answer(query)
    assert played.puzzles(1, 0) == [2, 3]
    first = next(time for time, table in enumerate(played.tables[1:]) if sum(table.piles) == 1)
    assert played.answer(MilestoneQuery(name="score 1")).answer == [f"round {first + 1}"]


def test_a_hint_that_changes_nothing_is_redundant():
    left = session(DECK, [None, None], rounds=4)
    for chance, action in zip(left.chances(), [8, 4, 8, 4], strict=True):
        left.act(chance.agent, action)
    # Three hints there are: the last is not open, so it would not have been offered.
    assert left.redundant() == [2, 3]
    query = RedundantQuery(events=[3, 1, 2])
    assert left.answer(query).answer == ["what Ben did in round 4", "what Anna did in round 3"]
    assert left.answer(query).evidence == [2, 3]


# What is drawn.


def draw_knobs(rng):
    return {name: rng.randint(knob.low, knob.high) for name, knob in KNOBS.items()}


def test_decks_are_varied_and_fit():
    count, shares = 300, Counter()
    for seed in range(count):
        rng = random.Random(seed)
        knobs = draw_knobs(rng)
        assert conflict(knobs) is None
        played = build(rng, knobs).session.run()
        game = played.game
        copies = Counter(played.truth)
        assert all(
            copies[colour * game.ranks + rank] == game.copies[rank]
            for colour in range(len(game.colours))
            for rank in range(game.ranks)
        )
        assert all(
            event.agent == played.world.order[time % len(played.ids)]
            and event.action in played.open(played.number[event.agent], time)
            for time, event in enumerate(played.events)
        )
        assert played.rounds < played.world.rounds
        result = played.played
        assert result.success is (result.cost == 0)
        assert result.cost >= result.optimum
        shares["small"] += len(game.deck) <= CERTAIN
        shares["impossible"] += played.impossible(result)
        shares["success"] += result.success
    assert shares["small"] / count > 0.85
    assert 0.06 < shares["impossible"] / count < 0.18
    assert 0.12 < shares["success"] / count < 0.5


@pytest.mark.parametrize(
    "ends",
    [
        {"agents": 5, "hand": 5, "colours": 5, "ranks": 5},
        {"agents": 2, "hand": 1, "colours": 2, "ranks": 1},
        {"agents": 2, "hand": 5, "colours": 2, "ranks": 5, "hints": 0},
        {"agents": 2, "hand": 2, "colours": 4, "ranks": 3, "hints": 20, "mistakes": 5},
    ],
)
def test_the_ends_of_the_knobs(ends):
    knobs = {name: knob.low for name, knob in KNOBS.items()} | ends
    played = build(random.Random(1), knobs).session.run()
    hand, copies = copies_for(knobs)
    assert played.game.hand == hand and played.game.copies in copies
    assert len(played.deck) <= MOST_CARDS <= len(MARKS)
    assert played.played.certified is (len(played.deck) <= CERTAIN)


@pytest.mark.parametrize(
    "knobs", [{"agents": 5, "hand": 5, "colours": 1, "ranks": 2}, {"agents": 2, "hand": 1, "colours": 1, "ranks": 1}]
)
def test_too_few_cards_are_a_conflict(knobs):
    assert FAMILY.conflict(knobs)


def test_no_name_can_be_misread():
    assert len(set(MARKS)) == len(MARKS) and len(set(COLOURS)) == len(COLOURS)
    assert not any(sign in name for name in (*MARKS, *COLOURS) for sign in (";", ":", ","))
    assert not set(MARKS) & set(COLOURS)


def test_the_seed_decides():
    knobs = draw_knobs(random.Random(0))
    first, second = (build(random.Random(3), knobs).session.run().finished() for _ in range(2))
    assert first == second
