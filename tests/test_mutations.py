"""A bug planted in either of the two belief engines is seen by the other (and none is seen where none is planted)."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from agreement import disagreements
from random_stories import random_queries, random_stage

from madata.generators.tom import beliefs
from madata.generators.tom.stage import Stage
from madata.validators.tom import model_checker
from madata.validators.tom import stage as checker_stage
from madata.validators.tom.stage import StoryError

STORIES = 1500

_looks, _starts, _hear = beliefs._notice_look, beliefs.Beliefs._start, beliefs._hear
_seeing, _looking, _telling = model_checker.seeing, model_checker.looking, model_checker.telling
_learn, _leave = model_checker.Product.learn, checker_stage.leave


def _everybody_in(stage: Stage, place: str | None) -> list[str]:
    return [a for a in stage.ids if stage.place[a] == place] if place else []


def _start_blank(tracker: beliefs.Beliefs, variable: str, chain: beliefs.Chain) -> str:
    return tracker.stage.variables[variable].presumed or beliefs.OPEN


def _start_unpresumed(tracker: beliefs.Beliefs, variable: str, chain: beliefs.Chain) -> str:
    return beliefs.OPEN if tracker.stage.variables[variable].presumed else _starts(tracker, variable, chain)


def _at_first_blank(variable: Any, agent: str, value: str) -> tuple[str, ...]:
    return (variable.presumed,) if variable.presumed else (*variable.values, *model_checker.ELSEWHERE)


def _hear_oneself(lesson: Any, chain: beliefs.Chain, held: str, neutral: bool) -> str | None:
    return lesson.seen or held if chain == (lesson.teller,) else _hear(lesson, chain, held, neutral)


TRACKER: dict[str, tuple[Any, str, Any]] = {
    "secret observers see nothing": (beliefs, "_reaches", lambda lesson, chain: lesson.group.issuperset(chain)),
    "one observer is enough": (beliefs, "_reaches", lambda lesson, chain: bool(lesson.group.intersection(chain))),
    "the last agent is enough": (beliefs, "_reaches", lambda lesson, chain: chain[-1] in lesson.group),
    "absence teaches nothing": (beliefs, "_without", lambda held, absent: held),
    "absence unsettles everything": (beliefs, "_without", lambda held, absent: beliefs.OPEN if absent else held),
    "looks are not noticed": (beliefs, "_notice_look", lambda lesson, chain, held, prefix: None),
    "the looker is read as the truth": (beliefs, "_notice_look", lambda le, c, h, p: _looks(le, c[-1:], h, p)),
    "speakers persuade themselves": (beliefs, "_hear", _hear_oneself),
    "sincerity is always taken for granted": (beliefs.Beliefs, "_neutral", False),
    "nobody knows anything at the start": (beliefs.Beliefs, "_start", _start_blank),
    "labels are not believed": (beliefs.Beliefs, "_start", _start_unpresumed),
    "everybody is trusted": (Stage, "trusts", lambda stage, hearer, speaker: True),
    "the distracted see everything": (Stage, "attentive", _everybody_in),
    "watchers see nothing": (Stage, "watchers", lambda stage, place: []),
    "rooms show nothing": (Stage, "_learn_room", lambda stage, place, group, secret: None),
}

CHECKER: dict[str, tuple[Any, str, Any]] = {
    "secret observers see nothing": (
        model_checker,
        "seeing",
        lambda learnt, mutual, secret: _seeing(learnt, mutual, []),
    ),
    "secret observers are seen": (
        model_checker,
        "seeing",
        lambda learnt, mutual, secret: _seeing(learnt, [*mutual, *secret], []),
    ),
    "looks are not noticed": (model_checker, "looking", lambda looker, mutual, find: _looking(looker, [looker], find)),
    "looks show all who notice": (
        model_checker,
        "inspection",
        lambda variable, container: None,
    ),
    "sincerity is always taken for granted": (
        model_checker,
        "telling",
        lambda le, s, h, t, sincere: _telling(le, s, h, t, True),
    ),
    "everybody is trusted": (model_checker, "trusts", lambda setting, now, hearer, speaker: True),
    "those who left earlier are trusted": (
        model_checker,
        "TRUST",
        model_checker.TRUST
        | {"later_exit": lambda now, hearer, speaker: model_checker.left_later(now, speaker, hearer)},
    ),
    "nobody knows anything at the start": (
        model_checker,
        "at_first",
        _at_first_blank,
    ),
    "absence teaches nothing": (
        model_checker.Product,
        "learn",
        lambda product, depth, worlds, point: worlds if point.absent else _learn(product, depth, worlds, point),
    ),
    "rooms show nothing": (model_checker, "in_open_view", lambda setting, now, place: iter(())),
    "the distracted see everything": (
        checker_stage.Moment,
        "attentive",
        lambda now, place: [agent for agent, room in now.room.items() if room == place],
    ),
    "watchers see nothing": (checker_stage.Moment, "watchers", lambda now, place: []),
    "leaving does not end a distraction": (
        checker_stage,
        "RULES",
        checker_stage.RULES
        | {"leave": lambda s, now, e: (lambda r: (r[0]._replace(distracted=now.distracted), r[1]))(_leave(s, now, e))},
    ),
    "one possible world is enough": (
        model_checker,
        "settled",
        lambda worlds: min((value for value, _ in worlds if value not in model_checker.ELSEWHERE), default=None),
    ),
}


def caught() -> bool:
    """Whether any of a fixed set of random stories shows a disagreement (or a story one side takes to be
    impossible)."""
    for seed in range(STORIES):
        rng = random.Random(f"mutation/{seed}")
        stage = random_stage(rng, rng.randint(2, 5), rng.randint(5, 25))
        try:
            if disagreements(stage, random_queries(rng, stage, 12)):
                return True
        except StoryError:
            return True
    return False


def test_nothing_is_caught_where_nothing_is_planted() -> None:
    assert not caught()


@pytest.mark.parametrize("mutant", TRACKER.values(), ids=TRACKER.keys())
def test_bugs_in_the_tracker(mutant: tuple[Any, str, Callable[..., Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*mutant)
    assert caught()


@pytest.mark.parametrize("mutant", CHECKER.values(), ids=CHECKER.keys())
def test_bugs_in_the_model_checker(
    mutant: tuple[Any, str, Callable[..., Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*mutant)
    assert caught()
