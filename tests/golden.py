"""The bytes of some coordination episodes, by their hash: `make golden` writes tests/data/golden.txt.

A line an episode: its family and slot; the hash of what happens and what is asked of it, without a word; and that of
all. So a change of words alone shows in the last column only.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from madata.generators.family import Rejected
from madata.generators.make import episode, families
from madata.schemas import canonical

TASK = "coordination"
SEED = 0
EACH = 3
"""Episodes of a family."""


def lines() -> Iterator[str]:
    for family in families(TASK):
        for slot in range(EACH):
            made = attempted(family, slot)
            asked = [(each["query"], each["options"], each["answer"], each["evidence"]) for each in made["questions"]]
            outcome = {part: value for part, value in made["outcome"].items() if part != "words"}
            happens = [made["conventions"], made["agents"], made["world"], outcome, asked]
            yield f"{family} {slot} {digest(happens)} {digest(made)}\n"


def attempted(family: str, slot: int) -> dict[str, Any]:
    attempt = 0
    while True:
        try:
            return episode(TASK, (family,), {}, SEED, slot, attempt)
        except Rejected:
            attempt += 1


def digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()[:16]


if __name__ == "__main__":
    print(*lines(), sep="", end="")
