"""What is asked of a coordination episode: of each kind of question a few candidates, until one is worth asking.

A question with a list of options is worth asking if some are right and some wrong. None is asked that could be answered
without thought: where one of a few outcomes is the answer, the one that is wanted is drawn first, and nothing is asked
if no candidate has it; whether somebody is aware, only if a yes and a no are there to choose from. Of what
somebody believes or is best advised to do, a question is asked only if there is one that misleads whoever answers what
is mentioned first, last or most (`cues`), and half of those asked do. What is right is the session's to say
(docs/coordination.md, "Questions").

What would have happened is asked only where no message is late or lost: of messages that were never sent nobody can
tell what would have become of them.
"""

import random
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from madata.generators.coordination.deliberation import Deliberation
from madata.generators.coordination.known import Known, Unasked
from madata.generators.coordination.motion import STAY, Motion
from madata.generators.coordination.session import Session
from madata.generators.cues import Cues
from madata.generators.family import Asked
from madata.schemas.coordination.language import (
    BETTER,
    FAILED,
    IMPOSSIBLE,
    NEVER,
    SAME,
    WORSE,
    AwareQuery,
    BestQuery,
    CanQuery,
    ClashQuery,
    CoordinationQuery,
    CouldQuery,
    FitsQuery,
    IntendsQuery,
    KnowsQuery,
    LostQuery,
    MessageQuery,
    MilestoneQuery,
    NeedsQuery,
    OptimumQuery,
    PossibleQuery,
    ReachQuery,
    RedundantQuery,
    Telling,
    Told,
)
from madata.schemas.words import NO, YES

QUESTIONS = 7
TRIES = 8
"""Candidates of a kind that are looked at, and re-runs for one question."""
MANY = 24
"""Candidates where a certain answer is wanted."""
OPTIONS = 5
LARGE = 30
"""Agents of a team whose game is re-run for one question only, to see what is lost."""
IDLE = 0.5
"""How often the empty plan is one of those of which some are options: it is wrong about as often as it is right."""

ABILITIES = {
    "possible": "environment",
    "fits": "environment",
    "reach": "environment",
    "can": "environment",
    "clash": "environment",
    "milestone": "environment",
    "knows": "theory_of_mind",
    "aware": "theory_of_mind",
    "could": "theory_of_mind",
    "needs": "theory_of_mind",
    "intends": "theory_of_mind",
    "optimum": "joint_planning",
    "best": "joint_planning",
    "message": "communication",
    "redundant": "communication",
    "lost": "counterfactual",
}

T = TypeVar("T")


def ask(session: Session, cues: Cues, rng: random.Random) -> list[Asked]:
    """At most `QUESTIONS`, of all abilities that there is something to ask about, no kind more than twice."""
    asker = Asker(session, cues, rng)
    kinds: dict[str, list[str]] = {}
    for kind in shuffled(rng, ABILITIES):
        kinds.setdefault(ABILITIES[kind], []).append(kind)
    turns = [
        kind
        for group in range(max(map(len, kinds.values())))
        for each in kinds.values()
        for kind in each[group : group + 1]
    ]
    asked: list[Asked] = []
    for kind in [*turns, *(kind for kind in turns if kind in TWICE)]:
        if (
            len(asked) < QUESTIONS
            and (question := asker.question(kind))
            and question.query not in [each.query for each in asked]
        ):
            asked.append(question)
    return sorted(asked, key=lambda each: list(ABILITIES).index(each.query.kind))


TWICE = ("knows", "aware", "could", "intends", "best", "lost", "milestone")


