"""A run directory as its one writer sees it: what was asked is in `run.json`, how far it is in the files.

A run is cut into shards of `shard_size` slots; a slot becomes one episode. A shard is published as the two files of a
part, each written under another name, synced and renamed, so a part is there whole or not at all, whenever the process
or the machine dies. Nothing else is remembered: continuing a run means making the parts that are missing.
"""

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
import portalocker
from pydantic import Field, ValidationError

from madata.schemas import Record
from madata.schemas.rundir import EPISODES, REJECTED, RUN, Part, described, part, parts

SHARD_SIZE = 250
ATTEMPTS = 20
ASKS = 3
TEMPERATURE = 0.8
MAX_TOKENS = 160
LIMIT = 100_000 * SHARD_SIZE  # the number of a part has five digits
RESPONSES = "responses.sqlite"
LOCK = ".lock"
LOCK_PATIENCE = 3.0  # seconds: what the workers of a writer that was just killed need to follow it

Resume = Literal["if-possible", "always", "never"]


class UserError(Exception):
    """Something only the user can mend. The message is one line: what, where, how to mend it."""


class Failed(Exception):
    """A run that could not be finished now. The message is one line and says how to continue."""


class Model(Record):
    """A teacher: what the model is called where it is served, which revision the user says it is, its share of the
    slots (or agents), and how it is sampled."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    revision: str = ""
    weight: Annotated[int, Field(ge=1)] = 1
    temperature: Annotated[float, Field(ge=0, le=2)] = TEMPERATURE
    max_tokens: Annotated[int, Field(ge=1)] = MAX_TOKENS


Casting = Literal["episode", "agent", "one", "relay"]
"""Whether an episode has one model, each of its agents its own, one agent is a model among scripts, or the first model
opens for every agent and the second takes over."""


class Config(Record):
    """What is asked for, and all that decides the bytes of the episodes besides the version and the answers of models.

    `knobs` holds the ranges that differ from those of the families; `attempts` is how often a slot is tried, `asks` how
    often a model is asked for a turn. Without `models` the templates speak. Where the models are served is no part of
    it, nor is how many answers are waited for at once.
    """

    task: str
    n: Annotated[int, Field(ge=1, le=LIMIT)]
    families: Annotated[tuple[str, ...], Field(min_length=1)]
    seed: int
    knobs: dict[str, tuple[int, int]] = {}
    models: tuple[Model, ...] = ()
    mode: Literal["verbalise", "self-play"] = "verbalise"
    cast: Casting = "episode"
    reader: str | None = None
    asks: Annotated[int, Field(ge=1)] = ASKS
    shard_size: int = SHARD_SIZE
    attempts: int = ATTEMPTS

    @property
    def shards(self) -> int:
        return -(-self.n // self.shard_size)

    def slots(self, shard: int) -> range:
        return range(shard * self.shard_size, min(self.n, (shard + 1) * self.shard_size))


class Run:
    """The directory `path`, whose configuration is `config`."""

    def __init__(self, path: Path, config: Config) -> None:
        self.path = path
        self.config = config

    @classmethod
    def read(cls, path: Path) -> "Run":
        return cls(path, Config.model_validate(orjson.loads((path / RUN).read_bytes())["config"]))

    def complete(self) -> list[Part]:
        return [part for part in parts(self.path) if part.number < self.config.shards]

    def missing(self) -> list[int]:
        there = {part.number for part in self.complete()}
        return [shard for shard in range(self.config.shards) if shard not in there]

    def publish(self, shard: int, episodes: Iterable[bytes], rejected: Iterable[bytes]) -> None:
        published = part(self.path, shard)
        write(published.rejected, rejected)
        write(published.episodes, episodes)

    def sweep(self) -> None:
        """Removes what a killed writer left behind. Only for the holder of the lock."""
        for directory in (self.path, self.path / EPISODES, self.path / REJECTED):
            for stale in directory.glob(".*.tmp"):
                stale.unlink()


def write(path: Path, lines: Iterable[bytes]) -> None:
    """Writes a file of lines that is there whole, and on the disk, or not at all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            file.writelines(line + b"\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        error.filename = str(path)
        raise
    directory = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


@contextlib.contextmanager
def writing(path: Path, config: Config, resume: Resume) -> Iterator[Run]:
    """The run at `path`, begun or continued, with its lock held and no leftovers of earlier writers."""
    there = path.is_dir() and any(entry.name != LOCK and entry.suffix != ".tmp" for entry in path.iterdir())
    if there and not (path / RUN).is_file():
        raise UserError(f"{path} exists and is not a run (it has no {RUN}); choose another directory with --out")
    if there and resume == "never":
        raise UserError(f"{path} already holds a run; choose another directory with --out, or drop --resume never")
    if not there and resume == "always":
        raise UserError(f"{path} holds no run to continue; drop --resume always to begin one")
    path.mkdir(parents=True, exist_ok=True)
    with locked(path):
        run = Run(path, config)
        run.sweep()
        asked = described(config.model_dump(mode="json"))
        if (path / RUN).is_file():
            refuse_difference(path, asked)
        else:
            write(path / RUN, [orjson.dumps(asked, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS)])
        for name in (EPISODES, REJECTED):
            (path / name).mkdir(exist_ok=True)
        try:
            yield run
        finally:
            run.sweep()


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keeps a second writer out. Forked workers share the lock, so it is free only when the last of them is gone."""
    flags = portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING
    lock = portalocker.Lock(path / LOCK, "a+", timeout=LOCK_PATIENCE, check_interval=0.05, flags=flags)
    try:
        file = lock.acquire()
    except portalocker.LockException as error:
        pid = (path / LOCK).read_text() or "unknown"
        raise UserError(f"{path} is being written by process {pid}; wait for it, or choose another --out") from error
    try:
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
    finally:
        file.truncate(0)
        lock.release()


def refuse_difference(path: Path, asked: dict[str, Any]) -> None:
    """Two configurations in one directory would be two data sets in one."""
    try:
        found = orjson.loads((path / RUN).read_bytes())
        Config.model_validate(found["config"])
        before = found["config"] | found["versions"]
    except (orjson.JSONDecodeError, ValidationError, KeyError, TypeError) as error:
        raise UserError(f"{path / RUN} cannot be read; restore it, or choose another --out") from error
    now = asked["config"] | asked["versions"]
    changed = [
        f"{key} was {shown(before.get(key))}, now {shown(now.get(key))}"
        for key in sorted(before.keys() | now.keys())
        if before.get(key) != now.get(key)
    ]
    if changed:
        raise UserError(f"{path} was begun with another configuration: {'; '.join(changed)}; choose another --out")


def shown(value: Any) -> str:
    return orjson.dumps(value).decode()
