"""`graph`: agents who hear only their neighbours choose a label each, by the five problems of AgentsNet (Groetsch et
al. 2025, arXiv 2507.08616).

Nobody sees the whole network, and whoever does not hear from a neighbour waits for it in vain: a protocol that is right
as long as every message arrives and everybody keeps to it fails where one is lost, late or silent. Colours are at times
fewer than the network needs.
"""

import random
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile
from typing import ClassVar, Literal

from madata.generators.coordination import networks
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.knowledge import Beliefs, acting, turn
from madata.generators.coordination.known import Known
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.session import Result, Session
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.topologies import Edge, draw_network
from madata.generators.family import Family, Knob, draw
from madata.generators.lexicon import names
from madata.schemas.coordination.games.graph import Graph
from madata.schemas.coordination.language import (
    BestQuery,
    ClashQuery,
    Event,
    Fact,
    Inform,
    Leave,
    Milestone,
    Scale,
    Told,
)

Problem = Literal["colouring", "matching", "cover", "leader", "consensus"]
PROBLEMS: tuple[Problem, ...] = ("colouring", "matching", "cover", "leader", "consensus")

KNOBS = {
    "agents": Knob(4, 16, 3, 100, "agents"),
    "problem": Knob(0, 4, 0, 4, f"which problem: {', '.join(f'{i} {name}' for i, name in enumerate(PROBLEMS))}"),
    "spare": Knob(0, 3, 0, 20, "rounds beyond those that the protocol can take if no message is late"),
}

EXACT = 30
"""The most agents of whom the chromatic number is worked out."""

SHORT = 0.22
"""How often colours are one too few, where the network needs three or more."""

ROLES = """
beekeeper ferryman forester gardener innkeeper lockkeeper miller postmaster potter ranger shepherd signalman
stationmaster watchman weaver winegrower
""".split()

COLOURS = """
red blue green yellow white black orange purple brown grey pink turquoise crimson beige olive indigo lilac ochre
""".split()

VOTES = (
    ("the museum", "the harbour", "the zoo", "the castle", "the theatre", "the lake"),
    ("the mango ice cream", "the apple pie", "the cheese platter", "the rice pudding", "the fruit salad"),
    ("the brass band", "the string quartet", "the jazz trio", "the choir", "the puppet show"),
    ("the playground", "the library", "the skating rink", "the market hall", "the swimming pool"),
    ("the bus", "the train", "the boat", "the cable car"),
    ("the chess evening", "the film night", "the barbecue", "the bicycle tour", "the treasure hunt"),
)

Choices = tuple[int | None, ...]
"""Of each agent the label it has chosen, None for none yet."""


