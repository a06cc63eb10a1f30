"""`madata validate` and `madata import` as typed: what they print, where, and their exit codes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import orjson
import pytest
from runs import write_run
from samples import episode, seal, write

from madata.cli import run
from madata.schemas import canonical

ONLY = [part for name in ("identity", "duplicates", "counts") for part in ("--only", name)]


class Ended(NamedTuple):
    exit_code: int
    stdout: str
    stderr: str


Madata = Callable[..., Ended]


@pytest.fixture
def madata(capfdbinary: pytest.CaptureFixture[bytes]) -> Madata:
    def typed(*arguments: str | Path) -> Ended:
        code = run([str(argument) for argument in arguments])
        sys.stdout.flush()
        return Ended(code, *(stream.decode() for stream in capfdbinary.readouterr()))

    return typed


def line(result: Ended) -> str:
    """The one line on stderr of a refused command."""
    assert result.exit_code == 2
    assert result.stdout == ""
    (said,) = result.stderr.splitlines()
    return said


def test_clean(madata: Madata, tmp_path: Path) -> None:
    result = madata("validate", write_run(tmp_path / "run"), *ONLY)
    assert result.exit_code == 0
    assert result.stdout.startswith("Clean: 10 episodes in ")
    assert result.stderr == ""


def test_without_a_path_the_newest_run_is_judged(
    madata: Madata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "madata generate" in line(madata("validate"))
    write_run(tmp_path / "runs" / "first")
    assert "runs/first" in madata("validate", *ONLY).stdout


@pytest.mark.parametrize(
    ("raw", "named"),
    [
        (b'{"id": "tom-', "one complete JSON object"),
        (b"\xef\xbb\xbf{}", "byte-order mark"),
        (b"", "an empty line"),
        (b'{"a":1,"a":2}', "'a' 2 times"),
        (b'{"a":"' + b"x" * 50_000_000 + b'"}', "at most 8,388,608 bytes a line"),
        (b'{"a":NaN}', "NaN"),
        (b'{"a":"\xff"}', "0xff"),
        (orjson.dumps(seal(episode(5) | {"schema_version": "9.0"})), "upgrade madata"),
    ],
)
def test_a_bad_line_is_a_finding_by_file_and_line(madata: Madata, tmp_path: Path, raw: bytes, named: str) -> None:
    path = write(tmp_path / "x.jsonl", episode(1), raw, episode(2))
    result = madata("validate", path, "--json", *ONLY)
    assert result.exit_code == 1
    verdict = orjson.loads(result.stdout)
    first = verdict["findings"][0]
    assert verdict["episodes"] == 3
    assert verdict["checks"]["duplicates"]["judged"] == 2
    assert first["check"] == "schema"
    assert named in first["expected"] + first["found"]
    assert first["episode"] == f"{path}:2"


def test_crlf_is_one_finding_of_the_file(madata: Madata, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", *(canonical(episode(number)) + b"\r" for number in range(9)))
    result = madata("validate", path, *ONLY)
    assert result.exit_code == 1
    assert f"schema: {path}, line: expected lines that end in LF alone (mend: dos2unix)" in result.stdout
    assert "found CRLF at the end of 9 lines" in result.stdout


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("absent", None, "does not exist"),
        ("empty.jsonl", b"", "is empty"),
        ("page.md", b"# Title\n", "is not JSONL"),
        ("packed.jsonl.gz", b"\x1f\x8b\x08\x00", "is not JSONL"),
        (".", None, "is not a run directory"),
    ],
)
def test_a_path_that_cannot_be_meant(
    madata: Madata, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    refusal = line(madata("validate", path))
    assert refusal.startswith(f"madata: {path} {said}")
    assert ": " in refusal.removeprefix("madata: ")


@pytest.mark.parametrize("name", [b"\xff.jsonl", b"a\x1b[2J.jsonl"])
def test_a_path_that_cannot_be_shown(madata: Madata, tmp_path: Path, name: bytes) -> None:
    path = write(tmp_path / os.fsdecode(name), episode())
    assert "give it another name" in line(madata("validate", path))


def test_an_unknown_check(madata: Madata, tmp_path: Path) -> None:
    assert "did you mean 'schema'?" in line(
        madata("validate", write(tmp_path / "x.jsonl", episode()), "--only", "shema")
    )


@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").exists(), reason="needs a place nobody can write to")
def test_a_report_that_cannot_be_written(madata: Madata, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", episode())
    assert line(madata("validate", path, "--report", path)).startswith(f"madata: {path}: ")


def test_tampering_is_found_by_name(madata: Madata, tmp_path: Path) -> None:
    record = episode()
    record["questions"][0]["answer"] = ["chest"]
    result = madata("validate", write(tmp_path / "x.jsonl", record), "--only", "identity")
    assert result.exit_code == 1
    assert f"identity: {record['id']}, id: expected" in result.stdout


def test_many_findings_are_counted_and_few_are_printed(madata: Madata, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", *[b"{}"] * 100)
    result = madata("validate", path, *ONLY)
    assert result.stdout.startswith("100 findings (100 schema): 100 episodes in ")
    assert result.stdout.count("schema: ") == 5
    assert "Not shown: 95 more findings" in result.stdout
    assert len(orjson.loads(madata("validate", path, "--json").stdout)["findings"]) == 100


def test_a_report(madata: Madata, tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", b"{", episode())
    result = madata("validate", path, "--report", tmp_path / "a" / "b", *ONLY)
    assert result.exit_code == 1
    assert {file.name for file in (tmp_path / "a" / "b").iterdir()} == {"findings.jsonl", "summary.json", "index.html"}


def test_what_has_findings_is_moved_to_a_new_run(madata: Madata, tmp_path: Path) -> None:
    record = episode(2)
    record["questions"][0]["answer"] = ["chest"]
    path = write(tmp_path / "x.jsonl", b"{", episode(1), record)
    before = path.read_bytes()
    result = madata("validate", path, "--fix", tmp_path / "a" / "b", "--json", *ONLY)
    assert result.exit_code == 1
    assert orjson.loads(result.stdout)["count"] == 2
    moved = tmp_path / "a" / "b" / "rejected"
    assert result.stderr == f"1 kept in {tmp_path / 'a' / 'b'}, 2 moved to {moved} (1 schema, 1 identity)\n"
    assert path.read_bytes() == before
    assert madata("validate", tmp_path / "a" / "b", *ONLY).exit_code == 0
    assert "choose another directory" in line(madata("validate", path, "--fix", tmp_path / "a" / "b", *ONLY))


def test_import_refuses_in_one_line(madata: Madata, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "did you mean 'hitom'?" in line(madata("import", "hitm", tmp_path, "--out", out))
    assert "No such file" in line(madata("import", "hitom", tmp_path / "none.json", "--out", out))
    assert "choose another directory" in line(madata("import", "hitom", tmp_path / "none.json", "--out", tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_an_import_adds_up(madata: Madata, tmp_path: Path) -> None:
    source = Path(os.environ.get("MADATA_BENCHMARKS", "../shared/benchmarks")) / "hitom" / "Hi-ToM_data.json"
    if not source.exists():
        pytest.skip(f"{source} is not there")
    out = tmp_path / "out"
    assert madata("import", "hitom", source, "--out", out).exit_code == 0
    assert madata("validate", out, "--only", "counts", "--only", "identity").exit_code == 0
    (out / "episodes" / "part-00002.jsonl").unlink()
    assert "1 missing: 2" in madata("validate", out, "--only", "counts").stdout


def test_help_starts_at_once() -> None:
    started = time.perf_counter()
    code = "import sys; from madata.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pydantic", "datasets", "jsonschema", "orjson", "rich.progress"} & set(
        ended.stdout.splitlines()[-1].split()
    )
    assert time.perf_counter() - started < 5
