"""CaSiNo: the published files import whole and agree with their scores; a hostile one fails with one line."""

import json
import os
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from madata.generators.importers import ImportFailed, casino
from madata.schemas import episode_id, read_episode, structure
from madata.validators.negotiation import scores
from madata.validators.runner import checks

BENCHMARKS = Path(os.environ.get("MADATA_BENCHMARKS", Path(__file__).parents[2] / "../shared/benchmarks"))
FILES = [BENCHMARKS / "casino" / f"casino_{part}.json" for part in ("train", "valid")]

A, B = "mturk_agent_1", "mturk_agent_2"


def participant(high: str, medium: str, low: str, points: int) -> dict[str, Any]:
    return {
        "value2issue": {"Medium": medium, "High": high, "Low": low},
        "value2reason": {"High": "It gets cold.", "Medium": "We are many.", "Low": "There is a lake."},
        "outcomes": {"points_scored": points, "satisfaction": "Slightly satisfied", "opponent_likeness": "Undecided"},
        "demographics": {"age": 36},
    }


def said(who: str, text: str, **task_data: Any) -> dict[str, Any]:
    return {"text": text, "task_data": task_data, "id": who}


def submit(who: str, food: int, water: int, firewood: int) -> dict[str, Any]:
    mine = {"Food": food, "Water": water, "Firewood": firewood}
    return said(
        who,
        "Submit-Deal",
        issue2youget={item: str(count) for item, count in mine.items()},
        issue2theyget={item: str(3 - count) for item, count in mine.items()},
    )


ROW: dict[str, Any] = {
    "dialogue_id": 7,
    "participant_info": {
        B: participant("Water", "Firewood", "Food", 19),
        A: participant("Firewood", "Food", "Water", 22),
    },
    "chat_logs": [
        said(B, "Hi! Could I have all the water? 🙂"),
        said(B, "And 2 firewood."),
        submit(A, 0, 3, 0),
        said(B, "Reject-Deal"),
        submit(B, 0, 3, 1),
        said(A, "Accept-Deal", data="accept_deal"),
    ],
    "annotations": [],
}


def imported(path: Path, *rows: Any) -> list[dict[str, Any]]:
    path.write_text(json.dumps(rows))
    return list(casino.read([path]))


def findings(episode: dict[str, Any]) -> Iterator[Any]:
    """What all checks on one episode find."""
    for check in checks().values():
        if check.judge and episode["task"] in (check.tasks or [episode["task"]]):
            yield from check.judge(episode)


def test_row(tmp_path: Path) -> None:
    [episode] = imported(tmp_path / "rows.json", ROW)
    game, events, turns = episode["world"]["game"], episode["world"]["events"], episode["turns"]
    assert [party["worth"] for party in game["parties"]] == [[4, 3, 5], [3, 5, 4]]
    assert [(event["kind"], event["agent"], event["time"]) for event in events] == [
        ("propose", "a0", 2),
        ("reject-proposal", "a1", 3),
        ("propose", "a1", 4),
        ("accept-proposal", "a0", 5),
    ]
    assert events[2]["deal"] == [[3, 0], [0, 3], [2, 1]]
    assert [(turn["event"], turn["text"]) for turn in turns[3:]] == [
        (None, "Hi! Could I have all the water? 🙂"),
        (None, "And 2 firewood."),
        (0, "Submit-Deal: I get 0 food, 3 water and 0 firewood; you get 3 food, 0 water and 3 firewood."),
        (1, "Reject-Deal"),
        (2, "Submit-Deal: I get 0 food, 3 water and 1 firewood; you get 3 food, 0 water and 2 firewood."),
        (3, "Accept-Deal"),
    ]
    assert [turn["audience"] for turn in turns[:4]] == [["a0", "a1"], ["a0"], ["a1"], ["a0", "a1"]]
    assert "Firewood is worth 5 points" in turns[1]["text"] and "Water is worth 5 points" in turns[2]["text"]
    assert episode["outcome"]["points"] == {"a0": 22, "a1": 19}
    assert (episode["outcome"]["proposal"], episode["outcome"]["pareto"]) == (2, True)
    answers = {question["id"]: (question["query"]["kind"], question["answer"]) for question in episode["questions"]}
    assert list(answers.values()) == [
        *[("points", ["9"]), ("points", ["21"]), ("rational", ["yes"]), ("rational", ["yes"]), ("pareto", ["no"])],
        *[("points", ["22"]), ("points", ["19"]), ("rational", ["yes"]), ("rational", ["yes"]), ("pareto", ["yes"])],
    ]
    assert all(set(question["answer"]) < set(question["options"]) for question in episode["questions"])
    assert "demographics" not in episode["provenance"]["source"]["text"]
    assert list(findings(episode)) == []


