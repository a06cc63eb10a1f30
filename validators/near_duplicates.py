"""No text twice in nearly the same words, however many words a template gives all of them in common.

Two texts are near-duplicates if both are so:

    alike     at least `ALIKE` of their words are the same, in the same order (rapidfuzz's Indel similarity)
    own       so are at least `OWN` of the words that are not a template's. A template's is a word in a shingle that
              more than `TEMPLATE` of the documents of the group have. A text with next to no words of its own is what
              others were copied from, not their template: there the first condition is enough

Of two episodes of different worlds, `APART` of their own words have to be the same.

Which pairs to look at, `corpus.sketches` says. Near-duplicates are joined to clusters (union-find), and the first text
of a cluster, in the order of the files, is kept.

Episodes are compared as they are written: the same structure under other names is for `duplicates`, and without names
it would not be seen who does what. Rows are compared without names and numbers. Of rows and imported episodes several
questions on one text are no copies. Nor are two episodes of one seed with different worlds, which are a minimal pair
(`madata counterfactuals`).
"""

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from os import SEEK_END
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from zlib import crc32

import orjson

from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.corpus.sketches import POSTING, SHARED, SHINGLE, SKETCH, Sketches, shingles
from madata.validators.picture import Bar, Bars, Example, Picture
from madata.validators.settings import Settings

if TYPE_CHECKING:
    from madata.validators.corpus.sketches import Hashes

ALIKE = 0.9  # a copy in which one word in ten was replaced; but two episodes with a long template come as near
OWN = 0.6  # of their own words those share less than half, a copy with 3 % edits hardly ever under seven in ten
APART = 0.8  # six in ten are common to two silent kitchens, of which the rules are all there is to read
TEMPLATE = 0.2
FEW = 10  # documents of a small group that may have a shingle in common without a template
SAMPLE = 500  # documents of a group in which its template is looked for
SPARE = 0.05  # of the words: what edits leave of a text that more than `TEMPLATE` of the group are copied from

COPY, TEMPLATED, MINIMAL = "near-duplicates", "alike by their template only", "minimal pairs"
EXAMPLES = 5

# In scripts without spaces a character is a word.
WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")
ASCII_GAPS = str.maketrans({mark: " " for mark in map(chr, range(128)) if not WORD.match(mark)})


class Fact(NamedTuple):
    """`words` has one character a word; `asked` stands for the questions of a row or an import: several on a text.
    Episodes of one `origin` with different worlds are a minimal pair."""

    id: str
    group: str
    words: str
    text: str
    asked: int = 0
    origin: int = 0
    world: int = 0


def fact(document: Document, settings: Settings) -> Fact | None:
    episode, asked = document.episode, "\n".join("\n".join((item.text, *item.options)) for item in document.items)
    text = document.text if episode else document.masked if document.parts else document.mask(asked)
    words = as_characters(text)
    if episode and not episode["provenance"]["source"]:
        world = orjson.dumps((episode["world"], episode["agents"]), option=orjson.OPT_SORT_KEYS)
        origin = digest(episode["seed"].encode("utf-8", "surrogatepass"))
        fact = Fact(document.id, document.group, words, text, 0, origin, digest(world))
    else:
        fact = Fact(document.id, document.group, words, text, digest(as_characters(asked).encode("utf-32-le")))
    return fact if words else None


def digest(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest())


def as_characters(text: str) -> str:
    text = text.lower()
    # Most text is ASCII, and the first way takes a quarter of the time of the second, which does the same.
    words = text.translate(ASCII_GAPS).split() if text.isascii() else WORD.findall(text)
    return "".join(map(CHARACTERS.__getitem__, words))


class Characters(dict[str, str]):
    """One of the 2^20 characters beyond the first plane for each word: two have the same with a chance of one in a
    million. (A dictionary, for a word costs a third of what it does in `lru_cache`.)"""

    def __missing__(self, word: str) -> str:
        if len(self) > 1 << 16:
            self.clear()
        self[word] = character = chr(0x10000 | crc32(word.encode("utf-8", "surrogatepass")) & 0xFFFFF)
        return character


CHARACTERS = Characters()


class Pair(NamedTuple):
    """Two texts by number, the earlier first, and how much of their words is the same."""

    first: int
    second: int
    alike: float


