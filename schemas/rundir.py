"""Where things lie in a run directory, for whoever reads one, and how one is made in one go.

    run.json                     what was asked; written first
    episodes/part-00000.jsonl    accepted episodes, one a line
    rejected/part-00000.jsonl    rejected attempts: {"attempt", "detail", "family", "reason", "slot"}
    pairs.jsonl                  of counterfactuals only: what differs in each two episodes, and which answers do
    preferences.jsonl            of counterfactuals only: right answers and near misses

A part is complete when both its files exist: each appears whole or not at all. Parts are numbered by the shard of slots
they answer, so a run that is not finished may lack any of them.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from madata import __version__
from madata.schemas.episode import SCHEMA_VERSION
from madata.schemas.records import digest

RUN = "run.json"
EPISODES = "episodes"
REJECTED = "rejected"
PAIRS = "pairs.jsonl"
PREFERENCES = "preferences.jsonl"


class Part(NamedTuple):
    number: int
    episodes: Path
    rejected: Path

    @property
    def complete(self) -> bool:
        return self.episodes.exists() and self.rejected.exists()


def part(run: Path, number: int) -> Part:
    name = f"part-{number:05d}.jsonl"
    return Part(number, run / EPISODES / name, run / REJECTED / name)


def parts(run: Path) -> list[Part]:
    """The complete parts of a run, in the order of its slots."""
    rejected = {path.name for path in (run / REJECTED).glob("part-*.jsonl")}
    names = (path.name for path in (run / EPISODES).glob("part-*.jsonl") if path.name in rejected)
    return [part(run, number) for number in sorted(int(name[5:-6]) for name in names)]


def episodes(run: Path) -> Iterator[dict[str, Any]]:
    """The JSON values of a run's episodes, in the order of its slots."""
    for complete in parts(run):
        with complete.episodes.open("rb") as lines:
            yield from map(orjson.loads, lines)


def described(config: Mapping[str, Any]) -> dict[str, Any]:
    """What `run.json` says of a run that was so configured."""
    versions = {"madata": __version__, "schema": SCHEMA_VERSION}
    return {"config": config, "config_hash": digest(config), "versions": versions}


def describe(run: Path, config: Mapping[str, Any]) -> None:
    written = orjson.dumps(described(config), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)
    (run / RUN).write_bytes(written + b"\n")


@contextmanager
def whole(out: Path, error: Callable[[str], Exception]) -> Iterator[Path]:
    """A directory to fill, which is `out` once it is complete: that is there whole or not at all, and nothing is
    written over. What the user has to mend is raised as an `error` of one line."""
    refuse(out, error)
    making = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        making.mkdir(parents=True)
        yield making
        os.sync()
        making.rename(out)
    except OSError as failed:
        raise error(f"{failed.filename or out}: {failed.strerror}; choose another directory") from failed
    finally:
        shutil.rmtree(making, ignore_errors=True)


def refuse(out: Path, error: Callable[[str], Exception]) -> None:
    """For whoever wants to know before the work is done."""
    if out.exists():
        raise error(f"{out} exists: choose another directory")
