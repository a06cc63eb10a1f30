"""An item as probes see it: its words without names, and what the story shows of each option.

Names are drawn at random, so that what is learned of them is no shortcut; what is kept of a name is its part in the
story: whether it is mentioned first or last, how often, and among which words.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from madata.schemas.words import UNSETTLED
from madata.validators.corpus.document import Document, Item
from madata.validators.probes.heuristics import hits
from madata.validators.task import module

CONTEXT = 4  # words on each side of where the story mentions an option
REACH = 60  # characters in which to look for them
STEM = 5  # letters that a word and its plural share
MANY = 9  # mentions, or words shared: more make no difference
# In scripts without spaces a character is a word.
SPACELESS = "\u3040-\u30ff\u3400-\u9fff"
WORD = re.compile(rf"[{SPACELESS}]|(?:[^\W{SPACELESS}]|['\u2019])+|[^\w\s]")
LETTER = re.compile(rf"[^\W_{SPACELESS}]")
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


def offered(document: Document) -> list[Item]:
    """Those items of a document that have options, a right one among them."""
    return [item for item in document.items if len(item.options) > 1 and not {*item.answer}.isdisjoint(item.options)]


def probed(document: Document) -> list[Probed]:
    items = offered(document)
    story = Story(document.text)
    texts = [text for item in items for text in (item.text, *item.options, *map(story.around, item.options))]
    masks = masked(document, dict.fromkeys(texts))
    return [_probed(document, story, item, masks) for item in items]


def masked(document: Document, texts: Iterable[str]) -> dict[str, str]:
    """Each text without names, all done in one go."""
    texts = list(texts)
    whole = document.mask(APART.join(text.replace("\0", " ") for text in texts)).lower()
    return dict(zip(texts, whole.split(APART), strict=True)) if texts else {}


def _probed(document: Document, story: "Story", item: Item, masks: Mapping[str, str]) -> Probed:
    right = tuple(option in item.answer for option in item.options)
    mentions = [story.mentions(option) for option in item.options]
    gated, belief, so = of_task(document, item)
    return Probed(
        cell=" ".join(item.labels[label] for label in ("ability", "kind") if label in item.labels),
        gated=gated,
        helps=so in item.answer if belief and so is not None else None,
        right=right,
        fixed=hits(item.options, mentions, so, right),
        question=masks[item.text],
        options=tuple(option.lower() for option in item.options),
        masked=tuple(masks[option] for option in item.options),
        standing=tuple(standing(item)),
        shown=tuple(
            f"{rank} {masks[story.around(option)]}" for option, rank in zip(item.options, ranks(mentions), strict=True)
        ),
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


@lru_cache(10_000)
def stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM].lower() for word in words(text))


def standing(item: Item) -> Iterator[str]:
    """How each option stands among the others: its place, its length, and what it shares with them and the question."""
    options, count = item.options, len(item.options)
    lengths = sorted(map(len, options))
    among = Counter(stem for option in options for stem in stems(option))
    asked = stems(item.text)
    for place, option in enumerate(options):
        own = stems(option)
        shared = min(sum(among[stem] for stem in own) - len(own), MANY)
        yield (
            f"place{place}of{count} long{lengths.index(len(option))}of{count} shared{shared}"
            f" asked{min(len(own & asked), MANY)} unsettled{UNSETTLED in options}{option == UNSETTLED}"
        )


def ranks(mentions: Sequence[Sequence[int]]) -> Iterator[str]:
    """How early, how late and how often each option is mentioned, among the others."""
    firsts = sorted(places[0] for places in mentions if places)
    lasts = sorted((places[-1] for places in mentions if places), reverse=True)
    for places in mentions:
        if places:
            yield f"first{firsts.index(places[0])} last{lasts.index(places[-1])} times{min(len(places), MANY)}"
        else:
            yield "never"


class Story:
    """Where a text mentions what."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.folded = text.lower()
        self.known: dict[str, tuple[list[int], str]] = {}

    def mentions(self, option: str) -> list[int]:
        """Where an option stands in the text, as words of their own."""
        return self._read(option)[0]

    def around(self, option: str) -> str:
        """The words around its last mention and its first."""
        return self._read(option)[1]

    def _read(self, option: str) -> tuple[list[int], str]:
        if option not in self.known:
            places = [*self._find(option.lower())]
            context = " . ".join(self._context(place, len(option)) for place in (places[-1:] + places[:1]))
            self.known[option] = places, context
        return self.known[option]

    def _find(self, wanted: str) -> Iterator[int]:
        text = self.folded
        at = text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (at and LETTER.match(text, at - 1)) and not LETTER.match(text, end):
                yield at
            at = text.find(wanted, end)

    def _context(self, place: int, length: int) -> str:
        before = self.text[max(0, place - REACH) : place].split()[-CONTEXT:]
        after = self.text[place + length : place + length + REACH].split()[:CONTEXT]
        return " ".join((*before, "_", *after))
