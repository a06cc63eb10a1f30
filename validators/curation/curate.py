"""The verb `curate`: from paths to a run directory with the episodes that show most of what there is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import orjson

from madata.schemas.rundir import refuse
from madata.validators.corpus.document import Document, of_episode
from madata.validators.corpus.rows import Fields
from madata.validators.corpus.selection import source, write_selection
from madata.validators.curation.coverage import summary
from madata.validators.curation.difficulty import by_models, by_record, levels
from madata.validators.curation.distinct import copies, firsts
from madata.validators.curation.greedy import Rows, choose
from madata.validators.curation.table import Integers, Table, read_all, table
from madata.validators.lines import InputError, Line, parse_row
from madata.validators.runner import Progress, Target, target
from madata.validators.settings import Settings

Objective = Literal["coverage", "hard"]


@dataclass(frozen=True, slots=True)
class Curated:
    """What was done; `distinct` of `episodes` were there to choose from."""

    asked: int
    chosen: int
    episodes: int
    distinct: int
    measured: dict[str, int]
    figures: dict[str, Any]


def curate(
    targets: Sequence[Target],
    n: int,
    out: Path,
    objective: Objective,
    failures: Path | None,
    fields: Fields | None,
    progress: Progress = lambda doing, judged=0: None,
) -> Curated:
    """Writes the run `out`, in the order of choice; raises `InputError`."""
    refuse(out, InputError)
    whole = read_all(targets, fields, progress)
    difficulty, measured = by_record(whole), {}
    if failures:
        by = by_models(failures, whole)
        difficulty, measured = by.difficulty, {"answered": by.rows, "ids of no episode here": by.strangers}
    candidates = np.flatnonzero(firsts(whole.structures, whole.words))
    made = table(whole, difficulty)
    settings = Settings(fields)
    while True:
        chosen = choose(rows(made, objective), candidates, min(n, len(candidates)))
        progress("comparing what is chosen")
        repeated = copies((document(raw, fields) for raw in lines(targets, chosen)), settings)
        if not repeated:
            break
        candidates = np.setdiff1d(candidates, chosen[repeated])
    asked: dict[str, Any] = {"objective": objective, "asked": n}
    if failures:
        asked["failures"] = source(target(failures))
    write_selection(out, "curated", targets, asked, lines(targets, chosen))
    return Curated(n, len(chosen), len(whole), len(candidates), measured, summary(made, chosen))


def document(raw: bytes, fields: Fields | None) -> Document:
    """Of a line that was read before."""
    return fields.document(Line("", parse_row(raw))) if fields else of_episode(orjson.loads(raw))


def rows(made: Table, objective: Objective) -> Rows:
    """To choose what is hard, an episode counts as much as it is hard, and easy ones need not be shown."""
    if objective == "hard":
        return Rows(made.starts, made.codes, made.weights(without="difficulty"), levels(made.difficulty))
    return Rows(made.starts, made.codes, made.weights(), np.ones(len(made.difficulty), dtype=np.int64))


def lines(targets: Sequence[Target], chosen: Integers) -> Iterator[bytes]:
    """The lines of the chosen rows, which are numbered through all files, in the order of choice."""
    wanted = set(chosen.tolist())
    places: dict[int, tuple[Path, int]] = {}
    row = 0
    for path in (file for each in targets for file in each.files):
        with path.open("rb") as file:
            offset = 0
            for line in file:
                if row in wanted:
                    places[row] = path, offset
                offset += len(line)
                row += 1
    for path, offset in (places[row] for row in chosen.tolist()):
        with path.open("rb") as file:
            file.seek(offset)
            yield file.readline()
