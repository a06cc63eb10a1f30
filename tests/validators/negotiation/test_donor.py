"""The donor game by hand: two whole games, each strategy, each question, and a planted defect for each rule."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from madata.tests.validators.negotiation.hand import (
    CONVENTIONS,
    Json,
    agents,
    donate,
    donor,
    event,
    gave,
    giver,
    meeting,
    world,
)
from madata.validators.negotiation.donor import Donor
from madata.validators.trial import Derived, Wrong

# Acts public, two generations. At the end of the first a1 has 16, a0 and a3 12, a2 4: a1 and a0 stay.
OPEN_GAME = donor(
    [
        giver(0, "generous", "honest"),
        giver(1, "free_rider", "spiteful"),
        giver(2, "discriminating"),
        giver(3, "reciprocal"),
        giver(4, "generous", generation=1, heir_of=0),
        giver(5, "free_rider", "spiteful", generation=1, heir_of=1),
    ],
    [
        meeting(0, 0, 1),
        meeting(0, 1, 2, 0),
        meeting(0, 2, 1),
        meeting(0, 3, 0),
        meeting(0, 2, 3),
        meeting(1, 4, 1, 0),
        meeting(1, 1, 0, 5),
        meeting(1, 0, 4, 5),
    ],
)
OPEN = [
    donate(0, 0, 1, 4, "123"),
    donate(1, 1, 2, 0, "023"),
    donate(2, 2, 1, 0, "013"),  # a1 gave nothing
    donate(3, 3, 0, 4, "012"),  # as a0 did
    donate(4, 2, 3, 4, "013"),
    gave(5, 0, 4, about=1, meeting=1, amount=0),
    donate(5, 4, 1, 4, "015"),
    donate(6, 1, 0, 0, "045"),
    gave(7, 5, 0, about=4, meeting=5, amount=0),  # a lie
    donate(7, 0, 4, 4, "145"),
]

# Acts private, one generation.
HIDDEN_GAME = donor(
    [
        giver(0, "reciprocal", "honest"),
        giver(1, "free_rider", "spiteful"),
        giver(2, "discriminating", "honest"),
        giver(3, "generous"),
    ],
    [
        meeting(0, 1, 0),
        meeting(0, 0, 1, 2),
        meeting(0, 3, 2),
        meeting(0, 0, 3, 2),
        meeting(0, 2, 3, 1),
        meeting(0, 2, 0, 3),
        meeting(0, 3, 0, 1),
        meeting(0, 3, 2, 1),
        meeting(0, 1, 2, 0),
        meeting(0, 0, 1, 2),
        meeting(0, 3, 2, 1),
    ],
)
HIDDEN = [
    donate(0, 1, 0, 0, "0"),
    donate(1, 0, 1, 0, "1"),
    donate(2, 3, 2, 4, "2"),
    gave(3, 2, 0, about=3, meeting=2, amount=4),
    donate(3, 0, 3, 4, "3"),
    donate(4, 2, 3, 8, "3"),
    donate(5, 2, 0, 4, "0"),  # of a0 it knows nothing
    gave(6, 1, 3, about=0, meeting=1, amount=0),  # spiteful, and true as far as a1 knows
    donate(6, 3, 0, 14, "0"),
    donate(7, 3, 2, 7, "2"),
    gave(8, 0, 1, about=2, meeting=5, amount=4),
    donate(8, 1, 2, 0, "2"),
    gave(9, 2, 0, about=1, meeting=8, amount=0),
    donate(9, 0, 1, 0, "1"),
    gave(10, 1, 3, about=2, meeting=5, amount=0),  # a lie: a0 told it 4
    donate(10, 3, 2, 3, "2"),
]
UNSETTLED = "no settled belief"


def play(game: Json, events: list[Json], **conventions: str) -> Donor:
    return Donor(world(game, events), CONVENTIONS | conventions, agents(len(game["parties"])))


@pytest.fixture
def opened() -> Donor:
    return play(deepcopy(OPEN_GAME), deepcopy(OPEN))


@pytest.fixture
def hidden() -> Donor:
    return play(deepcopy(HIDDEN_GAME), deepcopy(HIDDEN), acts="private")


def ask(game: Donor, kind: str, **query: object) -> Derived:
    return game.answer({"query": {"kind": kind, **query}})


@pytest.mark.parametrize("name", ["opened", "hidden"])
def test_sound_games(name: str, request: pytest.FixtureRequest) -> None:
    game = request.getfixturevalue(name)
    assert [*game.illegal()] == []
    assert [*game.unscripted()] == []


def test_outcome_of_the_open_game(opened: Donor) -> None:
    assert opened.outcome() == {
        "kind": "donor",
        "points": {"a0": 4, "a1": 16, "a2": 4, "a3": 12, "a4": 12, "a5": 8},
        "survivors": [["a0", "a1"]],
        "total": 44 + 40,
        "best": 8 * (8 + 4 + 2 + 2) + 8 * (2 + 4 + 8 + 1),
        "efficiency": 84 / 248,
        "lies": [8],
    }


def test_outcome_of_the_hidden_game(hidden: Donor) -> None:
    assert hidden.outcome() == {
        "kind": "donor",
        "points": {"a0": 40, "a1": 8, "a2": 24, "a3": 4},
        "survivors": [],
        "total": 76,
        "best": 8 * (8 + 16 + 8 + 16),
        "efficiency": 76 / 384,
        "lies": [14],
    }


def test_of_an_odd_number_the_greater_half_stays() -> None:
    game = donor(
        [giver(0, None), giver(1, None), giver(2, None), giver(3, None, generation=1, heir_of=2)],
        [meeting(0, 0, 2), meeting(1, 0, 3)],
    )
    played = play(game, [donate(0, 0, 2, 0, "12"), donate(1, 0, 3, 1, "13")])
    assert played.outcome()["survivors"] == [["a0", "a1"]]
    assert "game, party a3" in [fault.where for fault in played.illegal()]
    played = play(game, [donate(0, 0, 2, 1, "12"), donate(1, 0, 3, 1, "23")])
    assert played.outcome()["survivors"] == [["a1", "a2"]]
    assert "game, meeting 1" in [fault.where for fault in played.illegal()]


def test_repeating_what_one_believes_is_no_lie() -> None:
    parties = [giver(number, None) for number in range(4)]
    meetings = [meeting(0, 0, 1), meeting(0, 2, 0, 1), meeting(0, 3, 0, 2)]
    events = [
        donate(0, 0, 1, 5, "1"),
        gave(1, 1, 2, about=0, meeting=0, amount=2),
        donate(1, 2, 0, 0, "0"),
        gave(2, 2, 3, about=0, meeting=0, amount=2),
        donate(2, 3, 0, 0, "0"),
    ]
    game = donor(parties, meetings)
    assert play(game, events, acts="private").outcome()["lies"] == [1]
    assert play(game, events, acts="private", claims="doubted").outcome()["lies"] == [1]
    events[3]["claim"]["amount"] = 5
    assert play(game, events, acts="private").outcome()["lies"] == [1, 3]
    assert play(game, events, acts="private", claims="doubted").outcome()["lies"] == [1]  # nothing is settled for a2


# Strategies: a0 gives to a1, of whom it knows what `known` says; all others are models.


@pytest.mark.parametrize(
    ("giving", "known", "amount"),
    [
        ("generous", None, 5),
        ("generous", 0, 5),
        ("free_rider", 8, 0),
        ("discriminating", None, 5),
        ("discriminating", 3, 5),
        ("discriminating", 2, 5),  # 11 // 4
        ("discriminating", 1, 0),
        ("reciprocal", None, 2),
        ("reciprocal", 3, 3),
        ("reciprocal", 0, 0),
    ],
)
@pytest.mark.parametrize("acts", ["public", "private"])
def test_giving(giving: str, known: int | None, amount: int, acts: str) -> None:
    game = donor(
        [giver(0, giving), giver(1, None), giver(2, None)],
        [meeting(0, 1 if known is not None else 2, 2 if known is not None else 1), meeting(0, 0, 1, 2)],
        endowment=11,
    )
    first = (
        donate(0, 2, 1, 0, "01" if acts == "public" else "1")
        if known is None
        else donate(0, 1, 2, known, "02" if acts == "public" else "2")
    )
    told = [] if known is None or acts == "public" else [gave(1, 2, 0, about=1, meeting=0, amount=known)]
    for given in range(12):
        events = [first, *told, donate(1, 0, 1, given, "12" if acts == "public" else "1")]
        played = play(game, events, acts=acts)
        assert [*played.illegal()] == []
        assert [fault.where for fault in played.unscripted()] == ([] if given == amount else ["a0 at time 3"])


def test_reciprocal_gives_no_more_than_it_has() -> None:
    game = donor(
        [giver(0, "reciprocal"), giver(1, None), giver(2, None)],
        [meeting(0, 2, 1), meeting(0, 1, 2), meeting(0, 0, 1)],
    )
    events = [donate(0, 2, 1, 8, "01"), donate(1, 1, 2, 20, "02"), donate(2, 0, 1, 8, "12")]
    played = play(game, events)
    assert ([*played.illegal()], [*played.unscripted()]) == ([], [])


def test_claims_that_are_doubted_change_nothing(hidden: Donor) -> None:
    doubted = play(HIDDEN_GAME, HIDDEN, acts="private", claims="doubted")
    # a0 knows nothing of a3 in meeting 3, and only what it saw of a1 in 9; a1 knows nothing of a2 in 10
    assert [fault.where for fault in doubted.unscripted()] == ["a0 at time 7", "a1 at time 20"]


@pytest.mark.parametrize(("gossip", "told"), [("honest", (2, 5)), ("spiteful", (2, 0)), ("silent", None)])
def test_gossip_is_of_the_last_meeting_known(gossip: str, told: tuple[int, int] | None) -> None:
    """a0 speaks to a1 about a2, which gave it 6 and then 5, and then 1 to a1."""
    game = donor(
        [giver(0, "free_rider", gossip), giver(1, None), giver(2, None)],
        [meeting(0, 2, 0), meeting(0, 1, 2), meeting(0, 2, 0), meeting(0, 2, 1), meeting(0, 1, 2, 0)],
        endowment=20,
    )
    events = [
        donate(0, 2, 0, 6, "0"),
        donate(1, 1, 2, 0, "2"),
        donate(2, 2, 0, 5, "0"),
        donate(3, 2, 1, 1, "1"),
    ]
    for claim in ((2, 5), (2, 0), (0, 6), (3, 1), None):
        says = [] if claim is None else [gave(4, 0, 1, about=2, meeting=claim[0], amount=claim[1])]
        played = play(game, [*events, *says, donate(4, 1, 2, 0, "2")], acts="private")
        assert [*played.illegal()] == []
        assert ([*played.unscripted()] == []) == (claim == told)


def test_no_gossip_about_strangers() -> None:
    game = donor([giver(0, "generous", "spiteful"), giver(1, None), giver(2, None)], [meeting(0, 1, 2, 0)])
    assert [*play(game, [donate(0, 1, 2, 3, "02")]).unscripted()] == []


def test_each_party_is_named_once() -> None:
    events = [moved | {"amount": 1} if moved["kind"] == "donate" else moved for moved in OPEN]
    wheres = [fault.where for fault in play(OPEN_GAME, events).unscripted()]
    assert wheres == ["a0 at time 1", "a1 at time 3", "a2 at time 5", "a4 at time 11"]  # a3 gives what a0 gave: 1


# What is not legal.


def change(index: int, **fields: object) -> Callable[[list[Json]], object]:
    return lambda events: events[index].update(fields)


def claims(index: int, **fields: object) -> Callable[[list[Json]], object]:
    return lambda events: events[index]["claim"].update(fields)


def insert(index: int, *moves: Json) -> Callable[[list[Json]], object]:
    return lambda events: events.__setitem__(slice(index, index), moves)


@pytest.mark.parametrize(
    ("defect", "where", "expected"),
    [
        (change(0, amount=9), "event 0", "at most the 8 that a0 has"),
        (change(9, amount=9), "event 9", "at most the 8 that a0 has"),
        (change(0, agent="a2"), "event 0", "a0 as the donor of meeting 0"),
        (change(0, agent="a9"), "event 0", "a0 as the donor of meeting 0"),
        (change(0, recipient="a2"), "event 0", "a1 as the recipient of meeting 0"),
        (change(0, delay=2), "event 0", "no delay"),
        (change(0, time=0), "event 0", "2 m + 1"),
        (change(5, time=11), "event 5", "talk at time 2 m"),
        (lambda events: events.pop(3), "meeting 3", "a donation of a3"),
        (insert(1, donate(0, 0, 1, 1, "123")), "event 1", "one donation"),
        (lambda events: events.reverse(), "event 1", "or later"),
        (insert(10, donate(8, 0, 4, 1, "145")), "event 10", "nothing after the last"),
        (insert(0, gave(0, 3, 0, about=1, meeting=0, amount=0)), "event 0", "nobody to speak before meeting 0"),
        (change(5, agent="a5"), "event 5", "a0 to speak before meeting 5"),
        (insert(6, deepcopy(OPEN[5])), "event 6", "once a meeting"),
        (claims(5, agent="a0"), "event 5", "a claim about a1"),
        (claims(5, meeting=5), "event 5", "a meeting before 5"),
        (claims(5, meeting=500), "event 5", "a meeting before 5"),
        (claims(5, meeting=0), "event 5", "in which a1 was the donor"),
        (change(5, claim={"kind": "took", "round": 0, "amount": 1}), "event 5", "on what somebody gave"),
        (insert(1, event("harvest", 0, 1, "123", amount=1)), "event 1", "a move of a donor game"),
        (insert(1, event("propose", 0, 2, "123", deal=[1])), "event 1", "a move of a donor game"),
    ],
)
def test_illegal_events(defect: Callable[[list[Json]], object], where: str, expected: str) -> None:
    events = deepcopy(OPEN)
    defect(events)
    faults = [fault for fault in play(OPEN_GAME, events).illegal() if fault.where == where]
    assert any(expected in fault.expected for fault in faults), faults


def party(index: int, **fields: object) -> Callable[[Json], object]:
    return lambda game: game["parties"][index].update(fields)


def meets(index: int, **fields: object) -> Callable[[Json], object]:
    return lambda game: game["meetings"][index].update(fields)


@pytest.mark.parametrize(
    ("defect", "where", "expected"),
    [
        (meets(0, recipient="a0"), "game, meeting 0", "different parties"),
        (meets(1, gossip="a1"), "game, meeting 1", "different parties"),
        (meets(5, recipient="a2"), "game, meeting 5", "a0, a1, a4, a5"),  # it left
        (meets(5, gossip="a3"), "game, meeting 5", "a0, a1, a4, a5"),
        (meets(0, donor="a4"), "game, meeting 0", "a0, a1, a2, a3"),  # it is not there yet
        (party(4, heir_of="a2"), "game, party a4", "heir of one of a0, a1"),
        (party(4, heir_of="a5"), "game, party a4", "heir of one of a0, a1"),
        (party(4, heir_of=None), "game, party a4", "heir of one of a0, a1"),
        (party(4, giving="reciprocal"), "game, party a4", "the giving of a0: generous"),
        (party(0, heir_of="a1"), "game, party a0", "nobody's heir"),
        (party(5, generation=2), "game, party a5", "a generation of the 2"),
        (party(5, generation=2), "game, generation 1", "2 newcomers"),
        (party(3, generation=1, heir_of="a1", giving="free_rider"), "game, generation 1", "newcomers"),
    ],
)
def test_impossible_games(defect: Callable[[Json], object], where: str, expected: str) -> None:
    game = deepcopy(OPEN_GAME)
    defect(game)
    faults = [fault for fault in play(game, OPEN).illegal() if fault.where == where]
    assert any(expected in fault.expected for fault in faults), faults


@pytest.mark.parametrize(
    ("defect", "where"),
    [
        (meets(0, generation=1), "game, meeting 0"),
        (meets(7, generation=3), "game, meeting 7"),
        (meets(7, generation=0), "game, meeting 7"),
        (meets(2, donor="a9"), "game, meeting 2, donor"),
        (meets(2, gossip="a9"), "game, meeting 2, gossip"),
        (lambda game: game["parties"].reverse(), "game, parties"),
        (lambda game: game.update(endowment=8.0), "world"),
    ],
)
def test_games_that_cannot_be_judged(defect: Callable[[Json], object], where: str) -> None:
    game = deepcopy(OPEN_GAME)
    defect(game)
    with pytest.raises(Wrong) as wrong:
        play(game, OPEN)
    assert wrong.value.fault.where == where


# Questions.


def test_what_was_given(opened: Donor, hidden: Donor) -> None:
    assert ask(opened, "gave", chain=[], meeting=3) == Derived(["4"], [3], "reader")
    assert ask(opened, "gave", chain=["a2"], meeting=3) == Derived(["4"], [3], "a2", 1)
    assert ask(opened, "gave", chain=["a1", "a2"], meeting=3) == Derived(["4"], [3], "a1", 2)
    assert ask(opened, "gave", chain=["a4"], meeting=1) == Derived(["0"], [5], "a4", 1)
    assert ask(opened, "gave", chain=["a5"], meeting=1) == Derived([UNSETTLED], [], "a5", 1)


@pytest.mark.parametrize(
    ("chain", "answer", "evidence"),
    [
        ("", "4", [6]),
        ("2", "4", [6]),  # it gave itself
        ("0", "4", [6]),  # it saw
        ("1", "4", [10]),
        ("3", "0", [14]),
        ("11", "4", [10]),
        ("02", "4", [6]),
        ("20", "4", [6]),
        ("01", "4", [10]),
        ("10", "4", [10]),
        ("13", "0", [14]),
        ("31", "0", [14]),
        ("30", UNSETTLED, []),
        ("03", UNSETTLED, []),
        ("23", UNSETTLED, []),
        ("12", UNSETTLED, []),  # a2 itself told it nothing
    ],
)
def test_who_takes_what_to_have_been_given(hidden: Donor, chain: str, answer: str, evidence: list[int]) -> None:
    agents = [f"a{digit}" for digit in chain]
    expected = Derived([answer], evidence, agents[0] if agents else "reader", len(dict.fromkeys(agents)))
    assert ask(hidden, "gave", chain=agents, meeting=5) == expected
    doubted = play(HIDDEN_GAME, HIDDEN, acts="private", claims="doubted")
    if evidence != [6]:
        assert ask(doubted, "gave", chain=agents, meeting=5).answer == [UNSETTLED]
    else:
        assert ask(doubted, "gave", chain=agents, meeting=5).answer == [answer]


def test_what_an_agent_had(opened: Donor) -> None:
    assert [ask(opened, "had", agent="a0", meeting=number).answer for number in (0, 2, 3, 5, 7)] == [
        ["4"],
        ["4"],
        ["12"],
        ["8"],
        ["4"],
    ]
    assert ask(opened, "had", agent="a3", meeting=3) == Derived(["4"], [3], "reader")


def test_what_an_agent_would_give(opened: Donor, hidden: Donor) -> None:
    assert ask(opened, "would", donor="a0", recipient="a5") == Derived(["2"], [], "reader")
    assert ask(opened, "would", donor="a1", recipient="a0").answer == ["0"]
    assert ask(hidden, "would", donor="a0", recipient="a3").answer == ["14"]
    assert ask(hidden, "would", donor="a0", recipient="a2").answer == ["4"]
    assert ask(hidden, "would", donor="a2", recipient="a3").answer == ["12"]
    assert ask(hidden, "would", donor="a2", recipient="a1").answer == ["0"]
    models = deepcopy(HIDDEN_GAME)
    models["parties"][0]["giving"] = None
    assert ask(play(models, HIDDEN, acts="private"), "would", donor="a0", recipient="a2") == Derived(
        ["undetermined"], [], "reader"
    )


def test_who_stays(opened: Donor) -> None:
    assert ask(opened, "stays", generation=0) == Derived(["Anna and Ben"], [], "reader")


def test_bluffs_and_switches(opened: Donor, hidden: Donor) -> None:
    assert ask(opened, "bluff", event=8) == Derived(["yes"], [8], "a5")
    assert ask(opened, "bluff", event=5) == Derived(["no"], [5], "a0")
    assert ask(hidden, "switch", agent="a0") == Derived(["never"], [], "reader")
    assert (opened.adapts(), hidden.adapts()) == (True, False)


@pytest.mark.parametrize(
    ("kind", "query", "where"),
    [
        ("gave", {"chain": [], "meeting": 8}, "query, meeting"),
        ("gave", {"chain": ["a9"], "meeting": 0}, "query, chain"),
        ("gave", {"chain": ["a0", "a1", "a0"], "meeting": 0}, "query, chain"),
        ("gave", {"chain": [], "meeting": 1.0}, "query"),
        ("had", {"agent": "a4", "meeting": 0}, "query, agent"),
        ("had", {"agent": "a0", "meeting": 99}, "query, meeting"),
        ("would", {"donor": "a3", "recipient": "a0"}, "query, donor"),
        ("would", {"donor": "a0", "recipient": "a2"}, "query, recipient"),
        ("would", {"donor": "a0", "recipient": "a0"}, "query, recipient"),
        ("stays", {"generation": 1}, "query, generation"),
        ("bluff", {"event": 0}, "query, event"),
        ("bluff", {"event": 10}, "query, event"),
        ("switch", {"agent": "a9"}, "query, agent"),
        ("stock", {"round": 0}, "query"),
    ],
)
def test_queries_that_cannot_be_put(opened: Donor, kind: str, query: Json, where: str) -> None:
    with pytest.raises(Wrong) as wrong:
        ask(opened, kind, **query)
    assert wrong.value.fault.where == where


def test_nothing_is_asked_of_a_donation_that_was_not_made() -> None:
    with pytest.raises(Wrong, match="a donation"):
        ask(play(OPEN_GAME, OPEN[1:]), "gave", chain=[], meeting=0)


@pytest.mark.parametrize(
    ("kind", "legible", "illegible"),
    [
        ("gave", ["0", "7", "no settled belief"], ["undetermined", "07"]),
        ("had", ["3"], ["no settled belief"]),
        ("would", ["3", "undetermined"], ["no settled belief"]),
        ("stays", ["Anna", "Anna, Ben and Emma", "nobody"], ["Ben and Anna", "a0"]),
        ("bluff", ["yes", "no"], ["undetermined"]),
        ("switch", ["never", "undetermined", "3rd"], ["3th"]),
        ("took", [], ["5"]),
    ],
)
def test_legible_options(opened: Donor, kind: str, legible: list[str], illegible: list[str]) -> None:
    for option in [*legible, *illegible]:
        assert opened.legible({"kind": kind}, option) == (option in legible)


def test_what_is_private_and_who_hears(opened: Donor, hidden: Donor) -> None:
    assert opened.private("a4") == {"strategy": "generous"}
    for game, events in ((opened, OPEN), (hidden, HIDDEN)):
        for index, moved in enumerate(events):
            hearers = game.hearers(index)
            assert moved["to"] == [*hearers.among] and len(moved["to"]) in hearers.sizes
    assert opened.hearers(5).others == ["a1", "a4", "a5"]


def test_the_last_claim_that_was_heard_counts() -> None:
    game = donor(
        [giver(0, "reciprocal"), giver(1, None), giver(2, None), giver(3, None)],
        [meeting(0, 1, 2), meeting(0, 0, 1, 2), meeting(0, 3, 1, 2), meeting(0, 0, 1, 3)],
    )
    events = [
        donate(0, 1, 2, 2, "2"),
        gave(1, 2, 0, about=1, meeting=0, amount=1),
        donate(1, 0, 1, 1, "1"),
        gave(2, 2, 3, about=1, meeting=0, amount=5),
        donate(2, 3, 1, 0, "1"),
        gave(3, 3, 0, about=1, meeting=0, amount=3),
        donate(3, 0, 1, 3, "1"),
    ]
    played = play(game, events, acts="private")
    assert ([*played.illegal()], [*played.unscripted()]) == ([], [])
    assert ask(played, "gave", chain=["a0"], meeting=0) == Derived(["3"], [5], "a0", 1)
    assert ask(played, "gave", chain=["a0", "a3"], meeting=0) == Derived(["3"], [5], "a0", 2)
    assert ask(played, "gave", chain=["a0", "a2"], meeting=0) == Derived(["1"], [1], "a0", 2)
    assert ask(played, "gave", chain=["a3", "a2"], meeting=0) == Derived(["5"], [3], "a3", 2)
    assert played.outcome()["lies"] == [1, 3, 5]  # a3 was told 5
