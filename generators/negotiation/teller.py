"""A negotiation told without a model: the setting, then each event in the words of who does it (docs/negotiation.md,
"The record").

What an event is about is said once and exactly; around it stand greetings, reasons and politeness, which hold no number
and no name of an issue or option. A proposal that answers a standing one may begin by turning that down. Between events
the narrator says which rounds begin or pass unused, what the stock is, who stays, and how it ended.
"""

import random
from collections.abc import Sequence
from typing import Literal

from madata.generators.negotiation.nouns import noun
from madata.generators.negotiation.setting import setting
from madata.generators.negotiation.wording import Wording, amount, forms
from madata.schemas import Act, Agent, Turn
from madata.schemas.negotiation import (
    Accept,
    Bargain,
    Commons,
    Conventions,
    Donate,
    Donor,
    Gave,
    Harvest,
    Inform,
    Limit,
    Move,
    NegotiationWorld,
    Priority,
    Promise,
    Propose,
    Punish,
    Query,
    Reject,
    Took,
    Withdraw,
)

REFUSES = 0.35
"""How often a counter-offer begins by turning down what stands."""

REASONS = 0.35
"""How often a proposal ends with a reason or a courtesy."""

PHRASED = 0.25
"""How often a proposal's deal is a phrase ("two books for me") instead of a clause."""

WORDS = 0.75
"""How often small numbers are words."""

Channel = Literal["public", "private", "action", "narration"]


def tell(
    agents: Sequence[Agent],
    conventions: Conventions,
    world: NegotiationWorld,
    rng: random.Random,
    small_talk: int = 0,
) -> list[Turn]:
    """The turns of a record; of a bargain, `small_talk` of them say nothing about it."""
    wording = Wording(agents, world)
    match world.game:
        case Bargain() as game:
            teller: _Teller = _BargainTeller(wording, world, rng, game, conventions, small_talk)
        case Commons() as game:
            teller = _CommonsTeller(wording, world, rng, game)
        case Donor() as game:
            teller = _DonorTeller(wording, world, rng, game)
    for audience, text in setting(wording, agents, conventions, world, rng):
        teller.turn(0, text, audience)
    teller.tell()
    return teller.turns


class _Teller:
    """A record being told: its turns so far."""

    def __init__(self, wording: Wording, world: NegotiationWorld, rng: random.Random) -> None:
        self.turns: list[Turn] = []
        self._wording = wording
        self._name = wording.name
        self._ids = wording.ids
        self._events = world.events
        self._forms = forms()
        self._unused: dict[tuple[str, str], list[str]] = {}
        self._rng = rng

    def tell(self) -> None:
        """All events and the narration between them."""
        raise NotImplementedError

    def turn(
        self,
        time: int,
        text: str,
        audience: list[str],
        channel: Channel = "narration",
        speaker: str | None = None,
        act: Act | None = None,
        event: int | None = None,
    ) -> None:
        self.turns.append(
            Turn(
                index=len(self.turns),
                time=time,
                speaker=speaker,
                audience=audience,
                channel=channel,
                act=act,
                text=text,
                event=event,
            )
        )

    def _form(self, section: str, kind: str = "told", **slots: str) -> str:
        """One of the forms, at random, and none again before all of its kind have been used."""
        left = self._unused.get((section, kind))
        if not left:
            lines = self._forms[section][kind]
            left = self._unused[section, kind] = self._rng.sample(lines, len(lines))
        return left.pop().format(**slots)

    def _narrate(self, time: int, section: str, kind: str = "told", **slots: str) -> None:
        self.turn(time, self._form(section, kind, **slots), self._ids)

    def _words(self) -> bool:
        return self._rng.random() < WORDS

    def _audience(self, event: Move) -> list[str]:
        return [agent for agent in self._ids if agent == event.agent or agent in event.to]

    def _said(self, index: int, text: str, others: int) -> None:
        """The turn of something said, where `others` could have heard it."""
        event = self._events[index]
        assert not isinstance(event, Harvest | Donate | Punish)
        channel: Channel = "public" if len(event.to) == others else "private"
        act = Act(performative=event.kind, content=event.model_dump(exclude=_NO_CONTENT))
        self.turn(index, text, self._audience(event), channel, event.agent, act, index)

    def _done(self, index: int, text: str) -> None:
        self.turn(index, text, self._audience(self._events[index]), "action", event=index)


_NO_CONTENT = {"kind", "agent", "time", "delay", "to"}


