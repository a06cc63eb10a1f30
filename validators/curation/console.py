"""The verb `curate` as the command line gives it: progress on the standard error, what was covered on the standard
output, and 1 for fewer episodes than asked."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import orjson

from madata.validators.console import progress
from madata.validators.corpus.rows import Fields
from madata.validators.curation import coverage
from madata.validators.curation.curate import Curated, Objective
from madata.validators.curation.curate import curate as choose
from madata.validators.runner import meant, size


def curate(
    paths: Sequence[str],
    n: int,
    out: Path,
    objective: Objective,
    failures: Path | None,
    fields: Fields | None,
    as_json: bool,
) -> int:
    with meant(paths, fields) as targets, progress(size(targets)) as advance:
        made = choose(targets, n, out, objective, failures, fields, advance)
    if as_json:
        sys.stdout.buffer.write(orjson.dumps(asdict(made)) + b"\n")
    else:
        sys.stdout.write("\n".join(lines(made, out)) + "\n")
    return 0 if made.chosen == made.asked else 1


def lines(made: Curated, out: Path) -> Iterator[str]:
    fewer = "" if made.chosen == made.asked else f" (fewer than the {made.asked:,} asked)"
    yield (
        f"{made.chosen:,} of {made.episodes:,} episodes in {out}{fewer}; "
        f"{made.episodes - made.distinct:,} repeat the structure or the words of another"
    )
    if made.measured:
        yield "  " + ", ".join(f"{name}: {number:,}" for name, number in made.measured.items())
    yield from coverage.lines(made.figures)
