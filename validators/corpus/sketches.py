"""Which of very many texts may be nearly the same: MinHash in its first form (Broder 1997, "On the resemblance and
containment of documents"), with document frequency.

A text is a string with one character a word. Its sketch has the shingles (`SHINGLE` words in a row) with the least
hashes, about `SKETCH` of them; an edit leaves most of them as they are. All sketches are sorted together once, so that
texts with the same shingle stand side by side. A shingle of one text only says nothing and drops out; so it is with
what an edit broke. One that many texts have is a template's: there each is paired with the next alone, for the cost
not to grow with the square of their number. Pairs that share `SHARED` shingles are candidates.
"""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Hashes = npt.NDArray[np.uint64]

SHINGLE = 5
SKETCH = 128
SHARED = 2
POSTING = 8  # texts with the same shingle of which all are paired

BLOCK = 1 << 20  # words hashed at once
PARTS = 64  # in which the sorted sketches are worked on: a part of 100,000 texts takes some MB
NUMBER = 24  # bits for the number of a text; the other 40 are the shingle's


def shingles(text: str) -> "Hashes":
    """The hash of each shingle, in order."""
    import numpy as np

    words = np.frombuffer(text.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    count = max(0, len(words) - SHINGLE + 1)
    hashes = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        hashes = (hashes ^ words[place : place + count]) * np.uint64(0x9E3779B97F4A7C15)
        hashes ^= hashes >> np.uint64(29)
    return hashes * np.uint64(0xBF58476D1CE4E5B9)


class Sketches:
    """The sketches of texts that are added in order."""

    def __init__(self) -> None:
        self.lengths = array("L")
        self.keys = array("Q")  # the shingle, then the number of the text
        self.block: list[str] = []
        self.waiting = 0

    def add(self, text: str) -> None:
        self.block.append(text)
        self.waiting += len(text)
        if self.waiting >= BLOCK:
            self.sketch()

    def sketch(self) -> None:
        """Hashes the block of texts that wait, all in one go; a shingle that reaches into the next text is none."""
        import numpy as np

        first = len(self.lengths)
        self.lengths.extend(map(len, self.block))
        hashes = shingles("".join(self.block))
        lengths = np.frombuffer(self.lengths, np.uint64)[first:].astype(np.int64)
        self.block, self.waiting = [], 0
        number = np.repeat(np.arange(len(lengths)), lengths)[: len(hashes)]
        left = np.repeat(np.cumsum(lengths), lengths)[: len(hashes)] - np.arange(len(hashes))
        share = SKETCH / np.maximum(1, lengths - SHINGLE + 1) * 2**32
        least = (left >= SHINGLE) & ((hashes & np.uint64(0xFFFFFFFF)) < share[number])
        keys = hashes[least] >> np.uint64(NUMBER) << np.uint64(NUMBER) | (number[least] + first).astype(np.uint64)
        self.keys.frombytes(keys.tobytes())

    def candidates(self, shortest: float) -> Iterator[tuple[int, int]]:
        """Pairs of texts, the earlier first, in order; the shorter has at least `shortest` of the other's words."""
        import numpy as np

        self.sketch()
        keys = np.frombuffer(self.keys, np.uint64)
        keys.sort()
        cuts = np.searchsorted(keys, np.arange(PARTS, dtype=np.uint64) << np.uint64(58))
        lengths = np.frombuffer(self.lengths, np.uint64)
        found = array("Q")
        for low, high in pairwise([*cuts.tolist(), len(keys)]):
            for first, second in paired(keys[low:high]):
                one, other = lengths[first], lengths[second]
                near = np.minimum(one, other) >= shortest * np.maximum(one, other)
                found.frombytes((first[near] << np.uint64(32) | second[near]).tobytes())
        pairs = np.frombuffer(found, np.uint64)
        pairs.sort()
        shared = pairs[SHARED - 1 :][pairs[SHARED - 1 :] == pairs[: len(pairs) - SHARED + 1]]
        for pair in np.unique(shared):
            yield int(pair) >> 32, int(pair) & 0xFFFFFFFF


def paired(keys: "Hashes") -> "Iterator[tuple[Hashes, Hashes]]":
    """The pairs of texts of each posting, for keys in order."""
    import numpy as np

    keys = keys[np.diff(keys, prepend=np.uint64(0)) > 0]
    posting = keys >> np.uint64(NUMBER)
    starts = np.flatnonzero(np.diff(posting, prepend=np.uint64(0)))
    sizes = np.diff(starts, append=len(keys))
    size = np.repeat(sizes, sizes)
    repeated = size > 1
    posting, size = posting[repeated], size[repeated]
    texts = keys[repeated] & np.uint64((1 << NUMBER) - 1)
    for apart in range(1, POSTING):
        both = posting[apart:] == posting[:-apart]
        if apart > 1:
            both &= size[apart:] <= POSTING
        yield texts[:-apart][both], texts[apart:][both]
