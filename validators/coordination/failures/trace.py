"""An episode as the rules on failures look at it: what each event was said or done upon, and what all games share."""

from collections.abc import Hashable, Iterator
from typing import Generic, TypeVar

from madata.validators.coordination.game import Game
from madata.validators.coordination.run import Point, Stage
from madata.validators.coordination.world import Beliefs, Event
from madata.validators.mast import Failure, derailed
from madata.validators.trial import Json

G = TypeVar("G", bound=Game)


class Trace(Generic[G]):
    def __init__(self, game: G, episode: Json) -> None:
        self.game, self.episode = game, episode
        self.world, self.run = game.world, game.record
        self.events = self.run.events
        outcome = episode["outcome"]
        self.possible = outcome["optimum"] is not None
        self.success: bool = outcome["success"]
        cost = outcome["cost"]
        self.optimal = cost == outcome["optimum"] if cost else self.success

    @property
    def behaviours(self) -> tuple[str, ...]:
        times = range(self.run.rounds)
        found = {self.world.behaviour(agent, time) for time in times for agent in self.world.present(time)}
        return tuple(sorted(behaviour for behaviour in found if behaviour))

    def failure(self, mode: str, agent: int, time: int, found: str, event: int | None = None) -> Failure:
        shown = f"round {time + 1}: {self.world.names[agent]} {found}"
        return Failure(mode, shown, self.world.behaviour(agent, time), event)

    def said(self) -> Iterator[tuple[int, Event]]:
        for index, event in enumerate(self.events):
            if event.is_message and event.time < self.run.rounds:
                yield index, event

    def beliefs(self, event: Event) -> Beliefs:
        """What the speaker of a message knew."""
        return self.run.beliefs(event.agent, Point(event.time, Stage.TURN))

    def heard(self, agent: int, time: int) -> list[int]:
        """The messages that have reached an agent at its turn."""
        return self.run.reached(agent, Point(time, Stage.TURN))

    def has_told(self, agent: int, other: int, fact: int) -> bool:
        """Whether an agent ever said a fact to another, whatever became of the message."""
        said = (self.events[index] for index in self.run.by(agent))
        return any(event.tells(fact) and other in event.to for event in said)

    def was_told(self, other: int, fact: int) -> bool:
        return any(event.tells(fact) and other in event.to for event in self.events)

    def repetitions(self) -> Iterator[Failure]:
        """The same message to the same people, in the same state, when nothing has reached the speaker since. Where
        messages can be lost, to say it again is prudent."""
        if self.world.delivery != "reliable":
            return
        last: dict[Hashable, int] = {}
        for index, event in self.said():
            plain = content(event)
            if plain in last:
                before = self.events[last[plain]]
                stood = self.run.states[before.time] == self.run.states[event.time]
                if stood and self.heard(event.agent, before.time) == self.heard(event.agent, event.time):
                    found = f"says again what was said in round {before.time + 1}, and nothing has come since"
                    yield self.failure("1.3", event.agent, event.time, found, index)
            last[plain] = index

    def misstatements(self) -> Iterator[Failure]:
        for index, event in self.said():
            beliefs = self.beliefs(event) if event.told else ()
            for fact, value in event.told:
                if beliefs[fact] != value:
                    names = self.world.value_names[fact]
                    known = beliefs[fact]
                    knows = "does not know it" if known is None else f"knows it to be {names[known]}"
                    found = f"says that {self.world.fact_names[fact]} is {names[value]}, and {knows}"
                    yield self.failure("2.6", event.agent, event.time, found, index)

    def derailment(self) -> Iterator[Failure]:
        for agent, found in derailed(self.episode):
            number = self.world.number[agent]
            yield Failure("2.3", f"{self.world.names[number]} {found}", self.world.behaviour(number, 0))


def content(event: Event) -> Hashable:
    """A message but for when it was said and what became of it."""
    said = event.told, event.asked, event.plan, event.choice, event.action, event.about
    return event.kind, event.agent, event.to, said
