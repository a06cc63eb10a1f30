"""How far probes get without reasoning: a data set on which they get far measures heuristics, not minds.

The probes are in `validators/probes/`. Each may reach `max(chance, 0.5) + MARGIN` on gated items, those about a mind;
what it reaches on controls is told. Of items about a belief, half of the score comes from true beliefs and half from
false ones (Gandhi et al. 2023), so that always answering what is so scores 50 %. And the question alone, without the
story, must not tell true beliefs from false ones: the AUC of a model that tries is at most `MOST_AUC`.

Chance is what a random option scores. A finding needs three standard errors above the limit, so that nothing
fails for being small.
"""

import pickle
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Any, NamedTuple

from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.picture import Bar, Bars, Example, Picture
from madata.validators.probes.examples import APART, PROBES, Read, example, read
from madata.validators.probes.heuristics import habit
from madata.validators.probes.item import Probed, probed
from madata.validators.probes.scores import Estimate, auc, balanced
from madata.validators.settings import Settings

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

NAME = "shortcuts"
MARGIN = 0.05  # above max(chance, 0.5): the gate of the project
MOST_AUC = 0.55
LEAST = 100  # items of a cell: with fewer, intervals are wider than twice the margin
MOST = 1_000  # documents of a group: three points either way for 1,000 items, and three seconds of training
TOLD = 3  # probes in a finding
EXAMPLES = 10
READABLE = 16  # one document in so many carries the texts that examples show
ALL = "all gated"
QUESTIONS = "questions"


class Fact(NamedTuple):
    """`key` chooses documents; those that share one of their `ties` (a structure, a seed) say the same in part. The
    items are packed. Each of them is also in `texts`, if those of the document may be shown."""

    key: int
    ties: tuple[int, ...]
    group: str
    items: bytes
    texts: tuple[Read, ...] = ()


def fact(document: Document, settings: Settings) -> Fact | None:
    if not (items := probed(document)):
        return None
    ties: tuple[str, ...]
    if document.episode:
        kind = "source" if document.episode["provenance"]["source"] else "family"
        ties = (document.episode["structure"], document.episode["seed"])  # a minimal pair has one seed
    else:
        kind, ties = "file", (document.masked or items[0].question,)
    packed = zlib.compress(pickle.dumps(items), 1)
    key = number(document.id)
    texts = () if key % READABLE else tuple(read(document))
    return Fact(key, tuple(map(number, ties)), f"{kind} {document.group}", packed, texts)


def number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(errors="replace"), digest_size=8).digest(), "big")


class Cell(NamedTuple):
    """A probe on the items of one kind; `right` are some that it answered right."""

    probe: str
    cell: str
    found: Estimate
    chance: float
    limit: float
    items: int
    gated: bool
    right: tuple[Read, ...]

    @property
    def above(self) -> float:
        """How far it is certainly above its limit."""
        return self.found.surely - self.limit

    @property
    def fails(self) -> bool:
        return self.gated and self.above > 0

    def figures(self) -> dict[str, Any]:
        shares = {**self.found._asdict(), "chance": self.chance, "limit": self.limit}
        rounded = {name: round(value, 4) for name, value in shares.items()}
        return {**rounded, "items": self.items, "gated": self.gated}

    def __str__(self) -> str:
        return f"{self.probe} {self.found.score:.1%} ({self.found.low:.1%} to {self.found.high:.1%})"


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    findings: list[Finding] = []
    figures: dict[str, Any] = {}
    pictures: list[Picture] = []
    limited: list[tuple[str, Cell]] = []
    for group, sample in sampled(facts).items():
        cells = [*judged(sample)]
        limited += ((group, cell) for cell in cells if cell.gated)
        findings += complaints(group, cells)
        figures[group] = nested(cells)
        main = [cell for cell in cells if cell.cell in (ALL, "")]
        if main:
            bars = tuple(Bar(cell.probe, *cell.found, cell.limit, cell.chance) for cell in main)
            pictures.append(Bars(f"Answered without reasoning: {group}", "share", bars))
    parameters = {"margin": MARGIN, "most AUC": MOST_AUC, "documents a group": MOST, "items a cell": LEAST}
    limited.sort(key=lambda each: -each[1].above)
    told: dict[str, Any] = {"parameters": parameters, "probes": PROBES, "groups": figures}
    if limited:
        told["strongest probe"] = titled(*limited[0])
    return Conclusion(findings, told, pictures, examples(limited))


def titled(group: str, cell: Cell) -> str:
    return f"{group}, {cell.cell or QUESTIONS}: {cell}, at most {cell.limit:.1%}"


def examples(worst: Sequence[tuple[str, Cell]]) -> list[Example]:
    """Of each kind of items in turn, what its strongest probe answered right; each item once."""
    strongest: dict[tuple[str, str], tuple[str, Cell]] = {}
    for group, cell in worst:
        if cell.right and cell.cell != ALL:  # its items are those of the other kinds
            strongest.setdefault((group, cell.cell), (group, cell))
    chosen = [each for each in strongest.values() if each[1].fails] or [*strongest.values()]
    made: dict[str, Example] = {}
    for turn in range(EXAMPLES):
        for group, cell in chosen:
            if turn < len(cell.right) and len(made) < EXAMPLES:
                item = cell.right[turn]
                made.setdefault(item.id, example(titled(group, cell), cell.probe, item))
    return [*made.values()]


