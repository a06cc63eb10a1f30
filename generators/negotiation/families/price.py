"""`price`: a buyer and a seller of one thing.

Every price is as good as any other for both together, so all is in what each takes the other's limit to be: here they
name limits, true and false, and threaten to leave. In a quarter of the games no price suits both.
"""

import random
from collections.abc import Mapping

from madata.generators.family import Family, Knob
from madata.generators.lexicon.negotiation import goods
from madata.generators.negotiation.bargain.draft import Draft
from madata.generators.negotiation.scenario import Negotiation
from madata.schemas.negotiation import Choice

KNOBS = {
    "agents": Knob(2, 2, 2, 2, "the buyer and the seller"),
    "prices": Knob(11, 31, 5, 101, "prices they can agree on"),
    "rounds": Knob(3, 8, 1, 40, "times each party has the move"),
    "small_talk": Knob(0, 4, 0, 8, "turns of small talk"),
}

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)
GRAINS = (1, 5, 10, 50)
"""Limits lie between prices, at round figures."""


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    good, count = rng.choice(goods()), knobs["prices"]
    step = min(STEPS, key=lambda step: abs(step * count - (good.most - good.least)))
    least = good.least // step * step or step
    prices = [least + step * number for number in range(count)]
    cost, value = _limits(rng, count)
    grain = max((grain for grain in GRAINS if grain < step and step % grain == 0), default=1)
    cost, value = (prices[cost] - rng.randrange(0, step, grain), prices[value] + rng.randrange(0, step, grain))
    issue = Choice(id="i0", name=f"price of the {good.name}", options=[f"${price}" for price in prices])
    roles, worth = ["buyer", "seller"], [[value - price for price in prices], [price - cost for price in prices]]
    if rng.random() < 0.5:
        roles, worth = roles[::-1], worth[::-1]
    draft = Draft(rng, roles, [issue], [[points] for points in worth], [0, 0], knobs["rounds"])
    draft.limits({agent: "most" if role == "buyer" else "least" for agent, role in zip(draft.ids, roles, strict=True)})
    draft.threats(0.2)
    return draft.negotiation(knobs["small_talk"])


def _limits(rng: random.Random, count: int) -> tuple[int, int]:
    """The least price for the seller and the greatest for the buyer; in a quarter of the cases they cross."""
    low = rng.randint(0, max(0, count // 2 - 1))
    high = rng.randint(min(count - 1, low + max(1, count // 6)), count - 1)
    if rng.random() < 0.75:
        return low, high
    return high, low


FAMILY = Family(
    "negotiation", "price", "a buyer and a seller of one thing", KNOBS, build, self_play=True, partners=True
)
