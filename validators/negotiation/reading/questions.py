"""From the words of a question to the query it asks.

Two things are read before the rest, for they hold names of their own: what proposal is meant ("Ben's 2nd offer"), and
whose beliefs are asked about ("Anna thinks that Ben thinks"). In the skeleton they become the marks `@p` and `@b`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.moves import OCCASION, Moves, doers, numbering
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Slot, Text

Json = Mapping[str, Any]
Said = dict[str, Any]

WHICH = r"(?:#th|last|latest|only|final|next|very|opening|initial|own|single)"
MADE = r"(?:makes?|made|proposes|proposed|put|puts|offers|offered|bids?|suggest\w*)"
OFFERED = r"(?:proposal|offer|deal|suggestion|quota|limit|plan|package|bid)"
PROPOSAL = re.compile(
    rf"(?:(?<!\S)the )?(?:{WHICH} )*(?:@a 's (?:{WHICH} )*{OFFERED}"
    rf"|(?:proposal|offer|deal|quota|limit)(?: (?:that|which|made|put|forward|proposed|by|of|from))* @a(?: {MADE})?)"
    rf"(?: (?:{MADE} )?(?:at|in|of|from) (?:the )?(?:{OCCASION} #|#th {OCCASION}))?(?!\S)"
)
THINKS = r"(?:thinks?|believes?|takes? it|supposes?|expects?|reckons?|assumes?|holds?|takes?(?= @a to))"
VIEW = "(?:view|eyes|opinion|mind)"
BELIEF = re.compile(
    rf"(?:(?:does |do )?@a {THINKS}(?: that)? )+|in the {VIEW} of @a |according to @a |in @a 's {VIEW} "
)
END = re.compile(r"(?<!\S)(?:in|at|by) the (?:very )?end|(?<!\S)after all|(?<!\S)finally")


class Mention(NamedTuple):
    """Slots `first` to `end` became one mark."""

    mark: str
    first: int
    end: int
    words: str


@lru_cache(1 << 14)
def mentions(skeleton: str) -> tuple[str, tuple[Mention, ...]]:
    """A skeleton with proposals and believers as marks, and what these stand for."""
    found: list[Mention] = []
    for mark, pattern in (("@p", PROPOSAL), ("@b", BELIEF)):
        for match in pattern.finditer(skeleton):
            first = len(re.findall("[@#]", skeleton[: match.start()]))
            found.append(Mention(mark, first, first + len(re.findall("[@#]", match[0])), match[0]))
    text = BELIEF.sub(" @b ", PROPOSAL.sub(" @p ", skeleton))
    return " ".join(text.split()), tuple(sorted(found, key=lambda mention: mention.first))


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
        text = self.marked(self.moves.vocabulary.read(question))
        says = heading(text.skeleton, self.rules)
        if says is None:
            raise Misread("a question", f"words that cannot be read ({text.skeleton})")
        return {"kind": says, **getattr(self, says)(text, options)}

    def marked(self, text: Text) -> Text:
        skeleton, found = mentions(text.skeleton)
        slots: list[Slot] = []
        at = 0
        for mention in found:
            slots += text.slots[at : mention.first]
            inside = text.slots[mention.first : mention.end]
            value = (
                self.proposal(inside, mention.words) if mention.mark == "@p" else tuple(slot.value for slot in inside)
            )
            slots.append(Slot(mention.mark, value))
            at = mention.end
        return Text(skeleton, (*slots, *text.slots[at:]))

    def proposal(self, slots: Sequence[Slot], words: str) -> int:
        """The event that is called so."""
        (agent,) = (slot.value for slot in slots if slot.mark == "@a")
        made = [n for n, event in enumerate(self.events) if event["kind"] == "propose" and event["agent"] == agent]
        times = [slot.value for slot in slots if slot.mark == "#"]
        ordinals = [slot.value for slot in slots if slot.mark == "#th"]
        if times:
            made = [n for n in made if self.events[n]["time"] == times[0] - 1]
        if ordinals:
            made = made[ordinals[0] - 1 : ordinals[0]]
        elif re.search("(?<!\\S)(?:last|latest|final)(?!\\S)", words):
            made = made[-1:]
        elif re.search("(?<!\\S)(?:opening|initial)(?!\\S)", words):
            made = made[:1]
        if len(made) != 1:
            raise Misread("a proposal that was made", f"{len(made)} of that name")
        return made[0]

    # What each kind of question asks of.

    def offer(self, text: Text, _: Sequence[str]) -> Said:
        agents = marked(text, "@a")
        query = {"proposal": marked(text, "@p")[0], "issue": (marked(text, "@i") or marked(text, "@c"))[0]}
        return {**query, "agent": agents[-1]} if agents else query

    def points(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": marked(text, "@p")[0], "agent": marked(text, "@a")[-1]}

    rational = points

    def pareto(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": marked(text, "@p")[0]}

    def zone(self, text: Text, _: Sequence[str]) -> Said:
        return {}

    def reply(self, text: Text, options: Sequence[str]) -> Said:
        agent = marked(text, "@a")[0]
        moves = [self.option(option, agent) for option in options if option != "undetermined"]
        return {"proposal": marked(text, "@p")[0], "agent": agent, **self.time(text), "moves": moves}

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
        speaker = marked(text, "@a")[0]
        threat = re.search(r"(?<!\S)threat\w*|warn\w*", text.skeleton)
        kinds = ("threaten",) if threat else ("inform",)
        found = [n for n, event in enumerate(self.events) if event["kind"] in kinds and event["agent"] == speaker]
        for issue in (*marked(text, "@i"), *marked(text, "@c")):
            found = [n for n in found if self.events[n]["claim"].get("issue") == issue]
        when = [text.slots[number].value for number in numbering(text.skeleton)[0]]
        if self.kind == "bargain":
            found = [n for n in found if not when or self.events[n]["time"] == when[0] - 1]
        ordinals = marked(text, "#th")
        if ordinals:
            found = found[ordinals[0] - 1 : ordinals[0]]
        if len(found) != 1:
            raise Misread("one claim or threat that was made", f"{len(found)} of that kind")
        return {"event": found[0]}

    paid = bluff

    def implied(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": marked(text, "@a")[0], **self.time(text)}

    def valued(self, text: Text, _: Sequence[str]) -> Said:
        return {"chain": self.chain(text), "about": marked(text, "@a")[0], **self.time(text)}

    def chain(self, text: Text) -> list[str]:
        return [agent for chain in marked(text, "@b") for agent in chain]

    def switch(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": marked(text, "@a")[0]}

    last = switch

    def stock(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "round")

    sustain = stock

    def took(self, text: Text, _: Sequence[str]) -> Said:
        chain = {"chain": self.chain(text)} if marked(text, "@b") else {}
        return {**chain, "about": marked(text, "@a")[0], **self.moves.when(text, "round")}

    def kept(self, text: Text, _: Sequence[str]) -> Said:
        return {"proposal": marked(text, "@p")[0]}

    def gave(self, text: Text, _: Sequence[str]) -> Said:
        chain = {"chain": self.chain(text)} if marked(text, "@b") else {}
        return {**chain, **self.moves.when(text, "meeting")}

    def had(self, text: Text, _: Sequence[str]) -> Said:
        return {"agent": marked(text, "@a")[0], **self.moves.when(text, "meeting")}

    def would(self, text: Text, _: Sequence[str]) -> Said:
        donor, recipient = (text.slots[number].value for number in doers(text.skeleton))
        return {"donor": donor, "recipient": recipient}

    def stays(self, text: Text, _: Sequence[str]) -> Said:
        return self.moves.when(text, "generation")


def marked(text: Text, mark: str) -> list[Any]:
    return [slot.value for slot in text.slots if slot.mark == mark]
