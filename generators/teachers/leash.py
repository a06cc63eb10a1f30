"""Runs a server that ends with whoever started it, together with its children and what they leave in a directory.

    python -P -m madata.generators.teachers.leash DIRECTORY COMMAND...

vLLM's engine is a process of its own and lives on when the server is killed; killed itself, it leaves hundreds of
megabytes in /dev/shm. So the leash leads a process group, outside the starter's, and reads a pipe whose other end the
starter holds. End of file means that the starter is done, or gone, be it by `kill -9`: all are asked to end, then the
group is killed. A server that ends by itself takes the others along, and only then its log is kept.
"""

import contextlib
import ctypes
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from madata.generators.supervise import die_with

PR_SET_CHILD_SUBREAPER = 36
LOG = "vllm.log"
BEAT = 0.25  # seconds between looks at the server and the pipe
GRACE = 10  # seconds for the server and its engine to give back their memory


def main(directory: Path, command: list[str]) -> None:
    leash = os.getpid()
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)  # the orphans of a server become children of the leash
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    server = subprocess.Popen(command, stdin=subprocess.DEVNULL, preexec_fn=lambda: die_with(leash))  # noqa: S603
    try:
        while server.poll() is None and not select.select([0], [], [], BEAT)[0]:
            pass
    finally:
        by_itself = server.poll() is not None
        signal.signal(signal.SIGTERM, lambda *_: None)
        os.killpg(0, signal.SIGTERM)
        reap(GRACE)
        for path in directory.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not (by_itself and path.name == LOG):
                path.unlink()
        if not by_itself:
            directory.rmdir()
        os.killpg(0, signal.SIGKILL)


def reap(seconds: float) -> None:
    """Waits for the last child."""
    until = time.monotonic() + seconds
    with contextlib.suppress(ChildProcessError):
        while time.monotonic() < until:
            if os.waitpid(-1, os.WNOHANG) == (0, 0):
                time.sleep(BEAT)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
