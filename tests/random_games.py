"""Random games over the whole language, far beyond what families make: for putting two implementations side by side.

Not plausible, only possible: parties with negative points, deadlines of one, limits on both sides, promises to anybody.
"""

import random
from collections.abc import Iterator
from typing import Any

from madata.generators.negotiation import donor as donors
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Bargain,
    BluffQuery,
    Choice,
    Commons,
    Conventions,
    Donor,
    GaveQuery,
    Giver,
    HadQuery,
    Harvester,
    HarvestSwitch,
    ImpliedQuery,
    Issue,
    KeptQuery,
    LastQuery,
    Limit,
    Meeting,
    NegotiationQuery,
    NegotiationWorld,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    Party,
    PointsQuery,
    Priority,
    RationalQuery,
    Reply,
    ReplyQuery,
    Split,
    Statement,
    StaysQuery,
    StockQuery,
    Strategy,
    SustainQuery,
    Switch,
    SwitchQuery,
    TookQuery,
    ValuedQuery,
    WouldQuery,
    ZoneQuery,
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
    drawn = {frozenset(rng.sample(ids, rng.randint(2, len(ids)))) for _ in range(rng.randint(1, 3))}
    sets = sorted(sorted(each) for each in drawn if not any(other < each for other in drawn))
    arranged = [rng.randint(0, 6) for _ in issues]
    parties = []
    for agent in ids:
        if rules.values == "permuted":
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
    if rules.values == "private" and maybe(rng, 0.2):
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
        bidding=rng.choice(BIDDINGS),
        switch=switch,
        aspiration=rng.randint(-5, 25) if maybe(rng, 0.3) else None,
        opens=rng.randint(0, deadline) if maybe(rng, 0.2) else 0,
        says=says,
        yields=maybe(rng, 0.3),
        curt=maybe(rng, 0.3),
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
        switch = HarvestSwitch(round=rng.randint(0, 6), harvesting=rng.choice(HARVESTINGS)) if maybe(rng, 0.3) else None
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


def donor(rng: random.Random, rules: Conventions) -> donors.Table:
    """Played at once: who meets whom in a later generation depends on who stays."""
    founders, generations = rng.randint(2, 6), rng.randint(1, 3)
    leaving = founders // 2
    count = founders + leaving * (generations - 1)
    agents = [Agent(id=f"a{k}", name=f"Person {k}", role="party") for k in range(count)]
    table = donors.Table(agents, rules, rng.choice([4, 5, 10, 20]), rng.randint(2, 3))
    table.join([giver(rng, f"a{k}") for k in range(founders)])
    for generation in range(generations):
        if generation:
            stay = donors.richest(table.has)
            joined = len(table.parties)
            heirs = [rng.choice(stay) for _ in range(leaving)]
            table.join(
                [
                    giver(rng, f"a{joined + k}").model_copy(
                        update={"generation": generation, "heir_of": of, "giving": table.giver(of).giving}
                    )
                    for k, of in enumerate(heirs)
                ]
            )
        for _ in range(rng.randint(1, 5)):  # more, and figures outgrow a record
            people = rng.sample(table.present, min(len(table.present), 3))
            gossip = people[2] if len(people) > 2 and maybe(rng, 0.6) else None
            donors.play(table, Meeting(generation=generation, donor=people[0], recipient=people[1], gossip=gossip))
    return table


def giver(rng: random.Random, agent: str) -> Giver:
    return Giver(agent=agent, giving=rng.choice(GIVINGS), gossip=rng.choice(["honest", "spiteful", "silent"]))


# Everything that can be asked.


def chains(ids: list[str]) -> list[list[str]]:
    return [[], *([one] for one in ids), *([one, other] for one in ids for other in ids)]


def queries(rng: random.Random, world: NegotiationWorld, ids: list[str]) -> list[NegotiationQuery]:
    events = list(enumerate(world.events))
    said = [BluffQuery(event=index) for index, event in events if event.kind in ("inform", "threaten")]
    match world.game:
        case Bargain():
            return [*said, *of_bargain(rng, world, world.game, ids)]
        case Commons():
            rounds = range(1 + max(event.time for event in world.events) // 3)
            return [
                *said,
                *(StockQuery(round=r) for r in rounds),
                *(SustainQuery(round=r) for r in rounds),
                *(TookQuery(chain=chain, about=rng.choice(ids), round=r) for chain in chains(ids) for r in rounds),
                *(KeptQuery(proposal=index) for index, event in events if event.kind == "propose"),
                *(LastQuery(agent=agent) for agent in ids),
                *(SwitchQuery(agent=agent) for agent in ids),
            ]
        case Donor():
            meetings = range(len(world.game.meetings))
            return [
                *said,
                *(
                    GaveQuery(chain=chain, meeting=m)
                    for chain in chains(ids)
                    for m in meetings
                    if len(set(chain)) == len(chain)
                ),
                *(HadQuery(agent=agent, meeting=m) for agent in ids for m in meetings),
                *(WouldQuery(donor=one, recipient=other) for one in ids for other in ids if one != other),
                *(StaysQuery(generation=g) for g in range(world.game.meetings[-1].generation)),
            ]


def of_bargain(
    rng: random.Random, world: NegotiationWorld, game: Bargain, ids: list[str]
) -> Iterator[NegotiationQuery]:
    proposals = [index for index, event in enumerate(world.events) if event.kind == "propose"]
    yield ZoneQuery()
    for proposal in proposals:
        yield ParetoQuery(proposal=proposal)
        for issue in game.issues:
            yield OfferQuery(
                proposal=proposal, issue=issue.id, agent=rng.choice(ids) if issue.kind == "split" else None
            )
        for agent in ids:
            yield PointsQuery(proposal=proposal, agent=agent)
            yield RationalQuery(proposal=proposal, agent=agent)
            time = rng.randint(world.events[proposal].time + 1, game.deadline)
            yield ReplyQuery(agent=agent, proposal=proposal, time=time, moves=replies(rng, world, proposals))
    for index, event in enumerate(world.events):
        if event.kind in ("inform", "threaten"):
            yield PaidQuery(event=index)
    for agent in ids:
        yield SwitchQuery(agent=agent)
        yield ImpliedQuery(agent=agent, time=rng.randint(0, game.deadline + 2))
        for _ in range(6):
            yield ValuedQuery(
                chain=rng.choices(ids, k=rng.randint(1, 3)), about=agent, time=rng.randint(0, game.deadline + 2)
            )


def replies(rng: random.Random, world: NegotiationWorld, proposals: list[int]) -> list[Reply]:
    deals = [world.events[index].deal for index in proposals if world.events[index].kind == "propose"]
    drawn = {str(deal): deal for deal in rng.sample(deals, min(2, len(deals)))}
    return [
        Reply(move="accept"),
        Reply(move="withdraw"),
        *(Reply(move="propose", deal=deal) for deal in drawn.values()),
    ]
