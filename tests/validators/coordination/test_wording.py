"""What an act says is in the words, and nothing else: lines by hand, scripted words, hostile words."""

import random
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.generators import make
from madata.tests.validators.coordination.voices import (
    CASES,
    SCENES,
    accept,
    ask,
    confirm,
    inform,
    judged,
    line,
    propose,
    reject,
    request,
)
from madata.validators import form
from madata.validators.coordination import privacy
from madata.validators.coordination.spoken import Scene
from madata.validators.coordination.wording import CHECK, LONGEST, PARTS, faults

RECALL = 0.96
FAMILIES = ("maze", "schedule", "allocation", "pathfinding", "pursuit", "kitchen", "graph")


def test_lines_by_hand():
    faithful = [list(faults(said)) for said, right in judged() if right]
    assert [said.text for said, right in judged() if not right and not list(faults(said))] == []
    assert sum(not found for found in faithful) >= RECALL * len(faithful) and len(faithful) > 200


@pytest.mark.parametrize("family", FAMILIES)
def test_scripted_words_say_what_they_stand_for(family):
    refused = total = 0
    for seed in range(4):
        try:
            episode = make.episode("coordination", (family,), {}, seed, 0, 0)
        except make.Rejected:
            continue
        scene, events = Scene(episode["agents"], episode["world"]), episode["world"]["events"]
        for turn in episode["turns"]:
            event = None if turn["event"] is None else events[turn["event"]]
            if scene.act(turn, event):
                total += 1
                refused += bool(list(faults(scene.line(turn, event))))
            scene.hear(turn, event)
    assert total and refused <= total * 0.05


@pytest.mark.parametrize(
    ("scene", "event", "text", "expected"),
    [
        ("maze", inform((1, 1)), "B1 is open.", "square B1 is a wall"),
        ("maze", inform((1, 1)), "B1 is a wall, and C1 is open.", "no fact but those of the act"),
        ("maze", inform((1, 1), (2, 0)), "B1 is a wall.", "that square C1 is open"),
        ("maze", inform((1, 1)), "Nobody knows that B1 is a wall.", "what is so, said plainly"),
        ("maze", inform((1, 1)), "Is B1 a wall?", "a statement"),
        ("schedule", inform((0, 0)), "Thursday at 9 is convenient for Kofi.", "no fact but those of the act"),
        ("pairs", inform(choice=1), "I choose to pair up with Omar.", 'the choice "I choose to pair up with Itzel"'),
        ("maze", ask(1), "B1 is a wall.", "a question"),
        ("maze", ask(1, 2), "What about B1?", "each fact asked for"),
        ("maze", propose(1, 1), "Let's go south.", "south, south"),
        ("maze", propose(), "It can be done.", 'that it cannot be done ("it cannot be done")'),
        (
            "schedule",
            propose(1, 3),
            "Poster rehearsal: Thursday at 15.",
            "the time of the grant interview: Saturday at 10",
        ),
        ("allocation", accept(0), "I reject it.", 'words that accept ("I accept", "I agree to")'),
        ("allocation", reject(0), "I accept it.", 'words that refuse ("I reject", "I can\'t accept")'),
        ("pathfinding", request(1), "Please go east.", 'to be asked to "go north", and nothing else'),
        ("allocation", confirm(1, 1), "Hello, Yaotl.", 'that it was received ("I got", "I heard")'),
        ("maze", None, "B1 is a wall.", "small talk, without names of the game"),
    ],
)
def test_a_finding_says_how_to_say_it_instead(scene, event, text, expected):
    assert expected in [fault.expected for fault in faults(line(scene, event, text))]


def test_which_proposal_is_meant():
    several = "I accept Bastien's proposal."
    assert list(faults(line("maze", accept(3), several)))
    assert not list(faults(line("maze", accept(2), "I accept Marisol's proposal.")))
    assert not list(faults(line("maze", accept(3), "I accept the first proposal that Bastien made in round 2.")))
    assert list(faults(line("maze", accept(3), "I accept the second proposal that Bastien made in round 2.")))
    assert list(faults(line("maze", accept(99), "I accept Marisol's proposal.")))


def test_lists_of_names_are_no_loops():
    said = line("maze", propose(1, 1, 1, 1, 1, 2), "Let's go south, south, south, south, south, east.")
    assert not list(faults(said)) and not list(form.faults(said))
    again = line("maze", None, "It is nice, it is nice, it is nice, it is nice.")
    assert "nothing said again and again" in [fault.expected for fault in form.faults(again)]


def test_every_act_of_the_lines_is_judged():
    assert {said.act for said, _ in judged()} == set(PARTS)


@given(st.text(max_size=200), st.sampled_from(CASES))
def test_hostile_words_are_findings(text, case):
    _, scene, event, _, _ = case
    for fault in faults(line(scene, event, text)):
        assert fault.expected


@given(
    st.lists(
        st.sampled_from("B1 is a wall not no or and , . ? ' 's my Kofi south 99999999999 times I accept".split()),
        max_size=30,
    )
)
def test_words_in_any_order_are_findings_or_nothing(words):
    for scene, event in (
        ("maze", inform((1, 1))),
        ("maze", propose(1, 1)),
        ("maze", accept(3)),
        ("schedule", reject(1)),
    ):
        list(faults(line(scene, event, " ".join(words))))


@pytest.mark.parametrize("family", FAMILIES)
def test_tampered_records_are_findings(family):
    episode = make.episode("coordination", (family,), {}, 5, 0, 0)
    spoken = [{"turn": turn["index"]} for turn in episode["turns"] if turn["speaker"]]
    rng = random.Random(family)
    for _ in range(60):
        record = deepcopy(episode) | {"provenance": {"spoken": spoken}}
        for _ in range(3):
            tamper(record, rng)
        for check in (CHECK, privacy.CHECK, form.CHECK):
            assert all(finding.expected for finding in check.judge(record))


def tamper(record, rng):
    """Something of the world becomes something else of its kind."""
    place = rng.choice([record["world"], *record["world"]["events"], *record["world"]["facts"], *record["turns"]])
    key = rng.choice(sorted(place))
    while isinstance(place[key], (dict, list)) and place[key]:
        place = place[key]
        key = rng.choice(sorted(place)) if isinstance(place, dict) else rng.randrange(len(place))
    if isinstance(place[key], int):
        place[key] = rng.choice([0, 1, 99])
    elif isinstance(place[key], str) and key not in ("kind", "channel"):
        place[key] = rng.choice(["a0", "f0", "s0", "zz", "open"])


def test_a_line_without_end():
    assert [fault.expected for fault in faults(line("maze", None, "a" * (LONGEST + 1)))] == [
        f"at most {LONGEST} characters"
    ]


def test_narration_is_not_for_models():
    episode = make.episode("coordination", ("maze",), {}, 3, 0, 0)
    setting = episode | {"provenance": episode["provenance"] | {"spoken": [{"turn": 0}]}}
    assert [finding.where for finding in CHECK.judge(setting)] == ["provenance, spoken turn 0"]


def test_scenes_have_names():
    assert set(SCENES) == {scene for _, scene, *_ in CASES}
