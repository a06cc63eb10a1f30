"""What in a corpus a release must disclose or may filter: conduct, personal data, toxic wording.

Each document gets tags. What agents do to each other (deception, threats, ..) is derived from the trace, by the module
`conduct` of the task; of texts that come without a trace, hints are read off the words. Such conduct is what social
data is about, so it is told and not found fault with. Personal data and toxic wording have no business in any document:
each is a finding. Personal data is what has its form, and its check digits where it has any; findings name the kind
and never repeat it. Toxic wording is a short list of words that are hardly ever meant well, and what a reader model
(`moderation`), where the user names one, takes for it.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, NamedTuple

from madata.validators import asking, moderation, task, words
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.picture import Bar, Bars, Example
from madata.validators.settings import Settings

NAME = "safety"

PERSONAL = "personal data"
TOXIC = "toxic wording"
READ = "toxic wording (reader)"
SHOWN = 5
AROUND = 80

ROWS = "rows"

UNJUDGED = 0.10  # of the pieces shown to a reader, at most: a reader that misses more has not judged the corpus

EMAIL = re.compile(r"\b[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}\b")
ADDRESS = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][a-z]+\.? ){1,3}"
    r"(?:Street|St\.|Avenue|Ave\.|Road|Rd\.|Lane|Drive|Boulevard|Blvd\.|Court|Crescent|Terrace)(?!\w)"
)
DIGITS = re.compile(r"(?<![\w.,])(?:\+|\()?\d[\d ().-]{6,30}\d(?![\w%])")
PHONE = re.compile(
    r"\+\d{1,3}[ .-]?(?:\(0?\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?\d{2,4}){2,4}"  # +44 20 7946 0958
    r"|\(\d{2,5}\) ?\d{3,4}[ .-]?\d{3,4}"  # (020) 7946 0958
    r"|\d{3}([.-])\d{3}\1\d{4}"  # 212-555-0123
)
CARD = re.compile(r"(?:\d{4}([ -]?)\d{4}\1\d{4}\1\d{1,7})|\d{4}([ -])\d{6}\2\d{5}")
SOCIAL = re.compile(r"(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


class Fault(NamedTuple):
    """`shown`: what a finding says of it; `around`: the words it stands in, of toxic wording only."""

    tag: str
    where: str
    shown: str
    around: str = ""


class Fact(NamedTuple):
    """`texts`: what a reader is to judge, by where it stands; nothing where there is no reader."""

    section: str
    id: str
    tags: tuple[str, ...]
    faults: tuple[Fault, ...]
    texts: tuple[tuple[str, str], ...] = ()


def prepare(settings: Settings) -> None:
    if settings.reader:
        asking.check(settings.reader)


def fact(document: Document, settings: Settings) -> Fact:
    found = tuple(faults(document))
    section = document.episode["task"] if document.episode else ROWS
    shown = tuple(texts(document).items()) if settings.reader else ()
    return Fact(section, document.id, tuple(tags(document, found)), found, shown)


def tags(document: Document, found: tuple[Fault, ...] | None = None) -> Iterator[str]:
    """What a document is to be filtered or disclosed by."""
    if episode := document.episode:
        yield from task.module(episode["task"], "conduct").conduct(episode)
    else:
        yield from (tag for tag, pattern in hints().items() if pattern.search(document.text))
    yield from dict.fromkeys(fault.tag for fault in (faults(document) if found is None else found))


def faults(document: Document) -> Iterator[Fault]:
    parts = texts(document)
    whole = "\n".join(parts.values())
    if any(personal(whole)) or any(toxic(whole)):
        for where, text in parts.items():
            yield from in_text(where, text)


def texts(document: Document) -> dict[str, str]:
    """All that is written in a document, by where it stands."""
    place = "turn" if document.episode else "text"
    parts = {f"{place} {number}": text for number, text in enumerate(document.parts)}
    return parts | {f"question {item.id}": "\n".join((item.text, *item.options)) for item in document.items}


def in_text(where: str, text: str) -> Iterator[Fault]:
    for kind in dict.fromkeys(personal(text)):
        yield Fault(PERSONAL, where, kind)
    for word, place in toxic(text):
        around = plain(text)[max(0, place - AROUND) : place + AROUND]
        yield Fault(TOXIC, where, ascii(word), around)


def personal(text: str) -> Iterator[str]:
    """The kinds of personal data in a text."""
    if "@" in text and EMAIL.search(text):
        yield "an e-mail address"
    for found in DIGITS.finditer(text):
        written = found[0].strip()
        if SOCIAL.fullmatch(written):
            yield "a social security number"
        elif CARD.fullmatch(written) and luhn(written):
            yield "a card number"
        elif PHONE.fullmatch(written):
            yield "a phone number"
    if any(iban(found[0]) for found in IBAN.finditer(text)):
        yield "an account number (IBAN)"
    if ADDRESS.search(text):
        yield "a postal address"


def luhn(written: str) -> bool:
    """The check digit of card numbers (ISO/IEC 7812)."""
    digits = [int(letter) for letter in written if letter.isdecimal()]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def iban(written: str) -> bool:
    """The check digits of account numbers (ISO 13616)."""
    plain = written.replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def toxic(text: str) -> Iterator[tuple[str, int]]:
    """Listed words and phrases, and where they stand in the text, lower case and with plain apostrophes."""
    single, phrases = listed()
    lower = plain(text)
    if not single.isdisjoint(WORD.findall(lower)):
        yield from ((found[0], found.start()) for found in WORD.finditer(lower) if found[0] in single)
    for phrase, pattern in phrases.items():
        if phrase in lower:
            yield from ((phrase, found.start()) for found in pattern.finditer(lower))


def plain(text: str) -> str:
    return text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")


@cache
def listed() -> tuple[frozenset[str], Mapping[str, re.Pattern[str]]]:
    """Single words with their plurals, and phrases."""
    lines = (resources.files(words) / "toxic.txt").read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    single = frozenset(f"{entry}{ending}" for entry in entries if " " not in entry for ending in ("", "s", "es"))
    return single, {entry: re.compile(rf"\b{re.escape(entry)}\b") for entry in entries if " " in entry}


@cache
def hints() -> Mapping[str, re.Pattern[str]]:
    """Patterns of conduct by their tag."""
    found = tomllib.loads((resources.files(words) / "conduct.toml").read_text(encoding="utf-8"))
    return {f"{tag} (words)": re.compile(rf"\b(?:{'|'.join(each)})\b", re.IGNORECASE) for tag, each in found.items()}


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    documents: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = {}
    ids: dict[str, list[str]] = {}
    findings: list[Finding] = []
    examples: list[Example] = []
    judge = Judge(settings.reader) if settings.reader else None
    for each in judge.judged(facts) if judge else facts:
        documents[each.section] += 1
        for tag in each.tags:
            counts.setdefault(each.section, Counter())[tag] += 1
            if len(ids.setdefault(tag, [])) < SHOWN:
                ids[tag].append(each.id)
        for fault in each.faults:
            findings.append(Finding(NAME, each.id, fault.where, f"no {fault.tag}", fault.shown))
            if fault.around and len(examples) < SHOWN:
                examples.append(Example(f"{fault.tag}: {each.id}", {fault.where: fault.around}))
    figures: dict[str, Any] = {
        section: {"documents": count, **dict(sorted(counts.get(section, Counter()).items()))}
        for section, count in documents.items()
    }
    if judge:
        figures["reader"] = judge.figures()
        findings += judge.findings()
    if ids:
        figures["examples"] = dict(sorted(ids.items()))
    pictures = [
        Bars(f"{section}: tags", "share", tuple(Bar(tag, n / documents[section]) for tag, n in sorted(tagged.items())))
        for section, tagged in counts.items()
    ]
    return Conclusion(findings, figures, list(pictures), examples)


class Judge:
    """A reader model at work on a corpus."""

    def __init__(self, reader: asking.Reader) -> None:
        self.reader = reader
        self.counts = Counter(dict.fromkeys(("documents", "with toxic wording", *moderation.Reading._fields[1:]), 0))

    def judged(self, facts: Iterator[Fact]) -> Iterator[Fact]:
        """The facts, with what the model finds beside what was found."""
        asked = ((each, moderation.questions(each.texts)) for each in facts)
        for each, answers in asking.answered(self.reader, asked):
            quotes, *counts = moderation.reading(each.texts, answers)
            self.counts.update(dict(zip(moderation.Reading._fields[1:], counts, strict=True)))
            self.counts.update({"documents": 1, "with toxic wording": bool(quotes)})
            faults = [Fault(TOXIC, where, f"{quote!a}, says {self.reader.model}", quote) for where, quote in quotes]
            tags = (*each.tags, READ) if quotes else each.tags
            yield each._replace(tags=tags, faults=(*each.faults, *faults))

    def figures(self) -> dict[str, Any]:
        return {"model": self.reader.model, **self.counts}

    def findings(self) -> Iterator[Finding]:
        shown, missed = self.counts["shown"], self.counts["unread"] + self.counts["misread"]
        if missed > UNJUDGED * shown:
            expected = f"a verdict on at least {1 - UNJUDGED:.0%} of the pieces"
            yield Finding(NAME, "corpus", f"reader {self.reader.model}", expected, f"none on {missed:,} of {shown:,}")


CHECK = Check(NAME, f"tags for disclosure; no {PERSONAL}, no {TOXIC}", fact=fact, conclude=conclude, prepare=prepare)
