"""Minimal pairs: of every family, accepted by every check, one thing otherwise, same bytes again, nothing silent."""

import orjson
import pytest
from paired import FAMILIES, SOME, judged, made, read, reread, write

from madata.cli import run as command
from madata.generators.counterfactuals import make
from madata.generators.minimal_pairs import Skipped, pair
from madata.generators.run import UserError
from madata.schemas import read_episode
from madata.schemas.rundir import PAIRS, PREFERENCES, RUN
from madata.validators.lines import InputError
from madata.validators.runner import target, validate


def paired_with(episode):
    found = pair(episode, read_episode(episode))
    return reread(found.episode), found.record


def some_pair(task, family, kind):
    """A pair with a change whose kind ends so."""
    for slot in range(60):
        episode = made(task, family, slot)
        try:
            other, record = paired_with(episode)
        except Skipped:
            continue
        if record["change"]["kind"].endswith(kind):
            return episode, other, record
    raise AssertionError(f"no {kind} in {family}")


@pytest.mark.parametrize(("task", "family"), FAMILIES)
def test_every_family_has_pairs_that_every_check_accepts(task, family):
    found = 0
    for slot in range(2):
        episode = made(task, family, slot)
        try:
            other, record = paired_with(episode)
        except Skipped:
            continue
        found += 1
        assert judged(other) == []
        questions = {question["id"]: question for question in other["questions"]}
        for question in episode["questions"]:
            if (now := questions.get(question["id"])) is None:
                assert question["id"] in record["left_out"]
            else:
                assert [now[part] for part in ("text", "options", "view")] == [
                    question[part] for part in ("text", "options", "view")
                ]
        for flipped in record["questions"]:
            assert questions[flipped["id"]]["answer"] == flipped["is"] != flipped["was"]
        assert record["unchanged"] == len(questions) - len(record["questions"])
    assert found


def test_a_story_keeps_its_words():
    """What is told of the event goes; of the rest only what would now be false is said in other words."""
    episode, other, record = some_pair("tom", "location", "leave_removed")
    gone = [turn["text"] for turn in episode["turns"] if turn["event"] == record["change"]["at"]]
    kept = [turn["text"] for turn in episode["turns"] if turn["event"] != record["change"]["at"]]
    assert [turn["text"] for turn in other["turns"]] == kept
    assert len(gone) >= 1


def test_who_did_not_leave_now_sees_what_happens():
    episode, other, record = some_pair("tom", "location", "leave_removed")
    agent, at = record["change"]["event"]["agent"], record["change"]["at"]
    saw, sees = (
        [event["kind"] for event in events[first:] if agent in event["view"]]
        for events, first in ((episode["world"]["events"], at + 1), (other["world"]["events"], at))
    )
    assert len(sees) > len(saw)


def test_an_added_look_happens_where_it_can():
    episode, other, record = some_pair("tom", "contents", "_added")
    at, event = record["change"]["at"], record["change"]["event"]
    assert other["world"]["events"][at]["kind"] == event["kind"]
    assert len(other["world"]["events"]) == len(episode["world"]["events"]) + 1
    assert any(turn["event"] == at for turn in other["turns"])


def test_a_lost_message_is_one_fate():
    episode, other, record = some_pair("coordination", "maze", "message_lost")
    event = episode["world"]["events"][record["change"]["event"]]
    place = event["to"].index(record["change"]["to"])
    same = other["world"]["events"][record["change"]["event"]]
    assert event["arrives"][place] is not None
    assert same["arrives"][place] is None
    assert [*event["arrives"][:place], *event["arrives"][place + 1 :]] == [
        *same["arrives"][:place],
        *same["arrives"][place + 1 :],
    ]


def test_swapped_points_are_what_the_party_is_told():
    episode, other, record = some_pair("negotiation", "division", "points_swapped")
    agent = record["change"]["agent"]
    (was,), (is_,) = ([a["private"]["points"] for a in each["agents"] if a["id"] == agent] for each in (episode, other))
    assert sorted(was.values()) == sorted(is_.values())
    assert sum(was[name] != is_[name] for name in was) == 2
    changed = [turn["audience"] for turn in other["turns"][:6] if turn not in episode["turns"]]
    assert changed == [[agent]]


