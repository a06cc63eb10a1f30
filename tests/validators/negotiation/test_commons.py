"""The commons by hand: two whole games, each strategy, each question, and a planted defect for each rule."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache

import pytest

from madata.tests.validators.negotiation.hand import (
    CONVENTIONS,
    Json,
    agents,
    commons,
    event,
    harvester,
    harvests,
    others,
    propose,
    punish,
    respond,
    took,
    world,
)
from madata.validators.negotiation.commons import Commons, best, sustain
from madata.validators.trial import Derived, Wrong

# Acts public. What a stock of 30 bears is 15 (15 are left, and double), so 5 each; of 20 it is 10, of 16 it is 8.
OPEN = [
    propose(0, 5),
    *harvests(0, 5, 10, 5),  # 10 left
    punish(2, 2, 1),
    respond(1, "reject"),
    respond(2, "accept"),
    *harvests(1, 3, 6, 3),  # 8 left
    punish(2, 5, 1),
    *harvests(2, 2, 5, 2),  # 7 left
    punish(2, 8, 1),
]
OPEN_GAME = commons(
    [
        harvester(0, "quota", leads=True),
        harvester(1, "greedy"),
        harvester(2, "sustainable", punishes=True, leads=True),
    ],
    cost=1,
    fine=3,
)

# Acts private: the greedy one agrees to the quota, and tells less than it took.
HIDDEN = [
    propose(0, 5),
    *harvests(0, 5, 10, 5, public=False),  # 10 left
    took(0, 3, 0, 5),
    respond(1, "accept"),
    took(1, 3, 0, 5),
    respond(2, "accept"),
    *harvests(1, 5, 6, 6, public=False),  # 3 left
    took(0, 6, 1, 5),
    took(1, 6, 1, 5),
    *harvests(2, 2, 2, 2, public=False),  # gone
]
HIDDEN_GAME = commons(
    [
        harvester(0, "quota", leads=True, reports="honest"),
        harvester(1, "greedy", reports="low"),
        harvester(2, "reciprocal", switch={"round": 2, "harvesting": "greedy"}),
    ],
    collapse=2,
)


def play(game: Json, events: list[Json], **conventions: str) -> Commons:
    count = len(game["parties"])
    return Commons(world(game, events), CONVENTIONS | conventions, agents(count))


@pytest.fixture
def opened() -> Commons:
    return play(deepcopy(OPEN_GAME), deepcopy(OPEN))


@pytest.fixture
def hidden() -> Commons:
    return play(deepcopy(HIDDEN_GAME), deepcopy(HIDDEN), acts="private")


def ask(game: Commons, kind: str, **query: object) -> Derived:
    return game.answer({"query": {"kind": kind, **query}})


@pytest.mark.parametrize("name", ["opened", "hidden"])
def test_sound_games(name: str, request: pytest.FixtureRequest) -> None:
    game = request.getfixturevalue(name)
    assert [*game.illegal()] == []
    assert [*game.unscripted()] == []


def test_outcome_of_the_open_game(opened: Commons) -> None:
    assert opened.outcome() == {
        "kind": "commons",
        "ended": "completed",
        "stocks": [30, 20, 16],
        "points": {"a0": 10, "a1": 21 - 9, "a2": 10 - 3},
        "harvested": 41,
        "best": 60,
        "efficiency": 41 / 60,
        "fairness": 10 / 21,
        "lies": [],
    }


def test_outcome_of_the_hidden_game(hidden: Commons) -> None:
    outcome = hidden.outcome()
    assert outcome["ended"] == "collapsed"
    assert outcome["stocks"] == [30, 20, 6]
    assert outcome["points"] == {"a0": 12, "a1": 18, "a2": 13}
    assert outcome["lies"] == [6, 12]


def test_outcome_of_nothing_taken() -> None:
    game = play(
        commons([harvester(agent, None) for agent in range(3)], stock=2, rounds=1, collapse=0), harvests(0, 0, 0, 0)
    )
    assert [*game.illegal()] == []
    assert (game.outcome()["best"], game.outcome()["efficiency"], game.outcome()["fairness"]) == (0, None, None)


def test_what_regrows_is_rounded_down_and_capped() -> None:
    parties = [harvester(agent, None) for agent in range(3)]
    game = play(commons(parties, growth=33, rounds=2), [*harvests(0, 5, 5, 5), *harvests(1, 0, 0, 0)])
    assert game.outcome()["stocks"] == [30, 19]  # 15 + 4.95
    game = play(commons(parties, growth=300, rounds=2), [*harvests(0, 5, 5, 5), *harvests(1, 0, 0, 0)])
    assert game.outcome()["stocks"] == [30, 30]


# What resources bear.


@pytest.mark.parametrize(
    ("stock", "capacity", "growth", "collapse", "parties", "most"),
    [
        (30, 30, 100, 5, 3, 15),
        (30, 30, 100, 20, 3, 10),  # 20 have to be left
        (31, 40, 1000, 0, 3, 28),  # 3 become 33, 2 become 22
        (31, 40, 1000, 0, 8, 24),  # nobody may take more than 3
        (30, 20, 100, 0, 3, 0),  # never as much again
        (30, 30, 0, 0, 3, 0),
        (3, 30, 50, 5, 3, 0),
    ],
)
def test_sustain(stock: int, capacity: int, growth: int, collapse: int, parties: int, most: int) -> None:
    assert sustain(stock, capacity, growth, collapse, parties) == most


@pytest.mark.parametrize("parties", [2, 3, 5])
@pytest.mark.parametrize("growth", [0, 25, 100, 250])
@pytest.mark.parametrize("collapse", [0, 1, 4, 13])
@pytest.mark.parametrize("stock", [1, 7, 13, 16])
def test_best_and_sustain_by_trying_everything(parties: int, growth: int, collapse: int, stock: int) -> None:
    capacity = 14

    @cache
    def most(stock: int, rounds: int) -> int:
        if not rounds:
            return 0
        tries = []
        for harvest in range(parties * (stock // parties) + 1):
            left = stock - harvest
            more = most(min(capacity, left + left * growth // 100), rounds - 1) if left >= collapse else 0
            tries.append(harvest + more)
        return max(tries)

    for rounds in range(1, 5):
        assert best(stock, capacity, growth, collapse, rounds, parties) == most(stock, rounds)
    sustained = [
        harvest
        for harvest in range(parties * (stock // parties) + 1)
        if stock - harvest >= collapse and min(capacity, stock - harvest + (stock - harvest) * growth // 100) >= stock
    ]
    assert sustain(stock, capacity, growth, collapse, parties) == max(sustained, default=0)


# Strategies, each in a game of its own; a1 and a2 are models.


def with_models(party: Json, **more: object) -> Json:
    return commons([party, harvester(1, None), harvester(2, None)], **more)


@pytest.mark.parametrize(
    ("party", "own", "rest"),
    [
        # stocks 30, 20, 16: limits 10, 6, 5; borne 15, 10, 8
        (harvester(0, "greedy"), (10, 6, 5), [(5, 5), (3, 3), (0, 0)]),
        (harvester(0, "sustainable"), (5, 3, 2), [(5, 10), (3, 6), (0, 0)]),
        (harvester(0, "quota"), (5, 3, 2), [(5, 10), (3, 6), (0, 0)]),
        (harvester(0, "reciprocal"), (5, 6, 4), [(5, 10), (4, 4), (1, 0)]),  # (15 // 2 = 7, at most 6), 8 // 2
        (harvester(0, "reciprocal"), (5, 5, 3), [(0, 10), (7, 0), (1, 0)]),
        (
            harvester(0, "sustainable", switch={"round": 1, "harvesting": "greedy"}),
            (5, 6, 5),
            [(5, 10), (3, 3), (0, 0)],
        ),
    ],
)
def test_harvesting(party: Json, own: tuple[int, ...], rest: list[tuple[int, int]]) -> None:
    rounds = [harvests(number, own[number], *rest[number]) for number in range(3)]
    game = play(with_models(party), [move for moves in rounds for move in moves])
    assert [*game.unscripted()] == []
    for number in range(3):
        for change in (-1, 1):
            moved = deepcopy(rounds)
            moved[number][0]["amount"] += change
            faults = [*play(with_models(party), [move for moves in moved for move in moves]).unscripted()]
            assert [fault.where for fault in faults] == [f"a0 at time {3 * number + 1}"]


def test_a_quota_binds_from_the_round_in_which_all_have_accepted() -> None:
    party = harvester(0, "quota")
    events = [
        propose(1, 4),
        *harvests(0, 5, 5, 10),
        respond(0, "accept"),
        *harvests(1, 3, 4, 5),  # a2 has not answered yet: 20 bear 10
        respond(2, "accept", time=6),
        *harvests(2, 4, 0, 0),
    ]
    game = play(with_models(party), events)
    assert ([*game.illegal()], [*game.unscripted()]) == ([], [])
    assert ask(game, "kept", proposal=0) == Derived(["Anna, Ben and Carla"], [0], "reader")
    with pytest.raises(Wrong, match="agreed"):
        ask(play(with_models(party), events[:-4]), "kept", proposal=0)


@pytest.mark.parametrize(
    ("party", "verdict"),
    [
        (harvester(0, "sustainable"), "accept"),
        (harvester(0, "greedy"), "reject"),
        (harvester(0, "greedy", reports="honest"), "reject"),
        (harvester(0, "greedy", reports="low"), "accept"),
        (harvester(0, "greedy", switch={"round": 1, "harvesting": "quota"}), "accept"),
        (harvester(0, "quota", switch={"round": 1, "harvesting": "greedy"}), "reject"),
        (harvester(0, "quota", switch={"round": 2, "harvesting": "greedy"}), "accept"),
    ],
)
def test_answers_to_a_quota(party: Json, verdict: str) -> None:
    first = harvests(0, 10 if party["harvesting"] == "greedy" else 5, 0, 0)
    for answer in ("accept", "reject"):
        game = play(with_models(party, rounds=2), [propose(1, 4), *first, respond(0, answer)])
        strayed = [fault.where for fault in game.unscripted()]
        assert strayed == ["a0 at time 4" if answer == verdict else "a0 at time 3"]  # it did not harvest


@pytest.mark.parametrize(("reports", "told"), [("honest", 6), ("low", 3), ("silent", None)])
def test_reports(reports: str, told: int | None) -> None:
    game = with_models(harvester(0, "greedy", reports=reports), rounds=2, stock=20)
    start = harvests(0, 6, 0, 0, public=False)  # 20 // 3; 20 bear 10, so 3 each; 14 left, 28
    for amount in (3, 5, 6, None):
        says = [] if amount is None else [took(0, 3, 0, amount)]
        played = play(game, [*start, *says, *harvests(1, 9, 0, 0, public=False)], acts="private")
        assert ([*played.unscripted()] == []) == (amount == told)


def test_no_reports_where_harvests_are_seen() -> None:
    party = harvester(0, "greedy", reports="honest")
    events = [*harvests(0, 10, 0, 0), *harvests(1, 10, 0, 0)]
    assert [*play(with_models(party, rounds=2), events).unscripted()] == []


@pytest.mark.parametrize(
    ("amounts", "punished"),
    [((5, 6, 6), 1), ((5, 6, 7), 2), ((5, 5, 5), None), ((10, 5, 5), None)],
)
def test_punishments(amounts: tuple[int, ...], punished: int | None) -> None:
    party = harvester(0, "greedy" if amounts[0] == 10 else "sustainable", punishes=True)
    for target in (1, 2, None):
        given = [] if target is None else [punish(0, 2, target)]
        game = play(with_models(party, fine=1, rounds=1), [*harvests(0, *amounts), *given])
        assert ([*game.unscripted()] == []) == (target == punished)
        free = play(with_models(party, rounds=1), harvests(0, *amounts))
        assert [*free.unscripted()] == []


def test_no_punishment_once_the_resource_is_gone() -> None:
    game = with_models(harvester(0, "sustainable", punishes=True), fine=1)
    events = harvests(0, 5, 10, 11)
    assert [*play(game, events).unscripted()] == []
    assert [*play(game, events[:2]).unscripted()] != []


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda events: events.pop(0), "a0 at time 0"),
        (lambda events: events[0].update(deal=[6]), "a0 at time 0"),
        (lambda events: events[5].update(kind="accept-proposal"), "a1 at time 3"),
        (lambda events: events.pop(6), "a2 at time 3"),
        (lambda events: events[3].update(amount=4), "a2 at time 1"),
        (lambda events: events.pop(4), "a2 at time 2"),
        (lambda events: events[4].update(target="a0"), "a2 at time 2"),
        (lambda events: events.insert(5, punish(1, 2, 0)), "a1 at time 2"),
    ],
)
def test_moves_not_by_strategy(change: Callable[[list[Json]], object], where: str) -> None:
    events = deepcopy(OPEN)
    change(events)
    assert where in [fault.where for fault in play(OPEN_GAME, events).unscripted()]


def test_only_the_first_party_that_leads_proposes() -> None:
    events = deepcopy(OPEN)
    events[0] = propose(2, 5)
    assert "a2 at time 0" in [fault.where for fault in play(OPEN_GAME, events).unscripted()]


# What is not legal.


def change(index: int, **fields: object) -> Callable[[list[Json]], object]:
    return lambda events: events[index].update(fields)


def insert(index: int, *moves: Json) -> Callable[[list[Json]], object]:
    return lambda events: events.__setitem__(slice(index, index), moves)


@pytest.mark.parametrize(
    ("defect", "where", "expected"),
    [
        (change(1, amount=11), "event 1", "at most 10"),
        (lambda events: events.pop(2), "round 0", "a harvest of a1"),
        (insert(2, *harvests(0, 0)), "event 2", "one harvest"),
        (insert(4, event("harvest", 2, 1, others(2), amount=1)), "event 4", "one harvest"),
        (lambda events: events.reverse(), "event 1", "or later"),
        (lambda events: events.insert(1, events.pop(2)), "event 2", "in agent order"),
        (change(1, time=2), "event 1", "a time 3 r + 1"),
        (change(0, time=1), "event 0", "a time 3 r + 0"),
        (change(1, delay=1), "event 1", "no delay"),
        (change(1, agent="a7"), "event 1", "one of a0, a1, a2"),
        (insert(13, propose(0, 4, time=9)), "event 13", "nothing after time 8"),
        (change(0, deal=[5, 5]), "event 0", "one number"),
        (change(0, deal=[[5]]), "event 0", "one number"),
        (change(0, deal=[]), "event 0", "one number"),
        (insert(1, propose(1, 5)), "event 1", "one proposal"),
        (insert(5, propose(0, 5, time=3)), "event 5", "in round 0"),
        (change(5, proposal=3), "event 5", "a proposal made before"),
        (change(5, proposal=99), "event 5", "a proposal made before"),
        (change(5, proposal=5), "event 5", "a proposal made before"),
        (insert(1, respond(1, "accept", time=0)), "event 1", "heard"),
        (insert(5, respond(0, "accept")), "event 5", "of another"),
        (insert(6, respond(1, "accept")), "event 6", "one answer"),
        (insert(11, respond(1, "accept", time=6)), "event 11", "one answer"),
        (insert(5, took(0, 3, 1, 5)), "event 5", "a round before 1"),
        (insert(5, event("inform", 0, 3, "12", claim={"kind": "priority", "issue": "i0"})), "event 5", "a harvest"),
        (insert(5, event("query", 0, 3, "12", about="priority")), "event 5", "a move of a commons"),
        (insert(5, event("withdraw", 0, 3, "12")), "event 5", "a move of a commons"),
        (change(4, target="a2"), "event 4", "others than a2"),
        (change(4, target="a9"), "event 4", "others than a2"),
        (insert(5, punish(2, 2, 0)), "event 5", "one punishment"),
    ],
)
def test_illegal_events(defect: Callable[[list[Json]], object], where: str, expected: str) -> None:
    events = deepcopy(OPEN)
    defect(events)
    faults = [fault for fault in play(OPEN_GAME, events).illegal() if fault.where == where]
    assert any(expected in fault.expected for fault in faults), faults


def test_no_punishment_without_cost_and_fine() -> None:
    faults = [*play(OPEN_GAME | {"cost": 0, "fine": 0}, OPEN).illegal()]
    assert [fault.where for fault in faults] == ["event 4", "event 10", "event 14"]
    assert {fault.expected for fault in faults} == {"no punishment in a game without cost and fine"}


def test_no_punishment_where_harvests_are_private() -> None:
    faults = [*play(OPEN_GAME, OPEN, acts="private").illegal()]
    assert faults and {fault.expected for fault in faults} == {"no punishment where harvests are private"}


def test_nothing_follows_the_end_of_the_resource() -> None:
    game = OPEN_GAME | {"collapse": 11}
    faults = [*play(game, OPEN).illegal()]
    assert faults[0].where == "event 4"
    assert {fault.expected for fault in faults} == {"nothing after time 1, when the game ended"}


@pytest.mark.parametrize(
    ("defect", "where"),
    [
        (lambda game, cast: game["parties"].reverse(), "game, parties"),
        (lambda game, cast: game["parties"].pop(), "game, parties"),
        (lambda game, cast: game["parties"][0].update(agent="a1"), "game, parties"),
        (lambda game, cast: cast[0].update(id="b0"), "agents"),
        (lambda game, cast: cast[0].update(name="Ben"), "agents"),
        (lambda game, cast: game.update(rounds=3.0), "world"),
    ],
)
def test_games_that_cannot_be_judged(defect: Callable[[Json, list[Json]], object], where: str) -> None:
    game, cast = deepcopy(OPEN_GAME), agents(3)
    defect(game, cast)
    with pytest.raises(Wrong) as wrong:
        Commons(world(game, OPEN), CONVENTIONS, cast)
    assert wrong.value.fault.where == where


# Questions.


def test_stocks_and_what_they_bear(opened: Commons) -> None:
    assert [ask(opened, "stock", round=number).answer for number in range(3)] == [["30"], ["20"], ["16"]]
    assert [ask(opened, "sustain", round=number).answer for number in range(3)] == [["15"], ["10"], ["8"]]
    assert ask(opened, "stock", round=1) == Derived(["20"], [], "reader")
    assert ask(opened, "sustain", round=1) == Derived(["10"], [], "reader")


def test_what_was_taken(opened: Commons, hidden: Commons) -> None:
    for game in (opened, hidden):
        assert ask(game, "took", chain=[], about="a1", round=0) == Derived(["10"], [2], "reader")
        assert ask(game, "took", chain=["a1"], about="a1", round=0) == Derived(["10"], [2], "a1", 1)
        assert ask(game, "took", chain=["a1", "a1"], about="a1", round=0) == Derived(["10"], [2], "a1", 1)
    assert ask(opened, "took", chain=["a0", "a2"], about="a1", round=0) == Derived(["10"], [2], "a0", 2)
    for chain, order in ((["a0"], 1), (["a0", "a2"], 2), (["a0", "a1"], 2), (["a1", "a0"], 2), (["a0", "a0"], 1)):
        expected = Derived(["5"], [6], chain[0], order)
        assert ask(hidden, "took", chain=chain, about="a1", round=0) == expected
    assert ask(hidden, "took", chain=["a0"], about="a2", round=0) == Derived(["no settled belief"], [], "a0", 1)
    assert ask(hidden, "took", chain=["a0"], about="a1", round=2) == Derived(["no settled belief"], [], "a0", 1)


def test_the_last_claim_counts_unless_claims_are_doubted() -> None:
    events = [*harvests(0, 5, 5, 5, public=False), took(1, 3, 0, 4), took(1, 3, 0, 3)]
    query = {"chain": ["a0"], "about": "a1", "round": 0}
    game = with_models(harvester(0, None))
    assert ask(play(game, events, acts="private"), "took", **query) == Derived(["3"], [4], "a0", 1)
    doubted = play(game, events, acts="private", claims="doubted")
    assert ask(doubted, "took", **query) == Derived(["no settled belief"], [], "a0", 1)
    assert ask(doubted, "took", chain=["a1"], about="a1", round=0) == Derived(["5"], [1], "a1", 1)


def test_who_kept_to_the_quota(hidden: Commons) -> None:
    assert ask(hidden, "kept", proposal=0) == Derived(["Anna"], [0], "reader")
    events = [event | {"amount": 6} if event["kind"] == "harvest" else event for event in HIDDEN]
    assert ask(play(HIDDEN_GAME, events, acts="private"), "kept", proposal=0).answer == ["nobody"]


@pytest.mark.parametrize(
    ("harvesting", "more", "rounds"),
    [
        ("greedy", {}, 1),
        ("sustainable", {}, 9),
        ("quota", {}, 9),
        ("reciprocal", {}, 9),
        ("greedy", {"stock": 28, "collapse": 1}, 9),  # 1 left, 2, none may take any; 4, 1 left ..
        ("greedy", {"stock": 29, "capacity": 5, "collapse": 2}, 2),  # 2 left, 4, 1 left
        ("quota", {"stock": 14, "collapse": 8}, 9),  # of 14 to leave 8: 6, 2 each; 16: 8, 2 each ..
    ],
)
def test_how_long_it_would_last(harvesting: str, more: Json, rounds: int) -> None:
    game = play(with_models(harvester(0, harvesting), rounds=9, **more), [])
    assert ask(game, "last", agent="a0") == Derived([str(rounds)], [], "reader")


def test_bluffs(hidden: Commons) -> None:
    assert ask(hidden, "bluff", event=6) == Derived(["yes"], [6], "a1")
    assert ask(hidden, "bluff", event=4) == Derived(["no"], [4], "a0")


def test_switches() -> None:
    party = harvester(0, "sustainable", switch={"round": 1, "harvesting": "greedy"})
    events = [*harvests(0, 5, 5, 5), took(0, 3, 0, 5), *harvests(1, 10, 0, 0)]
    told = play(with_models(party, rounds=2), [*events[:3], *events[4:]])
    assert ask(told, "switch", agent="a0") == Derived(["2nd"], [3], "reader")
    assert ask(told, "switch", agent="a1") == Derived(["undetermined"], [], "reader")
    party = harvester(0, "quota", switch={"round": 1, "harvesting": "greedy"})
    refused = play(with_models(party, rounds=2), [propose(1, 5), *harvests(0, 5, 5, 5), respond(0, "reject")])
    assert ask(refused, "switch", agent="a0") == Derived(["2nd"], [4], "reader")


def test_a_switch_that_shows_in_nothing(hidden: Commons) -> None:
    assert hidden.adapts()
    assert ask(hidden, "switch", agent="a2") == Derived(["never"], [], "reader")


def test_adaptation(opened: Commons) -> None:
    assert not opened.adapts()
    party = harvester(0, "quota", switch={"round": 3, "harvesting": "greedy"})
    assert not play(with_models(party), []).adapts()


@pytest.mark.parametrize(
    ("kind", "query", "where"),
    [
        ("stock", {"round": 3}, "query, round"),
        ("sustain", {"round": 9}, "query, round"),
        ("stock", {"round": 1.0}, "query"),
        ("took", {"chain": [], "about": "a9", "round": 0}, "query, about"),
        ("took", {"chain": ["a9"], "about": "a0", "round": 0}, "query, chain"),
        ("took", {"chain": [], "about": "a0", "round": 3}, "query, round"),
        ("kept", {"proposal": 0}, "query, proposal"),
        ("kept", {"proposal": 99}, "query, proposal"),
        ("last", {"agent": "a9"}, "query, agent"),
        ("bluff", {"event": 1}, "query, event"),
        ("bluff", {"event": 99}, "query, event"),
        ("switch", {"agent": "a9"}, "query, agent"),
        ("zone", {}, "query"),
        ("had", {"agent": "a0", "meeting": 0}, "query"),
    ],
)
def test_queries_that_cannot_be_put(opened: Commons, kind: str, query: Json, where: str) -> None:
    with pytest.raises(Wrong) as wrong:
        ask(opened, kind, **query)
    assert wrong.value.fault.where == where


def test_no_one_lasts_without_a_strategy() -> None:
    with pytest.raises(Wrong, match="a strategy"):
        ask(play(with_models(harvester(0, "greedy")), []), "last", agent="a1")


@pytest.mark.parametrize(
    ("kind", "legible", "illegible"),
    [
        ("stock", ["0", "12"], ["012", "1.0", "many", "", "no settled belief", "\u0662"]),
        ("sustain", ["7"], ["yes"]),
        ("last", ["3"], ["undetermined"]),
        ("took", ["5", "no settled belief"], ["undetermined"]),
        ("kept", ["nobody", "Anna", "Anna and Carla"], ["Carla and Anna", "Zoe", ""]),
        ("bluff", ["yes", "no"], ["never"]),
        ("switch", ["never", "undetermined", "1st", "11th", "22nd"], ["11st", "0th", "2", "01st"]),
        ("zone", [], ["yes"]),
    ],
)
def test_legible_options(opened: Commons, kind: str, legible: list[str], illegible: list[str]) -> None:
    for option in [*legible, *illegible]:
        assert opened.legible({"kind": kind}, option) == (option in legible)


def test_what_is_private_and_who_hears(opened: Commons, hidden: Commons) -> None:
    assert opened.private("a1") == {"strategy": "greedy", "switch": None}
    assert hidden.private("a2") == {"strategy": "reciprocal", "switch": {"round": 2, "harvesting": "greedy"}}
    for game, events in ((opened, OPEN), (hidden, HIDDEN)):
        for index, moved in enumerate(events):
            hearers = game.hearers(index)
            assert moved["to"] == [*hearers.among] and len(moved["to"]) in hearers.sizes
            assert [*hearers.others] == [agent for agent in ("a0", "a1", "a2") if agent != moved["agent"]]


@pytest.mark.parametrize(("collapse", "stocks"), [(10, [30, 20]), (11, [30]), (8, [30, 20, 16])])
def test_the_resource_is_gone_if_less_than_the_least_is_left(collapse: int, stocks: list[int]) -> None:
    outcome = play(OPEN_GAME | {"collapse": collapse}, OPEN).outcome()
    assert outcome["stocks"] == stocks
    assert outcome["ended"] == "collapsed"  # at 8, in the last round, after which 7 are left
