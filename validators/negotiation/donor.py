"""The donor game (Vallinder and Hughes 2024): meetings of two, generation after generation, and what is said of them.

Who is present and what each has follows from the donations, meeting by meeting; what anybody takes a donor to have
given follows, by the definitions of docs/negotiation.md, from which donations and claims reached it. An event that
breaks a rule is a fault; it still counts for what it says, so that a record with faults has one reading. Of two
donations in a meeting the first counts; one that is missing is one of nothing that nobody saw.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from madata.schemas.negotiation import NEVER, UNDETERMINED
from madata.schemas.words import NO, UNSETTLED, YES, name_list
from madata.validators.negotiation.games import Hearers, cast
from madata.validators.negotiation.moves import by_mover, content, listed
from madata.validators.negotiation.queries import folded, is_figure, is_ordinal, lists_names, one_of, refuse_fractions
from madata.validators.trial import READER, Derived, Fault, Json, Wrong


class Settled(NamedTuple):
    """What somebody takes a donor to have given, and the donation or claim it has that from."""

    amount: int
    event: int


class Image(NamedTuple):
    """What somebody takes another to have given when it last gave, as far as it knows of it."""

    amount: int
    meeting: int


def gift(giving: str, have: int, image: int | None, endowment: int) -> int:
    match giving:
        case "generous":
            return have // 2
        case "discriminating":
            return have // 2 if image is None or image >= endowment // 4 else 0
        case "reciprocal":
            return have // 4 if image is None else min(have, image)
        case _:
            return 0


class Donor:
    def __init__(self, world: Json, conventions: Json, agents: Sequence[Json]) -> None:
        self.rules, self.events = world["game"], world["events"]
        self.names = cast(agents, self.rules["parties"])
        refuse_fractions("world", world)
        self.parties = {party["agent"]: party for party in self.rules["parties"]}
        self.public = conventions["acts"] == "public"
        self.believed = conventions["claims"] == "believed"
        self.meetings = self.rules["meetings"]
        self._refuse_meetings()
        self.given_by: dict[str, list[int]] = {}
        for number, meeting in enumerate(self.meetings):
            self.given_by.setdefault(meeting["donor"], []).append(number)
        self.donations: dict[int, int] = {}
        self.gossip: dict[int, int] = {}
        self.claims: dict[int, list[int]] = {}
        for index, event in enumerate(self.events):
            number, late = divmod(event["time"], 2)
            if late and event["kind"] == "donate":
                self.donations.setdefault(number, index)
            elif not late and event["kind"] == "inform":
                self.gossip.setdefault(number, index)
            if self._names_meeting(event):
                self.claims.setdefault(event["claim"]["meeting"], []).append(index)
        self._play()

    # What is the case.

    def _refuse_meetings(self) -> None:
        generation = 0
        for number, meeting in enumerate(self.meetings):
            where = f"game, meeting {number}"
            if meeting["generation"] not in ((generation, generation + 1) if number else (0,)):
                raise Wrong(where, "generations from 0 on, without gaps", meeting["generation"])
            generation = meeting["generation"]
            for role in ("donor", "recipient", "gossip"):
                if meeting[role] is not None:
                    one_of(f"{where}, {role}", self.parties, meeting[role])

    def _names_meeting(self, event: Json) -> bool:
        """Whether an event claims something of a meeting and the donor of that meeting."""
        if event["kind"] != "inform" or event["claim"]["kind"] != "gave":
            return False
        meeting = event["claim"]["meeting"]
        return meeting < len(self.meetings) and bool(self.meetings[meeting]["donor"] == event["claim"]["agent"])

    def _gave(self, meeting: int) -> int:
        index = self.donations.get(meeting)
        return 0 if index is None else self.events[index]["amount"]

    def _play(self) -> None:
        """`present`, `stayed` and `ends` (what each has) by generation; `had` before each meeting and after."""
        self.present: list[list[str]] = []
        self.stayed: list[list[str]] = []
        self.ends: list[dict[str, int]] = []
        self.had: list[tuple[dict[str, int], dict[str, int]]] = []
        staying: list[str] = []
        for generation in range(self.meetings[-1]["generation"] + 1):
            here = [
                agent for agent, party in self.parties.items() if party["generation"] == generation or agent in staying
            ]
            have = dict.fromkeys(here, self.rules["endowment"])
            for number, meeting in enumerate(self.meetings):
                if meeting["generation"] == generation:
                    before, have = have, self._after(number, have)
                    self.had.append((before, have))
            richest = sorted(here, key=lambda agent: -have[agent])[: (len(here) + 1) // 2]
            staying = [agent for agent in here if agent in richest]
            self.present.append(here)
            self.stayed.append(staying)
            self.ends.append(have)
        self.stayed.pop()

    def _after(self, number: int, have: dict[str, int]) -> dict[str, int]:
        """What all have after a meeting, if they had `have` before it."""
        meeting, given = self.meetings[number], self._gave(number)
        changes = {meeting["donor"]: -given}
        changes[meeting["recipient"]] = changes.get(meeting["recipient"], 0) + self.rules["multiplier"] * given
        return {agent: amount + changes.get(agent, 0) for agent, amount in have.items()}

    # What anybody believes.

    def _saw(self, agent: str, meeting: int) -> bool:
        index = self.donations.get(meeting)
        return index is not None and agent in (self.meetings[meeting]["donor"], *self.events[index]["to"])

    def _takes(self, agent: str, meeting: int, time: int) -> Settled | None:
        """What an agent that moves at a time takes the donor of a meeting to have given, if that is settled. Nothing is
        under way in this game: whatever was done at an earlier time has been heard."""
        if 2 * meeting + 1 < time and self._saw(agent, meeting):
            return Settled(self._gave(meeting), self.donations[meeting])
        return self._told(meeting, time, lambda claim: agent in claim["to"])

    def _told(self, meeting: int, time: int, reached: Callable[[Json], bool]) -> Settled | None:
        """What the last claim about a meeting, of those made before a time that reached whom they must, says."""
        for index in reversed(self.claims.get(meeting, ()) if self.believed else ()):
            event = self.events[index]
            if event["time"] < time and reached(event):
                return Settled(event["claim"]["amount"], index)
        return None

    def _image(self, agent: str, about: str, time: int) -> Image | None:
        for meeting in reversed(self.given_by.get(about, ())):
            settled = self._takes(agent, meeting, time)
            if settled:
                return Image(settled.amount, meeting)
        return None

    # What may be done.

    def illegal(self) -> Iterator[Fault]:
        yield from self._impossible()
        earlier = 0
        for index, event in enumerate(self.events):
            if event["time"] < earlier:
                yield Fault(f"event {index}", f"time {earlier} or later", f"time {event['time']}")
            earlier = max(earlier, event["time"])
            for expected, found in self._broken(index, event):
                yield Fault(f"event {index}", expected, found)
        for number, meeting in enumerate(self.meetings):
            if number not in self.donations:
                yield Fault(f"meeting {number}", f"a donation of {meeting['donor']}", "none")

    def _impossible(self) -> Iterator[Fault]:
        """What is wrong with the game: who meets, and who comes and whose heir it is."""
        for number, meeting in enumerate(self.meetings):
            here = self.present[meeting["generation"]]
            roles = [meeting[role] for role in ("donor", "recipient", "gossip") if meeting[role] is not None]
            if len(set(roles)) < len(roles) or not {*roles} <= {*here}:
                yield Fault(f"game, meeting {number}", f"different parties of {', '.join(here)}", ", ".join(roles))
        for generation, stayed in enumerate(self.stayed, 1):
            left = len(self.present[generation - 1]) - len(stayed)
            new = [agent for agent, party in self.parties.items() if party["generation"] == generation]
            if len(new) != left:
                yield Fault(f"game, generation {generation}", f"{left} newcomers", ", ".join(new) or "none")
        for agent, party in self.parties.items():
            where, generation, heir_of = f"game, party {agent}", party["generation"], party["heir_of"]
            if generation >= len(self.present):
                yield Fault(where, f"a generation of the {len(self.present)} that meet", str(generation))
            elif generation == 0:
                if heir_of is not None:
                    yield Fault(where, "nobody's heir in generation 0", str(heir_of))
            elif heir_of not in self.stayed[generation - 1]:
                yield Fault(where, f"heir of one of {', '.join(self.stayed[generation - 1])}", str(heir_of))
            elif party["giving"] != self.parties[heir_of]["giving"]:
                yield Fault(where, f"the giving of {heir_of}: {self.parties[heir_of]['giving']}", str(party["giving"]))

    def _broken(self, index: int, event: Json) -> Iterator[tuple[str, str]]:
        kind, (number, late) = event["kind"], divmod(event["time"], 2)
        if kind not in ("inform", "donate"):
            yield "a move of a donor game", kind
            return
        if number >= len(self.meetings):
            yield f"nothing after the last of {len(self.meetings)} meetings", f"time {event['time']}"
            return
        if event["delay"]:
            yield "no delay", str(event["delay"])
        meeting = self.meetings[number]
        if kind == "donate":
            yield from self._broken_donation(index, number, late, meeting)
        else:
            yield from self._broken_gossip(index, number, late, meeting)

    def _broken_donation(self, index: int, number: int, late: int, meeting: Json) -> Iterator[tuple[str, str]]:
        event = self.events[index]
        if not late:
            yield "a donation at time 2 m + 1", f"time {event['time']}"
        elif self.donations[number] != index:
            yield "one donation a meeting", "another"
        for role, found in (("donor", event["agent"]), ("recipient", event["recipient"])):
            if found != meeting[role]:
                yield f"{meeting[role]} as the {role} of meeting {number}", found
        have = self.had[number][0].get(meeting["donor"], 0)
        if event["amount"] > have:
            yield f"at most the {have} that {meeting['donor']} has", str(event["amount"])

    def _broken_gossip(self, index: int, number: int, late: int, meeting: Json) -> Iterator[tuple[str, str]]:
        event = self.events[index]
        claim = event["claim"]
        if late:
            yield "talk at time 2 m", f"time {event['time']}"
        elif self.gossip[number] != index:
            yield "one who speaks, once a meeting", "another inform"
        if event["agent"] != meeting["gossip"]:
            yield f"{meeting['gossip'] or 'nobody'} to speak before meeting {number}", event["agent"]
        if claim["kind"] != "gave":
            yield "a claim on what somebody gave", claim["kind"]
            return
        if claim["agent"] != meeting["recipient"]:
            yield f"a claim about {meeting['recipient']}, the recipient of meeting {number}", claim["agent"]
        if claim["meeting"] >= number:
            yield f"a meeting before {number}", str(claim["meeting"])
        elif not self._names_meeting(event):
            yield f"a meeting in which {claim['agent']} was the donor", str(claim["meeting"])

    def hearers(self, event: int) -> Hearers:
        moved = self.events[event]
        number = moved["time"] // 2
        meeting = self.meetings[number] if number < len(self.meetings) else self.meetings[-1]
        others = [agent for agent in self.present[meeting["generation"]] if agent != moved["agent"]]
        if moved["kind"] == "inform":
            return Hearers.exactly(others, [meeting["donor"]])
        return Hearers.exactly(others, others if self.public else [meeting["recipient"]])

    # What strategies do.

    def unscripted(self) -> Iterator[Fault]:
        strayed = set()
        moves = by_mover(self.events)
        for number, meeting in enumerate(self.meetings):
            for agent, time in ((meeting["gossip"], 2 * number), (meeting["donor"], 2 * number + 1)):
                if agent is None or agent in strayed or self.parties[agent]["giving"] is None:
                    continue
                expected = self._gossips(number, agent) if time % 2 == 0 else [self._donates(number, agent)]
                found = [content(self.events[index]) for index in moves.get((agent, time), ())]
                if expected != found:
                    strayed.add(agent)
                    yield Fault(f"{agent} at time {time}", listed(expected), listed(found))

    def _gossips(self, number: int, agent: str) -> list[Json]:
        about = self.meetings[number]["recipient"]
        image, gossip = self._image(agent, about, 2 * number), self.parties[agent]["gossip"]
        if image is None or gossip == "silent":
            return []
        told = image.amount if gossip == "honest" else 0
        claim = {"kind": "gave", "agent": about, "meeting": image.meeting, "amount": told}
        return [{"kind": "inform", "claim": claim}]

    def _donates(self, number: int, agent: str) -> Json:
        recipient = self.meetings[number]["recipient"]
        have = self.had[number][0].get(agent, 0)
        return {"kind": "donate", "recipient": recipient, "amount": self._gift(agent, recipient, have, 2 * number + 1)}

    def _gift(self, donor: str, recipient: str, have: int, time: int) -> int:
        image = self._image(donor, recipient, time)
        return gift(
            self.parties[donor]["giving"], have, None if image is None else image.amount, self.rules["endowment"]
        )

    def adapts(self) -> bool:
        return any(party["heir_of"] is not None for party in self.parties.values())

    def private(self, agent: str) -> Json:
        return {"strategy": self.parties[agent]["giving"]}

    # What came of it.

    def outcome(self) -> Json:
        last = {agent: amount for have in self.ends for agent, amount in have.items()}
        total, best = sum(sum(have.values()) for have in self.ends), self._best()
        return {
            "kind": "donor",
            "points": {agent: last[agent] for agent in self.parties if agent in last},
            "survivors": self.stayed,
            "total": total,
            "best": best,
            "efficiency": total / best,
            "lies": [index for index in range(len(self.events)) if self._is_lie(index)],
        }

    def _best(self) -> int:
        """What all would have if each unit went wherever it becomes most: from the last meeting back, what one held
        before it becomes by the end of the generation."""
        total = 0
        for generation, here in enumerate(self.present):
            becomes = dict.fromkeys(here, 1)
            for meeting in reversed(self.meetings):
                donor, recipient = meeting["donor"], meeting["recipient"]
                if meeting["generation"] == generation and {donor, recipient} <= becomes.keys():
                    becomes[donor] = max(becomes[donor], self.rules["multiplier"] * becomes[recipient])
            total += self.rules["endowment"] * sum(becomes.values())
        return total

    def _is_lie(self, index: int) -> bool:
        event = self.events[index]
        if not self._names_meeting(event):
            return False
        taken = self._takes(event["agent"], event["claim"]["meeting"], event["time"])
        return taken is not None and taken.amount != event["claim"]["amount"]

    # Questions.

    def answer(self, question: Json) -> Derived:
        query = question["query"]
        refuse_fractions("query", query)
        match query["kind"]:
            case "gave":
                return self._as_given(query)
            case "had":
                number = self._meeting(query)
                agent = one_of("query, agent", self.had[number][1], query["agent"])
                return Derived([str(self.had[number][1][agent])], [self._donation(number)], READER)
            case "would":
                return self._would(query)
            case "stays":
                return self._stays(query["generation"])
            case "bluff":
                return self._bluff(query["event"])
            case "switch":
                giving = self.parties[one_of("query, agent", self.parties, query["agent"])]["giving"]
                return Derived([UNDETERMINED if giving is None else NEVER], [], READER)
            case kind:
                raise Wrong("query", "a question about a donor game", kind)

    def _meeting(self, query: Json) -> int:
        number: int = query["meeting"]
        if number >= len(self.meetings):
            raise Wrong("query, meeting", f"one of {len(self.meetings)} meetings", number)
        return number

    def _donation(self, number: int) -> int:
        if number not in self.donations:
            raise Wrong("query, meeting", "a meeting with a donation", number)
        return self.donations[number]

    def _as_given(self, query: Json) -> Derived:
        """What the donor of a meeting gave, as a chain of agents has it."""
        number = self._meeting(query)
        given = Settled(self._gave(number), self._donation(number))
        chain = folded([one_of("query, chain", self.parties, agent) for agent in query["chain"]])
        match chain:
            case []:
                believed: Settled | None = given
            case [agent]:
                believed = self._takes(agent, number, self._end())
            case [agent, other]:
                believed = self._takes_to_take(agent, other, number, given)
            case _:
                raise Wrong("query, chain", "at most two agents, one after the other", " ".join(chain))
        view = chain[0] if chain else READER
        if believed is None:
            return Derived([UNSETTLED], [], view, len(chain))
        return Derived([str(believed.amount)], [believed.event], view, len(chain))

    def _takes_to_take(self, agent: str, other: str, number: int, given: Settled) -> Settled | None:
        """What an agent believes that another takes the donor of a meeting to have given."""
        if not self._saw(other, number):
            return self._told(number, self._end(), lambda claim: {agent, other} <= {claim["agent"], *claim["to"]})
        if self._saw(agent, number):
            return given
        return self._told(number, self._end(), lambda claim: claim["agent"] == other and agent in claim["to"])

    def _end(self) -> int:
        """A time by which all has been heard."""
        return 2 * len(self.meetings)

    def _would(self, query: Json) -> Derived:
        have = self.ends[-1]
        donor, recipient = (one_of(f"query, {role}", have, query[role]) for role in ("donor", "recipient"))
        if donor == recipient:
            raise Wrong("query, recipient", f"another than {donor}", recipient)
        if self.parties[donor]["giving"] is None:
            return Derived([UNDETERMINED], [], READER)
        return Derived([str(self._gift(donor, recipient, have[donor], self._end()))], [], READER)

    def _stays(self, generation: int) -> Derived:
        if generation >= len(self.stayed):
            raise Wrong("query, generation", f"one of the {len(self.stayed)} before the last", generation)
        return Derived([name_list([self.names[agent] for agent in self.stayed[generation]])], [], READER)

    def _bluff(self, index: int) -> Derived:
        if index >= len(self.events) or self.events[index]["kind"] != "inform":
            raise Wrong("query, event", "an inform", f"event {index}")
        return Derived([YES if self._is_lie(index) else NO], [index], self.events[index]["agent"])

    def legible(self, query: Json, option: str) -> bool:
        match query["kind"]:
            case "had":
                return is_figure(option)
            case "gave":
                return is_figure(option) or option == UNSETTLED
            case "would":
                return is_figure(option) or option == UNDETERMINED
            case "stays":
                return lists_names(self.names.values(), option)
            case "bluff":
                return option in (YES, NO)
            case "switch":
                return option in (NEVER, UNDETERMINED) or is_ordinal(option)
        return False


GAME = Donor
