"""What a run asks is balanced: truth conditions, positions, yes and no; and no order is one in name only."""

from collections import Counter

import pytest
from benchmarks.questions import conditions

from madata.generators.make import episode, families

EPISODES = 500


@pytest.mark.parametrize("name", sorted(families("tom")))
def test_items_of_a_family(name: str) -> None:
    truth: Counter[str] = Counter()
    own: Counter[bool] = Counter()
    places: Counter[tuple[int, int]] = Counter()
    polar: Counter[str] = Counter()
    for slot in range(EPISODES):
        made = episode("tom", (name,), {}, 7, slot, 0)
        for _, order, condition, differs in conditions(made):
            truth[condition] += 1
            if order >= 2:
                own[differs] += 1
        for question in made["questions"]:
            (answer,) = question["answer"]
            places[len(question["options"]), question["options"].index(answer)] += 1
            if question["query"]["kind"] in ("knows", "saw"):
                polar[answer] += 1
    assert 0.8 < truth["false"] / truth["true"] < 1.25
    assert own[True] > 0.45 * own.total()
    assert 0.8 < polar["yes"] / polar["no"] < 1.25
    for size in {size for size, _ in places}:
        counts = [places[size, place] for place in range(size)]
        if sum(counts) > 200:
            assert max(counts) / sum(counts) < 1.3 / size


def test_questions_enough() -> None:
    names = tuple(sorted(families("tom")))
    assert sum(len(episode("tom", names, {}, 1, slot, 0)["questions"]) for slot in range(200)) >= 200 * 6
