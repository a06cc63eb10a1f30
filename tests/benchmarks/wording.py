"""What the check `wording` finds: `python tests/benchmarks/wording.py [SLOTS]`.

Judges the paraphrases in tests/data, apart by how much the check was made with them: the even ones all the way, a
quarter (1 mod 4) at the end, the last quarter never. Then scripted turns of SLOTS generated stories with planted
defects. Prints recall by kind of error, the share of faithful lines that are refused, precision (all refused faithful
lines of a set are held against each kind), and milliseconds of processor time a line.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1]))

from spoken_lines import Judged, paraphrases, planted

from madata.validators.tom.wording import faults

SLOTS = 120


def measure(name: str, lines: Iterable[Judged]) -> None:
    judged = list(lines)
    started = process_time()
    refused = [(error, any(faults(line))) for line, error in judged]
    each = 1000 * (process_time() - started) / len(judged)
    total, found = Counter(error for error, _ in refused), Counter(error for error, fault in refused if fault)
    wrong = found[None]
    print(
        f"{name}: {total[None]:,} faithful, {wrong} of them refused ({wrong / total[None]:.1%}); {each:.3f} ms a line"
    )
    for error in sorted(filter(None, total)):
        precision = found[error] / max(1, found[error] + wrong)
        print(f"  {error:9} {total[error]:5,}  recall {found[error] / total[error]:.3f}  precision {precision:.3f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("slots", nargs="?", type=int, default=SLOTS)
    slots = parser.parse_args().slots
    mechanical = list(planted(slots))
    measure("paraphrases, even", paraphrases(0))
    measure("paraphrases, odd", paraphrases(1))
    measure("paraphrases, never looked at", paraphrases(3, 4))
    measure("planted in scripted turns", mechanical)
    measure("all", [*paraphrases(0), *paraphrases(1), *mechanical])


if __name__ == "__main__":
    main()
