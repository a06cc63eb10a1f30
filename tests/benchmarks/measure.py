"""Runs `madata generate` and watches it: seconds, and the peak resident memory of any of its processes."""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import orjson

STANDIN = Path(__file__).parents[1] / "standin.py"


class Measured(NamedTuple):
    n: int
    seconds: float
    megabytes: float
    summary: dict


def arguments(description, *sizes):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("n", nargs="*", type=int, default=sizes, help=f"numbers of episodes [default: {sizes}]")
    parser.add_argument("--stand-in", action="store_true", help="made-up episodes: what the machinery costs by itself")
    parser.add_argument("--dir", help="where the runs are written, and removed")
    return parser.parse_args()


def generate(n, stand_in, directory):
    out = Path(tempfile.mkdtemp(dir=directory))
    program = [str(STANDIN)] if stand_in else ["-m", "madata"]
    command = [sys.executable, *program, "generate", "tom", "--n", str(n), "--out", str(out / "run"), "--json"]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    peak = 0
    while process.poll() is None:
        peak = max(
            peak, *(resident(stat) for stat in Path("/proc").glob("[0-9]*/stat") if group(stat) == process.pid), 0
        )
        time.sleep(0.1)
    seconds = time.perf_counter() - begun
    summary = orjson.loads(process.stdout.read())
    shutil.rmtree(out)
    return Measured(n, seconds, peak / 1024, summary)


def group(stat):
    try:
        return int(stat.read_text().rpartition(")")[2].split()[2])
    except (FileNotFoundError, ProcessLookupError):
        return None


def resident(stat):
    """The high-water mark of a process in KB."""
    try:
        lines = stat.with_name("status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM:")), 0)
