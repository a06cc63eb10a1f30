"""Data of others as it is published: the records of a file, of a folder's data files, or of a data set on the Hub.

    tombench/               each data file in it, by name; a licence, a readme or official prompts are no data
    casino_train.json       a list of records; so is {"data": [..]} and {"some id": {..}, ..}
    utterances.jsonl.gz     packed or not
    hf://ORG/NAME@REVISION  its data files are fetched into the Hub's cache, and are a folder then

A record is known by file and number: `FILE:7` is line 7 of JSONL, and the seventh record (from 1) of anything else.
What cannot be read is one `InputError`. Everything here may be hostile: what is read at once is bounded, packed or not.
"""

import csv
import gzip
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from madata.validators.lines import LINE_LIMIT, InputError, LineError, opened, parse_row

WHOLE = 256 << 20  # bytes of a JSON file, which is read at once
SUFFIXES = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
PACKED = ".gz"
ENDINGS = (*SUFFIXES, *(suffix + PACKED for suffix in SUFFIXES if suffix != ".parquet"))
NO_DATA = re.compile(r"\..*|official.*|manifest\.json|(dataset_infos?|dataset_dict|state|run)\.json", re.IGNORECASE)
HUB = re.compile(r"hf://([\w.-]+(?:/[\w.-]+)?)(?:@([\w./-]+))?")


class Source(NamedTuple):
    """A data file, and what it is called to the user."""

    path: Path
    name: str


class Row(NamedTuple):
    number: int
    value: Any


def sources(place: str) -> list[Source]:
    """The data files of a place, in the order of their names."""
    if place.startswith("hf:"):
        return _in_folder(_fetched(place), place)
    path = Path(place)
    if path.is_dir():
        return _in_folder(path, place)
    if not path.is_file():
        raise InputError(f"{place} {'is no regular file' if path.exists() else 'does not exist'}: name {EXPECTED}")
    if not path.name.lower().endswith(ENDINGS):
        raise InputError(f"{place} is no data file: name {EXPECTED}")
    return [Source(path, place)]


def rows(source: Source) -> Iterator[Row]:
    """The records of a data file, numbered."""
    ending = source.path.name.lower().removesuffix(PACKED).rpartition(".")[2]
    try:
        if ending == "parquet":
            yield from map(Row._make, enumerate(_of_parquet(source.path), 1))
        else:
            with opened(source.path) as raw:
                packed = source.path.name.lower().endswith(PACKED)
                file: BinaryIO = gzip.GzipFile(fileobj=raw) if packed else raw  # type: ignore[assignment]
                yield from READERS[ending](file, source.name)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{source.name} cannot be read ({error}): fetch it again") from error


def unpacked(place: str, folder: Path) -> Iterator[Source]:
    """The data files of a place as JSONL, a record a line: itself if it is that, else a copy in `folder`."""
    for number, source in enumerate(sources(place)):
        if source.path.name.lower().endswith((".jsonl", ".ndjson")):
            yield source
        else:
            copy = folder / f"{number}.jsonl"
            with copy.open("wb") as file:
                for row in rows(source):
                    file.write(_line(row, source))
            if copy.stat().st_size:
                yield Source(copy, source.name)


def _line(row: Row, source: Source) -> bytes:
    try:
        return orjson.dumps(row.value, default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_APPEND_NEWLINE)
    except TypeError as error:
        raise InputError(f"{source.name}:{row.number} cannot be written as JSON ({error}): drop the record") from error


def _plain(value: Any) -> str | None:
    """What JSON has no form for; bytes (a picture, a sound) are no text."""
    return None if isinstance(value, bytes) else str(value)


def _in_folder(folder: Path, name: str) -> list[Source]:
    inside = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS))
    kept = [path for path in inside if not any(map(NO_DATA.fullmatch, path.parts)) and (folder / path).is_file()]
    if not kept:
        raise InputError(f"{name} has no data file in it: name {EXPECTED}")
    return [Source(folder / path, f"{name.rstrip('/')}/{path}") for path in kept]


