"""Check `text`: what happens, and what is asked, can be read from the words alone.

A reader with a grammar of its own (`validators/negotiation/reading`) reads the setting, each turn's move and each
question's query from their texts; they have to be what is stored. The labels then follow from the words, for the other
checks derive them from what is stored. What cannot be read is a finding. Turns in the words of models are judged by the
checks on words; imported episodes are not judged.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.moves import Moves
from madata.validators.negotiation.reading.questions import Questions
from madata.validators.negotiation.reading.setting import Setting
from madata.validators.negotiation.reading.skeleton import Vocabulary
from madata.validators.spoken import lines

NAME = "text"

Json = Mapping[str, Any]
Said = dict[str, Any]
Difference = tuple[str, str]
Fault = tuple[str, str, str]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    if episode["provenance"].get("source") is None:
        for fault in Reading(episode).faults():
            yield Finding(NAME, episode["id"], *fault)


class Reading:
    def __init__(self, episode: EpisodeJson) -> None:
        self.episode = episode
        world = episode["world"]
        self.events = world["events"]
        vocabulary = Vocabulary(episode["agents"], world["game"])
        self.moves = Moves(episode["agents"], world, vocabulary)
        self.questions = Questions(self.moves, world)
        self.setting = Setting(episode, vocabulary)
        self.spoken = {number for number, _ in lines(episode)}

    def faults(self) -> Iterator[Fault]:
        for number, turn in enumerate(self.episode["turns"]):
            if number not in self.spoken:
                for expected, found in self.turn(turn):
                    yield f"turn {number}", expected, f'{found} in "{turn["text"]}"'
        for expected, found in self.setting.missing():
            yield "turns", expected, found
        for question in self.episode["questions"]:
            for expected, found in self.question(question):
                yield f"question {question['id']}", expected, f'{found} in "{question["text"]}"'

    def turn(self, turn: Json) -> Iterator[Difference]:
        index = turn["event"]
        try:
            if index is None and turn["speaker"] is not None:
                yield from self.talk(turn)
            elif index is None:
                yield from self.setting.told(turn)
            elif index < len(self.events):
                yield from self.event(turn, self.events[index])
        except Misread as misread:
            yield misread.expected, misread.found

    def talk(self, turn: Json) -> Iterator[Difference]:
        text = self.moves.vocabulary.read(turn["text"])
        if any(slot.mark not in ("@a", "#th") for slot in text.slots):
            yield "talk that says nothing of the negotiation", "names or numbers"

    def event(self, turn: Json, event: Json) -> Iterator[Difference]:
        said = self.moves.read(turn["text"], turn["speaker"], event["time"])
        stored = dict(event)
        if event["kind"] in ("accept-proposal", "reject-proposal") and event["proposal"] < len(self.events):
            stored["of"] = self.events[event["proposal"]]["agent"]
        if event["kind"] == "promise" and len(event["to"]) == 1:
            stored["to"] = event["to"][0]
        yield from self.differences(said, stored)

    def question(self, question: Json) -> Iterator[Difference]:
        stored = {key: value for key, value in question["query"].items() if value not in (None, [])}
        if stored["kind"] == "reply":
            stored["moves"] = [{k: v for k, v in move.items() if v is not None} for move in stored["moves"]]
        try:
            said = self.questions.read(question["text"], question["options"])
        except Misread as misread:
            yield misread.expected, misread.found
            return
        if said != stored:
            yield str(stored), str(said)

    def differences(self, said: Said, stored: Json) -> Iterator[Difference]:
        """Where the words say something else; what a claim says has to be said whole."""
        for key, value in said.items():
            if key == "claim" and isinstance(stored.get(key), dict):
                yield from self.differences(value, stored[key])
            elif stored.get(key) != value:
                yield f"{key} {stored.get(key)}", f"{key} {value}"


CHECK = Check(NAME, "what happens and is asked can be read from the words alone", judge=judge)
