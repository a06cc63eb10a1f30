"""The page and its JSON: whatever the checks hand over is shown as text, and not without end."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from math import inf, nan
from pathlib import Path
from typing import Any

import orjson
import pytest

from madata.validators.check import Finding
from madata.validators.picture import Bar, Bars, Example, Points, as_json
from madata.validators.report import lines
from madata.validators.report.drawing import MOST_BARS, MOST_POINTS, bars, drawn, points, ticks
from madata.validators.report.page import page
from madata.validators.report.values import MOST_ROWS, figures
from madata.validators.report.words import number
from madata.validators.runner import Tally, Verdict

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'\x00\x1b[2J"


def verdict(**tallies: Tally) -> Verdict:
    return Verdict(["x.jsonl"], BytesIO(), {"schema": Tally("each record has a shape"), **tallies}, 7)


def test_whatever_is_handed_over_is_text() -> None:
    full = Tally(
        EVIL,
        figures={
            EVIL: EVIL,
            "rows": {EVIL: {EVIL: EVIL}},
            "list": [[EVIL], EVIL * 9],
            "deep": {EVIL: {"a": {"b": [EVIL]}}},
        },
        pictures=[
            Bars(EVIL, EVIL, (Bar(EVIL, 1.0, 0.5, 1.5, 0.2),)),
            Points(EVIL, EVIL, EVIL, {EVIL: ((0.0, 1.0), (1.0, 2.0))}),
        ],
        examples=[Example(EVIL, {EVIL: EVIL})],
    )
    found = replace(verdict(form=full), paths=[EVIL])
    found.add([Finding("form", EVIL, EVIL, EVIL, EVIL), Finding("internal", EVIL, EVIL, EVIL, EVIL)])
    made = page(found)
    assert "<script" not in made and "<img" not in made and "\x1b" not in made and "\x00" not in made
    assert made.count("&lt;script&gt;") > 15
    assert made.index("2 findings (1 form, 1 internal)") < made.index("<h2>")
    assert "\x1b" not in "".join(lines(found))


def test_a_check_with_nothing_to_show_is_a_row_and_no_section() -> None:
    made = page(verdict(form=Tally("plain words", judged=1234), wording=Tally("", figures={"a": 1})))
    assert "Clean: 7 episodes in x.jsonl." in made
    assert "<td>1,234</td>" in made and 'id="form"' not in made
    assert '<a href="#wording">' in made and 'id="wording"' in made


def test_checks_with_findings_come_first() -> None:
    found = verdict(balance=Tally("", figures={"a": 1}), wording=Tally(""))
    found.add([Finding("wording", f"tom-{number}", "turn 1", "e", "f") for number in range(11)])
    made = page(found)
    assert made.index('id="wording"') < made.index('id="balance"')
    assert made.count("<li><b>tom-") == 10
    assert "and 1 more in findings.jsonl" in made


def test_the_page_does_not_grow_without_end() -> None:
    text = "word " * 10_000
    many = Tally(
        "",
        figures={
            "ids": [f"tom-{number}" for number in range(50_000)],
            "rows": {str(at): {"n": at} for at in range(50_000)},
        },
        pictures=[
            Bars("", "", tuple(Bar(str(at), at) for at in range(50_000))),
            Points("", "", "", {"all": tuple((at, at % 7) for at in range(50_000))}, joined=False),
        ],
        examples=[Example(str(at), {"left": text, "right": text}) for at in range(1_000)],
    )
    found = verdict(form=many)
    found.add(Finding("form", "tom-1", "turn 1", text, text) for _ in range(5_000))
    assert len(page(found)) < 1_000_000
    assert len(orjson.dumps(found.summary())) > 10_000_000


def test_the_summary_has_pictures_and_examples_as_data() -> None:
    tally = Tally("", pictures=[Bars("t", "share", (Bar("a", 0.5, line=0.25),))], examples=[Example("e", {"x": "y"})])
    told = orjson.loads(orjson.dumps(verdict(form=tally).summary()))["checks"]["form"]
    assert told["pictures"] == [
        {
            "kind": "bars",
            "title": "t",
            "unit": "share",
            "bars": [{"label": "a", "value": 0.5, "low": None, "high": None, "line": 0.25, "chance": None}],
        }
    ]
    assert told["examples"] == [{"title": "e", "sides": {"x": "y"}}]
    drawn_as = as_json(Points("t", "x", "y", {"s": ((0, 1),)}, joined=False))
    assert drawn_as == {"kind": "points", "title": "t", "x": "x", "y": "y", "joined": False, "series": {"s": [[0, 1]]}}


def test_a_terminal_shows_figures_that_are_a_number_or_a_word() -> None:
    figures = {"texts": 12345, "against": "nothing", "rows": {"a": {"n": 1}}} | {f"figure {at}": at for at in range(40)}
    found = verdict(
        form=Tally("", judged=3, figures=figures), wording=Tally(""), views=Tally("", judged=2, figures={"rate": 1 / 3})
    )
    told = [*lines(found)]
    assert told[5].strip() == "rate: 0.3333"
    assert told[2].strip().startswith("texts: 12,345, against: nothing, figure 0: 0, ")
    assert sum("figure" in line for line in told[:-1]) == 2
    assert all(len(line) < 140 for line in told)
    assert not any("{" in line for line in told)
    assert told[-2] == "  nothing to judge: schema, wording"
    assert told[-1] == (
        "Not shown: further figures, pictures and examples. All of it is given by --report DIR or --json."
    )
    assert [*lines(found, Path("out"))][-1].endswith("All of it is in out.")
    assert not any("Not shown" in line for line in lines(verdict(form=Tally("", figures={"a": 1, "empty": []}))))


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ({"a": 1234567, "b": 0.25, "c": None, "d": True}, "<td>1,234,567</td>"),
        ({"a": {"x": {"n": 1}, "y": {"m": 2}}}, "<tr><td>y</td><td></td><td>2</td></tr>"),
        ({"a": [{"n": 1}, {"n": 2, "m": 3}]}, "<tr><th>n</th><th>m</th></tr>"),
        ({"a": {"x": {"y": {"n": 1}}}}, "<details><summary>x</summary>"),
        ({"a": {"n": 1, "by": {"x": 1}}, "b": {"n": 2, "by": {}}}, "<tr><td>b</td><td>2</td>"),
        ({"a": {"x": dict.fromkeys("abcdefgh", 1), "y": {}}}, "<tr><th></th><th>x</th><th>y</th></tr>"),
        ({"a": [1, 2, 3]}, "<td>1, 2, 3</td>"),
        ({"a": []}, "<td>none</td>"),
        ({"a": {}}, "<h4>a</h4>"),
        ({"a": ["tom-0123456789abcdef"] * 40}, "<summary>40 of them</summary>"),
        ({"a": {str(at): at for at in range(MOST_ROWS + 2)}}, "and 2 more in summary.json"),
    ],
)
def test_figures_of_any_shape(told: dict[str, Any], shown: str) -> None:
    assert shown in figures(told)


def test_bars_share_a_scale_with_whiskers_and_line() -> None:
    made = bars(Bars("", "share", (Bar("a", 0.5, 0.4, 1.0, 0.25), Bar("b", -1.0))))
    assert '<rect x="50.00" y="1" width="25.00" height="8"/>' in made  # from -1 to 1, so 0 stands in the middle
    assert '<rect x="0.00" y="1" width="50.00" height="8"/>' in made
    assert 'd="M70.00 5H100.00M70.00 3V7M100.00 3V7"' in made
    assert 'class="line" d="M62.50 0V10"' in made
    assert "50.0% <small>(40.0% to 100.0%)</small>" in made
    assert f"the first {MOST_BARS} of {MOST_BARS + 1}" in bars(Bars("", "", (Bar("a", 1),) * (MOST_BARS + 1)))


def test_points_are_drawn_on_round_axes() -> None:
    made = points(Points("", "order", "share", {"s": ((0, 0.1), (4, 0.9))}))
    assert 'd="M44.0 170.0L330.0 26.0"' in made  # axes from 0 to 4 and from 0 to 1
    dots = points(Points("", "", "", {"s": tuple((at, 0.5) for at in range(MOST_POINTS * 2))}, joined=False))
    assert f"({MOST_POINTS + 2:,} of {MOST_POINTS * 2:,} drawn)" in dots


@pytest.mark.parametrize("value", [nan, inf, -inf, 1e308])
def test_what_is_no_number_is_not_drawn(value: float) -> None:
    assert "nothing to draw" in drawn(Bars("t", "", (Bar("a", value),)))
    assert "nothing to draw" in drawn(Points("t", "", "", {"s": ((0, value), (value, 0))}))
    assert "nothing to draw" in drawn(Points("t", "", "", {}))
    assert "nan" not in drawn(Bars("t", "", (Bar("a", 1, value, value, value),)))


@pytest.mark.parametrize(
    "values",
    [[0, 4], [3.0], [1e14, 1e14 + 0.02], [-5e-9, 7e-9], [1e-14, 2e-14], [-0.005, 0.007], [0.31, 0.44], [-1e14, 1e14]],
)
def test_ticks_hold_the_values_between_them(values: list[float]) -> None:
    made = ticks(values)
    assert made[0] <= min(values) and made[-1] >= max(values)
    assert 2 <= len(made) <= 8
    assert all(left < right for left, right in pairwise(made))


def test_numbers() -> None:
    assert [number(value) for value in (12345, 0.25714, 123456.7, 3.2e-7, 0)] == [
        "12,345",
        "0.2571",
        "123,457",
        "3.2e-07",
        "0",
    ]
