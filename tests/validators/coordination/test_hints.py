"""Hints by hand: a game by each behaviour, each question, and a planted defect for each rule; and what can be told and
reached, against all there is to try."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import product
from random import Random
from typing import Any

import pytest

from madata.tests.validators.coordination.records import CONVENTIONS, act, agents, ids, player
from madata.validators.coordination import known_deck
from madata.validators.coordination.asked import Right
from madata.validators.coordination.games.hints import Hints, Table, fillings
from madata.validators.trial import Wrong

Json = dict[str, Any]
COLOURS = ("red", "blue", "green", "white", "yellow")


def world(
    deck: list[int],
    count: int = 2,
    colours: int = 2,
    copies: tuple[int, ...] = (2, 1),
    hand: int = 2,
    hints: int = 2,
    mistakes: int = 2,
    behaviour: str | None = "team",
    acts: list[int] | None = None,
    rounds: int = 30,
) -> Json:
    """`acts`: one a round, by those whose turn it is."""
    ranks = len(copies)
    everybody = ids(range(count))
    known = [
        [other for other in everybody if other != everybody[card // hand]] if card < count * hand else []
        for card in range(len(deck))
    ]
    return {
        "kind": "coordination",
        "game": {
            "kind": "hints",
            "colours": list(COLOURS[:colours]),
            "ranks": ranks,
            "copies": list(copies),
            "deck": [f"f{card}" for card in range(len(deck))],
            "hand": hand,
            "hints": hints,
            "mistakes": mistakes,
        },
        "scales": [
            {"id": "s0", "values": [f"{colour} {rank + 1}" for colour in COLOURS[:colours] for rank in range(ranks)]}
        ],
        "facts": [
            {"id": f"f{card}", "name": f"card {card}", "scale": "s0", "value": value, "known": known[card]}
            for card, value in enumerate(deck)
        ],
        "decisions": [],
        "actions": [f"action {action}" for action in range(2 * hand + count * (colours + ranks) + 1)],
        "order": everybody,
        "rounds": rounds,
        "bandwidth": 1,
        "fates": [],
        "players": [player(agent, behaviour) for agent in range(count)],
        "events": [act(time % count, time, action) for time, action in enumerate(acts or [])],
    }


def built(given: Json) -> Hints:
    return Hints(given, CONVENTIONS, agents(len(given["order"])))


# Values: 0 and 1 are red 1 and 2, 2 and 3 blue. a0 holds red 1 and blue 2, a1 blue 1 and red 2; red 1 and blue 1 are
# drawn. Actions: 0, 1 play; 2, 3 discard; 4 to 7 tell a0 red, blue, 1, 2; 8 to 11 likewise a1; 12 pass.
DECK = [0, 3, 2, 1, 0, 2]

PLAYED: dict[str, tuple[list[int], Json, dict[str, int | None]]] = {
    # a0 tells a1 of its blue card, which a1 plays; then of red, which leaves a1 in doubt, so that it discards red 2.
    # That tells a0 that both its cards are playable; a1 knows that its red 1 is of no use any more.
    "team": (
        [9, 0, 8, 2, 0, 2],
        {"cost": 2, "efficiency": 50, "messages": 2, "told": 2, "rounds": 6},
        {"score 1": 1, "score 2": 4, "score 3": None, "score 4": None},
    ),
    # a1 plays the red card that could be a 1 and is none; no hint is left for a0, which discards.
    "myopic": (
        [9, 0, 8, 0, 2, 0],
        {"cost": 2, "efficiency": 50, "messages": 2, "told": 2, "rounds": 6},
        {"score 1": 1, "score 2": 5, "score 3": None, "score 4": None},
    ),
    "silent": (
        [2, 2, 2, 2],
        {"cost": 4, "efficiency": 0, "messages": 0, "told": 0, "rounds": 4},
        {"score 1": None, "score 2": None, "score 3": None, "score 4": None},
    ),
}


@pytest.mark.parametrize("behaviour", PLAYED)
def test_a_game_by_hand(behaviour: str) -> None:
    acts, figures, milestones = PLAYED[behaviour]
    game = built(world(DECK, behaviour=behaviour, acts=acts))
    assert [*game.illegal(), *game.unscripted()] == []
    outcome = game.outcome()
    assert {figure: outcome[figure] for figure in figures} == figures
    assert {stone["name"]: stone["time"] for stone in outcome["milestones"]} == milestones
    assert not outcome["success"] and outcome["optimum"] == 0 and outcome["certified"] and game.possible
    assert outcome["redundant"] == outcome["contradicted"] == [] and outcome["least"] is None


def test_all_cards() -> None:
    """Those who know the deck play one card each turn; nothing is left to draw after the second."""
    game = built(world(DECK, behaviour=None, acts=[0, 0, 0, 0]))
    assert [*game.illegal(), *game.unscripted()] == []
    outcome = game.outcome()
    assert (outcome["success"], outcome["cost"], outcome["efficiency"], outcome["rounds"]) == (True, 0, 100, 4)


def test_a_hint_that_tells_nothing_is_redundant() -> None:
    """The second time it says what the first said."""
    game = built(world(DECK, hints=3, behaviour=None, acts=[9, 4, 9, 2, 2, 2, 2]))
    assert not [*game.illegal()]
    assert game.outcome()["redundant"] == [2]


def test_a_hint_of_what_is_left_over_is_redundant() -> None:
    """a1 sees the one red 2 in a0's hand, so that a hint of the first ranks says nothing."""
    game = built(world([1, 0, 0], colours=1, copies=(2, 1), hand=1, behaviour=None, acts=[5, 0, 1, 1]))
    assert [game.world.actions[action] for action in game.openings(game.table(game.record, 0), 0)] == [
        "action 0",
        "action 1",
        "action 5",
        "action 6",
    ]
    assert game.outcome()["redundant"] == [0]


