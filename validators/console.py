"""The verb `validate`: progress on the standard error, the verdict on the standard output, and an exit code."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile, mkdtemp

from madata.validators import report as reports
from madata.validators.lines import InputError
from madata.validators.runner import Target, newest_run, size, target, target_of_rows
from madata.validators.runner import validate as judge
from madata.validators.settings import Settings

RUNS = Path("runs")


def validate(paths: Sequence[str], report: Path | None, only: Sequence[str], settings: Settings, as_json: bool) -> int:
    """Judges `paths`, or the newest run, and says what was found; the exit code is 1 if anything was."""
    with TemporaryDirectory() as copies:
        targets = [
            target_of_rows(path, Path(mkdtemp(dir=copies))) if settings.fields else target(Path(path))
            for path in paths or [str(newest_run(RUNS))]
        ]
        return judged(targets, report, only, settings, as_json)


def judged(
    targets: Sequence[Target], report: Path | None, only: Sequence[str], settings: Settings, as_json: bool
) -> int:
    try:
        if report:
            report.mkdir(parents=True, exist_ok=True)
        with (report / "findings.jsonl").open("w+b") if report else TemporaryFile() as log:
            with progress(size(targets)) as advance:
                verdict = judge(targets, log, only, settings, advance)
            if report:
                reports.write_report(verdict, report)
            if as_json:
                reports.write_json(verdict, sys.stdout.buffer)
            else:
                sys.stdout.write("\n".join(reports.lines(verdict)) + "\n")
    except OSError as error:
        place = error.filename or report or "the standard output"
        raise InputError(f"{place}: {error.strerror}; check the path, its permissions and the space left") from error
    return 1 if verdict.findings else 0


@contextmanager
def progress(total: int) -> Iterator[Callable[[int], object]]:
    """A bar that is told each advance in bytes; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judged", total=total)
        yield lambda size: bar.advance(task, size)
