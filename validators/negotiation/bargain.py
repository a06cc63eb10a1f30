"""A bargain: how it came out, whether scripted parties kept to their strategies, and who knows what.

What is recorded stands in `recorded`, what deals are worth in `deals`, what follows from the list of acts in `history`,
what parties do by strategy in `scripted`, what is against the rules in `legality`, what is asked in `asked`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from madata.validators.negotiation.asked import Asked
from madata.validators.negotiation.games import Hearers
from madata.validators.negotiation.history import INFORM, Act, same
from madata.validators.negotiation.legality import illegal
from madata.validators.negotiation.recorded import Recorded
from madata.validators.trial import Derived, Fault, Json


class Bargain:
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self.record = Recorded(world, conventions, agents)
        self.asked = Asked(self.record)

    def illegal(self) -> Iterator[Fault]:
        return illegal(self.record)

    def answer(self, question: Json) -> Derived:
        return self.asked.answer(question)

    def legible(self, query: Json, option: str) -> bool:
        return self.asked.legible(query, option)

    def unscripted(self) -> Iterator[Fault]:
        """Moves follow from what was heard and done before, so one that differs says nothing against later ones."""
        differed: set[str] = set()
        for time, agent in self.record.rules.slots(0):
            script, move = self.record.scripts[agent], self.record.moves.get((agent, time), [])
            if script and agent not in differed and not self.record.is_out(agent, time):
                expected = script.move(self.record.acts, time)
                if not same(expected, move):
                    differed.add(agent)
                    yield Fault(f"party {agent}, time {time}", self._told(expected), self._told(move))
            if any(act.event == self.record.ended.act for act in move):
                return

    def _told(self, move: Sequence[Act]) -> str:
        """A move in the words of a finding."""
        return "; ".join(map(self._phrase, move)) or "nothing"

    def _phrase(self, act: Act) -> str:
        content: Any = ""
        match act.kind:
            case "propose":
                content = self.record.domain.json(act.deal)
            case "accept-proposal" | "reject-proposal":
                content = f"event {act.proposal}"
            case "inform":
                content = act.claim
            case "promise":
                content = act.amount
        return f"{act.kind} {content} to {', '.join(act.to)} heard at {act.hearing}"

    def _solution(self, place: int) -> Json:
        return {"deal": self.record.domain.json(place), "points": self.record.domain.worth[:, place].tolist()}

    def outcome(self) -> Json:
        end, zone = self.record.ended, self.record.zone
        agreed = None if end.proposal is None else self.record.acts[end.proposal].deal
        points = self.record.points(self.record.acts, end)
        welfare = int(self.record.domain.worth.sum(axis=0).argmax())
        reserved = sum(self.record.reservations)
        gain, most = sum(points) - reserved, int(self.record.domain.worth[:, welfare].sum()) - reserved
        gains = [have - least for have, least in zip(points, self.record.reservations, strict=True)]
        found = len(zone.deals) > 0
        return {
            "kind": "bargain",
            "ended": end.how,
            "proposal": end.proposal,
            "deal": None if agreed is None else self.record.domain.json(agreed),
            "supporters": [agent for agent in self.record.agents if agent in end.supporters],
            "points": dict(zip(self.record.agents, points, strict=True)),
            "zone": len(zone.deals),
            "frontier": self.record.domain.frontier(),
            "pareto": None if agreed is None else not self.record.domain.dominated(agreed),
            "nash": self._solution(zone.nash()) if found else None,
            "kalai_smorodinsky": self._solution(zone.kalai_smorodinsky()) if found else None,
            "egalitarian": self._solution(zone.egalitarian()) if found else None,
            "welfare": self._solution(welfare),
            "efficiency": gain / most if most > 0 else None,
            "fairness": min(gains) / max(gains) if agreed is not None and max(gains) > 0 else None,
            "lies": [act.event for act in self.record.acts if act.kind == INFORM and self.record.is_lie(act)],
        }

    def adapts(self) -> bool:
        last = max((act.time for act in self.record.acts), default=-1)
        switches = [party["strategy"]["switch"] for party in self.record.parties if party["strategy"]]
        return any(switch and switch["time"] <= last for switch in switches)

    def private(self, agent: str) -> Json:
        party = self.record.parties[self.record.number[agent]]
        strategy = party["strategy"]
        switch = strategy and strategy["switch"]
        points = {
            issue["name"]: dict(zip(issue["options"], worth, strict=True)) if isinstance(worth, list) else worth
            for issue, worth in zip(self.record.game["issues"], party["worth"], strict=True)
        }
        return {
            "points": points,
            "reservation": party["reservation"],
            "deadline": party["deadline"],
            "strategy": strategy and strategy["bidding"],
            "switch": {"time": switch["time"], "bidding": switch["bidding"]} if switch else None,
        }

    def hearers(self, event: int) -> Hearers:
        return self.record.hearers(self.record.acts[event].agent, self.record.acts[event].kind)


GAME = Bargain
