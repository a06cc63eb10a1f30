"""From sentences to the language of the world: events, facts of the setting, queries.

A `Reader` knows the names, variables and places of one episode, and how things stand at a moment of the story, against
which it holds what a sentence says in passing ("from the red box", "in the kitchen"). What cannot be so is a `Misread`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from madata.validators.tom.reading import grammar
from madata.validators.tom.reading.grammar import Sentence
from madata.validators.tom.reading.names import Candidates, Names

Json = Mapping[str, Any]
Event = dict[str, Any]
Fact = tuple[Any, ...]

STORED = ("effects", "view")
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Misread(Exception):
    """A sentence that can be read and cannot be so. Both are parts of a story: identifiers, words or lists of them."""

    def __init__(self, expected: object, found: object) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found


class Said(NamedTuple):
    """A sentence, what the slots of its turn stand for, and who says it ("I")."""

    sentence: Sentence
    slots: Sequence[Candidates]
    speaker: str | None

    def has(self, role: str) -> bool:
        return role in self.sentence.words

    def all(self, role: str) -> list[Candidates]:
        return [self.slots[number] for number in self.sentence.slots.get(role, ())]

    def ids(self, role: str) -> list[str]:
        return [candidates[0] for candidates in self.all(role)]

    def one(self, role: str, among: Sequence[str] = ()) -> str:
        """What fills a role wherever it is mentioned; of several things of one name, the one in `among`."""
        mentioned = set(self.all(role))
        if len(mentioned) != 1:
            raise Misread(f"one {role}", sorted(candidates[0] for candidates in mentioned) or "none")
        candidates = mentioned.pop()
        return next((candidate for candidate in candidates if candidate in among), candidates[0])

    def agent(self) -> str:
        if self.all("agent"):
            return self.one("agent")
        if self.speaker is None:
            raise Misread("somebody who does it", "nobody")
        return self.speaker


class Claim(NamedTuple):
    variable: str
    value: str
    holds: bool


class Now:
    """How things stand: the values of variables, who is in which room, who watches which, and in (or for a watcher, at)
    which room each event so far took place."""

    def __init__(self, world: Json) -> None:
        self.values = {variable["id"]: variable["initial"] for variable in world["variables"]}
        self.rooms: dict[str, str] = {}
        self.watched: dict[str, str] = {}
        self.scenes: list[str | None] = []

    def happen(self, event: Json) -> None:
        kind, agent = event["kind"], event.get("agent", "")
        self.scenes.append(event.get("place") or self.rooms.get(agent) or self.watched.get(agent))
        if kind == "enter":
            self.rooms[event["agent"]] = event["place"]
        elif kind == "leave":
            self.rooms.pop(event["agent"], None)
        elif kind == "watch":
            self.watched[event["agent"]] = event["place"]
        elif kind == "unwatch":
            self.watched.pop(event["agent"], None)
        elif kind == "change":
            self.values[event["variable"]] = event["value"]


class Reader:
    def __init__(self, agents: Sequence[Json], world: Json, conventions: Json) -> None:
        self.order = {agent["id"]: number for number, agent in enumerate(agents)}
        self.called: dict[str, str] = {
            named["id"]: named["name"] for named in (*world["variables"], *agents, *world["entities"])
        }
        self.conventions = conventions
        self.variables = world["variables"]
        self.names = Names(agents, world)
        self.now = Now(world)
        self.values = {variable["id"]: variable["values"] for variable in self.variables}
        self.stands_in = {entity["id"]: entity.get("place") for entity in world["entities"]}
        self.about: dict[tuple[str, str | None], str] = {
            (variable["kind"], variable.get("about")): variable["id"]
            for variable in self.variables
            if variable["kind"] != "fact"
        }

    def turn(self, text: str, speaker: str | None) -> list[Said]:
        skeleton, slots = self.names.split(text)
        return [Said(sentence, slots, speaker) for sentence in grammar.turn(skeleton)]

    def plain(self, event: Json) -> Event:
        """A stored event without what is derived, in the form in which events are read."""
        plain = {key: value for key, value in event.items() if key not in STORED}
        if event["kind"] == "tell":
            plain |= {"holds": event.get("holds", True), "to": sorted(event.get("to", []), key=self.place_of)}
        return plain

    def place_of(self, agent: str) -> int:
        return self.order.get(agent, len(self.order))

    # Variables and claims.

    def variable(self, kind: str, about: str) -> str:
        variable = self.about.get((kind, about))
        if variable is None:
            raise Misread(f"something that has a {kind}", about)
        return variable

    def topic(self, about: str) -> str:
        """The variable called by a fact's own name, by a thing (where it is) or by a container (what it holds)."""
        located = self.about.get(("location", about))
        if about in self.values or located:
            return located or about
        return self.variable("contents", about)

    def matter(self, said: Said) -> str:
        """The variable asked about."""
        role = next((role for role in ("variable", "thing") if said.has(role)), "container")
        return self.topic(said.one(role))

    def claim(self, said: Said) -> Claim:
        holds = not said.has("not")
        if said.has("variable"):
            variable = said.one("variable")
            return Claim(variable, said.one("value", self.values[variable]), holds)
        location = self.about.get(("location", said.one("thing")))
        if location is not None:
            return Claim(location, said.one("container"), holds)
        variable = self.variable("contents", said.one("container"))
        return Claim(variable, said.one("thing", self.values[variable]), holds)

    # Events.

    def event(self, said: Said) -> Event:
        """The event a sentence tells."""
        return EVENTS[said.sentence.says](self, said)

    def passing(self, said: Said) -> Iterator[tuple[object, object]]:
        """What a sentence that tells an event takes to be so besides and is not, as (expected, found)."""
        now, says, manner = self.now, said.sentence.says, said.sentence.manner
        pairs: list[tuple[object, object]] = []
        if says in ("distract", "attend", "tell room"):
            pairs.append((now.rooms.get(said.agent()), said.one("place")))
        elif says == "unwatch":
            pairs.append((now.watched.get(said.agent()), said.one("place")))
        elif says == "move":
            pairs.append((now.values[self.variable("location", said.one("thing"))], said.one("from")))
        elif says == "swap":
            variable = self.variable("contents", said.one("container"))
            pairs.append((now.values[variable], said.one("old", self.values[variable])))
        elif says == "reveal":
            pairs.append(self.truth(said))
        yield from ((expected, found) for expected, found in pairs if expected != found)
        if "open" in manner and says != "look":
            yield "something that is not an open look", "openly"
        secret = says == "watch" or (says == "peek" and self.conventions["peeking"] == "secret")
        if "secret" in manner and not secret:
            yield "something that is noticed", "in secret"

    def truth(self, said: Said) -> tuple[object, object]:
        """The value a claim should name, and what it names."""
        claim = self.claim(said)
        return self.now.values[claim.variable], claim.value if claim.holds else ("not", claim.value)

    def sight(self, said: Said, event: Json) -> Iterator[tuple[object, object]]:
        """What a sentence says is seen at an event and is not, as (expected, found)."""
        says = said.sentence.says
        roles = {"in sight": ("place",), "reveal": ("place",), "watcher sees": ("agent", "place")}
        for role in roles.get(says, ("agent", "container")):
            if event.get(role) != said.one(role):
                yield event.get(role), said.one(role)
        expected: object
        found: object
        if says in roles and said.has("thing") and not said.has("container"):
            spot = self.now.values[self.about["location", said.one("thing")]]
            expected = found = "none there"
            if self.stands_in.get(spot) == said.one("place"):
                expected = spot
        elif says in roles:
            expected, found = self.truth(said)
        else:
            inside, seen = self.inside(said.one("container")), said.all("things")
            expected = sorted(inside) or "nothing"
            same = len(inside) == len(seen) and all(inside.intersection(candidates) for candidates in seen)
            found = expected if same else said.ids("things") or "nothing"
        if expected != found:
            yield expected, found

    def inside(self, container: str) -> set[str]:
        values = self.now.values
        located = {
            str(variable.get("about"))
            for variable in self.variables
            if variable["kind"] == "location" and values[variable["id"]] == container
        }
        held = self.about.get(("contents", container))
        return located | {values[held]} if held else located

    # The setting.

    def facts(self, said: Said) -> list[Fact]:
        """What a sentence of the setting states."""
        says = said.sentence.says
        return [tuple(says.split("="))] if "=" in says else SETTING[says](self, said)

    # Questions.

    def query(self, text: str, events: Sequence[Json]) -> dict[str, Any] | None:
        """The query a question asks, without what is null or empty; None if it cannot be read."""
        skeleton, slots = self.names.split(text)
        said = Said(grammar.question(skeleton), slots, None)
        kind = said.sentence.says
        if kind == grammar.UNREAD:
            return None
        event = self.mentioned(said, events)
        if kind in ("saw", "lie", "targets"):
            if event is None or (said.has("speaker") and said.one("speaker") != events[event].get("agent")):
                raise Misread("one speaker", said.ids("speaker"))
            return {"kind": kind, "event": event, **({"agent": said.one("asked")} if kind == "saw" else {})}
        time = event + said.has("after") if event is not None else 0 if said.has("start") else len(events)
        chain = [*said.ids("view"), *said.ids("chain"), *said.ids("asked")]
        if kind == "search" and said.has("variable"):
            return {"kind": kind, "chain": chain, "via": said.one("variable"), "time": time}
        query = {"kind": kind, "variable": self.matter(said), "time": time}
        return query | {"chain": chain} if chain else query

    def mentioned(self, said: Said, events: Sequence[Json]) -> int | None:
        """The number of the event a question mentions, if it does; all of them have happened."""
        mention = said.sentence.event
        if mention is None:
            return None
        told = said._replace(sentence=mention)
        sought = EVENTS[mention.says](self, told)
        scenes = [told.one("place")] if told.has("place") else self.now.scenes
        same = [
            number
            for number, (event, scene) in enumerate(zip(events, self.now.scenes, strict=False))
            if scene in scenes and all(event.get(key) == sought[key] for key in sought)
        ]
        ordinal = mention.words.get("ordinal")
        wanted = ORDINALS.index(ordinal) if ordinal else 0
        if wanted >= len(same) or (ordinal is None and len(same) > 1):
            raise Misread("one event of the story", f"{len(same)} events that it can be")
        return same[wanted]