class GraphSession(Session):
    """What the five problems share. `choices[t]` is what was chosen before round t."""

    kinds: ClassVar[Sequence[str]] = ("inform",)

    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Graph)
        number = {agent.id: i for i, agent in enumerate(setting.agents)}
        fact = {fact.id: i for i, fact in enumerate(setting.world.facts)}
        self.edges = [(number[i], number[j]) for i, j in game.edges]
        self.net = networks.network(len(number), self.edges)
        self.neighbours = [list(networks.members(near)) for near in self.net]
        self.numbers = [fact[each] for each in game.numbers]
        self.votes = [fact[each] for each in game.votes]
        self._optimum: tuple[int | None, bool] | None = None
        super().__init__(setting)

    def begin(self) -> None:
        super().begin()
        n = len(self.ids)
        self.choices: list[Choices] = [(None,) * n]
        # What arrives in a round: for whom anything, and choices as (hearer, speaker, label), in event order.
        self._post: defaultdict[int, set[int]] = defaultdict(set)
        self._news: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self._read = 0
        self.heard: list[dict[int, int]] = [{} for _ in range(n)]
        """Of each agent what it has heard its neighbours choose."""

    # A problem.

    @abstractmethod
    def tell(self, agent: int, time: int) -> Iterator[Event]:
        """What an agent of a team says."""

    @abstractmethod
    def myopic(self, agent: int, time: int) -> int | None:
        """The label that a myopic agent chooses, None to leave it as it is."""

    @abstractmethod
    def choose(self, agent: int, time: int) -> int | None:
        """The label that any other agent chooses."""

    @abstractmethod
    def clashes(self, agent: int, choices: Choices) -> bool: ...

    @abstractmethod
    def cost(self, choices: Choices) -> int: ...

    @abstractmethod
    def optimum(self) -> tuple[int | None, bool]:
        """The least cost, None if it is impossible, and whether it is certified."""

    # The rounds.

    def choice(self, agent: int) -> int | None:
        """What it has chosen as of now."""
        return self.choices[-1][agent]

    def hearers(self, agent: int, time: int) -> list[int]:
        return [other for other in self.neighbours[agent] if self.present(other, time)]

    def turn(self, agent: int, time: int) -> Iterator[Event]:
        self._catch_up()
        return iter(()) if self.behaviour(agent, time) == "silent" else self.tell(agent, time)

    def acts(self, time: int) -> Mapping[int, int]:
        self._catch_up()
        for hearer, speaker, choice in self._news[time]:
            self.heard[hearer][speaker] = choice
        chosen = {}
        for agent in range(len(self.ids)):
            behaviour = self.behaviour(agent, time)
            if behaviour and self.present(agent, time):
                label = self.myopic(agent, time) if behaviour == "myopic" else self.choose(agent, time)
                if label is not None:
                    chosen[agent] = label
        return chosen

    def _catch_up(self) -> None:
        for event in self.events[self._read :]:
            if isinstance(event, Inform):
                self.post(event)
        self._read = len(self.events)

    def post(self, event: Inform) -> None:
        """Takes note of a message."""
        for agent, arrives in zip(event.to, event.arrives, strict=True):
            if arrives is not None:
                self._post[arrives].add(self.number[agent])
                if event.choice is not None:
                    self._news[arrives].append((self.number[agent], self.number[event.agent], event.choice))

    def idle(self, agent: int) -> int | None:
        return self.choice(agent)

    def open(self, agent: int, time: int) -> list[int]:
        return list(range(len(self.world.actions)))

    def advance(self, time: int, acts: Mapping[int, int]) -> None:
        before = self.choices[-1]
        self.choices.append(tuple(acts.get(agent, label) for agent, label in enumerate(before)))

    def over(self, time: int) -> bool:
        latest = takewhile(lambda event: event.time == time, reversed(self.events))
        busy = any(not isinstance(event, Leave) for event in latest)
        return time >= 1 and not busy and max(self._post, default=0) <= time

    # What came of it.

    def result(self) -> Result:
        if self._optimum is None:
            self._optimum = self.optimum()
        optimum, certified = self._optimum
        success = not self.clashing(self.choices[-1])
        return Result(
            success=success,
            cost=self.cost(self.choices[-1]) if success else None,
            optimum=optimum,
            certified=certified,
            least=None,
            milestones=[
                Milestone(name="everybody has chosen", time=self._everybody()),
                Milestone(name="nobody clashes", time=self._nobody()),
            ],
        )

    def clashing(self, choices: Choices) -> list[int]:
        return [agent for agent in range(len(self.ids)) if self.clashes(agent, choices)]

    def _everybody(self) -> int | None:
        return next((time for time, choices in enumerate(self.choices[1:]) if None not in choices), None)

    def _nobody(self) -> int | None:
        since = None
        for time in reversed(range(self.rounds)):
            if self.clashing(self.choices[time + 1]):
                break
            since = time
        return since

    def answer_clash(self, query: ClashQuery) -> Known:
        clashing = self.clashing(self.choices[query.time])
        return Known([self.names.agent(agent) for agent in query.agents if self.number[agent] in clashing])

    def answer_best(self, query: BestQuery) -> Known:
        assert query.agent is not None and query.time is not None
        agent, choices = self.number[query.agent], self.choices[query.time]
        best = [
            label
            for label in query.actions
            if not self.clashes(agent, (*choices[:agent], label, *choices[agent + 1 :]))
        ]
        return Known([self.names.actions[label] for label in best])


