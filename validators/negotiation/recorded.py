"""A bargain as it is recorded: who takes part in what, and the acts, with what holds of them by definition.

What the schema accepts and what cannot be judged all the same (an unknown agent, a deal of another domain) is `Wrong`
here, so that everything built on a record can rely on its being of one piece. Whether it is legal is another matter.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from madata.validators.negotiation.deals import Domain, Zone
from madata.validators.negotiation.games import Hearers, cast
from madata.validators.negotiation.history import (
    ACCEPT,
    INFORM,
    PROMISE,
    PROPOSE,
    REJECT,
    TALK,
    WITHDRAW,
    Act,
    Ending,
    Rules,
    done,
    ended,
    heard,
    standing,
)
from madata.validators.negotiation.queries import refuse_fractions
from madata.validators.negotiation.scripted import Scripted
from madata.validators.trial import Json, Wrong


class Recorded:
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        refuse_fractions("world", world)
        self.game: Json = world["game"]
        self.conventions = conventions
        self.parties: Sequence[Json] = self.game["parties"]
        self.agents = tuple(cast(agents, self.parties))
        self.number = {agent: number for number, agent in enumerate(self.agents)}
        for part, members in (("order", self.game["order"]), *(("winning", each) for each in self.game["winning"])):
            for agent in members:
                self.known(f"game, {part}", agent)
        self.issues = self._distinct_issues()
        self.domain = Domain(self.game["issues"], self.parties)
        self.rules = Rules(
            agents=self.agents,
            order=tuple(self.game["order"]),
            alternating=self.conventions["turns"] == "alternating",
            deadline=self.game["deadline"],
            delays=tuple(self.game["delays"]),
            winning=tuple(frozenset(members) for members in self.game["winning"]),
            believed=self.conventions["claims"] == "believed",
            binding=self.conventions["promises"] == "binding",
        )
        self.scripts = {party["agent"]: self.script(party) for party in self.parties}
        self.acts: list[Act] = []
        for event in world["events"]:
            self.acts.append(self._act(event))
        self.moves: dict[tuple[str, int], list[Act]] = defaultdict(list)
        for act in self.acts:
            self.moves[act.agent, act.time].append(act)
        self.left = {act.agent: act.event for act in reversed(self.acts) if act.kind == WITHDRAW}
        self.ended = ended(self.acts, self.rules)

    def known(self, where: str, agent: str) -> int:
        if agent not in self.number:
            raise Wrong(where, f"one of {', '.join(self.agents)}", agent)
        return self.number[agent]

    def _distinct_issues(self) -> dict[str, int]:
        issues = self.game["issues"]
        ids = [issue["id"] for issue in issues]
        if ids != [f"i{number}" for number in range(len(ids))]:
            raise Wrong("game, issues", "ids i0, i1, .. in order", ids)
        for named in ([issue["name"] for issue in issues], *(issue.get("options", []) for issue in issues)):
            if len(set(named)) != len(named):
                raise Wrong("game, issues", "names of their own for issues, and for the options of each", named)
        return {id: number for number, id in enumerate(ids)}

    def script(self, party: Json, domain: Domain | None = None, **changes: Any) -> Scripted | None:
        strategy = party["strategy"]
        if strategy is None:
            return None
        for statement in strategy["says"]:
            where, kind, claim = f"party {party['agent']}, statement", statement["kind"], statement["claim"]
            if (claim is not None) != (kind == INFORM):
                raise Wrong(where, "a claim if it is an inform, and only then", statement)
            if (statement["amount"] is not None) != (kind == PROMISE) or statement["amount"] == 0:
                raise Wrong(where, "an amount if it is a promise, and only then", statement)
            if claim is not None:
                self._claim(where, claim)
        return Scripted(domain or self.domain, self.rules, party, {**strategy, **changes})

    def _claim(self, where: str, claim: Json) -> None:
        match claim["kind"]:
            case "priority":
                if claim["issue"] not in self.issues:
                    raise Wrong(where, f"one of {', '.join(self.issues)}", claim["issue"])
            case "limit":
                only = self.game["issues"][0]
                if self.domain.splits != [False]:
                    raise Wrong(where, "no limit where there is more than one issue that is a choice", claim)
                if claim["option"] >= len(only["options"]):
                    raise Wrong(where, f"one of {len(only['options'])} options", claim["option"])
            case kind:
                raise Wrong(where, "a claim about a priority or a limit", kind)

    def _act(self, event: Json) -> Act:
        index = len(self.acts)
        where, kind, time = f"event {index}", event["kind"], event["time"]
        self.known(where, event["agent"])
        act = Act(index, event["agent"], time, time + 1 + event["delay"], tuple(event["to"]), kind)
        if kind == PROPOSE:
            return act._replace(deal=self.deal(where, event["deal"]))
        if kind in (ACCEPT, REJECT):
            proposal = event["proposal"]
            if proposal >= index or self.acts[proposal].kind != PROPOSE:
                raise Wrong(where, "a proposal before it", f"event {proposal}")
            return act._replace(proposal=proposal)
        if kind == INFORM:
            self._claim(where, event["claim"])
            return act._replace(claim=event["claim"])
        if kind == PROMISE:
            return act._replace(amount=event["amount"])
        if kind not in (*TALK, WITHDRAW):
            raise Wrong(where, "an act of a bargain", kind)
        return act

    def deal(self, where: str, deal: Sequence[Any]) -> int:
        place = self.domain.place(deal)
        if place is None:
            raise Wrong(where, "a deal of the domain", deal)
        return place

    def standing(self, agent: str, time: int) -> list[int]:
        told, own = heard(self.acts, agent, time), done(self.acts, agent, time)
        return [act.event for act in standing(told, own) if act.agent != agent]

    def is_out(self, agent: str, time: int) -> bool:
        return agent in self.left and self.acts[self.left[agent]].time < time

    @cached_property
    def reservations(self) -> list[int]:
        return [party["reservation"] for party in self.parties]

    def points(self, acts: Sequence[Act], end: Ending) -> list[int]:
        """What each ends with, payments included."""
        if end.proposal is None:
            return self.reservations
        proposer = acts[end.proposal].agent
        points: list[int] = self.domain.worth[:, acts[end.proposal].deal].tolist()
        if self.rules.binding:
            promised = {
                act.to[0]: act.amount
                for act in acts[: end.act]
                if act.kind == PROMISE and act.agent == proposer and act.to
            }
            for agent in sorted((end.supporters - {proposer}) & promised.keys()):
                points[self.number[proposer]] -= promised[agent]
                points[self.number[agent]] += promised[agent]
        return points

    @cached_property
    def zone(self) -> Zone:
        return Zone(self.domain, self.reservations)

    def is_lie(self, act: Act) -> bool:
        assert act.claim is not None
        party = self.number[act.agent]
        if act.claim["kind"] == "priority":
            stakes = self.domain.stakes(party)
            return stakes[self.issues[act.claim["issue"]]] < max(stakes)
        worth, option = self.domain.points[party][0], act.claim["option"]
        acceptable = [number for number, points in enumerate(worth) if points >= self.reservations[party]]
        claimed = range(option + 1) if act.claim["side"] == "most" else range(option, len(worth))
        return acceptable != [*claimed]

    def hearers(self, agent: str, kind: str) -> Hearers:
        others = self.rules.others(agent)
        if kind == PROMISE:
            return Hearers(others, others, range(1, 2))
        return Hearers(others, others, range(1, len(others) + 1)) if kind in TALK else Hearers.exactly(others, others)
