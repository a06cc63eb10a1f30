"""Words of models in negotiations: what says an act passes, what does not is found, whoever tampers with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from voices import CASES, NAMES, Case

from madata.validators.negotiation import privacy, wording
from madata.validators.negotiation.spoken import Line, Scene

Json = dict[str, Any]


def agents(count: int) -> list[Json]:
    return [{"id": f"a{number}", "name": name} for number, name in enumerate(NAMES[:count])]


def party(agent: Json, issues: list[Json]) -> Json:
    worth = [7 if issue["kind"] == "split" else [17 for _ in issue["options"]] for issue in issues]
    return {"agent": agent["id"], "worth": worth, "reservation": 19, "deadline": 23}


def even(issues: list[Json], count: int) -> list[Any]:
    """Anna gets one of everything of which there are two, and what is left goes to Ben."""
    shares = (
        [int(issue.get("units", 0) > 1), issue.get("units", 0) - int(issue.get("units", 0) > 1)] for issue in issues
    )
    return [
        [*share, *[0] * (count - 2)] if issue["kind"] == "split" else 0
        for issue, share in zip(issues, shares, strict=True)
    ]


def game_of(case: Case, cast: list[Json]) -> Json:
    if isinstance(case[2], list):
        return {"kind": "bargain", "issues": case[2], "parties": [party(agent, case[2]) for agent in cast]}
    return {**case[2], "parties": [{"agent": agent["id"]} for agent in cast]}


def line(case: Case, text: str) -> Line:
    """Anna speaks after each of the others has made a proposal."""
    count, act = case[1], case[3]
    cast = agents(count)
    game = game_of(case, cast)
    everybody = [agent["id"] for agent in cast]
    events: list[Json] = []
    for number, agent in enumerate(everybody[1:] if game["kind"] == "bargain" else []):
        to = [each for each in everybody if each != agent]
        deal = even(game["issues"], count)
        events.append({"kind": "propose", "agent": agent, "time": number, "delay": 0, "to": to, "deal": deal})
    event = {"agent": "a0", "time": count, "delay": 0, "to": everybody[1:], **act} if act else None
    scene = Scene(cast, {"game": game, "events": [*events, *([event] if event else [])]}, {})
    for number, each in enumerate(events):
        scene.hear({"event": number, "text": "", "audience": everybody, "speaker": each["agent"], "act": {}}, each)
    turn = {
        "index": 9,
        "speaker": "a0",
        "event": len(events) if event else None,
        "act": {} if event else None,
        "audience": ["a0", *event["to"]] if event else everybody,
        "text": text,
    }
    return scene.line(turn, event)


def cases(part: int) -> Iterator[Any]:
    for case in CASES:
        for text in case[part]:  # type: ignore[attr-defined]
            yield pytest.param(case, text, id=f"{case[0]}: {text}")


def found(case: Case, text: str) -> list[Any]:
    said = line(case, text)
    return [*wording.faults(said), *privacy.faults(said)]


@pytest.mark.parametrize(("case", "text"), cases(4))
def test_words_that_say_the_act(case: Case, text: str) -> None:
    assert not found(case, text)


@pytest.mark.parametrize(("case", "text"), cases(5))
def test_words_that_do_not(case: Case, text: str) -> None:
    assert found(case, text)


def test_there_are_enough() -> None:
    assert sum(len(case[4]) for case in CASES) >= 150
    assert sum(len(case[5]) for case in CASES) >= 150
