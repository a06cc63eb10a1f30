"""Watches over the processes that make a run: none is lost unnoticed, and none outlives the run.

    supervisor (holds the lock, counts, talks to the user; light)
      └─ host (runs the distilabel pipeline)
           └─ distilabel's processes, the steps among them

distilabel 1.5.3 waits for ever for a worker that was killed, and its workers write on when their parent is gone. So:

- Every process dies with its parent (PR_SET_PDEATHSIG, set in each child right after the fork).
- The host exits as soon as one of its processes does, and the supervisor starts another pipeline for what is missing.
- All of them inherit the write end of one pipe. Steps tell through it what they finished; its end of file means
  that none of them is left.
- They also share the supervisor's lock, so whoever else wants to write waits for the last of them.

With `--ray` the steps run on a cluster instead, and the host watches over them (`cluster.py`).
"""

import contextlib
import ctypes
import multiprocessing
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple, Protocol

import orjson

from madata.generators.run import Failed, Run, UserError
from madata.generators.voices import Servers
from madata.schemas import digest

PR_SET_PDEATHSIG = 1
BARREN = 3  # pipelines in a row that were lost before they made a part
BEAT = 0.25  # seconds between looks at the processes, and at the clock


class Stopped(BaseException):
    """SIGINT or SIGTERM arrived."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Turns SIGINT and SIGTERM into `Stopped`."""

    def stop(number: int, frame: FrameType | None) -> None:
        for other in before:
            signal.signal(other, signal.SIG_IGN)
        raise Stopped(number)

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Means(NamedTuple):
    """With what a run is made, which is no part of what it is: processes, servers if models speak, a Ray cluster."""

    processes: int
    servers: Servers | None = None
    ray: str | None = None


class Watcher(Protocol):
    """Who is told how a run goes: `done` of each shard once its part is there, `progress` of what a process says of its
    dialogues with models, `beat` all the time, `say` of what the user should know."""

    def done(self, shard: int) -> None: ...

    def progress(self, message: dict[str, Any]) -> None: ...

    def beat(self) -> None: ...

    def say(self, line: str) -> None: ...


def make_missing(run: Run, means: Means, watcher: Watcher) -> None:
    """Makes what is missing of `run`."""
    missing = set(run.missing())
    barren = 0
    while missing:
        before = len(missing)
        for message in pipeline(run, means._replace(processes=min(means.processes, len(missing))), watcher.beat):
            if "shard" in message:
                missing.discard(message["shard"])
                watcher.done(message["shard"])
            elif "say" in message:
                watcher.say(message["say"])
            else:
                watcher.progress(message)
        for shard in sorted(missing - set(run.missing())):
            missing.discard(shard)
            watcher.done(shard)
        if missing:
            barren = barren + 1 if len(missing) == before else 0
            if barren == BARREN:
                raise Failed("worker processes were lost again and again before they finished anything")
            watcher.say("a worker process was lost; what it had not finished is made again")


def pipeline(run: Run, means: Means, beat: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """One pipeline: what its processes tell, until all of them are gone."""
    reader, writer = os.pipe()
    scratch = scratch_of(run)
    arguments = (run, means, scratch, writer, os.getpid())
    host = multiprocessing.get_context("fork").Process(target=host_pipeline, args=arguments)
    try:
        with uninterrupted():
            host.start()
            os.close(writer)
        told = b""
        while True:
            beat()
            if not select.select([reader], [], [], BEAT)[0]:
                continue
            if not (chunk := os.read(reader, 1 << 16)):
                return
            *messages, told = (told + chunk).split(b"\n")
            for message in map(orjson.loads, messages):
                if "error" in message:
                    sys.stderr.write(message["trace"])
                    raise Failed(message["error"])
                yield message
    finally:
        if host.pid is not None:
            host.kill()
            host.join()
        while select.select([reader], [], [], 5)[0] and os.read(reader, 1 << 16):
            pass
        os.close(reader)
        shutil.rmtree(scratch, ignore_errors=True)


def scratch_of(run: Run) -> Path:
    """A new directory for what nobody needs after the run. There is one for a run, so a killed one's is removed here.

    It is not below `run`, nor where TMPDIR says: it holds sockets, whose paths have at most 108 bytes.
    """
    scratch = Path(f"/tmp/madata-{os.getuid()}-{digest(str(run.path.resolve()))}")  # noqa: S108
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(mode=0o700)
    return scratch


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Holds signals back, so that a fork is not caught halfway."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def host_pipeline(run: Run, means: Means, scratch: Path, report: int, supervisor: int) -> None:
    """The main function of the host process."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    # Ctrl-C reaches the whole group; it is for the supervisor.
    signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGINT})
    die_with(supervisor)
    forking = [os.getpid()]
    os.register_at_fork(before=lambda: forking.append(os.getpid()), after_in_child=lambda: die_with(forking[-1]))
    threading.Thread(target=exit_with_children, daemon=True).start()

    os.dup2(2, 1)  # the standard output is for results
    # What distilabel leaves behind (logs, sockets, a data set of references) must not reach the user's home.
    tempfile.tempdir = str(scratch)
    os.environ |= {
        "DISTILABEL_LOG_LEVEL": "CRITICAL",
        "HF_DATASETS_CACHE": str(scratch / "datasets"),
        "HF_DATASETS_DISABLE_PROGRESS_BARS": "1",
        "HF_DATASETS_OFFLINE": "1",
    }
    multiprocessing.set_start_method("fork", force=True)
    try:
        with warnings.catch_warnings(action="ignore"):
            from madata.generators.pipeline import build

            if means.ray is None:
                build(run, means, scratch, report).run(use_cache=False)
            else:
                from madata.generators.cluster import Cluster

                run = Run(run.path.resolve(), run.config)  # the nodes have other working directories
                cluster = Cluster(means.ray)
                with cluster.watching(run, report):
                    means = means._replace(processes=min(means.processes, cluster.room()))
                    build(run, means, scratch, cluster.reports).ray().run(use_cache=False)
    except Exception as error:
        tell_error(report, error)


def die_with(parent: int) -> None:
    """Has the kernel kill this process when its parent dies (on Linux; elsewhere the lock alone keeps order)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def exit_with_children() -> None:
    """Ends this process when one of its children has ended: distilabel's live as long as the pipeline."""
    seen: set[int | None] = set()
    while True:
        alive = {child.pid for child in multiprocessing.active_children()}
        if seen - alive:
            os._exit(1)
        seen |= alive
        time.sleep(BEAT)


def tell(report: int | str, message: dict[str, Any]) -> None:
    """Lines of at most PIPE_BUF bytes from several processes do not mix."""
    line = orjson.dumps(message) + b"\n"
    if isinstance(report, int):
        os.write(report, line)
    else:
        from madata.generators.cluster import put

        put(report, line)


def tell_error(report: int | str, error: Exception) -> None:
    if isinstance(error, (Failed, UserError)):
        tell(report, {"error": str(error)[:500], "trace": ""})
    elif isinstance(error, OSError):
        tell(report, {"error": f"{error.filename or 'writing'}: {error.strerror}"[:500], "trace": ""})
    else:
        trace = "".join(traceback.format_exception(error))[-2000:]
        tell(report, {"error": f"{type(error).__name__}: {error}"[:500], "trace": trace})