class Asker:
    def __init__(self, session: Session, cues: Cues, rng: random.Random) -> None:
        self.session = session
        self.cues = cues
        self.rng = rng
        self.names = session.names

    def question(self, kind: str) -> Asked | None:
        if kind in THOUGHT:
            misleading, other = self.sides(kind, lambda each: self.cues.mislead(each.options, each.answer))
            return self.rng.choice((misleading, other or misleading)) if misleading else None
        if kind in DENIABLE:
            yes, no = self.sides(kind, lambda each: each.answer == [YES])
            return self.rng.choice((yes, no)) if yes and no else None
        if kind == "milestone":
            never = self.rng.random() < SELDOM
            found = self.worthwhile(kind, TRIES)
            return next((each for each in found if (each.answer == [NEVER]) is never), None)
        wanted = self.rng.choice(WANTED[kind]) if kind in WANTED else None
        found = self.worthwhile(kind, MANY if wanted else TRIES)
        return next((each for each in found if wanted in (None, each.answer[0])), None)

    def sides(self, kind: str, of: Callable[[Asked], bool]) -> tuple[Asked | None, Asked | None]:
        """A question that is so, and one that is not."""
        found: dict[bool, Asked] = {}
        for each in self.worthwhile(kind, MANY):
            found.setdefault(of(each), each)
            if len(found) == 2:
                break
        return found.get(True), found.get(False)

    def worthwhile(self, kind: str, most: int) -> Iterator[Asked]:
        """Among so many candidates, those with options right and wrong."""
        for query in islice(getattr(self, f"{kind}_queries")(), most):
            try:
                known = self.session.answer(query)
            except Unasked:
                continue
            options = self.options(query, known)
            if 0 < len(known.answer) < len(options):
                yield self.put(query, known, options)

    def put(self, query: Any, known: Known, options: list[str]) -> Asked:
        form = self.rng.choice(self.forms(query))
        return known.asked(query, ABILITIES[query.kind], form.format(**self.parts(query)), options)

    # Words.

    def forms(self, query: Any) -> list[str]:
        """Those of the game, if it has its own, or else those of the kind."""
        game = self.session.world.game
        kind = query.kind
        if kind in ("intends", "best"):
            kind = f"{kind} {'plan' if query.plans else 'action'}"
        own = forms().get(f"{kind} {getattr(game, 'problem', game.kind)}") or forms().get(f"{kind} {game.kind}")
        return own or forms()[kind]

    def parts(self, query: Any) -> dict[str, str]:
        """What fills a form: whatever of it the query has."""
        found: dict[str, str] = {}
        for part in ("agent", "other"):
            if getattr(query, part, None) is not None:
                found[part] = self.names.agent(getattr(query, part))
        if getattr(query, "time", None) is not None:
            found["round"] = self.names.round(query.time)
        if hasattr(query, "fact"):
            found["fact"] = self.names.facts[self.session.known.fact[query.fact]]
        if hasattr(query, "event"):
            found["event"] = self.event(query.event)
        if hasattr(query, "name"):
            found["name"] = query.name
        return found

    def event(self, event: int) -> str:
        return self.names.event(self.session.events, event)

    def options(self, query: Any, known: Known) -> list[str]:
        """In the order of the query's own list, where it has one."""
        session, names = self.session, self.names
        match query.kind:
            case "possible" | "aware":
                return self.shuffled([YES, NO])
            case "lost":
                return self.shuffled([SAME, BETTER, WORSE, FAILED])
            case "optimum":
                return self.figures(known.answer[0])
            case "milestone":
                return self.moments(known.answer[0])
            case "reach":
                return list(query.squares)
            case "clash":
                return [names.agent(agent) for agent in query.agents]
            case "knows" | "needs":
                return [names.facts[session.known.fact[fact]] for fact in query.facts]
            case "could":
                values = names.values[session.known.fact[query.fact]]
                return [values[value] for value in query.values]
            case "message":
                return [names.telling(each.agent, session.known.fact[each.fact]) for each in query.tellings]
            case "redundant":
                return [self.event(event) for event in query.events]
        if getattr(query, "plans", None):
            assert isinstance(session, Deliberation)
            return [session.described(plan) for plan in query.plans]
        return [names.actions[action] for action in query.actions]

    def figures(self, right: str) -> list[str]:
        """The least cost among numbers like it."""
        if right == IMPOSSIBLE:
            start = self.rng.randint(3, 9)
            return self.shuffled([IMPOSSIBLE, *(str(start + step) for step in range(3))])
        below = min(self.rng.randint(0, 2), int(right))
        around = [int(right) - below + step for step in range(3)]
        return self.shuffled([IMPOSSIBLE, *map(str, around)])

    def moments(self, right: str) -> list[str]:
        """Rounds in a row, the right one anywhere among them, played or not."""
        rounds = [self.names.round(time) for time in range(self.session.world.rounds)]
        at = self.rng.randrange(self.session.rounds) if right == NEVER else rounds.index(right)
        start = max(0, min(at - self.rng.randrange(OPTIONS - 1), len(rounds) - OPTIONS + 1))
        return self.shuffled([*rounds[start : start + OPTIONS - 1], NEVER])

    # Candidates, endless or not.

    def possible_queries(self) -> Iterator[CoordinationQuery]:
        if getattr(self.session.world.game, "problem", "colouring") == "colouring":  # the others always can be
            yield PossibleQuery()

    def optimum_queries(self) -> Iterator[CoordinationQuery]:
        if getattr(self.session.world.game, "problem", None) not in ("leader", "consensus"):  # nothing costs there
            for _ in range(TRIES):  # among other figures each time
                yield OptimumQuery()

    def fits_queries(self) -> Iterator[CoordinationQuery]:
        while plans := self.plans():
            yield FitsQuery(plans=plans)

    def best_queries(self) -> Iterator[CoordinationQuery]:
        if isinstance(self.session, Deliberation):
            while plans := self.plans():
                yield BestQuery(plans=plans)
            return
        while deed := self.deed():
            agent, time, actions = deed
            yield BestQuery(agent=agent, time=time, actions=actions)

    def intends_queries(self) -> Iterator[CoordinationQuery]:
        if isinstance(self.session, Deliberation):
            while plans := self.plans():
                yield IntendsQuery(agent=self.agent(), time=self.time(), plans=plans)
            return
        while deed := self.deed():
            agent, time, actions = deed
            yield IntendsQuery(agent=agent, time=time, actions=actions)

    def plans(self) -> list[list[int]]:
        """Plans that somebody has or could have: of those who know more or less, those proposed, and slips of them."""
        session, rng = self.session, self.rng
        if not isinstance(session, Deliberation):
            return []
        best = session.best(session.truth)
        pool: list[tuple[int, ...]] = [best or ()]
        pool += [tuple(event.plan) for event in session.events if event.kind == "propose"]
        for agent in range(len(session.ids)):
            pool.append(session.best(session.known.hopes(agent, 3 * rng.randrange(session.rounds))) or ())
        if rng.random() < IDLE:
            pool.append(())
        found = list(dict.fromkeys(pool))
        for _ in range(3 * OPTIONS):
            if len(found) >= OPTIONS + 2:
                break
            base = rng.choice(found)
            if base and (slip := self.slip(base)) not in found:
                found.append(slip)
        chosen = [*found[:1], *rng.sample(found[1:], min(len(found) - 1, rng.randint(2, OPTIONS - 1)))]
        return [list(plan) for plan in self.shuffled(chosen)] if len(chosen) > 1 else []

    def slip(self, plan: tuple[int, ...]) -> tuple[int, ...]:
        """One of its decisions otherwise."""
        place = self.rng.randrange(len(plan))
        others = [value for value in range(len(self.names.choices[place])) if value != plan[place]]
        return (*plan[:place], self.rng.choice(others), *plan[place + 1 :])

    def reach_queries(self) -> Iterator[CoordinationQuery]:
        game = self.session.world.game
        shut = {*getattr(game, "walls", ()), *getattr(game, "counters", ())}
        squares = [name for square, name in enumerate(getattr(game, "squares", ())) if square not in shut]
        for _ in range(TRIES if squares else 0):
            agent = None if game.kind == "maze" else self.agent()
            yield ReachQuery(agent=agent, squares=self.some(squares))

    def can_queries(self) -> Iterator[CoordinationQuery]:
        idle = STAY if isinstance(self.session, Motion) else None
        while deed := self.deed():
            agent, time, actions = deed
            yield CanQuery(agent=agent, time=time, actions=[action for action in actions if action != idle])

    def deed(self) -> tuple[str, int, list[int]] | None:
        """Somebody who may act, and some of the actions, most of them open."""
        session = self.session
        time = self.time()
        agents = [agent for agent in range(len(session.ids)) if session.present(agent, time)]
        agent = self.rng.choice(agents)
        if not (open_ := session.open(agent, time)):
            agent = next((each for each in agents if session.open(each, time)), -1)
            if agent < 0 or not (open_ := session.open(agent, time)):
                return None
        others = [action for action in range(len(session.world.actions)) if action not in open_]
        some = self.some(open_, OPTIONS - 1)
        rest = self.some(others, max(1, OPTIONS - len(some)))
        return session.ids[agent], time, self.shuffled([*some, *rest])

    def clash_queries(self) -> Iterator[CoordinationQuery]:
        for _ in range(TRIES):
            yield ClashQuery(time=self.later(), agents=self.some(self.session.ids))

    def knows_queries(self) -> Iterator[CoordinationQuery]:
        session = self.session
        told = self.told()
        for _ in range(TRIES):
            agent, time = self.agent(), self.later()
            number = session.number[agent]
            facts = [
                session.fact_ids[fact]
                for fact in session.puzzles(number, time)
                if fact not in session.known.start[number]
            ]
            # Where things are told at all, what nobody ever told is too easy.
            heard_of = [fact for fact in facts if fact in told] if told else facts
            yield KnowsQuery(agent=agent, time=time, facts=self.some(heard_of))

    def aware_queries(self) -> Iterator[CoordinationQuery]:
        session = self.session
        facts = [fact for number, fact in enumerate(session.fact_ids) if number not in session.known.common]
        told = sorted(self.told().intersection(facts))
        for number in range(MANY if facts else 0):
            agent, other = self.rng.sample(session.ids, 2)
            # What was told, before and after; and what was not.
            fact = self.rng.choice(told if told and number % 3 else facts)
            yield AwareQuery(agent=agent, other=other, fact=fact, time=self.time() if number % 2 else self.later())

    def could_queries(self) -> Iterator[CoordinationQuery]:
        session = self.session
        for _ in range(TRIES):
            time = self.later()
            agent = self.agent()
            facts = session.puzzles(session.number[agent], time)
            if not facts:
                continue
            fact = self.rng.choice(facts)
            truth = session.truth[fact]
            others = [value for value in range(len(self.names.values[fact])) if value != truth]
            said = self.said(fact)
            others = self.some([value for value in others if value in said], 2) + self.shuffled(others)
            values = self.shuffled([truth, *list(dict.fromkeys(others))[: OPTIONS - 1]])
            yield CouldQuery(agent=agent, time=time, fact=session.fact_ids[fact], values=values)

    def needs_queries(self) -> Iterator[CoordinationQuery]:
        session = self.session
        if not isinstance(session, Deliberation):
            return
        for _ in range(TRIES):
            agent, time = self.agent(), self.time()
            beliefs = session.known.beliefs(session.number[agent], 3 * time)
            unknown = [fact for number, fact in enumerate(session.fact_ids) if beliefs[number] is None]
            plan = session.best(session.known.hopes(session.number[agent], 3 * time))
            used = [session.fact_ids[fact] for fact in session.uses(plan)] if plan else []
            facts = dict.fromkeys([*(fact for fact in used if fact in unknown), *self.some(unknown)])
            if len(facts) > 1:
                yield NeedsQuery(agent=agent, time=time, facts=self.shuffled(self.some(list(facts))))

    def message_queries(self) -> Iterator[CoordinationQuery]:
        session = self.session
        if session.played.success or not session.scripted() or session.world.fates or len(session.ids) > LARGE:
            return
        for _ in range(2):
            time = self.rng.randrange(session.rounds)
            tellings = [
                Telling(agent=session.ids[agent], fact=session.fact_ids[fact])
                for agent in range(len(session.ids))
                if session.present(agent, time)
                for fact in range(len(session.fact_ids))
                if fact not in session.known.common and session.known.knows(agent, fact, 3 * time)
            ]
            if len(tellings) > 1:
                yield MessageQuery(time=time, tellings=self.some(tellings, OPTIONS - 1))

    def lost_queries(self) -> Iterator[CoordinationQuery]:
        if self.session.scripted() and not self.session.world.fates:
            for event in self.some(self.messages(), 3 if len(self.session.ids) <= LARGE else 1):
                yield LostQuery(event=event)

    def redundant_queries(self) -> Iterator[CoordinationQuery]:
        idle = self.session.redundant()
        others = [event for event in self.telling() if event not in idle]
        for _ in range(1 if idle and others else 0):
            right = self.some(idle, self.rng.randint(1, OPTIONS - 2))
            yield RedundantQuery(events=self.shuffled([*right, *self.some(others, OPTIONS - len(right))]))

    def milestone_queries(self) -> Iterator[CoordinationQuery]:
        for milestone in self.shuffled(self.session.played.milestones):
            yield MilestoneQuery(name=milestone.name)

    # Chance.

    def agent(self) -> str:
        return self.rng.choice(self.session.ids)

    def time(self) -> int:
        return self.rng.randrange(self.session.rounds)

    def later(self) -> int:
        """A round, the first only if there is no other."""
        return self.rng.randrange(min(1, self.session.rounds - 1), self.session.rounds)

    def said(self, fact: int) -> set[int]:
        """What was said of facts that take the same values."""
        scales = {each.id: each.scale for each in self.session.world.facts}
        scale = self.session.world.facts[fact].scale
        return {told.value for told in self.tellings() if scales[told.fact] == scale}

    def told(self) -> set[str]:
        return {told.fact for told in self.tellings()}

    def tellings(self) -> Iterator[Told]:
        for event in self.session.events:
            if event.kind in ("inform", "reject-proposal"):
                yield from event.facts

    def messages(self) -> list[int]:
        return [number for number, event in enumerate(self.session.events) if event.kind not in ("act", "leave")]

    def telling(self) -> list[int]:
        """Events that could be redundant."""
        return [number for number in self.messages() if getattr(self.session.events[number], "facts", None)]

    def some(self, items: Sequence[T], most: int = OPTIONS) -> list[T]:
        return self.rng.sample(items, min(most, len(items)))

    def shuffled(self, items: Iterable[T]) -> list[T]:
        return shuffled(self.rng, items)


# Asked with an eye on the cues; and with yes or no for an answer.
THOUGHT = ("knows", "could", "needs", "intends", "best", "fits", "optimum", "reach")
SELDOM = 0.3
"""How often it is asked when something came to be that never did."""
DENIABLE = ("aware",)
WANTED = {
    "possible": (YES, *[NO] * 5),  # of six tasks some five are possible
    "lost": (*[FAILED] * 3, *[WORSE] * 3, BETTER, BETTER, SAME),  # most messages make no difference
}


def shuffled(rng: random.Random, items: Iterable[T]) -> list[T]:
    found = list(items)
    rng.shuffle(found)
    return found


@cache
def forms() -> dict[str, list[str]]:
    with Path(__file__).with_name("questions.toml").open("rb") as file:
        found: dict[str, list[str]] = tomllib.load(file)["forms"]
    return found
