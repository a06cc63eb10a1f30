"""Questions that all games are asked, answered from the record ("Questions" of docs/coordination.md).

A game answers queries of kind KIND by `answer_KIND`; those of its own it adds, those it has no sense for are `Wrong`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from madata.schemas.coordination.language import BETTER, FAILED, IMPOSSIBLE, NEVER, SAME, WORSE
from madata.schemas.words import nth
from madata.validators.coordination.play import Extra, play
from madata.validators.coordination.rules import Rules
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Plan
from madata.validators.trial import Json, Wrong

CONSEQUENCES = [SAME, BETTER, WORSE, FAILED]


class Right(NamedTuple):
    """The right answers to a question, in any order, and the question's other fields. `view`: the agent's number."""

    answers: Iterable[str]
    evidence: Sequence[int] = ()
    view: int | None = None
    order: int = 0


def yes(so: bool) -> list[str]:
    return ["yes" if so else "no"]


class Asked(Rules):
    """A game that answers."""

    def round_of(self, query: Json) -> int:
        """The round that a query asks of."""
        time: int = query["time"]
        if time >= self.record.rounds:
            raise Wrong("query, time", f"a round that was played, of {self.record.rounds}", time)
        return time

    def agent_in(self, query: Json, part: str = "agent") -> int:
        return self.world.agent_of(f"query, {part}", query[part])

    def facts_in(self, query: Json) -> list[int]:
        return [self.world.fact_of("query, facts", fact) for fact in query["facts"]]

    def plans_in(self, query: Json) -> list[Plan]:
        return [self.world.plan_of("query, plans", plan) for plan in query["plans"]]

    def actions_in(self, query: Json) -> list[int]:
        for action in query["actions"]:
            if action >= len(self.world.actions):
                raise Wrong("query, actions", f"actions below {len(self.world.actions)}", action)
        return list(query["actions"])

    def plan_text(self, plan: Plan) -> str:
        named = zip(self.world.decision_names, self.world.choices, plan, strict=False)
        return "; ".join(f"{name}: {choices[value]}" for name, choices, value in named) or IMPOSSIBLE

    def event_text(self, index: int, verb: str = "said") -> str:
        """What a message is called among options."""
        if not 0 <= index < len(self.record.events) or not self.is_said(index):
            raise Wrong("query, event", "a message of the episode", index)
        event = self.record.events[index]
        alike = [each for each in self.record.during(event.time) if self.is_said(each)]
        alike = [each for each in alike if self.record.events[each].agent == event.agent]
        which = f" {nth(alike.index(index) + 1)}" if len(alike) > 1 else ""
        return f"what {self.world.names[event.agent]} {verb}{which} in round {event.time + 1}"

    def is_said(self, index: int) -> bool:
        """Whether an event is one of those that tell (`hints`: a hint)."""
        return self.record.events[index].is_message

    def entries(self, query: Json) -> list[str] | None:
        """The texts of what a query lists; None if it lists nothing."""
        world = self.world
        match query["kind"]:
            case "fits":
                return [self.plan_text(plan) for plan in self.plans_in(query)]
            case "intends" | "best":
                actions = [world.actions[action] for action in self.actions_in(query)]
                return [*(self.plan_text(plan) for plan in self.plans_in(query)), *actions]
            case "can":
                return [world.actions[action] for action in self.actions_in(query)]
            case "reach":
                if strange := [square for square in query["squares"] if square not in self.figures["squares"]]:
                    raise Wrong("query, squares", "squares of the map", strange[0])
                return list(query["squares"])
            case "clash":
                return [world.names[world.agent_of("query, agents", agent)] for agent in query["agents"]]
            case "knows" | "needs":
                return [world.fact_names[fact] for fact in self.facts_in(query)]
            case "could":
                names = world.value_names[self.world.fact_of("query, fact", query["fact"])]
                if max(query["values"], default=0) >= len(names):
                    raise Wrong("query, values", f"values below {len(names)}", query["values"])
                return [names[value] for value in query["values"]]
            case "message":
                return [self.telling_text(*self.telling(each)) for each in query["tellings"]]
            case "redundant":
                return [self.event_text(index) for index in query["events"]]
            case "aware" | "possible":
                return ["yes", "no"]
            case "lost":
                return CONSEQUENCES
            case "milestone":
                return [*(f"round {time + 1}" for time in range(world.rounds)), NEVER]
        return None

    def telling(self, telling: Json) -> tuple[int, int]:
        where = "query, tellings"
        return self.world.agent_of(where, telling["agent"]), self.world.fact_of(where, telling["fact"])

    def telling_text(self, agent: int, fact: int) -> str:
        return f"{self.world.names[agent]} tells what {self.world.fact_names[fact]} is"

    # Of the whole.

    def answer_possible(self, query: Json) -> Right:
        if self.possible and not self.certified:
            raise Wrong("query", "a task of which it is certain whether it can be done", "one of which it is not")
        return Right(yes(self.possible))

    def answer_optimum(self, query: Json) -> Right:
        if not self.certified:
            raise Wrong("query", "an optimum that is certified", "one that is not")
        return Right([IMPOSSIBLE if self.optimum is None else str(self.optimum)])

    def answer_milestone(self, query: Json) -> Right:
        times = dict(self.milestones(self.record))
        if query["name"] not in times:
            raise Wrong("query, name", f"one of {list(times)}", query["name"])
        time = times[query["name"]]
        return Right([NEVER if time is None else f"round {time + 1}"])

    def answer_redundant(self, query: Json) -> Right:
        right = sorted({*query["events"]} & {*self.redundant(self.record)})
        return Right([self.event_text(index) for index in right], right)

    # What agents know.

    def answer_knows(self, query: Json) -> Right:
        agent, point = self.agent_in(query), Point(self.round_of(query), Stage.BEGINNING)
        beliefs = self.record.beliefs(agent, point)
        right = [fact for fact in self.facts_in(query) if beliefs[fact] is not None]
        heard = {self.record.first_message(agent, fact, point) for fact in right}
        evidence = sorted(index for index in heard if index is not None)
        return Right([self.world.fact_names[fact] for fact in right], evidence, agent, 1)

    def answer_could(self, query: Json) -> Right:
        agent, fact = self.agent_in(query), self.world.fact_of("query, fact", query["fact"])
        point = Point(self.round_of(query), Stage.BEGINNING)
        value = self.record.beliefs(agent, point)[fact]
        first = self.record.first_message(agent, fact, point)
        names = self.world.value_names[fact]
        right = self.entries(query) or [] if value is None else [names[value]]
        return Right(right, [] if first is None else [first], agent, 1)

    def answer_aware(self, query: Json) -> Right:
        agent, other = self.agent_in(query), self.agent_in(query, "other")
        fact, time = self.world.fact_of("query, fact", query["fact"]), self.round_of(query)
        if agent == other:
            raise Wrong("query, other", f"another agent than {query['agent']}", query["other"])
        if other in self.world.known[fact]:
            return Right(yes(True), (), agent, 2)
        signs = self._signs(agent, other, fact, time)
        return Right(yes(bool(signs)), signs[:1], agent, 2)

    def _signs(self, agent: int, other: int, fact: int, time: int) -> list[int]:
        """The events by which an agent knows, at the beginning of a round, that another knows a fact."""
        events, reliable = self.record.events, self.world.delivery == "reliable"
        reached = self.record.reached(agent, Point(time, Stage.BEGINNING))
        said = [k for k in self.record.by(agent) if events[k].time < time and events[k].tells(fact)]
        signs = [k for k in said if reliable and other in events[k].to]
        for k in reached:
            event = events[k]
            if event.tells(fact) and (event.agent == other or (reliable and other in event.to)):
                signs.append(k)
            if event.kind == "confirm" and event.agent == other and event.about in said:
                signs.append(k)
        return sorted(signs)

    # What would have been.

    def rerun(self, lost: int | None = None, extra: Extra | None = None) -> Run:
        """The episode played again by its scripts."""
        if not self.world.scripted:
            raise Wrong("query", "an episode whose agents all have a behaviour", "one that cannot be run again")
        run = Run(self.world, self.start())
        for _ in play(self, run, lost, extra):
            pass
        return run

    def answer_lost(self, query: Json) -> Right:
        index = query["event"]
        self.event_text(index)
        other = self.rerun(lost=index)
        before, after = self.success(self.record), self.success(other)
        if before != after:
            return Right([FAILED if before else BETTER], [index])
        was, would = ((self.cost(run) or 0, run.rounds) for run in (self.record, other))
        if not before or was == would:
            return Right([SAME], [index])
        return Right([BETTER if would < was else WORSE], [index])

    def answer_message(self, query: Json) -> Right:
        time = self.round_of(query)
        if self.success(self.record):
            raise Wrong("query", "an episode without success", "a success")
        right = []
        for agent, fact in map(self.telling, query["tellings"]):
            knows = self.record.beliefs(agent, Point(time, Stage.BEGINNING))[fact] is not None
            if self.world.common[fact] or not knows or agent not in self.world.present(time):
                expected = "facts that are not common, and agents who are there and know them"
                raise Wrong("query, tellings", expected, f"{self.world.agents[agent]}, {self.world.facts[fact]}")
            if self.success(self.rerun(extra=Extra(time, agent, fact))):
                right.append(self.telling_text(agent, fact))
        return Right(right)
