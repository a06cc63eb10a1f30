"""Hi-ToM (arXiv 2310.16755): 1,200 questions of order 0 to 4 about stories of people who leave a room one by one.

A row of `Hi-ToM_data.json`, its story shortened to the lines that show the grammar:

    {"prompting_type": "CoTP", "deception": true, "story_length": 1, "question_order": 2, "sample_id": 640,
     "story": "1 William, Jack, Charlotte, Noah and Hannah entered the hall.\\n2 Noah saw a monkey.\\n
               3 The carrot is in the red_basket.\\n12 Noah moved the carrot to the green_envelope.\\n
               13 Noah exited the hall.\\n17 Charlotte publicly claimed that carrot is in the green_envelope.\\n
               18 Hannah privately told Charlotte that the carrot is in the blue_container.\\n\\n",
     "question": "Where does Hannah think William thinks the carrot is?",
     "choices": "A. blue_drawer, B. green_crate, ..", "answer": "red_basket"}

A row becomes one episode and its answer stays the file's, right or wrong. A group enters one by one, and whoever is
still elsewhere leaves first. "The carrot is in the red_basket" shows it to the room; so does a "move" to where it is
already. A container stands in the room where the story puts something into it; one only talked about stands in none.
Each event has a turn with the source line as its text, so a line that tells several events is repeated, never edited; a
line that tells none (pets, tastes, waiting) is a turn for the reader alone.

Conventions, from the note of the benchmark's prompts and from what its labels need: those who leave are seen to leave;
a hearer trusts a teller who left a room later (`later_exit`); who trusts a teller takes the teller to believe it
(`sincere`: 14 labels need it, 2 its opposite); who comes in sees where things are (`reveals`: 20 need it, 4 do not).
Which labels follow from no reading at all, and why, is in docs/hitom.md.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NoReturn

from pydantic import BaseModel, ConfigDict, ValidationError

from madata.generators.importers import ImportFailed, first, load, valid
from madata.generators.tom.beliefs import Beliefs
from madata.generators.tom.capabilities import capabilities
from madata.generators.tom.stage import Stage, restage
from madata.schemas import SCHEMA_VERSION, Agent, Conventions, TomEpisode, TomWorld, episode_id, structure
from madata.schemas.tom import ValueQuery

NAME = "hitom"
LICENCE = "Apache-2.0"
ALLOWED_USE = "evaluation"
SOURCE = "https://github.com/ying-hui-he/Hi-ToM_dataset"

CONVENTIONS = {
    "entering": "reveals",
    "leaving": "witnessed",
    "peeking": "secret",
    "telling": "later_exit",
    "sincerity": "sincere",
}

WRAPPING = frozenset(
    [
        "",
        "***",
        "Read the following story and answer the multiple-choice question. Please provide answer without explanations.",
    ]
)
LINE = re.compile(r"[0-9]{1,4} (.+)")
SENTENCES = {
    "enter": re.compile(r"(?P<group>\w+(?:, \w+)*(?: and \w+)?) entered the (?P<place>\w+)\."),
    "leave": re.compile(r"(?P<agent>\w+) exited the (?P<place>\w+)\."),
    "show": re.compile(r"The (?P<thing>\w+) is in the (?P<container>\w+)\."),
    "move": re.compile(r"(?P<agent>\w+) moved the (?P<thing>\w+) to the (?P<container>\w+)\."),
    "claim": re.compile(r"(?P<agent>\w+) publicly claimed that (?P<thing>\w+) is in the (?P<container>\w+)\."),
    "confide": re.compile(
        r"(?P<agent>\w+) privately told (?P<hearer>\w+) that the (?P<thing>\w+) is in the (?P<container>\w+)\."
    ),
    "nothing": re.compile(
        r"\w+ (?:made no movements and stayed in the \w+ for 1 minute|saw an? \w+|lost his \w+|(?:dis)?likes the \w+)\."
    ),
}
QUESTION = re.compile(
    r"Where (?:does (?P<first>\w+) (?:really )?think (?P<others>(?:\w+ thinks )*)the (?P<believed>\w+) is"
    r"|is the (?P<real>\w+) really)\?"
)
CHOICE = re.compile(r"[A-Z]\. (\w+)")


class Row(BaseModel):
    """A row of the file."""

    model_config = ConfigDict(strict=True)

    prompting_type: str
    deception: bool
    story_length: int
    question_order: int
    sample_id: int
    story: str
    question: str
    choices: str
    answer: str


def read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Episodes (JSON values) of Hi-ToM files, one a row, in the files' order. Raises `ImportFailed`."""
    for path in paths:
        content = load(path, "Hi-ToM_data.json", SOURCE)
        rows = content.get("data") if isinstance(content, dict) else None
        if not isinstance(rows, list):
            raise ImportFailed(f'{path}: not a Hi-ToM file; it should be one object with a list under "data"')
        seen: set[int] = set()
        for number, row in valid(path, rows, Row):
            if row.sample_id in seen:
                raise ImportFailed(f"{path}, row {number}: sample {row.sample_id} occurs twice; remove one of the rows")
            seen.add(row.sample_id)
            yield episode(row, f"{path}, sample {row.sample_id}")


