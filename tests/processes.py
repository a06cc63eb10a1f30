"""Running the command line on the stand-in as processes of their own, watching those, and comparing run directories."""

import os
import subprocess
import sys
import time
from pathlib import Path

STANDIN = Path(__file__).with_name("standin.py")


def start(*arguments, cwd, env=(), **options):
    """`madata ARGUMENTS...` as the leader of a new process group."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))} | dict(env)
    command = [sys.executable, str(STANDIN), *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, cwd=cwd, env=environment, start_new_session=True, **streams, **options)


def run(*arguments, cwd, env=(), **options):
    """The finished process, as of `subprocess.run`."""
    process = start(*arguments, cwd=cwd, env=env, **options)
    stdout, stderr = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, stdout, stderr)


def members(group):
    """Ids of the living processes of a process group."""
    living = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, pgrp = stat.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(pgrp) == group and state not in "ZX":
            living.append(int(stat.parent.name))
    return sorted(living)


def wait_for(condition, seconds=20):
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.02)


def tree(path):
    """Every file under a directory with its bytes."""
    return {str(file.relative_to(path)): file.read_bytes() for file in sorted(path.rglob("*")) if file.is_file()}
