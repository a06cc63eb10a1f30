"""A bargain before it is played: what is at stake comes from the family, who bargains how is drawn here.

What a party says is true as often as not, so that whoever hears it cannot go by what most claims are. Like people,
parties mostly talk before they offer anything, and begin near what they end with (docs/casino.md); those who at first
ask for all they can get are the fewer.
"""

import random
from collections.abc import Mapping, Sequence
from itertools import combinations, takewhile
from math import comb, prod
from typing import Literal

from madata.generators.family import draw
from madata.generators.lexicon import names
from madata.generators.lexicon.negotiation import Occasion
from madata.generators.negotiation.bargain.asker import Asker
from madata.generators.negotiation.bargain.deals import LIMIT
from madata.generators.negotiation.bargain.play import play
from madata.generators.negotiation.bargain.solutions import nash
from madata.generators.negotiation.bargain.stakes import Stakes
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.floors import BargainFloor
from madata.generators.negotiation.scenario import Choose, Negotiation
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Bargain,
    Bidding,
    Choice,
    Conventions,
    Issue,
    Limit,
    Party,
    Points,
    Priority,
    Split,
    Statement,
    Strategy,
    Switch,
    Worth,
)

Side = Literal["most", "least"]

BIDDINGS: tuple[tuple[Bidding, int], ...] = (
    ("boulware", 4),
    ("linear", 4),
    ("conceder", 4),
    ("tit_for_tat", 3),
    ("fair_split", 3),
    ("hard_headed", 2),
)

STEADY: tuple[tuple[Bidding, int], ...] = (
    ("hard_headed", 16),
    ("boulware", 3),
    ("tit_for_tat", 2),
    ("linear", 1),
    ("conceder", 1),
)
"""How those bargain who begin with what is fair: they have little to give away."""

ROOM = 600
"""How many deals a domain has at most, unless the knobs ask for more."""


