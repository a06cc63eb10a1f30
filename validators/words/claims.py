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
    """Whether some clause about the matter denies. A question of one's own counts by its answer."""
    said = list(sentences(text))
    for at, (words, question) in enumerate(said):
        denied = any(map(_denies, clauses(words)))
        if question and VALUE.search(words):
            denied = _answered(denied, said[at + 1 :])
        if denied:
            return True
    return False


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


ANSWER = re.compile(
    r"(?<![^ ])(?:it|that|there|this|here|i|T|V|N|yes|yep|yeah|no|nope|not|indeed|exactly|right|correct)(?![^ ])"
)


def _answered(denied: bool, later: list[tuple[str, bool]]) -> bool:
    """What becomes of a question after which these sentences come: "no" denies, "think again" turns it round, and a
    statement that takes the matter up stands for itself."""
    answers = (
        [clause for clause in clauses(later[0][0]) if pattern("idioms", "answers").fullmatch(clause)] if later else []
    )
    if answers:
        return answers[0].startswith("no") or not denied
    return denied and not any(not question and ANSWER.search(words) for words, question in later)


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
