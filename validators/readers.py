"""Check `reading`: a model that read a turn took it to say its act.

A reader is given a turn and some plain clauses, of which one says the act ("the apple is in the box") and the others
nearly do: another value, a denial, another topic. Which one is right is derived here, by the task's `wording`, as if
the clause were the turn's text; of an act that is no speech, a narrator's. Turns nobody has read are as good as any.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from madata.validators import task
from madata.validators.check import Check, Conclusion, EpisodeJson, Finding
from madata.validators.corpus.document import Document
from madata.validators.settings import Settings
from madata.validators.spoken import Fault, Json, Line, lines

NAME = "reading"
MOST = 12
SHOWN = 60

Faults = Callable[[Line], Iterable[Fault]]


def faults(line: Line, reading: Json, wording: Faults) -> Iterator[Fault]:
    choices, chosen = reading["choices"], reading["chosen"]
    if len(choices) > MOST:
        yield Fault(f"at most {MOST} choices", str(len(choices)))
        return
    right = [number for number, choice in enumerate(choices) if says(choice, line, wording)]
    if len(right) != 1:
        yield Fault("one choice that says the act", f"{len(right)} of {len(choices)}")
    elif chosen >= len(choices):
        yield Fault(f"a choice below {len(choices)}", str(chosen))
    elif chosen != right[0]:
        yield Fault(f"{shown(choices[right[0]])} as what {shown(line.text)} says", shown(choices[chosen]))


def says(choice: str, line: Line, wording: Faults) -> bool:
    return not any(wording(replace(line, text=choice, aloud=line.aloud and line.speech)))


def shown(text: str) -> str:
    return ascii(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    entries = [entry for entry in spoken(episode) if entry.get("reading")]
    if not entries:
        return
    wording = task.module(episode["task"], "wording").faults
    said = dict(lines(episode))
    for entry in entries:
        if line := said.get(entry["turn"]):
            for fault in faults(line, entry["reading"], wording):
                yield Finding(NAME, episode["id"], f"turn {entry['turn']}", fault.expected, fault.found)


def spoken(episode: EpisodeJson) -> list[Json]:
    return list(episode["provenance"].get("spoken", ()))


class Fact(NamedTuple):
    """How many turns of an episode models spoke, and who read each that was read."""

    spoken: int
    readers: tuple[str, ...]


def fact(document: Document, settings: Settings) -> Fact | None:
    if not (episode := document.episode):
        return None
    readings = [entry.get("reading") for entry in spoken(episode)]
    return Fact(len(readings), tuple(reading["model"] for reading in readings if reading))


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    turns = 0
    readers: Counter[str] = Counter()
    for each in facts:
        turns += each.spoken
        readers.update(each.readers)
    figures = {"turns of models": turns, "turns read": readers.total(), "readers": dict(sorted(readers.items()))}
    return Conclusion([], figures if turns else {})


CHECK = Check(NAME, "readers take turns of models to say their acts", judge=judge, fact=fact, conclude=conclude)
