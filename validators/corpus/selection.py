"""Lines chosen from other runs and files, as a run directory: byte for byte what they were, and where they came from.

A selection has no attempts: each line is a slot, all are filled, none is rejected. The directory is made under another
name and renamed when it is complete, so a selection is there whole or not at all.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from madata import __version__
from madata.schemas.episode import SCHEMA_VERSION
from madata.schemas.records import digest
from madata.schemas.rundir import RUN, part
from madata.validators.lines import InputError

if TYPE_CHECKING:
    from madata.validators.runner import Target

PART = 250


def write_selection(
    out: Path, kind: str, targets: Sequence["Target"], asked: Mapping[str, Any], lines: Iterable[bytes]
) -> int:
    """Writes lines of `targets`, which end as they ended there, as the run `out`; how many that are.

    `kind` says what chose them ("curated"), `asked` how it was asked to: both are in `run.json`. Raises `InputError`.
    """
    refuse(out)
    making = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        written = write_parts(making, lines)
        chosen = {"selection": kind, "sources": [source(each) for each in targets], "n": written, "shard_size": PART}
        config = {**asked, **chosen}
        versions = {"madata": __version__, "schema": SCHEMA_VERSION}
        described = {"config": config, "config_hash": digest(config), "versions": versions}
        (making / RUN).write_bytes(orjson.dumps(described, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
        os.sync()
        making.rename(out)
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror}; choose another directory with --out") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return written


def refuse(out: Path) -> None:
    """Nothing is written over. For whoever wants to know before the work is done."""
    if out.exists():
        raise InputError(f"{out} exists: choose another directory with --out")


def write_parts(run: Path, lines: Iterable[bytes]) -> int:
    written = 0
    rest = iter(lines)
    while chosen := [line if line.endswith(b"\n") else line + b"\n" for line in islice(rest, PART)]:
        files = part(run, written // PART)
        for path, content in ((files.rejected, b""), (files.episodes, b"".join(chosen))):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(chosen)
    if not written:
        raise InputError("no line is left to write")
    return written


def source(target: "Target") -> dict[str, str]:
    """What a target is known by, wherever it lies: a run by the hash of its configuration, a file by that of its
    bytes."""
    name = target.path.resolve().name
    if not target.run:
        with target.path.open("rb") as file:
            return {"file": name, "sha256": hashlib.file_digest(file, "sha256").hexdigest()}
    try:
        return {"run": name, "config_hash": str(orjson.loads((target.run / RUN).read_bytes())["config_hash"])}
    except (ValueError, LookupError, TypeError) as error:
        raise InputError(f"{target.run / RUN} says nothing of the run: restore it, or name its part files") from error
