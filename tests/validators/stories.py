"""Stories for the tests of the validators: small ones by hand, and random legal ones."""

from random import Random
from typing import Any

from hypothesis import strategies as st

from madata.schemas.episode import episode_id
from madata.schemas.structure import structure
from madata.schemas.tom import GUESS, LIE, MISTAKE, TRUTH
from madata.schemas.words import NO, NOBODY, UNSETTLED, YES
from madata.validators.tom import capabilities, model_checker, stage

Json = dict[str, Any]
REVEALS: Json = {
    "entering": "reveals",
    "leaving": "witnessed",
    "peeking": "secret",
    "telling": "trusted",
    "sincerity": "sincere",
}
CHOICES = {
    "entering": ("reveals", "hides"),
    "leaving": ("witnessed", "unnoticed"),
    "peeking": ("secret", "noticed"),
    "telling": ("trusted", "ignored", "later_exit"),
    "sincerity": ("sincere", "neutral"),
}


def agents(*names: str) -> list[Json]:
    return [{"id": f"a{number}", "name": name, "role": "person", "private": {}} for number, name in enumerate(names, 1)]


def entity(id: str, kind: str, name: str, place: str | None = None) -> Json:
    return {"id": id, "kind": kind, "name": name, "place": place}


def variable(id: str, kind: str, about: str | None, values: list[str], initial: str, **more: Any) -> Json:
    return {
        "id": id,
        "kind": kind,
        "name": id,
        "about": about,
        "values": values,
        "initial": initial,
        "presumed": None,
        "known_by": [],
        **more,
    }


def event(kind: str, agent: str | None = None, **more: Any) -> Json:
    """An event as an episode stores it, its `effects` and `view` still empty."""
    found: Json = {"kind": kind, "effects": {}, "view": {}, **({"agent": agent} if agent else {}), **more}
    return {"holds": True, "to": [], **found} if kind == "tell" else found


def enter(agent: str, place: str = "p1") -> Json:
    return event("enter", agent, place=place)


def leave(agent: str, place: str = "p1") -> Json:
    return event("leave", agent, place=place)


def move(agent: str, value: str, variable: str = "v1") -> Json:
    return event("change", agent, variable=variable, value=value)


def tell(agent: str, value: str, reach: str = "room", variable: str = "v1", **more: Any) -> Json:
    return event("tell", agent, variable=variable, value=value, reach=reach, **more)


HOUSE = [
    entity("p1", "place", "kitchen"),
    entity("p2", "place", "garden"),
    entity("c1", "container", "box", "p1"),
    entity("c2", "container", "basket", "p1"),
    entity("c3", "container", "chest", "p2"),
    entity("o1", "object", "apple"),
    entity("o2", "object", "pear"),
]
APPLE = variable("v1", "location", "o1", ["c1", "c2", "c3"], "c1")


def world(events: list[Json], variables: list[Json] | None = None, **more: Any) -> Json:
    return {
        "kind": "tom",
        "entities": HOUSE,
        "variables": variables or [APPLE],
        "distrust": [],
        "events": events,
        **more,
    }


def value(*chain: str, time: int, variable: str = "v1") -> Json:
    return {"kind": "value", "chain": list(chain), "variable": variable, "time": time}


def knows(*chain: str, time: int, variable: str = "v1") -> Json:
    return {"kind": "knows", "chain": list(chain), "variable": variable, "time": time}


# Random stories.

VARIED = [
    *HOUSE,
    entity("c4", "container", "bag"),
    entity("s1", "value", "Monday"),
    entity("s2", "value", "Tuesday"),
    entity("s3", "value", "Sunday"),
]


def random_story(random: Random, people: int, length: int) -> tuple[Json, Json, list[Json]]:
    """A legal world with conventions and agents. Events are drawn blindly and kept if they can happen."""
    cast = agents(*(f"Agent{number}" for number in range(people)))
    ids = [agent["id"] for agent in cast]
    conventions = {name: random.choice(choices) for name, choices in CHOICES.items()}
    start: list[Json] = [{}, {"presumed": "s2"}, {"known_by": random.sample(ids, random.randint(1, people))}]
    variables = [
        variable("v1", "location", "o1", ["c1", "c2", "c3"], random.choice(["c1", "c2", "c3"])),
        variable("v2", "location", "o2", ["c1", "c4"], "c1", **random.choice([{}, {"known_by": ids[:1]}])),
        variable("v3", "contents", "c2", ["o1", "o2"], "o1", **random.choice([{}, {"presumed": "o2"}])),
        variable("v4", "fact", None, ["s1", "s2", "s3"], "s1", **random.choice(start)),
    ]
    distrust = [{"hearer": pair[0], "speaker": pair[1]} for pair in [random.sample(ids, 2)] if random.random() < 0.3]
    story = world([], variables, entities=VARIED, distrust=distrust)
    setting = stage.read_setting(story, conventions, cast)
    now = stage.play(story, conventions, cast).moments[0]
    while len(story["events"]) < length:
        proposed = random_event(random, ids, variables)
        try:
            then, _ = stage.RULES[proposed["kind"]](setting, now, proposed)
        except stage.IllegalEvent:
            continue
        story["events"].append(proposed)
        now = then._replace(time=now.time + 1)
    return story, conventions, cast


