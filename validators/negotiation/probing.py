"""What `shortcuts` asks of negotiation: which questions are about a mind, and what the world itself would answer.

About a mind is what somebody believes, what moves give away of what their mover wants, and whether words are meant.
What is worth how much to whom, and what would come of what, is arithmetic: a control.
"""

from collections.abc import Iterable

from madata.validators.check import EpisodeJson
from madata.validators.trial import Json

ABILITIES = ("belief", "inference", "bluffing")


def gated(question: Json) -> bool:
    return question["ability"] in ABILITIES


def belief(question: Json) -> bool:
    """Whether an answer that the world would give too is a true belief, and any other a false one."""
    return bool(question["ability"] == "belief")


def reality(episode: EpisodeJson, question: Json) -> str | None:
    """The option that holds of the world; None where nothing in the world compares with what is asked."""
    world, query = episode["world"], question["query"]
    if not belief(question):
        return None
    events = world["events"]
    match query["kind"]:
        case "valued":
            return dearest(world["game"], query["about"])
        case "took":
            mine = (event for event in events if event["agent"] == query["about"] and event["kind"] == "harvest")
            return amount(event for event in mine if event["time"] // 3 == query["round"])
        case "gave":
            given = (event for event in events if event["kind"] == "donate")
            return amount(event for event in given if event["time"] // 2 == query["meeting"])
    return None


def dearest(game: Json, agent: str) -> str | None:
    """The one issue with most at stake for an agent."""
    of_agent = (party["worth"] for party in game["parties"] if party["agent"] == agent)
    stakes = {
        issue["name"]: max(points) - min(points) if isinstance(points, list) else points * issue["units"]
        for issue, points in zip(game["issues"], next(of_agent, ()), strict=False)
    }
    most = [name for name, stake in stakes.items() if stake == max(stakes.values())]
    return most[0] if len(most) == 1 else None


def amount(events: Iterable[Json]) -> str:
    return str(next((event["amount"] for event in events), 0))
