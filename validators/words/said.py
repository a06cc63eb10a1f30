"""A line as words: which of them are names, and the same words with marks for names.

"Ben, the apple isn't in the old box." becomes "the T is not in the V .", whatever the world: patterns over such texts
need not know it.
"""

import re

from madata.validators.spoken import ASK, Line
from madata.validators.words import pattern
from madata.validators.words.claims import without_idioms
from madata.validators.words.names import alike, by_first_word, content, parts, within
from madata.validators.words.numbers import numbers, of_name, same
from madata.validators.words.tokens import root, split, stem

TELL = "tell"
MARKS = frozenset(".!?;:,")
APART = MARKS | {"and"}


class Said:
    """A line as words: which of them are names, of the act or not, and the same words with marks for names."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.tokens = split(line.text)
        self.words = [token.word for token in self.tokens]
        self.stems = [stem(word) for word in self.words]
        self.marks: list[str] = [""] * len(self.words)
        self.named: set[str] = set()
        self.fact = bool(line.must) and line.must[0] in line.topics
        self._find_names()
        self.roots = [root(word) for word in self.words]
        for at, name in enumerate(line.must):
            if name not in self.named:
                self._find_loosely(name, at)
        self.numbers = numbers(self.words)
        self._find_value()
        self.text = self._marked()
        self.plain = without_idioms(self._without_own_denial())

    def mark(self, name: str) -> str:
        """P: a person; T: what an act is about; V: its value; B: the value before; N: others of the act; O: others."""
        line = self.line
        if name in line.must and line.act in (TELL, ASK, "change"):
            return "TV"[line.must.index(name)] if line.must.index(name) < 2 else "N"
        if name in line.people:
            return "P"
        if name in line.must:
            return "N"
        if self.fact and within(name, line.must):
            return "T"
        if name in line.may:
            return "B" if line.act == "change" else "N"
        return "O"

    def _find_names(self) -> None:
        names, at = by_first_word(self.line.names, self.line.people), 0
        while at < len(self.stems):
            for words, name in names.get(self.stems[at], ()):
                if tuple(self.stems[at : at + len(words)]) == words:
                    self.named.add(name)
                    self.marks[at : at + len(words)] = [self.mark(name)] * len(words)
                    at += len(words) - 1
                    break
            at += 1

    def _find_loosely(self, name: str, at: int) -> None:
        """A name with a typo, or the words of a fact anywhere in the text."""
        if self.fact:
            wanted = content(name, self.line.people)
            for place, found in enumerate(self.roots):
                if not self.marks[place] and (found in wanted or any(alike(found, word) for word in wanted)):
                    self.roots[place] = next((word for word in wanted if alike(found, word)), found)
                    self.marks[place] = "TV"[at] if at < 2 else "N"
            return
        joined = "".join(parts(name))
        for size in range(max(1, len(parts(name)) - 1), len(parts(name)) + 2):
            for place in range(len(self.words) - size + 1):
                if not any(self.marks[place : place + size]) and alike(
                    "".join(self.stems[place : place + size]), joined
                ):
                    self.named.add(name)
                    self.marks[place : place + size] = [self.mark(name)] * size
                    return

    def _find_value(self) -> None:
        """The value's number, however it is written."""
        wanted = of_name(self.line.must[1]) if len(self.line.must) > 1 else ()
        for number in self.numbers:
            if any(same(other, number) for other in wanted):
                self.marks[number.start : number.end] = ["V"] * (number.end - number.start)

    def _marked(self) -> str:
        """The words, with one mark for each name."""
        found: list[str] = []
        for at, (word, mark) in enumerate(zip(self.words, self.marks, strict=True)):
            if not mark:
                found.append(word)
            elif at == 0 or self.marks[at - 1] != mark or found[-1] != mark:
                found.append(mark)
        return " ".join(self._without_vocatives(found))

    def _without_vocatives(self, found: list[str]) -> list[str]:
        """Without the names of those who are spoken to, and the commas that set them off."""
        around = [".", *found, "."]
        spoken_to = [
            at
            for at, word in enumerate(found)
            if word == "P" and self.line.aloud and around[at] in APART and around[at + 2] in APART
        ]
        for at in reversed(spoken_to):
            end = at + 1
            if end < len(found) and found[end] == "," and (at == 0 or found[at - 1] in MARKS):
                end += 1
            start = at - 1 if at and found[at - 1] == "," and (end == len(found) or found[end] in MARKS) else at
            del found[start:end]
        return found

    def _without_own_denial(self) -> str:
        """Without the denial that is part of a fact's name ("the cake that did not rise")."""
        text = self.text
        if self.fact:
            name = " ".join(token.word for token in split(self.line.must[0]))
            for found in pattern("idioms", "denials").finditer(name):
                text = re.sub(rf"(?<![^ ]){re.escape(found[0])} T", "T", text)
        return text
