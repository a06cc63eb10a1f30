"""Rows of anybody's data set become documents by naming their fields."""

from pathlib import Path

import pytest

from madata.validators.corpus.rows import Fields
from madata.validators.lines import InputError, Line, LineError
from madata.validators.runner import target, validate
from madata.validators.settings import Settings

ROW = {"STORY": "Anna met Ben. Then Anna left.", "Q": "Who left?", "A": "Ben", "B": "Anna", "KEY": "[[B]]", "n": 7}


def test_a_text_alone() -> None:
    document = Fields.read(["STORY"]).document(Line("rows.jsonl:1", ROW))
    assert (document.id, document.group) == ("rows.jsonl:1", "rows.jsonl")
    assert document.text == "Anna met Ben. Then Anna left."
    assert document.masked == "Anna met Someone. Then Someone left."
    assert document.items == ()


@pytest.mark.parametrize("key", ["[[B]]", "b. ", "B", "1", 1, "Anna"])
def test_a_question_with_options(key: object) -> None:
    fields = Fields.read(["STORY", "question=Q", "option=A", "option=B", "option=C", "answer=KEY", "id=n"])
    document = fields.document(Line("rows.jsonl:1", ROW | {"KEY": key}))
    (item,) = document.items
    assert document.id == "7"
    assert (item.text, item.options, item.answer) == ("Who left?", ("Ben", "Anna"), ("Anna",))


def test_a_name_with_dots_walks_into_lists() -> None:
    row = {"chat": [{"text": "Hello!"}, {"text": "Bye."}, {"id": 3}]}
    assert Fields.read(["chat.text"]).document(Line("rows.jsonl:1", row)).parts == ("Hello!", "Bye.")


def test_a_row_without_the_text_says_what_it_has() -> None:
    with pytest.raises(LineError) as flaw:
        Fields.read(["story"]).document(Line("rows.jsonl:1", ROW))
    assert flaw.value.found == "the fields A, B, KEY, Q, STORY, n"


@pytest.mark.parametrize("written", [["answer=KEY"], ["role=STORY"], ["text="]])
def test_what_cannot_be_meant_is_refused(written: list[str]) -> None:
    with pytest.raises(InputError, match="--text-field"):
        Fields.read(written)


def test_rows_are_judged_as_documents(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"said": "One."}\n{"other": 1}\n{"said": \n', encoding="utf-8")
    with (tmp_path / "log").open("w+b") as log:
        verdict = validate([target(path)], log, settings=Settings(Fields.read(["said"])))
    assert verdict.episodes == 3
    assert [finding.episode for finding in verdict.first] == [f"{path}:2", f"{path}:3"]
