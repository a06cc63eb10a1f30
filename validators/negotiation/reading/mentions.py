"""Names that hold names: which proposal is meant ("Ben's 2nd offer", "the offer you made in round 3"), and whose
beliefs ("Anna thinks that Ben thinks"). In a skeleton they become the marks `@p` and `@b`, so that what is around them
can be read by itself.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from madata.validators.negotiation.reading.skeleton import Slot, Text

Json = Mapping[str, Any]

OCCASION = r"(?:round|meeting|time|turn|move|step|day|season|year|encounter|generation|number)"
OFFERED = r"(?:proposal|offer|deal|suggestion|quota|limit|plan|package|bid)"
WHICH = r"(?:#th|last|latest|only|final|very|opening|initial|own|single)"
MADE = r"(?:makes?|made|proposes|proposed|put|puts|offers|offered|bids?|suggest\w*)"
PROPOSAL = re.compile(
    rf"(?<!\S)(?:the )?(?:{WHICH} )*(?:(?:@a 's|your) (?:{WHICH} )*{OFFERED}"
    rf"|{OFFERED}(?:(?: (?:made|put|forward|proposed|by|of|from))+ @a(?! 's)|(?: (?:that|which))? (?:@a|you) {MADE}))"
    rf"(?: (?:{MADE} )?(?:at|in|of|from) (?:the )?(?:{OCCASION} #|#th {OCCASION}))?(?!\S)"
)
THINKS = r"(?:thinks?|believes?|takes? it|supposes?|expects?|reckons?|assumes?|takes?(?= @a to))"
VIEW = "(?:view|eyes|opinion|mind)"
BELIEF = re.compile(
    rf"(?<!\S)(?:(?:(?:does |do )?@a {THINKS}(?: that)? )+|in the {VIEW} of @a |according to @a |in @a 's {VIEW} )"
)
LAST = re.compile(r"(?<!\S)(?:last|latest|final)(?!\S)")


class Reference(NamedTuple):
    """A proposal as it is called; `agent` is None for "you"."""

    agent: str | None
    round: int | None
    ordinal: int | None
    last: bool


class Mention(NamedTuple):
    """Slots `first` to `end` became one mark."""

    mark: str
    first: int
    end: int
    words: str


@lru_cache(1 << 15)
def mentions(skeleton: str) -> tuple[str, tuple[Mention, ...]]:
    """A skeleton with its mentions as marks, and what these stand for."""
    found: list[Mention] = []
    for mark, pattern in (("@p", PROPOSAL), ("@b", BELIEF)):
        for match in pattern.finditer(skeleton):
            first = len(re.findall("[@#]", skeleton[: match.start()]))
            found.append(Mention(mark, first, first + len(re.findall("[@#]", match[0])), match[0]))
    text = BELIEF.sub(" @b ", PROPOSAL.sub(" @p ", skeleton))
    return " ".join(text.split()), tuple(sorted(found, key=lambda mention: mention.first))


def marked(text: Text) -> Text:
    """A text with its mentions as slots of their own: a `Reference`, or the agents who believe."""
    skeleton, found = mentions(text.skeleton)
    if not found:
        return text
    slots: list[Slot] = []
    at = 0
    for mention in found:
        inside = text.slots[mention.first : mention.end]
        value = reference(inside, mention.words) if mention.mark == "@p" else tuple(slot.value for slot in inside)
        slots += [*text.slots[at : mention.first], Slot(mention.mark, value)]
        at = mention.end
    return Text(skeleton, (*slots, *text.slots[at:]))


def reference(slots: Sequence[Slot], words: str) -> Reference:
    agent = next((slot.value for slot in slots if slot.mark == "@a"), None)
    number = next((slot.value for slot in slots if slot.mark == "#"), None)
    ordinal = next((slot.value for slot in slots if slot.mark == "#th"), None)
    return Reference(agent, number, ordinal, bool(LAST.search(words)))


def proposals(events: Sequence[Json], called: Reference) -> list[int]:
    """The proposals that can be called so. Rounds are counted from one in words."""
    made = [n for n, event in enumerate(events) if event["kind"] == "propose" and event["agent"] == called.agent]
    if called.round is not None:
        made = [n for n in made if events[n]["time"] == called.round - 1]
    if called.ordinal is not None:
        made = made[called.ordinal - 1 : called.ordinal] if called.ordinal > 0 else []
    return made[-1:] if called.last else made
