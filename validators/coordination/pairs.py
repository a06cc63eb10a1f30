"""In what two teams of a pair may differ: one knower of a fact, one fate, two cards that change places, or the way in
which one agent behaves."""

from collections.abc import Iterator
from typing import Any

from madata.schemas.coordination.world import CoordinationWorld
from madata.schemas.tasks import CoordinationEpisode
from madata.validators.pairs import Fault, otherwise
from madata.validators.trial import Json

GIVEN = ("game", "scales", "facts", "decisions", "actions", "order", "rounds", "bandwidth", "fates", "players")
LOST = -1


def faults(original: CoordinationEpisode, other: CoordinationEpisode, change: Json) -> Iterator[Fault]:
    """What happens follows; what is private is for `privacy`."""
    for field in ("id", "name", "role"):
        was, is_ = ([getattr(agent, field) for agent in each.agents] for each in (original, other))
        if was != is_:
            yield f"agents, {field}", was, is_
    field, wanted = changed(original, change)
    yield from otherwise([each for each in GIVEN if each != field], original.world, other.world)
    found = getattr(other.world, field)
    if field == "fates":
        wanted, found = same_length(wanted, found)
    if found != wanted:
        yield f"world, {field}", wanted, found


def changed(episode: CoordinationEpisode, change: Json) -> tuple[str, Any]:
    """The part of the world that is otherwise, and as what."""
    world = episode.world
    match change["kind"]:
        case "knower_added" | "knower_removed" as kind:
            return "facts", [
                fact.model_copy(update={"known": known(episode, fact.known, change["agent"], kind)})
                if fact.id == change["fact"]
                else fact
                for fact in world.facts
            ]
        case "values_swapped":
            one, two = change["facts"]
            value = {fact.id: fact.value for fact in world.facts}
            swapped = {one: value[two], two: value[one]}
            return "facts", [
                fact.model_copy(update={"value": swapped.get(fact.id, fact.value)}) for fact in world.facts
            ]
        case "behaviour_changed":
            return "players", [
                player.model_copy(update={"behaviour": change["is"]}) if player.agent == change["agent"] else player
                for player in world.players
            ]
        case "message_lost" | "message_arrives" as kind:
            return "fates", fates(world, change, kind)
    raise ValueError(f"no such kind: {change['kind']}")


def known(episode: CoordinationEpisode, before: list[str], agent: str, kind: str) -> list[str]:
    if (agent in before) is (kind == "knower_added"):
        raise ValueError(f"{agent} does or does not know it already")
    return [each.id for each in episode.agents if (each.id in before) is not (each.id == agent)]


def fates(world: CoordinationWorld, change: Json, kind: str) -> list[int]:
    """By the formula of docs/coordination.md, the entry must be that of the message."""
    number = {player: place for place, player in enumerate(player.agent for player in world.players)}
    event: Any = world.events[change["event"]]
    repeated = world.fates * (100 // len(world.fates))
    entry = (7 * event.time + 3 * number[event.agent] + number[change["to"]]) % len(repeated)
    lost = event.arrives[event.to.index(change["to"])] is None
    if entry != change["entry"] or lost is not (kind == "message_arrives"):
        raise ValueError(f"the fate of that message is entry {entry}")
    return [*repeated[:entry], LOST if kind == "message_lost" else 0, *repeated[entry + 1 :]]


def same_length(wanted: list[int], found: list[int]) -> tuple[list[int], list[int]]:
    """A list of fates that is repeated means the same."""
    if found and len(wanted) % len(found) == 0:
        return wanted, found * (len(wanted) // len(found))
    return wanted, found


def same(query: Any, other: Any, change: Json) -> bool:
    """Whether it is the same query; events may have other numbers, by which `text` knows them."""
    without = {"event", "events"}
    return bool(query.model_dump(exclude=without) == other.model_dump(exclude=without))