def _fetched(place: str) -> Path:
    """The folder of a data set of the Hub, in the Hub's cache."""
    from httpx2 import HTTPError
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError
    from huggingface_hub.utils.tqdm import disable_progress_bars

    if not (written := HUB.fullmatch(place)):
        raise InputError(f"{place} is no data set of the Hub: write hf://ORG/NAME or hf://ORG/NAME@REVISION")
    if not sys.stderr.isatty():
        disable_progress_bars()
    patterns = [f"*{ending}" for ending in ENDINGS]
    try:
        return Path(snapshot_download(written[1], repo_type="dataset", revision=written[2], allow_patterns=patterns))
    except (HTTPError, HFValidationError, OSError) as error:
        why = str(error).strip().split("\n")[0]
        raise InputError(f"{place} cannot be fetched ({why}): check name, revision, network, HF_TOKEN") from error


def _of_lines(file: BinaryIO, name: str) -> Iterator[Row]:
    for number, raw in enumerate(_lines(file, name), 1):
        if raw.strip():
            try:
                yield Row(number, parse_row(raw.rstrip(b"\r\n")))
            except LineError as flaw:
                expected = f"expected {flaw.expected}, found {flaw.found}"
                raise InputError(f"{name}:{number} is no record: {expected}") from flaw


def _of_json(file: BinaryIO, name: str) -> Iterator[Row]:
    """A JSON file; or lines of JSON under that name, as data sets of the Hub often are."""
    raw = file.read(WHOLE + 1)
    if len(raw) > WHOLE:
        raise InputError(f"{name} is longer than {WHOLE >> 20} MB: write it as JSONL, a record a line")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        first, *others = raw.lstrip().split(b"\n", 1)
        try:
            if others:
                orjson.loads(first)
                lines = enumerate(raw.split(b"\n"), 1)
                yield from (Row(number, parse_row(line)) for number, line in lines if line.strip())
            else:
                yield Row(1, parse_row(raw))
        except (orjson.JSONDecodeError, LineError):
            raise InputError(f"{name} is not JSON ({error}): fetch it again, or mend it") from None
        return
    yield from map(Row._make, enumerate(members(value), 1))


def members(value: Any) -> Iterable[Any]:
    """The records in a JSON value: what a list has; what the only list of objects in an object has; an object's
    objects; else the value itself."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and value:
        lists = [each for each in value.values() if isinstance(each, list) and each and isinstance(each[0], dict)]
        if len(lists) == 1:
            return lists[0]
        if all(isinstance(each, dict) for each in value.values()):
            return value.values()
    return (value,)


def _of_table(file: BinaryIO, name: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LINE_LIMIT)
    try:
        lines = (line.decode("utf-8-sig" if number == 0 else "utf-8") for number, line in enumerate(_lines(file, name)))
        yield from map(Row._make, enumerate(csv.DictReader(lines, delimiter=delimiter), 1))
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{name} is no table in UTF-8 ({error}): save it again as CSV") from error


def _of_parquet(path: Path) -> Iterator[Any]:
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        for batch in ParquetFile(path).iter_batches(batch_size=256):
            yield from batch.to_pylist()
    except (ArrowException, OSError, ValueError) as error:
        why = str(error).split("\n")[0]
        raise InputError(f"{path} is no Parquet file ({why}): fetch it again") from error


def _lines(file: BinaryIO, name: str) -> Iterator[bytes]:
    for number, raw in enumerate(iter(partial(file.readline, LINE_LIMIT + 1), b""), 1):
        if len(raw) > LINE_LIMIT:
            raise InputError(f"{name}:{number} is longer than {LINE_LIMIT:,} bytes: split or drop the record")
        yield raw


EXPECTED = f"a file ({', '.join(SUFFIXES)}, or packed as .gz), a folder of such, or hf://ORG/NAME"
READERS: dict[str, Callable[[BinaryIO, str], Iterator[Row]]] = {
    "jsonl": _of_lines,
    "ndjson": _of_lines,
    "json": _of_json,
    "csv": partial(_of_table, delimiter=","),
    "tsv": partial(_of_table, delimiter="\t"),
}
