"""Records of graph and hints that somebody has changed: each check gives findings, and none falls over."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from pydantic import ValidationError

from madata.schemas.tasks import read_episode
from madata.tests.validators.coordination import test_graph, test_hints
from madata.tests.validators.coordination.records import episode
from madata.validators.coordination import capabilities, outcome, protocol, replay, strategies, views

Json = dict[str, Any]
Path = tuple[str | int, ...]
CHECKS = [check.CHECK for check in (capabilities, outcome, protocol, replay, strategies, views)]


def graph() -> Json:
    queries = [
        {"kind": "clash", "time": 1, "agents": ["a0", "a1", "a2"]},
        {"kind": "best", "plans": [], "agent": "a1", "time": 1, "actions": [0, 1]},
        {"kind": "knows", "agent": "a1", "time": 1, "facts": ["f0", "f1", "f2"]},
        {"kind": "aware", "agent": "a1", "other": "a0", "fact": "f1", "time": 1},
        {"kind": "lost", "event": 5},
        {"kind": "optimum"},
        {"kind": "milestone", "name": "nobody clashes"},
    ]
    return episode(test_graph.recorded(test_graph.PLAYED["colouring"][0]), queries, speech="concurrent")


def hints() -> Json:
    queries = [
        {"kind": "knows", "agent": "a1", "time": 1, "facts": ["f2", "f3"]},
        {"kind": "could", "agent": "a1", "fact": "f3", "time": 3, "values": [0, 1, 2, 3]},
        {"kind": "can", "agent": "a0", "time": 0, "actions": [0, 4, 8]},
        {"kind": "best", "plans": [], "agent": "a0", "time": 0, "actions": [0, 2]},
        {"kind": "milestone", "name": "score 2"},
        {"kind": "possible"},
    ]
    return episode(test_hints.world(test_hints.DECK, acts=test_hints.PLAYED["team"][0]), queries)


EPISODES = {"graph": graph, "hints": hints}


def findings(of: Json) -> list[str]:
    return [str(finding) for check in CHECKS if check.judge for finding in check.judge(of)]


def leaves(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(part, (*path, key))
        if isinstance(value, list):
            yield path
    else:
        yield path


def others(value: Any) -> list[Any]:
    match value:
        case bool():
            return [not value]
        case int():
            return [value + 1, value - 1, 900]
        case str():
            return ["a0", "a1", "f1", "f99", "team", "silent", "x"]
        case list():
            return [[], value[:-1], value + value[:1], value[::-1]]
        case _:
            return [0, 1, "team", {"time": 1, "behaviour": "silent"}]


def changed(of: Json) -> Iterator[tuple[Path, Json]]:
    """Each change of a part of world or query that the schema accepts."""
    for part in ("world", "questions", "conventions"):
        for *way, last in leaves(of[part], (part,)):
            if "text" in (*way, last) or "names" in way:
                continue
            copy = deepcopy(of)
            holder: Any = copy
            for key in way:
                holder = holder[key]
            kept = holder[last]
            for other in others(kept):
                if other != kept:
                    holder[last] = other
                    yield (*way, last), copy
            holder[last] = kept


@pytest.mark.parametrize("game", EPISODES)
def test_whole_episodes_are_clean(game: str) -> None:
    read_episode(EPISODES[game]())
    assert findings(EPISODES[game]()) == []


@pytest.mark.parametrize("game", EPISODES)
def test_no_change_makes_a_check_fall_over(game: str) -> None:
    judged = found = 0
    for _, copy in changed(EPISODES[game]()):
        try:
            read_episode(copy)
        except ValidationError:
            continue
        judged += 1
        found += bool(findings(deepcopy(copy)))
    assert judged > 200 and found > 0.8 * judged
