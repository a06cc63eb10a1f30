"""Worlds of motion drawn as maps: one character a square, `.` free, `#` blocked, digits where agents start."""

from collections.abc import Sequence
from itertools import product
from typing import Any

from madata.validators.coordination.games.kitchen import Kitchen
from madata.validators.coordination.games.pathfinding import Pathfinding
from madata.validators.coordination.games.pursuit import Pursuit
from madata.validators.coordination.motion import Motion

Json = dict[str, Any]

MOVES = ["stay", "go north", "go south", "go east", "go west"]
CONVENTIONS = {"speech": "turns", "delivery": "reliable", "channel": "messages"}


def lines(drawn: str) -> list[str]:
    return drawn.split()


def squares_of(drawn: str, signs: str) -> list[int]:
    flat = "".join(lines(drawn))
    return [square for square, sign in enumerate(flat) if sign in signs]


def starts_of(drawn: str) -> list[int]:
    flat = "".join(lines(drawn))
    return [flat.index(str(agent)) for agent in range(sum(sign.isdigit() for sign in flat))]


def figures(drawn: str) -> Json:
    rows = lines(drawn)
    names = [f"{chr(ord('A') + column)}{row + 1}" for row, line in enumerate(rows) for column in range(len(line))]
    return {"rows": len(rows), "columns": len(rows[0]), "squares": names, "starts": starts_of(drawn)}


def fact(number: int, name: str, scale: str, value: int, known: Sequence[int]) -> Json:
    return {"id": f"f{number}", "name": name, "scale": scale, "value": value, "known": [f"a{agent}" for agent in known]}


def world(
    game: Json,
    facts: list[Json],
    values: list[str],
    *,
    actions: list[str] = MOVES,
    events: Sequence[Json] = (),
    behaviours: Sequence[str | None] | None = None,
    rounds: int = 20,
    **changed: Any,
) -> tuple[Json, Json, list[Json]]:
    """A world, its conventions and its agents; all facts are of one scale."""
    agents = [f"a{agent}" for agent in range(len(game["starts"]))]
    given = {
        "kind": "coordination",
        "game": game,
        "scales": [{"id": "s0", "values": values}],
        "facts": facts,
        "decisions": [],
        "actions": actions,
        "order": agents,
        "rounds": rounds,
        "bandwidth": 2,
        "fates": [],
        "players": [
            {"agent": agent, "behaviour": behaviour, "switch": None, "leaves": None}
            for agent, behaviour in zip(agents, behaviours or ["team"] * len(agents), strict=True)
        ],
        "events": list(events),
    } | changed
    names = ["Anna", "Ben", "Cleo", "Dan", "Eve", "Finn"]
    conventions = CONVENTIONS | {"delivery": "unreliable" if given["fates"] else "reliable"}
    return given, conventions, [{"id": agent, "name": names[number]} for number, agent in enumerate(agents)]


def pathfinding_world(drawn: str, goals: Sequence[int], **given: Any) -> tuple[Json, Json, list[Json]]:
    """Each agent knows its own goal."""
    game = figures(drawn) | {"kind": "pathfinding", "walls": squares_of(drawn, "#")}
    facts = [fact(agent, f"goal {agent}", "s0", goal, [agent]) for agent, goal in enumerate(goals)]
    return world(game | {"goals": [each["id"] for each in facts]}, facts, game["squares"], **given)


def pathfinding(drawn: str, goals: Sequence[int], **given: Any) -> Pathfinding:
    return Pathfinding(*pathfinding_world(drawn, goals, **given))


def pursuit_world(
    drawn: str, track: Sequence[int], value: int = 0, *, moving: bool = True, sight: int = 2, **given: Any
) -> tuple[Json, Json, list[Json]]:
    """Nobody knows where the target begins."""
    game = figures(drawn) | {
        "kind": "pursuit",
        "walls": squares_of(drawn, "#"),
        "track": list(track),
        "moving": moving,
        "target": "f0",
        "sight": sight,
        "routes": given.pop("routes", None) or [[0]] * len(starts_of(drawn)),
    }
    facts = [fact(0, "the place of the target", "s0", value, given.pop("known", []))]
    return world(game, facts, [f"place {place}" for place in range(len(track))], **given)


def pursuit(drawn: str, track: Sequence[int], value: int = 0, **given: Any) -> Pursuit:
    return Pursuit(*pursuit_world(drawn, track, value, **given))


def kitchen_world(
    drawn: str, *, recipe: int = 0, portions: int = 1, cooking: int = 0, known: Sequence[int] = (0,), **given: Any
) -> tuple[Json, Json, list[Json]]:
    """`a` and `b` are crates, `p` the pot, `d` the dishes, `w` the window."""
    crates = [squares_of(drawn, "a")[0], squares_of(drawn, "b")[0]]
    game = figures(drawn) | {
        "kind": "kitchen",
        "counters": squares_of(drawn, "#abpdw"),
        "crates": crates,
        "pot": squares_of(drawn, "p")[0],
        "dishes": squares_of(drawn, "d")[0],
        "window": squares_of(drawn, "w")[0],
        "recipe": "f0",
        "portions": portions,
        "cooking": cooking,
    }
    actions = [*MOVES, "put it into the pot", "take the soup", "serve the soup", "take a dish", "take a", "take b"]
    return world(game, [fact(0, "the soup", "s0", recipe, known)], ["onion", "tomato"], actions=actions, **given)


def kitchen(drawn: str, **given: Any) -> Kitchen:
    return Kitchen(*kitchen_world(drawn, **given))


def least_rounds(game: Motion, start: Any, limit: int = 200) -> int | None:
    """T by the book: every joint action that is open and does not collide, layer by layer."""
    agents = range(len(game.world.agents))
    layer, seen = {start}, {start}
    for time in range(limit):
        if any(game.done(state, time) for state in layer):
            return time
        joints = {state: product(*(game.openings(state, time, agent) for agent in agents)) for state in layer}
        layer = {
            game.advance(state, time, dict(enumerate(joint)))
            for state in joints
            for joint in joints[state]
            if not game.collides(state, joint)
        } - seen
        seen |= layer
    return None
