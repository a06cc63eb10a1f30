"""The structure of a ToM world: what the structure hash keeps when agents, places, containers, objects, values and
variables are renamed."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from madata.schemas.structure import refined

SKELETON = ("kind", "holds", "reach")
MENTIONS = ("agent", "place", "container", "variable", "value", "to")


def structure(world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    mentions: dict[str, list[tuple[int, str]]] = defaultdict(list)
    skeleton = []
    for index, event in enumerate(world["events"]):
        skeleton.append([event.get(field) for field in SKELETON])
        for field in MENTIONS:
            named = event.get(field)
            for entity in named if isinstance(named, list) else [named]:
                if entity is not None:
                    mentions[entity].append((index, field))
    kinds = {each["id"]: "agent" for each in agents}
    kinds |= {each["id"]: each["kind"] for each in (*world["entities"], *world["variables"])}
    return refined(kinds, mentions, relations(world), conventions, skeleton)


def relations(world: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    for entity in world["entities"]:
        if entity["place"] is not None:
            yield entity["id"], "place", entity["place"]
    for variable in world["variables"]:
        for field in ("about", "initial", "presumed"):
            if variable[field] is not None:
                yield variable["id"], field, variable[field]
        for field in ("values", "known_by"):
            for other in variable[field]:
                yield variable["id"], field, other
    for pair in world["distrust"]:
        yield pair["hearer"], "distrusts", pair["speaker"]
