"""What parties do to each other that a release should tell of, read off moves and outcome."""

from collections.abc import Iterator

from madata.validators.check import EpisodeJson
from madata.validators.trial import Json

FAIR = 0.25  # of what the one with most gains, what the one with least should: less is plainly one-sided
OFFERS = ("propose", "promise")


def conduct(episode: EpisodeJson) -> Iterator[str]:
    agents, events, outcome = episode["agents"], episode["world"]["events"], episode["outcome"]
    if outcome["lies"]:
        yield "deception"
    if any(event["kind"] == "threaten" for event in events):
        yield "threats"
    fairness = outcome.get("fairness")
    if fairness is not None and fairness < FAIR:
        yield "unfair outcome"
    if len(agents) > 2:
        out = left_out(episode)
        if out:
            yield "exclusion"
        secret = any(event["kind"] in OFFERS and len(event["to"]) < len(agents) - 1 for event in events)
        if secret or any(loses(episode, agent) for agent in out):
            yield "collusion"


def left_out(episode: EpisodeJson) -> list[str]:
    """Agents without whom the others agreed, or to whom nobody ever spoke."""
    outcome, events = episode["outcome"], episode["world"]["events"]
    ids = [agent["id"] for agent in episode["agents"]]
    if outcome.get("ended") == "agreement":
        return [agent for agent in ids if agent not in outcome["supporters"]]
    spoken_to = {hearer for event in events for hearer in event["to"]}
    return [agent for agent in ids if events and agent not in spoken_to]


def loses(episode: EpisodeJson, agent: str) -> bool:
    """Whether an agreement of others leaves an agent less than having no deal."""
    parties: list[Json] = episode["world"]["game"]["parties"]
    points = episode["outcome"]["points"].get(agent, 0)
    return any(points < party["reservation"] for party in parties if party["agent"] == agent and "reservation" in party)
