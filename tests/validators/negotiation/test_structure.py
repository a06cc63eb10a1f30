"""The structure of a negotiation: names and their order do not count, everything else does."""

import copy
import json

import pytest

from madata.generators.make import episode, families
from madata.schemas import structure


def made(family, slot=0):
    return json.loads(json.dumps(episode("negotiation", (family,), {}, 7, slot, 0)))


def hashed(record):
    return structure("negotiation", record["world"], record["conventions"], record["agents"])


def renamed(value, names):
    if isinstance(value, dict):
        return {names.get(key, key): renamed(part, names) for key, part in value.items()}
    if isinstance(value, list):
        return [renamed(part, names) for part in value]
    return names.get(value, value) if isinstance(value, str) else value


def numbers(value, path=()):
    """Where the numbers of a JSON value are."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from numbers(part, (*path, key))
    elif isinstance(value, list):
        for place, part in enumerate(value):
            yield from numbers(part, (*path, place))
    elif type(value) is int:
        yield path


@pytest.mark.parametrize("family", families("negotiation"))
def test_names_do_not_count(family):
    record = made(family)
    other = copy.deepcopy(record)
    for part in (*other["agents"], *other["world"]["game"].get("issues", ())):
        part["name"] = f"other {part['name']}"
    assert hashed(other) == record["structure"]


def test_who_is_called_what_does_not_count():
    """Two agents and the first two issues in the other order, in all that is written by order or id."""
    record = made("division")
    world = record["world"]
    swapped = renamed(world, {"a0": "a1", "a1": "a0", "i0": "i1", "i1": "i0"})
    game = swapped["game"]
    game["parties"].reverse()
    game["issues"][:2] = game["issues"][1::-1]
    for party in game["parties"]:
        party["worth"][:2] = party["worth"][1::-1]
    for event in swapped["events"]:
        if "deal" in event:
            event["deal"][:2] = event["deal"][1::-1]
            event["deal"] = [entry[::-1] for entry in event["deal"]]
    assert swapped != world
    assert structure("negotiation", swapped, record["conventions"], record["agents"]) == record["structure"]


@pytest.mark.parametrize("family", families("negotiation"))
def test_each_number_counts(family):
    record = made(family)
    for path in numbers(record["world"]):
        other = copy.deepcopy(record)
        *above, last = path
        part = other["world"]
        for key in above:
            part = part[key]
        part[last] += 1
        assert hashed(other) != record["structure"], path


def test_what_does_not_fit_has_a_structure_too():
    record = made("multi_issue")
    record["world"]["game"]["parties"][0]["worth"].pop()
    record["world"]["game"]["order"] = ["a9"]
    record["world"]["events"][0] |= {"deal": [1], "agent": "a8"}
    assert hashed(record) != made("multi_issue")["structure"]
