"""The structure hash: equal for two episodes that are the same story under other names.

Colour refinement (Weisfeiler and Leman): an entity's colour is its kind, its static relations and the places where the
events mention it. Two rounds of refinement carry the colours along the relations; the hash is over the skeleton of
the events and the sorted colours. Events are ordered, so everything they mention gets a colour of its own, and what
they never mention is interchangeable when its relations are.
"""

from collections import defaultdict
from typing import Any

from madata.schemas.records import canonical, digest

SKELETON = ("kind", "holds", "reach")
MENTIONS = ("agent", "place", "container", "variable", "value", "to")


def structure(world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    """Hash of a ToM world (JSON value) up to renaming of agents, places, containers, objects, values and variables."""
    mentions: dict[str, list[tuple[int, str]]] = defaultdict(list)
    skeleton = []
    for index, event in enumerate(world["events"]):
        skeleton.append([event.get(field) for field in SKELETON])
        for field in MENTIONS:
            named = event.get(field)
            for entity in named if isinstance(named, list) else [named]:
                if entity is not None:
                    mentions[entity].append((index, field))

    relations: dict[str, list[tuple[str, str]]] = defaultdict(list)

    def relate(left: str, label: str, right: str | None) -> None:
        if right is not None:
            relations[left].append((label, right))
            relations[right].append((f"{label} of", left))

    kinds = {agent["id"]: "agent" for agent in agents}
    for entity in world["entities"]:
        kinds[entity["id"]] = entity["kind"]
        relate(entity["id"], "place", entity["place"])
    for variable in world["variables"]:
        kinds[variable["id"]] = variable["kind"]
        for field in ("about", "initial", "presumed"):
            relate(variable["id"], field, variable[field])
        for field in ("values", "known_by"):
            for other in variable[field]:
                relate(variable["id"], field, other)
    for pair in world["distrust"]:
        relate(pair["hearer"], "distrusts", pair["speaker"])

    colours = {entity: digest([kind, mentions[entity]]) for entity, kind in kinds.items()}
    for _ in range(2):
        colours = {
            entity: digest([colour, sorted([label, colours[other]] for label, other in relations[entity])])
            for entity, colour in colours.items()
        }
    return digest([canonical(conventions).decode(), skeleton, sorted(colours.values())])
