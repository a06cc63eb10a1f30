"""What is in `responses.sqlite` is never asked again, whatever happens to who wrote it."""

import asyncio
import hashlib
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import tempfile
import textwrap
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from madata.generators.run import Failed, UserError
from madata.generators.teachers import responses as module
from madata.generators.teachers.request import Place, Reply, Request
from madata.generators.teachers.responses import Responses

ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}


def request(slot=0, turn=0, words="Hello."):
    return Request("fake", ({"role": "user", "content": words},), 20, 1.0, Place(slot, 0, turn, "a1", 0))


class Server:
    """Answers, and counts how often it had to."""

    def __init__(self, words="yes"):
        self.asked = []
        self.words = words

    async def ask(self, asked):
        self.asked.append(asked.place.slot)
        await asyncio.sleep(0.001)
        return Reply(f"{self.words} {asked.place.slot}", "stop", 100, 20, "chat-1")


def ask(path, asked, server):
    """The replies to all of them, asked at once."""

    async def go():
        async with Responses(path, server and server.ask) as responses:
            return await asyncio.gather(*(responses.ask(one) for one in asked))

    return asyncio.run(go())


@pytest.fixture
def path(tmp_path):
    return tmp_path / "responses.sqlite"


def rows(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchall()


def test_what_was_answered_is_not_asked_again(path):
    server, asked = Server(), [request(slot) for slot in range(50)]
    first = ask(path, asked, server)
    assert [reply.text for reply in first] == [f"yes {slot}" for slot in range(50)]
    assert ask(path, asked, server) == ask(path, asked, None) == first
    assert server.asked == list(range(50))


def test_a_row_says_what_was_asked_and_answered(path):
    one = replace(request(7, 3), schema={"type": "object"})
    ask(path, [one], Server())
    with closing(sqlite3.connect(path)) as connection:
        connection.row_factory = sqlite3.Row
        (row,) = map(dict, connection.execute("SELECT * FROM responses"))
    kept = row.pop("request")
    assert hashlib.sha256(kept.encode()).hexdigest()[:32] == one.key
    assert orjson.loads(kept)["messages"] == [{"role": "user", "content": "Hello."}]
    place = {"slot": 7, "attempt": 0, "turn": 3, "agent": "a1", "ask": 0}
    reply = {"text": "yes 7", "finish": "stop", "prompt_tokens": 100, "completion_tokens": 20, "id": "chat-1"}
    assert row == {"key": one.key, "model": "fake", "verdict": None, **place, **reply}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back_as_it_was(words):
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "responses.sqlite"
        server = Server(words)
        assert ask(path, [request()], server) == ask(path, [request()], None)
        assert ask(path, [request()], None)[0].text == f"{words} 0"


def test_many_are_written_together(path, monkeypatch):
    commits = []
    transact = Responses._transact
    monkeypatch.setattr(Responses, "_transact", lambda *given: commits.append(len(given[1])) or transact(*given))
    ask(path, [request(slot) for slot in range(2000)], Server())
    assert sum(commits) == 4000
    assert len(commits) < 200


def test_without_a_server_what_is_missing_is_named(path):
    with pytest.raises(UserError, match="to answer from; name an endpoint"):
        ask(path, [request()], None)
    assert not path.exists()
    ask(path, [request(1)], Server())
    with pytest.raises(Failed, match=r"holds no answer for slot 12 \(attempt 0, turn 3\)"):
        ask(path, [request(1), request(12, 3)], None)


def test_an_error_of_the_server_stores_nothing(path):
    class Broken:
        async def ask(self, asked):
            raise Failed("gone")

    with pytest.raises(Failed, match="gone"):
        ask(path, [request()], Broken())
    assert rows(path, "SELECT count(*) FROM responses") == [(0,)]


def test_tokens_and_verdicts_are_counted(path):
    async def go():
        async with Responses(path, Server().ask) as responses:
            asked = [request(slot) for slot in range(4)] + [replace(request(9), model="other")]
            await asyncio.gather(*(responses.ask(one) for one in asked))
            responses.judged(asked[0].key, "wording")
            responses.judged(asked[0].key, "accepted")
            responses.judged(asked[1].key, "form")
            counted = await responses.tokens(), await responses.verdicts()
            responses.judged(asked[2].key, "form")
            return counted

    tokens, verdicts = asyncio.run(go())
    assert tokens == {"fake": (400, 80), "other": (100, 20)}
    assert verdicts == {None: 3, "accepted": 1, "form": 1}
    found = rows(path, "SELECT slot, verdict FROM responses ORDER BY slot")
    assert found == [(0, "accepted"), (1, "form"), (2, "form"), (3, None), (9, None)]


def test_verdicts_do_not_pile_up(path, monkeypatch):
    monkeypatch.setattr(module, "VERDICTS", 10)

    async def go():
        async with Responses(path, Server().ask) as responses:
            asked = [request(slot) for slot in range(30)]
            await asyncio.gather(*(responses.ask(one) for one in asked))
            for one in asked[:15]:
                responses.judged(one.key, "accepted")
            for _ in range(100):
                await asyncio.sleep(0.01)
            return rows(path, "SELECT count(*) FROM responses WHERE verdict = 'accepted'")

    assert asyncio.run(go()) == [(15,)]


# Processes

WRITER = """
    import asyncio, sys
    from pathlib import Path
    from madata.generators.teachers.responses import Responses
    from test_responses import Server, request

    async def main():
        async with Responses(Path(sys.argv[1]), Server(sys.argv[2]).ask) as responses:
            async def one(slot):
                reply = await responses.ask(request(slot))
                print(slot, reply.text, flush=True)
            for first in range(0, int(sys.argv[3]), 20):
                await asyncio.gather(*(one(slot) for slot in range(first, first + 20)))

    asyncio.run(main())
"""


def write(path, words, n):
    environment = ENVIRONMENT | {"PYTHONPATH": f"{ENVIRONMENT['PYTHONPATH']}{os.pathsep}{Path(__file__).parent}"}
    command = [sys.executable, "-c", textwrap.dedent(WRITER), str(path), words, str(n)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_kill_loses_nothing_that_was_returned(path):
    returned = {}
    for round_ in range(3):
        with write(path, f"round{round_}", 100_000) as writer:
            for line, _ in zip(writer.stdout, range(150 * (round_ + 1)), strict=False):
                slot, text = line.rstrip("\n").split(" ", 1)
                assert returned.setdefault(slot, text) == text
            os.kill(writer.pid, signal.SIGKILL)
    assert len(returned) == 450
    kept = {str(slot): text for slot, text in rows(path, "SELECT slot, text FROM responses")}
    assert returned.items() <= kept.items()
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]


def test_several_processes_write_the_same_file_and_agree(path):
    writers = [write(path, f"writer{number}", 400) for number in range(3)]
    printed = [
        dict(line.split(" ", 1) for line in writer.communicate(timeout=60)[0].splitlines()) for writer in writers
    ]
    assert [writer.returncode for writer in writers] == [0, 0, 0]
    assert printed[0] == printed[1] == printed[2]
    assert len(printed[0]) == 400
    assert rows(path, "SELECT count(*) FROM responses") == [(400,)]


# Files and disks


def refusal(path, server=None, asked=None):
    with pytest.raises((UserError, Failed, OSError)) as caught:
        ask(path, asked or [request()], server or Server())
    assert "\n" not in str(caught.value)
    assert str(path) in str(caught.value)
    return caught.value


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
def test_a_file_that_is_none(path, content):
    path.write_bytes(content)
    error = refusal(path)
    assert isinstance(error, UserError)
    assert "is damaged" in str(error)
    assert path.read_bytes() == content


def test_a_file_that_was_damaged_in_the_middle(path):
    asked = [request(slot) for slot in range(300)]
    ask(path, asked, Server())
    content = bytearray(path.read_bytes())
    content[4096:-4096] = b"\xff" * (len(content) - 8192)
    path.write_bytes(content)
    assert "is damaged" in str(refusal(path, asked=asked))


def test_another_table_of_that_name(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE responses (key)")
    assert "is damaged (no such column: text)" in str(refusal(path))


def test_a_directory_that_is_not_there(tmp_path):
    error = refusal(tmp_path / "missing" / "responses.sqlite")
    assert isinstance(error, UserError)
    assert "cannot be written" in str(error)


def test_a_read_only_file_answers_but_is_not_written():
    """As a user to whom permissions apply."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "responses.sqlite"
        first = ask(path, [request()], Server())
        path.chmod(0o444)
        Path(directory).chmod(0o555)
        user = os.geteuid()
        os.seteuid(65534 if user == 0 else user)
        try:
            server = Server()
            assert "cannot be written" in str(refusal(path, server))
            assert server.asked == []
            assert ask(path, [request()], None) == first
        finally:
            os.seteuid(user)
            Path(directory).chmod(0o755)


def test_a_full_disk(path, monkeypatch):
    connect = sqlite3.connect

    def small(*arguments, **options):
        connection = connect(*arguments, **options)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(sqlite3, "connect", small)
    error = refusal(path, Server("word " * 1000), [request(slot) for slot in range(100)])
    assert isinstance(error, OSError)
    assert "No space left on device" in str(error)


def test_a_disk_that_fails(path):
    ask(path, [request()], Server())
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, hard))
    try:
        error = refusal(path, Server("word " * 5000), [request(slot) for slot in range(100)])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert isinstance(error, OSError)
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, [request()], None)[0].text == "yes 0"


def test_a_writer_that_does_not_let_go(path, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    ask(path, [request()], Server())
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        error = refusal(path)
    assert isinstance(error, Failed)
    assert "held by another process" in str(error)
    assert time.monotonic() - begun < 5
