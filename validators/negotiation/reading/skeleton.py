"""A text as its skeleton, in which names and numbers are replaced by marks, and what stood there.

    "I keep two of the books, Ben."   ->   "i keep # of the @i , @a ."   with 2, the books, Ben

Marks: `@a` an agent, `@i` a split, `@c` a choice, `@o` an option, `@r` the resource, `#` a number, `#th` an ordinal.
Names are found word for word, but for number and case; the longest name wins. Skeletons repeat where texts do not, so
whatever reads them remembers what it read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from madata.validators.words.tokens import PLAIN, apart, stem

LONGEST = 4000
TOKEN = re.compile(r"\d+(?:,\d{3})*(?:st|nd|rd|th)?(?!\w)|[^\W\d_]+(?:'[^\W\d_]+)*|\w+|[^\w\s]")
CLEAN = PLAIN | str.maketrans("@#", "**")
FIGURES = re.compile(r"([0-9]{1,3}(?:,[0-9]{3}){1,2}|[0-9]{1,9})(st|nd|rd|th)?")
UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: number for number, word in enumerate(UNITS)} | {word: 10 * ten for ten, word in enumerate(TENS, 2)}
IRREGULAR = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
REGULAR = {word.removesuffix("y") + ("ieth" if word.endswith("y") else "th"): SMALL[word] for word in SMALL}
ORDINALS = {word: number for word, number in REGULAR.items() if number not in IRREGULAR.values()} | IRREGULAR
PRONOUN_BEFORE = frozenset("no other any every remaining last only".split())
OWNERS = frozenset("my your his her their our us you them".split())

Json = Mapping[str, Any]


class Word(NamedTuple):
    word: str
    stem: str
    capital: bool


class Slot(NamedTuple):
    """What stood at a mark: an agent's or issue's id, a number, or the options of that name, each as (issue, index)."""

    mark: str
    value: Any


class Text(NamedTuple):
    skeleton: str
    slots: tuple[Slot, ...]


Entry = tuple[tuple[Word, ...], Slot]
Names = Mapping[str, Sequence[Entry]]


@lru_cache(1 << 15)
def taken_apart(written: str) -> tuple[Word, ...]:
    capital = written[0].isupper()
    return tuple(Word(word, stem(word), capital and not at) for at, word in enumerate(apart(written.lower())))


def words(text: str) -> list[Word]:
    return [word for written in TOKEN.findall(text[:LONGEST].translate(CLEAN)) for word in taken_apart(written)]


@lru_cache(1 << 12)
def name(text: str) -> tuple[Word, ...]:
    """The words of a name, without its article."""
    found = tuple(words(text))
    return found[1:] if len(found) > 1 and found[0].word in ("a", "an", "the") else found


class Vocabulary:
    """The names of an episode."""

    def __init__(self, agents: Sequence[Json], game: Json) -> None:
        self.names: dict[str, list[Entry]] = {}
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
            self.names.setdefault(parts[0].stem, []).append((parts, slot))

    def read(self, text: str) -> Text:
        found = words(text)
        marks: list[str] = []
        slots: list[Slot] = []
        at, names = 0, self.names
        while at < len(found):
            word = found[at]
            entry = names.get(word.stem, ())
            for parts, slot in entry:
                if same(parts, found, at, slot.mark):
                    at += len(parts)
                    break
            else:
                number, after = numeral(found, at)
                if number is None:
                    marks.append(word.word)
                    at += 1
                    continue
                slot, at = number, after
            marks.append(slot.mark)
            slots.append(slot)
        return Text(" ".join(marks), tuple(slots))

    def sentences(self, text: str) -> Iterator[Text]:
        yield from parts(self.read(text))


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
    return (at > 0 and found[at - 1].word in PRONOUN_BEFORE) or (after[:1] == ["of"] and after[-1] in OWNERS)


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
