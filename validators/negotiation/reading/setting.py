"""From the words of the setting to facts, and whether they are so.

A fact is a key and a value: (("units", "i0"), 3). Each that is told has to be so, and told to whom it concerns:
everybody, the one party, or the reader alone. Each that the labels rest on has to be told.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Text, Vocabulary, parts

Json = Mapping[str, Any]
Key = tuple[str, ...]
Fact = tuple[Key, Any]
Difference = tuple[str, str]

PRIVATE = ("points", "reservation", "patience")
READERS = ("bidding", "switch", "yields", "curt", "says", "harvesting", "giving")


class Setting:
    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.game = episode["world"]["game"]
        self.everybody = [agent["id"] for agent in episode["agents"]]
        self.true = dict(facts(episode))
        self.found: set[Key] = set()
        self.rules = {
            "bargain": lexicon.SETTING,
            "commons": lexicon.COMMONS_SETTING,
            "donor": lexicon.DONOR_SETTING,
        }[self.game["kind"]]

    def told(self, turn: Json) -> Iterator[Difference]:
        """Where a turn of the setting says what is not so, or what cannot be read, or says it to the wrong ears."""
        audience = turn["audience"]
        for sentence in parts(self.vocabulary.read(turn["text"])):
            says = heading(sentence.skeleton, self.rules)
            if says is None:
                yield "a sentence of the setting", f"words that cannot be read ({sentence.skeleton})"
                continue
            for key, value in self.facts(says, sentence, audience):
                self.found.add(key)
                if self.true.get(key) != value:
                    yield f"{' '.join(key)} {self.true.get(key)}", f"{value}"
                elif audience != self.ears(key):
                    yield f"{' '.join(key)} told to {self.ears(key)}", f"{audience}"

    def ears(self, key: Key) -> Sequence[str]:
        return [key[1]] if key[0] in PRIVATE else [] if key[0] in READERS else self.everybody

    def facts(self, says: str, text: Text, audience: Sequence[str]) -> Iterator[Fact]:
        if "=" in says:
            convention, value = says.split("=")
            yield (convention,), value
        elif says != "talk":
            yield from getattr(self, says)(text, audience)

    def missing(self) -> Iterator[Difference]:
        for key, value in self.true.items():
            if key not in self.found:
                yield f"{' '.join(key)} {value}", "no words for it"

    # What each kind of sentence tells.

    def units(self, text: Text, _: Sequence[str]) -> Iterator[Fact]:
        for issue, number in pairs(text, "@i"):
            yield ("units", issue), number

    def options(self, text: Text, _: Sequence[str]) -> Iterator[Fact]:
        for slot in text.slots:
            if slot.mark == "@c":
                places = [place for other in text.slots if other.mark == "@o" for place in other.value]
                yield ("options", slot.value), [option for issue, option in places if issue == slot.value]

    def order(self, text: Text, _: Sequence[str]) -> Iterator[Fact]:
        yield ("order",), [slot.value for slot in text.slots if slot.mark == "@a"]

    def deadline(self, text: Text, _: Sequence[str]) -> Iterator[Fact]:
        yield ("deadline",), next(slot.value for slot in text.slots if slot.mark == "#")


def pairs(text: Text, mark: str) -> Iterator[tuple[Any, int]]:
    """Names with the numbers beside them: before each if the text begins with a number, else after."""
    names = [slot.value for slot in text.slots if slot.mark == mark]
    yield from zip(names, (slot.value for slot in text.slots if slot.mark == "#"), strict=False)


def facts(episode: Json) -> Iterator[Fact]:
    """What is so, of all that labels rest on."""
    game = episode["world"]["game"]
    for issue in game.get("issues", ()):
        if issue["kind"] == "split":
            yield ("units", issue["id"]), issue["units"]
        else:
            yield ("options", issue["id"]), list(range(len(issue["options"])))
