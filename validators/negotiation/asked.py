"""Questions about a bargain: their answers and evidence, who can answer them, and what an option can be ("Questions").

What would have come of other moves (`reply`, `paid`) is played out by the definitions that judge what did happen.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from madata.schemas.negotiation import BACKFIRED, NEVER, NO_DIFFERENCE, PAID, UNDETERMINED
from madata.schemas.words import NO, UNSETTLED, YES
from madata.validators.negotiation.deals import Domain, arrangements
from madata.validators.negotiation.history import (
    ACCEPT,
    INFORM,
    PROPOSE,
    TALK,
    THREATEN,
    WITHDRAW,
    Act,
    Ending,
    ending,
    same,
    withdrawn,
)
from madata.validators.negotiation.queries import folded, is_figure, is_ordinal, ordinal, refuse_fractions
from madata.validators.negotiation.recorded import Recorded
from madata.validators.negotiation.scripted import Scripted
from madata.validators.trial import READER, Derived, Json, Wrong

MOST_ARRANGED = 5  # issues of an `implied` question: 120 arrangements
MOST_ACTS = 1_000  # of a re-run, each of which looks back at all before it


class Asked:
    def __init__(self, record: Recorded) -> None:
        self.record = record

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
        names = [issue["name"] for issue in self.record.game["issues"]]
        match query["kind"]:
            case "offer":
                issue = self.record.game["issues"][self.record.issues[query["issue"]]]
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
        return self.record.known(f"query, {part}", query[part])

    def _event(self, query: Json, part: str, *kinds: str) -> Act:
        index = query[part]
        if index >= len(self.record.acts) or self.record.acts[index].kind not in kinds:
            raise Wrong(f"query, {part}", f"an event that is one of: {', '.join(kinds)}", f"event {index}")
        return self.record.acts[index]

    def _offer(self, query: Json, _: Sequence[str]) -> Derived:
        proposal = self._event(query, "proposal", PROPOSE)
        if query["issue"] not in self.record.issues:
            raise Wrong("query, issue", f"one of {', '.join(self.record.issues)}", query["issue"])
        number = self.record.issues[query["issue"]]
        entry, agent = self.record.domain.deal(proposal.deal)[number], query["agent"]
        if isinstance(entry, tuple) and agent is not None:
            return Derived([str(entry[self._agent(query)])], [proposal.event], READER)
        if isinstance(entry, tuple) or agent is not None:
            raise Wrong("query, agent", "an agent for a split, none for a choice", agent)
        return Derived([self.record.game["issues"][number]["options"][entry]], [proposal.event], READER)

    def _worth(self, query: Json, _: Sequence[str]) -> Derived:
        agent, proposal = self._agent(query), self._event(query, "proposal", PROPOSE)
        return Derived([str(self.record.domain.worth[agent, proposal.deal])], [proposal.event], query["agent"])

    def _rational(self, query: Json, _: Sequence[str]) -> Derived:
        agent, proposal = self._agent(query), self._event(query, "proposal", PROPOSE)
        enough = self.record.domain.worth[agent, proposal.deal] >= self.record.reservations[agent]
        return Derived([YES if enough else NO], [proposal.event], query["agent"])

    def _pareto(self, query: Json, _: Sequence[str]) -> Derived:
        proposal = self._event(query, "proposal", PROPOSE)
        return Derived([NO if self.record.domain.dominated(proposal.deal) else YES], [proposal.event], READER)

    def _possible(self, query: Json, _: Sequence[str]) -> Derived:
        return Derived([YES if len(self.record.zone.deals) else NO], [], READER)

    def _play(self, since: int, forced: Act | None = None, instead: Mapping[str, Scripted] = {}) -> list[int]:
        """What each ends with if all move by strategy from a time on; `forced` takes the place of one's own move."""
        acts = [act for act in self.record.acts if act.time < since]
        gone = withdrawn(acts)
        for time, agent in self.record.rules.slots(since):
            if agent in gone:
                continue
            script = instead.get(agent) or self.record.scripts[agent]
            assert script is not None
            taken = forced is not None and (agent, time) == (forced.agent, forced.time)
            for act in [forced._replace(event=len(acts))] if forced and taken else script.move(acts, time):
                if len(acts) == MOST_ACTS:
                    raise Wrong("query", f"a re-run of at most {MOST_ACTS} acts", "more")
                acts.append(act)
                if end := ending(acts, self.record.rules):
                    return self.record.points(acts, end)
                if act.kind == WITHDRAW:
                    gone.add(agent)
        return self.record.points(acts, Ending("deadline"))

    def _is_scripted(self) -> bool:
        return all(self.record.scripts.values())

    def _reply(self, query: Json, options: Sequence[str]) -> Derived:
        agent, time = self._agent(query), query["time"]
        proposal = self._event(query, "proposal", PROPOSE)
        over = self.record.ended.act > -1 and self.record.acts[self.record.ended.act].time < time
        if over or self.record.is_out(query["agent"], time) or not self.record.rules.has_turn(query["agent"], time):
            raise Wrong("query, time", f"a time at which {query['agent']} has the turn", time)
        if proposal.event not in self.record.standing(query["agent"], time):
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
        act = Act(-1, agent, time, self.record.rules.hearing(time), self.record.rules.others(agent), kind)
        if kind == PROPOSE:
            return act._replace(deal=self.record.deal("query, moves", move["deal"]))
        return act._replace(proposal=query["proposal"]) if kind == ACCEPT else act

    def _statement(self, act: Act) -> Json | None:
        """What was planned that the act says; None for a party without strategy."""
        script, move = self.record.scripts[act.agent], self.record.moves[act.agent, act.time]
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
            return self.record.is_lie(act)
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
        number, statement = self.record.number[act.agent], self._statement(act)
        party = self.record.parties[number]
        says = [each for each in party["strategy"]["says"] if each is not statement]
        script = self.record.script(party, says=says)
        assert script is not None
        without = self._play(act.time, instead={act.agent: script})[number]
        had = self.record.points(self.record.acts, self.record.ended)[number]
        answer = PAID if had > without else BACKFIRED if had < without else NO_DIFFERENCE
        return Derived([answer], [act.event], READER)

    def _implied(self, query: Json, _: Sequence[str]) -> Derived:
        record, agent, number = self.record, query["agent"], self._agent(query)
        if not all(record.domain.splits) or record.conventions["values"] != "permuted":
            raise Wrong("query", "no such question but of splits and permuted values", "implied")
        if len(record.issues) > MOST_ARRANGED:
            raise Wrong("query", f"at most {MOST_ARRANGED} issues to arrange points over", len(record.issues))
        moves = [move for (who, time), move in record.moves.items() if who == agent and time < query["time"]]
        evidence = [act.event for move in moves for act in move if act.kind not in TALK]
        tops = set()
        for points in arrangements(tuple(sorted(record.domain.points[number]))).tolist():
            party = {**record.parties[number], "worth": points}
            parties = [*record.parties[:number], party, *record.parties[number + 1 :]]
            domain = Domain(record.game["issues"], parties)
            script = record.script(party, domain)
            if script is None:
                return Derived([UNDETERMINED], evidence, READER)
            if all(same(script.move(record.acts, move[0].time), move) for move in moves):
                tops.add(domain.top(number))
        if not tops:
            raise Wrong("query, agent", "one that moved by its strategy", agent)
        top = tops.pop() if len(tops) == 1 else None
        return Derived([UNDETERMINED if top is None else record.game["issues"][top]["name"]], evidence, READER)

    def _valued(self, query: Json, _: Sequence[str]) -> Derived:
        about = self._agent(query, "about")
        for agent in query["chain"]:
            self.record.known("query, chain", agent)
        chain = folded(query["chain"])
        first, order = chain[0], len(chain)
        if chain[-1] == query["about"]:
            chain.pop()
        issues = self.record.game["issues"]
        if not chain:
            top = self.record.domain.top(about)
            if top is None:
                raise Wrong("query, about", "an agent with an issue worth most to it", query["about"])
            return Derived([issues[top]["name"]], [], first, order)
        hearers = {*chain} - {query["about"]}
        claims = [
            act
            for act in self.record.acts
            if act.agent == query["about"] and act.claim and act.claim["kind"] == "priority"
            if act.hearing <= query["time"] and hearers <= {*act.to}
        ]
        if not claims or not self.record.rules.believed:
            return Derived([UNSETTLED], [], first, order)
        last = max(claims, key=lambda act: (act.hearing, act.event))
        assert last.claim is not None
        return Derived([issues[self.record.issues[last.claim["issue"]]]["name"]], [last.event], first, order)

    def _switch(self, query: Json, _: Sequence[str]) -> Derived:
        agent, party = query["agent"], self.record.parties[self._agent(query)]
        script = self.record.script(party, switch=None)
        if script is None:
            return Derived([UNDETERMINED], [], READER)
        moves = [move for (who, _), move in self.record.moves.items() if who == agent]
        for number, move in enumerate(moves, 1):
            if not same(script.move(self.record.acts, move[0].time), move):
                return Derived([ordinal(number)], [move[0].event], READER)
        return Derived([NEVER], [], READER)
