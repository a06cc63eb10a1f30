"""Foreign data as a run directory: each row a slot, none rejected, the source files named by their hash.

The directory is made under another name and renamed when it is complete, so an import is there whole or not at all.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from itertools import islice
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, Protocol, cast

from madata.generators import importers
from madata.generators.importers import ImportFailed
from madata.schemas import canonical
from madata.schemas.rundir import describe, part, whole

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
    with whole(out, ImportFailed) as making:
        files = [file for path in files for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
        imported = write_parts(making, known[name].read(files))
        hashes = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
        describe(making, {"importer": name, "files": hashes, "n": imported, "shard_size": PART})
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
