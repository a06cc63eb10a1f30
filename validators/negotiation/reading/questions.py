"""From the words of a question to the query it asks."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.mentions import marked, proposals
from madata.validators.negotiation.reading.moves import Moves, doers, numbering
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Text

Json = Mapping[str, Any]
Said = dict[str, Any]


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
        return {"proposal": self.proposal(text), "agent": slots(text, "@a")[-1]}

    rational = points

    def pareto(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": self.proposal(text)}

    def zone(self, text: Text, _: Sequence[str]) -> Said:
        return {}

    def reply(self, text: Text, options: Sequence[str]) -> Said:
        agent = slots(text, "@a")[0]
        moves = [self.option(option, agent) for option in options if option != "undetermined"]
        return {"proposal": self.proposal(text), "agent": agent, **self.time(text), "moves": moves}

    def option(self, option: str, agent: str) -> Said:
        said = self.moves.read(option, agent)
        if said["kind"] == "propose":
            return {"move": "propose", "deal": said["deal"]}
        return {"move": {"accept-proposal": "accept", "reject-proposal": "reject"}.get(said["kind"], said["kind"])}

    def time(self, text: Text) -> Said:
        numbers = [text.slots[number].value for number in numbering(text.skeleton)[0]]
        return {"time": numbers[0] - 1} if numbers else {}

    def bluff(self, text: Text, _: Sequence[str]) -> Said:
        """The claim or threat of the one named first that has all else that is named."""
        speaker = slots(text, "@a")[0]
        threat = re.search(r"(?<!\S)threat\w*|warn\w*", text.skeleton)
        kinds = ("threaten",) if threat else ("inform",)
        found = [n for n, event in enumerate(self.events) if event["kind"] in kinds and event["agent"] == speaker]
        for issue in (*slots(text, "@i"), *slots(text, "@c")):
            found = [n for n in found if self.events[n]["claim"].get("issue") == issue]
        when = [text.slots[number].value for number in numbering(text.skeleton)[0]]
        if self.kind == "bargain":
            found = [n for n in found if not when or self.events[n]["time"] == when[0] - 1]
        ordinals = slots(text, "#th")
        if ordinals:
            found = found[ordinals[0] - 1 : ordinals[0]]
        if len(found) != 1:
            raise Misread("one claim or threat that was made", f"{len(found)} of that kind")
        return {"event": found[0]}

    paid = bluff

    def implied(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": slots(text, "@a")[0], **self.time(text)}

    def valued(self, text: Text, _: Sequence[str]) -> Said:
        return {"chain": self.chain(text), "about": slots(text, "@a")[0], **self.time(text)}

    def chain(self, text: Text) -> list[str]:
        return [agent for chain in slots(text, "@b") for agent in chain]

    def switch(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": slots(text, "@a")[0]}

    last = switch

    def stock(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "round")

    sustain = stock

    def took(self, text: Text, _: Sequence[str]) -> Said:
        chain = {"chain": self.chain(text)} if slots(text, "@b") else {}
        return {**chain, "about": slots(text, "@a")[0], **self.moves.when(text, "round")}

    def kept(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": self.proposal(text)}

    def gave(self, text: Text, _: Sequence[str]) -> Said:
        chain = {"chain": self.chain(text)} if slots(text, "@b") else {}
        return {**chain, **self.moves.when(text, "meeting")}

    def had(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": slots(text, "@a")[0], **self.moves.when(text, "meeting")}

    def would(self, text: Text, _: Sequence[str]) -> Said:
        donor, recipient = (text.slots[number].value for number in doers(text.skeleton))
        return {"donor": donor, "recipient": recipient}

    def stays(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "generation")


def slots(text: Text, mark: str) -> list[Any]:
    return [slot.value for slot in text.slots if slot.mark == mark]