class Draft:
    """`rounds` is how often each party has the move; `lies` how often who says what matters most to it lies where it
    can.

    `worth` and `reservation` are given by agent. Call what the parties say (`priorities`, `limits`, `threats`,
    `promises`), the claims first, and then `negotiation`.
    """

    def __init__(
        self,
        rng: random.Random,
        roles: Sequence[str],
        issues: Sequence[Issue],
        worth: Sequence[Worth],
        reservations: Sequence[int],
        rounds: int,
        permuted: bool = False,
        lies: float = 0.5,
    ) -> None:
        n = len(roles)
        self.lies = lies
        self.rng = rng
        self.names = names(rng, n)
        self.roles = roles
        self.ids = [f"a{i}" for i in range(n)]
        self.issues = issues
        self.worth = dict(zip(self.ids, worth, strict=True))
        self.reservation = dict(zip(self.ids, reservations, strict=True))
        self.order = rng.sample(self.ids, n)
        self.winning = [self.ids]
        delays = [rng.randint(0, 2) for _ in range(rng.randint(2, 4))] if n == 2 and rng.random() < 0.1 else []
        self.delays = delays if any(delays) else []
        self.conventions = Conventions(
            turns=draw(rng, ("alternating", 6), ("simultaneous", 1)),
            delivery="delayed" if self.delays else "instant",
            claims=draw(rng, ("believed", 5), ("doubted", 1)),
            values="permuted" if permuted else "private",
        )
        self.deadline = rounds
        if self.conventions.turns == "alternating":
            self.deadline = max(n, rounds * n - rng.randint(0, n - 1))
        self.patience = dict.fromkeys(self.ids, self.deadline)
        if rng.random() < 0.3:
            self.patience[rng.choice(self.ids)] = rng.randint(-(-2 * self.deadline // 3), self.deadline)
        self.says: dict[str, list[Statement]] = {agent: [] for agent in self.ids}
        self.opens = dict.fromkeys(self.ids, 0)

    def times(self, agent: str) -> list[int]:
        """When the agent has the move and is still there."""
        place, steps = 0, 1
        if self.conventions.turns == "alternating":
            place, steps = self.order.index(agent), len(self.order)
        return list(range(place, min(self.patience[agent], self.deadline), steps))

    def bids(self, agent: str) -> list[int]:
        """When it does more than talk."""
        return [time for time in self.times(agent) if time >= self.opens[agent]]

    def others(self, agent: str) -> list[str]:
        return [other for other in self.ids if other != agent]

    def leave_one_out(self) -> None:
        """One party at most need not agree: where all must, they hardly ever do."""
        self.winning = [list(group) for group in combinations(self.ids, len(self.ids) - 1)]

    def _audience(self, agent: str, private: int) -> list[str]:
        """Everybody, or one other in so many of ten cases."""
        others = self.others(agent)
        return [self.rng.choice(others)] if self.rng.randrange(10) < private else others

    def priorities(self, private: int = 0) -> None:
        """Some say what matters most to them, unasked or asked."""
        if len(self.issues) < 2:
            return
        if len(self.ids) == 2 and self.rng.random() < 0.9:
            self._questions()
        else:
            self._announcements(private)
        self._talk_first()

    def _questions(self) -> None:
        """Between two: who moves first asks, the other answers and may ask back."""
        rng, (first, second) = self.rng, self.order
        asked = self.times(first)[0]
        self.says[first].append(Statement(time=asked, to=[second], kind="query"))
        for agent, other in ((second, first), (first, second)):
            times = [time for time in self.times(agent) if time > asked]
            if not times or rng.random() < 0.05:
                return
            asked = times[0]
            self.says[agent].append(Statement(time=asked, to=[other], kind="inform", claim=self._priority(agent)))
            if agent == second and rng.random() < 0.85:
                self.says[agent].append(Statement(time=asked, to=[other], kind="query"))
            if len(times) > 2 and rng.random() < 0.15:
                claim = self._priority(agent)
                self.says[agent].append(Statement(time=times[1], to=[other], kind="inform", claim=claim))

    def _announcements(self, private: int) -> None:
        rng = self.rng
        asker = rng.choice(self.ids) if rng.random() < 0.35 else None
        asked = self.times(asker)[:1] if asker else []
        if asker and asked:
            self.says[asker].append(Statement(time=asked[0], to=self.others(asker), kind="query"))
        for agent in self.ids:
            times = self.times(agent)
            if asked and agent != asker:
                times, chance = [time for time in times if time > asked[0]][:1], 0.8
            else:
                times, chance = times[:2], 0.45
            while times and rng.random() < chance:
                to = self._audience(agent, private)
                claim = self._priority(agent)
                self.says[agent].append(Statement(time=rng.choice(times), to=to, kind="inform", claim=claim))
                chance = 0.2

    def _priority(self, agent: str) -> Priority:
        stakes = [stake(issue, points) for issue, points in zip(self.issues, self.worth[agent], strict=True)]
        top = max(stakes)
        lower = [issue for issue, each in zip(self.issues, stakes, strict=True) if each < top]
        highest = [issue for issue, each in zip(self.issues, stakes, strict=True) if each == top]
        lies = lower and self.rng.random() < self.lies
        return Priority(issue=self.rng.choice(lower if lies else highest).id)

    def limits(self, side: Mapping[str, Side]) -> None:
        """Some say how far they would go, and claim to have less room than they have as often as not."""
        for agent in self.ids:
            times = self.times(agent)[:2]
            if times and self.rng.random() < 0.5:
                claim = self._limit(agent, side[agent])
                to = self.others(agent)
                self.says[agent].append(Statement(time=self.rng.choice(times), to=to, kind="inform", claim=claim))
        self._talk_first()

    def _limit(self, agent: str, side: Side) -> Limit:
        (points,) = self.worth[agent]
        assert isinstance(points, list)
        open_ = [option for option, each in enumerate(points) if each >= self.reservation[agent]]
        option, hard = (open_[-1], open_[:-1]) if side == "most" else (open_[0], open_[1:])
        if hard and self.rng.random() < 0.5:
            near = sorted(hard, key=lambda other: abs(other - option))
            option = self.rng.choice(near[: max(1, len(points) // 4)])
        return Limit(side=side, option=option)

    def threats(self, chance: float) -> None:
        """Some threaten to leave, and mean it as often as not."""
        for agent in self.ids:
            times = self.bids(agent)
            if len(times) > 1 and self.rng.random() < chance:
                time = self.rng.choice(times[: -(-len(times) // 2)])
                meant = self.rng.random() < 0.5
                self.says[agent].append(Statement(time=time, to=self.others(agent), kind="threaten", meant=meant))

    def promises(self, chance: float, most: int) -> None:
        """Some promise one other to pay for its support, and may have to keep it."""
        binding = draw(self.rng, ("binding", 4), ("cheap", 1))
        self.conventions = self.conventions.model_copy(update={"promises": binding})
        for agent in self.ids:
            times = self.bids(agent)[:2]
            if times and self.rng.random() < chance:
                amount = self.rng.randint(1, most)
                to = [self.rng.choice(self.others(agent))]
                time = self.rng.choice(times)
                self.says[agent].append(Statement(time=time, to=to, kind="promise", amount=amount))

    def _talk_first(self) -> None:
        """Who has something to say from the start may leave it at that, but for two moves at least."""
        for agent, said in self.says.items():
            times = self.times(agent)
            planned = [statement.time for statement in said]
            talk = list(takewhile(planned.__contains__, times[:-2]))
            if talk and self.rng.random() < (0.9 if len(self.ids) == 2 else 0.4):
                self.opens[agent] = times[len(talk)]

    def _aspiration(self, agent: str, fair: int | None) -> int | None:
        """With something `fair` to hope for, mostly that, or a bit more; else, if less than all, most of it."""
        rng = self.rng
        if rng.random() >= (0.4 if fair is None else 0.93):
            return None
        if fair is not None:
            return fair if rng.random() < 0.93 else fair * rng.randint(100, 130) // 100
        return max(self.reservation[agent], top(self.issues, self.worth[agent]) * rng.randint(60, 95) // 100)

    def _strategy(self, agent: str, fair: int | None) -> Strategy:
        rng = self.rng
        aspiration = self._aspiration(agent, fair)
        biddings = BIDDINGS if fair is None or aspiration is None else STEADY
        bidding, switch = draw(rng, *biddings), None
        times = self.bids(agent)
        if len(times) > 1 and rng.random() < 0.25:
            other = draw(rng, *((name, weight) for name, weight in biddings if name != bidding))
            switch = Switch(time=rng.choice(times[1 : max(2, (len(times) + 2) // 2)]), bidding=other)
        return Strategy(
            bidding=bidding,
            switch=switch,
            aspiration=aspiration,
            opens=self.opens[agent],
            says=sorted(self.says[agent], key=lambda said: said.time),
            yields=rng.random() < 0.3,
            curt=rng.random() < 0.2,
        )

    def negotiation(self, small_talk: int) -> Negotiation:
        parties = [
            Party(
                agent=agent,
                worth=self.worth[agent],
                reservation=self.reservation[agent],
                deadline=self.patience[agent],
            )
            for agent in self.ids
        ]
        stakes = Stakes(self.issues, parties)
        divides = len(parties) == 2 and all(isinstance(issue, Split) for issue in self.issues)
        fair = nash(stakes) if divides else None
        parties = [
            party.model_copy(update={"strategy": self._strategy(party.agent, fair.points[place] if fair else None)})
            for place, party in enumerate(parties)
        ]
        game = Bargain(
            issues=list(self.issues),
            order=self.order,
            deadline=self.deadline,
            winning=self.winning,
            delays=self.delays,
            parties=parties,
        )
        return self._of(game, stakes, small_talk)

    def _of(self, game: Bargain, stakes: Stakes, small_talk: int) -> Negotiation:
        agents = [
            Agent(id=agent, name=name, role=role)
            for agent, name, role in zip(self.ids, self.names, self.roles, strict=True)
        ]
        table, rng = Table(agents, self.conventions, game, stakes), self.rng

        def leave(choose: Choose) -> Negotiation:
            players = choose(self.ids)
            left = [
                party.model_copy(update={"strategy": None}) if party.agent in players else party
                for party in game.parties
            ]
            return self._of(game.model_copy(update={"parties": left}), stakes, 0)

        return Negotiation(
            agents,
            self.conventions,
            rng,
            table,
            play=lambda: play(table),
            ask=lambda: Asker(table, rng).ask(),
            floor=lambda: BargainFloor(table),
            leave=leave,
            small_talk=small_talk,
        )


def issues(rng: random.Random, parties: int, units: int, drawn: Occasion) -> list[Issue]:
    """The things of an occasion as splits, one of so many units and the others of no more, and its choices; few enough
    units for `ROOM` deals."""
    deals = ways(units, parties) * prod(len(options) for _, options in drawn.choices)
    amounts = [units]
    for left in reversed(range(len(drawn.things) - 1)):
        fits = [amount for amount in range(1, units + 1) if deals * ways(amount, parties) * parties**left <= ROOM]
        amounts.append(rng.choice(fits or [1]))
        deals *= ways(amounts[-1], parties)
    found: list[Issue] = [
        Split(id="i0", name=name, units=amount) for name, amount in zip(drawn.things, amounts, strict=False)
    ]
    found += [Choice(id="i0", name=name, options=list(options)) for name, options in drawn.choices]
    rng.shuffle(found)
    return [issue.model_copy(update={"id": f"i{place}"}) for place, issue in enumerate(found)]


def ways(units: int, parties: int) -> int:
    """In how many ways units can be divided."""
    return comb(units + parties - 1, parties - 1)


def too_many(parties: int, units: int, things: int, options: int = 1) -> str | None:
    """Why not even the smallest domain that has these is allowed, or None."""
    deals = ways(units, parties) * parties ** (things - 1) * options
    if deals > LIMIT:
        return f"at least {deals:,} deals; a game has {LIMIT:,} at most: ask for fewer units, issues or agents"
    return None


def stake(issue: Issue, points: Points | list[Points]) -> int:
    if isinstance(points, list):
        return max(points) - min(points)
    assert isinstance(issue, Split)
    return points * issue.units


def top(issues: Sequence[Issue], worth: Worth) -> int:
    """The most a party can have; of points that are not negative."""
    return sum(
        max(points) if isinstance(points, list) else stake(issue, points)
        for issue, points in zip(issues, worth, strict=True)
    )


def ramp(options: int, stake: int, peak: int) -> list[int]:
    """Points that fall off evenly from the best option, on the longer side to 0."""
    longest = max(peak, options - 1 - peak)
    return [stake - stake * abs(option - peak) // longest for option in range(options)]


def tastes(rng: random.Random, parties: int, options: int) -> list[int]:
    """Where each party has its best option: at opposite ends mostly, at one end all of them now and then."""
    ends = rng.sample([0, options - 1], 2)
    if rng.random() < 0.3:
        return [ends[0]] * parties
    return [rng.randrange(options) if rng.random() < 0.3 else ends[place % 2] for place in range(parties)]


def minimal_majorities(ids: Sequence[str], weights: Mapping[str, int]) -> list[list[str]]:
    """The sets with more than half of all weight that would not have it without any one of them."""
    quota = sum(weights.values()) // 2 + 1
    found = []
    for size in range(1, len(ids) + 1):
        for group in combinations(ids, size):
            total = sum(weights[agent] for agent in group)
            if total >= quota > total - min(weights[agent] for agent in group):
                found.append(list(group))
    return found
