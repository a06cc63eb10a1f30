import multiprocessing
import os
import signal
import time

import orjson
import pytest

from madata.generators import run as run_module
from madata.generators.ask import ask
from madata.generators.run import Run, UserError, locked, write, writing
from madata.generators.shards import make_shard
from madata.schemas import rundir

pytestmark = pytest.mark.usefixtures("made_up")


def test_a_run_is_what_was_asked_and_its_parts(tmp_path):
    with writing(tmp_path / "run", ask("tom", 600, ["plum"], seed=4, knobs=["agents=3..5"]), "if-possible") as run:
        assert run.missing() == [0, 1, 2]
        result = make_shard(run.config, 1)
        run.publish(1, result.episodes, result.rejected)
        assert run.missing() == [0, 2]
    assert Run.read(tmp_path / "run").config == run.config
    described = orjson.loads((tmp_path / "run" / "run.json").read_bytes())
    assert described["config"]["knobs"] == {"agents": [3, 5]}
    assert [part.number for part in rundir.parts(tmp_path / "run")] == [1]
    assert [episode["family"] for episode in rundir.episodes(tmp_path / "run")] == ["plum"] * 250


def test_every_attempt_is_an_episode_or_a_rejection():
    config = ask("tom", 600)
    result = make_shard(config, 0)
    attempts = sum(orjson.loads(line)["provenance"]["attempts"] for line in result.episodes)
    rejected = [orjson.loads(line) for line in result.rejected]
    assert len(result.episodes) == 250
    assert attempts == len(result.episodes) + len(rejected)
    assert [line["slot"] for line in rejected if line["reason"] == "duplicate"] == [12, 212]
    assert set(rejected[0]) == {"slot", "attempt", "family", "reason", "detail"}


def test_the_last_shard_holds_the_rest():
    config = ask("tom", 501)
    assert [len(config.slots(shard)) for shard in range(config.shards)] == [250, 250, 1]


def test_a_part_with_one_file_is_not_complete(tmp_path):
    with writing(tmp_path / "run", ask("tom", 300), "if-possible") as run:
        run.publish(0, [b"{}"], [])
        run.publish(1, [b"{}"], [])
        rundir.part(run.path, 0).rejected.unlink()
        assert run.missing() == [0]


def test_what_a_killed_writer_left_is_swept(tmp_path):
    config = ask("tom", 300)
    with writing(tmp_path / "run", config, "if-possible") as run:
        stale = run.path / "episodes" / ".part-00000.jsonl.123.tmp"
        stale.write_bytes(b"half")
        (run.path / ".run.json.123.tmp").write_bytes(b"half")
    with writing(tmp_path / "run", config, "always"):
        assert not list(run.path.rglob("*.tmp"))


def test_a_run_killed_before_run_json_can_begin_again(tmp_path):
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / ".lock").write_text("123")
    (tmp_path / "run" / ".run.json.123.tmp").write_bytes(b"{")
    with writing(tmp_path / "run", ask("tom", 3), "never") as run:
        assert sorted(path.name for path in run.path.iterdir()) == [".lock", "episodes", "rejected", "run.json"]


def test_a_write_that_fails_leaves_nothing(tmp_path):
    def full():
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left") as caught:
        write(tmp_path / "file", full())
    assert caught.value.filename == str(tmp_path / "file")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("second", "difference"),
    [
        ({"n": 301}, "n was 300, now 301;"),
        ({"seed": 1, "families": ["pear"]}, r'families was \["pear","plum"\], now \["pear"\]; seed was 0, now 1;'),
        ({"knobs": ["agents=3"]}, r'knobs was {}, now {"agents":\[3,3\]};'),
    ],
)
def test_another_configuration_is_refused_with_the_difference(tmp_path, second, difference):
    with writing(tmp_path / "run", ask("tom", 300), "if-possible"):
        pass
    with (
        pytest.raises(UserError, match=difference),
        writing(tmp_path / "run", ask("tom", **{"n": 300} | second), "always"),
    ):
        pass


def test_another_version_is_refused(tmp_path, monkeypatch):
    config = ask("tom", 300)
    with writing(tmp_path / "run", config, "if-possible"):
        pass
    monkeypatch.setattr(rundir, "__version__", "99")
    with pytest.raises(UserError, match=r'madata was ".+", now "99"'), writing(tmp_path / "run", config, "if-possible"):
        pass


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"config": {"n": 3}, "versions": {}}', b"\xff"])
def test_a_broken_run_json_is_refused(tmp_path, content):
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(UserError, match=r"run\.json cannot be read"), writing(tmp_path, ask("tom", 3), "if-possible"):
        pass
    assert (tmp_path / "run.json").read_bytes() == content


def test_a_directory_of_somebody_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.tex").write_text("...")
    with pytest.raises(UserError, match="is not a run"), writing(tmp_path, ask("tom", 3), "if-possible"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_resume_never_and_always(tmp_path):
    config = ask("tom", 3)
    with pytest.raises(UserError, match="holds no run"), writing(tmp_path / "run", config, "always"):
        pass
    with writing(tmp_path / "run", config, "never"):
        pass
    with pytest.raises(UserError, match="already holds a run"), writing(tmp_path / "run", config, "never"):
        pass


def hold_by_child_only(path, told):
    with locked(path):
        child = os.fork()
        if child == 0:
            time.sleep(60)
        told.put((os.getpid(), child))
        told.close()
        told.join_thread()
        os.kill(os.getpid(), signal.SIGKILL)


def test_the_lock_is_held_until_the_last_process_of_a_writer_is_gone(tmp_path, monkeypatch):
    monkeypatch.setattr(run_module, "LOCK_PATIENCE", 0.2)
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    holder = context.Process(target=hold_by_child_only, args=(tmp_path, told))
    holder.start()
    main, child = told.get(timeout=10)
    holder.join()
    with pytest.raises(UserError, match=f"is being written by process {main}"), locked(tmp_path):
        pass
    os.kill(child, signal.SIGKILL)
    monkeypatch.setattr(run_module, "LOCK_PATIENCE", 5)
    with locked(tmp_path):
        pass
