"""The structure hash: equal for two episodes that are the same story under other names.

Colour refinement (Weisfeiler and Leman): an entity's colour is its kind, its static relations and the places where the
events mention it. Two rounds of refinement carry the colours along the relations; the hash is over the skeleton of
the events and the sorted colours. Events are ordered, so everything they mention gets a colour of its own, and what
they never mention is interchangeable when its relations are.

What kinds, mentions, relations and skeleton are is the task's to say, in `schemas/TASK_structure.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any, Protocol

from madata.schemas.records import canonical, digest

ROUNDS = 2


class Structure(Protocol):
    def __call__(self, world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str: ...


def structure(task: str, world: dict[str, Any], conventions: dict[str, Any], agents: list[dict[str, Any]]) -> str:
    """Hash of a world (JSON value) of a task up to renaming."""
    return of_task(task)(world, conventions, agents)


@cache
def of_task(task: str) -> Structure:
    found: Structure = import_module(f"madata.schemas.{task}_structure").structure
    return found


def refined(
    kinds: Mapping[str, str],
    mentions: Mapping[str, list[tuple[int, str]]],
    relations: Iterable[tuple[str, str, str]],
    conventions: dict[str, Any],
    skeleton: list[Any],
) -> str:
    """The hash. `kinds` has every entity, `mentions` where events name it (number of the event, field); `relations` are
    triples of entity, label and entity; `skeleton` is what the events are without the entities they name. Raises
    `KeyError` for a relation to no entity."""
    related: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for left, label, right in relations:
        related[left].append((label, right))
        related[right].append((f"{label} of", left))
    colours = {entity: digest([kind, mentions.get(entity, [])]) for entity, kind in kinds.items()}
    for _ in range(ROUNDS):
        colours = {
            entity: digest([colour, sorted([label, colours[other]] for label, other in related[entity])])
            for entity, colour in colours.items()
        }
    return digest([canonical(conventions).decode(), skeleton, sorted(colours.values())])
