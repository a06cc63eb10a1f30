"""What is given in a coordination world, in numbers: agent 0 is `a0`, fact 0 the first of `facts`.

Whatever does not fit (an id that does not exist, a value beyond its scale) is `Wrong`. Who is present, how somebody
behaves and what becomes of a message are read off here ("Rounds, messages, knowledge" of docs/coordination.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from madata.validators.trial import Json, Wrong

Values = tuple[int, ...]
"""Of each fact a value, by number."""

Beliefs = tuple[int | None, ...]
"""Of each fact the value that an agent takes it to have, None if it does not know."""

Plan = tuple[int, ...]

T = TypeVar("T")

LOST = -1


@dataclass(frozen=True, slots=True)
class Event:
    """An event of the record in numbers. `told`: facts and the values told; `asked`: facts; `about`: the proposal or
    message that it answers. `early`: said before the first turn of its round (only in a re-run)."""

    kind: str
    agent: int
    time: int
    to: tuple[int, ...] = ()
    arrives: tuple[int | None, ...] = ()
    told: tuple[tuple[int, int], ...] = ()
    asked: tuple[int, ...] = ()
    plan: Plan = ()
    choice: int | None = None
    action: int | None = None
    about: int | None = None
    early: bool = False

    @property
    def is_message(self) -> bool:
        return self.kind not in ("act", "leave")

    def tells(self, fact: int) -> bool:
        return any(fact == told for told, _ in self.told)


class World:
    """Raises `Wrong` for what does not fit together.

    By agent: `agents` (ids), `names`. By fact: `facts` (ids), `fact_names`, `value_names` (of each of its values),
    `truth`, `known` (who knows it at the start), `common` (whether all do). By decision: `decisions` (ids),
    `decision_names`, `choices` (names of its values). `number` and `fact` give numbers for ids. `events`: as recorded.
    """

    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self.speech: str = conventions["speech"]
        self.delivery: str = conventions["delivery"]
        self.channel: str = conventions["channel"]
        self.rounds: int = world["rounds"]
        self.bandwidth: int = world["bandwidth"]
        self.actions: list[str] = world["actions"]
        distinct("actions", self.actions)
        self._meet(agents)
        self._cast(world)
        self._learn(world)
        self._fates: list[int] = world["fates"]
        if self._fates and (self.delivery == "reliable" or self.channel == "blackboard"):
            raise Wrong("fates", f"none, as delivery is {self.delivery} and the channel is {self.channel}", self._fates)
        self.events = [self._event(f"event {index}", event) for index, event in enumerate(world["events"])]

    def _meet(self, agents: Sequence[Json]) -> None:
        self.agents: list[str] = [agent["id"] for agent in agents]
        fitting("agents", self.agents, [f"a{number}" for number in range(len(agents))])
        self.number = {agent: number for number, agent in enumerate(self.agents)}
        self.names: list[str] = [agent["name"] for agent in agents]
        distinct("agents, names", self.names)

    def _cast(self, world: Json) -> None:
        players = world["players"]
        fitting("players", [player["agent"] for player in players], self.agents)
        if sorted(world["order"]) != sorted(self.agents):
            raise Wrong("order", f"each of {self.agents} once", world["order"])
        self.order = [self.number[agent] for agent in world["order"]]
        self.turn = {agent: turn for turn, agent in enumerate(self.order)}
        self._behaviours: list[str | None] = [player["behaviour"] for player in players]
        self.switches: list[Json | None] = [player["switch"] for player in players]
        self.leaves: list[int | None] = [player["leaves"] for player in players]
        for agent, behaviour, switch in zip(self.agents, self._behaviours, self.switches, strict=True):
            if switch and not behaviour:
                raise Wrong(f"player {agent}, switch", "none where there is no behaviour", dict(switch))
        if sum(time is None or time >= self.rounds for time in self.leaves) < 2:
            raise Wrong("players, leaves", "at least two who stay", self.leaves)
        self.scripted = None not in self._behaviours

    def _learn(self, world: Json) -> None:
        scales = {scale["id"]: scale["values"] for scale in world["scales"]}
        distinct("scales", [scale["id"] for scale in world["scales"]])
        for scale, values in scales.items():
            distinct(f"scale {scale}", values)
        self.facts: list[str] = [fact["id"] for fact in world["facts"]]
        self.fact_names: list[str] = [fact["name"] for fact in world["facts"]]
        distinct("facts", self.facts)
        distinct("facts, names", self.fact_names)
        self.fact = {fact: number for number, fact in enumerate(self.facts)}
        self.value_names: list[list[str]] = [
            known(f"fact {fact['id']}, scale", fact["scale"], scales) for fact in world["facts"]
        ]
        self.truth: Values = tuple(fact["value"] for fact in world["facts"])
        self.known = [frozenset(self.agents_of(f"fact {fact['id']}, known", fact["known"])) for fact in world["facts"]]
        self.common = [len(who) == len(self.agents) for who in self.known]
        for fact, value, values in zip(self.facts, self.truth, self.value_names, strict=True):
            within(f"fact {fact}, value", value, values)
        self.decisions: list[str] = [decision["id"] for decision in world["decisions"]]
        self.decision_names: list[str] = [decision["name"] for decision in world["decisions"]]
        distinct("decisions", self.decisions)
        self.choices: list[list[str]] = [
            known(f"decision {decision['id']}, scale", decision["scale"], scales) for decision in world["decisions"]
        ]

    def _event(self, where: str, event: Json) -> Event:
        agent, time, kind = self.agent_of(f"{where}, agent", event["agent"]), event["time"], event["kind"]
        content: dict[str, Any] = {}
        if "to" in event:
            if len(event["to"]) != len(event["arrives"]):
                raise Wrong(f"{where}, arrives", f"one for each of {event['to']}", event["arrives"])
            content["to"] = tuple(self.agents_of(f"{where}, to", event["to"]))
            content["arrives"] = tuple(event["arrives"])
        if kind == "query-ref":
            content["asked"] = tuple(self.fact_of(f"{where}, facts", fact) for fact in event["facts"])
        elif "facts" in event:
            content["told"] = tuple(self._told(f"{where}, facts", told) for told in event["facts"])
        if "plan" in event:
            content["plan"] = self.plan_of(f"{where}, plan", event["plan"])
        for part in ("choice", "action"):
            if event.get(part) is not None:
                within(f"{where}, {part}", event[part], self.actions)
                content[part] = event[part]
        content["about"] = event.get("proposal", event.get("message"))
        return Event(kind, agent, time, **content)

    def _told(self, where: str, told: Json) -> tuple[int, int]:
        fact = self.fact_of(where, told["fact"])
        within(where, told["value"], self.value_names[fact])
        return fact, told["value"]

    def agent_of(self, where: str, agent: str) -> int:
        """The number of an agent that is named somewhere; `Wrong` if there is none."""
        return known(where, agent, self.number)

    def agents_of(self, where: str, agents: Sequence[str]) -> list[int]:
        """The numbers of agents that have to be distinct and in agent order."""
        found = [self.agent_of(where, agent) for agent in agents]
        if found != sorted(set(found)):
            raise Wrong(where, "different agents, in agent order", list(agents))
        return found

    def fact_of(self, where: str, fact: str, size: int | None = None) -> int:
        """The number of a fact that is named somewhere; `Wrong` if there is none, or none with `size` values."""
        number = known(where, fact, self.fact)
        if size is not None and len(self.value_names[number]) != size:
            raise Wrong(where, f"a fact with {size} values", f"{fact} with {len(self.value_names[number])}")
        return number

    def plan_of(self, where: str, plan: Sequence[int]) -> Plan:
        """A plan with at most one value a decision."""
        if len(plan) > len(self.choices):
            raise Wrong(where, f"at most one value for each of {len(self.choices)} decisions", list(plan))
        for value, choices in zip(plan, self.choices, strict=False):
            within(where, value, choices)
        return tuple(plan)

    def present(self, time: int) -> list[int]:
        """Who is there in a round, in agent order."""
        return [agent for agent, leaves in enumerate(self.leaves) if leaves is None or time < leaves]

    def behaviour(self, agent: int, time: int) -> str | None:
        switch = self.switches[agent]
        found: str | None = switch["behaviour"] if switch and time >= switch["time"] else self._behaviours[agent]
        return found

    def behaviours(self) -> set[str]:
        """All that occur, at some time."""
        switched = (switch["behaviour"] for switch in self.switches if switch)
        return {behaviour for behaviour in (*self._behaviours, *switched) if behaviour}

    def arrives(self, time: int, speaker: int, hearer: int) -> int | None:
        if not self._fates:
            return time
        fate = self._fates[(7 * time + 3 * speaker + hearer) % len(self._fates)]
        return None if fate == LOST else time + fate

    def shown(self, event: Event) -> str:
        """An event in a finding."""
        parts = [f"{event.kind} by {self.agents[event.agent]} in round {event.time}"]
        if event.is_message:
            parts.append(f"to [{', '.join(self.agents[each] for each in event.to)}], arrives {list(event.arrives)}")
        parts += [f"{self.facts[fact]} = {value}" for fact, value in event.told]
        parts += [f"{self.facts[fact]}?" for fact in event.asked]
        parts += [f"plan {list(event.plan)}"] if event.kind == "propose" else []
        figures = (("choice", event.choice), ("action", event.action), ("of event", event.about))
        parts += [f"{name} {figure}" for name, figure in figures if figure is not None]
        return ", ".join(parts)


def known(where: str, name: str, table: dict[str, T]) -> T:
    if name not in table:
        raise Wrong(where, f"one of [{', '.join(list(table)[:5])}{', ..' if len(table) > 5 else ''}]", name)
    return table[name]


def within(where: str, index: int, names: Sequence[str]) -> None:
    if index >= len(names):
        raise Wrong(where, f"an index below {len(names)}", index)


def distinct(where: str, names: Sequence[str]) -> None:
    if len(set(names)) != len(names):
        twice = next(name for number, name in enumerate(names) if name in names[:number])
        raise Wrong(where, "no two the same", f"{twice} twice")


def fitting(where: str, found: Sequence[T], expected: Iterable[T]) -> None:
    """Raises `Wrong` unless a list is as it has to be."""
    if list(found) != (wanted := list(expected)):
        raise Wrong(where, wanted, list(found))
