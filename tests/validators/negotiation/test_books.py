"""The record by hand is sound, and whatever is planted in it is found by the check it concerns, where it is."""

from collections.abc import Callable
from typing import Any

import pytest

from madata.schemas.tasks import read_episode
from madata.tests.validators.negotiation.bargains import (
    Json,
    event,
    party,
    priority,
    propose,
    reject,
    says,
    split,
    strategy,
    turn,
    withdraw,
)
from madata.tests.validators.negotiation.books import MOVES, books
from madata.validators.check import EpisodeJson
from madata.validators.runner import checks

NAMES = ("replay", "outcome", "protocol", "strategies", "views", "capabilities")


def judge(name: str, record: EpisodeJson) -> list[str]:
    check = checks()[name]
    assert check.judge is not None
    assert "negotiation" in check.tasks
    return [finding.where for finding in check.judge(record)]


@pytest.fixture
def sound() -> Json:
    return books()


@pytest.mark.parametrize("name", NAMES)
def test_the_sound_record(name: str, sound: Json) -> None:
    assert read_episode(sound).model_dump(mode="json")["outcome"] == sound["outcome"]
    assert judge(name, sound) == []


# Outcome.


@pytest.mark.parametrize(
    ("field", "planted"),
    [
        ("kind", "commons"),
        ("ended", "deadline"),
        ("proposal", 1),
        ("deal", [[2, 0], 1]),
        ("supporters", ["a1", "a0"]),
        ("points", {"a0": 5, "a1": 4}),
        ("zone", 5),
        ("frontier", 6),
        ("pareto", False),
        ("nash", None),
        ("kalai_smorodinsky", {"deal": [[1, 1], 1], "points": [3, 2]}),
        ("egalitarian", {"deal": [[1, 1], 0], "points": [3, 2]}),
        ("welfare", {"deal": [[1, 1], 1], "points": [5, 3]}),
        ("efficiency", 0.8333333333333),
        ("fairness", None),
        ("lies", []),
    ],
)
def test_a_planted_outcome(field: str, planted: object, sound: Json) -> None:
    sound["outcome"][field] = planted
    assert judge("outcome", sound) == [f"outcome, {field}"]


# Questions.


@pytest.mark.parametrize("number", range(11))
@pytest.mark.parametrize(
    ("part", "planted"), [("answer", ["nothing"]), ("order", 4), ("evidence", [0, 1]), ("view", "nobody")]
)
def test_a_planted_label(number: int, part: str, planted: object, sound: Json) -> None:
    sound["questions"][number][part] = planted
    assert judge("replay", sound) == [f"question q{number}, {part}"]


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5, 7, 8, 9, 10])
def test_options_that_no_such_question_has(number: int, sound: Json) -> None:
    sound["questions"][number]["options"].append("whatever")
    assert judge("replay", sound) == [f"question q{number}, options"]


@pytest.mark.parametrize(
    ("number", "options"),
    [
        (0, ["0", "3"]),
        (2, ["2", "02"]),
        (10, ["never", "2th"]),
        (10, ["never", "0th"]),
        (10, ["never", "never"]),
        (8, ["place", "undetermined"]),
        (4, ["no", "maybe"]),
    ],
)
def test_options_in_a_wrong_form(number: int, options: list[str], sound: Json) -> None:
    sound["questions"][number]["options"] = options
    assert f"question q{number}, options" in judge("replay", sound)


def test_a_right_answer_that_is_no_option(sound: Json) -> None:
    sound["questions"][2]["options"] = ["8", "3"]
    assert judge("replay", sound) == ["question q2, options"]


