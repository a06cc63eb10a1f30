"""Rows of anybody's data set as documents: which fields are text, and which a question with options and an answer.

`--text-field NAME` names a text; `--text-field ROLE=NAME` a field that plays another role: `question`, `option` (one
for each option, or a list), `answer` (an option's text, letter or number) or `id`. A NAME with dots walks into
objects, and into each member of a list: `chat_logs.text`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from madata.validators.corpus.document import Document, Item
from madata.validators.lines import InputError, Line, LineError

ROLES = ("text", "question", "option", "answer", "id")
LETTER = re.compile(r"[^A-Za-z0-9]*([A-Za-z])[^A-Za-z0-9]*")


@dataclass(frozen=True, slots=True)
class Fields:
    """Which fields of a row play which role."""

    text: tuple[str, ...] = ()
    question: tuple[str, ...] = ()
    option: tuple[str, ...] = ()
    answer: tuple[str, ...] = ()
    id: tuple[str, ...] = ()

    @classmethod
    def read(cls, written: Sequence[str]) -> "Fields":
        """As typed; raises `InputError`."""
        roles: dict[str, tuple[str, ...]] = {}
        for each in written:
            role, name = each.split("=", 1) if "=" in each else ("text", each)
            if role not in ROLES or not name:
                known = ", ".join(f"{known}=NAME" for known in ROLES)
                raise InputError(f"--text-field {each!r}: write NAME, or one of {known}")
            roles[role] = (*roles.get(role, ()), name)
        if not roles.get("text") and not roles.get("question"):
            raise InputError("--text-field: name at least one field with text, or question=NAME")
        return cls(**roles)

    def document(self, line: Line) -> Document:
        """The row as a document; raises `LineError` for one without what was named."""
        row = line.record
        texts = [text for name in self.text for text in _texts(row, name)]
        items: tuple[Item, ...] = ()
        if self.question:
            question = "\n".join(text for name in self.question for text in _texts(row, name))
            options = tuple(text for name in self.option for text in _texts(row, name, absent=True))
            answers = [value for name in self.answer for value in _values(row, name)]
            items = (Item("q0", question, options, tuple(_answer(each, options) for each in answers), {}),)
        named = [text for name in self.id for text in _texts(row, name)]
        group = line.where.rpartition(":")[0]
        return Document(" ".join(named) or line.where, group, tuple(texts), items)


def _values(row: Any, name: str) -> Iterator[Any]:
    """What stands under a name with dots, each member of lists apart."""
    if isinstance(row, list):
        for each in row:
            yield from _values(each, name)
    elif not name:
        yield row
    elif isinstance(row, Mapping):
        if name in row:  # a name may itself have dots
            yield from _values(row[name], "")
        else:
            first, _, rest = name.partition(".")
            if first in row:
                yield from _values(row[first], rest)


def _texts(row: Any, name: str, absent: bool = False) -> list[str]:
    """The texts under a name; `absent`: a row may do without (an option that some questions do not have)."""
    texts = [str(value) for value in _values(row, name) if isinstance(value, (str, int)) and str(value).strip()]
    if not texts and not absent:
        raise LineError(f"text in the field {name!r} (mend: name a field with --text-field)", _fields(row))
    return texts


def _answer(value: Any, options: tuple[str, ...]) -> str:
    """An answer as one of the options, if it is one: its text, its letter, or its number from 0."""
    written = str(value).strip()
    for option in options:
        if written == option.strip():
            return option
    letter = LETTER.fullmatch(written)
    place = ord(letter[1].upper()) - ord("A") if letter else int(written) if written.isdecimal() else len(options)
    return options[place] if place < len(options) else written


def _fields(row: Any) -> str:
    return f"the fields {', '.join(sorted(map(str, row)))}" if isinstance(row, Mapping) else "no object"
