"""Turns in the words of models, as the checks on words see them.

The checks `wording`, `privacy`, `form` and `reading` judge one `Line` at a time, so that a generator can ask them
before a turn is accepted and `madata validate` can ask them again, later, of a finished episode. Which turns a model
may speak, and what each must say, is the task's to know: `Scene` of the module `spoken` in its package.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from madata.validators import task
from madata.validators.check import Finding

Json = Mapping[str, Any]

ASK = "ask"
TALK = "talk"
WORD = re.compile(r"[^\W_]+")
ARTICLES = frozenset(["a", "an", "the"])


class Fault(NamedTuple):
    """What the words should have been like, and what they are."""

    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Line:
    """A turn to be judged.

    `act` is what is done by it, in the task's terms (in ToM the kind of the event it tells), "ask" for a question, or
    "talk" for words that say nothing of the story. `speech`: whether that is done by speaking, as a telling is and
    entering a room is not. `aloud`: the actor's own words; else a sentence about the act, for whoever sees it.
    `hearers` are the others in the audience, `people` all agents, each by name.

    `must` are names of the world that the words have to say, `may` names they can say besides: who is there, the room,
    what was so before a change. `holds` is whether a telling affirms or denies; None if the act is no telling.

    `names` are all names of entities and facts, `topics` those of facts. `met` are the names, people's included, that
    the speaker (aloud), or everybody in the audience (not aloud), has come across. `private` are values that not
    everybody knew at the start and not all hearers have come across.
    """

    text: str
    act: str
    speech: bool
    actor: str
    aloud: bool
    hearers: tuple[str, ...]
    people: tuple[str, ...]
    must: tuple[str, ...]
    may: frozenset[str]
    holds: bool | None
    names: frozenset[str]
    topics: frozenset[str]
    met: frozenset[str]
    private: frozenset[str]

    @property
    def refrain(self) -> frozenset[str]:
        """Names that can come again and again in one line, as where an act is a list."""
        return frozenset()


class Scene(Protocol):
    """An episode while it is told, by the task that knows it: `act` is what a model may put into words in a turn (None
    where the world's own narration belongs), `line` that turn, about to be said; then the scene has to `hear` it."""

    def __init__(self, agents: list[Json], world: Json) -> None: ...

    def act(self, turn: Json, event: Json | None) -> str | None: ...

    def line(self, turn: Json, event: Json | None) -> Line: ...

    def hear(self, turn: Json, event: Json | None) -> None: ...


def lines(episode: Json) -> Iterator[tuple[int, Line]]:
    """The turns of a finished episode that models spoke, each with its index."""
    spoken = {entry["turn"] for entry in episode["provenance"].get("spoken", ())}
    if not spoken:
        return
    scene: Scene = task.module(episode["task"], "spoken").Scene(episode["agents"], episode["world"])
    events = episode["world"]["events"]
    for position, turn in enumerate(episode["turns"]):
        told = turn["event"]
        event = events[told] if told is not None and told < len(events) else None
        if position in spoken and scene.act(turn, event):
            yield position, scene.line(turn, event)
        scene.hear(turn, event)


def judged(
    check: str, episode: Json, faults: Callable[[Any], Iterable[Fault]], speakable: str | None = None
) -> Iterator[Finding]:
    """What a check on words finds. With `speakable`, what a turn of a model has to be, whatever else claims to be
    spoken is a finding too."""
    seen = set()
    for position, line in lines(episode):
        seen.add(position)
        for fault in faults(line):
            yield Finding(check, episode["id"], f"turn {position}", fault.expected, fault.found)
    if speakable is None:
        return
    for entry in episode["provenance"].get("spoken", ()):
        if entry["turn"] not in seen:
            where = f"provenance, spoken turn {entry['turn']}"
            yield Finding(check, episode["id"], where, speakable, "the world's own narration, or no turn")


# Names in a text, exactly as the world has them but for case and articles.

Index = Mapping[str, list[tuple[tuple[str, ...], str]]]


def words(text: str) -> tuple[str, ...]:
    return tuple(WORD.findall(text.lower()))


def bare(name: str) -> tuple[str, ...]:
    """The words of a name without its article."""
    found = words(name)
    return found[1:] if len(found) > 1 and found[0] in ARTICLES else found


def index(names: Iterable[str]) -> Index:
    """Names by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in names:
        if parts := bare(name):
            found.setdefault(parts[0], []).append((parts, name))
    return {first: sorted(names, key=lambda name: -len(name[0])) for first, names in found.items()}


def mentioned(text: str, names: Index) -> Iterator[str]:
    """The names in a text. A name within a longer one is not one."""
    said = words(text)
    at = 0
    while at < len(said):
        for parts, name in names.get(said[at], ()):
            if said[at : at + len(parts)] == parts:
                yield name
                at += len(parts) - 1
                break
        at += 1
