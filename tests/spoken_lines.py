"""Turns in words with a verdict: paraphrases written by hand (tests/data), and planted defects in scripted turns."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from madata.generators import make
from madata.validators.spoken import ASK, TALK, Line, bare
from madata.validators.tom.spoken import Scene
from madata.validators.words.numbers import of_name
from madata.validators.words.tokens import split

Json = dict[str, Any]

PARAPHRASES = Path(__file__).parent / "data" / "paraphrases.jsonl"
FOREIGN = [
    "banana",
    "garden",
    "submarine",
    "accordion",
    "uncle",
    "volcano",
    "teapot lid",
    "bakery",
    "giraffe",
    "parachute",
]
OTHER_NUMBERS = ["three", "thirteen", "47", "sixty", "ten", "a dozen"]
FLIPS = [
    (r"\b(is|can) not (in|inside|be found)\b", r"\1 \2"),
    (r"\bcannot\b", "can"),
    (r"\bdoes not (hold|contain|lie)\b", r"\1s"),
    (r"\bis not\b", "is"),
    (r"\bcan be found\b", "cannot be found"),
    (r"\b(hold|contain|lie)s\b", r"does not \1"),
    (r"\bis (in|inside)\b", r"is not \1"),
    (r"\bis\b", "is not"),
]


class Judged(NamedTuple):
    """A line and what is wrong with it, None if nothing is."""

    line: Line
    error: str | None


def paraphrases(remainder: int, divisor: int = 2) -> Iterator[Judged]:
    """The paraphrases whose number leaves a remainder."""
    scenes: dict[str, Json] = {}
    number = 0
    for raw in PARAPHRASES.read_text(encoding="utf-8").splitlines():
        record = json.loads(raw)
        if "agents" in record:
            scenes[record["scene"]] = record
            continue
        if number % divisor == remainder:
            yield Judged(said_in(scenes[record["scene"]], record["index"], record["text"]), record["error"])
        number += 1


def said_in(story: Json, index: int, text: str) -> Line:
    events = story["world"]["events"]
    scene = Scene(story["agents"], story["world"])
    told = [(turn, None if turn["event"] is None else events[turn["event"]]) for turn in story["turns"][: index + 1]]
    for turn, event in told[:-1]:
        scene.hear(turn, event)
    turn, event = told[-1]
    return scene.line(turn | {"text": text}, event)


def planted(slots: int, seed: int = 3) -> Iterator[Judged]:
    """Scripted turns of generated stories, each followed by versions of it with one thing wrong."""
    rng = random.Random(seed)
    families = tuple(make.families("tom"))
    for slot in range(slots):
        with suppress(make.Rejected):
            yield from planted_in(make.episode("tom", families, {}, seed, slot, 0), rng)


def planted_in(episode: Json, rng: random.Random) -> Iterator[Judged]:
    scene, events = Scene(episode["agents"], episode["world"]), episode["world"]["events"]
    kinds = {entity["name"]: entity["kind"] for entity in episode["world"]["entities"]}
    for turn in episode["turns"]:
        event = None if turn["event"] is None else events[turn["event"]]
        if scene.act(turn, event):
            line = scene.line(turn, event)
            yield Judged(line, None)
            for error, text in defects(line, kinds, rng):
                yield Judged(scene.line(turn | {"text": text}, event), error)
        scene.hear(turn, event)


def defects(line: Line, kinds: dict[str, str], rng: random.Random) -> Iterator[tuple[str, str]]:
    if line.act == TALK:
        return
    for name in line.must:
        if name not in kinds or not (whole := re.compile(rf"\b{re.escape(name)}\b")).search(line.text):
            continue
        yield "missing", whole.sub("it", line.text)
        yield "foreign", whole.sub(rng.choice([word for word in FOREIGN if word not in kinds]), line.text)
        others = [
            other
            for other, kind in kinds.items()
            if kind == kinds[name] and other not in (*line.must, *line.may) and not set(bare(other)) & set(bare(name))
        ]
        if others and not of_name(name):
            yield "entity", whole.sub(rng.choice(sorted(others)), line.text)
        for number in of_name(name) if line.act != ASK else ():
            words = [token.word for token in split(name)]
            for other in rng.sample(
                [other for other in OTHER_NUMBERS if not number.readings & of_name(other)[0].readings], 3
            ):
                yield "number", whole.sub(" ".join([*words[: number.start], other, *words[number.end :]]), line.text)
    if line.holds is not None:
        claim = line.text
        for pattern, replacement in FLIPS:
            flipped = re.sub(pattern, replacement, claim, count=1)
            if flipped != claim:
                yield "negation", flipped
                break
    strangers = [name for name in line.people if name not in (line.actor, *line.hearers) and name not in line.text]
    if not line.aloud and strangers:
        yield "person", line.text.replace(line.actor, rng.choice(strangers))
