"""What teams are asked is balanced: every kind is asked, no option stands twice, no position and no answer is right too
often, and what is asked says nothing of what is right."""

import random
from collections import Counter
from collections.abc import Iterator

import pytest

from madata.generators.coordination import asker
from madata.generators.cues import Cues
from madata.generators.family import Asked, Rejected
from madata.generators.make import families
from madata.schemas.coordination.language import IMPOSSIBLE, NEVER
from madata.schemas.words import NO, YES

TEAMS = 60
"""Of each family."""
CHI_SQUARE = {2: 10.8, 3: 13.8, 4: 16.3, 5: 18.5}
"""What evenly spread positions exceed once in a thousand times, by the number of options."""


def sessions(name: str) -> Iterator[tuple[random.Random, asker.Session]]:
    """As many as are asked for, played, by the knobs' own ranges."""
    family, number, found = families("coordination")[name], 0, 0
    while found < TEAMS:
        rng = random.Random(f"asked/{name}/{number}")
        number += 1
        knobs = {knob: rng.randint(each.low, each.high) for knob, each in sorted(family.knobs.items())}
        if family.conflict(knobs) is None:
            try:
                session = family.build(rng, knobs).session
            except Rejected:
                continue
            found += 1
            yield rng, session.run()


@pytest.fixture(scope="module")
def asked() -> dict[str, list[list[Asked]]]:
    """Of each family the questions of each team."""
    return {
        name: [asker.ask(session, Cues([]), rng) for rng, session in sessions(name)]
        for name in families("coordination")
    }


@pytest.fixture(scope="module")
def questions(asked: dict[str, list[list[Asked]]]) -> list[Asked]:
    return [question for teams in asked.values() for team in teams for question in team]


def test_every_kind_is_asked(asked: dict[str, list[list[Asked]]], questions: list[Asked]) -> None:
    kinds = Counter(question.query.kind for question in questions)
    assert set(kinds) == set(asker.ABILITIES)
    assert min(kinds.values()) >= 5
    assert len(questions) > 0.95 * asker.QUESTIONS * TEAMS * len(asked)
    for teams in asked.values():
        assert {asker.ABILITIES[question.query.kind] for team in teams for question in team} >= {
            "environment",
            "theory_of_mind",
            "joint_planning",
        }


def test_none_is_asked_twice(asked: dict[str, list[list[Asked]]]) -> None:
    for teams in asked.values():
        for team in teams:
            assert len({repr(question.query) for question in team}) == len(team)
            kinds = Counter(question.query.kind for question in team)
            assert all(count == 1 or (count == 2 and kind in asker.TWICE) for kind, count in kinds.items())


def test_options(questions: list[Asked]) -> None:
    for question in questions:
        assert len(set(question.options)) == len(question.options) >= 2
        assert question.answer == [option for option in question.options if option in question.answer]
        assert 0 < len(question.answer) < len(question.options)


def test_positions_are_even(questions: list[Asked]) -> None:
    """Where the order is drawn; it is fixed for yes and no, and for what comes of a loss."""
    places: dict[int, Counter[int]] = {}
    for question in questions:
        size = len(question.options)
        places.setdefault(size, Counter()).update(question.options.index(answer) for answer in question.answer)
    assert set(places) == set(CHI_SQUARE)
    for size, counts in places.items():
        even = counts.total() / size
        assert sum((counts[place] - even) ** 2 / even for place in range(size)) < CHI_SQUARE[size], (size, counts)


@pytest.mark.parametrize("kind", ["possible", "aware"])
def test_yes_and_no(questions: list[Asked], kind: str) -> None:
    answers = Counter(question.answer[0] for question in questions if question.query.kind == kind)
    assert set(answers) == {YES, NO}
    assert max(answers.values()) <= 0.6 * answers.total(), answers


def test_what_comes_of_a_loss(questions: list[Asked]) -> None:
    """Most messages make no difference, so that this is right most often."""
    answers = Counter(question.answer[0] for question in questions if question.query.kind == "lost")
    assert len(answers) == 4
    assert max(answers.values()) <= 0.75 * answers.total(), answers


def test_no_answer_shows_by_being_there(questions: list[Asked]) -> None:
    """An option that is always the same in words is as often wrong as right, or more often."""
    for kinds, words in (
        (("optimum",), IMPOSSIBLE),
        (("milestone",), NEVER),
        (("fits", "intends", "best"), IMPOSSIBLE),
    ):
        offered = [question for question in questions if question.query.kind in kinds and words in question.options]
        right = sum(words in question.answer for question in offered)
        assert 0 < right <= 0.6 * len(offered), (kinds, right, len(offered))


def test_the_number_of_options_tells_nothing_of_a_milestone(questions: list[Asked]) -> None:
    never = Counter(
        (len(question.options), question.answer == [NEVER])
        for question in questions
        if question.query.kind == "milestone"
    )
    assert {size for size, _ in never} == {asker.OPTIONS}
    assert never[asker.OPTIONS, True] > 0 and never[asker.OPTIONS, False] > 0


def test_the_same_again() -> None:
    def twice() -> list[list[Asked]]:
        return [
            asker.ask(session, Cues([]), rng) for (rng, session), _ in zip(sessions("schedule"), range(5), strict=False)
        ]

    assert twice() == twice()
