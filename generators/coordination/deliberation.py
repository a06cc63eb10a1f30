"""Games in which a team settles on a plan (docs/coordination.md, "Deliberation").

Nobody acts: agents tell, ask, propose, reject with reasons and accept, until all have accepted one proposal. What a
plan is worth is the game's to say, given values of all facts.
"""

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from madata.generators.coordination.knowledge import acting, beginning, turn
from madata.generators.coordination.known import Known, Unasked
from madata.generators.coordination.session import Result, Session
from madata.schemas.coordination.language import (
    Accept,
    Ask,
    BestQuery,
    Confirm,
    Event,
    FitsQuery,
    Inform,
    IntendsQuery,
    Milestone,
    NeedsQuery,
    Propose,
    Reject,
)

PATIENCE = 3  # rounds after which a proposal that is still open is made again

Plan = tuple[int, ...]
Values = tuple[int, ...]
"""Of each fact, by its number, a value."""


class Deliberation(Session):
    kinds: ClassVar[Sequence[str]] = (
        "inform",
        "query-ref",
        "propose",
        "accept-proposal",
        "reject-proposal",
        "confirm",
    )

    @abstractmethod
    def works(self, plan: Plan, values: Values) -> bool:
        """Never the empty plan. The plan may be any list of indices that a model or a question proposes."""

    @abstractmethod
    def cost(self, plan: Plan, values: Values) -> int:
        """Of a plan that works."""

    @abstractmethod
    def uses(self, plan: Plan) -> list[int]:
        """The facts that it rests on, each once, in fact order."""

    @abstractmethod
    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        """Those of the facts used whose value rules the plan out, in fact order."""

    @abstractmethod
    def best(self, values: Values) -> Plan | None:
        """The cheapest plan that works, of several the lexicographically smallest. Asked for often with the same
        values: to be memoised."""

    @abstractmethod
    def least(self, values: Values) -> int | None:
        """The fewest facts that are not common (`known.common`) used by a plan that works at the least cost; None if no
        plan works."""

    def described(self, plan: Sequence[int]) -> str:
        """The plan in the words of an option."""
        return self.names.plan(plan)

    # The script of an agent, step by step.

    def begin(self) -> None:
        super().begin()
        self._asked: list[set[int]] = [set() for _ in self.ids]
        self._accepted: list[set[int]] = [set() for _ in self.ids]
        self._agreed: int | None = None

    def say(self, event: Event) -> None:
        super().say(event)
        agent = self.number[event.agent]
        if isinstance(event, Ask):
            self._asked[agent].update(self.known.fact[fact] for fact in event.facts)
        elif isinstance(event, Accept):
            self._accepted[agent].add(event.proposal)

    def turn(self, agent: int, time: int) -> Iterator[Event]:
        behaviour = self.behaviour(agent, time)
        now = turn(time)
        new = self.known.reached(agent, now, after=turn(time - 1) if time else -1)
        present = [index for index in new if self.present(self.number[self.events[index].agent], time)]
        if behaviour in ("team", "asker"):
            yield from self._confirm(agent, time, present)
        if behaviour != "silent":
            yield from self._answer(agent, time, present)
        if behaviour == "team":
            yield from self._tell(agent, time)
        if behaviour == "asker" and (unknown := self._unknown(agent, time)):
            yield from self.message(Ask, agent, time, facts=[self.fact_ids[fact] for fact in unknown])
            return
        yield from self._settle(agent, time)

    def _confirm(self, agent: int, time: int, new: list[int]) -> Iterator[Event]:
        informs = [index for index in new if self.events[index].kind == "inform"]
        if informs and self.setting.conventions.delivery == "unreliable":
            speaker = self.number[self.events[informs[-1]].agent]
            yield from self.message(Confirm, agent, time, [speaker], message=informs[-1])

    def _answer(self, agent: int, time: int, new: list[int]) -> Iterator[Event]:
        beliefs = self.known.beliefs(agent, turn(time))
        for index in new:
            event = self.events[index]
            if isinstance(event, Ask):
                told = self.telling((self.known.fact[fact] for fact in event.facts), beliefs)[: self.world.bandwidth]
                if told:
                    yield from self.message(Inform, agent, time, [self.number[event.agent]], facts=told)

    def _tell(self, agent: int, time: int) -> Iterator[Event]:
        news = self._news(agent)
        if news:
            hopes = self.known.hopes(agent, turn(time))
            used = self.uses(best) if (best := self.best(hopes)) else []
            news.sort(key=lambda fact: fact not in used)
            yield from self.message(Inform, agent, time, facts=self.telling(news[: self.world.bandwidth], self.truth))

    def _news(self, agent: int) -> list[int]:
        """The facts that the agent has to tell and has not told yet, in fact order."""
        known = self.known
        return [
            fact
            for fact, value in enumerate(self.truth)
            if value and fact in known.start[agent] and fact not in known.common and not known.has_told(agent, fact)
        ]

    def _unknown(self, agent: int, time: int) -> list[int]:
        """The facts that the agent asks for."""
        now = turn(time)
        best = self.best(self.known.hopes(agent, now))
        beliefs = self.known.beliefs(agent, now)
        asked = self._asked[agent]
        unknown = [fact for fact in self.uses(best) if beliefs[fact] is None and fact not in asked] if best else []
        return unknown[: self.world.bandwidth]

    def _settle(self, agent: int, time: int) -> Iterator[Event]:
        behaviour = self.behaviour(agent, time)
        hopes = self.known.hopes(agent, turn(time))
        current = self.current(agent, turn(time))
        if current is None or not self._open(current, agent, time):
            if behaviour in ("silent", "literal") or (behaviour == "team" and self._news(agent)):
                return
            yield from self._propose(agent, time)
            return
        event = self.events[current]
        assert isinstance(event, Propose)
        plan = tuple(event.plan)
        if event.agent == self.ids[agent]:
            if event.time <= time - PATIENCE:
                yield from self._propose(agent, time)
        elif current in self._accepted[agent]:
            return
        elif behaviour == "literal":
            yield from self.message(Accept, agent, time, proposal=current)
        elif not plan:
            if self.best(hopes) is None:
                yield from self.message(Accept, agent, time, proposal=current)
            elif behaviour == "silent":
                yield from self.message(Reject, agent, time, proposal=current)
            else:
                yield from self._propose(agent, time)
        elif not self.works(plan, hopes):
            told = self.telling(self.obstacles(plan, hopes), self.known.beliefs(agent, turn(time)))
            limit = {"silent": 0, "myopic": 1}.get(behaviour or "", self.world.bandwidth)
            yield from self.message(Reject, agent, time, proposal=current, facts=told[:limit])
        elif behaviour in ("team", "asker") and self._cheaper(hopes, plan):
            yield from self._propose(agent, time)
        else:
            yield from self.message(Accept, agent, time, proposal=current)

    def _propose(self, agent: int, time: int) -> Iterator[Event]:
        best = self.best(self.known.hopes(agent, turn(time))) or ()
        yield from self.message(Propose, agent, time, plan=list(best))

    def _cheaper(self, values: Values, plan: Plan) -> bool:
        """Whether there is a plan that costs less than this one, which works."""
        best = self.best(values)
        return best is not None and self.cost(best, values) < self.cost(plan, values)

    def current(self, agent: int, point: int) -> int | None:
        """The last proposal that the agent made or that has reached it."""
        for index in range(len(self.events) - 1, -1, -1):
            event = self.events[index]
            if event.kind == "propose" and (
                event.agent == self.ids[agent] or self.known.has_reached(index, agent, point)
            ):
                return index
        return None

    def _open(self, proposal: int, agent: int, time: int) -> bool:
        """Whether its maker is there, and the agent has neither rejected it nor been told that another did."""
        return self.present(self.number[self.events[proposal].agent], time) and not any(
            isinstance(event, Reject)
            and event.proposal == proposal
            and (event.agent == self.ids[agent] or self.known.has_reached(index, agent, turn(time)))
            for index, event in enumerate(self.events)
        )

    # What came of it.

    def advance(self, time: int, acts: Mapping[int, int]) -> None:
        """Nobody acts."""

    def over(self, time: int) -> bool:
        """Agreed: of every other agent present an acceptance has reached who proposed it."""
        accepted: dict[int, set[str]] = {}
        for index, event in enumerate(self.events):
            if isinstance(event, Accept):
                maker = self.number[self.events[event.proposal].agent]
                if self.known.has_reached(index, maker, acting(time)):
                    accepted.setdefault(event.proposal, set()).add(event.agent)
        agreed = [
            proposal
            for proposal, by in accepted.items()
            if self.present(maker := self.number[self.events[proposal].agent], time)
            and all(self.ids[other] in by for other in self.hearers(maker, time))
        ]
        self._agreed = max(agreed, default=None)
        return bool(agreed)

    def fits(self, plan: Plan) -> bool:
        """Whether the plan does what is to be done: it works, or it says that nothing does, and nothing does."""
        return self.works(plan, self.truth) if plan else self.best(self.truth) is None

    def result(self) -> Result:
        best = self.best(self.truth)
        plan = None
        if self._agreed is not None:
            agreed = self.events[self._agreed]
            assert isinstance(agreed, Propose)
            plan = tuple(agreed.plan)
        proposals = [event for event in self.events if isinstance(event, Propose)]
        first = proposals[0].time if proposals else None
        working = next((event.time for event in proposals if self.fits(tuple(event.plan))), None)
        return Result(
            success=plan is not None and self.fits(plan),
            cost=self.cost(plan, self.truth) if plan and self.works(plan, self.truth) else None,
            optimum=None if best is None else self.cost(best, self.truth),
            certified=True,
            least=self.least(self.truth),
            milestones=[
                Milestone(name="first proposal", time=first),
                Milestone(name="first plan that works", time=working),
                Milestone(name="agreement", time=None if plan is None else self.rounds - 1),
            ],
            plan=None if plan is None else list(plan),
        )

    # What is asked.

    def answer_fits(self, query: FitsQuery) -> Known:
        return Known([self.described(plan) for plan in query.plans if self.fits(tuple(plan))])

    def answer_best(self, query: BestQuery) -> Known:
        return Known(self._best_of(query.plans, self.truth))

    def _best_of(self, plans: Sequence[Sequence[int]], values: Values) -> list[str]:
        """Those than which none is better under these values."""
        best = self.best(values)

        def optimal(plan: Plan) -> bool:
            if best is None or not plan:
                return best is None and not plan
            return self.works(plan, values) and self.cost(plan, values) == self.cost(best, values)

        return [self.described(plan) for plan in plans if optimal(tuple(plan))]

    def answer_intends(self, query: IntendsQuery) -> Known:
        hopes = self.known.hopes(self.number[query.agent], beginning(query.time))
        return Known(self._best_of(query.plans, hopes), view=query.agent, order=1)

    def answer_needs(self, query: NeedsQuery) -> Known:
        agent, point = self.number[query.agent], beginning(query.time)
        hopes, beliefs = self.known.hopes(agent, point), self.known.beliefs(agent, point)
        if self._works_out(hopes):
            raise Unasked(f"the best plan of {query.agent} works as it is")
        facts = [self.known.fact[fact] for fact in query.facts]
        if any(beliefs[fact] is not None for fact in facts):
            raise Unasked(f"{query.agent} knows one of the facts")
        return Known([self.names.facts[fact] for fact in facts if self._works_out(self._told(hopes, fact))], order=1)

    def _works_out(self, hopes: Values) -> bool:
        """Whether the best plan by these hopes works under the truth."""
        best = self.best(hopes)
        return best is not None and self.works(best, self.truth)

    def _told(self, hopes: Values, fact: int) -> Values:
        return (*hopes[:fact], self.truth[fact], *hopes[fact + 1 :])
