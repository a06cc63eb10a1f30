"""Runs with a real model on a real vLLM server, and with everything in between that can go wrong."""

import asyncio
import contextlib
import os
import signal
import sqlite3
import threading
import time

import orjson
import pytest
from fault_proxy import FAULTS, FaultProxy
from jsonschema import Draft202012Validator
from processes import members, wait_for
from sessions import PARTS, generate, parts, start

from madata.generators.teachers.endpoints import Endpoint, Endpoints
from madata.generators.teachers.request import Place, Request
from madata.generators.teachers.responses import Responses
from madata.schemas.rundir import episodes

pytestmark = [pytest.mark.integration, pytest.mark.timeout(600)]


def question(slot, model):
    words = {"role": "user", "content": f"Count from {slot} to {slot + 3}."}
    return Request(model, (words,), 8, 0.0, Place(slot, 0, 0, "a0", 0))


def kept(run):
    with contextlib.closing(sqlite3.connect(run / "responses.sqlite")) as file:
        return file.execute("select key, request, text, finish, verdict from responses order by key").fetchall()


def attempts(run):
    """Episodes and rejected attempts, by the files."""
    rejected = [line for part in (run / "rejected").iterdir() for line in part.read_bytes().splitlines()]
    return len(list(episodes(run))), len(rejected)


@pytest.mark.parametrize("served", ["tiny", pytest.param("teacher", marks=pytest.mark.slow)])
def test_every_fault_in_front_of_a_real_server_is_survived(served, request, tmp_path):
    server = request.getfixturevalue(served)
    faults = [fault for fault in FAULTS if fault != "die"]

    async def ask_all():
        plan = {3 + 4 * number: fault for number, fault in enumerate(faults)}
        async with FaultProxy(server.url.removesuffix("/v1"), plan=plan) as proxy:
            endpoint = Endpoint(proxy.url, server.name)
            async with (
                Endpoints([endpoint], timeout=15, patience=60) as pool,
                Responses(tmp_path / "responses.sqlite", pool.ask) as responses,
            ):
                replies = await asyncio.gather(*(responses.ask(question(slot, server.name)) for slot in range(64)))
            assert proxy.seen > 64
            return replies

    replies = asyncio.run(ask_all())
    assert all(reply.completion_tokens > 0 and reply.finish in ("stop", "length") for reply in replies)
    assert len({row[0] for row in kept(tmp_path)}) == len(kept(tmp_path)) == 64


@pytest.mark.parametrize(
    "mode", [pytest.param((), id="verbalise"), pytest.param(("--self-play",), id="self-play", marks=pytest.mark.slow)]
)
def test_a_run_adds_up_and_comes_back_without_the_server(teacher, tmp_path, mode):
    asked = ("--n", 4, "--attempts", 1, "--model", teacher.name, *mode)
    done = generate(*asked, "--teacher", teacher.url, cwd=tmp_path, seconds=400)
    assert done.returncode in (0, 1), done.stderr
    accepted, rejected = attempts(tmp_path / "run")
    assert accepted + rejected == 4 and (done.returncode == 0) is (accepted == 4)
    assert f"answers: {len(kept(tmp_path / 'run')):,}" in done.stdout
    before = parts(tmp_path / "run")
    for name in PARTS:
        for part in (tmp_path / "run" / name).iterdir():
            part.unlink()
    again = generate(*asked, "--teacher", "http://127.0.0.1:9/v1", cwd=tmp_path, seconds=60)
    assert again.returncode == done.returncode and parts(tmp_path / "run") == before


def test_constrained_answers_fit_their_schema_unless_they_are_cut_off(teacher, tmp_path):
    asked = ("--n", 4, "--attempts", 1, "--self-play", "--teacher", teacher.url, "--model", teacher.name)
    generate(*asked, cwd=tmp_path, seconds=400)
    whole = [row for row in kept(tmp_path / "run") if row[3] == "stop"]
    assert whole
    for _, request, text, _, verdict in whole:
        Draft202012Validator(orjson.loads(request)["schema"]).validate(orjson.loads(text))
        assert verdict != "act"


