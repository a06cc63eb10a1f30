"""In what two negotiations of a pair may differ: the points of two issues or options for one party, its reservation, or
the way in which it harvests, gives, reports or gossips."""

from collections.abc import Iterator
from typing import Any

from madata.schemas.negotiation import Game
from madata.schemas.tasks import NegotiationEpisode
from madata.validators.pairs import Fault
from madata.validators.trial import Json

FIELDS = ("reservation", "harvesting", "reports", "giving", "gossip")


def faults(original: NegotiationEpisode, other: NegotiationEpisode, change: Json) -> Iterator[Fault]:
    """What happens follows; what is private is for `privacy`."""
    for field in ("id", "name", "role"):
        was, is_ = ([getattr(agent, field) for agent in each.agents] for each in (original, other))
        if was != is_:
            yield f"agents, {field}", was, is_
    wanted = changed(original.world.game, change)
    if other.world.game != wanted:
        yield "world, game", wanted, other.world.game
    if other.world.game == original.world.game:
        yield "world, game", "something otherwise", "the same game"


def changed(game: Game, change: Json) -> Game:
    parties: list[Any] = list(game.parties)
    (place,) = (place for place, party in enumerate(parties) if party.agent == change["agent"])
    party = parties[place]
    field = change["kind"].removesuffix("_changed")
    if change["kind"] == "points_swapped":
        parties[place] = party.model_copy(update={"worth": swapped(game, party.worth, change)})
    elif field in FIELDS and hasattr(party, field):
        parties[place] = party.model_copy(update={field: change["is"]})
    else:
        raise ValueError(f"no such kind: {change['kind']}")
    return game.model_copy(update={"parties": parties})


def swapped(game: Any, worth: list[Any], change: Json) -> list[Any]:
    numbers = [number for number, issue in enumerate(game.issues) if issue.id in change["issues"]]
    new: list[Any] = [list(points) if isinstance(points, list) else points for points in worth]
    if change["options"] is None:
        one, two = numbers
        new[one], new[two] = worth[two], worth[one]
    else:
        (number,), (one, two) = numbers, change["options"]
        new[number][one], new[number][two] = worth[number][two], worth[number][one]
    return new


def same(query: Any, other: Any, change: Json) -> bool:
    """Whether it is the same query; events may have other numbers, and the end another time, by which `text` knows
    them."""
    without = {"event", "proposal", "time"} if query.kind in ("implied", "valued") else {"event", "proposal"}
    return bool(query.model_dump(exclude=without) == other.model_dump(exclude=without))
