"""Check `replay`: every label of every question follows from the world, derived again by the model checker.

A question is right if `answer` lists exactly those of its options that the world makes true, and if its order, its
evidence and its view are what docs/semantics.md says.
"""

import re
from collections.abc import Callable, Iterator

from madata.schemas.tom import GUESS, LIE, MISTAKE, TRUTH
from madata.schemas.words import NO, UNSETTLED, YES, name_list
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.tom.model_checker import Answer, Story, order
from madata.validators.tom.stage import Json, Setting, StoryError

NAME = "replay"


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    try:
        story = Story(episode["world"], episode["conventions"], episode["agents"])
    except StoryError as error:
        yield Finding(NAME, episode["id"], error.where, error.expected, error.found)
        return
    ids: set[str] = set()
    for question in episode["questions"]:
        where = f"question {question['id']}"
        if question["id"] in ids:
            yield Finding(NAME, episode["id"], where, "an id of its own", "the id of an earlier question")
        ids.add(question["id"])
        try:
            answer = story.answer(question["query"])
        except StoryError as error:
            yield Finding(NAME, episode["id"], f"{where}, {error.where}", error.expected, error.found)
            continue
        for part, expected, found in faults(story.setting, question, answer):
            yield Finding(NAME, episode["id"], f"{where}, {part}", str(expected), str(found))


def faults(setting: Setting, question: Json, derived: Answer) -> Iterator[tuple[str, object, object]]:
    """What is wrong with a question: the field, what it should be, what it is."""
    options, answer = question["options"], question["answer"]
    if len(set(options)) != len(options):
        yield "options", "distinct options", options
    legible = LEGIBLE.get(question["query"]["kind"])
    for option in options:
        if legible and not legible(setting, option):
            yield "options", "names as in the world", option
    for right in derived.answer:
        if right not in options:
            yield "options", right, options
    if answer != derived.answer:
        yield "answer", derived.answer, answer
    if question["order"] != order(question["query"]):
        yield "order", order(question["query"]), question["order"]
    if question["evidence"] != derived.evidence:
        yield "evidence", derived.evidence, question["evidence"]
    if question["view"] != derived.view:
        yield "view", derived.view, question["view"]


def names_value(setting: Setting, option: str) -> bool:
    return option == UNSETTLED or option in setting.names.values()


def answers_polar(setting: Setting, option: str) -> bool:
    return option in (YES, NO)


def lists_names(setting: Setting, option: str) -> bool:
    """A list in any other order would be a second way to write an answer."""
    named = set(re.split(", | and ", option))
    return option == name_list([name for name in setting.agents.values() if name in named])


def states(setting: Setting, option: str) -> bool:
    return option in (LIE, MISTAKE, TRUTH, GUESS)


LEGIBLE: dict[str, Callable[[Setting, str], bool]] = {
    "value": names_value,
    "search": names_value,
    "knows": answers_polar,
    "saw": answers_polar,
    "knowers": lists_names,
    "targets": lists_names,
    "lie": states,
}

CHECK = Check(NAME, "every answer, with its order, evidence and view, follows from the world", judge=judge)
