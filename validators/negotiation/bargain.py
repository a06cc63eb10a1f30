"""A bargain: what is legal in it, how it came out, and the answers to questions about it (docs/negotiation.md).

What deals are worth is in `deals`, what follows from the list of acts in `history`, what parties do by strategy in
`scripted`. Here they are put together; acts that did not happen (`reply`, `paid`) are played by the same definitions.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from madata.schemas.negotiation import (
    BACKFIRED,
    NEVER,
    NO,
    NO_DIFFERENCE,
    PAID,
    UNDETERMINED,
    UNSETTLED,
    YES,
)
from madata.validators.negotiation.deals import Domain, Zone, arrangements
from madata.validators.negotiation.games import READER, Derived, Fault, Hearers, Json, Wrong, cast
from madata.validators.negotiation.history import (
    ACCEPT,
    FINAL,
    INFORM,
    PROMISE,
    PROPOSE,
    REJECT,
    TALK,
    THREATEN,
    WITHDRAW,
    Act,
    Ending,
    Rules,
    done,
    ended,
    ending,
    heard,
    standing,
    withdrawn,
)
from madata.validators.negotiation.queries import folded, is_figure, is_ordinal, ordinal, refuse_fractions
from madata.validators.negotiation.scripted import Scripted

MOST_ARRANGED = 9  # issues of an `implied` question: 9! arrangements


class Bargain:
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        refuse_fractions("world", world)
        self._game = game = world["game"]
        self._conventions = conventions
        self._parties: Sequence[Json] = game["parties"]
        self._names = cast(agents, self._parties)
        self._agents = tuple(self._names)
        self._number = {agent: number for number, agent in enumerate(self._agents)}
        for part, members in (("order", game["order"]), *(("winning", each) for each in game["winning"])):
            for agent in members:
                self._known(f"game, {part}", agent)
        self._issues = self._distinct_issues()
        self._domain = Domain(game["issues"], self._parties)
        self._rules = Rules(
            agents=self._agents,
            order=tuple(game["order"]),
            alternating=self._conventions["turns"] == "alternating",
            deadline=game["deadline"],
            delays=tuple(game["delays"]),
            winning=tuple(frozenset(members) for members in game["winning"]),
            believed=self._conventions["claims"] == "believed",
            binding=self._conventions["promises"] == "binding",
        )
        self._scripts = {party["agent"]: self._script(party) for party in self._parties}
        self._events: Sequence[Json] = world["events"]
        self._acts: list[Act] = []
        for event in self._events:
            self._acts.append(self._act(event))
        self._moves: dict[tuple[str, int], list[Act]] = defaultdict(list)
        for act in self._acts:
            self._moves[act.agent, act.time].append(act)
        self._left = {act.agent: act.event for act in reversed(self._acts) if act.kind == WITHDRAW}
        self._ended = ended(self._acts, self._rules)

    # What cannot be judged.

    def _known(self, where: str, agent: str) -> int:
        if agent not in self._number:
            raise Wrong(where, f"one of {', '.join(self._agents)}", agent)
        return self._number[agent]

    def _distinct_issues(self) -> dict[str, int]:
        issues = self._game["issues"]
        ids = [issue["id"] for issue in issues]
        if ids != [f"i{number}" for number in range(len(ids))]:
            raise Wrong("game, issues", "ids i0, i1, .. in order", ids)
        for named in ([issue["name"] for issue in issues], *(issue.get("options", []) for issue in issues)):
            if len(set(named)) != len(named):
                raise Wrong("game, issues", "names of their own for issues, and for the options of each", named)
        return {id: number for number, id in enumerate(ids)}

    def _script(self, party: Json, **changes: Any) -> Scripted | None:
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
        return Scripted(self._domain, self._rules, party, {**strategy, **changes})

    def _claim(self, where: str, claim: Json) -> None:
        match claim["kind"]:
            case "priority":
                if claim["issue"] not in self._issues:
                    raise Wrong(where, f"one of {', '.join(self._issues)}", claim["issue"])
            case "limit":
                only = self._game["issues"][0]
                if self._domain.splits != [False]:
                    raise Wrong(where, "no limit where there is more than one issue that is a choice", claim)
                if claim["option"] >= len(only["options"]):
                    raise Wrong(where, f"one of {len(only['options'])} options", claim["option"])
            case kind:
                raise Wrong(where, "a claim about a priority or a limit", kind)

    def _act(self, event: Json) -> Act:
        index = len(self._acts)
        where, kind, time = f"event {index}", event["kind"], event["time"]
        self._known(where, event["agent"])
        act = Act(index, event["agent"], time, time + 1 + event["delay"], tuple(event["to"]), kind)
        if kind == PROPOSE:
            return act._replace(deal=self._deal(where, event["deal"]))
        if kind in (ACCEPT, REJECT):
            proposal = event["proposal"]
            if proposal >= index or self._acts[proposal].kind != PROPOSE:
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

    def _deal(self, where: str, deal: Sequence[Any]) -> int:
        place = self._domain.place(deal)
        if place is None:
            raise Wrong(where, "a deal of the domain", deal)
        return place

    # What is against the rules.

    def illegal(self) -> Iterator[Fault]:
        yield from self._impossible()
        for party in self._parties:
            for statement in party["strategy"]["says"] if party["strategy"] else ():
                yield from self._unsayable(party["agent"], statement)
        for act in self._acts:
            for expected, found in self._faults(act):
                yield Fault(f"event {act.event}", str(expected), str(found))

    def _impossible(self) -> Iterator[Fault]:
        """Why there can be no such game."""
        game, rules = self._game, self._rules
        if rules.delays and self._conventions["delivery"] != "delayed":
            yield Fault("game, delays", "none where messages are heard at once", str(list(rules.delays)))
        if not rules.alternating and sorted(rules.order) != sorted(self._agents):
            yield Fault("game, order", "each agent once", str(list(rules.order)))
        for members in game["winning"]:
            if len(set(members)) != len(members):
                yield Fault("game, winning", "each member once", str(members))
        for number, one in enumerate(rules.winning):
            if any(other <= one for place, other in enumerate(rules.winning) if place != number):
                yield Fault("game, winning", "minimal sets, none within another", str(sorted(one)))
        if self._conventions["values"] == "permuted":
            if not all(self._domain.splits):
                yield Fault("game, issues", "splits only, where values are permuted", "a choice")
            elif len({tuple(sorted(points)) for points in self._domain.points}) != 1:
                yield Fault("game, parties", "the same numbers for each, arranged", str(self._domain.points))

    def _unsayable(self, agent: str, statement: Json) -> Iterator[Fault]:
        where, to = f"party {agent}, statement", statement["to"]
        if not self._rules.has_turn(agent, statement["time"]):
            yield Fault(where, "a time at which the party has the move", str(statement["time"]))
        hearers = self._hearers(agent, statement["kind"])
        if not hearers.admit(to):
            yield Fault(where, f"{hearers}", str(to))

    def _faults(self, act: Act) -> Iterator[tuple[object, object]]:
        """Why an act cannot come when it does: what was expected, what was found."""
        rules, before = self._rules, self._acts[act.event - 1] if act.event else None
        if before and act.time < before.time:
            yield f"a time not before {before.time}", act.time
        if act.time >= rules.deadline:
            yield f"a time before the deadline at {rules.deadline}", act.time
        elif not rules.has_turn(act.agent, act.time):
            yield f"a move of {rules.movers(act.time)[0]}, whose turn it is", f"one of {act.agent}"
        elif (
            not rules.alternating
            and before
            and before.time == act.time
            and before.agent in rules.order[rules.order.index(act.agent) + 1 :]
        ):
            yield f"moves of one time in the order {', '.join(rules.order)}", f"{act.agent} after {before.agent}"
        if act.hearing != rules.hearing(act.time):
            yield f"a delay of {rules.delay(act.time)}", act.hearing - act.time - 1
        if -1 < self._ended.act < act.event:
            yield f"nothing, for event {self._ended.act} ended it ({self._ended.how})", act.kind
        elif self._left.get(act.agent, act.event) < act.event:
            yield f"nothing of {act.agent}, who withdrew", act.kind
        move = self._moves[act.agent, act.time]
        if any(other.kind in FINAL for other in move if other.event < act.event):
            yield "nothing after a proposal, an answer or a withdrawal in one move", act.kind
        if act.kind == THREATEN and move[-1].kind != PROPOSE:
            yield "a proposal at the end of a move with a threat", move[-1].kind
        if act.kind in (ACCEPT, REJECT) and act.proposal not in self._standing(act.agent, act.time):
            yield f"a proposal that stands for {act.agent}", f"event {act.proposal}"

    def _standing(self, agent: str, time: int) -> list[int]:
        told, own = heard(self._acts, agent, time), done(self._acts, agent, time)
        return [act.event for act in standing(told, own) if act.agent != agent]

    def unscripted(self) -> Iterator[Fault]:
        """Moves follow from what was heard and done before, so one that differs says nothing against later ones."""
        differed: set[str] = set()
        for time, agent in self._rules.slots(0):
            script, move = self._scripts[agent], self._moves.get((agent, time), [])
            if script and agent not in differed and not self._is_out(agent, time):
                expected = script.move(self._acts, time)
                if not same(expected, move):
                    differed.add(agent)
                    yield Fault(f"party {agent}, time {time}", self._told(expected), self._told(move))
            if any(act.event == self._ended.act for act in move):
                return

    def _is_out(self, agent: str, time: int) -> bool:
        return agent in self._left and self._acts[self._left[agent]].time < time

    def _told(self, move: Sequence[Act]) -> str:
        """A move in the words of a finding."""
        return "; ".join(map(self._phrase, move)) or "nothing"

    def _phrase(self, act: Act) -> str:
        content: Any = ""
        match act.kind:
            case "propose":
                content = self._domain.json(act.deal)
            case "accept-proposal" | "reject-proposal":
                content = f"event {act.proposal}"
            case "inform":
                content = act.claim
            case "promise":
                content = act.amount
        return f"{act.kind} {content} to {', '.join(act.to)} heard at {act.hearing}"

    # How it came out.

    @cached_property
    def _reservations(self) -> list[int]:
        return [party["reservation"] for party in self._parties]

    def _points(self, acts: Sequence[Act], end: Ending) -> list[int]:
        """What each ends with, payments included."""
        if end.proposal is None:
            return self._reservations
        proposer = acts[end.proposal].agent
        points: list[int] = self._domain.worth[:, acts[end.proposal].deal].tolist()
        if self._rules.binding:
            promised = {
                act.to[0]: act.amount
                for act in acts[: end.act]
                if act.kind == PROMISE and act.agent == proposer and act.to
            }
            for agent in sorted((end.supporters - {proposer}) & promised.keys()):
                points[self._number[proposer]] -= promised[agent]
                points[self._number[agent]] += promised[agent]
        return points

    @cached_property
    def _zone(self) -> Zone:
        return Zone(self._domain, self._reservations)

    def _solution(self, place: int) -> Json:
        return {"deal": self._domain.json(place), "points": self._domain.worth[:, place].tolist()}

    def outcome(self) -> Json:
        end, zone = self._ended, self._zone
        agreed = None if end.proposal is None else self._acts[end.proposal].deal
        points = self._points(self._acts, end)
        welfare = int(self._domain.worth.sum(axis=0).argmax())
        reserved = sum(self._reservations)
        gain, most = sum(points) - reserved, int(self._domain.worth[:, welfare].sum()) - reserved
        gains = [have - least for have, least in zip(points, self._reservations, strict=True)]
        found = len(zone.deals) > 0
        return {
            "kind": "bargain",
            "ended": end.how,
            "proposal": end.proposal,
            "deal": None if agreed is None else self._domain.json(agreed),
            "supporters": [agent for agent in self._agents if agent in end.supporters],
            "points": dict(zip(self._agents, points, strict=True)),
            "zone": len(zone.deals),
            "frontier": self._domain.frontier(),
            "pareto": None if agreed is None else not self._domain.dominated(agreed),
            "nash": self._solution(zone.nash()) if found else None,
            "kalai_smorodinsky": self._solution(zone.kalai_smorodinsky()) if found else None,
            "egalitarian": self._solution(zone.egalitarian()) if found else None,
            "welfare": self._solution(welfare),
            "efficiency": gain / most if most > 0 else None,
            "fairness": min(gains) / max(gains) if agreed is not None and max(gains) > 0 else None,
            "lies": [act.event for act in self._acts if act.kind == INFORM and self._is_lie(act)],
        }

    def _is_lie(self, act: Act) -> bool:
        assert act.claim is not None
        party = self._number[act.agent]
        if act.claim["kind"] == "priority":
            stakes = self._domain.stakes(party)
            return stakes[self._issues[act.claim["issue"]]] < max(stakes)
        worth, option = self._domain.points[party][0], act.claim["option"]
        acceptable = [number for number, points in enumerate(worth) if points >= self._reservations[party]]
        claimed = range(option + 1) if act.claim["side"] == "most" else range(option, len(worth))
        return acceptable != [*claimed]

    def adapts(self) -> bool:
        last = max((act.time for act in self._acts), default=-1)
        switches = [party["strategy"]["switch"] for party in self._parties if party["strategy"]]
        return any(switch and switch["time"] <= last for switch in switches)

    # Who knows what.

    def private(self, agent: str) -> Json:
        party = self._parties[self._number[agent]]
        strategy = party["strategy"]
        switch = strategy and strategy["switch"]
        points = {
            issue["name"]: dict(zip(issue["options"], worth, strict=True)) if isinstance(worth, list) else worth
            for issue, worth in zip(self._game["issues"], party["worth"], strict=True)
        }
        return {
            "points": points,
            "reservation": party["reservation"],
            "deadline": party["deadline"],
            "strategy": strategy and strategy["bidding"],
            "switch": {"time": switch["time"], "bidding": switch["bidding"]} if switch else None,
        }

    def hearers(self, event: int) -> Hearers:
        return self._hearers(self._acts[event].agent, self._acts[event].kind)

    def _hearers(self, agent: str, kind: str) -> Hearers:
        others = self._rules.others(agent)
        if kind == PROMISE:
            return Hearers(others, others, range(1, 2))
        return Hearers(others, others, range(1, len(others) + 1)) if kind in TALK else Hearers.exactly(others, others)

    # Questions.

    def answer(self, question: Json) -> Derived:
        query = question["query"]
        refuse_fractions("query", query)
        if query["kind"] not in self._queries:
            raise Wrong("query", "one about a bargain", query["kind"])
        return self._queries[query["kind"]](query, question["options"])

    @cached_property
    def _queries(self) -> Mapping[str, Callable[[Json, Sequence[str]], Derived]]:
        return {
            "offer": self._offer,
            "points": self._worth,
            "rational": self._rational,
            "pareto": self._pareto,
            "zone": self._possible,
            "reply": self._reply,
            "paid": self._paid,
            "implied": self._implied,
            "valued": self._valued,
            "bluff": self._bluff,
            "switch": self._switch,
        }

    def legible(self, query: Json, option: str) -> bool:
        names = [issue["name"] for issue in self._game["issues"]]
        match query["kind"]:
            case "offer":
                issue = self._game["issues"][self._issues[query["issue"]]]
                return (
                    option in issue["options"] if "options" in issue else option in map(str, range(issue["units"] + 1))
                )
            case "points":
                return is_figure(option)
            case "rational" | "pareto" | "zone":
                return option in (YES, NO)
            case "bluff":
                return option in (YES, NO, UNDETERMINED)
            case "paid":
                return option in (PAID, BACKFIRED, NO_DIFFERENCE, UNDETERMINED)
            case "implied":
                return option in (*names, UNDETERMINED)
            case "valued":
                return option in (*names, UNSETTLED)
            case "switch":
                return option in (NEVER, UNDETERMINED) or is_ordinal(option)
        return True

    def _agent(self, query: Json, part: str = "agent") -> int:
        return self._known(f"query, {part}", query[part])

    def _event(self, query: Json, part: str, *kinds: str) -> Act:
        index = query[part]
        if index >= len(self._acts) or self._acts[index].kind not in kinds:
            raise Wrong(f"query, {part}", f"an event that is one of: {', '.join(kinds)}", f"event {index}")
        return self._acts[index]

    def _offer(self, query: Json, _: Sequence[str]) -> Derived:
        proposal = self._event(query, "proposal", PROPOSE)
        if query["issue"] not in self._issues:
            raise Wrong("query, issue", f"one of {', '.join(self._issues)}", query["issue"])
        number = self._issues[query["issue"]]
        entry, agent = self._domain.deal(proposal.deal)[number], query["agent"]
        if isinstance(entry, tuple) and agent is not None:
            return Derived([str(entry[self._agent(query)])], [proposal.event], READER)
        if isinstance(entry, tuple) or agent is not None:
            raise Wrong("query, agent", "an agent for a split, none for a choice", agent)
        return Derived([self._game["issues"][number]["options"][entry]], [proposal.event], READER)

    def _worth(self, query: Json, _: Sequence[str]) -> Derived:
        agent, proposal = self._agent(query), self._event(query, "proposal", PROPOSE)
        return Derived([str(self._domain.worth[agent, proposal.deal])], [proposal.event], query["agent"])

    def _rational(self, query: Json, _: Sequence[str]) -> Derived:
        agent, proposal = self._agent(query), self._event(query, "proposal", PROPOSE)
        enough = self._domain.worth[agent, proposal.deal] >= self._reservations[agent]
        return Derived([YES if enough else NO], [proposal.event], query["agent"])

    def _pareto(self, query: Json, _: Sequence[str]) -> Derived:
        proposal = self._event(query, "proposal", PROPOSE)
        return Derived([NO if self._domain.dominated(proposal.deal) else YES], [proposal.event], READER)

    def _possible(self, query: Json, _: Sequence[str]) -> Derived:
        return Derived([YES if len(self._zone.deals) else NO], [], READER)

    def _play(self, since: int, forced: Act | None = None, instead: Mapping[str, Scripted] = {}) -> list[int]:
        """What each ends with if all move by strategy from a time on; `forced` takes the place of one's own move."""
        acts = [act for act in self._acts if act.time < since]
        gone = withdrawn(acts)
        for time, agent in self._rules.slots(since):
            if agent in gone:
                continue
            script = instead.get(agent) or self._scripts[agent]
            assert script is not None
            taken = forced is not None and (agent, time) == (forced.agent, forced.time)
            for act in [forced._replace(event=len(acts))] if forced and taken else script.move(acts, time):
                acts.append(act)
                if end := ending(acts, self._rules):
                    return self._points(acts, end)
                if act.kind == WITHDRAW:
                    gone.add(agent)
        return self._points(acts, Ending("deadline"))

    def _is_scripted(self) -> bool:
        return all(self._scripts.values())

    def _reply(self, query: Json, options: Sequence[str]) -> Derived:
        agent, time = self._agent(query), query["time"]
        proposal = self._event(query, "proposal", PROPOSE)
        over = self._ended.act > -1 and self._acts[self._ended.act].time < time
        if over or self._is_out(query["agent"], time) or not self._rules.has_turn(query["agent"], time):
            raise Wrong("query, time", f"a time at which {query['agent']} has the turn", time)
        if proposal.event not in self._standing(query["agent"], time):
            raise Wrong("query, proposal", f"a proposal that stands for {query['agent']} at {time}", proposal.event)
        moves = [self._forced(query, move) for move in query["moves"]]
        scripted = self._is_scripted()
        if len(options) != len(moves) + (not scripted):
            raise Wrong("options", "one a move, and one more if it cannot be re-run", len(options))
        if not scripted:
            if options[-1] != UNDETERMINED:
                raise Wrong("options", f"{UNDETERMINED!r} at the end", options[-1])
            return Derived([UNDETERMINED], [proposal.event], READER)
        ends = [self._play(time, move)[agent] for move in moves]
        best = [option for option, points in zip(options, ends, strict=True) if points == max(ends)]
        return Derived(best, [proposal.event], READER)

    def _forced(self, query: Json, move: Json) -> Act:
        agent, time, deal = query["agent"], query["time"], move["deal"]
        if (deal is not None) != (move["move"] == PROPOSE):
            raise Wrong("query, moves", "a deal if it is a proposal, and only then", move)
        kind = ACCEPT if move["move"] == "accept" else move["move"]
        act = Act(-1, agent, time, self._rules.hearing(time), self._rules.others(agent), kind)
        if kind == PROPOSE:
            return act._replace(deal=self._deal("query, moves", move["deal"]))
        return act._replace(proposal=query["proposal"]) if kind == ACCEPT else act

    def _statement(self, act: Act) -> Json | None:
        """What was planned that the act says; None for a party without strategy."""
        script, move = self._scripts[act.agent], self._moves[act.agent, act.time]
        if script is None:
            return None
        planned = script.planned(act.time, move[-1].kind)
        place = move.index(act)
        if place >= len(planned) or planned[place]["kind"] != act.kind:
            raise Wrong("query, event", f"what {act.agent} planned to say at {act.time}", act.kind)
        return planned[place]

    def _is_bluff(self, act: Act) -> bool | None:
        """None if nobody can know."""
        if act.kind == INFORM:
            return self._is_lie(act)
        statement = self._statement(act)
        return None if statement is None else not statement["meant"]

    def _bluff(self, query: Json, _: Sequence[str]) -> Derived:
        act = self._event(query, "event", INFORM, THREATEN)
        answer = {True: YES, False: NO, None: UNDETERMINED}[self._is_bluff(act)]
        return Derived([answer], [act.event], act.agent)

    def _paid(self, query: Json, _: Sequence[str]) -> Derived:
        act = self._event(query, "event", INFORM, THREATEN)
        if not self._is_bluff(act):
            raise Wrong("query, event", "a bluff", f"event {act.event}, which is not known for one")
        if not self._is_scripted():
            return Derived([UNDETERMINED], [act.event], READER)
        number, statement = self._number[act.agent], self._statement(act)
        party = self._parties[number]
        says = [each for each in party["strategy"]["says"] if each is not statement]
        script = self._script(party, says=says)
        assert script is not None
        without = self._play(act.time, instead={act.agent: script})[number]
        had = self._points(self._acts, self._ended)[number]
        answer = PAID if had > without else BACKFIRED if had < without else NO_DIFFERENCE
        return Derived([answer], [act.event], READER)

    def _implied(self, query: Json, _: Sequence[str]) -> Derived:
        agent, number = query["agent"], self._agent(query)
        if not all(self._domain.splits) or self._conventions["values"] != "permuted":
            raise Wrong("query", "no such question but of splits and permuted values", "implied")
        if len(self._issues) > MOST_ARRANGED:
            raise Wrong("query", f"at most {MOST_ARRANGED} issues to arrange points over", len(self._issues))

        def units(proposal: Act) -> list[int]:
            return [entry[number] for entry in self._domain.deal(proposal.deal) if isinstance(entry, tuple)]

        own = [act for act in self._acts if act.agent == agent and act.kind == PROPOSE and act.time < query["time"]]
        evidence, falls, gains = {act.event for act in own}, [], []
        for earlier, later in pairwise(own):
            falls.append(np.subtract(units(later), units(earlier)))
        for act in own:
            for place in self._standing(agent, act.time):
                evidence.add(place)
                gains.append(np.subtract(units(act), units(self._acts[place])))
        points: list[int] = self._domain.points[number]
        every = arrangements(tuple(sorted(points)))
        fits = np.ones(len(every), bool)
        for fall in falls:
            fits &= every @ fall <= 0
        for gain in gains:
            fits &= every @ gain > 0
        left = every[fits]
        if not (left == np.array(points)).all(axis=1).any():
            raise Wrong("query, agent", "one that bids monotonically", agent)
        stakes = left * np.array([issue["units"] for issue in self._game["issues"]])
        tops, most = stakes.argmax(axis=1), stakes.max(axis=1)
        alike = (tops == tops[0]).all() and ((stakes == most[:, np.newaxis]).sum(axis=1) == 1).all()
        answer = self._game["issues"][int(tops[0])]["name"] if alike else UNDETERMINED
        return Derived([answer], sorted(evidence), READER)

    def _valued(self, query: Json, _: Sequence[str]) -> Derived:
        about = self._agent(query, "about")
        for agent in query["chain"]:
            self._known("query, chain", agent)
        chain = folded(query["chain"])
        first, order = chain[0], len(chain)
        if chain[-1] == query["about"]:
            chain.pop()
        issues = self._game["issues"]
        if not chain:
            top = self._domain.top(about)
            if top is None:
                raise Wrong("query, about", "an agent with an issue worth most to it", query["about"])
            return Derived([issues[top]["name"]], [], first, order)
        hearers = {*chain} - {query["about"]}
        claims = [
            act
            for act in self._acts
            if act.agent == query["about"] and act.claim and act.claim["kind"] == "priority"
            if act.hearing <= query["time"] and hearers <= {*act.to}
        ]
        if not claims or not self._rules.believed:
            return Derived([UNSETTLED], [], first, order)
        last = max(claims, key=lambda act: (act.hearing, act.event))
        assert last.claim is not None
        return Derived([issues[self._issues[last.claim["issue"]]]["name"]], [last.event], first, order)

    def _switch(self, query: Json, _: Sequence[str]) -> Derived:
        agent, party = query["agent"], self._parties[self._agent(query)]
        script = self._script(party, switch=None)
        if script is None:
            return Derived([UNDETERMINED], [], READER)
        moves = [move for (who, _), move in self._moves.items() if who == agent]
        for number, move in enumerate(moves, 1):
            if not same(script.move(self._acts, move[0].time), move):
                return Derived([ordinal(number)], [move[0].event], READER)
        return Derived([NEVER], [], READER)


def same(one: Sequence[Act], other: Sequence[Act]) -> bool:
    return len(one) == len(other) and all(a.like(b) for a, b in zip(one, other, strict=True))


GAME = Bargain
