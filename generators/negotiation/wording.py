"""Deals, replies and questions of negotiations in words.

Everybody is called by name, except in what a party says itself: there it is "I", and the other one of two is "you".
Rounds, meetings and generations are counted from one ("round 1" is the round or time 0 of the record). An event that a
question is about is told by what it says, an offer by its maker and number ("Anna's second offer"). Which of the forms
a question takes depends on the question and the names alone.
"""

import random
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from zlib import crc32

from madata.generators.negotiation.nouns import noun, numeral, ordinal
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Bargain,
    BluffQuery,
    Choice,
    Claim,
    Commons,
    Deal,
    Donor,
    Gave,
    GaveQuery,
    HadQuery,
    ImpliedQuery,
    Inform,
    Issue,
    KeptQuery,
    LastQuery,
    Limit,
    Move,
    NegotiationQuery,
    NegotiationWorld,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Priority,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    Split,
    StaysQuery,
    StockQuery,
    SustainQuery,
    SwitchQuery,
    Took,
    TookQuery,
    ValuedQuery,
    WouldQuery,
    ZoneQuery,
)
from madata.schemas.words import name_list

VERBS = (("take", "get"), ("get", "get"), ("keep", "get"), ("have", "have"), ("take", "take"), ("get", "take"))
"""What the speaker does with its share, and what the others do with theirs."""
THIRD = {"take": "takes", "get": "gets", "keep": "keeps", "have": "has"}
SETTLE = ("go with", "settle on", "agree on", "choose", "decide on")
NOTHING = "nothing"
REST = ("the rest", "everything else", "all the rest", "whatever is left")
RESTS = 0.75
"""How often, between two, the second share is told as what is left."""

Forms = dict[str, dict[str, list[str]]]


@cache
def forms() -> Forms:
    """All sentence forms, by section and list of `forms.toml`."""
    found: Forms = tomllib.loads((resources.files(__package__) / "forms.toml").read_text(encoding="utf-8"))
    return found


def the(name: str) -> str:
    return name if name.startswith("the ") else f"the {name}"


def amount(number: int, words: bool) -> str:
    """Units taken or given: "nothing", "one unit"."""
    return noun("units").counted(number, words) if number else NOTHING


