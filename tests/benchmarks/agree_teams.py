"""Generator against validator on random teams: `python tests/benchmarks/agree_teams.py 20000 [FAMILY]...`.

So many instances of each family are played by script; legality, strategies, outcome and every query that can be put are
compared. Prints one line a family; exit code 1 on any disagreement.
"""

import multiprocessing
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs outside `make bench` too

from team_agreement import BEHAVIOURS, compared


def compare(job: tuple[str, int]) -> tuple[int, list[str]]:
    """Answers compared and disagreements found in one instance."""
    kind, number = job
    answers, lines = compared(f"{kind}/{number}", kind)
    return answers, [f"{kind}/{number}: {line}" for line in lines]


def jobs(kind: str, games: int) -> Iterator[tuple[str, int]]:
    return ((kind, number) for number in range(games))


def main() -> int:
    games = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    failed = False
    with multiprocessing.Pool() as pool:
        for kind in sys.argv[2:] or BEHAVIOURS:
            start = time.perf_counter()
            answers, found = 0, list[str]()
            for count, lines in pool.imap_unordered(compare, jobs(kind, games), chunksize=50):
                answers += count
                found += lines
            seconds = time.perf_counter() - start
            print(
                f"{kind}: {games} instances, {answers} answers, {len(found)} disagreements, {seconds:.0f} s", flush=True
            )
            print(*found[:5], sep="\n", end="\n" if found else "")
            failed |= bool(found)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
