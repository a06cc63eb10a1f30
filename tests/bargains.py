"""Small bargains for tests: tables from a few words, and random ones."""

import random

from madata.generators.negotiation.table import Table
from madata.schemas import Agent
from madata.schemas.negotiation import Bargain, Choice, Conventions, Party, Split, Statement, Strategy, Switch

BIDDINGS = ("boulware", "linear", "conceder", "tit_for_tat", "hard_headed", "fair_split")


def agents(n):
    return [Agent(id=f"a{number}", name=f"Agent{number}", role="party") for number in range(n)]


def party(number, worth, reservation=0, deadline=10, bidding="linear", **strategy):
    return Party(
        agent=f"a{number}",
        worth=worth,
        reservation=reservation,
        deadline=deadline,
        strategy=Strategy(bidding=bidding, **strategy) if bidding else None,
    )


def table(issues, parties, deadline=10, order=None, winning=None, delays=(), **conventions):
    ids = [party.agent for party in parties]
    game = Bargain(
        issues=issues,
        order=order or ids,
        deadline=deadline,
        winning=winning or [ids],
        delays=list(delays),
        parties=parties,
    )
    return Table(agents(len(parties)), Conventions(**conventions), game)


def books(units=4, number=0):
    return Split(id=f"i{number}", name=f"things {number}", units=units)


def price(options=5, number=0):
    return Choice(id=f"i{number}", name=f"choice {number}", options=[f"option {k}" for k in range(options)])


def haggle(buyer=(), seller=(), options=11, deadline=6, **conventions):
    """A buyer a0 and a seller a1 haggle over a price: option k is worth 10 - k to the one and k to the other."""
    return table(
        [price(options)],
        [
            party(0, [[options - 1 - k for k in range(options)]], **{"deadline": deadline, **dict(buyer)}),
            party(1, [[*range(options)]], **{"deadline": deadline, **dict(seller)}),
        ],
        deadline=deadline,
        **conventions,
    )


def random_table(seed):
    """Any game the language knows, small; all parties scripted."""
    rng = random.Random(f"bargain {seed}")
    n = rng.choice((2, 2, 3, 4))
    if rng.random() < 0.3:
        issues = [price(rng.randint(3, 12))]
    else:
        kinds = [rng.random() < 0.6 for _ in range(rng.randint(1, 3))]
        issues = [
            books(rng.randint(1, 4 if n < 4 else 2), number) if split else price(rng.randint(2, 4), number)
            for number, split in enumerate(kinds)
        ]
    deadline = rng.randint(3, 12)
    ids = [f"a{number}" for number in range(n)]
    turns = rng.choice(("alternating", "simultaneous"))
    delivery = rng.choice(("instant", "delayed"))
    order = rng.sample(ids, n)
    parties = []
    for agent in ids:
        times = [t for t in range(deadline) if turns == "simultaneous" or order[t % n] == agent]
        says = [_statement(rng, agent, ids, issues, time) for time in sorted(rng.choices(times or [0], k=3)) if times]
        parties.append(
            Party(
                agent=agent,
                worth=[
                    rng.randint(0, 9) if isinstance(issue, Split) else [rng.randint(0, 20) for _ in issue.options]
                    for issue in issues
                ],
                reservation=rng.randint(0, 12),
                deadline=rng.randint(2, deadline + 2),
                strategy=Strategy(
                    bidding=rng.choice(BIDDINGS),
                    switch=Switch(time=rng.randrange(deadline), bidding=rng.choice(BIDDINGS))
                    if rng.random() < 0.3
                    else None,
                    says=says,
                    yields=rng.random() < 0.5,
                    curt=rng.random() < 0.5,
                ),
            )
        )
    winning = [ids] if rng.random() < 0.7 else [sorted(rng.sample(ids, 2)), ids[:1] + ids[-1:]]
    game = Bargain(
        issues=issues,
        order=order,
        deadline=deadline,
        winning=winning,
        delays=[rng.randint(0, 3) for _ in range(rng.randint(1, 4))] if delivery == "delayed" else [],
        parties=parties,
    )
    conventions = Conventions(
        turns=turns,
        delivery=delivery,
        claims=rng.choice(("believed", "doubted")),
        promises=rng.choice(("binding", "cheap")),
    )
    return Table(agents(n), conventions, game)


def _statement(rng, agent, ids, issues, time):
    others = [other for other in ids if other != agent]
    kind = rng.choice(("inform", "inform", "query", "threaten", "promise"))
    to = rng.sample(others, 1 if kind == "promise" else rng.randint(1, len(others)))
    claim = amount = None
    if kind == "inform":
        if len(issues) == 1 and isinstance(issues[0], Choice) and rng.random() < 0.7:
            option = rng.randrange(len(issues[0].options))
            claim = {"kind": "limit", "side": rng.choice(("most", "least")), "option": option}
        else:
            claim = {"kind": "priority", "issue": rng.choice(issues).id}
    if kind == "promise":
        amount = rng.randint(1, 5)
    return Statement(time=time, to=to, kind=kind, claim=claim, amount=amount, meant=rng.random() < 0.5)
