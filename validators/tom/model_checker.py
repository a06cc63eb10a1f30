"""What each agent believes, by dynamic epistemic logic (docs/semantics.md).

One Kripke model for each chain of agents and each variable asked about. A world is a value of the variable; every
event is an event model (Baltag, Moss and Solecki 1998): points, an arrow for each agent from each point, and what
happens to the facts at a point (assignment: van Ditmarsch, van der Hoek and Kooi 2005). The product of the two is the
next model. What is learned assigns (rule 8 of the semantics), so nobody is ever left without a world; only that
something is *not* so rules worlds out, as long as any is left.

Models are kept as k-worlds (Fagin, Halpern and Vardi 1991), which makes bisimulation contraction a matter of equality.
Of a chain (a, b, c) only three arrows are ever followed, so a world is `(value, worlds that the next agent of the chain
takes to be possible)`. Two values are unnamed: a thing may be somewhere that no one has mentioned, and there is always
more than one such place, so that ruling out every named value settles nothing.

Answers are timelines, values as a function of time; the evidence of an answer is the last step of its timeline.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, Generic, NamedTuple, TypeVar

from madata.schemas.episode import Agent
from madata.schemas.tom import GUESS, LIE, MISTAKE, TRUTH, Conventions, Query, TomWorld
from madata.schemas.words import NO, UNSETTLED, YES, name_list
from madata.validators.tom.stage import (
    Json,
    Moment,
    Roles,
    Setting,
    Stage,
    StoryError,
    Variable,
    as_json,
    play,
)

World = tuple[str, "Worlds"]
Worlds = frozenset[World]
Chain = tuple[str, ...]
T = TypeVar("T")
U = TypeVar("U")

ELSEWHERE = ("?1", "?2")
READER = "reader"


class BadQuery(StoryError):
    """A query about something that the story does not have."""


class Answer(NamedTuple):
    """The right options, the events that are their evidence, and from whose view it can be answered."""

    answer: list[str]
    evidence: list[int]
    view: str


class Timeline(NamedTuple, Generic[T]):
    """A value as a function of time: `values[i]` holds from `times[i]` on, and adjacent values differ."""

    times: list[int]
    values: list[T]

    def at(self, time: int) -> T:
        return self.values[bisect_right(self.times, time) - 1]

    def last_change(self, time: int) -> list[int]:
        """The event after which the value became what it is at `time`; none if it was so from the start."""
        since = self.times[bisect_right(self.times, time) - 1]
        return [since - 1] if since else []


def timeline(steps: Iterable[tuple[int, T]]) -> Timeline[T]:
    times: list[int] = []
    values: list[T] = []
    for time, value in steps:
        if not values or value != values[-1]:
            times.append(time)
            values.append(value)
    return Timeline(times, values)


def combine(function: Callable[..., U], parts: Sequence[Timeline[Any]]) -> Timeline[U]:
    """The timeline of a function of what has timelines."""
    times = sorted({time for part in parts for time in part.times})
    return timeline((time, function(*[part.at(time) for part in parts])) for time in times)


# Event models, for one variable.


class Point:
    """A point of an event model. An agent without an arrow takes nothing to have happened.

    Arriving at the point assigns `value`, or makes a belief in one of `absent` unsettled, or changes no fact. `found`
    gives an agent's arrows that depend on the value where they start (a point a value, with that as precondition).
    """

    __slots__ = ("absent", "arrows", "found", "value")

    def __init__(self, value: str | None = None, absent: frozenset[str] = frozenset()) -> None:
        self.value = value
        self.absent = absent
        self.arrows: dict[str, Point] = {}
        self.found: tuple[str, Callable[[str], Point]] | None = None

    def arrow(self, agent: str, value: str) -> "Point | None":
        if self.found and self.found[0] == agent:
            return self.found[1](value)
        return self.arrows.get(agent)


class Learnt(NamedTuple):
    """What can be learned about a variable: its value, or that it is none of `absent`."""

    value: str | None = None
    absent: frozenset[str] = frozenset()


def seeing(learnt: Learnt, mutual: Iterable[str], secret: Iterable[str]) -> Point:
    """The mutual observers see it together; each secret one sees it and them, and is taken by nobody to be there."""
    shared = Point(*learnt)
    shared.arrows = dict.fromkeys(mutual, shared)
    actual = Point()
    actual.arrows = dict(shared.arrows)
    for agent in secret:
        hidden = Point(*learnt)
        hidden.arrows = {**shared.arrows, agent: hidden}
        actual.arrows[agent] = hidden
    return actual


def looking(looker: str, mutual: Iterable[str], find: Callable[[str], Learnt]) -> Point:
    """All see that the looker learns what is the case, whatever each takes that to be."""
    noticed = Point()
    noticed.arrows = dict.fromkeys(mutual, noticed)
    points: dict[Learnt, Point] = {}

    def found(value: str) -> Point:
        learnt = find(value)
        if learnt not in points:
            points[learnt] = Point(*learnt)
            points[learnt].arrows = {**noticed.arrows, looker: points[learnt]}
        return points[learnt]

    noticed.found = (looker, found)
    return noticed


def telling(learnt: Learnt, speaker: str, hearers: Iterable[str], trusting: Iterable[str], sincere: bool) -> Point:
    """Hearers who trust come to believe it, the others doubt it. A hearer takes a sincere speaker to think as he now
    does himself; of any other, he concludes nothing."""
    doubt, belief = Point(), Point(*learnt)
    arrows = {**dict.fromkeys(hearers, doubt), **dict.fromkeys(trusting, belief)}
    doubt.arrows = {**arrows, speaker: doubt}
    belief.arrows = {**arrows, speaker: belief if sincere else doubt}
    return doubt


class Step(NamedTuple):
    """A variable after an event that touches it: since `time` it has `value`, and people learned as `point` says."""

    time: int
    value: str
    point: Point


def steps(stage: Stage) -> dict[str, list[Step]]:
    """The event models of a story, by variable."""
    found: dict[str, list[Step]] = {variable: [] for variable in stage.setting.variables}
    for event, after, before, roles in zip(stage.events, stage.moments[1:], stage.moments, stage.views, strict=False):
        model = MODELS.get(event["kind"])
        if model is not None:
            for variable, point in model(stage.setting, before, after, event, roles):
                found[variable].append(Step(after.time, after.values[variable], point))
    return found


Models = Iterator[tuple[str, Point]]


def mutual(roles: Roles) -> list[str]:
    return [agent for agent, role in roles.items() if role != "secret"]


def secret(roles: Roles) -> list[str]:
    return [agent for agent, role in roles.items() if role == "secret"]


def in_open_view(setting: Setting, now: Moment, place: str) -> Iterator[tuple[str, Learnt]]:
    """What the containers of a room show of each object: that it is there, or that it is not."""
    for variable in setting.variables.values():
        if variable.kind == "location":
            shown = frozenset(value for value in variable.values if setting.containers[value] == place)
            present = now.values[variable.id]
            if present in shown:
                yield variable.id, Learnt(present)
            elif shown:
                yield variable.id, Learnt(absent=shown)


def scene_models(setting: Setting, before: Moment, after: Moment, event: Json, roles: Roles) -> Models:
    """Entering and beginning to watch."""
    if setting.conventions["entering"] == "reveals":
        for variable, learnt in in_open_view(setting, after, event["place"]):
            yield variable, seeing(learnt, mutual(roles), secret(roles))


def shown_models(setting: Setting, before: Moment, after: Moment, event: Json, roles: Roles) -> Models:
    """Changing and revealing."""
    variable = event["variable"]
    yield variable, seeing(Learnt(after.values[variable]), mutual(roles), secret(roles))


def look_models(setting: Setting, before: Moment, after: Moment, event: Json, roles: Roles) -> Models:
    for variable in setting.variables.values():
        find = inspection(variable, event["container"])
        if find is not None:
            yield variable.id, looking(event["agent"], mutual(roles), find)


def inspection(variable: Variable, container: str) -> Callable[[str], Learnt] | None:
    """What a look into the container shows, by the value of the variable; `None` if it shows nothing of it."""
    if variable.kind == "contents" and variable.about == container:
        return Learnt
    if variable.kind == "location" and container in variable.values:
        here, gone = Learnt(container), Learnt(absent=frozenset((container,)))
        return lambda value: here if value == container else gone
    return None


def tell_models(setting: Setting, before: Moment, after: Moment, event: Json, roles: Roles) -> Models:
    speaker, value = event["agent"], event["value"]
    learnt = Learnt(value) if event.get("holds", True) else Learnt(absent=frozenset((value,)))
    hearers = [agent for agent in roles if agent != speaker]
    trusting = [hearer for hearer in hearers if trusts(setting, before, hearer, speaker)]
    yield event["variable"], telling(learnt, speaker, hearers, trusting, setting.conventions["sincerity"] == "sincere")


def trusts(setting: Setting, now: Moment, hearer: str, speaker: str) -> bool:
    return (hearer, speaker) not in setting.distrust and TRUST[setting.conventions["telling"]](now, hearer, speaker)


def left_later(now: Moment, hearer: str, speaker: str) -> bool:
    """Hi-ToM's rule: the speaker left a room after the hearer last did."""
    return hearer in now.exits and speaker in now.exits and now.exits[speaker] > now.exits[hearer]


