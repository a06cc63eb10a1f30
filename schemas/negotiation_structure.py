"""The structure of a negotiation: what is left of it without the names of agents, issues and options.

Agents count by their place in the order of moves, issues by what they are worth to whom, so neither ids nor names
matter.
"""

from typing import Any

from madata.schemas.records import canonical, digest


def structure(world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    game = world["game"]
    order = game.get("order") or [party["agent"] for party in game["parties"]]
    place = {agent: number for number, agent in enumerate(order)}
    listed = [place[agent["id"]] for agent in agents]
    parties = sorted(game["parties"], key=lambda party: place[party["agent"]])
    issues = game.get("issues", [])

    def shares(entry: Any) -> Any:
        """Units of a split by places, for deals are written in the order of the agents."""
        return [units for _, units in sorted(zip(listed, entry, strict=False))] if isinstance(entry, list) else entry

    def sizes(number: int) -> list[Any]:
        return [issues[number].get("units"), len(issues[number].get("options", ()))]

    def kind(number: int) -> bytes:
        issue = issues[number]
        return canonical(
            [issue.get("units"), len(issue.get("options", ())), [party["worth"][number] for party in parties]]
        )

    ranked = sorted(range(len(issues)), key=kind)
    rank = {issues[number]["id"]: place for place, number in enumerate(ranked)}

    def plain(value: Any, key: str = "") -> Any:
        if key == "worth":
            return [value[number] for number in ranked]
        if key == "deal" and issues:
            return [shares(value[number]) for number in ranked]
        if isinstance(value, dict):
            return {name: plain(part, name) for name, part in value.items() if name not in ("name", "resource")}
        if isinstance(value, list):
            return [plain(part) for part in value]
        return place.get(value, rank.get(value, value)) if isinstance(value, str) else value

    rest = {key: plain(part) for key, part in game.items() if key not in ("issues", "parties", "resource")}
    return digest([conventions, rest, [*map(sizes, ranked)], plain(parties), plain(world["events"])])
