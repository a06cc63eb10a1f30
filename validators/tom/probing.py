"""What `shortcuts` asks of ToM: which questions are about a mind, and what the world itself would answer to them.

A reader who takes everybody to know what is so answers with the chain of agents left away (reality bias; Wimmer and
Perner 1983). Where belief and world agree, that is right: the truth condition helps.
"""

from madata.schemas.tom import LIE, TRUTH
from madata.validators.check import EpisodeJson
from madata.validators.tom.stage import Json, effects


def gated(question: Json) -> bool:
    """Whatever is about somebody's mind; what is so and who noticed it are controls."""
    return bool(question["order"])


def reality(episode: EpisodeJson, question: Json) -> str | None:
    """The option that holds of the world; None where nothing in the world compares with what is asked."""
    world, query = episode["world"], question["query"]
    names = {entity["id"]: entity["name"] for entity in world["entities"]}
    match query["kind"]:
        case "value":
            return names.get(value(world, query["variable"], query["time"]))
        case "search":
            variable = query["variable"] or whereabouts(world, value(world, query["via"], query["time"]))
            return names.get(value(world, variable, query["time"]))
        case "lie":
            event = world["events"][query["event"]]
            so = (value(world, event["variable"], query["event"]) == event["value"]) == event["holds"]
            return TRUTH if so else LIE
        case "cases":
            then = (case["then"] for case in query["cases"] if holds(world, case["when"]))
            return str(next(then, query["otherwise"]))
    return None


def value(world: Json, variable: str | None, time: int) -> str:
    """The value of a variable after `time` events."""
    now = {each["id"]: each["initial"] for each in world["variables"]}
    for event in world["events"][:time]:
        now |= effects(event)
    return now.get(variable, "")


def whereabouts(world: Json, thing: str) -> str | None:
    where = (each["id"] for each in world["variables"] if each["kind"] == "location" and each["about"] == thing)
    return next(where, None)


def holds(world: Json, formula: Json) -> bool:
    """Of the world, whoever is said to believe it."""
    if formula["op"] == "is":
        return bool(value(world, formula["variable"], formula["time"]) == formula["value"])
    if formula["op"] == "not":
        return not holds(world, formula["of"])
    return (all if formula["op"] == "all" else any)(holds(world, each) for each in formula["of"])
