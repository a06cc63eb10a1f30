"""Lines chosen from other runs and files, as a run directory: byte for byte what they were, and where they came from.

A selection has no attempts: each line is a slot, filled, or rejected with the reason and the line itself. The directory
is made under another name and renamed when it is complete, so a selection is there whole or not at all.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from madata.schemas.records import canonical
from madata.schemas.rundir import RUN, describe, part, whole
from madata.validators.lines import InputError

if TYPE_CHECKING:
    from madata.validators.runner import Target

PART = 250
BLOCK = 1 << 20


class Rejected(NamedTuple):
    """A line that was left out, and why. What is no UTF-8 in it is written as escapes."""

    line: bytes
    family: str
    reason: str
    detail: str

    def record(self, slot: int) -> dict[str, Any]:
        line = self.line.decode(errors="backslashreplace").rstrip("\r\n")
        return {**self._asdict(), "line": line, "slot": slot, "attempt": 0}


Slot = bytes | Rejected


def write_selection(
    out: Path, kind: str, targets: Sequence["Target"], asked: Mapping[str, Any], lines: Iterable[Slot]
) -> int:
    """Writes lines of `targets`, which end as they ended there, as the run `out`; how many slots that are.

    `kind` says what chose them ("curated"), `asked` how it was asked to: both are in `run.json`. Raises `InputError`.
    """
    with whole(out, InputError) as making:
        written = write_parts(making, lines)
        chosen = {"selection": kind, "sources": [source(each) for each in targets], "n": written, "shard_size": PART}
        describe(making, {**asked, **chosen})
    return written


def write_parts(run: Path, lines: Iterable[Slot]) -> int:
    written = 0
    rest = enumerate(lines)
    while shard := list(islice(rest, PART)):
        files = part(run, written // PART)
        kept = [line if line.endswith(b"\n") else line + b"\n" for _, line in shard if isinstance(line, bytes)]
        left = [canonical(line.record(slot)) + b"\n" for slot, line in shard if isinstance(line, Rejected)]
        for path, content in ((files.rejected, left), (files.episodes, kept)):
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                file.writelines(content)
        written += len(shard)
    if not written:
        raise InputError("no line is left to write")
    return written


def source(target: "Target") -> dict[str, str]:
    """What a target is known by, wherever it lies: a run by the hash of its configuration, a file by that of its
    bytes."""
    if not target.run:
        return {"file": Path(target.path).name, "sha256": sha256(*target.files)}
    try:
        return {
            "run": target.run.resolve().name,
            "config_hash": str(orjson.loads((target.run / RUN).read_bytes())["config_hash"]),
        }
    except (ValueError, LookupError, TypeError) as error:
        raise InputError(f"{target.run / RUN} says nothing of the run: restore it, or name its part files") from error


def sha256(*paths: Path) -> str:
    """Of the bytes of the files, one after the other."""
    hashed = hashlib.sha256()
    for path in paths:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                hashed.update(block)
    return hashed.hexdigest()
