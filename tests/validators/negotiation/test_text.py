"""The reader of negotiations: sentences written by hand are read, and planted changes are found."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from madata.generators import make
from madata.schemas import canonical
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.moves import Moves
from madata.validators.negotiation.reading.questions import Questions
from madata.validators.negotiation.reading.skeleton import Vocabulary, words
from madata.validators.negotiation.text import judge
from madata.validators.words.numbers import UNITS

Json = dict[str, Any]
NAMES = ("Anna", "Ben", "Carla")
SPLITS = [
    {"kind": "split", "id": "i0", "name": "books", "units": 3},
    {"kind": "split", "id": "i1", "name": "hats", "units": 2},
    {"kind": "split", "id": "i2", "name": "bags of rice", "units": 4},
]
CHOICES = [
    {"kind": "choice", "id": "i0", "name": "day", "options": ["Monday", "Tuesday", "Friday"]},
    {"kind": "choice", "id": "i1", "name": "venue", "options": ["the old mill", "the beach"]},
]
PRICE = [{"kind": "choice", "id": "i0", "name": "price", "options": [f"{n} euros" for n in range(10, 60, 10)]}]


def agents(count: int) -> list[Json]:
    return [{"id": f"a{number}", "name": name} for number, name in enumerate(NAMES[:count])]


def moves(count: int, game: Json, events: tuple[Json, ...] = ()) -> Moves:
    return Moves(agents(count), {"game": game, "events": events}, Vocabulary(agents(count), game))


def bargain(count: int, issues: list[Json]) -> Moves:
    return moves(count, {"kind": "bargain", "issues": issues})


def deal(count: int, issues: list[Json], text: str) -> Any:
    said = bargain(count, issues).read(text, "a0")
    assert said["kind"] == "propose"
    return said["deal"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I get 2 books, 1 hat and 3 bags of rice, and you get the rest.", [[2, 1], [1, 1], [3, 1]]),
        ("I take two of the three books and both hats; you keep the bags of rice.", [[2, 1], [2, 0], [0, 4]]),
        ("Books: 2 for me, 1 for you; hats: one each; bags of rice: all yours.", [[2, 1], [1, 1], [0, 4]]),
        (
            "How about three books for me, none for you; the hats go to you, and we split the bags of rice evenly.",
            [[3, 0], [0, 2], [2, 2]],
        ),
        ("You can have everything but the hats, which I keep.", [[0, 3], [2, 0], [0, 4]]),
        ("You get nothing. I get everything.", [[3, 0], [2, 0], [4, 0]]),
        ("Ben, I'd like a book, no hats and all four bags of rice; the rest is yours.", [[1, 2], [0, 2], [4, 0]]),
        (
            "My offer: Anna: 2 books, 1 hat, 0 bags of rice; Ben: 1 book, 1 hat, 4 bags of rice.",
            [[2, 1], [1, 1], [0, 4]],
        ),
        (
            "Of the books, I get 2, you get 1. Of the hats, I take both. The bags of rice are yours.",
            [[2, 1], [2, 0], [0, 4]],
        ),
        ("Let me have all the books, and you take the hats and the bags of rice.", [[3, 0], [0, 2], [0, 4]]),
        ("I leave you the hats and one book and keep everything else.", [[2, 1], [0, 2], [4, 0]]),
        ("I give you 2 books and 1 hat and 2 bags of rice; I keep what is left.", [[1, 2], [1, 1], [2, 2]]),
        (
            "I give 2 books, 1 hat and 2 bags of rice to you; the remainder goes to me.",
            [[1, 2], [1, 1], [2, 2]],
        ),
        (
            "All but one of the books for me, a hat each, half of the bags of rice for each of us.",
            [[2, 1], [1, 1], [2, 2]],
        ),
        (
            "Two books to me and the other to you, the hats to Ben, the bags of rice two each.",
            [[2, 1], [0, 2], [2, 2]],
        ),
        ("I want 2 books, 2 hats and 1 bag of rice.", [[2, 1], [2, 0], [1, 3]]),
    ],
)
def test_deals_of_two(text: str, expected: Any) -> None:
    assert deal(2, SPLITS, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "I get 2 books, Ben gets 1 book and both hats, and Carla gets all the bags of rice.",
            [[2, 1, 0], [0, 2, 0], [0, 0, 4]],
        ),
        (
            "Books: Anna 1, Ben 1, Carla 1; hats: Anna 0, Ben 2, Carla 0; bags of rice: Anna 4, Ben 0, Carla 0.",
            [[1, 1, 1], [0, 2, 0], [4, 0, 0]],
        ),
        (
            "One book for each of us; the hats go to Ben; Carla keeps three bags of rice and I keep the other one.",
            [[1, 1, 1], [0, 2, 0], [1, 0, 3]],
        ),
        (
            "Ben and Carla get one hat each, I get the books, and Carla gets the bags of rice.",
            [[3, 0, 0], [0, 1, 1], [0, 0, 4]],
        ),
        (
            "I get 2 books, with Ben getting one and Carla none. Hats: 1 for me, 1 for Carla. Carla takes all four "
            "bags of rice.",
            [[2, 1, 0], [1, 0, 1], [0, 0, 4]],
        ),
    ],
)
def test_deals_of_three(text: str, expected: Any) -> None:
    assert deal(3, SPLITS, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Let us meet on Friday at the beach.", [2, 1]),
        ("I suggest the old mill, and Monday as the day.", [0, 0]),
        ("Day: Tuesday; venue: the beach.", [1, 1]),
    ],
)
def test_deals_with_options(text: str, expected: Any) -> None:
    assert deal(2, CHOICES, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I get 2 books and you get 1 hat.",
        "I get 2 books, you get 2 books; the hats and the bags of rice are mine.",
        "I take two of the four books, both hats and the bags of rice.",
        "I get 3 books and 2 hats and 5 bags of rice.",
        "Books: 2 for me, 1 for you; hats: one each.",
        "I get the books. You get the books. The rest is mine.",
    ],
)
def test_what_is_no_deal(text: str) -> None:
    with pytest.raises(Misread):
        deal(2, SPLITS, text)


BOOKS: Json = {"kind": "inform", "claim": {"kind": "priority", "issue": "i0"}}


def limit(side: str, option: int) -> Json:
    return {"kind": "inform", "claim": {"kind": "limit", "side": side, "option": option}}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The books matter most to me.", BOOKS),
        ("My top priority is the books.", BOOKS),
        ("No hard feelings. I care most about the books.", BOOKS),
        ("Nothing matters more to me than the books.", BOOKS),
        ("Just between us, Ben: the books are the most important thing to me.", BOOKS),
        ("What matters most to you?", {"kind": "query", "about": "priority"}),
        ("Ben, what do you care about most?", {"kind": "query", "about": "priority"}),
        ("Accept this or I walk away.", {"kind": "threaten"}),
        ("If you turn this down, I am leaving for good.", {"kind": "threaten"}),
        ("Unless you accept this, I am out.", {"kind": "threaten"}),
        ("Take it or leave it.", {"kind": "threaten"}),
        ("I am leaving.", {"kind": "withdraw"}),
        ("That's it, I withdraw.", {"kind": "withdraw"}),
        ("I'll pay you 10 points if you support my proposal, Ben.", {"kind": "promise", "amount": 10, "to": "a1"}),
        ("Vote for my offer and you get twelve points from me.", {"kind": "promise", "amount": 12}),
        ("I accept.", {"kind": "accept-proposal"}),
        ("Deal!", {"kind": "accept-proposal"}),
        ("I accept Ben's offer.", {"kind": "accept-proposal", "proposal": 0}),
        ("Agreed, Ben.", {"kind": "accept-proposal", "of": "a1"}),
        ("That works for me.", {"kind": "accept-proposal"}),
        ("I can't accept that.", {"kind": "reject-proposal"}),
        ("I reject Ben's proposal.", {"kind": "reject-proposal", "proposal": 0}),
        ("No, that is not good enough.", {"kind": "reject-proposal"}),
        ("I have to decline, Ben.", {"kind": "reject-proposal", "of": "a1"}),
    ],
)
def test_moves_of_a_bargain(text: str, expected: Json) -> None:
    made = {"kind": "propose", "agent": "a1", "time": 0, "delay": 0, "to": ["a0"], "deal": []}
    assert moves(2, {"kind": "bargain", "issues": SPLITS}, (made,)).read(text, "a0", 1) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I can go up to 30 euros.", limit("most", 2)),
        ("At most 30 euros.", limit("most", 2)),
        ("I can't pay more than 30 euros.", limit("most", 2)),
        ("30 euros is the most I can do.", limit("most", 2)),
        ("Nothing above 30 euros is possible for me.", limit("most", 2)),
        ("I need at least 40 euros.", limit("least", 3)),
        ("I can't go below 40 euros.", limit("least", 3)),
        ("I won't take less than 40 euros.", limit("least", 3)),
        ("40 euros or more.", limit("least", 3)),
    ],
)
def test_limits(text: str, expected: Json) -> None:
    assert bargain(2, PRICE).read(text, "a0") == expected


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("I propose that each of us takes at most 5 fish a round.", "a0", {"kind": "propose", "deal": [5]}),
        ("In round 2 I took 5 fish.", "a0", {"kind": "took", "round": 1, "amount": 5}),
        ("I took nothing in the first round.", "a0", {"kind": "took", "round": 0, "amount": 0}),
        ("Anna takes 5 fish.", None, {"kind": "harvest", "agent": "a0", "amount": 5}),
        ("Ben takes nothing.", None, {"kind": "harvest", "agent": "a1", "amount": 0}),
        ("Anna punishes Ben.", None, {"kind": "punish", "agent": "a0", "target": "a1"}),
        ("Ben is fined by Carla.", None, {"kind": "punish", "agent": "a2", "target": "a1"}),
        ("I agree.", "a0", {"kind": "accept-proposal"}),
        ("I refuse to go along with that.", "a0", {"kind": "reject-proposal"}),
    ],
)
def test_moves_of_a_commons(text: str, speaker: str | None, expected: Json) -> None:
    said = moves(3, {"kind": "commons", "resource": "fish"}).read(text, speaker)
    assert said == ({"kind": "inform", "claim": expected} if expected["kind"] == "took" else expected)


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("Anna gives 5 to Ben.", None, {"kind": "donate", "agent": "a0", "recipient": "a1", "amount": 5}),
        ("Ben gives Anna nothing.", None, {"kind": "donate", "agent": "a1", "recipient": "a0", "amount": 0}),
        ("Ben receives 3 units from Carla.", None, {"kind": "donate", "agent": "a2", "recipient": "a1", "amount": 3}),
        ("In meeting 3, Ben gave 4.", "a0", {"kind": "gave", "meeting": 2, "agent": "a1", "amount": 4}),
        ("Ben gave nothing in the second meeting.", "a0", {"kind": "gave", "meeting": 1, "agent": "a1", "amount": 0}),
    ],
)
def test_moves_of_a_donor_game(text: str, speaker: str | None, expected: Json) -> None:
    said = moves(3, {"kind": "donor"}).read(text, speaker)
    assert said == ({"kind": "inform", "claim": expected} if expected["kind"] == "gave" else expected)


@pytest.mark.parametrize("text", ["", "#", "@a @i # #th", "9" * 4000, "a " * 2000, "I get " * 700, "(" * 4000])
def test_hostile_words_are_misread(text: str) -> None:
    for reader in (bargain(2, SPLITS), moves(3, {"kind": "commons", "resource": "fish"}), moves(3, {"kind": "donor"})):
        with pytest.raises(Misread):
            reader.read(text, "a0")
    assert len(words(text)) <= 4000


def said(agent: str, kind: str, time: int, **fields: Any) -> Json:
    to = [other for other in ("a0", "a1", "a2") if other != agent]
    return {"kind": kind, "agent": agent, "time": time, "delay": 0, "to": to, **fields}


EVENTS = [
    said("a0", "inform", 0, claim={"kind": "priority", "issue": "i1"}),
    said("a0", "propose", 0, deal=[]),
    said("a1", "propose", 1, deal=[]),
    said("a0", "threaten", 2),
    said("a0", "propose", 2, deal=[]),
]


def query(text: str, game: Json, events: list[Json] = EVENTS, options: tuple[str, ...] = ()) -> Json:
    return Questions(moves(3, game), {"game": game, "events": events}).read(text, options)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "How many books does Ben get under Anna's 2nd proposal?",
            {"kind": "offer", "proposal": 4, "issue": "i0", "agent": "a1"},
        ),
        (
            "In the first proposal made by Anna, how many hats go to Carla?",
            {"kind": "offer", "proposal": 1, "issue": "i1", "agent": "a2"},
        ),
        ("How many points is Ben's proposal worth to Anna?", {"kind": "points", "proposal": 2, "agent": "a0"}),
        (
            "Is Anna's last offer at least as good for Carla as having no deal?",
            {"kind": "rational", "proposal": 4, "agent": "a2"},
        ),
        ("Is Ben's proposal Pareto optimal?", {"kind": "pareto", "proposal": 2}),
        ("Is there any deal that leaves nobody worse off than no deal at all?", {"kind": "zone"}),
        ("Does Anna bluff when Anna threatens to leave?", {"kind": "bluff", "event": 3}),
        ("Is Anna lying when Anna says that the hats matter most?", {"kind": "bluff", "event": 0}),
        ("Anna threatens to walk away. Did it pay off for Anna?", {"kind": "paid", "event": 3}),
        ("Did Anna change her strategy, and if so, at which move?", {"kind": "switch", "agent": "a0"}),
        ("In the end, what matters most to Ben?", {"kind": "valued", "about": "a1", "time": 3}),
        (
            "When round 3 begins, what does Anna think matters most to Ben?",
            {"kind": "valued", "chain": ["a0"], "about": "a1", "time": 2},
        ),
        (
            "What does Anna think that Carla thinks matters most to Ben, at the end?",
            {"kind": "valued", "chain": ["a0", "a2"], "about": "a1", "time": 3},
        ),
    ],
)
def test_questions_of_a_bargain(text: str, expected: Json) -> None:
    assert query(text, {"kind": "bargain", "issues": SPLITS}) == expected


QUOTA = [said("a0", "propose", 0, deal=[5])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How many fish were there at the beginning of round 3?", {"kind": "stock", "round": 2}),
        (
            "What is the most that all together can harvest in round 2 so that there are as many fish afterwards?",
            {"kind": "sustain", "round": 1},
        ),
        ("How many fish did Ben take in round 1?", {"kind": "took", "about": "a1", "round": 0}),
        (
            "How many fish does Anna think Ben took in round 1?",
            {"kind": "took", "chain": ["a0"], "about": "a1", "round": 0},
        ),
        ("Who kept to Anna's proposal?", {"kind": "kept", "proposal": 0}),
        ("How many rounds would the fish last if everybody harvested like Carla?", {"kind": "last", "agent": "a2"}),
    ],
)
def test_questions_of_a_commons(text: str, expected: Json) -> None:
    assert query(text, {"kind": "commons", "resource": "fish"}, QUOTA) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("How much did Carla give in meeting 1?", {"kind": "gave", "meeting": 0}),
        ("How much does Anna believe Carla gave in meeting 1?", {"kind": "gave", "chain": ["a0"], "meeting": 0}),
        ("How much did Ben have right after meeting 2?", {"kind": "had", "agent": "a1", "meeting": 1}),
        ("How much would Ben give to Carla if they met next?", {"kind": "would", "donor": "a1", "recipient": "a2"}),
        ("Who stays after the first generation?", {"kind": "stays", "generation": 0}),
    ],
)
def test_questions_of_a_donor_game(text: str, expected: Json) -> None:
    assert query(text, {"kind": "donor", "meetings": [{"donor": "a2"}]}, []) == expected


# Rendered episodes, and changes planted in them.

FAMILIES = ("coalition", "commons", "division", "donor", "multi_issue", "price")
SLOTS = range(len(FAMILIES))
EPISODES = [json.loads(canonical(make.episode("negotiation", FAMILIES, {}, 16, slot, 0))) for slot in SLOTS]
BARGAINS = [episode for episode in EPISODES if episode["world"]["game"]["kind"] == "bargain"]
NUMBER = re.compile(rf"(?<![\w$])(?:{'|'.join(UNITS[1:])}|[0-9]+)(?!\w)")


def findings(episode: Json) -> list[str]:
    return [str(finding) for finding in judge(episode)]


def with_turn(episode: Json, number: int, text: str) -> Json:
    turns = list(episode["turns"])
    turns[number] = {**turns[number], "text": text}
    return {**episode, "turns": turns}


def renumbered(text: str) -> Iterator[str]:
    """The text with one number changed, for each there is."""
    for match in NUMBER.finditer(text):
        word = match[0]
        other = UNITS[(UNITS.index(word) + 1) % 19] if word in UNITS else str(int(word) + 1)
        yield text[: match.start()] + other + text[match.end() :]


def turns(episode: Json, *kinds: str) -> Iterator[tuple[int, str]]:
    for number, turn in enumerate(episode["turns"]):
        if turn["event"] is not None and episode["world"]["events"][turn["event"]]["kind"] in kinds:
            yield number, turn["text"]


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode["family"])
def test_what_is_rendered_is_read_back(episode: Json) -> None:
    assert findings(episode) == []


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode["family"])
def test_every_changed_number_of_a_move_is_found(episode: Json) -> None:
    for number, text in turns(episode, "propose", "harvest", "donate", "inform", "promise"):
        for other in renumbered(text):
            (finding,) = findings(with_turn(episode, number, other))[:1] or ["nothing"]
            assert f"turn {number}" in finding, other


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode["family"])
def test_moves_in_the_words_of_others_are_found(episode: Json) -> None:
    """Each proposal, harvest or gift told in the words of another of its kind that does something else."""
    told = list(turns(episode, "propose", "harvest", "donate"))
    events = episode["world"]["events"]
    for (number, _), (other, text) in pairwise(told):
        here, there = (events[episode["turns"][at]["event"]] for at in (number, other))
        same = {"deal", "agent", "amount", "recipient"} if here["kind"] != "propose" else {"deal"}
        if here["kind"] == there["kind"] and any(here.get(key) != there.get(key) for key in same):
            assert findings(with_turn(episode, number, text)) != []


def swapped(episode: Json, text: str) -> str:
    first, second = (agent["name"] for agent in episode["agents"][:2])
    return text.replace(first, "~").replace(second, first).replace("~", second)


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode["family"])
def test_swapped_names_are_found(episode: Json) -> None:
    """In the setting and in questions: whose points, whose turn, whose belief."""
    agents = [agent["name"] for agent in episode["agents"][:2]]
    for number, turn in enumerate(episode["turns"]):
        if turn["time"] == 0 and turn["speaker"] is None and sum(name in turn["text"] for name in agents) == 1:
            assert findings(with_turn(episode, number, swapped(episode, turn["text"]))) != []


@pytest.mark.parametrize("episode", BARGAINS, ids=lambda episode: episode["family"])
@pytest.mark.parametrize(
    ("phrase", "change"),
    [
        (r"[0-9]+ rounds", lambda found: f"{int(found.split()[0]) + 1} rounds"),
        (r"worth [0-9]+ points", lambda found: f"worth {int(found.split()[1]) + 1} points"),
        (r"holds out|gives way evenly|gives way fast|gives way early", lambda _: "hardly gives way"),
        (r"is agreed", lambda _: "is not agreed"),
    ],
)
def test_a_changed_setting_is_found(episode: Json, phrase: str, change: Callable[[str], str]) -> None:
    for number, turn in enumerate(episode["turns"]):
        match = re.search(phrase, turn["text"])
        if turn["speaker"] is None and match and "once" not in turn["text"]:
            text = turn["text"][: match.start()] + change(match[0]) + turn["text"][match.end() :]
            assert findings(with_turn(episode, number, text)) != [], text


@pytest.mark.parametrize("episode", EPISODES, ids=lambda episode: episode["family"])
def test_a_question_about_something_else_is_found(episode: Json) -> None:
    others = {question["text"]: question["query"] for question in episode["questions"]}
    for number, question in enumerate(episode["questions"]):
        for text, query in others.items():
            if query != question["query"]:
                asked = list(episode["questions"])
                asked[number] = {**question, "text": text}
                assert findings({**episode, "questions": asked}) != [], (query, question["query"])


def test_a_missing_turn_of_the_setting_is_found() -> None:
    for episode in EPISODES:
        spoken = [turn for turn in episode["turns"] if turn["event"] is not None or turn["speaker"]]
        assert any("no words for it" in finding for finding in findings({**episode, "turns": spoken}))


def test_words_for_the_wrong_ears_are_found() -> None:
    for episode in BARGAINS:
        everybody = [agent["id"] for agent in episode["agents"]]
        loud = [{**turn, "audience": everybody} for turn in episode["turns"]]
        assert any("points a0" in finding for finding in findings({**episode, "turns": loud}))


@pytest.mark.parametrize("text", ["?", "@p @b", "#" * 900, "one " * 250, "@a's offer " * 90, "The deal " * 100])
def test_hostile_words_are_findings_everywhere(text: str) -> None:
    for episode in EPISODES:
        every = [{**turn, "text": text} for turn in episode["turns"]]
        asked = [{**question, "text": text} for question in episode["questions"]]
        assert len(findings({**episode, "turns": every, "questions": asked})) > len(asked)