def random_event(random: Random, ids: list[str], variables: list[Json]) -> Json:
    kind = random.choice([*stage.RULES, "enter", "enter", "leave", "change", "change", "tell"])
    agent, other = random.choice(ids), random.choice(variables)
    place, told = random.choice(["p1", "p1", "p2"]), random.choice(other["values"])
    if kind in ("enter", "leave", "watch"):
        return event(kind, agent, place=place)
    if kind == "change":
        return move(agent, told, other["id"])
    if kind == "reveal":
        return event(kind, place=place, variable=other["id"])
    if kind in ("look", "peek"):
        return event(kind, agent, container=random.choice(["c1", "c2", "c3", "c4"]))
    if kind != "tell":
        return event(kind, agent)
    reach = random.choice(["private", "room", "everyone"])
    to = random.sample(ids, random.randint(1, 2)) if reach == "private" else []
    return tell(agent, told, reach, other["id"], to=to, holds=random.random() < 0.7)


Drawn = tuple[Json, Json, list[Json]]
STORIES = st.builds(random_story, st.integers(0, 2**32).map(Random), st.integers(3, 5), st.integers(0, 20))


# Episodes.


def episode(world: Json, conventions: Json, cast: list[Json], queries: list[Json]) -> Json:
    """An episode whose stored labels are what the validators derive: good until something is planted in it."""
    played = stage.play(world, conventions, cast)
    events = [
        {**event, "effects": stage.effects(event), "view": view}
        for event, view in zip(played.events, played.views, strict=True)
    ]
    story = model_checker.Story(world, conventions, cast)
    found: Json = {
        "schema_version": "1.0",
        "id": "",
        "task": "tom",
        "family": "location",
        "capabilities": [],
        "seed": "1",
        "difficulty": {},
        "conventions": conventions,
        "agents": cast,
        "world": {**world, "events": events},
        "outcome": None,
        "structure": "",
        "turns": [setup(cast), *(telling(index, event) for index, event in enumerate(events, 1))],
        "questions": [question(number, story, query) for number, query in enumerate(queries, 1)],
        "provenance": {"generator": "test", "teachers": [], "attempts": 1, "source": None},
    }
    found["capabilities"] = capabilities.capabilities(story, found["questions"])
    found["structure"] = structure("tom", found["world"], conventions, cast)
    return {**found, "id": episode_id(found)}


def turn(index: int, time: int, audience: list[str], **more: Any) -> Json:
    empty = {"speaker": None, "channel": "narration", "act": None, "text": "It happens.", "event": None}
    return {"index": index, "time": time, "audience": audience, **empty, **more}


def setup(cast: list[Json]) -> Json:
    return turn(0, 0, [agent["id"] for agent in cast])


def telling(index: int, event: Json) -> Json:
    told = turn(index, index - 1, list(event["view"]), event=index - 1)
    if event["kind"] != "tell":
        return told
    return {**told, "speaker": event["agent"], "channel": "private" if event["reach"] == "private" else "public"}


def question(number: int, story: model_checker.Story, query: Json) -> Json:
    derived = story.answer(query)
    kind = query["kind"]
    options = {
        "knows": [YES, NO],
        "saw": [YES, NO],
        "lie": [LIE, MISTAKE, TRUTH, GUESS],
        "knowers": [NOBODY, *story.setting.agents.values()],
        "targets": [NOBODY, *story.setting.agents.values()],
    }.get(kind, [UNSETTLED, *story.setting.names.values()])
    return {
        "id": f"q{number}",
        "ability": kind,
        "order": model_checker.order(query),
        "query": query,
        "text": "What?",
        "options": list(dict.fromkeys([*options, *derived.answer])),
        "answer": derived.answer,
        "evidence": derived.evidence,
        "view": derived.view,
    }
