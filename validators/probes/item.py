"""An item as probes see it: its words without names, and what the story shows of each option.

Names are drawn at random, so that what is learned of them is no shortcut; what is kept of a name is its part in the
story: whether it is mentioned first or last, how often, and among which words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from madata.schemas.words import UNSETTLED
from madata.validators.corpus.document import Document, Item
from madata.validators.probes.heuristics import hits
from madata.validators.task import module

CONTEXT = 4  # words on each side of where the story mentions an option
REACH = 60  # characters in which to look for them
STEM = 5  # letters that a word and its plural share
MANY = 9  # mentions, or words shared: more make no difference
WORD = re.compile(r"[\w'\u2019]+|[^\w\s]")
APART = "\n\0\n"


class Probed(NamedTuple):
    """`cell` says what kind of item it is, `gated` whether it must not be answered without reasoning, and `helps`, of
    an item about a belief, whether that is true (None: no belief, or nothing to compare it with). `fixed` is what fixed
    heuristics score. The texts are masked: the question, each option with how it stands among the others, and what the
    story shows of each option."""

    cell: str
    gated: bool
    helps: bool | None
    right: tuple[bool, ...]
    fixed: dict[str, float]
    question: str
    options: tuple[str, ...]
    masked: tuple[str, ...]
    standing: tuple[str, ...]
    shown: tuple[str, ...]


def probed(document: Document) -> list[Probed]:
    """Those items of a document that have options, a right one among them."""
    items = [item for item in document.items if len(item.options) > 1 and not {*item.answer}.isdisjoint(item.options)]
    story = Story(document.text)
    texts = without_names(
        document, [text for item in items for text in (item.text, *item.options, *story.shown(item.options))]
    )
    return [_probed(document, story, item, texts) for item in items]


def without_names(document: Document, texts: Iterable[str]) -> Iterator[str]:
    """All in one go."""
    return iter(document.mask(APART.join(text.replace("\0", " ") for text in texts)).lower().split(APART))


def _probed(document: Document, story: "Story", item: Item, texts: Iterator[str]) -> Probed:
    question = next(texts)
    stand_ins = tuple(next(texts) for _ in item.options)
    right = tuple(option in item.answer for option in item.options)
    gated, belief, so = of_task(document, item)
    return Probed(
        cell=" ".join(item.labels[label] for label in ("ability", "kind") if label in item.labels),
        gated=gated,
        helps=so in item.answer if belief and so is not None else None,
        right=right,
        fixed=hits(item.options, [story.mentions(option) for option in item.options], so, right),
        question=question,
        options=tuple(option.lower() for option in item.options),
        masked=stand_ins,
        standing=tuple(standing(item)),
        shown=tuple(next(texts) for _ in item.options),
    )


def of_task(document: Document, item: Item) -> tuple[bool, bool, str | None]:
    """Whether an item is gated, whether it is of a belief, and what the world would answer. All items of a foreign set
    are gated: nothing says which of them are controls."""
    if not (episode := document.episode):
        return True, False, None
    task = module(episode["task"], "probing")
    question = next(each for each in episode["questions"] if each["id"] == item.id)
    return task.gated(question), task.belief(question), task.reality(episode, question)


def words(text: str) -> list[str]:
    return WORD.findall(text)


def standing(item: Item) -> Iterator[str]:
    """How each option stands among the others: its place, its length, and what it shares with them and the question."""
    options, count = item.options, len(item.options)
    stems = [{word[:STEM].lower() for word in words(option)} for option in options]
    asked = {word[:STEM].lower() for word in words(item.text)}
    lengths = sorted(len(option) for option in options)
    for place, (option, own) in enumerate(zip(options, stems, strict=True)):
        shared = sum(len(own & other) for other in stems) - len(own)
        yield (
            f"place{place}of{count} long{lengths.index(len(option))}of{count} shared{min(shared, MANY)}"
            f" asked{min(len(own & asked), MANY)} unsettled{UNSETTLED in options}{option == UNSETTLED}"
        )


class Story:
    """Where a text mentions what."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.lower()
        self.known: dict[str, list[int]] = {}

    def mentions(self, option: str) -> list[int]:
        """Where an option stands in the text, as words of their own."""
        if option not in self.known:
            self.known[option] = [*self._find(option.lower())]
        return self.known[option]

    def _find(self, wanted: str) -> Iterator[int]:
        text = self.folded
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
                yield at
            at = text.find(wanted, end)

    def shown(self, options: Sequence[str]) -> Iterator[str]:
        """What there is to see of each option without knowing what is asked."""
        mentions = [self.mentions(option) for option in options]
        firsts = sorted(places[0] for places in mentions if places)
        lasts = sorted((places[-1] for places in mentions if places), reverse=True)
        for option, places in zip(options, mentions, strict=True):
            if not places:
                yield "never"
                continue
            first, last = places[0], places[-1]
            rank = (
                f"firstly{nth(firsts.index(first))} lastly{nth(lasts.index(last))} times{nth(min(len(places), MANY))}"
            )
            yield f"{rank} . {self._around(last, len(option))} . {self._around(first, len(option))}"

    def _around(self, place: int, length: int) -> str:
        before = self.text[max(0, place - REACH) : place].split()[-CONTEXT:]
        after = self.text[place + length : place + length + REACH].split()[:CONTEXT]
        return " ".join((*before, "_", *after))


def nth(number: int) -> str:
    """A number that masking leaves alone."""
    return "abcdefghijklmnopqrstuvwxyz"[min(number, 25)]