def test_same_bytes_whatever_the_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("madata.validators.lines.CHUNK", 1 << 15)
    episodes = write(tmp_path / "some.jsonl", *(made("tom", "telling", slot) for slot in range(8)))
    for name, workers in (("one", 1), ("two", 2)):
        make(episodes, tmp_path / name, workers)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) >= 5
    assert all((tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes() for file in files)


def test_the_run_is_a_run(pairs_run, tmp_path):
    with (tmp_path / "log").open("wb") as log:
        verdict = validate([target(pairs_run)], log, ["counts", "pairs", "preferences", "duplicates"], workers=1)
    assert verdict.findings == 0
    assert verdict.checks["pairs"].judged == 1
    config = orjson.loads((pairs_run / RUN).read_bytes())["config"]
    pairs = read(pairs_run / PAIRS)
    assert config["n"] == 2 * len(pairs) == verdict.episodes
    assert config["read"] == len(SOME)
    assert {pair["original"].split("-")[0] for pair in pairs} == {"tom", "negotiation", "coordination"}
    assert {each["episode"].split("-")[0] for each in read(pairs_run / PREFERENCES)} == {
        "tom",
        "negotiation",
        "coordination",
    }


def test_what_gives_no_pair_is_counted(tmp_path):
    good, spoken, foreign, wrong = (made("tom", "telling", slot) for slot in range(4))
    spoken["provenance"]["mode"] = "self-play"
    foreign["provenance"]["source"] = {
        "name": "elsewhere",
        "item": "1",
        "licence": "MIT",
        "allowed_use": "training",
        "text": "a story",
    }
    wrong["questions"][0]["answer"] = [
        next(x for x in wrong["questions"][0]["options"] if x not in wrong["questions"][0]["answer"])
    ]
    path = write(tmp_path / "mixed.jsonl", good, spoken, foreign, wrong, {"task": "tom"})
    path.write_bytes(path.read_bytes() + b"{not json\n")
    summary = make(path, tmp_path / "out")
    assert summary.pairs == 1
    assert summary.skipped == {"spoken_by_a_model": 1, "imported": 1, "not_valid": 2, "unreadable": 1}
    rejected = read(tmp_path / "out" / "rejected" / "part-00000.jsonl")
    assert [(each["slot"], each["reason"]) for each in rejected] == [
        (1, "spoken_by_a_model"),
        (2, "imported"),
        (3, "not_valid"),
        (4, "not_valid"),
        (5, "unreadable"),
    ]
    assert "replay" in rejected[2]["detail"] or "identity" in rejected[2]["detail"]


def test_mistakes_of_the_user_are_one_line(tmp_path, capsys):
    spoken = made("tom", "telling")
    spoken["provenance"]["mode"] = "self-play"
    path = write(tmp_path / "spoken.jsonl", spoken)
    with pytest.raises(UserError, match="no episode gives a pair; skipped: spoken_by_a_model 1"):
        make(path, tmp_path / "out")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UserError, match="exists: choose another directory"):
        make(path, tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        make(tmp_path / "nothing", tmp_path / "out")
    assert command(["counterfactuals", str(path), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_parts_hold_whole_pairs(tmp_path, monkeypatch):
    monkeypatch.setattr("madata.generators.counterfactuals.SHARD_SIZE", 4)
    path = write(tmp_path / "some.jsonl", *(made("tom", "conversation", slot) for slot in range(5)))
    summary = make(path, tmp_path / "out", workers=1)
    sizes = [len(read(part)) for part in sorted((tmp_path / "out" / "episodes").iterdir())]
    assert sum(sizes) == 2 * summary.pairs
    assert sizes[:-1] == [4] * (len(sizes) - 1)