def episode(row: Row, where: str) -> dict[str, Any]:
    choices = CHOICE.findall(row.choices)
    lettered = ", ".join(f"{chr(65 + index)}. {name}" for index, name in enumerate(choices))
    if lettered != row.choices or len(set(choices)) < len(choices):
        raise ImportFailed(f'{where}: choices are not different names as in "A. red_box, B. green_crate"; mend them')
    if row.answer not in choices:
        raise ImportFailed(f'{where}: answer "{row.answer}" is not among the choices; mend the answer or the choices')
    story = Story(row.story, where)
    world = story.world(choices)
    agents = [{"id": id, "name": name, "role": "character", "private": {}} for name, id in story.agents.items()]
    cast = [Agent.model_validate(agent) for agent in agents]
    stage = restage(cast, Conventions.model_validate(CONVENTIONS), TomWorld.model_validate(world))
    question = ask(row, story, stage, choices, where)
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "task": "tom",
        "family": NAME,
        "capabilities": capabilities(stage, [question["query"]["kind"]]),
        "seed": f"{NAME}-{row.sample_id}",
        "difficulty": {"deception": int(row.deception), "length": row.story_length, "order": row.question_order},
        "conventions": CONVENTIONS,
        "agents": agents,
        "world": world,
        "outcome": None,
        "structure": structure("tom", world, CONVENTIONS, agents),
        "turns": story.turns,
        "questions": [question],
        "provenance": {
            "generator": f"madata.generators.importers.{NAME}",
            "teachers": [],
            "attempts": 1,
            "source": {
                "name": "Hi-ToM",
                "item": f"{row.sample_id} {row.prompting_type}",
                "licence": LICENCE,
                "allowed_use": ALLOWED_USE,
                "text": row.story,
            },
        },
    }
    try:
        checked = TomEpisode.model_validate({"id": episode_id(content), **content})
    except ValidationError as error:
        raise ImportFailed(f"{where}: {first(error)}; shorten or mend the row") from error
    return checked.model_dump(mode="json")


