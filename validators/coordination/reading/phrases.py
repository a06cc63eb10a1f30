"""The phrases that the readers of events, of the setting and of questions share, over skeletons (`skeleton.py`)."""

import re
from typing import NamedTuple

from madata.validators.coordination.reading.skeleton import Misread, Sentence

MARK = re.compile(r"(?<!\S)[@#](?!\S)")
LIST = r"[@#](?: (?:,|, and|and|;) [@#])*"
PAIR = r"[@#] (?:is|are|=|:|being|to be) [@#]"
PAIRS = rf"{PAIR}(?: (?:,|, and|and|;) {PAIR})*"
ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
ORDINAL = rf"(?:{'|'.join(ORDINALS)}|\d+(?:st|nd|rd|th))"


def phrase(text: str) -> re.Pattern[str]:
    """A pattern over whole tokens of a skeleton."""
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)")


NEGATED = phrase(
    r"not|never|no|nobody|none|nothing|neither|cannot|' t|false|untrue|wrong|unless|without|instead|except|maybe"
    r"|perhaps|might|hardly"
)
DENIED = phrase("not|never|cannot|' t|false|untrue|wrong")
OCCASION = phrase(
    rf"(?:(?P<before>{ORDINAL}) (?:[^@#\s]+ ){{0,3}})?@ (?:made|said|did|proposed|put forward|sent)"
    rf"(?: (?P<after>{ORDINAL}))? in round #"
)


class Occasion(NamedTuple):
    """What somebody said, proposed or did in a round (from 0), the how-many-eth if there were several (from 1)."""

    name: str
    time: int
    which: int | None


def occasion(sentence: Sentence, found: re.Match[str]) -> Occasion:
    """ "The second proposal that Anna made in round 3", "what Anna said second in round 2"."""
    name, time = slots(sentence, *found.span())
    which = found["before"] or found["after"]
    return Occasion(name, int(time) - 1, ordinal(which) if which else None)


def slots(sentence: Sentence, begin: int, end: int) -> tuple[str, ...]:
    """What stands at the marks in a part of the skeleton."""
    first = len(MARK.findall(sentence.skeleton, 0, begin))
    return sentence.slots[first : first + len(MARK.findall(sentence.skeleton[begin:end]))]


def pairs(names: tuple[str, ...]) -> list[tuple[str, str]]:
    return list(zip(names[::2], names[1::2], strict=True))


def ordinal(text: str) -> int:
    return ORDINALS.index(text) + 1 if text in ORDINALS else int(text[:-2])


def affirmed(*around: str, by: re.Pattern[str] = NEGATED) -> None:
    """Raises `Misread` where the words around a statement take it back. By `DENIED`, "nobody" and the like can be part
    of what is said."""
    for words in around:
        if found := by.search(words):
            raise Misread("a plain statement", f"{found[0]!r}")
