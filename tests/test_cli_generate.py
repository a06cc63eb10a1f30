import os
import re
import resource
import signal
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from processes import members, run, start, tree, wait_for

from madata import cli

HEAVY = {"distilabel", "datasets", "pandas", "numpy", "torch", "pyarrow", "networkx", "openai", "huggingface_hub"}


def test_importing_and_helping_load_nothing_heavy():
    script = "import sys, madata; from madata.cli import run; run(['--help']); print('loaded:', *sys.modules)"
    environment = {"PYTHONPATH": ":".join(filter(None, sys.path))}
    result = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    shown, _, loaded = result.stdout.partition("loaded:")
    assert "generate" in shown
    assert not HEAVY & set(loaded.split())


@pytest.mark.usefixtures("made_up")
@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        ("tom --n 0", "--n 0: give a number of episodes from 1 to 25,000,000"),
        ("tom --n -3", "--n -3: give a number of episodes from 1 to 25,000,000"),
        ("tom --n 25000001", "--n 25000001: give a number of episodes from 1 to 25,000,000"),
        ("tom --n many", "Invalid value for '--n': .*"),
        ("tom", "Missing option '--n'."),
        ("tomm --n 3", "no task is called 'tomm'; did you mean 'tom'?.*"),
        ("tom --n 3 --family pearl", r"no family is called 'pearl'; did you mean 'pear'\? \(there are: pear, plum\)"),
        ("tom --n 3 --knob agent=3", r"no knob is called 'agent'; did you mean 'agents'\? \(there are: agents\)"),
        ("tom --n 3 --knob agents=4..3", r"--knob agents=4..3: the range must rise and lie within 2\.\.8 \(.+\)"),
        ("tom --n 3 --knob agents=2..9", r"--knob agents=2..9: the range must rise and lie within 2\.\.8 \(.+\)"),
        ("tom --n 3 --knob agents", r"--knob agents: write it as NAME=LOW\.\.HIGH, such as .*"),
        ("tom --n 3 --knob agents=2", "--knob: these ranges admit no world of family 'plum': too few agents"),
        ("tom --n 3 --out file", "file: File exists; choose another directory with --out"),
        ("tom --n 3 --out file/run", "file/run: Not a directory; choose another directory with --out"),
        ("tom --n 3 --out .", r"\. exists and is not a run \(it has no run.json\); choose another .*"),
        ("tom --n 3 --resume always", "runs/tom-n3-seed0 holds no run to continue; .*"),
        ("tom --n 3 --resume perhaps", "Invalid value for '--resume': .*"),
    ],
)
def test_a_mistake_gets_one_line_and_exit_code_2(tmp_path, monkeypatch, capsys, arguments, line):
    monkeypatch.chdir(tmp_path)
    Path("file").write_text("")
    assert cli.run(["generate", *arguments.split()]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(f"madata: {line}\n", captured.err), captured.err
    assert tree(tmp_path) == {"file": b""}


def test_the_summary_says_what_was_made(tmp_path):
    result = run("generate", "tom", "--n", 300, "--family", "plum", "--seed", 5, cwd=tmp_path)
    assert result.returncode == 0
    assert re.sub(r"[\d.]+\n$", "", result.stdout).splitlines() == [
        "300 episodes, 1,948 questions (plum)",
        "rejected attempts: 88 (unlucky 86, duplicate 2)",
        "teacher: stand-in",
        "path: runs/tom-n300-seed5",
        "seconds: ",
    ]


def test_a_finished_run_is_only_counted(tmp_path):
    first = orjson.loads(run("generate", "tom", "--n", 300, "--json", cwd=tmp_path).stdout)
    before = tree(tmp_path)
    again = orjson.loads(run("generate", "tom", "--n", 300, "--json", cwd=tmp_path).stdout)
    assert first | {"seconds": 0} == again | {"seconds": 0}
    assert tree(tmp_path) == before


def test_fewer_than_asked_says_how_many_and_why(tmp_path):
    result = run("generate", "tom", "--n", 20, cwd=tmp_path, env={"STANDIN_BARREN": "8"})
    assert result.returncode == 1
    assert "19 episodes" in result.stdout
    assert "1 of 20 slots stay unfilled, last attempt: barren 1" in result.stdout


def test_an_episode_that_occurs_in_two_parts_is_reported(tmp_path):
    result = run("generate", "tom", "--n", 260, "--json", cwd=tmp_path, env={"STANDIN_TWIN": "250"})
    assert result.returncode == 1
    first, second = orjson.loads(result.stdout)["repeated"]
    assert first.endswith("(part-00000.jsonl, line 250)")
    assert second.endswith("(part-00001.jsonl, line 1)")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_run_keeps_what_is_finished_and_continues(tmp_path, undisturbed, number):
    arguments = ("generate", "tom", "--n", 2000, "--out", "run")
    process = start(*arguments, cwd=tmp_path, env={"STANDIN_SECONDS": "0.002"})
    wait_for((tmp_path / "run/episodes/part-00001.jsonl").exists)
    os.killpg(process.pid, number)
    _, stderr = process.communicate(timeout=10)
    assert process.returncode == 128 + number
    assert stderr == f"madata: stopped by {number.name}: everything finished is in run; the same command continues\n"
    assert members(process.pid) == []
    assert not list((tmp_path / "run").rglob("*.tmp"))
    assert run(*arguments, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "run") == undisturbed(2000)


def test_a_second_writer_is_refused(tmp_path):
    arguments = ("generate", "tom", "--n", 2000, "--out", "run")
    process = start(*arguments, cwd=tmp_path, env={"STANDIN_SECONDS": "0.01"})
    wait_for((tmp_path / "run/run.json").exists)
    second = run(*arguments, cwd=tmp_path)
    assert second.returncode == 2
    line = f"madata: run is being written by process {process.pid}; wait for it, or choose another --out\n"
    assert second.stderr == line
    process.terminate()
    process.communicate(timeout=10)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB, and a function that makes it larger."""

    def mount(*options):
        command = ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(tmp_path)]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    if not mount("size=3m"):
        pytest.skip("mounting a small file system needs root")
    yield tmp_path, lambda: mount("remount", "size=100m")
    subprocess.run(["umount", "--lazy", str(tmp_path)], check=True)


def test_a_full_disk_loses_nothing(small_disk, undisturbed):
    disk, enlarge = small_disk
    arguments = ("generate", "tom", "--n", 2000, "--out", "run")
    for _ in range(2):
        result = run(*arguments, cwd=disk)
        assert result.returncode == 1
        assert re.fullmatch(
            r"madata: run/.*: No space left on device: everything finished is in run; the same command continues\n",
            result.stderr,
        ), result.stderr
        episodes = [name for name in tree(disk / "run") if name.startswith("episodes/")]
        assert 1 <= len(episodes) <= 2
        assert tree(disk / "run").items() <= undisturbed(2000).items()
    enlarge()
    assert run(*arguments, cwd=disk).returncode == 0
    assert tree(disk / "run") == undisturbed(2000)


def test_a_file_that_may_not_grow_is_a_full_disk(tmp_path):
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    result = run("generate", "tom", "--n", 300, "--out", "run", cwd=tmp_path, preexec_fn=limit)
    assert result.returncode == 1
    assert "File too large: everything finished is in run; the same command continues" in result.stderr
    assert not list((tmp_path / "run/episodes").iterdir())
