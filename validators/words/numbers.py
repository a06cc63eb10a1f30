"""Numbers in a text, however written: "sixty dollars", "$60", "half past four", "4:30", "the 3rd", "four seven one".

A run of number words is one number if it is one in English (two hundred and five); a run that is none may be a code
said digit by digit, or an hour with its minutes. What is meant is settled by comparing: a run offers all its readings.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from madata.validators.words import english
from madata.validators.words.tokens import split

UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SMALL = {word: value for value, word in enumerate(UNITS)} | {word: 10 * value for value, word in enumerate(TENS, 2)}
ORDINALS = {
    **dict(
        zip(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
            range(1, 13),
            strict=True,
        )
    ),
    **{f"{word}th": value for word, value in SMALL.items() if value in (13, 14, 16, 17, 19)},
    "fifteenth": 15,
    "eighteenth": 18,
    "twentieth": 20,
    "thirtieth": 30,
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
DOZENS = {"dozen": 12}
DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{2})")
THOUSANDS = re.compile(r",(?=\d{3}(?!\d))")
PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,3})?")
MOST_DIGITS = 15
ENDING = ("st", "nd", "rd", "th")
CURRENCY = {"$": "dollar", "€": "euro", "£": "pound"}

Reading = tuple[str, float]
"""("clock", minutes after midnight or noon) or ("", a plain number)."""


class Number(NamedTuple):
    """A number at words `start` to `end`: all it can mean, the unit after it ("" if none), and whether it was a word
    that need not be a number (one, a, first)."""

    readings: frozenset[Reading]
    unit: str
    soft: bool
    start: int
    end: int


def units() -> dict[str, str]:
    found: dict[str, str] = english()["units"]
    return found


def numbers(words: Sequence[str]) -> list[Number]:
    return list(_numbers(words))


@lru_cache(4096)
def of_name(name: str) -> tuple[Number, ...]:
    return tuple(numbers([token.word for token in split(name)]))


def same(wanted: Number, found: Number) -> bool:
    """Whether a number is the one wanted, in its unit; years may go without saying."""
    if not wanted.readings & found.readings:
        return False
    return wanted.unit == found.unit or not wanted.unit or (not found.unit and wanted.unit == "year")


def _numbers(words: Sequence[str]) -> Iterator[Number]:
    at = 0
    while at < len(words):
        found = _clock(words, at) or _run(words, at)
        if found is None:
            at += 1
            continue
        yield found
        at = found.end


def _clock(words: Sequence[str], at: int) -> Number | None:
    """ "half past four", "a quarter to nine", "ten past six"."""
    word, after = words[at], at + 1
    if word == "half" and words[after : after + 1] == ["past"]:
        minutes = 30.0
    elif word == "quarter":
        minutes = 15.0
    elif (value := _single(word)) is not None and value < 60:
        minutes = value
        if words[after : after + 1] == ["minutes"]:
            after += 1
    else:
        return None
    if after + 1 >= len(words) or words[after] not in ("past", "to", "after", "before"):
        return None
    hour = _single(words[after + 1])
    if hour is None or not 1 <= hour <= 24:
        return None
    sign = 1 if words[after] in ("past", "after") else -1
    return Number(frozenset([("clock", 60 * hour + sign * minutes)]), "", False, at, after + 2)


def _single(word: str) -> float | None:
    if word in SMALL:
        return float(SMALL[word])
    return float(word) if word.isdecimal() and word.isascii() and len(word) < 16 else None


def _run(words: Sequence[str], at: int) -> Number | None:
    """Numbers one after another, with the unit before or after them."""
    start, parts = at, list[Reading]()
    unit = CURRENCY.get(words[at], "")
    at += 1 if unit else 0
    soft = words[at : at + 1] == ["one"]
    if words[at : at + 1] in (["a"], ["an"]):
        if words[at + 1 : at + 2] and words[at + 1] in (*SCALES, *DOZENS):
            at += 1
        elif (counted := _unit(words, at + 1))[0]:
            unit, soft = counted[0], True
            parts, at = [("", 1.0)], counted[1]
    while not (soft and parts) and (found := _one(words, at)):
        soft = soft or words[at] in ("first", "second")
        parts.append(found[0])
        at = found[1]
    if not parts:
        return None
    if not unit:
        unit, at = _unit(words, at)
    if words[at : at + 3] == ["and", "a", "half"]:
        return Number(frozenset([("", parts[-1][1] + 0.5)]), unit or _unit(words, at + 3)[0], False, start, at + 3)
    return Number(frozenset([*_readings(parts), *_dotted(words[at - 1])]), unit, soft, start, at)


def _dotted(word: str) -> Iterator[Reading]:
    """ "4.30" can be a time."""
    if (clock := DOTTED.fullmatch(word)) and int(clock[1]) <= 24 and int(clock[2]) < 60:
        yield "clock", 60.0 * int(clock[1]) + int(clock[2])


def _readings(parts: list[Reading]) -> Iterator[Reading]:
    if len(parts) == 1:
        yield parts[0]
        return
    joined = "".join(f"{value:.0f}" for _, value in parts)
    yield "", float(joined) if joined.isdecimal() and len(joined) <= MOST_DIGITS else float("inf")
    (_, hour), (_, minutes) = parts[:2]
    if len(parts) == 2 and hour <= 24 and minutes < 60:
        yield "clock", 60 * hour + minutes


def _one(words: Sequence[str], at: int) -> tuple[Reading, int] | None:
    """One number in English, and where the words go on."""
    if at >= len(words):
        return None
    word = words[at]
    if word == "half" and words[at + 1 : at + 2] in (["a"], ["an"]):
        if words[at + 2 : at + 3] == ["dozen"]:
            return ("", 6.0), at + 3
        counted = _unit(words, at + 2)
        return (("", 0.5), counted[1] - 1) if counted[0] else None
    if not DIGITS.fullmatch(word):
        return _spelled(words, at)
    after = at + 2 if words[at + 1 : at + 2] and words[at + 1] in ENDING else at + 1
    if clock := CLOCK.fullmatch(word):
        hour, minutes = int(clock[1]), int(clock[2])
        return (("clock", 60.0 * hour + minutes) if minutes else ("", float(hour))), after
    plain = THOUSANDS.sub("", word)
    return ("", float(plain) if PLAIN.fullmatch(plain) else float("inf")), after


def _spelled(words: Sequence[str], at: int) -> tuple[Reading, int] | None:
    total, group, start = 0.0, 0.0, at
    while at < len(words):
        word = words[at]
        if word in SMALL and _fits(group, SMALL[word], at == start):
            group += SMALL[word]
        elif word in ORDINALS and _fits(group, ORDINALS[word], at == start):
            return ("", total + group + ORDINALS[word]), at + 1
        elif word == "hundred":
            group = 100 * (group or 1)
        elif word in DOZENS:
            return ("", (group or 1) * DOZENS[word]), at + 1
        elif word in SCALES:
            total, group = total + (group or 1) * SCALES[word], 0.0
        elif word != "and" or not (total or group >= 100) or not _goes_on(words, at, group):
            break
        at += 1
    return (("", total + group), at) if at > start else None


def _fits(group: float, value: int, first: bool) -> bool:
    """Whether a small number can follow: twenty one, a hundred twenty, not five seven."""
    if first or (group % 100 == 0 and value):
        return True
    return group % 100 >= 20 and group % 10 == 0 and 0 < value < 10


def _goes_on(words: Sequence[str], at: int, group: float) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    value = SMALL.get(following, ORDINALS.get(following, 0))
    return value > 0 and _fits(group, value, False)


def _unit(words: Sequence[str], at: int) -> tuple[str, int]:
    """The unit that follows a number, if one does, and where the words go on."""
    after = at
    while after < len(words) and words[after] in ("square", "full", "whole", "single", "good"):
        after += 1
    if after < len(words) and words[after] in units():
        return units()[words[after]], after + 1
    return "", at
