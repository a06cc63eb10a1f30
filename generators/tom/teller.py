"""Without a model: any ToM story in plain, varied English, from sentence forms (`forms.toml`) and nothing else.

A story is a setup (people, rooms, what is where, who knows it, and the conventions in words), then one turn an event
in their order. Looking into a container takes a second turn, for the looker alone, with what is found. Which form is
taken depends on the kind of event and on chance, never on what is true. A turn's audience take part in its event.
"""

import random
import tomllib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Literal

from madata.generators.lexicon import indefinite
from madata.generators.tom.phrases import Phrases
from madata.schemas import Act, Agent, Conventions, TomWorld, Turn
from madata.schemas.tom import (
    Attend,
    Change,
    Distract,
    Enter,
    Event,
    Leave,
    Look,
    Peek,
    Reveal,
    Tell,
    Unwatch,
    Variable,
    Watch,
)
from madata.schemas.words import name_list

SPOKEN = 0.2
"""How often somebody who enters, leaves or changes something says so, where it can be heard by all who see it."""

ASKED = 0.4
"""How often a hearer asks before a fact is told."""

Channel = Literal["public", "private", "action", "narration"]
Forms = dict[str, dict[str, list[str]]]


@cache
def forms() -> Forms:
    """All sentence forms, by section and list of `forms.toml`."""
    found: Forms = tomllib.loads((resources.files(__package__) / "forms.toml").read_text(encoding="utf-8"))
    return found


def tell_story(
    agents: Sequence[Agent], conventions: Conventions, world: TomWorld, rng: random.Random, small_talk: int = 0
) -> list[Turn]:
    """The turns of a story; `small_talk` of them say nothing about the world."""
    teller = Teller(agents, conventions, world, rng)
    teller.set_up(happenings(world.events))
    chats = teller.plan_small_talk(small_talk)
    for time, event in enumerate(world.events):
        for group in chats[time]:
            teller.chat(time, group)
        teller.tell(time, event)
    for group in chats[-1]:
        teller.chat(len(world.events), group)
    return teller.turns


def happenings(events: Sequence[Event]) -> set[str]:
    """What rules a story needs: the kinds of its events, "alone" for a change seen by nobody else, "denial" for a
    telling that something is not so."""
    found: set[str] = {event.kind for event in events}
    if any(isinstance(event, Change) and len(event.view) == 1 for event in events):
        found.add("alone")
    if any(isinstance(event, Tell) and not event.holds for event in events):
        found.add("denial")
    return found


class _Whereabouts:
    """Who is in which room, distracted, or watching from outside."""

    def __init__(self, ids: list[str]) -> None:
        self.place: dict[str, str | None] = dict.fromkeys(ids)
        self.watching: dict[str, str] = {}
        self._distracted: set[str] = set()

    def note(self, event: Event) -> None:
        match event:
            case Enter():
                self.place[event.agent] = event.place
            case Leave():
                self.place[event.agent] = None
                self._distracted.discard(event.agent)
            case Watch():
                self.watching[event.agent] = event.place
            case Unwatch():
                del self.watching[event.agent]
            case Distract():
                self._distracted.add(event.agent)
            case Attend():
                self._distracted.discard(event.agent)

    def company(self) -> list[list[str]]:
        """The groups of two or more who can talk: attentive in one room, or outside and not watching."""
        groups: dict[str | None, list[str]] = {}
        for agent, place in self.place.items():
            if agent not in self._distracted and agent not in self.watching:
                groups.setdefault(place, []).append(agent)
        return [group for group in groups.values() if len(group) > 1]


