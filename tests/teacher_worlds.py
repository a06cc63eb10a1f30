"""Random small worlds for the teacher's tests: legal events of every kind, with their views (docs/semantics.md)."""

import random
from dataclasses import dataclass, field

from madata.generators import lexicon
from madata.schemas import Agent, Conventions, TomWorld
from madata.schemas.tom import (
    Attend,
    Change,
    Distract,
    Distrust,
    Enter,
    Entity,
    Event,
    Leave,
    Look,
    Peek,
    Reveal,
    Tell,
    Unwatch,
    Variable,
    View,
    Watch,
)

KINDS = [
    *["enter", "change"] * 4,
    *["tell"] * 3,
    "leave",
    "leave",
    "reveal",
    "look",
    "peek",
    "watch",
    "unwatch",
    "distract",
    "attend",
]


@dataclass
class Story:
    """A world with who is where in it, for the next event."""

    agents: list[Agent]
    conventions: Conventions
    entities: list[Entity]
    variables: list[Variable]
    distrust: list[Distrust]
    events: list[Event] = field(default_factory=list)
    place: dict[str, str] = field(default_factory=dict)
    distracted: set[str] = field(default_factory=set)
    watching: dict[str, str] = field(default_factory=dict)
    now: dict[str, str] = field(default_factory=dict)

    def world(self) -> TomWorld:
        return TomWorld(entities=self.entities, variables=self.variables, distrust=self.distrust, events=self.events)

    def attentive(self, place: str | None) -> list[str]:
        return [a.id for a in self.agents if place and self.place.get(a.id) == place and a.id not in self.distracted]

    def view(self, place: str | None, *also: str) -> View:
        view: View = dict.fromkeys([*self.attentive(place), *also], "full")
        return view | dict.fromkeys([a for a, watched in self.watching.items() if watched == place], "secret")


def random_story(rng: random.Random, agents: int = 5, events: int = 20) -> Story:
    """A story with two rooms, located objects, a labelled box, facts and up to `events` events."""
    scene = lexicon.scene(rng, 2, 3, 1)
    people = lexicon.names(rng, agents)
    taken = [name for room in scene.rooms for name in (room.name, *room.containers, *room.objects)]
    (box,) = lexicon.boxes(rng, 1, 3, taken)
    topic, _ = lexicon.topics(rng, people[:2])
    entities = [Entity(id=f"p{i}", kind="place", name=room.name) for i, room in enumerate(scene.rooms)]
    for i, room in enumerate(scene.rooms):
        entities += [
            Entity(id=f"c{3 * i + j}", kind="container", name=name, place=f"p{i}")
            for j, name in enumerate(room.containers)
        ]
    entities.append(Entity(id="c6", kind="container", name=box.name, place=rng.choice(["p0", "p1", None])))
    items = [*scene.objects, box.label, *box.others]
    entities += [Entity(id=f"o{i}", kind="object", name=name) for i, name in enumerate(items)]
    entities += [Entity(id=f"x{i}", kind="value", name=name) for i, name in enumerate(topic.values)]
    ids = [f"a{i}" for i in range(agents)]
    spots = [f"c{i}" for i in range(6)]
    variables = [
        Variable(id="v0", kind="location", name=items[0], about="o0", values=spots, initial=rng.choice(spots)),
        Variable(id="v1", kind="location", name=items[1], about="o1", values=spots, initial="c4", presumed="c4"),
        Variable(
            id="v2",
            kind="contents",
            name=box.name,
            about="c6",
            values=["o2", "o3", "o4"],
            initial=rng.choice(["o2", "o3"]),
            presumed="o2",
        ),
        Variable(
            id="v3",
            kind="fact",
            name=topic.name,
            values=[f"x{i}" for i in range(5)],
            initial="x1",
            known_by=rng.choice([["a0"], ["a0", "a1"], ids]),
        ),
        Variable(
            id="v4",
            kind="fact",
            name=f"the thing that {people[0]} wants",
            about="a0",
            values=["o0", "o1"],
            initial=rng.choice(["o0", "o1"]),
            known_by=["a0"],
        ),
    ]
    variables = sorted(rng.sample(variables, rng.randint(2, 5)), key=lambda variable: variable.id)
    story = Story(
        [Agent(id=id_, name=name, role="participant") for id_, name in zip(ids, people, strict=True)],
        Conventions(
            entering=rng.choice(["reveals", "hides"]),
            leaving=rng.choice(["witnessed", "unnoticed"]),
            peeking=rng.choice(["secret", "noticed"]),
            telling=rng.choice(["trusted", "ignored", "later_exit"]),
            sincerity=rng.choice(["sincere", "neutral"]),
        ),
        entities,
        variables,
        [Distrust(hearer=ids[0], speaker=ids[1])] if rng.random() < 0.3 else [],
        now={variable.id: variable.initial for variable in variables},
    )
    for _ in range(events * 8):
        if len(story.events) < events and (event := _event(story, rng, rng.choice(KINDS))):
            story.events.append(event)
            story.now.update(event.effects)
    return story


