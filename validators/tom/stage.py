"""Who is where, who attends, who watches: what can happen, and who takes part (docs/semantics.md, first table).

The validators' own bookkeeping. It reads the kind of each event and the conventions, never a stored `effects` or
`view`, so that what an episode stores can be compared with what it implies. A world that the schema accepts can still
make no sense (somebody enters twice, an apple is moved out of another room); that is a `StoryError` that says where.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from madata.schemas.records import Record
from madata.schemas.tom import Conventions
from madata.schemas.words import UNSETTLED

Json = Mapping[str, Any]
Roles = dict[str, str]

DEFAULTS = Conventions().model_dump()


class StoryError(ValueError):
    """Accepted by the schema, and still without meaning."""

    def __init__(self, where: str, expected: str, found: str) -> None:
        super().__init__(f"{where}: expected {expected}, found {found}")
        self.where = where
        self.expected = expected
        self.found = found


class IllegalEvent(StoryError):
    """Event number `event` cannot happen when its turn comes."""

    def __init__(self, event: int, expected: str, found: str) -> None:
        super().__init__(f"event {event}", expected, found)
        self.event = event


class BadWorld(StoryError):
    """The world contradicts itself before anything has happened."""


class Variable(NamedTuple):
    id: str
    kind: str
    about: str | None
    values: tuple[str, ...]
    initial: str
    presumed: str | None
    known_by: frozenset[str]


class Setting(NamedTuple):
    """What does not change in a story. `containers` gives the room each stands in, if it stands in one."""

    agents: dict[str, str]
    names: dict[str, str]
    places: frozenset[str]
    containers: dict[str, str | None]
    variables: dict[str, Variable]
    distrust: frozenset[tuple[str, str]]
    conventions: dict[str, str]


class Moment(NamedTuple):
    """How things stand after `time` events. Who has no `room` is outside; `exits` says when each last left a room."""

    time: int
    room: dict[str, str]
    distracted: frozenset[str]
    watching: dict[str, str]
    exits: dict[str, int]
    values: dict[str, str]

    def attentive(self, place: str | None) -> list[str]:
        return [agent for agent, room in self.room.items() if room == place and agent not in self.distracted]

    def watchers(self, place: str | None) -> list[str]:
        return [agent for agent, watched in self.watching.items() if watched == place]


class Stage(NamedTuple):
    """A story as it takes place: `moments[i]` is just before event i, `views[i]` how each agent takes part in it."""

    setting: Setting
    events: list[Json]
    moments: list[Moment]
    views: list[Roles]


def as_json(value: Any) -> Any:
    """A record, or a list of records, as its JSON value; a JSON value as it is."""
    if isinstance(value, Record):
        return value.model_dump()
    return [as_json(item) for item in value] if isinstance(value, list) else value


def play(world: Any, conventions: Any, agents: Any) -> Stage:
    """Let a world (record or JSON value) take place. Raises `BadWorld` or `IllegalEvent`."""
    world = as_json(world)
    setting = read_setting(world, as_json(conventions), as_json(agents))
    now = Moment(0, {}, frozenset(), {}, {}, {variable.id: variable.initial for variable in setting.variables.values()})
    moments, views = [now], []
    for event in world["events"]:
        resolve(setting, now, event)
        then, roles = RULES[event["kind"]](setting, now, event)
        now = then._replace(time=now.time + 1)
        moments.append(now)
        views.append(roles)
    return Stage(setting, world["events"], moments, views)


def effects(event: Json) -> dict[str, str]:
    """The variables an event sets."""
    return {event["variable"]: event["value"]} if event["kind"] == "change" else {}


# Before anything has happened.


def read_setting(world: Json, conventions: Json, agents: Sequence[Json]) -> Setting:
    entities = world["entities"]
    distinct("ids", [thing["id"] for group in (agents, entities, world["variables"]) for thing in group])
    distinct("names of agents", [agent["name"] for agent in agents])
    kinds = {entity["id"]: entity["kind"] for entity in entities}
    names = {entity["id"]: entity["name"] for entity in entities}
    cast = {agent["id"]: agent["name"] for agent in agents}
    for entity in entities:
        place = entity.get("place")
        if place is not None and kinds.get(place) != "place":
            raise BadWorld(f"entity {entity['id']}", "a place that exists", place)
    distrust = frozenset((pair["hearer"], pair["speaker"]) for pair in world.get("distrust", []))
    for agent in (agent for pair in distrust for agent in pair):
        if agent not in cast:
            raise BadWorld("distrust", "an agent of the story", agent)
    return Setting(
        agents=cast,
        names=names,
        places=frozenset(entity for entity, kind in kinds.items() if kind == "place"),
        containers={entity["id"]: entity.get("place") for entity in entities if entity["kind"] == "container"},
        variables={variable["id"]: read_variable(variable, kinds, names, cast) for variable in world["variables"]},
        distrust=distrust,
        conventions={**DEFAULTS, **conventions},
    )


ABOUT_AND_VALUES = {"location": ("object", "container"), "contents": ("container", "object")}


def read_variable(variable: Json, kinds: Json, names: Mapping[str, str], cast: Json) -> Variable:
    """A variable whose parts fit each other."""
    where = f"variable {variable['id']}"
    about, values, presumed = variable.get("about"), variable["values"], variable.get("presumed")
    known_by = frozenset(variable.get("known_by", []))
    for value in values:
        if value not in kinds:
            raise BadWorld(where, "values that are entities", value)
    distinct(f"names of the values of {variable['id']}", [UNSETTLED, *(names[value] for value in values)])
    for field, value in (("initial", variable["initial"]), ("presumed", presumed)):
        if value not in values and not (field == "presumed" and value is None):
            raise BadWorld(where, f"{field} to be one of its values", str(value))
    if variable["kind"] in ABOUT_AND_VALUES:
        kind, of_values = ABOUT_AND_VALUES[variable["kind"]]
        if about is None or kinds.get(about) != kind:
            raise BadWorld(where, f"to be about an entity of kind {kind}", str(about))
        for value in values:
            if kinds[value] != of_values:
                raise BadWorld(where, f"values of kind {of_values}", value)
    elif about is not None and about not in kinds and about not in cast:
        raise BadWorld(where, "to be about an agent or an entity", about)
    if presumed is not None and known_by:
        raise BadWorld(where, "either presumed or known_by", "both")
    for agent in known_by:
        if agent not in cast:
            raise BadWorld(where, "known_by to name agents", agent)
    return Variable(variable["id"], variable["kind"], about, tuple(values), variable["initial"], presumed, known_by)


def distinct(what: str, items: list[str]) -> None:
    if len(set(items)) != len(items):
        raise BadWorld("world", f"{what} to be distinct", next(item for item in items if items.count(item) > 1))


# The events: what each needs, what it makes of the moment, and who takes part.


def resolve(setting: Setting, now: Moment, event: Json) -> None:
    """Raise `IllegalEvent` unless everything the event mentions exists."""
    known: tuple[tuple[str, Iterable[str]], ...] = (
        ("agent", setting.agents),
        ("place", setting.places),
        ("container", setting.containers),
        ("variable", setting.variables),
    )
    for field, ids in known:
        if field in event and event[field] not in ids:
            raise IllegalEvent(now.time, f"a known {field}", event[field])
    if "value" in event and event["value"] not in setting.variables[event["variable"]].values:
        raise IllegalEvent(now.time, f"a value of {event['variable']}", event["value"])


def seen(full: Iterable[str], secret: Iterable[str]) -> Roles:
    return {**dict.fromkeys(full, "full"), **dict.fromkeys(secret, "secret")}


def stands_in(setting: Setting, container: str | None, place: str | None) -> bool:
    """A container without a room is wherever it is needed."""
    room = setting.containers[container] if container else None
    return room is None or room == place


def require_outside(now: Moment, agent: str) -> None:
    if agent in now.room:
        raise IllegalEvent(now.time, f"{agent} to be in no room", f"{agent} in {now.room[agent]}")
    if agent in now.watching:
        raise IllegalEvent(now.time, f"{agent} to watch no room", f"{agent} watching {now.watching[agent]}")


def require_attention(now: Moment, agent: str) -> None:
    if agent in now.distracted:
        raise IllegalEvent(now.time, f"{agent} to be attentive", f"{agent} distracted")


def require_attentive_in_room(now: Moment, agent: str) -> str:
    require_attention(now, agent)
    if agent not in now.room:
        raise IllegalEvent(now.time, f"{agent} to be in a room", f"{agent} in none")
    return now.room[agent]


def enter(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent, place = event["agent"], event["place"]
    require_outside(now, agent)
    roles = seen([*now.attentive(place), agent], now.watchers(place))
    return now._replace(room={**now.room, agent: place}), roles


def leave(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent, place = event["agent"], event["place"]
    if now.room.get(agent) != place:
        raise IllegalEvent(now.time, f"{agent} to be in {place}", f"{agent} in {now.room.get(agent, 'none')}")
    witnesses = now.attentive(place) if setting.conventions["leaving"] == "witnessed" else []
    then = now._replace(
        room={other: room for other, room in now.room.items() if other != agent},
        distracted=now.distracted - {agent},
        exits={**now.exits, agent: now.time},
    )
    return then, seen([*witnesses, agent], now.watchers(place))


def change(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent, value, variable = event["agent"], event["value"], setting.variables[event["variable"]]
    require_attention(now, agent)
    place, present = now.room.get(agent), now.values[variable.id]
    if value == present:
        raise IllegalEvent(now.time, f"{variable.id} to get another value", f"{value}, which it has")
    for container in touched(variable, present, value):
        if not stands_in(setting, container, place):
            raise IllegalEvent(now.time, f"{container} to be in the room of {agent}", f"{agent} in {place or 'none'}")
    then = now._replace(values={**now.values, variable.id: value})
    return then, seen([*now.attentive(place), agent], now.watchers(place))


def touched(variable: Variable, old: str, new: str) -> tuple[str | None, ...]:
    """The containers one has to be at to change the variable."""
    if variable.kind == "location":
        return (old, new)
    return (variable.about,) if variable.kind == "contents" else ()


def reveal(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    place, variable = event["place"], setting.variables[event["variable"]]
    present = now.values[variable.id]
    attentive = now.attentive(place)
    if not attentive:
        raise IllegalEvent(now.time, f"somebody attentive in {place}", "nobody")
    for container in touched(variable, present, present):
        if not stands_in(setting, container, place):
            raise IllegalEvent(now.time, f"what {variable.id} shows to be in {place}", f"{container} elsewhere")
    return now, seen(attentive, now.watchers(place))


def look(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent = event["agent"]
    place = require_attentive_in_room(now, agent)
    if not stands_in(setting, event["container"], place):
        raise IllegalEvent(now.time, f"{event['container']} to be in {place}, with {agent}", "it elsewhere")
    return now, {**dict.fromkeys(now.attentive(place), "notice"), agent: "full"}


def peek(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    then, roles = look(setting, now, event)
    return then, roles if setting.conventions["peeking"] == "noticed" else {event["agent"]: "secret"}


def watch(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent = event["agent"]
    require_outside(now, agent)
    return now._replace(watching={**now.watching, agent: event["place"]}), {agent: "secret"}


def unwatch(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent = event["agent"]
    if agent not in now.watching:
        raise IllegalEvent(now.time, f"{agent} to be watching", "it is not")
    watching = {other: place for other, place in now.watching.items() if other != agent}
    return now._replace(watching=watching), {agent: "secret"}


def distract(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent = event["agent"]
    place = require_attentive_in_room(now, agent)
    return now._replace(distracted=now.distracted | {agent}), seen(now.attentive(place), now.watchers(place))


def attend(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    agent = event["agent"]
    if agent not in now.distracted:
        raise IllegalEvent(now.time, f"{agent} to be distracted", "it is not")
    place = now.room[agent]
    roles = seen([*now.attentive(place), agent], now.watchers(place))
    return now._replace(distracted=now.distracted - {agent}), roles


def tell(setting: Setting, now: Moment, event: Json) -> tuple[Moment, Roles]:
    require_attention(now, event["agent"])
    return now, dict.fromkeys([event["agent"], *HEARERS[event["reach"]](setting, now, event)], "full")


def private_hearers(setting: Setting, now: Moment, event: Json) -> list[str]:
    agent, to = event["agent"], event.get("to", [])
    if not to or agent in to or len(set(to)) != len(to):
        raise IllegalEvent(now.time, f"others than {agent} to tell it to, each once", f"{to}")
    place = now.room.get(agent)
    for hearer in to:
        if hearer not in setting.agents:
            raise IllegalEvent(now.time, "a known agent", hearer)
        if now.room.get(hearer) != place or hearer in now.distracted:
            raise IllegalEvent(now.time, f"{hearer} to attend where {agent} is", f"{hearer} elsewhere or distracted")
    return list(to)


def hearers_in_room(setting: Setting, now: Moment, event: Json) -> list[str]:
    require_nobody_named(now, event)
    return now.attentive(require_attentive_in_room(now, event["agent"]))


def hearers_everywhere(setting: Setting, now: Moment, event: Json) -> list[str]:
    require_nobody_named(now, event)
    return list(setting.agents)


def require_nobody_named(now: Moment, event: Json) -> None:
    if event.get("to"):
        raise IllegalEvent(now.time, f"nobody named in `to` by a telling to the {event['reach']}", f"{event['to']}")


HEARERS: dict[str, Callable[[Setting, Moment, Json], list[str]]] = {
    "private": private_hearers,
    "room": hearers_in_room,
    "everyone": hearers_everywhere,
}

RULES: dict[str, Callable[[Setting, Moment, Json], tuple[Moment, Roles]]] = {
    "enter": enter,
    "leave": leave,
    "change": change,
    "reveal": reveal,
    "look": look,
    "peek": peek,
    "watch": watch,
    "unwatch": unwatch,
    "distract": distract,
    "attend": attend,
    "tell": tell,
}
