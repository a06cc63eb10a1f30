"""What the act says is in the words, and nothing else: planted defects, thresholds, hostile input."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken_lines import Judged, paraphrases, planted

from madata.validators.spoken import Line
from madata.validators.tom.spoken import Scene
from madata.validators.tom.wording import CHECK, LONGEST, PARTS, Said, faults
from madata.validators.words import english, nouns, pattern
from madata.validators.words.numbers import numbers
from madata.validators.words.tokens import root, split, stem

Json = dict[str, Any]

AGENTS = [{"id": f"a{n}", "name": name} for n, name in enumerate(["Anna", "Ben", "Carla", "Dario"], 1)]
ENTITIES = {
    "p1": ("place", "kitchen"),
    "p2": ("place", "attic"),
    "c1": ("container", "old box"),
    "c2": ("container", "red trunk"),
    "c3": ("container", "seed envelope"),
    "o1": ("object", "apple"),
    "o2": ("object", "seeds"),
    "o3": ("object", "a gold chain"),
    "x1": ("value", "half past four"),
    "x2": ("value", "a quarter to nine"),
    "x3": ("value", "sixty dollars"),
    "x4": ("value", "twenty-four dollars"),
    "x5": ("value", "a parrot"),
    "x6": ("value", "a tortoise"),
    "x7": ("value", "Friday"),
    "x8": ("value", "Monday"),
    "x9": ("value", "the plum cake"),
    "x10": ("value", "the honey cake"),
}
VARIABLES = [
    ("v1", "location", "where", "o1", ["c1", "c2"]),
    ("v2", "contents", "what", "c3", ["o2", "o3"]),
    ("v3", "fact", "the start of the film", None, ["x1", "x2"]),
    ("v4", "fact", "the price of the bicycle", None, ["x3", "x4"]),
    ("v5", "fact", "Ben's new pet", "a2", ["x5", "x6"]),
    ("v6", "fact", "the day of the concert", None, ["x7", "x8"]),
    ("v7", "fact", "the cake that did not rise", None, ["x9", "x10"]),
]
WORLD = {
    "entities": [{"id": id, "kind": kind, "name": name} for id, (kind, name) in ENTITIES.items()],
    "variables": [
        {"id": id, "kind": kind, "name": name, "about": about, "values": values, "initial": values[0]}
        for id, kind, name, about, values in VARIABLES
    ],
}
VIEW = ["a1", "a2", "a3"]


def line(text: str, event: Json | None, speaker: str | None = None, asked: str | None = None) -> Line:
    scene = Scene(AGENTS, WORLD)
    entered = {"kind": "enter", "agent": "a1", "place": "p1"}
    plain = {"index": 0, "speaker": None, "audience": VIEW, "act": None, "text": "Anna enters the kitchen.", "event": 0}
    scene.hear(plain, entered)
    act = {"performative": "query-ref", "content": {"variable": asked}} if asked else None
    return scene.line(plain | {"text": text, "speaker": speaker, "act": act, "event": 1 if event else None}, event)


def tell(text: str, variable: str, value: str, holds: bool = True, speaker: str = "a1") -> Line:
    event = {"kind": "tell", "agent": speaker, "variable": variable, "value": value, "holds": holds, "reach": "room"}
    return line(text, event, speaker)


def act(text: str, kind: str, speaker: str | None = None, **more: str) -> Line:
    return line(text, {"kind": kind, "agent": "a1", **more}, speaker)


def expected(judged: Line) -> list[str]:
    return [fault.expected for fault in faults(judged)]


FAITHFUL = [
    tell("Psst, Ben: it's in the old box that the apple is.", "v1", "c1"),
    tell("The aple is in the old box!", "v1", "c1"),
    tell("No doubt about it, the old box has got the apple, Carla.", "v1", "c1"),
    tell("Don't worry, the apple can't be anywhere but in the old box.", "v1", "c1"),
    tell("The apple isn't in the red trunk.", "v1", "c2", False),
    tell("The red trunk is the last place you'd find the apple.", "v1", "c2", False),
    tell("Apple in the red trunk? Nope.", "v1", "c2", False),
    tell("The seed envelope? It holds seeds.", "v2", "o2"),
    tell("There's a gold chain in the seed envelope, not kidding.", "v2", "o3"),
    tell("The film begins at 4:30, Ben.", "v3", "x1"),
    tell("Half past four, that's when the film starts.", "v3", "x1"),
    tell("They want $60 for the bicycle.", "v4", "x3"),
    tell("The bicycle costs 24 dollars, you two.", "v4", "x4"),
    tell("My new pet is a parrot.", "v5", "x5", speaker="a2"),
    tell("Ben, your new pet is a parrot.", "v5", "x5"),
    tell("The concert's on Friday.", "v6", "x7"),
    tell("The cake that didn't rise is the plum cake.", "v7", "x9"),
    tell("The cake that didn't rise isn't the plum cake.", "v7", "x9", False),
    line("Ben, when's the concert, do you know?", None, "a1", "v6"),
    line("What a day. I could eat three bananas.", None, "a1"),
    act("Anna saunters into the attic.", "enter", place="p2"),
    act("Bye, all, I'm off, out of the kitchen!", "leave", "a1", place="p1"),
    act("Anna shifts the apple from the old box to the red trunk.", "change", variable="v1", value="c2"),
    act("On the quiet, Anna peeps into the seed envelope.", "peek", container="c3"),
    act("For all to see, Anna looks into the seed envelope.", "look", container="c3"),
    act("Anna has stopped paying attention to what goes on in the kitchen.", "distract"),
    act("Anna is all ears again in the kitchen.", "attend"),
    act("From behind a hedge, Anna begins to watch the attic.", "watch", place="p2"),
]


@pytest.mark.parametrize("judged", FAITHFUL, ids=lambda judged: judged.text)
def test_faithful_words_pass(judged: Line) -> None:
    assert list(faults(judged)) == []


@pytest.mark.parametrize(
    ("judged", "faulted"),
    [
        (tell("It's in the old box.", "v1", "c1"), '"apple"'),
        (tell("The apple is in there.", "v1", "c1"), '"old box"'),
        (tell("The seed envelope is full of them.", "v2", "o2"), '"seeds"'),
        (tell("The film starts soon.", "v3", "x1"), 'the number of "half past four"'),
        (tell("Half past four it is.", "v3", "x1"), '"the start of the film"'),
        (tell("The new pet is a parrot.", "v5", "x5"), "Ben, whose it is"),
        (tell("Carla's new pet is a parrot, Ben.", "v5", "x5"), "whose it is"),
        (act("In she comes, into the attic.", "enter", place="p2"), "Anna, who does it"),
        (tell("The film starts at 4:35.", "v3", "x1"), 'the number of "half past four"'),
        (tell("The bicycle costs sixteen dollars.", "v4", "x3"), 'the number of "sixty dollars"'),
        (tell("The bicycle costs 60 euros.", "v4", "x3"), 'the number of "sixty dollars"'),
        (tell("The bicycle costs 60 dollars, and there are 3 of it.", "v4", "x3"), "no number but those of the act"),
        (tell("The apple is in the red trunk, in the old box.", "v1", "c1"), 'nothing of "red trunk"'),
        (tell("Dario, the apple is in the old box.", "v1", "c1"), 'nothing of "Dario"'),
        (line("I saw the apple yesterday.", None, "a1"), 'nothing of "apple"'),
        (line("I do look forward to the concert day.", None, "a1"), "nothing of the day of the concert"),
        (tell("The apple is in the old box, next to a banana.", "v1", "c1"), "no thing or place but those of the act"),
        (tell("The apple is in the old box, said by Wilhelm.", "v1", "c1"), "no name or day but those of the act"),
        (tell("The apple is in the old box since Tuesday.", "v1", "c1"), "no name or day but those of the act"),
        (tell("The apple is anything but in the old box.", "v1", "c1"), "an affirmation"),
        (tell("The apple is no longer in the old box.", "v1", "c1"), "an affirmation"),
        (tell("You'd be wrong to think the old box holds the apple.", "v1", "c1"), "an affirmation"),
        (tell("The apple in the old box? Far from it.", "v1", "c1"), "an affirmation"),
        (tell("The apple is in the red trunk.", "v1", "c2", False), "a denial"),
        (tell("The red trunk holds nothing but the apple.", "v1", "c2", False), "a denial"),
        (tell("It isn't true that the red trunk lacks the apple.", "v1", "c2", False), "a denial"),
        (tell("Maybe the apple is in the old box.", "v1", "c1"), "a statement of the speaker's own"),
        (tell("Ben says the apple is in the old box.", "v1", "c1"), "a statement of the speaker's own"),
        (tell("If you ask me, the apple is in the old box.", "v1", "c1"), "a statement of the speaker's own"),
        (tell("The bicycle costs around 60 dollars.", "v4", "x3"), "the value itself"),
        (tell("Is the apple in the old box?", "v1", "c1"), "a statement"),
        (tell("The apple's in the old box, isn't it?", "v1", "c1"), "a statement"),
        (tell("I'm putting the apple in the old box.", "v1", "c1"), "a telling"),
        (line("The day of the concert matters.", None, "a1", "v6"), "a question"),
        (act("Anna walks out of the attic.", "enter", place="p2"), "the act enter and no other"),
        (act("Anna comes into the kitchen.", "leave", place="p1"), "the act leave and no other"),
        (
            act("Anna sees the apple in the red trunk.", "change", variable="v1", value="c2"),
            "the act change and no other",
        ),
        (act("Anna secretly looks into the seed envelope.", "look", container="c3"), "the act look and no other"),
        (act("Anna openly looks into the seed envelope.", "peek", container="c3"), "the act peek and no other"),
        (act("Anna stops watching the attic.", "watch", place="p2"), "the act watch and no other"),
        (act("Anna pays close attention in the kitchen.", "distract"), "the act distract and no other"),
        (act("Anna again notices nothing in the kitchen.", "attend"), "the act attend and no other"),
        (act("Anna thinks of nothing in the attic.", "enter", place="p2"), "the act enter done"),
        (act("Anna does not go into the attic.", "enter", place="p2"), "the act enter done"),
        (act("Anna hums a tune, the attic.", "peek", container="c3"), "words for the act peek"),
        (act("Ben steps into the attic as Anna does.", "enter", place="p2"), "Anna to act"),
        (act("Ben is coming into the attic.", "enter", "a1", place="p2"), "Anna to act"),
        (tell("so " * LONGEST, "v1", "c1"), f"at most {LONGEST} characters"),
    ],
    ids=lambda value: value.text[:60] if isinstance(value, Line) else "",
)
def test_a_planted_defect(judged: Line, faulted: str) -> None:
    assert faulted in expected(judged)


def test_every_part_has_found_something() -> None:
    """No part of the check is one that cannot fail."""
    found = Counter(
        part.__name__
        for judged, error in paraphrases(0)
        if error and judged.act != "talk"
        for part in PARTS
        if any(part(Said(judged)))
    )
    assert set(found) == {part.__name__ for part in PARTS}


def shares(judged: Iterable[Judged]) -> dict[str | None, tuple[int, float]]:
    """How many lines there are of each kind of error, and the share of them that is refused."""
    total: Counter[str | None] = Counter()
    refused: Counter[str | None] = Counter()
    for said, error in judged:
        total[error] += 1
        refused[error] += any(faults(said))
    return {error: (count, refused[error] / count) for error, count in total.items()}


def test_planted_defects_are_found_and_scripted_turns_pass() -> None:
    found = shares(planted(25))
    assert found[None][1] < 0.005
    for error in ("entity", "number", "negation", "missing", "foreign", "person"):
        assert found[error][0] >= 10 and found[error][1] >= 0.98


def test_paraphrases_it_was_made_with() -> None:
    found = shares(paraphrases(0))
    count, wrong = found[None]
    assert wrong <= 0.02
    for error in ("entity", "number", "negation"):
        total, recall = found[error]
        assert recall >= 0.98 and recall * total / (recall * total + wrong * count) >= 0.95


def test_paraphrases_that_were_never_looked_at() -> None:
    """What it finds of errors it was not made with: less of negations than it should (0.98)."""
    found = shares(paraphrases(3, 4))
    assert found[None][1] <= 0.04
    assert found["entity"][1] >= 0.98 and found["number"][1] >= 0.98 and found["negation"][1] >= 0.94


@given(st.sampled_from([judged for judged, error in planted(6) if error is None and judged.act != "talk"]), st.data())
def test_words_without_a_name_of_the_act_are_refused(judged: Line, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(judged.must))
    own = {root(token.word) for token in split(name)}
    kept = [token.word for token in split(judged.text) if root(token.word) not in own]
    assert any(faults(replace(judged, text=" ".join(kept))))


@given(st.text(max_size=300))
def test_any_text_is_judged(text: str) -> None:
    for judged in (tell(text, "v1", "c1"), act(text, "enter", place="p2"), line(text, None, "a1", "v6")):
        assert all(fault.expected and fault.found for fault in faults(judged))


@pytest.mark.parametrize(
    "text",
    [
        "1" * 900,
        "no not " * 140,
        "'s" * 450,
        "one " * 240,
        "1,1" * 300,
        "a " * 450,
        "but " * 240,
        "²³" * 100,
        "٤:٣٠ ١٢ half past ٣",
    ],
    ids=lambda text: text[:8],
)
def test_hostile_text_is_refused(text: str) -> None:
    assert expected(tell(text, "v4", "x3"))


def test_the_worlds_own_turns_are_not_spoken() -> None:
    said = {
        "index": 0,
        "time": 0,
        "speaker": None,
        "audience": VIEW,
        "act": None,
        "text": "There is a kitchen.",
        "event": None,
    }
    episode = {
        "id": "tom-1",
        "task": "tom",
        "agents": AGENTS,
        "world": WORLD | {"events": [{"kind": "enter", "agent": "a1", "place": "p1"}]},
        "turns": [said, said | {"index": 1, "event": 0, "text": "Anna leaves the kitchen."}],
        "provenance": {"spoken": [{"turn": 0}, {"turn": 1}, {"turn": 7}]},
    }
    assert CHECK.judge is not None
    assert [(found.where, found.expected) for found in CHECK.judge(episode)] == [
        ("turn 1", "words for the act enter"),
        ("turn 1", "the act enter and no other"),
        ("provenance, spoken turn 0", "a turn in which an agent acts"),
        ("provenance, spoken turn 7", "a turn in which an agent acts"),
    ]
    del episode["provenance"]["spoken"]
    assert list(CHECK.judge(episode)) == []


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("sixty dollars", [60]),
        ("$1,000", [1000]),
        ("a hundred and five", [105]),
        ("two thousand three hundred", [2300]),
        ("half a dozen", [6]),
        ("six and a half metres", [6.5]),
        ("a metre and a half", [1.5]),
        ("the twenty-first of May", [21]),
        ("four seven one one", [4711]),
        ("the 3rd", [3]),
        ("nine o'clock", [9]),
        ("9:00", [9]),
        ("half past four", [270]),
        ("a quarter to nine", [525]),
        ("ten past six", [370]),
        ("4:30", [270]),
        ("4.30", [4.3, 270]),
        ("nine thirty", [570, 930]),
        ("no number", []),
    ],
)
def test_numbers_however_written(text: str, readings: list[float]) -> None:
    found = numbers([token.word for token in split(text)])
    assert sorted(value for number in found for _, value in number.readings) == readings


def test_inflections() -> None:
    assert [stem(word) for word in ("boxes", "cherries", "leaves", "glass", "shoes")] == [
        "box",
        "cherry",
        "leaf",
        "glass",
        "shoe",
    ]
    assert root("hiking") == root("hikes") == root("hike") and root("planned") == root("plan")


def test_the_data_is_sound() -> None:
    assert len(nouns()) >= 1500
    assert not [entry for entry in nouns() if not entry.isalpha() or not entry.islower()]
    for section in ("idioms", "acts"):
        for name, entry in english()[section].items():
            for path in (
                [(section, name)] if isinstance(entry, list) else [(section, name, part) for part in ("says", "never")]
            ):
                assert pattern(*path).pattern
