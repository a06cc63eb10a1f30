"""The setting: who is there, by which conventions they talk, what there is to know and who knows it.

What is said of the game itself is the rules' to read (`rules/`).
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from madata.validators.coordination.reading.phrases import DENIED, PAIRS, affirmed, pairs, phrase
from madata.validators.coordination.reading.skeleton import Difference, Misread, Sentence, Vocabulary

Json = Mapping[str, Any]
Reader = Callable[[Sentence, Sequence[str]], bool]

TEAM = phrase("team|together|group|crew|company")
EACH = phrase("each|every|everybody|everyone|all|both|they|them")
ROLE = phrase(r"(?:is|are|works as|is here as) (?:an?|the) @")
ROUNDS = phrase("# rounds?")
LIMIT = phrase(
    "at most|at the latest|not more|no more|up to|lasts|last for|limit|maximum|over after|within|longer|only"
)
SPEAKING = phrase("speaks?|speaking|talks?|talking|says?|said|hears?|heard|turn")
ORDER = phrase("order")
AT_ONCE = phrase(
    "(?:speak|speaks|talk|talks) (?:all )?(?:at once|at the same time|simultaneously|in parallel)|all have spoken"
)
DELIVERY = phrase("late|later|lost|arrives?|delayed|delivered|on time|get through|gets through")
UNSURE = phrase("may|can|could|might|sometimes|possibly|not (?:every|always|all)")
SURE = phrase("no|never|none|always|every|each|all|whatever|everything|nothing|at once")
BOARD = phrase("board|blackboard|notice board|noticeboard|wall")
PRIVATELY = phrase("nobody else|no one else|only (?:by )?those|some of the others|those it is said to|addressed")
FIRSTHAND = phrase("knows?|sees?|seen|known")
SECONDHAND = phrase("told|hears?|heard")
LAST = phrase("last|latest|latter|later|most recent")
CONFIRMING = phrase("(?:may|can) (?:be )?(?:confirm|confirmed|acknowledge|acknowledged)")
AIM = phrase(
    "mean well|(?:want|wants) (?:the team|them all|it) to succeed|(?:other|same|common|shared) aim|on the same side"
)
CLAUSE = re.compile("[,;:]")
POSSIBLE = phrase("to know|values?|can be|choose from|one of these")
AT_START = phrase("at the start|at first|in the beginning|at the beginning|from the start|initially|to begin with")
ALONE = phrase("alone|only|nobody|no one|nobody else|all|everybody|everyone")
NOBODY = phrase("nobody|no one|none of them")
ALL = phrase("all|everybody|everyone|both|each of them|known to each")
TOLD = phrase(PAIRS)
SURELY = phrase("known|knows?|sure|sees?|certain|aware")
TRULY = phrase("truth|turns? out|really|reality|fact|reader|actually|is")
IGNORANT = phrase("(?:does|do) not know|not known|unknown|without knowing|not told")
FROM = phrase("from round # on")
BEHAVES = {
    "team": phrase("(?:says|shares|tells) what matters.* best for all"),
    "silent": phrase("(?:tells|says) (?:nobody anything|nothing)"),
    "myopic": phrase("next step (?:alone|only)|short ?sighted"),
    "literal": phrase("to the letter"),
    "asker": phrase("asks for what is missing|asks before"),
    "leader": phrase("(?:tells|requests) .*what to do"),
}
HOPING = phrase("takes? it|assumes?|hopes?|supposes?|believes?|counts? on|reckons?")


class Setting:
    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        world = episode["world"]
        self.vocabulary, self.world = vocabulary, world
        self.names: list[str] = [agent["name"] for agent in episode["agents"]]
        self.ids: list[str] = [agent["id"] for agent in episode["agents"]]
        self.roles: list[str] = [agent["role"] for agent in episode["agents"]]
        self.conventions: dict[str, str] = episode["conventions"]
        self.named = dict(zip(self.ids, self.names, strict=True))
        self.scales: dict[str, list[str]] = {scale["id"]: scale["values"] for scale in world["scales"]}
        self.facts: dict[str, Json] = {fact["name"]: fact for fact in world["facts"]}
        self.heard: set[str] = set()
        self.scaled: set[str] = set()
        self.shared: set[str] = set()
        self.given: set[tuple[str, str]] = set()
        self.behaviours = {
            (start, name, behaviour)
            for player, name in zip(world["players"], self.names, strict=False)
            for start, behaviour in behaves(player)
        }
        self.behaving: set[tuple[int, str, str]] = set()
        self.readers: list[Reader] = [
            self._behaviour,
            self._team,
            self._cast,
            self._rounds,
            self._hopes,
            self._order,
            self._conventions,
            self._knowers,
            self._knowledge,
            self._values,
        ]

    def read(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """Whether a sentence is understood; raises `Misread` if it says what is not so."""
        return any(reader(sentence, audience) for reader in self.readers)

    def missing(self) -> Iterator[Difference]:
        """What has to be said, and was not."""
        turns = "turn" in self.heard and not any("arrives" in event for event in self.world["events"])
        wanted = ["who is there", "roles", "rounds", *(() if turns else (*self.conventions, "precedence"))]
        if self.world["decisions"]:
            wanted.append("what is taken for granted")
        if self.conventions["speech"] == "turns" and not turns:
            wanted.append("order")
        yield from ((what, "nothing of it") for what in wanted if what not in self.heard)
        for start, name, behaviour in sorted(self.behaviours - self.behaving):
            yield f"that {name} is {behaviour} from round {start + 1} on, told to the reader", "nothing of it"
        for name, fact in self.facts.items():
            if name not in self.scaled:
                yield f"what {name} can be", "nothing of it"
            if name not in self.shared:
                yield f"who knows {name}", "nothing of it, told to all"
            for agent in fact["known"] or ("",):
                if (agent, name) not in self.given:
                    yield f"what {name} is, told to {self.named.get(agent, 'the reader')}", "nothing of it"

    # Who, and how long.

    def _team(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        names = sentence.slots
        if not names or not self._agents(names) or not TEAM.search(sentence.skeleton):
            return False
        affirmed(sentence.skeleton)
        self._same("everybody in the team", self.names, list(names))
        return self._note("who is there")

    def _cast(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """One role for all, or each in turn with theirs."""
        names, roles = sentence.slots, self.vocabulary.roles
        if not roles.issuperset(names[-1:]) or not ROLE.search(sentence.skeleton):
            return False
        if len(names) == 1 and EACH.search(sentence.skeleton):
            told = [(name, names[0]) for name in self.names]
        elif len(names) % 2 == 0 and self._agents(names[::2]):
            told = pairs(names)
        else:
            return False
        affirmed(sentence.skeleton)
        self._same("the roles", list(zip(self.names, self.roles, strict=True)), told)
        return self._note("roles")

    def _rounds(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        if len(sentence.slots) != 1 or not ROUNDS.search(sentence.skeleton) or not LIMIT.search(sentence.skeleton):
            return False
        affirmed(LIMIT.sub("", sentence.skeleton))
        self._same("rounds", str(self.world["rounds"]), sentence.slots[0])
        return self._note("rounds")

    def _behaviour(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """How scripted agents behave, told to the reader alone."""
        skeleton, names = sentence.skeleton, list(sentence.slots)
        later = FROM.match(skeleton) is not None
        agents = names[later:]
        found = [behaviour for behaviour, form in BEHAVES.items() if form.search(skeleton)]
        if audience or not self._agents(agents) or not found:
            return False
        start = int(names[0]) - 1 if later and names[0].isdecimal() else 0
        for name in agents:
            if (start, name, found[0]) not in self.behaviours:
                raise Misread(f"how {name} behaves from round {start + 1} on", found[0])
            self.behaving.add((start, name, found[0]))
        return True

    # Conventions.

    def _order(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """Who speaks (or, where nobody does, acts) after whom."""
        names, skeleton = sentence.slots, sentence.skeleton
        spoken = SPEAKING.search(skeleton)
        if not names or not self._agents(names) or not spoken or not ORDER.search(skeleton):
            return False
        affirmed(skeleton, by=DENIED)
        self._same("order", [self.named.get(agent, agent) for agent in self.world["order"]], list(names))
        self._same("speech", self.conventions["speech"], "turns")
        self._note("turn" if spoken[0].startswith("turn") else "order")
        return self._note("speech")

    def _conventions(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        skeleton = sentence.skeleton
        if sentence.slots:
            return False
        affirmed(CLAUSE.split(skeleton)[0], by=DENIED)
        if AT_ONCE.search(skeleton):
            return self._convention("speech", "concurrent")
        if FIRSTHAND.search(skeleton) and SECONDHAND.search(skeleton) and LAST.search(skeleton):
            return self._note("precedence")
        if SPEAKING.search(skeleton) and BOARD.search(skeleton):
            return self._convention("channel", "blackboard")
        if SPEAKING.search(skeleton) and PRIVATELY.search(skeleton):
            return self._convention("channel", "messages")
        if DELIVERY.search(skeleton) and UNSURE.search(skeleton):
            return self._convention("delivery", "unreliable")
        if DELIVERY.search(skeleton) and SURE.search(skeleton):
            return self._convention("delivery", "reliable")
        return bool(AIM.search(skeleton) or CONFIRMING.search(skeleton))

    def _convention(self, name: str, found: str) -> bool:
        self._same(name, self.conventions[name], found)
        return self._note(name)

    # What there is to know.

    def _values(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """What facts can be: all of them, or those named."""
        facts = [name for name in sentence.slots if name in self.facts]
        values = [name for name in sentence.slots if name not in self.facts]
        known = any({*values} & {*scale} for scale in self.scales.values())
        if not known or not POSSIBLE.search(sentence.skeleton) or AT_START.search(sentence.skeleton):
            return False
        if self._agents(values[:1]):
            return False
        affirmed(sentence.skeleton)
        for name in facts or self.facts:
            self._same(f"what {name} can be", self.scales.get(self.facts[name]["scale"], []), values)
            self.scaled.add(name)
        return True

    def _hopes(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """What is taken for granted: of one fact, or of all."""
        skeleton, names = sentence.skeleton, sentence.slots
        hoping = HOPING.search(skeleton)
        if not names or not hoping or not IGNORANT.search(skeleton):
            return False
        facts = names[:-1] if {*names[:-1]} <= self.facts.keys() else ()
        if len(names) != len(facts) + 1:
            return False
        affirmed(skeleton[hoping.end() :])
        for name in facts or self.facts:
            self._same(f"what {name} is taken to be", self.scales.get(self.facts[name]["scale"], [""])[0], names[-1])
        return self._note("what is taken for granted")

    def _knowers(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """Who knows facts at the start."""
        skeleton = sentence.skeleton
        agents, facts = self._split(sentence.slots)
        if not facts or not {*facts} <= self.facts.keys() or not ALONE.search(skeleton):
            return False
        if not AT_START.search(skeleton):
            return False
        affirmed(skeleton, by=DENIED)
        nobody, everybody = NOBODY.search(skeleton), ALL.search(skeleton)
        if bool(agents) + bool(nobody) + bool(everybody) != 1:
            raise Misread("who knows it", sentence.text)
        if everybody:
            agents = self.ids
        for name in facts:
            self._same(f"who knows {name}", self.facts[name]["known"], agents)
            if list(audience) == self.ids:
                self.shared.add(name)
        return True

    def _knowledge(self, sentence: Sentence, audience: Sequence[str]) -> bool:
        """What facts are, told to those who know: a value and the facts that have it, or fact by fact. Without an
        audience it is the reader who is told."""
        skeleton = sentence.skeleton
        agents, names = self._split(sentence.slots)
        if TOLD.search(skeleton) and {*names[::2]} <= self.facts.keys() and len(names) % 2 == 0:
            told = pairs(tuple(names))
        elif len(names) > 1 and {*names[1:]} <= self.facts.keys():
            told = [(name, names[0]) for name in names[1:]]
        else:
            return False
        if not (TRULY if not audience else SURELY).search(skeleton) or not told:
            return False
        affirmed(skeleton)
        if not agents and audience:
            if not ALL.search(skeleton):
                raise Misread("who knows it", sentence.text)
            agents = self.ids
        self._same("those who are told", [self.named[agent] for agent in agents], [*map(self._name, audience)])
        for name, value in told:
            fact = self.facts[name]
            values = self.scales.get(fact["scale"], [])
            self._same(f"what {name} is", values[fact["value"]] if fact["value"] < len(values) else "", value)
            self._same(f"who knows {name}", fact["known"], agents)
            self.given.update((agent, name) for agent in agents or ("",))
            if agents == self.ids:
                self.shared.add(name)
        return True

    # What is said against what is so.

    def _agents(self, names: Sequence[str]) -> bool:
        return bool(names) and self.vocabulary.agents.keys() >= {*names}

    def _name(self, agent: str) -> str:
        return self.named.get(agent, agent)

    def _split(self, names: Sequence[str]) -> tuple[list[str], list[str]]:
        """The ids of the agents that are named first, and the other names."""
        size = next((at for at, name in enumerate(names) if name not in self.vocabulary.agents), len(names))
        return [self.ids[self.vocabulary.agents[name]] for name in names[:size]], list(names[size:])

    def _note(self, what: str) -> bool:
        self.heard.add(what)
        return True

    def _same(self, what: str, expected: object, found: object) -> None:
        if expected != found:
            raise Misread(f"{what}: {expected}", found)


def behaves(player: Json) -> Iterator[tuple[int, str]]:
    """From which round on in which way, if by a script."""
    if player["behaviour"]:
        yield 0, player["behaviour"]
    if player["switch"]:
        yield player["switch"]["time"], player["switch"]["behaviour"]