def test_an_id_twice(sound: Json) -> None:
    sound["questions"][1]["id"] = "q0"
    assert judge("replay", sound) == ["question q0"]


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"kind": "stock", "round": 0}, "query"),
        ({"kind": "offer", "proposal": 0, "issue": "i0", "agent": "a1"}, "query, proposal"),
        ({"kind": "offer", "proposal": 99, "issue": "i0", "agent": "a1"}, "query, proposal"),
        ({"kind": "offer", "proposal": 1, "issue": "i2", "agent": "a1"}, "query, issue"),
        ({"kind": "offer", "proposal": 1, "issue": "i0", "agent": None}, "query, agent"),
        ({"kind": "offer", "proposal": 1, "issue": "i0", "agent": "a7"}, "query, agent"),
        ({"kind": "offer", "proposal": 1, "issue": "i1", "agent": "a1"}, "query, agent"),
        ({"kind": "points", "proposal": 1, "agent": "a9"}, "query, agent"),
        ({"kind": "rational", "proposal": 4, "agent": "a1"}, "query, proposal"),
        ({"kind": "pareto", "proposal": 4}, "query, proposal"),
        ({"kind": "pareto", "proposal": 3.0}, "query"),
        ({"kind": "bluff", "event": 1}, "query, event"),
        ({"kind": "paid", "event": 1}, "query, event"),
        ({"kind": "valued", "chain": ["a9"], "about": "a0", "time": 1}, "query, chain"),
        ({"kind": "valued", "chain": ["a1"], "about": "a9", "time": 1}, "query, about"),
        ({"kind": "switch", "agent": "a9"}, "query, agent"),
        ({"kind": "implied", "agent": "a0", "time": 4}, "query"),
        ({"kind": "reply", "agent": "a0", "proposal": 2, "time": 3, "moves": MOVES}, "query, time"),
        ({"kind": "reply", "agent": "a1", "proposal": 3, "time": 5, "moves": MOVES}, "query, time"),
        ({"kind": "reply", "agent": "a1", "proposal": 3, "time": 9, "moves": MOVES}, "query, time"),
        ({"kind": "reply", "agent": "a1", "proposal": 1, "time": 3, "moves": MOVES}, "query, proposal"),
        ({"kind": "reply", "agent": "a1", "proposal": 3, "time": 3, "moves": MOVES[:2]}, "options"),
        (
            {
                "kind": "reply",
                "agent": "a1",
                "proposal": 3,
                "time": 3,
                "moves": [{"move": "propose", "deal": None}, *MOVES[:2]],
            },
            "query, moves",
        ),
        (
            {
                "kind": "reply",
                "agent": "a1",
                "proposal": 3,
                "time": 3,
                "moves": [{"move": "propose", "deal": [[9, 9], 1]}, *MOVES[:2]],
            },
            "query, moves",
        ),
    ],
)
def test_a_query_that_cannot_be_put(query: Json, where: str, sound: Json) -> None:
    sound["questions"][6]["query"] = query
    assert judge("replay", sound) == [f"question q6, {where}"]


# Protocol: the game.


def change(*path: Any, to: Any) -> Callable[[Json], None]:
    def apply(record: Json) -> None:
        part: Any = record
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = to

    return apply


GAME = ("world", "game")


@pytest.mark.parametrize(
    ("path", "planted", "where"),
    [
        (("agents", 1, "id"), "a2", "agents"),
        (("agents", 1, "name"), "Anna", "agents"),
        ((*GAME, "parties", 1, "agent"), "a0", "game, parties"),
        ((*GAME, "order"), ["a0", "a5"], "game, order"),
        ((*GAME, "winning"), [["a0", "a5"]], "game, winning"),
        ((*GAME, "issues", 1, "id"), "i0", "game, issues"),
        ((*GAME, "issues", 1, "name"), "books", "game, issues"),
        ((*GAME, "issues", 1, "options"), ["park", "park"], "game, issues"),
        ((*GAME, "issues"), [split(n, f"thing {n}", 20) for n in range(12)], "game, issues"),
        ((*GAME, "parties", 0, "worth"), [3], "party a0, worth"),
        ((*GAME, "parties", 0, "worth"), [[3], [0, 2]], "party a0, worth"),
        ((*GAME, "parties", 0, "worth"), [3, 4], "party a0, worth"),
        ((*GAME, "parties", 0, "worth"), [3, [0, 2, 1]], "party a0, worth"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "claim"), None, "party a0, statement"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "amount"), 3, "party a0, statement"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "claim", "issue"), "i7", "party a0, statement"),
        (("world", "events", 0, "agent"), "a7", "event 0"),
        (("world", "events", 0, "claim", "issue"), "i7", "event 0"),
        (("world", "events", 0, "claim"), {"kind": "limit", "side": "most", "option": 0}, "event 0"),
        (("world", "events", 0, "claim"), {"kind": "took", "round": 0, "amount": 0}, "event 0"),
        (("world", "events", 1, "deal"), [[2, 0]], "event 1"),
        (("world", "events", 1, "deal"), [[2, 1], 1], "event 1"),
        (("world", "events", 1, "deal"), [[2, 0], 2], "event 1"),
        (("world", "events", 1, "deal"), [[2, 0], [1]], "event 1"),
        (("world", "events", 1, "deal"), [2, 1], "event 1"),
        (("world", "events", 4, "proposal"), 0, "event 4"),
        (("world", "events", 4, "proposal"), 4, "event 4"),
        (("world", "events", 4, "proposal"), 99, "event 4"),
        (("world", "events", 4, "proposal"), 3.0, "world"),
        (("world", "events", 1, "deal", 0, 0), 2.0, "world"),
        (("world", "events", 2), {**event("harvest", 1, "a1", "a0"), "amount": 1}, "event 2"),
    ],
)
def test_a_record_without_sense(path: tuple[Any, ...], planted: Any, where: str, sound: Json) -> None:
    change(*path, to=planted)(sound)
    for name in NAMES:
        assert judge(name, sound) == [where]


