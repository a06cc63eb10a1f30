"""Which texts of a reference a text has n-grams of, and what share of each: found in a millisecond among millions.

A text is read in three ways: as its words, masked (a gap for names and numbers), and as its form (a gap for concrete
nouns too). Gaps that touch are one, so a name may have two words, and three people may come in for two. How much of a
text another has in n-grams is the usual measure of contamination (GPT-3, arXiv 2005.14165, app. C; PaLM, arXiv
2204.02311, sect. 8; Llama 2, arXiv 2307.09288, app. A.6).

A capitalised word is a name if the reference nowhere has it in lower case; a document's own names are known. A Chinese,
Japanese or Korean character is a word. What the reference does not have is in none of its n-grams.
"""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from madata.validators.words import nouns
from madata.validators.words.tokens import stem

CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
TOKEN = re.compile(rf"[{CJK}]|[^\W{CJK}]+(?:['\u2019][^\W\d_{CJK}]+)*")
NAME, NOUN, LETTER = 1, 2, 4  # marks of a code, beside the number of its word
UNKNOWN, GAP = 0, 1  # words by number
REMEMBERED = 1 << 18  # words outside the reference whose code a process keeps
TABLE = 24  # bits of a hash that look-up begins with
BASE = 0x9E3779B97F4A7C15

Codes = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]


class Words(dict[str, int]):
    """Words as they are written -> codes: 8 * number + marks, the same number in lower and upper case."""

    def __init__(self, written: Collection[str]) -> None:
        super().__init__()
        self.lower = {word for word in written if word[0].islower()}
        self.numbers: dict[str, int] = {}
        for word in written:
            self.numbers.setdefault(word.lower(), len(self.numbers) + 2)

    def __missing__(self, word: str) -> int:
        lower = word.lower()
        named = word[0].isdecimal() or (word[0] != lower[0] and lower not in self.lower)
        noun = "_" in word or stem(lower) in nouns()
        letter = len(word) == 1 and word.isascii()
        code = 8 * self.numbers.get(lower, UNKNOWN) + NAME * named + NOUN * noun + LETTER * letter
        if len(self) < len(self.numbers) + REMEMBERED:
            self[word] = code
        return code

    def codes(self, words: Sequence[str], names: Collection[str] = ()) -> Codes:
        found = np.fromiter(map(self.__getitem__, words), np.int64, len(words))
        if any(not self[name] & NAME for name in names):
            found[[word in names for word in words]] |= NAME
        return found


class Grams(NamedTuple):
    """The n-grams of a text: their hashes, and the word each begins and ends with."""

    hashes: Hashes
    first: Codes
    last: Codes


def grams(codes: Codes, gaps: int, n: int) -> Grams:
    """`gaps`: the marks that make a word one. At least half of an n-gram is wording, not names, numbers and letters."""
    words = codes >> 3
    gap = (codes & gaps) > 0
    words[gap] = GAP
    place = np.flatnonzero(~(gap[1:] & gap[:-1]) if gaps else np.ones(max(len(codes) - 1, 0), bool)) + 1
    place = np.concatenate((np.zeros(min(len(codes), 1), np.int64), place))
    words = words[place]
    if len(words) < n:
        return Grams(np.empty(0, np.uint64), place[:0], place[:0])
    no_wording = np.concatenate(([0], np.cumsum((codes[place] & (NAME | LETTER)) > 0)))
    unknown = np.concatenate(([0], np.cumsum(words == UNKNOWN)))
    kept = np.flatnonzero((unknown[n:] == unknown[:-n]) & (no_wording[n:] - no_wording[:-n] <= n // 2))
    return Grams(rolled(mixed(words), n)[kept], place[kept], place[kept + n - 1])


def mixed(words: Codes) -> Hashes:
    """splitmix64 of each number."""
    x = words.astype(np.uint64) * np.uint64(BASE)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


def rolled(values: Hashes, n: int) -> Hashes:
    """A polynomial hash of each n values in a row, from that of each n/2."""
    if n == 1:
        return values
    half = n // 2
    part = rolled(values, half)
    both = part[: len(values) - 2 * half + 1] * np.uint64(pow(BASE, half, 1 << 64)) + part[half:]
    return both[:-1] * np.uint64(BASE) + values[n - 1 :] if n % 2 else both


class Shared(NamedTuple):
    """How many distinct n-grams of a text of the reference there are, what share of its words that is (if they are one
    passage; if they are several, it is more), and from which word to which they stand."""

    text: int
    grams: int
    share: float
    first: int
    last: int


class Index:
    """The n-grams of texts: which texts have each, and how many each text has."""

    def __init__(self, codes: Codes, text_of: Codes, texts: int, gaps: int, n: int, least: int, common: int) -> None:
        """`codes`: those of all texts, with UNKNOWN in between, and `text_of` the text of each. An n-gram that more
        than `common` texts have is nobody's; a text with fewer than `least` distinct n-grams is left out."""
        self.gaps, self.n = gaps, n
        found = grams(codes, gaps, n)
        order = np.argsort(found.hashes, kind="stable")
        hashes, owners = found.hashes[order], text_of[found.first][order]
        again = np.zeros(len(hashes), bool)
        again[1:] = (hashes[1:] == hashes[:-1]) & (owners[1:] == owners[:-1])
        hashes, owners = hashes[~again], owners[~again]
        _, place, often = np.unique(hashes, return_inverse=True, return_counts=True)
        kept = often[place] <= common
        kept &= np.bincount(owners[kept], minlength=texts)[owners] >= least
        self.hashes, self.owners = hashes[kept], owners[kept].astype(np.int32)
        self.sizes = np.bincount(self.owners, minlength=texts)
        self.table = np.zeros(1 << TABLE, bool)
        self.table[self.hashes >> np.uint64(64 - TABLE)] = True

    def shared(self, codes: Codes, least: float = 0) -> list[Shared]:
        """With which texts (a share of `least` or more), the greatest share first."""
        own = grams(codes, self.gaps, self.n)
        may = np.flatnonzero(self.table[own.hashes >> np.uint64(64 - TABLE)])
        if not len(may):
            return []
        hashes, place = np.unique(own.hashes[may], return_index=True)
        start, end = (np.searchsorted(self.hashes, hashes, side) for side in ("left", "right"))
        times = end - start
        if not (total := int(times.sum())):
            return []
        at = np.repeat(end - np.cumsum(times), times) + np.arange(total)
        owners, gram = self.owners[at], np.repeat(may[place], times)
        order = np.argsort(owners, kind="stable")
        texts, begin, counts = np.unique(owners[order], return_index=True, return_counts=True)
        first = np.minimum.reduceat(own.first[gram[order]], begin)
        last = np.maximum.reduceat(own.last[gram[order]], begin)
        shares = (counts + self.n - 1) / (self.sizes[texts] + self.n - 1)
        best = np.lexsort((texts, -counts, -shares))[: np.count_nonzero(shares >= least)]
        columns = (texts[best], counts[best], shares[best], first[best], last[best])
        return list(map(Shared._make, zip(*(column.tolist() for column in columns), strict=True)))
