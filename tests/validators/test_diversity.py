"""One story told over and over is found, with its names changed or not; what we generate is left alone."""

import random
from typing import Any

import pytest
from corpora import concluded
from generated import generated

from madata.validators.check import Conclusion
from madata.validators.corpus.document import Document, of_episode
from madata.validators.diversity import CHECK, KEPT, LIMITS, MINIMUM, Section, fact, overlap
from madata.validators.settings import DEFAULT

STORY = (
    "{a} and {b} sat by the river until the ferry came, and {a} gave {b} the {c} that had been lost since spring. "
    "Nobody on the far side had seen them, so {b} hid the {c} under a loose board and rowed home alone."
)
PLAIN = "the a of to and in it was on for with as at by from one all out up down over under off near far".split()


def row(number: int, text: str) -> Document:
    return Document(f"rows:{number}", "rows", (text,))


def wheres(conclusion: Conclusion) -> set[str]:
    return {finding.where for finding in conclusion.findings}


def letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in f"{number:05d}")


def babble(number: int) -> str:
    """Words of its own, between words that all share."""
    draw = random.Random(number)
    return " ".join(draw.choice(PLAIN) if place % 2 else f"w{draw.randrange(5_000)}" for place in range(300))


def test_texts_of_their_own_are_left_alone() -> None:
    conclusion = concluded(CHECK, *(row(number, babble(number)) for number in range(200)))
    assert conclusion.findings == []
    assert conclusion.figures["rows"]["documents as different (Vendi, TF-IDF)"] > 100


def test_one_story_with_other_names() -> None:
    names = (f"{letters(number).title()}" for number in range(600))
    stories = [STORY.format(a=next(names), b=next(names), c="lamp") for _ in range(200)]
    conclusion = concluded(CHECK, *(row(number, story) for number, story in enumerate(stories)))
    assert wheres(conclusion) == {"overlap of pairs without names"}


def test_one_story_with_a_few_changes() -> None:
    """Some numbers and names in 300 words: no mask is needed to see it."""
    story = " ".join(f"{babble(1)} {{{place}}}" for place in range(3))
    draw = random.Random(5)
    stories = [story.format(*(letters(draw.randrange(1_000)) for _ in range(3))) for _ in range(200)]
    conclusion = concluded(CHECK, *(row(number, each) for number, each in enumerate(stories)))
    assert {"distinct-3", "compression ratio", "overlap of pairs"} <= wheres(conclusion)


def test_twenty_stories_in_turn() -> None:
    """No two neighbours are alike, and pairs hardly; the whole is."""
    conclusion = concluded(CHECK, *(row(number, babble(number % 20)) for number in range(600)))
    assert {"distinct-3", "compression ratio"} <= wheres(conclusion)


def test_a_template_filled_in_anew_is_seen_without_its_names() -> None:
    """Of an episode every name and thing is known."""
    record = generated("tom")[0]
    document = of_episode(record)

    def renamed(number: int) -> Document:
        own = {name: f"q{letters(number)}{place}" for place, name in enumerate((*document.people, *document.things))}
        text = document.text
        for name in sorted(own, key=len, reverse=True):
            text = text.replace(name, own[name])
        people = tuple(own[name] for name in document.people)
        things = tuple(own[name] for name in document.things)
        return Document(f"e{number}", "family", (text,), people=people, things=things, episode=record)

    conclusion = concluded(CHECK, *map(renamed, range(MINIMUM)))
    assert conclusion.figures["tom"]["overlap of pairs without names"] == 1
    assert {"overlap of pairs without names", "structures per thousand"} <= wheres(conclusion)


@pytest.mark.parametrize("task", ["tom", "negotiation", "coordination"])
def test_what_we_generate_is_left_alone(task: str) -> None:
    conclusion = concluded(CHECK, *generated(task, MINIMUM))
    assert conclusion.findings == []
    assert conclusion.figures[task]["structures per thousand"] == 1000


def test_few_documents_are_measured_and_not_judged() -> None:
    conclusion = concluded(CHECK, *(row(number, STORY) for number in range(MINIMUM - 1)))
    assert conclusion.findings == []
    assert conclusion.figures["rows"]["overlap of pairs"] == 1
    (example,) = conclusion.examples
    assert list(example.sides.values()) == [STORY, STORY]


def test_the_sample_does_not_depend_on_the_order() -> None:
    facts: list[Any] = [fact(row(number, f"text {number}"), DEFAULT) for number in range(KEPT + 500)]
    forwards, backwards = Section(), Section()
    for each in facts:
        forwards.add(each)
    for each in reversed(facts):
        backwards.add(each)
    assert len(forwards.sample()) == KEPT
    assert forwards.sample() == backwards.sample()


def test_pairs_are_all_different() -> None:
    documents = [frozenset([number]) for number in range(300)]
    assert overlap(documents)[0] == 0
    assert overlap([*documents[:-1], documents[0]])[1] == (0, 299) or overlap(documents[:2])[0] == 0


@pytest.mark.parametrize("text", ["!!!", "\0", "\ud800", "a", "...\n\0\0 \0"])
def test_hostile_rows(text: str) -> None:
    conclusion = concluded(CHECK, *(row(number, text) for number in range(3)))
    assert conclusion.findings == []


def test_rows_without_text() -> None:
    assert concluded(CHECK, row(0, " \n")).figures == {}
    assert concluded(CHECK, row(0, "one two three")).figures["rows"]["distinct-3"] == 1
    assert len(LIMITS) == 5