@pytest.mark.parametrize(
    ("path", "planted", "where"),
    [
        ((*GAME, "delays"), [0], "game, delays"),
        ((*GAME, "winning"), [["a0", "a0", "a1"]], "game, winning"),
        ((*GAME, "winning"), [["a0", "a1"], ["a0"]], "game, winning"),
        (("conventions", "values"), "permuted", "game, issues"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "time"), 1, "party a0, statement"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "time"), 6, "party a0, statement"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "to"), [], "party a0, statement"),
        ((*GAME, "parties", 0, "strategy", "says", 0, "to"), ["a0"], "party a0, statement"),
    ],
)
def test_a_game_that_cannot_be(path: tuple[Any, ...], planted: Any, where: str, sound: Json) -> None:
    change(*path, to=planted)(sound)
    assert judge("protocol", sound)[:1] == [where]


def test_simultaneous_order_has_each_once(sound: Json) -> None:
    sound["conventions"]["turns"] = "simultaneous"
    sound["world"]["game"]["order"] = ["a0", "a1", "a0"]
    sound["world"]["events"] = []
    assert judge("protocol", sound) == ["game, order"]


def test_permuted_values_are_the_same_numbers(sound: Json) -> None:
    game = sound["world"]["game"]
    sound["conventions"]["values"] = "permuted"
    game["issues"] = [split(0, "books", 2), split(1, "pens", 1)]
    game["parties"] = [party(0, [3, 2], 2), party(1, [2, 2], 1)]
    sound["world"]["events"] = []
    assert judge("protocol", sound) == ["game, parties"]
    game["parties"] = [party(0, [3, 2], 2), party(1, [2, 3], 1)]
    assert judge("protocol", {**sound}) == []


# Protocol: the moves.


@pytest.mark.parametrize(
    ("events", "where"),
    [
        ({2: propose(3, "a1", "a0", [0, 2], 1), 3: propose(2, "a0", "a1", [1, 1], 1)}, ["event 3"]),
        ({4: reject(7, "a1", "a0", 3)}, ["event 4"]),
        ({2: propose(1, "a0", "a1", [0, 2], 1)}, ["event 2"]),
        ({2: {**propose(1, "a1", "a0", [0, 2], 1), "delay": 1}}, ["event 2"]),
        ({5: propose(4, "a0", "a1", [2, 0], 1)}, ["event 5"]),
        ({4: withdraw(3, "a1", "a0"), 5: propose(4, "a0", "a1", [2, 0], 1)}, ["event 5"]),
        ({2: propose(0, "a0", "a1", [2, 0], 1)}, ["event 2"]),
        ({0: event("threaten", 0, "a0", "a1"), 1: withdraw(0, "a0", "a1")}, ["event 0"]),
        ({4: reject(3, "a1", "a0", 2)}, ["event 4"]),
        ({4: reject(3, "a1", "a0", 1)}, ["event 4"]),
        ({2: event("query", 1, "a1", "a0"), 3: reject(2, "a0", "a1", 1), 4: reject(3, "a1", "a0", 1)}, ["event 3"]),
    ],
)
def test_an_illegal_move(events: dict[int, Json], where: list[str], sound: Json) -> None:
    kept = {number: each for number, each in enumerate(sound["world"]["events"]) if number < max(events)}
    sound["world"]["events"] = [events.get(number) or kept[number] for number in range(max(events) + 1)]
    found = judge("protocol", sound)
    assert set(where) <= set(found) and len(set(found)) <= 2


