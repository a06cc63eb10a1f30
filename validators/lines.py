"""From bytes to records: JSONL read as if it were hostile, in flat memory.

A file is split into chunks of whole lines that processes can read independently. What is wrong with a line is a
finding of the check `schema` that names file and line and how to mend it; the lines around it are read all the same.
Only a path that cannot be meant (nothing there, no JSONL) raises `InputError`.

    part-00000.jsonl -> Chunk(path, name, start, end, line) -> Line("part-00000.jsonl:1", {"id": "tom-..", ..})
"""

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import orjson

from madata.schemas.records import canonical
from madata.validators.check import EpisodeJson, Finding

CHUNK = 1 << 20
LINE_LIMIT = 8 << 20
EXACT_DIGITS = 19
BEGINS_WITH_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
HOLDS_OBJECT = re.compile(rb"^[ \t]*\{", re.MULTILINE)


class InputError(Exception):
    """A path that cannot be validated at all; the message says what, where and how to mend it."""


class LineError(Exception):
    """Why a line is no record: what was expected (and how to mend it), and what was found."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(expected, found)
        self.expected = expected
        self.found = found

    def at(self, where: str) -> Finding:
        return Finding("schema", where, "line", self.expected, self.found)


@dataclass(frozen=True, slots=True)
class Chunk:
    """The bytes `start`..`end` of a file, which is called `name`: whole lines, the first of which has number `line`."""

    path: Path
    name: str
    start: int
    end: int
    line: int


class Line(NamedTuple):
    where: str
    record: EpisodeJson


def split(path: Path, name: str | None = None) -> Iterator[Chunk | Finding]:
    """The chunks of a JSONL file, about `CHUNK` bytes each; a chunk is longer only where a line is."""
    name = name or str(path)
    with opened(path) as file:
        head = file.read(1 << 16)
        if not head:
            raise InputError(f"{path} is empty: name a JSONL file with one episode a line")
        if not BEGINS_WITH_OBJECT.match(head) and (b"\0" in head or not HOLDS_OBJECT.search(head)):
            raise InputError(
                f"{path} is not JSONL (no line begins with '{{'): write one episode a line, as JSON, uncompressed"
            )
        file.seek(0)
        start = position = returns = 0
        line = 1
        last = b""
        for block in iter(partial(file.read, CHUNK), b""):
            returns += block.count(b"\r\n") + (last == b"\r" and block.startswith(b"\n"))
            cut = block.rfind(b"\n") + 1
            if cut:
                yield Chunk(path, name, start, position + cut, line)
                start = position + cut
                line += block.count(b"\n")
            position += len(block)
            last = block[-1:]
        if start < position:
            yield Chunk(path, name, start, position, line)
        if returns:
            yield LineError("lines that end in LF alone (mend: dos2unix)", f"CRLF at the end of {returns} lines").at(
                name
            )


def opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check the path and its permissions") from error


def read(chunk: Chunk, rows: bool = False) -> Iterator[Line | Finding]:
    """Each line of a chunk as a record (`rows`: of anybody's), or as the finding that says why it is none."""
    with chunk.path.open("rb") as file:
        file.seek(chunk.start)
        left, number = chunk.end - chunk.start, chunk.line
        while left > 0:
            raw = file.readline(LINE_LIMIT + 1)
            length = len(raw)
            where = f"{chunk.name}:{number}"
            if length > LINE_LIMIT and not raw.endswith(b"\n"):
                length += skip_line(file)
                limit = f"at most {LINE_LIMIT:,} bytes a line (mend: split or drop the record)"
                yield LineError(limit, f"{length:,} bytes").at(where)
            else:
                try:
                    yield Line(where, (parse_row if rows else parse)(raw.rstrip(b"\r\n")))
                except LineError as flaw:
                    yield flaw.at(where)
            left -= length
            number += 1


def skip_line(file: BinaryIO) -> int:
    """Reads on to the next line, keeping nothing; how many bytes that were."""
    skipped = 0
    for piece in iter(partial(file.readline, CHUNK), b""):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def parse(raw: bytes) -> EpisodeJson:
    """The JSON object on one line, read the same by every JSON reader, or a `LineError`.

    orjson is fast but takes the last of two equal keys and rounds huge integers. A line equal to its own canonical form
    can hold neither; any other line is read a second time by a strict parser.
    """
    if not raw.strip():
        raise LineError("an episode (mend: delete the line)", "an empty line")
    if raw.startswith(codecs.BOM_UTF8):
        raise LineError("UTF-8 without a byte-order mark (mend: sed -i 's/^\\xef\\xbb\\xbf//')", "a byte-order mark")
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        read_strictly(raw)
        raise LineError("one complete JSON object (mend: write the record again)", f"{error} in {shown(raw)}") from None
    if not isinstance(value, dict):
        raise LineError("a JSON object", shown(raw))
    try:
        same = canonical(value) == raw
    except TypeError:
        raise LineError("nesting of at most 254 levels", "deeper nesting") from None
    if not same:
        read_strictly(raw)
    return value


def parse_row(raw: bytes) -> Any:
    """One line of anybody's data set, read as its publisher meant it: NaN, which pandas writes for what is not there,
    is null; of two equal keys the last counts."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError:
        try:
            value = json.loads(raw, parse_constant=lambda _: None)
        except (ValueError, RecursionError):
            return parse(raw)
    try:
        orjson.dumps(value)
    except TypeError as error:
        raise LineError("whole characters, nesting of at most 254 levels, integers of 64 bits", str(error)) from None
    return value


def read_strictly(raw: bytes) -> None:
    """Raises the `LineError` of a line that orjson cannot name, if it has one."""
    try:
        STRICT.decode(raw.decode())
    except UnicodeDecodeError as error:
        byte = raw[error.start]
        raise LineError("UTF-8 (mend: iconv -t utf-8)", f"byte 0x{byte:02x} at offset {error.start}") from None
    except (json.JSONDecodeError, RecursionError):
        pass


def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise LineError(
            "every key once in an object (mend: drop one)", f"key {shown(twice.encode())} {keys.count(twice)} times"
        )
    return made


def exact(digits: str) -> int:
    if len(digits) > EXACT_DIGITS:
        raise LineError("integers of 64 bits (mend: write it as a string)", f"an integer of {len(digits)} digits")
    return int(digits)


def no_constant(name: str) -> None:
    raise LineError("JSON numbers (mend: write null or leave it out)", name)


STRICT = json.JSONDecoder(object_pairs_hook=unique, parse_int=exact, parse_constant=no_constant)


def shown(raw: bytes, limit: int = 60) -> str:
    """A short quotation for a message."""
    text = raw[:limit].decode(errors="replace")
    return repr(text) + ("..." if len(raw) > limit else "")
