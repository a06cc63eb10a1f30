"""A selection is a run that adds up, of lines as they were, and says where they came from."""

from pathlib import Path

import orjson
import pytest
from runs import write_run
from samples import episode, write

from madata.schemas import canonical
from madata.schemas.rundir import RUN, parts
from madata.validators import counts
from madata.validators.corpus.selection import PART, Rejected, write_selection
from madata.validators.lines import InputError
from madata.validators.runner import target


def test_lines_are_written_as_they_were(tmp_path: Path) -> None:
    targets = [target(write_run(tmp_path / "run")), target(write(tmp_path / "more.jsonl", episode()))]
    chosen = [b'{"b": 1,  "a": 2}\n', b'{"c":3}']
    assert write_selection(tmp_path / "out", "curated", targets, {"objective": "coverage"}, iter(chosen)) == 2
    (only,) = parts(tmp_path / "out")
    assert only.episodes.read_bytes() == b'{"b": 1,  "a": 2}\n{"c":3}\n'
    assert list(counts.audit(tmp_path / "out")) == []
    config = orjson.loads((tmp_path / "out" / RUN).read_bytes())["config"]
    assert (config["selection"], config["objective"], config["n"]) == ("curated", "coverage", 2)
    run, file = config["sources"]
    assert run == {"run": "run", "config_hash": orjson.loads((tmp_path / "run" / RUN).read_bytes())["config_hash"]}
    assert file["file"] == "more.jsonl" and len(file["sha256"]) == 64


def test_a_selection_of_many_parts_that_lost_an_episode(tmp_path: Path) -> None:
    lines = (canonical({"n": number}) + b"\n" for number in range(PART + 3))
    write_selection(tmp_path / "out", "fixed", [], {}, lines)
    first, second = parts(tmp_path / "out")
    assert [len(each.episodes.read_bytes().splitlines()) for each in (first, second)] == [PART, 3]
    second.episodes.write_bytes(b"{}\n{}\n")
    part, total = counts.audit(tmp_path / "out")
    assert (part.episode, part.where, part.found) == (str(second.episodes), "lines", "2")
    assert (total.expected, total.found) == (f"{PART + 3} as asked", str(PART + 2))


def test_a_rejected_line_keeps_its_slot_and_its_words(tmp_path: Path) -> None:
    lines = [
        b"{}\n",
        Rejected(b'{"a": "\xc3\xa9"}\r\n', "location", "form", "turn 1: .."),
        Rejected(b"\xff", "", "schema", ""),
    ]
    assert write_selection(tmp_path / "out", "fixed", [], {}, lines) == 3
    (only,) = parts(tmp_path / "out")
    assert only.episodes.read_bytes() == b"{}\n"
    first, second = map(orjson.loads, only.rejected.read_bytes().splitlines())
    assert first == {
        "slot": 1,
        "attempt": 0,
        "family": "location",
        "reason": "form",
        "detail": "turn 1: ..",
        "line": '{"a": "\u00e9"}',
    }
    assert (second["slot"], second["line"]) == (2, "\\xff")
    assert list(counts.audit(tmp_path / "out")) == []


@pytest.mark.parametrize("line", [b'{"slot": 1}', b'{"slot": 9}', b"[]", b"{", b'{"slot": [1]}'])
def test_a_slot_is_rejected_once(tmp_path: Path, line: bytes) -> None:
    write_selection(tmp_path / "out", "fixed", [], {}, [b"{}\n", Rejected(b"x", "", "form", ""), b"{}\n"])
    (only,) = parts(tmp_path / "out")
    only.rejected.write_bytes(only.rejected.read_bytes() + line + b"\n")
    only.episodes.write_bytes(b"{}\n")
    found = {finding.where: finding.expected for finding in counts.audit(tmp_path / "out")}
    assert found["slot"] == "another slot of 0..2"
    assert found["lines"] == "2, a line a slot that was not rejected"


def test_what_is_there_is_not_written_over(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="exists: choose another directory"):
        write_selection(tmp_path, "curated", [], {}, [b"{}\n"])


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff"])
def test_a_source_that_says_nothing_of_itself(tmp_path: Path, content: bytes) -> None:
    run = write_run(tmp_path / "run")
    (run / RUN).write_bytes(content)
    with pytest.raises(InputError, match="restore it"):
        write_selection(tmp_path / "out", "curated", [target(run)], {}, [b"{}\n"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


def test_nothing_left(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no line is left"):
        write_selection(tmp_path / "out", "fixed", [], {}, [])
    assert list(tmp_path.iterdir()) == []
