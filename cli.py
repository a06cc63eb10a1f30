"""The command line: one thin function a verb, heavy imports inside it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

import typer

app = typer.Typer(
    name="madata",
    help="Multi-agent datasets whose labels are true by construction.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@contextmanager
def one_line(*errors: type[Exception]) -> Iterator[None]:
    """Bad input ends as its message on one line of stderr and exit code 2."""
    try:
        yield
    except errors as error:
        typer.echo(f"madata: {error}", err=True)
        raise typer.Exit(2) from error


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told each advance in bytes; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda size: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judged", total=total)
        yield lambda size: bar.advance(task, size)


@app.command()
def generate(
    task: Annotated[str, typer.Argument(help="What to make: tom.")],
    n: Annotated[int, typer.Option("--n", metavar="N", help="How many episodes.")],
    family: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Scenario family; repeatable. [all]")] = None,
    seed: Annotated[int, typer.Option(help="Same seed and version, same episodes.")] = 0,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Run directory. [runs/TASK-nN-seedSEED]")] = None,
    knob: Annotated[
        list[str] | None, typer.Option(metavar="NAME=LOW..HIGH", help="Range of a family's knob; repeatable.")
    ] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Worker processes. [one a core]")] = None,
    resume: Annotated[Literal["if-possible", "always", "never"], typer.Option(help="Continue a run.")] = "if-possible",
    json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
) -> None:
    """Make episodes. The same command again continues. Exit code 0: all made, 1: fewer than asked, 2: bad input."""
    from madata.generators import console
    from madata.generators.ask import ask
    from madata.generators.run import UserError

    with one_line(UserError):
        config = ask(task, n, family or (), seed, knob or ())
        out = out or Path("runs") / f"{task}-n{n}-seed{seed}"
        code = console.generate(config, out, processes or os.cpu_count() or 1, resume, json)
    raise typer.Exit(code)


@app.command()
def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Run directories or JSONL files. [newest of runs/]")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write findings.jsonl, summary.json, index.html.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="CHECK", help="Run this check; repeatable. [all]")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON object with all findings.")] = False,
) -> None:
    """Derive every label again and say what is wrong. Exit code 0: clean, 1: findings, 2: bad input."""
    from tempfile import TemporaryFile

    from madata.validators import report as reports
    from madata.validators.lines import BadInput
    from madata.validators.runner import newest_run, size, target
    from madata.validators.runner import validate as judge

    with one_line(BadInput, OSError):
        targets = [target(path) for path in paths or [newest_run(Path("runs"))]]
        if report:
            report.mkdir(parents=True, exist_ok=True)
        with (report / "findings.jsonl").open("w+b") if report else TemporaryFile() as log:
            with progress(size(targets)) as advance:
                verdict = judge(targets, log, only or (), advance)
            if report:
                reports.write_report(verdict, report)
            if json:
                reports.write_json(verdict, sys.stdout.buffer)
            else:
                typer.echo("\n".join(reports.lines(verdict)))
    raise typer.Exit(1 if verdict.findings else 0)


def run(arguments: list[str] | None = None) -> int:
    """Runs a verb, or shows the help, and gives the exit code. Bad usage, too, is one line."""
    try:
        return app(arguments or sys.argv[1:] or ["--help"], prog_name="madata", standalone_mode=False) or 0
    except typer.TyperException as error:
        typer.echo(f"madata: {error.format_message()}", err=True)
        return 2


def main() -> None:
    sys.exit(run())
