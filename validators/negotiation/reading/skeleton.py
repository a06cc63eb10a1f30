"""A text as its skeleton, in which names and numbers are replaced by marks, and what stood there.

    "I keep two of the books, Ben."   ->   "i keep # of the @i , @a ."   with 2, the books, Ben

Marks: `@a` an agent, `@i` a split, `@c` a choice, `@o` an option, `@r` the resource, `#` a number, `#th` an ordinal.
Names are found word for word, but for number and case; the longest name wins. Skeletons repeat where texts do not, so
whatever reads them remembers what it read.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from madata.validators.words.numbers import SMALL
from madata.validators.words.tokens import PLAIN, apart, stem

MANY = 1 << 15
LONGEST = 4000
TOKEN = re.compile(r"\d+(?:,\d{3})*(?:st|nd|rd|th)?(?!\w)|[^\W\d_]+(?:'[^\W\d_]+)*|\w+|[^\w\s]")
SENTENCE = re.compile(r"[^.!?]+[.!?]*|[.!?]+")
CLEAN = PLAIN | str.maketrans("@#", "**")
FIGURES = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(st|nd|rd|th)?")
IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
REGULAR = {word.removesuffix("y") + ("ieth" if word.endswith("y") else "th"): SMALL[word] for word in SMALL}
ORDINALS = {word: number for word, number in REGULAR.items() if number not in IRREGULAR.values()} | IRREGULAR
PRONOUN_BEFORE = frozenset("no other any every remaining last only next the which".split())
OWNERS = frozenset("my your his her their our us you them".split())

Json = Mapping[str, Any]


class Word(NamedTuple):
    """`counts`: whether a number can begin with it."""

    word: str
    stem: str
    capital: bool
    counts: bool


class Slot(NamedTuple):
    """What stood at a mark: an agent's or issue's id, a number, or the options of that name, each as (issue, index)."""

    mark: str
    value: Any


class Text(NamedTuple):
    skeleton: str
    slots: tuple[Slot, ...]


Entry = tuple[tuple[Word, ...], Slot]
Names = Mapping[str, Sequence[Entry]]


class Apart(dict[str, tuple[Word, ...]]):
    """The words of what is written without a space, worked out once: most texts are made of the same few thousand."""

    def __missing__(self, written: str) -> tuple[Word, ...]:
        if len(self) >= MANY:
            self.clear()
        capital = written[0].isupper()
        self[written] = found = tuple(
            Word(word, stem(word), capital and not at, word[0].isdigit() or word in SMALL or word in ORDINALS)
            for at, word in enumerate(apart(written.lower()))
        )
        return found


APART = Apart()


def words(text: str) -> list[Word]:
    return [word for written in TOKEN.findall(text[:LONGEST].translate(CLEAN)) for word in APART[written]]


class Sentence(NamedTuple):
    """A sentence before names are found in it."""

    words: Sequence[Word]
    plain: Sequence[str]
    stems: frozenset[str]


@lru_cache(1 << 13)
def sentence(text: str) -> Sentence:
    found = words(text)
    return Sentence(found, [word.word for word in found], frozenset([word.stem for word in found]))


@lru_cache(1 << 13)
def nameless(text: str) -> Text:
    """What a sentence is in which nothing is named. Most are such, and the same in many texts."""
    return read(sentence(text), {})


@lru_cache(1 << 12)
def name(text: str) -> tuple[Word, ...]:
    """The words of a name, without its article."""
    found = tuple(words(text))
    return found[1:] if len(found) > 1 and found[0].word in ("a", "an", "the") else found


class Vocabulary:
    """The names of an episode."""

    def __init__(self, agents: Sequence[Json], game: Json) -> None:
        self.names: dict[str, list[Entry]] = {}
        self.stops = True
        for agent in agents:
            self.add(agent["name"], Slot("@a", agent["id"]))
        options: dict[str, list[tuple[str, int]]] = {}
        for issue in game.get("issues", ()):
            self.add(issue["name"], Slot("@i" if issue["kind"] == "split" else "@c", issue["id"]))
            for number, option in enumerate(issue.get("options", ())):
                options.setdefault(option, []).append((issue["id"], number))
        for option, places in options.items():
            self.add(option, Slot("@o", tuple(places)))
        if "resource" in game:
            self.add(game["resource"], Slot("@r", None))
        for entries in self.names.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def add(self, text: str, slot: Slot) -> None:
        if parts := name(text):
            self.stops = self.stops and not any(part.word in ".!?" for part in parts)
            self.names.setdefault(parts[0].stem, []).append((parts, slot))

    def read(self, text: str) -> Text:
        names = self.names.keys()
        found = [
            nameless(each) if names.isdisjoint((said := sentence(each)).stems) else read(said, self.names)
            for each in self.cut(text[:LONGEST])
        ]
        return Text(" ".join([each.skeleton for each in found]), tuple([slot for each in found for slot in each.slots]))

    def cut(self, text: str) -> Iterable[str]:
        return SENTENCE.findall(text) if self.stops else [text]


def read(said: Sentence, names: Names) -> Text:
    found = said.words
    marks: list[str] = []
    slots: list[Slot] = []
    done = 0
    for at in [at for at, word in enumerate(found) if word.counts or word.stem in names]:
        if at < done:
            continue
        slot, after = None, at
        for parts, entry in names.get(found[at].stem, ()):
            if same(parts, found, at, entry.mark):
                slot, after = entry, at + len(parts)
                break
        if slot is None and found[at].counts:
            slot, after = numeral(found, at)
        if slot is not None:
            marks += [*said.plain[done:at], slot.mark]
            slots.append(slot)
            done = after
    return Text(" ".join([*marks, *said.plain[done:]]), tuple(slots))


def same(wanted: Sequence[Word], found: Sequence[Word], at: int, mark: str) -> bool:
    """Whether a name stands at a place. Agents are written as they are: Will is not will."""
    if mark == "@a" and wanted[0].capital and not found[at].capital:
        return False
    return len(wanted) == 1 or (
        len(found) >= at + len(wanted) and all(part.stem == found[at + n].stem for n, part in enumerate(wanted))
    )


def numeral(found: Sequence[Word], at: int) -> tuple[Slot | None, int]:
    """The number that begins at a place, and where the words go on."""
    word = found[at].word
    if word[0].isdigit():
        if figures := FIGURES.fullmatch(word):
            return Slot("#th" if figures[2] else "#", int(figures[1].replace(",", ""))), at + 1
        return None, at
    if word in ORDINALS:
        return Slot("#th", ORDINALS[word]), at + 1
    if word not in SMALL or (word == "one" and pronoun(found, at)):
        return None, at
    return spelled(found, at)


def pronoun(found: Sequence[Word], at: int) -> bool:
    """Whether "one" is no number: "the other one", "one of my offers"."""
    after = [word.word for word in found[at + 1 : at + 3]]
    before = found[at - 1].word if at else ""
    return before in PRONOUN_BEFORE or after[:1] == ["'s"] or (after[:1] == ["of"] and after[-1] in OWNERS)


def spelled(found: Sequence[Word], at: int) -> tuple[Slot, int]:
    """A number in words below a thousand, or an ordinal ("twenty-first")."""
    total, at = SMALL[found[at].word], at + 1
    if total < 10 and at < len(found) and found[at].word == "hundred":
        total, at = 100 * total, at + 1
        if at + 1 < len(found) and found[at].word == "and" and found[at + 1].word in SMALL:
            at += 1
        if at < len(found) and found[at].word in SMALL:
            total, at = total + SMALL[found[at].word], at + 1
    if total % 100 >= 20 and total % 10 == 0:
        if at < len(found) and found[at].word == "-":
            at += 1
        if at < len(found) and 0 < SMALL.get(found[at].word, 0) < 10:
            return Slot("#", total + SMALL[found[at].word]), at + 1
        if at < len(found) and 0 < ORDINALS.get(found[at].word, 0) < 10:
            return Slot("#th", total + ORDINALS[found[at].word]), at + 1
    return Slot("#", total), at


@lru_cache(1 << 16)
def cuts(skeleton: str) -> tuple[tuple[str, int, int], ...]:
    """The sentences of a skeleton, each with where its slots begin and end."""
    found: list[tuple[str, int, int]] = []
    sentence: list[str] = []
    first = slots = 0
    for mark in skeleton.split():
        sentence.append(mark)
        slots += mark[0] in "@#"
        if mark in (".", "!", "?"):
            found.append((" ".join(sentence), first, slots))
            sentence, first = [], slots
    return (*found, (" ".join(sentence), first, slots)) if sentence else tuple(found)


def parts(text: Text) -> Iterator[Text]:
    for skeleton, first, end in cuts(text.skeleton):
        yield Text(skeleton, text.slots[first:end])
