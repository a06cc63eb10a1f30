"""Given names by apparent culture and gender: what a reader takes a name for, not what anybody is.

`words/given_names.toml` lists, for each culture or group of neighbouring ones, the names that are common in it. A name
common in several counts for each of them in part; one that is not listed is unknown, and counted as that.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple
from unicodedata import combining, normalize

from madata.validators import words
from madata.validators.corpus.document import CAPITALISED, Document

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


class Origin(NamedTuple):
    """`gender`: f, m, or u for a name given to either."""

    culture: str
    gender: str


@cache
def origins() -> Mapping[str, tuple[Origin, ...]]:
    listed = tomllib.loads((resources.files(words) / "given_names.toml").read_text(encoding="utf-8"))
    found: dict[str, tuple[Origin, ...]] = {}
    for culture, genders in listed.items():
        for gender, names in genders.items():
            for name in dict.fromkeys(names.split()):
                found[name] = (*found.get(name, ()), Origin(culture, gender))
    return found


def people(document: Document) -> Iterator[str]:
    """The given name of each person. Where people are not known: the listed names that stand in the text, each once,
    unless a sentence begins with it, or it is written small as well ("You" in a chat is no Chinese name)."""
    if document.people:
        yield from map(given, document.people)
    elif document.episode is None:
        mentioned = dict.fromkeys(plain(found[0]) for found in CAPITALISED.finditer(document.text))
        if listed := [name for name in mentioned if name in origins()]:
            small = frozenset(WORD.findall(document.text))
            yield from (name for name in listed if name.lower() not in small)


def given(name: str) -> str:
    """The first listed word of a full name, else its first word."""
    parts: list[str] = WORD.findall(plain(name)) or [name]
    return next((part for part in parts if part in origins()), parts[0])


def plain(name: str) -> str:
    """Without accents, and without what English adds."""
    letters = "".join(letter for letter in normalize("NFKD", name) if not combining(letter))
    return letters.replace("\u2019", "'").removesuffix("'s")


def gender(found: Iterable[Origin]) -> str:
    """What the origins of a name agree on."""
    genders = {origin.gender for origin in found}
    return genders.pop() if len(genders) == 1 else "u"
