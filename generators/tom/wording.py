"""Questions in words, one function over all kinds of query but `cases`, which its family words.

A question about an earlier time names the event it comes just before or right after; an event that reads like another
one is told apart by its number ("for the second time").
"""

import random
from collections.abc import Sequence

from madata.generators.tom.clauses import Clause, Clauses
from madata.generators.tom.phrases import Phrases
from madata.schemas import Agent, TomWorld
from madata.schemas.tom import (
    CasesQuery,
    KnowersQuery,
    KnowsQuery,
    LieQuery,
    Query,
    SawQuery,
    SearchQuery,
    TargetsQuery,
    ValueQuery,
    Variable,
)

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")

END = ("", "At the end of the story, ", "When all this has happened, ", "In the end, ", "After all of this, ")
START = (
    "At the very beginning, before anything happens, ",
    "At the start of the story, before anything happens, ",
    "Before anything at all happens, ",
)
BEFORE = ("Just before {}, ", "Immediately before {}, ", "At the moment just before {}, ")
AFTER = ("Right after {}, ", "Immediately after {}, ", "At the moment right after {}, ")

BELIEVE = ("think", "believe")
LOOK = ("look for", "search for", "go to look for", "look first for")

# The present value: as asked of somebody's belief, then also with a stress on what is really so.
WHERE = ("where is the {x}?", "in which container is the {x}?", "what is the {x} in?")
WHERE_REALLY = (*WHERE, "where is the {x} really?", "in which container is the {x} really?")
INSIDE = ("what is in the {c}?", "what does the {c} hold?", "what does the {c} contain?")
INSIDE_REALLY = (*INSIDE, "what is really in the {c}?", "what does the {c} really hold?")
FACT = ("what is {n}?",)
FACT_REALLY = (*FACT, "what is {n} really?", "what is {n} in fact?")

VIEWED = ("according to {a}, ", "as {a} sees it, ", "going by what {a} believes, ")
KNOWS = ("does {a} know {know}?", "is {a} one of those who know {know}?", "does {a} really know {know}?")
KNOWERS = ("who knows {know}?", "which people know {know}?", "who of all the people knows {know}?")
SAW = (
    "Does {a} notice it when {event}?",
    "When {event}, does {a} notice it?",
    "Does {a} take notice, openly or in secret, when {event}?",
    "Is it noticed by {a} when {event}?",
)
LIE = (
    "When {event}, what kind of statement is that?",
    "What sort of statement is it when {event}?",
    "How is the statement to be described when {event}?",
    "When {event}, what best describes this statement?",
)
TARGETS = (
    "Suppose it is a lie when {event}. Whom can it be meant for?",
    "When {event}, and if that is a lie, whom can {a} be trying to deceive?",
    "If it is a lie when {event}, who can be the target of the lie?",
    "Assume that {a} is lying when {event}. Whom can the lie be meant for?",
)


def question_text(query: Query, agents: Sequence[Agent], world: TomWorld, rng: random.Random) -> str:
    """One of several wordings of the query, taken at random; ValueError for a concept, which its family words."""
    wording = _Wording(agents, world, rng)
    match query:
        case ValueQuery():
            return wording.at(query.time, wording.value(query.chain, wording.variable(query.variable)))
        case SearchQuery():
            return wording.at(query.time, wording.search(query))
        case KnowsQuery():
            return wording.at(query.time, wording.knows(query.chain, wording.variable(query.variable)))
        case KnowersQuery():
            return wording.at(query.time, wording.knowers(wording.variable(query.variable)))
        case SawQuery():
            return wording.of_event(SAW, query.event, query.agent)
        case LieQuery():
            return wording.of_event(LIE, query.event)
        case TargetsQuery():
            return wording.of_event(TARGETS, query.event)
        case CasesQuery():
            raise ValueError(f"the concept {query.concept} is worded by its family")


def event_clause(event: int, agents: Sequence[Agent], world: TomWorld) -> str:
    """The event as a clause that fits no other event of the story: "Anna tells everybody in the kitchen that .."."""
    return _Wording(agents, world, random.Random(0))._event(event)