def test_mistakes_end_the_game() -> None:
    game = built(world(DECK, mistakes=1, behaviour=None, acts=[1]))
    assert not [*game.illegal()] and game.outcome()["rounds"] == 1


def test_rounds_end_the_game() -> None:
    game = built(world(DECK, behaviour=None, acts=[0, 0, 0], rounds=3))
    assert not [*game.illegal()]
    outcome = game.outcome()
    assert (outcome["rounds"], outcome["cost"], outcome["optimum"], outcome["efficiency"]) == (3, 1, 1, 100)
    assert not outcome["success"] and not game.possible


def test_nothing_to_draw_from_the_start() -> None:
    """One turn each: what a1 has to play first a0 cannot follow."""
    game = built(world([0, 1], colours=1, copies=(1, 1), hand=1, behaviour=None, acts=[0, 0]))
    assert not [*game.illegal()] and game.outcome()["rounds"] == 2 and game.outcome()["success"]
    other = built(world([1, 0], colours=1, copies=(1, 1), hand=1, behaviour=None, acts=[1, 0]))
    assert not [*other.illegal()] and other.outcome()["rounds"] == 2 and other.outcome()["cost"] == 1
    assert other.outcome()["optimum"] == 1 and not other.possible and other.outcome()["efficiency"] == 100


def test_large_decks_are_not_certified() -> None:
    """Of 18 cards the best is not sought, of 12 it is."""
    assert built(world([value for value in range(4) for _ in range(3)], copies=(3, 3))).certified
    large = built(world([value for value in range(6) for _ in range(3)], copies=(3, 3, 3)))
    assert not large.certified and large.outcome()["optimum"] == 0
    with pytest.raises(Wrong, match="certain"):
        large.answer_possible({"kind": "possible"})
    with pytest.raises(Wrong, match="at most 12"):
        large.answer_best({"kind": "best", "plans": [], "agent": "a0", "time": 0, "actions": [0]})


def test_decks_too_hard_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known_deck, "STEPS", 1)
    with pytest.raises(Wrong, match="in 1 steps"):
        built(world([1, 3, 0, 2], copies=(1, 1), behaviour=None)).outcome()


# What can be told and reached, against all there is to try.


@pytest.mark.parametrize("seed", range(200))
def test_fillings_against_all_hands(seed: int) -> None:
    random = Random(seed)
    unseen = tuple(random.choice([0, 1, 1, 2]) for _ in range(random.randint(2, 5)))
    cards = [value for value, number in enumerate(unseen) for _ in range(number)]
    size = random.randint(1, 4)
    if len(cards) < size:
        return
    held = random.sample(cards, size)
    shown = tuple(1 << value | random.getrandbits(len(unseen)) & random.getrandbits(len(unseen)) for value in held)
    hands = [
        hand
        for hand in product(range(len(unseen)), repeat=size)
        if all(mask >> value & 1 for mask, value in zip(shown, hand, strict=True))
        and all(hand.count(value) <= unseen[value] for value in hand)
    ]
    wanted = tuple(sum(1 << value for value in {hand[place] for hand in hands}) for place in range(size))
    assert fillings(shown, unseen) == wanted


