"""Choosing what to ask of a finished bargain: for each kind of query one whose answer is the one wanted, if there is
one, with fair options.

What is wanted is drawn first, so that yes and no, true and false beliefs, and the three outcomes of a bluff are asked
for alike, however often each occurs. Figures are set beside others of the same game.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from madata.generators.family import Asked, draw
from madata.generators.negotiation.answers import Known, Unasked, answer
from madata.generators.negotiation.table import Table
from madata.generators.negotiation.wording import Wording
from madata.schemas.negotiation import (
    BACKFIRED,
    NEVER,
    NO,
    NO_DIFFERENCE,
    PAID,
    UNDETERMINED,
    UNSETTLED,
    YES,
    BluffQuery,
    Deal,
    ImpliedQuery,
    NegotiationQuery,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    Split,
    SwitchQuery,
    ValuedQuery,
    ZoneQuery,
)

T = TypeVar("T")

OPTIONS = 5
TRIES = 6
WANTED = (6, 9)
"""How many questions an episode has."""


class Asker:
    """Asks about what happened at a table; `asked` holds the questions so far, no query twice."""

    def __init__(self, table: Table, rng: random.Random) -> None:
        self.table = table
        self.rng = rng
        self.asked: list[Asked] = []
        self.game = table.game
        self.wording = Wording(table.agents, table.world())
        self.name = {agent.id: agent.name for agent in table.agents}
        self.proposals = [index for index, event in enumerate(table.events) if isinstance(event, Propose)]
        self.statements = [index for index, event in enumerate(table.events) if event.kind in ("inform", "threaten")]
        self.worth: dict[tuple[int, str], int] = {}
        self.end = table.events[-1].time + 1

    def ask(self) -> list[Asked]:
        """As many questions as wanted, of as many kinds as there are."""
        wanted = self.rng.randint(*WANTED)
        kinds: list[Callable[[], bool]] = [
            self.offer,
            self.points,
            self.rational,
            self.pareto,
            self.implied,
            self.bluff,
            self.paid,
            self.switch,
            self.belief,
            self.zone,
        ]
        if self.rng.random() < 0.5:
            self.reply()
        again = [self.offer, self.points, self.rational, self.pareto, self.belief, self.bluff, self.switch]
        for ask in [*self.rng.sample(kinds, len(kinds)), *self.rng.sample(again, len(again)) * 2]:
            if len(self.asked) >= wanted:
                break
            ask()
        self.rng.shuffle(self.asked)
        return self.asked

    def offer(self) -> bool:
        """What a proposal gives somebody, or settles."""
        rng = self.rng
        index, issue = rng.choice(self.proposals), rng.choice(self.game.issues)
        if isinstance(issue, Split):
            query = OfferQuery(proposal=index, issue=issue.id, agent=rng.choice(self.table.ids))
            return self._ask(query, "offer", [str(units) for units in range(issue.units + 1)])
        return self._ask(OfferQuery(proposal=index, issue=issue.id), "offer", issue.options)

    def points(self) -> bool:
        """What a proposal is worth to somebody; beside it, what it is to others, and what other deals are."""
        rng = self.rng
        index, agent = rng.choice(self.proposals), rng.choice(self.table.ids)
        right = self._worth(index, agent)
        lures = [self._worth(index, other) for other in self.table.others(agent)]
        lures += [self._worth(other, agent) for other in rng.sample(self.proposals, min(2, len(self.proposals)))]
        rng.shuffle(lures)
        unit = max(1, abs(right) // 20)
        near = [right + unit * shift for shift in rng.sample((-3, -2, -1, 1, 2, 3, 4), 6)]
        figures = [figure for figure in [*lures[:2], *near] if figure >= 0 or right < 0]
        return self._ask(
            PointsQuery(proposal=index, agent=agent), "utility", [str(each) for each in figures], limit=OPTIONS
        )

    def rational(self) -> bool:
        want = self.rng.choice((YES, NO))
        places = [(index, agent) for index in self.proposals for agent in self.table.ids]
        reservation = {party.agent: party.reservation for party in self.game.parties}
        fits = [(i, a) for i, a in places if (self._worth(i, a) >= reservation[a]) is (want == YES)]
        if not fits:
            return False
        index, agent = self.rng.choice(fits)
        return self._ask(RationalQuery(proposal=index, agent=agent), "rationality", [YES, NO])

    def pareto(self) -> bool:
        """Not asked where all deals are Pareto optimal."""
        if self.table.outcome().frontier == len(self.table.deals):
            return False
        want = self.rng.choice((YES, NO))
        return self._wanted((ParetoQuery(proposal=index) for index in self._some(self.proposals)), "pareto", want)

    def zone(self) -> bool:
        """Most games have one: those that have none are asked about more often."""
        if self.table.outcome().zone and self.rng.random() < 0.75:
            return False
        return self._ask(ZoneQuery(), "zone", [YES, NO])

    def bluff(self) -> bool:
        want = self.rng.choice((YES, NO))
        return self._wanted((BluffQuery(event=index) for index in self._some(self.statements)), "bluffing", want)

    def paid(self) -> bool:
        """What a bluff brought; one that changed nothing, if no other is found."""
        for index in self._some(self.statements):
            known = self._known(BluffQuery(event=index))
            if known and known.answer == [YES]:
                return self._ask(PaidQuery(event=index), "bluffing", [PAID, BACKFIRED, NO_DIFFERENCE])
        return False

    def implied(self) -> bool:
        """Undetermined now and then; most moves show too little."""
        settled = self.rng.random() < 0.7
        for index in self._some(self.proposals):
            event = self.table.events[index]
            query = ImpliedQuery(agent=event.agent, time=event.time + 1)
            known = self._known(query)
            if known and (known.answer != [UNDETERMINED]) == settled:
                return self._ask(query, "inference", [*self._issue_names(), UNDETERMINED], keep=[UNDETERMINED])
        return False

    def belief(self) -> bool:
        """What somebody takes to matter most to another, or takes another to take: false, true, or nothing settled."""
        if len(self.game.issues) < 2:
            return False
        rng, ids = self.rng, self.table.ids
        order = rng.randint(1, 2)
        want = draw(rng, ("false", 4), ("true", 4), ("unsettled", 2))
        time = self.end if rng.random() < 0.7 else self.table.events[rng.choice(self.proposals)].time
        found: dict[str, ValuedQuery] = {}
        for _ in range(TRIES):
            about, first = rng.sample(ids, 2)
            chain = [first] if order == 1 else [first, rng.choice(self.table.others(first))]
            query = ValuedQuery(chain=chain, about=about, time=time)
            truth = self._known(ValuedQuery(chain=[about], about=about, time=time))
            known = self._known(query)
            if known and truth and known.order == order:
                kind = (
                    "unsettled" if known.answer == [UNSETTLED] else "true" if known.answer == truth.answer else "false"
                )
                found.setdefault(kind, query)
        if want not in found:
            return False
        return self._ask(found[want], "belief", [*self._issue_names(), UNSETTLED], keep=[UNSETTLED])

    def switch(self) -> bool:
        """Of a party that has a switch as often as of one that has none, where there is one."""
        parties = self._some([party for party in self.game.parties if party.strategy])
        parties.sort(key=lambda party: bool(party.strategy and party.strategy.switch), reverse=self.rng.random() < 0.8)
        for party in parties:
            moves = len({event.time for event in self.table.events if event.agent == party.agent})
            if moves > 1:
                ordinals = [_ordinal(number) for number in range(1, moves + 1)]
                return self._ask(SwitchQuery(agent=party.agent), "adaptation", [NEVER, *ordinals], keep=[NEVER])
        return False

    def reply(self) -> bool:
        """What an agent had best do at one of its moves: among acceptance, leaving and some proposals."""
        rng, table = self.rng, self.table
        moves = {(event.agent, event.time): event for event in table.events}
        for agent, time in self._some(list(moves))[:3]:
            if not (standing := table.standing(agent, time)):
                continue
            proposal, event = rng.choice(standing), moves[agent, time]
            deals = [self._deal(index) for index in self._some(self.proposals) if index != proposal]
            if isinstance(event, Propose):
                deals.insert(0, event.deal)
            deals.append(table.deals[rng.randrange(len(table.deals))])
            options = [Reply(move="accept"), Reply(move="withdraw")]
            options += [Reply(move="propose", deal=deal) for deal in _distinct(deals)[: rng.randint(1, 2)]]
            rng.shuffle(options)
            query = ReplyQuery(agent=agent, proposal=proposal, time=time, moves=options)
            known = self._known(query)
            if known and len(known.answer) == 1 and known.answer != [UNDETERMINED]:
                return self._put(query, "best_reply", known, [self.wording.reply(each, agent) for each in options])
        return False

    def _wanted(self, queries: Iterable[NegotiationQuery], ability: str, want: str) -> bool:
        """The first of the queries that has the wanted answer, yes or no."""
        for query in queries:
            known = self._known(query)
            if known and known.answer == [want]:
                return self._put(query, ability, known, self._shuffled([YES, NO]))
        return False

    def _ask(
        self,
        query: NegotiationQuery,
        ability: str,
        options: Sequence[str],
        keep: Sequence[str] = (),
        limit: int = OPTIONS,
    ) -> bool:
        """With the right option, those to `keep`, and as many of the others as there is room for."""
        known = self._known(query)
        if known is None:
            return False
        chosen = _distinct([*known.answer, *keep])
        rest = [option for option in _distinct(options) if option not in chosen]
        chosen += self.rng.sample(rest, min(len(rest), max(0, limit - len(chosen))))
        return self._put(query, ability, known, self._shuffled(chosen))

    def _put(self, query: NegotiationQuery, ability: str, known: Known, options: list[str]) -> bool:
        if len(options) < 2:
            return False
        self.asked.append(
            Asked(
                query=query,
                ability=ability,
                order=known.order,
                text=self.wording.question(query),
                options=options,
                answer=known.answer,
                evidence=known.evidence,
                view=known.view,
            )
        )
        return True

    def _known(self, query: NegotiationQuery) -> Known | None:
        """None if it was asked already, or has no answer."""
        if any(query == each.query for each in self.asked):
            return None
        try:
            if isinstance(query, ReplyQuery):
                return answer(self.table, query, lambda reply: self.wording.reply(reply, query.agent))
            return answer(self.table, query)
        except Unasked:
            return None

    def _some(self, items: Sequence[T]) -> list[T]:
        """Some of the items in random order."""
        return self.rng.sample(items, min(len(items), TRIES))

    def _shuffled(self, options: Sequence[T]) -> list[T]:
        return self.rng.sample(options, len(options))

    def _worth(self, index: int, agent: str) -> int:
        if (index, agent) not in self.worth:
            (figure,) = answer(self.table, PointsQuery(proposal=index, agent=agent)).answer
            self.worth[index, agent] = int(figure)
        return self.worth[index, agent]

    def _deal(self, index: int) -> Deal:
        event = self.table.events[index]
        assert isinstance(event, Propose)
        return event.deal

    def _issue_names(self) -> list[str]:
        return [issue.name for issue in self.game.issues]


def _distinct(items: Iterable[T]) -> list[T]:
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found


def _ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, .., 11th, .."""
    ending = "th" if number % 100 // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
