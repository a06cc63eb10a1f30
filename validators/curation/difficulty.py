"""How hard an episode is, 0 to 1: by its record, or by what models got wrong of it.

By the record: of agents, turns, and the order, evidence and options of its questions, more is harder; an episode is as
hard as the mean share of its family that has less. Knobs say little here, for of some (spare workers, bandwidth) more
is easier. By models: a file of lines {"id", "correct"}, the id of an episode or of a question ("tom-..#q3"), `correct`
(or `score`) from 0, all wrong, to 1. What nobody answered is as hard as the rest on average.
"""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from madata.validators.check import Finding
from madata.validators.curation.distinct import hashed
from madata.validators.curation.table import Excerpt, Floats, Integers, ranks
from madata.validators.lines import InputError, Line, read, split

LEVELS = 10


class Measured(NamedTuple):
    """`rows`: how many were answered; `strangers`: how many lines name none of them."""

    difficulty: Floats
    rows: int
    strangers: int


def by_record(whole: Excerpt) -> Floats:
    demands = whole.demands
    quantile = ranks(
        np.frombuffer(demands.codes, dtype=np.int32), np.frombuffer(demands.numbers, dtype=np.float64)
    ).quantile
    lengths = np.frombuffer(demands.lengths, dtype=np.int32)
    rows = np.repeat(np.arange(len(lengths)), lengths)
    mean: Floats = np.bincount(rows, weights=quantile, minlength=len(lengths)) / lengths
    groups = np.frombuffer(whole.groups.codes, dtype=np.int32)
    return ranks(groups, mean).quantile


def by_models(path: Path, whole: Excerpt) -> Measured:
    """Raises `InputError` for a file that does not say how models did."""
    rows = {name: row for row, name in enumerate(whole.ids)}
    wrong, answers = np.zeros(len(whole)), np.zeros(len(whole))
    strangers = 0
    for chunk in split(path):
        for line in [chunk] if isinstance(chunk, Finding) else read(chunk):
            name, correct = answered(line)
            row = rows.get(hashed(name), rows.get(hashed(name.rpartition("#")[0])))
            if row is None:
                strangers += 1
            else:
                wrong[row] += 1 - correct
                answers[row] += 1
    if not answers.any():
        raise InputError(f"{path}: none of its ids is one of an episode here: name the failures on these episodes")
    mean = wrong.sum() / answers.sum()
    difficulty = np.divide(wrong, answers, out=np.full(len(whole), mean), where=answers > 0)
    return Measured(difficulty, int((answers > 0).sum()), strangers)


def answered(line: Line | Finding) -> tuple[str, float]:
    if isinstance(line, Finding):
        raise InputError(f"{line.episode}: expected {line.expected}, found {line.found}")
    name, correct = line.record.get("id"), line.record.get("correct", line.record.get("score"))
    if not isinstance(name, str) or not isinstance(correct, (bool, int, float)) or not 0 <= correct <= 1:
        raise InputError(f'{line.where}: write {{"id": an episode\'s or question\'s, "correct": 0 to 1}}')
    return name, float(correct)


def levels(difficulty: Floats) -> Integers:
    """1 for the easiest to `LEVELS` for the hardest."""
    return 1 + np.minimum(difficulty * LEVELS, LEVELS - 1).astype(np.int64)
