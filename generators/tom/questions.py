"""Choosing what to ask: for each ability a query whose answer has the wanted truth condition, with fair options.

A belief item is wanted `false` (the chain is settled on something that is neither the truth nor what the chain without
its first agent has: no order in name only), `true`, or `unsettled`. The mix is the same at every order, so neither the
order nor the wording tells a false belief from a true one. Options of list answers are the four combinations of two
agents being in or out, so none of them stands out as the middle one.
"""

import random
from collections.abc import Sequence
from typing import Literal

from madata.generators.family import Asked, draw
from madata.generators.tom.beliefs import Ambiguous, Answer, Beliefs, Chain
from madata.generators.tom.stage import Stage
from madata.generators.tom.wording import event_clause, question_text
from madata.schemas.tom import (
    GUESS,
    LIE,
    MISTAKE,
    TRUTH,
    CasesQuery,
    KnowersQuery,
    KnowsQuery,
    LieQuery,
    Query,
    SawQuery,
    SearchQuery,
    TargetsQuery,
    Tell,
    ValueQuery,
)
from madata.schemas.words import NO, NOBODY, UNSETTLED, YES, name_list

Truth = Literal["false", "true", "unsettled"]
SETTLED: tuple[tuple[Truth, int], ...] = (("false", 49), ("true", 39))
CHANCES: tuple[tuple[Truth, int], ...] = (*SETTLED, ("unsettled", 12))

SINCERE = ((MISTAKE, 3), (LIE, 1), (TRUTH, 1))
"""How often a telling of each sort is wanted: mistakes, which alone are honest and false, are told least often."""
DECEIVED = ((True, 3), (False, 1))
ALL = 0.25
"""How often it is asked who knows what all know."""

TRIES = 30
OPTIONS = 5


