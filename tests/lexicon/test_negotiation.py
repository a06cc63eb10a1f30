"""What people bargain over can be named, told apart and put into sentences."""

import random
import re
from itertools import combinations

import pytest

from madata.generators.lexicon.negotiation import camp, chatter, goods, occasion, occasions

OCCASIONS = [*occasions("everyday"), *occasions("political")]
NUMBERS = (
    "zero none some one two three four five six seven eight nine ten eleven twelve half both all first second third"
)
SMALL = {"of", "the", "a", "in", "for", "and", "by", "on", "to", "very", "late", "early", "only", "at"}


def words(*names: str) -> set[str]:
    """The words of names, without those that say nothing, and plurals as singulars."""
    return {word.removesuffix("s") for name in names for word in re.findall(r"[a-z]+", name.lower())} - SMALL


def test_enough_of_everything() -> None:
    assert len(occasions("everyday")) >= 15
    assert len(occasions("political")) >= 8
    assert len({thing for each in OCCASIONS for thing in each.things}) >= 120
    assert len({choice for each in OCCASIONS for choice, _ in each.choices}) >= 60
    assert len(goods()) >= 40


def test_things_are_plurals_whose_singular_lacks_the_s() -> None:
    things = [*camp(), *(thing for each in OCCASIONS for thing in each.things)]
    assert [thing for thing in things if not re.search(r"[^s]s$", thing)] == []
    assert [thing for thing in things if re.search(r"(ie|che|she|xe|sse|lve|zze)s$", thing)] == []
    assert [thing for thing in things if not re.fullmatch(r"[a-z][a-z -]*", thing)] == []


def test_no_word_of_an_occasion_occurs_in_two_names() -> None:
    for each in OCCASIONS:
        groups = [words(thing) for thing in each.things]
        groups += [words(choice, *options) for choice, options in each.choices]
        shared = [a & b for a, b in combinations(groups, 2) if a & b]
        assert not shared, each.name
        for choice, options in each.choices:
            assert not words(choice) & words(*options), (each.name, choice)
            assert len(set(options)) == len(options)
            assert len(options) >= 3


def test_no_name_holds_a_number() -> None:
    names = [*camp(), *(good.name for good in goods())]
    names += [thing for each in OCCASIONS for thing in each.things]
    names += [name for each in OCCASIONS for choice, options in each.choices for name in (choice, *options)]
    numbers = set(NUMBERS.split())
    assert [name for name in names if numbers & set(name.lower().split()) or re.search(r"\d", name)] == []


def test_chatter_is_in_sentences_none_twice() -> None:
    lines = [line for lists in chatter().values() for lines in lists.values() for line in lines]
    assert len(lines) >= 350
    assert len({*lines}) == len(lines)
    assert [line for line in lines if not re.fullmatch(r"[A-Z].*[^ ][.!?]", line) or "  " in line] == []
    assert [line for line in lines if re.search(r"[0-9{}]", line)] == []
    counts = {*NUMBERS.split()} - {"some", "none", "all"}
    beside = [line for section in ("reasons", "courtesies") for lines in chatter()[section].values() for line in lines]
    assert [line for line in beside if re.search(r"everything|nothing|whatever|the rest", line.lower())] == []
    assert [line for line in lines if counts & {*re.findall(r"[a-z]+", line.lower())}] == []


def test_options_do_not_begin_one_another() -> None:
    """An option that begins another one would be read into its words."""
    for each in OCCASIONS:
        for choice, options in each.choices:
            assert not [(a, b) for a in options for b in options if a != b and f"{b} ".startswith(f"{a} ")], choice


def test_goods_have_room_for_many_prices() -> None:
    for good in goods():
        assert good.most - good.least >= 100, good.name


def test_an_occasion_has_what_was_asked_for() -> None:
    rng = random.Random(1)
    for _ in range(50):
        drawn = occasion(rng, "everyday", 3, 2)
        assert len(set(drawn.things)) == 3
        assert len(set(drawn.choices)) == 2
    with pytest.raises(ValueError, match="no political occasion with 9 things"):
        occasion(rng, "political", 9, 1)
