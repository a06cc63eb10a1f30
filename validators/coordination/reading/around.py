"""What is told between events: the rounds, what became of messages (to the reader), what acts and chance brought about
in the game (`happenings/`), and the end."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from madata.validators.coordination.game import Game
from madata.validators.coordination.reading.happenings import Happening, happenings
from madata.validators.coordination.reading.phrases import affirmed, phrase
from madata.validators.coordination.reading.skeleton import Difference, Misread, Sentence, Vocabulary

Json = Mapping[str, Any]
Fates = dict[str, int | None]

HEADING = "round # ."
END = phrase("over|end|ends|ended|last|finished|done|final|closes|closed")
LOST = phrase("lost|never|not (?:reach|arrive|reached|arrived)|disappears|nowhere")
LATE = phrase("(?:until|in|before|with|to) round #")


class Around:
    def __init__(self, episode: Json, vocabulary: Vocabulary, game: Game) -> None:
        self.vocabulary, self.game = vocabulary, game
        self.events: Sequence[Json] = episode["world"]["events"]
        self.ids = [agent["id"] for agent in episode["agents"]]
        self.rounds: int = game.record.rounds
        self.happenings = happenings(episode)
        self.round = 0
        self.event: int | None = None
        self.fates: Fates = {}
        self.said: dict[int, list[Happening]] = defaultdict(list)
        self.ended = False

    def happened(self, index: int) -> Iterator[Difference]:
        """The turn of an event has come."""
        yield from self._fate()
        self.event, self.fates = index, {}
        if (time := self.events[index]["time"] + 1) != self.round:
            yield f"the heading of round {time}", f"that of round {self.round}"

    def read(self, sentence: Sentence, audience: Sequence[str]) -> None:
        """Raises `Misread` for what is not so, or cannot be read."""
        if sentence.skeleton == HEADING:
            self._head(int(sentence.slots[0]))
        elif len(sentence.slots) == 1 and "#" in sentence.skeleton and END.search(sentence.skeleton):
            if {int(sentence.slots[0]), self.round} != {self.rounds}:
                raise Misread(f"the end after round {self.rounds}", f"{sentence.slots[0]}, under round {self.round}")
            affirmed(sentence.skeleton)
            self.ended = True
        elif not audience and self._is_fate(sentence):
            self._hear(sentence)
        else:
            self._happening(sentence, audience)

    def missing(self) -> Iterator[Difference]:
        yield from self._fate()
        if not self.ended:
            yield f"the end after round {self.rounds}", "nothing of it"
        if self.happenings is not None:
            for time in range(self.rounds):
                for happening in self.happenings.of(self.game, time):
                    if happening not in self.said[time]:
                        yield f"in round {time + 1}: {', '.join(happening.names)}", "nothing of it"

    def _head(self, number: int) -> None:
        if not self.round < number <= self.rounds:
            raise Misread(f"a round from {self.round + 1} to {self.rounds}", f"round {number}")
        self.round = number

    # What became of a message.

    def _is_fate(self, sentence: Sentence) -> bool:
        names = [name for name in sentence.slots if not name.isdecimal()]
        return bool(names) and {*names} <= self.vocabulary.agents.keys()

    def _hear(self, sentence: Sentence) -> None:
        names = [name for name in sentence.slots if not name.isdecimal()]
        numbers = [int(name) for name in sentence.slots if name.isdecimal()]
        said = (LATE if numbers else LOST).search(sentence.skeleton)
        if len(numbers) > 1 or not said:
            raise Misread("what became of a message", sentence.text)
        affirmed(sentence.skeleton[: said.start()], sentence.skeleton[said.end() :])
        arrives = numbers[0] - 1 if numbers else None
        event = self.events[self.event] if self.event is not None else {}
        stored = dict(zip(event.get("to", ()), event.get("arrives", ()), strict=False))
        for name in names:
            agent = self.ids[self.vocabulary.agents[name]]
            if agent not in stored or stored[agent] != arrives:
                raise Misread(f"for {name}, {when(stored.get(agent))}", when(arrives))
            self.fates[agent] = arrives

    def _fate(self) -> Iterator[Difference]:
        """What was not said of the last message."""
        event = self.events[self.event] if self.event is not None else {}
        for agent, arrives in zip(event.get("to", ()), event.get("arrives", ()), strict=False):
            if arrives != event["time"] and agent not in self.fates:
                yield f"that event {self.event} reaches {agent} {when(arrives)}", "nothing of it"

    # What the game brings about.

    def _happening(self, sentence: Sentence, audience: Sequence[str]) -> None:
        found = self.happenings.read(sentence) if self.happenings is not None else None
        if found is None:
            raise Misread("something that happens", f"words that cannot be read ({sentence.skeleton})")
        time = self.round - 1
        happening = Happening(*found, tuple(audience))
        expected = list(self.happenings.of(self.game, time)) if self.happenings and 0 <= time < self.rounds else []
        if happening not in expected:
            alike = [each for each in expected if each.what == happening.what]
            raise Misread(
                ", or ".join(f"{', '.join(each.names)} told to {each.audience}" for each in alike) or "nothing",
                f"{', '.join(happening.names)} told to {happening.audience}",
            )
        self.said[time].append(happening)


def when(arrives: int | None) -> str:
    return "never" if arrives is None else f"in round {arrives + 1}"
