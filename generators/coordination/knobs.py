"""What all families vary: the knobs that mean the same in each of them, and the team that a family's world is for."""

import random
from collections.abc import Sequence
from typing import Literal, NamedTuple

from madata.generators.coordination.setting import Setting
from madata.generators.family import Knob, draw
from madata.schemas import Agent
from madata.schemas.coordination.language import Behaviour, Conventions, Decision, Fact, Player, Scale, Switch
from madata.schemas.coordination.world import CoordinationWorld, Game

SMALL_TALK = Knob(0, 2, 0, 10, "turns that say nothing about the task")

Channel = Literal["messages", "blackboard"]
OR_BOARD: tuple[Channel, ...] = ("messages", "messages", "messages", "blackboard")
"""Of four teams one writes on a board."""


def agents(low: int, high: int, minimum: int = 2, maximum: int = 8) -> Knob:
    return Knob(low, high, minimum, maximum, "agents")


def rounds(low: int, high: int, minimum: int = 2, maximum: int = 40) -> Knob:
    return Knob(low, high, minimum, maximum, "rounds at most")


def members(names: Sequence[str], role: str) -> list[Agent]:
    return [Agent(id=f"a{number}", name=name, role=role) for number, name in enumerate(names)]


class Team(NamedTuple):
    """Who there is, and what of the world and the conventions a family does not draw itself."""

    agents: list[Agent]
    rounds: int
    conventions: Conventions
    order: list[str]
    players: list[Player]
    fates: list[int]

    @property
    def leaders(self) -> list[str]:
        return [player.agent for player in self.players if player.behaviour == "leader"]

    def setting(
        self,
        game: Game,
        scales: list[Scale],
        facts: list[Fact],
        decisions: Sequence[Decision] = (),
        actions: Sequence[str] = (),
        bandwidth: int = 1,
    ) -> Setting:
        """The team's world, before anything happens."""
        world = CoordinationWorld(
            game=game,
            scales=scales,
            facts=facts,
            decisions=list(decisions),
            actions=list(actions),
            order=self.order,
            rounds=self.rounds,
            bandwidth=bandwidth,
            fates=self.fates,
            players=self.players,
            events=[],
        )
        return Setting(self.agents, self.conventions, world)


def cast_of(
    rng: random.Random,
    agents: list[Agent],
    rounds: int,
    odd: Sequence[Behaviour] = (),
    *,
    leaders: bool = False,
    leaving: bool = False,
    switching: bool = True,
    unreliable: bool = True,
    speech: Sequence[Literal["turns", "concurrent"]] = ("turns", "concurrent"),
    channel: Sequence[Channel] = ("messages",),
) -> Team:
    """Most teams are of one mind, or have one partner with one of the `odd` behaviours. `leaders`: in a fifth one leads
    and others do as told. A fifth have a switch, a tenth someone who leaves (if `leaving`), a quarter of those that
    exchange messages unreliable delivery."""
    ids = [agent.id for agent in agents]
    among = draw(rng, *((each, 1) for each in channel))
    late = unreliable and among == "messages" and rng.random() < 0.25
    conventions = Conventions(
        speech=draw(rng, *((each, 1) for each in speech)),
        delivery="unreliable" if late else "reliable",
        channel=among,
    )
    # Prime, so that the fates of a round do not repeat those of the round before.
    fates = rng.choices((0, 1, 2, -1), (10, 3, 1, 2), k=rng.choice((11, 13, 17))) if late else []
    behaviours = _behaviours(rng, ids, odd, leaders)
    switches: dict[str, Switch] = {}
    if switching and rounds > 2 and rng.random() < 0.2:
        agent = rng.choice(ids)
        others = [each for each in ("team", *odd) if each != behaviours[agent]]
        if others:
            switches[agent] = Switch(time=_early(rng, rounds), behaviour=rng.choice(others))
    leaves: dict[str, int] = {}
    if leaving and rounds > 2 and len(ids) > 2 and rng.random() < 0.1:
        leaves[rng.choice(ids)] = _early(rng, rounds)
    players = [
        Player(agent=agent, behaviour=behaviours[agent], switch=switches.get(agent), leaves=leaves.get(agent))
        for agent in ids
    ]
    return Team(agents, rounds, conventions, rng.sample(ids, len(ids)), players, fates)


def _behaviours(rng: random.Random, ids: list[str], odd: Sequence[Behaviour], leaders: bool) -> dict[str, Behaviour]:
    behaviours: dict[str, Behaviour] = dict.fromkeys(ids, "team")
    if leaders and rng.random() < 0.2:
        behaviours = dict.fromkeys(ids, "literal")
        behaviours[rng.choice(ids)] = "leader"
    elif odd and rng.random() < 0.5:
        behaviours[rng.choice(ids)] = rng.choice(odd)
    return behaviours


def _early(rng: random.Random, rounds: int) -> int:
    """A round that most plays get to."""
    return rng.randint(1, min(rounds - 1, 3))
