"""Random legal ToM stories over the whole language, and random queries about them, to compare two implementations."""

import random

from madata.generators.tom.stage import Stage, Unstageable
from madata.schemas import Agent, Conventions
from madata.schemas.tom import (
    All,
    Any,
    Case,
    CasesQuery,
    Distrust,
    Entity,
    Is,
    KnowersQuery,
    KnowsQuery,
    LieQuery,
    Not,
    Query,
    SawQuery,
    SearchQuery,
    TargetsQuery,
    ValueQuery,
    Variable,
)

EVENTS = """enter enter enter leave change change change reveal look peek watch unwatch distract attend
tell tell tell""".split()
AGENTS = "Ann Ben Cho Dia Eli Fay Gus Hua".split()


def random_stage(rng: random.Random, agents: int, events: int) -> Stage:
    """A stage on which `events` random legal events of every kind have happened (fewer if nothing is possible)."""
    ids = [f"a{i}" for i in range(agents)]
    conventions = Conventions(
        entering=rng.choice(["reveals", "hides"]),
        leaving=rng.choice(["witnessed", "unnoticed"]),
        peeking=rng.choice(["secret", "noticed"]),
        telling=rng.choice(["trusted", "ignored", "later_exit"]),
        sincerity=rng.choice(["sincere", "neutral"]),
    )
    places = [Entity(id=f"p{i}", kind="place", name=f"room {i}") for i in range(2)]
    boxes = [Entity(id=f"c{i}", kind="container", name=f"box {i}", place=f"p{i % 2}") for i in range(5)]
    boxes.append(Entity(id="c5", kind="container", name="bag"))
    things = [Entity(id=f"o{i}", kind="object", name=f"thing {i}") for i in (0, 1, 2, 3, 9)]
    values = [Entity(id=f"x{i}", kind="value", name=f"value {i}") for i in range(3)]
    knowers = rng.sample(ids, rng.randint(0, min(2, agents)))
    variables = [
        Variable(id="v0", kind="location", name="thing 0", about="o0", values=[b.id for b in boxes], initial="c0"),
        Variable(
            id="v1",
            kind="contents",
            name="box 0",
            about="c0",
            values=["o1", "o2", "o3"],
            initial=rng.choice(["o1", "o2"]),
            presumed=rng.choice([None, "o1"]),
        ),
        Variable(id="v2", kind="fact", name="fact", values=["x0", "x1", "x2"], initial="x0", known_by=sorted(knowers)),
        Variable(id="v3", kind="fact", name="wish", about="a0", values=["o0", "o9"], initial="o0", known_by=["a0"]),
    ]
    variables.append(
        Variable(id="v4", kind="location", name="thing 9", about="o9", values=["c1", "c2", "c3"], initial="c3")
    )
    pairs = [(h, s) for h in ids for s in ids if h != s]
    wary = rng.sample(pairs, rng.choice([0, 0, 1, 2]))
    distrust = [Distrust(hearer=h, speaker=s) for h, s in wary]
    stage = Stage(
        [Agent(id=a, name=n, role="participant") for a, n in zip(ids, AGENTS, strict=False)],
        conventions,
        [*places, *boxes, *things, *values],
        variables,
        distrust,
    )
    for _ in range(events * 20):
        if len(stage.events) >= events:
            break
        try:
            _one_event(stage, rng)
        except Unstageable:
            continue
    return stage


def _one_event(stage: Stage, rng: random.Random) -> None:
    agent = rng.choice(stage.ids)
    variable = stage.variables[rng.choice(["v0", "v0", "v1", "v2", "v3", "v4"])]
    value = rng.choice(variable.values)
    place = rng.choice(["p0", "p0", "p1"])
    container = rng.choice(["c0", "c0", "c1", "c2", "c5"])
    match rng.choice(EVENTS):
        case "enter":
            stage.enter(agent, place)
        case "leave":
            stage.leave(agent)
        case "change":
            stage.change(agent, variable.id, value)
        case "reveal":
            stage.reveal(place, variable.id)
        case "look":
            stage.look(agent, container)
        case "peek":
            stage.peek(agent, container)
        case "watch":
            stage.watch(agent, place)
        case "unwatch":
            stage.unwatch(agent)
        case "distract":
            stage.distract(agent)
        case "attend":
            stage.attend(agent)
        case "tell":
            reach = rng.choice(["private", "room", "everyone"])
            to = sorted(rng.sample(stage.ids, rng.randint(1, 2))) if reach == "private" else []
            if agent in to:
                raise Unstageable("to oneself")
            stage.tell(agent, variable.id, value, reach, to, holds=rng.random() < 0.75)


def random_queries(rng: random.Random, stage: Stage, count: int) -> list[Query]:
    end = len(stage.events)
    variables = list(stage.variables)
    places = [v.id for v in stage.variables.values() if v.kind == "location"]
    located = {stage.variables[v].about for v in places}
    wishes = [v.id for v in stage.variables.values() if v.kind == "fact" and located.issuperset(v.values)]
    tellings = [i for i, event in enumerate(stage.events) if event.kind == "tell"]

    def chain(least: int) -> list[str]:
        return [rng.choice(stage.ids) for _ in range(rng.randint(least, 4))]

    def time() -> int:
        return end if rng.random() < 0.7 else rng.randint(0, end)

    def literal() -> Is:
        variable = rng.choice(list(stage.variables.values()))
        value = rng.choice([None, *variable.values])
        return Is(chain=chain(0), variable=variable.id, value=value, time=time())

    queries: list[Query] = []
    for _ in range(count):
        variable = rng.choice(variables)
        match rng.choice(
            ["value"] * 5 + ["search", "via", "knows", "knows", "knowers", "saw", "lie", "targets", "cases"]
        ):
            case "value":
                queries.append(ValueQuery(chain=chain(0), variable=variable, time=time()))
            case "search" if places:
                queries.append(SearchQuery(chain=chain(1), variable=rng.choice(places), time=time()))
            case "via" if wishes:
                queries.append(SearchQuery(chain=chain(1), via=rng.choice(wishes), time=time()))
            case "knows":
                queries.append(KnowsQuery(chain=chain(1), variable=variable, time=time()))
            case "knowers":
                queries.append(KnowersQuery(variable=variable, time=time()))
            case "saw" if end:
                queries.append(SawQuery(agent=rng.choice(stage.ids), event=rng.randrange(end)))
            case "lie" if tellings:
                queries.append(LieQuery(event=rng.choice(tellings)))
            case "targets" if tellings:
                queries.append(TargetsQuery(event=rng.choice(tellings)))
            case "cases":
                formula = rng.choice(
                    [Not(of=literal()), All(of=[literal(), literal()]), Any(of=[literal(), literal()])]
                )
                queries.append(CasesQuery(concept="test", cases=[Case(when=formula, then="one")], otherwise="other"))
    return queries
