"""The belief tracker of the generator and the model checker of the validator agree, on random and on constructed
stories."""

import random

import pytest
from agreement import disagreements
from hypothesis import given
from hypothesis import strategies as st
from random_stories import random_queries, random_stage

from madata.generators.make import families


@given(st.integers(min_value=0), st.integers(2, 8), st.integers(0, 40))
def test_random_stories(seed: int, agents: int, events: int) -> None:
    rng = random.Random(seed)
    stage = random_stage(rng, agents, events)
    assert disagreements(stage, random_queries(rng, stage, 12)) == []


@pytest.mark.parametrize("name", sorted(families("tom")))
def test_constructed_stories(name: str) -> None:
    family = families("tom")[name]
    for seed in range(500):
        rng = random.Random(f"{name}/{seed}")
        knobs = {knob: rng.randint(about.minimum, about.maximum) for knob, about in family.knobs.items()}
        if family.conflict(knobs):
            continue
        story = family.build(rng, knobs)
        questions = story.script()
        queries = [asked.query for asked in questions] + random_queries(rng, story.stage, 5)
        assert disagreements(story.stage, queries) == []