class _BargainTeller(_Teller):
    def __init__(
        self,
        wording: Wording,
        world: NegotiationWorld,
        rng: random.Random,
        game: Bargain,
        conventions: Conventions,
        small_talk: int,
    ) -> None:
        super().__init__(wording, world, rng)
        self._game = game
        self._alternating = conventions.turns == "alternating"
        self._chats = self._plan_small_talk(small_talk)
        self._greeted: set[str] = set()
        self._gone: dict[str, int] = {}
        self._made: list[int] = []
        self._supported: dict[str, int] = {}

    def tell(self) -> None:
        time, agreed = -1, None
        for index, event in enumerate(self._events):
            self._pass_time(index, time, event.time)
            time = event.time
            for _ in range(self._chats[index]):
                self._chat(index)
            self._said(index, self._opening(event) + self._text(event), len(self._ids) - 1)
            agreed = self._note(index, event)
        self._end(agreed)

    def _pass_time(self, index: int, since: int, now: int) -> None:
        """What happens in the rounds after `since` and up to `now`: who lets theirs pass, or that a round begins."""
        if self._alternating:
            for time in range(since + 1, now):
                agent = self._game.order[time % len(self._game.order)]
                if agent not in self._gone:
                    self._narrate(index, "pass", a=self._name[agent], r=str(time + 1))
        elif now > since:
            self._narrate(index, "round", r=str(now + 1))

    def _end(self, agreed: int | None) -> None:
        time = len(self._events)
        if agreed is not None:
            self._narrate(time, "end", "agreement", offer=self._proposal(agreed, None))
        elif all(any(agent in self._gone for agent in group) for group in self._game.winning):
            self._narrate(time, "end", "withdrawn")
        else:
            self._narrate(time, "end", "deadline")

    # What has happened

    def _note(self, index: int, event: Move) -> int | None:
        """The proposal that is agreed with this event, if one is."""
        match event:
            case Propose():
                self._made.append(index)
                self._supported[event.agent] = index
            case Accept():
                self._supported[event.agent] = event.proposal
                return event.proposal if self._wins(event.proposal) else None
            case Reject():
                if self._supported.get(event.agent) == event.proposal:
                    del self._supported[event.agent]
            case Withdraw():
                self._gone[event.agent] = event.time + 1 + event.delay
        return None

    def _wins(self, proposal: int) -> bool:
        supporters = {agent for agent, supported in self._supported.items() if supported == proposal}
        supporters.add(self._events[proposal].agent)
        return any(all(x in supporters and x not in self._gone for x in group) for group in self._game.winning)

    def _stands_any(self, agent: str, time: int) -> bool:
        """Whether a proposal of somebody else stands for the agent at its move."""
        heard: dict[str, int] = {}
        for index in self._made:
            event = self._events[index]
            if event.agent != agent and event.time + 1 + event.delay <= time:
                heard[event.agent] = index
        for maker, index in heard.items():
            since = self._events[index].time + 1 + self._events[index].delay
            over = any(
                (isinstance(own, Propose) and since <= own.time < time)
                or (isinstance(own, Reject) and own.proposal == index)
                for own in self._events[index:]
                if own.agent == agent and own.time < time
            )
            if not over and self._gone.get(maker, time + 1) > time:
                return True
        return False

    # Words

    def _opening(self, event: Move) -> str:
        """A greeting, whom it is for if not for all, or a refusal of what stands."""
        rng, opening = self._rng, ""
        if len(event.to) < len(self._ids) - 1:
            opening = self._form("privately", who=self._wording.people(event.to)) + " "
        elif event.agent not in self._greeted and isinstance(event, Propose | Inform | Query):
            opening = self._greeting()
        self._greeted.add(event.agent)
        if isinstance(event, Propose) and rng.random() < REFUSES and self._stands_any(event.agent, event.time):
            opening += self._form("refuse") + " "
        return opening

    def _greeting(self) -> str:
        return self._form("greet", "two" if len(self._ids) == 2 else "many") + " "

    def _text(self, event: Move) -> str:
        match event:
            case Propose():
                return self._propose(event)
            case Accept():
                return self._form("accept", offer=self._proposal(event.proposal, event.agent))
            case Reject():
                return self._form("reject", offer=self._proposal(event.proposal, event.agent))
            case Inform(claim=Priority() as claim):
                return _capital(self._form("priority", i=self._wording.matter(claim.issue)))
            case Inform(claim=Limit() as claim):
                return _capital(self._form("limit", claim.side, o=self._wording.option(claim.option)))
            case Query():
                return self._form("query", "one" if len(event.to) == 1 else "many")
            case Promise():
                return self._form("promise", n=noun("points").counted(event.amount, self._words()))
        return self._form(event.kind)

    def _propose(self, event: Propose) -> str:
        rng, words = self._rng, self._words()
        if self._wording.is_phrase and rng.random() < PHRASED:
            phrase = self._wording.deal(event.deal, event.agent, words, self._wording.rest(rng))
            text = self._form("propose", "phrase", phrase=phrase)
        else:
            text = self._form("propose", "clause", deal=self._wording.offer(event.deal, event.agent, rng, words))
        return f"{text} {self._form('propose', 'tail')}" if rng.random() < REASONS else text

    def _proposal(self, index: int, speaker: str | None) -> str:
        """A proposal, as `speaker` or the narrator calls it; by its round too if its maker has made another since."""
        made = self._events[index]
        you = speaker is not None and len(self._ids) == 2
        if index == max(other for other in self._made if self._events[other].agent == made.agent):
            return "your offer" if you else f"{self._name[made.agent]}'s offer"
        return f"the offer {'you' if you else self._name[made.agent]} made in round {made.time + 1}"

    # Small talk

    def _plan_small_talk(self, count: int) -> list[int]:
        """How much is said before each event: never anything within somebody's move."""
        chats = [0] * len(self._events)
        moves = [
            index
            for index, event in enumerate(self._events)
            if index == 0 or (event.agent, event.time) != (self._events[index - 1].agent, self._events[index - 1].time)
        ]
        if count and moves:
            for index in self._rng.choices(moves, k=count):
                chats[index] += 1
        return chats

    def _chat(self, index: int) -> None:
        speaker = self._rng.choice([agent for agent in self._ids if agent not in self._gone])
        greeting = "" if speaker in self._greeted else self._greeting()
        self._greeted.add(speaker)
        self.turn(index, greeting + self._form("small_talk"), self._ids, "public", speaker)


