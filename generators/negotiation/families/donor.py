"""`donor`: gifts to those who give, over generations (Vallinder and Hughes 2024; Nowak and Sigmund 1998).

Whoever gives loses what the other gains a multiple of; giving pays only where a reputation does. Of gifts that one did
not see one knows by gossip, which may be spite. The richest half of a generation stays, and newcomers copy how somebody
of them gives.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations

from madata.generators.family import Asked, Family, Knob, Rejected, draw
from madata.generators.lexicon import names
from madata.generators.negotiation import donor
from madata.generators.negotiation.donor import Claim, Table
from madata.generators.negotiation.floors import DonorFloor
from madata.generators.negotiation.items import Items
from madata.generators.negotiation.scenario import Choose, Negotiation
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import Agent
from madata.schemas.negotiation import (
    BluffQuery,
    Conventions,
    Donor,
    GaveQuery,
    Giver,
    Giving,
    HadQuery,
    Meeting,
    NegotiationWorld,
    StaysQuery,
    WouldQuery,
)
from madata.schemas.words import UNSETTLED

KNOBS = {
    "agents": Knob(4, 6, 3, 8, "people present in each generation"),
    "generations": Knob(2, 3, 1, 4, "generations"),
    "meetings": Knob(4, 8, 2, 10, "meetings in each generation"),
    "endowment": Knob(10, 20, 4, 100, "what everybody has when a generation begins"),
    "multiplier": Knob(2, 3, 2, 4, "what the recipient gains for each unit given"),
    "order": Knob(1, 2, 0, 2, "highest belief order asked"),
}

GIVING: tuple[tuple[Giving, int], ...] = (
    ("discriminating", 4),
    ("generous", 3),
    ("reciprocal", 3),
    ("free_rider", 1),
)
ITEMS = (6, 9)
DRAWS = 5
"""How many games are drawn to find one in which at least every other meeting brings a gift."""

TRIES = 12
"""How many chains are looked at to find one with the belief wanted."""


def build(rng: random.Random, knobs: Mapping[str, int]) -> Negotiation:
    """Who comes and who meets in a later generation depends on what happened before: the game is played while it is
    made."""
    try:
        plot = played(rng, knobs)
        plot.table.outcome()
    except Unplayable as error:
        raise Rejected("figures", str(error)) from None
    return negotiation(plot)


def negotiation(plot: "Plot") -> Negotiation:
    table, rng, order = plot.table, plot.rng, plot.knobs["order"]

    def leave(choose: Choose) -> Negotiation:
        return negotiation(Plot(rng, plot.knobs, choose(table.ids[: plot.knobs["agents"]])))

    return Negotiation(
        table.agents,
        table.conventions,
        rng,
        table,
        play=lambda: None,
        ask=lambda: Asker(table, rng, order).ask(),
        floor=lambda: DonorFloor(table, plot.outlook(), plot.meetings()),
        leave=leave,
    )


def played(rng: random.Random, knobs: Mapping[str, int]) -> "Plot":
    """A game in which something is given: who gives nothing gets nothing, and one such at the start can end it all."""
    for _ in range(DRAWS):
        plot = Plot(rng, knobs)
        plot.play()
        if 2 * sum(gift.amount > 0 for gift in plot.table.gifts) >= len(plot.table.gifts):
            break
    return plot


class Plot:
    """One game in the making. `models`: of those there from the start, whom models play; an heir takes over the script
    of one who has one, and if nobody has one, models play the heirs too."""

    def __init__(self, rng: random.Random, knobs: Mapping[str, int], models: Sequence[str] = ()) -> None:
        self.rng, self.knobs, self.models = rng, knobs, models
        n, generations = knobs["agents"], knobs["generations"]
        people = names(rng, n + (generations - 1) * (n // 2))
        conventions = Conventions(
            acts=draw(rng, ("private", 2), ("public", 1)), claims=draw(rng, ("believed", 8), ("doubted", 1))
        )
        agents = [Agent(id=f"a{i}", name=name, role="party") for i, name in enumerate(people)]
        self.table = Table(agents, conventions, knobs["endowment"], knobs["multiplier"])
        self.join(0)

    def outlook(self) -> NegotiationWorld:
        """What is known before anything happens: who comes when. Whose heirs they will be and who meets is open; a way
        of giving that somebody has stands for theirs, and one meeting for those of a generation."""
        founders, n, generations = self.table.parties, self.knobs["agents"], self.knobs["generations"]
        giving = next((founder.giving for founder in founders if founder.giving), None)
        newcomers = [
            Giver(agent=agent, generation=1 + place // (n // 2), giving=giving)
            for place, agent in enumerate(self.table.ids[n:])
        ]
        first, second, *_ = self.table.ids
        game = Donor(
            endowment=self.table.endowment,
            multiplier=self.table.multiplier,
            meetings=[Meeting(generation=number, donor=first, recipient=second) for number in range(generations)],
            parties=[*founders, *newcomers],
        )
        return NegotiationWorld(game=game, events=[])

    def play(self) -> None:
        for meeting in self.meetings():
            donor.play(self.table, meeting)

    def meetings(self) -> Iterator[Meeting]:
        """Each meeting in its time."""
        for generation in range(self.knobs["generations"]):
            if generation:
                self.join(generation)
            gave = dict.fromkeys(self.table.present, 0)
            for _ in range(self.knobs["meetings"]):
                meeting = self.meeting(gave)
                gave[meeting.donor] += 1
                yield meeting

    def join(self, generation: int) -> None:
        table, rng = self.table, self.rng
        first, n = len(table.parties), self.knobs["agents"]
        staying = donor.richest(table.has)
        scripted = [agent for agent in staying if table.giver(agent).giving]
        givers = []
        for i in range(first, first + n - len(staying)):
            heir_of = rng.choice(scripted or staying) if staying else None
            giving = table.giver(heir_of).giving if heir_of else draw(rng, *GIVING)
            giver = Giver(
                agent=table.ids[i],
                generation=generation,
                giving=giving,
                gossip=draw(rng, ("honest", 4), ("spiteful", 3), ("silent", 1)),
                heir_of=heir_of,
            )
            if giving is None or giver.agent in self.models:
                giver = giver.model_copy(update={"giving": None, "gossip": "silent"})
            givers.append(giver)
        table.join(givers)

    def meeting(self, gave: Mapping[str, int]) -> Meeting:
        """Who gave least often gives; rather to somebody of whom there is talk than to a stranger."""
        table, rng = self.table, self.rng
        least = min(gave.values())
        giving = rng.choice([agent for agent in table.present if gave[agent] == least])
        others = [agent for agent in rng.sample(table.present, len(table.present)) if agent != giving]
        receiving, informed = others[0], []
        for other in others:
            if rng.random() < 0.8 and (found := self.informed(giving, other)):
                receiving, informed = other, found
                break
        gossip = rng.choice(informed) if informed and rng.random() < 0.9 else None
        return Meeting(generation=table.generation, donor=giving, recipient=receiving, gossip=gossip)

    def informed(self, giving: str, receiving: str) -> list[str]:
        """Who could tell the donor something of the recipient; as a rule something that the donor has not seen."""
        table = self.table
        found = {
            agent: image
            for agent in table.present
            if agent not in (giving, receiving)
            and (table.giver(agent).giving is None or table.giver(agent).gossip != "silent")
            and (image := table.image(agent, receiving))
        }
        news = [agent for agent, (number, _) in found.items() if giving not in table.gifts[number].saw]
        return news or (list(found) if self.rng.random() < 0.3 else [])


class Asker:
    """What is asked of a donor game that is over."""

    def __init__(self, table: Table, rng: random.Random, order: int) -> None:
        self.table, self.rng, self.order = table, rng, order
        self.items = Items(table.agents, table.world(), rng, lambda query: donor.answer(table, query))

    def ask(self) -> list[Asked]:
        ways = [self.gave, self.had, self.would, self.stays, self.bluff]
        ways += [partial(self.belief, k) for k in range(1, self.order + 1)]
        return self.items.fill(self.rng.randint(*ITEMS), *ways)

    def gave(self) -> bool:
        """Rather of a gift about which something else was said."""
        told = [number for number, claim in self._told() if claim.amount != self.table.gifts[number].amount]
        number = self.rng.choice(told or range(len(self.table.gifts)))
        return self._gave(GaveQuery(meeting=number), "resource")

    def _told(self) -> list[tuple[int, Claim]]:
        return [(number, claim) for number, claims in enumerate(self.table.claims) for claim in claims]

    def belief(self, order: int) -> bool:
        """A belief that is false, true, or not settled, as a draw wants it; if there is none, what was looked at
        last."""
        want = draw(self.rng, ("false", 4), ("true", 4), ("unsettled", 2))
        for _ in range(TRIES):
            query = self._candidate(want, order)
            if self._truth(query) == want:
                break
        return self._gave(query, "belief")

    def _candidate(self, want: str, order: int) -> GaveQuery:
        """Somebody who was told of a gift, and by whom, or some of those who saw it or could have. As whoever speaks
        falsely says that nothing was given, a true belief is rather about something."""
        rng, gifts, told = self.rng, self.table.gifts, self._told()
        if told and (want == "false" or (want == "true" and rng.random() < 0.5)):
            number, claim = rng.choice(told)
            pair = [claim.hearer, claim.speaker]
            return GaveQuery(chain=rng.sample(pair, 2) if order == 2 else pair[:1], meeting=number)
        number = max(rng.sample(range(len(gifts)), 2), key=lambda number: gifts[number].amount)
        people = [agent for agent in gifts[number].had if want != "true" or agent in gifts[number].saw]
        return GaveQuery(chain=rng.sample(people, order), meeting=number)

    def _truth(self, query: GaveQuery) -> str:
        (held,) = donor.answer(self.table, query).answer
        if held == UNSETTLED:
            return "unsettled"
        return "true" if int(held) == self.table.gifts[query.meeting].amount else "false"

    def _gave(self, query: GaveQuery, ability: str) -> bool:
        table, number = self.table, query.meeting
        gift = table.gifts[number]
        before = gift.had[gift.donor] + gift.amount
        lures = [0, before // 2, before // 4, before, table.multiplier * gift.amount, gift.amount]
        lures += [claim.amount for claim in table.claims[number]]
        lures += [other.amount for other in table.gifts if other.donor == gift.donor]
        return self.items.figure(query, ability, lures, unsettled=bool(query.chain))

    def had(self) -> bool:
        table, rng = self.table, self.rng
        number = rng.randrange(len(table.gifts))
        gift = table.gifts[number]
        agent = rng.choice(list(gift.had))
        have = gift.had[agent]
        lures = [other.had[agent] for other in table.gifts if agent in other.had]
        lures += [*gift.had.values(), have + gift.amount, have - gift.amount, have + table.multiplier * gift.amount]
        return self.items.figure(HadQuery(agent=agent, meeting=number), "resource", lures)

    def would(self) -> bool:
        """Rather of somebody who goes by reputation, to somebody who has one."""
        table = self.table
        scripted = [agent for agent in table.present if table.giver(agent).giving]
        wary = [agent for agent in table.present if table.giver(agent).giving in ("discriminating", "reciprocal")]
        pair = self.items.pick(
            [pair for pair in permutations(table.present, 2) if pair[0] in scripted],
            (lambda pair: pair[0] in wary and table.image(*pair) is not None, 5),
            (lambda pair: pair[0] in wary and table.image(*pair) is None, 2),
            (lambda pair: pair[0] not in wary, 2),
        )
        if pair is None:
            return False
        giving, receiving = pair
        have, images = table.has[giving], [table.image(giving, other) for other in table.present]
        lures = [0, have // 2, have // 4, have, table.endowment // 4, *(image[1] for image in images if image)]
        return self.items.figure(WouldQuery(donor=giving, recipient=receiving), "reputation", lures)

    def stays(self) -> bool:
        table = self.table
        if not table.survivors:
            return False
        generation = self.rng.randrange(len(table.survivors))
        last = max(number for number, meeting in enumerate(table.meetings) if meeting.generation == generation)
        staying = table.survivors[generation]
        leaving = [agent for agent in table.gifts[last].had if agent not in staying]
        return self.items.half(StaysQuery(generation=generation), "selection", staying, leaving)

    def bluff(self) -> bool:
        """Of who is said to have given nothing, for that is what all lies say; only where that is true of somebody."""
        said = [claim for claims in self.table.claims for claim in claims if not claim.amount]
        if all(claim.lie for claim in said):
            return False
        claim = self.items.pick(said, (lambda claim: claim.lie, 1), (lambda claim: not claim.lie, 1))
        return claim is not None and self.items.yes_no(BluffQuery(event=claim.event), "bluffing")


FAMILY = Family(
    "negotiation",
    "donor",
    "gifts that pay by reputation, gossip true and spiteful, heirs who copy",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
