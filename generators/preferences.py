"""A preference: a question about an episode, its right answer, and a near miss that the same world shows to be wrong.

    {"prompt": the story as its view has it, and the question; "chosen": "box"; "rejected": "basket";
     "why": "reality_instead_of_belief"; "near": the query that "basket" does answer}

The form is that of direct preference optimisation (Rafailov et al. 2023): what is learnt is the difference between the
two answers. A wrong option at random teaches little; a near miss is what one says who takes what is so for what she
believes, or her own belief for another's. So it is derived: `near` is another query, which the near miss answers in the
same world. A question for which there is none that is wrong has no preference.

A task has this in its module `near_misses`: `near_misses(episode)` yields them.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Any, NamedTuple, Protocol, cast

from madata.schemas import Question, Record
from madata.schemas.records import digest
from madata.schemas.tasks import Episode

MOST = 2
"""Near misses of a question; a large team would have hundreds."""

Json = dict[str, Any]


class NearMiss(NamedTuple):
    """Of the question `id`: the answer that is wrong, what mistake that is, and the query that it answers."""

    id: str
    rejected: list[str]
    why: str
    near: Record


def answered(
    id: str,
    near: Iterable[tuple[str, Record]],
    answer: Callable[[Any], list[str]],
    unasked: tuple[type[Exception], ...],
) -> Iterator[NearMiss]:
    """Near misses of a question: those of the queries that have an answer (`answer` raises no `unasked`)."""
    for why, query in near:
        try:
            yield NearMiss(id, answer(query), why, query)
        except unasked:
            continue


class Task(Protocol):
    """A module `near_misses`."""

    def near_misses(self, episode: Any) -> Iterator[NearMiss]: ...


def task(name: str) -> Task:
    return cast(Task, import_module(f"madata.generators.{name}.near_misses"))


def preferences(episode: Episode) -> Iterator[Json]:
    """Near misses that are made of options and are not the right answer, the nearest first, no two of a question
    alike."""
    questions = {question.id: question for question in episode.questions}
    seen: dict[str, list[list[str]]] = {id_: [] for id_ in questions}
    for miss in task(episode.task).near_misses(episode):
        question, before = questions[miss.id], seen[miss.id]
        if len(before) == MOST or miss.rejected in before or not wrong(miss.rejected, question):
            continue
        before.append(miss.rejected)
        yield {
            "id": f"preference-{digest([episode.id, miss.id, miss.rejected])}",
            "episode": episode.id,
            "question": miss.id,
            "prompt": prompt(episode, question.id),
            "chosen": said(question.answer),
            "rejected": said(miss.rejected),
            "why": miss.why,
            "near": miss.near.model_dump(),
        }


def wrong(rejected: list[str], question: Question) -> bool:
    """Whether it is an answer in the question's options, and not the right one."""
    return bool(rejected) and set(rejected) <= set(question.options) and set(rejected) != set(question.answer)


def prompt(episode: Episode, id: str) -> str:
    """What whoever has the question's view is told, the question and its options."""
    (question,) = (question for question in episode.questions if question.id == id)
    names = {agent.id: agent.name for agent in episode.agents}
    story = [
        f"{names[turn.speaker]}: {turn.text}" if turn.speaker else turn.text
        for turn in episode.turns
        if question.view == "reader" or question.view in turn.audience
    ]
    options = [f"- {option}" for option in question.options]
    return "\n".join([*story, "", question.text, *options])


def said(answer: list[str]) -> str:
    """An answer in words, several right options one a line."""
    return "\n".join(answer)
