"""From the words of a question to the query it asks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from madata.schemas.negotiation import UNDETERMINED
from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.mentions import marked, proposals
from madata.validators.negotiation.reading.moves import Moves, numbering
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Text

Json = Mapping[str, Any]
Said = dict[str, Any]

END = re.compile(r"(?<!\S)(?:(?:at|in|to) (?:the )?(?:very )?end|after all)(?!\S)")
TOLD = re.compile(
    r"(?<!\S)@a (?:(?:says?|said|tells?|told|claims?|claimed)(?: @a| alone| and|,)*(?: for the #th time)?"
    r" that (?P<said>[^?.]*)"
    r"|(?P<threat>threaten\w*))"
)


class Questions:
    def __init__(self, moves: Moves, world: Json) -> None:
        self.moves, self.events = moves, world["events"]
        kind = world["game"]["kind"]
        self.rules = {
            "bargain": lexicon.BARGAIN_QUESTIONS,
            "commons": lexicon.COMMONS_QUESTIONS,
            "donor": lexicon.DONOR_QUESTIONS,
        }[kind]
        self.kind = kind

    def read(self, question: str, options: Sequence[str]) -> Said:
        """The query that is asked; raises `Misread`."""
        text = marked(self.moves.vocabulary.read(question))
        says = heading(text.skeleton, self.rules)
        if says is None:
            raise Misread("a question", f"words that cannot be read ({text.skeleton})")
        return {"kind": says, **getattr(self, says)(text, options)}

    def proposal(self, text: Text) -> int:
        """The event of the proposal that is mentioned."""
        (called,) = slots(text, "@p")
        made = proposals(self.events, called)
        if len(made) != 1:
            raise Misread("a proposal that was made", f"{len(made)} of that name")
        return made[0]

    # What each kind of question asks of.

    def offer(self, text: Text, _: Sequence[str]) -> Said:
        agents = slots(text, "@a")
        query = {"proposal": self.proposal(text), "issue": (slots(text, "@i") or slots(text, "@c"))[0]}
        return {**query, "agent": agents[-1]} if agents else query

    def points(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": self.proposal(text), "agent": one(text)}

    rational = points

    def pareto(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": self.proposal(text)}

    kept = pareto

    def zone(self, text: Text, _: Sequence[str]) -> Said:
        return {}

    def reply(self, text: Text, options: Sequence[str]) -> Said:
        agent = one(text)
        moves = [self.option(option, agent) for option in options if option != UNDETERMINED]
        return {"proposal": self.proposal(text), "agent": agent, "time": self.time(text), "moves": moves}

    def option(self, option: str, agent: str) -> Said:
        said = self.moves.read(option, agent)
        if said["kind"] == "propose":
            return {"move": "propose", "deal": said["deal"]}
        return {"move": {"accept-proposal": "accept", "reject-proposal": "reject"}.get(said["kind"], said["kind"])}

    def time(self, text: Text) -> int:
        """When a round begins, or just after the last event."""
        numbers = [text.slots[number].value for number in numbering(text.skeleton)[0]]
        if numbers:
            return int(numbers[0]) - 1
        if not END.search(text.skeleton):
            raise Misread("a time", "none")
        return int(self.events[-1]["time"]) + 1 if self.events else 0

    def bluff(self, text: Text, _: Sequence[str]) -> Said:
        """The claim or threat that is told of: of the events that can be told so the first, or the one counted."""
        found = TOLD.search(text.skeleton)
        if found is None:
            raise Misread("a claim or threat", "none")
        first, end = (len(re.findall("[@#]", text.skeleton[:at])) for at in (found.start("said"), found.end("said")))
        said = Text(found["said"], text.slots[first:end])
        speaker = text.slots[len(re.findall("[@#]", text.skeleton[: found.start()]))].value
        head = text.slots[:first]
        hearers = [slot.value for slot in head if slot.mark == "@a" and slot.value != speaker]
        ordinals = [slot.value for slot in head if slot.mark == "#th"]
        kind = "threaten" if found["threat"] else "inform"
        claim = None if found["threat"] else self.claim(said, speaker)
        made = [n for n, event in enumerate(self.events) if (event["kind"], event["agent"]) == (kind, speaker)]
        made = [n for n in made if claim is None or self.events[n]["claim"] == claim]
        made = [n for n in made if (self.events[n]["to"] == hearers if hearers else self.aloud(self.events[n]))]
        if ordinals:
            made = made[ordinals[0] - 1 : ordinals[0]]
        if len(made) != 1:
            raise Misread("one claim or threat that was made", f"{len(made)} of that kind")
        return {"event": made[0]}

    paid = bluff

    def aloud(self, event: Json) -> bool:
        return len(event["to"]) == len(self.moves.agents) - 1

    def claim(self, said: Text, speaker: str) -> Said:
        says = heading(said.skeleton, lexicon.CLAIMS)
        if says is None:
            raise Misread("a claim", f"words that cannot be read ({said.skeleton})")
        return dict(self.moves.move(says, said, speaker)["claim"])

    def implied(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": one(text), "time": self.time(text)}

    def valued(self, text: Text, _: Sequence[str]) -> Said:
        return {**self.chain(text), "about": one(text), "time": self.time(text)}

    def chain(self, text: Text) -> Said:
        agents = [agent for chain in slots(text, "@b") for agent in chain]
        return {"chain": agents} if agents else {}

    def switch(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": one(text)}

    last = switch

    def stock(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "round")

    sustain = stock

    def took(self, text: Text, _: Sequence[str]) -> Said:
        return {**self.chain(text), "about": one(text), **self.moves.when(text, "round")}

    def gave(self, text: Text, _: Sequence[str]) -> Said:
        """Of a meeting, whose donor has to be the one named."""
        when = self.moves.when(text, "meeting")
        meetings = self.moves.game["meetings"]
        if not 0 <= when.get("meeting", -1) < len(meetings):
            raise Misread("a meeting", "none of that number")
        if meetings[when["meeting"]]["donor"] != one(text):
            raise Misread("the donor of the meeting", "somebody else")
        return {**self.chain(text), **when}

    def had(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": one(text), **self.moves.when(text, "meeting")}

    def would(self, text: Text, _: Sequence[str]) -> Said:
        donor, recipient = self.moves.two(text)
        return {"donor": donor, "recipient": recipient}

    def stays(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "generation")


def one(text: Text) -> str:
    """The only one who is named, apart from believers and the makers of proposals."""
    named = set(slots(text, "@a"))
    if len(named) != 1:
        raise Misread("one who is named", str(len(named)))
    return str(named.pop())


def slots(text: Text, mark: str) -> list[Any]:
    return [slot.value for slot in text.slots if slot.mark == mark]
