"""A text as sentences, and a sentence as its skeleton: names of the record and numbers are marks, the rest is as said.

    "Known to Ben to be 10:30: the train to St. Ives."   ->   "known to @ to be @ : @ ."

`@` is a name of any kind (agent, role, fact, value, decision, action, square, ..), for one name can be several things:
what it is here the phrase says, and the `Vocabulary` knows what it can be. `#` is a number, a name or not. Names are
found token by token and the longest wins; they may begin with a capital where the record has none, as at the beginning
of a sentence.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

TOKEN = re.compile(r"\w+|'s(?!\w)|[^\w\s]")
ENDS = ".!?"
CLOSING = "\"')"
LONGEST = 4000
CLEAN = str.maketrans("@#", "**")

Json = Mapping[str, Any]
Difference = tuple[str, str]


class Misread(Exception):
    """Words that say something else than the record, or nothing that can be read."""

    def __init__(self, expected: object, found: object) -> None:
        super().__init__(f"expected {expected}, found {found}")
        self.expected, self.found = str(expected), str(found)


class Sentence(NamedTuple):
    """`slots`: what stands at each mark of the skeleton, in order, as the record writes it."""

    text: str
    skeleton: str
    slots: tuple[str, ...]


class Vocabulary:
    """The names of an episode and what each can be: numbers of `agents`, `facts`, `decisions` and `actions` by name;
    of a scale the index of each value (`values`); `names` are all, whatever they name."""

    def __init__(self, episode: Json) -> None:
        world = episode["world"]
        self.agents = numbered(agent["name"] for agent in episode["agents"])
        self.roles = {agent["role"] for agent in episode["agents"]}
        self.facts = numbered(fact["name"] for fact in world["facts"])
        self.decisions = numbered(decision["name"] for decision in world["decisions"])
        self.actions = numbered(world["actions"])
        self.values = {scale["id"]: numbered(scale["values"]) for scale in world["scales"]}
        identifiers = {each["id"] for part in ("scales", "facts", "decisions") for each in world[part]}
        identifiers.update(agent["id"] for agent in episode["agents"])
        figures = (each for each in strings(world["game"].values()) if each not in identifiers)
        self.names: set[str] = {*self.agents, *self.roles, *self.facts, *self.decisions, *self.actions, *figures}
        self.names.update(*self.values.values())
        self._begin: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for name in sorted(self.names, key=lambda name: (-len(name), name)):
            parts = tuple(TOKEN.findall(name.translate(CLEAN)))
            for first in dict.fromkeys((parts[0], parts[0][:1].upper() + parts[0][1:])) if parts else ():
                self._begin.setdefault(first, []).append((parts, name))

    def sentences(self, text: str) -> Iterator[Sentence]:
        """A sentence ends with a stop that is within no name."""
        text = text[:LONGEST]
        found = list(TOKEN.finditer(text.translate(CLEAN)))
        tokens = [match[0] for match in found]
        marks: list[str] = []
        slots: list[str] = []
        at, begin, last = 0, 0, len(tokens)
        while at < last:
            token = tokens[at]
            name, size = self._name(tokens, at) if token in self._begin else (None, 1)
            if name is None and token.isdecimal():
                name = token
            if name is None:
                marks.append(token.lower())
            else:
                marks.append("#" if name.isdecimal() else "@")
                slots.append(name)
            at += size
            if at == last or (marks[-1] in ENDS and tokens[at] not in ENDS + CLOSING):
                end = found[at - 1].end()
                yield Sentence(text[begin:end].strip(), " ".join(marks), tuple(slots))
                marks, slots, begin = [], [], end

    def whole(self, text: str) -> Sentence:
        """All sentences of a text as one."""
        found = list(self.sentences(text))
        names = tuple(name for sentence in found for name in sentence.slots)
        return Sentence(text, " ".join(sentence.skeleton for sentence in found), names)

    def _name(self, tokens: list[str], at: int) -> tuple[str | None, int]:
        """The longest name that begins at a place, and of how many tokens it is."""
        for parts, name in self._begin[tokens[at]]:
            if len(parts) == 1 or tuple(tokens[at + 1 : at + len(parts)]) == parts[1:]:
                return name, len(parts)
        return None, 1


def numbered(names: Iterable[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def strings(value: Iterable[Any]) -> Iterator[str]:
    """The strings in lists within a game's figures."""
    for each in value:
        if isinstance(each, list | tuple):
            yield from (entry for entry in each if isinstance(entry, str))
            yield from strings(entry for entry in each if not isinstance(entry, str))
