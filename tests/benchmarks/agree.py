"""Tracker against model checker on many worlds: `python tests/benchmarks/agree.py 100000 [KIND]...`.

Every question the family asks is compared, and random queries beside them.
"""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it runs outside `make bench` too

from agreeing import main
from agreement import disagreements
from random_stories import random_queries, random_stage

from madata.generators.make import families

RANDOM = "random"


def compare(name: str, number: int) -> tuple[int, list[str]]:
    """Queries compared and disagreements found in one world."""
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
    return len(queries), list(disagreements(stage, queries))


if __name__ == "__main__":
    sys.exit(main(compare, [RANDOM, *sorted(families("tom"))], 2000))