# What each heading of the lexicon builds.


def simple(kind: str, *roles: str) -> Callable[[Reader, Said], Event]:
    def build(reader: Reader, said: Said) -> Event:
        return {"kind": kind, "agent": said.agent(), **{role: said.one(role) for role in roles}}

    return build


def move(reader: Reader, said: Said) -> Event:
    variable = reader.variable("location", said.one("thing"))
    return {"kind": "change", "agent": said.agent(), "variable": variable, "value": said.one("to")}


def swap(reader: Reader, said: Said) -> Event:
    variable = reader.variable("contents", said.one("container"))
    value = said.one("new", reader.values[variable])
    return {"kind": "change", "agent": said.agent(), "variable": variable, "value": value}


def alter(reader: Reader, said: Said) -> Event:
    claim = reader.claim(said)
    return {"kind": "change", "agent": said.agent(), "variable": claim.variable, "value": claim.value}


def reveal(reader: Reader, said: Said) -> Event:
    shown = reader.claim(said).variable if said.has("thing") and said.has("container") else reader.matter(said)
    return {"kind": "reveal", "place": said.one("place"), "variable": shown}


def tell(reach: str) -> Callable[[Reader, Said], Event]:
    def build(reader: Reader, said: Said) -> Event:
        to = sorted(said.ids("hearers"), key=reader.place_of)
        return {"kind": "tell", "agent": said.agent(), **reader.claim(said)._asdict(), "reach": reach, "to": to}

    return build


