"""Small bargains for tests: tables from a few words, and random ones."""

import random

import random_games

from madata.generators.negotiation.bargain.table import Table
from madata.schemas import Agent
from madata.schemas.negotiation import Bargain, Choice, Conventions, Party, Split, Strategy

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
    rules = random_games.conventions(rng)
    game = random_games.bargain(rng, rules)
    return Table(agents(len(game.parties)), rules, game)
