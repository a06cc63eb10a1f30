"""A vLLM server for as long as somebody wants one: `with serving("models/qwen") as server: ...`.

vLLM lives in a Python environment that is seldom madata's own, since it pins what it needs. Its server is a process
that leaves nothing behind (`leash.py`), is there once its `/health` answers, and listens on 127.0.0.1 alone.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import orjson

from madata.generators.run import UserError
from madata.generators.supervise import Stopped, stoppable
from madata.generators.teachers.leash import GRACE, LOG

HOST = "127.0.0.1"
BESIDE = Path(".venv-vllm/bin/python")  # where `make teacher` puts it
BEAT = 0.25  # seconds between looks at a server that starts
SPARSE = 10  # seconds between lines that say so
TAIL = 8  # lines of the log that are shown of a server that died

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Server:
    """`url` is the base of the OpenAI protocol, `name` the model's in requests; `process` ends when the server does."""

    url: str
    name: str
    log: Path
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def serving(
    model: str,
    *,
    port: int | None = None,
    python: Path | None = None,
    arguments: Sequence[str] = (),
    say: Say = lambda line: None,
) -> Iterator[Server]:
    """A healthy server of `model`, a directory or a name on the Hub. `arguments` are vLLM's own. Raises `UserError`."""
    python = python or find_python()
    port = available(port)
    directory = Path(tempfile.mkdtemp(prefix="madata-serve-", dir="/tmp"))  # the paths of sockets are short
    log = directory / LOG
    # PYTHONPATH is for madata's Python; another one has packages of its own.
    bare = [] if python == Path(sys.executable) else ["env", "-u", "PYTHONPATH"]
    called = Path(model).resolve().name if Path(model).is_dir() else model
    command = [*bare, str(python), "-P", "-m", "vllm.entrypoints.openai.api_server", "--served-model-name", called]
    command += [*arguments, "--model", model, "--host", HOST, "--port", str(port)]
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-P", "-m", "madata.generators.teachers.leash", str(directory), *command],
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=file,
            env=environment(model) | {"TMPDIR": str(directory)},
            start_new_session=True,
        )
    assert process.stdin
    try:
        if (name := wait_until_healthy(process, port, model, say)) is None:
            show_end(log, say)
            raise UserError(f"{model}: the vLLM server ended before it was healthy; mend what it says above ({log})")
        yield Server(f"http://{HOST}:{port}/v1", name, log, process)
    finally:
        process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(2 * GRACE)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def find_python() -> Path:
    """The Python that has vLLM."""
    if find_spec("vllm"):
        return Path(sys.executable)
    if named := os.environ.get("MADATA_VLLM_PYTHON"):
        if not Path(named).is_file():
            raise UserError(f"MADATA_VLLM_PYTHON={named}: no such file; name the Python of an environment with vLLM")
        return Path(named)
    if BESIDE.is_file():
        return BESIDE.absolute()
    raise UserError(
        "no vLLM: `pip install vllm` beside madata, or set MADATA_VLLM_PYTHON to a Python that has it, "
        f"or build {BESIDE.parts[0]} with `make teacher`"
    )


def available(port: int | None) -> int:
    """`port`, or any that is free. A taken one is refused here: another's server would answer for ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port or 0))
        except (OSError, OverflowError) as error:
            raise UserError(f"--port {port}: {error}; choose another, or none") from error
        free: int = probe.getsockname()[1]
        return free


def environment(model: str) -> dict[str, str]:
    """What vLLM is told that its command line does not say; the user's environment comes first."""
    told = {"VLLM_CPU_KVCACHE_SPACE": "2", "VLLM_NO_USAGE_STATS": "1", "DO_NOT_TRACK": "1"}
    if Path(model).is_dir():
        told["HF_HUB_OFFLINE"] = "1"
    return told | os.environ


def wait_until_healthy(process: subprocess.Popen[bytes], port: int, model: str, say: Say) -> str | None:
    """The name under which the server serves, or None if it ended."""
    begun = time.monotonic()
    due = SPARSE
    while process.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if get(port, "/health") is not None and (models := get(port, "/v1/models")):
                return str(orjson.loads(models)["data"][0]["id"])
        if (seconds := time.monotonic() - begun) >= due:
            due += SPARSE
            say(f"the vLLM server of {model} has been starting for {seconds:.0f} s")
        time.sleep(BEAT)
    return None


def get(port: int, path: str) -> bytes | None:
    """The body, if the status is 200. No proxy is asked."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        return body if response.status == http.client.OK else None
    finally:
        connection.close()


def show_end(log: Path, say: Say) -> None:
    lines = log.read_text(errors="replace").splitlines()
    for line in lines[-TAIL:]:
        say("vLLM: " + "".join(char for char in line if char.isprintable()))


def serve(model: str, port: int | None, arguments: Sequence[str], say: Say) -> int:
    """Serves until SIGINT or SIGTERM; URL and name go to the standard output once the server is healthy."""
    with contextlib.suppress(Stopped), stoppable(), serving(model, port=port, arguments=arguments, say=say) as server:
        sys.stdout.write(f"{server.url} {server.name}\n")
        sys.stdout.flush()
        server.process.wait()
        show_end(server.log, say)
        say(f"the vLLM server of {model} ended by itself; its log is {server.log}")
        return 1
    return 0
