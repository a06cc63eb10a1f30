"""A small valid episode, made by hand: Anna puts the apple in the box and leaves; Ben moves it to the chest.

`episode()` gives a fresh JSON value, `episode(3)` the same story with another agent's name; `seal` puts the right id on
an edited one.
"""

from pathlib import Path
from typing import Any

from madata.schemas import canonical, episode_id, structure

EpisodeJson = dict[str, Any]
NAMES = ("Anna", "Ayo", "Chen", "Dina", "Emre", "Farah", "Goran", "Hana", "Ines", "Jun")


def event(kind: str, view: dict[str, str], effects: dict[str, str] | None = None, **fields: str) -> EpisodeJson:
    return {"kind": kind, "effects": effects or {}, "view": view, **fields}


def turn(index: int, text: str, audience: list[str]) -> EpisodeJson:
    told = {"index": index, "time": index, "speaker": None, "audience": audience, "event": index}
    return {**told, "channel": "narration", "act": None, "text": text}


def episode(number: int = 0, family: str = "location") -> EpisodeJson:
    name = f"{NAMES[number % len(NAMES)]} {number}" if number else NAMES[0]
    both = {"a1": "full", "a2": "full"}
    agents: list[EpisodeJson] = [
        {"id": "a1", "name": name, "role": "character", "private": {}},
        {"id": "a2", "name": "Ben", "role": "character", "private": {}},
    ]
    conventions = {
        "entering": "reveals",
        "leaving": "witnessed",
        "peeking": "secret",
        "telling": "trusted",
        "sincerity": "sincere",
    }
    world: EpisodeJson = {
        "kind": "tom",
        "entities": [
            {"id": "p1", "kind": "place", "name": "kitchen", "place": None},
            {"id": "c1", "kind": "container", "name": "box", "place": "p1"},
            {"id": "c2", "kind": "container", "name": "chest", "place": "p1"},
            {"id": "o1", "kind": "object", "name": "apple", "place": None},
        ],
        "variables": [
            {
                "id": "v1",
                "kind": "location",
                "name": "where the apple is",
                "about": "o1",
                "values": ["c1", "c2"],
                "initial": "c2",
                "presumed": None,
                "known_by": [],
            }
        ],
        "distrust": [],
        "events": [
            event("enter", {"a1": "full"}, agent="a1", place="p1"),
            event("enter", both, agent="a2", place="p1"),
            event("change", both, {"v1": "c1"}, agent="a1", variable="v1", value="c1"),
            event("leave", both, agent="a1", place="p1"),
            event("change", {"a2": "full"}, {"v1": "c2"}, agent="a2", variable="v1", value="c2"),
        ],
    }
    query = {"kind": "value", "chain": ["a1"], "variable": "v1", "time": 5}
    question = {
        "id": "q1",
        "ability": "first_order_belief",
        "order": 1,
        "query": query,
        "text": f"Where does {name} think the apple is?",
        "options": ["box", "chest"],
        "answer": ["box"],
        "evidence": [2],
        "view": "a1",
    }
    return seal(
        {
            "schema_version": "1.0",
            "task": "tom",
            "family": family,
            "capabilities": ["understanding"],
            "seed": f"0/{number}",
            "difficulty": {"agents": 2},
            "conventions": conventions,
            "agents": agents,
            "world": world,
            "outcome": None,
            "structure": structure("tom", world, conventions, agents),
            "turns": [
                turn(0, f"{name} entered the kitchen.", ["a1"]),
                turn(1, "Ben entered the kitchen.", ["a1", "a2"]),
                turn(2, f"{name} moved the apple to the box.", ["a1", "a2"]),
                turn(3, f"{name} left the kitchen.", ["a1", "a2"]),
                turn(4, "Ben moved the apple to the chest.", ["a2"]),
            ],
            "questions": [question],
            "provenance": {
                "generator": "madata 0",
                "mode": "verbalise",
                "teachers": [{"name": "hand", "revision": "1", "sampling": {}}],
                "spoken": [],
                "attempts": 1,
                "source": None,
            },
        }
    )


def seal(record: EpisodeJson) -> EpisodeJson:
    return record | {"id": episode_id(record)}


def write(path: Path, *records: EpisodeJson | bytes) -> Path:
    """A JSONL file of records, and of raw lines as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.writelines((r if isinstance(r, bytes) else canonical(r)) + b"\n" for r in records)
    return path
