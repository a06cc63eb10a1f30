"""Check `capabilities`: which of the four of arXiv 2512.08743 an episode exercises (last rule of docs/semantics.md)."""

from collections.abc import Iterator
from typing import get_args

from madata.schemas.episode import Capability
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.tom.model_checker import Story
from madata.validators.tom.stage import Json, StoryError

NAME = "capabilities"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    try:
        story = Story(episode["world"], episode["conventions"], episode["agents"])
    except StoryError as error:
        yield Finding(NAME, episode["id"], error.where, error.expected, error.found)
        return
    expected = capabilities(story, episode["questions"])
    if episode["capabilities"] != expected:
        yield Finding(NAME, episode["id"], "capabilities", str(expected), str(episode["capabilities"]))


def capabilities(story: Story, questions: list[Json]) -> list[str]:
    shown = {
        "understanding": bool(questions),
        "planning": any(question["query"]["kind"] == "search" for question in questions),
        "communication": any(event["kind"] == "tell" for event in story.stage.events),
        "adaptation": somebody_revises(story),
    }
    return [capability for capability in get_args(Capability) if shown[capability]]


def somebody_revises(story: Story) -> bool:
    """Whether an agent's own belief goes from one settled value to another, with or without doubt between."""
    return any(
        len(set(story.belief(variable, (agent,)).values) - {None}) > 1
        for variable in story.setting.variables
        for agent in story.setting.agents
    )


CHECK = Check(NAME, "the capabilities are those that the trace shows", judge=judge)
