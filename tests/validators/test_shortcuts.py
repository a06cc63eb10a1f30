"""Planted shortcuts are found by the probe that they are for; items without any are left alone."""

from collections.abc import Callable
from random import Random
from typing import Any

import numpy as np
import pytest
from corpora import concluded
from samples import episode, seal

from madata.schemas.tom import LIE, TRUTH
from madata.validators.check import Conclusion, Finding
from madata.validators.corpus.document import Document, Item, of_episode
from madata.validators.probes.examples import APART, PROBES, piece
from madata.validators.probes.heuristics import habit, hit
from madata.validators.probes.item import Probed, Story, probed, words
from madata.validators.probes.scores import auc, balanced
from madata.validators.settings import DEFAULT
from madata.validators.shortcuts import CHECK, LEAST, conclude, fact
from madata.validators.task import module

PLACES = ("box", "chest", "drawer", "basket", "crate", "shelf", "bag", "tin", "barrel", "cupboard")
NAMES = ("Anna", "Ben", "Carla", "Dan", "Emre", "Farah")
ENOUGH = 2 * LEAST + 40

Plant = Callable[[Random, list[str]], tuple[list[str], list[str], str, str]]


def corpus(plant: Plant, size: int = ENOUGH) -> list[Document]:
    """Documents of one question; `plant` gives sentences, options, the question and its answer."""
    documents = []
    for number in range(size):
        draw = Random(number)  # a story of its own each
        sentences, options, question, answer = plant(draw, draw.sample(PLACES, 4))
        item = Item("q0", question, tuple(options), (answer,), {})
        documents.append(Document(f"rows.jsonl:{number}", "rows.jsonl", tuple(sentences), (item,)))
    return documents


def told(draw: Random, places: list[str]) -> list[str]:
    """Each place once, in any order, by people and on days that make texts differ."""
    order = draw.sample(places, len(places))
    return [f"On day {draw.randrange(10**6)} {draw.choice(NAMES)} saw the {place}." for place in order]


