"""What characters do to each other that a release should tell of: they lie."""

from collections.abc import Iterator

from madata.schemas.tom import LIE
from madata.validators.check import EpisodeJson
from madata.validators.tom.model_checker import Story, statement
from madata.validators.tom.stage import StoryError


def conduct(episode: EpisodeJson) -> Iterator[str]:
    if not any(event["kind"] == "tell" for event in episode["world"]["events"]):
        return
    try:
        story = Story(episode["world"], episode["conventions"], episode["agents"])
    except StoryError:  # other checks say so
        return
    if any(lies(story, time) for time, event in enumerate(story.stage.events) if event["kind"] == "tell"):
        yield "deception"


def lies(story: Story, time: int) -> bool:
    event = story.stage.events[time]
    belief = story.belief(event["variable"], (event["agent"],)).at(time)
    truth = story.stage.moments[time].values[event["variable"]]
    return statement(belief, truth, event["value"], event.get("holds", True)) == LIE
