"""From the words of a turn to the move it makes.

What is read is a dictionary: the kind, and of the event's fields those the words tell. An acceptance or refusal need
not say of what; where it names somebody, that is whose proposal it is (`of`).
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.deals import Domain, Misread
from madata.validators.negotiation.reading.mentions import OCCASION, marked, proposals
from madata.validators.negotiation.reading.rules import Rules, borne, heading
from madata.validators.negotiation.reading.skeleton import Text, Vocabulary, parts

Json = Mapping[str, Any]
Said = dict[str, Any]

NOTHING = re.compile(r"(?<!\S)(?:nothing|none|no|not|empty)(?!\S)")
WHEN = re.compile(rf"(?<!\S){OCCASION} (?:number |no \. )?(#)(?!\S)|(#th)(?= (?:\S+ )?{OCCASION})|in the (#th)(?!\S)")
ACTOR = re.compile(
    r"(?<!\S)(?:from|by) (@a)(?!\S)|(?<!\S)(@a)(?: decides to)? (?:give|hand|pass|send|donate|share)s?(?!\S)"
)
TARGET = re.compile(r"(?<!\S)(?:to|on|upon|for) (@a)(?!\S)")


@lru_cache(1 << 14)
def numbering(skeleton: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The slots of numbers: those that say when, and the others."""
    slots = {match.start(): number for number, match in enumerate(re.finditer("[@#]", skeleton))}
    when = {match.start(match.lastindex or 0) for match in WHEN.finditer(skeleton)}
    numbers = [at for at in slots if skeleton[at] == "#"]
    return tuple(slots[at] for at in numbers if at in when), tuple(slots[at] for at in numbers if at not in when)


@lru_cache(1 << 14)
def doers(skeleton: str) -> tuple[int, ...]:
    """The slots of agents, whoever acts before whoever is acted on."""
    slots = {match.start(): number for number, match in enumerate(re.finditer("[@#]", skeleton))}
    agents = [at for at in slots if skeleton.startswith("@a", at)]
    by = {match.start(match.lastindex or 0) for match in ACTOR.finditer(skeleton)}
    on = {match.start(1) for match in TARGET.finditer(skeleton)}
    return tuple(slots[at] for at in sorted(agents, key=lambda at: (at not in by, at in on)))