class Deciding(GraphSession):
    """Problems in which all tell their numbers and then what they choose, the greater numbers before the smaller."""

    def tell(self, agent: int, time: int) -> Iterator[Event]:
        if time == 0:
            yield from self.message(Inform, agent, time, facts=self.telling([self.numbers[agent]], self.truth))
        elif (label := self.choices[time][agent]) != self.choices[time - 1][agent]:
            yield from self.message(Inform, agent, time, choice=label)

    def due(self, agent: int, time: int) -> bool:
        """Whether all neighbours who choose before the agent have been heard."""
        beliefs, own = self.known.beliefs(agent, acting(time)), self.truth[self.numbers[agent]]
        return all(
            other in self.heard[agent] or ((number := beliefs[self.numbers[other]]) is not None and number <= own)
            for other in self.neighbours[agent]
        )


class Colouring(Deciding):
    def myopic(self, agent: int, time: int) -> int | None:
        if time == 0:
            return 0
        return self._free(agent, self.choice(agent)) if self.choice(agent) in self.heard[agent].values() else None

    def choose(self, agent: int, time: int) -> int | None:
        return self._free(agent, 0) if self.choice(agent) is None and self.due(agent, time) else None

    def _free(self, agent: int, otherwise: int | None) -> int | None:
        taken = self.heard[agent].values()
        return next((label for label in range(len(self.world.actions)) if label not in taken), otherwise)

    def clashes(self, agent: int, choices: Choices) -> bool:
        return choices[agent] is None or any(choices[other] == choices[agent] for other in self.neighbours[agent])

    def cost(self, choices: Choices) -> int:
        return len(set(choices))

    def optimum(self) -> tuple[int | None, bool]:
        if len(self.ids) > EXACT:
            return networks.clique_number(self.net), False
        needed = networks.chromatic_number(self.net)
        return (needed if needed <= len(self.world.actions) else None), True


class Cover(Deciding):
    IN, OUT = 0, 1

    def myopic(self, agent: int, time: int) -> int | None:
        return self.IN if time == 0 else None

    def choose(self, agent: int, time: int) -> int | None:
        if self.choice(agent) is not None or not self.due(agent, time):
            return None
        beliefs, own = self.known.beliefs(agent, acting(time)), self.truth[self.numbers[agent]]
        for other, label in self.heard[agent].items():
            number = beliefs[self.numbers[other]]
            if label == self.OUT and number is not None and number > own:
                return self.IN
        return self.OUT

    def clashes(self, agent: int, choices: Choices) -> bool:
        return choices[agent] != self.IN and any(choices[other] != self.IN for other in self.neighbours[agent])

    def cost(self, choices: Choices) -> int:
        return choices.count(self.IN)

    def optimum(self) -> tuple[int | None, bool]:
        return networks.cover_number(self.net), True


class Matching(Deciding):
    NOBODY = 0

    def myopic(self, agent: int, time: int) -> int | None:
        return next((1 + other for other in self.neighbours[agent]), self.NOBODY) if time == 0 else None

    def choose(self, agent: int, time: int) -> int | None:
        beliefs, own = self.known.beliefs(agent, acting(time)), self.truth[self.numbers[agent]]
        heard, chosen = self.heard[agent], self.partner(self.choice(agent))
        if chosen not in self.neighbours[agent]:
            chosen = None
        if chosen is not None and heard.get(chosen) == 1 + agent:
            return None
        number = {other: beliefs[self.numbers[other]] for other in self.neighbours[agent]}
        unbound = [other for other in number if heard.get(other, self.NOBODY) == self.NOBODY]
        if chosen in unbound:
            return None
        suitors = [other for other in number if heard.get(other) == 1 + agent]
        if suitors:
            # Numbers are at least 0, and of equals the first is taken.
            return 1 + max(suitors, key=lambda other: -1 if (known := number[other]) is None else known)
        free = {other: known for other in unbound if (known := number[other]) is not None}
        if not free:
            return self.NOBODY
        first = max(free, key=free.__getitem__)
        if own > free[first]:
            return 1 + first
        return None if chosen is None else self.NOBODY

    def partner(self, label: int | None) -> int | None:
        return None if label is None or label == self.NOBODY else label - 1

    def clashes(self, agent: int, choices: Choices) -> bool:
        partner = self.partner(choices[agent])
        if partner is None:
            return any(self.partner(choices[other]) is None for other in self.neighbours[agent])
        return partner not in self.neighbours[agent] or choices[partner] != 1 + agent

    def cost(self, choices: Choices) -> int:
        return sum(self.partner(label) is None for label in choices)

    def optimum(self) -> tuple[int | None, bool]:
        return len(self.ids) - 2 * networks.matching_number(self.edges), True


