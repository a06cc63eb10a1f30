"""The work itself: shards of slots become accepted episodes and rejected attempts.

What a slot becomes is decided by the configuration, its number and, where models speak, their answers; not by which
process fills it, in which order, or how often. `make_shard` is a plain function for the templates, `make_shards` keeps
many dialogues with models going at once, across shards.
"""

from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from madata.generators import make
from madata.generators.abreast import abreast
from madata.generators.family import Rejected
from madata.generators.run import Config
from madata.generators.teachers.cast import Cast, Studio
from madata.schemas import canonical


@dataclass(slots=True)
class Slot:
    """What became of a slot: the attempt that was accepted with the id and the canonical JSON of its episode, or None
    if none was, and the rejected attempts in order. (Hundreds of episodes kept as dictionaries would slow down the
    garbage collector, and everything with it.)"""

    number: int
    accepted: tuple[int, str, bytes] | None = None
    rejected: list[dict[str, Any]] = field(default_factory=list)


@dataclass(slots=True)
class ShardResult:
    """Canonical JSON of the accepted episodes in the order of their slots, and of every attempt that gave none."""

    episodes: list[bytes] = field(default_factory=list)
    rejected: list[bytes] = field(default_factory=list)


async def fill(config: Config, slot: int, studio: Studio | None = None, first: int = 0) -> Slot:
    """Tries a slot, from attempt `first` on, until an attempt is accepted or none is left."""
    result = Slot(slot)
    for attempt in range(first, config.attempts):
        cast = Cast(studio, slot, attempt) if studio else None
        try:
            episode = await make.compose(config.task, config.families, config.knobs, config.seed, slot, attempt, cast)
            result.accepted = attempt, episode["id"], canonical(episode)
            break
        except Rejected as rejected:
            result.rejected.append(refused(config, slot, attempt, rejected))
    return result


def refused(config: Config, slot: int, attempt: int, rejected: Rejected) -> dict[str, Any]:
    family = config.families[slot % len(config.families)]
    reason = {"reason": rejected.reason, "detail": rejected.detail}
    return {"slot": slot, "attempt": attempt, "family": family} | reason


async def assemble(config: Config, slots: Iterable[Slot], studio: Studio | None = None) -> ShardResult:
    """The shard of these slots. Of two equal episodes the slot that comes first keeps it; the other is tried again."""
    result = ShardResult()
    ids: set[str] = set()
    for slot in sorted(slots, key=lambda slot: slot.number):
        while slot.accepted and slot.accepted[1] in ids:
            attempt, name, _ = slot.accepted
            twin = Rejected("duplicate", f"{name} is already in this part")
            again = await fill(config, slot.number, studio, attempt + 1)
            slot.rejected += [refused(config, slot.number, attempt, twin), *again.rejected]
            slot.accepted = again.accepted
        result.rejected += map(canonical, slot.rejected)
        if slot.accepted:
            _, name, line = slot.accepted
            ids.add(name)
            result.episodes.append(line)
    return result


def make_shard(config: Config, shard: int) -> ShardResult:
    """A shard in the words of the templates."""
    return make.at_once(assemble(config, [make.at_once(fill(config, slot)) for slot in config.slots(shard)]))


async def make_shards(
    config: Config,
    shards: Iterable[int],
    studio: Studio,
    limit: Callable[[], int],
    filled: Callable[[Slot], None],
) -> AsyncGenerator[tuple[int, ShardResult], None]:
    """Shards in the words of models, as they are finished; `limit()` dialogues go on at once. `filled` is told each
    slot."""
    missing: dict[int, list[Slot]] = {}

    def jobs() -> Iterator[partial[Any]]:
        for shard in shards:
            missing[shard] = []
            yield from (partial(fill, config, slot, studio) for slot in config.slots(shard))

    async with aclosing(abreast(jobs(), limit)) as slots:
        async for slot in slots:
            filled(slot)
            shard = slot.number // config.shard_size
            missing[shard].append(slot)
            if len(missing[shard]) == len(config.slots(shard)):
                yield shard, await assemble(config, missing.pop(shard), studio)
