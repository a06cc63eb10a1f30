"""Belief chains, tracked: what a1 believes that a2 believes .. about a variable, at every point of a story.

For one chain the lessons of the stage are replayed in order; each either reaches the chain, and overwrites what it
holds, or does not. Rules: docs/semantics.md. The validators derive the same answers by possible worlds.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from madata.generators.tom.stage import Lesson, Stage
from madata.schemas.tom import (
    GUESS,
    LIE,
    MISTAKE,
    TRUTH,
    All,
    Any,
    CasesQuery,
    Formula,
    Is,
    KnowersQuery,
    KnowsQuery,
    LieQuery,
    Not,
    Query,
    SawQuery,
    SearchQuery,
    TargetsQuery,
    Tell,
    ValueQuery,
)
from madata.schemas.words import NO, UNSETTLED, YES, name_list

Chain = tuple[str, ...]

OPEN: Final = "?"
"""Unsettled."""
KNOWN: Final = "?="
"""Unsettled, but the rest of the chain takes the last agent to know it."""
AMBIGUOUS: Final = "??"
"""Where overwriting and filtering part ways; no question is asked about it."""


class Ambiguous(Exception):
    """The query has no answer that every reading of rule 5 agrees on."""


class Answer(NamedTuple):
    text: str
    evidence: list[int]
    view: str


class Beliefs:
    """Every belief of a staged story, computed when asked for. Times count events, 0 is before the first."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self._tracks: dict[tuple[str, Chain], list[str]] = {}
        self._names = {agent.id: agent.name for agent in stage.agents}
        self._relative = {  # variables of which beliefs can depend on what the rest of the chain holds
            variable.id
            for variable in stage.variables.values()
            if variable.known_by or any(lesson.looker for lesson in stage.lessons[variable.id])
        }
        self._object_variables = {v.about: v.id for v in stage.variables.values() if v.kind == "location"}

    def track(self, variable: str, chain: Chain) -> list[str]:
        """What the chain holds after 0, 1, .. events: a value, `OPEN`, `KNOWN` or `AMBIGUOUS`; the truth for no
        chain."""
        if not chain:
            return self.stage.truth[variable]
        key = (variable, chain)
        if key not in self._tracks:
            self._tracks[key] = self._replay(variable, chain)
        return self._tracks[key]

    def settled(self, variable: str, chain: Chain, time: int) -> str | None:
        """The value held, None if unsettled; raises `Ambiguous`."""
        held = self.track(variable, chain)[time]
        if held == AMBIGUOUS:
            raise Ambiguous
        return None if held in (OPEN, KNOWN) else held

    def knows(self, variable: str, chain: Chain, time: int) -> bool:
        """Whether all but the last agent of the chain take the last one to know the variable."""
        prefix = self.settled(variable, chain[:-1], time)
        own = self.settled(variable, chain, time)
        return self.track(variable, chain)[time] == KNOWN if prefix is None else own == prefix

    def answer(self, query: Query) -> Answer:
        match query:
            case ValueQuery():
                chain = collapse(query.chain)
                return self._over_time(query.time, lambda t: self._value(query.variable, chain, t), view_of(chain))
            case SearchQuery():
                chain = collapse(query.chain)
                return self._over_time(query.time, lambda t: self._search(query, chain, t), view_of(chain))
            case KnowsQuery():
                chain = collapse(query.chain)
                return self._over_time(
                    query.time, lambda t: YES if self.knows(query.variable, chain, t) else NO, view_of(chain)
                )
            case KnowersQuery():
                return self._over_time(query.time, lambda t: self._knowers(query.variable, t), "reader")
            case SawQuery():
                saw = query.agent in self.stage.events[query.event].view
                return Answer(YES if saw else NO, [query.event], "reader")
            case LieQuery():
                return Answer(self._kind_of_statement(query.event), [query.event], self._telling(query.event).agent)
            case TargetsQuery():
                return Answer(self._targets(query.event), [query.event], self._telling(query.event).agent)
            case CasesQuery():
                literals = [literal for case in query.cases for literal in _literals(case.when)]
                evidence = sorted({index for literal in literals for index in self._since(literal)})
                return Answer(self.outcome(query), evidence, "reader")

    def outcome(self, query: CasesQuery | SearchQuery) -> str:
        """The answer alone, to choose among queries: `answer` also finds the evidence, which takes longer."""
        if isinstance(query, SearchQuery):
            return self._search(query, collapse(query.chain), query.time)
        return next((case.then for case in query.cases if self.holds(case.when)), query.otherwise)

    def holds(self, formula: Formula) -> bool:
        match formula:
            case Is():
                return self.settled(formula.variable, collapse(formula.chain), formula.time) == formula.value
            case Not():
                return not self.holds(formula.of)
            case All() | Any():
                parts = [self.holds(part) for part in formula.of]  # all of them: any may be ambiguous
                return all(parts) if isinstance(formula, All) else any(parts)

    def _replay(self, variable: str, chain: Chain) -> list[str]:
        relative = variable in self._relative
        prefix = self.track(variable, chain[:-1]) if relative else self.stage.truth[variable]
        held = self._start(variable, chain)
        track: list[str] = []
        for lesson in self.stage.lessons[variable]:
            track += [held] * (lesson.event + 1 - len(track))
            learned = _learn(lesson, chain, held, prefix[lesson.event], self._neutral)
            if learned is not None:
                held = learned
            elif held == KNOWN and prefix[lesson.event + 1] != prefix[lesson.event]:
                held = AMBIGUOUS
        return track + [held] * (len(self.stage.events) + 1 - len(track))

    @property
    def _neutral(self) -> bool:
        return self.stage.conventions.sincerity == "neutral"

    def _start(self, variable: str, chain: Chain) -> str:
        about = self.stage.variables[variable]
        if about.presumed is not None:
            return about.presumed
        if about.known_by and chain[-1] in about.known_by:
            return about.initial if set(chain) <= set(about.known_by) else KNOWN
        return OPEN

    def _over_time(self, time: int, ask: Callable[[int], str], view: str) -> Answer:
        text = ask(time)
        for earlier in range(time - 1, -1, -1):
            if ask(earlier) != text:
                return Answer(text, [earlier], view)
        return Answer(text, [], view)

    def _name(self, value: str | None) -> str:
        return UNSETTLED if value is None else self.stage.entities[value].name

    def _value(self, variable: str, chain: Chain, time: int) -> str:
        return self._name(self.settled(variable, chain, time))

    def _search(self, query: SearchQuery, chain: Chain, time: int) -> str:
        variable = query.variable
        if query.via is not None:
            wanted = self.settled(query.via, chain, time)
            if wanted is None:
                return UNSETTLED
            variable = self._object_variables[wanted]
        assert variable is not None
        return self._value(variable, chain, time)

    def _knowers(self, variable: str, time: int) -> str:
        return name_list([self._names[a] for a in self.stage.ids if self.knows(variable, (a,), time)])

    def _telling(self, event: int) -> Tell:
        telling = self.stage.events[event]
        assert isinstance(telling, Tell)
        return telling

    def _kind_of_statement(self, event: int) -> str:
        telling = self._telling(event)
        own = self.settled(telling.variable, (telling.agent,), event)
        if own is None:
            return GUESS
        if (own == telling.value) is not telling.holds:
            return LIE
        return TRUTH if (self.stage.truth[telling.variable][event] == telling.value) is telling.holds else MISTAKE

    def _targets(self, event: int) -> str:
        telling = self._telling(event)
        lesson = next(lesson for lesson in self.stage.lessons[telling.variable] if lesson.event == event)
        own = self.settled(telling.variable, (telling.agent,), event)
        return name_list(
            [
                self._names[hearer]
                for hearer in self.stage.ids
                if hearer in lesson.believers and self.settled(telling.variable, (telling.agent, hearer), event) != own
            ]
        )

    def _since(self, literal: Is) -> list[int]:
        """The last event before its time that changed whether the literal holds."""
        chain, holds = collapse(literal.chain), self.holds(literal)
        track = self.track(literal.variable, chain)
        for time in range(literal.time - 1, -1, -1):
            if track[time] == track[time + 1]:
                continue
            if (self.settled(literal.variable, chain, time) == literal.value) is not holds:
                return [time]
        return []


