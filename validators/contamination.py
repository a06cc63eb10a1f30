"""Nothing taken from a benchmark: not word for word, not with other names, not its structure, not a short item.

A document is held against every text of what `--against` names (`corpus.reference`). A text counts as taken if the
document has half of its words in n-grams, or a passage of it. One shared n-gram is told and no more: GPT-3 removed
whatever had one, and found that most of it had only quoted the same source (arXiv 2005.14165, app. C); a share is what
PaLM (70%), Llama and most since go by. Half rather than 70%, for who takes an item may leave out its end.

A short item (of `SHORTEST` words and more) is looked for, but for a few letters, among turns, fields and questions, and
within them.
"""

import heapq
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate, chain
from typing import Any, NamedTuple

from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.corpus.ngrams import TOKEN
from madata.validators.corpus.reference import LONG, READINGS, SHORT, SHORTEST, Reference, reference
from madata.validators.picture import Bar, Bars, Example, Picture
from madata.validators.settings import Settings

SHARE = 0.5
PASSAGE = 25  # n-grams: 37 words as they are, of a text however long (rules of a game, a directive)
RATIO = 90.0  # rapidfuzz; the nearest that 46,000 of our short turns and questions come to any short item is 82
LIKELY = 1 / 2  # of the words of a short item, in 3-grams
TRIED = 20
TOLD = 3
EXAMPLES = 20
QUOTED = 600
KINDS = (*(each.name for each in READINGS), SHORT.name)


class Hit(NamedTuple):
    """`kind`: of `KINDS`, the gravest first. `quote`: the place in the document, the span between brackets."""

    kind: int
    text: int
    grams: int
    share: float
    where: str
    quote: str


class Fact(NamedTuple):
    """The hits, gravest first; of how many texts in all; and the kinds of which there are n-grams, but too few."""

    id: str
    hits: tuple[Hit, ...]
    texts: int
    faint: tuple[int, ...]


class Pieces:
    """A document as one text of words, and where in it each stands."""

    def __init__(self, document: Document) -> None:
        part = "turn" if document.episode else "text"
        labelled = [(f"{part} {number}", text) for number, text in enumerate(document.parts)]
        for item in document.items:
            labelled.append((f"question {item.id}", item.text))
            labelled += [(f"options of {item.id}", option) for option in item.options]
        self.labels = [label for label, _ in labelled]
        self.texts = [text for _, text in labelled]
        self.words = [TOKEN.findall(text) for text in self.texts]

    def place(self, first: int, last: int) -> tuple[str, str]:
        """Label and quotation of the words `first` to `last`."""
        text = "\n".join(self.texts)
        spans = [match.span() for match in TOKEN.finditer(text)]
        ends = list(accumulate(map(len, self.words)))
        return self.labels[bisect_right(ends, first)], quoted(text, spans[first][0], spans[last][1])


def prepare(settings: Settings) -> None:
    if settings.against:
        reference(settings.against)


def fact(document: Document, settings: Settings) -> Fact | None:
    if not settings.against:
        return None
    known = reference(settings.against)
    pieces = Pieces(document)
    names = {word for name in document.people for word in TOKEN.findall(name)}
    codes = known.words.codes(list(chain.from_iterable(pieces.words)), names)
    hits: list[Hit] = []
    taken: set[int] = set()
    faint: list[int] = []
    for kind, index in enumerate(known.indexes):
        shared = index.shared(codes)
        few = READINGS[kind].least
        found = [each for each in shared if (each.share >= SHARE and each.grams >= few) or each.grams >= PASSAGE]
        fresh = [each for each in found if each.text not in taken]
        taken.update(each.text for each in fresh)
        hits += [
            Hit(kind, each.text, each.grams, each.share, *pieces.place(each.first, each.last)) for each in fresh[:TOLD]
        ]
        if shared and not found:
            faint.append(kind)
    short = list(in_short(pieces, known, [each.text for each in known.short.shared(codes, LIKELY)]))
    taken.update(hit.text for hit in short)
    return Fact(document.id, tuple([*hits, *short][:TOLD]), len(taken), tuple(faint))


