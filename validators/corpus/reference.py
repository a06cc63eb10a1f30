"""What nothing may be taken from: the texts of benchmarks, ready to be looked up.

No fields are named for a reference: a text is any string in a record that has a few words. The same text in several
records (a story with six questions) is one, under the first. A text of `LONG` words and more is known by its n-grams,
in each of three readings; a shorter one counts only from `SHORTEST` words and if its record has none that is longer:
"Where is the apple now?", "That sounds good to me" is what anybody may say.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from madata.validators.corpus.ngrams import NAME, NOUN, TOKEN, Index, Words
from madata.validators.corpus.sources import rows, sources
from madata.validators.lines import InputError

LONG = 13
SHORTEST = 8
LEAST = 5  # words all of letters, without which a string is an id, a date, a formula
LIMIT = 20_000_000  # words: about 1 GB of index


class Reading(NamedTuple):
    """How a text is read: the marks that make a word a gap, and n. `least`: distinct n-grams of a text, below which
    a share of it says little. `common`: how many texts may have an n-gram that is to say anything of one."""

    name: str
    gaps: int
    n: int
    least: int
    common: int


# 13 words: GPT-3's and lm-eval's n; 8: PaLM's and Llama's. Any text of LONG words has 6 8-grams, or fewer with gaps.
# Hi-ToM tells 600 stories in the same few sentences, and each is to be found.
READINGS = (
    Reading("verbatim", 0, 13, 1, 2000),
    Reading("names changed", NAME, 8, 5, 2000),
    Reading("same structure", NAME | NOUN, 13, 5, 2000),
)
SHORT = Reading("short item", 0, 3, 1, 20)


class Text(NamedTuple):
    where: str
    file: str
    text: str


@dataclass(frozen=True)
class Reference:
    texts: list[Text]
    records: int
    length: int
    words: Words
    indexes: tuple[Index, ...]
    short: Index


@lru_cache(1)
def reference(against: tuple[str, ...]) -> Reference:
    """Built once: worker processes share that of the process they are forked from. Raises `InputError`."""
    written: dict[str, int] = {}
    stream, lengths = array("I"), array("I")
    texts: list[Text] = []
    short: list[int] = []
    places: dict[bytes, int] = {}
    records = 0
    for source in (source for place in against for source in sources(place)):
        for row in rows(source):
            records += 1
            found = [(text, TOKEN.findall(text)) for text in strings(row.value)]
            worded = [(text, words) for text, words in found if sum(map(str.isalpha, words)) >= LEAST]
            longest = max((len(words) for _, words in worded), default=0)
            for text, words in worded:
                if len(words) < LONG and (len(words) < longest or len(words) < SHORTEST):
                    continue
                key = blake2b(" ".join(words).lower().encode(), digest_size=12).digest()
                if places.setdefault(key, len(texts)) < len(texts):
                    continue
                if len(words) < LONG:
                    short.append(len(texts))
                texts.append(Text(f"{source.name}:{row.number}", source.name, text))
                stream.extend([written.setdefault(word, len(written) + 1) for word in words])
                stream.append(0)
                lengths.append(len(words) + 1)
            if len(stream) > LIMIT:
                raise InputError(f"--against {source.name}: more than {LIMIT:,} words in all: name fewer files")
    if not texts:
        raise InputError(f"--against {' '.join(against)}: no text of {SHORTEST} words or more in it")
    known = Words(written)
    codes = np.array([0, *map(known.__getitem__, written)])[np.frombuffer(stream, np.uint32)]
    owners = np.repeat(np.arange(len(texts)), np.frombuffer(lengths, np.uint32))
    is_short = np.zeros(len(texts), bool)
    is_short[short] = True
    long, brief = ~is_short[owners], is_short[owners]
    indexes = (Index(codes[long], owners[long], len(texts), *each[1:]) for each in READINGS)
    of_short = Index(codes[brief], owners[brief], len(texts), *SHORT[1:])
    return Reference(texts, records, len(stream) - len(texts), known, tuple(indexes), of_short)


def strings(value: Any) -> Iterator[str]:
    """The strings in a JSON value, in order. No recursion: a value may be nested as deep as its author likes."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting.extend(reversed(each.values()))
        elif isinstance(each, list):
            waiting.extend(reversed(each))
