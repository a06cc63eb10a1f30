"""Learned probes: linear models that see no more than part of an item, trained on other documents.

Options only is the hypothesis-only baseline (Poliak et al. 2018); story hidden and question hidden are those of Kaushik
and Lipton (2018). Each option of an item is a row, right or not; the option with the highest score is picked. A linear
model cannot see that a question goes with an option, so each pair of a word of the question and an option is a
feature. Words and pairs of adjacent words are hashed (Weinberger et al. 2009).

Documents are in one of two halves; each half is scored by the model of the other.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

from madata.validators.probes.item import Probed, words

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Array = np.ndarray[Any, Any]

WIDTH = 1 << 18  # of the hashed features: twice as many change no score by a point
PRIME = 2_654_435_761
DECAY = 3e-5  # three times more or less changes no score by more than a point or two
EPOCHS = 10


class Ragged(NamedTuple):
    """Rows of numbers: row i is `ids[starts[i]:starts[i + 1]]`."""

    ids: "Array"
    starts: "Array"

    @property
    def lengths(self) -> "Array":
        return self.starts[1:] - self.starts[:-1]

    @property
    def rows(self) -> "Array":
        """Of each number, its row."""
        import numpy as np

        return np.repeat(np.arange(len(self.starts) - 1), self.lengths)

    def repeated(self, rows: "Array") -> "Ragged":
        """These rows in this order."""
        import numpy as np

        lengths = self.lengths[rows]
        starts = np.concatenate(([0], np.cumsum(lengths)))
        offsets = np.arange(starts[-1]) - np.repeat(starts[:-1] - self.starts[rows], lengths)
        return Ragged(self.ids[offsets], starts)

    def pairs(self) -> "Ragged":
        """Adjacent numbers of each row, as one."""
        import numpy as np

        rows = self.rows
        together = rows[1:] == rows[:-1]
        ids = mixed(self.ids[:-1], self.ids[1:])[together]
        return Ragged(ids, np.concatenate(([0], np.cumsum(np.maximum(self.lengths - 1, 0)))))

    def with_each(self, other: "Array") -> "Ragged":
        """Each number together with the one that `other` has for its row."""
        return Ragged(mixed(self.ids, other[self.rows]), self.starts)


def mixed(left: "Array", right: "Array | int") -> "Array":
    """One number of two, in this order (64 bits, overflowing)."""
    spread: Array = left * PRIME
    spread ^= spread >> 29
    spread *= PRIME
    spread += right
    return spread


def numbered(texts: Iterable[Sequence[str]]) -> Ragged:
    import numpy as np

    known: dict[str, int] = {}
    ids: list[int] = []
    starts = [0]
    for tokens in texts:
        for token in tokens:
            if token not in known:
                known[token] = crc32(token.encode(errors="replace"))
            ids.append(known[token])
        starts.append(len(ids))
    return Ragged(np.array(ids, dtype=np.uint64), np.array(starts))


def features(parts: Sequence[Ragged]) -> "csr_matrix":
    """Which numbers a row has, part by part, at length 1."""
    import numpy as np
    from scipy.sparse import csr_matrix

    columns = [mixed(part.ids, salt) for salt, part in enumerate(parts)]
    column = np.concatenate([(each ^ (each >> 31)) % WIDTH for each in columns]).astype(np.int64)
    row = np.concatenate([part.rows for part in parts])
    shape = (len(parts[0].starts) - 1, WIDTH)
    found = csr_matrix((np.ones(len(row)), (row, column)), shape=shape)
    found.data[:] = 1 / np.sqrt(np.repeat(np.diff(found.indptr), np.diff(found.indptr)))
    return found


def cross_scored(rows: "csr_matrix", good: "Array", half: "Array") -> "Array":
    """What a model of each half says of the rows of the other; nothing, if a half has nothing to learn."""
    import numpy as np
    from sklearn.linear_model import SGDClassifier

    said = np.full(len(good), np.nan)
    for side in (False, True):
        mine = half == side
        if 0 < good[mine].sum() < mine.sum() and (~mine).any():
            model = SGDClassifier(loss="log_loss", alpha=DECAY, max_iter=EPOCHS, tol=None, average=True, random_state=0)
            model.fit(rows[mine], good[mine])
            said[~mine] = model.decision_function(rows[~mine])
    return said


def learned(items: Sequence[Probed], half: "Array") -> Iterator[tuple[str, "Array"]]:
    """Every learned probe, and what it scores on each item; `half` says in which half the item's document is."""
    import numpy as np

    counts = [len(item.right) for item in items]
    item = np.repeat(np.arange(len(items)), counts)
    good = np.array([each for item in items for each in item.right])
    question = numbered(words(item.question) for item in items)
    own = numbered(words(option) for item in items for option in item.options)
    masked = numbered(words(option) for item in items for option in item.masked)
    whole = numbered([option] for item in items for option in item.masked)
    place = numbered([str(place)] for count in counts for place in range(count))
    standing = numbered(each.split() for item in items for each in item.standing)
    shown = numbered(words(each) for item in items for each in item.shown)

    options = [own, masked, whole, standing]
    pairs = [own.pairs(), masked.pairs()]
    asked = [question.repeated(item).with_each(each.ids) for each in (whole, place)]
    asked_pairs = [question.pairs().repeated(item).with_each(whole.ids)]
    for name, parts in {
        "options only": [*options, *pairs],
        "story hidden (words)": [*options, *asked],
        "story hidden (pairs)": [*options, *pairs, *asked, *asked_pairs],
        "question hidden (words)": [*options, shown],
        "question hidden (pairs)": [*options, *pairs, shown, shown.pairs()],
    }.items():
        yield name, picked(cross_scored(features(parts), good, half[item]), good, item)


def picked(said: "Array", good: "Array", item: "Array") -> "Array":
    """Per item, whether the option of which most is said is a good one; if there are several, the share that is."""
    import numpy as np

    starts = np.flatnonzero(np.diff(item, prepend=-1))
    best = said == np.maximum.reduceat(said, starts)[item]
    with np.errstate(invalid="ignore"):
        return np.bincount(item, best & good) / np.bincount(item, best)


def told_apart(items: Sequence[Probed], half: "Array") -> "Array":
    """How much the question and its options, without the story, speak for a true belief: the rank in its half, for the
    two models have scales of their own."""
    import numpy as np
    from scipy.stats import rankdata

    question = numbered(words(item.question) for item in items)
    options = numbered((*sorted(item.masked), f"{item.cell} {len(item.masked)}") for item in items)
    truth = np.array([bool(item.helps) for item in items])
    said = cross_scored(features([question, question.pairs(), options]), truth, half)
    for side in (False, True):
        said[half == side] = (rankdata(said[half == side]) - 0.5) / max((half == side).sum(), 1)
    return said
