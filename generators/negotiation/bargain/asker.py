"""Choosing what to ask of a finished bargain: for each kind of query one whose answer is the one wanted, if there is
one, with fair options.

What is wanted is drawn first, so that yes and no, true and false beliefs, and the three outcomes of a bluff are asked
for alike, however often each occurs. Figures are set beside others of the same game.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TypeVar

from madata.generators.family import Asked, draw
from madata.generators.negotiation.bargain.answers import answer
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.known import Known, Unasked, ordinal_word
from madata.generators.negotiation.wording import Wording
from madata.schemas.negotiation import (
    BACKFIRED,
    NEVER,
    NO_DIFFERENCE,
    PAID,
    UNDETERMINED,
    BluffQuery,
    ImpliedQuery,
    Inform,
    NegotiationQuery,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Priority,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    Split,
    SwitchQuery,
    ValuedQuery,
    ZoneQuery,
)
from madata.schemas.words import NO, UNSETTLED, YES

ACCEPT = Reply(move="accept")
T = TypeVar("T")

CONSTANTS = (NEVER, UNDETERMINED, UNSETTLED)
OPTIONS = 5
BLUFFS = 4
"""Bluffs of which it is found out what they brought: all goes on without each of them once."""
SELDOM = 0.1
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
        self.proposals = [index for index, event in enumerate(table.events) if isinstance(event, Propose)]
        self.priorities = [
            index
            for index, event in enumerate(table.events)
            if isinstance(event, Inform) and isinstance(event.claim, Priority)
        ]
        self.statements = [index for index, event in enumerate(table.events) if event.kind in ("inform", "threaten")]
        self.end = table.events[-1].time + 1 if table.events else 0
        self.open = [UNDETERMINED] if any(plan is None for plan in table.plans.values()) else []
        """An option more where it is not laid down how all go on."""

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
        if self.rng.random() < 0.75:
            self.reply()
        again = [self.offer, self.points, self.rational, self.pareto, self.belief, self.bluff, self.switch]
        for ask in [*self.rng.sample(kinds, len(kinds)), *self.rng.sample(again, len(again)) * 2]:
            if len(self.asked) >= wanted:
                break
            ask()
        self.rng.shuffle(self.asked)
        return self.asked

    def offer(self) -> bool:
        """What a proposal gives somebody, or settles; beside it, what others settle, and what is near."""
        rng, table = self.rng, self.table
        if not self.proposals:
            return False
        index, place = rng.choice(self.proposals), rng.randrange(len(self.game.issues))
        issue, entry = self.game.issues[place], table.deal(index)[place]
        if isinstance(issue, Split):
            query = OfferQuery(proposal=index, issue=issue.id, agent=rng.choice(table.ids))
            return self._ask(query, "offer", [str(units) for units in range(issue.units + 1)])
        assert isinstance(entry, int)
        offered = [table.deal(other)[place] for other in self._some(self.proposals)]
        near = [name for option, name in enumerate(issue.options) if option in offered or abs(option - entry) < 4]
        return self._ask(OfferQuery(proposal=index, issue=issue.id), "offer", near)

    def points(self) -> bool:
        """What a proposal is worth to somebody; beside it, what it is to another, and what other deals are."""
        rng, table = self.rng, self.table
        if not self.proposals:
            return False
        index, agent = rng.choice(self.proposals), rng.choice(table.ids)
        right = table.worth(index, agent)
        worth = table.stakes.worth[table.place[agent]]
        lures = [table.worth(index, rng.choice(table.others(agent))), table.worth(rng.choice(self.proposals), agent)]
        lures += [int(worth[rng.randrange(len(worth))]) for _ in range(2)]
        unit = max(1, abs(right) // 20)
        lures += [right + unit * shift for shift in (1, 2, 3)]
        figures = [figure for figure in _distinct(lures) if figure != right][: OPTIONS - 1]
        return self._ask(PointsQuery(proposal=index, agent=agent), "utility", [str(figure) for figure in figures])

    def rational(self) -> bool:
        """Few propose what they would not take themselves, so what is refused for good is wanted more often."""
        table, want = self.table, draw(self.rng, (YES, 2), (NO, 3))
        reservation = {party.agent: party.reservation for party in self.game.parties}
        places = [(index, agent) for index in self.proposals for agent in table.ids]
        fits = [(i, a) for i, a in places if (table.worth(i, a) >= reservation[a]) is (want == YES)]
        if not fits:
            return False
        index, agent = self.rng.choice(fits)
        return self._ask(RationalQuery(proposal=index, agent=agent), "rationality", [YES, NO])

    def pareto(self) -> bool:
        """Not asked where all deals are Pareto optimal."""
        if self.table.stakes.optimal.all():
            return False
        want = draw(self.rng, (YES, 2), (NO, 3))
        return self._wanted((ParetoQuery(proposal=index) for index in self._some(self.proposals)), "pareto", want)

    def zone(self) -> bool:
        """Most games have one: those that have none are asked about more often."""
        if len(self.table.stakes.zone) and self.rng.random() < 0.8:
            return False
        return self._ask(ZoneQuery(), "zone", [YES, NO])

    def bluff(self) -> bool:
        """Of a story in which some statements are bluffs and some are not. Not of an event that another question calls
        a bluff."""
        told = [each.query.event for each in self.asked if isinstance(each.query, PaidQuery)]
        open_ = [index for index in self.statements if index not in told and not self._of_one_unit(index)]
        found: dict[str, tuple[BluffQuery, Known]] = {}
        for index in self._some(open_):
            query = BluffQuery(event=index)
            if known := self._known(query):
                found.setdefault(known.answer[0], (query, known))
        if len(found) < 2:
            return False
        query, known = self.rng.choice(list(found.values()))
        return self._put(query, "bluffing", known, self._shuffled([YES, NO]))

    def _of_one_unit(self, index: int) -> bool:
        """Whether it says that a thing of which there is one matters most: where there is more of others, that is
        mostly a lie, as its name in the singular tells."""
        claim = getattr(self.table.events[index], "claim", None)
        units = {issue.id: issue.units for issue in self.game.issues if isinstance(issue, Split)}
        return isinstance(claim, Priority) and units.get(claim.issue) == 1 < max(units.values())

    def paid(self) -> bool:
        """What a bluff brought, where another one of the same story brought something else: in some families most
        pay, in others most change nothing."""
        if self._seldom():
            return False
        bluffs = [index for index in self.statements if self._known(BluffQuery(event=index), [YES])]
        found: dict[str, tuple[PaidQuery, Known]] = {}
        least = 1 if self.open else 2  # different answers
        for index in self._some(bluffs)[:BLUFFS] if len(bluffs) >= least else []:
            query = PaidQuery(event=index)
            if known := self._known(query):
                found.setdefault(known.answer[0], (query, known))
        if len(found) < least:
            return False
        query, known = self.rng.choice(list(found.values()))
        return self._put(query, "bluffing", known, self._shuffled([PAID, BACKFIRED, NO_DIFFERENCE, *self.open]))

    def implied(self) -> bool:
        """Moves that show too little are asked about now and then."""
        proposers = _distinct(self.table.events[index].agent for index in self._some(self.proposals))
        for agent in proposers:
            query = ImpliedQuery(agent=agent, time=self.end)
            known = self._known(query)
            if known and (known.answer != [UNDETERMINED] or self.rng.random() < 0.7):
                return self._ask(query, "inference", [*self._issue_names(), UNDETERMINED], known)
        return False

    def belief(self) -> bool:
        """What somebody takes to matter most to another, or takes another to take: false, true, or nothing settled."""
        if len(self.game.issues) < 2:
            return False
        rng, table = self.rng, self.table
        want = draw(rng, ("false", 4), ("true", 4), ("unsettled", 1))
        about, hearers = rng.choice(table.ids), table.ids
        if want != "unsettled":
            claims = [index for index in self.priorities if table.lies(index) is (want == "false")]
            if not claims:
                return False
            claim = table.events[rng.choice(claims)]
            about, hearers = claim.agent, [claim.agent, *claim.to]
        first = rng.choice([agent for agent in hearers if agent != about])
        chain = [first, *rng.sample([agent for agent in hearers if agent != first], rng.randint(0, 1))]
        query = ValuedQuery(chain=chain, about=about, time=self.end)
        known = self._known(query)
        if known is None or (known.answer == [UNSETTLED]) is not (want == "unsettled"):
            return False
        return self._ask(query, "belief", [*self._issue_names(), UNSETTLED], known)

    def switch(self) -> bool:
        """Of parties that show a switch; of the others now and then, whether they have none or show none. Hardly any
        shows it in its first move."""
        for party in self._some(self.game.parties):
            moves = len({event.time for event in self.table.events if event.agent == party.agent})
            switches = party.strategy is not None and party.strategy.switch is not None
            if moves < 2 or not (switches or self.rng.random() < 0.05):
                continue
            query = SwitchQuery(agent=party.agent)
            known = self._known(query)
            if known and (known.answer != [NEVER] or self.rng.random() < 0.2):
                ordinals = [ordinal_word(number) for number in range(2, moves + 1)]
                return self._ask(query, "adaptation", [NEVER, *self.open, *ordinals], known)
        return False

    def reply(self) -> bool:
        """What an agent had best do at one of its moves: accept, leave, or propose one deal or another; to accept as
        often as not."""
        rng, table = self.rng, self.table
        if self._seldom():
            return False
        accepting = rng.random() < 0.5
        moves = {(event.agent, event.time): event for event in table.events}
        turns = ((turn, standing) for turn in self._some(list(moves)) if (standing := table.standing(*turn)))
        for (agent, time), standing in islice(turns, 2):
            proposal, event = rng.choice(standing), moves[agent, time]
            deals = [table.deal(index) for index in self._some(self.proposals) if index != proposal]
            if isinstance(event, Propose):
                deals.insert(0, event.deal)
            deals.append(table.stakes.deals[rng.randrange(len(table.stakes.deals))])
            replies = [ACCEPT, Reply(move="withdraw")]
            replies += [Reply(move="propose", deal=deal) for deal in _distinct(deals)[: rng.randint(1, 2)]]
            rng.shuffle(replies)
            options = [*(self.wording.reply(each, agent) for each in replies), *self.open]
            query = ReplyQuery(agent=agent, proposal=proposal, time=time, moves=replies)
            known = self._known(query)
            if known and len(known.answer) == 1 and (known.answer == [options[replies.index(ACCEPT)]]) is accepting:
                return self._put(query, "best_reply", known, options)
        return False

    def _seldom(self) -> bool:
        """Whether to leave out a question that goes by how all go on: where that is open, there is but one answer."""
        return bool(self.open) and self.rng.random() >= SELDOM

    def _wanted(self, queries: Iterable[NegotiationQuery], ability: str, want: str) -> bool:
        """The first of the queries that has the wanted answer, yes or no."""
        for query in queries:
            if known := self._known(query, [want]):
                return self._put(query, ability, known, self._shuffled([YES, NO]))
        return False

    def _ask(self, query: NegotiationQuery, ability: str, options: Sequence[str], known: Known | None = None) -> bool:
        """With the right option, the constants, and as many of the others as there is room for."""
        known = known or self._known(query)
        if known is None:
            return False
        constants = [option for option in options if option in CONSTANTS]
        chosen = _distinct([*known.answer, *constants])
        rest = [option for option in _distinct(options) if option not in chosen]
        chosen += self.rng.sample(rest, min(len(rest), max(0, OPTIONS - len(chosen))))
        return self._put(query, ability, known, self._shuffled(chosen))

    def _put(self, query: NegotiationQuery, ability: str, known: Known, options: list[str]) -> bool:
        if len(options) < 2:
            return False
        self.asked.append(known.asked(query, ability, self.wording.question(query), options))
        return True

    def _known(self, query: NegotiationQuery, want: Sequence[str] = ()) -> Known | None:
        """None if it was asked already, has no answer, or not the one wanted."""
        if any(query == each.query for each in self.asked):
            return None
        try:
            if isinstance(query, ReplyQuery):
                known = answer(self.table, query, lambda reply: self.wording.reply(reply, query.agent))
            else:
                known = answer(self.table, query)
        except Unasked:
            return None
        return known if not want or known.answer == want else None

    def _some(self, items: Sequence[T]) -> list[T]:
        """Some of the items in random order."""
        return self.rng.sample(items, min(len(items), TRIES))

    def _shuffled(self, options: Sequence[T]) -> list[T]:
        return self.rng.sample(options, len(options))

    def _issue_names(self) -> list[str]:
        return [issue.name for issue in self.game.issues]


def _distinct(items: Iterable[T]) -> list[T]:
    found: list[T] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
