"""Data sets in every form they are published in become records; what is broken or hostile is one line."""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from itertools import chain
from pathlib import Path
from typing import Any

import hub
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from madata.validators.corpus.rows import Fields
from madata.validators.corpus.sources import rows, sources, unpacked
from madata.validators.lines import LINE_LIMIT, InputError
from madata.validators.runner import target_of_rows, validate
from madata.validators.settings import Settings

RECORDS = [{"said": "One.", "n": 1}, {"said": "Two, and\nmore", "n": None}]


def lines(records: list[Any]) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


def parquet(path: Path) -> None:
    pq.write_table(pa.Table.from_pylist(RECORDS), path)


FORMS: dict[str, bytes | Callable[[Path], None]] = {
    "a.jsonl": lines(RECORDS),
    "a.jsonl.gz": gzip.compress(lines(RECORDS)),
    "lines.json": lines(RECORDS),
    "list.json": json.dumps(RECORDS, indent=1).encode(),
    "inside.json": json.dumps({"version": 1, "data": RECORDS}).encode(),
    "by_id.json.gz": gzip.compress(json.dumps({"x": RECORDS[0], "y": RECORDS[1]}).encode()),
    "a.PARQUET": parquet,
    "a.csv": b'\xef\xbb\xbfsaid,n\r\nOne.,1\r\n"Two, and\nmore",\r\n',
    "a.tsv.gz": gzip.compress(b'said\tn\nOne.\t1\n"Two, and\nmore"\t\n'),
}


def put(path: Path, content: bytes | Callable[[Path], None]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content) if isinstance(content, bytes) else content(path)
    return path


@pytest.mark.parametrize("name", FORMS)
def test_every_form_has_the_same_records(tmp_path: Path, name: str) -> None:
    (source,) = sources(str(put(tmp_path / name, FORMS[name])))
    found = list(rows(source))
    assert [row.number for row in found] == [1, 2]
    assert [row.value["said"] for row in found] == ["One.", "Two, and\nmore"]
    assert [str(row.value["n"] or "") for row in found] == ["1", ""]


@pytest.mark.parametrize("name", FORMS)
def test_rows_of_every_form_are_judged_and_named_by_file_and_number(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name, FORMS[name])
    target = target_of_rows(str(path), tmp_path)
    with (tmp_path / "log").open("w+b") as log:
        verdict = validate([target], log, settings=Settings(Fields.read(["said", "question=n"])))
    assert verdict.episodes == 2
    assert [finding.episode for finding in verdict.first if finding.check == "schema"] == [f"{path}:2"]


def test_a_folder_has_its_data_files_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a b.jsonl", "c/d.csv", "LICENSE", "README.md", "official_prompts.json"):
        put(tmp_path / name, b'{"a": 1}\n')
    for name in ("MANIFEST.json", ".git/x.json", "official/y.json", "dataset_infos.json", "z.yaml"):
        put(tmp_path / name, b"{}")
    assert [source.name for source in sources(f"{tmp_path}/")] == [
        f"{tmp_path}/{name}" for name in ("a b.jsonl", "b.jsonl", "c/d.csv")
    ]


