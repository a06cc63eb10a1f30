"""`generate --ray` on a cluster of two nodes on this machine: whatever dies, the bytes are those of a local run."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import warnings
from pathlib import Path

import fake_server
import pytest
from processes import tree, wait_for
from sessions import parts

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

N = 2000
SMALL = {"object_store_memory": 80 << 20, "include_dashboard": False}


def madata(*arguments, cwd):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    command = [sys.executable, "-P", "-m", "madata", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=cwd, env=environment, **streams)


def finished(process):
    stdout, stderr = process.communicate(timeout=240)
    assert process.returncode == 0, stderr
    return stdout, stderr


def processes(word):
    """Ids and command lines of the processes with a word in theirs."""
    found = {}
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_text().replace("\0", " ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if word in line:
            found[int(path.parent.name)] = line
    return found


@pytest.fixture
def cluster(monkeypatch):
    """A head and another node with two CPUs each; nothing of it is left afterwards."""
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    with warnings.catch_warnings(action="ignore"):
        from ray.cluster_utils import Cluster
    scratch = tempfile.mkdtemp(prefix="madata-ray-", dir="/tmp")  # the paths of sockets are short
    started = Cluster(initialize_head=True, head_node_args={"num_cpus": 2, "temp_dir": scratch, **SMALL})
    try:
        started.add_node(num_cpus=2, temp_dir=scratch, **SMALL)
        yield started
    finally:
        started.shutdown()
        wait_for(lambda: not processes(scratch), 20)
        shutil.rmtree(scratch)


@pytest.fixture(scope="module")
def local(tmp_path_factory):
    """What an undisturbed run on this machine leaves."""
    cwd = tmp_path_factory.mktemp("local")
    finished(madata("generate", "tom", "--n", N, "--out", "run", cwd=cwd))
    return tree(cwd / "run")


def begin(cluster, cwd):
    """A run on the cluster that has got as far as its first part."""
    process = madata("generate", "tom", "--n", N, "--out", "run", "--ray", cluster.address, cwd=cwd)
    wait_for(lambda: process.poll() is not None or list((cwd / "run").glob("episodes/part-*")), 60)
    assert process.poll() is None, process.communicate()[1]
    return process


def raylet(node):
    (found,) = node.all_processes["raylet"]
    return found.process.pid


def workers(node):
    """The processes that run a step on a node."""
    running = processes("ray::_StepWrapperRay")
    return [pid for pid in running if f"PPid:\t{raylet(node)}\n" in Path(f"/proc/{pid}/status").read_text()]


@pytest.mark.slow
def test_an_undisturbed_run_uses_both_nodes(tmp_path, cluster, local):
    process = begin(cluster, tmp_path)
    assert all(workers(node) for node in (cluster.head_node, *cluster.worker_nodes))
    stdout, stderr = finished(process)
    assert "was lost" not in stderr
    assert stdout.startswith(f"{N:,} episodes, ")
    assert tree(tmp_path / "run") == local


def test_a_killed_worker_loses_nothing(tmp_path, cluster, local):
    process = begin(cluster, tmp_path)
    os.kill(workers(cluster.head_node)[0], signal.SIGKILL)
    _, stderr = finished(process)
    assert "madata: a worker process was lost; what it had not finished is made again\n" in stderr
    assert tree(tmp_path / "run") == local


def test_a_killed_node_loses_nothing_and_the_labels_hold(tmp_path, cluster, local):
    process = begin(cluster, tmp_path)
    (node,) = cluster.worker_nodes
    doomed = workers(node)
    for pid in doomed:
        os.kill(pid, signal.SIGSTOP)  # so that the others cannot finish before the node goes
    wait_for(lambda: len(list((tmp_path / "run").glob("episodes/part-*"))) > 1, 60)
    for pid in (raylet(node), *doomed):  # in this order, or it would still report them
        os.kill(pid, signal.SIGKILL)
    _, stderr = finished(process)
    assert "madata: Ray: The actor" in stderr  # which of them is noticed first, and as what, varies
    assert "Traceback" not in stderr and "state-dump" not in stderr and "ActorDiedError" not in stderr
    assert tree(tmp_path / "run") == local
    stdout, _ = finished(madata("validate", "run", cwd=tmp_path))
    assert f"{N:,} episodes" in stdout


@pytest.mark.slow
def test_a_killed_madata_leaves_no_work_behind_and_continues(tmp_path, cluster, local):
    process = begin(cluster, tmp_path)
    process.kill()
    process.communicate()
    wait_for(lambda: not processes("ray::_StepWrapperRay"), 30)
    finished(madata("generate", "tom", "--n", N, "--out", "run", "--ray", cluster.address, cwd=tmp_path))
    assert tree(tmp_path / "run") == local


@pytest.mark.slow
def test_a_fault_of_a_step_reaches_the_user(tmp_path, cluster):
    (tmp_path / "run").mkdir()
    process = begin(cluster, tmp_path)
    shutil.rmtree(tmp_path / "run/rejected")
    _, stderr = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "No such file or directory" in stderr.splitlines()[-1]


def test_models_play_on_a_cluster_and_no_answer_is_lost_with_a_worker(tmp_path, cluster):
    """Two shards, a worker for each, two servers of one model; all answers in one file."""
    with fake_server.serving(parrot=True) as one, fake_server.serving(parrot=True) as other:
        served = ("--teacher", f"{one}/v1", "--teacher", f"{other}/v1", "--model", "fake", "--family", "contents")
        asked = ("generate", "tom", "--n", 300, *served, "--out", "run")
        process = madata(*asked, "--ray", cluster.address, cwd=tmp_path)
        wait_for(lambda: answers(tmp_path / "run") > 300, 90)
        os.kill(
            next(pid for node in (cluster.head_node, *cluster.worker_nodes) for pid in workers(node)), signal.SIGKILL
        )
        _, stderr = finished(process)
        assert "a worker process was lost" in stderr
        (tmp_path / "local").mkdir()
        finished(madata(*asked, cwd=tmp_path / "local"))
    assert answers(tmp_path / "run") == answers(tmp_path / "local/run")
    assert parts(tmp_path / "run") == parts(tmp_path / "local/run")


def answers(run):
    if not (run / "responses.sqlite").is_file():
        return 0
    with contextlib.closing(sqlite3.connect(run / "responses.sqlite", timeout=30)) as file:
        try:
            ((count,),) = file.execute("select count(*) from responses")
        except sqlite3.OperationalError:  # not yet a table in it
            return 0
        return count
