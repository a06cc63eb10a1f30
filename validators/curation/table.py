"""A corpus as a table: a row an episode, by the codes of its features. Numbers become features where all are known.

Worker processes answer with an excerpt of each chunk, under codes of its own; excerpts are put together in the order of
the files, at some 500 bytes an episode. A line that is no episode ends it: what is chosen from has been validated.
"""

import os
from array import array
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from madata.validators import schema
from madata.validators.check import Finding
from madata.validators.corpus.document import Document, of_episode
from madata.validators.corpus.rows import Fields
from madata.validators.curation.distinct import hashed, mark
from madata.validators.curation.features import Aspect, profile
from madata.validators.lines import CHUNK, Chunk, InputError, Line, LineError, read, split
from madata.validators.runner import Progress, Target, begin_worker, in_order, size

FEW = 8
FIFTHS = 5
WEIGHT = 10**5

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Codes = NDArray[np.int32]


class Feature(NamedTuple):
    aspect: Aspect
    value: str


@dataclass(slots=True)
class Lists:
    """A list of names for each row, as codes; with a number for each name, if numbers are given."""

    names: dict[Any, int] = field(default_factory=dict)
    codes: "array[int]" = field(default_factory=lambda: array("i"))
    lengths: "array[int]" = field(default_factory=lambda: array("i"))
    numbers: "array[float]" = field(default_factory=lambda: array("d"))

    def append(self, names: Sequence[Hashable], numbers: Iterable[float] = ()) -> None:
        self.codes.extend(self.names.setdefault(name, len(self.names)) for name in names)
        self.lengths.append(len(names))
        self.numbers.extend(numbers)

    def extend(self, other: "Lists") -> None:
        own = np.array([self.names.setdefault(name, len(self.names)) for name in other.names], dtype=np.int32)
        self.codes.frombytes(own[np.frombuffer(other.codes, dtype=np.int32)].tobytes())
        self.lengths.extend(other.lengths)
        self.numbers.extend(other.numbers)


@dataclass(slots=True)
class Excerpt:
    """Profiles and marks of some rows; `ids` are hashes."""

    groups: Lists = field(default_factory=Lists)
    values: Lists = field(default_factory=Lists)
    numbers: Lists = field(default_factory=Lists)
    demands: Lists = field(default_factory=Lists)
    ids: "array[int]" = field(default_factory=lambda: array("Q"))
    structures: "array[int]" = field(default_factory=lambda: array("Q"))
    words: "array[int]" = field(default_factory=lambda: array("Q"))

    def append(self, document: Document) -> None:
        found, own = profile(document), mark(document)
        self.groups.append([found.group])
        self.values.append(found.values)
        self.numbers.append([aspect for aspect, _ in found.numbers], [number for _, number in found.numbers])
        self.demands.append([(*found.group, name) for name, _ in found.demands], [much for _, much in found.demands])
        self.ids.append(hashed(document.id))
        self.structures.append(own.structure)
        self.words.append(own.words)

    def extend(self, other: "Excerpt") -> None:
        for mine, more in (
            (self.groups, other.groups),
            (self.values, other.values),
            (self.numbers, other.numbers),
            (self.demands, other.demands),
        ):
            mine.extend(more)
        self.ids.extend(other.ids)
        self.structures.extend(other.structures)
        self.words.extend(other.words)

    def __len__(self) -> int:
        return len(self.ids)


def read_all(
    targets: Sequence[Target], fields: Fields | None, progress: Progress, workers: int | None = None
) -> Excerpt:
    """All rows of the targets, in order; raises `InputError`."""
    whole = Excerpt()
    workers = workers or os.cpu_count() or 1
    with ExitStack() as stack:
        pool = None
        if workers > 1 and size(targets) > 2 * CHUNK:
            pool = stack.enter_context(ProcessPoolExecutor(workers, initializer=begin_worker))
        try:
            for chunk, part in in_order(pool, partial(excerpt, fields=fields), chunks(targets), 2 * workers):
                whole.extend(part)
                progress("reading", chunk.end - chunk.start)
        except BrokenProcessPool as error:
            raise InputError("a worker process was killed (out of memory?): free some memory and run again") from error
    if not whole:
        raise InputError(f"no episode in {', '.join(str(each.path) for each in targets)}")
    return whole


def chunks(targets: Sequence[Target]) -> Iterator[Chunk]:
    for file, called in (pair for each in targets for pair in each.called()):
        for chunk in split(file, called):
            if isinstance(chunk, Finding):
                raise unfit(chunk)
            yield chunk


def excerpt(chunk: Chunk, fields: Fields | None) -> Excerpt:
    made = Excerpt()
    for line in read(chunk):
        made.append(document(line, fields))
    return made


def document(line: Line | Finding, fields: Fields | None) -> Document:
    """Raises `InputError` for a line that is no episode, or no row with the fields named."""
    if isinstance(line, Finding):
        raise unfit(line)
    if fields:
        try:
            return fields.document(line)
        except LineError as flaw:
            raise unfit(flaw.at(line.where)) from None
    for finding in schema.judge(line.record):
        raise unfit(replace(finding, episode=line.where))
    return of_episode(line.record)


def unfit(finding: Finding) -> InputError:
    return InputError(
        f"{finding.episode}, {finding.where}: expected {finding.expected}, found {finding.found}; "
        "choose from data that `madata validate` accepts"
    )


