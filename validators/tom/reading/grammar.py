"""From the skeleton of a text to what its sentences say, by the forms of the lexicon.

The forms of a heading are one regular expression over words that each end in a space. Stories repeat skeletons, not
texts, so a skeleton is parsed once and remembered.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from itertools import count
from typing import NamedTuple

from madata.validators.tom.reading import lexicon
from madata.validators.tom.reading.names import ARTICLES

LONGEST = 4000
SYMBOL = re.compile(r"<[^<>]+>|@?\w+|[^\w\s]")
BRACKETS = {"[": "(?:", "]": ")?", "{": "(?:", "}": ")*", "(": "(?:", ")": ")", "|": "|"}
STOPS = (".", "!", "?")
UNREAD = "unread"
EVENT = "event"


class Sentence(NamedTuple):
    """What a sentence says: the heading of its form, which slots fill each role and the words there, how it is said,
    and the event it mentions."""

    says: str
    slots: Mapping[str, tuple[int, ...]]
    words: Mapping[str, str]
    manner: frozenset[str]
    event: "Sentence | None" = None


Span = tuple[str, int, int]
Forms = list[tuple[str, re.Pattern[str]]]
Adverbials = list[tuple[str, re.Pattern[str]]]


@lru_cache(maxsize=1 << 16)
def turn(skeleton: str) -> tuple[Sentence, ...]:
    """What a turn says: one form, or each of its sentences a form; what is no form says `UNREAD`."""
    text = words(skeleton)
    whole = statement(text, 0)
    stops = [at + 1 for at, word in enumerate(text) if word in STOPS]
    if whole.says != UNREAD or stops[:-1] == [] or stops[-1] != len(text):
        return (whole,)
    parts = [text[first:end] for first, end in zip([0, *stops], stops, strict=False)]
    slots = [sum(word.startswith("@") for part in parts[:number] for word in part) for number in range(len(parts))]
    return tuple(statement(part, first) for part, first in zip(parts, slots, strict=True))


@lru_cache(maxsize=1 << 16)
def question(skeleton: str) -> Sentence:
    """What a question asks."""
    return match(words(skeleton), 0, questions(), manners())


def statement(text: list[str], first: int) -> Sentence:
    rule = match(text, first, rules(), [])
    return match(text, first, statements(), manners_and_openings()) if rule.says == UNREAD else rule


def words(skeleton: str) -> list[str]:
    if len(skeleton) > LONGEST:
        return []
    text = skeleton.lower().replace("can ' t", "can not").replace("n ' t", " not").replace("cannot", "can not")
    return [word for word in text.split() if word not in ARTICLES]


def match(text: list[str], first: int, forms: Forms, adverbials: Adverbials) -> Sentence:
    line, manner = without(" ".join(text).rstrip(".!? "), adverbials)
    slots = [at for at, character in enumerate(line) if character == "@"]
    for heading, form in forms:
        if found := form.fullmatch(line):
            roles = [
                (group.split("__")[0], *found.span(group)) for group in form.groupindex if found[group] is not None
            ]
            mention = next(((start, end) for role, start, end in roles if role == EVENT), (len(line), len(line)))
            inside = [span for span in roles if mention[0] <= span[1] and span[2] <= mention[1] and span[0] != EVENT]
            outside = [span for span in roles if span not in inside and span[0] != EVENT]
            event = filled(inside, line, slots, first, frozenset())
            return filled(outside, line, slots, first, manner)._replace(says=heading, event=event if inside else None)
    return Sentence(UNREAD, {}, {}, manner)


def filled(roles: list[Span], line: str, slots: list[int], first: int, manner: frozenset[str]) -> Sentence:
    """A sentence from where its roles are; a mark among them says which table its form is from."""
    numbers: dict[str, tuple[int, ...]] = {}
    words: dict[str, str] = {}
    says = UNREAD
    for role, start, end in roles:
        if start == end:
            says = role.replace("_", " ")
        numbers[role] = numbers.get(role, ()) + tuple(first + n for n, at in enumerate(slots) if start <= at < end)
        words[role] = line[start:end].strip()
    return Sentence(says, numbers, words, manner)


def without(line: str, adverbials: Adverbials) -> tuple[str, frozenset[str]]:
    """A line without its adverbials and the commas that set them off, each word with a space after it."""
    line = f" {line} "
    manner = []
    for mark, adverbial in adverbials:
        line, times = adverbial.subn(" ~", line)
        manner += [mark] * bool(times)
    line = re.sub(r"^(?: ~| ,)+(?= )", "", line)
    line = re.sub(r"(?<= [,;:]) ~ ,", "", line).replace(" ~", "")
    return re.sub(r"(?: ,)+ $", " ", line).removeprefix(" "), frozenset(manner)


# The lexicon as regular expressions.


@cache
def rules() -> Forms:
    return list(compiled(lexicon.RULES))


@cache
def statements() -> Forms:
    return list(compiled(lexicon.EVENTS | lexicon.SETTING))


@cache
def questions() -> Forms:
    return list(compiled(lexicon.QUESTIONS, "[<time> ,] [<from the view of>]"))


@cache
def manners() -> Adverbials:
    return [(mark, adverbial(phrases)) for mark, phrases in lexicon.ADVERBIALS.items()]


@cache
def manners_and_openings() -> Adverbials:
    return [*manners(), ("", adverbial(lexicon.OPENINGS))]


def adverbial(phrases: str) -> re.Pattern[str]:
    lines = [" ".join(words(" ".join(SYMBOL.findall(phrase)))) for phrase in re.split(r"[|\n]", phrases)]
    longest_first = sorted(filter(None, lines), key=len, reverse=True)
    return re.compile(f" (?:{'|'.join(longest_first)})(?= )")


def compiled(table: Mapping[str, str], opening: str = "") -> Iterator[tuple[str, re.Pattern[str]]]:
    number = count()
    for heading, forms in table.items():
        yield heading, re.compile(regex(opening, number) + regex(forms, number))


def regex(forms: str, number: Iterator[int]) -> str:
    """The regular expression of a choice of lines; groups are called after their role and get a number of their own."""
    lines = [
        "".join(symbol(part, number) for part in SYMBOL.findall(line)) for line in forms.splitlines() if line.strip()
    ]
    return f"(?:{'|'.join(lines)})"


def symbol(part: str, number: Iterator[int]) -> str:
    if part in BRACKETS:
        return BRACKETS[part]
    if not part.startswith("<"):
        return "" if part in ARTICLES else re.escape(part) + " "
    name = part[1:-1]
    if name.startswith("!"):
        return f"(?P<{name[1:].replace(' ', '_')}__{next(number)}>)"
    if name in lexicon.ROLES or name == EVENT:
        return f"(?P<{name}__{next(number)}>{regex(parts()[name], number)})"
    return regex(parts()[name], number)


@cache
def parts() -> Mapping[str, str]:
    """The parts of the lexicon, and those made of its other tables: a line is marked with its heading."""
    return {**lexicon.PARTS, **lexicon.ROLES, EVENT: "\n".join(marked(lexicon.MENTIONS)), "time": "\n".join(times())}


def marked(table: Mapping[str, str]) -> Iterable[str]:
    return (f"<!{heading}> {line}" for heading, lines in table.items() for line in lines.splitlines() if line.strip())


def times() -> Iterable[str]:
    relative = ("before", "after")
    return (
        f"{line} <event>" if line.startswith(tuple(f"<!{name}>" for name in relative)) else line
        for line in marked(lexicon.TIMES)
    )
