"""What `maze`, `schedule` and `allocation` share ("Deliberation" of docs/coordination.md): a plan is looked for in
words, and agreed on. What a plan is worth is the game's to say."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from madata.validators.coordination.asked import Right
from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Point, Run, Stage
from madata.validators.coordination.world import Beliefs, Event, Plan, Values
from madata.validators.trial import Json, Wrong

PATIENCE = 3
"""After so many rounds an agent proposes again."""


class Deliberation(Game):
    """Besides `fit`, a game provides what follows. Plans are whole (`whole`), values are of all facts."""

    kinds = frozenset({"inform", "query-ref", "propose", "accept-proposal", "reject-proposal", "confirm"})
    behaviours = frozenset({"team", "myopic", "silent", "literal", "asker", "leader"})

    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self._best: dict[Values, Plan | None] = {}
        super().__init__(world, conventions, agents)
        for index, event in enumerate(self.record.events):
            self.whole(f"event {index}, plan", event.plan)

    @abstractmethod
    def works(self, plan: Plan, values: Values) -> bool: ...

    @abstractmethod
    def price(self, plan: Plan, values: Values) -> int:
        """The cost of a plan that works."""

    @abstractmethod
    def uses(self, plan: Plan) -> list[int]:
        """The facts that a plan uses, in fact order."""

    @abstractmethod
    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        """Those of them whose values rule it out, in fact order."""

    @abstractmethod
    def find_best(self, values: Values) -> Plan | None:
        """The cheapest plan that works, of several the smallest list; None if none does."""

    def best(self, values: Values) -> Plan | None:
        if values not in self._best:
            self._best[values] = self.find_best(values)
        return self._best[values]

    @abstractmethod
    def fewest(self) -> int:
        """Over all plans as good as `best` of the truth, which there is: the fewest uncommon facts used."""

    def whole(self, where: str, plan: Plan) -> Plan:
        """A plan has a value for each decision, or none for any."""
        if plan and len(plan) != len(self.world.choices):
            raise Wrong(where, f"a value for each of {len(self.world.choices)} decisions, or none", list(plan))
        return plan

    def plans_in(self, query: Json) -> list[Plan]:
        return [self.whole("query, plans", plan) for plan in super().plans_in(query)]

    def start(self) -> None:
        return None

    def advance(self, state: None, time: int, acts: Mapping[int, int]) -> None:
        return None

    def act(self, run: Run, agent: int, time: int) -> None:
        return None

    def open_to(self, run: Run, agent: int, time: int) -> Sequence[int]:
        return ()

    def hopes(self, beliefs: Beliefs) -> Values:
        return tuple(value or 0 for value in beliefs)

    # A turn.

    def speech(self, run: Run, agent: int, time: int) -> Iterator[Event]:
        return Turn(self, run, agent, time).said()

    # What comes of it.

    def agreed(self, run: Run, time: int) -> int | None:
        """The proposal that is agreed at the end of a round."""
        present, accepts = self.world.present(time), defaultdict[int, list[int]](list)
        for index, event in enumerate(run.events):
            if event.kind == "accept-proposal" and event.about is not None and event.about < len(run.events):
                accepts[event.about].append(index)
        for proposal in sorted(accepts, reverse=True):
            made = run.events[proposal]
            arrivals = ((run.events[index].agent, run.arrival(index, made.agent)) for index in accepts[proposal])
            agree = {agent for agent, arrives in arrivals if arrives is not None and arrives <= time}
            if made.kind == "propose" and made.agent in present and agree >= {*present} - {made.agent}:
                return proposal
        return None

    def over(self, run: Run, time: int) -> bool:
        return self.agreed(run, time) is not None

    def plan(self, run: Run) -> Plan | None:
        proposal = self.agreed(run, run.rounds - 1)
        return None if proposal is None else run.events[proposal].plan

    def right(self, plan: Plan) -> bool:
        """Whether a plan does what is to be done, or says rightly that nothing does."""
        return self.works(plan, self.world.truth) if plan else not self.possible

    def success(self, run: Run) -> bool:
        plan = self.plan(run)
        return plan is not None and self.right(plan)

    def cost(self, run: Run) -> int | None:
        plan = self.plan(run)
        return self.price(plan, self.world.truth) if plan and self.right(plan) else None

    @cached_property
    def optimum(self) -> int | None:
        best = self.best(self.world.truth)
        return None if best is None else self.price(best, self.world.truth)

    @cached_property
    def least(self) -> int | None:
        return self.fewest() if self.possible else None

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        proposals = [event for event in run.events if event.kind == "propose"]
        first = next((event.time for event in proposals), None)
        works = next((event.time for event in proposals if self.right(event.plan)), None)
        agreement = None if self.agreed(run, run.rounds - 1) is None else run.rounds - 1
        return [("first proposal", first), ("first plan that works", works), ("agreement", agreement)]

    # Questions.

    def answer_fits(self, query: Json) -> Right:
        return Right([self.plan_text(plan) for plan in self.plans_in(query) if self.right(plan)])

    def answer_best(self, query: Json) -> Right:
        return Right(self._best_of(query, self.world.truth))

    def _best_of(self, query: Json, values: Values) -> list[str]:
        """The plans listed that cost no more than the best of all under these values; the empty one if none works."""
        first = self.best(values)
        if first is None:
            best = [plan for plan in self.plans_in(query) if not plan]
        else:
            working = [plan for plan in self.plans_in(query) if plan and self.works(plan, values)]
            best = [plan for plan in working if self.price(plan, values) == self.price(first, values)]
        return [self.plan_text(plan) for plan in best]

    def answer_intends(self, query: Json) -> Right:
        agent = self.agent_in(query)
        beliefs = self.record.beliefs(agent, Point(self.round_of(query), Stage.BEGINNING))
        return Right(self._best_of(query, self.hopes(beliefs)), (), agent, 1)

    def answer_needs(self, query: Json) -> Right:
        agent, facts = self.agent_in(query), self.facts_in(query)
        beliefs = self.record.beliefs(agent, Point(self.round_of(query), Stage.BEGINNING))
        hopes = self.hopes(beliefs)
        if self._helps(hopes):
            raise Wrong("query", "an agent whose best plan does not work", "one whose best plan does")
        right = []
        for fact in facts:
            if beliefs[fact] is not None:
                raise Wrong("query, facts", f"facts that {query['agent']} does not know", self.world.facts[fact])
            if self._helps((*hopes[:fact], self.world.truth[fact], *hopes[fact + 1 :])):
                right.append(self.world.fact_names[fact])
        return Right(right, (), None, 1)

    def _helps(self, values: Values) -> bool:
        best = self.best(values)
        return best is not None and self.works(best, self.world.truth)


class Turn:
    """The turn of a scripted agent in a round, step by step."""

    def __init__(self, game: Deliberation, run: Run, agent: int, time: int) -> None:
        self.game, self.run, self.agent, self.time = game, run, agent, time
        self.behaviour = game.world.behaviour(agent, time)
        self.bandwidth = game.world.bandwidth
        self.present = game.world.present(time)
        self.reached = run.reached(agent, Point(time, Stage.TURN))
        before = set(run.reached(agent, Point(time - 1, Stage.TURN)) if time else ())
        self.new = [index for index in self.reached if index not in before]
        self.beliefs = run.beliefs(agent, Point(time, Stage.TURN))
        self.hopes = game.hopes(self.beliefs)
        self.best = game.best(self.hopes)

    def says(self, kind: str, to: Sequence[int] | None = None, **content: object) -> Event:
        return self.game.says(self.agent, self.time, kind, to, **content)

    def telling(self, facts: Sequence[int]) -> tuple[tuple[int, int], ...]:
        """Those of some facts that the agent knows, as it takes them to be, as many as a message holds."""
        known = [(fact, value) for fact in facts if (value := self.beliefs[fact]) is not None]
        return tuple(known[: self.bandwidth])

    @property
    def own(self) -> list[Event]:
        return [self.run.events[index] for index in self.run.by(self.agent)]

    def said(self) -> Iterator[Event]:
        yield from self.confirm()
        yield from self.answer()
        news = self.news()
        if told := self.telling(news):
            yield self.says("inform", told=told)
        if asked := self.unasked():
            yield self.says("query-ref", asked=asked)
            return
        yield from self.settle(news_left=len(news) > len(told))

    def confirm(self) -> Iterator[Event]:
        if self.behaviour not in ("team", "asker") or self.game.world.delivery != "unreliable":
            return
        informs = [index for index in self.new if self.run.events[index].kind == "inform"]
        from_present = [index for index in informs if self.run.events[index].agent in self.present]
        if from_present:
            last = max(from_present)
            yield self.says("confirm", [self.run.events[last].agent], about=last)

    def answer(self) -> Iterator[Event]:
        if self.behaviour == "silent":
            return
        for asking in (self.run.events[index] for index in self.new):
            if asking.kind == "query-ref" and asking.agent in self.present and (told := self.telling(asking.asked)):
                yield self.says("inform", [asking.agent], told=told)

    def news(self) -> list[int]:
        """The facts that the agent has to tell, those that its best plan uses first."""
        if self.behaviour != "team":
            return []
        world = self.game.world
        told = {fact for event in self.own for fact, _ in event.told}
        news = [
            fact
            for fact, known in enumerate(world.known)
            if self.agent in known and not world.common[fact] and world.truth[fact] != 0 and fact not in told
        ]
        used = self.game.uses(self.best) if self.best else []
        return sorted(news, key=lambda fact: (fact not in used, fact))

    def unasked(self) -> tuple[int, ...]:
        if self.behaviour != "asker" or not self.best:
            return ()
        asked = {fact for event in self.own for fact in event.asked}
        used = self.game.uses(self.best)
        return tuple(fact for fact in used if self.beliefs[fact] is None and fact not in asked)[: self.bandwidth]

    def settle(self, *, news_left: bool) -> Iterator[Event]:
        events = self.run.events
        heard = [*self.reached, *self.run.by(self.agent)]
        current = max((index for index in heard if events[index].kind == "propose"), default=None)
        rejected = {events[index].about for index in heard if events[index].kind == "reject-proposal"}
        if current is None or current in rejected or events[current].agent not in self.present:
            if self.behaviour not in ("silent", "literal") and not news_left:
                yield self.propose()
        elif events[current].agent == self.agent:
            if events[current].time <= self.time - PATIENCE:
                yield self.propose()
        elif not any(event.kind == "accept-proposal" and event.about == current for event in self.own):
            yield self.judge(current, events[current].plan)

    def propose(self) -> Event:
        return self.says("propose", plan=self.best or ())

    def judge(self, proposal: int, plan: Plan) -> Event:
        """What the agent says to a proposal of another that it has not accepted."""
        accept = self.says("accept-proposal", about=proposal)
        if self.behaviour == "literal":
            return accept
        if not plan:
            if self.best is None:
                return accept
            return self.says("reject-proposal", about=proposal) if self.behaviour == "silent" else self.propose()
        if not self.game.works(plan, self.hopes):
            told = self.telling(self.game.obstacles(plan, self.hopes))
            fewer = {"myopic": told[:1], "silent": ()}
            return self.says("reject-proposal", about=proposal, told=fewer.get(self.behaviour or "", told))
        if self.behaviour in ("team", "asker") and self.improves(plan):
            return self.propose()
        return accept

    def improves(self, plan: Plan) -> bool:
        if self.best is None:
            return False
        return self.game.price(self.best, self.hopes) < self.game.price(plan, self.hopes)
