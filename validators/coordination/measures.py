"""How teams came out: success, efficiency, and the messages they needed."""

from collections.abc import Iterator

from madata.validators.check import EpisodeJson
from madata.validators.measure import Count, Mean, Measure, tenth


def measures(episode: EpisodeJson) -> Iterator[Measure]:
    outcome = episode["outcome"]
    yield Count("success", "success" if outcome["success"] else "failure")
    if outcome["efficiency"] is not None:
        yield Count("efficiency of those who succeed", tenth(outcome["efficiency"] / 100))
    size, family = len(episode["agents"]), episode["family"]
    yield Mean("messages against the size of the team", "agents", "messages", family, size, outcome["messages"])
