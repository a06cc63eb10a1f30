"""The verb `generate`: progress on the standard error, the summary on the standard output, and an exit code."""

import contextlib
import errno
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from madata.generators.run import RESPONSES, Config, Failed, Resume, UserError, writing
from madata.generators.supervise import Means, Stopped, make_missing, stoppable
from madata.generators.tally import Tally, locate
from madata.generators.voices import Served, Servers
from madata.schemas.rundir import EPISODES, part

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
SPARSE = 10.0  # seconds between lines of progress where there is no terminal


def generate(
    config: Config, servers: Servers, out: Path, processes: int, resume: Resume, as_json: bool, ray: str | None = None
) -> int:
    """Makes the run and says how it went; the exit code is 1 if it holds less than was asked for."""
    kept = f"everything finished is in {out}; the same command continues"
    try:
        with stoppable(), started(servers) as there:
            means = Means(processes, there if config.models else None, ray)
            return make(config, means, out, resume, as_json)
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


@contextlib.contextmanager
def started(servers: Servers) -> Iterator[Servers]:
    """The servers, with the one that is ours while the run lasts."""
    if servers.serve is None:
        yield servers
        return
    from madata.generators.teachers.server import serving

    with serving(servers.serve, say=say) as server:
        ours = Served(url=server.url, model=server.name)
        yield servers.model_copy(update={"served": (ours, *servers.served)})


def make(config: Config, means: Means, out: Path, resume: Resume, as_json: bool) -> int:
    begun = time.monotonic()
    if means.servers:
        announce(config, means.servers, out)
    with writing(out, config, resume) as run:
        tally = Tally(config)
        with Meter(tally, out) as meter:
            for complete in run.complete():
                meter.done(complete.number)
            make_missing(run, means, meter)
        repeated = tally.repeated()
        places = locate(run.complete(), repeated) if repeated else []
    summary = summarise(tally, out, places, time.monotonic() - begun)
    if config.models:
        summary |= usage(out / RESPONSES, tally.episodes, meter.own())
    sys.stdout.write(orjson.dumps(summary).decode() + "\n" if as_json else told(summary))
    return 1 if tally.unfilled or repeated else 0


def announce(config: Config, servers: Servers, out: Path) -> None:
    """Looks whether the servers are there and serve what is asked for; says what the run will ask of them."""
    from madata.generators.plan import plan
    from madata.generators.session import Unreachable, preflight

    shares = sum(model.weight for model in config.models)
    for model in config.models:
        where = ", ".join(served.url for served in servers.served if served.model == model.name)
        say(f"teacher {model.name} ({model.weight / shares:.0%}) at {where}")
    try:
        preflight(servers)
    except Unreachable as unreachable:
        if not (out / RESPONSES).is_file():
            raise UserError(str(unreachable)) from unreachable
        say(f"{unreachable}; going on with the answers kept in {out / RESPONSES}")
    left = config.n - (len(list((out / EPISODES).glob("part-*.jsonl"))) * config.shard_size)
    planned = plan(config, max(left, 0))
    say(
        f"plan ({config.mode}): {planned.requests:,} requests, about {planned.prompt_tokens:,} tokens in prompts and "
        f"{planned.completion_tokens:,} in answers if all are accepted; a turn is asked at most {config.asks} times"
    )


def usage(responses: Path, episodes: int, own: dict[str, float]) -> dict[str, Any]:
    """What models were asked over the whole life of the run, from the answers that were kept."""
    from madata.generators.session import used

    tokens, verdicts = used(responses)
    return {
        "tokens": {model: count._asdict() for model, count in tokens.items()},
        "tokens_per_episode": round(sum(map(sum, tokens.values())) / episodes) if episodes else None,
        "answers": {verdict or "not judged": count for verdict, count in verdicts.items()},
        **own,
    }


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
    lines += told_usage(summary) if "tokens" in summary else []
    return "\n".join(lines) + "\n"


def told_usage(summary: dict[str, Any]) -> list[str]:
    lines = []
    for model, used in summary["tokens"].items():
        lines.append(f"tokens of {model}: {used['prompt']:,} in prompts, {used['completion']:,} in answers")
    if summary["tokens_per_episode"] is not None:
        lines.append(f"tokens for each accepted episode: {summary['tokens_per_episode']:,}")
    answers = summary["answers"]
    asked = sum(answers.values())
    accepted = answers.get("accepted", 0)
    lines.append(
        f"answers: {asked:,}, of which accepted {accepted:,} ({accepted / asked:.1%})" if asked else "answers: none"
    )
    for check, count in answers.items():
        if check != "accepted":
            lines.append(f"  refused by {check}: {count:,} ({count / asked:.1%})")
    lines.append(
        f"seconds this time: {summary['own_seconds']} own, {summary['waiting_seconds']} waiting for the servers"
    )
    return lines


class Meter:
    """Progress in episodes: a bar on a terminal, elsewhere a line now and then. It watches over `make_missing`."""

    def __init__(self, tally: Tally, out: Path) -> None:
        self.tally = tally
        self.out = out
        self.total = total = tally.config.n
        self.begun = time.monotonic()
        self.played: dict[str, dict[str, Any]] = {}
        """What each process last told of its dialogues with models."""
        self.due = time.monotonic() + SPARSE
        console = Console(stderr=True)
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("episodes{task.description}"),
            TimeRemainingColumn(),
        )
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

    def done(self, shard: int) -> None:
        self.tally.add(part(self.out, shard))

    def progress(self, message: dict[str, Any]) -> None:
        self.played[message["process"]] = message

    def beat(self) -> None:
        if self.bar and self.task is not None:
            self.bar.update(self.task, completed=self.episodes, description=self.dialogues(), refresh=True)
        elif time.monotonic() >= self.due:
            self.due = time.monotonic() + SPARSE
            self.say(f"{self.episodes:,} of {self.total:,} episodes{self.dialogues()}{self.left()}")

    @property
    def episodes(self) -> int:
        """Those in finished parts, and those that wait for their part to be full."""
        waiting = sum(int(played["waiting"]) for played in self.played.values())
        return self.tally.episodes + waiting

    def dialogues(self) -> str:
        """ ", 64 in flight, 410 tokens/s, rejected: wording 12, form 3"."""
        if not self.played:
            return ""
        rejected = sum((Counter(played["rejected"]) for played in self.played.values()), Counter[str]())
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in rejected.most_common(4)) or "none"
        flying = sum(played["in_flight"] for played in self.played.values())
        speed = sum(played["speed"] for played in self.played.values())
        return f", {flying:,} in flight, {speed:,.0f} tokens/s, rejected: {reasons}"

    def left(self) -> str:
        """The time still needed at the pace so far, where that can be told."""
        here = sum(played["accepted"] for played in self.played.values())
        if not here:
            return ""
        seconds = (self.total - self.episodes) * (time.monotonic() - self.begun) / here
        return f", {timedelta(seconds=round(seconds))} left"

    def own(self) -> dict[str, float]:
        """Seconds of processors that dialogues took here, and seconds in which their processes waited."""
        own = sum(played["own"] for played in self.played.values())
        waiting = sum(max(0.0, played["seconds"] - played["own"]) for played in self.played.values())
        return {"own_seconds": round(own, 1), "waiting_seconds": round(waiting, 1)}

    def say(self, line: str) -> None:
        if self.bar:
            self.bar.console.print(f"madata: {line}", markup=False, highlight=False, soft_wrap=True)
        else:
            say(line)


def say(line: str) -> None:
    sys.stderr.write(f"madata: {line}\n")
