"""`contents`: unexpected contents (Perner, Leekam and Wimmer 1987; the "Smarties" task).

A labelled box holds something else. Everybody takes the label at its word until they look inside; others may notice
that somebody looked, and take them to have found what they themselves believe is in there.
"""

import random
from collections.abc import Mapping, Sequence
from functools import partial

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import boxes, names, scene
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import Entity, Variable

KNOBS = {
    "agents": Knob(3, 6, 2, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "looks": Knob(1, 3, 1, 8, "times somebody looks into a box"),
    "swaps": Knob(0, 2, 0, 6, "times somebody replaces what is in a box"),
    "boxes": Knob(1, 2, 1, 3, "labelled boxes"),
    "distractors": Knob(0, 3, 0, 8, "turns of small talk"),
}

ACTS = ("enter", "leave", "change", "look", "peek", "tell")
"""What its agents may do in self-play."""


def conflict(knobs: Mapping[str, int]) -> str | None:
    if knobs["order"] > 1 and knobs["agents"] < 3:
        return f"order={knobs['order']} needs agents=3 or more: one who finds out and two who may not"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    stage = _set(rng, knobs)
    play, ask = partial(_play, stage, rng, knobs), partial(_ask, stage, rng, knobs)
    return Story(stage, rng, play, ask, knobs["distractors"], ACTS)


def _set(rng: random.Random, knobs: Mapping[str, int]) -> Stage:
    room = scene(rng, rooms=1, containers_per_room=0, objects=0).rooms[0]
    agents = [Agent(id=f"a{i}", name=name, role="participant") for i, name in enumerate(names(rng, knobs["agents"]))]
    entities = [Entity(id="p0", kind="place", name=room.name)]
    variables: list[Variable] = []
    things = 0
    for i, box in enumerate(boxes(rng, knobs["boxes"], items=4, taken=[room.name])):
        entities.append(Entity(id=f"c{i}", kind="container", name=box.name, place="p0"))
        items = [box.label, *box.others]
        ids = [f"o{things + j}" for j in range(len(items))]
        things += len(items)
        entities += [Entity(id=id_, kind="object", name=item) for id_, item in zip(ids, items, strict=True)]
        really = ids[0] if rng.random() < 0.2 else rng.choice(ids[1:])
        variables.append(
            Variable(
                id=f"v{i}", kind="contents", name=box.name, about=f"c{i}", values=ids, initial=really, presumed=ids[0]
            )
        )
    conventions = Conventions(
        entering=rng.choice(["reveals", "hides"]),
        leaving=draw(rng, ("witnessed", 4), ("unnoticed", 1)),
        peeking=rng.choice(["secret", "noticed"]),
    )
    return Stage(agents, conventions, entities, variables)


def _play(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> None:
    people = rng.sample(stage.ids, len(stage.ids))
    late = people.pop() if len(people) > 3 and rng.random() < 0.4 else None
    for agent in people:
        stage.enter(agent, "p0")
    beats = ["look"] * knobs["looks"] + ["swap"] * knobs["swaps"] + ["show"]
    rng.shuffle(beats)
    for number, beat in enumerate(beats):
        variable = stage.variables["v0" if number < 2 or beat == "show" else rng.choice(list(stage.variables))]
        missing = _somebody_misses_it(stage, rng, people, 0.4 if beat == "look" else 0.9)
        _act(stage, rng, beat, variable)
        if missing in stage.distracted:
            stage.attend(missing)
    if late:
        stage.enter(late, "p0")
    for agent in people:
        if stage.place[agent] is None and rng.random() < 0.5:
            stage.enter(agent, "p0")


def _somebody_misses_it(stage: Stage, rng: random.Random, people: Sequence[str], chance: float) -> str:
    """Somebody leaves or is distracted, so that two at least stay attentive; now and then somebody comes back first."""
    away = [agent for agent in people if stage.place[agent] is None]
    if away and rng.random() < 0.3:
        stage.enter(rng.choice(away), "p0")
    present = stage.attentive("p0")
    agent = rng.choice(present)
    if len(present) > 2 and rng.random() < chance:
        if rng.random() < 0.7:
            stage.leave(agent)
        else:
            stage.distract(agent)
    return agent


def _act(stage: Stage, rng: random.Random, beat: str, variable: Variable) -> None:
    actor = rng.choice(stage.attentive("p0"))
    assert variable.about is not None
    match beat:
        case "swap":
            stage.change(actor, variable.id, rng.choice([v for v in variable.values if v != stage.now(variable.id)]))
        case "show":
            stage.reveal("p0", variable.id)
        case _ if rng.random() < 0.5:
            stage.look(actor, variable.about)
        case _:
            stage.peek(actor, variable.about)


def _ask(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> list[Asked]:
    asker, order, variables = Asker(stage, rng), knobs["order"], list(stage.variables)
    # Whoever trusts a label that happens to be right believes the truth; whether that is to know it is disputed.
    odd = [variable.id for variable in stage.variables.values() if stage.now(variable.id) != variable.presumed]
    asker.reality(rng.choice(variables))
    asker.memory(rng.choice(variables))
    for k in range(1, order + 1):
        asker.belief(k, *variables)
    if order:
        for _ in range(2):
            asker.belief(rng.randint(1, order), *variables)
        if odd:
            asker.knowledge(rng.randint(1, min(2, order)), *odd)
    if odd:
        asker.answerability(rng.choice(odd))
    asker.perception()
    return asker.asked


FAMILY = Family(
    "tom",
    "contents",
    "a labelled box holds something else, and some have looked inside",
    KNOBS,
    build,
    conflict,
    self_play=True,
)