TRUST: dict[str, Callable[[Moment, str, str], bool]] = {
    "trusted": lambda now, hearer, speaker: True,
    "ignored": lambda now, hearer, speaker: False,
    "later_exit": left_later,
}

MODELS: dict[str, Callable[[Setting, Moment, Moment, Json, Roles], Models]] = {
    "enter": scene_models,
    "watch": scene_models,
    "change": shown_models,
    "reveal": shown_models,
    "look": look_models,
    "peek": look_models,
    "tell": tell_models,
}


# Kripke models, for one variable and one chain.


def initial(variable: Variable, chain: Chain) -> World:
    """Where a story starts: a model in which all that is presumed, or known to be known, is common knowledge."""
    domain = (*variable.values, *ELSEWHERE)
    worlds: dict[str, World] = {value: (value, frozenset()) for value in domain}
    for agent in reversed(chain):
        worlds = {
            value: (value, frozenset(worlds[other] for other in at_first(variable, agent, value))) for value in domain
        }
    return worlds[variable.initial]


def at_first(variable: Variable, agent: str, value: str) -> tuple[str, ...]:
    """The values the agent takes to be possible at the start, in a world where it is `value`."""
    if variable.presumed is not None:
        return (variable.presumed,)
    return (value,) if agent in variable.known_by else (*variable.values, *ELSEWHERE)