def complaints(group: str, cells: Iterable[Cell]) -> Iterator[Finding]:
    """One of each kind of items: most of what one probe sees, others see too."""
    failing: dict[tuple[str, float], list[Cell]] = defaultdict(list)
    for cell in cells:
        if cell.fails:
            failing[cell.cell, cell.limit].append(cell)
    for (where, limit), probes in failing.items():
        probes.sort(key=lambda cell: -cell.found.surely)  # of equals, the simpler stands first
        more = f" and {len(probes) - TOLD} more" if len(probes) > TOLD else ""
        found = f"{', '.join(map(str, probes[:TOLD]))}{more}, of {probes[0].items:,} items"
        expected = f"at most {limit:.1%} without reasoning (chance {probes[0].chance:.1%})"
        yield Finding(NAME, group, where or QUESTIONS, expected, found)


def nested(cells: Iterable[Cell]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for cell in cells:
        found.setdefault(cell.cell or QUESTIONS, {})[cell.probe] = cell.figures()
    return found


def sampled(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Of each group the `MOST` documents whose ids have the smallest hashes."""
    heaps: dict[str, list[tuple[int, int, Fact]]] = defaultdict(list)
    for place, each in enumerate(facts):
        heap = heaps[each.group]
        (heappush if len(heap) < MOST else heappushpop)(heap, (-each.key, place, each))
    return {group: [each for _, _, each in sorted(heap)] for group, heap in heaps.items()}


def tied(sample: Sequence[Fact]) -> list[int]:
    """For each document the least tie of all that it is tied to, directly or not (union-find)."""
    parents: dict[int, int] = {}

    def root(tie: int) -> int:
        while (parent := parents.setdefault(tie, tie)) != tie:
            parents[tie] = tie = parents[parent]
        return tie

    for each in sample:
        for other in each.ties[1:]:
            least, greater = sorted((root(each.ties[0]), root(other)))
            parents[greater] = least
    return [root(each.ties[0]) for each in sample]


def judged(sample: Sequence[Fact]) -> Iterator[Cell]:
    """Every probe on every kind of items, and on all gated ones, of which there are enough."""
    import numpy as np

    items: list[Probed] = []
    texts: list[Read | None] = []
    documents = []
    for tie, each in zip(tied(sample), sample, strict=True):
        unpacked = pickle.loads(zlib.decompress(each.items))  # noqa: S301 (our own bytes)
        items += unpacked
        texts += each.texts or [None] * len(unpacked)
        documents += [tie] * len(unpacked)
    document = np.array(documents, np.uint64)
    half = document % 2 == 1
    chance = np.array([sum(item.right) / len(item.right) for item in items])
    gated = np.array([item.gated for item in items])
    kinds = np.array([item.cell for item in items])
    cells = {kind: kinds == kind for kind in dict.fromkeys(item.cell for item in items)}
    if any(cells):
        cells = {ALL: gated, **cells}

    for probe, scores in tried(items, half):
        for name, members in cells.items():
            mine = members & ~np.isnan(scores)
            if mine.sum() >= LEAST:
                helps = [item.helps for item, one in zip(items, mine, strict=True) if one]
                found = balanced(scores[mine], helps, document[mine])
                luck = float(chance[mine].mean())
                limit, limited = max(luck, 0.5) + MARGIN, bool(gated[mine].all())
                shown = best(scores, mine, texts)
                yield Cell(probe, name, found, luck, limit, len(helps), limited, shown)
    for name, members in cells.items():
        yield from apart(name, items, texts, members & gated, half, document)


def best(scores: "Array", members: "Array", texts: Sequence[Read | None]) -> tuple[Read, ...]:
    """Of those items that may be shown, some on which a probe scores most, and more than a half."""
    places = [at for at, mine in enumerate(members) if mine and texts[at] and scores[at] > 0.5]
    places.sort(key=lambda place: -float(scores[place]))
    return tuple(text for place in places[:EXAMPLES] if (text := texts[place]))


def apart(
    name: str,
    items: Sequence[Probed],
    texts: Sequence[Read | None],
    members: "Array",
    half: "Array",
    document: "Array",
) -> Iterator[Cell]:
    """Whether questions alone tell true beliefs from false ones."""
    import numpy as np

    from madata.validators.probes.linear import told_apart

    mine = members & np.array([item.helps is not None for item in items])
    beliefs = [item for item, one in zip(items, mine, strict=True) if one]
    truth = np.array([bool(item.helps) for item in beliefs], dtype=bool)
    if min(truth.sum(), (~truth).sum()) >= LEAST / 2:
        said = told_apart(beliefs, half[mine])
        if not np.isnan(said).any():
            sure = np.zeros(len(items))
            sure[mine] = np.where(truth, said, 1 - said)
            found, shown = auc(said, truth, document[mine]), best(sure, mine, texts)
            yield Cell(APART, name, found, 0.5, MOST_AUC, len(beliefs), True, shown)


def tried(items: Sequence[Probed], half: "Array") -> Iterator[tuple[str, "Array"]]:
    """Every probe, and what it scores on each item; nan where it has nothing to go by."""
    import numpy as np

    from madata.validators.probes.linear import learned

    for name in dict.fromkeys(name for item in items for name in item.fixed):
        yield name, np.array([item.fixed.get(name, np.nan) for item in items])
    places = [
        (item.cell, [f"{place} of {len(item.right)}" for place in range(len(item.right))], item.right) for item in items
    ]
    yield "position", np.array(habit(places, half.tolist()))
    yield "usual answer", np.array(habit([(item.cell, item.masked, item.right) for item in items], half.tolist()))
    yield from learned(items, half)


CHECK = Check(
    NAME,
    f"no probe answers questions about minds without reasoning: at most max(chance, 50 %) + {MARGIN:.0%}",
    fact=fact,
    conclude=conclude,
)
