"""Check `views`: each agent is given what it takes part in, and nothing else (law 4; "The record").

What each agent privately knows, and of every turn: its place, its speaker, who perceives it, how it is told, and which
act it is, by what the game says and nothing that the record says of itself.
"""

import re
from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.trial import Derived, Fault, Json, Trial, told

NAME = "views"
ENVELOPE = ("kind", "agent", "time", "to", "arrives")

HEADING = re.compile(r"Round [0-9]+\.")

Difference = tuple[str, object, object]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    episode, game = trial.episode, trial.game
    for agent in episode["agents"]:
        expected, found = game.private(agent["id"]), agent["private"]
        if found != expected:
            yield Fault(f"agent {agent['id']}, private", str(expected), str(found))
    yield from Told(episode, game).faults()
    for question, derived in zip(episode["questions"], trial.answers, strict=True):
        if isinstance(derived, Derived) and question["view"] != derived.view:
            yield Fault(f"question {question['id']}, view", derived.view, str(question["view"]))


class Told:
    """The turns: the setting, then each round under its heading, each event by one turn, and narration in between.
    `told` is how many events have been told, `headed` which round was headed last."""

    def __init__(self, episode: Json, game: Game) -> None:
        self.game, self.turns, self.events = game, episode["turns"], episode["world"]["events"]
        self.imported = episode["provenance"]["source"] is not None
        self.agents = game.world.agents
        self.told = 0
        self.headed = -1

    def faults(self) -> Iterator[Fault]:
        begun = next((place for place, turn in enumerate(self.turns) if not is_setting(turn)), len(self.turns))
        if not self.imported and self.agents not in [turn["audience"] for turn in self.turns[:begun]]:
            yield Fault("turns", f"first the setting, told to {self.agents}", "none")
        for place, turn in enumerate(self.turns):
            for part, expected, found in self.differences(place, turn):
                if found != expected:
                    yield Fault(f"turn {place}, {part}", str(expected), str(found))
        if self.told < len(self.events):
            yield Fault("turns", f"a turn for each of {len(self.events)} events", f"turns for {self.told}")

    def differences(self, place: int, turn: Json) -> Iterator[Difference]:
        yield "index", place, turn["index"]
        yield "time", self.told, turn["time"]
        if turn["event"] is None and turn["speaker"] is not None:
            yield from self.small_talk(turn)
        elif turn["event"] is None:
            yield from self.narration(turn)
        elif turn["event"] == self.told < len(self.events):
            yield from self.telling(turn)
            self.told += 1
        else:
            expected = f"event {self.told}, the next to tell" if self.told < len(self.events) else "none"
            yield "event", expected, turn["event"]

    def telling(self, turn: Json) -> Iterator[Difference]:
        """A turn by which the next event is told."""
        told, event = self.events[self.told], self.game.record.events[self.told]
        if not self.imported and event.time != self.headed:
            yield "text", f"after {heading(event.time)!r}, told to all present", turn["text"]
            self.headed = event.time
        public = list(event.to) == [who for who in self.game.world.present(event.time) if who != event.agent]
        content = {key: part for key, part in told.items() if key not in ENVELOPE}
        act = {"performative": told["kind"], "content": content} if event.is_message else None
        yield "speaker", told["agent"] if event.is_message else None, turn["speaker"]
        yield "audience", self.ids(self.game.witnesses(event)), turn["audience"]
        yield "channel", ("public" if public else "private") if event.is_message else "action", turn["channel"]
        yield "act", act, turn["act"]

    def small_talk(self, turn: Json) -> Iterator[Difference]:
        """Whoever talks freely is heard by all who are there, in games in which all can speak to all. What people said
        whose record is imported stands before the only round."""
        there = self.ids(self.game.world.present(max(self.headed, 0)))
        yield "act", None, turn["act"]
        yield "channel", "public", turn["channel"]
        yield "audience", there, turn["audience"]
        if turn["speaker"] not in there or not (self.imported or (self.headed >= 0 and self.game.small_talk)):
            yield "speaker", "somebody present, in a round of a game with small talk", turn["speaker"]

    def narration(self, turn: Json) -> Iterator[Difference]:
        yield "act", None, turn["act"]
        yield "speaker", None, turn["speaker"]
        yield "channel", "narration", turn["channel"]
        time = self.headed + 1
        while time < self.game.record.rounds and turn["text"] != heading(time):
            time += 1
        if time < self.game.record.rounds:
            self.headed = time
            yield "audience", self.ids(self.game.world.present(time)), turn["audience"]
            return
        there = self.ids(self.game.world.present(self.headed)) if self.headed >= 0 else self.agents
        ordered = [agent for agent in there if agent in turn["audience"]]
        if turn["audience"] != ordered:
            yield "audience", f"some of {there}, in agent order", turn["audience"]

    def ids(self, agents: list[int]) -> list[str]:
        return [self.agents[agent] for agent in agents]


def is_setting(turn: Json) -> bool:
    return turn["event"] is None and turn["speaker"] is None and not HEADING.fullmatch(turn["text"])


def heading(time: int) -> str:
    return f"Round {time + 1}."


CHECK = Check(NAME, "each agent is given what it takes part in, and nothing else", judge=judge)
