"""The closed vocabulary of an episode: its names, found in a text as whole words, the longest first.

`split("The box is in the hall.")` gives the skeleton "The @c is in the @p ." and what is behind the slots. Two values
may share a name (a Monday for the concert, a Monday for the exam), so a slot stands for all identifiers of its name.
"""

import re
from collections.abc import Sequence
from typing import Any

WORD = re.compile(r"\w+|[^\w\s]")
ARTICLES = frozenset(["a", "an", "the"])
SLOTS = {"place": "@p", "container": "@c", "object": "@o", "value": "@x"}

Candidates = tuple[str, ...]


class Names:
    def __init__(self, agents: Sequence[Any], world: Any) -> None:
        self.of: dict[tuple[str, ...], tuple[str, Candidates]] = {}
        self.longest: dict[str, int] = {}
        for agent in agents:
            self.add(agent["name"], "@a", agent["id"])
        for entity in world["entities"]:
            self.add(entity["name"], SLOTS[entity["kind"]], entity["id"])
        for variable in world["variables"]:
            if variable["kind"] == "fact":
                self.add(variable["name"], "@v", variable["id"])

    def add(self, name: str, slot: str, identifier: str) -> None:
        words = tuple(WORD.findall(name))
        if len(words) > 1 and words[0].lower() in ARTICLES:
            words = words[1:]
        slot, known = self.of.get(words, (slot, ()))
        self.of[words] = slot, (*known, identifier)
        if words:
            self.longest[words[0]] = max(len(words), self.longest.get(words[0], 0))

    def split(self, text: str) -> tuple[str, list[Candidates]]:
        """The text as words with a space between them and slots for names, and what each slot stands for."""
        words = WORD.findall(text)
        skeleton: list[str] = []
        found: list[Candidates] = []
        longest, of = self.longest, self.of
        at = 0
        while at < len(words):
            word = words[at]
            for length in range(longest.get(word, 0), 0, -1):
                name = of.get(tuple(words[at : at + length]))
                if name:
                    skeleton.append(name[0])
                    found.append(name[1])
                    at += length
                    break
            else:
                skeleton.append(word)
                at += 1
        return " ".join(skeleton), found
