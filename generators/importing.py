"""Foreign data as a run directory: each row a slot, none rejected, the source files named by their hash.

The directory is made under another name and renamed when it is complete, so an import is there whole or not at all.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol, cast

import orjson

from madata import __version__
from madata.generators import importers
from madata.generators.importers import ImportFailed
from madata.schemas import SCHEMA_VERSION, canonical, digest
from madata.schemas.rundir import RUN, part

PART = 250


class Importer(Protocol):
    """A module of `generators/importers`."""

    NAME: str

    def read(self, paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
        """Episodes (JSON values), in order; raises `ImportFailed`."""


def available() -> dict[str, Importer]:
    """The importers by name: every module of `generators/importers` with a `NAME`."""
    modules = (import_module(f"{importers.__name__}.{info.name}") for info in iter_modules(importers.__path__))
    return {module.NAME: cast(Importer, module) for module in modules if hasattr(module, "NAME")}


def import_run(name: str, files: Sequence[Path], out: Path) -> int:
    """Writes the rows of `files` as the run `out`; how many episodes that are. Raises `ImportFailed`."""
    known = available()
    if name not in known:
        from rapidfuzz.process import extractOne

        nearest = extractOne(name, list(known))[0]
        raise ImportFailed(f"unknown format {name!r}: did you mean {nearest!r}? There are: {', '.join(known)}")
    if out.exists():
        raise ImportFailed(f"{out} exists: choose another directory with --out")
    making = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        files = [file for path in files for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
        out.parent.mkdir(parents=True, exist_ok=True)
        imported = write_parts(making, known[name].read(files))
        hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        config = {"importer": name, "files": hashes, "n": imported, "shard_size": PART}
        versions = {"madata": __version__, "schema": SCHEMA_VERSION}
        asked = {"config": config, "config_hash": digest(config), "versions": versions}
        (making / RUN).write_bytes(orjson.dumps(asked, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n")
        os.sync()
        making.rename(out)
    except OSError as error:
        raise ImportFailed(f"{error.filename or out}: {error.strerror}; choose another directory with --out") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return imported


def write_parts(run: Path, episodes: Iterable[dict[str, Any]]) -> int:
    """Parts of `PART` episodes; how many episodes that are."""
    written = 0
    rest = iter(episodes)
    while rows := [canonical(row) + b"\n" for row in islice(rest, PART)]:
        files = part(run, written // PART)
        for path, content in ((files.rejected, b""), (files.episodes, b"".join(rows))):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        written += len(rows)
    if not written:
        raise ImportFailed("no episode in these files: name files that have rows")
    return written
