"""Runs with models from the command line: a real client, a server that parrots, and processes that are killed."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time

import fake_server
import orjson
import pytest
from processes import members, tree, wait_for
from sessions import PARTS, asked, at, generate, parts, start

from madata.schemas import read_episode
from madata.schemas.rundir import episodes

pytestmark = pytest.mark.timeout(300)  # whole runs, several in a test, on machines that may be busy


@pytest.fixture(scope="module")
def parrot():
    with fake_server.serving(parrot=True, models=["fake", "other"]) as url:
        yield url


@pytest.fixture(scope="module")
def finished(parrot, tmp_path_factory):
    """A directory with a run of 12 that was not disturbed, and what it printed."""
    cwd = tmp_path_factory.mktemp("finished")
    done = generate("--n", 12, *at(parrot), cwd=cwd)
    assert done.returncode == 0, done.stderr
    return cwd, done


def test_a_run_with_a_model_says_what_it_used(finished):
    cwd, done = finished
    told = [read_episode(episode) for episode in episodes(cwd / "run")]
    assert len(told) == 12 and all(episode.provenance.spoken for episode in told)
    answers = sum(len(spoken.requests) for episode in told for spoken in episode.provenance.spoken)
    assert f"answers: {answers:,}, of which accepted {answers:,} (100.0%)" in done.stdout
    assert "tokens of fake: " in done.stdout and "teacher: fake, scripted" in done.stdout
    assert "plan (verbalise): " in done.stderr and "teacher fake (100%) at http://127.0.0.1" in done.stderr


def test_a_finished_run_comes_back_from_its_answers_without_a_server(finished, tmp_path):
    cwd, _ = finished
    run = tmp_path / "run"
    subprocess.run(["cp", "-r", cwd / "run", run], check=True)
    before = parts(run)
    for name in PARTS:
        for part in (run / name).iterdir():
            part.unlink()
    again = generate("--n", 12, *at("http://127.0.0.1:9"), cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert parts(run) == before
    assert "going on with the answers kept in run/responses.sqlite" in again.stderr


def test_killed_runs_ask_nothing_twice_and_end_the_same(finished, tmp_path):
    cwd, _ = finished
    with fake_server.serving(parrot=True, latency=0.05, sigma=0.5) as url:
        for seconds in (3.0, 3.5, 4.0):
            process = start("--n", 12, *at(url), cwd=tmp_path)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            wait_for(lambda group=process.pid: not members(group), 60)
        done = generate("--n", 12, *at(url), cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        with contextlib.closing(sqlite3.connect(tmp_path / "run/responses.sqlite")) as kept:
            ((needed,),) = kept.execute("select count(*) from responses")
        assert needed <= asked(url) <= needed + 3 * 32  # what was in flight at a kill has to be asked again
    assert parts(tmp_path / "run") == parts(cwd / "run")


def test_self_play_with_a_model_for_each_agent(parrot, tmp_path):
    two = ("--teacher", parrot, "--model", "fake", "--teacher", parrot, "--model", "other=2")
    done = generate("--n", 6, "--self-play", "--cast", "agent", *two, "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    summary = orjson.loads(done.stdout)
    assert summary["episodes"] == 6 and set(summary["tokens"]) == {"fake", "other"}
    assert "motives" not in summary["families"] and summary["teachers"] == ["fake", "other", "scripted"]


def test_a_model_negotiates_among_scripts(parrot, tmp_path):
    for name in ("first", "again"):
        (tmp_path / name).mkdir()
        alone = ("--n", 12, "--self-play", "--cast", "one", *at(parrot), "--json")
        done = generate(*alone, task="negotiation", cwd=tmp_path / name)
        assert done.returncode == 0, done.stderr
        assert orjson.loads(done.stdout)["teachers"] == ["fake", "scripted"]
    assert parts(tmp_path / "first" / "run") == parts(tmp_path / "again" / "run")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--model", "wrong"), "wrong"),
        (("--model", "fake", "--family", "motives", "--self-play"), "motives has a script only"),
        (("--model", "fake", "--cast", "one", "--self-play"), "no scripted agents beside models"),
    ],
)
def test_what_can_never_work_is_said_before_any_work(parrot, tmp_path, arguments, words):
    done = generate("--n", 12, "--teacher", parrot, *arguments, cwd=tmp_path)
    assert done.returncode == 2 and words in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "run").exists()


def test_a_key_is_used_and_written_nowhere(tmp_path):
    key = "sk-not-for-anybody-else"
    with fake_server.serving(parrot=True, key=key) as url:
        refused = generate("--n", 2, *at(url), cwd=tmp_path, MADATA_API_KEY="sk-mistaken")
        assert refused.returncode == 2 and "MADATA_API_KEY" in refused.stderr
        done = generate("--n", 2, *at(url), cwd=tmp_path, MADATA_API_KEY=key)
    assert done.returncode == 0, done.stderr
    written = [refused.stdout, refused.stderr, done.stdout, done.stderr]
    assert not any(word in text for text in written for word in (key, "sk-mistaken"))
    assert not any(key.encode() in content for content in tree(tmp_path).values())


def test_a_server_that_dies_for_good_stops_the_run_and_the_same_command_continues(finished, tmp_path):
    cwd, _ = finished
    with fake_server.process(parrot=True, latency=0.1) as (server, port):
        url = f"http://127.0.0.1:{port}"
        process = start("--n", 12, *at(url), "--patience", 1, cwd=tmp_path)
        wait_for(lambda: (tmp_path / "run/responses.sqlite").is_file() and asked(url) > 30)
        server.kill()
        died = time.monotonic()
        _, stderr = process.communicate(timeout=30)
        assert time.monotonic() - died < 8
    assert process.returncode == 1 and "Traceback" not in stderr
    assert "no endpoint of 'fake' came back within 1 s" in stderr and "the same command continues" in stderr
    with fake_server.serving(parrot=True, port=port) as url:
        done = generate("--n", 12, *at(url), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert parts(tmp_path / "run") == parts(cwd / "run")


def test_a_model_that_says_nothing_useful_leaves_slots_unfilled_and_says_why(tmp_path):
    with fake_server.serving() as url:
        done = generate("--n", 3, *at(url), "--attempts", 2, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    assert "3 of 3 slots stay unfilled" in done.stdout and "refused by" in done.stdout
    rejected = list(map(orjson.loads, (tmp_path / "run/rejected/part-00000.jsonl").read_bytes().splitlines()))
    assert [(attempt["slot"], attempt["attempt"]) for attempt in rejected] == [(s, a) for s in range(3) for a in (0, 1)]
