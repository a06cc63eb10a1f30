"""Check `structure`: the structure hash is that of the world."""

from collections.abc import Iterator

from madata.schemas.structure import structure
from madata.validators.check import Check, EpisodeJson, Finding

NAME = "structure"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    try:
        expected = structure(episode["task"], episode["world"], episode["conventions"], episode["agents"])
    except KeyError as missing:
        yield Finding(NAME, episode["id"], "world", "every field written out", f"no {missing}")
        return
    if episode["structure"] != expected:
        yield Finding(NAME, episode["id"], "structure", expected, episode["structure"])


CHECK = Check(NAME, "the structure hash is that of the world", judge=judge)
