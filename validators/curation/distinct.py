"""Which documents say something of their own: of those of one structure, of the same words under other names, or
nearly of the same words, the first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from madata.validators import near_duplicates
from madata.validators.corpus.document import Document
from madata.validators.settings import Settings


class Mark(NamedTuple):
    """What a document is told apart by: 8 bytes each."""

    structure: int
    words: int


def mark(document: Document) -> Mark:
    words = hashed(document.masked)
    return Mark(int(document.episode["structure"], 16) if document.episode else words, words)


def hashed(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def firsts(structures: Sequence[int], words: Sequence[int]) -> NDArray[np.bool_]:
    """Whether a document shares neither with one kept before it."""
    kept = np.zeros(len(words), dtype=bool)
    structures_seen: set[int] = set()
    words_seen: set[int] = set()
    for place, (structure, said) in enumerate(zip(structures, words, strict=True)):
        if structure not in structures_seen and said not in words_seen:
            kept[place] = True
            structures_seen.add(structure)
            words_seen.add(said)
    return kept


def copies(documents: Iterable[Document], settings: Settings) -> list[int]:
    """Which of the documents, by number, are nearly in the words of an earlier one (`near_duplicates`)."""
    facts = (near_duplicates.fact(replace(each, id=str(number)), settings) for number, each in enumerate(documents))
    found = near_duplicates.conclude((each for each in facts if each), settings).findings
    return [int(finding.episode) for finding in found]