class Teller:
    """A story being told: its turns so far and the present state of the world. With `plain`, acts are narrated and
    nobody asks before something is told, so that each act is one turn."""

    def __init__(
        self,
        agents: Sequence[Agent],
        conventions: Conventions,
        world: TomWorld,
        rng: random.Random,
        plain: bool = False,
    ) -> None:
        self.turns: list[Turn] = []
        self._conventions = conventions
        self._aloud, self._asked = (0.0, 0.0) if plain else (SPOKEN, ASKED)
        self._forms = forms()
        self._world = world
        self._rng = rng
        self._phrases = Phrases(agents, world)
        self._ids = [agent.id for agent in agents]
        self._where = _Whereabouts(self._ids)
        self._now = {variable.id: variable.initial for variable in world.variables}
        self._room_of = {entity.id: entity.place for entity in world.entities}
        self._spoken_of = {variable.id: {variable.initial} for variable in world.variables}
        self._small_talk: Iterator[str] = iter(())

    def _form(self, section: str, kind: str = "told") -> str:
        return self._rng.choice(self._forms[section][kind])

    def _turn(
        self,
        time: int,
        text: str,
        audience: list[str],
        channel: Channel = "narration",
        speaker: str | None = None,
        act: Act | None = None,
        event: int | None = None,
    ) -> None:
        self.turns.append(
            Turn(
                index=len(self.turns),
                time=time,
                speaker=speaker,
                audience=audience,
                channel=channel,
                act=act,
                text=text,
                event=event,
            )
        )

    # The setup

    def set_up(self, happens: Collection[str]) -> None:
        """The setting, with the rules of what happens or may happen."""
        rooms = [entity for entity in self._world.entities if entity.kind == "place"]
        people = self._form("setup", "people").format(who=self._phrases.people(self._ids))
        self._all(f"{people} {self._form('setup', 'outside')}" if rooms else people)
        for room in rooms:
            self._furnish(room.id)
        for entity in self._world.entities:
            if entity.kind == "container" and entity.place is None:
                self._all(self._form("setup", "portable").format(c=entity.name))
        for variable in self._world.variables:
            self._introduce(variable)
        unknown = [v for v in self._world.variables if v.presumed is None and not v.known_by]
        if unknown:
            know = " or ".join(map(self._phrases.knowable, unknown))
            self._all(self._form("setup", "unknown").format(know=know))
        for pair in self._world.distrust:
            hearer, speaker = self._phrases.name[pair.hearer], self._phrases.name[pair.speaker]
            self._all(self._form("setup", "distrust").format(hearer=hearer, speaker=speaker))
        for rule in self._rules(happens, bool(rooms)):
            self._all(self._form("rules", rule))

    def _all(self, text: str) -> None:
        self._turn(0, text, self._ids)

    def _furnish(self, place: str) -> None:
        stand = [entity.name for entity in self._world.entities if entity.kind == "container" and entity.place == place]
        if stand:
            form, listed = self._form("setup", "room"), name_list([indefinite(name) for name in stand])
            self._all(form.format(p=self._phrases.name[place], list=listed))
        else:
            self._all(self._form("setup", "bare_room").format(p=self._phrases.name[place]))

    def _introduce(self, variable: Variable) -> None:
        """What is really so, for those who know it; then what everybody takes to be so, or who knows."""
        phrases, knowers = self._phrases, [agent for agent in self._ids if agent in variable.known_by]
        slots = phrases.slots(variable, variable.initial)
        self._turn(0, self._form("setup", variable.kind).format(**slots), knowers)
        if variable.presumed is not None:
            claim = self._claim(variable, variable.presumed)
            if variable.kind == "contents":
                label = phrases.name[variable.presumed]
                self._all(self._form("setup", "label").format(c=phrases.about(variable), label=label, claim=claim))
            else:
                self._all(self._form("setup", "presumed").format(claim=claim))
        elif knowers:
            know = phrases.knowable(variable)
            if len(knowers) == len(self._ids):
                self._all(self._form("setup", "known_to_all").format(know=know))
            else:
                knows = "knows" if len(knowers) == 1 else "know"
                who = phrases.people(knowers)
                self._all(self._form("setup", "known").format(who=who, knows=knows, know=know))

    def _rules(self, happens: Collection[str], rooms: bool) -> Iterator[str]:
        """The sections of the conventions that matter in this story."""
        world, conventions = self._world, self._conventions
        located = any(variable.kind == "location" for variable in world.variables)
        if rooms:
            yield "attention"
            yield f"entering_{conventions.entering}"
            if any(variable.kind == "contents" for variable in world.variables):
                yield "labelled"
        if "alone" in happens:
            yield "outside"
        if "leave" in happens:
            yield f"leaving_{conventions.leaving}"
        if "look" in happens:
            yield "looking"
        if "peek" in happens:
            yield f"peeking_{conventions.peeking}"
        if "watch" in happens:
            yield "watching"
        if "tell" in happens:
            exceptions = conventions.telling == "trusted" and world.distrust
            yield "telling_trusted_mostly" if exceptions else f"telling_{conventions.telling}"
            yield f"sincerity_{conventions.sincerity}"
        yield "revision"
        if located or "denial" in happens:
            yield "absence"

    def _claim(self, variable: Variable, value: str, holds: bool = True) -> str:
        form = self._form(f"claim_{variable.kind}", "holds" if holds else "denied")
        return form.format(**self._phrases.slots(variable, value))

    # Small talk

    def plan_small_talk(self, count: int) -> list[list[list[str]]]:
        """For each time, who is together for each chat at that time: nobody alone ever talks."""
        times = len(self._world.events) + 1
        chats: list[list[list[str]]] = [[] for _ in range(times)]
        if not count:
            return chats
        where = _Whereabouts(self._ids)
        company = [where.company()]
        for event in self._world.events:
            where.note(event)
            company.append(where.company())
        possible = [time for time in range(times) if company[time]]
        for time in self._rng.choices(possible, k=count):
            chats[time].append(self._rng.choice(company[time]))
        lines = self._forms["small_talk"]["told"]
        self._small_talk = iter(
            [line for _ in range(0, count, len(lines)) for line in self._rng.sample(lines, len(lines))]
        )
        return chats

    def chat(self, time: int, group: list[str]) -> None:
        self._turn(time, next(self._small_talk), group, "public", self._rng.choice(group))

    # The events

    def tell(self, time: int, event: Event) -> None:
        """The turns of one event."""
        phrases, conventions = self._phrases, self._conventions
        name = phrases.name
        match event:
            case Enter() | Watch():
                self._act(time, event, event.agent, event.kind, {"p": name[event.place]})
                if conventions.entering == "reveals":
                    self._see(time, event)
            case Leave():
                self._act(time, event, event.agent, "leave", {"p": name[event.place]})
            case Unwatch():
                self._act(time, event, event.agent, "unwatch", {"p": name[self._where.watching[event.agent]]})
            case Distract() | Attend():
                place = self._where.place[event.agent]
                assert place is not None
                self._act(time, event, event.agent, event.kind, {"p": name[place]})
            case Change():
                self._change(time, event)
            case Reveal():
                variable = phrases.variables[event.variable]
                slots = phrases.slots(variable, self._now[variable.id])
                text = self._form(f"reveal_{variable.kind}").format(p=name[event.place], **slots)
                self._turn(time, text, self._audience(event), event=time)
            case Look():
                self._act(time, event, event.agent, "look", {"c": name[event.container]})
                self._find(time, event)
            case Peek():
                self._act(time, event, event.agent, f"peek_{conventions.peeking}", {"c": name[event.container]})
                self._find(time, event)
            case Tell():
                self._say(time, event)
        self._where.note(event)
        self._now.update(event.effects)
        if isinstance(event, Change | Tell):
            self._spoken_of[event.variable].add(event.value)

    def _audience(self, event: Event) -> list[str]:
        return [agent for agent in self._ids if agent in event.view]

    def _act(self, time: int, event: Event, agent: str, section: str, slots: dict[str, str]) -> None:
        """An action as narrated, or in the words of the agent if all who see it also hear."""
        audience = self._audience(event)
        heard = len(audience) > 1 and "secret" not in event.view.values()
        if heard and "spoken" in self._forms[section] and self._rng.random() < self._aloud:
            self._turn(time, self._form(section, "spoken").format(**slots), audience, "public", agent, event=time)
        else:
            text = self._form(section).format(a=self._phrases.name[agent], **slots)
            self._turn(time, text, audience, "action", event=time)

    def _change(self, time: int, event: Change) -> None:
        phrases = self._phrases
        variable = phrases.variables[event.variable]
        old = phrases.name[self._now[variable.id]]
        slots = phrases.slots(variable, event.value)
        match variable.kind:
            case "location":
                slots |= {"old": old, "new": slots["c"]}
            case "contents":
                slots |= {"old": old, "new": slots["v"]}
            case "fact":
                pass
        self._act(time, event, event.agent, f"change_{variable.kind}", slots)

    def _find(self, time: int, event: Look | Peek) -> None:
        """What the looker finds, for the looker alone."""
        phrases, container = self._phrases, event.container
        found = []
        for variable in self._world.variables:
            value = self._now[variable.id]
            if variable.kind == "location" and value == container:
                found.append(f"the {phrases.about(variable)}")
            elif variable.kind == "contents" and variable.about == container:
                found.append(phrases.a(value))
        slots = {"a": phrases.name[event.agent], "c": phrases.name[container], "list": name_list(found)}
        text = self._form("found" if found else "empty").format(**slots)
        self._turn(time, text, [event.agent], event=time)

    def _see(self, time: int, event: Enter | Watch) -> None:
        """What all who see somebody come in see of where things are, or what somebody who begins to watch sees."""
        phrases, room = self._phrases, event.place
        seen = []
        for variable in self._world.variables:
            here = {value for value in variable.values if self._room_of.get(value) == room}
            if variable.kind != "location" or not here & self._spoken_of[variable.id]:
                continue
            if (value := self._now[variable.id]) in here:
                seen.append(f"that the {phrases.about(variable)} is in the {phrases.name[value]}")
            else:
                seen.append(f"that the {phrases.about(variable)} is in none of the containers there")
        if seen:
            slots = {"a": phrases.name[event.agent], "p": phrases.name[room]}
            text = " ".join(self._form(f"see_{event.kind}").format(seen=fact, **slots) for fact in seen)
            self._turn(time, text, self._audience(event), event=time)

    def _say(self, time: int, event: Tell) -> None:
        phrases, audience = self._phrases, self._audience(event)
        channel: Channel = "private" if event.reach == "private" else "public"
        variable = phrases.variables[event.variable]
        hearers = [agent for agent in audience if agent != event.agent]
        if variable.kind == "fact" and event.reach != "everyone" and hearers and self._rng.random() < self._asked:
            question = self._form("ask").format(a=phrases.name[event.agent], know=phrases.knowable(variable))
            act = Act(performative="query-ref", content={"variable": variable.id})
            self._turn(time, question, audience, channel, self._rng.choice(hearers), act)
        slots = {"claim": self._claim(variable, event.value, event.holds)}
        if event.reach == "private":
            slots["who"] = phrases.people(hearers)
        elif event.reach == "room":
            place = self._where.place[event.agent]
            assert place is not None
            slots["p"] = phrases.name[place]
        content = {"variable": event.variable, "value": event.value, "holds": event.holds}
        act = Act(performative="inform", content=content)
        self._turn(time, self._form(f"tell_{event.reach}").format(**slots), audience, channel, event.agent, act, time)