class _CommonsTeller(_Teller):
    def __init__(self, wording: Wording, world: NegotiationWorld, rng: random.Random, game: Commons) -> None:
        super().__init__(wording, world, rng)
        self._game = game

    def tell(self) -> None:
        game, stock, left, begun = self._game, self._game.stock, self._game.stock, 0
        for index, event in enumerate(self._events):
            if event.time // 3 == begun:
                if begun:
                    stock = min(game.capacity, left + left * game.growth // 100)
                begun += 1
                left = stock
                self._narrate(index, "stock", r=str(begun), n=noun("units").counted(stock, False))
            match event:
                case Harvest():
                    left -= event.amount
                    taken = amount(event.amount, self._words())
                    self._done(index, self._form("harvest", a=self._name[event.agent], n=taken))
                case Punish():
                    self._done(index, self._form("punish", a=self._name[event.agent], b=self._name[event.target]))
                case _:
                    self._said(index, self._text(event), len(self._ids) - 1)
        kind = "collapsed" if left < game.collapse else "completed"
        self._narrate(len(self._events), "over", kind, n=noun("units").counted(left, False))

    def _text(self, event: Move) -> str:
        match event:
            case Propose():
                (quota,) = event.deal
                assert isinstance(quota, int)
                return self._form("quota", n=noun("units").counted(quota, self._words()))
            case Accept() | Reject():
                maker = self._events[event.proposal].agent
                whose = "your" if len(self._ids) == 2 else f"{self._name[maker]}'s"
                return self._form("quota", "accept" if isinstance(event, Accept) else "reject", whose=whose)
            case Inform(claim=Took() as claim):
                return self._form("took", n=amount(claim.amount, self._words()), r=str(claim.round + 1))
        raise AssertionError(event.kind)


class _DonorTeller(_Teller):
    def __init__(self, wording: Wording, world: NegotiationWorld, rng: random.Random, game: Donor) -> None:
        super().__init__(wording, world, rng)
        self._game = game

    def tell(self) -> None:
        game, generation = self._game, 0
        present = self._of(0)
        has = dict.fromkeys(present, game.endowment)
        for index, event in enumerate(self._events):
            meeting = game.meetings[event.time // 2]
            if meeting.generation > generation:
                present = self._replace(index, generation, present, has)
                has = dict.fromkeys(present, game.endowment)
                generation = meeting.generation
            if isinstance(event, Donate):
                has[event.agent] -= event.amount
                has[event.recipient] += game.multiplier * event.amount
                names = {"a": self._name[event.agent], "b": self._name[event.recipient]}
                m = str(event.time // 2 + 1)
                self._done(index, self._form("donate", n=amount(event.amount, self._words()), m=m, **names))
            elif isinstance(event, Inform) and isinstance(event.claim, Gave):
                self._said(index, self._gossip(event, event.claim), len(present) - 1)
        self._narrate(len(self._events), "generation", "over")

    def _of(self, generation: int) -> list[str]:
        return [party.agent for party in self._game.parties if party.generation == generation]

    def _replace(self, index: int, generation: int, present: list[str], has: dict[str, int]) -> list[str]:
        """Who is present in the next generation; said are who stays, who goes and who comes."""
        richest = sorted(present, key=lambda agent: -has[agent])[: (len(present) + 1) // 2]
        stay = [agent for agent in present if agent in richest]
        leave = [agent for agent in present if agent not in richest]
        heirs = [party for party in self._game.parties if party.generation == generation + 1]
        people = self._wording.people
        kind = "stay" if len(stay) > 1 else "stay_one"
        said = [
            self._form("generation", kind, g=str(generation + 1), who=people(stay)),
            self._form("generation", "leave" if len(leave) > 1 else "leave_one", who=people(leave)),
        ]
        for heir in heirs:
            assert heir.heir_of is not None
            said.append(self._form("generation", "heir", a=self._name[heir.agent], b=self._name[heir.heir_of]))
        self.turn(index, " ".join(said), self._ids)
        newcomers = {heir.agent for heir in heirs}
        return [agent for agent in self._ids if agent in newcomers or agent in stay]

    def _gossip(self, event: Inform, claim: Gave) -> str:
        given, meeting = amount(claim.amount, self._words()), str(claim.meeting + 1)
        told = self._form("gave", a=self._name[claim.agent], n=given, m=meeting)
        return self._form("privately", who=self._wording.people(event.to)) + " " + told


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
