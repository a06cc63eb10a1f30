"""A hash that is not of the content is found."""

from madata.tests.validators.stories import REVEALS, agents, enter, episode, value, world
from madata.validators.structure import CHECK

SOUND = episode(world([enter("a1")]), REVEALS, agents("Anna", "Ben"), [value("a1", time=1)])


def judge(**planted: object) -> list[str]:
    assert CHECK.judge is not None
    return [finding.where for finding in CHECK.judge({**SOUND, **planted})]


def test_a_sound_episode() -> None:
    assert judge() == []


def test_a_planted_hash() -> None:
    assert judge(structure="0" * 16) == ["structure"]


def test_other_conventions_are_another_structure() -> None:
    assert judge(conventions={**REVEALS, "entering": "hides"}) == ["structure"]


def test_a_field_left_out() -> None:
    assert judge(world={**SOUND["world"], "entities": [{"id": "p1", "kind": "place", "name": "kitchen"}]}) == ["world"]
