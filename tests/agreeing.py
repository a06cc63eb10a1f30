"""Two implementations against each other on many instances, with all cores: what the programs `agree*.py` share."""

import multiprocessing
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial

Compared = Callable[[str, int], tuple[int, list[str]]]
"""Of an instance of a kind, by number: how many answers were compared, and a line for each disagreement."""


def one(compared: Compared, kind: str, number: int) -> tuple[int, list[str]]:
    try:
        answers, lines = compared(kind, number)
    except Exception as error:  # of whatever kind: the others are to be compared all the same
        answers, lines = 0, [repr(error)]
    return answers, [f"{kind}/{number}: {line}" for line in lines]


def main(compared: Compared, kinds: Iterable[str], usual: int) -> int:
    """Reads `NUMBER [KIND]...` from the command line. Prints one line a kind; 1 on any disagreement."""
    instances = int(sys.argv[1]) if len(sys.argv) > 1 else usual
    failed = False
    with multiprocessing.Pool() as pool:
        for kind in sys.argv[2:] or kinds:
            start = time.perf_counter()
            answers, found = 0, list[str]()
            for count, lines in pool.imap_unordered(partial(one, compared, kind), range(instances), chunksize=50):
                answers += count
                found += lines
            seconds = time.perf_counter() - start
            print(
                f"{kind}: {instances} instances, {answers} answers, {len(found)} disagreements, {seconds:.0f} s",
                flush=True,
            )
            print(*found[:5], sep="\n", end="\n" if found else "")
            failed |= bool(found)
    return int(failed)
