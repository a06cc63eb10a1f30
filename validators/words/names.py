"""Names as words: what has to be in a text for a name to be said.

A thing is named word for word, but for number, article and a typo. A fact has a long name ("the number of the bus to
the lake"), of which the words that stand for it are enough (bus, lake).
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from madata.validators.words import nouns, word_set
from madata.validators.words.numbers import numbers, of_name
from madata.validators.words.tokens import root, split, stem

Names = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


@lru_cache(4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name without inflection and article."""
    found = tuple(stem(token.word) for token in split(name))
    return found[1:] if len(found) > 1 and found[0] in ("a", "an", "the") else found


@lru_cache(16)
def by_first_word(names: frozenset[str], people: tuple[str, ...]) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in {*names, *people}:
        words = parts(name)
        if words and not (len(words) == 1 and of_name(words[0])):
            found.setdefault(words[0], []).append((words, name))
    return {first: sorted(each, key=lambda entry: -len(entry[0])) for first, each in found.items()}


@lru_cache(4096)
def content(name: str, people: tuple[str, ...]) -> frozenset[str]:
    """The words of a name that mean something by themselves, numbers and people left out, as roots."""
    words = [token.word for token in split(name)]
    counted = {at for number in numbers(words) for at in range(number.start, number.end)}
    owners = {part for person in people for part in parts(person)}
    kept = (word for at, word in enumerate(words) if at not in counted and word not in owners)
    return frozenset(root(word) for word in kept if word not in word_set("words", "empty"))


@lru_cache(4096)
def heads(topic: str, people: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """What a fact is known by, and how many of these words have to be said: behind "of" and the like all heads ("the
    number of the bus to the lake": bus, lake); without one, half of the words ("the instrument Anna is learning")."""
    chunks: list[list[str]] = [[]]
    for token in split(topic):
        if token.word in word_set("words", "prepositions"):
            chunks.append([])
        else:
            chunks[-1].append(token.word)
    words = content(topic, people)
    found = [next((root(word) for word in reversed(chunk) if root(word) in words), None) for chunk in chunks[1:]]
    named = frozenset(word for word in found if word)
    return (named, len(named)) if named else (words, (len(words) + 1) // 2)


def within(name: str, names: Iterable[str]) -> bool:
    """Whether a name is part of one of the names ("box" of "old box")."""
    words = parts(name)
    return any(
        parts(longer)[at : at + len(words)] == words
        for longer in names
        for at in range(len(parts(longer)) - len(words) + 1)
    )


@lru_cache(16384)
def alike(found: str, wanted: str) -> bool:
    """Whether a word is another one but for a typo. What is a word of its own is no typo."""
    if found == wanted:
        return True
    most = 0 if len(wanted) < 5 else 1 if len(wanted) < 10 else 2
    if not most or abs(len(found) - len(wanted)) > most or stem(found) in nouns():
        return False
    return OSA.distance(found, wanted, score_cutoff=most) <= most