def _event(story: Story, rng: random.Random, kind: str) -> Event | None:
    """An event of the kind, or None if the draw is not legal now."""
    agent = rng.choice(story.agents).id
    here = story.place.get(agent)
    outside = here is None and agent not in story.watching
    alert = agent not in story.distracted and agent not in story.watching
    room = rng.choice(["p0", "p1"])
    variable = rng.choice(story.variables)
    value = rng.choice(variable.values)
    match kind:
        case "enter" if outside:
            story.place[agent] = room
            return Enter(agent=agent, place=room, view=story.view(room))
        case "leave" if here:
            seen = story.view(here, agent)
            if story.conventions.leaving == "unnoticed":
                seen = {a: role for a, role in seen.items() if a == agent or role == "secret"}
            del story.place[agent]
            story.distracted.discard(agent)
            return Leave(agent=agent, place=here, view=seen)
        case "watch" if outside:
            story.watching[agent] = room
            return Watch(agent=agent, place=room, view={agent: "secret"})
        case "unwatch" if agent in story.watching:
            del story.watching[agent]
            return Unwatch(agent=agent, view={agent: "secret"})
        case "distract" if here and alert:
            view = story.view(here)
            story.distracted.add(agent)
            return Distract(agent=agent, view=view)
        case "attend" if here and agent in story.distracted:
            story.distracted.discard(agent)
            return Attend(agent=agent, view=story.view(here))
        case "change" if alert and value != story.now[variable.id]:
            if not all(_reachable(story, spot, here) for spot in _spots(variable, story.now[variable.id], value)):
                return None
            view = story.view(here) if here else {agent: "full"}
            return Change(agent=agent, variable=variable.id, value=value, effects={variable.id: value}, view=view)
        case "reveal" if story.attentive(room):
            if not all(_reachable(story, spot, room) for spot in _spots(variable, story.now[variable.id])):
                return None
            return Reveal(place=room, variable=variable.id, view=story.view(room))
        case "look" | "peek" if here and alert:
            inside = rng.choice([e.id for e in story.entities if e.kind == "container" and e.place in (None, here)])
            open_: View = dict.fromkeys(story.attentive(here), "notice") | {agent: "full"}
            if kind == "look":
                return Look(agent=agent, container=inside, view=open_)
            return Peek(
                agent=agent,
                container=inside,
                view=open_ if story.conventions.peeking == "noticed" else {agent: "secret"},
            )
        case "tell" if alert:
            company = (
                story.attentive(here)
                if here
                else [a.id for a in story.agents if a.id not in story.place and a.id not in story.watching]
            )
            company = [a for a in company if a != agent]
            reach = rng.choice(["private", "room", "everyone"])
            if not company or (reach == "room" and not here):
                return None
            to = sorted(rng.sample(company, rng.randint(1, min(2, len(company))))) if reach == "private" else []
            hearers = {"private": to, "room": company, "everyone": [a.id for a in story.agents]}[reach]
            view = dict.fromkeys([agent, *hearers], "full")
            holds = rng.random() < 0.8
            return Tell(agent=agent, variable=variable.id, value=value, holds=holds, reach=reach, to=to, view=view)
    return None


def _spots(variable: Variable, *values: str) -> list[str]:
    """The containers that must be at hand."""
    match variable.kind:
        case "location":
            return list(values)
        case "contents":
            assert variable.about is not None
            return [variable.about]
        case "fact":
            return []


def _reachable(story: Story, container: str, place: str | None) -> bool:
    stands = next(entity.place for entity in story.entities if entity.id == container)
    return stands is None or stands == place
