"""The verdict for people and for programs: lines for a terminal, one JSON object, and a directory to keep.

DIR/findings.jsonl   every finding, one a line
DIR/summary.json     the verdict, and per check what was judged and found
DIR/index.html       the same for a reader: self-contained, the verdict first
"""

import json
from collections.abc import Iterable, Iterator
from html import escape
from itertools import islice
from pathlib import Path
from typing import BinaryIO

import orjson

from madata.validators.runner import Verdict

SHOWN = 500


def headline(verdict: Verdict) -> str:
    """The verdict in a sentence."""
    subject = f"{verdict.episodes:,} episode{'' if verdict.episodes == 1 else 's'} in {', '.join(verdict.paths)}"
    if not verdict.findings:
        return f"Clean: {subject}."
    found = ", ".join(f"{tally.findings:,} {name}" for name, tally in verdict.checks.items() if tally.findings)
    return f"{verdict.findings:,} finding{'' if verdict.findings == 1 else 's'} ({found}): {subject}."


def lines(verdict: Verdict) -> Iterator[str]:
    """What a terminal shows."""
    yield headline(verdict)
    width = max(map(len, verdict.checks))
    for name, tally in verdict.checks.items():
        yield f"  {name:{width}}  {tally.judged:>9,} judged  {tally.findings:>7,} findings  {tally.seconds:7.1f} s"
        for figure, value in tally.figures.items():
            yield f"  {'':{width}}  {figure}: {json.dumps(value)}"
    yield from map(str, sorted(verdict.first, key=lambda finding: finding.check))
    if hidden := verdict.findings - len(verdict.first):
        yield f"... and {hidden:,} more (all with --json or --report DIR)"


def write_json(verdict: Verdict, out: BinaryIO) -> None:
    """The summary with all findings as one JSON object, without holding them in memory."""
    summary = orjson.dumps(verdict.summary() | {"findings": []})
    out.write(summary.removesuffix(b"[]}") + b"[")
    for number, line in enumerate(logged(verdict)):
        out.write(b"," * bool(number) + line.rstrip(b"\n"))
    out.write(b"]}\n")


def logged(verdict: Verdict) -> Iterator[bytes]:
    verdict.log.seek(0)
    yield from verdict.log


def write_report(verdict: Verdict, directory: Path) -> None:
    """`summary.json` and `index.html` beside the log, which is `findings.jsonl` of the same directory."""
    (directory / "index.html").write_text(page(verdict), encoding="utf-8")
    (directory / "summary.json").write_bytes(orjson.dumps(verdict.summary(), option=orjson.OPT_INDENT_2) + b"\n")


def page(verdict: Verdict) -> str:
    checks = (
        (name, tally.about, f"{tally.judged:,}", f"{tally.findings:,}", json.dumps(tally.figures))
        for name, tally in verdict.checks.items()
    )
    findings = (orjson.loads(line).values() for line in islice(logged(verdict), SHOWN))
    more = verdict.findings - SHOWN
    return PAGE.format(
        state="bad" if verdict.findings else "good",
        headline=escape(headline(verdict)),
        checks=table(("check", "what it holds", "judged", "findings", "figures"), checks),
        findings=table(("check", "episode", "where", "expected", "found"), findings),
        more=f"<p>And {more:,} more in findings.jsonl.</p>" if more > 0 else "",
    )


def table(head: tuple[str, ...], rows: Iterable[Iterable[str]]) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><tr>{''.join(f'<th>{cell}</th>' for cell in head)}</tr>\n{body}</table>"


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>madata validate</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.3rem; padding: .6rem 1rem; border-left: .4rem solid; }}
h1.good {{ border-color: #2a7d46; }}
h1.bad {{ border-color: #b3261e; }}
table {{ border-collapse: collapse; width: 100%; font-size: .9rem; }}
th, td {{ text-align: left; vertical-align: top; padding: .3rem .6rem; }}
td {{ border-top: 1px solid #ccc; overflow-wrap: anywhere; }}
</style>
<h1 class="{state}">{headline}</h1>
<h2>Checks</h2>
{checks}
<h2>Findings</h2>
{findings}
{more}
</html>
"""
