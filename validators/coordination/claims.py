"""What words claim: which fact or decision has which value, whose fact it is, and what is denied.

Names and values alternate. What begins with a name goes on with its value ("B1 and B2 are walls, C1 is open"), what
begins with a value with the names it is of ("These are walls: B1, B2. Open: C1."). A denied value is a claim, too. A
sentence of names alone waits for its value in the next one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from madata.validators.coordination import phrases as say
from madata.validators.coordination.mentions import Owners, Skeleton

STOPS = frozenset(".!?;")
APART = frozenset([",", "while", "but", "whereas", "though", "although"])

Symbol = tuple[str, Any]
NEVER = -1


class Misread(Exception):
    def __init__(self, expected: str, found: str) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found = expected, found


class Claim(NamedTuple):
    """Of a fact or a decision; not `holds`: it is said not to have the value."""

    of: int
    value: str
    holds: bool


class Voice(NamedTuple):
    """Who speaks, and who is "you" (`NEVER` if nobody or several could be)."""

    speaker: int
    you: int


def attributed(text: Skeleton, voice: Voice) -> Skeleton:
    """With the number of a fact for each mark `F`, `NEVER` where it is said to be of somebody who has none."""
    symbols = list(text.symbols())
    owners = list(owned(symbols, voice))
    slots: list[Any] = []
    sentence = 0
    for at, (word, slot) in enumerate(symbols):
        sentence += word in STOPS
        if word == "F":
            slots.append(whose(slot, at, sentence, owners))
        elif slot is not None:
            slots.append(slot)
    return Skeleton(text.text, tuple(slots))


class Owner(NamedTuple):
    at: int
    sentence: int
    agent: int
    strong: bool


def owned(symbols: Sequence[Symbol], voice: Voice) -> Iterator[Owner]:
    sentence = 0
    for at, (word, slot) in enumerate(symbols):
        sentence += word in STOPS
        before = symbols[at - 1][0] if at else ""
        if word == "A":
            yield Owner(at, sentence, slot, True)
        elif word in ("my", "mine") or (word in ("me", "myself") and before in ("for", "by", "with")):
            yield Owner(at, sentence, voice.speaker, True)
        elif word in ("your", "yours") or (word == "you" and before in ("for", "by", "with")):
            yield Owner(at, sentence, voice.you, True)
        elif word in ("i", "me", "myself"):
            yield Owner(at, sentence, voice.speaker, False)


def whose(facts: Owners, at: int, sentence: int, owners: Sequence[Owner]) -> int:
    if None in facts:
        return facts[None]
    for strong in (True, False):
        alike = [owner for owner in owners if owner.strong is strong]
        before = [owner for owner in alike if owner.at < at]
        here = [owner for owner in alike if owner.sentence == sentence]
        near = [owner for owner in here if owner.at < at][-1:] or [owner for owner in here if owner.at > at][:1]
        if found := near or before[-1:] or [owner for owner in alike if owner.at > at][:1]:
            return facts.get(found[0].agent, NEVER)
    return NEVER


def claims(text: Skeleton, name: str = "F", value: str = "V") -> Iterator[Claim]:
    """Raises `Misread` where it is not clear what has which value."""
    waiting: list[int] = []
    for sentence in text.sentences():
        symbols = denied(sentence)
        found = [(word, slot) for word, slot in symbols if word in (name, value, "W")]
        if not found:
            continue
        kinds = [word == name for word, _ in found]
        if all(kinds):
            waiting += [slot for _, slot in found]
            continue
        if waiting and not any(kinds):
            found = [(name, slot) for slot in waiting] + found
            waiting = []
        if waiting:
            raise Misread("each name with its value", "names without")
        yield from paired(clause_wise(symbols, name, value) or [found], name, sentence.text)
    if waiting:
        raise Misread("each name with its value", "names without")


def denied(sentence: Skeleton) -> list[Symbol]:
    """With a mark `W` for a value that is denied. Raises `Misread` for any other denial."""
    text = say.NOT_IT.sub(r", ", sentence.text)
    text = say.NO_F.sub(lambda none: f"{none[1].replace(' nor ', ' and ')}{none[2]} W", text)
    text = say.NO_V.sub("W", text)
    rest = re.sub(r"(?<!\S)W(?!\S)", "V", text)
    if found := say.DENIED.search(rest):
        raise Misread("what is so, said plainly", f'"{found[0]}"')
    if "W" not in text.split() and (found := re.search(r"(?<!\S)(?:or|either)(?!\S)", text)):
        raise Misread("one value for each, said plainly", f'"{found[0]}"')
    slots = iter(slot for word, slot in sentence.symbols() if slot is not None)
    return [(word, next(slots) if re.fullmatch("[AFVDCXW]", word) else None) for word in text.split()]


def clause_wise(symbols: Sequence[Symbol], name: str, value: str) -> list[list[Symbol]]:
    """The names and values of each clause, if they all have both."""
    clauses: list[list[Symbol]] = [[]]
    for word, slot in symbols:
        if word in APART:
            clauses.append([])
        elif word in (name, value, "W"):
            clauses[-1].append((word, slot))
    found = [clause for clause in clauses if clause]
    whole = all(len({word == name for word, _ in clause}) == 2 for clause in found)
    return found if whole else []


def paired(clauses: Sequence[Sequence[Symbol]], name: str, sentence: str) -> Iterator[Claim]:
    for clause in clauses:
        yield from alternating(clause, name, sentence)


def alternating(found: Sequence[Symbol], name: str, sentence: str) -> Iterator[Claim]:
    first, last = found[0][0] == name, found[-1][0] == name
    if first and last:
        if not say.ALSO.search(sentence):
            raise Misread("each name with its value", "a name without")
        value = next(entry for entry in reversed(found) if entry[0] != name)
        found = [*found, value]
    if not first and not last:
        if sum(word == name for word, _ in found):
            raise Misread("names before their values, or values before their names", "both")
        raise Misread("what has the value", "a value alone")
    if not first:
        found = list(reversed(found))
    names: list[int] = []
    fresh = True
    for word, slot in found:
        if word == name:
            names = [slot] if fresh else [*names, slot]
            fresh = False
        else:
            fresh = True
            yield from (Claim(each, slot, word != "W") for each in names)
