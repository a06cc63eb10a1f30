"""Check `form`: what no turn in the words of a model may be, whatever it says.

A turn stands in a story as if a person had said it, or a narrator had told it: plain English on one line, short, said
once, in the right person. What only writing has (brackets, asterisks, braces) is taken for a stage direction, a
placeholder or markup, and talk about the task is known by its phrases. The longest turns of the templates have 23 words
and two sentences; nobody needs more than `WORDS` and `SENTENCES`, and a narrator no more than `NARRATED`.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import groupby

from madata.validators import unsaid
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import Fault, Line, judged

NAME = "form"

CHARACTERS = 400
WORDS = 50
LETTERS = 30
SENTENCES = 4
NARRATED = 2
SHOWN = 60

STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
STOP = re.compile(r"[.!?\u2026]+[\"']?(?=\s|$)")

UNSEEN = re.compile(r"[^ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u2018\u2019\u201c\u201d\u2013\u2014\u2026£€°½¼¾]")
UNSAID = re.compile(r"[*()\[\]{}<>|\\_`~^=@]|#(?!\d)|\w/?://|www\.|^\s*(?:[-\u2013\u2014\u2022]|1[.)])\s|\"\s*:")
DRAWN_OUT = re.compile(r"(\D)\1{5}")
CUT_OFF = re.compile(r"\b(?:the|an|a|and|or|my|your|our|their|because)(?:\u2026|\.\.\.|,)?$")
QUOTED = re.compile(r"\"([^\"]*)\"|(?:^|(?<=\s))'(\w[^\"]*?[.,!?])'(?=\s|$)")
DIALOGUE = re.compile(r"[.!?\u2026]\"?\s+[-\u2013\u2014]\s*[\"A-Z]")

WRITTEN_OUT = {
    "can't": "cannot",
    "won't": "will not",
    "n't": " not",
    "'m": " am",
    "'re": " are",
    "'ll": " will",
    "'ve": " have",
    "here's": "here is",
    "it's": "it is",
    "this's": "this is",
}

FIRST = frozenset("i me my myself we our ours us ourselves let's i'm i've i'll i'd we're we've we'll we'd".split())
SECOND = frozenset("you your yours yourself yourselves you're you've you'll you'd".split())

ENGLISH = frozenset(unsaid.ENGLISH.split())
FOREIGN = frozenset(unsaid.FOREIGN.split())


def alternatives(lines: str) -> str:
    return "|".join(line.strip() for line in lines.strip().splitlines())


def phrases(lines: str) -> re.Pattern[str]:
    filled = re.sub(r"<([a-z ]+)> ?", lambda part: unsaid.PARTS[part[1]], alternatives(lines))
    return re.compile(f" (?:{filled})(?= )")


REFUSAL = phrases(unsaid.REFUSALS)
TASK = phrases(unsaid.TASK)
DIRECTION = re.compile(f"(?:{alternatives(unsaid.DIRECTIONS)})\\b", re.IGNORECASE)
LABELS = re.compile(alternatives(unsaid.LABELS))

# Somebody is named, and is then sought among the people.
START = r"(?:^|[.!?\u2026]\"?\s+)"
LABEL = re.compile(rf"{START}(\w[\w' ]{{0,30}}?)\s*:")
GESTURE = re.compile(rf"\b([A-Z]\w*) (?:{alternatives(unsaid.GESTURES)})\b")
POSING = re.compile(
    r"\b(?:I am|I'm|[Mm]y name is|[Mm]y name's|[Cc]all me) ([A-Z]\w*)\b(?!'s)"
    r"|\b([A-Z]\w*) speaking(?=\s*[,.!:;])"
    rf"|{START}([A-Z]\w*) here(?=\s*[,.!:;\u2013\u2014])"
)
ARRIVING = re.compile(r"\b(?:[Ii]t's|[Ii]t is) ([A-Z]\w*)\b(?!'s)|^(?:She|He)\b")

# Before one's own name, and after it, when one says it oneself.
INTRODUCING = re.compile(
    r"(?:\b(?:I am|I'm|it's|it is|it was|this is|here's|here is|comes|is|name's|call me|called|me|I|myself|yours truly"
    r"|old|poor|signed|named|another|as|than|like|from|by),?)\s$",
    re.IGNORECASE,
)
INTRODUCED = re.compile(r" (?:here|speaking|is my name|is the name)\b")


class Said:
    """A line taken apart."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.text = line.text.translate(STRAIGHT)
        self.words = [word.lower() for word in WORD.findall(self.text)]
        self.others = frozenset(line.people) - {line.actor}

    @cached_property
    def plain(self) -> str:
        """The words in small letters, contractions written out, a space around each."""
        text = self.text.lower()
        for short, long in WRITTEN_OUT.items():
            text = text.replace(short, long)
        return f" {' '.join(WORD.findall(text))} "

    @cached_property
    def sentences(self) -> list[str]:
        return [sentence for sentence in map(str.strip, STOP.split(self.text)) if sentence]

    @cached_property
    def own_words(self) -> list[str]:
        """The words that are of no name of the world."""
        of_names = words_of(self.line.names) | words_of(self.line.people)
        return [word for word in self.words if word not in of_names and not word[0].isdigit()]

    def is_name(self, phrase: str) -> bool:
        """Whether a phrase is (part of) a name of the world."""
        words = " ".join(WORD.findall(phrase.lower()))
        return any(f" {words} " in f" {' '.join(WORD.findall(name.lower()))} " for name in self.line.names)