def test_who_withdrew_is_gone_even_if_the_others_go_on(sound: Json) -> None:
    game = sound["world"]["game"]
    game["winning"] = [["a0"], ["a1"]]
    sound["world"]["events"] = [withdraw(0, "a0", "a1"), propose(2, "a0", "a1", [1, 1], 1)]
    assert judge("protocol", sound) == ["event 1"]


def test_moves_of_one_time_stand_in_order(sound: Json) -> None:
    sound["conventions"]["turns"] = "simultaneous"
    sound["world"]["game"]["parties"] = [party(0, [3, [0, 2]], 2), party(1, [2, [0, 1]], 1)]
    one, two = propose(0, "a0", "a1", [1, 1], 1), propose(0, "a1", "a0", [1, 1], 0)
    sound["world"]["events"] = [one, two]
    assert judge("protocol", sound) == []
    sound["world"]["events"] = [two, one]
    assert judge("protocol", {**sound}) == ["event 1"]
    sound["world"]["events"] = [one, {**two, "kind": "accept-proposal", "proposal": 0}]
    assert judge("protocol", {**sound}) == ["event 1"]  # not heard yet


# Strategies.


@pytest.mark.parametrize(
    ("path", "planted", "where"),
    [
        (("world", "events", 1, "deal"), [[2, 0], 0], ["party a0, time 0"]),
        (("world", "events", 0, "claim", "issue"), "i0", ["party a0, time 0"]),
        (("world", "events", 4), reject(3, "a1", "a0", 3), ["party a1, time 3", "party a0, time 4"]),
        ((*GAME, "parties", 1, "strategy", "bidding"), "boulware", ["party a1, time 3"]),
        ((*GAME, "parties", 1, "strategy", "bidding"), "conceder", ["party a1, time 1"]),
        ((*GAME, "parties", 0, "deadline"), 3, ["party a0, time 2"]),
        ((*GAME, "parties", 0, "strategy", "says"), [], ["party a0, time 0"]),
        ((*GAME, "parties", 0, "strategy"), None, []),
    ],
)
def test_a_move_against_the_strategy(path: tuple[Any, ...], planted: Any, where: list[str], sound: Json) -> None:
    change(*path, to=planted)(sound)
    assert judge("strategies", sound) == where


def test_a_pass_is_a_move_too(sound: Json) -> None:
    del sound["world"]["events"][4]
    assert judge("strategies", sound) == ["party a1, time 3", "party a0, time 4"]


# Views.


def test_who_hears(sound: Json) -> None:
    sound["world"]["events"][1]["to"] = []
    assert judge("views", sound) == ["event 1, to", "turn 5, audience", "turn 5, channel"]


@pytest.mark.parametrize("to", [["a0"], ["a0", "a1"], ["a1", "a1"], ["a9"], []])
def test_to_whom_nothing_goes(to: list[str], sound: Json) -> None:
    sound["world"]["events"][0]["to"] = to
    assert judge("views", sound)[0] == "event 0, to"


@pytest.mark.parametrize(
    ("path", "planted"),
    [
        (("points", "books"), 4),
        (("points",), {}),
        (("reservation",), 1),
        (("deadline",), 6),
        (("strategy",), None),
        (("switch",), {"time": 1, "bidding": "linear"}),
        (("friend",), "a1"),
    ],
)
def test_planted_knowledge(path: tuple[str, ...], planted: object, sound: Json) -> None:
    change("agents", 0, "private", *path, to=planted)(sound)
    assert judge("views", sound) == ["agent a0, private"]


