import warnings

import orjson
import pytest
from processes import run, tree

from madata.generators.ask import ask
from madata.generators.run import Run, writing
from madata.generators.supervise import scratch_of


@pytest.fixture(scope="module")
def steps():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from madata.generators import pipeline
    return pipeline


@pytest.mark.usefixtures("made_up")
def test_steps_exchange_references_and_leave_parts(tmp_path, steps):
    with writing(tmp_path / "run", ask("tom", 600), "never") as begun:
        shards = steps.Shards(name="shards", path=str(begun.path), batch_size=2)
        shards.load()
        assert list(shards.process()) == [([{"shard": 0}, {"shard": 1}], False), ([{"shard": 2}], True)]

        make = steps.MakeShards(name="make", path=str(begun.path))
        make.load()
        (rows,) = make.process([{"shard": 2}, {"shard": 0}])
        assert rows == [{"shard": 2, "episodes": 100, "rejected": 29}, {"shard": 0, "episodes": 250, "rejected": 74}]
        assert begun.missing() == [1]
        assert list(shards.process()) == [([{"shard": 1}], True)]


@pytest.mark.parametrize("processes", [1, 3])
def test_the_number_of_processes_changes_nothing(tmp_path, undisturbed, processes):
    result = run("generate", "tom", "--n", 1000, "--out", "run", "--processes", processes, cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    assert tree(tmp_path / "run") == undisturbed(1000)


@pytest.mark.usefixtures("made_up")
def test_nothing_is_left_outside_the_run_and_nothing_else_is_printed(tmp_path):
    home, scratch, cwd = tmp_path / "home", tmp_path / "tmp", tmp_path / "cwd"
    for directory in (home, scratch, cwd):
        directory.mkdir()
    env = {"HOME": str(home), "TMPDIR": str(scratch)}
    left = scratch_of(Run(cwd / "runs/tom-n300-seed0", ask("tom", 300)))  # as by a run that was killed
    (left / "listener").write_text("")
    result = run("generate", "tom", "--n", 300, "--json", cwd=cwd, env=env)
    assert (result.returncode, result.stderr) == (0, "")
    assert orjson.loads(result.stdout)["episodes"] == 300
    assert not left.exists()
    assert [list(directory.iterdir()) for directory in (home, scratch)] == [[], []]
    assert [path.name for path in (cwd / "runs").iterdir()] == ["tom-n300-seed0"]


def test_a_fault_in_a_family_is_loud_and_keeps_what_was_made(tmp_path, undisturbed):
    arguments = ("generate", "tom", "--n", 1000, "--out", "run", "--processes", 1)
    result = run(*arguments, cwd=tmp_path, env={"STANDIN_BUG": "700"})
    assert result.returncode == 1
    assert "Traceback" in result.stderr
    assert result.stderr.endswith(
        "madata: ZeroDivisionError: a fault in a family: everything finished is in run; the same command continues\n"
    )
    assert (tmp_path / "run/episodes/part-00001.jsonl").exists()
    assert not (tmp_path / "run/episodes/part-00002.jsonl").exists()
    assert run(*arguments, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "run") == undisturbed(1000)
