"""Turns of a ToM story in the words of models: what each must say, and what it may mention.

A model may put into words what an agent does: the first turn of an event (but a reveal, which nobody does), a question
about a variable, and small talk. The setting, what is found or seen, and reveals are the world's own narration.
"""

from collections.abc import Iterator

from madata.validators.spoken import ASK, TALK, Json, Line, index, mentioned

SPEECH = ("tell", ASK, TALK)


class Scene:
    """One story while it is told: its names, and who has met which of them."""

    def __init__(self, agents: list[Json], world: Json) -> None:
        self._people: dict[str, str] = {agent["id"]: agent["name"] for agent in agents}
        self._called: dict[str, str] = self._people | {entity["id"]: entity["name"] for entity in world["entities"]}
        self._variables = {variable["id"]: variable for variable in world["variables"]}
        self._now = {variable["id"]: variable["initial"] for variable in world["variables"]}
        self._topics = frozenset(each["name"] for each in world["variables"] if each["kind"] == "fact")
        self._names = self._topics.union(entity["name"] for entity in world["entities"])
        self._secrets = {
            self._name(variable["initial"])
            for variable in world["variables"]
            if 0 < len(set(variable.get("known_by", ()))) < len(agents)
        }
        self._place: dict[str, str] = {}
        self._met: dict[str, set[str]] = {agent: set() for agent in self._people}
        self._told: set[int] = set()
        self._index = index({*self._names, *self._people.values()})

    def act(self, turn: Json, event: Json | None) -> str | None:
        """The act a model may put into words here; None where the world's own narration belongs."""
        if event is not None:
            whose = event["kind"] != "reveal" and turn["event"] not in self._told
            known = event.get("variable", next(iter(self._variables))) in self._variables
            kind: str = event["kind"]
            return kind if whose and known and (turn["speaker"] or kind != "tell") else None
        if turn["speaker"] is None or turn["event"] is not None:
            return None
        if turn["act"] is None:
            return TALK
        asked = turn["act"]["performative"] == "query-ref" and turn["act"]["content"].get("variable") in self._variables
        return ASK if asked else None

    def line(self, turn: Json, event: Json | None) -> Line:
        """A turn that is about to be said."""
        act = self.act(turn, event)
        if act is None:
            raise ValueError(f"turn {turn['index']} is told by the world, not by a model")
        actor = turn["speaker"] if event is None else event["agent"]
        audience = [agent for agent in self._people if agent in turn["audience"]]
        hearers = tuple(self._people[agent] for agent in audience if agent != actor)
        met = [self._met.get(agent, set()) for agent in ([actor] if turn["speaker"] else audience)]
        knowing = [self._met[agent] for agent in audience if agent != actor]
        room = [self._name(place) for place in [self._place.get(actor)] if place]
        return Line(
            text=turn["text"],
            act=act,
            speech=act in SPEECH,
            actor=self._name(actor),
            aloud=turn["speaker"] is not None,
            hearers=hearers,
            people=tuple(self._people.values()),
            must=tuple(self._must(turn, event)),
            may=frozenset([*hearers, self._name(actor), *room, *self._before(event)]),
            holds=event.get("holds", True) if event and act == "tell" else None,
            names=self._names,
            topics=self._topics,
            met=frozenset(set.intersection(*met)) if met else frozenset(),
            private=frozenset(name for name in self._secrets if not all(name in known for known in knowing)),
        )

    def hear(self, turn: Json, event: Json | None) -> None:
        """A turn that was said, whoever said it."""
        said = {*mentioned(turn["text"], self._index), *self._must(turn, event)}
        for agent in turn["audience"]:
            self._met.get(agent, set()).update(said)
        if event is None or turn["event"] in self._told:
            return
        self._told.add(turn["event"])
        self._now.update(event.get("effects", {}))
        match event["kind"]:
            case "enter" | "watch":
                self._place[event["agent"]] = event["place"]
            case "leave" | "unwatch":
                self._place.pop(event["agent"], None)

    def _name(self, identifier: str) -> str:
        return self._called.get(identifier, identifier)

    def _must(self, turn: Json, event: Json | None) -> Iterator[str]:
        """What an act is about: a room, a container, what a variable is about, its value."""
        asked = turn["act"]["content"].get("variable") if event is None and turn["act"] else None
        variable = self._variables.get(asked if event is None else event.get("variable"))
        if variable:
            about = variable["about"] if variable["kind"] != "fact" else None
            yield self._name(about) if about else variable["name"]
        if event is None:
            return
        yield from (self._name(event[part]) for part in ("value", "container", "place") if part in event)
        if event["kind"] in ("unwatch", "distract", "attend") and (place := self._place.get(event["agent"])):
            yield self._name(place)

    def _before(self, event: Json | None) -> Iterator[str]:
        """The value that a change puts an end to."""
        if event is not None and event["kind"] == "change" and event["variable"] in self._now:
            yield self._name(self._now[event["variable"]])
