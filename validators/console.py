"""The verb `validate`: progress on the standard error, the verdict on the standard output, and an exit code."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from madata.validators import fix as fixing
from madata.validators import report as reports
from madata.validators.lines import InputError
from madata.validators.runner import Progress, meant, newest_run, size
from madata.validators.runner import validate as judge
from madata.validators.settings import Settings

RUNS = Path("runs")


def validate(
    paths: Sequence[str],
    report: Path | None,
    fix: Path | None,
    only: Sequence[str],
    settings: Settings,
    as_json: bool,
) -> int:
    """Judges `paths`, or the newest run, and says what was found; the exit code is 1 if anything was."""
    with meant(paths or [str(newest_run(RUNS))], settings.fields) as targets:
        if fix:
            fixing.check(fix, targets)
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
                    sys.stdout.write("\n".join(reports.lines(verdict, report)) + "\n")
                if fix:
                    sys.stderr.writelines(f"{line}\n" for line in fixing.fix(verdict, settings, targets, fix))
        except OSError as error:
            place = error.filename or report or "the standard output"
            mend = "check the path, its permissions and the space left"
            raise InputError(f"{place}: {error.strerror}; {mend}") from error
    return 1 if verdict.findings else 0


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """A bar of the bytes judged, beside it what is being done; nothing where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda doing, judged=0: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TimeElapsedColumn

    with Bar(*Bar.get_default_columns(), TimeElapsedColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("judging", total=total)
        yield lambda doing, judged=0: bar.update(task, advance=judged, description=doing)
