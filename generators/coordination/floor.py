"""What an agent that a model plays can say and do now, as options with the names in the record.

It tells facts that it takes to be known, as it takes them to be; what it says may be unwise, never made up.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from madata.generators.coordination.clauses import Clauses
from madata.generators.coordination.knowledge import turn
from madata.generators.coordination.options import NOTHING, Option
from madata.generators.coordination.session import Chance, Session
from madata.generators.teachers.shapes import Json, Several, Shape
from madata.schemas.coordination.language import (
    Accept,
    Act,
    Ask,
    Event,
    Inform,
    Propose,
    Reject,
    Request,
    Told,
)

EVERYBODY = "everybody"
MOST = 8
"""The most facts in one message."""


class Floor:
    def __init__(self, session: Session, clauses: Clauses) -> None:
        self._session = session
        self._clauses = clauses
        self._words = clauses.words
        facts = session.world.facts
        self._fact = {fact.name: number for number, fact in enumerate(facts)}
        self._agent = {agent.name: number for number, agent in enumerate(session.setting.agents)}

    def options(self, chance: Chance) -> list[Option]:
        """What can be done at a chance."""
        if not chance.speaking:
            return list(self._acts(chance))
        if not self._session.hearers(chance.agent, chance.time):
            return []
        makers = {
            "inform": self._inform,
            "query-ref": self._ask,
            "propose": self._propose,
            "accept-proposal": self._accept,
            "reject-proposal": self._reject,
            "request": self._request,
        }
        found = [option for kind in self._session.kinds if kind in makers for option in makers[kind](chance)]
        return [*found, NOTHING]

    def _acts(self, chance: Chance) -> Iterator[Option]:
        session = self._session
        actions = {session.names.actions[action]: action for action in session.open(chance.agent, chance.time)}
        yield Option("act", {"do": list(actions)}, action=lambda members: actions[members["do"]])
        if session.kinds:
            yield NOTHING

    def _inform(self, chance: Chance) -> Iterator[Option]:
        if known := self._known(chance):
            yield Option(
                "inform",
                {"that": Several(list(known), 1, min(MOST, len(known))), **self._hearers(chance)},
                lambda members: self._message(Inform, chance, members, facts=[known[each] for each in members["that"]]),
            )
        choices = self._choices(chance)
        if choices:
            label = self._session.names.actions[choices[-1]]
            yield Option(
                "choice",
                {"choice": [label]},
                lambda members: self._message(Inform, chance, members, choice=choices[-1]),
            )

    def _ask(self, chance: Chance) -> Iterator[Option]:
        beliefs = self._beliefs(chance)
        if unknown := [name for name, number in self._fact.items() if beliefs[number] is None]:
            yield Option(
                "query-ref",
                {"about": Several(unknown, 1, min(MOST, len(unknown))), **self._hearers(chance)},
                lambda members: self._message(Ask, chance, members, facts=self._ids(members["about"])),
            )

    def _propose(self, chance: Chance) -> Iterator[Option]:
        decisions, choices = self._session.names.decisions, self._session.names.choices
        if self._clauses.rules.steps:
            plans: Shape = Several(choices[0], 1, len(choices), again=True)
        else:
            plans = dict(zip(decisions, choices, strict=True))

        def plan(chosen: Any) -> list[int]:
            values = chosen.values() if isinstance(chosen, dict) else chosen
            return [names.index(value) for names, value in zip(choices, values, strict=False)]

        yield Option(
            "propose", {"plan": plans}, lambda members: self._message(Propose, chance, {}, plan=plan(members["plan"]))
        )
        yield Option("impossible", {}, lambda members: self._message(Propose, chance, {}, plan=[]))

    def _accept(self, chance: Chance) -> Iterator[Option]:
        if found := self._proposals(chance):
            yield Option(
                "accept-proposal",
                {"proposal": list(found)},
                lambda members: self._message(Accept, chance, {}, proposal=found[members["proposal"]]),
            )

    def _reject(self, chance: Chance) -> Iterator[Option]:
        if found := self._proposals(chance):
            known = self._known(chance)
            yield Option(
                "reject-proposal",
                {"proposal": list(found), "because": Several(list(known), 0, min(MOST, len(known)))},
                lambda members: self._message(
                    Reject,
                    chance,
                    {},
                    proposal=found[members["proposal"]],
                    facts=[known[each] for each in members["because"]],
                ),
            )

    def _request(self, chance: Chance) -> Iterator[Option]:
        names = self._session.names
        others = [names.agents[other] for other in self._session.hearers(chance.agent, chance.time)]
        yield Option(
            "request",
            {"to": others, "do": names.actions},
            lambda members: self._message(Request, chance, members, action=names.actions.index(members["do"])),
        )

    # What the agent has to go by.

    def _beliefs(self, chance: Chance) -> Sequence[int | None]:
        return self._session.known.beliefs(chance.agent, turn(chance.time))

    def _known(self, chance: Chance) -> dict[str, Told]:
        """What it takes to be known, as it takes it: "NAME is VALUE"."""
        told = self._session.telling(self._fact.values(), self._beliefs(chance))
        return {self._words.is_value(each.fact, each.value): each for each in told}

    def _proposals(self, chance: Chance) -> dict[str, int]:
        """Proposals of others who are there that have reached the agent and that it has not answered yet."""
        session = self._session
        me = session.ids[chance.agent]
        answered = {
            event.proposal for event in session.events if isinstance(event, Accept | Reject) and event.agent == me
        }
        return {
            self._words.proposal(index, session.events): index
            for index in session.known.reached(chance.agent, turn(chance.time))
            if isinstance(made := session.events[index], Propose)
            and index not in answered
            and session.present(session.number[made.agent], chance.time)
        }

    def _choices(self, chance: Chance) -> list[int]:
        """What the agent has chosen so far, where acts are choices."""
        if not self._clauses.rules.chooses:
            return []
        me = self._session.ids[chance.agent]
        return [event.action for event in self._session.events if isinstance(event, Act) and event.agent == me]

    # What it comes to.

    def _hearers(self, chance: Chance) -> dict[str, Shape]:
        """Whom it can speak to, where that is to be chosen."""
        session = self._session
        others = [session.names.agents[other] for other in session.hearers(chance.agent, chance.time)]
        choice = len(others) > 1 and session.setting.conventions.channel == "messages"
        return {"to": [EVERYBODY, *others]} if choice else {}

    def _message(self, kind: Callable[..., Event], chance: Chance, members: Json, **content: object) -> Event:
        to = members.get("to", EVERYBODY)
        hearers = None if to == EVERYBODY else [self._agent[to]]
        return next(self._session.message(kind, chance.agent, chance.time, hearers, **content))

    def _ids(self, names: Sequence[str]) -> list[str]:
        return [self._session.fact_ids[self._fact[name]] for name in names]
