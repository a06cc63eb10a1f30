"""What can be made: every family of every task, with its knobs, the capabilities it shows, and an example.

The example is an episode that its family makes with nothing said but a seed: of a few seeds the one that shows the most
of the four capabilities, and of those the shortest. What the family shows is what those few episodes show.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, get_args

import orjson

from madata.generators import make
from madata.generators.ask import unknown
from madata.generators.family import Family, Rejected
from madata.generators.run import UserError
from madata.schemas.episode import Capability

SEEDS = 6
"""How many are looked at."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`seed` makes `example`, the JSON value of an episode, by `command`."""

    family: Family
    capabilities: list[str]
    seed: int
    example: dict[str, Any]

    @property
    def command(self) -> str:
        return f"madata generate {self.family.task} --family {self.family.name} --n 1 --seed {self.seed}"


def entries(task: str | None = None) -> Iterator[Entry]:
    """Of one task, or of all; raises `UserError` for one that is not there."""
    if task is not None and task not in make.tasks():
        raise UserError(unknown("task", task, make.tasks()))
    for each in [task] if task else make.tasks():
        for family in make.families(each).values():
            yield entry(family)


def entry(family: Family) -> Entry:
    made = [first(family, seed) for seed in range(SEEDS)]
    shown = {capability for episode in made for capability in episode["capabilities"]}
    seed = min(range(SEEDS), key=lambda number: (-len(made[number]["capabilities"]), len(made[number]["turns"])))
    return Entry(family, [each for each in get_args(Capability) if each in shown], seed, made[seed])


def first(family: Family, seed: int) -> dict[str, Any]:
    """What `madata generate TASK --family NAME --n 1 --seed SEED` makes."""
    for attempt in count():
        try:
            return make.episode(family.task, (family.name,), {}, seed, 0, attempt)
        except Rejected:
            continue
    raise AssertionError("attempts do not end")


def show(task: str | None, as_json: bool) -> int:
    """The verb `families`."""
    listed = entries(task)
    if as_json:
        sys.stdout.write(orjson.dumps({"families": [plain(each) for each in listed]}).decode() + "\n")
        return 0
    for each in listed:
        sys.stdout.write("\n".join(lines(each)) + "\n\n")
    return 0


def lines(entry: Entry) -> Iterator[str]:
    family = entry.family
    players = ["scripts", *["models"] * family.self_play, *["models among scripts"] * family.partners]
    yield f"{family.task}/{family.name}: {family.about}"
    yield f"  shows      {', '.join(entry.capabilities)}"
    yield f"  played by  {', '.join(players)}"
    yield f"  example    {entry.command}"
    yield from (f"  {row}" for row in knobs(family))


def knobs(family: Family) -> Iterator[str]:
    rows = [("knob", "drawn from", "allowed", "")]
    rows += [(n, f"{k.low}..{k.high}", f"{k.minimum}..{k.maximum}", k.about) for n, k in family.knobs.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()


def plain(entry: Entry) -> dict[str, Any]:
    family = entry.family
    return {
        "task": family.task,
        "name": family.name,
        "about": family.about,
        "capabilities": entry.capabilities,
        "self_play": family.self_play,
        "partners": family.partners,
        "knobs": {
            name: {
                "low": knob.low,
                "high": knob.high,
                "minimum": knob.minimum,
                "maximum": knob.maximum,
                "about": knob.about,
            }
            for name, knob in family.knobs.items()
        },
        "seed": entry.seed,
        "id": entry.example["id"],
        "command": entry.command,
    }
