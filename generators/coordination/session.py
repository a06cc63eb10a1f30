"""The world of a coordination game while it happens: rounds, messages and their fates, and running it again.

A game is a subclass with what is its own: what its scripted agents say and do, what acts change, when it is over and
what it came to. `deliberation.py` and `motion.py` are halfway there, for games that share a script.

Agents and facts are numbers, in agent order and fact order; ids stand in events alone. What a game works out once and
for all (from its setting) belongs into `__init__`, what happens in a play into `begin`: a re-run shares the former.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any, ClassVar, NamedTuple, Self

from madata.generators.coordination.answers import answer
from madata.generators.coordination.knowledge import Extra, Knowledge, beginning, tells
from madata.generators.coordination.known import Known
from madata.generators.coordination.names import Names
from madata.generators.coordination.setting import Choose, Setting
from madata.schemas.coordination.language import (
    Act,
    Behaviour,
    CoordinationQuery,
    Event,
    Inform,
    Leave,
    Message,
    Milestone,
    Request,
    Told,
)
from madata.schemas.coordination.world import CoordinationWorld


class Chance(NamedTuple):
    """An agent that has no behaviour may speak (any number of `say`), or else act (`act`, or nothing)."""

    agent: int
    time: int
    speaking: bool


@dataclass(frozen=True)
class Result:
    """What the game alone can say of the outcome."""

    success: bool
    cost: int | None
    optimum: int | None
    certified: bool
    least: int | None
    milestones: list[Milestone]
    plan: list[int] | None = None


class Session(ABC):
    """`events`, `known` and `rounds` (how many were played) are as of now. `run` plays it to its end by the scripts;
    `chances` does so step by step."""

    kinds: ClassVar[Sequence[str]]
    """The kinds of messages that there are; none in a game in which nobody speaks."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.world = setting.world
        self.names = Names(setting)
        self.ids = [agent.id for agent in setting.agents]
        self.number = {agent: number for number, agent in enumerate(self.ids)}
        self.fact_ids = [fact.id for fact in self.world.facts]
        self.truth = tuple(fact.value for fact in self.world.facts)
        self.order = [self.number[agent] for agent in self.world.order]
        players = {player.agent: player for player in self.world.players}
        self.players = [players[agent] for agent in self.ids]
        self._models = [number for number, player in enumerate(self.players) if player.behaviour is None]
        self.lost: int | None = None
        self.extra: Extra | None = None
        self.begin()

    # What a game is.

    def begin(self) -> None:
        """Before round 0 of a play; extended by games that keep something while it goes on."""
        self.events: list[Event] = []
        self.known = Knowledge(self.setting)
        self.rounds = 0
        self._result: Result | None = None
        self._choice: dict[int, int] = {}

    def turn(self, agent: int, time: int) -> Iterator[Event]:
        """What a scripted agent says. Each message is recorded before the next is asked for."""
        yield from ()

    def acts(self, time: int) -> Mapping[int, int]:
        """What each scripted agent present does."""
        return {}

    def observe(self, time: int) -> Iterable[tuple[int, int]]:
        """Who sees which fact at the beginning of a round: pairs of agent and fact."""
        return ()

    @abstractmethod
    def advance(self, time: int, acts: Mapping[int, int]) -> None:
        """The world moves on by the acts recorded (without those that are `idle`)."""

    def idle(self, agent: int) -> int | None:
        """The action that is now no event, if there is one."""
        return None

    def open(self, agent: int, time: int) -> list[int]:
        """The actions open to the agent at the beginning of a round, past or present; none where nobody acts."""
        return []

    def hearers(self, agent: int, time: int) -> list[int]:
        """All to whom an agent can speak."""
        return [other for other in range(len(self.ids)) if other != agent and self.present(other, time)]

    @abstractmethod
    def over(self, time: int) -> bool:
        """Whether it is over after this round, which has just been played."""

    @abstractmethod
    def result(self) -> Result:
        """What it came to."""

    @property
    def played(self) -> Result:
        """The result of the finished play, worked out once."""
        if self._result is None:
            self._result = self.result()
        return self._result

    def impossible(self, result: Result) -> bool:
        """Whether it is known that the task cannot be done."""
        return result.optimum is None

    def efficiency(self, result: Result) -> int | None:
        if not result.success:
            return None
        if not result.cost or result.optimum is None:
            return 100
        return 100 * result.optimum // result.cost

    def messages(self) -> int:
        return sum(isinstance(event, Message) for event in self.events)

    def told(self) -> int:
        choices = sum(isinstance(event, Inform) and event.choice is not None for event in self.events)
        return choices + sum(len(event.facts) for event in self.events if event.kind in ("inform", "reject-proposal"))

    def redundant(self) -> list[int]:
        """The messages that told nobody anything new."""
        return [index for index in range(len(self.events)) if self._redundant(index)]

    def learned(self, agent: int) -> dict[int, int]:
        """The facts that an agent came to know, with the round in which it first knew them when acting."""
        return {fact: time for fact, time in self.known.learned(agent).items() if time < self.rounds}

    def contradicted(self) -> list[int]:
        """The messages that tell what is not so."""
        fact = self.known.fact
        return [
            index
            for index, event in enumerate(self.events)
            if any(value != self.truth[fact[told]] for told, value in tells(event).items())
        ]

    def puzzles(self, agent: int, time: int) -> list[int]:
        """The facts that it is worth asking about what the agent knows of them at the beginning of a round."""
        return [fact for fact in range(len(self.truth)) if fact not in self.known.common]

    # What all games have.

    def present(self, agent: int, time: int) -> bool:
        leaves = self.players[agent].leaves
        return leaves is None or time < leaves

    def behaviour(self, agent: int, time: int) -> Behaviour | None:
        """The behaviour in force; None if a model decides."""
        player = self.players[agent]
        return player.switch.behaviour if player.switch and time >= player.switch.time else player.behaviour

    def scripted(self) -> bool:
        """Whether all agents have a behaviour, so that it can run again."""
        return not self._models

    def message(
        self, kind: Callable[..., Event], agent: int, time: int, to: Sequence[int] | None = None, **content: Any
    ) -> Iterator[Event]:
        """The message (`kind` is its record) by its fates: to all hearers, or to one of them (on a blackboard to all).
        Nothing if nobody is there to hear it."""
        if to is None or (self.setting.conventions.channel == "blackboard" and kind is not Request):
            to = self.hearers(agent, time)
        if to:
            arrives = [self.arrives(agent, other, time) for other in to]
            yield kind(
                agent=self.ids[agent], time=time, to=[self.ids[other] for other in to], arrives=arrives, **content
            )

    def arrives(self, agent: int, other: int, time: int) -> int | None:
        fates = self.world.fates
        fate = fates[(7 * time + 3 * agent + other) % len(fates)] if fates else 0
        return None if fate < 0 else time + fate

    def telling(self, facts: Iterable[int], values: Sequence[int | None]) -> list[Told]:
        """Facts by number, each with what it is taken to be."""
        return [Told(fact=self.fact_ids[fact], value=value) for fact in facts if (value := values[fact]) is not None]

    def run(self) -> Self:
        """To the end; agents without a behaviour say and do nothing."""
        for _ in self.chances():
            pass
        return self

    def chances(self) -> Iterator[Chance]:
        """Plays round after round. Whenever an agent without a behaviour may speak or act it says so, and what is said
        and done by the time the next chance is asked for counts."""
        for time in range(self.world.rounds):
            self._leave(time)
            for agent, fact in self.observe(time):
                self.known.observe(agent, fact, time)
            if self.extra and self.extra.time == time:
                self._tell_extra(self.extra)
            present = [agent for agent in self.order if self.present(agent, time)]
            for agent in present if self.kinds else ():
                if agent in self._models:
                    yield Chance(agent, time, speaking=True)
                else:
                    for event in self.turn(agent, time):
                        self.say(event)
            chosen = dict(self.acts(time))
            for agent in self._models:
                if agent in present and self.open(agent, time):
                    self._choice.clear()
                    yield Chance(agent, time, speaking=False)
                    chosen |= self._choice
            acts = {agent: action for agent, action in sorted(chosen.items()) if action != self.idle(agent)}
            for agent, action in acts.items():
                self.events.append(Act(agent=self.ids[agent], time=time, action=action))
            self.rounds = time + 1
            self.advance(time, acts)
            if self.over(time):
                return

    def say(self, event: Event) -> None:
        """A message is said."""
        index = len(self.events)
        if isinstance(event, Message) and index == self.lost:
            event = event.model_copy(update={"arrives": [None] * len(event.to)})
        self.events.append(event)
        self.known.hear(index, event)

    def act(self, agent: int, action: int) -> None:
        """What an agent without a behaviour does at its chance."""
        self._choice[agent] = action

    def rerun(self, lost: int | None = None, extra: Extra | None = None) -> Self:
        """The world again from its beginning, played to its end: message `lost` reaches nobody, or one is added."""
        again = copy(self)
        again.lost, again.extra = lost, extra
        again.begin()
        return again.run()

    def left(self, choose: Choose) -> Self:
        """The same game at its beginning, some of the agents left to models."""
        return type(self)(self.setting.left(choose))

    def answer(self, query: CoordinationQuery) -> Known:
        """What is known of a query: the game's own `answer_KIND`, or what is alike in all games. Raises `Unasked`."""
        own: Callable[[CoordinationQuery], Known] | None = getattr(self, f"answer_{query.kind}", None)
        return own(query) if own else answer(self, query)

    def finished(self) -> CoordinationWorld:
        return self.world.model_copy(update={"events": self.events})

    def adapts(self) -> bool:
        """Whether agents had to adapt: to a switch, someone leaving, a message late or lost; or changed a proposal."""
        switched = any(player.switch and player.switch.time < self.rounds for player in self.players)
        plans: dict[str, list[int]] = {}
        for event in self.events:
            if isinstance(event, Message) and any(arrives != event.time for arrives in event.arrives):
                return True
            if event.kind == "leave" or (
                event.kind == "propose" and plans.setdefault(event.agent, event.plan) != event.plan
            ):
                return True
        return switched

    def _leave(self, time: int) -> None:
        for agent, player in zip(self.ids, self.players, strict=True):
            if player.leaves == time:
                self.events.append(Leave(agent=agent, time=time))

    def _tell_extra(self, extra: Extra) -> None:
        to = [self.ids[other] for other in self.hearers(extra.agent, extra.time)]
        if not to:
            return
        told = self.telling([extra.fact], self.known.beliefs(extra.agent, beginning(extra.time)))
        event = Inform(agent=self.ids[extra.agent], time=extra.time, to=to, arrives=[extra.time] * len(to), facts=told)
        self.events.append(event)
        self.known.hear(len(self.events) - 1, event, first=True)

    def _redundant(self, index: int) -> bool:
        """Whether it tells facts, and all it has reached knew each of them before."""
        event = self.events[index]
        facts = [self.known.fact[fact] for fact in tells(event)]
        if not facts or (isinstance(event, Inform) and event.choice is not None):
            return False
        assert isinstance(event, Message)
        hearers = [
            self.number[agent]
            for agent, arrives in zip(event.to, event.arrives, strict=True)
            if arrives is not None and arrives < self.rounds
        ]
        return bool(hearers) and all(self.known.knew(agent, fact, index) for agent in hearers for fact in facts)
