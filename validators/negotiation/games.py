"""The seam between the checks of a negotiation and the games: what a check asks, and what a game answers.

Each kind of game is a module of this package, of the kind's name, with `GAME`. A game is built once an episode, from
world, conventions and agents alone, and derives the rest (docs/negotiation.md). What the schema accepts can still
make no sense; then building a game raises `Wrong`, and every check that needs the game says so. A record that makes
sense but breaks a rule is built, and its game lists the faults.
"""

from collections.abc import Sequence
from importlib import import_module
from typing import NamedTuple, Protocol

from madata.validators import trial
from madata.validators.trial import Json, Wrong


class Hearers(NamedTuple):
    """Who `to` of an event may be. `others`: all who are there but the agent; to fewer of them, speech is private.
    `among`: those it can go to, in agent order; `sizes`: to how many of them it does."""

    others: Sequence[str]
    among: Sequence[str]
    sizes: range

    def admit(self, to: Sequence[str]) -> bool:
        return list(to) == [agent for agent in self.among if agent in to] and len(to) in self.sizes

    def __str__(self) -> str:
        few, many = self.sizes[0], self.sizes[-1]
        number = "all" if few == len(self.among) else f"{few}" if few == many else f"{few} to {many}"
        return f"{number} of [{', '.join(self.among)}], in order"

    @classmethod
    def exactly(cls, others: Sequence[str], to: Sequence[str]) -> "Hearers":
        return cls(others, to, range(len(to), len(to) + 1))


class Game(trial.Game, Protocol):
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        """Raises `Wrong` for what cannot be judged at all."""

    def hearers(self, event: int) -> Hearers: ...


def cast(agents: Sequence[Json], parties: Sequence[Json]) -> dict[str, str]:
    """Names by id, in agent order; raises `Wrong` unless there is one party an agent, in that order."""
    ids = [agent["id"] for agent in agents]
    if ids != [f"a{number}" for number in range(len(ids))]:
        raise Wrong("agents", "ids a0, a1, .. in order", ids)
    names = {agent["id"]: agent["name"] for agent in agents}
    if len(set(names.values())) != len(names):
        raise Wrong("agents", "a name of its own for each", list(names.values()))
    if [party["agent"] for party in parties] != ids:
        raise Wrong("game, parties", f"one for each of {ids}, in order", [party["agent"] for party in parties])
    return names


def build(episode: Json) -> Game:
    """The game of an episode, for its checks."""
    world = episode["world"]
    game: type[Game] = import_module(f"{__package__}.{world['game']['kind']}").GAME
    return game(world, episode["conventions"], episode["agents"])
