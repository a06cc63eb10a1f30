"""Small corpora in the layout of DeliData, made up for tests."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

Said = tuple[str, str]
"""Who, and what."""


class Group(NamedTuple):
    """`answers`: by speaker the final answer, and whether the file calls it right. `seconds` between utterances."""

    said: Sequence[Said]
    answers: dict[str, tuple[str, bool]]
    seconds: int = 7


def stamp(seconds: int) -> str:
    return f"2021-04-28 19:{seconds // 60:02}:{seconds % 60:02}.250000+00:00"


def rows(groups: Sequence[Group]) -> dict[str, Any]:
    """What is in the three files. Speakers of each group are of its own."""
    utterances: list[dict[str, Any]] = []
    speakers: dict[str, Any] = {}
    conversations: dict[str, Any] = {}
    for number, group in enumerate(groups):
        id = f"g{number}.tsv"
        rights = [right for _, right in group.answers.values()]
        conversations[id] = {"meta": {"correct_ratio": sum(rights) / len(rights)}, "vectors": []}
        for who, (cards, right) in group.answers.items():
            speakers[f"{number}-{who}"] = {"meta": {"finalanswer": cards, "correct_flag": right}, "vectors": []}
        for place, (who, text) in enumerate(group.said):
            spoken = {"conversation_id": id, "speaker": f"{number}-{who}", "text": text}
            utterances.append({**spoken, "timestamp": stamp(place * group.seconds), "reply-to": None})
    return {"utterances": utterances, "speakers": speakers, "conversations": conversations}


def files(folder: Path, corpus: dict[str, Any]) -> list[Path]:
    """`rows` as the three files."""
    folder.mkdir(exist_ok=True)
    texts = {
        "utterances.jsonl.gz": "\n".join(map(json.dumps, corpus["utterances"])),
        "speakers.json.gz": json.dumps(corpus["speakers"]),
        "conversations.json.gz": json.dumps(corpus["conversations"]),
    }
    for name, text in texts.items():
        (folder / name).write_bytes(gzip.compress(text.encode(), mtime=0))
    return [folder / name for name in texts]
