"""The verdict for people and for programs: lines for a terminal, one JSON object, and a directory to keep.

DIR/findings.jsonl   every finding, one a line
DIR/summary.json     the verdict, and per check what was judged and found, its figures, pictures and examples as data
DIR/index.html       the same for a reader: one self-contained page, the verdict first (`page`)
"""

import json
from collections.abc import Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

import orjson

from madata.validators.report.page import page
from madata.validators.report.words import cut, harmless
from madata.validators.runner import Verdict

SHOWN = 5
WIDTH = 160


def lines(verdict: Verdict) -> Iterator[str]:
    """What a terminal shows."""
    return map(harmless, told(verdict))


def told(verdict: Verdict) -> Iterator[str]:
    yield verdict.sentence
    width = max(map(len, verdict.checks))
    for name, tally in verdict.checks.items():
        yield f"  {name:{width}}  {tally.judged:>9,} judged  {tally.findings:>7,} findings  {tally.seconds:7.1f} s"
        for figure, value in tally.figures.items():
            yield f"  {'':{width}}  {cut(f'{figure}: {json.dumps(value)}', WIDTH)}"
    first = sorted(verdict.first, key=lambda finding: finding.check)
    shown = [finding for _, found in groupby(first, lambda finding: finding.check) for finding in islice(found, SHOWN)]
    yield from map(str, shown)
    if hidden := verdict.findings - len(shown):
        yield f"... and {hidden:,} more (all with --json or --report DIR)"


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
