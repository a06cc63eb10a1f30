"""How long the stories are behind questions of each order."""

from collections.abc import Iterator

from madata.validators.check import EpisodeJson
from madata.validators.measure import Mean, Measure


def measures(episode: EpisodeJson) -> Iterator[Measure]:
    events = len(episode["world"]["events"])
    for question in episode["questions"]:
        yield Mean("events against order", "order of the question", "events", "events", question["order"], events)
