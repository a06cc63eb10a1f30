"""One page: the verdict in a sentence, every check in a table, then the checks that have more to show, worst first.

It needs no network, no script and no other file. All that comes from data is escaped, and the page forbids itself
everything but its own style. How many findings there are does not change how long it is.
"""

from collections.abc import Sequence
from importlib.resources import files

from madata import __version__
from madata.validators.check import Finding
from madata.validators.picture import Example, Picture
from madata.validators.report.drawing import drawn
from madata.validators.report.values import figures
from madata.validators.report.words import html
from madata.validators.runner import Tally, Verdict

FINDINGS = 10
EXAMPLES = 10
PICTURES = 6
LONGEST_SIDE = 10_000


def page(verdict: Verdict) -> str:
    detailed = {name: tally for name, tally in verdict.checks.items() if has_more(tally)}
    detailed = dict(sorted(detailed.items(), key=lambda item: not item[1].findings))
    return PAGE.format(
        style=(files(__package__) / "page.css").read_text(encoding="utf-8"),
        state="bad" if verdict.findings else "good",
        sentence=html(verdict.sentence),
        checks="".join(row(name, tally, name in detailed) for name, tally in verdict.checks.items()),
        sections="".join(
            section(name, tally, [each for each in verdict.first if each.check == name])
            for name, tally in detailed.items()
        ),
        version=html(__version__),
    )


def has_more(tally: Tally) -> bool:
    return bool(tally.findings or tally.figures or tally.pictures or tally.examples)


def row(name: str, tally: Tally, linked: bool) -> str:
    called = f'<a href="#{html(name)}">{html(name)}</a>' if linked else html(name)
    state = "bad" if tally.findings else "good"
    return (
        f'<tr class="{state}"><th>{called}</th><td>{tally.judged:,}</td><td>{tally.findings:,}</td></tr>'
        f'<tr><td colspan="3">{html(tally.about)}</td></tr>\n'
    )


def section(name: str, tally: Tally, first: list[Finding]) -> str:
    count = f"{tally.findings:,} finding{'' if tally.findings == 1 else 's'}"
    parts = [
        f'<section id="{html(name)}"><h2>{html(name)}</h2><p>{html(tally.about)}</p>',
        f'<p class="note">{tally.judged:,} judged, {count}, {tally.seconds:,.1f} s of a processor</p>',
    ]
    if first:
        parts += ["<h3>Findings</h3><ol>", *map(finding, first[:FINDINGS]), "</ol>"]
        if (hidden := tally.findings - len(first[:FINDINGS])) > 0:
            parts.append(f'<p class="note">and {hidden:,} more in findings.jsonl</p>')
    if tally.pictures:
        parts += ["<h3>Pictures</h3>", pictures(tally.pictures[:PICTURES])]
        if rest := tally.pictures[PICTURES:]:
            parts.append(f"<details><summary>{len(rest):,} more</summary>{pictures(rest)}</details>")
    if tally.figures:
        parts += ["<h3>Figures</h3>", figures(tally.figures)]
    if tally.examples:
        worst = tally.examples[:EXAMPLES]
        parts += ["<h3>Examples, worst first</h3>", *(example(each, each is worst[0]) for each in worst)]
    return "".join([*parts, "</section>\n"])


def finding(found: Finding) -> str:
    return (
        f"<li><b>{html(found.episode)}</b>, {html(found.where)}"
        f"<dl><dt>expected</dt><dd>{html(found.expected)}</dd><dt>found</dt><dd>{html(found.found)}</dd></dl></li>\n"
    )


def pictures(some: Sequence[Picture]) -> str:
    return f'<div class="pictures">{"".join(map(drawn, some))}</div>'


def example(shown: Example, is_open: bool) -> str:
    sides = "".join(
        f"<div><h4>{html(name)}</h4><p>{html(text, LONGEST_SIDE)}</p></div>" for name, text in shown.sides.items()
    )
    state = " open" if is_open else ""
    return f'<details class="example"{state}><summary>{html(shown.title)}</summary><div>{sides}</div></details>\n'


PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>madata validate</title>
<style>
{style}</style>
<h1 class="{state}">{sentence}</h1>
<h2>Checks</h2>
<table class="checks">
<tr><th>check</th><th>judged</th><th>findings</th></tr>
{checks}</table>
{sections}<footer>madata {version}; all findings in findings.jsonl, all figures in summary.json</footer>
</html>
"""
