"""Numbers become features; lists of several excerpts become one; a facet weighs what another weighs."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from samples import episode

from madata.validators.corpus.document import Document, Item, of_episode
from madata.validators.curation.coverage import drawn
from madata.validators.curation.difficulty import by_record, levels
from madata.validators.curation.distinct import firsts
from madata.validators.curation.features import Aspect, profile
from madata.validators.curation.table import Excerpt, Feature, Lists, classed, merged, ranks, table


def excerpt(*documents: Document) -> Excerpt:
    made = Excerpt()
    for each in documents:
        made.append(each)
    return made


def test_excerpts_put_together_are_as_if_read_at_once() -> None:
    documents = [of_episode(episode(number)) for number in range(6)]
    whole = excerpt(*documents[:2])
    whole.extend(excerpt(*documents[2:]))
    assert whole == excerpt(*documents)


def test_ranks() -> None:
    columns = np.array([1, 0, 1, 1, 0, 1], dtype=np.int32)
    ranked = ranks(columns, np.array([5.0, 1.0, 3.0, 5.0, 1.0, 9.0]))
    assert ranked.distinct.tolist() == [1, 3]
    assert ranked.place.tolist() == [1, 0, 0, 1, 0, 2]
    assert ranked.quantile.tolist() == [0.5, 0.5, 0.125, 0.5, 0.5, 0.875]


def test_few_values_are_themselves_and_many_are_fifths() -> None:
    few, many = Aspect("tom", "structure", "rooms", "x"), Aspect("tom", "outcome", "points", "x")
    numbers = Lists()
    for number in range(20):
        numbers.append([few, many], [number % 2, number])
    codes, labels = classed(numbers)
    assert sorted(labels) == sorted(
        [Feature(few, "0"), Feature(few, "1"), *(Feature(many, f"fifth {place}") for place in range(1, 6))]
    )
    assert Counter(labels[code].value for code in codes) == {"0": 10, "1": 10} | {
        f"fifth {place}": 4 for place in range(1, 6)
    }
    assert labels[codes[-1]] == Feature(many, "fifth 5")


def test_no_numbers_at_all() -> None:
    codes, labels = classed(Lists())
    assert (codes.tolist(), labels) == ([], [])


def test_lists_merge_row_by_row() -> None:
    lengths = [np.array(own, dtype=np.int32) for own in ([2, 0, 1], [1, 1, 0])]
    starts, codes = merged(lengths, [np.array(own, dtype=np.int32) for own in ([1, 2, 3], [8, 9])])
    assert [codes[start:end].tolist() for start, end in pairwise(starts)] == [[1, 2, 8], [9], [3]]


def test_facets_of_a_scope_weigh_the_same() -> None:
    whole = excerpt(*(of_episode(episode(number)) for number in range(4)))
    made = table(whole, by_record(whole))
    weighed: Counter[str] = Counter()
    for feature, count, weight in zip(made.features, made.counted(), made.weights(), strict=True):
        weighed[feature.aspect.facet] += int(count * weight)
    assert weighed.keys() == {"structure", "ability", "difficulty"}  # this story comes to no outcome
    assert max(weighed.values()) / min(weighed.values()) == pytest.approx(1, rel=1e-3)
    left = dict(zip(made.features, made.weights(without="difficulty").tolist(), strict=True))
    assert {weight for feature, weight in left.items() if feature.aspect.facet == "difficulty"} == {0}
    assert all(weight for feature, weight in left.items() if feature.aspect.facet != "difficulty")


def test_what_is_longer_and_deeper_is_harder() -> None:
    easy, hard = episode(0), episode(1)
    hard["turns"].append(hard["turns"][-1])
    hard["questions"][0]["order"] = 3
    whole = excerpt(of_episode(easy), of_episode(hard))
    difficulty = by_record(whole)
    assert difficulty[0] < difficulty[1]
    assert levels(np.array([0.0, 0.55, 1.0])).tolist() == [1, 6, 10]


def test_an_episode_that_is_asked_nothing() -> None:
    silent = episode(0)
    silent["questions"] = []
    whole = excerpt(of_episode(silent), of_episode(episode(1)))
    assert (
        len(table(whole, by_record(whole)).codes) == len(np.concatenate([whole.values.codes, whole.numbers.codes])) + 2
    )


def test_rows_of_a_file_are_known_by_their_words_and_questions() -> None:
    item = Item("q0", "Is it so?", ("yes", "no"), ("yes",), {})
    first = Document("1", "a.jsonl", ("One two three.",), (item,))
    other = Document("2", "b.jsonl", ("One two three.",))
    made = table(whole := excerpt(first, other), by_record(whole))
    assert {(feature.aspect.scope, feature.aspect.name) for feature in made.features} == {
        *((scope, name) for scope in ("a.jsonl", "b.jsonl") for name in ("words", "difficulty")),
        ("a.jsonl", "question"),
    }
    assert firsts(whole.structures, whole.words).tolist() == [True, False]


def test_the_first_of_a_structure_and_of_the_same_words_is_kept() -> None:
    assert firsts([1, 1, 2, 3], [5, 6, 6, 5]).tolist() == [True, False, True, False]


def test_what_a_draw_shows() -> None:
    assert drawn(1, 10, 3) == pytest.approx(0.3)
    assert drawn(2, 4, 2) == pytest.approx(5 / 6)
    assert drawn(8, 10, 3) == 1


def test_an_answer_in_free_words_is_no_feature() -> None:
    items = (Item("q0", "Why?", (), ("because",), {}), Item("q1", "So?", ("no", "yes"), ("no",), {}))
    found = [
        value for aspect, value in profile(Document("1", "a", ("One.",), items)).values if aspect.name == "question"
    ]
    assert found == ["evidence 0 open", "evidence 0 no"]
