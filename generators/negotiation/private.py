"""What only the agent itself knows at the start (`agents[].private`), by the rule of docs/negotiation.md."""

from typing import Any

from madata.schemas.negotiation import Bargain, Commons, Game, Giver, Harvester, Issue, Party, Points


def private(game: Game) -> dict[str, dict[str, Any]]:
    """By agent id, in the order of the parties."""
    return {party.agent: _of(game, party) for party in game.parties}


def _of(game: Game, party: Party | Harvester | Giver) -> dict[str, Any]:
    match party:
        case Party():
            assert isinstance(game, Bargain)
            strategy = party.strategy
            return {
                "points": {
                    issue.name: _points(issue, points) for issue, points in zip(game.issues, party.worth, strict=True)
                },
                "reservation": party.reservation,
                "deadline": party.deadline,
                "strategy": strategy.bidding if strategy else None,
                "switch": strategy.switch.model_dump() if strategy and strategy.switch else None,
            }
        case Harvester():
            assert isinstance(game, Commons)
            return {"strategy": party.harvesting, "switch": party.switch.model_dump() if party.switch else None}
        case Giver():
            return {"strategy": party.giving}


def _points(issue: Issue, points: Points | list[Points]) -> Points | dict[str, Points]:
    if issue.kind == "choice":
        assert isinstance(points, list)
        return dict(zip(issue.options, points, strict=True))
    assert isinstance(points, int)
    return points
