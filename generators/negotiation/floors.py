"""Who may act when, and how: the three games as models play them, alone or among scripted parties.

A floor gives the chances to act one after the other, as the game goes on. A scripted party's moves come from its
script; a model chooses among the options, which are the acts that the rules allow then and there, one a chance. Threats
are left to scripts: whether one is meant is a matter of a plan.
"""

from collections.abc import Iterator
from typing import Any, Protocol

from madata.generators.family import Rejected
from madata.generators.negotiation import commons, donor
from madata.generators.negotiation.bargain import bidding
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.options import Option
from madata.generators.negotiation.state import State
from madata.generators.negotiation.unplayable import Unplayable
from madata.generators.teachers.shapes import Json, Shape
from madata.schemas.negotiation import (
    Accept,
    Choice,
    Deal,
    Donate,
    Gave,
    Harvest,
    Inform,
    Limit,
    Meeting,
    Move,
    NegotiationWorld,
    Priority,
    Promise,
    Propose,
    Punish,
    Query,
    Reject,
    Split,
    Took,
    Withdraw,
)

EVERYBODY = "everybody"
NOTHING = Option("nothing", {}, lambda members: None, False)


class Floor(Protocol):
    """`table` is what the moves are put on."""

    @property
    def table(self) -> State: ...

    def outlook(self) -> NegotiationWorld:
        """The game as everybody knows it before anything happens."""
        ...

    def chances(self) -> Iterator[tuple[str, int]]:
        """Who may act at which time; what is done is on the table before the next is asked for."""
        ...

    def script(self, agent: str, time: int) -> list[Move] | None:
        """What a scripted party does now; None if a model decides."""
        ...

    def options(self, agent: str, time: int) -> list[Option]:
        """What a model can choose; empty if there is nothing to decide."""
        ...

    def occasion(self, agent: str, time: int) -> tuple[str, dict[str, str]]:
        """When it is, as a form of the prompts and what fills it."""
        ...


