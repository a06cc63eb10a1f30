"""Whether a corpus says many things or one thing over and over.

Of each section (a task, or rows) a sample is taken by the hash of the ids, and measured after Shaib et al. 2024
("Standardizing the measurement of text diversity"): distinct-n over a fixed number of words, because it falls with
length; the compression ratio; self-repetition; the overlap of sampled pairs. Overlap is measured twice, on the texts
and on what is left of them without names, things and numbers, for a template filled in anew looks fresh in the first.
Compression is LZMA's, which looks back over the whole sample; gzip, the usual one, forgets after 32 KB and is told.
How far texts spread as a whole is the Vendi score of their TF-IDF vectors (Friedman and Dieng 2023): the number of
wholly different documents that would be as diverse. Where the extra `embeddings` is installed, it is told of what texts
mean as well; told only, or a verdict would hang on what is installed.
"""

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, Any, NamedTuple

from madata.validators import embeddings
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.picture import Bar, Bars, Example, Picture
from madata.validators.settings import Settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

NAME = "diversity"

WORDS = 100_000  # a sample in words, of which distinct-n and compression are taken
DOCUMENTS = 300  # a sample in documents, of which overlap, self-repetition and spread are taken
MEANINGS = 100  # a sample in documents, whose meaning a model is asked for; it is slow
KEPT = 5_000  # documents that wait to be either
PAIRS = 2_000
GRAM = 4
THOUSAND = 1_000
MINIMUM = 50  # documents; fewer tell nothing of a corpus

# The limits stand between the least diverse of our families, each alone, and one story told over and over with other
# names (docs/diversity.md has the figures).
DISTINCT = 0.10  # of word triples, at least
RATIO = 25.0  # of compression, at most
OVERLAP = 0.60  # of the word sequences of two texts, on average, at most
TEMPLATE = 0.80  # the same without names, things and numbers
STRUCTURES = 500  # of a thousand, at least: half of what is learnt from episodes should be new

ROWS = "rows"


class Fact(NamedTuple):
    """`texts`: as it is and masked, compressed, since every document waits on disk until all are there."""

    section: str
    key: int
    id: str
    structure: str | None
    texts: bytes


def fact(document: Document, settings: Settings) -> Fact | None:
    if not document.text.strip():
        return None
    episode = document.episode
    key = int.from_bytes(blake2b(document.id.encode(), digest_size=8).digest(), "big")
    texts = zlib.compress(f"{document.text}\0{document.masked}".encode(errors="replace"), 1)
    section, structure = (episode["task"], episode["structure"]) if episode else (ROWS, None)
    return Fact(section, key, document.id, structure, texts)


class Text(NamedTuple):
    id: str
    plain: str
    masked: str

    @classmethod
    def of(cls, fact: Fact) -> "Text":
        plain, _, masked = zlib.decompress(fact.texts).decode().rpartition("\0")
        return cls(fact.id, plain, masked)


class Section:
    """The documents whose ids have the least hashes."""

    def __init__(self) -> None:
        self.count = 0
        self._kept: list[tuple[int, int, Fact]] = []

    def add(self, fact: Fact) -> None:
        entry = (-fact.key, -self.count, fact)
        self.count += 1
        if len(self._kept) < KEPT:
            heappush(self._kept, entry)
        else:
            heappushpop(self._kept, entry)

    def sample(self) -> list[Fact]:
        return [fact for _, _, fact in sorted(self._kept, reverse=True)]


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    sections: dict[str, Section] = {}
    for each in facts:
        sections.setdefault(each.section, Section()).add(each)
    findings: list[Finding] = []
    figures: dict[str, Any] = {}
    bars: dict[str, list[Bar]] = {}
    examples: list[Example] = []
    for name, section in sections.items():
        measured, closest = measure(section.sample())
        figures[name] = {"documents": section.count, **measured}
        if section.count >= MINIMUM:
            findings += judged(name, measured)
        for figure, _, limit in LIMITS:
            if measured.get(figure) is not None:
                bars.setdefault(figure, []).append(Bar(name, measured[figure], line=limit))
        examples += closest
    pictures: list[Picture] = [Bars(TITLES[figure], "", tuple(each)) for figure, each in bars.items()]
    return Conclusion(findings, figures, pictures, examples)


# Figure, whether more of it is better, limit.
LIMITS = (
    ("distinct-3", True, DISTINCT),
    ("compression ratio", False, RATIO),
    ("overlap of pairs", False, OVERLAP),
    ("overlap of pairs without names", False, TEMPLATE),
    ("structures per thousand", True, STRUCTURES),
)
TITLES = {
    "distinct-3": "Different among all sequences of three words (distinct-3), at least",
    "compression ratio": "How much smaller the text packs (compression ratio), at most",
    "overlap of pairs": "What two texts have in common (overlap of pairs), at most",
    "overlap of pairs without names": "What two texts without names have in common, at most",
    "structures per thousand": "Different structures among a thousand, at least",
}


def judged(name: str, measured: dict[str, Any]) -> Iterator[Finding]:
    for figure, more, limit in LIMITS:
        value = measured.get(figure)
        if value is not None and (value < limit if more else value > limit):
            yield Finding(NAME, name, figure, f"at {'least' if more else 'most'} {limit:g}", f"{value:g}")


