"""Generator against validator on random teams: `python tests/benchmarks/agree_teams.py 20000 [FAMILY]...`.

So many instances of each family are played by script; legality, scripts, outcome and answers are compared.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs outside `make bench` too

from agreeing import main
from team_agreement import BEHAVIOURS, compared


def compare(family: str, number: int) -> tuple[int, list[str]]:
    return compared(f"{family}/{number}", family)


if __name__ == "__main__":
    sys.exit(main(compare, BEHAVIOURS, 1000))
