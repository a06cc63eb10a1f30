"""Events as plain clauses: "Anna moves the apple to the box", "Anna tells everybody in the kitchen that .."."""

from collections.abc import Sequence
from typing import NamedTuple

from madata.generators.tom.phrases import Phrases
from madata.schemas.tom import (
    Attend,
    Change,
    Distract,
    Enter,
    Event,
    Leave,
    Look,
    Peek,
    Reveal,
    Tell,
    Unwatch,
    Variable,
    Watch,
)


class Clause(NamedTuple):
    """An event as a clause; its number, if it needs one, goes between the two parts."""

    head: str
    tail: str = ""


class Clauses:
    """The clauses of one world."""

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def _variable(self, id: str) -> Variable:
        return self._phrases.variables[id]

    def clause(self, event: Event, before: Sequence[Event]) -> Clause:
        """An event, after those `before` it, as a clause."""
        name = self._phrases.name
        match event:
            case Enter():
                return Clause(f"{name[event.agent]} enters the {name[event.place]}")
            case Leave():
                return Clause(f"{name[event.agent]} leaves the {name[event.place]}")
            case Change():
                return Clause(f"{name[event.agent]} {self._change(event)}")
            case Reveal():
                know = self._phrases.knowable(self._variable(event.variable))
                return Clause(f"everybody paying attention in the {name[event.place]} is shown {know}")
            case Look():
                return Clause(f"{name[event.agent]} openly looks into the {name[event.container]}")
            case Peek():
                return Clause(f"{name[event.agent]} peeks into the {name[event.container]}")
            case Watch():
                return Clause(f"{name[event.agent]} begins to watch the {name[event.place]} from outside")
            case Unwatch():
                return Clause(f"{name[event.agent]} stops watching the {self._last_place(event.agent, before)}")
            case Distract():
                place = self._last_place(event.agent, before)
                return Clause(f"{name[event.agent]} stops paying attention in the {place}")
            case Attend():
                place = self._last_place(event.agent, before)
                return Clause(f"{name[event.agent]} starts paying attention again in the {place}")
            case Tell():
                return Clause(f"{name[event.agent]} tells {self._hearers(event, before)}", f" that {self.claim(event)}")

    def _change(self, event: Change) -> str:
        variable = self._variable(event.variable)
        slots = self._phrases.slots(variable, event.value)
        match variable.kind:
            case "location":
                return "moves the {x} to the {c}".format(**slots)
            case "contents":
                return "puts {v} into the {c}".format(**slots)
            case "fact":
                return "decides that {n} is now {v}".format(**slots)

    def claim(self, event: Tell) -> str:
        variable = self._variable(event.variable)
        slots = self._phrases.slots(variable, event.value)
        match variable.kind:
            case "location":
                form = "the {x} is in the {c}" if event.holds else "the {x} is not in the {c}"
            case "contents":
                form = "the {c} holds {v}" if event.holds else "the {c} does not hold {v}"
            case "fact":
                form = "{n} is {v}" if event.holds else "{n} is not {v}"
        return form.format(**slots)

    def _hearers(self, event: Tell, before: Sequence[Event]) -> str:
        match event.reach:
            case "private":
                return f"{self._phrases.people(agent for agent in self._phrases.name if agent in event.to)} in private"
            case "room":
                return f"everybody in the {self._last_place(event.agent, before)}"
            case "everyone":
                return "everybody everywhere"

    def _last_place(self, agent: str, before: Sequence[Event]) -> str:
        """The room the agent last entered or began to watch."""
        return next(
            self._phrases.name[event.place]
            for event in reversed(before)
            if isinstance(event, Enter | Watch) and event.agent == agent
        )