def test_what_pandas_writes_is_read(tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", b'{"key\\nname": NaN, "said": "One."}\n')
    (row,) = rows(sources(str(path))[0])
    assert row.value == {"key\nname": None, "said": "One."}
    with (tmp_path / "log").open("w+b") as log:
        settings = Settings(Fields.read(["said", "option=key\nname"]))
        verdict = validate([target_of_rows(str(path), tmp_path)], log, settings=settings)
    assert verdict.findings == 0


def test_bytes_are_no_text_and_times_are(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.table({"picture": [b"\xff\xd8"], "at": pa.array([0], pa.timestamp("s"))})
    pq.write_table(table, path)
    (source,) = unpacked(str(path), tmp_path)
    assert source.name == str(path)
    assert source.path.read_bytes() == b'{"picture":null,"at":"1970-01-01T00:00:00"}\n'


HOSTILE = {
    "a.jsonl": (b'{"a": 1}\n{"a": \n', ":2 is no record"),
    "b.jsonl": (b'{"a": "' + b"x" * (LINE_LIMIT + 1), ":1 is longer than"),
    "c.jsonl": (b'{"a": "\\ud800"}', ":1 is no record"),
    "d.jsonl": (b'{"a": ' + b"[" * 500 + b"]" * 500 + b"}", ":1 is no record"),
    "e.json": (b"[" * 100_000, "is not JSON"),
    "f.json": (b"", "is not JSON"),
    "g.json": (b"\xff\xfe{}", "is not JSON"),
    "h.json.gz": (b"\x1f\x8b\x08\x00", "cannot be read"),
    "i.json.gz": (b"[]", "cannot be read"),
    "j.jsonl.gz": (gzip.compress(lines(RECORDS) * 999)[:-20], "cannot be read"),
    "k.jsonl.gz": (gzip.compress(b"x" * (LINE_LIMIT * 4)), ":1 is longer than"),
    "l.csv": (b"a,b\n\xff,2\n", "is no table"),
    "m.csv": (b'a,b\n"1,2\n' + b"3,4\n" * (LINE_LIMIT // 3), "is no table"),
    "n.parquet": (b"PAR1" + b"\0" * 99 + b"PAR1", "is no Parquet"),
    "o.txt": (b"{}", "is no data file"),
    "p/LICENSE": (b"{}", "has no data file"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_broken_is_one_line(tmp_path: Path, name: str) -> None:
    content, said = HOSTILE[name]
    path = put(tmp_path / name, content)
    path = path.parent if path.name == "LICENSE" else path
    with pytest.raises(InputError, match=said) as refused:
        list(chain.from_iterable(map(rows, sources(str(path)))))
    assert str(refused.value).startswith(str(path))
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 500


@pytest.mark.parametrize("place", ["absent", "hf://", "hf://a/b/c", "hf:a/b", "hf://../etc", "/dev/null"])
def test_a_place_that_cannot_be_meant(place: str) -> None:
    with pytest.raises(InputError, match=r"name a file|cannot be fetched|hf://ORG/NAME"):
        sources(place)


def test_the_hub(tmp_path: Path) -> None:
    text = "There is hardly anything that is so easily taken from anybody as a text on the Hub."
    put(tmp_path / "hub/org/rows/main/data/train.jsonl.gz", gzip.compress(lines([{"said": "Fine."}, {"said": text}])))
    put(tmp_path / "hub/org/bench/v1/test.csv", f"story\n{text}\n".encode())
    put(tmp_path / "hub/org/bench/v1/model.bin", b"\0" * 99)
    with hub.serving(tmp_path / "hub") as url:
        environment = os.environ | {"HF_ENDPOINT": url, "HF_HOME": str(tmp_path / "home"), "HF_HUB_OFFLINE": "0"}
        typed = [sys.executable, "-P", "-m", "madata", "validate", "hf://org/rows", "--text-field", "said"]

        def validated(against: str) -> subprocess.CompletedProcess[str]:
            command = [*typed, "--against", against, "--only", "contamination"]
            return subprocess.run(command, env=environment, capture_output=True, text=True)

        ended = validated("hf://org/bench@v1")
        absent = validated("hf://org/bench@v2")
    assert ended.returncode == 1, ended.stderr
    assert "contamination: hf://org/rows/data/train.jsonl.gz:2, text 0" in ended.stdout
    assert "hf://org/bench@v1/test.csv:1: verbatim" in ended.stdout
    assert not list((tmp_path / "home").rglob("model.bin"))
    assert absent.returncode == 2
    (said,) = absent.stderr.splitlines()
    assert said.startswith("madata: hf://org/bench@v2 cannot be fetched")
