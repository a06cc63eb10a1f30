"""`schedule`: a time for each meeting that suits all who take part, from calendars that only their owners know
(distributed constraint optimisation; meeting scheduling as in Maheswaran et al. 2004)."""

import random
from collections.abc import Mapping, Sequence

from madata.generators.coordination import knobs as common
from madata.generators.coordination.branch import Found, cheapest, fewest
from madata.generators.coordination.deliberation import Deliberation, Plan, Values
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.stakes import BANDWIDTH, SHARED, spread, worthwhile
from madata.generators.family import Family, Knob, draw
from madata.generators.lexicon import names as given
from madata.generators.lexicon.teamwork import meetings, slots
from madata.schemas.coordination.games.schedule import Schedule
from madata.schemas.coordination.language import Decision, Fact, Scale

KNOBS = {
    "agents": common.agents(2, 5),
    "meetings": Knob(1, 3, 1, 4, "meetings to find a time for"),
    "slots": Knob(5, 10, 4, 12, "times to choose from"),
    "taken": Knob(35, 60, 10, 90, "times at which somebody cannot, in percent"),
    "shared": SHARED,
    "rounds": common.rounds(6, 9),
    "bandwidth": BANDWIDTH,
    "small_talk": common.SMALL_TALK,
}

SUITS = ("convenient", "possible", "awkward", "taken")


class ScheduleSession(Deliberation):
    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Schedule)
        self.costs: list[int | None] = [*game.costs, None]
        agent = {each.id: number for number, each in enumerate(setting.agents)}
        fact = {each.id: number for number, each in enumerate(setting.world.facts)}
        self.facts = [
            [[fact[game.calendars[agent[who]][slot]] for who in participants] for slot in range(len(game.slots))]
            for participants in game.participants
        ]
        """Of each meeting and slot the calendar facts of those who take part."""
        self.clashes = [
            [i for i in range(meeting) if set(game.participants[i]) & set(participants)]
            for meeting, participants in enumerate(game.participants)
        ]
        """Of each meeting those before it that cannot be at the same time."""
        self._best: dict[Values, Plan | None] = {}
        super().__init__(setting)

    def works(self, plan: Plan, values: Values) -> bool:
        return (
            len(plan) == len(self.facts)
            and not self.obstacles(plan, values)
            and all(self._apart(plan[: meeting + 1]) is not None for meeting in range(len(plan)))
        )

    def cost(self, plan: Plan, values: Values) -> int:
        return sum(self._suits(self.facts[meeting][slot], values) or 0 for meeting, slot in enumerate(plan))

    def uses(self, plan: Plan) -> list[int]:
        return sorted({fact for meeting, slot in enumerate(plan) for fact in self.facts[meeting][slot]})

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [fact for fact in self.uses(plan) if self.costs[values[fact]] is None]

    def best(self, values: Values) -> Plan | None:
        if values not in self._best:
            self._best[values] = self.search(values).plan
        return self._best[values]

    def least(self, values: Values) -> int | None:
        private = [[sum(fact not in self.known.common for fact in facts) for facts in row] for row in self.facts]
        return fewest(self._table(values), private, self._apart)

    def search(self, values: Values) -> Found:
        return cheapest(self._table(values), self._apart)

    def _table(self, values: Values) -> list[list[int | None]]:
        return [[self._suits(facts, values) for facts in row] for row in self.facts]

    def _suits(self, facts: Sequence[int], values: Values) -> int | None:
        """What it costs those who take part; None if somebody cannot."""
        total = 0
        for fact in facts:
            cost = self.costs[values[fact]]
            if cost is None:
                return None
            total += cost
        return total

    def _apart(self, slots: Sequence[int]) -> int | None:
        """Nothing, if the last of these slots is not that of an earlier meeting with a participant in common."""
        last = slots[-1]
        return None if any(slots[meeting] == last for meeting in self.clashes[len(slots) - 1]) else 0


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    role, matters = meetings(rng, knobs["meetings"])
    times = slots(rng, knobs["slots"])
    people = given(rng, knobs["agents"])
    agents = members(people, role)
    groups = _groups(rng, len(agents), len(matters))
    suits, costs = _scale(rng)
    entries = [(who, slot) for who in range(len(agents)) for slot in range(len(times))]
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
        game=Schedule(
            slots=times,
            participants=[[f"a{who}" for who in group] for group in groups],
            calendars=[[f"f{who * len(times) + slot}" for slot in range(len(times))] for who in range(len(agents))],
            costs=costs,
        ),
        scales=[Scale(id="s0", values=suits), Scale(id="s1", values=times)],
        facts=[
            Fact(
                id=f"f{number}",
                name=f"{people[who]}'s {times[slot]}",
                scale="s0",
                value=0,
                known=[f"a{agent}" for agent in known[number]],
            )
            for number, (who, slot) in enumerate(entries)
        ],
        decisions=[
            Decision(id=f"d{number}", name=f"the time of the {matter}", scale="s1")
            for number, matter in enumerate(matters)
        ],
        bandwidth=knobs["bandwidth"],
    )
    last = len(suits) - 1

    def truth(impossible: bool) -> Values:
        """If it should be possible, a time is kept free for each meeting."""
        taken = (knobs["taken"] + 100) // 2 if impossible else knobs["taken"]
        free = [] if impossible else rng.sample(range(len(times)), len(groups))
        kept = {(who, slot) for group, slot in zip(groups, free, strict=False) for who in group}
        return tuple(
            last if entry not in kept and rng.randrange(100) < taken else rng.randrange(last) for entry in entries
        )

    session = worthwhile(rng, ScheduleSession, setting, truth)
    return Coordination(session, rng, small_talk=knobs["small_talk"])


def _scale(rng: random.Random) -> tuple[list[str], list[int]]:
    """How a time can suit somebody, and what it costs if one can."""
    between = draw(rng, ((), 1), (("possible",), 2), (("awkward",), 1), (("possible", "awkward"), 4))
    costs = sorted(rng.sample(range(1, 6), len(between)))
    return ["convenient", *between, "taken"], [0, *costs]


def _groups(rng: random.Random, agents: int, meetings: int) -> list[list[int]]:
    """Who takes part in each meeting: two or more, and each agent in one of them."""
    groups = [set(rng.sample(range(agents), rng.randint(2, agents))) for _ in range(meetings)]
    for agent in range(agents):
        if not any(agent in group for group in groups):
            rng.choice(groups).add(agent)
    return [sorted(group) for group in groups]


SESSION = ScheduleSession

FAMILY = Family(
    "coordination",
    "schedule",
    "times for meetings, from private calendars",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