def measure(sample: Sequence[Fact]) -> tuple[dict[str, Any], list[Example]]:
    """All figures of a sample, and its two texts that are most alike."""
    texts = [Text.of(fact) for fact in sample[:DOCUMENTS]]
    words, raw = taken(sample)
    figures: dict[str, Any] = {"words": len(words)}
    for size in (1, 2, 3):
        if len(words) >= size:
            figures[f"distinct-{size}"] = distinct(words, size)
    figures |= compressed(raw)
    plain, masked = ([grams(text) for text in side] for side in zip(*(each[1:] for each in texts), strict=True))
    figures["self-repetition"] = repetition(plain)
    examples: list[Example] = []
    if len(texts) > 1:
        figures["overlap of pairs"], closest = overlap(plain)
        figures["overlap of pairs without names"], _ = overlap(masked)
        first, second = (texts[place] for place in closest)
        alike = jaccard(plain[closest[0]], plain[closest[1]])
        title = f"most alike of the pairs sampled: {alike:.0%} of their {GRAM}-grams in common"
        examples = [Example(title, {first.id: first.plain, second.id: second.plain})]
        figures |= spread([each.plain for each in texts])
    structures = [fact.structure for fact in sample[:THOUSAND] if fact.structure]
    if structures:
        figures["structures per thousand"] = round(THOUSAND * len(set(structures)) / len(structures))
    return figures, examples


def taken(sample: Sequence[Fact]) -> tuple[list[str], bytes]:
    """The first `WORDS` words of a sample, and the texts they are from."""
    words: list[str] = []
    texts: list[str] = []
    for fact in sample:
        if len(words) >= WORDS:
            break
        texts.append(Text.of(fact).plain)
        words += texts[-1].lower().split()
    return words[:WORDS], "\n".join(texts).encode(errors="replace")


def distinct(words: Sequence[str], size: int) -> float:
    """Different n-grams in all of them (Li et al. 2016)."""
    found = {tuple(words[at : at + size]) for at in range(len(words) - size + 1)}
    return round(len(found) / (len(words) - size + 1), 4)


def compressed(raw: bytes) -> dict[str, float]:
    import lzma

    ratio, usual = (len(raw) / len(small) for small in (lzma.compress(raw), zlib.compress(raw, 9)))
    return {"compression ratio": round(ratio, 2), "compression ratio (gzip)": round(usual, 2)}


def grams(text: str) -> frozenset[tuple[str, ...]]:
    words = text.lower().split()
    return frozenset(tuple(words[at : at + GRAM]) for at in range(max(1, len(words) - GRAM + 1)))


def repetition(documents: Sequence[frozenset[tuple[str, ...]]]) -> float:
    """The share of a document's word sequences that stand in another one too, on average (after Salkar et al. 2022)."""
    count = Counter(gram for each in documents for gram in each)
    return round(sum(sum(count[gram] > 1 for gram in each) / len(each) for each in documents) / len(documents), 4)


def jaccard(first: frozenset[Any], second: frozenset[Any]) -> float:
    return len(first & second) / len(first | second)


def overlap(documents: Sequence[frozenset[Any]]) -> tuple[float, tuple[int, int]]:
    """The mean Jaccard index of sampled pairs, and the closest pair. Documents are in the order of hashes, so pairs a
    fixed step apart are a sample."""
    count = len(documents)
    steps = range(1, max(2, min(count // 2 + 1, PAIRS // count + 2)))
    pairs = [(at, (at + step) % count) for step in steps for at in range(count)][:PAIRS]
    values = [jaccard(documents[first], documents[second]) for first, second in pairs]
    return round(sum(values) / len(values), 4), max(zip(values, pairs, strict=True))[1]


def spread(texts: Sequence[str]) -> dict[str, float]:
    """How far texts are apart by their words and, where a model is installed, by what they mean."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(sublinear_tf=True, token_pattern=r"\w+|[^\w\s]+")  # noqa: S106 (no password)
    vectors = words.fit_transform(texts)
    figures = {"documents sampled": len(texts), **apart((vectors @ vectors.T).toarray(), "TF-IDF")}
    if embeddings.installed():
        meanings = embeddings.embedded(texts[:MEANINGS])
        figures |= {"documents embedded": len(meanings), **apart(meanings @ meanings.T, "embeddings")}
    return figures


def apart(alike: "NDArray[Any]", of: str) -> dict[str, float]:
    """The Vendi score, and how far two are apart on average (1 - cosine)."""
    import numpy as np

    count = len(alike)
    values = np.linalg.eigvalsh(alike / count)
    values = values[values > 1e-12]
    distance = 1 - (alike.sum() - np.trace(alike)) / (count * (count - 1))
    return {
        f"documents as different (Vendi, {of})": round(float(np.exp(-(values * np.log(values)).sum())), 1),
        f"distance of pairs ({of})": round(float(distance), 3),
    }


CHECK = Check(NAME, "a corpus does not say one thing over and over", fact=fact, conclude=conclude)
