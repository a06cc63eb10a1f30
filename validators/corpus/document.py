"""A document: what a check over a corpus sees of an episode, or of a row of anybody's data set.

    episode -> Document("tom-..", "location", parts=(text of each turn), items=(its questions), people=("Anna", ..))
    row     -> Document("FILE:7", "FILE", parts=(text of each field), items=(its question, if it has one))

Whoever compares texts across documents chooses between `text`, with its names, and `masked`, without them: two
episodes of one template are alike in the second only.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from madata.validators.check import EpisodeJson

NAMING = ("name", "options", "values", "slots", "resource")
PERSON = "Someone"
THING = "something"
NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
CAPITALISED = re.compile(r"(?<![.!?:;\"“]\s)(?<!^)\b[A-Z][\w'\u2019-]*", re.MULTILINE)


class Item(NamedTuple):
    """A question. `answer` lists its right options; without options, its right answers. `labels` are what it may be
    grouped by: `ability`, `order`, `kind` of its query, whichever it has."""

    id: str
    text: str
    options: tuple[str, ...]
    answer: tuple[str, ...]
    labels: Mapping[str, str]


@dataclass(frozen=True)
class Document:
    """`group` is the family, or the source of what was imported; `people` and `things` are the names that occur in it,
    none where they are not known. `episode` is None for a row."""

    id: str
    group: str
    parts: tuple[str, ...]
    items: tuple[Item, ...] = ()
    people: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    episode: EpisodeJson | None = None

    @cached_property
    def text(self) -> str:
        return "\n".join(self.parts)

    @cached_property
    def masked(self) -> str:
        """The text with `PERSON`, `THING` and 0 for names and numbers; where names are not known, capitalised words
        that do not begin a sentence are taken for names of people."""
        return self.mask(self.text)

    def mask(self, text: str) -> str:
        """Any text that belongs to the document, masked."""
        if self._names:
            text = self._names.sub(self._stand_in, text)
        elif self.episode is None:
            text = CAPITALISED.sub(PERSON, text)
        return NUMBER.sub("0", text)

    @cached_property
    def _names(self) -> re.Pattern[str] | None:
        """Longest first, so that no name is taken for the beginning of another."""
        names = sorted({*self.people, *self.things}, key=lambda name: (-len(name), name))
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None

    def _stand_in(self, found: re.Match[str]) -> str:
        return PERSON if found[0] in self.people else THING


def of_episode(episode: EpisodeJson) -> Document:
    source = episode["provenance"]["source"]
    people = tuple(agent["name"] for agent in episode["agents"])
    named = {name for name in _named(episode["world"]) if any(map(str.isalpha, name))}
    return Document(
        id=episode["id"],
        group=source["name"] if source else episode["family"],
        parts=tuple(turn["text"] for turn in episode["turns"]),
        items=tuple(map(_item, episode["questions"])),
        people=people,
        things=tuple(sorted(named.difference(people))),
        episode=episode,
    )


def _item(question: Mapping[str, Any]) -> Item:
    labels = {"ability": question["ability"], "order": str(question["order"]), "kind": question["query"]["kind"]}
    return Item(question["id"], question["text"], tuple(question["options"]), tuple(question["answer"]), labels)


def _named(value: Any) -> Iterator[str]:
    """Whatever a world gives a name, in any task."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in NAMING:
                yield from (each,) if isinstance(each, str) else filter(_is_text, _leaves(each))
            else:
                yield from _named(each)
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, Mapping):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _leaves(each)
    else:
        yield value


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
