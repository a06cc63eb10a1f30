"""What `shortcuts` asks of ToM: which questions are about a mind, and what the world itself would answer to them.

A reader who takes everybody to know what is so answers with the chain of agents left away (reality bias; Wimmer and
Perner 1983): right of a true belief, wrong of a false one. What kind of statement something was is no belief that is
true or false, but may well be guessed from whether what is said is so.
"""

from madata.schemas.tom import LIE, TRUTH
from madata.validators.check import EpisodeJson
from madata.validators.tom.stage import Json, effects


def gated(question: Json) -> bool:
    """Whatever is about somebody's mind; what is so and who noticed it are controls."""
    return bool(question["order"])


def belief(question: Json) -> bool:
    """Whether an answer that the world would give too is a true belief, and any other a false one."""
    return question["query"]["kind"] in ("value", "search", "cases")


def reality(episode: EpisodeJson, question: Json) -> str | None:
    """The option that holds of the world; None where nothing in the world compares with what is asked."""
    world, query = episode["world"], question["query"]
    names = {entity["id"]: entity["name"] for entity in world["entities"]}
    match query["kind"]:
        case "value":
            so = value(world, query["variable"], query["time"])
            return None if so is None else names.get(so)
        case "search":
            thing = value(world, query.get("via"), query["time"])
            so = value(world, query.get("variable") or whereabouts(world, thing), query["time"])
            return None if so is None else names.get(so)
        case "lie":
            told = [event for event in world["events"][query["event"] :][:1] if event["kind"] == "tell"]
            return next((TRUTH if is_so(world, event, query["event"]) else LIE for event in told), None)
        case "cases":
            then = (case["then"] for case in query["cases"] if holds(world, case["when"]))
            return str(next(then, query["otherwise"]))
    return None


def value(world: Json, variable: str | None, time: int) -> str | None:
    """The value of a variable after `time` events."""
    initial = [each["initial"] for each in world["variables"] if each["id"] == variable]
    changed = [effects(event)[variable] for event in world["events"][:time] if variable and variable in effects(event)]
    now: str | None = ([*initial, *changed] or [None])[-1]
    return now


def whereabouts(world: Json, thing: str | None) -> str | None:
    """The variable that says where an object is."""
    where = (each["id"] for each in world["variables"] if each["kind"] == "location" and each.get("about") == thing)
    return next(where, None)


def is_so(world: Json, telling: Json, time: int) -> bool:
    return (value(world, telling["variable"], time) == telling["value"]) is telling.get("holds", True)


def holds(world: Json, formula: Json) -> bool:
    """Of the world, whoever is said to believe it."""
    if formula["op"] == "is":
        return bool(value(world, formula["variable"], formula["time"]) == formula["value"])
    if formula["op"] == "not":
        return not holds(world, formula["of"])
    return (all if formula["op"] == "all" else any)(holds(world, each) for each in formula["of"])
