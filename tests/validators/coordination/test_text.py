"""The reader of coordination: sentences written by hand are read, and planted changes are found."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from random import Random
from typing import Any

import pytest

from madata.generators import make
from madata.generators.family import Rejected
from madata.validators.coordination.reading.events import Events
from madata.validators.coordination.reading.questions import Questions
from madata.validators.coordination.reading.setting import Setting
from madata.validators.coordination.reading.skeleton import Misread, Vocabulary
from madata.validators.coordination.text import judge

Json = dict[str, Any]

FAMILIES = ("maze", "schedule", "allocation", "pathfinding", "pursuit", "kitchen", "graph", "hints")
NAMES = ("Anna", "Ben", "Dr. Will")
SLOTS = ["10:30", "noon", "St. Ives' hour"]


def said(agent: int, time: int, kind: str, **content: Any) -> Json:
    return {"agent": f"a{agent}", "time": time, "kind": kind, "to": [], "arrives": [], **content}


def fact(number: int, name: str, scale: str, value: int, known: tuple[int, ...]) -> Json:
    return {"id": f"f{number}", "name": name, "scale": scale, "value": value, "known": [f"a{each}" for each in known]}


EPISODE: Json = {
    "agents": [{"id": f"a{number}", "name": name, "role": "cook"} for number, name in enumerate(NAMES)],
    "conventions": {"speech": "turns", "delivery": "unreliable", "channel": "messages"},
    "world": {
        "game": {"kind": "none"},
        "scales": [
            {"id": "s0", "values": ["open", "a wall"]},
            {"id": "s1", "values": SLOTS},
            {"id": "s2", "values": ["1", "2", "3"]},
        ],
        "facts": [
            fact(0, "square B1", "s0", 1, (0,)),
            fact(1, "square B1, behind the door", "s0", 0, (0, 1, 2)),
            fact(2, "Ben's number", "s2", 1, ()),
        ],
        "decisions": [
            {"id": "d0", "name": "the time of the feast", "scale": "s1"},
            {"id": "d1", "name": "the time of the walk", "scale": "s1"},
        ],
        "actions": ["stay", "go north", "carry the pot", "pair up with Ben"],
        "players": [],
        "order": ["a1", "a0", "a2"],
        "rounds": 7,
        "events": [
            said(0, 0, "inform"),
            said(0, 0, "propose"),
            said(1, 0, "propose"),
            said(0, 0, "propose"),
            said(2, 1, "query-ref"),
        ],
    },
}
VOCABULARY = Vocabulary(EPISODE)
EVENTS = Events(EPISODE, VOCABULARY)
QUESTIONS = Questions(EPISODE, VOCABULARY, EVENTS)


def message(text: str) -> Json:
    return EVENTS.message(list(VOCABULARY.sentences(text)), EVENTS.events)


def told(*values: tuple[int, int]) -> list[Json]:
    return [{"fact": f"f{number}", "value": value} for number, value in values]


def test_names_and_sentences() -> None:
    """The longest name wins, and a name can have stops in it and begin with a capital."""
    text = "Square B1, behind the door, is open! Dr. Will comes at St. Ives' hour, in round 2. Wille has #3."
    first, second, third = VOCABULARY.sentences(text)
    assert first.slots == ("square B1, behind the door", "open")
    assert second == ("Dr. Will comes at St. Ives' hour, in round 2.", "@ comes at @ , in round # .", second.slots)
    assert second.slots == ("Dr. Will", "St. Ives' hour", "2")
    assert third == ("Wille has #3.", "wille has * # .", ("3",))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Listen: square B1 is a wall.", {"kind": "inform", "facts": told((0, 1))}),
        (
            "Here is all I have: square B1 is open, Ben's number is 2, and square B1, behind the door is a wall. Bye!",
            {"kind": "inform", "facts": told((0, 0), (2, 1), (1, 1))},
        ),
        ("To Ben: Square B1 = open.", {"kind": "inform", "facts": told((0, 0)), "to": ["a1"]}),
        (
            "Dr. Will and Ben, this is for you. Hm. What do you know about Ben's number?",
            {"kind": "query-ref", "facts": ["f2"], "to": ["a1", "a2"]},
        ),
        ("I don't know square B1, can you help me?", {"kind": "query-ref", "facts": ["f0"]}),
        (
            "What if the time of the feast is noon and the time of the walk is 10:30?",
            {"kind": "propose", "plan": [1, 0]},
        ),
        ("I fear it cannot be done.", {"kind": "propose", "plan": []}),
        ("I'm all for the proposal that Ben made in round 1, yes!", {"kind": "accept-proposal", "proposal": 2}),
        (
            "I won't accept the second proposal that Anna made in round 1, as square B1 is a wall.",
            {"kind": "reject-proposal", "proposal": 3, "facts": told((0, 1))},
        ),
        ("I turn down the first proposal that Anna made in round 1.", {"kind": "reject-proposal", "proposal": 1}),
        (
            "No to the first proposal that Anna made in round 1.",
            {"kind": "reject-proposal", "proposal": 1},
        ),
        ("Dr. Will: I got what Dr. Will said in round 2.", {"kind": "confirm", "message": 4, "to": ["a2"]}),
        ("What Anna said third in round 1 has reached me.", {"kind": "confirm", "message": 3}),
        ("Ben, listen. Please go north!", {"kind": "request", "action": 1, "to": ["a1"]}),
        ("Just so you know, my choice is this: pair up with Ben.", {"kind": "inform", "choice": 3}),
        ("Okay. From now on I choose to stay.", {"kind": "inform", "choice": 0}),
    ],
)
def test_messages(text: str, expected: Json) -> None:
    assert message(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Square B1 is not a wall.",
        "I doubt nothing, except that square B1 is a wall.",
        "Is it so that square B1 is a wall?",
        "Square B1 is noon.",
        "The time of the walk is noon.",
        "Hello, Anna and Ben, how are you in round 2?",
        "I accept the proposal that Anna made in round 1.",
        "I accept the third proposal that Anna made in round 1.",
        "I accept the proposal that Anna made in round 9.",
        "I don't accept what Ben did, nor reject it.",
        "I don't reject the proposal that Ben made in round 1.",
        "I never received what Ben said in round 1.",
        "Square B1 is open. The time of the feast is noon.",
        "It is not impossible.",
        "Nice weather.",
    ],
)
def test_what_cannot_be_read(text: str) -> None:
    with pytest.raises(Misread):
        message(text)


def test_acts_and_leaving() -> None:
    def act(text: str) -> Json:
        return EVENTS.act(list(VOCABULARY.sentences(text)))

    assert act("Look, Ben carries the pot.") == {"agent": "a1", "action": 2}
    assert act("Dr. Will stays.") == {"agent": "a2", "action": 0}
    assert act("This is the choice of Anna: pair up with Ben.") == {"agent": "a0", "action": 3}
    for wrong in ("Ben never goes north.", "Somebody goes north.", "Ben goes west.", "Ben thinks of the pot."):
        with pytest.raises(Misread):
            act(wrong)
    assert EVENTS.leaving(list(VOCABULARY.sentences("Dr. Will is gone from here on."))) == {"agent": "a2"}
    with pytest.raises(Misread):
        EVENTS.leaving(list(VOCABULARY.sentences("Ben does not leave and is not gone.")))


def test_talk_says_nothing_of_the_task() -> None:
    EVENTS.talk(list(VOCABULARY.sentences("Could we open a window? My tea is cold.")))
    for text in ("It cannot be done.", "Square B1 is a wall.", "Ask Ben.", "I accept.", "We are 7."):
        with pytest.raises(Misread):
            EVENTS.talk(list(VOCABULARY.sentences(text)))


@pytest.mark.parametrize(
    ("text", "audience", "reads"),
    [
        ("There we are, a team of three: Anna, Ben and Dr. Will.", "012", True),
        ("There we are, a team: Anna and Ben.", "012", False),
        ("Every one of them is a cook.", "012", True),
        ("After 7 rounds at the latest it is over.", "012", True),
        ("It lasts 8 rounds at most.", "012", False),
        ("In this order they speak, and hear those before them: Ben, Anna and Dr. Will.", "012", True),
        ("In this order they speak, and hear those before them: Anna, Ben and Dr. Will.", "012", False),
        ("All speak at once.", "012", False),
        ("Messages can be lost or late.", "012", True),
        ("Every message arrives at once.", "012", False),
        ("What is said is heard by those it is said to, and by nobody else.", "012", True),
        ("All is said on a board that everybody reads.", "012", False),
        ("Each of these has one of the values open, a wall: square B1.", "012", True),
        ("Each of these has one of the values a wall, open: square B1.", "012", False),
        ("Each of these has one of the values open, a wall: Ben's number.", "012", False),
        ("At the start only Anna knows this: square B1.", "012", True),
        ("At the start only Ben knows this: square B1.", "012", False),
        ("At the start nobody knows this: Ben's number.", "012", True),
        ("At the start nobody knows this: square B1.", "012", False),
        ("Anna knows for sure that this is a wall: square B1.", "0", True),
        ("Anna knows for sure that this is a wall: square B1.", "01", False),
        ("Anna knows for sure that this is open: square B1.", "0", False),
        ("It is known to all that square B1, behind the door is open.", "012", True),
        ("In truth, this is 2: Ben's number.", "", True),
        ("In truth, this is 3: Ben's number.", "", False),
    ],
)
def test_setting(text: str, audience: str, reads: bool) -> None:
    setting = Setting(EPISODE, VOCABULARY)
    (sentence,) = VOCABULARY.sentences(text)
    heard = [f"a{each}" for each in audience]
    if reads:
        assert setting.read(sentence, heard)
    else:
        with pytest.raises(Misread):
            setting.read(sentence, heard)


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("Is there a way at all?", ["yes", "no"], {"kind": "possible"}),
        ("How little can it cost?", ["3", "4", "it cannot be done"], {"kind": "optimum"}),
        (
            "Which plans solve it?",
            ["it cannot be done", "the time of the feast: noon; the time of the walk: 10:30"],
            {"kind": "fits", "plans": [[], [1, 0]]},
        ),
        (
            "Which facts are known to Ben as round 3 begins?",
            ["square B1", "Ben's number"],
            {"kind": "knows", "agent": "a1", "time": 2, "facts": ["f0", "f2"]},
        ),
        (
            "In round 2, is Anna aware that Ben knows it? No: is it that Anna knows that Ben knows what square B1 is?",
            ["yes", "no"],
            None,
        ),
        (
            "When round 2 begins, does Anna know that Ben knows what square B1 is?",
            ["yes", "no"],
            {"kind": "aware", "agent": "a0", "other": "a1", "fact": "f0", "time": 1},
        ),
        (
            "For all that Dr. Will can tell as round 1 begins, what might Ben's number be?",
            ["3", "1"],
            {"kind": "could", "agent": "a2", "fact": "f2", "time": 0, "values": [2, 0]},
        ),
        (
            "What is Ben going to do in round 4?",
            ["stay", "go north"],
            {"kind": "intends", "agent": "a1", "time": 3, "actions": [0, 1]},
        ),
        (
            "Which of these is it that told nobody anything new?",
            ["what Anna said second in round 1", "what Ben said in round 1"],
            {"kind": "redundant", "events": [1, 2]},
        ),
        ("What does Ben not know in round 1?", ["square B1", "Ben's number"], None),
        ("What does Ben know at the beginning?", ["square B1", "Ben's number"], None),
    ],
)
def test_questions(text: str, options: list[str], expected: Json | None) -> None:
    if expected is None:
        with pytest.raises(Misread):
            QUESTIONS.read(text, options)
    else:
        assert QUESTIONS.read(text, options) == expected


# Generated episodes.


@cache
def episode(family: str, seed: int) -> Json:
    """The first that is not rejected."""
    attempt = 0
    while True:
        try:
            return make.episode("coordination", (family,), {}, seed, 0, attempt)
        except Rejected:
            attempt += 1


@pytest.mark.parametrize("family", FAMILIES)
def test_generated_episodes_are_read(family: str) -> None:
    for seed in range(8):
        assert [str(finding) for finding in judge(episode(family, seed))] == []


def changes(found: Json, text: str, rng: Random) -> Iterator[str]:
    """A text with one name or number in place of another of its kind."""
    vocabulary = Vocabulary(found)
    kinds = (vocabulary.agents, vocabulary.facts, vocabulary.decisions, vocabulary.actions, *vocabulary.values.values())
    names = vocabulary.whole(text).slots
    for name in dict.fromkeys(names):
        others = [each for kind in kinds if name in kind for each in kind if each != name]
        if name.isdecimal():
            others = [str(int(name) + 1)]
        for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            changed = text[: place.start()] + rng.choice(others or [name]) + text[place.end() :]
            after = vocabulary.whole(changed).slots
            if len(after) == len(names) and sum(a != b for a, b in zip(after, names, strict=True)) == 1:
                yield changed
                break


@pytest.mark.parametrize("family", FAMILIES)
def test_planted_changes_are_found(family: str) -> None:
    """Of what is said after the setting's rules of the game: those are their own reader's to test."""
    rng = Random(family)
    found = deepcopy(episode(family, 1))
    told = [turn for turn in found["turns"] if turn["event"] is not None or turn["index"] != 1]
    tried = 0
    for place in rng.sample(told, min(40, len(told))) + found["questions"]:
        text = place["text"]
        for changed in changes(found, text, rng):
            place["text"] = changed
            assert list(judge(found)), changed
            tried += 1
        place["text"] = text
    assert tried > 30


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_left_out_is_found(family: str) -> None:
    found = deepcopy(episode(family, 1))
    narrated = [turn for turn in found["turns"] if turn["event"] is None and turn["speaker"] is None]
    for turn in narrated:
        found["turns"].remove(turn)
        assert list(judge(found)), turn["text"]
        found["turns"].insert(turn["index"], turn)


def test_hostile_words() -> None:
    """Any words give findings, and no traceback."""
    rng = Random(5)
    found = deepcopy(episode("allocation", 1))
    scraps = [
        "@",
        "#",
        "9" * 500,
        "",
        ".",
        ":",
        ";",
        "what",
        "in round",
        "said",
        "is",
        "not",
        "?!",
        "\u0663",
        "round #",
    ]
    for place in (*found["turns"], *found["questions"]):
        words = [*place["text"].split(), *rng.choices(scraps, k=4)]
        rng.shuffle(words)
        place["text"] = " ".join(words)
    for question in found["questions"]:
        question["options"] = [" ".join(rng.choices(scraps, k=3)) + "." for _ in question["options"]]
    assert len(list(judge(found))) >= len(found["questions"])


@pytest.mark.parametrize("seed", range(3))
def test_how_agents_behave_is_told_as_it_is(seed: int) -> None:
    """Of two who behave in different ways each is said to be like the other."""
    record = next(
        found
        for number in range(40)
        if (found := episode("schedule", 40 * seed + number))
        and len({player["behaviour"] for player in found["world"]["players"]}) == 2
        and not any(player["switch"] for player in found["world"]["players"])
    )
    (place,) = [turn["index"] for turn in record["turns"] if turn["text"].startswith("Who ")]
    first, second = record["turns"][place]["text"].split(". ")[:2]
    swapped = deepcopy(record)
    names = [text.partition(": ")[2].rstrip(".") for text in (first, second)]
    swapped["turns"][place]["text"] = (
        f"{first.partition(': ')[0]}: {names[1]}. {second.partition(': ')[0]}: {names[0]}."
    )
    assert not list(judge(record))
    assert any("behaves from round 1 on" in finding.expected for finding in judge(swapped))
