"""Whether the labels of questions are those that the game derives: what the check `replay` of each task of games does.

A question is right if its options are legible and distinct, if `answer` lists those of them that are right, in their
order, and if its order, its evidence and its view are what the task's page says ("Questions").
"""

from collections.abc import Iterator
from typing import Any

from madata.validators.trial import Derived, Fault, Game, Json, Trial


def faults(trial: Trial[Any]) -> Iterator[Fault]:
    ids: set[str] = set()
    for question, derived in zip(trial.episode["questions"], trial.answers, strict=True):
        where = f"question {question['id']}"
        if question["id"] in ids:
            yield Fault(where, "an id of its own", "the id of an earlier question")
        ids.add(question["id"])
        if isinstance(derived, Fault):
            yield Fault(f"{where}, {derived.where}", derived.expected, derived.found)
            continue
        for part, expected, found in differences(trial.game, question, derived):
            yield Fault(f"{where}, {part}", str(expected), str(found))


def differences(game: Game, question: Json, derived: Derived) -> Iterator[tuple[str, object, object]]:
    """What is wrong with a question: the field, what it should be, what it is."""
    options = question["options"]
    if len(set(options)) != len(options):
        yield "options", "distinct options", options
    for option in options:
        if not game.legible(question["query"], option):
            yield "options", f"answers that a question of kind {question['query']['kind']} can have", option
    for right in derived.answer:
        if right not in options:
            yield "options", right, options
    for part in ("answer", "order", "evidence", "view"):
        if question[part] != getattr(derived, part):
            yield part, getattr(derived, part), question[part]