class Asker:
    """Asks about a finished story; `asked` holds the questions so far, no query twice."""

    def __init__(self, stage: Stage, rng: random.Random) -> None:
        self.stage = stage
        self.rng = rng
        self.beliefs = Beliefs(stage)
        self.world = stage.world()
        self.end = len(stage.events)
        self.asked: list[Asked] = []
        self._present = [a for a in stage.ids if any(a in event.view for event in stage.events)]

    def reality(self, variable: str) -> bool:
        return self._value(ValueQuery(variable=variable, time=self.end), "reality")

    def memory(self, variable: str) -> bool:
        """What was the case earlier and no longer is; nothing if it never changed."""
        track = self.stage.truth[variable]
        times = [t for t in range(self.end) if track[t] != track[-1] and (t == 0 or track[t + 1] != track[t])]
        if not times:
            return False
        return self._value(ValueQuery(variable=variable, time=self.rng.choice(times)), "memory")

    def belief(self, order: int, *variables: str, ability: str = "belief") -> bool:
        """What a chain of that length believes about one of the variables."""
        item = self._item(order, variables)
        return item is not None and self._value(ValueQuery(chain=item[1], variable=item[0], time=self.end), ability)

    def action(self, order: int, *variables: str) -> bool:
        """Where somebody will look, or (order 2 and up) is expected to look."""
        item = self._item(order, variables)
        return item is not None and self._value(SearchQuery(chain=item[1], variable=item[0], time=self.end), "action")

    def knowledge(self, order: int, *variables: str) -> bool:
        """Whether somebody knows one of the variables, or (order 2) is taken to know it; yes and no equally often."""
        want = self.rng.random() < 0.5
        for _ in range(TRIES):
            variable, chain = self.rng.choice(variables), self._any_chain(order, self._present)
            try:
                if self.beliefs.knows(variable, chain, self.end) is want:
                    return self.yes_no(
                        KnowsQuery(chain=list(chain), variable=variable, time=self.end), "knowledge", order
                    )
            except Ambiguous:
                continue
        return False

    def perception(self) -> bool:
        """Whether somebody noticed an event that somebody else took part in."""
        want = self.rng.random() < 0.5
        events = [
            (index, a)
            for index, event in enumerate(self.stage.events)
            if event.kind in ("change", "tell", "leave", "look", "reveal")
            for a in self._present
            if (a in event.view) is want and a != getattr(event, "agent", None)
        ]
        if not events:
            return False
        index, agent = self.rng.choice(events)
        return self.yes_no(SawQuery(agent=agent, event=index), "perception", 0)

    def answerability(self, *variables: str) -> bool:
        """Who knows one of the variables; rather of one that some do not know, for else all is the usual answer."""
        queries = [KnowersQuery(variable=each, time=self.end) for each in self.rng.sample(variables, len(variables))]
        for query in queries:
            answer = self._answer(query)
            if answer and len(self._named(answer)) < len(self._present):
                return self._names(query, "answerability", self._present)
        return self.rng.random() < ALL and self._names(queries[0], "answerability", self._present)

    def lie(self) -> bool:
        """Whether a telling was a lie; where what is said is false, a lie or a mistake."""
        want = draw(self.rng, *SINCERE)
        tellings = [index for index, event in enumerate(self.stage.events) if event.kind == "tell"]
        for event in self.rng.sample(tellings, len(tellings)):
            answer = self._answer(LieQuery(event=event))
            if answer and answer.text == want:
                return self.choice(LieQuery(event=event), "deception", 1, [LIE, MISTAKE, TRUTH, GUESS])
        return False

    def lies(self) -> list[int]:
        """The tellings that are lies."""
        return [
            index
            for index, event in enumerate(self.stage.events)
            if event.kind == "tell" and self.beliefs.answer(LieQuery(event=index)).text == LIE
        ]

    def targets(self) -> bool:
        """Whom a lie could deceive. Most could deceive nobody, and few of those are asked about."""
        want = draw(self.rng, *DECEIVED)
        lies = self.lies()
        for event in self.rng.sample(lies, len(lies)):
            telling, query = self.stage.events[event], TargetsQuery(event=event)
            assert isinstance(telling, Tell)
            answer = self._answer(query)
            if answer and (answer.text != NOBODY) is want:
                return self._names(query, "deception", [a for a in self._present if a != telling.agent], order=2)
        return False

    def clause(self, event: int) -> str:
        """The event as a clause, for the words of a concept question: "Anna moves the apple to the box"."""
        return event_clause(event, self.stage.agents, self.world)

    def yes_no(self, query: Query, ability: str, order: int) -> bool:
        return self.choice(query, ability, order, [YES, NO])

    def cases(self, query: CasesQuery, ability: str, order: int, text: str) -> bool:
        """A concept question; the family words it."""
        return self.choice(query, ability, order, sorted({query.otherwise, *(case.then for case in query.cases)}), text)

    def choice(self, query: Query, ability: str, order: int, options: Sequence[str], text: str | None = None) -> bool:
        """Asks with the given options, in an order of its own; False if asked already or without a definite answer."""
        answer = self._answer(query)
        if answer is None:
            return False
        return self._ask(query, ability, order, answer, list(options), text)

    def _answer(self, query: Query) -> Answer | None:
        """None if it was asked already, or has no definite answer."""
        if any(query == asked.query for asked in self.asked):
            return None
        try:
            return self.beliefs.answer(query)
        except Ambiguous:
            return None

    def _ask(
        self, query: Query, ability: str, order: int, answer: Answer, options: list[str], text: str | None = None
    ) -> bool:
        self.rng.shuffle(options)
        self.asked.append(
            Asked(
                query=query,
                ability=ability,
                order=order,
                text=text or question_text(query, self.stage.agents, self.world, self.rng),
                options=options,
                answer=[answer.text],
                evidence=answer.evidence,
                view=answer.view,
            )
        )
        return True

    def _value(self, query: ValueQuery | SearchQuery, ability: str) -> bool:
        answer = self._answer(query)
        if answer is None:
            return False
        assert query.variable is not None
        variable = self.stage.variables[query.variable]
        names = [self.stage.entities[value].name for value in variable.values]
        track = self.stage.truth[variable.id]
        lures = [self.stage.entities[value].name for value in (track[-1], track[0])]
        if query.chain:
            lures.append(UNSETTLED)
        options = list(dict.fromkeys([answer.text, *lures]))
        others = [name for name in names if name not in options]
        options += self.rng.sample(others, min(len(others), max(0, OPTIONS - len(options))))
        return self._ask(query, ability, len(query.chain), answer, options)

    def _names(self, query: Query, ability: str, agents: Sequence[str], order: int = 1) -> bool:
        answer = self._answer(query)
        if answer is None or len(agents) < 2:
            return False
        names = [agent.name for agent in self.stage.agents]
        right = self._named(answer)
        toggled = self.rng.sample([agent.name for agent in self.stage.agents if agent.id in agents], 2)
        options = [
            name_list([name for name in names if name in right ^ set(flipped)])
            for flipped in ((), toggled[:1], toggled[1:], toggled)
        ]
        return self._ask(query, ability, order, answer, options)

    def _named(self, answer: Answer) -> set[str]:
        words = answer.text.replace(",", "").split()
        return {agent.name for agent in self.stage.agents if agent.name in words}

    def _any_chain(self, order: int, agents: Sequence[str], first: Sequence[str] = ()) -> Chain:
        chain = [self.rng.choice(first or agents)]
        while len(chain) < order:
            chain.append(self.rng.choice([agent for agent in agents if agent != chain[-1]]))
        return tuple(chain)

    def _item(self, order: int, variables: Sequence[str]) -> tuple[str, list[str]] | None:
        """A variable and a chain with the truth condition drawn for this item; None if the story has none. Where
        nothing is unsettled, one of the other two is drawn: falling back on whatever there is would favour true
        beliefs."""
        want = draw(self.rng, *CHANCES)
        shuffled = self.rng.sample(variables, len(variables))
        if want == "true":  # rather of what changed, or else what was mentioned first would be right of all others
            shuffled.sort(key=lambda variable: len(set(self.stage.truth[variable])) == 1)
        found = self._search(shuffled, order, want)
        if found is None and want == "unsettled":
            found = self._search(shuffled, order, draw(self.rng, *SETTLED))
        return found

    def _search(self, variables: Sequence[str], order: int, want: Truth) -> tuple[str, list[str]] | None:
        for variable in variables:
            if chain := self._chain(variable, order, want):
                return variable, list(chain)
        return None

    def _chain(self, variable: str, order: int, want: Truth) -> Chain | None:
        agents = self._present
        firsts = [a for a in agents if self._truth_of(variable, (a,)) == want]
        if order == 1:  # nobody is asked what they believe of what is theirs: that is true, and the names tell it
            firsts = [a for a in firsts if a not in self.stage.variables[variable].known_by]
        if len(agents) < 2 or (order == 1 and not firsts):
            return None
        pool = firsts if want == "true" and len(firsts) > 1 else agents
        for _ in range(TRIES):
            chain = self._any_chain(order, pool, firsts)
            if self._truth_of(variable, chain) == want and not self._already(variable, chain):
                return chain
        return None

    def _already(self, variable: str, chain: Chain) -> bool:
        queries = [asked.query for asked in self.asked]
        return any(
            isinstance(query, ValueQuery | SearchQuery) and query.variable == variable and tuple(query.chain) == chain
            for query in queries
        )

    def _truth_of(self, variable: str, chain: Chain) -> Truth | None:
        """The truth condition of the chain at the end; None for one that is of no use as an item."""
        try:
            held = self.beliefs.settled(variable, chain, self.end)
            shorter = self.beliefs.settled(variable, chain[1:], self.end)
        except Ambiguous:
            return None
        if held == self.stage.now(variable):
            return "true"
        if held == shorter:
            return None
        return "unsettled" if held is None else "false"
