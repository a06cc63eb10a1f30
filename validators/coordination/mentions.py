"""Names in free words. People do not say names as the record writes them: "my Saturday at 8 is taken", "B3's a wall",
"Yaotl does the engine".

A line becomes its skeleton: plain words in lower case, and a mark for each name, with what it stands for in `slots`.

    "Kofi, my Saturday at 8 isn't taken."   ->   "A , my F is not V ."

`F` a fact, `V` a value of facts, `D` a decision, `C` a value of decisions, `X` an action, `A` an agent. A name is found
by its words without articles and inflection, the longest first; behind the words it shares with its like ("the time of
the ..", "price for ..") what sets it apart is enough. Whose fact it is ("Kofi's", "my") stands apart from what it is;
so the slot of `F` has the facts of that name by owner. What a word is that can be several things, the caller says by
the order of `marks`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from madata.validators.coordination.phrases import AROUND
from madata.validators.words.names import parts
from madata.validators.words.numbers import ORDINALS, SMALL
from madata.validators.words.tokens import PLAIN, apart, root

Json = Mapping[str, Any]
Words = tuple[str, ...]
Owners = Mapping[int | None, int]
"""Facts of one name by the number of whom they are of."""

TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*(?:'(?=\s))?|[^\s\w]")
HOUR = re.compile(r"(?<=\d)(?::00| o'clock| ?h)\b(?! ?[ap]m)")
ARTICLES = frozenset(["a", "an", "the"])
LEADING = re.compile(r"\w+ (?:of|for|where|who|that|which|when|to) ")
COMMON = frozenset(root(word) for words in AROUND.values() for word in words)
"""What acts are said with sets no name apart."""
COUNTED_BEFORE = frozenset("is number round 's : card".split())
MARK = re.compile(r"(?<!\S)[AFVDCX](?!\S)")
FEW = 2


class Skeleton(NamedTuple):
    """`slots`: what stands at each mark, in order."""

    text: str
    slots: tuple[Any, ...]

    def cut(self, start: int, end: int, instead: str = ".") -> "Skeleton":
        """Without a part, and without its slots; `instead` has no marks."""
        first = len(MARK.findall(self.text[:start]))
        last = first + len(MARK.findall(self.text[start:end]))
        text = f"{self.text[:start].rstrip()} {instead} {self.text[end:].lstrip()}"
        return Skeleton(" ".join(text.split()), (*self.slots[:first], *self.slots[last:]))

    def without(self, pattern: re.Pattern[str], instead: str = ".") -> "Skeleton":
        found: Skeleton = self
        at = 0
        while match := pattern.search(found.text, at):
            before = found.text[: match.start()].rstrip()
            found = found.cut(*match.span(), instead)
            at = len(before)
        return found

    def symbols(self) -> Iterator[tuple[str, Any]]:
        """Marks and words one after the other, a mark with its slot."""
        slots = iter(self.slots)
        for word in self.text.split():
            yield word, next(slots) if MARK.fullmatch(word) else None

    def sentences(self) -> Iterator["Skeleton"]:
        at = 0
        for match in re.finditer(r"[^.!?;]+(?:[.!?;]|$)", self.text):
            size = len(MARK.findall(match[0]))
            yield Skeleton(match[0].strip(), self.slots[at : at + size])
            at += size

    def values(self, mark: str) -> list[Any]:
        return [slot for word, slot in self.symbols() if word == mark]


def of_symbols(symbols: Sequence[tuple[str, Any]]) -> Skeleton:
    return Skeleton(" ".join(word for word, _ in symbols), tuple(slot for _, slot in symbols if slot is not None))


class Lexicon:
    """The names of an episode: for each mark what it can stand for, by the first word. `whole` has no words that are
    said of other things, too."""

    def __init__(self, agents: Sequence[Json], world: Json) -> None:
        self.people = [agent["name"] for agent in agents]
        scales = {scale["id"]: scale["values"] for scale in world["scales"]}
        facts: dict[str, dict[int | None, int]] = {}
        for number, fact in enumerate(world["facts"]):
            owner, base = self._owned(fact["name"])
            facts.setdefault(base, {})[owner] = number
        decisions = {decision["name"]: number for number, decision in enumerate(world["decisions"])}
        actions = {name: number for number, name in enumerate(world["actions"])}
        values = {value: value for fact in world["facts"] for value in scales.get(fact["scale"], ())}
        choices = {value: value for decision in world["decisions"] for value in scales.get(decision["scale"], ())}
        people = {name: number for number, name in enumerate(self.people)}
        named: dict[str, Mapping[str, Any]] = {
            "F": facts,
            "V": values,
            "D": decisions,
            "C": choices,
            "X": actions,
            "A": people,
        }
        self.whole = {mark: table(full(of)) for mark, of in named.items()}
        own = {words_of(person) for person in self.people}
        short = {mark: [entry for entry in aliases(named[mark]) if entry[0] not in own] for mark in "FDX"}
        self.short = self.whole | {mark: table(entries) for mark, entries in short.items()}

    def _owned(self, name: str) -> tuple[int | None, str]:
        for number, person in enumerate(self.people):
            for owned in (f"{person}'s ", f"{person}' "):
                if name.startswith(owned):
                    return number, name[len(owned) :]
        return None, name

    def read(self, text: str, marks: str, *, whole: bool = False) -> Skeleton:
        """`marks` in the order of preference where names of equal length are alike."""
        words, roots = list[str](), list[Words]()
        for word, compared in tokens(text):
            words.append(word)
            roots.append((compared, root(word)))
        tables = [(mark, (self.whole if whole else self.short)[mark]) for mark in marks]
        found: list[str] = []
        slots: list[Any] = []
        at = 0
        while at < len(words):
            best: tuple[int, str, Any] = (at, "", None)
            for mark, names in tables:
                for first in dict.fromkeys(roots[at]):
                    for name, slot in names.get(first, ()):
                        if (end := match(name, roots, at)) > best[0]:
                            best = (end, mark, slot)
            if best[1]:
                found.append(best[1])
                slots.append(best[2])
                at = best[0]
            else:
                found.append(words[at])
                at += 1
        return Skeleton(" ".join(found), tuple(slots))


def tokens(text: str) -> Iterator[tuple[str, str]]:
    """Words in lower case, contractions as words, numbers in figures, ordinals in words. With each what names are
    compared by: of a word with a capital the word itself, else what it has in common with its relatives."""
    before = ""
    for found in TOKEN.findall(HOUR.sub("", text.translate(PLAIN).replace("-", " "))):
        for word in ("'s",) if found == "'" and before.endswith("s") else contracted(found.lower()):
            if (number := SMALL.get(word)) is not None and (word != "one" or before in COUNTED_BEFORE):
                word = str(number)
            elif nth := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)", word):
                word = NTH.get(int(nth[1]), word)
            yield word, proper(word) if found[0].isupper() and word in found.lower() else root(word)
            before = word


def proper(word: str) -> str:
    return f"={word}"


NTH = {number: word for word, number in ORDINALS.items()}


def contracted(word: str) -> Words:
    """A word behind an apostrophe is "is" where only that can be meant; "'s" of a name says whose or "is"."""
    if word.endswith("'") and len(word) > 1:
        return (word[:-1], "'s")
    if word.endswith("s'"):
        return (word[:-1], "'s")
    return apart(word)


def words_of(name: str) -> Words:
    found = tuple(compared for _, compared in tokens(name))
    return tuple(word for word in found if word not in ARTICLES) or found


def table(entries: Iterable[tuple[Words, Any]]) -> dict[str, list[tuple[Words, Any]]]:
    found: dict[str, list[tuple[Words, Any]]] = {}
    for words, slot in entries:
        if words:
            found.setdefault(words[0], []).append((words, slot))
    return found


def full(named: Mapping[str, Any]) -> Iterator[tuple[Words, Any]]:
    """Names, and what is left of them where that is a proper name ("square B3")."""
    for name, slot in named.items():
        yield words_of(name), slot
        if not (short := core(name, list(named))).islower():
            yield words_of(short), slot


def aliases(named: Mapping[str, Any]) -> Iterator[tuple[Words, Any]]:
    """Names, and names without the words they begin with alike, and of those the words that no other has."""
    cores = {name: core(name, list(named)) for name in named}
    holders: dict[str, set[str]] = {}
    for name in named:
        for word in words_of(cores[name]):
            holders.setdefault(word, set()).add(name)
    for name, slot in named.items():
        yield words_of(name), slot
        if cores[name] != name:
            yield words_of(cores[name]), slot
        if len(named) > 1 and cores[name][:1].islower():
            for word in cores[name].split():
                if word.islower() and word.isalpha() and root(word) not in COMMON and holders[root(word)] == {name}:
                    yield (root(word),), slot


def core(name: str, like: Sequence[str]) -> str:
    """What is behind the words that all names have in front; of a single name behind "the .. of", if that is some."""
    words = name.split()
    if len(like) == 1:
        bare = name[4:] if name.startswith("the ") else name
        lead = LEADING.match(bare)
        return bare[lead.end() :] if lead and len(parts(bare[lead.end() :])) >= FEW else name
    shared = 0
    while all(
        len(other) > shared + 1 and other[shared] == words[shared] and words[shared].islower()
        for other in map(str.split, like)
    ):
        shared += 1
    found = " ".join(words[shared:])
    return name if found.isdecimal() else found


def match(name: Words, roots: Sequence[Words], at: int) -> int:
    """Where a name ends that begins at a place, articles within it put aside; the place itself if it is not there."""
    place = at
    for word in name:
        while place > at and place < len(roots) and roots[place][-1] in ARTICLES:
            place += 1
        if place >= len(roots) or word not in roots[place]:
            return at
        place += 1
    return place
