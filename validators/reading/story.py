"""From sentences to the language of the world: events, facts of the setting, queries.

A `Reader` knows the names, variables and places of one episode, and how things stand at a moment of the story, against
which it holds what a sentence says in passing ("from the red box", "in the kitchen"). What cannot be so is a `Misread`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from madata.validators.reading import grammar
from madata.validators.reading.grammar import Sentence
from madata.validators.reading.names import Candidates, Names

Json = Mapping[str, Any]
Event = dict[str, Any]
Fact = tuple[Any, ...]

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


class Misread(Exception):
    """A sentence that can be read and cannot be so."""

    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected = expected
        self.found = found


class Said(NamedTuple):
    """A sentence with what its slots stand for, and who says it ("I")."""

    sentence: Sentence
    slots: Sequence[Candidates]
    speaker: str | None

    def __contains__(self, role: object) -> bool:
        return role in self.sentence.words

    def all(self, role: str) -> list[Candidates]:
        return [self.slots[number] for number in self.sentence.slots.get(role, ())]

    def ids(self, role: str) -> list[str]:
        return [candidates[0] for candidates in self.all(role)]

    def one(self, role: str, among: Sequence[str] = ()) -> str:
        """What fills a role, wherever it is mentioned; of several things of one name, the one in `among`."""
        mentioned = self.all(role)
        if len(set(mentioned)) != 1:
            raise Misread(f"one {role}", " and ".join(sorted({candidates[0] for candidates in mentioned})) or "none")
        return next((candidate for candidate in mentioned[0] if candidate in among), mentioned[0][0])

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
    """How things stand: the values of variables, who is in which room, who watches which."""

    def __init__(self, world: Json) -> None:
        self.values = {variable["id"]: variable["initial"] for variable in world["variables"]}
        self.rooms: dict[str, str] = {}
        self.watched: dict[str, str] = {}

    def happen(self, event: Json) -> None:
        kind = event["kind"]
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
        self.agents = [agent["id"] for agent in agents]
        self.world = world
        self.conventions = conventions
        self.names = Names(agents, world)
        self.now = Now(world)
        self.values = {variable["id"]: variable["values"] for variable in world["variables"]}
        self.about = {
            (variable["kind"], variable["about"]): variable["id"]
            for variable in world["variables"]
            if variable["kind"] != "fact"
        }

    def turn(self, text: str, speaker: str | None) -> list[Said]:
        skeleton, slots = self.names.split(text)
        return [Said(sentence, slots, speaker) for sentence in grammar.turn(skeleton)]

    # Variables and claims.

    def variable(self, kind: str, about: str) -> str:
        variable = self.about.get((kind, about))
        if variable is None:
            raise Misread(f"something the story says the {kind} of", about)
        return variable

    def matter(self, said: Said) -> str:
        """The variable asked about: where a thing is, what is in a container, or a fact."""
        if "variable" in said:
            return said.one("variable")
        if "thing" in said:
            return self.variable("location", said.one("thing"))
        return self.variable("contents", said.one("container"))

    def topic(self, about: str) -> str:
        """The variable called by a fact's own name, by a thing (where it is) or by a container (what it holds)."""
        known = about if about in self.values else self.about.get(("location", about), self.about.get(("contents", about)))
        if known is None:
            raise Misread("something that can be known", about)
        return known

    def claim(self, said: Said) -> Claim:
        holds = "not" not in said
        if "variable" in said:
            variable = said.one("variable")
            return Claim(variable, said.one("value", self.values[variable]), holds)
        location = self.about.get(("location", said.one("thing")))
        if location is not None:
            return Claim(location, said.one("container"), holds)
        variable = self.variable("contents", said.one("container"))
        return Claim(variable, said.one("thing", self.values[variable]), holds)

    # Events.

    def event(self, said: Said) -> Event:
        """The event a sentence tells; `passing` says what else it takes to be so."""
        return EVENTS[said.sentence.says](self, said)

    def passing(self, said: Said) -> Iterator[tuple[str, str]]:
        """What a sentence says in passing and is not so, as (expected, found)."""
        now = self.now
        says, manner = said.sentence.says, said.sentence.manner
        if says in ("distract", "attend", "tell room"):
            yield from self.differing(now.rooms.get(said.agent()), said.one("place"))
        elif says == "unwatch":
            yield from self.differing(now.watched.get(said.agent()), said.one("place"))
        elif says == "move":
            yield from self.differing(now.values[self.variable("location", said.one("thing"))], said.one("from"))
        elif says == "swap":
            variable = self.variable("contents", said.one("container"))
            yield from self.differing(now.values[variable], said.one("old", self.values[variable]))
        elif says == "reveal":
            claim = self.claim(said)
            yield from self.differing(now.values[claim.variable], claim.value)
            if not claim.holds:
                yield "what is so", "what is not so"
        if "open" in manner and says != "look":
            yield "nothing done openly", "openly"
        if "open" not in manner and says == "look":
            yield "an open look", "a look"
        if "secret" in manner and (says not in ("watch", "peek") or self.conventions["peeking"] != "secret" == says):
            yield "nothing done in secret", "in secret"

    def differing(self, expected: str | None, found: str) -> Iterator[tuple[str, str]]:
        if expected != found:
            yield expected or "nowhere", found

    def inside(self, container: str) -> set[str]:
        """What is in a container now."""
        things = {
            variable["about"]
            for variable in self.world["variables"]
            if variable["kind"] == "location" and self.now.values[variable["id"]] == container
        }
        held = self.about.get(("contents", container))
        return things | ({self.now.values[held]} if held else set())

    # The setting.

    def facts(self, said: Said) -> list[Fact]:
        """What a sentence of the setting states."""
        says = said.sentence.says
        if "=" in says:
            return [tuple(says.split("="))]
        return SETTING[says](self, said)

    # Questions.

    def query(self, text: str, events: Sequence[Json]) -> dict[str, Any] | None:
        """The query a question asks; None if it cannot be read."""
        skeleton, slots = self.names.split(text)
        sentence = grammar.question(skeleton)
        said = Said(sentence, slots, None)
        kind = sentence.says
        if kind == grammar.UNREAD:
            return None
        query: dict[str, Any] = {"kind": kind}
        event = self.mentioned(said, events) if any(heading in said for heading in MENTIONED) else None
        if kind in ("saw", "lie", "targets"):
            query["event"] = event
            if "speaker" in said and event is not None and said.one("speaker") != events[event]["agent"]:
                raise Misread(events[event]["agent"], said.one("speaker"))
            return {**query, "agent": said.one("asked")} if kind == "saw" else query
        if event is not None:
            query["time"] = event + ("after" in said)
        else:
            query["time"] = 0 if "start" in said else len(events)
        query["variable"] = self.matter(said)
        if kind != "knowers":
            query["chain"] = said.ids("view") + said.ids("chain") + said.ids("asked")
        return query

    def mentioned(self, said: Said, events: Sequence[Json]) -> int:
        """The number of the event a question mentions."""
        heading = next(heading for heading in MENTIONED if heading in said)
        sought = EVENTS[heading.replace("_", " ")](self, said)
        same = [index for index, event in enumerate(events) if all(event.get(key) == sought[key] for key in sought)]
        ordinal = said.sentence.words.get("ordinal")
        wanted = ORDINALS.index(ordinal) if ordinal else 0
        if wanted >= len(same) or (ordinal is None and len(same) > 1):
            raise Misread("one event of the story", f"{len(same)} events that it can mean")
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
    shown = reader.claim(said).variable if "container" in said and "thing" in said else reader.matter(said)
    return {"kind": "reveal", "place": said.one("place"), "variable": shown}


