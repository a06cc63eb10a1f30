"""Items to read, with their names, that a probe answered right without reasoning: what it went by, and where.

Only documents that are chosen for it carry these texts (`Read`), so that facts stay small.
"""

from typing import NamedTuple

from madata.validators.corpus.document import Document, Item
from madata.validators.picture import Example
from madata.validators.probes.item import Story, offered

AROUND = 160  # characters of the story on each side of a mention
WHY = {
    "first mentioned": "of the options, the story mentions it first",
    "last mentioned": "of the options, the story mentions it last",
    "most mentioned": "of the options, the story mentions it most often",
    "least mentioned": "of the options, the story mentions it least often",
    "longest option": "it is the longest option",
    "shortest option": "it is the shortest option",
    "reality": "it is what is so in the world, whatever anybody believes",
    "position": "the right option stands at this place most often",
    "usual answer": "it is the most frequent answer to questions of this kind",
    "options only": "a model that saw the options, and neither question nor story, says so",
    "story hidden (words)": "a model that saw words of question and options, and no story, says so",
    "story hidden (pairs)": "a model that saw question and options, and no story, says so",
    "question hidden (words)": "a model that saw words around each option in the story, and no question, says so",
    "question hidden (pairs)": "a model that saw what is around each option in the story, and no question, says so",
}
BELIEF = "the words of the question and its options alone give away whether the belief is true"


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
    options = (f"{'✓' if option in item.right else '–'} {option}" for option in item.options)
    sides = {item.id: "\n".join((item.question, *options))}
    if probe in WHY:
        sides["what the probe picked, and why"] = f"{' or '.join(item.right)}: {WHY[probe]}"
    else:
        sides["what the probe saw"] = BELIEF
    around = item.first if probe == "first mentioned" else item.last
    sides["the story around the right option"] = around or "the story does not mention it"
    return Example(title, sides)
