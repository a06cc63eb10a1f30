"""Items to read, with their names, that a probe answered right without reasoning: what it went by, and where.

Only documents that are chosen for it carry these texts (`Read`), so that facts stay small.
"""

from textwrap import shorten
from typing import NamedTuple

from madata.validators.corpus.document import Document, Item
from madata.validators.picture import Example
from madata.validators.probes.item import Story, offered

MOST_TITLE = 90  # characters of a question
YES_NO = {"yes", "no"}
AROUND = 160  # characters of the story on each side of a mention
APART = "true from false belief (AUC)"
PROBES = {  # what each goes by
    "first mentioned": "the option that the story mentions first",
    "last mentioned": "the option that the story mentions last",
    "most mentioned": "the option that the story mentions most often",
    "least mentioned": "the option that the story mentions least often",
    "longest option": "the longest option",
    "shortest option": "the shortest option",
    "reality": "the option that is so in the world, whatever anybody believes",
    "position": "the place at which the right option stands most often",
    "usual answer": "the most frequent answer to questions of this kind",
    "options only": "a model that sees the options alone",
    "story hidden (words)": "a model that sees question and options, no story",
    "story hidden (pairs)": "a model that sees question and options, and pairs of their words, no story",
    "question hidden (words)": "a model that sees the options and the words around each in the story, no question",
    "question hidden (pairs)": "the same model with pairs of words, no question",
    APART: "a model that tells, from question and options alone, whether the belief asked for is true",
}


class Read(NamedTuple):
    """An item as it stands in its document; `first` and `last` are the story around mentions of the right option."""

    id: str
    question: str
    options: tuple[str, ...]
    right: tuple[str, ...]
    first: str
    last: str


def read(document: Document) -> list[Read]:
    """Every item of `probed(document)`, in the same order."""
    story = Story(document.text)
    return [_read(document, story, item) for item in offered(document)]


def _read(document: Document, story: Story, item: Item) -> Read:
    right = tuple(option for option in item.options if option in item.answer)
    places = story.mentions(right[0])
    around = [piece(document.text, place, len(right[0])) for place in (places[:1] + places[-1:])]
    first, last = around or ("", "")
    return Read(f"{document.id}, {item.id}", item.text, item.options, right, first, last)


def piece(text: str, place: int, length: int) -> str:
    """Whole words around a place."""
    before, after = text[max(0, place - AROUND) : place], text[place + length : place + length + AROUND]
    if place > AROUND:
        before = "… " + before.partition(" ")[2]
    if place + length + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return f"{before}[{text[place : place + length]}]{after}"


def example(title: str, probe: str, item: Read) -> Example:
    options = (f"{'✓' if option in item.right else '·'} {option}" for option in item.options)
    picked = "whether the belief is true" if probe == APART else " or ".join(item.right)
    sides = {
        item.id: "\n".join((item.question, *options)),
        "what the probe got right, and what it goes by": f"{picked}\n{PROBES[probe]}",
    }
    if {option.lower() for option in item.options} != YES_NO:  # these words say nothing of the story
        around = item.first if probe == "first mentioned" else item.last
        sides["the story around the right option"] = around or "the story does not mention it"
    return Example(f"{shorten(item.question, MOST_TITLE, placeholder=' …')} ({title})", sides)
