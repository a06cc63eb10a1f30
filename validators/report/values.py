"""Figures as HTML, whatever their shape: JSON values in, tables out.

    {"a": 1, "b": 2}                      two columns
    {"x": {"n": 1}, "y": {"n": 2}}        a row for x and y, a column n (turned, if that is too wide); a list likewise
    {"x": {"y": {"z": {"n": 1}}}}         x, folded, with the rest inside, under what is a line
    ["tom-1", "tom-2", ..]                in a line if that is short, else folded

What is long is folded, and what is very long is cut: all of it is in `summary.json`.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from madata.validators.report.words import html, number

MOST_ROWS = 100
WIDE, MOST_COLUMNS = 6, 12
FOLDED = 24
SHORT = 80


def figures(told: Mapping[str, Any]) -> str:
    """All figures of a check: those that are a line as one table; the others likewise if they are rows of one, or each
    under its name."""
    lines = {name: value for name, value in told.items() if is_line(value)}
    others = {name: value for name, value in told.items() if name not in lines}
    if len(others) > 1 and shared_columns(list(others.values())):
        rest = shown(others)
    else:
        rest = "".join(f"<h4>{word(name)}</h4>{shown(value)}" for name, value in others.items())
    return (shown(lines) if lines else "") + rest


def shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return of_object(value)
    if isinstance(value, (list, tuple)):
        return of_list(value)
    return word(value)


def of_object(value: Mapping[str, Any]) -> str:
    if all(map(is_line, value.values())):
        return table((), ((word(key), shown(each)) for key, each in value.items()), len(value))
    columns = shared_columns(list(value.values()))
    if len(columns) > max(WIDE, len(value)) and len(value) <= MOST_COLUMNS:
        turned = ((word(column), *(cell(row, column) for row in value.values())) for column in columns)
        return table(("", *value), turned, len(columns))
    if 0 < len(columns) <= MOST_COLUMNS:
        rows = ((word(key), *(cell(row, column) for column in columns)) for key, row in value.items())
        return table(("", *columns), rows, len(value))
    lines = {key: each for key, each in value.items() if is_line(each)}
    others = [(key, each) for key, each in value.items() if not is_line(each)]
    inside = "".join(folded(word(key), shown(each)) for key, each in others[:MOST_ROWS])
    return (shown(lines) if lines else "") + inside + more(len(others))


def of_list(value: Sequence[Any]) -> str:
    if is_line(value):
        return ", ".join(map(word, value)) or word(None)
    columns = shared_columns(value)
    if 0 < len(columns) <= MOST_COLUMNS:
        return table(columns, ((cell(row, column) for column in columns) for row in value), len(value))
    first = value[:MOST_ROWS]
    words = all(map(is_word, value))
    inside = ", ".join(map(word, first)) if words else "".join(f"<div>{shown(each)}</div>" for each in first)
    return folded(f"{len(value):,} of them", inside + more(len(value)))


def is_line(value: Any) -> bool:
    """Whether a value takes no more room than a cell has."""
    if isinstance(value, (list, tuple)):
        return all(map(is_word, value)) and len(", ".join(map(str, value))) <= SHORT
    return is_word(value)


def is_word(value: Any) -> bool:
    return not isinstance(value, (Mapping, list, tuple))


def shared_columns(rows: Sequence[Any]) -> list[str]:
    """The keys of objects that make rows of one table, most of its cells a line; none if they do not."""
    if not all(isinstance(row, Mapping) for row in rows):
        return []
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = sum(is_line(value) for row in rows for value in row.values())
    return columns if 2 * lines >= len(columns) * len(rows) else []


def cell(row: Mapping[str, Any], column: str) -> str:
    if column not in row:
        return ""
    value = row[column]
    return shown(value) if is_line(value) else folded(f"{len(value):,} of them", shown(value))


def table(head: Sequence[str], rows: Iterable[Iterable[str]], length: int) -> str:
    """A table of HTML cells, which scrolls by itself where it is too wide."""
    top = f"<tr>{''.join(f'<th>{word(cell)}</th>' for cell in head)}</tr>\n" if head else ""
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in islice(rows, MOST_ROWS))
    made = f'<div class="wide"><table>{top}{body}</table></div>{more(length)}'
    return folded(f"{length:,} rows", made) if length > FOLDED else made


def folded(title: str, inside: str) -> str:
    return f"<details><summary>{title}</summary>{inside}</details>"


def more(length: int) -> str:
    hidden = length - MOST_ROWS
    return f'<p class="note">and {hidden:,} more in summary.json</p>' if hidden > 0 else ""


def word(value: Any) -> str:
    return html(plain(value))


def plain(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return number(value) if isinstance(value, (int, float)) else str(value)
