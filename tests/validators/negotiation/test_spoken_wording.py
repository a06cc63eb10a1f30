"""Words of models in negotiations: what says an act passes, what does not is found, whoever tampers with it."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.tests.validators.negotiation.bargains import accept, episode, split, strategy, world
from madata.tests.validators.negotiation.bargains import party as plain_party
from madata.tests.validators.negotiation.bargains import propose as proposal
from madata.tests.validators.negotiation.voices import CASES, NAMES, Case
from madata.validators import form
from madata.validators.negotiation import privacy, wording
from madata.validators.negotiation.spoken import Line, Scene
from madata.validators.spoken import lines

Json = dict[str, Any]


def agents(count: int) -> list[Json]:
    return [{"id": f"a{number}", "name": name} for number, name in enumerate(NAMES[:count])]


def party(agent: Json, issues: list[Json]) -> Json:
    worth = [7 if issue["kind"] == "split" else [17 for _ in issue["options"]] for issue in issues]
    return {"agent": agent["id"], "worth": worth, "reservation": 19, "deadline": 23}


def even(issues: list[Json], count: int) -> list[Any]:
    """Anna gets one of everything of which there are two, and what is left goes to Ben."""
    shares = (
        [int(issue.get("units", 0) > 1), issue.get("units", 0) - int(issue.get("units", 0) > 1)] for issue in issues
    )
    return [
        [*share, *[0] * (count - 2)] if issue["kind"] == "split" else 0
        for issue, share in zip(issues, shares, strict=True)
    ]


def game_of(case: Case, cast: list[Json]) -> Json:
    if isinstance(case[2], list):
        return {"kind": "bargain", "issues": case[2], "parties": [party(agent, case[2]) for agent in cast]}
    return {**case[2], "parties": [{"agent": agent["id"]} for agent in cast]}


def line(case: Case, text: str) -> Line:
    """Anna speaks after each of the others has made a proposal."""
    count, act = case[1], case[3]
    cast = agents(count)
    game = game_of(case, cast)
    everybody = [agent["id"] for agent in cast]
    events: list[Json] = []
    for number, agent in enumerate(everybody[1:] if game["kind"] == "bargain" else []):
        to = [each for each in everybody if each != agent]
        deal = even(game["issues"], count)
        events.append({"kind": "propose", "agent": agent, "time": number, "delay": 0, "to": to, "deal": deal})
    event = {"agent": "a0", "time": count, "delay": 0, "to": everybody[1:], **act} if act else None
    scene = Scene(cast, {"game": game, "events": [*events, *([event] if event else [])]})
    for number, each in enumerate(events):
        scene.hear({"event": number, "text": "", "audience": everybody, "speaker": each["agent"], "act": {}}, each)
    turn = {
        "index": 9,
        "speaker": "a0",
        "event": len(events) if event else None,
        "act": {} if event else None,
        "audience": ["a0", *event["to"]] if event else everybody,
        "text": text,
    }
    return scene.line(turn, event)


def cases(faithful: bool) -> list[Any]:
    return [
        pytest.param(case, text, id=f"{case[0]}: {text}")
        for case in CASES
        for text in (case[4] if faithful else case[5])
    ]


def found(case: Case, text: str) -> list[Any]:
    said = line(case, text)
    return [*wording.faults(said), *privacy.faults(said)]


@pytest.mark.parametrize(("case", "text"), cases(True))
def test_words_that_say_the_act(case: Case, text: str) -> None:
    assert not found(case, text)


@pytest.mark.parametrize(("case", "text"), cases(False))
def test_words_that_do_not(case: Case, text: str) -> None:
    assert found(case, text)


def test_there_are_enough() -> None:
    assert sum(len(case[4]) for case in CASES) >= 150
    assert sum(len(case[5]) for case in CASES) >= 150


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("two books and a hat for me", "I'd take 2 books and 1 hat.", "say for each of books, hats, balls who gets"),
        (
            "two books and a hat for me",
            "You take 2 books and 1 hat, and I get the rest.",
            "the deal books: Anna 2, Ben 1",
        ),
        ("acceptance", "Good.", "words that accept"),
        ("acceptance among three", "I accept.", "whose proposal it is (Carla's)"),
        ("acceptance", "Deal. So I get both hats.", "shares as proposed (books: Anna 1, Ben 2"),
        ("promise", "I'll pay you 12 points.", "10 points, and no other figure"),
        ("harvest told", "I took 4 fish.", "round 1"),
    ],
)
def test_findings_tell_what_to_say(title: str, text: str, expected: str) -> None:
    case = next(case for case in CASES if case[0] == title)
    assert any(expected in fault.expected for fault in wording.faults(line(case, text)))


CASE = {case[0]: case for case in CASES}


@pytest.mark.parametrize(
    ("title", "text", "leaks"),
    [
        ("two books and a hat for me", "I get 2 books and 1 hat, you get the rest.", False),
        ("two books and a hat for me", "I get 2 books and 1 hat, you get the rest. That is 19 for me.", True),
        ("two books and a hat for me", "I get 2 books and 1 hat, you get the rest. Books bring me 7.", True),
        ("two books and a hat for me", "I get 2 books and 1 hat, you get the rest: four points.", True),
        ("acceptance", "I accept, as my deadline is near.", True),
        ("acceptance", "I accept. My strategy worked.", True),
        ("refusal", "I reject that, it is below my reservation value.", True),
        ("refusal", "I reject that, nineteen would be fine.", True),
        ("priority", "The books matter most to me.", False),
        ("priority", "The books matter most to me, then hats.", True),
        ("threat", "Accept this or I walk away in round twenty-three.", True),
        ("promise", "I'll pay you 10 points.", False),
        ("upper limit", "I can go up to 30 euros, not to 40 euros.", True),
        ("small talk", "Hello Ben, the ball is lovely.", True),
        ("small talk", "Hello Ben.", False),
    ],
)
def test_privacy(title: str, text: str, leaks: bool) -> None:
    assert bool([*privacy.faults(line(CASE[title], text))]) is leaks


def test_plain_words_have_a_good_form() -> None:
    for case in CASES:
        assert not [*form.faults(line(case, case[4][0]))]


@given(st.sampled_from(CASES), st.text(max_size=300))
def test_any_text_is_judged(case: Case, text: str) -> None:
    for check in (wording, privacy, form):
        assert all(fault.expected and fault.found for fault in check.faults(line(case, text or ".")))


@given(
    st.sampled_from(CASES),
    st.lists(st.sampled_from([text for case in CASES for text in case[4]]), min_size=2, max_size=4),
)
def test_what_is_put_together_is_judged(case: Case, texts: list[str]) -> None:
    assert all(fault.expected for fault in wording.faults(line(case, " ".join(texts))))


def test_no_line_says_another_act() -> None:
    """What says one act says none of another kind, in any game among as many about the same."""
    for case in CASES:
        for other in CASES:
            if case is other or case[1:3] != other[1:3] or case[3] is None or other[3] is None:
                continue
            passing = [text for text in other[4] if not found(case, text)]
            assert not passing, (case[0], other[0])


def test_endless_lines_are_not_read() -> None:
    (fault,) = wording.faults(line(CASE["acceptance"], "I accept. " * 200))
    assert fault.expected == "at most 1000 characters"


# Whole records.


@pytest.fixture
def record() -> Json:
    """Anna proposes, in her own words, and Ben accepts, in his."""
    events = [proposal(0, "a0", "a1", [2, 1], [1, 1]), accept(1, "a1", "a0", 0)]
    parties = [plain_party(number, [5, 3], 4, strategy("linear")) for number in range(2)]
    whole = episode(world([split(0, "books", 3), split(1, "hats", 2)], parties, events), {}, [{}, {}], [], [])
    told = {turn["event"]: turn for turn in whole["turns"] if turn["event"] is not None}
    told[0]["text"] = "How about two books and a hat for me, and the rest for you?"
    told[1]["text"] = "Deal, Anna."
    whole["provenance"] = {"spoken": [{"turn": told[0]["index"]}, {"turn": told[1]["index"]}]}
    return whole


def findings(record: Json) -> list[Any]:
    return [*wording.judge(record), *privacy.judge(record), *form.judge(record)]


def test_a_sound_record(record: Json) -> None:
    assert len([*lines(record)]) == 2
    assert not findings(record)


def test_words_of_another_deal(record: Json) -> None:
    record["world"]["events"][0]["deal"] = [[1, 2], [1, 1]]
    (finding,) = wording.judge(record)
    assert finding.where == f"turn {record['provenance']['spoken'][0]['turn']}"
    assert finding.expected == "the deal books: Anna 1, Ben 2; hats: Anna 1, Ben 1"
    assert finding.found.startswith("books: Anna 2, Ben 1; hats: Anna 1, Ben 1")


@pytest.mark.parametrize("turn", [0, 99])
def test_turns_that_are_the_worlds(record: Json, turn: int) -> None:
    record["provenance"]["spoken"].append({"turn": turn})
    (finding,) = wording.judge(record)
    assert (finding.where, finding.expected) == (f"provenance, spoken turn {turn}", "a turn in which an agent speaks")


TAMPERINGS: dict[str, Any] = {
    "an answer to nothing": lambda r: r["world"]["events"][1].update(proposal=7),
    "an answer to an answer": lambda r: r["world"]["events"][1].update(proposal=1),
    "a deal of nothing": lambda r: r["world"]["events"][0].update(deal=[]),
    "a deal of options": lambda r: r["world"]["events"][0].update(deal=[1, 2]),
    "an event that is not there": lambda r: r["turns"][-1].update(event=9),
    "a turn of somebody else": lambda r: r["turns"][-1].update(speaker="a0"),
    "a turn of nobody": lambda r: r["turns"][-1].update(speaker="a9"),
    "told twice": lambda r: r["turns"][-1].update(event=0),
    "a claim of another game": lambda r: r["world"]["events"].__setitem__(
        1,
        {
            **r["world"]["events"][1],
            "kind": "inform",
            "claim": {"kind": "gave", "agent": "a0", "meeting": 0, "amount": 1},
        },
    ),
    "a limit of nothing": lambda r: r["world"]["events"].__setitem__(
        1, {**r["world"]["events"][1], "kind": "inform", "claim": {"kind": "limit", "side": "most", "option": 77}}
    ),
}


@pytest.mark.parametrize("tampering", TAMPERINGS.values(), ids=TAMPERINGS)
def test_tampered_records_are_found(record: Json, tampering: Any) -> None:
    tampering(record)
    assert findings(record)


def test_answers_with_shares_of_a_broken_deal(record: Json) -> None:
    broken = deepcopy(record)
    broken["world"]["events"][0]["deal"] = [3]
    broken["turns"][-1]["text"] = "I accept: I get one book."
    assert findings(broken)


def test_a_scene_refuses_what_the_world_tells(record: Json) -> None:
    scene = Scene(record["agents"], record["world"])
    assert scene.act(record["turns"][0], None) is None
    with pytest.raises(ValueError, match="told by the world"):
        scene.line(record["turns"][0], None)


def test_a_line_is_judged_by_other_words() -> None:
    """As readers' choices are."""
    said = line(CASE["acceptance"], "I accept.")
    assert not [*wording.faults(replace(said, text="We have a deal."))]
    assert [*wording.faults(replace(said, text="We have no deal."))]
