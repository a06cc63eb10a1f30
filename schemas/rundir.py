"""Where things lie in a run directory, for whoever reads one.

    run.json                     what was asked; written first
    episodes/part-00000.jsonl    accepted episodes, one a line
    rejected/part-00000.jsonl    rejected attempts: {"attempt", "detail", "family", "reason", "slot"}
    pairs.jsonl                  of counterfactuals only: what differs in each two episodes, and which answers do
    preferences.jsonl            of counterfactuals only: right answers and near misses

A part is complete when both its files exist: each appears whole or not at all. Parts are numbered by the shard of slots
they answer, so a run that is not finished may lack any of them.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import orjson

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