@pytest.mark.parametrize(
    ("number", "part", "planted"),
    [
        (0, "index", 1),
        (0, "time", 1),
        (0, "channel", "public"),
        (0, "act", {"performative": "propose", "content": {}}),
        (1, "audience", ["a1", "a0"]),
        (1, "audience", ["a9"]),
        (4, "speaker", "a1"),
        (4, "speaker", None),
        (4, "audience", ["a1", "a0"]),
        (4, "audience", ["a0"]),
        (4, "channel", "private"),
        (4, "channel", "action"),
        (4, "act", None),
        (5, "act", {"performative": "propose", "content": {"deal": [[2, 0], 0]}}),
        (5, "time", 0),
    ],
)
def test_a_planted_turn(number: int, part: str, planted: object, sound: Json) -> None:
    sound["turns"][number][part] = planted
    assert judge("views", sound) == [f"turn {number}, {part}"]


def insert(record: Json, place: int, **more: Any) -> None:
    record["turns"].insert(place, turn(**more))
    for index, each in enumerate(record["turns"]):
        each["index"] = index


def test_small_talk_and_narration(sound: Json) -> None:
    insert(sound, 5, time=1, speaker="a1", audience=["a0", "a1"], channel="public")
    insert(sound, 6, time=1, audience=["a0", "a1"])
    assert judge("views", sound) == []


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"speaker": "a1", "audience": ["a1"], "channel": "public"}, "turn 5, audience"),
        ({"speaker": "a9", "audience": ["a0", "a1"], "channel": "public"}, "turn 5, speaker"),
        ({"speaker": "a1", "audience": ["a0", "a1"], "channel": "narration"}, "turn 5, channel"),
        ({"audience": ["a1"]}, "turn 5, audience"),
        ({"audience": []}, "turn 5, audience"),
        ({"audience": ["a0", "a1"], "event": 4}, "turn 5, event"),
        ({"audience": ["a0", "a1"], "event": 0}, "turn 5, event"),
    ],
)
def test_a_planted_aside(more: Json, where: str, sound: Json) -> None:
    insert(sound, 5, time=1, **more)
    assert judge("views", sound) == [where]


def test_an_event_untold(sound: Json) -> None:
    sound["turns"].pop()
    assert judge("views", sound) == ["turns"]


def test_a_record_without_setting(sound: Json) -> None:
    sound["turns"] = [{**each, "index": index} for index, each in enumerate(sound["turns"][4:])]
    assert judge("views", sound) == ["turns"]
    sound["provenance"]["source"] = {"name": "x", "item": "1", "licence": "", "allowed_use": "training", "text": "1"}
    assert judge("views", sound) == []


def test_the_view_of_a_question(sound: Json) -> None:
    sound["questions"][2]["view"] = "reader"
    assert judge("views", sound) == ["question q2, view"]


# Capabilities.


@pytest.mark.parametrize(
    "planted", [[], ["understanding"], ["understanding", "planning", "communication", "adaptation"]]
)
def test_planted_capabilities(planted: list[str], sound: Json) -> None:
    sound["capabilities"] = planted
    assert judge("capabilities", sound) == ["capabilities"]


def test_what_shows_each_capability(sound: Json) -> None:
    sound["questions"] = []
    sound["capabilities"] = ["communication"]
    assert judge("capabilities", sound) == []
    sound = books()
    sound["world"]["game"]["parties"][0]["strategy"]["switch"] = {"time": 3, "bidding": "linear"}
    sound["capabilities"].append("adaptation")
    assert judge("capabilities", sound) == []
    sound = books()
    sound["world"]["game"]["parties"][0]["strategy"]["switch"] = {"time": 4, "bidding": "linear"}
    assert judge("capabilities", sound) == []
    sound["world"]["events"] = []
    sound["questions"] = []
    sound["capabilities"] = []
    assert judge("capabilities", {**sound}) == []


def test_plans_are_private_to_their_party(sound: Json) -> None:
    """Whoever says something in private is heard by those alone."""
    plan = says(0, "promise", "a1", amount=2)
    game = sound["world"]["game"]
    game["parties"][0]["strategy"] = strategy("linear", says=[plan, says(0, "inform", "a1", claim=priority("i1"))])
    assert judge("protocol", sound) == []
    assert judge("strategies", {**sound}) == ["party a0, time 0"]
