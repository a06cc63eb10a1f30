"""A text as words: lower case, contractions taken apart, and each word without its inflection.

`split("Isn't the FERRY's hour 4:30?")` gives is, not, the, ferry, 's, hour, 4:30, ?. A hyphen is a space, a dash a
semicolon. A word keeps whether it was written with a capital. Inflection is taken off by rules: `stem` undoes number
(boxes, box), `root` also what verbs and their relatives end in (learning, learn; hiking, hike).
"""

import re
from functools import lru_cache
from typing import NamedTuple

from madata.validators.words import english

TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:'[^\W\d_]+)*|[^\s-]")
DASH = re.compile(r"\s-+\s|--+")
NUMBER = re.compile(r"\b[Nn]o\.\s?(?=\d)")
PLAIN = str.maketrans(
    {
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{MODIFIER LETTER APOSTROPHE}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{EN DASH}": ";",
        "\N{EM DASH}": ";",
        "\N{HORIZONTAL ELLIPSIS}": ",",
    }
)
ENDINGS = {"'s": "'s", "'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
PRONOUNS = frozenset("it that there here what where who how when he she everything nothing something this".split())
VOWELS = frozenset("aeiou")


class Token(NamedTuple):
    """A word or mark, in lower case. `capital`: written with one, and not only because a sentence starts there."""

    word: str
    capital: bool


def split(text: str) -> list[Token]:
    found: list[Token] = []
    starts = True
    for match in TOKEN.finditer(NUMBER.sub("number ", DASH.sub(" ; ", text.translate(PLAIN)))):
        written = match[0]
        capital = written[0].isupper() and not starts
        first, *rest = apart(written.lower())
        found += [Token(first, capital), *(Token(word, False) for word in rest)]
        starts = written in ".!?:;\"'(" or (starts and not written[0].isalnum())
    return found


@lru_cache(4096)
def apart(word: str) -> tuple[str, ...]:
    """A contraction as its words."""
    if "'" not in word or len(word) == 1:
        return ("can", "not") if word == "cannot" else (word,)
    if word in (whole := english()["contractions"]):
        return tuple(whole[word].split())
    if word.endswith("n't"):
        return (word[:-3], "not")
    head, _, tail = word.rpartition("'")
    if tail == "s" and head in PRONOUNS:
        return (head, "is")
    return (*apart(head), ENDINGS.get(f"'{tail}", tail))


@lru_cache(16384)
def stem(word: str) -> str:
    """A noun without its plural."""
    if word in (irregular := english()["irregular"]):
        return str(irregular[word])
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes", "zzes")):
        return word[:-2]
    return word[:-1]


@lru_cache(16384)
def root(word: str) -> str:
    """What a word has in common with its relatives. Good for comparing, not for reading."""
    found = stem(word)
    for ending in ("ing", "ed", "er", "e", "y"):
        if found.endswith(ending) and len(found) - len(ending) >= 3 and VOWELS.intersection(found[: -len(ending)]):
            found = found[: -len(ending)]
            break
    if len(found) > 3 and found[-1] == found[-2] and found[-1] not in "aeiou":
        found = found[:-1]
    return found[:-1] + "i" if found.endswith("y") else found
