"""One attempt at one episode: task, families, knobs, seed, slot, attempt, and the answers of models decide every
byte."""

import random
from collections.abc import Coroutine, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, TypeVar, cast

from madata.generators.family import Family, Rejected
from madata.schemas import SCHEMA_VERSION, episode_id

if TYPE_CHECKING:
    from madata.generators.teachers.cast import Cast

T = TypeVar("T")
Ranges = Mapping[str, tuple[int, int]]


def tasks() -> list[str]:
    """What can be made: each package here that has families."""
    return sorted(path.parent.parent.name for path in Path(__file__).parent.glob("*/families/__init__.py"))


@cache
def families(task: str) -> dict[str, Family]:
    """The families of a task by name: every module of its package `families` with a `FAMILY`."""
    package = import_module(f"madata.generators.{task}.families")
    modules = [import_module(f"{package.__name__}.{module.name}") for module in iter_modules(package.__path__)]
    found = [module.FAMILY for module in modules if hasattr(module, "FAMILY")]
    return {family.name: family for family in found}


def episode(task: str, names: tuple[str, ...], knobs: Ranges, seed: int, slot: int, attempt: int) -> dict[str, Any]:
    """The JSON value of an episode in the words of the templates; raises `Rejected`."""
    return at_once(compose(task, names, knobs, seed, slot, attempt))


async def compose(
    task: str,
    names: tuple[str, ...],
    knobs: Ranges,
    seed: int,
    slot: int,
    attempt: int,
    cast: "Cast | None" = None,
) -> dict[str, Any]:
    """The JSON value of an episode; raises `Rejected`. Slots take the named families in turn."""
    family = families(task)[names[slot % len(names)]]
    name = f"{task}/{seed}/{slot}/{attempt}"
    rng = random.Random(name)
    difficulty = {
        knob: rng.randint(*knobs.get(knob, (about.low, about.high))) for knob, about in sorted(family.knobs.items())
    }
    if conflict := family.conflict(difficulty):
        raise Rejected("conflict", f"{family.name}: {conflict}")
    content = await family.build(rng, difficulty).content(cast)
    if not content["questions"]:
        raise Rejected("no_question", f"{family.name}: nothing in the story can be asked about")
    content |= {
        "schema_version": SCHEMA_VERSION,
        "task": task,
        "family": family.name,
        "seed": name,
        "difficulty": difficulty,
    }
    content["provenance"]["attempts"] = attempt + 1
    return {"id": episode_id(content), **content}


def at_once(work: Coroutine[None, None, T]) -> T:
    """The result of a coroutine that waits for nothing."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast(T, done.value)
    raise RuntimeError(f"{work} waits for something")
