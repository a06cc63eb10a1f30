"""`commons`: a shared resource that the parties sustain or exhaust (GovSim, Piatti et al. 2024; Hardin 1968).

Some take all they may, others hold back, keep to a quota, or do as the others did; a quota is proposed, agreed and
cheated. Harvests in the open may be punished; of secret ones each party says what it likes, and the others can only
believe it or not.
"""

import random
from collections.abc import Mapping
from functools import partial
from typing import Literal

from madata.generators.family import Asked, Family, Knob, draw
from madata.generators.lexicon import names
from madata.generators.negotiation import commons
from madata.generators.negotiation.commons import Table
from madata.generators.negotiation.floors import CommonsFloor
from madata.generators.negotiation.items import Items
from madata.generators.negotiation.known import ordinal_word
from madata.generators.negotiation.scenario import Choose, Negotiation
from madata.schemas import Agent
from madata.schemas.negotiation import (
    NEVER,
    UNDETERMINED,
    BluffQuery,
    Commons,
    Conventions,
    Harvester,
    Harvesting,
    HarvestSwitch,
    KeptQuery,
    LastQuery,
    StockQuery,
    SustainQuery,
    SwitchQuery,
    TookQuery,
)

KNOBS = {
    "agents": Knob(3, 6, 2, 8, "parties"),
    "rounds": Knob(4, 8, 2, 20, "rounds, if the resource lasts"),
    "capacity": Knob(60, 120, 40, 1000, "the most there can be of the resource"),
    "order": Knob(1, 2, 0, 2, "highest belief order asked"),
}

RESOURCES = (
    "bales of hay",
    "buckets of water",
    "chestnuts",
    "clams",
    "crabs",
    "crayfish",
    "fish",
    "herrings",
    "jars of honey",
    "lobsters",
    "logs",
    "mushrooms",
    "mussels",
    "oysters",
    "pheasants",
    "pine trees",
    "rabbits",
    "reeds",
    "salmon",
    "sponges",
    "trout",
    "truffles",
    "turnips",
    "wild geese",
)

MODEST: tuple[tuple[Harvesting, int], ...] = (("sustainable", 4), ("quota", 4), ("reciprocal", 3))
GREEDY = {"public": ((0, 4), (1, 3), (2, 3), (3, 1)), "private": ((0, 2), (1, 6), (2, 3), (3, 1))}
"""How many of the parties take all they may, by the acts."""

REPORTS: dict[tuple[str, bool], tuple[tuple[Literal["honest", "low", "silent"], int], ...]] = {
    ("private", True): (("low", 8), ("honest", 1), ("silent", 1)),
    ("private", False): (("honest", 6), ("low", 1), ("silent", 1)),
    ("public", True): (("low", 1), ("silent", 1)),
    ("public", False): (("silent", 1),),
}
"""What is said of harvests, by the acts and whether one is greedy. In the open only whether the greedy accept a quota
depends on it."""

