"""A negotiation told without a model: the setting, then each event in the words of who does it (docs/negotiation.md,
"The record").

What an event is about is said once and exactly; around it stand greetings, reasons and politeness, in sentences of
their own which hold no number and no name of an issue or option (`lexicon/chatter.toml`). A proposal that answers a
standing one may begin by turning that down. Between events the narrator says which rounds begin or pass unused, what
the stock is, who stays, and how it ended.
"""

import random
from collections.abc import Sequence
from typing import Literal

from madata.generators.lexicon.negotiation import camp, chatter
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

BESIDE = {
    "propose": (0.15, 0.35),
    "inform": (0.15, 0.5),
    "query": (0.2, 0.2),
    "reject-proposal": (0.0, 0.4),
    "accept-proposal": (0.1, 0.7),
}
"""How often what is said follows a courtesy, and how often something less exact follows it."""

LONGER = 0.2
"""How often small talk has a second sentence."""

ON_THE_SPOT = 0.9
"""How often campers talk and reason like campers."""

PHRASED = 0.25
"""How often a proposal's deal is a phrase ("two books for me") instead of a clause."""

WORDS = 0.75
"""How often small numbers are words."""

THEMES = 4
"""How many things small talk turns on in a bargain."""

FIRST = (10, 6, 4, 2)
"""How much more small talk precedes the first moves than later ones."""

NEITHER = (0.0, 0.0)

Channel = Literal["public", "private", "action", "narration"]


def tell(
    agents: Sequence[Agent],
    conventions: Conventions,
    world: NegotiationWorld,
    rng: random.Random,
    small_talk: int = 0,
) -> list[Turn]:
    """The turns of a record; of a bargain, `small_talk` of them say nothing about it."""
    teller = begin(agents, conventions, world, rng, small_talk)
    for event in world.events:
        teller.tell(event)
    teller.end()
    return teller.turns


def begin(
    agents: Sequence[Agent],
    conventions: Conventions,
    world: NegotiationWorld,
    rng: random.Random,
    small_talk: int = 0,
) -> "Teller":
    """A teller that has told the setting; what happens then it is given event by event. Small talk stands before events
    of the world that are already known."""
    wording = Wording(agents, world)
    match world.game:
        case Bargain() as game:
            chats = planned_small_talk(world.events, rng, small_talk)
            teller: Teller = BargainTeller(wording, rng, game, conventions, chats)
        case Commons() as game:
            teller = CommonsTeller(wording, rng, game)
        case Donor() as game:
            teller = DonorTeller(wording, rng, game)
    for audience, text in setting(wording, agents, conventions, world, rng):
        teller.turns.append(teller.told(text, audience))
    return teller


class Teller:
    """A record being told: its turns so far, and the events they tell."""

    def __init__(self, wording: Wording, rng: random.Random) -> None:
        self.turns: list[Turn] = []
        self._wording = wording
        self._name = wording.name
        self._ids = wording.ids
        self.events: list[Move] = []
        self._forms = forms()
        self._unused: dict[tuple[str, str], list[str]] = {}
        self._rng = rng

    def advance(self, time: int) -> None:
        """Narrates what has come about by this time."""
        raise NotImplementedError

    def tell(self, event: Move, words: str | None = None) -> None:
        """The turn of the next event, in these words or in those of a template, and the narration before it."""
        raise NotImplementedError

    def end(self) -> None:
        """Narrates how it ended."""
        raise NotImplementedError

    def told(
        self,
        text: str,
        audience: list[str],
        channel: Channel = "narration",
        speaker: str | None = None,
        event: int | None = None,
    ) -> Turn:
        """The next turn, without an act."""
        return Turn(
            index=len(self.turns),
            time=len(self.events),
            speaker=speaker,
            audience=audience,
            channel=channel,
            act=None,
            text=text,
            event=event,
        )

    def _form(self, section: str, kind: str = "told", **slots: str) -> str:
        """One of the forms, at random, and none again before all of its kind have been used."""
        return self._unlike(section, kind, self._forms[section][kind]).format(**slots)

    def _unlike(self, section: str, kind: str, lines: Sequence[str]) -> str:
        """One of the lines that was not said before, as long as there is one."""
        left = self._unused.get((section, kind))
        if not left:
            left = self._unused[section, kind] = list(lines)
        place = self._rng.randrange(len(left))
        left[place], left[-1] = left[-1], left[place]
        return left.pop()

    def _narrate(self, section: str, kind: str = "told", **slots: str) -> None:
        self.turns.append(self.told(self._form(section, kind, **slots), self._ids))

    def _words(self) -> bool:
        return self._rng.random() < WORDS

    def _audience(self, event: Move) -> list[str]:
        return [agent for agent in self._ids if agent == event.agent or agent in event.to]

    def said(self, event: Move, text: str) -> Turn:
        """The turn that the next event would be, said in these words."""
        assert not isinstance(event, Harvest | Donate | Punish)
        number = len(self.events)
        return Turn(
            index=len(self.turns),
            time=number,
            speaker=event.agent,
            audience=self._audience(event),
            channel="public" if len(event.to) == self._others() else "private",
            act=Act(performative=event.kind, content=event.model_dump(exclude=_NO_CONTENT)),
            text=text,
            event=number,
        )

    def _others(self) -> int:
        """How many could hear what is said to all."""
        return len(self._ids) - 1

    def _say(self, event: Move, text: str) -> None:
        self.turns.append(self.said(event, text))
        self.events.append(event)

    def _do(self, event: Move, text: str) -> None:
        self.turns.append(self.told(text, self._audience(event), "action", event=len(self.events)))
        self.events.append(event)