EVENTS: dict[str, Callable[[Reader, Said], Event]] = {
    "enter": simple("enter", "place"),
    "leave": simple("leave", "place"),
    "move": move,
    "swap": swap,
    "alter": alter,
    "reveal": reveal,
    "look": simple("look", "container"),
    "peek": simple("peek", "container"),
    "watch": simple("watch", "place"),
    "unwatch": simple("unwatch"),
    "distract": simple("distract"),
    "attend": simple("attend"),
    "tell room": tell("room"),
    "tell everyone": tell("everyone"),
    "tell private": tell("private"),
}
SIGHTS = ("found", "found nothing", "in sight", "watcher sees", "reveal")


def stated(kind: str) -> Callable[[Reader, Said], list[Fact]]:
    def build(reader: Reader, said: Said) -> list[Fact]:
        claim = reader.claim(said)
        return [(kind if claim.holds else f"not {kind}", claim.variable, claim.value)]

    return build


def nobody_knows(reader: Reader, said: Said) -> list[Fact]:
    return [("known by", reader.topic(candidates[0]), ()) for candidates in said.all("matters")]


def only_knows(reader: Reader, said: Said) -> list[Fact]:
    return [("known by", reader.matter(said), tuple(sorted(said.ids("people"), key=reader.place_of)))]


SETTING: dict[str, Callable[[Reader, Said], list[Fact]]] = {
    "people": lambda reader, said: [("person", agent) for agent in said.ids("people")],
    "outside": lambda reader, said: [("everybody is outside",)],
    "room": lambda reader, said: [("room", said.one("place"))],
    "furniture": lambda reader, said: [
        ("room", said.one("place")),
        *(("stands in", container, said.one("place")) for container in said.ids("containers")),
    ],
    "at first": stated("at first"),
    "label": stated("presumed"),
    "nobody knows": nobody_knows,
    "only knows": only_knows,
    "distrust": lambda reader, said: [("never believes", said.one("hearer"), said.one("speaker"))],
}