class Moves:
    """Reads the moves of an episode. Rounds and meetings are counted from one in words."""

    def __init__(self, agents: Sequence[Json], world: Json, vocabulary: Vocabulary) -> None:
        self.game, self.events = world["game"], world["events"]
        self.agents = [agent["id"] for agent in agents]
        self.vocabulary = vocabulary
        self.domain = Domain(self.agents, self.game.get("issues", ()))
        self.kind = self.game["kind"]
        self.spoken = {"bargain": lexicon.BARGAIN, "commons": lexicon.COMMONS, "donor": lexicon.DONOR}[self.kind]
        self.narrated = {"bargain": Rules(), "commons": lexicon.COMMONS_ACTIONS, "donor": lexicon.DONOR_ACTIONS}[
            self.kind
        ]

    def read(self, words: str, speaker: str | None, time: int = 0) -> Said:
        """The one move a turn makes; raises `Misread`. Where a sentence names a thing, a number or a proposal, what
        names nothing is talk beside it."""
        self.time = time
        text = marked(self.vocabulary.read(words))
        rules = self.spoken if speaker else self.narrated
        every = list(parts(text))
        sentences = [sentence for sentence in every if borne(sentence.skeleton).strip("at" if speaker else "")]
        bare = not sentences
        if bare:
            sentences = [text] if heading(text.skeleton, rules) else every
        says = [heading(sentence.skeleton, rules) for sentence in sentences]
        if "deal" in says:
            return self.deal([sentence for sentence in every if heading(sentence.skeleton, rules) == "deal"], speaker)
        if None in says and not bare:
            raise Misread("a move", f"words that cannot be read ({text.skeleton})")
        found = [self.move(each, sentence, speaker) for each, sentence in zip(says, sentences, strict=True) if each]
        if not found or any(said != found[0] for said in found):
            raise Misread("one move", f"{' and '.join(map(str, found)) or 'none'}")
        return found[0]

    def move(self, says: str, text: Text, speaker: str | None) -> Said:
        return getattr(self, says)(text, speaker) if says not in PLAIN else {"kind": PLAIN[says]}

    def deal(self, sentences: Sequence[Text], speaker: str | None) -> Said:
        text = Text(
            " ".join(sentence.skeleton for sentence in sentences),
            tuple(slot for sentence in sentences for slot in sentence.slots),
        )
        return {"kind": "propose", "deal": self.domain.deal(text, speaker)}

    def query(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "query", "about": "priority"}

    def priority(self, text: Text, speaker: str | None) -> Said:
        (issue,) = (slot.value for slot in text.slots if slot.mark in ("@i", "@c"))
        return {"kind": "inform", "claim": {"kind": "priority", "issue": issue}}

    def most(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "inform", "claim": {"kind": "limit", "side": "most", "option": self.option(text)}}

    def least(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "inform", "claim": {"kind": "limit", "side": "least", "option": self.option(text)}}

    def option(self, text: Text) -> int:
        (places,) = (slot.value for slot in text.slots if slot.mark == "@o")
        return int(places[0][1])

    def promise(self, text: Text, speaker: str | None) -> Said:
        (amount,) = (slot.value for slot in text.slots if slot.mark == "#")
        return {"kind": "promise", "amount": amount, **self.named(text, speaker, "to")}

    def accept(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "accept-proposal", **self.answered(text, speaker)}

    def reject(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "reject-proposal", **self.answered(text, speaker)}

    def answered(self, text: Text, speaker: str | None) -> Said:
        """The proposal an answer is to, if the words say: the one so called that the speaker heard last."""
        called = [slot.value for slot in text.slots if slot.mark == "@p"]
        if not called:
            return self.named(text, speaker, "of")
        others = [agent for agent in self.agents if agent != speaker]
        if called[0].agent is None and len(others) == 1:
            called = [call._replace(agent=others[0]) for call in called]
        heard = [n for call in called for n in proposals(self.events, call) if self.heard(self.events[n], speaker)]
        if not heard:
            raise Misread("a proposal that was heard", "none of that name")
        return {"proposal": heard[-1]}

    def heard(self, event: Json, agent: str | None) -> bool:
        return agent in event["to"] and event["time"] + 1 + event["delay"] <= self.time

    def named(self, text: Text, speaker: str | None, role: str) -> Said:
        """Whom the words name besides the speaker, if anybody."""
        named = list(dict.fromkeys(slot.value for slot in text.slots if slot.mark == "@a" and slot.value != speaker))
        return {role: named[0] if len(named) == 1 else named} if named else {}

    # Commons and donor.

    def quota(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "propose", "deal": [self.amount(text)]}

    def took(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "inform", "claim": {"kind": "took", **self.when(text, "round"), "amount": self.amount(text)}}

    def harvest(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "harvest", "agent": self.people(text)[0], "amount": self.amount(text)}

    def punish(self, text: Text, speaker: str | None) -> Said:
        agent, target = self.two(text)
        return {"kind": "punish", "agent": agent, "target": target}

    def gave(self, text: Text, speaker: str | None) -> Said:
        claim = {
            "kind": "gave",
            **self.when(text, "meeting"),
            "agent": self.people(text)[0],
            "amount": self.amount(text),
        }
        return {"kind": "inform", "claim": claim}

    def donate(self, text: Text, speaker: str | None) -> Said:
        agent, recipient = self.two(text)
        when = self.when(text, "meeting")
        time = {"time": 2 * when["meeting"] + 1} if when else {}
        return {"kind": "donate", **time, "agent": agent, "recipient": recipient, "amount": self.amount(text)}

    def two(self, text: Text) -> list[str]:
        people = self.people(text)
        if len(people) != 2:
            raise Misread("two who are named", str(len(people)))
        return people

    def people(self, text: Text) -> list[str]:
        """Who is named, whoever acts first."""
        return list(dict.fromkeys(text.slots[number].value for number in doers(text.skeleton)))

    def when(self, text: Text, role: str) -> Said:
        numbers = [text.slots[number].value for number in numbering(text.skeleton)[0]]
        return {role: numbers[0] - 1} if numbers else {}

    def amount(self, text: Text) -> int:
        amounts = [text.slots[number].value for number in numbering(text.skeleton)[1]]
        if not amounts and NOTHING.search(text.skeleton):
            return 0
        if len(amounts) != 1:
            raise Misread("one amount", f"{len(amounts)}")
        return int(amounts[0])


PLAIN = {"threaten": "threaten", "withdraw": "withdraw"}
