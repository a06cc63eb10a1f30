"""A run that adds up is left alone; whatever is lost, doubled or foreign is named."""

import os
from pathlib import Path

import orjson
import pytest
from runs import rejection, slot, write_part, write_run

from madata.schemas import digest
from madata.schemas.rundir import part
from madata.validators.check import Finding
from madata.validators.counts import audit, spans


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return write_run(tmp_path / "run")


def only(run: Path, where: str) -> Finding:
    (finding,) = (finding for finding in audit(run) if finding.where == where)
    return finding


def test_a_complete_run_is_left_alone(run: Path) -> None:
    assert list(audit(run)) == []


def test_hidden_files_of_a_writer_are_left_alone(run: Path) -> None:
    (run / "episodes" / ".part-00000.jsonl.1.tmp").touch()
    assert list(audit(run)) == []


def test_an_unfinished_run(run: Path) -> None:
    part(run, 0).episodes.unlink()
    part(run, 1).rejected.unlink()
    assert only(run, "parts").found == "2 missing: 0-1"
    assert only(run, "episodes").found == "2"


def test_a_lost_episode(run: Path) -> None:
    write_part(run, 1, (slot(at) for at in (4, 5, 7)))
    assert only(run, "slot 6").found == "none after 0 rejected attempts"
    assert only(run, "episodes").found == "9"


def test_a_slot_filled_twice(run: Path) -> None:
    write_part(run, 1, (slot(at) for at in (4, 5, 5, 6, 7)))
    assert only(run, "slot 5").found == "2 episodes"


def test_an_episode_of_another_part(run: Path) -> None:
    write_part(run, 1, (slot(at) for at in (4, 5, 6, 9)))
    assert only(run, "slot").expected == "an attempt at a slot of 4..7"
    assert only(run, "slot 7").found == "none after 0 rejected attempts"


def test_a_slot_that_no_attempt_filled(run: Path) -> None:
    write_part(run, 1, (slot(at) for at in (4, 5, 6)), (rejection(7, attempt) for attempt in range(3)))
    assert only(run, "slot 7").found == "3 rejected attempts, the last for no_question"


def test_a_lost_rejection(run: Path) -> None:
    write_part(run, 1, [slot(4), slot(5), slot(6), slot(7, 2)], [rejection(7, 1)])
    assert only(run, "slot 7").found == "rejected [1], accepted [2]"


def test_attempts_that_contradict_the_seed(run: Path) -> None:
    wrong = slot(4)
    wrong["provenance"]["attempts"] = 5
    write_part(run, 1, [wrong, slot(5), slot(6), slot(7)])
    assert only(run, "slot").found == "ValueError: attempt 0 but 5 attempts"


def test_a_file_of_no_shard(run: Path) -> None:
    write_part(run, 9, [slot(30)])
    assert [finding.found for finding in audit(run)] == ["a file of no shard"] * 2


def test_a_file_of_no_shard_of_any_name(run: Path) -> None:
    (run / "episodes" / os.fsdecode(b"\xff")).touch()
    (finding,) = audit(run)
    assert finding.episode == f"{run}/episodes/\\xff"


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{}", b'{"config": {"n": 9, "shard_size": 0}}', b'{"config":{"n":"x"}}']
)
def test_a_broken_description(run: Path, content: bytes) -> None:
    (run / "run.json").write_bytes(content)
    assert [finding.where for finding in audit(run)] == ["config"]


def test_an_absurd_number(run: Path) -> None:
    config = {"n": 10**12, "shard_size": 1}
    (run / "run.json").write_bytes(orjson.dumps({"config": config, "config_hash": digest(config)}))
    assert [finding.where for finding in audit(run)] == ["config"]


def test_an_edited_configuration(run: Path) -> None:
    stored = orjson.loads((run / "run.json").read_bytes())
    stored["config"]["seed"] = 8
    (run / "run.json").write_bytes(orjson.dumps(stored))
    assert only(run, "config_hash").found == stored["config_hash"]


def test_spans() -> None:
    assert spans([0, 3, 4, 5, 9]) == "0, 3-5, 9"
