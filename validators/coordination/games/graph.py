"""Graph: agents who talk to their neighbours only and choose a label each (the problems of AgentsNet, Grötschla et al.
2025).

The state is what all have chosen, by agent number; None is no choice yet. What is best is sought in `graphs.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import cast

from madata.validators.coordination import graphs
from madata.validators.coordination.asked import Right
from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Beliefs, Event
from madata.validators.trial import Fault, Json, Wrong

COLOURED = 30
"""Up to so many agents the chromatic number is sought."""

Choices = tuple[int | None, ...]
Heard = Mapping[int, int]
"""The choice heard of each neighbour of whom one was."""


class Graph(Game):
    kinds = frozenset({"inform"})
    behaviours = frozenset({"team", "myopic", "silent"})
    small_talk = False

    def fit(self) -> None:
        world, figures = self.world, self.figures
        self.problem: str = figures["problem"]
        for name, found, wanted in (("speech", world.speech, "concurrent"), ("channel", world.channel, "messages")):
            if found != wanted:
                raise Wrong(f"conventions, {name}", wanted, found)
        self.edges = [self._edge(number, edge) for number, edge in enumerate(figures["edges"])]
        if len(set(self.edges)) != len(self.edges):
            raise Wrong("game, edges", "each once", figures["edges"])
        self.graph = graphs.graph(len(world.agents), self.edges)
        self.neighbours = [list(graphs.members(mask)) for mask in self.graph]
        self.numbers = self._own_facts("numbers")
        if len({world.truth[fact] for fact in self.numbers}) != len(self.numbers):
            raise Wrong("game, numbers", "a number of its own for each", [world.truth[fact] for fact in self.numbers])
        self.votes = self._own_facts("votes") if self.problem == "consensus" else []
        if len(figures["votes"]) != len(self.votes):
            raise Wrong("game, votes", "none but in consensus", figures["votes"])
        self._fit_labels()

    def _edge(self, number: int, edge: list[str]) -> tuple[int, int]:
        one, other = (self.world.agent_of(f"game, edge {number}", agent) for agent in edge)
        if one >= other:
            raise Wrong(f"game, edge {number}", "two agents, in agent order", edge)
        return one, other

    def _own_facts(self, name: str) -> list[int]:
        """Of each agent the fact that a list of figures has for it."""
        ids = self.figures[name]
        if len(ids) != len(self.world.agents) or len(set(ids)) != len(ids):
            raise Wrong(f"game, {name}", f"a fact of its own for each of {len(self.world.agents)} agents", ids)
        facts = [self.world.fact_of(f"game, {name}", fact) for fact in ids]
        for agent, fact in enumerate(facts):
            if agent not in self.world.known[fact]:
                raise Wrong(f"game, {name}", f"{ids[agent]} known to {self.world.agents[agent]}", "unknown to it")
        return facts

    def _fit_labels(self) -> None:
        world, labels = self.world, len(self.world.actions)
        match self.problem:
            case "colouring":
                most = max(map(len, self.neighbours))
                if len(world.agents) > COLOURED and labels <= most:
                    raise Wrong("world, actions", f"more than {most}, the most neighbours", labels)
                wanted = max(labels, 1)
            case "matching":
                wanted = 1 + len(world.agents)
            case "consensus":
                scales = [world.value_names[fact] for fact in self.votes]
                if any(scale != scales[0] for scale in scales):
                    raise Wrong("game, votes", "facts of one scale", self.figures["votes"])
                wanted = len(scales[0])
            case _:
                wanted = 2
        if labels != wanted:
            raise Wrong("world, actions", f"{wanted} labels", labels)

    # Choices.

    def start(self) -> Choices:
        return (None,) * len(self.world.agents)

    def advance(self, state: Choices, time: int, acts: Mapping[int, int]) -> Choices:
        return tuple(acts.get(agent, choice) for agent, choice in enumerate(state))

    @staticmethod
    def chosen(run: Run, time: int) -> Choices:
        """What all have chosen at the beginning of a round."""
        return cast(Choices, run.states[time])

    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        choice = self.chosen(run, time)[agent]
        return [label for label in range(len(self.world.actions)) if label != choice]

    def over(self, run: Run, time: int) -> bool:
        if time == 0 or any(run.events[index].kind != "leave" for index in run.during(time)):
            return False
        said = (event for event in run.events if event.time <= time)
        return not any(arrives is not None and arrives > time for event in said for arrives in event.arrives)

    def others(self, agent: int, time: int) -> list[int]:
        present = set(self.world.present(time))
        return [other for other in self.neighbours[agent] if other in present]

    def illegal(self) -> Iterator[Fault]:
        yield from super().illegal()
        for index, event in enumerate(self.record.events):
            if event.told and event.choice is not None:
                yield Fault(f"event {index}", "either facts or a choice", self.world.shown(event))

    def witnesses(self, event: Event) -> list[int]:
        return [event.agent] if event.kind == "act" else super().witnesses(event)

    # What scripts say.

    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        if self.world.behaviour(agent, time) == "silent":
            return
        if self.problem not in ("leader", "consensus") and time:
            own = (run.events[index] for index in run.by(agent))
            if any(event.kind == "act" and event.time == time - 1 for event in own):
                yield self.says(agent, time, "inform", choice=self.chosen(run, time)[agent])
            return
        beliefs = run.beliefs(agent, Point(time, Stage.TURN))
        fact = self._to_tell(run, agent, time, beliefs)
        if fact is not None:
            yield self.says(agent, time, "inform", told=((fact, beliefs[fact]),))

    def _to_tell(self, run: Run, agent: int, time: int, beliefs: Beliefs) -> int | None:
        facts = self.votes if self.problem == "consensus" else self.numbers
        if time == 0:
            return facts[agent]
        told = [telling for index in run.by(agent) for telling in run.events[index].told]
        believed = {fact: value for fact in sorted(facts) if (value := beliefs[fact]) is not None}
        if self.problem == "leader":
            greatest = max(believed, key=believed.__getitem__)
            return None if any(fact == greatest for fact, _ in told) else greatest
        least = min(believed, key=believed.__getitem__)
        return least if all(believed[least] < value for fact, value in told if fact in facts) else None

    # What scripts do.

    def act(self, run: Run, agent: int, time: int) -> int | None:
        choice = self.chosen(run, time)[agent]
        label = self._label(run, agent, time, choice, self.world.behaviour(agent, time) == "myopic")
        return None if label == choice else label

    def _label(self, run: Run, agent: int, time: int, choice: int | None, myopic: bool) -> int | None:
        if self.problem in ("leader", "consensus"):
            return self._settled(run, agent, time, choice, myopic)
        if myopic:
            return self._rash(run, agent, time, choice)
        if self.problem == "matching":
            return self._partner(run, agent, time, choice)
        return self._once(run, agent, time) if choice is None else choice

    def _settled(self, run: Run, agent: int, time: int, choice: int | None, myopic: bool) -> int | None:
        decides = time == 0 if myopic else time > 0 and not self._is_reached(run, agent, time)
        if not decides:
            return choice
        beliefs = run.beliefs(agent, Point(time, Stage.ACTING))
        if self.problem == "consensus":
            return min(value for fact in self.votes if (value := beliefs[fact]) is not None)
        return int(any(self._exceeds(beliefs, other, agent) for other in range(len(self.world.agents))))

    def _exceeds(self, beliefs: Beliefs, one: int, other: int) -> bool:
        """Whether a number is known to be greater than another."""
        mine, least = beliefs[self.numbers[one]], beliefs[self.numbers[other]]
        return mine is not None and least is not None and mine > least

    def _is_reached(self, run: Run, agent: int, time: int) -> bool:
        """Whether a message arrives at the agent in the round."""
        reached = run.reached(agent, Point(time, Stage.ACTING))
        return any(run.arrival(index, agent) == time for index in reached)

    def _rash(self, run: Run, agent: int, time: int, choice: int | None) -> int | None:
        if time == 0:
            return self.neighbours[agent][0] + 1 if self.problem == "matching" and self.neighbours[agent] else 0
        if self.problem != "colouring" or choice is None:
            return choice
        heard = self.heard(run, agent, time)
        if choice not in heard.values():
            return choice
        free = self._unheard(heard)
        return choice if free is None else free

    def _once(self, run: Run, agent: int, time: int) -> int | None:
        """`colouring` and `cover`: the greater number chooses first."""
        heard = self.heard(run, agent, time)
        beliefs = run.beliefs(agent, Point(time, Stage.ACTING))
        before = [other for other in self.neighbours[agent] if self._exceeds(beliefs, other, agent)]
        unknown = [other for other in self.neighbours[agent] if beliefs[self.numbers[other]] is None]
        if any(other not in heard for other in before + unknown):
            return None
        if self.problem == "cover":
            return int(all(heard[other] != 1 for other in before))
        return self._unheard(heard) or 0

    def _unheard(self, heard: Heard) -> int | None:
        taken = set(heard.values())
        return next((label for label in range(len(self.world.actions)) if label not in taken), None)

    def _partner(self, run: Run, agent: int, time: int, choice: int | None) -> int | None:
        """`matching`, by the numbers of the page."""
        neighbours, heard = self.neighbours[agent], self.heard(run, agent, time)
        chosen = choice - 1 if choice and choice - 1 in neighbours else None

        def number(other: int) -> int:
            known = run.beliefs(agent, Point(time, Stage.ACTING))[self.numbers[other]]
            return -1 if known is None else known

        if chosen is not None and heard.get(chosen) == agent + 1:  # (1)
            return choice
        if chosen is not None and not heard.get(chosen):  # (2)
            return choice
        wooing = [other for other in neighbours if heard.get(other) == agent + 1]
        if wooing:  # (3)
            return max(wooing, key=number) + 1
        free = [other for other in neighbours if not heard.get(other) and number(other) >= 0]
        if not free:  # (4)
            return 0
        best = max(free, key=number)
        if number(agent) > number(best):
            return best + 1
        return 0 if chosen is not None else choice

    def heard(self, run: Run, agent: int, time: int) -> dict[int, int]:
        """By what is known when acting."""
        last: dict[int, tuple[int, int]] = {}
        heard: dict[int, int] = {}
        for index in run.reached(agent, Point(time, Stage.ACTING)):
            event, arrives = run.events[index], run.arrival(index, agent)
            if event.choice is None or event.agent not in self.neighbours[agent] or arrives is None:
                continue
            if (arrives, index) > last.get(event.agent, (-1, -1)):
                last[event.agent] = arrives, index
                heard[event.agent] = event.choice
        return heard

    # What came of it.

    def clashes(self, choices: Choices, agent: int) -> bool:
        mine = choices[agent]
        around = [choices[other] for other in self.neighbours[agent]]
        match self.problem:
            case "colouring":
                return mine is None or mine in around
            case "matching" if mine:
                return mine - 1 not in self.neighbours[agent] or choices[mine - 1] != agent + 1
            case "matching":
                return any(not choice for choice in around)
            case "cover":
                return mine != 0 and any(choice != 0 for choice in around)
            case "leader":
                return mine is None or 0 not in choices or (mine == 0 and choices.count(0) > 1)
            case _:
                voted = {self.world.truth[fact] for fact in self.votes}
                return mine not in voted or any(choice not in (None, mine) for choice in around)

    def _settled_well(self, choices: Choices) -> bool:
        return not any(self.clashes(choices, agent) for agent in range(len(choices)))

    def success(self, run: Run) -> bool:
        return self._settled_well(self.chosen(run, run.rounds))

    def cost(self, run: Run) -> int | None:
        choices = self.chosen(run, run.rounds)
        if not self.success(run):
            return None
        match self.problem:
            case "colouring":
                return len(set(choices))
            case "matching":
                return sum(not choice for choice in choices)
            case "cover":
                return choices.count(0)
            case _:
                return 0

    @property
    def certified(self) -> bool:
        return self.problem != "colouring" or len(self.world.agents) <= COLOURED

    @cached_property
    def optimum(self) -> int | None:
        try:
            match self.problem:
                case "colouring" if self.certified:
                    colours = graphs.chromatic_number(self.graph)
                    return colours if colours <= len(self.world.actions) else None
                case "colouring":
                    return len(graphs.largest_clique(self.graph))
                case "matching":
                    return graphs.largest_matching(self.graph).count(None)
                case "cover":
                    return len(graphs.smallest_cover(self.graph))
                case _:
                    return 0
        except graphs.Hard:
            raise Wrong("game, edges", "a graph whose best can be found in the steps allowed", "a harder one") from None

    @property
    def least(self) -> None:
        return None

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        after = [self.chosen(run, time + 1) for time in range(run.rounds)]
        chosen = next((time for time, choices in enumerate(after) if None not in choices), None)
        well = None
        for time in reversed(range(len(after))):
            if not self._settled_well(after[time]):
                break
            well = time
        return [("everybody has chosen", chosen), ("nobody clashes", well)]

    # Questions.

    def answer_clash(self, query: Json) -> Right:
        choices = self.chosen(self.record, self.round_of(query))
        asked = [self.world.agent_of("query, agents", agent) for agent in query["agents"]]
        return Right([self.world.names[agent] for agent in asked if self.clashes(choices, agent)])

    def answer_best(self, query: Json) -> Right:
        """The labels with which an agent would not clash."""
        if query["plans"] or query["agent"] is None or query["time"] is None:
            raise Wrong("query", "an agent, a round and labels", "another question")
        agent, choices = self.agent_in(query), list(self.chosen(self.record, self.round_of(query)))
        right = []
        for label in self.actions_in(query):
            choices[agent] = label
            if not self.clashes(tuple(choices), agent):
                right.append(self.world.actions[label])
        return Right(right)


GAME = Graph