_NO_CONTENT = {"kind", "agent", "time", "delay", "to"}


class BargainTeller(Teller):
    """`chats` is how much small talk there is before each event."""

    def __init__(
        self, wording: Wording, rng: random.Random, game: Bargain, conventions: Conventions, chats: Sequence[int]
    ) -> None:
        super().__init__(wording, rng)
        self._game = game
        self._alternating = conventions.turns == "alternating"
        self._chats = chats
        self._chatter = chatter()
        self._camp = {issue.name for issue in game.issues} <= {*camp()}
        themes = [theme for theme in self._chatter["small_talk"] if theme != "camp"]
        self._themes = rng.sample(themes, THEMES)
        self._greeted: set[str] = set()
        self._gone: dict[str, int] = {}
        self._made: list[int] = []
        self._supported: dict[str, int] = {}
        self._agreed: int | None = None
        self._since = -1
        """Up to which time all is told."""

    def advance(self, time: int) -> None:
        """Who let the rounds before this time pass, or that its round begins."""
        if self._alternating:
            for passed in range(self._since + 1, time):
                agent = self._game.order[passed % len(self._game.order)]
                if agent not in self._gone:
                    self._narrate("pass", a=self._name[agent], r=str(passed + 1))
            self._since = max(self._since, time - 1)
        elif time > self._since:
            self._narrate("round", r=str(time + 1))
            self._since = time

    def tell(self, event: Move, words: str | None = None) -> None:
        self.advance(event.time)
        if self._chats:
            self._small_talk(self._chats[len(self.events)], event.agent)
        self._say(event, words or self._opening(event) + self._text(event) + self._ending(event))
        self._since = event.time
        self._note(len(self.events) - 1, event)

    def chat(self, agent: str, words: str) -> Turn:
        """The turn that these words would be, which say nothing of the game."""
        return self.told(words, self._ids, "public", agent)

    def end(self) -> None:
        if self._agreed is not None:
            self._narrate("end", "agreement", offer=self._proposal(self._agreed, None))
        elif all(any(agent in self._gone for agent in group) for group in self._game.winning):
            self._narrate("end", "withdrawn")
        else:
            self._narrate("end", "deadline")

    # What has happened

    def _note(self, index: int, event: Move) -> None:
        match event:
            case Propose():
                self._made.append(index)
                self._supported[event.agent] = index
            case Accept():
                self._supported[event.agent] = event.proposal
                if self._wins(event.proposal):
                    self._agreed = event.proposal
            case Reject():
                if self._supported.get(event.agent) == event.proposal:
                    del self._supported[event.agent]
            case Withdraw():
                self._gone[event.agent] = event.time + 1 + event.delay

    def _wins(self, proposal: int) -> bool:
        supporters = {agent for agent, supported in self._supported.items() if supported == proposal}
        supporters.add(self.events[proposal].agent)
        return any(all(x in supporters and x not in self._gone for x in group) for group in self._game.winning)

    def _stands_any(self, agent: str, time: int) -> bool:
        """Whether a proposal of somebody else stands for the agent at its move."""
        heard: dict[str, int] = {}
        for index in self._made:
            event = self.events[index]
            if event.agent != agent and event.time + 1 + event.delay <= time:
                heard[event.agent] = index
        for maker, index in heard.items():
            since = self.events[index].time + 1 + self.events[index].delay
            over = any(
                (isinstance(own, Propose) and since <= own.time < time)
                or (isinstance(own, Reject) and own.proposal == index)
                for own in self.events[index:]
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
        if rng.random() < BESIDE.get(event.kind, NEITHER)[0]:
            opening += self._beside("courtesies", "before") + " "
        if isinstance(event, Propose) and rng.random() < REFUSES and self._stands_any(event.agent, event.time):
            opening += self._form("refuse") + " "
        return opening

    def _ending(self, event: Move) -> str:
        """A reason or a courtesy, or nothing."""
        rng = self._rng
        if rng.random() >= BESIDE.get(event.kind, NEITHER)[1]:
            return ""
        if isinstance(event, Accept):
            return " " + self._beside("courtesies", "closing")
        if isinstance(event, Query) or rng.random() < 0.2:
            return " " + self._beside("courtesies", "after")
        if isinstance(event, Propose) and rng.random() < 0.3:
            return " " + self._beside("courtesies", "proposal")
        return " " + self._beside("reasons", self._at_camp() or "everywhere")

    def _beside(self, section: str, kind: str) -> str:
        return self._unlike(section, kind, self._chatter[section][kind])

    def _at_camp(self) -> str | None:
        return "camp" if self._camp and self._rng.random() < ON_THE_SPOT else None

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
            return self._form("propose", "phrase", phrase=phrase)
        return self._form("propose", "clause", deal=self._wording.offer(event.deal, event.agent, rng, words))

    def _proposal(self, index: int, speaker: str | None) -> str:
        """A proposal, as `speaker` or the narrator calls it."""
        made = self.events[index]
        last = max(other for other in self._made if self.events[other].agent == made.agent)
        return self._wording.proposal(made, index == last, speaker)

    # Small talk

    def _small_talk(self, count: int, before: str) -> None:
        """So many turns, each of somebody else than the next, the last of somebody else than who acts then."""
        speakers = [before]
        for _ in range(count):
            speakers.append(self._rng.choice([x for x in self._ids if x not in self._gone and x != speakers[-1]]))
        for speaker in reversed(speakers[1:]):
            greeting = "" if speaker in self._greeted else self._greeting()
            self._greeted.add(speaker)
            self.turns.append(self.chat(speaker, greeting + self._remark()))

    def _remark(self) -> str:
        theme = self._at_camp() or self._rng.choice(self._themes)
        remark = self._beside("small_talk", theme)
        return f"{remark} {self._beside('small_talk', theme)}" if self._rng.random() < LONGER else remark


def planned_small_talk(events: Sequence[Move], rng: random.Random, count: int) -> list[int]:
    """How much is said before each event: never anything within somebody's move, and mostly before anything else."""
    chats = [0] * len(events)
    moves = [
        index
        for index, event in enumerate(events)
        if index == 0 or (event.agent, event.time) != (events[index - 1].agent, events[index - 1].time)
    ]
    if count and moves:
        weights = [*FIRST, *[1] * len(moves)]
        for index in rng.choices(moves, weights[: len(moves)], k=count):
            chats[index] += 1
    return chats


class CommonsTeller(Teller):
    def __init__(self, wording: Wording, rng: random.Random, game: Commons) -> None:
        super().__init__(wording, rng)
        self._game = game
        self._stock = self._left = game.stock
        self._begun = 0

    def advance(self, time: int) -> None:
        """What the stock is, when a round begins."""
        game = self._game
        if time // 3 < self._begun:
            return
        if self._begun:
            self._stock = min(game.capacity, self._left + self._left * game.growth // 100)
        self._begun += 1
        self._left = self._stock
        self._narrate("stock", r=str(self._begun), n=noun("units").counted(self._stock, False))

    def tell(self, event: Move, words: str | None = None) -> None:
        self.advance(event.time)
        match event:
            case Harvest():
                self._left -= event.amount
                taken = amount(event.amount, self._words())
                self._do(event, self._form("harvest", a=self._name[event.agent], n=taken))
            case Punish():
                self._do(event, self._form("punish", a=self._name[event.agent], b=self._name[event.target]))
            case _:
                self._say(event, words or self._text(event))

    def end(self) -> None:
        kind = "collapsed" if self._left < self._game.collapse else "completed"
        self._narrate("over", kind, n=noun("units").counted(self._left, False))

    def _text(self, event: Move) -> str:
        match event:
            case Propose():
                (quota,) = event.deal
                assert isinstance(quota, int)
                return self._form("quota", n=noun("units").counted(quota, self._words()))
            case Accept() | Reject():
                maker = self.events[event.proposal].agent
                whose = "your" if len(self._ids) == 2 else f"{self._name[maker]}'s"
                return self._form("quota", "accept" if isinstance(event, Accept) else "reject", whose=whose)
            case Inform(claim=Took() as claim):
                return self._form("took", n=amount(claim.amount, self._words()), r=str(claim.round + 1))
        raise AssertionError(event.kind)


class DonorTeller(Teller):
    """`game` is what is laid down so far: who meets, and who comes when as whose heir, follows from what happens."""

    def __init__(self, wording: Wording, rng: random.Random, game: Donor) -> None:
        super().__init__(wording, rng)
        self.game = game
        self._generation = 0
        self._present = self._of(0)
        self._has = dict.fromkeys(self._present, game.endowment)

    def advance(self, time: int) -> None:
        """Who stays, goes and comes, when a generation begins."""
        generation = self.game.meetings[time // 2].generation
        if generation > self._generation:
            self._present = self._replace(self._generation, self._present, self._has)
            self._has = dict.fromkeys(self._present, self.game.endowment)
            self._generation = generation

    def tell(self, event: Move, words: str | None = None) -> None:
        self.advance(event.time)
        if isinstance(event, Donate):
            self._has[event.agent] -= event.amount
            self._has[event.recipient] += self.game.multiplier * event.amount
            names = {"a": self._name[event.agent], "b": self._name[event.recipient]}
            m = str(event.time // 2 + 1)
            self._do(event, self._form("donate", n=amount(event.amount, self._words()), m=m, **names))
        elif isinstance(event, Inform) and isinstance(event.claim, Gave):
            self._say(event, words or self._gossip(event, event.claim))

    def end(self) -> None:
        self._narrate("generation", "over")

    def _others(self) -> int:
        return len(self._present) - 1

    def _of(self, generation: int) -> list[str]:
        return [party.agent for party in self.game.parties if party.generation == generation]

    def _replace(self, generation: int, present: list[str], has: dict[str, int]) -> list[str]:
        """Who is present in the next generation; said are who stays, who goes and who comes."""
        richest = sorted(present, key=lambda agent: -has[agent])[: (len(present) + 1) // 2]
        stay = [agent for agent in present if agent in richest]
        leave = [agent for agent in present if agent not in richest]
        heirs = [party for party in self.game.parties if party.generation == generation + 1]
        people = self._wording.people
        kind = "stay" if len(stay) > 1 else "stay_one"
        said = [
            self._form("generation", kind, g=str(generation + 1), who=people(stay)),
            self._form("generation", "leave" if len(leave) > 1 else "leave_one", who=people(leave)),
        ]
        for heir in heirs:
            assert heir.heir_of is not None
            said.append(self._form("generation", "heir", a=self._name[heir.agent], b=self._name[heir.heir_of]))
        self.turns.append(self.told(" ".join(said), self._ids))
        newcomers = {heir.agent for heir in heirs}
        return [agent for agent in self._ids if agent in newcomers or agent in stay]

    def _gossip(self, event: Inform, claim: Gave) -> str:
        given, meeting = amount(claim.amount, self._words()), str(claim.meeting + 1)
        told = self._form("gave", a=self._name[claim.agent], n=given, m=meeting)
        return self._form("privately", who=self._wording.people(event.to)) + " " + told


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
