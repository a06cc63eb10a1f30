"""The verdict for people and for programs: lines for a terminal, one JSON object, and a directory to keep.

DIR/findings.jsonl   every finding, one a line
DIR/summary.json     the verdict, and per check what was judged and found, its figures, pictures and examples as data
DIR/index.html       the same for a reader: one self-contained page, the verdict first (`page`)
"""

from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

import orjson

from madata.validators.report.page import page
from madata.validators.report.values import is_word, plain
from madata.validators.report.words import cut, harmless
from madata.validators.runner import Tally, Verdict

SHOWN = 5
WIDTH = 120
BRIEF = 2  # lines of figures a check


def lines(verdict: Verdict, report: Path | None = None) -> Iterator[str]:
    """What a terminal shows: of figures, those that are a number or a word."""
    return map(harmless, told(verdict, report))


def told(verdict: Verdict, report: Path | None) -> Iterator[str]:
    yield verdict.sentence
    width = max(map(len, verdict.checks))
    idle = [name for name, tally in verdict.checks.items() if is_idle(tally)]
    for name, tally in verdict.checks.items():
        if name not in idle:
            yield f"  {name:{width}}  {tally.judged:>9,} judged  {tally.findings:>7,} findings  {tally.seconds:7.1f} s"
            yield from (f"  {'':{width}}  {line}" for line in scalars(tally)[:BRIEF])
    if idle:
        yield f"  nothing to judge: {', '.join(idle)}"
    first = sorted(verdict.first, key=lambda finding: finding.check)
    shown = [finding for _, found in groupby(first, lambda finding: finding.check) for finding in islice(found, SHOWN)]
    yield from map(str, shown)
    hidden = verdict.findings - len(shown)
    more = [f"{hidden:,} more findings"] if hidden else []
    if any(map(has_more, verdict.checks.values())):
        more.append("further figures, pictures and examples")
    if more:
        where = f"in {report}" if report else "given by --report DIR or --json"
        yield f"Not shown: {'; '.join(more)}. All of it is {where}."


def is_idle(tally: Tally) -> bool:
    """Whether a check had nothing to judge, and does not say why."""
    return not (tally.judged or tally.findings or any(isinstance(value, str) for value in tally.figures.values()))


def has_more(tally: Tally) -> bool:
    nested = any(value for value in tally.figures.values() if not is_word(value))
    return bool(nested or tally.pictures or tally.examples or len(scalars(tally)) > BRIEF)


def scalars(tally: Tally) -> list[str]:
    """In lines as wide as fits."""
    made = [""]
    for name, value in tally.figures.items():
        if is_word(value):
            text = cut(f"{name}: {plain(value)}", WIDTH)
            if made[-1] and len(made[-1]) + len(text) + 2 > WIDTH:
                made.append("")
            made[-1] += f", {text}" if made[-1] else text
    return [line for line in made if line]


def write_json(verdict: Verdict, out: BinaryIO) -> None:
    """The summary with all findings as one JSON object, without holding them in memory."""
    summary = orjson.dumps(verdict.summary() | {"findings": []})
    out.write(summary.removesuffix(b"[]}") + b"[")
    for number, line in enumerate(verdict.logged()):
        out.write(b"," * bool(number) + line.rstrip(b"\n"))
    out.write(b"]}\n")


def write_report(verdict: Verdict, directory: Path) -> None:
    """`summary.json` and `index.html` beside the log, which is `findings.jsonl` of the same directory."""
    (directory / "index.html").write_text(page(verdict), encoding="utf-8")
    (directory / "summary.json").write_bytes(orjson.dumps(verdict.summary(), option=orjson.OPT_INDENT_2) + b"\n")
