"""`conversation`: who heard what in a talk that people join and leave (in the manner of FANToM, Kim et al. 2023).

Several topics, each with somebody who knows the answer; people arrive, step aside in pairs, come back, pass on what they
heard, and sometimes the facts change after they were told. So everybody knows a different part.
"""

import random
from collections.abc import Mapping

from madata.generators.family import Asked, Family, Knob
from madata.generators.lexicon import names, scene, topics
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import Entity, Variable

KNOBS = {
    "agents": Knob(3, 6, 3, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "topics": Knob(2, 3, 1, 5, "topics talked about"),
    "changes": Knob(1, 2, 0, 4, "facts that change after somebody was told"),
    "distractors": Knob(1, 4, 0, 8, "turns of small talk"),
}


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    stage = _set(rng, knobs)
    _play(stage, rng, knobs)
    return Story(stage, _ask(stage, rng, knobs), knobs["distractors"])


def _set(rng: random.Random, knobs: Mapping[str, int]) -> Stage:
    here, aside = scene(rng, 2, 0, 0).rooms
    people = names(rng, knobs["agents"])
    owners = [rng.randrange(len(people)) for _ in range(knobs["topics"])]
    entities = [Entity(id="p0", kind="place", name=here.name), Entity(id="p1", kind="place", name=aside.name)]
    variables: list[Variable] = []
    number = 0
    for i, (owner, topic) in enumerate(zip(owners, topics(rng, [people[o] for o in owners]), strict=True)):
        ids = [f"x{number + j}" for j in range(len(topic.values))]
        number += len(ids)
        entities += [Entity(id=id_, kind="value", name=name) for id_, name in zip(ids, topic.values, strict=True)]
        variables.append(
            Variable(id=f"v{i}", kind="fact", name=topic.name, values=ids, initial=rng.choice(ids), known_by=[f"a{owner}"])
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
    conventions = Conventions(leaving=rng.choices(["witnessed", "unnoticed"], [5, 1])[0])
    return Stage(agents, conventions, entities, variables)


def _name(entities: list[Entity], value: str) -> str:
    return next(entity.name for entity in entities if entity.id == value)


def _play(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> None:
    people = rng.sample(stage.ids, len(stage.ids))
    late = people[3:] if len(people) > 3 else []
    for agent in people[:3]:
        stage.enter(agent, "p0")
    beats = [("tell", variable) for variable in stage.variables] * 2
    beats += [("change", rng.choice(list(stage.variables))) for _ in range(knobs["changes"])]
    rng.shuffle(beats)
    told: set[str] = set()
    for beat, variable in sorted(beats, key=lambda b: b[0] == "change" and rng.random() < 0.7):
        if late and rng.random() < 0.5:
            stage.enter(late.pop(0), "p0")
        if beat == "change":
            _change(stage, rng, variable)
        elif variable in told and rng.random() < 0.5:
            _aside(stage, rng, variable)
        else:
            _tell(stage, rng, variable)
            told.add(variable)
        present = stage.attentive("p0")
        if len(present) > 2 and rng.random() < 0.35:
            stage.leave(rng.choice(present))
        elif len(present) > 3 and rng.random() < 0.2:
            stage.distract(rng.choice(present))
        elif stage.distracted:
            stage.attend(min(stage.distracted))
    for agent in late:
        stage.enter(agent, "p0")


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


def _say(stage: Stage, rng: random.Random, speaker: str, variable: str, reach: str, to: tuple[str, ...] = ()) -> None:
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
    """The one who knows learns of a change while out of the room, and may come back to tell."""
    (owner,) = stage.variables[variable].known_by
    if stage.place[owner] is not None:
        stage.leave(owner)
    values = [v for v in stage.variables[variable].values if v != stage.now(variable)]
    stage.change(owner, variable, rng.choice(values))
    if rng.random() < 0.7:
        stage.enter(owner, "p0")


def _ask(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> list[Asked]:
    asker, order = Asker(stage, rng), knobs["order"]
    variables = list(stage.variables)
    asker.reality(rng.choice(variables))
    asker.memory(rng.choice(variables))
    if order:
        for k in range(1, order + 1):
            asker.belief(rng.choice(variables), k)
        asker.belief(rng.choice(variables), rng.randint(1, order))
        asker.knowledge(rng.choice(variables), rng.randint(1, min(2, order)))
    asker.answerability(rng.choice(variables))
    asker.perception()
    return asker.asked


FAMILY = Family("tom", "conversation", "people come and go while several topics are talked about", KNOBS, build)
