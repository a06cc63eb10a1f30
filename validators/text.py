"""Check `text`: labels hold from the words alone.

A reader with a grammar of its own (`validators/reading`) reads the setting and the events of a scripted story back from its
words, and each question's query from its text. Where they equal what is stored, the labels follow from the words by
the check `replay`; where they differ, the labels are derived again from what was read, and a changed answer is a finding
too. Imported episodes and the words of models are not judged here.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.reading.grammar import UNREAD
from madata.validators.reading.story import EVENTS, SETTING, Event, Fact, Misread, Reader, Said

NAME = "text"
SCRIPTED = "scripted"
UNTOLD = ("effects", "view")

Json = Mapping[str, Any]
Fault = tuple[str, str, str]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    provenance = episode["provenance"]
    if provenance["source"] is None and any(teacher["name"] == SCRIPTED for teacher in provenance["teachers"]):
        for fault in Reading(episode).faults():
            yield Finding(NAME, episode["id"], *fault)


class Reading:
    """An episode as it is read. `events` and `facts` are what the words say; an event that cannot be read is None."""

    def __init__(self, episode: EpisodeJson) -> None:
        self.episode = episode
        self.world: Json = episode["world"]
        self.told = [
            {key: value for key, value in event.items() if key not in UNTOLD} for event in self.world["events"]
        ]
        self.reader = Reader(episode["agents"], self.world, episode["conventions"])
        self.true_facts = set(facts_of(episode))
        self.facts: set[Fact] = set()
        self.events: list[Event | None] = []

    def faults(self) -> Iterator[Fault]:
        for number, turn in enumerate(self.episode["turns"]):
            for expected, found in self.turn_faults(turn):
                yield f"turn {number}", expected, found
        for fact in sorted(needed(self.episode, self.true_facts) - self.facts):
            yield "turns", f"words for: {self.show(fact)}", "none"
        for question in self.episode["questions"]:
            for expected, found in self.question_faults(question):
                yield f"question {question['id']}", expected, found
        yield from self.label_faults()

    def show(self, content: object) -> str:
        """A part of the story with the names for the identifiers."""
        if isinstance(content, dict):
            return " ".join(f"{key}={self.show(value)}" for key, value in content.items() if value not in ([], None))
        if isinstance(content, list | tuple):
            return " ".join(map(self.show, content))
        return self.reader.names.called.get(str(content), str(content))

    # Turns.

    def turn_faults(self, turn: Json) -> Iterator[tuple[str, str]]:
        text, index = turn["text"], turn["event"]
        try:
            said = self.reader.turn(text, turn["speaker"])
            if index is None:
                yield from (self.talk_faults if turn["speaker"] else self.setting_faults)(turn, said)
            elif index < len(self.told):
                yield from self.event_faults(turn, said, self.told[index])
        except Misread as misread:
            yield f"{self.show(misread.expected)} in \"{text}\"", self.show(misread.found)
        if index == len(self.events):
            self.events.append(None)
        if index is not None and index < len(self.told):
            self.reader.now.happen(self.told[index])

    def setting_faults(self, turn: Json, said: list[Said]) -> Iterator[tuple[str, str]]:
        for sentence in said:
            says = sentence.sentence.says
            if turn["time"] > 0 or (says not in SETTING and "=" not in says):
                yield "a sentence of the setting, before the first event", turn["text"]
                continue
            for fact in self.reader.facts(sentence):
                self.facts.add(fact)
                if fact not in self.true_facts:
                    yield self.show(self.true_fact(fact)), self.show(fact)

    def true_fact(self, fact: Fact) -> object:
        """What is so instead of a fact that is not."""
        same = [true for true in self.true_facts if true[: len(fact) - 1] == fact[:-1]]
        return same[0] if same else "what is so"

    def talk_faults(self, turn: Json, said: list[Said]) -> Iterator[tuple[str, str]]:
        act = turn["act"]
        asks = [sentence for sentence in said if sentence.sentence.says == "ask"]
        if act is not None:
            variables = [sentence.one("variable") for sentence in asks]
            if [act["content"].get("variable")] != variables:
                yield f"to ask about {self.show(act['content'])}", f"\"{turn['text']}\""
            absent = {agent for sentence in asks for agent in sentence.ids("hearer")} - {*turn["audience"]}
            if absent:
                yield "somebody who hears it", self.show(sorted(absent))
        elif any(sentence.slots or sentence.sentence.says != UNREAD for sentence in said):
            yield "talk that names nothing of the story", f"\"{turn['text']}\""

    def event_faults(self, turn: Json, said: list[Said], stored: Event) -> Iterator[tuple[str, str]]:
        expected = self.show(stored)
        first = turn["event"] == len(self.events)
        if len(said) != 1 or said[0].sentence.says not in (EVENTS if first else FOUND):
            yield expected, f"\"{turn['text']}\", which does not say so"
            return
        [sentence] = said
        if not first:
            yield from self.found_faults(sentence, stored)
            return
        event = self.reader.event(sentence)
        self.events.append(event)
        if event != canonical(stored):
            yield expected, self.show(event)
        elif turn["act"] is not None and any(event.get(key) != value for key, value in turn["act"]["content"].items()):
            yield self.show(turn["act"]["content"]), self.show(event)
        for other, passing in self.reader.passing(sentence):
            yield f"{expected} and in passing {self.show(other)}", self.show(passing)

    def found_faults(self, said: Said, stored: Event) -> Iterator[tuple[str, str]]:
        seen = {"agent": said.agent(), "container": said.one("container")}
        looked = {key: stored.get(key) for key in seen}
        if seen != looked:
            yield self.show(looked), self.show(seen)
        inside = self.reader.inside(seen["container"])
        if not same_things(inside, said.all("things")):
            yield f"inside {self.show(sorted(inside) or 'nothing')}", self.show(said.ids("things") or "nothing")

    # Questions and labels.

    def question_faults(self, question: Json) -> Iterator[tuple[str, str]]:
        stored = question["query"]
        if stored["kind"] == "cases":
            return
        try:
            query = self.reader.query(question["text"], self.told)
        except Misread as misread:
            yield f"{self.show(misread.expected)} in \"{question['text']}\"", self.show(misread.found)
            return
        if query is None:
            yield f"a question for {self.show(stored)}", f"\"{question['text']}\""
        elif query != {key: value for key, value in stored.items() if value is not None}:
            yield self.show(stored), self.show(query)

    def label_faults(self) -> Iterator[Fault]:
        """Answers that change when the story is taken as it is told, if it differs and all of it can be read."""
        events = [event for event in self.events if event is not None]
        if len(events) < len(self.told) or (events == [canonical(event) for event in self.told] and self.facts <= self.true_facts):
            return
        from madata.validators.model_checker import StoryError, derive

        world, conventions = told_world(self.episode, events, self.facts)
        questions = self.episode["questions"]
        try:
            answers = derive(world, conventions, self.episode["agents"], [question["query"] for question in questions])
        except StoryError as error:
            yield "turns", "a story that can happen", str(error)
            return
        for question, answer in zip(questions, answers, strict=True):
            if answer.answer != question["answer"]:
                yield f"question {question['id']}, answer by the words", self.show(answer.answer), self.show(question["answer"])


FOUND = ("found", "found nothing")
