"""Tracker against model checker on many worlds: `python tests/benchmarks/agree.py 100000 [KIND]...`.

Every question the family asks is compared, and random queries beside them. Prints one line a kind of world; exit code 1
on any disagreement.
"""

import multiprocessing
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs outside `make bench` too

from agreement import disagreements
from random_stories import random_queries, random_stage

from madata.generators.make import families

RANDOM = "random"


def compare(job: tuple[str, int]) -> tuple[int, list[str]]:
    """Queries compared and disagreements found in one world."""
    name, number = job
    rng = random.Random(f"agreement/{name}/{number}")
    if name == RANDOM:
        stage = random_stage(rng, rng.randint(2, 8), rng.randint(0, 40))
        queries = random_queries(rng, stage, 12)
    else:
        family = families("tom")[name]
        knobs = {knob: rng.randint(about.minimum, about.maximum) for knob, about in family.knobs.items()}
        if family.conflict(knobs):
            return 0, []
        story = family.build(rng, knobs)
        questions = story.script()
        stage = story.stage
        queries = [asked.query for asked in questions] + random_queries(rng, stage, 6)
    return len(queries), [f"{name}/{number}: {line}" for line in disagreements(stage, queries)]


def jobs(name: str, worlds: int) -> Iterator[tuple[str, int]]:
    return ((name, number) for number in range(worlds))


def main() -> int:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    failed = False
    with multiprocessing.Pool() as pool:
        for name in sys.argv[2:] or [RANDOM, *sorted(families("tom"))]:
            start = time.perf_counter()
            queries, found = 0, list[str]()
            for count, lines in pool.imap_unordered(compare, jobs(name, worlds), chunksize=200):
                queries += count
                found += lines
            seconds = time.perf_counter() - start
            print(
                f"{name}: {worlds} worlds, {queries} queries, {len(found)} disagreements, {seconds:.0f} s", flush=True
            )
            print(*found[:5], sep="\n", end="\n" if found else "")
            failed |= bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
