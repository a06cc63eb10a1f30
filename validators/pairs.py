"""Check `pairs`: the two episodes of a minimal pair differ in one thing, the one that is named, and in what follows.

A pair that is not minimal is a wrong label: whatever learns from it takes the other difference for the cause. What is
given in the two worlds (not what happens by it) is compared here, apart from the engine that made them; that each
answer follows from its own world is for `replay`, that the words say so for `text`. A task says what may be otherwise
in its module `pairs`: `faults(original, other, change)` and `same(query, other, change)`.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import ValidationError

from madata.schemas import Record, read_episode
from madata.schemas.counterfactuals import Pair
from madata.schemas.rundir import PAIRS, RUN, parts
from madata.schemas.tasks import Episode
from madata.validators import task
from madata.validators.check import Check, Finding
from madata.validators.lines import Chunk, InputError, Line, read, split

ALIKE = ("schema_version", "task", "family", "seed", "difficulty", "conventions", "provenance")
ASKED = ("ability", "order", "text", "options", "view")

R = TypeVar("R", bound=Record)
Fault = tuple[str, object, object]


def audit(run: Path) -> Iterator[Finding]:
    if not (run / PAIRS).is_file():
        if (stored := described(run)).get("kind") == "counterfactuals":
            yield Finding(CHECK.name, str(run), PAIRS, f"a file (run.json: {stored.get('n')} episodes)", "none")
        return
    rest = episodes(run)
    pairs = 0
    for record in records(run / PAIRS, Pair, CHECK.name):
        if isinstance(record, Finding):
            yield record
            continue
        pairs += 1
        original, other = next(rest, None), next(rest, None)
        found = [each.id for each in (original, other) if each]
        if original is None or other is None or found != [record.original, record.counterfactual]:
            expected = f"{record.original} and {record.counterfactual}, the next two episodes"
            yield Finding(CHECK.name, record.pair, "episodes", expected, " and ".join(found) or "none")
            return
        for where, wanted, is_ in faults(record, original, other):
            yield Finding(CHECK.name, record.counterfactual, f"{record.pair}, {where}", brief(wanted), brief(is_))
    left = sum(1 for _ in rest)
    if left:
        yield Finding(CHECK.name, str(run), PAIRS, "a pair for each two episodes", f"{left} episodes of no pair")
    rejected = sum(part.rejected.read_bytes().count(b"\n") for part in parts(run))
    if (asked := described(run).get("read")) != pairs + rejected:
        expected = f"a pair or a reason for each of {asked} episodes read"
        yield Finding(CHECK.name, str(run), RUN, expected, f"{pairs} pairs and {rejected} rejected")


def described(run: Path) -> dict[str, Any]:
    """What was asked; nothing, if that cannot be read (see `counts`)."""
    try:
        config = orjson.loads((run / RUN).read_bytes())["config"]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    return config if isinstance(config, dict) else {}


def episodes(run: Path) -> Iterator[Episode]:
    """The readable ones, in order; what is wrong with the others is for `schema`."""
    for part in parts(run):
        if part.episodes.stat().st_size:
            for line in lines(part.episodes):
                if isinstance(line, Line):
                    try:
                        yield read_episode(line.record)
                    except ValidationError:
                        continue


def lines(path: Path) -> Iterator[Line | Finding]:
    try:
        for chunk in split(path):
            yield from read(chunk) if isinstance(chunk, Chunk) else [chunk]
    except InputError as error:
        yield Finding("schema", str(path), "file", "JSONL", str(error))


def records(path: Path, kind: type[R], check: str) -> Iterator[R | Finding]:
    """The records of a file, or why a line is none."""
    for line in lines(path):
        if isinstance(line, Finding):
            yield Finding(check, line.episode, line.where, line.expected, line.found)
            continue
        try:
            yield kind.model_validate(line.record)
        except ValidationError as error:
            flaw = error.errors()[0]
            where = ".".join(map(str, flaw["loc"])) or "record"
            yield Finding(check, line.where, where, f"a record {kind.__name__}", brief(flaw["msg"]))


def faults(record: Pair, original: Episode, other: Episode) -> Iterator[Fault]:
    for field in ALIKE:
        if getattr(original, field) != getattr(other, field):
            yield field, getattr(original, field), getattr(other, field)
    if original.task != other.task:
        return
    differs = task.module(original.task, "pairs")
    try:
        yield from differs.faults(original, other, record.change)
        yield from asked(record, original, other, differs.same)
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        yield "change", "a change that the task knows", f"{record.change} ({error})"


def asked(record: Pair, original: Episode, other: Episode, same: Any) -> Iterator[Fault]:
    """The same questions, in the same words, and as many other answers as are said to be."""
    questions = {question.id: question for question in other.questions}
    expected = [question.id for question in original.questions if question.id not in record.left_out]
    if [question.id for question in other.questions] != expected:
        yield "questions", expected, list(questions)
        return
    flipped = {}
    for question in original.questions:
        if question.id not in questions:
            continue
        now = questions[question.id]
        for field in ASKED:
            if getattr(question, field) != getattr(now, field):
                yield f"question {question.id}, {field}", getattr(question, field), getattr(now, field)
        if not same(question.query, now.query, record.change):
            yield f"question {question.id}, query", question.query, now.query
        if question.answer != now.answer:
            flipped[question.id] = (question.answer, now.answer)
    stated = {each.id: (each.was, each.is_) for each in record.questions}
    if stated != flipped:
        yield "questions with another answer", flipped, stated
    if record.unchanged != len(questions) - len(flipped):
        yield "unchanged", len(questions) - len(flipped), record.unchanged


def otherwise(fields: Iterable[str], first: Record, second: Record) -> Iterator[Fault]:
    """The fields, of those that ought to be alike, that are not."""
    for field in fields:
        if getattr(first, field) != getattr(second, field):
            yield f"world, {field}", getattr(first, field), getattr(second, field)


def brief(value: object, limit: int = 200) -> str:
    text = str(value)
    return text if len(text) <= limit else f"{text[:limit]}..."


CHECK = Check("pairs", "each minimal pair differs in the one thing named, and the answers flip as stated", audit=audit)
