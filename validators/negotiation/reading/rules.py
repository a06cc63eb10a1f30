"""What kind of thing a sentence says, by phrases and by what it names.

A rule has a heading, cues (each a choice of phrases, all to be found), and the marks of the names and numbers a
sentence of its kind bears: all it bears, in any order. A denial that no cue accounts for makes a sentence something
else, so "that is final" is not read in "that is not final". The first rule that fits counts.
"""

import re
from functools import lru_cache
from typing import NamedTuple

DENIAL = re.compile(
    r"(?<!\S)(?:not|never|no|nobody|none|nothing|neither|nor|without|hardly|cannot|nowhere|false|untrue)(?!\S)"
)
MARK = re.compile(r"[@#]\w*")
LETTERS = {"@a": "a", "@i": "i", "@c": "c", "@o": "o", "@r": "r", "#": "n", "#th": "t", "@p": "p", "@e": "e", "@b": "b"}
LONGEST = 1500


class Rule(NamedTuple):
    says: str
    cues: tuple[re.Pattern[str], ...]
    bears: re.Pattern[str]
    denies: bool


class Rules:
    """Rules in the order in which they are tried. Equal only to themselves, so that they are quickly looked up."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules


def rule(says: str, bears: str, *cues: str, denies: bool = False) -> Rule:
    """`bears`: a regular expression over the letters of the marks, sorted. A cue has a choice of phrases a line.
    `denies`: denials mean nothing here."""
    return Rule(says, tuple(map(phrases, cues)), re.compile(bears), denies)


def phrases(cue: str) -> re.Pattern[str]:
    lines = "|".join(line for line in map(str.strip, cue.splitlines()) if line)
    return re.compile(rf"(?<!\S)(?:{lines})(?!\S)")


@lru_cache(1 << 15)
def borne(skeleton: str) -> str:
    return "".join(sorted(LETTERS[mark] for mark in MARK.findall(skeleton)))


@lru_cache(1 << 16)
def heading(skeleton: str, rules: Rules) -> str | None:
    """What a skeleton says; None if no rule fits."""
    if len(skeleton) > LONGEST:
        return None
    bears = borne(skeleton)
    return next((each.says for each in rules.rules if each.bears.fullmatch(bears) and fits(skeleton, each)), None)


def fits(skeleton: str, each: Rule) -> bool:
    rest = skeleton
    for cue in each.cues:
        if not cue.search(skeleton):
            return False
        rest = cue.sub(" ", rest)
    return each.denies or not DENIAL.search(rest)