@lru_cache(maxsize=1024)
def words_of(names: frozenset[str] | tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in WORD.findall(name.lower()))


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > CHARACTERS:
        yield Fault(f"at most {CHARACTERS} characters", f"{len(line.text)}, beginning {shown(line.text)}")
        return
    if strange := UNSEEN.search(line.text):
        yield Fault("plain English characters on one line", f"{called(strange[0])} in {shown(line.text)}")
        return
    said = Said(line)
    if not said.words:
        yield Fault("words", shown(line.text))
        return
    for part in (characters, length, english, quoting, phrasing, repetition, person):
        for expected, found in part(said):
            yield Fault(expected, f"{shown(found)} in {shown(line.text)}" if found != line.text else shown(found))


Found = Iterator[tuple[str, str]]


def characters(said: Said) -> Found:
    for expected, pattern in (
        ("words, without directions, placeholders or markup", UNSAID),
        ("no drawn out characters", DRAWN_OUT),
        ("a whole sentence", CUT_OFF),
    ):
        if found := pattern.search(said.text):
            yield expected, found[0]


def length(said: Said) -> Found:
    most = SENTENCES if said.line.aloud else NARRATED
    words = sum(word not in words_of(said.line.refrain) for word in said.words)
    if words > WORDS:
        yield f"at most {WORDS} words", str(words)
    if len(longest := max(said.words, key=len)) > LETTERS:
        yield f"at most {LETTERS} letters a word", longest
    if len(said.sentences) > most:
        yield f"at most {most} sentences", str(len(said.sentences))


def english(said: Said) -> Found:
    """Function words tell the language: of a text that has five words or more, one in five is such a word."""
    known = sum(word in ENGLISH or word.split("'")[0] in ENGLISH for word in said.own_words)
    foreign = [word for word in said.own_words if word in FOREIGN]
    few = len(said.own_words) >= 5 and known * 5 < len(said.own_words)
    if few or len(set(foreign)) >= 3 or (foreign and len(foreign) >= known):
        yield "English", " ".join(foreign) or said.line.text


def quoting(said: Said) -> Found:
    """Nobody speaks for others, and nothing is quoted but a name."""
    for label in LABEL.finditer(said.text):
        if label[1] in said.line.people or LABELS.fullmatch(label[1].lower()):
            yield "what is said, without who says it", label[0]
    if found := DIALOGUE.search(said.text):
        yield "one person speaking", found[0]
    yield from (
        ("nothing about what others do", each[0]) for each in GESTURE.finditer(said.text) if each[1] in said.others
    )
    if said.text.count('"') % 2:
        yield "no quotation marks", said.line.text
    for quotation in QUOTED.finditer(said.text):
        whole = quotation[0].strip() == said.text.strip(" .")
        short = len(WORD.findall(quotation[0])) < 3
        if whole or not (short or quotation[0].istitle() or said.is_name(quotation[0])):
            yield "no quotations", quotation[0]


def phrasing(said: Said) -> Found:
    for expected, pattern in (("no refusal", REFUSAL), ("no talk about the task", TASK)):
        if (found := pattern.search(said.plain)) and not said.is_name(found[0]):
            yield expected, found[0].strip()
    if said.line.aloud:
        yield from (("no stage direction", each) for each in said.sentences if DIRECTION.match(each))


def repetition(said: Said) -> Found:
    """A list repeats names, and what is between them; for the rest, what is said is said once."""
    words = said.words
    refrain = words_of(said.line.refrain)
    run = max((list(same) for _, same in groupby(words)), key=len)
    if len(run) > 3 and run[0] not in refrain:
        yield "each word once", " ".join(run)
    for size, most, own in ((3, 2, 3), (6, 1, 2)):
        runs = zip(*(words[start:] for start in range(size)), strict=False)
        times = Counter(run for run in runs if sum(word not in refrain for word in run) >= own)
        if times and max(times.values()) > most:
            yield "nothing said again and again", " ".join(times.most_common(1)[0][0])
    sentences = Counter(sentence.lower() for sentence in said.sentences if sentence.count(" ") > 1)
    yield from (("each sentence once", sentence) for sentence, times in sentences.items() if times > 1)


def person(said: Said) -> Found:
    """Whoever speaks says "I" and keeps the own name; a narrator says neither "I" nor "you"."""
    if not said.line.aloud:
        yield from (("a sentence in the third person", word) for word in said.own_words if word in FIRST | SECOND)
        return
    for posing in POSING.finditer(said.text):
        if said.others.intersection(posing.groups()):
            yield f"{said.line.actor}, who speaks", posing[0]
    for arriving in ARRIVING.finditer(said.text) if not said.line.speech else ():
        if arriving[1] is None or arriving[1] in said.others:
            yield f"the own words of {said.line.actor}", arriving[0]
    if said.line.actor not in said.text or said.line.actor in said.line.must:
        return
    owned = tuple(name[name.index(said.line.actor) :] for name in said.line.names if said.line.actor in name)
    for own in re.finditer(rf"\b{re.escape(said.line.actor)}\b", said.text):
        before, after = said.text[: own.start()], said.text[own.end() :]
        introduced = INTRODUCING.search(before) or INTRODUCED.match(after)
        if not introduced and not said.text.startswith(owned, own.start()):
            yield f"no {said.line.actor} in the words of {said.line.actor}", said.text[own.start() :]


def called(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}")


def shown(text: str) -> str:
    """A text from a model as it can be printed anywhere."""
    return ascii(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults)


CHECK = Check(NAME, "the words of models are plain, short, and those of whoever speaks", judge=judge)
