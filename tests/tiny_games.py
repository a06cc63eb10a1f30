"""Games small enough to be played by hand, for the tests of what coordination games share."""

from madata.generators.coordination.deliberation import Deliberation
from madata.generators.coordination.motion import Motion
from madata.generators.coordination.setting import Setting
from madata.schemas import Agent
from madata.schemas.coordination.games.wason import Wason
from madata.schemas.coordination.language import Conventions, Decision, Fact, Milestone, Player, Scale
from madata.schemas.coordination.world import CoordinationWorld

NAMES = ("Anna", "Ben", "Cara", "Dan")


def setting(values, known, behaviours, *, names=("clear", "blocked"), rounds=8, bandwidth=1, **more):
    """`values` and `known` (numbers of agents) of each fact; `behaviours`: of each agent, a player's fields or just the
    behaviour."""
    ids = [f"a{number}" for number in range(len(behaviours))]
    players = [
        Player(agent=agent, **(each if isinstance(each, dict) else {"behaviour": each}))
        for agent, each in zip(ids, behaviours, strict=True)
    ]
    facts = [
        Fact(id=f"f{number}", name=f"road {number}", scale="s0", value=value, known=[ids[agent] for agent in who])
        for number, (value, who) in enumerate(zip(values, known, strict=True))
    ]
    conventions = {key: more.pop(key) for key in ("speech", "delivery", "channel") if key in more}
    world = CoordinationWorld(
        game=Wason(cards=["A"], clock=[]),
        scales=[Scale(id="s0", values=list(names)), Scale(id="s1", values=[f"road {n}" for n in range(9)])],
        facts=facts,
        decisions=[Decision(id="d0", name="the way", scale="s1")],
        actions=["stay", "go up", "go down"],
        order=more.pop("order", ids),
        rounds=rounds,
        bandwidth=bandwidth,
        fates=more.pop("fates", []),
        players=players,
        events=[],
    )
    assert not more
    agents = [Agent(id=agent, name=name, role="traveller") for agent, name in zip(ids, NAMES, strict=False)]
    return Setting(agents, Conventions(**conventions), world)


class Roads(Deliberation):
    """The team settles on a road: road n costs n + 1 and can be taken if fact n is 0."""

    def works(self, plan, values):
        return len(plan) == 1 and plan[0] < len(values) and values[plan[0]] == 0

    def cost(self, plan, values):
        return plan[0] + 1

    def uses(self, plan):
        return list(plan)

    def obstacles(self, plan, values):
        return [road for road in plan if values[road]]

    def best(self, values):
        return next(((road,) for road, value in enumerate(values) if value == 0), None)

    def least(self, values):
        best = self.best(values)
        return None if best is None else sum(road not in self.known.common for road in best)


class Ladder(Motion):
    """Each agent begins on rung 0 of a ladder of six, and has to get to the rung that its fact says; action 1 is up, 2
    down. Rungs can be shared. On rung 2 a fact is seen: that of the next agent."""

    def start(self):
        return (0,) * len(self.ids)

    def openings(self, state, agent):
        return [0, *([1] if state[agent] < 5 else []), *([2] if state[agent] else [])]

    def settle(self, state, joint):
        return joint

    def step(self, state, time, joint):
        return tuple(rung + (0, 1, -1)[action] for rung, action in zip(state, joint, strict=True))

    def done(self, state, time):
        return state == self.truth

    def remaining(self, state, time, beliefs):
        return max(0 if goal is None else abs(goal - rung) for rung, goal in zip(state, beliefs, strict=True))

    def alone(self, state, time, agent, beliefs):
        goal = beliefs[agent]
        return 0 if goal in (None, state[agent]) else 1 if goal > state[agent] else 2

    def sees(self, state, time):
        return [(agent, (agent + 1) % len(state)) for agent, rung in enumerate(state) if rung == 2]

    def least(self):
        return len(self.truth) - len(self.known.common)

    def milestones(self):
        return [
            Milestone(name="all off the ground", time=next((t - 1 for t, s in enumerate(self.states) if all(s)), None))
        ]