def tell(reach: str) -> Callable[[Reader, Said], Event]:
    def build(reader: Reader, said: Said) -> Event:
        to = sorted(said.ids("hearers"), key=reader.agents.index)
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
MENTIONED = tuple(heading.replace(" ", "_") for heading in EVENTS)


def stated(reader: Reader, said: Said) -> list[Fact]:
    claim = reader.claim(said)
    return [("at first" if claim.holds else "not at first", claim.variable, claim.value)]


def label(reader: Reader, said: Said) -> list[Fact]:
    claim = reader.claim(said)
    return [("presumed" if claim.holds else "not presumed", claim.variable, claim.value)]


def nobody_knows(reader: Reader, said: Said) -> list[Fact]:
    return [("known by", reader.topic(candidates[0])) for candidates in said.all("matters")]


def only_knows(reader: Reader, said: Said) -> list[Fact]:
    return [("known by", reader.matter(said), *sorted(said.ids("people"), key=reader.agents.index))]


SETTING: dict[str, Callable[[Reader, Said], list[Fact]]] = {
    "people": lambda reader, said: [("person", agent) for agent in said.ids("people")],
    "outside": lambda reader, said: [("everybody is outside",)],
    "room": lambda reader, said: [("room", said.one("place"))],
    "furniture": lambda reader, said: [
        ("room", said.one("place")),
        *(("stands in", container, said.one("place")) for container in said.ids("containers")),
    ],
    "at first": stated,
    "nobody knows": nobody_knows,
    "only knows": only_knows,
    "label": label,
    "distrust": lambda reader, said: [("never believes", said.one("hearer"), said.one("speaker"))],
}
