"""`conversation`: who heard what in a talk that people join and leave (in the manner of FANToM, Kim et al. 2023).

Several topics, each with somebody who knows the answer; people arrive, step aside in pairs, come back, pass on what
they heard, and sometimes the facts change after they were told. So everybody knows a different part.
"""

import random
from collections.abc import Mapping
from functools import partial

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import names, scene, topics
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import Entity, Reach, Variable

KNOBS = {
    "agents": Knob(3, 6, 3, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "topics": Knob(2, 3, 1, 5, "topics talked about"),
    "changes": Knob(1, 3, 0, 5, "facts that change after somebody was told"),
    "distractors": Knob(1, 4, 0, 8, "turns of small talk"),
}

ACTS = ("enter", "leave", "change", "tell")
"""What its agents may do in self-play."""


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    stage = _set(rng, knobs)
    play, ask = partial(_play, stage, rng, knobs), partial(_ask, stage, rng, knobs)
    return Story(stage, rng, play, ask, knobs["distractors"], ACTS)


def _set(rng: random.Random, knobs: Mapping[str, int]) -> Stage:
    here, aside = scene(rng, rooms=2, containers_per_room=0, objects=0).rooms
    people = names(rng, knobs["agents"])
    entities = [Entity(id="p0", kind="place", name=here.name), Entity(id="p1", kind="place", name=aside.name)]
    variables: list[Variable] = []
    number = 0
    owners = [rng.randrange(len(people)) for _ in range(knobs["topics"])]
    themes = topics(rng, [people[owner] for owner in owners], values=4)
    for i, (owner, topic) in enumerate(zip(owners, themes, strict=True)):
        ids = [f"x{number + j}" for j in range(len(topic.values))]
        number += len(ids)
        entities += [Entity(id=id_, kind="value", name=name) for id_, name in zip(ids, topic.values, strict=True)]
        variables.append(
            Variable(
                id=f"v{i}", kind="fact", name=topic.name, values=ids, initial=rng.choice(ids), known_by=[f"a{owner}"]
            )
        )
    agents = [
        Agent(
            id=f"a{i}",
            name=name,
            role="participant",
            private={v.name: _name(entities, v.initial) for v in variables if v.known_by == [f"a{i}"]},
        )
        for i, name in enumerate(people)
    ]
    conventions = Conventions(leaving=draw(rng, ("witnessed", 5), ("unnoticed", 1)))
    return Stage(agents, conventions, entities, variables)


def _name(entities: list[Entity], value: str) -> str:
    return next(entity.name for entity in entities if entity.id == value)


def _play(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> None:
    people = rng.sample(stage.ids, len(stage.ids))
    late = people[3:] if rng.random() < 0.5 else people[4:]
    for agent in people:
        if agent not in late:
            stage.enter(agent, "p0")
    told: list[str] = []
    changes = [False] * len(stage.variables) + [True] * knobs["changes"]
    rng.shuffle(changes)
    changes.sort(key=lambda change: change and rng.random() < 0.6)
    for change in changes:
        if late and rng.random() < 0.5:
            _come(stage, late.pop(0), "p0")
        fresh = [variable for variable in stage.variables if variable not in told]
        variable = rng.choice(told if told and (change or not fresh) else fresh)
        if change and variable in told:
            _somebody_goes(stage, rng, variable, 1.0)
            _change(stage, rng, variable)
        elif variable in told and rng.random() < 0.5:
            _aside(stage, rng, variable)
        else:
            _tell(stage, rng, variable)
            told.append(variable)
        _somebody_goes(stage, rng, variable, 0.3)
        if stage.distracted:
            stage.attend(min(stage.distracted))
    for agent in late:
        _come(stage, agent, "p0")


def _somebody_goes(stage: Stage, rng: random.Random, variable: str, chance: float) -> None:
    """Somebody leaves or is distracted while enough stay to talk on."""
    present = [a for a in stage.attentive("p0") if a not in stage.variables[variable].known_by]
    if len(present) > 1 and rng.random() < chance:
        if rng.random() < 0.75:
            stage.leave(rng.choice(present))
        else:
            stage.distract(rng.choice(present))


def _knower(stage: Stage, rng: random.Random, variable: str, among: list[str]) -> str | None:
    """Somebody with a settled belief, the owner most often."""
    beliefs = Beliefs(stage)
    able = [a for a in among if beliefs.settled(variable, (a,), len(stage.events))]
    owners = [a for a in able if a in stage.variables[variable].known_by]
    return rng.choice(owners if owners and rng.random() < 0.7 else able) if able else None


def _come(stage: Stage, agent: str, place: str) -> None:
    if stage.place[agent] == place:
        return
    if stage.place[agent] is not None:
        stage.leave(agent)
    stage.enter(agent, place)


def _tell(stage: Stage, rng: random.Random, variable: str) -> None:
    """In the round, to everybody who listens."""
    speaker = _knower(stage, rng, variable, stage.attentive("p0"))
    if speaker is None:
        (speaker,) = stage.variables[variable].known_by
        if speaker in stage.distracted:
            stage.attend(speaker)
        _come(stage, speaker, "p0")
    if len(stage.attentive("p0")) > 1:
        _say(stage, rng, speaker, variable, "room")


def _say(stage: Stage, rng: random.Random, speaker: str, variable: str, reach: Reach, to: tuple[str, ...] = ()) -> None:
    own = Beliefs(stage).settled(variable, (speaker,), len(stage.events))
    assert own is not None
    stage.tell(speaker, variable, own, reach, to)


def _aside(stage: Stage, rng: random.Random, variable: str) -> None:
    """Two step aside, one tells the other, and one or both come back."""
    free = [a for a in stage.ids if a not in stage.distracted and stage.place[a] is not None]
    speaker = _knower(stage, rng, variable, free)
    others = [a for a in free if a != speaker]
    if speaker is None or not others or len(stage.attentive("p0")) < 3:
        return
    hearer = rng.choice(others)
    for agent in (speaker, hearer):
        _come(stage, agent, "p1")
    _say(stage, rng, speaker, variable, "private", (hearer,))
    for agent in (speaker, hearer):
        stage.leave(agent)
        if rng.random() < 0.7:
            stage.enter(agent, "p0")


def _change(stage: Stage, rng: random.Random, variable: str) -> None:
    """The one who decides changes it while out of the room, and mostly comes back to tell whoever is there by then."""
    (owner,) = stage.variables[variable].known_by
    if stage.place[owner] is not None:
        stage.leave(owner)
    values = [v for v in stage.variables[variable].values if v != stage.now(variable)]
    stage.change(owner, variable, rng.choice(values))
    if rng.random() < 0.8:
        stage.enter(owner, "p0")
        _say(stage, rng, owner, variable, "room")


def _ask(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> list[Asked]:
    asker, order = Asker(stage, rng), knobs["order"]
    variables = list(stage.variables)
    asker.reality(rng.choice(variables))
    asker.memory(rng.choice(variables))
    if order:
        for k in range(1, order + 1):
            asker.belief(k, *variables)
        asker.belief(rng.randint(1, order), *variables)
        asker.knowledge(rng.randint(1, min(2, order)), *variables)
    asker.answerability(*variables)
    asker.perception()
    return asker.asked


FAMILY = Family(
    "tom", "conversation", "people come and go while several topics are talked about", KNOBS, build, self_play=True
)