class BargainFloor:
    def __init__(self, table: Table) -> None:
        self.table = table
        self._name = {agent.id: agent.name for agent in table.agents}
        self._id = {agent.name: agent.id for agent in table.agents}

    def outlook(self) -> NegotiationWorld:
        return self.table.world()

    def chances(self) -> Iterator[tuple[str, int]]:
        for time in range(self.table.game.deadline):
            for agent in self.table.movers(time):
                if self.table.ended:
                    return
                yield agent, time

    def script(self, agent: str, time: int) -> list[Move] | None:
        strategy = self.table.plans[agent]
        return bidding.move(self.table, agent, time, strategy) if strategy else None

    def occasion(self, agent: str, time: int) -> tuple[str, dict[str, str]]:
        return "bargain", {"r": str(time + 1), "n": str(self.table.game.deadline)}

    def options(self, agent: str, time: int) -> list[Option]:
        table = self.table
        common: dict[str, Any] = {"agent": agent, "time": time, "delay": table.delay(time)}
        to_all = common | {"to": table.others(agent)}
        propose = Option(
            "propose",
            {"deal": {issue.name: self._entries(issue) for issue in table.game.issues}},
            lambda members: self._proposal(to_all, members["deal"]),
            sample=lambda rng: {"deal": self._described(table.deals[rng.randrange(len(table.deals))])},
        )
        withdraw = Option("withdraw", {}, lambda members: Withdraw(**to_all))
        talk = Option("talk", {}, lambda members: None)
        return [propose, *self._answers(to_all), *self._talk(common, to_all), withdraw, talk]

    def _answers(self, to_all: dict[str, Any]) -> Iterator[Option]:
        """To the proposals that stand; one that the party supports it has accepted, or need not accept again."""
        agent, time = to_all["agent"], to_all["time"]
        standing = {self._name[self.table.events[number].agent]: number for number in self.table.standing(agent, time)}
        supported = self.table.supports(agent, time)
        if open_ := [name for name, number in standing.items() if number != supported]:
            yield Option(
                "accept", {"offer": open_}, lambda members: Accept(**to_all, proposal=standing[members["offer"]])
            )
        if standing:
            yield Option(
                "reject",
                {"offer": list(standing)},
                lambda members: Reject(**to_all, proposal=standing[members["offer"]]),
            )

    def _talk(self, common: dict[str, Any], to_all: dict[str, Any]) -> Iterator[Option]:
        """Claims, true or not, a question, and where there are three or more a promise to one of them."""
        table, issues = self.table, self.table.game.issues
        others = [self._name[other] for other in to_all["to"]]
        hearers: dict[str, Shape] = {"to": [EVERYBODY, *others]} if len(others) > 1 else {}

        def whom(members: Json) -> dict[str, Any]:
            to = members.get("to", EVERYBODY)
            return to_all if to == EVERYBODY else common | {"to": [self._id[to]]}

        if len(issues) > 1:
            named = {issue.name: issue.id for issue in issues}
            yield Option(
                "priority",
                {"issue": list(named), **hearers},
                lambda members: Inform(**whom(members), claim=Priority(issue=named[members["issue"]])),
            )
            yield Option("query", hearers, lambda members: Query(**whom(members)))
        elif isinstance(choice := issues[0], Choice):
            yield Option(
                "limit",
                {"side": ["most", "least"], "option": choice.options, **hearers},
                lambda members: Inform(
                    **whom(members), claim=Limit(side=members["side"], option=choice.options.index(members["option"]))
                ),
            )
        most = int(table.stakes.worth[table.place[common["agent"]]].max())
        if len(others) > 1 and most > 0:
            yield Option(
                "promise",
                {"to": others, "points": range(1, most + 1)},
                lambda members: Promise(**whom(members), amount=members["points"]),
            )

    def _entries(self, issue: Split | Choice) -> Shape:
        if isinstance(issue, Choice):
            return issue.options
        return {name: range(issue.units + 1) for name in self._name.values()}

    def _proposal(self, common: dict[str, Any], members: Json) -> Propose:
        """Raises `Unplayable` for a deal that is none of the domain."""
        deal: Deal = [
            issue.options.index(members[issue.name])
            if isinstance(issue, Choice)
            else [members[issue.name][name] for name in self._name.values()]
            for issue in self.table.game.issues
        ]
        self.table.deals.index(deal)
        return Propose(**common, deal=deal)

    def _described(self, deal: Deal) -> Json:
        return {
            issue.name: issue.options[entry]
            if isinstance(issue, Choice) and isinstance(entry, int)
            else dict(zip(self._name.values(), entry if isinstance(entry, list) else [], strict=True))
            for issue, entry in zip(self.table.game.issues, deal, strict=True)
        }


