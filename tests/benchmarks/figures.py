"""What the questions of each ToM family are like: how many a story has, how beliefs stand to the truth, which answers
concepts have.

    python -P tests/benchmarks/figures.py [FAMILY ...]

For each belief order: the shares of false, true and unsettled beliefs and of answers that stand apart (from reality and
from the answer one order lower), and how many are asked in a story of that order. For each concept and order: the
shares of its answers, names left out.
"""

import random
import re
import sys
from collections import Counter, defaultdict

from madata.generators.family import Rejected
from madata.generators.make import families
from madata.generators.tom.questions import Asker
from madata.schemas.tom import CasesQuery, ValueQuery

STORIES = 1000


def figures(name: str) -> None:
    family = families("tom")[name]
    beliefs: dict[int, Counter[str]] = defaultdict(Counter)
    concepts: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    stories: Counter[int] = Counter()
    told = asked = 0
    for seed in range(STORIES):
        rng = random.Random(f"{name}/{seed}")
        knobs = {knob: rng.randint(about.low, about.high) for knob, about in sorted(family.knobs.items())}
        if family.conflict(knobs):
            continue
        try:
            story = family.build(rng, knobs)
        except Rejected:
            continue
        told += 1
        asked += len(story.questions)
        stories.update(range(1, knobs["order"] + 1))
        asker = Asker(story.stage, rng)
        called = "|".join([*(agent.name for agent in story.stage.agents)])
        values = {entity.name for entity in story.stage.entities.values()}
        for question in story.questions:
            query = question.query
            if isinstance(query, ValueQuery) and query.chain:
                held = asker.beliefs.settled(query.variable, tuple(query.chain), query.time)
                lower = asker.beliefs.settled(query.variable, tuple(query.chain[1:]), query.time)
                truth = story.stage.truth[query.variable][query.time]
                beliefs[question.order]["unsettled" if held is None else "true" if held == truth else "false"] += 1
                beliefs[question.order]["apart"] += held not in (truth, lower)
            elif isinstance(query, CasesQuery):
                answer = re.sub(rf"\b({called})\b", "NAME", question.answer[0])
                concepts[query.concept, question.order]["VALUE" if answer in values else answer] += 1
    print(f"{name}: {told} stories, {asked / told:.1f} questions each")
    for order, counts in sorted(beliefs.items()):
        number = counts["false"] + counts["true"] + counts["unsettled"]
        shares = ", ".join(f"{what} {counts[what] / number:.0%}" for what in ("false", "true", "unsettled", "apart"))
        print(f"  belief, order {order}: {shares}; {number / stories[order]:.2f} a story")
    for (concept, order), counts in sorted(concepts.items()):
        shares = ", ".join(f"{what} {count / counts.total():.0%}" for what, count in counts.most_common())
        print(f"  {concept}, order {order}: {shares}")


if __name__ == "__main__":
    for name in sys.argv[1:] or sorted(families("tom")):
        figures(name)