def listed(parts: Sequence[str]) -> str:
    """Clauses or phrases that may hold an "and" themselves: "a, b, and c"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}, and {parts[-1]}"


class Wording:
    """The words about one world."""

    def __init__(self, agents: Sequence[Agent], world: NegotiationWorld) -> None:
        self.ids = [agent.id for agent in agents]
        self.name = {agent.id: agent.name for agent in agents}
        self._events = world.events
        self._game = world.game
        self._salt = crc32("/".join(self.name.values()).encode())
        issues: list[Issue] = world.game.issues if isinstance(world.game, Bargain) else []
        self.issue = {issue.id: issue for issue in issues}
        self._splits = [(place, issue) for place, issue in enumerate(issues) if isinstance(issue, Split)]
        self._choices = [(place, issue) for place, issue in enumerate(issues) if isinstance(issue, Choice)]
        self._lone = self._choices[0][1] if len(issues) == len(self._choices) == 1 else None
        self._maker: dict[int, tuple[str, int]] = {}
        made: dict[str, int] = {}
        for index, event in enumerate(world.events):
            if isinstance(event, Propose):
                made[event.agent] = made.get(event.agent, 0) + 1
                self._maker[index] = event.agent, made[event.agent]
        self._made = made

    def people(self, ids: Iterable[str]) -> str:
        """Agents' names, joined ("Anna, Ben and Carla")."""
        return name_list([self.name[agent] for agent in ids])

    def matter(self, issue: str) -> str:
        """An issue in a sentence: "the books", "the hat", "the price"."""
        about = self.issue[issue]
        thing = noun(about.name)
        if isinstance(about, Split) and about.units == 1 and thing.many == about.name:
            return f"the {thing.one}"
        return the(about.name)

    # Deals

    def deal(self, deal: Deal, speaker: str | None = None, words: bool = True, rest: str | None = None) -> str:
        """A deal as a phrase: "two books and the hat for Anna, and one book for Ben", "$80"; choices that are not the
        only issue follow as clauses ("; the day is Friday"). `rest` is what the last of two gets."""
        if self._lone:
            return self._lone.options[_index(deal[0])]
        parts = self._choice_clauses(deal)
        if self._splits:
            shares, others = self._shares(deal, self._speaker_first(speaker), words, rest=rest)
            given = [f"{share} for {self._object(agent, speaker)}" for agent, share in shares]
            parts.insert(0, listed(given + (["nothing for the others"] if others else [])))
        return "; ".join(parts)

    def offer(self, deal: Deal, speaker: str, rng: random.Random, words: bool) -> str:
        """A deal as a clause in the words of one who proposes it, in one of several styles."""
        clauses = []
        if self._splits:
            if rng.random() < 0.2:
                clauses += self._by_issue(deal, speaker, rng, words)
            else:
                clauses += self._by_party(deal, speaker, rng, words)
        if self._lone and rng.random() < 0.5:
            return f"we {rng.choice(SETTLE)} {self._lone.options[_index(deal[0])]}"
        return listed(clauses + self._choice_clauses(deal))

    @property
    def is_phrase(self) -> bool:
        """Whether a deal as a phrase is no more than that."""
        return not self._choices or self._lone is not None

    def _choice_clauses(self, deal: Deal) -> list[str]:
        return [f"{the(issue.name)} is {issue.options[_index(deal[place])]}" for place, issue in self._choices]

    def _by_party(self, deal: Deal, speaker: str, rng: random.Random, words: bool) -> list[str]:
        """ "I take two books", "you get one book and the hat"; between two, the second share may be "the rest"."""
        mine, theirs = rng.choice(VERBS)
        parties = self._speaker_first(speaker)
        if rng.random() < 0.4:
            parties = [*parties[1:], speaker]
        shares, others = self._shares(deal, parties, words, exact=rng.random() < 0.5, rest=self.rest(rng))
        clauses = []
        for agent, share in shares:
            verb = mine if agent == speaker else theirs
            if agent != speaker and len(parties) > 2:
                verb = THIRD[verb]
            clauses.append(f"{self._subject(agent, speaker)} {verb} {share}")
        return [*clauses, f"the others {theirs} {NOTHING}"] if others else clauses

    def _by_issue(self, deal: Deal, speaker: str, rng: random.Random, words: bool) -> list[str]:
        """ "two books go to me and one to you", "the hat and both balls go to you"."""
        shared: list[str] = []
        wholes: dict[str, list[tuple[str, int]]] = {}
        parties = self._speaker_first(speaker)
        exact = rng.random() < 0.5
        for place, issue in self._splits:
            units, thing = _units(deal[place]), noun(issue.name)
            got = [(self._object(agent, speaker), units[self.ids.index(agent)]) for agent in parties]
            owners = [(who, number) for who, number in got if number]
            who, number = owners[0]
            if len(owners) == 1:
                whole = thing.counted(number, words) if exact and number > 1 else thing.whole(number, words)
                wholes.setdefault(who, []).append((whole, number))
            else:
                verb = "goes" if number == 1 else "go"
                rest = [f"{numeral(others, words)} to {whom}" for whom, others in owners[1:]]
                shared.append(f"{thing.counted(number, words)} {verb} {name_list([f'to {who}', *rest])}")
        for who, things in wholes.items():
            verb = "goes" if [number for _, number in things] == [1] else "go"
            shared.append(f"{name_list([whole for whole, _ in things])} {verb} to {who}")
        return shared

    def rest(self, rng: random.Random) -> str | None:
        """How what is left for the second of two is called, if it is not told in full."""
        return rng.choice(REST) if len(self.ids) == 2 and rng.random() < RESTS else None

    def _shares(
        self, deal: Deal, parties: Sequence[str], words: bool, exact: bool = True, rest: str | None = None
    ) -> tuple[list[tuple[str, str]], bool]:
        """What each gets, `rest` for the last if all get something; and whether there are others, more than one, who
        get nothing and are left out."""
        shares = [(agent, self._share(deal, agent, words, exact)) for agent in parties]
        some = [(agent, share) for agent, share in shares if share != NOTHING]
        if rest and len(some) == len(shares):
            shares[-1] = shares[-1][0], rest
        if some and len(shares) - len(some) > 1:
            return some, True
        return shares, False

    def _share(self, deal: Deal, agent: str, words: bool, exact: bool = True) -> str:
        """What an agent gets of everything that is split; not `exact`: "all three books" where it gets them all."""
        own = self.ids.index(agent)
        things = []
        for place, issue in self._splits:
            if number := _units(deal[place])[own]:
                thing = noun(issue.name)
                if issue.units == 1 or (number == issue.units and not exact):
                    things.append(thing.whole(number, words))
                else:
                    things.append(thing.counted(number, words))
        return name_list(things) if things else NOTHING

    def _speaker_first(self, speaker: str | None) -> list[str]:
        return self.ids if speaker is None else [speaker, *(agent for agent in self.ids if agent != speaker)]

    def _subject(self, agent: str, speaker: str) -> str:
        return "I" if agent == speaker else "you" if len(self.ids) == 2 else self.name[agent]

    def _object(self, agent: str, speaker: str | None) -> str:
        if speaker is None:
            return self.name[agent]
        return "me" if agent == speaker else "you" if len(self.ids) == 2 else self.name[agent]

    def proposal(self, made: Move, latest: bool, speaker: str | None) -> str:
        """A proposal, as `speaker` or the narrator calls it; by its round too if its maker has made another since."""
        you = speaker is not None and len(self.ids) == 2
        if latest:
            return "your offer" if you else f"{self.name[made.agent]}'s offer"
        return f"the offer {'you' if you else self.name[made.agent]} made in round {made.time + 1}"

    # Events in a question

    def made(self, proposal: int) -> str:
        """A proposal by its maker: "Anna's second offer", "Anna's only offer"."""
        maker, number = self._maker[proposal]
        which = "only" if self._made[maker] == 1 else ordinal(number)
        return f"{self.name[maker]}'s {which} offer"

    def happens(self, event: int) -> str:
        """An inform or a threat as a clause that fits no other event: "Anna tells Ben alone that .."."""
        clause = self._clause(event)
        kind = self._events[event].kind
        same = [i for i, other in enumerate(self._events) if other.kind == kind and self._clause(i) == clause]
        number = f" for the {ordinal(same.index(event) + 1)} time" if len(same) > 1 else ""
        return f"{clause[0]}{number}{clause[1]}"

    def _clause(self, index: int) -> tuple[str, str]:
        """The head and the tail between which a number can stand."""
        event = self._events[index]
        name = self.name[event.agent]
        if isinstance(event, Inform):
            private = len(event.to) < len(self.ids) - 1
            head = f"{name} tells {self.people(event.to)} alone" if private else f"{name} says"
            return head, f" that {self._claim(event.agent, event.claim)}"
        return f"{name} threatens to leave", ""

    def _claim(self, speaker: str, claim: Claim) -> str:
        match claim:
            case Priority():
                return f"nothing matters more to {self.name[speaker]} than {self.matter(claim.issue)}"
            case Limit():
                option = self.option(claim.option)
                if claim.side == "most":
                    return f"{self.name[speaker]} can accept anything up to {option}, but nothing beyond"
                return f"{self.name[speaker]} can accept anything from {option} on, but nothing before"
            case Took():
                return f"{self.name[speaker]} took {amount(claim.amount, True)} in round {claim.round + 1}"
            case Gave():
                return f"{self.name[claim.agent]} gave {amount(claim.amount, True)} in meeting {claim.meeting + 1}"

    def option(self, index: int) -> str:
        """An option of the only issue."""
        assert self._lone is not None
        return self._lone.options[index]

    # Questions

    def reply(self, reply: Reply, agent: str) -> str:
        """A move that is open to `agent`, as an option: "accept the offer", "offer two books for Anna, .."."""
        match reply.move:
            case "accept":
                return "accept the offer"
            case "withdraw":
                return "walk away"
            case "propose":
                assert reply.deal is not None
                return f"offer {'' if self.is_phrase else 'this: '}{self.deal(reply.deal)}"

    def question(self, query: NegotiationQuery) -> str:
        """The query in words."""
        lines = self.questions(query)
        return lines[crc32(repr(query).encode(), self._salt) % len(lines)]

    def questions(self, query: NegotiationQuery) -> list[str]:
        """The query in all words there are for it."""
        name = self.name
        match query:
            case OfferQuery():
                issue = self.issue[query.issue]
                if query.agent is None:
                    return self._asked("offer_choice", offer=self.made(query.proposal), issue=the(issue.name))
                things = noun(issue.name).many
                return self._asked("offer", offer=self.made(query.proposal), a=name[query.agent], things=things)
            case PointsQuery() | RationalQuery():
                return self._asked(query.kind, offer=self.made(query.proposal), a=name[query.agent])
            case ParetoQuery():
                return self._asked("pareto", offer=self.made(query.proposal))
            case ZoneQuery():
                return self._asked("zone")
            case ReplyQuery():
                slots = {"offer": self.made(query.proposal), "a": name[query.agent]}
                return self._asked("reply", t=str(query.time + 1), **slots)
            case PaidQuery():
                event = self._events[query.event]
                said = "threat" if event.kind == "threaten" else "claim"
                return self._asked("paid", a=name[event.agent], event=self.happens(query.event), said=said)
            case ImpliedQuery():
                return self._asked("implied", a=name[query.agent], when=self._before(query.time))
            case ValuedQuery():
                belief = self._believed(query.chain, query.about)
                kind, when = "valued_belief" if belief else "valued", self._moment(query.time)
                return self._asked(kind, a=name[query.about], when=when, belief=belief)
            case BluffQuery():
                return self._asked("bluff", event=self.happens(query.event))
            case SwitchQuery():
                kind = "switch_harvesting" if isinstance(self._game, Commons) else "switch"
                return self._asked(kind, a=name[query.agent])
            case StockQuery() | SustainQuery():
                return self._asked(query.kind, r=str(query.round + 1))
            case TookQuery():
                belief, kind = self._chain(query.chain), "took_belief" if query.chain else "took"
                return self._asked(kind, a=name[query.about], r=str(query.round + 1), belief=belief)
            case KeptQuery():
                maker, _ = self._maker[query.proposal]
                return self._asked("kept", a=name[maker])
            case LastQuery():
                return self._asked("last", a=name[query.agent])
            case GaveQuery():
                donor = name[self._meeting(query.meeting)]
                belief, kind = self._chain(query.chain), "gave_belief" if query.chain else "gave"
                return self._asked(kind, a=donor, m=str(query.meeting + 1), belief=belief)
            case HadQuery():
                return self._asked("had", a=name[query.agent], m=str(query.meeting + 1))
            case WouldQuery():
                return self._asked("would", a=name[query.donor], b=name[query.recipient])
            case StaysQuery():
                return self._asked("stays", g=str(query.generation + 1))

    def _asked(self, kind: str, **slots: str) -> list[str]:
        texts = [line.format(**slots) for line in forms()["question"][kind]]
        return [text[0].upper() + text[1:] for text in texts]

    def _meeting(self, meeting: int) -> str:
        assert isinstance(self._game, Donor)
        return self._game.meetings[meeting].donor

    def _before(self, time: int) -> str:
        if time > max((event.time for event in self._events), default=0):
            return "from beginning to end"
        return "in round 1" if time == 1 else f"in rounds 1 to {time}"

    def _moment(self, time: int) -> str:
        """When all that is said has been heard, or the beginning of a round."""
        over = all(event.time + 1 + event.delay <= time for event in self._events)
        return "at the end" if over else f"at the beginning of round {time + 1}"

    def _believed(self, chain: Sequence[str], about: str) -> str:
        """The chain as an infinitive, empty if it says no more than what the last of it knows of itself."""
        links = [agent for place, agent in enumerate(chain) if place == 0 or agent != chain[place - 1]]
        return "" if links == [about] else self._chain(links)

    def _chain(self, chain: Sequence[str]) -> str:
        """ "Anna think that Ben thinks": the infinitive first."""
        names = [self.name[agent] for place, agent in enumerate(chain) if place == 0 or agent != chain[place - 1]]
        return " that ".join([f"{names[0]} think", *(f"{name} thinks" for name in names[1:])]) if names else ""


def _index(entry: int | list[int]) -> int:
    assert isinstance(entry, int)
    return entry


def _units(entry: int | list[int]) -> list[int]:
    assert isinstance(entry, list)
    return entry