class CommonsFloor:
    def __init__(self, table: commons.Table) -> None:
        self.table = table
        self._id = {agent.name: agent.id for agent in table.agents}
        self._name = {agent.id: agent.name for agent in table.agents}

    def outlook(self) -> NegotiationWorld:
        return self.table.world()

    def chances(self) -> Iterator[tuple[str, int]]:
        table, time = self.table, 0
        while table.ended is None or (table.ended == "completed" and time % 3 == commons.PUNISH):
            for agent in table.ids:
                yield agent, time
            time += 1

    def script(self, agent: str, time: int) -> list[Move] | None:
        scripted = self.table.game.parties[self.table.place[agent]].harvesting
        return commons.moves(self.table, agent, time) if scripted else None

    def occasion(self, agent: str, time: int) -> tuple[str, dict[str, str]]:
        number, phase = divmod(time, 3)
        slots = {"r": str(number + 1), "n": str(self.table.game.rounds), "limit": str(self.table.limit(number))}
        return ("commons_talk", "commons_harvest", "commons_punish")[phase], slots

    def options(self, agent: str, time: int) -> list[Option]:
        number, phase = divmod(time, 3)
        table, others = self.table, self.table.others[agent]
        if phase == commons.HARVEST:
            taken: dict[str, Any] = {"agent": agent, "time": time, "to": [] if table.secret else others}
            amounts = range(table.limit(number) + 1)
            return [
                Option("harvest", {"units": amounts}, lambda members: Harvest(**taken, amount=members["units"]), False)
            ]
        common: dict[str, Any] = {"agent": agent, "time": time, "to": others}
        found = self._talk(common, number) if phase == commons.TALK else self._punish(common)
        return [*found, NOTHING] if found else []

    def _punish(self, common: dict[str, Any]) -> list[Option]:
        if not self.table.fines:
            return []
        names = [self._name[other] for other in common["to"]]
        return [
            Option(
                "punish",
                {"whom": names},
                lambda members: Punish(**common, target=self._id[members["whom"]]),
                False,
            )
        ]

    def _talk(self, common: dict[str, Any], number: int) -> list[Option]:
        table, agent = self.table, common["agent"]
        if number == 0:
            # A scripted leader proposes whatever the others do, and there is one proposal in a game.
            if table.proposal is not None or any(party.leads for party in table.game.parties):
                return []
            limits = range(1, table.limit(0) + 1)
            return [Option("quota", {"units": limits}, lambda members: Propose(**common, deal=[members["units"]]))]
        found = []
        proposal = table.proposal
        if proposal is not None and table.events[proposal].agent != agent and not table.answered(agent):
            whose: dict[str, Shape] = {"limit": [self._name[table.events[proposal].agent]]}
            found += [
                Option("accept", whose, lambda members: Accept(**common, proposal=proposal)),
                Option("reject", whose, lambda members: Reject(**common, proposal=proposal)),
            ]
        if table.secret:
            found.append(
                Option(
                    "took",
                    {"round": range(1, number + 1), "units": range(table.game.capacity // table.n + 1)},
                    lambda members: Inform(**common, claim=Took(round=members["round"] - 1, amount=members["units"])),
                )
            )
        return found


class DonorFloor:
    """`meetings` gives each meeting in its time, as it follows from what happened before."""

    def __init__(self, table: donor.Table, outlook: NegotiationWorld, meetings: Iterator[Meeting]) -> None:
        self.table = table
        self._name = {agent.id: agent.name for agent in table.agents}
        self._outlook = outlook
        self._meetings = meetings

    def outlook(self) -> NegotiationWorld:
        return self._outlook

    def chances(self) -> Iterator[tuple[str, int]]:
        """Raises `Rejected` if figures grow beyond what the language has room for."""
        try:
            for number, meeting in enumerate(self._meetings):
                self.table.meet(meeting)
                if meeting.gossip:
                    yield meeting.gossip, 2 * number
                yield meeting.donor, 2 * number + 1
            self.table.outcome()
        except Unplayable as error:
            raise Rejected("figures", str(error)) from None

    def script(self, agent: str, time: int) -> list[Move] | None:
        if self.table.giver(agent).giving is None:
            return None
        meeting = self.table.meetings[-1]
        if time % 2:
            return [donor.donation(self.table, meeting)]
        said = donor.gossip(self.table, meeting)
        return [said] if said else []

    def occasion(self, agent: str, time: int) -> tuple[str, dict[str, str]]:
        meeting = self.table.meetings[-1]
        slots = {"m": str(len(self.table.meetings)), "recipient": self._name[meeting.recipient]}
        if time % 2:
            return "donor_donate", slots | {"have": str(self.table.has[agent])}
        return "donor_gossip", slots | {"donor": self._name[meeting.donor]}

    def options(self, agent: str, time: int) -> list[Option]:
        table, meeting = self.table, self.table.meetings[-1]
        if time % 2:
            have = range(table.has[agent] + 1)
            return [Option("donate", {"units": have}, lambda members: self._donation(meeting, time, members), False)]
        about = {str(number + 1): number for number, gift in enumerate(table.gifts) if gift.donor == meeting.recipient}
        if not about:
            return []
        to_donor: dict[str, Any] = {"agent": agent, "time": time, "to": [meeting.donor]}
        most = table.endowment * table.multiplier * len(table.present)
        gave = Option(
            "gave",
            {"who": [self._name[meeting.recipient]], "meeting": list(about), "units": range(most + 1)},
            lambda members: Inform(
                **to_donor,
                claim=Gave(agent=meeting.recipient, meeting=about[members["meeting"]], amount=members["units"]),
            ),
        )
        return [gave, NOTHING]

    def _donation(self, meeting: Meeting, time: int, members: Json) -> Donate:
        return Donate(
            agent=meeting.donor,
            time=time,
            to=self.table.witnesses(meeting),
            recipient=meeting.recipient,
            amount=members["units"],
        )
