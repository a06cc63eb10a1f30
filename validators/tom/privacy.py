"""Check `privacy` (law 4): nobody speaks of what they have not met, and no secret slips out.

Every name of the world in a turn is the act's own, or one that the speaker has met, or, where it is narrated, everybody
who sees it. A value that only some knew at the start is said by an act that discloses it, and by nothing else, even if
the speaker knows it. Names are compared as words: numbers in any spelling, without plurals, with a typo, and with
their words in another order.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from madata.validators import unsaid
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import ARTICLES, Fault, Line, judged
from madata.validators.words import nouns
from madata.validators.words.numbers import numbers
from madata.validators.words.tokens import Token, split, stem

NAME = "privacy"
LONGEST = 1000
SHOWN = 60
TYPED = 6
"""Letters of a word in which a typo leaves no doubt what is meant."""

ENGLISH = frozenset(unsaid.ENGLISH.split())
SMALL = frozenset("of in the a an by on with for and at to from that".split())

Words = tuple[str, ...]


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", str(len(line.text)))
        return
    disclosed = {line.actor, *line.hearers, *line.must}
    if not line.topics.intersection(line.must):
        disclosed |= line.may  # where something is moved from can be seen; what a fact was before, cannot
    hidden = line.private - disclosed
    unmet = line.names.union(line.people) - line.met - line.may - disclosed
    for name in mentioned(line, hidden | unmet):
        if name in hidden:
            yield Fault("no private value but what the act discloses", f"{name!r} in {shown(line.text)}")
        else:
            who = line.actor if line.aloud else "somebody there"
            yield Fault(f"nothing that {who} has not met", f"{name!r} in {shown(line.text)}")


def mentioned(line: Line, closed: frozenset[str]) -> list[str]:
    """Which of some names are in a text: as they are, or their words close together and part of no other name."""
    names = index(line.names, line.people)
    said = read(line.text, names)
    as_they_are, _ = apart(said, names)
    for name in line.must:
        if name not in as_they_are:
            said = without(names.content.get(name, frozenset()), said)
    found, rest = apart(said, names)
    loose = {name for name in closed if together(names.content[name], rest) is not None}
    return sorted(closed & (found | loose))


class Index:
    """The names of a story by their words: those of one first word, the longest first."""

    def __init__(self, names: frozenset[str]) -> None:
        words = {name: canonical(split(name)) for name in names}
        titles = [name for name in names if name.istitle() and name.lower() in ENGLISH]
        words |= {name: (name,) for name in titles}  # "May" is no "may"
        self.content = {name: frozenset(said) - SMALL for name, said in words.items()}
        self.known = frozenset[str]().union(*words.values())
        self.vocabulary = sorted(self.known)
        self.first: dict[str, list[tuple[Words, str]]] = {}
        for name, said in sorted(words.items(), key=lambda each: (-len(each[1]), each[0])):
            if said:
                self.first.setdefault(said[0], []).append((said, name))


@lru_cache(maxsize=64)
def index(names: frozenset[str], people: Words) -> Index:
    return Index(names.union(people))


def canonical(tokens: Sequence[Token]) -> Words:
    """Words without articles, marks and plurals, numbers as figures."""
    figures = {number.start: number for number in numbers([token.word for token in tokens])}
    found = []
    at = 0
    while at < len(tokens):
        word = tokens[at].word
        if number := figures.get(at):
            found += [f"={max(number.readings)}", number.unit]
            at = number.end
            continue
        if word[0].isalnum() and word not in ARTICLES:
            found.append(stem(word))
        at += 1
    return tuple(filter(None, found))


def read(text: str, names: Index) -> list[str]:
    """The words of a text, those with a typo as the names have them."""
    tokens = split(text)
    titles = {token.word for token in tokens if token.capital and token.word.title() in names.known}
    plain = (word.title() if word in titles else word for word in canonical(tokens))
    return [word if word in names.known else mended(word, names) for word in plain]


def mended(word: str, names: Index) -> str:
    if len(word) < TYPED or not word.isalpha() or word in ENGLISH or word in nouns():
        return word
    alike = [each for each in names.vocabulary if each[0] == word[0]]
    nearest = extractOne(word, alike, scorer=OSA.distance, score_cutoff=1)
    return nearest[0] if nearest else word


def apart(said: list[str], names: Index) -> tuple[set[str], list[str]]:
    """The names that stand in a text, the longest first, and the text with nothing in their place."""
    found = set()
    rest = []
    at = 0
    while at < len(said):
        for words, name in names.first.get(said[at], ()):
            if tuple(said[at : at + len(words)]) == words:
                found.add(name)
                rest.append("")
                at += len(words)
                break
        else:
            rest.append(said[at])
            at += 1
    return found, rest


def together(words: frozenset[str], said: list[str]) -> int | None:
    """Where words stand close together, in any order."""
    if not words or not words.issubset(said):
        return None
    width = len(words) + 2
    starts = (at for at, word in enumerate(said) if word in words)
    return next((at for at in starts if words.issubset(said[at : at + width])), None)


def without(words: frozenset[str], said: list[str]) -> list[str]:
    """A text without words that say a name in an order of their own."""
    at = together(words, said)
    if at is None:
        return said
    end = at + len(words) + 2
    return [*said[:at], *("" if word in words else word for word in said[at:end]), *said[end:]]


def shown(text: str) -> str:
    return ascii(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults)


CHECK = Check(NAME, "turns of models speak of nothing that the speaker has not met, and keep secrets", judge=judge)
