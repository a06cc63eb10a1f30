"""Check `preferences`: what is chosen is right, what is rejected is not, and it is the near miss it is said to be.

The prompt is put together again from the turns that the question's view holds (law 4). `near` is answered by the
checks' own engine (a task's module `preferences`: `nearly(episode)` gives a function of a question and a query), and
has to have the rejected answer.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from madata.schemas.counterfactuals import Preference
from madata.schemas.rundir import PREFERENCES
from madata.schemas.tasks import Episode
from madata.validators import task
from madata.validators.check import Check, Finding
from madata.validators.pairs import brief, described, episodes, records
from madata.validators.trial import READER, Wrong

Json = dict[str, Any]
Nearly = Callable[[Json, Json], list[str]]


def audit(run: Path) -> Iterator[Finding]:
    if not (run / PREFERENCES).is_file():
        if described(run).get("kind") == "counterfactuals":
            yield Finding(CHECK.name, str(run), PREFERENCES, "a file", "none")
        return
    if not (run / PREFERENCES).stat().st_size:
        return
    rest = episodes(run)
    judge: Judge | None = None
    for record in records(run / PREFERENCES, Preference, CHECK.name):
        if isinstance(record, Finding):
            yield record
            continue
        while judge is None or judge.episode.id != record.episode:
            found = next(rest, None)
            if found is None:
                expected = "an episode of the run, preferences in the order of episodes"
                yield Finding(CHECK.name, record.id, "episode", expected, record.episode)
                return
            judge = Judge(found)
        for where, wanted, is_ in judge.faults(record):
            yield Finding(CHECK.name, record.episode, f"{record.id}, {where}", brief(wanted), brief(is_))


class Judge:
    """Judges the preferences of an episode."""

    def __init__(self, episode: Episode) -> None:
        self.episode = episode
        self.questions = {question.id: question for question in episode.questions}
        self._nearly: Nearly | None = None

    def faults(self, record: Preference) -> Iterator[tuple[str, object, object]]:
        question = self.questions.get(record.question)
        if question is None:
            yield "question", f"one of {', '.join(self.questions)}", record.question
            return
        prompt = self.prompt(question.view, question.text, question.options)
        if record.prompt != prompt:
            yield "prompt", prompt, record.prompt
        if record.chosen != "\n".join(question.answer):
            yield "chosen", question.answer, record.chosen
        rejected = record.rejected.split("\n")
        if record.rejected == record.chosen or set(rejected) == set(question.answer):
            yield "rejected", "a wrong answer", record.rejected
        if not set(rejected) <= set(question.options):
            yield "rejected", f"some of {question.options}", record.rejected
        try:
            asked = question.model_dump()
            query = type(question).model_validate(asked | {"query": record.near}).model_dump()["query"]
            near = self.nearly(asked, query)
        except (Wrong, LookupError, TypeError, ValueError, AttributeError) as error:
            yield "near", "a query about this world", f"{record.near} ({error})"
            return
        if near != rejected:
            yield "rejected", f"{near}, which answers {record.near}", record.rejected

    @property
    def nearly(self) -> Nearly:
        if self._nearly is None:
            self._nearly = task.module(self.episode.task, "preferences").nearly(self.episode.model_dump())
        return self._nearly

    def prompt(self, view: str, text: str, options: list[str]) -> str:
        called = {agent.id: f"{agent.name}: " for agent in self.episode.agents}
        seen = (turn for turn in self.episode.turns if view in (READER, *turn.audience))
        told = [called.get(turn.speaker or "", "") + turn.text for turn in seen]
        return "\n".join(chain(told, ["", text], (f"- {option}" for option in options)))


CHECK = Check("preferences", "what is chosen is right, what is rejected is the near miss it is said to be", audit=audit)
