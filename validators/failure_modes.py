"""Check `failure_modes`: which of MAST's fourteen failures occur, in what share of the episodes, by whom.

Teams and negotiations that fail are wanted in a corpus, so failures are figures, with the ids of episodes to look at. A
finding is only what the record says cannot be: a failure of somebody whose script never fails in that way. What counts
as a failure is for the task (`TASK/failures.py`); of a mode that cannot be seen in a game there is no share, rather
than one of 0. Of people's words without acts (an import, or rows) only what is said twice can be seen.

Cemri et al. 2025, "Why Do Multi-Agent LLM Systems Fail?", arXiv 2503.13657; docs/failure_modes.md.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from madata.validators import task
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.mast import MODES, Failure, Observed
from madata.validators.picture import Bar, Bars, Example
from madata.validators.settings import Settings
from madata.validators.trial import Wrong

IDS = 20
"""So many episodes of a mode are named. All that a corpus has can be had from `observed`."""

WORDS = 5
"""Fewer may well be said twice ("Yes, I think so")."""


class Fact(NamedTuple):
    """`quotes`: the words of the first failure of a mode, if it was in words. `impossible`: failures of those whose
    scripts never fail so."""

    id: str
    group: str
    modes: tuple[str, ...]
    behaviours: tuple[str, ...]
    failures: tuple[Failure, ...]
    quotes: dict[str, str]
    impossible: tuple[Failure, ...]


def observed(document: Document) -> Observed | None:
    """The failures in a document; None if nothing in it could be seen to fail."""
    episode = document.episode
    if episode is None:
        return repeated([(None, part) for part in document.parts])
    if not task.has(episode["task"], "failures"):
        return None
    try:
        found: Observed | None = task.module(episode["task"], "failures").observed(episode)
    except Wrong:  # for `protocol` to tell
        return None
    if found is None and episode["provenance"]["source"]:
        names = {agent["id"]: agent["name"] for agent in episode["agents"]}
        return repeated([(names.get(turn["speaker"]), turn["text"]) for turn in episode["turns"] if turn["speaker"]])
    return found


def repeated(said: list[tuple[str | None, str]]) -> Observed | None:
    """What somebody says again in the same words; of rows it is not known who speaks."""
    if len(said) < 2:
        return None
    before: set[tuple[str | None, str]] = set()
    failures = []
    for speaker, text in said:
        words = " ".join(text.lower().split())
        if (speaker, words) in before and words.count(" ") >= WORDS - 1:
            failures.append(Failure("1.3", f"{speaker or 'somebody'} says again: {text}"))
        before.add((speaker, words))
    return Observed(("1.3",), failures)


def fact(document: Document, settings: Settings) -> Fact | None:
    found = observed(document)
    if found is None:
        return None
    impossible = tuple(each for each in found.failures if each.mode in found.excluded.get(each.behaviour or "", ()))
    turns = document.episode["turns"] if document.episode and found.failures else ()
    words = {turn["event"]: turn["text"] for turn in turns if turn["event"] is not None}
    firsts = {failure.mode: failure for failure in reversed(found.failures)}
    quotes = {mode: words[first.event] for mode, first in firsts.items() if first.event in words}
    failures = tuple(found.failures)
    return Fact(document.id, document.group, found.modes, found.behaviours, failures, quotes, impossible)


class Tally:
    """Of one mode: in how many episodes it could be seen and was, by group and by behaviour."""

    def __init__(self) -> None:
        self.could: Counter[str] = Counter()
        self.did: Counter[str] = Counter()
        self.could_behaviour: Counter[str] = Counter()
        self.did_behaviour: Counter[str] = Counter()
        self.ids: list[str] = []
        self.example: Example | None = None

    def add(self, fact: Fact, mode: str, own: list[Failure]) -> None:
        self.could[fact.group] += 1
        self.could_behaviour.update(fact.behaviours)
        if own:
            self.did[fact.group] += 1
            self.did_behaviour.update({each.behaviour for each in own if each.behaviour})
            self.ids += [fact.id] if len(self.ids) < IDS else []
            self.example = self.example or self.shown(fact, mode, own[0])

    @staticmethod
    def shown(fact: Fact, mode: str, failure: Failure) -> Example:
        sides = {failure.behaviour or "found": failure.found}
        if mode in fact.quotes:
            sides["in words"] = fact.quotes[mode]
        return Example(f"{label(mode)}: {fact.id} ({fact.group})", sides)

    def figures(self) -> dict[str, Any]:
        return {
            "episodes": self.did.total(),
            "of": self.could.total(),
            "share": share(self.did.total(), self.could.total()),
            "by group": shares(self.did, self.could),
            "by behaviour": shares(self.did_behaviour, self.could_behaviour),
            "ids": self.ids,
        }


def share(part: int, whole: int) -> float:
    return round(part / whole, 4)


def shares(part: Counter[str], whole: Counter[str]) -> dict[str, float]:
    return {name: share(part[name], whole[name]) for name in sorted(whole)}


def label(mode: str) -> str:
    return f"{mode} {MODES[mode]}"


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    tallies = {mode: Tally() for mode in MODES}
    findings, judged, clean = [], 0, 0
    for fact in facts:
        judged += 1
        clean += not fact.failures
        by_mode: dict[str, list[Failure]] = defaultdict(list)
        for failure in fact.failures:
            by_mode[failure.mode].append(failure)
        for mode in fact.modes:
            tallies[mode].add(fact, mode, by_mode[mode])
        findings += [finding(fact, failure) for failure in fact.impossible]
    seen = {mode: tally for mode, tally in tallies.items() if tally.could}
    figures: dict[str, Any] = {label(mode): tally.figures() for mode, tally in seen.items()}
    unseen = [label(mode) for mode in MODES if mode not in seen]
    figures |= {"episodes": judged, "without any failure": clean, "cannot be seen in these episodes": unseen}
    bars = tuple(Bar(label(mode), share(tally.did.total(), tally.could.total())) for mode, tally in seen.items())
    examples = [tally.example for tally in seen.values() if tally.example]
    pictures = [Bars("Failures by mode (of the episodes in which it can be seen)", "share", bars)] if bars else []
    return Conclusion(findings, figures, [*pictures], examples)


def finding(fact: Fact, failure: Failure) -> Finding:
    where = "record" if failure.event is None else f"event {failure.event}"
    expected = f"no {label(failure.mode)} by an agent whose script is {failure.behaviour}"
    return Finding(CHECK.name, fact.id, where, expected, failure.found)


CHECK = Check(
    "failure_modes",
    "which of the fourteen failures of MAST occur; none that a script excludes",
    fact=fact,
    conclude=conclude,
)
