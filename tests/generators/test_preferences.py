"""Preferences: near misses by the world, never right, in prompts that hold what the view holds."""

import pytest
from paired import FAMILIES, made
from samples import episode as sample

from madata.generators.preferences import preferences
from madata.schemas import read_episode


def of(record):
    return list(preferences(read_episode(record)))


@pytest.mark.parametrize(("task", "family"), FAMILIES)
def test_every_family_has_some_and_none_is_right(task, family):
    found = 0
    for slot in range(2):
        episode = made(task, family, slot)
        questions = {question["id"]: question for question in episode["questions"]}
        for each in of(episode):
            found += 1
            question = questions[each["question"]]
            assert each["chosen"].split("\n") == question["answer"]
            rejected = each["rejected"].split("\n")
            assert set(rejected) <= set(question["options"])
            assert sorted(rejected) != sorted(question["answer"])
            assert each["prompt"].endswith("\n".join(["", question["text"], *(f"- {o}" for o in question["options"])]))
    assert found


def test_the_view_is_all_that_is_told():
    """An agent that has left is not told what happens then."""
    withheld = 0
    for slot in range(5):
        episode = made("tom", "location", slot)
        views = {question["id"]: question["view"] for question in episode["questions"]}
        for each in of(episode):
            story = each["prompt"].split("\n\n")[0]
            view = views[each["question"]]
            for turn in episode["turns"]:
                told = turn["text"] in story
                assert told or (view != "reader" and view not in turn["audience"])
                withheld += not told
    assert withheld


def test_reality_is_the_near_miss_of_a_false_belief():
    """Anna left the apple in the box; Ben moved it to the chest."""
    record = sample()
    (each,) = (each for each in of(record) if each["why"] == "reality_instead_of_belief")
    assert (each["chosen"], each["rejected"]) == ("box", "chest")
    assert each["near"] == {"kind": "value", "chain": [], "variable": "v1", "time": each["near"]["time"]}
