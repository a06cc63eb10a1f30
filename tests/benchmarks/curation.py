"""What a choice shows beside as many episodes drawn at random: `python tests/benchmarks/curation.py [PATH..] [--n K]`.

Besides the features that the choice looks at, it counts what it does not look at: who is asked what in which family
(cells), three events in a row, four words in a row. Random draws are the mean of ten. Then the time that a choice takes
of 100,000 rows: those of the paths again and again, each time without a tenth of their features.
"""

import argparse
import resource
from collections.abc import Callable, Iterator
from math import exp, log
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from zlib import crc32

import numpy as np

from madata.validators.console import RUNS
from madata.validators.corpus.document import of_episode
from madata.validators.curation.curate import rows
from madata.validators.curation.difficulty import by_record
from madata.validators.curation.distinct import firsts
from madata.validators.curation.greedy import choose
from madata.validators.curation.table import Table, read_all, table
from madata.validators.lines import Line, read, split
from madata.validators.runner import Chunk, newest_run, target

DRAWS = 10
SCALE = 100_000

Shown = dict[str, list[int]]


def held_out(episode: dict[str, Any]) -> Shown:
    family, events = episode["family"], [event["kind"] for event in episode["world"]["events"]]
    words = of_episode(episode).masked.split()
    cells = (
        (
            family,
            asked["ability"],
            asked["order"],
            asked["query"]["kind"],
            len(asked["evidence"]),
            len(asked["options"]),
        )
        for asked in episode["questions"]
    )
    sets: dict[str, Iterator[Any]] = {
        "cells of questions": iter(cells),
        "three events in a row": ((family, *three) for three in zip(events, events[1:], events[2:], strict=False)),
        "four words in a row": zip(words, words[1:], words[2:], words[3:], strict=False),
    }
    return {name: sorted({crc32(str(each).encode()) for each in found}) for name, found in sets.items()}


def episodes(paths: list[Path]) -> Iterator[dict[str, Any]]:
    for file in (file for path in paths for file in target(path).files):
        for chunk in split(file):
            assert isinstance(chunk, Chunk)
            for line in read(chunk):
                assert isinstance(line, Line)
                yield line.record


def figures(made: Table, shown: list[Shown], chosen: np.ndarray) -> dict[str, float]:
    counts = made.counted(chosen)
    found: dict[str, float] = {"features": int((counts > 0).sum())}
    for name in shown[0]:
        found[name] = len({each for row in chosen for each in shown[row][name]})
    cells = np.unique([each for row in chosen for each in shown[row]["cells of questions"]], return_counts=True)[1]
    found["cells, as if equally often"] = exp(sum(-count * log(count) for count in cells / cells.sum()))
    found["mean difficulty"] = float(made.difficulty[chosen].mean())
    return found


def repeated(made: Table) -> Table:
    times = -(-SCALE // len(made.scope))
    draw = np.random.default_rng(0)
    kept = [draw.random(len(made.codes)) > 0.1 for _ in range(times)]
    lengths = np.concatenate([np.add.reduceat(each.astype(np.int64), made.starts[:-1]) for each in kept])
    return made._replace(
        starts=np.concatenate(([0], np.cumsum(lengths))),
        codes=np.concatenate([made.codes[each] for each in kept]),
        scope=np.tile(made.scope, times),
        difficulty=np.tile(made.difficulty, times),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--n", type=int, default=500)
    asked = parser.parse_args()
    paths = asked.paths or [newest_run(RUNS)]
    started, worked = perf_counter(), process_time()
    whole = read_all([target(path) for path in paths], None, lambda _: None)
    made = table(whole, by_record(whole))
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    work = (process_time() - worked + children.ru_utime + children.ru_stime) / len(whole)
    print(f"{len(whole):,} episodes read in {perf_counter() - started:.1f} s, {1000 * work:.2f} ms of work each")
    shown = list(map(held_out, episodes(paths)))
    candidates = np.flatnonzero(firsts(whole.structures, whole.words))
    there = figures(made, shown, np.arange(len(whole)))
    draws = [
        figures(made, shown, np.random.default_rng(seed).choice(candidates, asked.n, replace=False))
        for seed in range(DRAWS)
    ]
    ways: dict[str, dict[str, float]] = {"all": there}
    ways["random"] = {name: sum(each[name] for each in draws) / DRAWS for name in there}
    for objective in ("coverage", "hard"):
        ways[objective] = figures(made, shown, choose(rows(made, objective), candidates, asked.n))
    print(f"| {asked.n:,} of {len(whole):,} | " + " | ".join(ways) + " |\n| --- |" + " ---: |" * len(ways))
    for name in there:
        form: Callable[[float], str] = (
            (lambda value: f"{value:.2f}") if there[name] < 10 else (lambda value: f"{value:,.0f}")
        )
        print(f"| {name} | " + " | ".join(form(each[name]) for each in ways.values()) + " |")
    large = repeated(made)
    for objective in ("coverage", "hard"):
        for k in (2_000, 10_000):
            worked = process_time()
            choose(rows(large, objective), np.arange(len(large.scope)), k)
            print(f"{objective}: {k:,} of {len(large.scope):,} rows in {process_time() - worked:.1f} s of work")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of a process: {peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()