class Product:
    """Product update of one chain's worlds with one event model, each set of worlds but once."""

    def __init__(self, variable: Variable, chain: Chain) -> None:
        self.domain = (*variable.values, *ELSEWHERE)
        self.chain = chain
        self.done: dict[tuple[int, Point, Worlds], Worlds] = {}

    def below(self, depth: int, world: World, point: Point) -> Worlds:
        """What the agent at `depth` takes to be possible in the world once the point has happened there."""
        value, worlds = world
        if depth == len(self.chain):
            return worlds
        target = point.arrow(self.chain[depth], value)
        return worlds if target is None else self.arrive(depth + 1, worlds, target)

    def arrive(self, depth: int, worlds: Worlds, point: Point) -> Worlds:
        key = (depth, point, worlds)
        if key not in self.done:
            self.done[key] = self.learn(depth, worlds, point)
        return self.done[key]

    def learn(self, depth: int, worlds: Worlds, point: Point) -> Worlds:
        if point.value is not None:
            return frozenset([(point.value, self.below(depth, world, point)) for world in worlds])
        possible = [world for world in worlds if world[0] not in point.absent]
        if possible:
            return frozenset([(world[0], self.below(depth, world, point)) for world in possible])
        anywhere = [value for value in self.domain if value not in point.absent]
        changed = [self.below(depth, world, point) for world in worlds]
        return frozenset([(value, below) for below in changed for value in anywhere])


def history(variable: Variable, chain: Chain, story: Iterable[Step]) -> Timeline[World]:
    """The actual world over time, with all that the chain takes to be possible there."""
    world = initial(variable, chain)
    times, worlds = [0], [world]
    for time, value, point in story:
        after = (value, Product(variable, chain).below(0, (value, world[1]), point))
        if after != world:
            world = after
            times.append(time)
            worlds.append(world)
    return Timeline(times, worlds)


def reached(world: World, depth: int) -> frozenset[World]:
    """The worlds that the first `depth` agents of the chain lead to."""
    worlds = frozenset((world,))
    for _ in range(depth):
        worlds = frozenset().union(*{below for _, below in worlds})
    return worlds


def settled(worlds: Iterable[World]) -> str | None:
    """The one named value of all the worlds, if there is one."""
    values = {value for value, _ in worlds}
    only = values.pop()
    return None if values or only in ELSEWHERE else only


def knows(worlds: Iterable[World]) -> bool:
    """Whether in each of the worlds the next agent takes to be the case just what is."""
    return all(value == other for value, below in worlds for other, _ in below)


# Queries.


def collapse(chain: Iterable[str]) -> Chain:
    """Adjacent equal agents are one."""
    return tuple(agent for agent, _ in groupby(chain))


def queried_chain(query: Json) -> Chain:
    return collapse(query.get("chain", []))


