"""What a document has in it, as named features that a choice is to cover.

A feature belongs to one of four facets. An episode has a feature or has it not, however often it shows:

    structure   family, capabilities, conventions, knobs, and which kind of event follows which
    ability     what is asked, at which order, by how much evidence, and whether the answer is yes
    difficulty  a fifth of its family (from `difficulty.py`)
    outcome     what the acts came to, and how they failed (`failure_modes`)

Of a foreign row little is known: its pairs of words are its structure, the labels of its questions its ability. A
number is no feature by itself: `table.py` sees all values and says which of them make one.
"""

import zlib
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from madata.validators.check import EpisodeJson
from madata.validators.corpus.document import Document, Item
from madata.validators.failure_modes import observed

MOST_EVIDENCE = 3
WORD_PAIRS = 1 << 14
POLAR = {"yes", "no"}


class Aspect(NamedTuple):
    """What a feature is a value of: in which scope (a task, or a file of rows), of which facet; `within` names the
    family if its values mean something in one family only."""

    scope: str
    facet: str
    name: str
    within: str


class Profile(NamedTuple):
    """`group` is what difficulty is compared within; `demands` are numbers of which more is harder, in every task."""

    group: tuple[str, str]
    values: tuple[tuple[Aspect, str], ...]
    numbers: tuple[tuple[Aspect, float], ...]
    demands: tuple[tuple[str, float], ...]


def profile(document: Document) -> Profile:
    return of_episode(document.episode, document) if document.episode else of_row(document)


def of_episode(episode: EpisodeJson, document: Document) -> Profile:
    task, family = episode["task"], episode["family"]
    events = [event["kind"] for event in episode["world"]["events"]]
    values = [
        (Aspect(task, "structure", "family", ""), family),
        (Aspect(task, "structure", "capabilities", ""), "+".join(episode["capabilities"]) or "none"),
        *((Aspect(task, "structure", name, ""), str(value)) for name, value in episode["conventions"].items()),
        *((Aspect(task, "structure", "events", family), " ".join(pair)) for pair in pairwise(["-", *events, "-"])),
    ]
    numbers: list[tuple[Aspect, float]] = [
        (Aspect(task, "structure", name, family), value) for name, value in episode["difficulty"].items()
    ]
    for item, question in zip(document.items, episode["questions"], strict=True):
        values += asked(task, item, len(question["evidence"]))
    for name, value in (episode["outcome"] or {}).items():
        aspect = Aspect(task, "outcome", name, family)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers.append((aspect, value))
        else:
            values.append((aspect, name_of(value)))
    if failed := observed(document):
        modes = {failure.mode for failure in failed.failures} or {"none"}
        values += [(Aspect(task, "outcome", "failure", ""), mode) for mode in sorted(modes)]
    demands: list[tuple[str, float]] = [("agents", len(episode["agents"])), ("turns", len(episode["turns"]))]
    if questions := episode["questions"]:
        for name, amounts in (
            ("order", [question["order"] for question in questions]),
            ("evidence", [len(question["evidence"]) for question in questions]),
            ("options", [len(question["options"]) for question in questions]),
        ):
            demands.append((name, sum(amounts) / len(amounts)))
    return Profile((task, family), tuple(dict.fromkeys(values)), tuple(numbers), tuple(demands))


def of_row(document: Document) -> Profile:
    scope = document.group
    words = document.masked.lower().split()
    pairs = (str(zlib.crc32(" ".join(pair).encode()) % WORD_PAIRS) for pair in pairwise(words))
    values = [(Aspect(scope, "structure", "words", ""), pair) for pair in pairs]
    for item in document.items:
        values += asked(scope, item, 0)
    options = sum(len(item.options) for item in document.items)
    demands = (("words", len(words)), ("options", options))
    return Profile((scope, ""), tuple(dict.fromkeys(values)), (), demands)


def asked(scope: str, item: Item, evidence: int) -> Iterator[tuple[Aspect, str]]:
    for name in ("ability", "order"):
        if name in item.labels:
            yield Aspect(scope, "ability", name, ""), item.labels[name]
    answer = item.answer[0] if item.answer and POLAR.issuperset(item.options or ("",)) else "open"
    known = (*item.labels.values(), f"evidence {min(evidence, MOST_EVIDENCE)}", answer)
    yield Aspect(scope, "ability", "question", ""), " ".join(known)


def name_of(value: object) -> str:
    """A value of an outcome that is no number: of a list or an object, only whether there is anything in it."""
    return ("some" if value else "empty") if isinstance(value, (list, dict)) else str(value)
