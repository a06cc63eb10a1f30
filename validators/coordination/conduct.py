"""What members of a team do to each other that a release should tell of: they say what is not so, or leave one out."""

from collections.abc import Iterator

from madata.validators.check import EpisodeJson


def conduct(episode: EpisodeJson) -> Iterator[str]:
    if episode["outcome"]["contradicted"]:
        yield "false claims"
    addressed = {hearer for event in episode["world"]["events"] for hearer in event.get("to", ())}
    if len(episode["agents"]) > 2 and addressed and any(agent["id"] not in addressed for agent in episode["agents"]):
        yield "exclusion"
