"""`kill -9` at any moment, then the same command: as if nothing had happened."""

import os
import random
import signal
import time

import pytest
from processes import members, run, start, tree, wait_for

SLOTS = 2000
SLOW = {"STANDIN_SECONDS": "0.001"}
COMMAND = ("generate", "tom", "--n", SLOTS, "--out", "run")
MOMENTS = random.Random()


def kill(process, whom):
    """Kills the whole group, its leader (the process that was typed), or any one of the others."""
    if whom == "group":
        os.killpg(process.pid, signal.SIGKILL)
    elif whom == "main":
        process.kill()
    elif others := [member for member in members(process.pid) if member != process.pid]:
        os.kill(MOMENTS.choice(others), signal.SIGKILL)


def survive(cwd, whom, moment, undisturbed):
    process = start(*COMMAND, cwd=cwd, env=SLOW)
    time.sleep(moment)
    kill(process, whom)
    if whom == "one":
        process.communicate(timeout=30)
        assert process.returncode in (0, 1)
    else:
        process.communicate(timeout=10)
    wait_for(lambda: not members(process.pid), 3)
    if (cwd / "run").exists():
        left = tree(cwd / "run")
        time.sleep(0.3)
        assert tree(cwd / "run") == left
        parts = {name: data for name, data in left.items() if name.endswith(".jsonl")}
        assert parts.items() <= undisturbed.items()
    again = run(*COMMAND, cwd=cwd)
    assert again.returncode == 0, again.stderr
    assert tree(cwd / "run") == undisturbed


@pytest.mark.parametrize("whom", ["group", "main", "one"])
def test_a_kill_loses_nothing_and_repeats_nothing(tmp_path, undisturbed, whom):
    moment = MOMENTS.uniform(0.1, 4.5)
    print(f"killing {whom} after {moment:.3f} s")
    survive(tmp_path, whom, moment, undisturbed(SLOTS))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("whom", ["group", "main", "one"])
def test_many_kills_lose_nothing_and_repeat_nothing(tmp_path, undisturbed, whom):
    for trial in range(15):
        moment = MOMENTS.uniform(0.05, 4.5)
        print(f"killing {whom} after {moment:.3f} s")
        cwd = tmp_path / str(trial)
        cwd.mkdir()
        survive(cwd, whom, moment, undisturbed(SLOTS))


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_a_run_that_is_killed_again_and_again_is_finished_at_last(tmp_path, undisturbed):
    for _ in range(12):
        process = start(*COMMAND, cwd=tmp_path, env=SLOW)
        time.sleep(MOMENTS.uniform(1.5, 3.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=10)
    assert run(*COMMAND, cwd=tmp_path).returncode == 0
    assert tree(tmp_path / "run") == undisturbed(SLOTS)