def in_short(pieces: Pieces, known: Reference, texts: list[int]) -> Iterator[Hit]:
    """The short items that a piece is, or has in it."""
    if not texts:
        return
    from rapidfuzz.fuzz import partial_ratio, ratio
    from rapidfuzz.process import extractOne

    plain = list(map(plainly, pieces.words))
    for text in texts[:TRIED]:
        item = plainly(TOKEN.findall(known.texts[text].text))
        found = extractOne(item, plain, scorer=ratio, score_cutoff=RATIO)
        if not found:
            longer = {at: piece for at, piece in enumerate(plain) if len(piece) > len(item)}
            found = extractOne(item, longer, scorer=partial_ratio, score_cutoff=RATIO)
        if found:
            _, alike, at = found
            yield Hit(len(READINGS), text, 0, alike / 100, pieces.labels[at], pieces.texts[at][:QUOTED])


def plainly(words: list[str]) -> str:
    return " ".join(words).lower()


def quoted(text: str, start: int, end: int) -> str:
    """A span of a text between brackets, and what is around it."""
    around = max(60, (QUOTED - (end - start)) // 2)
    before, after = text[max(0, start - around) : start], text[end : end + around]
    inside = text[start:end]
    if len(inside) > QUOTED:
        inside = f"{inside[: QUOTED // 2]} [..] {inside[-QUOTED // 2 :]}"
    return f"{before}⟦{inside}⟧{after}"


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    if not settings.against:
        return Conclusion(figures={"against": "nothing: name benchmarks with --against PATH"})
    known = reference(settings.against)
    findings: list[Finding] = []
    kinds: Counter[int] = Counter()
    faint: Counter[int] = Counter()
    best: dict[int, tuple[Hit, str]] = {}
    documents = 0
    for item in facts:
        documents += 1
        kinds.update({hit.kind for hit in item.hits})
        faint.update(item.faint)
        if item.hits:
            findings.append(finding(item, known))
        for hit in item.hits:
            if hit.text not in best or gravity(hit) > gravity(best[hit.text][0]):
                best[hit.text] = (hit, item.id)
    worst = heapq.nlargest(EXAMPLES, best.values(), key=lambda found: (gravity(found[0]), -found[0].text))
    figures: dict[str, Any] = {
        "against": {"records": known.records, "texts": len(known.texts), "words": known.length},
        "limits": {
            "share": SHARE,
            "passage": PASSAGE,
            "n": {each.name: each.n for each in READINGS},
            "short": [SHORTEST, LONG - 1],
            "ratio": RATIO,
        },
        "documents": {"judged": documents} | {name: kinds[kind] for kind, name in enumerate(KINDS)},
        "with fewer n-grams": {each.name: faint[kind] for kind, each in enumerate(READINGS)},
    }
    pictures: list[Picture] = []
    if best:
        texts = Counter(text.file for text in known.texts)
        taken = Counter(known.texts[text].file for text in best)
        figures["taken"] = {file: {"texts": taken[file], "of": texts[file]} for file in sorted(taken)}
        bars = tuple(Bar(file, taken[file] / texts[file]) for file in sorted(taken))
        pictures.append(Bars("texts of the reference found in the corpus", "share", bars))
    return Conclusion(findings, figures, pictures, [example(hit, id, known) for hit, id in worst])


def gravity(hit: Hit) -> tuple[int, float, int]:
    return -hit.kind, hit.share, hit.grams


def told(hit: Hit) -> str:
    if hit.kind == len(READINGS):
        return f"{SHORT.name}, {hit.share:.0%} alike"
    return f"{KINDS[hit.kind]}, {hit.grams} of its {READINGS[hit.kind].n}-grams ({hit.share:.0%} of it)"


def finding(item: Fact, known: Reference) -> Finding:
    hit = item.hits[0]
    more = f"; and of {item.texts - 1} more" if item.texts > 1 else ""
    where = known.texts[hit.text].where
    return Finding(CHECK.name, item.id, hit.where, "nothing taken from the reference", f"{where}: {told(hit)}{more}")


def example(hit: Hit, id: str, known: Reference) -> Example:
    from rapidfuzz.fuzz import partial_ratio_alignment

    theirs = known.texts[hit.text]
    inside = hit.quote.partition("⟦")[2].partition("⟧")[0] or hit.quote
    span = partial_ratio_alignment(inside, theirs.text)
    start, end = (span.dest_start, span.dest_end) if span and len(inside) < len(theirs.text) else (0, len(theirs.text))
    return Example(told(hit), {f"{id}, {hit.where}": hit.quote, theirs.where: quoted(theirs.text, start, end)})


CHECK = Check(
    "contamination",
    f"nothing taken from --against: half of a text, or {PASSAGE} of its n-grams, or a short item",
    fact=fact,
    conclude=conclude,
    prepare=prepare,
)
