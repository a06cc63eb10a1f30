"""A server's surroundings, with a stand-in for vLLM: which Python, which port, what it is told, what is left of it."""

import json
import os
import shutil
import signal
import socket
import sys
import urllib.request
from pathlib import Path

import pytest
from processes import members, wait_for

from madata import cli
from madata.generators.run import UserError
from madata.generators.teachers import server
from madata.generators.teachers.server import available, find_python, serving

STANDIN = """
import json, os, subprocess, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

def value(name):
    return sys.argv[sys.argv.index(name) + 1]

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        told = {"argv": sys.argv, "environ": dict(os.environ)}
        self.wfile.write(json.dumps({"data": [{"id": value("--served-model-name")}], "told": told}).encode())

if value("--model") == "/nowhere":
    sys.exit("no such\\x1b[31m model")
engine = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
HTTPServer((value("--host"), int(value("--port"))), Handler).serve_forever()
"""


@pytest.fixture
def python(tmp_path):
    """A "Python with vLLM" whose server answers at once and has a child."""
    (tmp_path / "standin.py").write_text(STANDIN)
    path = tmp_path / "python"
    path.write_text(f'#!/bin/sh\nexec {sys.executable} -P {tmp_path}/standin.py "$@"\n')
    path.chmod(0o755)
    return path


def told(started):
    with urllib.request.urlopen(f"{started.url}/models") as response:
        return json.load(response)["told"]


def test_a_server_is_told_what_it_needs_and_leaves_nothing(tmp_path, monkeypatch, python):
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, sys.path)))
    monkeypatch.setenv("DO_NOT_TRACK", "maybe")
    with serving(str(tmp_path), python=python, arguments=["--seed", "3"]) as started:
        assert started.name == tmp_path.name
        about = told(started)
        assert "--seed 3 --model" in " ".join(about["argv"])
        assert about["argv"][-6:-2] == ["--model", str(tmp_path), "--host", "127.0.0.1"]
        environ = about["environ"]
        assert "PYTHONPATH" not in environ
        assert (environ["DO_NOT_TRACK"], environ["HF_HUB_OFFLINE"]) == ("maybe", "1")
        assert Path(environ["TMPDIR"]) == started.log.parent
        assert len(members(started.process.pid)) == 3
    assert members(started.process.pid) == []
    assert not started.log.parent.exists()


def test_a_name_on_the_hub_keeps_its_name_and_the_network(python):
    with serving("some/model", python=python) as started:
        assert started.name == "some/model"
        assert "HF_HUB_OFFLINE" not in told(started)["environ"].keys() - os.environ.keys()


def test_a_server_that_dies_takes_its_children_along_and_keeps_its_log(python):
    with serving("some/model", python=python) as started:
        leash = started.process.pid
        (command,) = Path(f"/proc/{leash}/task/{leash}/children").read_text().split()
        os.kill(int(command), signal.SIGKILL)
        started.process.wait(10)
        assert members(leash) == []
    forget(started.log)


def forget(log):
    """Removes what a server that ended by itself leaves on purpose, and nothing more."""
    log.unlink()
    log.parent.rmdir()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_leash_leaves_nothing(python, number):
    with serving("some/model", python=python) as started:
        os.kill(started.process.pid, number)
        started.process.wait(10)
    wait_for(lambda: members(started.process.pid) == [], 5)
    shutil.rmtree(started.log.parent, ignore_errors=True)  # a leash that was killed tidies no more


def test_a_server_that_cannot_start_is_one_line_and_the_end_of_its_log(python):
    said = []
    with (
        pytest.raises(
            UserError, match=r"^/nowhere: the vLLM server ended before it was healthy; mend .*vllm\.log\)$"
        ) as refused,
        serving("/nowhere", python=python, say=said.append),
    ):
        pytest.fail("nothing is served")
    assert said == ["vLLM: no such[31m model"]
    forget(Path(refused.value.args[0].rpartition("(")[2].removesuffix(")")))


def test_a_taken_port_is_refused_and_a_free_one_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(UserError, match=rf"^--port {port}: .*Address already in use; choose another, or none$"):
            available(port)
    assert available(port) == port
    assert available(None) > 1023
    with pytest.raises(UserError, match=r"^--port 70000: "):
        available(70000)


def test_the_python_with_vllm_is_looked_for(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MADATA_VLLM_PYTHON", raising=False)
    monkeypatch.setattr(server, "find_spec", lambda name: None)
    assert cli.run(["serve", "some/model"]) == 2
    assert capsys.readouterr().err == (
        "madata: no vLLM: `pip install vllm` beside madata, or set MADATA_VLLM_PYTHON to a Python that has it, "
        "or build .venv-vllm with `make teacher`\n"
    )
    beside = tmp_path / ".venv-vllm/bin/python"
    beside.parent.mkdir(parents=True)
    beside.touch()
    assert find_python() == beside
    monkeypatch.setenv("MADATA_VLLM_PYTHON", "/nowhere/python")
    with pytest.raises(UserError, match=r"^MADATA_VLLM_PYTHON=/nowhere/python: no such file; "):
        find_python()
    monkeypatch.setenv("MADATA_VLLM_PYTHON", sys.executable)
    assert find_python() == Path(sys.executable)
    monkeypatch.setattr(server, "find_spec", lambda name: name)
    monkeypatch.delenv("MADATA_VLLM_PYTHON")
    assert find_python() == Path(sys.executable)
