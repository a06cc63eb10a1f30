"""Random games over the whole language, far beyond what families make: for putting two implementations side by side.

Not plausible, only possible: parties with negative points, deadlines of one, limits on both sides, promises to anybody.
"""

import random
from typing import Any

from madata.schemas.negotiation import (
    Bargain,
    Choice,
    Commons,
    Conventions,
    Donor,
    Giver,
    Harvester,
    HarvestSwitch,
    Issue,
    Limit,
    Meeting,
    Party,
    Priority,
    Split,
    Statement,
    Strategy,
    Switch,
)

BIDDINGS = ("boulware", "linear", "conceder", "tit_for_tat", "hard_headed", "fair_split")
HARVESTINGS = ("greedy", "sustainable", "quota", "reciprocal")
GIVINGS = ("generous", "discriminating", "reciprocal", "free_rider")


def maybe(rng: random.Random, chance: float) -> bool:
    return rng.random() < chance


def conventions(rng: random.Random) -> Conventions:
    return Conventions(
        turns=rng.choice(["alternating", "alternating", "simultaneous"]),
        delivery=rng.choice(["instant", "instant", "delayed"]),
        claims=rng.choice(["believed", "believed", "doubted"]),
        values=rng.choice(["private", "permuted"]),
        promises=rng.choice(["binding", "cheap"]),
        acts=rng.choice(["public", "private"]),
    )


def bargain(rng: random.Random, rules: Conventions) -> Bargain:
    ids = [f"a{number}" for number in range(rng.choice([2, 2, 2, 3, 4]))]
    issues = issues_of(rng, rules)
    order = rng.sample(ids, len(ids))
    deadline = rng.randint(1, 14)
    sets = [sorted(rng.sample(ids, rng.randint(2, len(ids)))) for _ in range(rng.randint(1, 3))]
    arranged = [rng.randint(0, 6) for _ in issues]
    parties = []
    for agent in ids:
        if rules.values == "permuted" and all(issue.kind == "split" for issue in issues):
            worth: list[Any] = rng.sample(arranged, len(arranged))
        else:
            worth = [
                rng.randint(-1, 8) if issue.kind == "split" else [rng.randint(-4, 12) for _ in issue.options]
                for issue in issues
            ]
        own = rng.randint(1, deadline + 3)
        strategy = strategised(rng, rules, agent, ids, order, deadline, issues)
        parties.append(
            Party(
                agent=agent,
                worth=worth,
                reservation=rng.choice([0, 0, rng.randint(-2, 15)]),
                deadline=own,
                strategy=strategy,
            )
        )
    delays = [rng.randint(0, 3) for _ in range(rng.randint(1, 4))] if rules.delivery == "delayed" else []
    winning = [ids] if maybe(rng, 0.6) else sets
    return Bargain(issues=issues, order=order, deadline=deadline, winning=winning, delays=delays, parties=parties)


def issues_of(rng: random.Random, rules: Conventions) -> list[Issue]:
    if maybe(rng, 0.2):
        return [Choice(id="i0", name="price", options=[f"${10 * k}" for k in range(rng.randint(2, 12))])]
    issues: list[Issue] = []
    for number in range(rng.randint(1, 3)):
        if rules.values == "permuted" or maybe(rng, 0.6):
            issues.append(Split(id=f"i{number}", name=f"things{number}", units=rng.randint(1, 3)))
        else:
            options = [f"option {number}{k}" for k in range(rng.randint(2, 5))]
            issues.append(Choice(id=f"i{number}", name=f"matter{number}", options=options))
    return issues


def strategised(
    rng: random.Random,
    rules: Conventions,
    agent: str,
    ids: list[str],
    order: list[str],
    deadline: int,
    issues: list[Issue],
) -> Strategy:
    if rules.turns == "simultaneous":
        own = list(range(deadline))
    else:
        own = [time for time in range(deadline) if order[time % len(order)] == agent]
    says = [statement(rng, time, agent, ids, issues) for time in own for _ in range(rng.choice([0, 0, 0, 1, 1, 2]))]
    switch = Switch(time=rng.randint(0, deadline), bidding=rng.choice(BIDDINGS)) if maybe(rng, 0.3) else None
    return Strategy(
        bidding=rng.choice(BIDDINGS), switch=switch, says=says, yields=maybe(rng, 0.3), curt=maybe(rng, 0.3)
    )


def statement(rng: random.Random, time: int, agent: str, ids: list[str], issues: list[Issue]) -> Statement:
    others = [other for other in ids if other != agent]
    to = others if maybe(rng, 0.7) else sorted(rng.sample(others, rng.randint(1, len(others))))
    kind = rng.choice(["inform", "inform", "query", "threaten", "promise"])
    if kind == "promise":
        return Statement(time=time, to=[rng.choice(others)], kind="promise", amount=rng.randint(1, 6))
    if kind == "inform":
        (first, *more) = issues
        if not more and first.kind == "choice" and maybe(rng, 0.7):
            option = rng.randrange(len(first.options))
            side = rng.choice(["most", "least"])
            return Statement(time=time, to=to, kind="inform", claim=Limit(side=side, option=option))
        return Statement(time=time, to=to, kind="inform", claim=Priority(issue=rng.choice(issues).id))
    return Statement(time=time, to=to, kind=kind, meant=kind != "threaten" or maybe(rng, 0.5))


def commons(rng: random.Random, rules: Conventions) -> Commons:
    capacity = rng.randint(5, 120)
    parties = []
    for number in range(rng.randint(2, 6)):
        switch = (
            HarvestSwitch(round=rng.randint(0, 6), harvesting=rng.choice(HARVESTINGS)) if maybe(rng, 0.3) else None
        )
        parties.append(
            Harvester(
                agent=f"a{number}",
                harvesting=rng.choice(HARVESTINGS),
                switch=switch,
                leads=maybe(rng, 0.4),
                punishes=maybe(rng, 0.4),
                reports=rng.choice(["honest", "low", "silent"]),
            )
        )
    return Commons(
        resource="fish",
        stock=rng.randint(1, capacity),
        capacity=capacity,
        growth=rng.choice([0, 20, 50, 100, 100, 100, 150, 300]),
        collapse=rng.randint(0, 8),
        rounds=rng.randint(1, 8),
        cost=rng.choice([0, 1, 2]),
        fine=rng.choice([0, 3, 5]),
        parties=parties,
    )


def donor(rng: random.Random, rules: Conventions) -> Donor:
    """Meetings are drawn without knowing who will stay; whoever plays them finds out whether they can happen."""
    raise NotImplementedError