class Story:
    """A story that has taken place, and what can be asked of it. Models are made when first needed."""

    def __init__(self, world: Any, conventions: Any, agents: Any) -> None:
        self.stage = play(world, conventions, agents)
        self.setting = self.stage.setting
        self.end = len(self.stage.events)
        self.steps = steps(self.stage)
        self.histories: dict[tuple[str, Chain], Timeline[World]] = {}
        self.beliefs: dict[tuple[str, Chain], Timeline[str | None]] = {}

    def history(self, variable: str, chain: Chain) -> Timeline[World]:
        key = (variable, chain)
        if key not in self.histories:
            self.histories[key] = history(self.setting.variables[variable], chain, self.steps[variable])
        return self.histories[key]

    def belief(self, variable: str, chain: Chain) -> Timeline[str | None]:
        """The value of the variable as the chain has it; `None` is unsettled. An empty chain has the truth."""
        key = (variable, chain)
        if key not in self.beliefs:
            times, worlds = self.history(variable, chain)
            depth = len(chain)
            values = [settled(reached(world, depth)) for world in worlds]
            self.beliefs[key] = timeline(zip(times, values, strict=True))
        return self.beliefs[key]

    def knowledge(self, variable: str, chain: Chain) -> Timeline[bool]:
        times, worlds = self.history(variable, chain)
        depth = len(chain) - 1
        return timeline((time, knows(reached(world, depth))) for time, world in zip(times, worlds, strict=True))

    def answer(self, query: Json) -> Answer:
        """Raises `BadQuery`."""
        return QUERIES[query["kind"]](self, query)

    def variable(self, query: Json, field: str = "variable") -> str:
        variable = query[field]
        if variable not in self.setting.variables:
            raise BadQuery("query", "a known variable", str(variable))
        return str(variable)

    def chain(self, query: Json) -> Chain:
        for agent in query.get("chain", []):
            if agent not in self.setting.agents:
                raise BadQuery("query", "a chain of known agents", agent)
        return queried_chain(query)

    def time(self, query: Json) -> int:
        time = query["time"]
        if time > self.end:
            raise BadQuery("query", f"a time of at most {self.end}", str(time))
        return int(time)

    def event(self, query: Json, kind: str | None = None) -> Json:
        index = query["event"]
        if index >= self.end:
            raise BadQuery("query", f"an event before {self.end}", str(index))
        event = self.stage.events[index]
        if kind is not None and event["kind"] != kind:
            raise BadQuery("query", f"an event of kind {kind}", event["kind"])
        return event

    def names(self, agents: Iterable[str]) -> str:
        chosen = set(agents)
        return name_list([name for agent, name in self.setting.agents.items() if agent in chosen])

    def value_name(self, value: str | None) -> str:
        return UNSETTLED if value is None else self.setting.names[value]


def value_answer(story: Story, query: Json) -> Answer:
    chain = story.chain(query)
    belief, time = story.belief(story.variable(query), chain), story.time(query)
    return Answer([story.value_name(belief.at(time))], belief.last_change(time), viewer(query))


def search_answer(story: Story, query: Json) -> Answer:
    if (query.get("via") is None) == (query.get("variable") is None):
        raise BadQuery("query", "either variable or via", "both or neither")
    if query.get("via") is None:
        return value_answer(story, query)
    chain, time, via = story.chain(query), story.time(query), story.variable(query, "via")
    wanted = story.belief(via, chain)
    places = [story.belief(whereabouts(story, value), chain) for value in story.setting.variables[via].values]
    index = {value: number for number, value in enumerate(story.setting.variables[via].values)}

    def found(value: str | None, *where: str | None) -> str | None:
        return None if value is None else where[index[value]]

    belief = combine(found, [wanted, *places])
    return Answer([story.value_name(belief.at(time))], belief.last_change(time), viewer(query))


def whereabouts(story: Story, thing: str) -> str:
    """The variable that says where an object is."""
    found = [each.id for each in story.setting.variables.values() if each.kind == "location" and each.about == thing]
    if len(found) != 1:
        raise BadQuery("query", f"one variable for the location of {thing}", str(len(found)))
    return found[0]


def knows_answer(story: Story, query: Json) -> Answer:
    knowledge, time = story.knowledge(story.variable(query), story.chain(query)), story.time(query)
    return Answer([YES if knowledge.at(time) else NO], knowledge.last_change(time), viewer(query))


def knowers_answer(story: Story, query: Json) -> Answer:
    variable, time = story.variable(query), story.time(query)
    agents = list(story.setting.agents)

    def knowers(*know: bool) -> str:
        return story.names(agent for agent, knowing in zip(agents, know, strict=True) if knowing)

    names = combine(knowers, [story.knowledge(variable, (agent,)) for agent in agents])
    return Answer([names.at(time)], names.last_change(time), READER)


