"""The rules of each game, read from settings: other words for the same are read, and planted changes are found."""

import copy
import random
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from madata.generators import make
from madata.generators.family import Rejected
from madata.schemas.tasks import CoordinationEpisode
from madata.validators.coordination.reading.rules import rules
from madata.validators.coordination.reading.rules.common import COMPASS
from madata.validators.coordination.reading.skeleton import TOKEN, Misread, Sentence, Vocabulary
from madata.validators.coordination.text import judge

Json = dict[str, Any]

FAMILIES = ("maze", "schedule", "allocation", "pathfinding", "pursuit", "kitchen", "graph", "hints")
UNKNOWN = "Zorro"
EPISODES = 3
PLANTED = 40


def episodes(family: str) -> Iterator[Json]:
    made = 0
    for slot in range(100):
        try:
            yield make.episode("coordination", (family,), {}, 35, slot, 0)
        except Rejected:
            continue
        made += 1
        if made == EPISODES:
            return


def setting(episode: Json, vocabulary: Vocabulary) -> list[Sentence]:
    """The sentences that say something of the game."""
    game = rules(episode, vocabulary)
    told = [turn["text"] for turn in episode["turns"] if turn["event"] is None and turn["speaker"] is None]
    return [sentence for text in told for sentence in vocabulary.sentences(text) if game and game.read(sentence)]


def differences(episode: Json, texts: list[str]) -> list[str]:
    """What is found in a setting of these sentences."""
    vocabulary = Vocabulary(episode)
    game = rules(episode, vocabulary)
    assert game is not None
    found = []
    for sentence in (each for text in texts for each in vocabulary.sentences(text)):
        try:
            found += [] if game.read(sentence) else [f"unread: {sentence.text}"]
        except Misread as misread:
            found.append(str(misread))
    return found + [expected for expected, _ in game.missing()]


