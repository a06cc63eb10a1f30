"""From the words of a question, and its options, to its query.

What the options are (plans, actions, facts, ..) leaves few kinds of question, which a word or two tell apart; the
agents, facts and rounds named are the query's, and the options are what it lists.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from madata.schemas.coordination.language import BETTER, FAILED, IMPOSSIBLE, NEVER, SAME, WORSE
from madata.validators.coordination.reading.events import ACTS, MESSAGES, Events, index
from madata.validators.coordination.reading.phrases import DENIED, OCCASION, affirmed, occasion, phrase, slots
from madata.validators.coordination.reading.skeleton import Misread, Sentence, Vocabulary

Json = Mapping[str, Any]
Query = dict[str, Any]

TELLS, WHAT, IS = " tells ", "what ", " is"

ROUND = phrase("round #")
DID = phrase("did")
LOST = phrase("reached (?:nobody|no one)|been lost|never arrived|not reached anybody|got lost")
ADDED = phrase("(?:one more|another|an extra|one further|an additional) message")
NOTHING_NEW = phrase("(?:nobody|no one|none of them) (?:anything|something) new|nothing new|redundant|superfluous")
WHEN = phrase("when|which round|what round")
CLASHES = phrase("clash|clashes|breaks? the rule|breaking the rule|violates?")
AVOIDS = phrase("out of any clash|without (?:a|any) clash|no clash|avoids? (?:a|any) clash")
AWARE = phrase("@ (?:knows?|is aware|be sure|is sure) that @ (?:knows?|is aware)")
COULD = phrase("(?:could|can|may|might) @ be|values? (?:of|can) @|possible for @")
NEEDS = phrase("told to @ alone|(?:would|could|to) (?:make|let|have)|if @ (?:knew|were told|was told)")
KNOWS = phrase("knows?|known|sure|aware")
INTENDS = phrase("means? to|intends?|going to|(?:hold|think|find|consider)s? (?:the )?best|choose|plans? to")
BEST = phrase("best|as good as any|optimal|cheapest|as many|least|no worse")
OPEN = phrase("open to @|can @ do|@ can do|could @ do|possible for @|allowed to @|able to do")
REACHED = phrase("get to|gets to|reach|reached|reachable")
LEAST = phrase("few|fewest|many|least|shortest|lowest|smallest|cheapest|minimum|minimal|little|long|soon|much")
WORKS = phrase("works?|do the (?:job|task)|solves?|succeeds?")
POSSIBLE = phrase("can|possible|any way|a way|feasible|doable")


class Questions:
    def __init__(self, episode: Json, vocabulary: Vocabulary, events: Events) -> None:
        world = episode["world"]
        self.vocabulary, self.events = vocabulary, events
        self.facts: Sequence[Json] = world["facts"]
        self.squares: frozenset[str] = frozenset(world["game"].get("squares", ()))
        self.values = {name for values in vocabulary.values.values() for name in values}

    def read(self, text: str, options: Sequence[str]) -> Query:
        """Raises `Misread` for a question that cannot be read."""
        whole = self.vocabulary.whole(text)
        if WHEN.search(whole.skeleton) and all(option == NEVER or option.startswith("round ") for option in options):
            return {"kind": "milestone", "name": text.partition(": ")[2].rstrip("? ")}
        affirmed(whole.skeleton, by=DENIED)
        query = self.query(Named(whole, self), options)
        return {key: value for key, value in query.items() if value not in (None, [])}

    def query(self, named: "Named", options: Sequence[str]) -> Query:
        vocabulary, says = self.vocabulary, named.says
        if {*options} <= {SAME, BETTER, WORSE, FAILED} and says(LOST):
            return {"kind": "lost", "event": named.occasion()}
        if {*options} <= {"yes", "no"}:
            if named.facts and named.agents_in(AWARE):
                return {"kind": "aware", **named.two(), "fact": named.fact(), "time": named.time()}
            if says(POSSIBLE):
                return {"kind": "possible", **named.nothing()}
        if named.facts and says(COULD) and not named.agents_in(COULD):
            fact = self.facts[vocabulary.facts[named.facts[0]]]
            values = [index(option, vocabulary.values.get(fact["scale"], {})) for option in options]
            return {"kind": "could", **named.one(), "fact": named.fact(), "time": named.time(), "values": values}
        if all(TELLS in option for option in options) and says(ADDED):
            return {"kind": "message", "time": named.time(), "tellings": [self.telling(option) for option in options]}
        if all(self.is_occasion(option) for option in options) and says(NOTHING_NEW):
            return {"kind": "redundant", "events": [self.event(option) for option in options], **named.nothing()}
        if self.all_in(options, vocabulary.facts):
            if NEEDS.search(named.skeleton) and says(WORKS):
                return {"kind": "needs", **named.one(), "time": named.time(), "facts": self.fact_ids(options)}
            if says(KNOWS):
                return {"kind": "knows", **named.one(), "time": named.time(), "facts": self.fact_ids(options)}
        if self.all_in(options, vocabulary.agents) and says(CLASHES) and not named.agents:
            agents = [self.events.agent(option) for option in options]
            return {"kind": "clash", "time": named.time(), "agents": agents}
        if self.all_in(options, vocabulary.actions):
            actions = [vocabulary.actions[option] for option in options]
            for kind, form in (("best", AVOIDS), ("intends", INTENDS), ("best", BEST), ("can", OPEN)):
                if says(form):
                    return {"kind": kind, **named.one(), "time": named.time(), "actions": actions}
        if self.all_in(options, self.squares) and says(REACHED):
            return {"kind": "reach", **(named.one() if named.agents else {}), "squares": list(options)}
        if all(option == IMPOSSIBLE or option.isdecimal() for option in options) and says(LEAST):
            return {"kind": "optimum", **named.counted()}
        return self.plans(named, [self.plan(option) for option in options])

    def plans(self, named: "Named", plans: list[list[int]]) -> Query:
        if named.agents and named.says(INTENDS):
            return {"kind": "intends", **named.one(), "time": named.time(), "plans": plans}
        if named.says(BEST):
            return {"kind": "best", "plans": plans, **named.nothing()}
        if named.says(WORKS):
            return {"kind": "fits", "plans": plans, **named.nothing()}
        raise Misread("a question that can be read", named.skeleton)

    # Options.

    def all_in(self, options: Sequence[str], names: Mapping[str, int] | frozenset[str]) -> bool:
        return all(option in names for option in options)

    def fact_ids(self, options: Sequence[str]) -> list[str]:
        return [self.facts[self.vocabulary.facts[option]]["id"] for option in options]

    def plan(self, option: str) -> list[int]:
        """ "NAME: VALUE; NAME: VALUE", or the values alone."""
        if option == IMPOSSIBLE:
            return []
        pairs = [(name, value) for name, _, value in (part.partition(": ") for part in option.split("; "))]
        if pairs[0][0] in self.vocabulary.decisions:
            return self.events.plan(pairs)
        return self.events.steps(option.split(", "))

    def telling(self, option: str) -> Query:
        agent, _, fact = option.partition(TELLS)
        name = fact.removeprefix(WHAT).removesuffix(IS)
        return {
            "agent": self.events.agent(agent),
            "fact": self.facts[index(name, self.vocabulary.facts)]["id"],
        }

    def is_occasion(self, option: str) -> bool:
        return OCCASION.search(self.vocabulary.whole(option).skeleton) is not None

    def event(self, option: str) -> int:
        return Named(self.vocabulary.whole(option), self).occasion()


class Named:
    """What a question names. Each name has to be used, and the same agent when it is one that is asked of."""

    def __init__(self, whole: Sentence, questions: Questions) -> None:
        vocabulary = questions.vocabulary
        self.whole, self.skeleton, self.questions = whole, whole.skeleton, questions
        self.agents = [name for name in whole.slots if name in vocabulary.agents]
        self.facts = [name for name in whole.slots if name in vocabulary.facts]
        self.numbers = [name for name in whole.slots if name.isdecimal()]
        self.others = [name for name in whole.slots if name not in {*self.agents, *self.facts, *self.numbers}]

    def says(self, form: re.Pattern[str]) -> bool:
        return form.search(self.skeleton) is not None

    def agents_in(self, form: re.Pattern[str]) -> bool:
        """Whether a phrase is there, and all that it names are agents."""
        found = form.search(self.skeleton)
        return found is not None and {*self.agents}.issuperset(slots(self.whole, *found.span()))

    def occasion(self) -> int:
        found = OCCASION.search(self.skeleton)
        if not found or len(self.whole.slots) != 2:
            raise Misread("what somebody said in a round", self.whole.text)
        acts = DID.search(found[0])
        return self.questions.events.event(
            occasion(self.whole, found), ACTS if acts else MESSAGES, self.questions.events.events
        )

    def one(self) -> Query:
        names = {*self.agents}
        if len(names) != 1:
            raise Misread("one agent", ", ".join(self.agents) or "none")
        return {"agent": self.questions.events.agent(self.agents[0])}

    def two(self) -> Query:
        if len(self.agents) != 2:
            raise Misread("two agents", ", ".join(self.agents))
        agent, other = map(self.questions.events.agent, self.agents)
        return {"agent": agent, "other": other}

    def fact(self) -> Any:
        if len(self.facts) != 1:
            raise Misread("one fact", ", ".join(self.facts))
        return self.questions.facts[self.questions.vocabulary.facts[self.facts[0]]]["id"]

    def time(self) -> int:
        if len(self.numbers) != 1 or not self.says(ROUND):
            raise Misread("one round", ", ".join(self.numbers) or "none")
        return int(self.numbers[0]) - 1

    def nothing(self) -> Query:
        if self.agents or self.facts or self.numbers:
            raise Misread("a question that names nobody", ", ".join(self.whole.slots))
        return {}

    def counted(self) -> Query:
        """What is to be counted, where it is an action, is the first."""
        if self.others not in ([], list(self.questions.vocabulary.actions)[:1]):
            raise Misread("a cost", ", ".join(self.others))
        return self.nothing()
