"""Offers, read from words: what two people who divide things say that each would get.

One rule reads people and templates alike, so that both are measured with the same error. It is no parser and errs on
the safe side: what it cannot tell is no offer.

- A *mention* is a quantity ("3", "two", "all", "no", "2/3"; "both" of two units, "the" of one) and an issue: a word of
  its name, singular or plural, or the end of one ("wood" for firewood), with nothing between but words like "of the
  extra packages". "2 of each" mentions every issue; "one to you" the issue mentioned last.
- It goes to whoever is named right after the list it stands in ("2 food and 3 water for me", "all the food goes to
  me"); else to whoever was named last before it in the sentence: to the speaker in "I'd take 3", "you give me 3", to
  the other in "I can give you 2". "Give" and the like without a recipient turn that round ("I can give 2"), as does
  "for" before a quantity ("for 2 of your food"). It is passed over if "we", "there" or a "not" came last.
- What one of the two gets of an issue, the other does not. "The rest" gives whoever it goes to all issues not
  mentioned, if any is.
- Words are an offer if they settle every issue, and none in two ways.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

SENTENCE = re.compile(r"[.!?;\n]+")
TOKEN = re.compile(r"\d+/\d+|\d+|[^\W\d_]+(?:'[^\W\d_]+)?|[,:]")
REST = "rest"
LEFT = re.compile(r"\b(?:the (?:remaining|remainder)|everything else|(?:what is|what's|whatever is) left)\b")

NUMBERS = {word: number for number, word in enumerate("zero one two three four five six seven eight nine ten".split())}
NUMBERS |= {"no": 0, "none": 0, "a": 1, "an": 1}
EXACTLY = {"the": 1, "both": 2}
"""Said of that many units only where there are no more."""
BETWEEN = frozenset(
    "of the my your those these other extra additional unit units package packages pack packs packet packets bundle "
    "bundles bottle bottles case cases jug jugs gallon gallons piece pieces log logs item items".split()
)
SPEAKER = frozenset("i i'd i'll i'm i've me myself".split())
HEARER = frozenset("you you'd you'll you're you've yourself".split())
NOBODY = frozenset("we we'd we'll we're us our there not cannot never don't can't won't didn't wouldn't".split())
TOWARDS = [tuple(words.split()) for words in ("for", "to", "go to", "goes to", "going to")]
GIVING = frozenset("give giving offer offering trade trading spare sacrifice".split())

Owners = Mapping[str, bool | None]
Shares = tuple[int, ...]
"""What the speaker gets of each issue."""


class Mention(NamedTuple):
    """`mine`: it goes to the speaker; None: to nobody. `issue` None: all that is not mentioned."""

    mine: bool | None
    issue: int | None
    units: int


class Reader:
    """Reads offers on these issues (names and units) between two people."""

    def __init__(self, issues: Sequence[tuple[str, int]]) -> None:
        self.units = [units for _, units in issues]
        self.names = [[word.removesuffix("s") for word in TOKEN.findall(name.lower())] for name, _ in issues]

    def offer(self, text: str, speaker: str, hearer: str) -> Shares | None:
        """What the speaker would get by these words; None if they are no offer."""
        owners = {**dict.fromkeys(SPEAKER, True), **dict.fromkeys(HEARER, False), **dict.fromkeys(NOBODY)}
        owners |= {speaker.lower(): True, hearer.lower(): False}
        plain = LEFT.sub(REST, text.lower().replace("\u2019", "'"))
        sentences = map(TOKEN.findall, SENTENCE.split(plain))
        mentions = [
            mention for sentence in sentences for mention in self.mentions(sentence, owners) if mention.mine is not None
        ]
        shares: list[set[int]] = [set() for _ in self.units]
        for mine, issue, units in mentions:
            if issue is not None:
                shares[issue].add(units if mine else self.units[issue] - units)
        rests = {mention.mine for mention in mentions if mention.issue is None} if any(shares) else set()
        for share, units in zip(shares, self.units, strict=True):
            if not share:
                share.update(units if mine else 0 for mine in rests)
        legal = all(
            len(share) == 1 and 0 <= min(share) <= units for share, units in zip(shares, self.units, strict=True)
        )
        return tuple(min(share) for share in shares) if legal else None

    def mentions(self, words: Sequence[str], owners: Owners) -> Iterator[Mention]:
        """The mentions of a sentence, the list before a person closed by it."""
        owner: bool | None = None
        listed: list[Mention] = []
        last: Sequence[int] = ()
        end = 0
        for place, word in enumerate(words):
            if word in owners:
                owner = owners[word]
                towards = tuple(words[end:place]) in TOWARDS
                yield from (mention._replace(mine=owner) if towards else mention for mention in listed)
                listed = []
            elif word in GIVING and owner is not None:
                owner = not owner
            elif word == REST:
                listed.append(Mention(owner, None, 0))
                end = place + 1
            elif quantity(word):
                last, after = self.issues(words, place + 1, last)
                if after and place and words[place - 1] == "for" and owner is not None:
                    owner = not owner
                for issue in last if after else ():
                    if (count := self.count(word, issue)) is not None:
                        listed.append(Mention(owner, issue, count))
                        end = after
        yield from listed

    def issues(self, words: Sequence[str], place: int, last: Sequence[int]) -> tuple[Sequence[int], int]:
        """What a quantity before this place is of, and the place behind it; 0 if it is of nothing."""
        if any(tuple(words[place : place + len(towards)]) == towards for towards in TOWARDS):
            return last, place
        for at in range(place, len(words)):
            if words[at] == "each":
                return range(len(self.units)), at + 1
            if (issue := self.issue(words[at])) is not None:
                while at + 1 < len(words) and self.issue(words[at + 1]) == issue:
                    at += 1
                return (issue,), at + 1
            if words[at] not in BETWEEN and not (words[at - 1] == "all" and quantity(words[at])):
                break
        return last, 0

    def issue(self, word: str) -> int | None:
        stem = word.removesuffix("s")
        for number, name in enumerate(self.names):
            if any(part == stem or (len(stem) > 3 and part.endswith(stem)) for part in name):
                return number
        return None

    def count(self, word: str, issue: int) -> int | None:
        units = self.units[issue]
        if word in EXACTLY:
            return units if units == EXACTLY[word] else None
        if "/" in word:
            part, _, whole = word.partition("/")
            return int(part) if int(whole) == units else None
        return units if word == "all" else NUMBERS[word] if word in NUMBERS else int(word)


def quantity(word: str) -> bool:
    return word == "all" or word in NUMBERS or word in EXACTLY or word[0].isdecimal()
