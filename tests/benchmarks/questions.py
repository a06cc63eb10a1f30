"""What a run asks: `python -P tests/benchmarks/questions.py [RUN]`. Balance of truth conditions and positions, orders.

For each belief and action item the answer is compared with the truth and with the answer of the chain without its first
agent, both derived by the model checker.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from madata.schemas.rundir import episodes
from madata.schemas.words import UNSETTLED
from madata.validators.runner import newest_run
from madata.validators.tom.model_checker import derive

ITEMS = ("belief", "action")


def conditions(episode: dict[str, Any]) -> Iterator[tuple[str, int, str, bool]]:
    """Family, order, truth condition, and whether the answer differs from the truth and from one order lower."""
    items = [q for q in episode["questions"] if q["ability"] in ITEMS and not q["query"].get("via")]
    queries = [
        {
            "kind": "value",
            "chain": q["query"]["chain"][cut:],
            "variable": q["query"]["variable"],
            "time": q["query"]["time"],
        }
        for q in items
        for cut in (1, len(q["query"]["chain"]))
    ]
    derived = iter(derive(episode["world"], episode["conventions"], episode["agents"], queries))
    for question in items:
        (lower,), (truth,) = next(derived).answer, next(derived).answer
        (answer,) = question["answer"]
        condition = "true" if answer == truth else "unsettled" if answer == UNSETTLED else "false"
        yield episode["family"], question["order"], condition, answer not in (truth, lower)


def masked(answer: str, episode: dict[str, Any]) -> str:
    """An answer without the names of its episode."""
    if any(answer == entity["name"] for entity in episode["world"]["entities"]):
        return "(a thing)"
    for agent in episode["agents"]:
        answer = re.sub(rf"\b{agent['name']}\b", "(name)", answer)
    return answer


def main() -> None:
    truth: Counter[tuple[str, int, str]] = Counter()
    own: Counter[tuple[str, bool]] = Counter()
    positions: Counter[tuple[int, int]] = Counter()
    answers: Counter[tuple[str, str]] = Counter()
    run = Path(sys.argv[1]) if len(sys.argv) > 1 else newest_run(Path("runs"))
    for episode in episodes(run):
        for family, order, condition, differs in conditions(episode):
            truth[family, order, condition] += 1
            if order >= 2:
                own[family, differs] += 1
        for question in episode["questions"]:
            if len(question["answer"]) == 1:
                positions[len(question["options"]), question["options"].index(question["answer"][0])] += 1
            if question["query"]["kind"] in ("knows", "saw", "lie", "cases"):
                label = question["query"].get("concept", question["ability"])
                answers[f"{label}, order {question['order']}", masked(question["answer"][0], episode)] += 1
    for family in [*sorted({name for name, _, _ in truth}), "all"]:
        print(family)
        for order in (1, 2, 3, 4, "all"):
            counts = {
                condition: sum(
                    count
                    for (name, k, found), count in truth.items()
                    if family in (name, "all") and order in (k, "all") and found == condition
                )
                for condition in ("false", "true", "unsettled")
            }
            total = sum(counts.values()) or 1
            shares = ", ".join(f"{condition} {count / total:.3f}" for condition, count in counts.items())
            print(f"  order {order}: {total} items, {shares}")
        mine = sum(count for (name, differs), count in own.items() if family in (name, "all") and differs)
        every = sum(count for (name, _), count in own.items() if family in (name, "all"))
        print(f"  order 2 and up: answer differs from the truth and from one order lower: {mine / (every or 1):.3f}")
    for size in sorted({size for size, _ in positions}):
        shares = [positions[size, place] for place in range(size)]
        print(f"{size} options, position of the answer: {', '.join(f'{count / sum(shares):.3f}' for count in shares)}")
    for ability in sorted({name for name, _ in answers}):
        counts = {text: count for (name, text), count in answers.items() if name == ability}
        print(
            f"{ability}: " + ", ".join(f"{text} {count / sum(counts.values()):.3f}" for text, count in counts.items())
        )


if __name__ == "__main__":
    main()
