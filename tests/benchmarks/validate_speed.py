"""How fast episodes are judged: `python tests/benchmarks/validate_speed.py [RUN or JSONL] [--workers N]`.

Without a path it judges 10,000 copies of the hand-made sample, blown up to about 8.5 KB, by the checks that need no
real story. Prints milliseconds an episode, wall time and work by check, and the peak memory of the largest process.
"""

import argparse
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1]))

from samples import EpisodeJson, episode, seal, write

from madata.validators.runner import target, validate

EPISODES = 10_000
SHAPE_ONLY = ("schema", "identity", "duplicates", "counts")


def blown_up(number: int) -> EpisodeJson:
    record = episode(number)
    record["turns"] = [turn | {"text": f"{turn['text']} {number}"} for turn in record["turns"] * 5]
    record["questions"] *= 12
    record["world"]["events"] *= 4
    return seal(record | {"structure": f"{number:016x}"})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path)
    parser.add_argument("--workers", type=int)
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch, TemporaryFile() as log:
        path = asked.path or write(Path(scratch) / "sample.jsonl", *map(blown_up, range(EPISODES)))
        only = () if asked.path else SHAPE_ONLY
        started = perf_counter()
        verdict = validate([target(path)], log, only, workers=asked.workers)
        wall = perf_counter() - started
    count = verdict.episodes
    print(f"{count:,} episodes, {verdict.findings:,} findings: {wall:.1f} s, {1000 * wall / count:.3f} ms an episode")
    for name, tally in verdict.checks.items():
        print(f"  {name:12} {1000 * tally.seconds / count:.3f} ms an episode (work)")
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(f"peak memory of a process: {peak / 1024:.0f} MB")


if __name__ == "__main__":
    main()
