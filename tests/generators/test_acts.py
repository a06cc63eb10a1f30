"""What an agent may do is exactly what the stage lets it do."""

import itertools
import random

from hypothesis import given
from hypothesis import strategies as st
from random_stories import random_stage

from madata.generators.tom.acts import acts
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.stage import Stage, Unstageable, restage
from madata.schemas import Agent, Conventions
from madata.schemas.tom import (
    Attend,
    Change,
    Distract,
    Enter,
    Entity,
    Look,
    Peek,
    Tell,
    Unwatch,
    Variable,
    Watch,
)

KINDS = ("enter", "leave", "change", "look", "peek", "watch", "unwatch", "distract", "attend", "tell")


def stageable(stage: Stage, act) -> bool:
    trial = restage(stage.agents, stage.conventions, stage.world())
    try:
        trial.perform(act)
    except Unstageable:
        return False
    return True


def conceivable(stage: Stage, agent: str):
    """All acts of an agent in these words, possible or not; a telling has one hearer or the room."""
    places = [e.id for e in stage.entities.values() if e.kind == "place"]
    containers = [e.id for e in stage.entities.values() if e.kind == "container"]
    for place in places:
        yield from (Enter(agent=agent, place=place), Watch(agent=agent, place=place))
    yield from (Unwatch(agent=agent), Distract(agent=agent), Attend(agent=agent))
    for container in containers:
        yield from (Look(agent=agent, container=container), Peek(agent=agent, container=container))
    for variable in stage.variables.values():
        for value in variable.values:
            yield Change(agent=agent, variable=variable.id, value=value)
            for holds, hearer in itertools.product((True, False), stage.ids):
                if hearer != agent:
                    yield Tell(
                        agent=agent, variable=variable.id, value=value, holds=holds, reach="private", to=[hearer]
                    )


def key(act):
    return act.model_dump_json(exclude={"effects", "view"})


@given(st.integers(0, 10_000), st.integers(2, 5), st.integers(0, 12))
def test_possible_acts_are_those_that_can_be_staged(seed, agents, events):
    stage = random_stage(random.Random(seed), agents, events)
    for agent in stage.ids:
        listed = acts(stage, KINDS, agent)
        assert all(stageable(stage, act) for act in listed)
        known = {key(act) for act in listed}
        missing = [act for act in conceivable(stage, agent) if key(act) not in known and stageable(stage, act)]
        assert all(isinstance(act, Change | Tell) for act in missing)
        for act in missing:
            if isinstance(act, Tell):  # outside all rooms nobody is near
                assert stage.place[agent] is None
            else:  # a fact is decided by who knew it at the start, and nobody changes what they do not know
                variable = stage.variables[act.variable]
                believed = Beliefs(stage).settled(variable.id, (agent,), len(stage.events))
                strange = variable.kind == "fact" and agent not in variable.known_by
                assert strange or believed != stage.now(variable.id)


def test_what_can_be_done_tells_nothing_that_is_hidden():
    def possible(initial):
        stage = small_stage(initial)
        stage.enter("a0", "p0")
        return acts(stage, KINDS, "a0")

    assert possible("c0") == possible("c1")
    seen = small_stage("c0")
    seen.enter("a0", "p0")
    seen.reveal("p0", "v0")
    assert [act.value for act in acts(seen, ("change",), "a0")] == ["c1"]


def small_stage(initial):
    """An object in one of two containers; who comes in does not see where."""
    return Stage(
        [Agent(id="a0", name="Anna", role="participant"), Agent(id="a1", name="Ben", role="participant")],
        Conventions(entering="hides"),
        [
            Entity(id="p0", kind="place", name="kitchen"),
            *(Entity(id=f"c{i}", kind="container", name=f"box {i}", place="p0") for i in range(2)),
            Entity(id="o0", kind="object", name="apple"),
        ],
        [Variable(id="v0", kind="location", name="apple", about="o0", values=["c0", "c1"], initial=initial)],
    )


def test_a_family_chooses_the_kinds():
    stage = random_stage(random.Random(1), 3, 6)
    listed = [act for agent in stage.ids for act in acts(stage, ("enter", "leave"), agent)]
    assert {act.kind for act in listed} <= {"enter", "leave"} and listed
