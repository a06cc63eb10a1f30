"""What a party did at a time, to be compared with what its strategy does."""

from collections.abc import Iterable, Sequence

from madata.validators.trial import Json

ENVELOPE = ("agent", "time", "delay", "to")


def by_mover(events: Iterable[Json]) -> dict[tuple[str, int], list[int]]:
    """The events of each agent at each time."""
    moves: dict[tuple[str, int], list[int]] = {}
    for index, event in enumerate(events):
        moves.setdefault((event["agent"], event["time"]), []).append(index)
    return moves


def content(event: Json) -> Json:
    return {field: value for field, value in event.items() if field not in ENVELOPE}


def listed(move: Sequence[Json]) -> str:
    return "; ".join(" ".join(str(value) for value in content.values()) for content in move) or "nothing"
