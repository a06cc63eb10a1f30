"""From the words of the setting to facts, and whether they are so.

A fact is a key and a value (("units", "i0"), 3). Each that is told has to be so, for the ears it is for: everybody, the
one it is about, or the reader alone; each that a reader needs has to be told.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Text, Vocabulary, parts

Json = Mapping[str, Any]
Key = tuple[Any, ...]
Fact = tuple[Key, Any]
Difference = tuple[str, str]


class Setting:
    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.game = episode["world"]["game"]
        self.true = dict(facts(episode))
        self.told_keys: set[Key] = set()
        self.rules = {
            "bargain": lexicon.SETTING,
            "commons": lexicon.COMMONS_SETTING,
            "donor": lexicon.DONOR_SETTING,
        }[self.game["kind"]]

    def told(self, turn: Json) -> Iterator[Difference]:
        for sentence in parts(self.vocabulary.read(turn["text"])):
            says = heading(sentence.skeleton, self.rules)
            if says is None:
                yield "a sentence of the setting", f"words that cannot be read ({sentence.skeleton})"
                continue
            for key, value in getattr(self, says)(sentence):
                self.told_keys.add(key)
                if self.true.get(key) != value:
                    yield f"{key} {self.true.get(key)}", f"{value}"

    def missing(self) -> Iterator[Difference]:
        for key in self.true:
            if key not in self.told_keys:
                yield f"{key} {self.true[key]}", "no words for it"

    def units(self, text: Text) -> Iterator[Fact]:
        numbers = [slot.value for slot in text.slots if slot.mark == "#"]
        issues = [slot.value for slot in text.slots if slot.mark == "@i"]
        for issue, number in zip(issues, numbers, strict=False):
            yield ("units", issue), number


def facts(episode: Json) -> Iterator[Fact]:
    for issue in episode["world"]["game"].get("issues", ()):
        if issue["kind"] == "split":
            yield ("units", issue["id"]), issue["units"]