class _Wording:
    """The words for questions about one world."""

    def __init__(self, agents: Sequence[Agent], world: TomWorld, rng: random.Random) -> None:
        self._phrases = Phrases(agents, world)
        self._clauses = Clauses(self._phrases)
        self._events = world.events
        self._rng = rng

    def variable(self, id: str) -> Variable:
        return self._phrases.variables[id]

    def at(self, time: int, question: str) -> str:
        """The question with its time in front: the end (or nothing), the very beginning, or next to an event."""
        if time == len(self._events):
            when = self._rng.choice(END)
        elif time == 0:
            when = self._rng.choice(START)
        elif self._rng.random() < 0.5:
            when = self._rng.choice(BEFORE).format(self._event(time))
        else:
            when = self._rng.choice(AFTER).format(self._event(time - 1))
        asked = when + question
        return asked[0].upper() + asked[1:]

    def value(self, chain: Sequence[str], variable: Variable) -> str:
        if not chain:
            return self._simple(variable, really=True)
        if viewed := self._viewed(chain):
            return viewed + (self._embedded(chain[1:], variable) if len(chain) > 1 else self._simple(variable))
        return self._embedded(chain, variable)

    def search(self, query: SearchQuery) -> str:
        if query.via is not None:
            wanted = self._phrases.knowable(self.variable(query.via))
        else:
            assert query.variable is not None
            wanted = f"the {self._phrases.about(self.variable(query.variable))}"
        *others, seeker = query.chain
        will = "will" if query.time == len(self._events) else "would"
        name, look = self._phrases.name[seeker], self._rng.choice(LOOK)
        viewed = self._viewed(others)
        if viewed:
            others = others[1:]
        if others:
            return f"{viewed}where does {self._belief(others)} {name} {will} {look} {wanted}?"
        return f"{viewed}where {will} {name} {look} {wanted}?"

    def knows(self, chain: Sequence[str], variable: Variable) -> str:
        *others, knower = chain
        know, name = self._phrases.knowable(variable), self._phrases.name[knower]
        viewed = self._viewed(others)
        if viewed:
            others = others[1:]
        if others:
            return f"{viewed}does {self._belief(others)} that {name} knows {know}?"
        return viewed + self._rng.choice(KNOWS).format(a=name, know=know)

    def knowers(self, variable: Variable) -> str:
        return self._rng.choice(KNOWERS).format(know=self._phrases.knowable(variable))

    def of_event(self, forms: Sequence[str], index: int, agent: str | None = None) -> str:
        """A question about an event; {a} is `agent`, or else who acts in it."""
        actor = agent or getattr(self._events[index], "agent", None)
        name = self._phrases.name[actor] if actor else ""
        return self._rng.choice(forms).format(a=name, event=self._event(index))

    def _simple(self, variable: Variable, really: bool = False) -> str:
        match variable.kind:
            case "location":
                return self._rng.choice(WHERE_REALLY if really else WHERE).format(x=self._phrases.about(variable))
            case "contents":
                return self._rng.choice(INSIDE_REALLY if really else INSIDE).format(c=self._phrases.about(variable))
            case "fact":
                return self._rng.choice(FACT_REALLY if really else FACT).format(n=variable.name)

    def _embedded(self, chain: Sequence[str], variable: Variable) -> str:
        """ "where does Anna think that Ben believes the apple is?" """
        match variable.kind:
            case "location":
                asked, rest = "where", f"the {self._phrases.about(variable)} is"
            case "contents":
                asked, rest = "what", f"is in the {self._phrases.about(variable)}"
            case "fact":
                asked, rest = "what", f"{variable.name} is"
        return f"{asked} does {self._belief(chain)} {rest}?"

    def _belief(self, chain: Sequence[str]) -> str:
        """ "Anna think that Ben believes that Carla thinks": the infinitive first, the two verbs in turn."""
        turn = self._rng.randrange(2)
        first, *others = (self._phrases.name[agent] for agent in chain)
        links = (f" that {name} {BELIEVE[(turn + place) % 2]}s" for place, name in enumerate(others, 1))
        return f"{first} {BELIEVE[turn]}{''.join(links)}"

    def _viewed(self, chain: Sequence[str]) -> str:
        """The first of a chain put in front ("according to Anna, "), or nothing."""
        if not chain or self._rng.random() < 0.5:
            return ""
        return self._rng.choice(VIEWED).format(a=self._phrases.name[chain[0]])

    def _event(self, index: int) -> str:
        """The event as a clause that fits no other event of the story."""
        clause = self._clause(index)
        kind = self._events[index].kind
        same = [i for i, event in enumerate(self._events) if event.kind == kind and self._clause(i) == clause]
        number = f" for the {_ordinal(same.index(index) + 1)} time" if len(same) > 1 else ""
        return f"{clause.head}{number}{clause.tail}"

    def _clause(self, index: int) -> Clause:
        return self._clauses.clause(self._events[index], self._events[:index])


def _ordinal(number: int) -> str:
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}th"