def fair(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    return told(draw, places), places, f"Where does {draw.choice(NAMES)} look?", draw.choice(places)


def last(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    sentences = told(draw, places)
    return sentences, places, "Where is it?", sentences[-1].split()[-1].rstrip(".")


def longest(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    return (
        told(draw, places),
        [*places[:3], f"the {places[3]} in the corner"],
        "Where is it?",
        (f"the {places[3]} in the corner"),
    )


def third(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    return told(draw, places), places, "Where is it?", places[2]


def worded(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    options = draw.sample([f"surely the {places[0]}", *(f"perhaps the {place}" for place in places[1:])], 4)
    return told(draw, places), options, "Where is it?", next(each for each in options if "surely" in each)


def asked(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    verb, answer = draw.choice((("really know", "yes"), ("only guess", "no")))
    return told(draw, places), draw.sample(["yes", "no"], 2), f"Does {draw.choice(NAMES)} {verb} it?", answer


def shown(draw: Random, places: list[str]) -> tuple[list[str], list[str], str, str]:
    answer = draw.choice(places)
    sentences = [each.replace("saw the", "hid it in the") if answer in each else each for each in told(draw, places)]
    return sentences, places, "Where is it?", answer


def found(documents: list[Document]) -> tuple[list[Finding], dict[str, Any]]:
    conclusion = concluded(CHECK, *documents)
    (cells,) = conclusion.figures["groups"].values()
    return conclusion.findings, cells["questions"]


def failing(scores: dict[str, Any]) -> set[str]:
    return {probe for probe, row in scores.items() if row["low"] > row["limit"]}


def test_fair_items_are_left_alone() -> None:
    findings, scores = found(corpus(fair))
    assert findings == []
    assert len(scores) == 13 and scores.keys() <= PROBES.keys()
    assert all(row["chance"] == 0.25 and row["limit"] == 0.55 for row in scores.values())
    assert all(row["low"] <= 0.35 and row["low"] <= row["score"] <= row["high"] for row in scores.values())


@pytest.mark.parametrize(
    ("plant", "probe", "blind"),
    [
        (last, "last mentioned", "options only"),
        (longest, "longest option", "last mentioned"),
        (third, "position", "last mentioned"),
        (worded, "options only", "last mentioned"),
        (asked, "story hidden (words)", "options only"),
        (asked, "story hidden (pairs)", "question hidden (pairs)"),
        (shown, "question hidden (words)", "story hidden (pairs)"),
    ],
)
def test_a_planted_shortcut_is_found_by_its_probe(plant: Plant, probe: str, blind: str) -> None:
    findings, scores = found(corpus(plant))
    (finding,) = findings
    assert finding.episode == "file rows.jsonl"
    assert finding.where == "questions"
    assert f"of {ENOUGH} items" in finding.found
    assert probe in failing(scores)
    assert blind not in failing(scores)


def test_few_items_are_not_judged() -> None:
    conclusion = concluded(CHECK, *corpus(last, LEAST - 1))
    assert conclusion.findings == []
    assert conclusion.figures["groups"] == {"file rows.jsonl": {}}


def test_the_order_of_documents_does_not_matter() -> None:
    documents = corpus(fair)
    assert concluded(CHECK, *documents) == concluded(CHECK, *reversed(documents))


def test_a_group_is_judged_by_a_sample(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("madata.validators.shortcuts.MOST", LEAST)
    _, scores = found(corpus(last))
    assert scores["last mentioned"]["items"] == LEAST


# Beliefs and the world.


def beliefs(
    truth: Callable[[Random], bool], picks: Callable[[bool], float], question: str = "Where will he look?"
) -> Conclusion:
    """What is concluded of made-up items of a family."""
    facts = []
    for number in range(ENOUGH):
        draw = Random(number)
        helps = truth(draw)
        right = (helps, not helps)
        item = Probed(
            cell="belief value",
            gated=True,
            helps=helps,
            right=right,
            fixed={"reality": picks(helps)},
            question=question.format("true" if helps else "false"),
            options=("box", "chest"),
            masked=("something", "something"),
            standing=("place0of2", "place1of2"),
            shown=("never", "never"),
        )
        document = Document(
            f"{number}", "location", (f"story {draw.choices(PLACES, k=9)}",), (Item("q0", "?", ("a", "b"), ("a",), {}),)
        )
        made = CHECK.fact and CHECK.fact(document, DEFAULT)
        facts.append(made._replace(group="family location", items=packed([item])))
    return conclude(iter(facts), DEFAULT)


def packed(items: list[Probed]) -> bytes:
    import pickle
    import zlib

    return zlib.compress(pickle.dumps(items))


def reality_score(conclusion: Conclusion) -> float:
    return float(conclusion.figures["groups"]["family location"]["belief value"]["reality"]["score"])


def test_reality_bias_scores_a_half_however_many_beliefs_are_true() -> None:
    for share in (0.3, 0.8):
        conclusion = beliefs(lambda draw, share=share: draw.random() < share, float)  # type: ignore[misc]
        assert reality_score(conclusion) == 0.5


def test_reality_bias_is_found_where_no_belief_is_false() -> None:
    conclusion = beliefs(lambda draw: True, float)
    assert reality_score(conclusion) == 1.0
    assert any("reality" in finding.found for finding in conclusion.findings)


def test_a_question_must_not_tell_true_beliefs_from_false_ones() -> None:
    def drawn(draw: Random) -> bool:
        return draw.random() < 0.5

    given_away = beliefs(drawn, float, "Where will he look with his {} belief?")
    assert any(APART in finding.found and finding.where == "belief value" for finding in given_away.findings)
    kept = beliefs(drawn, float)
    assert not any(APART in finding.found for finding in kept.findings)
    assert kept.figures["groups"]["family location"]["belief value"][APART]["score"] == 0.5


# The world of an episode.


def test_what_the_world_would_answer() -> None:
    record = episode()
    (item,) = probed(of_episode(record))
    assert (item.cell, item.gated, item.helps) == ("first_order_belief value", True, False)
    assert item.fixed["reality"] == 0.0
    assert item.fixed["shortest option"] == 1.0
    record["world"]["events"].pop()
    (item,) = probed(of_episode(record))
    assert (item.helps, item.fixed["reality"]) == (True, 1.0)


def test_reality_by_kind_of_query_about_minds() -> None:
    record = episode()
    tom = module("tom", "probing")
    desire = {"id": "v2", "kind": "fact", "name": "n", "about": None, "values": ["o1"], "initial": "o1"}
    record["world"]["variables"].append(desire)
    told = {"kind": "tell", "agent": "a2", "variable": "v1", "value": "c1", "reach": "everyone"}
    record["world"]["events"] += [told, told | {"holds": False}]

    def reality(**query: Any) -> Any:
        return tom.reality(record, {"query": query})

    assert reality(kind="search", variable=None, via="v2", time=2) == "chest"
    assert reality(kind="search", variable="v1", via=None, time=3) == "box"
    assert (reality(kind="lie", event=5), reality(kind="lie", event=6)) == (LIE, TRUTH)
    there = {"op": "is", "chain": ["a1"], "variable": "v1", "value": "c2", "time": 5}
    cases = [{"when": {"op": "not", "of": there}, "then": "x"}, {"when": {"op": "all", "of": [there]}, "then": "y"}]
    assert reality(kind="cases", cases=cases, otherwise="z") == "y"
    assert reality(kind="knows", chain=["a1"], variable="v1", time=5) is None


def test_reality_of_a_negotiation() -> None:
    probing = module("negotiation", "probing")
    issues = [{"name": "tents", "units": 3}, {"name": "pitch", "options": ["hill", "river"]}]
    party = {"agent": "a0", "worth": [4, [0, 11]]}
    events = [
        {"kind": "harvest", "agent": "a0", "time": 4, "amount": 7},
        {"kind": "donate", "agent": "a1", "time": 7, "amount": 2},
    ]
    record = {"world": {"game": {"issues": issues, "parties": [party]}, "events": events}}

    def reality(ability: str = "belief", **query: Any) -> Any:
        return probing.reality(record, {"ability": ability, "query": query})

    assert reality(kind="valued", about="a0") == "tents"
    assert reality(kind="valued", about="a7") is None
    party["worth"] = [4, [0, 12]]
    assert reality(kind="valued", about="a0") is None
    assert (reality(kind="took", about="a0", round=1), reality(kind="took", about="a0", round=2)) == ("7", "0")
    assert reality(kind="gave", meeting=3) == "2"
    assert reality("resource", kind="gave", meeting=3) is None


@pytest.mark.parametrize(
    ("task", "gated", "control"),
    [
        ("tom", {"order": 1}, {"order": 0}),
        ("negotiation", {"ability": "bluffing"}, {"ability": "pareto"}),
        ("coordination", {"ability": "theory_of_mind"}, {"ability": "environment"}),
    ],
)
def test_what_is_gated(task: str, gated: dict[str, Any], control: dict[str, Any]) -> None:
    assert module(task, "probing").gated(gated)
    assert not module(task, "probing").gated(control)


def test_a_control_is_told_and_not_limited() -> None:
    record = episode()
    record["questions"][0] |= {"order": 0, "ability": "reality", "answer": ["chest"]}
    record["questions"][0]["query"]["chain"] = []
    conclusion = concluded(CHECK, *(seal(record | {"seed": str(number)}) for number in range(LEAST)))
    assert conclusion.findings == []
    row = conclusion.figures["groups"]["family location"]["reality value"]["reality"]
    assert (row["score"], row["gated"]) == (1.0, False)


# Scores.


def test_ties_are_broken_at_random() -> None:
    assert hit([1, 1, 0], [True, False, False]) == 0.5
    assert hit([0, 2, 1], [True, False, True]) == 0.0


def test_habits_are_those_of_the_other_half() -> None:
    items = [("cell", ["a", "b"], [True, False])] * 3 + [("cell", ["a", "b"], [False, True])]
    assert habit(items, [False, False, False, True]) == [0.0, 0.0, 0.0, 0.0]
    assert habit(items[:3], [False, True, True]) == [1.0, 1.0, 1.0]


def test_items_of_a_document_count_as_one() -> None:
    scores = np.array([1.0, 1.0, 0.0, 0.0])
    apart = balanced(scores, [None] * 4, np.array([0, 1, 2, 3]))
    together = balanced(scores, [None] * 4, np.array([0, 0, 1, 1]))
    assert apart.score == together.score == 0.5
    assert together.high - together.low >= (apart.high - apart.low)


def test_auc_counts_ties_as_halves() -> None:
    said, truth = np.array([3.0, 1.0, 1.0, 0.0]), np.array([True, True, False, False])
    assert auc(said, truth, np.arange(4)).score == 0.875


# What is hostile.


@pytest.mark.parametrize(
    ("options", "answer"),
    [
        ((), ("box",)),
        (("box",), ("box",)),
        (("box", "chest"), ()),
        (("box", "chest"), ("nowhere",)),
    ],
)
def test_questions_without_a_choice_are_no_items(options: tuple[str, ...], answer: tuple[str, ...]) -> None:
    document = Document("1", "f", ("A box.",), (Item("q0", "?", options, answer, {}),))
    assert fact(document, DEFAULT) is None


def test_hostile_texts() -> None:
    for text in ("", "\0", "\n\0\n", "\ud800", "İ" * 50, "(" * 1000, " "):
        item = Item("q0", text, (text, text, f"{text}!", "box"), (text,), {})
        made = fact(Document(text, "f", (text, "İ box"), (item,)), DEFAULT)
        assert made is not None
        assert conclude(iter([made] * 2), DEFAULT).findings == []


def test_a_query_about_nothing_that_exists() -> None:
    record = episode()
    record["questions"][0]["query"]["variable"] = "v9"
    (item,) = probed(of_episode(record))
    assert item.helps is None


def test_a_script_without_spaces() -> None:
    story = Story("\u5c0f\u660e\u628a\u5377\u5fc3\u83dc\u653e\u8fdb\u624b\u63d0\u888b\u91cc")
    assert story.mentions("\u624b\u63d0\u888b") == [8]
    assert words("\u624b\u63d0\u888b it's") == ["\u624b", "\u63d0", "\u888b", "it's"]


# What is shown.


def test_examples_show_what_a_failing_probe_answered_right() -> None:
    examples = concluded(CHECK, *corpus(last)).examples
    assert len(examples) == 10
    assert len({example.title for example in examples}) == 1
    first = examples[0]
    assert first.title.startswith("Where is it? (file rows.jsonl, questions: last mentioned 100.0%")
    item, picked, story = first.sides.values()
    right = picked.partition("\n")[0]
    assert picked == f"{right}\nthe option that the story mentions last"
    assert item.startswith("Where is it?\n") and item.count("✓") == 1 and f"✓ {right}" in item
    assert story.endswith(f" saw the [{right}].")


def test_examples_are_of_gated_items_even_if_nothing_fails() -> None:
    conclusion = concluded(CHECK, *corpus(fair))
    assert conclusion.findings == []
    assert 0 < len(conclusion.examples) <= 10
    assert "at most 55.0%" in conclusion.figures["strongest probe"]


def test_only_some_documents_carry_texts() -> None:
    carried = [bool(made.texts) for document in corpus(fair) if (made := fact(document, DEFAULT))]
    assert 0.02 < sum(carried) / len(carried) < 0.12


def test_a_piece_of_a_story_is_cut_between_words() -> None:
    text = "word " * 100 + "box " + "word " * 100
    around = piece(text, 500, 3)
    assert around.startswith("… word ") and " [box] " in around and around.endswith(" word …")
    assert piece("box", 0, 3) == "[box]"
