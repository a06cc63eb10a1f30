"""How the rules of a game are read: sayings, each recognised by phrases and compared by what it names.

A sentence is a saying if each of the saying's cues is found in it and no denial is left that no cue accounts for. What
it then says is what it names, in order: names of the record, numbers, and points of the compass. That has to be one of
the things that have to be said; so whatever name or number is another, is left out or is added, is found.

Values, actions and the like can be ordinary words ("possible", "stay"). They are names in sayings that are to name
some, and words in all others; roles are always words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain
from typing import Any

from madata.validators.coordination.reading.skeleton import TOKEN, Difference, Misread, Sentence, Vocabulary
from madata.validators.words.numbers import SMALL

Json = Mapping[str, Any]
Names = tuple[str, ...]

DENIALS = r"(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot|nowhere|false|untrue|' t)(?!\S)"
DENIAL = re.compile(rf"(?<!\S){DENIALS}")
GAP = rf"(?: (?!{DENIALS})[^\s.;:]+){{0,6}} "
NUMBERS = {word: str(value) for word, value in SMALL.items() if word != "one"}
COMPASS = ("north", "south", "east", "west")
SLOTS = frozenset("@#")
BETWEEN = frozenset("@ # , ; : . and or then to".split())
CODE = re.compile(r"\w*(?:\d[^\W\d_]|[^\W\d_]\d)\w*")
NOWHERE = "(nothing)"


@lru_cache(1 << 10)
def phrases(cue: str) -> re.Pattern[str]:
    """A choice of phrases, one a line; ` .. ` stands for some words that deny nothing."""
    lines = "|".join(line for line in map(str.strip, cue.splitlines()) if line)
    return re.compile(rf"(?<!\S)(?:{lines.replace(' .. ', GAP)})(?!\S)")


@dataclass(eq=False)
class Saying:
    """`what` it is, in a finding. Each of the lists of names in `each` has to be said, in a sentence of its own or, if
    they are `chunks` of so many names, several in one; without any it is never so. The first `ordered` names stand in
    this order, the others in any, and chunks in any (None: all in this order). `lists`: after a colon stand names
    alone."""

    what: str
    cues: tuple[re.Pattern[str], ...]
    each: tuple[Names, ...]
    chunks: int | None
    ordered: int | None
    lists: bool
    unsaid: dict[Names, Names] = field(init=False)
    right: frozenset[Names] = field(init=False)

    def __post_init__(self) -> None:
        self.unsaid = {self.key(names): names for names in self.each}
        self.right = frozenset(self.unsaid)

    def key(self, names: Names) -> Names:
        return names if self.ordered is None else (*names[: self.ordered], *sorted(names[self.ordered :]))

    def rest(self, text: str) -> str | None:
        """What of a sentence is no cue; None if it is another saying."""
        rest = text
        for cue in self.cues:
            if not cue.search(text):
                return None
            rest = cue.sub(" ", rest)
        return None if DENIAL.search(rest) else rest

    def compare(self, names: Names) -> None:
        size = self.chunks or len(names)
        said = [self.key(names[at : at + size]) for at in range(0, len(names), size or 1)] or [()]
        for key, times in Counter(said).items():
            if key not in self.right or times > 1:
                raise Misread(f"{self.what}: {self.meant(key)}", " and again ".join([shown(key)] * times))
        if self.chunks and self.ordered is None and said != (wanted := list(self.unsaid)[: len(said)]):
            raise Misread(f"{self.what}: {shown(tuple(chain(*wanted)))}", shown(names))
        for key in said:
            self.unsaid.pop(key, None)

    def meant(self, key: Names) -> str:
        """What was to be said where something else was."""
        alike = [names for names in self.unsaid.values() if names[:1] == key[:1]]
        return next((shown(names) for names in (*alike, *self.unsaid.values(), *self.each)), "no such thing")


def shown(names: Names) -> str:
    return ", ".join(names) or "no names"


def saying(
    what: str,
    *cues: str,
    each: Iterable[Sequence[str]] = ((),),
    chunks: int | None = None,
    ordered: int | None = None,
    lists: bool = False,
) -> Saying:
    return Saying(what, tuple(map(phrases, cues)), tuple(map(tuple, each)), chunks, ordered, lists)


def so(condition: bool) -> tuple[Names, ...]:
    """`each` of a saying that names nothing and is so only if."""
    return ((),) if condition else ()


class Sayings:
    """The rules of one episode. A game gives its `sayings`, and may give `called`: pairs of a name and of what has to
    stand in it, where nothing but its name tells a reader what it is."""

    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        self.world = episode["world"]
        self.game = self.world["game"]
        self.turns: list[Json] = [
            turn for turn in episode["turns"] if turn["speaker"] is None and turn["event"] is None
        ]
        self.agents = {agent["id"]: agent["name"] for agent in episode["agents"]}
        self.names = list(self.agents.values())
        self.actions: list[str] = self.world["actions"]
        self.decisions = [decision["name"] for decision in self.world["decisions"]]
        self.squares: list[str] = self.game.get("squares", [])
        self._facts = {fact["id"]: fact for fact in self.world["facts"]}
        self._scales = {scale["id"]: scale["values"] for scale in self.world["scales"]}
        firm = {*vocabulary.agents, *vocabulary.facts, *vocabulary.decisions, *self.squares, *COMPASS}
        self._ordinary = vocabulary.names - firm
        self._roles = vocabulary.roles - firm
        loose = self._ordinary - self._roles
        self._sayings = [(each, not loose.isdisjoint(chain(*each.each))) for each in self.sayings()]

    def sayings(self) -> Iterator[Saying]:
        raise NotImplementedError

    def called(self) -> Iterator[tuple[str, str]]:
        return iter(())

    def read(self, sentence: Sentence) -> bool:
        readings = [self._reading(sentence, words) for words in (self._ordinary, self._roles)]
        for each, loose in self._sayings:
            text, names = readings[loose]
            rest = each.rest(text)
            if rest is not None:
                self._alone(each, sentence, rest)
                each.compare(names)
                return True
        return False

    def missing(self) -> Iterator[Difference]:
        for each, _ in self._sayings:
            for names in each.unsaid.values():
                yield f"{each.what}: {shown(names)}", "nothing of it said"
        for name, part in self.called():
            if not re.search(rf"(?<!\w){re.escape(part)}(?!\w)", name):
                yield f"a name with {part} in it", name

    def _reading(self, sentence: Sentence, words: set[str]) -> tuple[str, Names]:
        """A skeleton in which some names are words, and what else is named."""
        text: list[str] = []
        names: list[str] = []
        slots = iter(sentence.slots)
        for mark in sentence.skeleton.split():
            name = next(slots) if mark in SLOTS else NUMBERS.get(mark)
            if name is None:
                text.append(mark)
                if mark in COMPASS:
                    names.append(mark)
            elif name in COMPASS:
                text.append(name)
                names.append(name)
            elif name in words and not name.isdecimal():
                text.append(lower(name))
                names += [part for part in text[-1].split() if part in COMPASS]
            else:
                text.append("#" if name.isdecimal() else "@")
                names.append(name)
        return " ".join(text), tuple(names)

    def _alone(self, each: Saying, sentence: Sentence, rest: str) -> None:
        """Nothing that could be a name stands beside those that are compared."""
        strange = [word for word in unnamed(sentence) if word[0].isupper() or CODE.fullmatch(word)]
        if each.lists:
            strange += [word for word in rest.partition(":")[2].split() if word not in BETWEEN]
        strange += [
            name for name in sorted(self._ordinary.intersection(sentence.slots)) if f" {lower(name)} " in f" {rest} "
        ]
        if strange:
            raise Misread(f"{each.what}: no names but its own", strange[0])

    # The record. What does not fit together there is for other checks; here it is what nobody can have said.

    def fact(self, fact: str) -> str:
        name: str = self._facts[fact]["name"] if fact in self._facts else NOWHERE
        return name

    def values(self, fact: str) -> list[str]:
        """The names of the values that a fact can have."""
        return self._scales.get(self._facts[fact]["scale"], []) if fact in self._facts else []

    def choices(self) -> list[str]:
        """The names of the values of the first decision."""
        return next((self._scales.get(decision["scale"], []) for decision in self.world["decisions"]), [])

    def hoped(self) -> list[Names]:
        """The first value of each scale that a fact is on."""
        return list(dict.fromkeys(tuple(self.values(fact)[:1]) for fact in self._facts))

    def square(self, number: int) -> str:
        return nth(self.squares, number)

    def called_after(self, facts: Iterable[str], owners: Iterable[str]) -> Iterator[tuple[str, str]]:
        return zip(map(self.fact, facts), owners, strict=False)


@lru_cache(1 << 12)
def lower(name: str) -> str:
    """A name as a skeleton would have it if it were none."""
    return " ".join(part.lower() for part in TOKEN.findall(name))


def unnamed(sentence: Sentence) -> Iterator[str]:
    """The words of a sentence, as they are written, that are no part of a name; without the first."""
    tokens = TOKEN.findall(sentence.text)
    slots = iter(sentence.slots)
    at = 0
    for mark in sentence.skeleton.split():
        if mark not in SLOTS:
            yield from tokens[at : at + 1] if at else ()
            at += 1
        else:
            at += len(TOKEN.findall(next(slots)))


def nth(names: Sequence[str], number: int) -> str:
    return names[number] if 0 <= number < len(names) else NOWHERE


def last(names: Sequence[str]) -> str:
    return names[-1] if names else NOWHERE
