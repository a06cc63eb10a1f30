"""No episode twice: not under the same id, not in the same words; and how often a mere structure is repeated.

An episode is remembered as three 8-byte hashes, so a million of them fit in 100 MB. Structures are compared within a
family, or within the source of what was imported; our families promise to repeat at most `DECLARED_RATE`, a foreign set
promised nothing.
"""

from array import array
from collections.abc import Iterator
from hashlib import blake2b
from itertools import groupby, pairwise
from typing import NamedTuple

from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.settings import Settings

DECLARED_RATE = 0.10
MINIMUM = 200


class Fact(NamedTuple):
    id: str
    words: int
    structure: int
    group: str
    promised: bool


def fact(document: Document, settings: Settings) -> Fact | None:
    if not (episode := document.episode):
        return None
    said = [part["text"] for part in (*episode["turns"], *episode["questions"])]
    words = int.from_bytes(blake2b("\0".join(said).encode(), digest_size=8).digest(), "big")
    promised = episode["provenance"]["source"] is None
    return Fact(episode["id"], words, int(episode["structure"], 16), document.group, promised)


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    tasks: dict[str, int] = {}
    structures: dict[tuple[str, bool], array[int]] = {}
    task_of, ids, words = array("L"), array("Q"), array("Q")
    for item in facts:
        task, _, number = item.id.rpartition("-")
        task_of.append(tasks.setdefault(task, len(tasks)))
        ids.append(int(number, 16))
        words.append(item.words)
        structures.setdefault((item.group, item.promised), array("Q")).append(item.structure)
    names = list(tasks)

    def name(index: int) -> str:
        return f"{names[task_of[index]]}-{ids[index]:016x}"

    findings = []
    for first, *others in repeats(ids):
        findings.append(Finding(CHECK.name, name(first), "id", "each id once", f"{len(others) + 1} episodes"))
    for first, *others in repeats(words):
        for index in {ids[index]: index for index in others if ids[index] != ids[first]}.values():
            found = f"the same words in {name(first)}"
            findings.append(Finding(CHECK.name, name(index), "text of turns and questions", "words of its own", found))

    figures = {}
    for (group, promised), own in structures.items():
        distinct = sum(1 for _ in groupby(sorted(own)))
        rate = 1 - distinct / len(own)
        figures[group] = {"episodes": len(own), "structures": distinct, "repeated": round(rate, 4)}
        if promised and len(own) >= MINIMUM and rate > DECLARED_RATE:
            expected = f"at most {DECLARED_RATE:.0%} repeated structures (the declared rate)"
            found = f"{rate:.1%}: {distinct:,} structures in {len(own):,} episodes"
            findings.append(Finding(CHECK.name, f"family {group}", "structure", expected, found))
    return Conclusion(findings, {"repeated structures": figures})


def repeats(values: "array[int]") -> Iterator[list[int]]:
    """The positions of each value that stands more than once, in the order of first positions."""
    ordered = sorted(values)
    twice = {left for left, right in pairwise(ordered) if left == right}
    places: dict[int, list[int]] = {value: [] for value in twice}
    for index, value in enumerate(values):
        if value in twice:
            places[value].append(index)
    yield from sorted(places.values())


CHECK = Check(
    "duplicates",
    f"no episode twice; structures repeated in at most {DECLARED_RATE:.0%} of a family",
    fact=fact,
    conclude=conclude,
)
