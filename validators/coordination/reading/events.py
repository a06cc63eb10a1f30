"""From the words of a turn to its event.

A message is a sentence that says it, with an address ("To Ben: ..") and small talk around it. Its kind is what the
sentence is about: an occasion ("what Anna said in round 2") is confirmed, accepted or refused; facts with values are
told, facts without are asked for; values of decisions are proposed; an action is chosen or requested. All names and
numbers of a sentence have to have a place in what is read.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from madata.validators.coordination.reading.phrases import (
    LIST,
    OCCASION,
    PAIRS,
    Occasion,
    affirmed,
    occasion,
    pairs,
    phrase,
    slots,
)
from madata.validators.coordination.reading.skeleton import Difference, Misread, Sentence, Vocabulary

Json = Mapping[str, Any]
Said = dict[str, Any]

PROPOSALS = ("propose",)
MESSAGES = ("inform", "query-ref", "propose", "accept-proposal", "reject-proposal", "request", "confirm")
ACTS = ("act",)

ADDRESSED = re.compile(rf"(?P<who>(?:[^@#:.]* )?{LIST}(?: [^@#:.]*)?) (?P<end>[:.!])(?: |$)")
STATED = re.compile(rf"(?P<before>[^@#]*)(?<!\S)(?P<pairs>{PAIRS})(?!\S)(?P<after>[^@#]*)")
LISTED = re.compile(rf"(?P<before>[^@#]*)(?<!\S)(?P<list>{LIST})(?!\S)(?P<after>[^@#]*)")

IMPOSSIBLE = phrase(
    r"(?:cannot|can ' t|can not) be (?:done|solved)|impossible|there is no (?:plan|solution) that works"
)
POSSIBLE = phrase(r"not impossible|it is not (?:so|true)|possible that")
CHOOSING = phrase(r"choice|(?:i|i ' ve|i have) (?:[^@#\s]+ ){0,2}?(?:choose|chose|chosen|pick|picked|decided|opt)")
WAY = phrase(r"way|plan|path|route|steps?|moves?|walk|go|follow")
CHOOSES = phrase("choice|chooses?|chosen|picks?|picked|decides?|decided|opts?|settles?")
REQUESTING = phrase(r"you|please|your")
ASKING = phrase(
    r"\?|need to know|tell me|missing|ask|asking|wonder|help me|like to know|want to know|let me know|find out|not know"
    r"|' t know"
)
CONFIRMING = phrase(r"got|get|received|receive|heard|hear|reached|arrived|know|confirm|read|have")
PROPOSAL = phrase("proposal|plan")
REFUSING = phrase(
    r"reject|refuse|decline|against|turn down|turning down|(?:cannot|can ' t|can not|do not|don ' t|won ' t|will not)"
    r"(?: [^@#\s]+){0,2}? (?:accept|agree|support|go|take|back)|no to|say no|oppose|disagree"
)
RELENTING = phrase(r"(?:not|never|' t) (?:[^@#\s]+ ){0,2}?(?:reject|refuse|decline|turn|oppose|against|disagree)")
ACCEPTING = phrase(
    r"accept|agree|agreed|support|yes|fine|happy|count me in|take|back|approve|in favou?r|go along|go with|for it|good"
)
CLAIMING = phrase(
    r"i (?:accept|reject|agree|refuse|confirm)|(?:your|the|this|that) (?:proposal|plan)|i (?:propose|choose)|my choice"
    r"|message (?:got|has)"
)
LEAVING = phrase(r"leaves|gone|goes away|goes home|has to go|has to leave|left|departs|quits|away|withdraws|no longer")
STAYING = phrase(r"not|stays|remains|back|comes|returns")


class Events:
    """Reads the events of an episode. `said` are dictionaries of the parts of an event that the words tell, with ids
    and indices as in the record."""

    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        world = episode["world"]
        self.vocabulary = vocabulary
        self.agents = [agent["id"] for agent in episode["agents"]]
        self.facts = world["facts"]
        self.decisions = world["decisions"]
        self.events: Sequence[Json] = world["events"]
        self.doings = {third_person(action): action for action in world["actions"]}

    def differences(self, number: int, channel: str, said: Sequence[Sentence]) -> Iterator[Difference]:
        """Where the words of an event's turn say something else; raises `Misread`."""
        event = self.events[number]
        if event["kind"] == "act":
            told = self.act(said)
        elif event["kind"] == "leave":
            told = self.leaving(said)
        else:
            told = self.message(said, self.events[:number])
            if channel == "private" and "to" not in told:
                yield f"words to {event['to']}", "nobody named"
        for part, value in told.items():
            if event.get(part) != value:
                yield f"{part} {event.get(part)}", f"{part} {value}"
        for part in ("facts", "choice"):
            if event.get(part) and part not in told:
                yield f"{part} {event[part]}", "none"

    # Acts.

    def act(self, said: Sequence[Sentence]) -> Said:
        """Who does what: "now @ goes north", "the choice of @ : @"."""
        if len(said) != 1 or not said[0].slots or said[0].slots[0] not in self.vocabulary.agents:
            raise Misread("who does what", "words that cannot be read")
        (sentence,), name = said, said[0].slots[0]
        before, _, after = sentence.text.partition(name)
        affirmed(before.lower())
        action = self.doings.get(after.strip(" .!"))
        chosen = LISTED.fullmatch(sentence.skeleton.partition("@")[2])
        if action is None and chosen and chosen["list"] == "@" and CHOOSES.search(sentence.skeleton):
            affirmed(chosen["before"], chosen["after"])
            action = sentence.slots[1]
        if action not in self.vocabulary.actions:
            raise Misread("an action", after.strip())
        return {"agent": self.agent(name), "action": self.vocabulary.actions[action]}

    def leaving(self, said: Sequence[Sentence]) -> Said:
        if len(said) != 1 or len(said[0].slots) != 1:
            raise Misread("who leaves", "words that cannot be read")
        (sentence,) = said
        if not LEAVING.search(sentence.skeleton) or STAYING.search(sentence.skeleton):
            raise Misread("that somebody leaves", "something else")
        return {"agent": self.agent(sentence.slots[0])}

    # Messages.

    def message(self, said: Sequence[Sentence], before: Sequence[Json]) -> Said:
        """The one message that sentences make, after other events."""
        to, said = self.address(said)
        told = []
        for sentence in said:
            if (statement := self.statement(sentence, before)) is not None:
                told.append(statement)
            else:
                self.idle(sentence)
        if len(told) != 1:
            raise Misread("one message", f"{' and '.join(map(str, told)) or 'none'}")
        return told[0] if to is None else {**told[0], "to": to}

    def talk(self, said: Sequence[Sentence]) -> None:
        """Raises `Misread` for talk that says something of the task."""
        for sentence in said:
            if (statement := self.statement(sentence, self.events)) is not None:
                raise Misread("talk that says nothing of the task", statement)
            self.idle(sentence)

    def idle(self, sentence: Sentence) -> None:
        """Words beside the matter: no names or numbers, but for values that are ordinary words ("open")."""
        names = [name for name in sentence.slots if not (name.islower() and name.isalpha())]
        claim = CLAIMING.search(sentence.skeleton)
        if names or claim:
            raise Misread("words that can be read", f"{', '.join(names) or sentence.text!r}")

    def address(self, said: Sequence[Sentence]) -> tuple[list[str] | None, Sequence[Sentence]]:
        """To whom it goes, if the words begin with it, and what is left of them."""
        first = said[0]
        found = ADDRESSED.match(first.skeleton)
        if not found:
            return None, said
        names = slots(first, *found.span("who"))
        if not self.vocabulary.agents.keys() >= {*names}:
            return None, said
        affirmed(found["who"])
        to = sorted((self.agent(name) for name in names), key=self.agents.index)
        left = Sentence(first.text, first.skeleton[found.end() :], first.slots[len(names) :])
        return to, [left, *said[1:]] if left.skeleton else said[1:]

    def statement(self, sentence: Sentence, before: Sequence[Json]) -> Said | None:
        """What a sentence says of the task; None if nothing. Raises `Misread` if it says it in no way that is known."""
        skeleton = sentence.skeleton
        if found := OCCASION.search(skeleton):
            return self.answer(sentence, found, before)
        if not sentence.slots:
            return {"kind": "propose", "plan": []} if impossible(skeleton) else None
        if found := STATED.fullmatch(skeleton):
            return self.stated(sentence, found)
        if found := LISTED.fullmatch(skeleton):
            return self.listed(sentence, found)
        return None

    def stated(self, sentence: Sentence, found: re.Match[str]) -> Said | None:
        told = pairs(sentence.slots)
        affirmed(found["before"], found["after"])
        if {name for name, _ in told} <= self.vocabulary.decisions.keys():
            return {"kind": "propose", "plan": self.plan(told)}
        if "?" in found["after"]:
            raise Misread("a statement", "a question")
        return {"kind": "inform", "facts": self.told(told)}

    def listed(self, sentence: Sentence, found: re.Match[str]) -> Said | None:
        vocabulary, names, before = self.vocabulary, sentence.slots, found["before"]
        if {*names} <= vocabulary.facts.keys() and ASKING.search(sentence.skeleton):
            return {"kind": "query-ref", "facts": [self.facts[vocabulary.facts[name]]["id"] for name in names]}
        if self.decisions and {*names} <= self.choices(0).keys() and WAY.search(before):
            affirmed(before, found["after"])
            return {"kind": "propose", "plan": self.steps(names)}
        if len(names) == 1 and names[0] in vocabulary.actions:
            action = vocabulary.actions[names[0]]
            if CHOOSING.search(before):
                affirmed(before, found["after"])
                return {"kind": "inform", "choice": action}
            if REQUESTING.search(sentence.skeleton):
                affirmed(before, found["after"])
                return {"kind": "request", "action": action}
        return None

    def answer(self, sentence: Sentence, found: re.Match[str], before: Sequence[Json]) -> Said:
        """To a proposal or message of an occasion; what follows are reasons."""
        about = occasion(sentence, found)
        rest = STATED.fullmatch(sentence.skeleton[found.end() :])
        reasons = pairs(slots(sentence, found.end(), len(sentence.skeleton))) if rest else []
        if len(sentence.slots) != 2 + 2 * len(reasons):
            raise Misread("an answer to a proposal or message, and reasons", sentence.text)
        around = f"{sentence.skeleton[: found.start()]} {rest['before'] if rest else sentence.skeleton[found.end() :]}"
        if CONFIRMING.search(around) and not PROPOSAL.search(sentence.skeleton, 0, found.end()):
            affirmed(around)
            return {"kind": "confirm", "message": self.event(about, MESSAGES, before)}
        if REFUSING.search(around):
            affirmed(around, by=RELENTING)
            told = {"facts": self.told(reasons)} if reasons else {}
            return {"kind": "reject-proposal", "proposal": self.event(about, PROPOSALS, before), **told}
        if ACCEPTING.search(around) and not reasons:
            affirmed(around)
            return {"kind": "accept-proposal", "proposal": self.event(about, PROPOSALS, before)}
        raise Misread("an answer to a proposal or message", sentence.text)

    # What names stand for.

    def agent(self, name: str) -> Any:
        if name not in self.vocabulary.agents:
            raise Misread("an agent", name)
        return self.agents[self.vocabulary.agents[name]]

    def told(self, said: Sequence[tuple[str, str]]) -> list[Said]:
        """Facts and their values."""
        found = []
        for name, value in said:
            if name not in self.vocabulary.facts:
                raise Misread("a fact", name)
            fact = self.facts[self.vocabulary.facts[name]]
            found.append({"fact": fact["id"], "value": index(value, self.vocabulary.values.get(fact["scale"], {}))})
        return found

    def choices(self, decision: int) -> Mapping[str, int]:
        return self.vocabulary.values.get(self.decisions[decision]["scale"], {})

    def steps(self, names: Sequence[str]) -> list[int]:
        """A plan told by its values alone."""
        if len(names) > len(self.decisions):
            raise Misread(f"at most {len(self.decisions)} values", len(names))
        return [index(name, self.choices(decision)) for decision, name in enumerate(names)]

    def plan(self, said: Sequence[tuple[str, str]]) -> list[int]:
        """A plan told decision by decision, from the first on."""
        decisions = [index(name, self.vocabulary.decisions) for name, _ in said]
        if decisions != list(range(len(said))):
            raise Misread("the decisions in their order", ", ".join(name for name, _ in said))
        return self.steps([value for _, value in said])

    def event(self, about: Occasion, among: Collection[str], events: Sequence[Json]) -> int:
        """The index of the event of an occasion, among those of some kinds."""
        agent = self.agent(about.name)
        found = [
            number
            for number, event in enumerate(events)
            if event["agent"] == agent and event["time"] == about.time and event["kind"] in among
        ]
        which = 1 if about.which is None and len(found) == 1 else about.which
        if which is None or not 1 <= which <= len(found):
            raise Misread(f"one of {len(found)} by {about.name} in round {about.time + 1}", f"number {about.which}")
        return found[which - 1]


def index(name: str, names: Mapping[str, int]) -> int:
    if name not in names:
        raise Misread(f"one of {', '.join(list(names)[:5])}", name)
    return names[name]


def impossible(skeleton: str) -> bool:
    return bool(IMPOSSIBLE.search(skeleton) and not POSSIBLE.search(skeleton))


def third_person(action: str) -> str:
    """What somebody does who does an action: "goes north" of "go north"."""
    verb, space, rest = action.partition(" ")
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        verb += "es"
    elif verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        verb = verb[:-1] + "ies"
    else:
        verb = {"have": "has", "be": "is"}.get(verb, verb + "s")
    return verb + space + rest
