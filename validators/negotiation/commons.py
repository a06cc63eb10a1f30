"""The commons (GovSim, Piatti et al. 2024): a shared resource, harvested in rounds by agents who may agree on a quota.

Everything is read off the list of events by the definitions of docs/negotiation.md: who took what in which round gives
the stocks, and stocks, harvests and talk give what each strategy does next. An event that breaks a rule is a fault; it
still counts for what it says, so that a record with faults has one reading. Of events that take one place, the first
counts; a harvest that is missing is one of nothing.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from madata.schemas.negotiation import NEVER, UNDETERMINED
from madata.schemas.words import NO, UNSETTLED, YES, name_list
from madata.validators.negotiation.games import Hearers, cast
from madata.validators.negotiation.moves import by_mover, content, listed
from madata.validators.negotiation.queries import (
    folded,
    is_figure,
    is_ordinal,
    lists_names,
    one_of,
    ordinal,
    refuse_fractions,
)
from madata.validators.trial import READER, Derived, Fault, Json, Wrong

TALK, HARVEST, PUNISHMENT = range(3)
PHASES = {
    "propose": TALK,
    "accept-proposal": TALK,
    "reject-proposal": TALK,
    "inform": TALK,
    "harvest": HARVEST,
    "punish": PUNISHMENT,
}


@lru_cache(4096)
def sustain(stock: int, capacity: int, growth: int, collapse: int, parties: int) -> int:
    """The most that can be taken together so that the next round begins with as much. The more is left, the more
    regrows, so what suffices are all amounts left from some least one on."""

    def suffices(left: int) -> bool:
        return left >= collapse and regrown(left, capacity, growth) >= stock

    least = bisect_left(range(stock + 1), True, key=suffices)
    return max(0, min(stock - least, parties * (stock // parties)))


@lru_cache(1024)
def best(stock: int, capacity: int, growth: int, collapse: int, rounds: int, parties: int) -> int:
    """The most that can be taken in all rounds together, by backward induction over stocks.

    Of a stock s, anything from s mod n to s can be left. To leave x brings s in this round, and -x and what can be
    taken from what x becomes in the rounds after, unless x is too little.
    """
    stocks = np.arange(max(stock, capacity) + 1, dtype=np.int64)
    next_stock = np.minimum(capacity, stocks + stocks * growth // 100)
    most = np.zeros_like(stocks)
    for _ in range(rounds):
        leaving = np.where(stocks >= collapse, most[next_stock], 0) - stocks
        most = np.empty_like(stocks)
        for rest in range(min(parties, len(stocks))):
            most[rest::parties] = stocks[rest::parties] + np.maximum.accumulate(leaving[rest:])[::parties]
    return int(most[stock])


def regrown(left: int, capacity: int, growth: int) -> int:
    return min(capacity, left + left * growth // 100)


def amount(harvesting: str, limit: int, sustained: int, fair: int, returned: int) -> int:
    """What a party harvests. `returned` is what a reciprocal one takes: as the others did, on average."""
    wanted = {"greedy": limit, "sustainable": sustained, "quota": fair, "reciprocal": returned}[harvesting]
    return min(limit, wanted)


class Commons:
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self.rules, self.events = world["game"], world["events"]
        self.names = cast(agents, self.rules["parties"])
        refuse_fractions("world", world)
        self.agents = list(self.names)
        self.parties = {party["agent"]: party for party in self.rules["parties"]}
        self.public = conventions["acts"] == "public"
        self.believed = conventions["claims"] == "believed"
        self.moves = by_mover(self.events)
        self.first: dict[tuple[str, str, int], int] = {}
        for index, event in enumerate(self.events):
            self.first.setdefault((event["kind"], event["agent"], event["time"]), index)
        self.proposals = [index for index, event in enumerate(self.events) if event["kind"] == "propose"]
        self.answers: dict[tuple[str, int], int] = {}
        for index, event in enumerate(self.events):
            if event["kind"] in ("accept-proposal", "reject-proposal"):
                self.answers.setdefault((event["agent"], event["proposal"]), index)
        self.totals = [sum(self.took(agent, number) for agent in self.agents) for number in range(self.rules["rounds"])]
        self.stocks, self.gone = self._play()
        self.quotas = self._agreed()

    # What is the case.

    def _play(self) -> tuple[list[int], bool]:
        """The stock at the beginning of each round played, and whether the resource was gone in the last."""
        stocks, stock = [], self.rules["stock"]
        for number in range(self.rules["rounds"]):
            stocks.append(stock)
            left = stock - self.totals[number]
            if left < self.rules["collapse"]:
                return stocks, True
            stock = regrown(left, self.rules["capacity"], self.rules["growth"])
        return stocks, False

    def _harvested(self, agent: str, number: int) -> int | None:
        return self.first.get(("harvest", agent, 3 * number + HARVEST))

    def took(self, agent: str, number: int) -> int:
        index = self._harvested(agent, number)
        return 0 if index is None else self.events[index]["amount"]

    def _agreed(self) -> dict[int, tuple[int, int]]:
        """Of each proposal agreed, by its event: the round from which it is, and what each may take."""
        accepted: dict[int, dict[str, int]] = {}
        for (agent, proposal), index in self.answers.items():
            if self.events[index]["kind"] == "accept-proposal":
                accepted.setdefault(proposal, {})[agent] = self.events[index]["time"] // 3
        return {
            index: (max(accepted[index].values()), self.events[index]["deal"][0])
            for index in self.proposals
            if index in accepted
            and is_quota(self.events[index]["deal"])
            and {*self.agents} - {self.events[index]["agent"]} <= accepted[index].keys()
        }

    def _sustained(self, stock: int) -> int:
        rules = self.rules
        return sustain(stock, rules["capacity"], rules["growth"], rules["collapse"], len(self.agents))

    def _fair(self, number: int) -> int:
        """What each may take in a round: the last quota agreed, else what the resource bears."""
        agreed = [(since, quota) for since, quota in self.quotas.values() if since <= number]
        if agreed:
            return max(agreed, key=lambda pair: pair[0])[1]
        return self._sustained(self.stocks[number]) // len(self.agents)

    # What may be done.

    def illegal(self) -> Iterator[Fault]:
        earlier = (0, 0)
        for index, event in enumerate(self.events):
            where = f"event {index}"
            if event["agent"] not in self.parties:
                yield Fault(where, f"one of {', '.join(self.agents)}", event["agent"])
                continue
            place = (event["time"], self.agents.index(event["agent"]))
            if place < earlier:
                yield Fault(where, f"time {earlier[0]} or later, each time in agent order", shown(event))
            earlier = max(earlier, place)
            for expected, found in self._broken(index, event):
                yield Fault(where, expected, found)
        for number in range(len(self.stocks)):
            for agent in self.agents:
                if self._harvested(agent, number) is None:
                    yield Fault(f"round {number}", f"a harvest of {agent}", "none")

    def _broken(self, index: int, event: Json) -> Iterator[tuple[str, str]]:
        """The rules that an event breaks, whatever its place among those of its time."""
        kind, time = event["kind"], event["time"]
        number, phase = divmod(time, 3)
        if kind not in PHASES:
            yield "a move of a commons", kind
            return
        if phase != PHASES[kind]:
            yield f"a time 3 r + {PHASES[kind]}", str(time)
        last = 3 * (len(self.stocks) - 1) + (HARVEST if self.gone else PUNISHMENT)
        if time > last:
            yield f"nothing after time {last}, when the game ended", f"time {time}"
            return
        if event["delay"]:
            yield "no delay", str(event["delay"])
        again = self.first[kind, event["agent"], time] != index
        match kind:
            case "propose":
                if number:
                    yield "a proposal in round 0", f"round {number}"
                if not is_quota(event["deal"]):
                    yield "a deal of one number", str(event["deal"])
                if self.proposals[0] != index:
                    yield "one proposal in a game", "another"
            case "accept-proposal" | "reject-proposal":
                yield from self._broken_answer(index, event)
            case "inform":
                if event["claim"]["kind"] != "took":
                    yield "a claim on a harvest", event["claim"]["kind"]
                elif event["claim"]["round"] >= number:
                    yield f"a round before {number}", str(event["claim"]["round"])
            case "harvest":
                if again:
                    yield "one harvest a party and round", "another"
                limit = self.stocks[number] // len(self.agents)
                if event["amount"] > limit:
                    yield f"at most {limit}", str(event["amount"])
            case "punish":
                if not self.rules["cost"] and not self.rules["fine"]:
                    yield "no punishment in a game without cost and fine", shown(event)
                if not self.public:
                    yield "no punishment where harvests are private", shown(event)
                if event["target"] not in self.parties or event["target"] == event["agent"]:
                    yield f"one of the others than {event['agent']}", event["target"]
                if again:
                    yield "one punishment a party and round", "another"

    def _broken_answer(self, index: int, event: Json) -> Iterator[tuple[str, str]]:
        proposal = event["proposal"]
        if proposal >= index or self.events[proposal]["kind"] != "propose":
            yield "a proposal made before", f"event {proposal}"
            return
        if self.events[proposal]["time"] >= event["time"]:
            yield "a proposal heard by then", f"event {proposal}, of the same time"
        if self.events[proposal]["agent"] == event["agent"]:
            yield "a proposal of another", f"event {proposal}, its own"
        if self.answers[event["agent"], proposal] != index:
            yield "one answer to a proposal", "another"

    def hearers(self, event: int) -> Hearers:
        moved = self.events[event]
        others = [agent for agent in self.agents if agent != moved["agent"]]
        return Hearers.exactly(others, [] if moved["kind"] == "harvest" and not self.public else others)

    # What strategies do.

    def unscripted(self) -> Iterator[Fault]:
        for agent, party in self.parties.items():
            if party["harvesting"] is None:
                continue
            for time in range(3 * len(self.stocks)):
                expected, found = self._move(agent, time, party["switch"]), self._moved(agent, time)
                if expected != found:
                    yield Fault(f"{agent} at time {time}", listed(expected), listed(found))
                    break

    def _moved(self, agent: str, time: int) -> list[Json]:
        return [content(self.events[index]) for index in self.moves.get((agent, time), ())]

    def _move(self, agent: str, time: int, switch: Json | None) -> list[Json]:
        """What a scripted party does at a time, given all before it, if it changes its ways as `switch` says."""
        party = self.parties[agent]
        number, phase = divmod(time, 3)
        if number >= len(self.stocks):
            return []
        switched = switch is not None and number >= switch["round"]
        harvesting = switch["harvesting"] if switch and switched else party["harvesting"]
        if phase == TALK:
            return [*self._talk(party, number, harvesting), *self._report(party, number)]
        if phase == HARVEST:
            return [{"kind": "harvest", "amount": self._harvest(agent, number, harvesting)}]
        return self._punishment(party, number)

    def _talk(self, party: Json, number: int, harvesting: str) -> list[Json]:
        agent = party["agent"]
        made = [index for index in self.proposals if self.events[index]["time"] == TALK]
        if number == 0:
            leader = next((other for other in self.agents if self.parties[other]["leads"]), None)
            own = made and self.events[made[0]]["agent"] == agent
            if leader != agent or (made and not own):
                return []
            return [{"kind": "propose", "deal": [self._sustained(self.stocks[0]) // len(self.agents)]}]
        if number > 1 or not made or self.events[made[0]]["agent"] == agent:
            return []
        refuses = harvesting == "greedy" and party["reports"] != "low"
        return [{"kind": "reject-proposal" if refuses else "accept-proposal", "proposal": made[0]}]

    def _report(self, party: Json, number: int) -> list[Json]:
        if number == 0 or self.public or party["reports"] == "silent":
            return []
        told = self.took(party["agent"], number - 1)
        if party["reports"] == "low":
            told = min(told, self._fair(number - 1))
        return [{"kind": "inform", "claim": {"kind": "took", "round": number - 1, "amount": told}}]

    def _harvest(self, agent: str, number: int, harvesting: str) -> int:
        parties, stock, fair = len(self.agents), self.stocks[number], self._fair(number)
        returned = fair
        if number:
            returned = (self.totals[number - 1] - self.took(agent, number - 1)) // (parties - 1)
        return amount(harvesting, stock // parties, self._sustained(stock) // parties, fair, returned)

    def _punishment(self, party: Json, number: int) -> list[Json]:
        gone = self.gone and number == len(self.stocks) - 1
        free = not self.rules["cost"] and not self.rules["fine"]
        if not party["punishes"] or gone or free or not self.public:
            return []
        others = [agent for agent in self.agents if agent != party["agent"]]
        worst = max(others, key=lambda agent: self.took(agent, number))
        return [{"kind": "punish", "target": worst}] if self.took(worst, number) > self._fair(number) else []

    def adapts(self) -> bool:
        switches = [party["switch"] for party in self.parties.values()]
        return any(switch is not None and switch["round"] < len(self.stocks) for switch in switches)

    def private(self, agent: str) -> Json:
        party = self.parties[agent]
        return {"strategy": party["harvesting"], "switch": party["switch"]}

    # What came of it.

    def outcome(self) -> Json:
        rules, played = self.rules, range(len(self.stocks))
        taken = {agent: sum(self.took(agent, number) for number in played) for agent in self.agents}
        punishments = [event for event in self.events if event["kind"] == "punish"]
        harvested, greatest = sum(taken.values()), max(taken.values())
        most = best(
            rules["stock"], rules["capacity"], rules["growth"], rules["collapse"], rules["rounds"], len(self.agents)
        )
        return {
            "kind": "commons",
            "ended": "collapsed" if self.gone else "completed",
            "stocks": self.stocks,
            "points": {
                agent: taken[agent]
                - rules["cost"] * sum(event["agent"] == agent for event in punishments)
                - rules["fine"] * sum(event["target"] == agent for event in punishments)
                for agent in self.agents
            },
            "harvested": harvested,
            "best": most,
            "efficiency": harvested / most if most else None,
            "fairness": min(taken.values()) / greatest if greatest else None,
            "lies": [index for index in range(len(self.events)) if self._is_lie(index)],
        }

    def _is_lie(self, index: int) -> bool:
        event = self.events[index]
        claim = event["claim"] if event["kind"] == "inform" else {}
        return claim.get("kind") == "took" and claim["amount"] != self.took(event["agent"], claim["round"])

    # Questions.

    def answer(self, question: Json) -> Derived:
        query = question["query"]
        refuse_fractions("query", query)
        match query["kind"]:
            case "stock":
                return Derived([str(self.stocks[self._round(query)])], [], READER)
            case "sustain":
                return Derived([str(self._sustained(self.stocks[self._round(query)]))], [], READER)
            case "took":
                return self._as_taken(query)
            case "kept":
                return self._kept(query["proposal"])
            case "last":
                return Derived([str(self._lasts(query["agent"]))], [], READER)
            case "bluff":
                return self._bluff(query["event"])
            case "switch":
                return self._switched(one_of("query, agent", self.agents, query["agent"]))
            case kind:
                raise Wrong("query", "a question about a commons", kind)

    def _round(self, query: Json) -> int:
        number: int = query["round"]
        if number >= len(self.stocks):
            raise Wrong("query, round", f"one of the {len(self.stocks)} rounds played", number)
        return number

    def _as_taken(self, query: Json) -> Derived:
        """What an agent harvested, as a chain of agents has it."""
        number, about = self._round(query), one_of("query, about", self.agents, query["about"])
        chain = folded([one_of("query, chain", self.agents, agent) for agent in query["chain"]])
        view, order = chain[0] if chain else READER, len(chain)
        if chain and chain[-1] == about:
            chain.pop()
        if not chain or self.public:
            index = self._harvested(about, number)
            if index is None:
                raise Wrong("query, round", f"one in which {about} harvested", number)
            return Derived([str(self.events[index]["amount"])], [index], view, order)
        for index in reversed(range(len(self.events) if self.believed else 0)):
            event = self.events[index]
            if event["kind"] == "inform" and event["agent"] == about and {*chain} - {about} <= {*event["to"]}:
                claim = event["claim"]
                if claim["kind"] == "took" and claim["round"] == number:
                    return Derived([str(claim["amount"])], [index], view, order)
        return Derived([UNSETTLED], [], view, order)

    def _kept(self, proposal: int) -> Derived:
        if proposal not in self.quotas:
            raise Wrong("query, proposal", "a proposal that was agreed", f"event {proposal}")
        since, quota = self.quotas[proposal]
        rounds = range(since, len(self.stocks))
        kept = [agent for agent in self.agents if all(self.took(agent, number) <= quota for number in rounds)]
        return Derived([name_list([self.names[agent] for agent in kept])], [proposal], READER)

    def _lasts(self, agent: str) -> int:
        """How many rounds there are if everybody harvests as the agent began to."""
        harvesting = self.parties[one_of("query, agent", self.agents, agent)]["harvesting"]
        if harvesting is None:
            raise Wrong("query, agent", "a party with a strategy", agent)
        rules, parties = self.rules, len(self.agents)
        stock = rules["stock"]
        taken = self._sustained(stock) // parties
        for number in range(rules["rounds"]):
            sustained = self._sustained(stock) // parties
            taken = amount(harvesting, stock // parties, sustained, sustained, taken)
            left = stock - parties * taken
            if left < rules["collapse"]:
                return number + 1
            stock = regrown(left, rules["capacity"], rules["growth"])
        return int(rules["rounds"])

    def _bluff(self, index: int) -> Derived:
        if index >= len(self.events) or self.events[index]["kind"] != "inform":
            raise Wrong("query, event", "an inform", f"event {index}")
        return Derived([YES if self._is_lie(index) else NO], [index], self.events[index]["agent"])

    def _switched(self, agent: str) -> Derived:
        if self.parties[agent]["harvesting"] is None:
            return Derived([UNDETERMINED], [], READER)
        times = sorted(time for mover, time in self.moves if mover == agent)
        for count, time in enumerate(times, 1):
            if self._moved(agent, time) != self._move(agent, time, None):
                return Derived([ordinal(count)], [self.moves[agent, time][0]], READER)
        return Derived([NEVER], [], READER)

    def legible(self, query: Json, option: str) -> bool:
        match query["kind"]:
            case "stock" | "sustain" | "last":
                return is_figure(option)
            case "took":
                return is_figure(option) or option == UNSETTLED
            case "kept":
                return lists_names(self.names.values(), option)
            case "bluff":
                return option in (YES, NO)
            case "switch":
                return option in (NEVER, UNDETERMINED) or is_ordinal(option)
        return False


def is_quota(deal: list[object]) -> bool:
    return len(deal) == 1 and isinstance(deal[0], int)


def shown(event: Json) -> str:
    return f"{event['kind']} of {event['agent']} at time {event['time']}"


GAME = Commons
