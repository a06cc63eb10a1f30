"""A minimal pair: an episode, and the same world in which one thing is otherwise, so that an answer is another.

Contrast sets (Gardner et al. 2020, "Evaluating Models' Local Decision Boundaries via Contrast Sets") change an input as
little as can be so that its label flips: whoever answers by anything but the world is wrong on one of the two. Here no
person edits and nobody labels. A task takes the world from the record, changes one thing, lets it happen again by its
own engine and tells it; a question keeps its words, its options and their order, and gets the answer that now holds.

A task has this in its module `counterfactuals`: `variants(episode, rng)` yields what could be changed and what comes of
it. A question that cannot be put in both worlds in the same words is left out of the second.
"""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from importlib import import_module
from itertools import chain, zip_longest
from typing import Any, Protocol, TypeVar, cast

from madata.schemas import Question, Turn, episode_id
from madata.schemas.records import digest
from madata.schemas.tasks import Episode

TRIES = 40
"""Changes that are tried for one episode."""

MORE = 6
"""Changes that are still tried when one gives another answer but leaves questions out: one that leaves out fewer may
follow."""

Json = dict[str, Any]
Told = Sequence[tuple[list[str], str]]
"""Audience and text of turns."""
T = TypeVar("T")
Q = TypeVar("Q", bound=Question)


class Skipped(Exception):
    """An episode that gives no pair, with the reason that is counted and written out."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason = reason
        self.detail = detail


class Untellable(ValueError):
    """What has happened cannot be told in the words of the original."""


@dataclass(frozen=True, slots=True)
class Variant:
    """`change` is a record of what is otherwise, with a `sentence`; `answers` holds answer, evidence and view by
    question, with the query if that has moved, and no question that cannot be put; `content` gives what else of the
    episode is another, or raises `Untellable`."""

    change: Json
    answers: dict[str, Json]
    content: Callable[[], Json]


class Task(Protocol):
    """A module `counterfactuals`."""

    def variants(self, episode: Any, rng: random.Random) -> Iterator[Variant]:
        """Whatever could be otherwise, in the order in which it is tried; raises `Skipped` where nothing can."""


def task(name: str) -> Task:
    return cast(Task, import_module(f"madata.generators.{name}.counterfactuals"))


@dataclass(frozen=True, slots=True)
class Pair:
    """The second episode, and the record that ties it to the first."""

    episode: Json
    record: Json


def pair(original: Json, episode: Episode) -> Pair:
    """`original` is the JSON value of `episode`. Raises `Skipped`."""
    rng = random.Random(f"{original['id']}/counterfactual")
    best: tuple[int, Variant, Json] | None = None
    left = TRIES
    for variant in task(episode.task).variants(episode, rng):
        lacks = len(original["questions"]) - len(variant.answers)
        if flips(original, variant) and (best is None or lacks < best[0]):
            try:
                content = variant.content()
            except Untellable:
                continue
            left, best = left if best else min(left, MORE), (lacks, variant, content)
        left -= 1
        if not left or (best and not best[0]):
            break
    if best is None:
        raise Skipped("nothing_flips", "no change that was tried gives any question another of its options")
    return _pair(original, *best[1:])


def flips(original: Json, variant: Variant) -> bool:
    return any(
        question["id"] in variant.answers and variant.answers[question["id"]]["answer"] != question["answer"]
        for question in original["questions"]
    )


def _pair(original: Json, variant: Variant, changed: Json) -> Pair:
    asked = [
        {**question, **variant.answers[question["id"]]}
        for question in original["questions"]
        if question["id"] in variant.answers
    ]
    content = {**original, **changed, "questions": asked}
    other = {**content, "id": episode_id(content)}
    was = {question["id"]: question["answer"] for question in original["questions"]}
    flipped = [
        {"id": question["id"], "was": was[question["id"]], "is": question["answer"]}
        for question in asked
        if question["answer"] != was[question["id"]]
    ]
    record = {
        "pair": f"pair-{digest([original['id'], other['id']])}",
        "original": original["id"],
        "counterfactual": other["id"],
        "change": variant.change,
        "questions": flipped,
        "unchanged": len(asked) - len(flipped),
        "left_out": [id_ for id_ in was if id_ not in variant.answers],
    }
    return Pair(other, record)


def in_turn(groups: Iterable[Sequence[T]], rng: random.Random) -> Iterator[T]:
    """All items, each group in random order and one of each group after the other: what there are few of is tried as
    soon as what there are many of."""
    shuffled = [rng.sample(group, len(group)) for group in groups]
    rng.shuffle(shuffled)
    gap = object()
    for item in chain.from_iterable(zip_longest(*shuffled, fillvalue=gap)):
        if item is not gap:
            yield cast(T, item)


def grouped(items: Iterable[T], key: Callable[[T], str]) -> list[list[T]]:
    found: dict[str, list[T]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return list(found.values())


def answered(
    questions: Iterable[Q], answer: Callable[[Q], Json], unasked: tuple[type[Exception], ...]
) -> dict[str, Json]:
    """Of each question that can still be put (`answer` raises no `unasked`), what is now otherwise."""
    found = {}
    for question in questions:
        try:
            found[question.id] = answer(question)
        except unasked:
            continue
    return found


def possible(options: Sequence[str], answer: Sequence[str]) -> bool:
    """Whether these can be the right ones of the options, some of them and not all."""
    return 0 < len(answer) < len(options) and all(right in options for right in answer)


def renumbered(turns: Iterable[Turn]) -> list[Mapping[str, Any]]:
    return [turn.model_copy(update={"index": index}).model_dump() for index, turn in enumerate(turns)]


def retold(stored: Sequence[Turn], was: Told, is_: Told) -> list[Turn]:
    """The turns of a setting that was told twice with the same chance, as it was and as it is: what comes out alike is
    left in the words that are `stored`."""
    turns = [
        Turn(index=0, time=0, speaker=None, audience=audience, channel="narration", act=None, text=text, event=None)
        for audience, text in is_
    ]
    if [audience for audience, _ in was] != [turn.audience for turn in stored]:
        return turns
    first, second = ([(*audience, text) for audience, text in told] for told in (was, is_))
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        turns[block.b : block.b + block.size] = stored[block.a : block.a + block.size]
    return turns


def small_talk(episode: Episode) -> int:
    """How many turns say nothing about the world."""
    return sum(turn.speaker is not None and turn.event is None and turn.act is None for turn in episode.turns)
