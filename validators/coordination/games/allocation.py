"""Game `allocation`: who does which task, so that all is done soon and cheaply.

How long an assignment takes is found by every order in which tasks can be begun: each begins as soon as its agent is
free and those before it have ended. What that comes to is the same whatever agents believe, so it is found once a game.
"""

from functools import cache

from madata.validators.coordination.cheapest import cheapest
from madata.validators.coordination.deliberation import Deliberation
from madata.validators.coordination.world import Plan, Values
from madata.validators.trial import Wrong


class Allocation(Deliberation):
    def fit(self) -> None:
        figures, world = self.figures, self.world
        self.durations: list[int] = figures["durations"]
        self.coins: list[int] = figures["coins"]
        tasks, agents = len(self.durations), len(world.agents)
        if tasks != len(world.choices):
            raise Wrong("game, durations", f"one for each of {len(world.choices)} decisions", tasks)
        for decision, choices in zip(world.decisions, world.choices, strict=True):
            if len(choices) != agents:
                raise Wrong(f"decision {decision}, scale", f"{agents} values, one an agent", choices)
        if len(figures["costs"]) != agents or any(len(row) != tasks for row in figures["costs"]):
            raise Wrong("game, costs", f"{agents} rows of {tasks}", figures["costs"])
        self.asked = [
            [world.fact_of("game, costs", fact, len(self.coins) + 1) for fact in row] for row in figures["costs"]
        ]
        if len({fact for row in self.asked for fact in row}) != agents * tasks:
            raise Wrong("game, costs", "a fact of its own for each agent and task", figures["costs"])
        self.before: list[set[int]] = [set() for _ in range(tasks)]
        for first, second in figures["before"]:
            if max(first, second) >= tasks:
                raise Wrong("game, before", f"tasks below {tasks}", [first, second])
            self.before[second].add(first)
        self._acyclic()
        self.chains()
        self.makespan = cache(self._makespan)

    def _acyclic(self) -> None:
        done: set[int] = set()
        while ready := [task for task, before in enumerate(self.before) if task not in done and before <= done]:
            done.update(ready)
        if len(done) < len(self.before):
            circle = [task for task in range(len(self.before)) if task not in done]
            raise Wrong("game, before", "no task that waits for itself", f"a cycle among tasks {circle}")

    def works(self, plan: Plan, values: Values) -> bool:
        return bool(plan) and not self.obstacles(plan, values)

    def price(self, plan: Plan, values: Values) -> int:
        coins = sum(self.coins[values[self.asked[agent][task]]] for task, agent in enumerate(plan))
        return int(self.figures["hour"] * self.makespan(plan)) + coins

    def uses(self, plan: Plan) -> list[int]:
        return sorted(self.asked[agent][task] for task, agent in enumerate(plan))

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [fact for fact in self.uses(plan) if values[fact] == len(self.coins)]

    def _makespan(self, plan: Plan) -> int:
        """The least time at which all can be done: of every order, but those that cannot be better than the best."""
        shortest, best = self.at_least(plan), sum(self.durations)
        waiting: list[tuple[int, dict[int, int]]] = [(0, {})]
        while waiting and best > shortest:
            now, ends = waiting.pop()
            if len(ends) == len(plan):
                best = min(best, max(ends.values()))
            begun = []
            for task, before in enumerate(self.before):
                if task not in ends and before <= ends.keys():
                    held_up = (end for other, end in ends.items() if other in before or plan[other] == plan[task])
                    start = max(held_up, default=0)
                    if start >= now and start + self.ahead[task] < best:
                        begun.append((start, {**ends, task: start + self.durations[task]}))
            waiting += sorted(begun, key=lambda state: -state[0])
        return best

    def at_least(self, plan: Plan) -> int:
        """What an assignment that begins so takes at least: a chain of tasks; or the work of one agent, with what has
        to be done before the first of it, and after the last."""
        least = max(self.ahead)
        for agent in set(plan):
            own = [task for task, doing in enumerate(plan) if doing == agent]
            work = sum(self.durations[task] for task in own)
            first = min(self.behind[task] for task in own)
            last = min(self.ahead[task] - self.durations[task] for task in own)
            least = max(least, first + work + last)
        return least

    def chains(self) -> None:
        """Of each task the longest chain of tasks `behind` it, and `ahead` from its beginning on."""
        tasks = range(len(self.durations))
        after = [{task for task in tasks if other in self.before[task]} for other in tasks]

        @cache
        def behind(task: int) -> int:
            return max((behind(other) + self.durations[other] for other in self.before[task]), default=0)

        @cache
        def ahead(task: int) -> int:
            return self.durations[task] + max((ahead(other) for other in after[task]), default=0)

        self.behind, self.ahead = [behind(task) for task in tasks], [ahead(task) for task in tasks]

    def cheapest(self, values: Values, *, ties: bool) -> list[Plan]:
        agents, hour = range(len(self.world.agents)), self.figures["hour"]
        coins = [*self.coins, None]
        costs = [[coins[values[self.asked[agent][task]]] for agent in agents] for task in range(len(self.durations))]
        if any(all(cost is None for cost in row) for row in costs):
            return []
        least = [min(cost for cost in row if cost is not None) for row in costs]

        def bound(plan: Plan) -> int | None:
            so_far = [costs[task][agent] for task, agent in enumerate(plan)]
            if None in so_far[-1:]:
                return None
            spent = sum(cost for cost in so_far if cost is not None)
            return int(hour * self.at_least(plan)) + spent + sum(least[len(plan) :])

        return cheapest(len(costs), len(agents), bound, lambda plan: self.price(plan, values), ties=ties)

    def find_best(self, values: Values) -> Plan | None:
        return next(iter(self.cheapest(values, ties=False)), None)

    def fewest(self) -> int:
        best = self.cheapest(self.world.truth, ties=True)
        return min(sum(not self.world.common[fact] for fact in self.uses(plan)) for plan in best)


GAME = Allocation