class Table(NamedTuple):
    """The features of row r are `codes[starts[r]:starts[r + 1]]`. `scope` is the code of its own among
    `scopes`, `difficulty` 0 to 1."""

    features: list[Feature]
    starts: Integers
    codes: Codes
    scopes: list[str]
    scope: Codes
    difficulty: Floats

    def counted(self, rows: Integers | None = None) -> Integers:
        """How many rows, of all or of those named, have each feature."""
        if rows is None:
            own = self.codes
        else:
            own = np.concatenate([self.codes[self.starts[row] : self.starts[row + 1]] for row in rows])
        return np.bincount(own, minlength=len(self.features))

    def weights(self, without: str | None = None) -> Integers:
        """Of each feature: in a scope all facets weigh the same (one may be left out), in a facet all features. A row
        with as many features as is usual in its scope weighs `WEIGHT`."""
        shown: Counter[tuple[str, str]] = Counter()
        for (aspect, _), count in zip(self.features, self.counted().tolist(), strict=True):
            shown[aspect.scope, aspect.facet] += count * (aspect.facet != without)
        facets = Counter(scope for (scope, _), count in shown.items() if count)
        rows = dict(zip(self.scopes, np.bincount(self.scope).tolist(), strict=True))
        own = {
            (scope, facet): max(1, WEIGHT * rows[scope] // (count * facets[scope])) if count else 0
            for (scope, facet), count in shown.items()
        }
        return np.array([own[aspect.scope, aspect.facet] for aspect, _ in self.features], dtype=np.int64)


def table(whole: Excerpt, difficulty: Floats) -> Table:
    """The rows with all their features: those they came with, their numbers, their difficulty."""
    features = [Feature(*name) for name in whole.values.names]
    values = np.frombuffer(whole.values.codes, dtype=np.int32)
    own, labels = classed(whole.numbers)
    groups = np.frombuffer(whole.groups.codes, dtype=np.int32)
    fifth = np.minimum(difficulty * FIFTHS, FIFTHS - 1).astype(np.int32)
    hard = [
        Feature(Aspect(scope, "difficulty", "difficulty", group), f"fifth {number + 1}")
        for scope, group in whole.groups.names
        for number in range(FIFTHS)
    ]
    lengths = [np.frombuffer(each.lengths, dtype=np.int32) for each in (whole.values, whole.numbers, whole.groups)]
    starts, codes = merged(
        lengths,
        [
            values,
            (own + len(features)).astype(np.int32),
            (groups * FIFTHS + fifth + len(features) + len(labels)).astype(np.int32),
        ],
    )
    scopes = {scope: code for code, scope in enumerate(dict.fromkeys(scope for scope, _ in whole.groups.names))}
    scope = np.array([scopes[scope] for scope, _ in whole.groups.names], dtype=np.int32)[groups]
    return Table([*features, *labels, *hard], starts, codes, list(scopes), scope, difficulty)


def merged(lengths: Sequence[Codes], codes: Sequence[Codes]) -> tuple[Integers, Codes]:
    """Several lists of each row as one."""
    totals = np.sum(lengths, axis=0, dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(totals)))
    whole = np.empty(starts[-1], dtype=np.int32)
    begins = starts[:-1].copy()
    for own_lengths, own in zip(lengths, codes, strict=True):
        before = np.cumsum(own_lengths, dtype=np.int64) - own_lengths
        whole[np.arange(len(own)) + np.repeat(begins - before, own_lengths)] = own
        begins += own_lengths
    return starts, whole


def classed(numbers: Lists) -> tuple[Integers, list[Feature]]:
    """Each number as a feature: itself where its aspect has few values, else the fifth of them that it is in."""
    columns, values = np.frombuffer(numbers.codes, dtype=np.int32), np.frombuffer(numbers.numbers, dtype=np.float64)
    ranked = ranks(columns, values)
    few = ranked.distinct[columns] <= FEW
    classes = np.where(few, ranked.place, np.minimum(ranked.quantile * FIFTHS, FIFTHS - 1).astype(np.int64))
    keys, first, codes = np.unique(columns.astype(np.int64) * FEW + classes, return_index=True, return_inverse=True)
    names = list(numbers.names)
    labels = [
        Feature(names[key // FEW], f"{values[at]:g}" if few[at] else f"fifth {key % FEW + 1}")
        for key, at in zip(keys.tolist(), first.tolist(), strict=True)
    ]
    return codes, labels


class Ranks(NamedTuple):
    """Of each number in its column: which of the distinct values it is, and the share of the column below it, with half
    of its equals; and how many values each column has."""

    place: Integers
    quantile: Floats
    distinct: Integers


def ranks(columns: Codes, values: Floats) -> Ranks:
    order = np.lexsort((values, columns))
    column, value = columns[order], values[order]
    if not len(order):
        return Ranks(order, values, order)
    begins = np.concatenate(([True], column[1:] != column[:-1]))
    news = begins | np.concatenate(([True], value[1:] != value[:-1]))
    run = np.cumsum(news) - 1
    first = np.flatnonzero(news)
    size = np.diff(np.concatenate((first, [len(order)])))
    start = np.flatnonzero(begins)[np.cumsum(begins) - 1]
    rows = np.bincount(column)
    place, quantile = np.empty(len(order), dtype=np.int64), np.empty(len(order))
    place[order] = run - run[start]
    quantile[order] = (first[run] - start + size[run] / 2) / rows[column]
    return Ranks(place, quantile, np.bincount(column[first], minlength=len(rows)))
