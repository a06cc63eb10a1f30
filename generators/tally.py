"""What a run has come to, read from its parts as they appear: 8 bytes an episode are kept, and a few counters.

It is read from the files and not told by whoever wrote them, so a run that was continued is counted like any other, and
the count is one of what is on the disk.
"""

from array import array
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import orjson

from madata.generators.run import Config, Failed
from madata.schemas.rundir import Part


class Tally:
    """Episodes, questions, rejected attempts by reason, and unfilled slots by the reason of their last attempt."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.episodes = 0
        self.questions = 0
        self.rejected: Counter[str] = Counter()
        self.unfilled: Counter[str] = Counter()
        self.teachers: set[str] = set()
        self.ids = array("Q")

    def add(self, part: Part) -> None:
        last = self.config.attempts - 1
        try:
            for line in lines(part.rejected):
                attempt = orjson.loads(line)
                self.rejected[attempt["reason"]] += 1
                if attempt["attempt"] == last:
                    self.unfilled[attempt["reason"]] += 1
            for line in lines(part.episodes):
                episode = orjson.loads(line)
                self.episodes += 1
                self.questions += len(episode["questions"])
                self.teachers.update(teacher["name"] for teacher in episode["provenance"]["teachers"])
                self.ids.append(key(episode["id"]))
        except (orjson.JSONDecodeError, KeyError) as error:
            raise Failed(f"{part.episodes} was changed since it was written ({error}); delete it") from error

    def repeated(self) -> set[int]:
        """The keys of ids that occur twice. Within a part they were rejected; across parts they are found only now."""
        import numpy as np

        ids = np.frombuffer(self.ids, dtype=np.uint64)
        ids.sort()
        return set(ids[1:][ids[1:] == ids[:-1]].tolist())


def key(episode_id: str) -> int:
    """An id ends in the 16 hexadecimal digits of a hash: 8 bytes stand for it without loss."""
    return int(episode_id[-16:], 16)


def locate(parts: Iterable[Part], keys: set[int]) -> list[str]:
    """Where the episodes with these keys are: `<id> (part-00003.jsonl, line 5)`."""
    found = []
    for part in parts:
        for number, line in enumerate(lines(part.episodes), 1):
            name = orjson.loads(line)["id"]
            if key(name) in keys:
                found.append(f"{name} ({part.episodes.name}, line {number})")
    return sorted(found)


def lines(path: Path) -> Iterable[bytes]:
    with path.open("rb") as file:
        yield from file
