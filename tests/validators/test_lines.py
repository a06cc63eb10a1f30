"""Any bytes become records and findings; what can be read is read."""

import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from samples import episode, write

from madata.schemas import canonical
from madata.validators import lines
from madata.validators.check import Finding
from madata.validators.lines import Chunk, InputError, Line, LineError, parse, read, split


def everything(path: Path) -> tuple[list[Line], list[Finding]]:
    parts = list(split(path))
    found = [item for part in parts if isinstance(part, Chunk) for item in read(part)]
    findings = [item for item in (*parts, *found) if isinstance(item, Finding)]
    return [item for item in found if isinstance(item, Line)], findings


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (b'{"id": "tom-', 'in \'{"id": "tom-\''),
        (b"\xef\xbb\xbf{}", "a byte-order mark"),
        (b"", "an empty line"),
        (b" \t ", "an empty line"),
        (b"[1]", "'[1]'"),
        (b'{"a":1,"b":{"c":1,"c":2}}', "key 'c' 2 times"),
        (b'{"a":NaN}', "NaN"),
        (b'{"a":-Infinity}', "-Infinity"),
        (b'{"a":"\xff"}', "byte 0xff at offset 6"),
        (b'{"a":' + b"9" * 30 + b"}", "an integer of 30 digits"),
        (b'{"a":' + b"9" * 5000 + b"}", "an integer of 5000 digits"),
        (b'{"a":1e999}', "number is infinity"),
        (b'{"a":"\\ud800"}', "no low surrogate"),
        (b'{"a":' + b"[" * 2000 + b"]" * 2000 + b"}", "depth limit"),
        (b'{"a":' + b"[" * 300 + b"]" * 300 + b"}", "deeper nesting"),
        (b'{"a":' + b"[" * 100_000, "depth limit"),
    ],
)
def test_a_flaw_is_named_and_its_neighbours_are_read(tmp_path: Path, raw: bytes, found: str) -> None:
    path = write(tmp_path / "x.jsonl", episode(1), raw, episode(2))
    records, (finding,) = everything(path)
    assert [line.where for line in records] == [f"{path}:1", f"{path}:3"]
    assert (finding.check, finding.episode) == ("schema", f"{path}:2")
    assert found in finding.found


def test_crlf_is_one_finding_and_the_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"".join(canonical(episode(n)) + b"\r\n" for n in range(3)))
    records, (finding,) = everything(path)
    assert len(records) == 3
    assert finding.found == "CRLF at the end of 3 lines"


def test_crlf_across_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CHUNK", 4)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"{ }\r\n{}\n")
    assert everything(path)[1][0].found == "CRLF at the end of 1 lines"


def test_a_huge_line_is_skipped_in_flat_memory(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", episode(1), b'{"a":"' + b"x" * 50_000_000 + b'"}', episode(2))
    tracemalloc.start()
    records, (finding,) = everything(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line.where for line in records] == [f"{path}:1", f"{path}:3"]
    assert finding.expected.startswith("at most 8,388,608 bytes")
    assert finding.found == "50,000,009 bytes"
    assert peak < 3 * lines.LINE_LIMIT


def test_what_only_json_dumps_writes_differently_is_fine() -> None:
    record = episode() | {"seed": "é\u2028"}
    assert parse(json.dumps(record, indent=None).encode()) == record


@pytest.mark.parametrize("content", [b"", b"\x1f\x8b\x08\x00", b'[{"a": 1}]', b"# A page\n\nof prose\n"])
def test_what_is_no_jsonl_is_bad_input(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x"
    path.write_bytes(content)
    with pytest.raises(InputError, match="one episode a line"):
        list(split(path))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_record_or_a_flaw(raw: bytes) -> None:
    try:
        assert isinstance(parse(raw), dict)
    except LineError as error:
        assert error.at("x").check == "schema"  # noqa: PT017


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), json_values))
def test_what_is_read_is_what_json_reads(record: dict[str, object]) -> None:
    raw = json.dumps(record).encode()
    try:
        assert parse(raw) == json.loads(raw)
    except LineError:
        assert any(mark in raw for mark in (b"NaN", b"Infinity", b"\\ud")) or len(raw) > lines.EXACT_DIGITS


pieces = st.sampled_from([b"{}", b'{"a":1}', b"\n", b"\r\n", b"\xef\xbb\xbf", b"\xff", b"x" * 9, b""])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.lists(pieces | st.binary(max_size=9)).map(b"".join), chunk=st.integers(1, 16))
def test_every_line_is_judged_once_whatever_the_chunks(tmp_path: Path, content: bytes, chunk: int) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(content)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines, "CHUNK", chunk)
        patch.setattr(lines, "LINE_LIMIT", 8)
        try:
            parts = [part for part in split(path) if isinstance(part, Chunk)]
        except InputError:
            return
        numbers = [
            int((item.episode if isinstance(item, Finding) else item.where).rpartition(":")[2])
            for part in parts
            for item in read(part)
        ]
    assert numbers == list(range(1, len(content.removesuffix(b"\n").split(b"\n")) + 1))
