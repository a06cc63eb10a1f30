"""The id is the hash of the episode's content, so an edited episode no longer has its own."""

from collections.abc import Iterator

from madata.schemas.episode import episode_id
from madata.validators.check import Check, EpisodeJson, Finding


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    derived = episode_id(episode)
    if derived != episode["id"]:
        yield Finding(CHECK.name, episode["id"], "id", f"{derived}, the hash of its content", episode["id"])


CHECK = Check("identity", "each id is the hash of its episode's content", judge=judge)
