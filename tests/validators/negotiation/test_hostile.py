"""Records that scripted parties played out are sound; tampered with at random they give findings, never a traceback."""

from copy import deepcopy
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.tests.validators.negotiation.bargains import Json, played
from madata.tests.validators.negotiation.books import books
from madata.validators.check import Finding
from madata.validators.negotiation import capabilities, outcome, protocol, replay, strategies, views
from madata.validators.schema import CHECK as SCHEMA

CHECKS = [module.CHECK for module in (replay, outcome, protocol, strategies, views, capabilities)]
INTEGERS = (-100_000, -1, 0, 1, 2, 3, 5, 7, 20, 100, 10_000, 100_000)
WORDS = ("a0", "a1", "a7", "i0", "i1", "i9", "reader", "yes", "undetermined", "propose", "accept-proposal", "withdraw")


def judge(record: Json) -> list[Finding]:
    found: list[Finding] = []
    for check in CHECKS:
        assert check.judge is not None
        found += check.judge(record)
    return found


def parts(value: Any) -> list[tuple[Any, Any]]:
    """Every place in a JSON value: what holds it, and its key there."""
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *parts(value[key]))]


def tamper(record: Json, random: Random) -> None:
    holder, key = random.choice(parts({each: record[each] for each in ("world", "questions", "turns", "outcome")}))
    part = holder[key]
    if isinstance(holder, list) and random.random() < 0.3:
        random.choice((holder.pop, lambda place: holder.insert(place, deepcopy(part)), holder.append))(key)
        return
    match part:
        case bool():
            holder[key] = not part
        case int():
            holder[key] = random.choice([*INTEGERS, float(part)])
        case str():
            same = [holder[key] for holder, key in parts(record["world"]) if isinstance(holder[key], str)]
            holder[key] = random.choice([*WORDS, *same])
        case list():
            random.shuffle(part)
        case _:
            holder[key] = random.choice((None, 0, [], part))


@pytest.mark.parametrize("seed", range(80))
def test_games_played_out_are_sound(seed: int) -> None:
    record = played(seed)
    assert SCHEMA.judge is not None
    assert list(SCHEMA.judge(record)) == []
    assert judge(record) == []


@given(st.integers(0, 40), st.integers(0, 10**9), st.integers(1, 4))
def test_tampered(seed: int, tampering: int, times: int) -> None:
    random = Random(tampering)
    record = played(seed) if seed else books()
    for _ in range(times):
        tamper(record, random)
    assert SCHEMA.judge is not None
    if not list(SCHEMA.judge(record)):
        assert all(isinstance(finding, Finding) and finding.where for finding in judge(record))


@given(st.integers(0, 40), st.randoms(use_true_random=False))
def test_no_label_can_be_changed_unnoticed(seed: int, random: Random) -> None:
    record = played(seed)
    place = random.choice([(record["outcome"], key) for key in record["outcome"] if key != "kind"])
    if record["questions"] and random.random() < 0.6:
        place = random.choice(record["questions"]), random.choice(("answer", "evidence", "order", "view"))
    holder, key = place
    before = deepcopy(holder[key])
    holder[key] = random.choice([None, 1, ["a1"], [0, 1], "a1", True, 0.5])
    assert bool(judge(record)) == (holder[key] != before)
