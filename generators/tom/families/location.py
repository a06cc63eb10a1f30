"""`location`: unexpected transfer (Wimmer and Perner 1983; ToMi, Le et al. 2019; Hi-ToM, He et al. 2023).

People come into a room, an object moves between containers while some of them are out, distracted, or watch in secret.
Whoever leaves takes along the last place they saw; a chain of beliefs ends where the first of its agents left.
"""

import random
from collections.abc import Mapping

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import names, scene
from madata.generators.tom.questions import Asker
from madata.generators.tom.stage import Stage
from madata.generators.tom.story import Story
from madata.schemas import Agent, Conventions
from madata.schemas.tom import Entity, Variable

KNOBS = {
    "agents": Knob(3, 6, 2, 8, "people in the story"),
    "order": Knob(1, 4, 0, 4, "highest belief order asked"),
    "moves": Knob(2, 5, 1, 8, "times the object is moved"),
    "rooms": Knob(1, 2, 1, 3, "rooms; each one after the first has an object of its own"),
    "distractors": Knob(0, 3, 0, 8, "turns of small talk"),
}

ACTS = ("enter", "leave", "change", "look", "peek", "tell")
"""What its agents may do in self-play."""


def conflict(knobs: Mapping[str, int]) -> str | None:
    if knobs["order"] > 1 and knobs["agents"] < 3:
        return f"order={knobs['order']} needs agents=3 or more: one who misses something and two who do not"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Story:
    plot = Plot(rng, knobs)
    return Story(plot.stage, rng, plot.play, plot.ask, knobs["distractors"], ACTS)


