"""Check `text`: what happens, and what is asked, can be read from the words alone.

A reader with a grammar of its own (`validators/coordination/reading`) reads the setting sentence by sentence, each
turn's event, what is told around events, and each question's query from their texts; they have to be what is stored.
The labels then follow from the words, for the other checks derive them from what is stored. What cannot be read is a
finding. Turns in the words of models are judged by the checks on words; imported episodes are not judged.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.coordination.reading.around import Around
from madata.validators.coordination.reading.events import Events
from madata.validators.coordination.reading.questions import Questions
from madata.validators.coordination.reading.rules import rules
from madata.validators.coordination.reading.setting import Setting
from madata.validators.coordination.reading.skeleton import Difference, Misread, Sentence, Vocabulary
from madata.validators.spoken import lines
from madata.validators.trial import Fault, Trial, told

NAME = "text"
HEADING = re.compile(r"Round \d+\.")

Json = Mapping[str, Any]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return iter(()) if episode["provenance"].get("source") else told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    return Reading(trial.episode, trial.game).faults()


class Reading:
    def __init__(self, episode: Json, game: Game) -> None:
        self.episode = episode
        self.recorded = episode["world"]["events"]
        self.vocabulary = Vocabulary(episode)
        self.events = Events(episode, self.vocabulary)
        self.setting = Setting(episode, self.vocabulary)
        self.rules = rules(episode, self.vocabulary)
        self.around = Around(episode, self.vocabulary, game)
        self.questions = Questions(episode, self.vocabulary, self.events)
        self.spoken = {number for number, _ in lines(episode)}

    def faults(self) -> Iterator[Fault]:
        begun = False
        for number, turn in enumerate(self.episode["turns"]):
            begun = begun or turn["event"] is not None or HEADING.fullmatch(turn["text"]) is not None
            differences = self.happened(turn["event"]) if number in self.spoken else self.turn(turn, begun)
            for expected, found in differences:
                yield Fault(f"turn {number}", expected, f'{found} in "{turn["text"]}"')
        readers = (self.setting, self.rules, self.around) if self.rules else (self.setting, self.around)
        for reader in readers:
            for expected, found in reader.missing():
                yield Fault("turns", expected, found)
        for question in self.episode["questions"]:
            for expected, found in self.question(question):
                yield Fault(f"question {question['id']}", expected, f'{found} in "{question["text"]}"')

    def turn(self, turn: Json, begun: bool) -> Iterator[Difference]:
        index, said = turn["event"], list(self.vocabulary.sentences(turn["text"]))
        try:
            if index is not None:
                yield from self.happened(index)
                if index < len(self.recorded):
                    yield from self.events.differences(index, turn["channel"], said)
            elif turn["speaker"] is not None:
                self.events.talk(said)
            elif begun:
                for sentence in said:
                    self.around.read(sentence, turn["audience"])
            else:
                for sentence in said:
                    yield from self.told(sentence, turn["audience"])
        except Misread as misread:
            yield misread.expected, misread.found

    def happened(self, index: int | None) -> Iterator[Difference]:
        """An event is told, in whatever words."""
        if index is not None and index < len(self.recorded):
            yield from self.around.happened(index)

    def told(self, sentence: Sentence, audience: list[str]) -> Iterator[Difference]:
        """A sentence of the setting; several readers may have to hear it."""
        try:
            read = self.setting.read(sentence, audience)
            if self.rules is not None and self.rules.read(sentence):
                read = True
        except Misread as misread:
            yield misread.expected, misread.found
        else:
            if not read:
                yield "a sentence of the setting", f"words that cannot be read ({sentence.skeleton})"

    def question(self, question: Json) -> Iterator[Difference]:
        stored = {key: value for key, value in question["query"].items() if value not in (None, [])}
        try:
            said = self.questions.read(question["text"], question["options"])
        except Misread as misread:
            yield misread.expected, misread.found
            return
        if said != stored:
            yield str(stored), str(said)


CHECK = Check(NAME, "what happens and is asked can be read from the words alone", judge=judge)
