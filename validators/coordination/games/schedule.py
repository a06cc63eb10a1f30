"""Game `schedule`: a slot for each meeting, by calendars of which each agent knows its own.

Plans are gone through in order, meeting by meeting; one costs at least what its meetings do so far, and each of the
others in its cheapest slot.
"""

from madata.validators.coordination.cheapest import cheapest
from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.world import Plan, Values, fitting
from madata.validators.trial import Wrong


class Schedule(Deliberation):
    def fit(self) -> None:
        figures, world = self.figures, self.world
        meetings = figures["participants"]
        if len(meetings) != len(world.choices):
            raise Wrong("game, participants", f"those of each of {len(world.choices)} decisions", len(meetings))
        slots = len(figures["slots"])
        for decision, choices in zip(world.decisions, world.choices, strict=True):
            fitting(f"decision {decision}, scale", choices, figures["slots"])
        self.participants = [
            world.agents_of(f"game, participants of meeting {number}", agents) for number, agents in enumerate(meetings)
        ]
        self.costs: list[int] = figures["costs"]
        if len(figures["calendars"]) != len(world.agents) or any(len(row) != slots for row in figures["calendars"]):
            raise Wrong("game, calendars", f"{len(world.agents)} rows of {slots}", figures["calendars"])
        self.calendars = [
            [world.fact_of("game, calendars", fact, len(self.costs) + 1) for fact in row]
            for row in figures["calendars"]
        ]
        if len({fact for row in self.calendars for fact in row}) != len(world.agents) * slots:
            raise Wrong("game, calendars", "a fact of its own for each agent and slot", figures["calendars"])

    def needed(self, meeting: int, slot: int) -> list[int]:
        """The facts how a slot suits those who meet."""
        return [self.calendars[agent][slot] for agent in self.participants[meeting]]

    def suits(self, fact: int, values: Values) -> bool:
        return values[fact] < len(self.costs)

    def apart(self, plan: Plan) -> bool:
        """Whether no two meetings of one agent are in one slot."""
        taken = [(agent, slot) for meeting, slot in enumerate(plan) for agent in self.participants[meeting]]
        return len(set(taken)) == len(taken)

    def works(self, plan: Plan, values: Values) -> bool:
        return bool(plan) and self.apart(plan) and not self.obstacles(plan, values)

    def price(self, plan: Plan, values: Values) -> int:
        facts = (fact for meeting, slot in enumerate(plan) for fact in self.needed(meeting, slot))
        return sum(self.costs[values[fact]] for fact in facts)

    def uses(self, plan: Plan) -> list[int]:
        return sorted({fact for meeting, slot in enumerate(plan) for fact in self.needed(meeting, slot)})

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [fact for fact in self.uses(plan) if not self.suits(fact, values)]

    def cheapest(self, values: Values, *, ties: bool) -> list[Plan]:
        slots = range(len(self.figures["slots"]))
        costs: list[list[int | None]] = []
        for meeting in range(len(self.participants)):
            facts = [self.needed(meeting, slot) for slot in slots]
            suits = [all(self.suits(fact, values) for fact in each) for each in facts]
            costs.append(
                [
                    sum(self.costs[values[f]] for f in each) if suit else None
                    for each, suit in zip(facts, suits, strict=True)
                ]
            )
        if any(all(cost is None for cost in row) for row in costs):
            return []
        least = [min(cost for cost in row if cost is not None) for row in costs]

        def bound(plan: Plan) -> int | None:
            so_far = [costs[meeting][slot] for meeting, slot in enumerate(plan)]
            if None in so_far[-1:] or not self.apart(plan):
                return None
            return sum(cost for cost in so_far if cost is not None) + sum(least[len(plan) :])

        return cheapest(len(costs), len(slots), bound, lambda plan: self.price(plan, values), ties=ties)

    def find_best(self, values: Values) -> Plan | None:
        return next(iter(self.cheapest(values, ties=False)), None)

    def fewest(self) -> int:
        best = self.cheapest(self.world.truth, ties=True)
        return min(sum(not self.world.common[fact] for fact in self.uses(plan)) for plan in best)


GAME = Schedule