class Story:
    """A story read line by line: its names, who and what is where, and the events and turns so far."""

    def __init__(self, text: str, where: str) -> None:
        self.where = where
        self.agents: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.containers: dict[str, str] = {}
        self.things: dict[str, str] = {}
        self.initial: dict[str, str] = {}
        self.rooms: dict[str, set[str]] = {}
        self.present: dict[str, str] = {}
        self.kept: dict[str, str] = {}
        self.here = ""
        self.events: list[dict[str, Any]] = []
        self.turns: list[dict[str, Any]] = []

        lines = [line for line in text.split("\n") if line.strip() not in WRAPPING]
        sentences = [self.parse(line) for line in lines]
        for kind, found in sentences:
            if kind == "enter":
                for name in members(found["group"]):
                    self.agents.setdefault(name, f"a{len(self.agents) + 1}")
        for line, (kind, found) in zip(lines, sentences, strict=True):
            self.where = f'{where}, "{line[:60]}"'
            first = len(self.events)
            getattr(self, kind)(**found)
            for event in range(first, len(self.events)):
                self.turn(line, event, event)
            if len(self.events) == first:
                self.turn(line, first, None)
        self.where = where

    def parse(self, line: str) -> tuple[str, dict[str, str]]:
        numbered = LINE.fullmatch(line)
        for kind, sentence in SENTENCES.items():
            if numbered and (found := sentence.fullmatch(numbered[1])):
                return kind, found.groupdict()
        self.fail(f'unknown sentence "{line[:60]}"', "mend the line, or add its form to SENTENCES")

    def turn(self, text: str, time: int, event: int | None) -> None:
        told = {"view": []} if event is None else self.events[event]
        what = {"index": len(self.turns), "time": time, "speaker": None, "audience": list(told["view"])}
        channel = "private" if told.get("reach") == "private" else "narration"
        self.turns.append({**what, "channel": channel, "act": None, "text": text, "event": event})

    def fail(self, problem: str, remedy: str) -> NoReturn:
        raise ImportFailed(f"{self.where}: {problem}; {remedy}")

    # One method a sentence, named as in SENTENCES.

    def enter(self, group: str, place: str) -> None:
        self.here = self.places.setdefault(place, f"p{len(self.places) + 1}")
        for agent in [self.agents[name] for name in members(group)]:
            if agent in self.present:
                self.depart(agent)
            self.present[agent] = self.here
            self.happen(self.beside(self.here), {"kind": "enter", "agent": agent, "place": self.here})

    def leave(self, agent: str, place: str) -> None:
        leaver = self.known(agent)
        if self.present.get(leaver) != self.places.get(place, place):
            self.fail(f"{agent} is not in the {place}", "mend the name or the room")
        self.depart(leaver)

    def show(self, thing: str, container: str) -> None:
        if not self.beside(self.here):
            self.fail("nobody is there to see it", "let somebody enter the room first")
        variable = self.things.setdefault(thing, f"v{len(self.things) + 1}")
        value = self.put(container, self.here)
        self.initial.setdefault(variable, value)
        if self.kept.setdefault(variable, value) != value:
            self.fail(f"the {thing} was left elsewhere", "mend the container, or tell how it got there")
        self.happen(self.beside(self.here), {"kind": "reveal", "place": self.here, "variable": variable})

    def move(self, agent: str, thing: str, container: str) -> None:
        mover, variable = self.known(agent), self.shown(thing)
        room = self.present.get(mover)
        if room is None or room not in self.rooms[self.kept[variable]]:
            self.fail(f"{agent} and the {thing} are not in one room", "mend the name or the object")
        value = self.put(container, room)
        if self.kept[variable] == value:
            self.happen(self.beside(room), {"kind": "reveal", "place": room, "variable": variable})
        else:
            self.kept[variable] = value
            change = {"kind": "change", "agent": mover, "variable": variable, "value": value}
            self.happen(self.beside(room), change, {variable: value})

    def claim(self, agent: str, thing: str, container: str) -> None:
        self.say(self.known(agent), thing, container, set(self.agents.values()), reach="everyone", to=[])

    def confide(self, agent: str, hearer: str, thing: str, container: str) -> None:
        speaker, to = self.known(agent), self.known(hearer)
        if speaker == to or self.present.get(speaker) != self.present.get(to):
            self.fail(f"{agent} and {hearer} are not two people in one place", "mend the names")
        self.say(speaker, thing, container, {speaker, to}, reach="private", to=[to])

    def nothing(self) -> None:
        """Pets, tastes and waiting change nothing."""

    # What the sentences have in common.

    def known(self, name: str) -> str:
        if name not in self.agents:
            self.fail(f"{name} enters no room in this story", "mend the name")
        return self.agents[name]

    def shown(self, thing: str) -> str:
        if thing not in self.things:
            self.fail(f"no line before says where the {thing} is", f'add "The {thing} is in the .."')
        return self.things[thing]

    def named(self, container: str) -> str:
        return self.containers.setdefault(container, f"c{len(self.containers) + 1}")

    def put(self, container: str, room: str) -> str:
        value = self.named(container)
        self.rooms.setdefault(value, set()).add(room)
        return value

    def beside(self, place: str) -> set[str]:
        return {agent for agent, present in self.present.items() if present == place}

    def depart(self, agent: str) -> None:
        place = self.present[agent]
        self.happen(self.beside(place), {"kind": "leave", "agent": agent, "place": place})
        del self.present[agent]

    def say(self, speaker: str, thing: str, container: str, view: set[str], **reach: Any) -> None:
        what = {"agent": speaker, "variable": self.shown(thing), "value": self.named(container), "holds": True}
        self.happen(view, {"kind": "tell", **what, **reach})

    def happen(self, view: set[str], event: dict[str, Any], effects: dict[str, str] | None = None) -> None:
        roles = {agent: "full" for agent in self.agents.values() if agent in view}
        self.events.append({**event, "effects": effects or {}, "view": roles})

    def world(self, choices: list[str]) -> dict[str, Any]:
        """The world as JSON value; what is only a choice is a container too."""
        values = [self.named(name) for name in choices] and list(self.containers.values())

        def entity(id: str, kind: str, name: str, place: str | None = None) -> dict[str, Any]:
            return {"id": id, "kind": kind, "name": name, "place": place}

        def room(container: str) -> str | None:
            rooms = self.rooms.get(container, set())
            return next(iter(rooms)) if len(rooms) == 1 else None

        objects = {variable: variable.replace("v", "o") for variable in self.things.values()}
        return {
            "kind": "tom",
            "entities": [
                *(entity(id, "place", name) for name, id in self.places.items()),
                *(entity(id, "container", name, room(id)) for name, id in self.containers.items()),
                *(entity(objects[variable], "object", name) for name, variable in self.things.items()),
            ],
            "variables": [
                {
                    "id": variable,
                    "kind": "location",
                    "name": f"where the {name} is",
                    "about": objects[variable],
                    "values": values,
                    "initial": self.initial[variable],
                    "presumed": None,
                    "known_by": [],
                }
                for name, variable in self.things.items()
            ],
            "distrust": [],
            "events": self.events,
        }


def members(group: str) -> list[str]:
    """The names of "Ann, Ben and Cleo"."""
    return re.split(", | and ", group)


def ask(row: Row, story: Story, stage: Stage, choices: list[str], where: str) -> dict[str, Any]:
    """The question of a row, its chain of names in the order of the words; the answer is the file's."""
    found = QUESTION.fullmatch(row.question)
    if not found:
        raise ImportFailed(f'{where}: unknown question "{row.question[:80]}"; mend it, or add its form to QUESTION')
    story.where = where
    names = [found["first"], *found["others"].split(" thinks ")[:-1]] if found["first"] else []
    chain = [story.known(name) for name in names]
    if len(chain) != row.question_order:
        raise ImportFailed(f"{where}: question_order is not {len(chain)}, the agents its question names; mend one")
    variable = story.shown(found["believed"] or found["real"])
    query = ValueQuery(chain=chain, variable=variable, time=len(stage.events))
    derived = Beliefs(stage).answer(query)
    return {
        "id": "q1",
        "ability": "belief" if chain else "reality",
        "order": len(chain),
        "query": query.model_dump(),
        "text": row.question,
        "options": choices,
        "answer": [row.answer],
        "evidence": derived.evidence,
        "view": derived.view,
    }
