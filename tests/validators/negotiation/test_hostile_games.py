"""Commons and donor games changed by whoever means harm: no check raises, and what was changed does not pass."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.tests.validators.negotiation import test_commons, test_donor
from madata.tests.validators.negotiation.hand import Json, record
from madata.validators import schema, structure
from madata.validators.check import Finding
from madata.validators.negotiation import capabilities, outcome, protocol, replay, strategies, views

CHECKS = [module.CHECK for module in (replay, outcome, protocol, strategies, views, capabilities, structure)]
COMMONS = [
    {"kind": "stock", "round": 1},
    {"kind": "sustain", "round": 2},
    {"kind": "took", "chain": [], "about": "a1", "round": 0},
    {"kind": "took", "chain": ["a0", "a2"], "about": "a1", "round": 1},
    {"kind": "last", "agent": "a0"},
    {"kind": "switch", "agent": "a2"},
]
DONOR = [
    {"kind": "gave", "chain": [], "meeting": 3},
    {"kind": "gave", "chain": ["a1"], "meeting": 5},
    {"kind": "gave", "chain": ["a0", "a2"], "meeting": 5},
    {"kind": "had", "agent": "a0", "meeting": 6},
    {"kind": "would", "donor": "a0", "recipient": "a1"},
    {"kind": "switch", "agent": "a1"},
]
RECORDS = {
    "open commons": record(test_commons.OPEN_GAME, test_commons.OPEN, COMMONS),
    "hidden commons": record(
        test_commons.HIDDEN_GAME,
        test_commons.HIDDEN,
        [*COMMONS, {"kind": "kept", "proposal": 0}, {"kind": "bluff", "event": 6}],
        acts="private",
    ),
    "open donor": record(
        test_donor.OPEN_GAME,
        test_donor.OPEN,
        [*DONOR, {"kind": "stays", "generation": 0}, {"kind": "bluff", "event": 8}],
    ),
    "hidden donor": record(
        test_donor.HIDDEN_GAME, test_donor.HIDDEN, [*DONOR, {"kind": "bluff", "event": 14}], acts="private"
    ),
}
FIGURES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20, 99, 200, 1000, 10_000, 100_000]
IDS = ["a0", "a1", "a2", "a3", "a4", "a5", "a9", "i0"]


def findings(episode: Json) -> list[Finding]:
    return [finding for check in CHECKS if check.judge is not None for finding in check.judge(episode)]


@pytest.mark.parametrize("name", RECORDS)
def test_sound_records(name: str) -> None:
    assert schema.fast().is_valid(RECORDS[name])
    assert findings(RECORDS[name]) == []


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every entry of every list and object: where it stands, and under which key or index."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield value, key
            yield from places(value[key])


def mutate(data: st.DataObject, episode: Json) -> None:
    part = data.draw(
        st.sampled_from(["world", "game", "events", "questions", "outcome", "turns", "agents", "conventions"])
    )
    value = episode["world"][part] if part in ("game", "events") else episode[part]
    within = [*places(value)]
    if not within:
        return
    holder, key = data.draw(st.sampled_from(within))
    found = holder[key]
    if isinstance(holder, list) and data.draw(st.booleans()):
        match data.draw(st.sampled_from(["delete", "duplicate", "swap", "reverse"])):
            case "delete":
                del holder[key]
            case "duplicate":
                holder.insert(key, deepcopy(found))
            case "swap":
                other = data.draw(st.integers(0, len(holder) - 1))
                holder[key], holder[other] = holder[other], holder[key]
            case _:
                holder.reverse()
    elif isinstance(found, bool):
        holder[key] = not found
    elif isinstance(found, int):
        holder[key] = data.draw(st.one_of(st.sampled_from(FIGURES), st.just(found + 1), st.just(found - 1)))
    elif isinstance(found, str):
        holder[key] = data.draw(st.sampled_from([*IDS, *WORDS]))
    else:
        holder[key] = data.draw(st.sampled_from([None, deepcopy(found), "a0", []]))


WORDS = sorted(
    {
        holder[key]
        for episode in RECORDS.values()
        for holder, key in places([episode["world"], episode["conventions"], episode["questions"]])
        if isinstance(holder[key], str)
    }
    | {"doubted", "private", "public", "threaten", "withdraw", "priority", "commons", "donor", "undetermined"}
)


@pytest.mark.parametrize("name", RECORDS)
@given(data=st.data())
def test_no_check_raises(name: str, data: st.DataObject) -> None:
    episode = deepcopy(RECORDS[name])
    for _ in range(data.draw(st.integers(1, 4))):
        mutate(data, episode)
    if schema.fast().is_valid(episode):
        for finding in findings(episode):
            assert finding.where and finding.expected != finding.found
