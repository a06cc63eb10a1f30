"""Episodes of every family, and a run of counterfactuals that can be tampered with."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from madata.generators import make
from madata.generators.family import Rejected
from madata.schemas import canonical
from madata.validators.check import Check, Finding
from madata.validators.runner import checks

EpisodeJson = dict[str, Any]
FAMILIES = [(task, family) for task in make.tasks() for family in make.families(task)]
SOME = [
    ("coordination", "schedule"),
    ("coordination", "hints"),
    ("negotiation", "commons"),
    ("negotiation", "division"),
    ("tom", "contents"),
    ("tom", "location"),
]


def made(task: str, family: str, slot: int = 0) -> EpisodeJson:
    """The first attempt at a slot that is not rejected, as it is read from a file."""
    for attempt in range(20):
        try:
            return reread(make.episode(task, (family,), {}, 27, slot, attempt))
        except Rejected:
            continue
    raise AssertionError(f"no episode of {family}")


def reread(value: EpisodeJson) -> EpisodeJson:
    read: EpisodeJson = orjson.loads(canonical(value))
    return read


def write(path: Path, *records: Any) -> Path:
    path.write_bytes(b"".join(canonical(record) + b"\n" for record in records))
    return path


def read(path: Path) -> list[EpisodeJson]:
    return [orjson.loads(line) for line in path.read_bytes().splitlines()]


def judged(episode: EpisodeJson) -> list[str]:
    """The findings of every check on one episode."""
    judges = [check.judge for check in checks().values() if check.judge and check.concerns(episode["task"])]
    return [str(finding) for judge in judges for finding in judge(episode)]


class Tampered:
    """A copy of a run, and what a check says of it after an edit of the lines of a file."""

    def __init__(self, run: Path, work: Path, check: Check) -> None:
        self.run = shutil.copytree(run, work / "run")
        self.check = check

    def findings(self, name: str, edit: Callable[[list[EpisodeJson]], Any]) -> list[Finding]:
        lines = read(self.run / name)
        edit(lines)
        write(self.run / name, *lines)
        return self.audit()

    def audit(self) -> list[Finding]:
        assert self.check.audit
        return list(self.check.audit(self.run))