ITEMS = (6, 9)


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    n, capacity = knobs["agents"], knobs["capacity"]
    conventions = Conventions(
        acts=draw(rng, ("public", 4), ("private", 5)), claims=draw(rng, ("believed", 10), ("doubted", 1))
    )
    fined = conventions.acts == "public" and rng.random() < 0.5
    game = Commons(
        resource=rng.choice(RESOURCES),
        stock=capacity if rng.random() < 0.8 else rng.randint(capacity * 3 // 4, capacity),
        capacity=capacity,
        growth=draw(rng, (100, 6), (50, 2), (80, 1), (150, 1)),
        collapse=rng.randint(3, 8),
        rounds=knobs["rounds"],
        cost=rng.randint(1, 3) if fined else 0,
        fine=rng.randint(2, 8) if fined else 0,
        parties=parties(rng, n, knobs["rounds"], conventions, fined),
    )
    agents = [Agent(id=f"a{i}", name=name, role="party") for i, name in enumerate(names(rng, n))]
    return negotiation(rng, agents, conventions, game, knobs["order"])


def negotiation(
    rng: random.Random, agents: list[Agent], conventions: Conventions, game: Commons, order: int
) -> Negotiation:
    table = Table(agents, conventions, game)

    def leave(choose: Choose) -> Negotiation:
        players = choose(table.ids)
        left = [Harvester(agent=party.agent) if party.agent in players else party for party in game.parties]
        return negotiation(rng, agents, conventions, game.model_copy(update={"parties": left}), order)

    return Negotiation(
        agents,
        conventions,
        rng,
        table,
        play=lambda: commons.play(table),
        ask=lambda: Asker(table, rng, order).ask(),
        floor=lambda: CommonsFloor(table),
        leave=leave,
    )


def parties(rng: random.Random, n: int, rounds: int, conventions: Conventions, fined: bool) -> list[Harvester]:
    greedy = rng.sample(range(n), draw(rng, *GREEDY[conventions.acts][:n]))
    leading = rng.sample(range(n), draw(rng, (0, 1), (1, 6), (2, 1)))
    switching = rng.choice(greedy or range(n)) if rng.random() < (0.2 if greedy else 0.6) else None
    made = []
    for i in range(n):
        harvesting: Harvesting = "greedy" if i in greedy else draw(rng, *MODEST)
        made.append(
            Harvester(
                agent=f"a{i}",
                harvesting=harvesting,
                switch=switch(rng, harvesting, rounds) if i == switching else None,
                leads=i in leading,
                punishes=fined and rng.random() < (0.2 if i in greedy else 0.6),
                reports=draw(rng, *REPORTS[conventions.acts, i in greedy]),
            )
        )
    return made


def switch(rng: random.Random, harvesting: Harvesting, rounds: int) -> HarvestSwitch:
    """In the first half, while there is still something to take."""
    chances = [(way, weight) for way, weight in (("greedy", 12), *MODEST) if way != harvesting]
    return HarvestSwitch(round=rng.randint(1, max(1, rounds // 2)), harvesting=draw(rng, *chances))


class Asker:
    """What is asked of a commons that has been played."""

    def __init__(self, table: Table, rng: random.Random, order: int) -> None:
        self.table, self.rng, self.order = table, rng, order
        self.items = Items(table.agents, table.world(), rng, lambda query: commons.answer(table, query))
        self.harvests = [(agent, number) for number, row in enumerate(table.taken) for agent in table.ids[: len(row)]]

    def ask(self) -> list[Asked]:
        ways = [self.stock, self.sustain, self.took, self.kept, self.last, self.switch]
        ways += [partial(self.belief, k) for k in range(1, self.order + 1)]
        if self.table.secret:
            ways += [self.bluff]
        return self.items.fill(self.rng.randint(*ITEMS), *ways)

    def _has(self, ability: str) -> bool:
        return any(asked.ability == ability for asked in self.items.asked)

    def stock(self) -> bool:
        table = self.table
        if any(isinstance(asked.query, StockQuery) for asked in self.items.asked):
            return False
        number = self.rng.randrange(min(1, len(table.stocks) - 1), len(table.stocks))
        return self.items.figure(StockQuery(round=number), "resource", [*table.stocks, *self._left()])

    def _left(self) -> list[int]:
        return [stock - sum(row) for stock, row in zip(self.table.stocks, self.table.taken, strict=True)]

    def sustain(self) -> bool:
        """Of each stock once."""
        table = self.table
        asked = [table.stocks[asked.query.round] for asked in self.items.asked if isinstance(asked.query, SustainQuery)]
        numbers = [number for number, stock in enumerate(table.stocks) if stock not in asked]
        if not numbers:
            return False
        number = self.rng.choice(numbers)
        stock = table.stocks[number]
        lures = [table.sustain(other) for other in range(len(table.stocks))]
        lures += [table.n * table.limit(number), stock - table.game.collapse, stock // 2, sum(table.taken[number])]
        return self.items.figure(SustainQuery(round=number), "sustainability", lures)

    # What was taken, and what it is taken to be

    def took(self) -> bool:
        """Rather of a harvest about which something else was said."""
        harvests = self._deceived() or self.harvests
        return any(
            self._took(TookQuery(about=about, round=number), "resource")
            for about, number in self.rng.sample(harvests, len(harvests))
        )

    def belief(self, order: int) -> bool:
        """Of what was said falsely, truly, or not at all; in the open, where nobody errs, once."""
        if not self.table.secret and self._has("belief"):
            return False
        deceived, settled = set(self._deceived()), self.table.claims
        harvest = self.items.pick(
            self.harvests,
            (lambda one: one in deceived, 5),
            (lambda one: one in settled and one not in deceived, 3),
            (lambda one: one not in settled, 1),
        )
        assert harvest
        about, number = harvest
        chain = [self.rng.choice(self.table.others[about])]
        if order == 2:
            chain.insert(0, self.rng.choice(self.table.others[chain[0]]))
        return self._took(TookQuery(chain=chain, about=about, round=number), "belief")

    def _took(self, query: TookQuery, ability: str) -> bool:
        table, number = self.table, query.round
        lures = [*table.taken[number], table.limit(number), table.fair(number)]
        lures += [row[table.place[query.about]] for row in table.taken]
        lures += [amount for (agent, other), (_, amount) in table.claims.items() if other == number]
        return self.items.figure(query, ability, lures, unsettled=bool(query.chain))

    def _deceived(self) -> list[tuple[str, int]]:
        table = self.table
        return [one for one, (_, amount) in table.claims.items() if amount != table.took(*one)]

    def bluff(self) -> bool:
        """Rarely where everybody is honest: most of what is said is true."""
        table = self.table
        if not self._deceived() and self.rng.random() > 0.3:
            return False
        event = self.items.pick(
            [event for event, _ in table.claims.values()], (table.lie, 3), (lambda event: not table.lie(event), 2)
        )
        return event is not None and self.items.yes_no(BluffQuery(event=event), "bluffing")

    # Norms and ways

    def kept(self) -> bool:
        table = self.table
        if not table.quota or table.proposal is None:
            return False
        keepers = [table.ids[i] for i in commons.keepers(table)]
        return self.items.some(KeptQuery(proposal=table.proposal), "norms", keepers)

    def last(self) -> bool:
        """Once, of the greedy rather than of the others, with whom it lasts; the options are the same for both."""
        scripted = [party for party in self.table.game.parties if party.harvesting]
        greedy = any(party.harvesting == "greedy" for party in scripted)
        if self._has("planning") or (not greedy and self.rng.random() > 0.2):
            return False
        party = self.items.pick(
            scripted,
            (lambda party: party.harvesting == "greedy", 3),
            (lambda party: party.harvesting != "greedy", 2),
        )
        if party is None:
            return False
        query = LastQuery(agent=party.agent)
        right, rounds = int(commons.answer(self.table, query).answer[0]), self.table.game.rounds
        options = dict.fromkeys([right, 1, rounds, 2, rounds - 1, 3])
        return self.items.choice(query, "planning", [str(number) for number in list(options)[:4]])

    def switch(self) -> bool:
        """Of those whose change shows, and as a rule of others only where somebody's does."""
        table, rng = self.table, self.rng
        shown = {party.agent: self._shown(party.agent) for party in table.game.parties if party.switch}
        changed = [agent for agent, ordinal in shown.items() if ordinal != NEVER]
        if not changed and rng.random() > 0.05:
            return False
        agent = self.items.pick(table.ids, (lambda a: a in changed, 3), (lambda a: a not in changed, 1))
        assert agent
        moves = len({event.time for event in table.events if event.agent == agent})
        open_ = [UNDETERMINED] if any(party.harvesting is None for party in table.game.parties) else []
        options = dict.fromkeys([NEVER, *open_, self._shown(agent)])
        ordinals = [word for word in map(ordinal_word, range(1, moves + 1)) if word not in options]
        return self.items.choice(
            SwitchQuery(agent=agent), "adaptation", [*options, *rng.sample(ordinals, min(3, len(ordinals)))]
        )

    def _shown(self, agent: str) -> str:
        return commons.answer(self.table, SwitchQuery(agent=agent)).answer[0]


FAMILY = Family(
    "negotiation",
    "commons",
    "a shared resource: harvests, quotas, punishments, reports true and low",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
