"""The structure of a negotiation: what is left of it without the names of agents, issues and options.

Agents count by their place in the order of moves, issues by what they are worth to whom, so neither ids nor names
matter.
"""

from typing import Any

from madata.schemas.records import canonical, digest


def structure(world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    game = world["game"]
    ids = [agent["id"] for agent in agents]
    places = {agent: number for number, agent in enumerate(dict.fromkeys([*game.get("order", ()), *ids]))}
    listed = [places[agent] for agent in ids]
    parties = sorted(game["parties"], key=lambda party: places.get(party["agent"], -1))
    issues = game.get("issues", [])

    def signature(number: int) -> bytes:
        issue = issues[number]
        worth = [party["worth"][number : number + 1] for party in parties]
        return canonical([issue.get("units"), len(issue.get("options", ())), worth])

    order = sorted(range(len(issues)), key=signature)
    ranks = {issues[number]["id"]: rank for rank, number in enumerate(order)}

    def ranked(entries: list[Any]) -> list[Any]:
        """What there is of each issue, and what belongs to none."""
        return [entries[number] for number in order if number < len(entries)] + entries[len(order) :]

    def shares(entry: Any) -> Any:
        """Units of a split by places, for deals are written in the order of the agents."""
        return [units for _, units in sorted(zip(listed, entry, strict=False))] if isinstance(entry, list) else entry

    def plain(value: Any, key: str = "") -> Any:
        if key == "worth":
            return ranked(value)
        if key == "deal" and isinstance(value, list):
            return [shares(entry) for entry in ranked(value)]
        if isinstance(value, dict):
            return {name: plain(part, name) for name, part in value.items() if name not in ("name", "resource")}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return places.get(value, ranks.get(value, value)) if isinstance(value, str) else value

    rest = {key: plain(part) for key, part in game.items() if key not in ("issues", "parties", "resource")}
    signatures = [signature(number).decode() for number in order]
    return digest([conventions, rest, signatures, plain(parties), plain(world["events"])])
