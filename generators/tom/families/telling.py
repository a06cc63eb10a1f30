"""`telling`: true, mistaken and deceptive statements, in public and in private (Hi-ToM, He et al. 2023; Perner and
Wimmer 1985).

Some see an object moved, some miss it; afterwards they talk. Who believes whom is a convention of the episode, so what
a lie does to each belief follows.
"""

import random
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Literal

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import names, scene
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import LIE, MISTAKE, TRUTH, Distrust, Entity, Reach, Tell, Variable

KNOBS = {
    "agents": Knob(3, 6, 2, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "moves": Knob(1, 3, 1, 6, "times the object is moved"),
    "tellings": Knob(1, 3, 1, 6, "statements about where the object is"),
    "distractors": Knob(0, 3, 0, 8, "turns of small talk"),
}

ACTS = ("enter", "leave", "change", "look", "tell")
"""What its agents may do in self-play."""


def conflict(knobs: Mapping[str, int]) -> str | None:
    if knobs["order"] > 1 and knobs["agents"] < 3:
        return f"order={knobs['order']} needs agents=3 or more: one who is told and two who know better"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    stage = _set(rng, knobs)
    play, ask = partial(_play, stage, rng, knobs), partial(_ask, stage, rng, knobs)
    return Story(stage, rng, play, ask, knobs["distractors"], ACTS)


def _set(rng: random.Random, knobs: Mapping[str, int]) -> Stage:
    setting = scene(rng, rooms=2, containers_per_room=min(knobs["moves"] + 3, 6), objects=1)
    agents = [Agent(id=f"a{i}", name=name, role="participant") for i, name in enumerate(names(rng, knobs["agents"]))]
    containers = [
        Entity(id=f"c{i}", kind="container", name=name, place="p0")
        for i, name in enumerate(setting.rooms[0].containers)
    ]
    entities = [
        *(Entity(id=f"p{i}", kind="place", name=room.name) for i, room in enumerate(setting.rooms)),
        *containers,
        Entity(id="o0", kind="object", name=setting.objects[0]),
    ]
    values = [container.id for container in containers]
    variable = Variable(
        id="v0", kind="location", name=setting.objects[0], about="o0", values=values, initial=rng.choice(values)
    )
    telling: Literal["trusted", "later_exit", "ignored"] = draw(rng, ("trusted", 6), ("later_exit", 3), ("ignored", 1))
    conventions = Conventions(
        entering=rng.choice(["reveals", "hides"]),
        leaving=draw(rng, ("witnessed", 5), ("unnoticed", 1)),
        telling=telling,
        sincerity=draw(rng, ("sincere", 3), ("neutral", 1)),
    )
    distrust: list[Distrust] = []
    if telling == "trusted" and rng.random() < 0.3:
        hearer, speaker = rng.sample(agents, 2)
        distrust = [Distrust(hearer=hearer.id, speaker=speaker.id)]
    return Stage(agents, conventions, entities, [variable], distrust)


def _play(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> None:
    people = rng.sample(stage.ids, len(stage.ids))
    for agent in people:
        stage.enter(agent, "p0")
    if stage.conventions.entering == "hides" or rng.random() < 0.5:
        stage.reveal("p0", "v0")
    used = {stage.now("v0")}
    for _ in range(knobs["moves"]):
        present = stage.attentive("p0")
        if len(present) > 1 and rng.random() < 0.75:
            stage.leave(rng.choice(present))
        mover = rng.choice(stage.attentive("p0"))
        values = [v for v in stage.variables["v0"].values if v != stage.now("v0")]
        target = rng.choice([v for v in values if v not in used] or values)
        used.add(target)
        stage.change(mover, "v0", target)
    for agent in rng.sample(stage.attentive("p0"), len(stage.attentive("p0"))):
        stage.leave(agent)
    gathered = rng.sample(people, rng.randint(2, len(people)))
    for agent in gathered:
        stage.enter(agent, "p1")
    for _ in range(knobs["tellings"]):
        _tell(stage, rng, gathered)


def _tell(stage: Stage, rng: random.Random, gathered: Sequence[str]) -> None:
    """A statement of a kind drawn first, by somebody in a position to make it; another kind if nobody is."""
    believed = {a: Beliefs(stage).settled("v0", (a,), len(stage.events)) for a in gathered}
    truth = stage.now("v0")
    kinds = [TRUTH, LIE, MISTAKE]
    rng.shuffle(kinds)
    for kind in kinds:
        able = [a for a in gathered if believed[a] and (kind == LIE or (believed[a] == truth) is (kind == TRUTH))]
        if able:
            break
    else:
        return
    speaker = rng.choice(able)
    own = believed[speaker]
    assert own is not None
    values = [value for value in stage.variables["v0"].values if value != own]
    holds = rng.random() > 0.15
    value = own if holds is not (kind == LIE) else rng.choice(values)
    others = [a for a in gathered if a != speaker]
    reach: Reach = draw(rng, ("private", 5), ("room", 4), ("everyone", 1))
    to = rng.sample(others, min(len(others), rng.choice([1, 1, 2]))) if reach == "private" else []
    if not _already_said(stage, speaker, value, holds, reach, to):
        stage.tell(speaker, "v0", value, reach, sorted(to), holds)


def _already_said(stage: Stage, speaker: str, value: str, holds: bool, reach: Reach, to: Sequence[str]) -> bool:
    return any(
        isinstance(event, Tell)
        and (event.agent, event.value, event.holds, event.reach, event.to) == (speaker, value, holds, reach, sorted(to))
        for event in stage.events
    )


def _ask(stage: Stage, rng: random.Random, knobs: Mapping[str, int]) -> list[Asked]:
    asker, order, variables = Asker(stage, rng), knobs["order"], list(stage.variables)
    asker.reality("v0")
    asker.memory("v0")
    for k in range(1, order + 1):
        asker.belief(k, *variables)
    if order:
        asker.lie()
        asker.targets()
        asker.action(rng.randint(1, min(2, order)), *variables)
        asker.knowledge(rng.randint(1, min(2, order)), *variables)
    asker.answerability("v0")
    asker.perception()
    return asker.asked


FAMILY = Family(
    "tom",
    "telling",
    "people who saw different things tell each other where an object is",
    KNOBS,
    build,
    conflict,
    self_play=True,
)