def most_piled(game: Hints) -> Callable[[Table, int], int]:
    """By trying every act."""

    @cache
    def most(table: Table, time: int) -> int:
        if time == game.world.rounds or (time and game._over(table, time - 1)):
            return sum(table.piles)
        acts = game.openings(table, time)
        return max(most(game.advance(table, time, {game.turn(time): action}), time + 1) for action in acts)

    return most


@pytest.mark.parametrize("seed", range(60))
def test_optimum_and_best_acts_against_all_games(seed: int) -> None:
    random = Random(seed)
    copies = random.choice([(2, 1), (1, 1, 1), (1, 2), (3, 1), (1, 1)])
    colours = 1 if sum(copies) == 4 or len(copies) == 3 else random.randint(1, 2)
    deck = [value for value in range(colours * len(copies)) for _ in range(copies[value % len(copies)])]
    random.shuffle(deck)
    count = random.randint(2, max(2, min(3, len(deck))))
    hand = random.randint(1, min(2, len(deck) // count))
    rounds, spare, mistakes = random.choice([3, 6]), random.randint(0, 2), random.randint(1, 2)
    given = world(deck, count, colours, copies, hand, spare, mistakes, "silent", rounds=rounds)
    game = built(given)
    most = most_piled(game)
    assert game.optimum == game.total - most(game.start(), 0)
    time, acts = 0, []
    table = game.start()
    while time < rounds and not (time and game._over(table, time - 1)):
        acts.append(random.choice(game.openings(table, time)))
        table = game.advance(table, time, {game.turn(time): acts[-1]})
        time += 1
    game = built(given | {"events": world(deck, count, hand=hand, acts=acts)["events"]})
    for time in range(game.record.rounds):
        table, agent = game.table(game.record, time), game.turn(time)
        right = [
            game.world.actions[action]
            for action in game.openings(table, time)
            if most(game.advance(table, time, {agent: action}), time + 1) == most(table, time)
        ]
        query = {"kind": "best", "plans": [], "agent": f"a{agent}", "time": time}
        assert game.answer_best(query | {"actions": list(range(len(game.world.actions)))}) == Right(right)


# Questions.


@cache
def team() -> Hints:
    return built(world(DECK, acts=PLAYED["team"][0]))


def ask(kind: str, **content: Any) -> Right:
    query = {"kind": kind, **content}
    if kind in ("intends", "best"):
        query = {"plans": [], **query}
    right = getattr(team(), f"answer_{kind}")(query)
    assert isinstance(right, Right)
    return right._replace(answers=list(right.answers), evidence=tuple(right.evidence))


def test_what_an_agent_knows_of_its_hand() -> None:
    assert ask("knows", agent="a1", time=1, facts=["f2", "f3"]) == Right(["card 2"], (), 1, 1)
    assert ask("knows", agent="a1", time=0, facts=["f2", "f3"]) == Right([], (), 1, 1)
    assert ask("knows", agent="a1", time=5, facts=["f4", "f5"]) == Right(["card 4", "card 5"], (), 1, 1)
    with pytest.raises(Wrong, match="in the hand of a1"):
        ask("knows", agent="a1", time=1, facts=["f0"])


def test_what_a_card_could_be() -> None:
    """Of a card that was drawn later only the later hint is evidence; of a1's blue 1 a0 sees that it is played."""
    every = [0, 1, 2, 3]
    assert ask("could", agent="a1", fact="f3", time=1, values=every) == Right(["red 1", "red 2"], (0,), 1, 1)
    assert ask("could", agent="a1", fact="f4", time=2, values=every) == Right(["red 1", "red 2", "blue 1"], (), 1, 1)
    assert ask("could", agent="a1", fact="f4", time=3, values=every) == Right(["red 1", "red 2"], (2,), 1, 1)
    assert ask("could", agent="a1", fact="f3", time=3, values=[1, 3]) == Right(["red 2"], (0, 2), 1, 1)
    assert ask("could", agent="a0", fact="f0", time=4, values=every) == Right(["red 1", "blue 2"], (), 0, 1)


def test_what_is_open_and_best() -> None:
    every = list(range(13))
    opened = [f"action {action}" for action in (0, 1, 2, 3, 8, 9, 10, 11)]
    assert ask("can", agent="a0", time=0, actions=every) == Right(opened)
    assert ask("can", agent="a1", time=3, actions=every) == Right(opened[:4])
    # After two cards are drawn there is one turn each: no card can be thrown away.
    assert ask("best", agent="a0", time=0, actions=[0, 1, 2, 3, 9]) == Right(["action 0", "action 9"])
    with pytest.raises(Wrong, match="whose turn it is"):
        ask("can", agent="a1", time=0, actions=[0])


def test_other_questions() -> None:
    assert ask("milestone", name="score 2") == Right(["round 5"])
    assert ask("possible") == Right(["yes"])
    assert ask("redundant", events=[0, 2]) == Right([])
    assert team().entries({"kind": "redundant", "events": [0, 2]}) == [
        "what Anna did in round 1",
        "what Anna did in round 3",
    ]
    with pytest.raises(Wrong, match="a message"):
        team().entries({"kind": "redundant", "events": [1]})
    for kind in ("optimum", "aware", "lost", "message"):
        with pytest.raises(Wrong, match="asked of hints"):
            ask(kind, event=0)


def test_private_is_what_others_hold() -> None:
    assert team().private("a0") == {"card 2": "blue 1", "card 3": "red 2"}


# Planted defects.


def plant(change: Callable[[Json], Any]) -> Json:
    given = deepcopy(world(DECK, acts=PLAYED["team"][0]))
    change(given)
    return given


ILLEGAL: dict[str, Callable[[Json], Any]] = {
    "out of turn": lambda given: given["events"][0].update(agent="a1"),
    "a hint to oneself": lambda given: given["events"][0].update(action=4),
    "a pass with cards in hand": lambda given: given["events"][2].update(action=12),
    "a hint when none is left": lambda given: given["events"][3].update(action=4),
    "two acts": lambda given: given["events"].insert(1, given["events"][0]),
    "one act too many": lambda given: given["events"].append({"kind": "act", "agent": "a0", "time": 6, "action": 0}),
    "no act": lambda given: given["events"].pop(),
    "words": lambda given: given["events"].insert(
        0,
        {
            "kind": "inform",
            "agent": "a0",
            "time": 0,
            "to": ["a1"],
            "arrives": [0],
            "facts": [{"fact": "f2", "value": 2}],
            "choice": None,
        },
    ),
}


@pytest.mark.parametrize("defect", ILLEGAL)
def test_illegal(defect: str) -> None:
    assert [*built(plant(ILLEGAL[defect])).illegal()]


def test_hints_need_hints() -> None:
    """The third hint comes when two are spent."""
    (fault,) = built(world(DECK, behaviour=None, acts=[9, 4, 8, 2, 2, 2, 2])).illegal()
    assert fault.where == "event 2, action"


@pytest.mark.parametrize("behaviour", PLAYED)
@pytest.mark.parametrize("event", range(4))
def test_unscripted(behaviour: str, event: int) -> None:
    """Any other act that is open is not what the script says."""
    acts = PLAYED[behaviour][0]
    game = built(world(DECK, behaviour=behaviour, acts=acts))
    for action in game.openings(game.table(game.record, event), event):
        if action != acts[event]:
            changed = built(world(DECK, behaviour=behaviour, acts=[*acts[:event], action]))
            assert next(changed.unscripted()).where == f"event {event}"


WRONG: dict[str, Callable[[Json], Any]] = {
    "conventions": lambda given: given.update(order=["a0", "a0"]),
    "copies": lambda given: given["game"].update(copies=[2]),
    "actions": lambda given: given["actions"].pop(),
    "deck": lambda given: given["game"].update(deck=["f0", *given["game"]["deck"][:-1]]),
    "unknown card": lambda given: given["game"].update(deck=["f9", *given["game"]["deck"][1:]]),
    "values": lambda given: given["facts"][0].update(value=3),
    "leaves": lambda given: given["players"][0].update(leaves=3),
    "hand": lambda given: given["game"].update(hand=4) or given.update(actions=[str(number) for number in range(17)]),
    "known to its holder": lambda given: given["facts"][0].update(known=["a0", "a1"]),
    "known in the deck": lambda given: given["facts"][5].update(known=["a1"]),
    "behaviour": lambda given: given["players"][0].update(behaviour="asker"),
    "action beyond": lambda given: given["events"][0].update(action=13),
}


@pytest.mark.parametrize("defect", WRONG)
def test_what_does_not_fit_is_refused(defect: str) -> None:
    with pytest.raises(Wrong):
        built(plant(WRONG[defect]))


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_conventions(convention: str) -> None:
    other = {"speech": "concurrent", "delivery": "unreliable", "channel": "blackboard"}[convention]
    with pytest.raises(Wrong, match=convention):
        Hints(world(DECK), CONVENTIONS | {convention: other}, agents(2))