class Plot:
    """One story in the making: `p0` is the room where it happens, `v0` where the object is."""

    def __init__(self, rng: random.Random, knobs: Mapping[str, int]) -> None:
        self.rng = rng
        self.knobs = knobs
        setting = scene(rng, rooms=knobs["rooms"], containers_per_room=min(knobs["moves"] + 2, 6), objects=1)
        agents = [
            Agent(id=f"a{i}", name=name, role="participant") for i, name in enumerate(names(rng, knobs["agents"]))
        ]
        entities: list[Entity] = []
        variables: list[Variable] = []
        spots = [(f"p{i}", name) for i, room in enumerate(setting.rooms) for name in room.containers]
        containers = [Entity(id=f"c{i}", kind="container", name=name, place=p) for i, (p, name) in enumerate(spots)]
        everywhere = [container.id for container in containers]
        for i, room in enumerate(setting.rooms):
            (thing,) = room.objects
            entities += [
                Entity(id=f"p{i}", kind="place", name=room.name),
                Entity(id=f"o{i}", kind="object", name=thing),
            ]
            start = rng.choice([container.id for container in containers if container.place == f"p{i}"])
            variables.append(
                Variable(id=f"v{i}", kind="location", name=thing, about=f"o{i}", values=everywhere, initial=start)
            )
        self.stage = Stage(agents, self._conventions(), entities + containers, variables)
        self.used = {variable.initial for variable in variables}

    def _conventions(self) -> Conventions:
        rng = self.rng
        return Conventions(
            entering=rng.choice(["reveals", "hides"]),
            leaving=draw(rng, ("witnessed", 4), ("unnoticed", 1)),
            peeking=rng.choice(["secret", "noticed"]),
        )

    def play(self) -> None:
        stage, rng = self.stage, self.rng
        people = rng.sample(stage.ids, len(stage.ids))
        stayers, leavers = people[:2], people[2 : 2 + max(2, self.knobs["order"])]
        if len(people) == 2:
            stayers, leavers = people[:1], people[1:]
        for agent in rng.sample(people, len(people)):
            stage.enter(agent, "p0")
        if stage.conventions.entering == "hides" or rng.random() < 0.5:
            stage.reveal("p0", "v0")
        departures = list(leavers)
        moves = max(self.knobs["moves"], len(leavers) + 1)
        parting = rng.sample(range(moves - 1), len(leavers))
        for number in range(moves):
            self.spice(stayers)
            self.move(stayers)
            if number in parting:
                stage.leave(departures.pop(0))
        self.afterwards(leavers)

    def move(self, stayers: list[str]) -> None:
        """Somebody attentive moves the object, to a container not used before if there is one."""
        stage, rng = self.stage, self.rng
        mover = rng.choice(stage.attentive("p0"))
        here = [c for c in stage.variables["v0"].values if stage.entities[c].place == "p0" and c != stage.now("v0")]
        target = rng.choice([c for c in here if c not in self.used] or here)
        self.used.add(target)
        away = [a for a in stage.ids if stage.place[a] is None and a not in stage.watching]
        witness = rng.choice(away) if away and rng.random() < 0.15 else None
        dreamer = rng.choice(stayers) if rng.random() < 0.25 else None
        if witness:
            stage.watch(witness, "p0")
        if dreamer and dreamer != mover and len(stage.attentive("p0")) > 2:
            stage.distract(dreamer)
        stage.change(mover, "v0", target)
        if dreamer in stage.distracted:
            stage.attend(dreamer)
        if witness:
            stage.unwatch(witness)

    def spice(self, stayers: list[str]) -> None:
        """Something beside the point, or nearly: a look, a peek, a visit to another room, a return."""
        stage, rng = self.stage, self.rng
        roll = rng.random()
        present = stage.attentive("p0")
        away = [a for a in stage.ids if stage.place[a] is None and a not in stage.watching]
        if roll < 0.12:
            stage.peek(rng.choice(present), rng.choice(self._containers("p0")))
        elif roll < 0.2:
            stage.look(rng.choice(present), rng.choice(self._containers("p0")))
        elif roll < 0.32 and away:
            stage.enter(rng.choice(away), "p0")
        elif roll < 0.55 and away and self.knobs["rooms"] > 1:
            self.visit(rng.choice(away))

    def visit(self, agent: str) -> None:
        """To another room and out again, perhaps moving what is there."""
        stage, rng = self.stage, self.rng
        number = rng.randrange(1, self.knobs["rooms"])
        place, variable = f"p{number}", f"v{number}"
        stage.enter(agent, place)
        if stage.conventions.entering == "hides":
            stage.reveal(place, variable)
        if rng.random() < 0.6:
            targets = [c for c in self._containers(place) if c != stage.now(variable)]
            stage.change(agent, variable, rng.choice(targets))
        stage.leave(agent)

    def afterwards(self, leavers: list[str]) -> None:
        """Some of those who are out come back (which tells them nothing unless entering reveals) or peek again."""
        stage, rng = self.stage, self.rng
        for agent in leavers:
            if stage.place[agent] is not None or rng.random() > 0.25:
                continue
            if stage.conventions.entering == "hides" or len([a for a in leavers if stage.place[a] is None]) > 1:
                stage.enter(agent, "p0")

    def _containers(self, place: str) -> list[str]:
        return [entity.id for entity in self.stage.entities.values() if entity.place == place]

    def ask(self) -> list[Asked]:
        rng, asker = self.rng, Asker(self.stage, self.rng)
        order = self.knobs["order"]
        variables = list(self.stage.variables)
        asker.reality(rng.choice(variables))
        asker.memory(rng.choice(variables))
        for k in range(1, order + 1):
            asker.belief(k, *variables)
        if order:
            asker.action(rng.randint(1, min(2, order)), *variables)
            asker.belief(rng.randint(1, order), *variables)
            asker.knowledge(rng.randint(1, min(2, order)), *variables)
        asker.answerability("v0")
        asker.perception()
        return asker.asked


FAMILY = Family(
    "tom",
    "location",
    "an object moves while somebody is out, distracted, or watching in secret",
    KNOBS,
    build,
    conflict,
    self_play=True,
)
