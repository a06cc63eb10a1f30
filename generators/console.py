"""The verb `generate`: progress on the standard error, the summary on the standard output, and an exit code."""

import errno
import signal
import sys
import time
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from madata.generators.run import Config, Failed, Resume, UserError, writing
from madata.generators.supervise import Stopped, make_missing, stoppable
from madata.generators.tally import Tally, locate
from madata.schemas.rundir import part

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SPARSE = 10.0  # seconds between lines of progress where there is no terminal


def generate(config: Config, out: Path, processes: int, resume: Resume, as_json: bool, ray: str | None = None) -> int:
    """Makes the run and says how it went; the exit code is 1 if it holds less than was asked for."""
    kept = f"everything finished is in {out}; the same command continues"
    try:
        with stoppable():
            return make(config, out, processes, resume, as_json, ray)
    except Stopped as stopped:
        say(f"stopped by {signal.Signals(stopped.number).name}: {kept}")
        return 128 + stopped.number
    except Failed as failed:
        say(f"{failed}: {kept}")
        return 1
    except OSError as error:
        if error.errno in FULL:
            say(f"{error.filename or out}: {error.strerror}: {kept}")
            return 1
        raise UserError(f"{error.filename or out}: {error.strerror}; choose another directory with --out") from error


def make(config: Config, out: Path, processes: int, resume: Resume, as_json: bool, ray: str | None = None) -> int:
    begun = time.monotonic()
    with writing(out, config, resume) as run:
        tally = Tally(config)
        with Meter(config.n) as meter:

            def count(shard: int) -> None:
                tally.add(part(out, shard))
                meter.show(tally.episodes)

            for complete in run.complete():
                count(complete.number)
            make_missing(run, processes, count, meter.beat, meter.say, ray)
        repeated = tally.repeated()
        places = locate(run.complete(), repeated) if repeated else []
    summary = summarise(tally, out, places, time.monotonic() - begun)
    sys.stdout.write(orjson.dumps(summary).decode() + "\n" if as_json else told(summary))
    return 1 if tally.unfilled or repeated else 0


def summarise(tally: Tally, out: Path, repeated: list[str], seconds: float) -> dict[str, Any]:
    return {
        "path": str(out),
        "task": tally.config.task,
        "families": list(tally.config.families),
        "asked": tally.config.n,
        "episodes": tally.episodes,
        "questions": tally.questions,
        "rejected": dict(tally.rejected.most_common()),
        "unfilled": dict(tally.unfilled.most_common()),
        "repeated": repeated,
        "teachers": sorted(tally.teachers),
        "seconds": round(seconds, 1),
    }


def told(summary: dict[str, Any]) -> str:
    """The summary for people."""
    reasons = ", ".join(f"{reason} {count:,}" for reason, count in summary["rejected"].items())
    lines = [
        f"{summary['episodes']:,} episodes, {summary['questions']:,} questions ({', '.join(summary['families'])})",
        f"rejected attempts: {sum(summary['rejected'].values()):,}{f' ({reasons})' if reasons else ''}",
        f"teacher: {', '.join(summary['teachers']) or 'none spoke'}",
        f"path: {summary['path']}",
        f"seconds: {summary['seconds']}",
    ]
    if unfilled := summary["unfilled"]:
        why = ", ".join(f"{reason} {count:,}" for reason, count in unfilled.items())
        lines.append(f"{sum(unfilled.values()):,} of {summary['asked']:,} slots stay unfilled, last attempt: {why}")
    lines += [f"repeated across parts: {place}" for place in summary["repeated"]]
    return "\n".join(lines) + "\n"


class Meter:
    """Progress in episodes: a bar on a terminal, elsewhere a line now and then."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.episodes = 0
        self.due = time.monotonic() + SPARSE
        console = Console(stderr=True)
        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("episodes"), TimeRemainingColumn())
        # No refreshing thread: the supervisor forks.
        self.bar = Progress(*columns, console=console, auto_refresh=False) if console.is_terminal else None
        self.task = self.bar.add_task("", total=total) if self.bar else None

    def __enter__(self) -> "Meter":
        if self.bar:
            self.bar.start()
        return self

    def __exit__(self, *exception: object) -> None:
        if self.bar:
            self.bar.stop()

    def show(self, episodes: int) -> None:
        self.episodes = episodes

    def beat(self) -> None:
        if self.bar and self.task is not None:
            self.bar.update(self.task, completed=self.episodes, refresh=True)
        elif time.monotonic() >= self.due:
            self.due = time.monotonic() + SPARSE
            self.say(f"{self.episodes:,} of {self.total:,} episodes")

    def say(self, line: str) -> None:
        if self.bar:
            self.bar.console.print(f"madata: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            say(line)


def say(line: str) -> None:
    sys.stderr.write(f"madata: {line}\n")
