"""The work itself, as a plain function: a shard of slots becomes accepted episodes and rejected attempts.

A shard is decided by its configuration and number alone, so it does not matter which process makes it, or how often.
"""

from dataclasses import dataclass, field

from madata.generators import make
from madata.generators.family import Rejected
from madata.generators.run import Config
from madata.schemas import canonical


@dataclass(slots=True)
class ShardResult:
    """Canonical JSON of the accepted episodes in the order of their slots, and of every attempt that gave none."""

    episodes: list[bytes] = field(default_factory=list)
    rejected: list[bytes] = field(default_factory=list)


def make_shard(config: Config, shard: int) -> ShardResult:
    """Tries each slot up to `config.attempts` times; a slot for which no attempt succeeds stays unfilled."""
    result = ShardResult()
    ids: set[str] = set()
    for slot in config.slots(shard):
        for attempt in range(config.attempts):
            try:
                episode = make.episode(config.task, config.families, config.knobs, config.seed, slot, attempt)
                if episode["id"] in ids:
                    raise Rejected("duplicate", f"{episode['id']} is already in this part")
            except Rejected as rejected:
                family = config.families[slot % len(config.families)]
                tried = {"slot": slot, "attempt": attempt, "family": family}
                result.rejected.append(canonical(tried | {"reason": rejected.reason, "detail": rejected.detail}))
            else:
                ids.add(episode["id"])
                result.episodes.append(canonical(episode))
                break
    return result
