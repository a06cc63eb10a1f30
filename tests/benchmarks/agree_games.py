"""Generator against validator on random games: `python tests/benchmarks/agree_games.py 100000 [KIND]...`.

So many games of each kind are played by script; legality, strategies, outcome and every query that can be put are
compared.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs outside `make bench` too

from agreeing import main
from game_agreement import KINDS, compared


def compare(kind: str, number: int) -> tuple[int, list[str]]:
    return compared(f"{kind}/{number}", kind)


if __name__ == "__main__":
    sys.exit(main(compare, KINDS, 1000))
