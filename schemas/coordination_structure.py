"""The structure of a coordination episode: what is left of it without the names and ids of agents, facts, decisions,
scales and actions.

Agents count by their place in `world.order`; facts, decisions and scales by their place in their lists, for scripts go
by the order of those. Of lists of names their length is left.
"""

from typing import Any

from madata.schemas.records import digest


def structure(world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    places: dict[str, int] = {agent: place for place, agent in enumerate(world["order"])}
    for kind in ("scales", "facts", "decisions"):
        places |= {each["id"]: place for place, each in enumerate(world[kind])}

    def plain(value: Any, word: bool = False) -> Any:
        """`word`: a string that is no id belongs to the language; in lists it is a name."""
        if isinstance(value, dict):
            return {key: plain(part, word=True) for key, part in value.items() if key not in ("id", "name")}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return places.get(value, value if word else None) if isinstance(value, str) else value

    return digest([conventions, plain(world)])
