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
from madata.validators.negotiation.reading.rules import borne, heading
from madata.validators.negotiation.reading.skeleton import Text, Vocabulary, parts

Json = Mapping[str, Any]
Said = dict[str, Any]

NOTHING = re.compile(r"(?<!\S)(?:nothing|none|no|not|empty)(?!\S)")
OCCASION = r"(?:round|meeting|time|turn|move|step|day|season|year|encounter|generation|number)"
WHEN = re.compile(rf"(?<!\S){OCCASION} (?:number |no \. )?(#)(?!\S)|(#th)(?= (?:\S+ )?{OCCASION})|in the (#th)(?!\S)")
LAST = re.compile(rf"(?<!\S)(?:last|previous|past) {OCCASION}|just now|this time")
ACTOR = re.compile(r"(?<!\S)(?:from|by) (@a)(?!\S)")
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
    by = {match.start(1) for match in ACTOR.finditer(skeleton)}
    on = {match.start(1) for match in TARGET.finditer(skeleton)}
    return tuple(slots[at] for at in sorted(agents, key=lambda at: (at not in by, at in on)))


class Moves:
    """Reads the moves of an episode. Rounds and meetings are counted from one in words."""

    def __init__(self, agents: Sequence[Json], game: Json, vocabulary: Vocabulary) -> None:
        self.agents = [agent["id"] for agent in agents]
        self.vocabulary = vocabulary
        self.domain = Domain(self.agents, game.get("issues", ()))
        self.kind = game["kind"]
        self.spoken = {"bargain": lexicon.BARGAIN, "commons": lexicon.COMMONS, "donor": lexicon.DONOR}[self.kind]
        self.narrated = {"bargain": (), "commons": lexicon.COMMONS_ACTIONS, "donor": lexicon.DONOR_ACTIONS}[self.kind]

    def read(self, words: str, speaker: str | None) -> Said:
        """The one move a turn makes; raises `Misread`. Sentences that name nothing are talk beside it."""
        text = self.vocabulary.read(words)
        rules = self.spoken if speaker else self.narrated
        says = heading(text.skeleton, rules)
        if says not in (None, "deal"):
            return self.move(str(says), text, speaker)
        sentences = [(sentence, heading(sentence.skeleton, rules)) for sentence in parts(text)]
        if any(says == "deal" for _, says in sentences):
            return self.move("deal", text, speaker)
        found = [self.move(says, sentence, speaker) for sentence, says in sentences if says is not None]
        lost = [sentence for sentence, says in sentences if says is None and borne(sentence.skeleton).strip("a")]
        if lost or not found or any(said != found[0] for said in found):
            raise Misread("a move", "words that cannot be read")
        return found[0]

    def move(self, says: str, text: Text, speaker: str | None) -> Said:
        return getattr(self, says)(text, speaker) if says not in PLAIN else {"kind": PLAIN[says]}

    def deal(self, text: Text, speaker: str | None) -> Said:
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
        return {"kind": "accept-proposal", **self.named(text, speaker, "of")}

    def reject(self, text: Text, speaker: str | None) -> Said:
        return {"kind": "reject-proposal", **self.named(text, speaker, "of")}

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
        agent, target = self.people(text)
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
        agent, recipient = self.people(text)
        return {"kind": "donate", "agent": agent, "recipient": recipient, "amount": self.amount(text)}

    def people(self, text: Text) -> list[str]:
        return [text.slots[number].value for number in doers(text.skeleton)]

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
