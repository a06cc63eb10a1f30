"""A run directory made by hand: sealed samples in parts, as `generate` would leave them."""

from collections.abc import Iterable
from pathlib import Path

from samples import EpisodeJson, episode, seal, write

from madata.schemas import canonical, digest
from madata.schemas.rundir import RUN, part

SIZE = 4


def slot(number: int, attempt: int = 0) -> EpisodeJson:
    record = episode(number)
    record["seed"] = f"tom/7/{number}/{attempt}"
    record["structure"] = f"{number:016x}"
    record["provenance"]["attempts"] = attempt + 1
    return seal(record)


def rejection(number: int, attempt: int = 0) -> EpisodeJson:
    return {"slot": number, "attempt": attempt, "family": "location", "reason": "no_question", "detail": "none"}


def write_run(path: Path, n: int = 10, attempts: int = 3) -> Path:
    """A complete run of `n` slots; slot 2 needed two attempts."""
    config = {"task": "tom", "n": n, "seed": 7, "shard_size": SIZE, "attempts": attempts}
    for start in range(0, n, SIZE):
        slots = range(start, min(n, start + SIZE))
        write_part(
            path, start // SIZE, (slot(at, int(at == 2)) for at in slots), (rejection(2) for at in slots if at == 2)
        )
    (path / RUN).write_bytes(canonical({"config": config, "config_hash": digest(config), "versions": {}}))
    return path


def write_part(path: Path, number: int, episodes: Iterable[EpisodeJson], rejected: Iterable[EpisodeJson] = ()) -> None:
    files = part(path, number)
    write(files.episodes, *episodes)
    write(files.rejected, *rejected)