def saw_answer(story: Story, query: Json) -> Answer:
    story.event(query)
    agent = query["agent"]
    if agent not in story.setting.agents:
        raise BadQuery("query", "a known agent", agent)
    return Answer([YES if agent in story.stage.views[query["event"]] else NO], [query["event"]], READER)


def lie_answer(story: Story, query: Json) -> Answer:
    event, time = story.event(query, "tell"), query["event"]
    variable, value, holds = event["variable"], event["value"], event.get("holds", True)
    belief = story.belief(variable, (event["agent"],)).at(time)
    truth = story.stage.moments[time].values[variable]
    return Answer([statement(belief, truth, value, holds)], [time], event["agent"])


def statement(belief: str | None, truth: str, value: str, holds: bool) -> str:
    """What kind of statement it is to say that the variable is (or is not) the value."""
    if belief is None:
        return GUESS
    if (belief == value) != holds:
        return LIE
    return TRUTH if (truth == value) == holds else MISTAKE


def targets_answer(story: Story, query: Json) -> Answer:
    event, time = story.event(query, "tell"), query["event"]
    speaker, variable, now = event["agent"], event["variable"], story.stage.moments[time]
    own = story.belief(variable, (speaker,)).at(time)
    targets = [
        hearer
        for hearer in story.stage.views[time]
        if hearer != speaker
        and trusts(story.setting, now, hearer, speaker)
        and story.belief(variable, (speaker, hearer)).at(time) != own
    ]
    return Answer([story.names(targets)], [time], speaker)


def cases_answer(story: Story, query: Json) -> Answer:
    atoms = {id(atom): is_timeline(story, atom) for case in query["cases"] for atom in leaves(case["when"])}
    evidence: set[int] = set()
    for case in query["cases"]:
        for atom in leaves(case["when"]):
            evidence.update(atoms[id(atom)].last_change(atom["time"]))
    then = next((case["then"] for case in query["cases"] if holds(case["when"], atoms)), query["otherwise"])
    return Answer([then], sorted(evidence), READER)


def is_timeline(story: Story, atom: Json) -> Timeline[bool]:
    """Whether the chain has the variable at the value, as a function of time."""
    variable, value = story.variable(atom), atom["value"]
    story.time(atom)
    if value is not None and value not in story.setting.variables[variable].values:
        raise BadQuery("query", f"a value of {variable}", value)
    times, values = story.belief(variable, story.chain(atom))
    return timeline(zip(times, [found == value for found in values], strict=True))


def leaves(formula: Json) -> Iterator[Json]:
    if formula["op"] == "is":
        yield formula
    elif formula["op"] == "not":
        yield from leaves(formula["of"])
    else:
        for part in formula["of"]:
            yield from leaves(part)


def holds(formula: Json, atoms: dict[int, Timeline[bool]]) -> bool:
    if formula["op"] == "is":
        return atoms[id(formula)].at(formula["time"])
    if formula["op"] == "not":
        return not holds(formula["of"], atoms)
    quantify = all if formula["op"] == "all" else any
    return quantify(holds(part, atoms) for part in formula["of"])


QUERIES: dict[str, Callable[[Story, Json], Answer]] = {
    "value": value_answer,
    "search": search_answer,
    "knows": knows_answer,
    "knowers": knowers_answer,
    "saw": saw_answer,
    "lie": lie_answer,
    "targets": targets_answer,
    "cases": cases_answer,
}


def viewer(query: Json) -> str:
    """The first agent of the chain; the reader if there is none."""
    chain = query.get("chain", [])
    return chain[0] if chain else READER


def order(query: Json) -> int:
    """How deep belief about belief is nested in what the query asks."""
    if query["kind"] == "cases":
        return max((len(queried_chain(atom)) for case in query["cases"] for atom in leaves(case["when"])), default=0)
    return ORDERS.get(query["kind"], len(queried_chain(query)))


# Without a chain: who knows it (1), what the speaker believed (1), what the speaker took the hearers to believe (2).
ORDERS = {"saw": 0, "knowers": 1, "lie": 1, "targets": 2}


def derive(
    world: TomWorld | Json,
    conventions: Conventions | Json,
    agents: Sequence[Agent | Json],
    queries: Sequence[Query | Json],
) -> list[Answer]:
    """The answer to each query, from the world alone; records or their JSON values.

    Raises `StoryError`: `BadWorld`, `IllegalEvent` (with the index of the event) or `BadQuery`.
    """
    story = Story(world, conventions, list(agents))
    return [story.answer(as_json(query)) for query in queries]
