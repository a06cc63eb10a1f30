"""What a marked text claims: clause by clause, whether it denies; sentence by sentence, whether it only asks."""

import re
from collections.abc import Iterator
from functools import cache

from madata.validators.words import english, pattern

SENTENCE = re.compile(r"([^.!?]*)([.!?]*)")
NAMED = re.compile(r"(?<![^ ])[TVN](?![^ ])")
MATTER = re.compile(r"(?<![^ ])[TV](?![^ ])")
VALUE = re.compile(r"(?<![^ ])V(?![^ ])")
LAST = re.compile(r"(?<![^ ])[VN](?![^ ])")


def clauses(text: str) -> Iterator[str]:
    yield from (clause.strip() for clause in pattern("idioms", "between").split(text))


def sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences, and whether each is a question."""
    for found in SENTENCE.finditer(text):
        if words := found[1].strip(" ,;:"):
            yield words, "?" in found[2]


@cache
def asides() -> re.Pattern[str]:
    """Questions at the end of a sentence that want no answer (", can you believe it?")."""
    return re.compile(rf"(?:^|(?<=[.!?,;:]))(?: and| so)? ?(?:{'|'.join(english()['idioms']['rhetorical'])}) \?")


def without_idioms(text: str) -> str:
    """Without what sounds like a denial or a question and is none."""
    return pattern("idioms", "neutral").sub("", asides().sub(" .", text))


def denies(text: str) -> bool:
    """Whether some clause about the matter denies, or a question of one's own is answered with no."""
    return any(map(_denies, clauses(text))) or _answered_no(text)


def _denies(clause: str) -> bool:
    if pattern("idioms", "retracts").fullmatch(clause):
        return True
    if not MATTER.search(clause) and not pattern("idioms", "pronouns").fullmatch(clause):
        return False
    found = [each.start() for each in pattern("idioms", "denials").finditer(clause)]
    for each in pattern("idioms", "elsewhere").finditer(clause):
        if not found or not found[0] < clause.rfind("V") < each.start():
            found.append(each.start())
    return len(found) % 2 == 1


def _answered_no(text: str) -> bool:
    """A question of one's own about the matter, and the answer no."""
    asked = False
    for words, question in sentences(text):
        if asked and any(pattern("idioms", "answers").fullmatch(clause) for clause in clauses(words)):
            return True
        asked = question and bool(VALUE.search(words))
    return False


ANSWER = re.compile(
    r"(?<![^ ])(?:it|that|there|this|here|i|T|V|N|yes|yep|yeah|no|nope|not|indeed|exactly|right|correct)(?![^ ])"
)


def left_open(text: str) -> bool:
    """Whether what is told is only asked: its last name is in a question and no statement after that takes it up."""
    said = list(sentences(text))
    for at, (words, question) in enumerate(said):
        if question and LAST.search(words):
            return not any(not later and ANSWER.search(more) for more, later in said[at + 1 :])
    return False


def undone(text: str) -> str:
    """What says in a clause that names something that it is not done, or only in thought."""
    for clause in re.split("[.!?;:,]", text):
        if NAMED.search(clause) and (found := pattern("undone", "all").search(clause)):
            return found[0]
    return ""