def test_walked_away(tmp_path: Path) -> None:
    row = {**ROW, "chat_logs": [said(A, "All or nothing."), said(B, "Walk-Away")]}
    [episode] = imported(tmp_path / "rows.json", row)
    assert (episode["outcome"]["ended"], episode["outcome"]["points"]) == ("withdrawn", {"a0": 5, "a1": 5})
    [question] = episode["questions"]
    assert (question["query"], question["answer"]) == ({"kind": "zone"}, ["yes"])
    expected = [
        f"{episode['id']}, points_scored of {who}: expected derived 5, found recorded {points}"
        for who, points in ((A, 22), (B, 19))
    ]
    assert [str(finding).removeprefix("scores: ") for finding in scores.judge(episode)] == expected


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        (["provenance", "source", "text"], "{", "expected a JSON object"),
        (["provenance", "source", "text"], "[" * 100_000, "expected a JSON object"),
        (["provenance", "source", "text"], '{"participant_info": [3]}', "expected a JSON object"),
        (["provenance", "source", "text"], '{"participant_info": {"mturk_agent_1": 3}}', "expected a JSON object"),
        (["world", "game", "kind"], "donor", "expected a bargain of two"),
        (["world", "game", "parties"], [], "expected a bargain of two"),
        (["world", "game", "parties", 0, "worth"], [5, 4], "expected a bargain of two"),
        (["world", "game", "parties", 0, "worth", 1], [5, 4], "expected a bargain of two"),
        (["world", "events", 3, "proposal"], 1, "expected a bargain of two"),
        (["world", "events", 3, "proposal"], 99, "expected a bargain of two"),
        (["world", "events", 2, "deal"], [1, 2, 3], "expected a bargain of two"),
        (["world", "events", 2, "deal", 0], [3], "expected a bargain of two"),
        (
            ["world", "events", 2, "deal", 0],
            [2, 1],
            "points_scored of mturk_agent_1: expected derived 18, found recorded 22",
        ),
        (["world", "events", 3, "proposal"], 0, "expected derived 9, found recorded 22"),
        (["world", "game", "parties", 0, "worth", 2], 4, "expected derived 20, found recorded 22"),
    ],
)
def test_scores_of_a_tampered_record(tmp_path: Path, at: list[Any], value: Any, message: str) -> None:
    [episode] = imported(tmp_path / "rows.json", ROW)
    assert list(scores.judge(episode)) == []
    inner = episode
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    assert message in "; ".join(map(str, scores.judge(episode)))


def test_scores_judges_casino_only(tmp_path: Path) -> None:
    [episode] = imported(tmp_path / "rows.json", ROW)
    episode["provenance"]["source"] |= {"name": "Hi-ToM", "text": ""}
    assert list(scores.judge(episode)) == []
    episode["provenance"]["source"] = None
    assert list(scores.judge(episode)) == []


def with_deal(**task_data: Any) -> list[Any]:
    return [said(A, "Hello."), said(A, "Submit-Deal", **task_data)]


