"""The stage: events are put on it one by one, and it keeps who is where, what is the case, and who learns what.

Every method appends one event of the language (`schemas/tom.py`) with its effects and view, and logs for each variable
what the event shows and to whom; `beliefs.py` replays those logs. The rules are those of docs/semantics.md.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

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
    Reach,
    Reveal,
    Tell,
    Unwatch,
    Variable,
    View,
    Watch,
)


class Unstageable(ValueError):
    """An event that cannot happen now."""


class Lesson(NamedTuple):
    """What one event teaches about one variable. `group` are mutual observers, `secret` unseen ones (sets of agents).

    `seen` is a value; `absent` are values it is seen or said not to have. `looker` marks a noticed look (only the
    looker sees), `teller` a statement, which reaches the chains that end in an agent of `believers`.
    """

    event: int
    group: frozenset[str]
    secret: frozenset[str]
    seen: str | None = None
    absent: frozenset[str] = frozenset()
    looker: str | None = None
    teller: str | None = None
    believers: frozenset[str] = frozenset()


NOBODY: frozenset[str] = frozenset()


class Stage:
    """A story in the making; `world()` is the finished one."""

    def __init__(
        self,
        agents: Sequence[Agent],
        conventions: Conventions,
        entities: Sequence[Entity],
        variables: Sequence[Variable],
        distrust: Sequence[Distrust] = (),
    ) -> None:
        self.agents = agents
        self.conventions = conventions
        self.entities = {entity.id: entity for entity in entities}
        self.variables = {variable.id: variable for variable in variables}
        self.distrust = distrust
        self.events: list[Event] = []
        self.ids = [agent.id for agent in agents]
        self.place: dict[str, str | None] = dict.fromkeys(self.ids)
        self.watching: dict[str, str] = {}
        self.distracted: set[str] = set()
        self.truth: dict[str, list[str]] = {variable.id: [variable.initial] for variable in variables}
        self.lessons: dict[str, list[Lesson]] = defaultdict(list)
        self._exits: dict[str, int] = {}
        self._wary = {(pair.hearer, pair.speaker) for pair in distrust}

    def world(self) -> TomWorld:
        return TomWorld(
            entities=list(self.entities.values()),
            variables=list(self.variables.values()),
            distrust=list(self.distrust),
            events=self.events,
        )

    def now(self, variable: str) -> str:
        """The present value."""
        return self.truth[variable][-1]

    def attentive(self, place: str | None) -> list[str]:
        """Who is in the room and not distracted, in agent order."""
        return [a for a in self.ids if self.place[a] == place and a not in self.distracted] if place else []

    def watchers(self, place: str | None) -> list[str]:
        return [a for a in self.ids if self.watching.get(a) == place] if place and self.watching else []

    def trusts(self, hearer: str, speaker: str) -> bool:
        if (hearer, speaker) in self._wary:
            return False
        match self.conventions.telling:
            case "trusted":
                return True
            case "ignored":
                return False
            case "later_exit":
                return self._exits.get(hearer, len(self.events)) < self._exits.get(speaker, -1)

    def enter(self, agent: str, place: str) -> None:
        if self.place[agent] or agent in self.watching:
            raise Unstageable(f"{agent} enters {place} from another place")
        self.place[agent] = place
        group, secret = self.attentive(place), self.watchers(place)
        self._learn_room(place, frozenset(group), frozenset(secret))
        self._append(Enter(agent=agent, place=place, view=_view(group, secret=secret)))

    def leave(self, agent: str) -> None:
        place = self.place[agent]
        if place is None:
            raise Unstageable(f"{agent} leaves without being in a room")
        self.distracted.discard(agent)
        group = self.attentive(place) if self.conventions.leaving == "witnessed" else [agent]
        self.place[agent] = None
        self._exits[agent] = len(self.events)
        self._append(Leave(agent=agent, place=place, view=_view(group, secret=self.watchers(place))))

    def change(self, agent: str, variable: str, value: str) -> None:
        place = self.place[agent]
        if not self.can_change(agent, variable, value):
            raise Unstageable(f"{agent} cannot set {variable} to {value}")
        group = self.attentive(place) or [agent]
        secret = self.watchers(place)
        self.lessons[variable].append(Lesson(len(self.events), frozenset(group), frozenset(secret), seen=value))
        self._append(
            Change(
                agent=agent, variable=variable, value=value, effects={variable: value}, view=_view(group, secret=secret)
            )
        )

    def reveal(self, place: str, variable: str) -> None:
        group, secret = self.attentive(place), self.watchers(place)
        spot = self._spot(variable, self.now(variable))
        if not group or spot not in (None, place):
            raise Unstageable(f"{variable} cannot be seen in {place}")
        self.lessons[variable].append(
            Lesson(len(self.events), frozenset(group), frozenset(secret), seen=self.now(variable))
        )
        self._append(Reveal(place=place, variable=variable, view=_view(group, secret=secret)))

    def look(self, agent: str, container: str) -> None:
        others = self._onlookers(agent, container)
        self._learn_inside(agent, container, frozenset([agent, *others]))
        self._append(Look(agent=agent, container=container, view=_view([agent], notice=others)))

    def peek(self, agent: str, container: str) -> None:
        others = self._onlookers(agent, container)
        if self.conventions.peeking == "noticed":
            self._learn_inside(agent, container, frozenset([agent, *others]))
            view = _view([agent], notice=others)
        else:
            self._learn_inside(agent, container, None)
            view = _view([], secret=[agent])
        self._append(Peek(agent=agent, container=container, view=view))

    def watch(self, agent: str, place: str) -> None:
        if self.place[agent] or agent in self.watching:
            raise Unstageable(f"{agent} cannot begin to watch {place}")
        self.watching[agent] = place
        self._learn_room(place, NOBODY, frozenset([agent]))
        self._append(Watch(agent=agent, place=place, view=_view([], secret=[agent])))

    def unwatch(self, agent: str) -> None:
        if self.watching.pop(agent, None) is None:
            raise Unstageable(f"{agent} watches nothing")
        self._append(Unwatch(agent=agent, view=_view([], secret=[agent])))

    def distract(self, agent: str) -> None:
        place = self.place[agent]
        if place is None or agent in self.distracted:
            raise Unstageable(f"{agent} cannot be distracted")
        view = _view(self.attentive(place), secret=self.watchers(place))
        self.distracted.add(agent)
        self._append(Distract(agent=agent, view=view))

    def attend(self, agent: str) -> None:
        if agent not in self.distracted:
            raise Unstageable(f"{agent} is not distracted")
        self.distracted.discard(agent)
        place = self.place[agent]
        self._append(Attend(agent=agent, view=_view(self.attentive(place), secret=self.watchers(place))))

    def hearers(self, agent: str, reach: Reach, to: Iterable[str] = ()) -> list[str]:
        """Who would hear `agent` now, itself left out."""
        heard = {"private": list(to), "room": self.attentive(self.place[agent]), "everyone": self.ids}[reach]
        return [hearer for hearer in heard if hearer != agent]

    def tell(
        self, agent: str, variable: str, value: str, reach: Reach, to: Sequence[str] = (), holds: bool = True
    ) -> None:
        place = self.place[agent]
        if agent in self.distracted or (reach == "room" and place is None):
            raise Unstageable(f"{agent} cannot speak")
        if reach == "private" and (not to or any(self.place[h] != place or h in self.distracted for h in to)):
            raise Unstageable(f"{agent} cannot speak to {to}")
        hearers = self.hearers(agent, reach, to)
        self.lessons[variable].append(
            Lesson(
                len(self.events),
                frozenset([agent, *hearers]),
                NOBODY,
                seen=value if holds else None,
                absent=NOBODY if holds else frozenset([value]),
                teller=agent,
                believers=frozenset(hearer for hearer in hearers if self.trusts(hearer, agent)),
            )
        )
        group = [a for a in self.ids if a == agent or a in hearers]
        self._append(
            Tell(agent=agent, variable=variable, value=value, holds=holds, reach=reach, to=list(to), view=_view(group))
        )

    def perform(self, event: Event) -> None:
        """Does what the event says; its stored effects and view are ignored."""
        match event:
            case Enter():
                self.enter(event.agent, event.place)
            case Leave():
                self.leave(event.agent)
            case Change():
                self.change(event.agent, event.variable, event.value)
            case Reveal():
                self.reveal(event.place, event.variable)
            case Look():
                self.look(event.agent, event.container)
            case Peek():
                self.peek(event.agent, event.container)
            case Watch():
                self.watch(event.agent, event.place)
            case Unwatch():
                self.unwatch(event.agent)
            case Distract():
                self.distract(event.agent)
            case Attend():
                self.attend(event.agent)
            case Tell():
                self.tell(event.agent, event.variable, event.value, event.reach, event.to, event.holds)

    def can_change(self, agent: str, variable: str, value: str) -> bool:
        """Whether the agent is attentive, and where the variable can be given this other value."""
        if agent in self.distracted or value == self.now(variable) or value not in self.variables[variable].values:
            return False
        return all(spot in (None, self.place[agent]) for spot in self._spots(variable, value))

    def _append(self, event: Event) -> None:
        self.events.append(event)
        for variable, values in self.truth.items():
            values.append(event.effects.get(variable, values[-1]))

    def _spot(self, variable: str, value: str) -> str | None:
        """The room in which the variable shows this value; None where it is not bound to one."""
        match self.variables[variable]:
            case Variable(kind="location"):
                return self.entities[value].place
            case Variable(kind="contents", about=str(container)):
                return self.entities[container].place
        return None

    def _spots(self, variable: str, value: str) -> tuple[str | None, str | None]:
        return self._spot(variable, self.now(variable)), self._spot(variable, value)

    def _onlookers(self, agent: str, container: str) -> list[str]:
        place = self.place[agent]
        if place is None or agent in self.distracted or self.entities[container].place not in (None, place):
            raise Unstageable(f"{agent} cannot look into {container}")
        return [other for other in self.attentive(place) if other != agent]

    def _learn_room(self, place: str, group: frozenset[str], secret: frozenset[str]) -> None:
        if self.conventions.entering == "hides":
            return
        for variable in self.variables.values():
            if variable.kind != "location":
                continue
            here = frozenset(value for value in variable.values if self.entities[value].place == place)
            value = self.now(variable.id)
            if value in here:
                lesson = Lesson(len(self.events), group, secret, seen=value)
            else:
                lesson = Lesson(len(self.events), group, secret, absent=here)
            self.lessons[variable.id].append(lesson)

    def _learn_inside(self, agent: str, container: str, group: frozenset[str] | None) -> None:
        for variable in self.variables.values():
            value = self.now(variable.id)
            seen: str | None
            absent = NOBODY
            if variable.kind == "contents" and variable.about == container:
                seen = value
            elif variable.kind == "location" and container in variable.values:
                seen = value if value == container else None
                absent = frozenset([container])
            else:
                continue
            if group is None:
                lesson = Lesson(len(self.events), NOBODY, frozenset([agent]), seen=seen, absent=absent)
            else:
                lesson = Lesson(len(self.events), group, NOBODY, seen=seen, absent=absent, looker=agent)
            self.lessons[variable.id].append(lesson)


def _view(full: Iterable[str], notice: Iterable[str] = (), secret: Iterable[str] = ()) -> View:
    view: View = dict.fromkeys(full, "full")
    view.update(dict.fromkeys(notice, "notice"))
    view.update(dict.fromkeys(secret, "secret"))
    return view


def restage(agents: Sequence[Agent], conventions: Conventions, world: TomWorld) -> Stage:
    """The stage of a story whose events are given; their stored effects and views are ignored."""
    stage = Stage(agents, conventions, world.entities, world.variables, world.distrust)
    for event in world.events:
        stage.perform(event)
    return stage