class Spreading(GraphSession):
    """Problems in which the foremost of all numbers or votes goes round, until nothing new arrives."""

    @property
    @abstractmethod
    def facts(self) -> list[int]:
        """Of each agent the fact that it begins with."""

    @abstractmethod
    def rank(self, value: int) -> int:
        """The less, the further in front is a fact with the value."""

    @abstractmethod
    def news(self, agent: int, fact: int, value: int) -> bool:
        """Whether the agent has to tell that this is the foremost it knows."""

    @abstractmethod
    def label(self, agent: int, value: int) -> int:
        """What to choose by the value of the foremost."""

    def begin(self) -> None:
        super().begin()
        # Of each agent what it knew when the foremost was looked for, and what that was.
        self._foremost: dict[int, tuple[Beliefs, Told]] = {}

    def foremost(self, agent: int, point: int) -> Told:
        """Of the facts that the agent knows at the point, the first of those in front."""
        beliefs = self.known.beliefs(agent, point)
        if agent not in self._foremost or self._foremost[agent][0] is not beliefs:
            known = {fact: self.rank(value) for fact in self.facts if (value := beliefs[fact]) is not None}
            (told,) = self.telling([min(known, key=known.__getitem__)], beliefs)
            self._foremost[agent] = beliefs, told
        return self._foremost[agent][1]

    def tell(self, agent: int, time: int) -> Iterator[Event]:
        if time == 0:
            yield from self.message(Inform, agent, time, facts=self.telling([self.facts[agent]], self.truth))
            return
        told = self.foremost(agent, turn(time))
        if self.news(agent, self.known.fact[told.fact], told.value):
            yield from self.message(Inform, agent, time, facts=[told])

    def myopic(self, agent: int, time: int) -> int | None:
        return self._label(agent, time) if time == 0 else None

    def choose(self, agent: int, time: int) -> int | None:
        return self._label(agent, time) if time >= 1 and agent not in self._post[time] else None

    def _label(self, agent: int, time: int) -> int:
        return self.label(agent, self.foremost(agent, acting(time)).value)

    def cost(self, choices: Choices) -> int:
        return 0

    def optimum(self) -> tuple[int | None, bool]:
        return 0, True


class Leader(Spreading):
    LEAD, FOLLOW = 0, 1

    @property
    def facts(self) -> list[int]:
        return self.numbers

    def rank(self, value: int) -> int:
        return -value

    def news(self, agent: int, fact: int, value: int) -> bool:
        return not self.known.has_told(agent, fact)

    def label(self, agent: int, value: int) -> int:
        return self.LEAD if value == self.truth[self.numbers[agent]] else self.FOLLOW

    def clashes(self, agent: int, choices: Choices) -> bool:
        leading = choices.count(self.LEAD)
        return choices[agent] is None or leading == 0 or (choices[agent] == self.LEAD and leading > 1)


class Consensus(Spreading):
    def begin(self) -> None:
        super().begin()
        self.wanted = {self.truth[vote] for vote in self.votes}
        self.least_told = [len(self.world.actions)] * len(self.ids)

    def post(self, event: Inform) -> None:
        super().post(event)
        votes = [told.value for told in event.facts if self.known.fact[told.fact] in self.votes]
        speaker = self.number[event.agent]
        self.least_told[speaker] = min([self.least_told[speaker], *votes])

    @property
    def facts(self) -> list[int]:
        return self.votes

    def rank(self, value: int) -> int:
        return value

    def news(self, agent: int, fact: int, value: int) -> bool:
        return value < self.least_told[agent]

    def label(self, agent: int, value: int) -> int:
        return value

    def clashes(self, agent: int, choices: Choices) -> bool:
        own = choices[agent]
        return own not in self.wanted or any(choices[other] not in (None, own) for other in self.neighbours[agent])