def places(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """Where the names, numbers and points of the compass of a sentence stand."""
    tokens, slots, at = list(TOKEN.finditer(sentence.text)), iter(sentence.slots), 0
    for mark in sentence.skeleton.split():
        name = next(slots) if mark in {"@", "#"} else mark
        size = len(TOKEN.findall(name))
        if mark != name or mark in COMPASS:
            yield tokens[at].start(), tokens[at + size - 1].end(), name
        at += size


def others(name: str, vocabulary: Vocabulary) -> list[str]:
    """What could stand in a name's place by mistake."""
    if name.isdecimal():
        return [str(int(name) + 1)]
    alike = (vocabulary.agents, vocabulary.facts, vocabulary.decisions, vocabulary.actions, *vocabulary.values.values())
    same = next((each for each in alike if name in each), dict.fromkeys(sorted(vocabulary.names)))
    return [*[other for other in same if other != name][:2], UNKNOWN]


def accepts(episode: Json) -> bool:
    """Whether the schema does: other checks never see what it does not."""
    try:
        CoordinationEpisode.model_validate(episode)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("family", FAMILIES)
def test_what_is_told_of_the_game_is_all_of_it(family: str) -> None:
    for episode in episodes(family):
        sentences = setting(episode, Vocabulary(episode))
        assert len(sentences) > 5
        assert differences(episode, [sentence.text for sentence in sentences]) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_changed_names_and_numbers_are_found(family: str) -> None:
    for number, episode in enumerate(episodes(family)):
        vocabulary = Vocabulary(episode)
        sentences = setting(episode, vocabulary)
        texts = [sentence.text for sentence in sentences]
        planted = [
            (at, sentence.text[:begin] + other + sentence.text[end:])
            for at, sentence in enumerate(sentences)
            for begin, end, name in places(sentence)
            if name not in vocabulary.roles
            for other in others(name, vocabulary)
        ]
        assert len(planted) >= PLANTED
        for at, changed in random.Random(number).sample(planted, PLANTED):
            assert differences(episode, [*texts[:at], changed, *texts[at + 1 :]]), changed


@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_is_left_out_is_found(family: str) -> None:
    episode = next(episodes(family))
    texts = [sentence.text for sentence in setting(episode, Vocabulary(episode))]
    for at in range(len(texts)):
        assert differences(episode, texts[:at] + texts[at + 1 :]), texts[at]


@pytest.mark.parametrize("family", FAMILIES)
def test_tampered_figures_are_findings(family: str) -> None:
    episode = next(episodes(family))
    tried = 0
    for key, figure in episode["world"]["game"].items():
        wrong = {list: ([], ["f999"], [999]), bool: (not figure,), int: (1, 9_999), str: ("f999",)}[type(figure)]
        for value in () if key in ("kind", "problem") else wrong:
            tampered = copy.deepcopy(episode)
            tampered["world"]["game"][key] = value
            if value != figure and accepts(tampered):
                tried += 1
                assert list(judge(tampered)), (key, value)
    assert tried > 2


AGENTS = [{"id": f"a{number}", "name": name, "role": "cook"} for number, name in enumerate(("Anna", "Ben"))]
SQUARES = ["A1", "B1", "A2", "B2"]
MOVES = ["stay", "go north", "go south", "go east", "go west"]
FLOOR: Json = {"rows": 2, "columns": 2, "squares": SQUARES, "starts": [0, 3]}
BY_HAND: dict[str, Json] = {
    "maze": FLOOR | {"cells": [], "start": 0, "goal": 3},
    "schedule": {"slots": ["Monday", "Friday"], "participants": [["a0", "a1"]], "calendars": [["f0"]], "costs": [0, 3]},
    "allocation": {"durations": [2, 1], "before": [[0, 1]], "costs": [["f0"]], "coins": [0, 3], "hour": 4},
    "pathfinding": FLOOR | {"walls": [1], "goals": ["f0", "f1"]},
    "pursuit": FLOOR
    | {"walls": [], "track": [1, 2], "moving": True, "target": "f0", "sight": 1, "routes": [[1, 2], [3]]},
    "kitchen": FLOOR
    | {"counters": [1], "crates": [1], "pot": 1, "dishes": 1, "window": 1, "recipe": "f0", "portions": 2, "cooking": 3},
    "graph": {"problem": "leader", "edges": [["a0", "a1"]], "numbers": ["f0", "f1"], "votes": []},
    "hints": {
        "colours": ["red"],
        "ranks": 2,
        "copies": [2, 1],
        "deck": ["f0", "f1"],
        "hand": 1,
        "hints": 4,
        "mistakes": 1,
    },
}


def by_hand(kind: str) -> Json:
    actions = {"graph": ["lead", "follow"], "kitchen": [*MOVES, "put it in", "take the soup", "serve", "take a dish"]}
    return {
        "agents": AGENTS,
        "turns": [],
        "world": {
            "game": {"kind": kind} | BY_HAND[kind],
            "scales": [
                {"id": "s0", "values": ["fine", "possible", "taken"]},
                {"id": "s1", "values": ["north", "south", "east", "west"]},
            ],
            "facts": [
                {"id": f"f{number}", "name": f"{name}'s card", "scale": "s0"} for number, name in enumerate("XY")
            ],
            "decisions": [
                {"id": f"d{n}", "name": f"the {name}", "scale": "s1"} for n, name in enumerate(("fair", "ball"))
            ],
            "actions": actions.get(kind, MOVES),
            "order": ["a1", "a0"],
        },
    }


def reads(kind: str, text: str) -> bool:
    """Whether a sentence is of the game and so."""
    vocabulary = Vocabulary(by_hand(kind))
    game = rules(by_hand(kind), vocabulary)
    assert game is not None
    (sentence,) = vocabulary.sentences(text)
    return game.read(sentence)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("maze", "You have to find the shortest path from A1 to B2."),
        (
            "maze",
            "The grid has two rows with two squares each, read from north to south and in each row from west to east.",
        ),
        ("schedule", "These are the times: Monday, Friday."),
        ("schedule", "Its cost is the sum over all meetings, for those who have to be there: fine: 0; possible: 3."),
        ("allocation", "The fair takes two hours."),
        ("allocation", "Until the fair is finished, the ball cannot start."),
        ("pathfinding", "The wall stands on this square: B1, and nobody may pass a wall."),
        ("pathfinding", "Anna starts on A1, Ben stands on B2 at the beginning."),
        ("pursuit", "There is no wall anywhere."),
        ("pursuit", "As long as it is not known to Ben, Ben moves as follows: go east."),
        ("kitchen", "The pot stands on square B1."),
        ("kitchen", "When the last portion is in, the soup cooks, and four rounds after that round the soup is ready."),
        ("graph", "Neighbours of each other: Ben and Anna."),
        ("graph", "Neighbours of Anna: Ben."),
        (
            "hints",
            "There are four hints at first: each hint given uses up one, and whoever discards a card gives one back, "
            "as long as some are used up.",
        ),
        ("hints", "Anna holds, the oldest card first: X's card."),
    ],
)
def test_other_words_for_the_same_are_read(kind: str, text: str) -> None:
    assert reads(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("maze", "You have to find the shortest path from B2 to A1."),
        ("maze", "The map has 2 rows of 3 squares, told from north to south and each from west to east."),
        ("schedule", "These are the times: Monday, Friday, Sunday."),
        ("schedule", "These are the times: Friday, Monday."),
        ("schedule", "To be there at the fair: Anna."),
        ("allocation", "It takes the ball 2 hours."),
        ("allocation", "Before the ball is done, the fair cannot begin."),
        ("pathfinding", "No square is a wall."),
        ("pathfinding", "Nobody can enter a wall, and a wall stands on each of these squares: B1, A2."),
        ("pathfinding", "At the start, Anna is on B2; Ben is on A1."),
        ("pursuit", "It stays there."),
        ("pursuit", "As long as it is not known to Ben, Ben moves as follows: go east, Zorro."),
        ("kitchen", "The dishes are on A1."),
        ("kitchen", "To serve: next to the window, holding the soup and a purse of 3."),
        ("graph", "The team succeeds if in the end everybody has chosen, and exactly one of them this: follow."),
        ("graph", "Neighbours of Anna: nobody."),
        ("hints", "Ben is dealt these, the first being the oldest: X's card."),
        ("hints", "Each round is the turn of one of them, in this order and then again: Anna and Ben."),
    ],
)
def test_what_is_not_so_is_misread(kind: str, text: str) -> None:
    with pytest.raises(Misread):
        reads(kind, text)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("maze", "It does not work if it has a step."),
        ("pathfinding", "The sooner the team is done, the worse."),
        ("pursuit", "It does not stay there."),
        ("pursuit", "Several of them cannot be on one square, and the target is in nobody's way."),
        ("graph", "They are the members of a network, and cannot talk with neighbours only."),
        ("hints", "Nothing is said of cards."),
    ],
)
def test_denials_and_other_matters_are_not_read(kind: str, text: str) -> None:
    assert not reads(kind, text)


def test_neighbours_are_told_to_whom_they_are_of() -> None:
    episode = next(episodes("graph"))
    texts = [sentence.text for sentence in setting(episode, Vocabulary(episode))]
    name = episode["agents"][0]["name"]
    turn = next(turn for turn in episode["turns"] if f"Neighbours of {name}:" in turn["text"])
    turn["audience"] = ["a1"]
    assert differences(episode, texts) == [f"the neighbours of {name} told to ['a0']"]


def test_a_list_can_go_on_in_another_sentence() -> None:
    vocabulary = Vocabulary(by_hand("graph"))
    game = rules(by_hand("graph"), vocabulary)
    assert game is not None
    for label in ("lead", "follow"):
        assert "the choices there are: follow" in dict(game.missing())
        assert all(game.read(each) for each in vocabulary.sentences(f"There are these choices: to {label}."))
    assert "the choices there are: follow" not in dict(game.missing())


def test_a_list_in_order_goes_on_in_order() -> None:
    with pytest.raises(Misread, match="lead, found follow"):
        reads("graph", "There are these choices: to follow.")
