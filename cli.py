"""The command line: one thin function a verb, heavy imports inside it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    name="madata",
    help="Multi-agent datasets whose labels are true by construction.",
    no_args_is_help=True,
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
        reason = str(error)
        if isinstance(error, OSError):
            reason = (
                f"{error.filename or 'output'}: {error.strerror}; check the path, its permissions and the space left"
            )
        typer.echo(f"madata: {reason}", err=True)
        raise typer.Exit(2) from error


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], object]]:
    """A bar on stderr that is told each advance in bytes; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judged", total=total)
        yield lambda size: bar.advance(task, size)


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
    from madata.validators.lines import InputError
    from madata.validators.runner import newest_run, size, target
    from madata.validators.runner import validate as judge

    with one_line(InputError, OSError):
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


@app.command("import")
def import_(
    name: Annotated[str, typer.Argument(metavar="FORMAT", help="Which public data set, as in `hitom`.")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Its files.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="The run directory to make.")],
) -> None:
    """Turn public data into a run directory, its answers as they are; `madata validate DIR` then audits them."""
    from madata.generators.importers import ImportFailed
    from madata.generators.importing import import_run

    with one_line(ImportFailed, OSError):
        imported = import_run(name, files, out)
    typer.echo(f"{imported:,} episodes in {out}; audit them with `madata validate {out}`")
