"""`allocation`: who does which task, when everybody knows only what it can do itself and for what price (multi-agent
task allocation with precedence; Gerkey and Mataric 2004, Korsah et al. 2013).

Time costs too: all tasks done by whoever is cheapest may take longer than it is worth.
"""

import random
from collections.abc import Mapping, Sequence

from madata.generators.coordination import knobs as common
from madata.generators.coordination.branch import Found, cheapest, fewest
from madata.generators.coordination.deliberation import Deliberation, Plan, Values
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.makespan import Makespan
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.stakes import BANDWIDTH, SHARED, spread, worthwhile
from madata.generators.family import Family, Knob
from madata.generators.lexicon import names as given
from madata.generators.lexicon.teamwork import tasks
from madata.schemas.coordination.games.allocation import Allocation
from madata.schemas.coordination.language import Decision, Fact, Scale

KNOBS = {
    "agents": common.agents(2, 4, maximum=6),
    "tasks": Knob(3, 5, 2, 6, "tasks to share out"),
    "links": Knob(15, 40, 0, 100, "pairs of tasks of which one has to be done before the other, in percent"),
    "refused": Knob(20, 45, 0, 80, "tasks that somebody cannot do, in percent"),
    "shared": SHARED,
    "rounds": common.rounds(6, 9),
    "bandwidth": BANDWIDTH,
    "small_talk": common.SMALL_TALK,
}


class AllocationSession(Deliberation):
    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Allocation)
        self.hour = game.hour
        self.coins: list[int | None] = [*game.coins, None]
        fact = {each.id: number for number, each in enumerate(setting.world.facts)}
        self.facts = [[fact[row[task]] for row in game.costs] for task in range(len(game.durations))]
        """Of each task and agent the fact what the agent takes for it."""
        self.makespan = Makespan(game.durations, game.before)
        self._best: dict[Values, Plan | None] = {}
        super().__init__(setting)

    def works(self, plan: Plan, values: Values) -> bool:
        return len(plan) == len(self.facts) and not self.obstacles(plan, values)

    def cost(self, plan: Plan, values: Values) -> int:
        coins = (self.coins[values[self.facts[task][who]]] for task, who in enumerate(plan))
        return self._time(plan) + sum(price or 0 for price in coins)

    def uses(self, plan: Plan) -> list[int]:
        return sorted(self.facts[task][who] for task, who in enumerate(plan))

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [fact for fact in self.uses(plan) if self.coins[values[fact]] is None]

    def best(self, values: Values) -> Plan | None:
        if values not in self._best:
            self._best[values] = self.search(values).plan
        return self._best[values]

    def least(self, values: Values) -> int | None:
        private = [[int(fact not in self.known.common) for fact in row] for row in self.facts]
        return fewest(self._table(values), private, self._time)

    def search(self, values: Values) -> Found:
        return cheapest(self._table(values), self._time)

    def _table(self, values: Values) -> list[list[int | None]]:
        return [[self.coins[values[fact]] for fact in row] for row in self.facts]

    def _time(self, doers: Sequence[int]) -> int:
        return self.hour * self.makespan(doers)


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    role, work = tasks(rng, knobs["tasks"])
    people = given(rng, knobs["agents"])
    agents = members(people, role)
    coins = sorted(rng.sample(range(1, 13), rng.randint(2, 4)))
    entries = [(who, task) for who in range(len(agents)) for task in range(len(work))]
    known = spread(rng, [who for who, _ in entries], len(agents), knobs["shared"])
    team = cast_of(
        rng,
        agents,
        knobs["rounds"],
        ("myopic", "silent", "literal", "asker"),
        leaving=True,
        channel=common.OR_BOARD,
    )
    setting = team.setting(
        game=Allocation(
            durations=[rng.randint(1, 6) for _ in work],
            before=_links(rng, len(work), knobs["links"]),
            costs=[[f"f{who * len(work) + task}" for task in range(len(work))] for who in range(len(agents))],
            coins=coins,
            hour=rng.randint(1, 4),
        ),
        scales=[
            Scale(id="s0", values=[*map(_priced, coins), "out of the question"]),
            Scale(id="s1", values=people),
        ],
        facts=[
            Fact(
                id=f"f{number}",
                name=f"{people[who]}'s price for {work[task].doing}",
                scale="s0",
                value=0,
                known=[f"a{agent}" for agent in known[number]],
            )
            for number, (who, task) in enumerate(entries)
        ],
        decisions=[
            Decision(id=f"d{number}", name=f"the one who {task.does}", scale="s1") for number, task in enumerate(work)
        ],
        bandwidth=knobs["bandwidth"],
    )
    last = len(coins)

    def truth(impossible: bool) -> Values:
        values = [last if rng.randrange(100) < knobs["refused"] else rng.randrange(last) for _ in entries]
        if impossible:
            dreaded = rng.randrange(len(work))
            values = [last if task == dreaded else value for value, (_, task) in zip(values, entries, strict=True)]
        return tuple(values)

    session = worthwhile(rng, AllocationSession, setting, truth)
    return Coordination(session, rng, small_talk=knobs["small_talk"])


def _links(rng: random.Random, tasks: int, links: int) -> list[list[int]]:
    """Pairs in the order in which the tasks are usually done, none of which follows from others."""
    drawn = [[i, j] for i in range(tasks) for j in range(i + 1, tasks) if rng.randrange(100) < links]
    return [pair for pair in drawn if not _follows(pair, [other for other in drawn if other != pair])]


def _follows(pair: list[int], links: list[list[int]]) -> bool:
    first, last = pair
    return any(then == last or _follows([then, last], links) for start, then in links if start == first)


def _priced(coins: int) -> str:
    return "1 coin" if coins == 1 else f"{coins} coins"


SESSION = AllocationSession

FAMILY = Family(
    "coordination",
    "allocation",
    "who does which task, for prices of their own",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