@pytest.mark.parametrize(
    ("task", "mode"),
    [
        pytest.param("negotiation", ("--self-play", "--cast", "one"), id="negotiation-one"),
        pytest.param("negotiation", ("--self-play",), id="negotiation-all", marks=pytest.mark.slow),
        pytest.param("negotiation", (), id="negotiation-verbalise", marks=pytest.mark.slow),
        pytest.param("coordination", ("--self-play", "--cast", "one"), id="coordination-one"),
        pytest.param("coordination", ("--self-play",), id="coordination-all", marks=pytest.mark.slow),
        pytest.param("coordination", (), id="coordination-verbalise", marks=pytest.mark.slow),
    ],
)
def test_a_model_at_the_table(teacher, tmp_path, task, mode):
    """What it says hardly ever passes; that it was asked what its party may know, and by the rules, can be seen. Slots
    take the families in turn."""
    slots, some = {"negotiation": (6, ()), "coordination": (4, ("graph", "hints", "maze", "pathfinding"))}[task]
    few = [part for name in some for part in ("--family", name)]
    asked = ("--n", slots, *few, "--attempts", 1, "--teacher", teacher.url, "--model", teacher.name, *mode)
    done = generate(*asked, cwd=tmp_path, task=task, seconds=500)
    assert done.returncode in (0, 1), done.stderr
    assert sum(attempts(tmp_path / "run")) == slots
    answered = kept(tmp_path / "run")
    assert answered and f"answers: {len(answered):,}" in done.stdout
    for _, request, text, finish, _ in answered:
        schema = orjson.loads(request).get("schema")
        if schema and finish == "stop":
            Draft202012Validator(schema).validate(orjson.loads(text))


@pytest.mark.slow
def test_a_client_that_is_killed_repeats_no_finished_request(teacher, tmp_path):
    asked = ("--n", 8, "--attempts", 1, "--teacher", teacher.url, "--model", teacher.name)
    process = start(*asked, cwd=tmp_path)
    wait_for(lambda: (tmp_path / "run/responses.sqlite").is_file() and len(kept(tmp_path / "run")) > 4, 120)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    wait_for(lambda: not members(process.pid))
    before = kept(tmp_path / "run")
    done = generate(*asked, cwd=tmp_path, seconds=400)
    assert done.returncode in (0, 1), done.stderr
    after = {row[0]: row for row in kept(tmp_path / "run")}
    assert all(after[row[0]][:4] == row[:4] for row in before)
    assert sum(attempts(tmp_path / "run")) == 8


@contextlib.contextmanager
def in_a_thread(upstream):
    """A fault proxy that a process can be behind."""
    ready, over = threading.Event(), asyncio.Event()
    proxy = FaultProxy(upstream)

    async def stand():
        async with proxy:
            proxy.loop = asyncio.get_running_loop()
            ready.set()
            await over.wait()

    thread = threading.Thread(target=asyncio.run, args=(stand(),))
    thread.start()
    ready.wait()
    try:
        yield proxy
    finally:
        proxy.loop.call_soon_threadsafe(over.set)
        thread.join()


def test_a_server_that_comes_back_is_waited_for_and_one_that_does_not_is_given_up(teacher, tmp_path):
    with in_a_thread(teacher.url.removesuffix("/v1")) as proxy:
        asked = ("--n", 4, "--attempts", 2, "--teacher", f"{proxy.url}/v1", "--model", teacher.name)
        process = start(*asked, "--patience", 30, cwd=tmp_path)
        wait_for(lambda: (tmp_path / "run/responses.sqlite").is_file() and kept(tmp_path / "run"), 120)
        proxy.loop.call_soon_threadsafe(proxy.die)
        time.sleep(3)
        asyncio.run_coroutine_threadsafe(proxy.rise(), proxy.loop).result(10)
        _, stderr = process.communicate(timeout=400)
        assert process.returncode in (0, 1) and "is back" in stderr, stderr
        assert attempts(tmp_path / "run")[1] + attempts(tmp_path / "run")[0] >= 4
        again = tmp_path / "again"
        again.mkdir()
        process = start(*asked, "--patience", 2, cwd=again)
        wait_for(lambda: (again / "run/responses.sqlite").is_file() and kept(again / "run"), 120)
        proxy.loop.call_soon_threadsafe(proxy.die)
        _, stderr = process.communicate(timeout=20)
        assert process.returncode == 1 and "came back within 2 s" in stderr and "the same command continues" in stderr
        assert kept(again / "run")