@dataclass(slots=True)
class Texts:
    """The distinct texts, numbered in the order of their first documents. They wait in a file."""

    file: BinaryIO
    numbers: dict[int, int] = field(default_factory=dict)
    starts: "array[int]" = field(default_factory=lambda: array("Q"))
    lengths: "array[int]" = field(default_factory=lambda: array("L"))
    groups: list[str] = field(default_factory=list)
    members: "dict[str, array[int]]" = field(default_factory=dict)
    origins: "array[int]" = field(default_factory=lambda: array("Q"))
    worlds: "array[int]" = field(default_factory=lambda: array("Q"))
    sketches: Sketches = field(default_factory=Sketches)
    templates: "dict[str, Hashes]" = field(default_factory=dict)
    compared: int = 0

    def add(self, fact: Fact) -> int:
        """Its number, which it has already if another document is in the same words."""
        words = fact.words.encode("utf-32-le")
        number = self.numbers.setdefault(digest(words), len(self.starts))
        if number == len(self.starts):
            self.starts.append(self.file.tell())
            self.file.write(words + fact.text.encode("utf-8", "surrogatepass"))
            self.lengths.append(len(words))
            self.groups.append(fact.group)
            self.members.setdefault(fact.group, array("L")).append(number)
            self.origins.append(fact.origin)
            self.worlds.append(fact.world)
            self.sketches.add(fact.words)
        return number

    def words(self, number: int) -> str:
        self.file.seek(self.starts[number])
        return self.file.read(self.lengths[number]).decode("utf-32-le")

    def text(self, number: int) -> str:
        start = self.starts[number] + self.lengths[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else self.file.seek(0, SEEK_END)
        self.file.seek(start)
        return self.file.read(end - start).decode("utf-8", "surrogatepass")

    def template(self, group: str) -> "Hashes":
        """The shingles that more than `TEMPLATE` of the group have, as far as a sample of it shows."""
        import numpy as np

        if group not in self.templates:
            members = self.members[group]
            sample = members[:: -(-len(members) // SAMPLE)]
            each = [np.unique(shingles(self.words(number))) for number in sample]
            hashes, texts = np.unique(np.concatenate(each), return_counts=True)
            self.templates[group] = hashes[texts > max(FEW, TEMPLATE * len(sample))]
        return self.templates[group]

    def own(self, number: int, words: str) -> str:
        """Its words that are not the template's."""
        import numpy as np

        if not len(template := self.template(self.groups[number])):
            return words
        common = np.isin(shingles(words), template)
        own = np.ones(len(words), bool)
        for place in range(SHINGLE if len(common) else 0):
            own[place : place + len(common)] &= ~common
        return np.frombuffer(words.encode("utf-32-le"), "<u4")[own].tobytes().decode("utf-32-le")

    def alike(self) -> Iterator[Pair]:
        """The candidates of which at least `ALIKE` of the words are the same."""
        from rapidfuzz.distance import Indel

        last, words = -1, ""
        for first, second in self.sketches.candidates(ALIKE / (2 - ALIKE)):
            if first != last:
                last, words = first, self.words(first)
            self.compared += 1
            share = Indel.normalized_similarity(words, self.words(second), score_cutoff=ALIKE)
            if share:
                yield Pair(first, second, share)

    def verdict(self, pair: Pair) -> str:
        """Of what kind a pair is that has `ALIKE` of its words in common."""
        from rapidfuzz.distance import Indel

        first, second, _ = pair
        if self.origins[first] == self.origins[second] and self.worlds[first] != self.worlds[second]:
            return MINIMAL
        one, other = self.words(first), self.words(second)
        own_one, own_other = self.own(first, one), self.own(second, other)
        own = Indel.normalized_similarity(own_one, own_other)
        if self.worlds[first] != self.worlds[second]:  # a kitchen in which nobody speaks is rules and next to no more
            return COPY if own >= APART else TEMPLATED
        spare = len(own_one) < SPARE * len(one) or len(own_other) < SPARE * len(other)
        return COPY if spare or own >= OWN else TEMPLATED


def joined(pairs: Iterable[Pair]) -> dict[int, int]:
    """Each text of a pair with the first text of its cluster (union-find)."""
    parents: dict[int, int] = {}

    def root(text: int) -> int:
        while (parent := parents.setdefault(text, text)) != text:
            parents[text] = text = parents[parent]
        return text

    for first, second, _ in pairs:
        early, late = sorted((root(first), root(second)))
        parents[late] = early
    return {text: root(text) for text in parents}


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    ids: list[str] = []
    asked = array("Q")
    text_of = array("L")
    first = array("L")  # document of each text
    with TemporaryFile() as file:
        texts = Texts(file)
        for number, each in enumerate(facts):
            ids.append(each.id)
            asked.append(each.asked)
            text_of.append(text := texts.add(each))
            if text == len(first):
                first.append(number)
        kinds: dict[str, list[Pair]] = {COPY: [], TEMPLATED: [], MINIMAL: []}
        for pair in texts.alike():
            kinds[texts.verdict(pair)].append(pair)
        pairs = kinds[COPY]
        nearest = {text: pair for pair in sorted(pairs, key=lambda pair: pair.alike) for text in pair[:2]}
        examples = [
            Example(f"{pair.alike:.1%} of the words", {ids[first[each]]: texts.text(each) for each in pair[:2]})
            for pair in sorted(pairs, key=lambda pair: (-pair.alike, pair))[:EXAMPLES]
        ]
    kept: dict[tuple[int, int], int] = {}
    clusters: dict[int, list[str]] = {}
    findings = []
    heads = joined(pairs)
    for number, text in enumerate(text_of):
        head = heads.get(text, text)
        original = kept.setdefault((head, asked[number]), number) if text == head else first[head]
        if original == number:
            continue
        if text == head:
            found = f"the words of {ids[original]}, which is kept"
        else:
            pair = nearest[text]
            other = pair.first if text == pair.second else pair.second
            found = f"{pair.alike:.1%} of the words of {ids[first[other]]}; {ids[original]} is kept"
        clusters.setdefault(head, [ids[first[head]]]).append(ids[number])
        findings.append(Finding(CHECK.name, ids[number], "text", f"under {ALIKE:.0%} of its words in another", found))
    sizes = Counter(len(cluster) for cluster in clusters.values())
    figures = {
        "texts": len(first),
        "pairs compared": texts.compared,
        **{kind: len(pairs) for kind, pairs in kinds.items()},
        "clusters, the first of each kept": list(clusters.values()),
        "found are": {"alike": ALIKE, "own": OWN, "own, of different worlds": APART, "template": TEMPLATE},
        "recall depends on": {"shingle": SHINGLE, "sketch": SKETCH, "shared": SHARED, "posting": POSTING},
    }
    bars = tuple(Bar(f"{size} documents", count) for size, count in sorted(sizes.items()))
    pictures: list[Picture] = [Bars("Sizes of clusters of near-duplicates", "clusters", bars)] if bars else []
    return Conclusion(findings, figures, pictures, examples)


CHECK = Check(
    "near_duplicates",
    f"no text in {ALIKE:.0%} of the words of another, beyond what a template gives both",
    fact=fact,
    conclude=conclude,
)
