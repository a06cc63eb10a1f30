"""In what two stories of a pair may differ: one event that only one of them has."""

from collections.abc import Iterator
from typing import Any

from madata.schemas.tasks import TomEpisode
from madata.schemas.tom import Query
from madata.validators.pairs import Fault, otherwise
from madata.validators.tom.stage import Json


def faults(original: TomEpisode, other: TomEpisode, change: Json) -> Iterator[Fault]:
    if original.agents != other.agents:
        yield "agents", original.agents, other.agents
    yield from otherwise(("entities", "variables", "distrust"), original.world, other.world)
    at, event = change["at"], change["event"]
    longer, shorter = happens(original), happens(other)
    if added(change):
        longer, shorter = shorter, longer
    if longer[at : at + 1] != [event] or longer[:at] + longer[at + 1 :] != shorter:
        yield "world, events", f"the same but for event {at}, {event}", differing(longer, shorter)


def added(change: Json) -> bool:
    kinds = [f"{change['event']['kind']}_{how}" for how in ("removed", "added")]
    return bool(kinds.index(change["kind"]))


def happens(episode: TomEpisode) -> list[Json]:
    """The events, without what follows from them."""
    return [event.model_dump(exclude={"effects", "view"}) for event in episode.world.events]


def differing(longer: list[Json], shorter: list[Json]) -> str:
    first = next((i for i, (a, b) in enumerate(zip(longer, shorter, strict=False)) if a != b), len(shorter))
    return f"{len(longer)} and {len(shorter)} events, of which number {first} is the first that differs"


def same(query: Query, other: Query, change: Json) -> bool:
    """Whether it is the same query: of the same times and events, as they are numbered in the other story."""
    return moved(query.model_dump(), other.model_dump(), change["at"], added(change))


def moved(value: Any, now: Any, at: int, more: bool) -> bool:
    if isinstance(value, dict) and isinstance(now, dict):
        return value.keys() == now.keys() and all(
            number(key, each, now[key], at, more) if key in ("time", "event") else moved(each, now[key], at, more)
            for key, each in value.items()
        )
    if isinstance(value, list) and isinstance(now, list):
        return len(value) == len(now) and all(moved(a, b, at, more) for a, b in zip(value, now, strict=True))
    return bool(value == now)


def number(key: str, old: int, new: int, at: int, more: bool) -> bool:
    """An event after the change is one further, or one less far; a time counts the events before it, and at the very
    place of an added event it may be either side."""
    after = old > at or (old == at and more)
    shifted = old + ((1 if more else -1) if after else 0)
    return new == shifted or (key == "time" and old == at and more and new == old)
