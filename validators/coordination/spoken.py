"""Turns of a coordination in the words of models: what each must say, and what its speaker knows.

A model may put into words what an agent says: messages of all kinds, and small talk. The setting, acts, what is seen
and who leaves are the world's own narration.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from madata.validators import spoken
from madata.validators.coordination.mentions import Lexicon
from madata.validators.spoken import TALK, Json
from madata.validators.words.numbers import SMALL

ANSWERS = ("accept-proposal", "reject-proposal")
SPEECH = ("inform", "query-ref", "propose", *ANSWERS, "request", "confirm")
TELLING = ("inform", "reject-proposal")

Pair = tuple[int, str]
"""The number of a fact, and a value by name."""


class Message(NamedTuple):
    """Something said before: by which agent, in which round; from 0, the how manieth that it said in that round, and
    the how manieth of its kind."""

    agent: int
    time: int
    place: int
    rank: int
    event: Json


@dataclass(frozen=True, slots=True)
class Line(spoken.Line):
    """`act` is the kind of the event, `event` the event itself (None in small talk); `speaker` and `to` are agents by
    number. `told` is what the act tells, `asked` the facts it asks for. `heard` are the messages that the speaker has
    said or heard, `about` the one that is answered or confirmed. `known` are values the speaker knows or was told."""

    speaker: int
    to: tuple[int, ...]
    event: Json | None
    told: frozenset[Pair]
    asked: frozenset[int]
    heard: tuple[Message, ...]
    about: Message | None
    known: frozenset[Pair]
    world: "World" = field(compare=False, repr=False)

    @property
    def refrain(self) -> frozenset[str]:
        return self.names.union(SMALL)


class World:
    """What does not change while an episode is told. `scales` has the values of each fact, `choices` of each decision;
    `ordered`: decisions that are steps one after the other, and need not be named."""

    def __init__(self, agents: Sequence[Json], world: Json) -> None:
        scales = {scale["id"]: scale["values"] for scale in world["scales"]}
        self.names = [agent["name"] for agent in agents]
        self.number = {agent["id"]: number for number, agent in enumerate(agents)}
        self.facts = [fact["name"] for fact in world["facts"]]
        self.fact = {fact["id"]: number for number, fact in enumerate(world["facts"])}
        self.scales: list[list[str]] = [scales.get(fact["scale"], []) for fact in world["facts"]]
        self.decisions = [decision["name"] for decision in world["decisions"]]
        self.choices: list[list[str]] = [scales.get(decision["scale"], []) for decision in world["decisions"]]
        self.actions: list[str] = world["actions"]
        self.all_names = frozenset(
            [*self.facts, *self.decisions, *self.actions, *chain.from_iterable((*self.scales, *self.choices))]
        )
        self.lexicon = Lexicon(agents, world)
        self.ordered = len({name.rstrip("0123456789") for name in self.decisions}) == 1 < len(self.decisions)

    def pairs(self, event: Json) -> frozenset[Pair]:
        """What an event tells, as far as it makes sense."""
        if event["kind"] not in TELLING:
            return frozenset()
        found = ((self.fact.get(told["fact"], -1), told["value"]) for told in event.get("facts", ()))
        return frozenset((fact, self.scales[fact][value]) for fact, value in found if self.has(fact, value))

    def plan(self, values: Sequence[int]) -> list[str]:
        """A plan in words."""
        return [named(scale, value) for scale, value in zip(self.choices, values, strict=False)]

    def action(self, number: int) -> str:
        return named(self.actions, number)

    def has(self, fact: int, value: int) -> bool:
        return fact >= 0 and value < len(self.scales[fact])


def named(names: Sequence[str], number: int) -> str:
    return names[number] if number < len(names) else f"number {number}, which there is not"


class Scene:
    """An episode while it is told: which messages have been said, and what each agent has come to know."""

    def __init__(self, agents: Sequence[Json], world: Json) -> None:
        self._world = World(agents, world)
        self._agents = agents
        self._said: dict[int, Message] = {}
        self._reached: dict[int, list[tuple[int, Message]]] = {number: [] for number in range(len(agents))}
        self._seen: dict[int, set[Pair]] = {number: set() for number in range(len(agents))}
        for number, fact in enumerate(world["facts"]):
            for agent in fact["known"]:
                if agent in self._world.number and self._world.has(number, fact["value"]):
                    self._seen[self._world.number[agent]].add((number, self._world.scales[number][fact["value"]]))

    def act(self, turn: Json, event: Json | None) -> str | None:
        """The act a model may put into words here; None where the world's own narration belongs."""
        if turn["speaker"] not in self._world.number:
            return None
        if event is None:
            return TALK if turn["event"] is None and turn["act"] is None else None
        known = event["kind"] in SPEECH and event["agent"] == turn["speaker"] and turn["event"] not in self._said
        return str(event["kind"]) if known else None

    def line(self, turn: Json, event: Json | None) -> Line:
        """A turn that is about to be said."""
        act = self.act(turn, event)
        if act is None:
            raise ValueError(f"turn {turn['index']} is told by the world, not by a model")
        world = self._world
        speaker = world.number[turn["speaker"]]
        heard = tuple(self._heard(speaker, event))
        to = event["to"] if event else [agent for agent in turn["audience"] if agent != turn["speaker"]]
        people = tuple(world.names)
        return Line(
            text=turn["text"],
            act=act,
            speech=True,
            actor=world.names[speaker],
            aloud=True,
            hearers=tuple(world.names[world.number[agent]] for agent in to if agent in world.number),
            people=people,
            must=(),
            may=frozenset(people),
            holds=None,
            names=world.all_names,
            topics=frozenset(),
            met=frozenset(people),
            private=frozenset(),
            speaker=speaker,
            to=tuple(world.number[agent] for agent in to if agent in world.number),
            event=event,
            told=world.pairs(event) if event else frozenset(),
            asked=frozenset(world.fact[fact] for fact in event["facts"] if fact in world.fact)
            if event and act == "query-ref"
            else frozenset(),
            heard=heard,
            about=self._answered(event),
            known=frozenset(self._seen[speaker]).union(*(world.pairs(each.event) for each in heard)),
            world=world,
        )

    def hear(self, turn: Json, event: Json | None) -> None:
        """A turn that was said, whoever said it. What an agent sees, the narration tells it."""
        if event is None:
            if turn["speaker"] is None:
                self._see(turn)
            return
        agent = self._world.number.get(event["agent"])
        if event["kind"] not in SPEECH or agent is None or turn["event"] in self._said:
            return
        said = self._reached[agent]
        before = [each.event for _, each in said if each.agent == agent and each.time == event["time"]]
        rank = sum(each["kind"] == event["kind"] for each in before)
        message = Message(agent, event["time"], len(before), rank, event)
        self._said[turn["event"]] = message
        said.append((event["time"], message))
        for other, arrives in zip(event["to"], event["arrives"], strict=False):
            if other in self._world.number and arrives is not None:
                self._reached[self._world.number[other]].append((arrives, message))

    def _see(self, turn: Json) -> None:
        hearers = [self._world.number[agent] for agent in turn["audience"] if agent in self._world.number]
        if not hearers:
            return
        for number, (name, values) in enumerate(zip(self._world.facts, self._world.scales, strict=True)):
            if f"{name} is " not in turn["text"]:
                continue
            seen = [value for value in values if f"{name} is {value}." in f"{turn['text']}."]
            for hearer in hearers:
                self._seen[hearer].update((number, value) for value in seen)

    def _heard(self, speaker: int, event: Json | None) -> Iterator[Message]:
        """What the speaker has said, and what has arrived by now."""
        now = event["time"] if event else max((each.time for each in self._said.values()), default=0)
        return (each for arrived, each in self._reached[speaker] if arrived <= now)

    def _answered(self, event: Json | None) -> Message | None:
        """What an event answers or confirms, if it is of that kind."""
        if event is None:
            return None
        if event["kind"] == "confirm":
            return self._said.get(event["message"])
        found = self._said.get(event["proposal"]) if event["kind"] in ANSWERS else None
        return found if found and found.event["kind"] == "propose" else None