HALVES = {"Food": "1", "Water": "1", "Firewood": "1"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"dialogue_id": "7"}, "row 2: dialogue_id"),
        ({"dialogue_id": 7}, "dialogue 7 occurs twice"),
        ({"chat_logs": []}, "two participants should have written something"),
        ({"chat_logs": [said("mturk_agent_3", "Hello.")]}, "chat_logs.0.id"),
        ({"chat_logs": [said(A, "")]}, "String should have at least 1"),
        ({"chat_logs": [said(A, "x" * 5000)]}, "String should have at most 4000"),
        ({"participant_info": {A: ROW["participant_info"][A]}}, "two participants"),
        ({"participant_info": {A: {}, B: {}}}, "value2issue: Field required"),
        ({"chat_logs": [said(A, "Accept-Deal")]}, "utterance 0: Accept-Deal before any Submit-Deal"),
        ({"chat_logs": [submit(A, 3, 0, 0), said(A, "Accept-Deal")]}, "dialogue 8, utterance 1"),
        ({"chat_logs": [*ROW["chat_logs"], said(A, "Walk-Away")]}, "dialogue 8, utterance 6"),
        ({"chat_logs": with_deal()}, "utterance 1: issue2youget: Field required"),
        ({"chat_logs": with_deal(issue2youget=HALVES, issue2theyget=HALVES)}, "packages of Food should add up to 3"),
        ({"chat_logs": with_deal(issue2youget={}, issue2theyget={})}, "packages of Food should add up to 3"),
        ({"chat_logs": with_deal(issue2youget={"Food": "-1"}, issue2theyget={})}, "should match pattern"),
    ],
)
def test_bad_row(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    with pytest.raises(ImportFailed) as failed:
        imported(tmp_path / "rows.json", ROW, {**ROW, "dialogue_id": 8, **change})
    line = str(failed.value)
    assert message in line
    assert ";" in line and "\n" not in line


@pytest.mark.parametrize("value", [{"Medium": "Water"}, {"High": "Food", "Medium": "Food", "Low": "Water"}])
def test_bad_priorities(tmp_path: Path, value: dict[str, str]) -> None:
    row = deepcopy(ROW)
    row["participant_info"][A]["value2issue"] = value
    with pytest.raises(ImportFailed, match=r"row 1: participant_info.mturk_agent_1: .*an item of its own"):
        imported(tmp_path / "rows.json", row)


@pytest.mark.parametrize(
    ("text", "message"),
    [("[", "line 1: not JSON"), ("{}", "not a CaSiNo file"), ("[3]", "row 1"), ("[" * 100_000, "not JSON")],
)
def test_bad_file(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "rows.json"
    path.write_text(text)
    with pytest.raises(ImportFailed, match=message):
        list(casino.read([path]))


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="No such file"):
        list(casino.read([tmp_path / "rows.json"]))


@pytest.mark.skipif(
    not FILES[0].exists(), reason=f"the CaSiNo files are not at {FILES[0].parent} (set MADATA_BENCHMARKS)"
)
def test_published_files() -> None:
    """The figures of docs/casino.md; what a deal dominated by another loses is worked out here."""
    rows = [row for file in FILES for row in json.loads(file.read_bytes())]
    episodes = list(casino.read(FILES))
    assert len(episodes) == len({episode["id"] for episode in episodes}) == len(rows) == 930
    ended: Counter[str] = Counter()
    lost: Counter[int] = Counter()
    events: Counter[str] = Counter()
    for row, episode in zip(rows, episodes, strict=True):
        read_episode(episode)
        assert episode["id"] == episode_id(episode)
        parts = episode["world"], episode["conventions"], episode["agents"]
        assert episode["structure"] == structure("negotiation", *parts)
        for turn, utterance in zip(episode["turns"][3:], row["chat_logs"], strict=True):
            spelt = turn["text"].partition(": ")[0] if turn["event"] is not None else turn["text"]
            assert spelt == utterance["text"]
        assert list(findings(episode)) == []
        outcome = episode["outcome"]
        ended[outcome["ended"]] += 1
        events.update(event["kind"] for event in episode["world"]["events"])
        if outcome["deal"] is not None:
            points, gains = list(outcome["points"].values()), better(episode["world"]["game"], outcome)
            assert points == [row["participant_info"][who]["outcomes"]["points_scored"] for who in (A, B)]
            assert outcome["pareto"] == (not gains)
            lost[max(gains, default=0)] += 1
    assert ended == {"agreement": 906, "withdrawn": 24}
    assert events == {"propose": 1069, "accept-proposal": 906, "reject-proposal": 154, "withdraw": 24}
    assert lost == {0: 608, 1: 24, 2: 97, 3: 123, 4: 36, 5: 5, 6: 4, 7: 5, 8: 4}


def better(game: dict[str, Any], outcome: dict[str, Any]) -> list[int]:
    """By how many points in all each deal is better that takes none from either."""
    mine, yours = (party["worth"] for party in game["parties"])
    agreed = list(outcome["points"].values())
    gains = []
    for units in product(range(4), repeat=3):
        first = sum(worth * count for worth, count in zip(mine, units, strict=True))
        second = sum(worth * (3 - count) for worth, count in zip(yours, units, strict=True))
        if first >= agreed[0] and second >= agreed[1] and first + second > sum(agreed):
            gains.append(first + second - sum(agreed))
    return gains