SESSIONS: dict[Problem, type[GraphSession]] = {
    "colouring": Colouring,
    "matching": Matching,
    "cover": Cover,
    "leader": Leader,
    "consensus": Consensus,
}


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    n, problem = knobs["agents"], PROBLEMS[knobs["problem"]]
    role = rng.choice(ROLES)
    agents = members(names(rng, n), role)
    given = [agent.name for agent in agents]
    edges = _edges(rng, n, problem)
    scales = [Scale(id="s0", values=[str(number) for number in range(1, n + 1)])]
    facts = [
        Fact(id=f"f{i}", name=f"{name}'s number", scale="s0", value=number, known=[f"a{i}"])
        for i, (name, number) in enumerate(zip(given, rng.sample(range(n), n), strict=True))
    ]
    if problem == "consensus":
        matter = rng.choice(VOTES)
        values = rng.sample(matter, rng.randint(2, len(matter)))
        scales.append(Scale(id="s1", values=values))
        facts += [
            Fact(id=f"f{n + i}", name=f"{name}'s vote", scale="s1", value=rng.randrange(len(values)), known=[f"a{i}"])
            for i, name in enumerate(given)
        ]
        actions = [f"vote for {value}" for value in values]
    else:
        actions = _labels(rng, problem, given, edges)
    net = networks.network(n, edges)
    needed = networks.diameter(net) + 3 if problem in ("leader", "consensus") else n
    rounds = needed + knobs["spare"]
    team = cast_of(rng, agents, rounds, ("myopic", "silent"), leaving=True, speech=("concurrent",))
    setting = team.setting(
        game=Graph(
            problem=problem,
            edges=[[f"a{i}", f"a{j}"] for i, j in edges],
            numbers=[f"f{i}" for i in range(n)],
            votes=[f"f{n + i}" for i in range(n)] if problem == "consensus" else [],
        ),
        scales=scales,
        facts=facts,
        actions=actions,
    )
    return Coordination(SESSION(setting), rng)


def _edges(rng: random.Random, n: int, problem: Problem) -> list[Edge]:
    """Of a network for whose colouring, if it is too large to be sure of, there are colours enough."""
    while True:
        edges = draw_network(rng, n)
        if problem != "colouring" or n <= EXACT or _greatest_degree(n, edges) < len(COLOURS):
            return edges


def _greatest_degree(n: int, edges: Sequence[Edge]) -> int:
    return max(near.bit_count() for near in networks.network(n, edges))


def _labels(rng: random.Random, problem: Problem, given: Sequence[str], edges: Sequence[Edge]) -> list[str]:
    if problem == "matching":
        return ["pair up with nobody", *(f"pair up with {name}" for name in given)]
    if problem == "cover":
        return ["keep watch", "rest"]
    if problem == "leader":
        return ["lead", "follow"]
    return [f"take {colour}" for colour in rng.sample(COLOURS, _colours(rng, len(given), edges))]


def _colours(rng: random.Random, n: int, edges: Sequence[Edge]) -> int:
    """How many colours there are: of three or more that are needed at times one is missing."""
    if n > EXACT:
        return _greatest_degree(n, edges) + 1
    needed = networks.chromatic_number(networks.network(n, edges))
    if needed > 2 and rng.random() < SHORT:
        return needed - 1
    return needed + draw(rng, (0, 4), (1, 5), (2, 1))


def SESSION(setting: Setting) -> GraphSession:  # noqa: N802 (a class in other families)
    assert isinstance(setting.world.game, Graph)
    return SESSIONS[setting.world.game.problem](setting)


FAMILY = Family(
    "coordination",
    "graph",
    "neighbours in a network colour it, pair up, keep watch, elect a leader or agree on a vote",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
