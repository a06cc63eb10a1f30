"""DeliData: the published files import whole and agree with what they call right; a hostile one fails with one line."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from delidata import Group, files, rows

from madata.generators.importers import ImportFailed, delidata
from madata.schemas import episode_id, read_episode, structure
from madata.validators.coordination import scores
from madata.validators.runner import checks

BENCHMARKS = Path(os.environ.get("MADATA_BENCHMARKS", Path(__file__).parents[2] / "../shared/benchmarks"))
FILES = [
    BENCHMARKS / "delidata" / name for name in ("utterances.jsonl.gz", "speakers.json.gz", "conversations.json.gz")
]

TALK = Group(
    said=[("ann", "Hello 🙂"), ("bob", "A and 8?"), ("ann", "  "), ("ann", "I'd say A and 7."), ("cem", "ok")],
    answers={"ann": ("7A", True), "bob": ("A8", False), "cem": ("A7", True), "silent": ("K", False)},
)
CORPUS = rows([TALK, Group([("ann", "A and 7"), ("bob", "Yes")], {"ann": ("A7", True), "bob": ("7A", True)})])


def imported(folder: Path, corpus: dict[str, Any] = CORPUS) -> list[dict[str, Any]]:
    return list(delidata.read(files(folder, corpus)))


def findings(episode: dict[str, Any]) -> Iterator[Any]:
    """What all checks on one episode find."""
    for check in checks().values():
        if check.judge and check.concerns(episode["task"]):
            yield from check.judge(episode)


def test_group(tmp_path: Path) -> None:
    episode, other = imported(tmp_path)
    assert [agent["name"] for agent in episode["agents"]] == ["Member 1", "Member 2", "Member 3"]
    world = episode["world"]
    assert world["actions"] == ["turn 7 and A", "turn 8 and A", "turn 7 and 8"]
    assert [(event["agent"], event["action"]) for event in world["events"]] == [("a0", 0), ("a1", 1), ("a2", 0)]
    assert world["game"]["cards"] == ["7", "8", "A"]
    assert world["game"]["clock"] == [0, 0, 7, 21, 28, 28, 28, 28]
    assert [(turn["speaker"], turn["text"]) for turn in episode["turns"][1:]] == [
        ("a0", "Hello 🙂"),
        ("a1", "A and 8?"),
        ("a0", "I'd say A and 7."),
        ("a2", "ok"),
        (None, "Member 1 decides to turn 7 and A."),
        (None, "Member 2 decides to turn 8 and A."),
        (None, "Member 3 decides to turn 7 and A."),
    ]
    assert (episode["outcome"]["success"], episode["outcome"]["milestones"]) == (
        False,
        [{"name": "agreement", "time": None}],
    )
    [question] = episode["questions"]
    assert (question["query"]["kind"], question["answer"]) == ("best", ["turn 7 and A"])
    assert (other["outcome"]["success"], other["outcome"]["efficiency"], other["questions"]) == (True, 100, [])
    assert [*findings(episode), *findings(other)] == []


def test_order_is_by_the_clock(tmp_path: Path) -> None:
    corpus = {**CORPUS, "utterances": CORPUS["utterances"][::-1]}
    assert imported(tmp_path / "a", corpus) == imported(tmp_path / "b")


SOURCE = "a JSON list of the finalanswer and correct_flag of 3 people"


@pytest.mark.parametrize(
    ("at", "value", "message"),
    [
        (["provenance", "source", "text"], "{", f"expected {SOURCE}, found {{"),
        (["provenance", "source", "text"], "[" * 100_000, f"expected {SOURCE}"),
        (["provenance", "source", "text"], "[]", f"expected {SOURCE}"),
        (["provenance", "source", "text"], "3", f"expected {SOURCE}"),
        (["provenance", "source", "text"], "[3, 3, 3]", f"expected {SOURCE}"),
        (["provenance", "source", "text"], '[{"finalanswer": "A7"}]', f"expected {SOURCE}"),
        (
            ["provenance", "source", "text"],
            json.dumps([{"finalanswer": "A7", "correct_flag": 1}] * 3),
            f"expected {SOURCE}",
        ),
        (["world", "events", 0, "action"], 1, "right of a0: expected derived False, found recorded True"),
        (["world", "events", 0, "action"], 1, "cards of a0: expected derived ['8', 'A'], found recorded ['7', 'A']"),
        (["world", "events", 1, "action"], 2, "cards of a1: expected derived ['7', '8'], found recorded ['8', 'A']"),
        (["world", "events", 1, "action"], 0, "right of a1: expected derived True, found recorded False"),
        (["world", "events"], [], "answer of a0: expected ['7', 'A'], as recorded, found none"),
        (["world", "actions", 0], "turn A and 7 and K", "actions: expected"),
        (["world", "actions", 0], "turn A and A", "actions: expected"),
        (["world", "actions", 0], " ", "actions: expected"),
    ],
)
def test_scores_of_a_tampered_record(tmp_path: Path, at: list[Any], value: Any, message: str) -> None:
    episode = imported(tmp_path)[0]
    assert list(scores.judge(episode)) == []
    tampered = deepcopy(episode)
    inner = tampered
    for key in at[:-1]:
        inner = inner[key]
    inner[at[-1]] = value
    assert message in "; ".join(map(str, scores.judge(tampered)))


def test_a_flag_that_is_wrong_is_found(tmp_path: Path) -> None:
    corpus = deepcopy(CORPUS)
    corpus["speakers"]["0-bob"]["meta"]["correct_flag"] = True
    episode = imported(tmp_path, corpus)[0]
    [finding] = findings(episode)
    assert str(finding).endswith("right of a1: expected derived False, found recorded True")


def test_scores_judges_delidata_only(tmp_path: Path) -> None:
    episode = imported(tmp_path)[0]
    episode["provenance"]["source"] |= {"name": "CaSiNo", "text": ""}
    assert list(scores.judge(episode)) == []
    episode["provenance"]["source"] = None
    assert list(scores.judge(episode)) == []


def at(*path: Any, value: Any) -> Callable[[dict[str, Any]], None]:
    """Puts a value somewhere in the rows of a corpus."""

    def change(corpus: dict[str, Any]) -> None:
        inner = corpus
        for key in path[:-1]:
            inner = inner[key]
        inner[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (at("utterances", 1, value=3), "row 2: the row"),
        (at("utterances", 1, "text", value=None), "row 2: text"),
        (at("utterances", 1, "text", value="x" * 5000), "g0.tsv: turns.2.text"),
        (at("utterances", 1, "text", value="\ud800"), "row 2: not JSON"),
        (at("utterances", 1, "speaker", value="nobody"), "row 2: its conversation or speaker is in no other file"),
        (at("utterances", 1, "conversation_id", value="g9.tsv"), "row 2: its conversation or speaker"),
        (at("utterances", 1, "timestamp", value="yesterday"), "row 2: timestamp 'yesterday' is no time"),
        (at("utterances", 1, "timestamp", value="2021-04-28 19:00:00"), "row 2: timestamp '2021-04-28 19:00:00'"),
        (at("utterances", 1, "timestamp", value="9" * 50), "row 2: timestamp"),
        (at("utterances", value=[]), "g0.tsv"),
        (at("speakers", value=[]), "speakers.json.gz"),
        (at("speakers", "0-bob", value={}), "speakers.json.gz, 0-bob.meta: Field required"),
        (at("speakers", "0-bob", "meta", "finalanswer", value="A 7"), "0-bob.meta.finalanswer"),
        (at("speakers", "0-bob", "meta", "finalanswer", value="A23456789"), "0-bob.meta.finalanswer"),
        (at("speakers", "0-bob", "meta", "finalanswer", value=float("nan")), "0-bob.meta.finalanswer"),
        (at("speakers", "0-bob", "meta", "correct_flag", value=1), "0-bob.meta.correct_flag"),
        (at("speakers", "0-bob", "meta", "finalanswer", value="BCDEFGHI"), "g0.tsv: cards"),
        (at("conversations", "g0.tsv", value=None), "conversations.json.gz, g0.tsv"),
        (at("conversations", "g0.tsv", "meta", "correct_ratio", value="1"), "g0.tsv.meta.correct_ratio"),
        (at("conversations", "empty.tsv", value={"meta": {"correct_ratio": 0.5}}), "empty.tsv"),
    ],
)
def test_bad_row(tmp_path: Path, change: Callable[[dict[str, Any]], None], message: str) -> None:
    corpus = deepcopy(CORPUS)
    change(corpus)
    with pytest.raises(ImportFailed) as failed:
        imported(tmp_path, corpus)
    line = str(failed.value)
    assert message in line
    assert ";" in line and "\n" not in line


@pytest.mark.parametrize("part", ["utterances.jsonl.gz", "speakers.json.gz", "conversations.json.gz"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not JSON|is in no other file|g0.tsv"),
        (b"{}", "not a file of DeliData"),
        (gzip.compress(b"{"), "not JSON"),
        (gzip.compress(b"[" * 100_000), "not JSON"),
        (gzip.compress(b'{"a": ' + b"1" * 5000 + b"}"), "not JSON"),
        (gzip.compress(b"\xff"), "not a file of DeliData"),
        (gzip.compress(b'{"a": "b"}')[:-6], "not a file of DeliData"),
        (gzip.compress(b"3"), "row 1|speakers|conversations"),
    ],
)
def test_bad_file(tmp_path: Path, part: str, content: bytes, message: str) -> None:
    paths = files(tmp_path, CORPUS)
    (tmp_path / part).write_bytes(content)
    with pytest.raises(ImportFailed, match=message) as failed:
        list(delidata.read(paths))
    assert ";" in str(failed.value)


def test_which_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = files(tmp_path, CORPUS)
    with pytest.raises(ImportFailed, match=r"0 of the files are called conversations\*"):
        list(delidata.read(paths[:2]))
    with pytest.raises(ImportFailed, match=r"2 of the files are called utterances\*"):
        list(delidata.read([*paths, paths[0]]))
    monkeypatch.setattr(delidata, "LARGEST", 100)
    with pytest.raises(ImportFailed, match="more than 100 bytes unpacked"):
        list(delidata.read(paths))
    paths[2].unlink()
    with pytest.raises(ImportFailed, match="No such file"):
        list(delidata.read(paths))


@pytest.mark.skipif(
    not FILES[0].exists(), reason=f"the DeliData files are not at {FILES[0].parent} (set MADATA_BENCHMARKS)"
)
def test_published_files() -> None:
    """The figures of docs/delidata.md."""
    ratios = {
        id: conversation["meta"]["correct_ratio"]
        for id, conversation in json.loads(gzip.decompress(FILES[2].read_bytes())).items()
    }
    episodes = list(delidata.read(FILES))
    assert len(episodes) == len({episode["id"] for episode in episodes}) == len(ratios) == 500
    totals: Counter[str] = Counter()
    for episode in episodes:
        read_episode(episode)
        assert episode["id"] == episode_id(episode)
        parts = episode["world"], episode["conventions"], episode["agents"]
        assert episode["structure"] == structure("coordination", *parts)
        assert list(findings(episode)) == []
        recorded = json.loads(episode["provenance"]["source"]["text"])
        flags = [each["correct_flag"] for each in recorded]
        answers = {event["agent"]: episode["world"]["actions"][event["action"]] for event in episode["world"]["events"]}
        derived = [correct(answers[agent["id"]]) for agent in episode["agents"]]
        assert derived == flags
        assert episode["outcome"]["success"] == all(flags)
        totals += Counter(
            people=len(flags),
            utterances=sum(turn["speaker"] is not None for turn in episode["turns"]),
            right=sum(flags),
            agreed=episode["outcome"]["milestones"][0]["time"] is not None,
            success=all(flags),
            someone=any(flags),
            questions=len(episode["questions"]),
            ratio=abs(sum(flags) / len(flags) - ratios[episode["provenance"]["source"]["item"]]) < 0.01,
        )
    assert totals == {
        "people": 1597,
        "utterances": 14020,
        "right": 533,
        "agreed": 290,
        "success": 107,
        "someone": 217,
        "questions": 165,
        "ratio": 500,
    }


def correct(action: str) -> bool:
    """The vowel and the odd number; read from the words, letter by letter."""
    cards = [word for word in action.replace(",", " ").split() if len(word) == 1]
    return sorted("vowel" if card in "AEIOU" else "odd" if card in "13579" else "no" for card in cards) == [
        "odd",
        "vowel",
    ]