def _literals(formula: Formula) -> list[Is]:
    match formula:
        case Is():
            return [formula]
        case Not():
            return _literals(formula.of)
        case All() | Any():
            return [literal for part in formula.of for literal in _literals(part)]


def collapse(chain: Sequence[str]) -> Chain:
    """The chain with adjacent equal agents made one: belief is introspective."""
    return tuple(agent for index, agent in enumerate(chain) if index == 0 or agent != chain[index - 1])


def view_of(chain: Chain) -> str:
    return chain[0] if chain else "reader"


def _learn(lesson: Lesson, chain: Chain, held: str, prefix: str, neutral: bool) -> str | None:
    """What the chain holds after the lesson; None if the lesson does not reach it. `prefix` is what the chain without
    its last agent holds just before the lesson (the truth, for a chain of one)."""
    if lesson.teller is not None:
        return _hear(lesson, chain, held, neutral)
    if lesson.looker is not None:
        return _notice_look(lesson, chain, held, prefix)
    if not _reaches(lesson, chain):
        return None
    return lesson.seen if lesson.seen is not None else _without(held, lesson.absent)


def _reaches(lesson: Lesson, chain: Chain) -> bool:
    if lesson.group.issuperset(chain):
        return True
    return chain[0] in lesson.secret and lesson.group.issuperset(chain[1:])


def _without(held: str, absent: frozenset[str]) -> str:
    """Absence unsettles a belief in what is absent; whoever is taken to know may have been unsettled, or not."""
    if held == KNOWN and absent:
        return AMBIGUOUS
    return OPEN if held in absent else held


def _hear(lesson: Lesson, chain: Chain, held: str, neutral: bool) -> str | None:
    if not lesson.group.issuperset(chain):
        return None
    last = chain[-1]
    if last == lesson.teller:
        if neutral or len(chain) == 1:
            return None
        last = chain[-2]
    if last not in lesson.believers:
        return None
    return lesson.seen if lesson.seen is not None else _without(held, lesson.absent)


def _notice_look(lesson: Lesson, chain: Chain, held: str, prefix: str) -> str | None:
    if chain[-1] != lesson.looker or not lesson.group.issuperset(chain):
        return None
    if len(chain) == 1:
        return lesson.seen if lesson.seen is not None else _without(held, lesson.absent)
    if prefix == AMBIGUOUS:
        return AMBIGUOUS
    if not lesson.absent:
        return KNOWN if prefix in (OPEN, KNOWN) else prefix
    if prefix in (OPEN, KNOWN):
        return AMBIGUOUS
    return prefix if prefix in lesson.absent else _without(held, lesson.absent)
