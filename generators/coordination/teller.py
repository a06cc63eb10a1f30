"""A coordination game told without a model: the setting, then round by round what is said, done and seen
(docs/coordination.md, "The record").

What a message is about is said once and exactly, in the names of the record; around it stand other sentences which hold
no number and no name but those of the people spoken to. Small talk is a turn of its own, in the words of
`lexicon/chatter.toml`.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Literal

from madata.generators.coordination.draws import Draws
from madata.generators.coordination.motion import Motion
from madata.generators.coordination.opening import opening
from madata.generators.coordination.rules import rules
from madata.generators.coordination.session import Session
from madata.generators.coordination.wording import Wording, forms
from madata.generators.lexicon.negotiation import chatter
from madata.schemas import Act as SpeechAct
from madata.schemas import Turn
from madata.schemas.coordination.language import (
    IMPOSSIBLE,
    Accept,
    Act,
    Ask,
    Confirm,
    Event,
    Inform,
    Leave,
    Message,
    Propose,
    Reject,
    Request,
)

BEFORE, AFTER = 0.2, 0.2
"""How often another sentence stands before and after what a message is about."""

THEMES = 4
"""How many things small talk turns on."""

FIRST = (10, 6, 4, 2)
"""How much more small talk precedes the first messages than later ones."""

Channel = Literal["public", "private", "action", "narration"]


def tell(session: Session, rng: random.Random, small_talk: int = 0) -> list[Turn]:
    """The turns of a game that has been played; `small_talk` of them say nothing about it."""
    teller = Teller(session, rng)
    chats = planned_small_talk(session.events, rng, small_talk)
    for event, count in zip(session.events, chats, strict=True):
        teller.advance(event.time)
        teller.chatter(count, event.agent)
        teller.tell(event)
    teller.end()
    return teller.turns


class Teller:
    """A record while it is told: the setting at first, then what happens, event by event. The session may be ahead."""

    def __init__(self, session: Session, rng: random.Random) -> None:
        self.turns: list[Turn] = []
        self.events: list[Event] = []
        self.words = Wording(session.setting)
        self.rules = rules(self.words)
        self._session = session
        self._rng = rng
        self._draws = Draws(rng)
        self._present = list(self.words.ids)
        self._round = -1
        """The last round of which anything is told, or that is over."""
        self._begun = False
        self._unused: dict[tuple[tuple[str, ...], str, str], list[str]] = {}
        small_talk = chatter()["small_talk"]
        self._themes = rng.sample([theme for theme in small_talk if theme != "camp"], THEMES)
        for audience, text in opening(session.setting, self.words, self.rules, rng):
            self.turns.append(self._told(text, audience))

    def advance(self, time: int) -> None:
        """What is seen from the last round told until the beginning of this one, and that it begins."""
        while self._round < time:
            self._close()
            self._round += 1
            self._begun = False
            for audience, clause in self.rules.observed(self._session.known, self._round):
                self._narrate("sees", audience, who=self.words.people(audience), facts=clause)

    def tell(self, event: Event, words: str | None = None) -> None:
        """The turn of the next event, a message in these words or in those of a template, and what it shows."""
        self.advance(event.time)
        self._begin()
        if isinstance(event, Message):
            self._add(self.said(event, words or self._message(event)), event)
            self._fates(event)
        else:
            audience = [event.agent] if isinstance(event, Act) and self.rules.chooses else self._present
            self._add(self._told(self._happens(event, audience), audience, "action", event=len(self.events)), event)
        for audience, text in self.rules.shown(self.events):
            self.turns.append(self._told(text, audience))

    def end(self) -> None:
        """Narrates how long it lasted."""
        self.advance(self._session.rounds - 1)
        self._close()
        self._narrate("over", self._present, r=str(self._session.rounds))

    @property
    def place(self) -> int:
        """The index of the next turn in which something is said; that its round begins may be told before."""
        return len(self.turns) + (not self._begun)

    def said(self, event: Message, text: str) -> Turn:
        """The turn that the next event would be, said in these words."""
        arrived = {agent for agent, arrives in zip(event.to, event.arrives, strict=True) if arrives is not None}
        audience = [agent for agent in self.words.ids if agent == event.agent or agent in arrived]
        return self._told(text, audience, "public" if self._to_all(event) else "private", event.agent).model_copy(
            update={
                "index": self.place,
                "act": SpeechAct(performative=event.kind, content=event.model_dump(exclude=_NO_CONTENT)),  # type: ignore[attr-defined]
                "event": len(self.events),
            }
        )

    def chatter(self, count: int, before: str) -> None:
        """So many turns of small talk, each by somebody else than the next, the last by somebody else than who acts
        then."""
        speakers = [before]
        for _ in range(count):
            speakers.append(self._rng.choice([agent for agent in self._present if agent != speakers[-1]]))
        for speaker in reversed(speakers[1:]):
            self._begin()
            theme = self._rng.choice(self._themes)
            text = self._unlike(self._present, "small_talk", theme, chatter()["small_talk"][theme])
            self.turns.append(self._told(text, list(self._present), "public", speaker))

    # Turns

    def _told(
        self,
        text: str,
        audience: Sequence[str],
        channel: Channel = "narration",
        speaker: str | None = None,
        event: int | None = None,
    ) -> Turn:
        return Turn(
            index=len(self.turns),
            time=len(self.events),
            speaker=speaker,
            audience=list(audience),
            channel=channel,
            act=None,
            text=text,
            event=event,
        )

    def _add(self, turn: Turn, event: Event) -> None:
        self.turns.append(turn)
        self.events.append(event)
        if isinstance(event, Leave):
            self._present.remove(event.agent)

    def _begin(self) -> None:
        """That the round begins, before anything else is told of it."""
        if not self._begun:
            self._begun = True
            there = [
                agent for agent in self._present if self._session.present(self._session.number[agent], self._round)
            ]
            self.turns.append(self._told(self._form(there, "told", "round", r=str(self._round + 1)), there))

    def _close(self) -> None:
        """What became of the acts of a round."""
        session = self._session
        if self._round < 0 or not isinstance(session, Motion):
            return
        acts = {
            event.agent: event.action for event in self.events if isinstance(event, Act) and event.time == self._round
        }
        joint = tuple(acts.get(agent, 0) for agent in self.words.ids)
        settled = session.settle(session.states[self._round], joint)
        stopped = [agent for agent, act, did in zip(self.words.ids, joint, settled, strict=True) if act != did]
        if stopped:
            self._narrate("blocked", self._present, who=self.words.people(stopped))

    def _narrate(self, kind: str, audience: Sequence[str], **slots: str) -> None:
        self._begin()
        self.turns.append(self._told(self._form(audience, "told", kind, **slots), audience))

    def _fates(self, event: Message) -> None:
        """For the reader alone: whom a message reaches late or never."""
        by_fate: dict[int | None, list[str]] = {}
        for agent, arrives in zip(event.to, event.arrives, strict=True):
            if arrives != event.time:
                by_fate.setdefault(arrives, []).append(agent)
        for arrives, agents in by_fate.items():
            kind = "lost" if arrives is None else "late"
            self._narrate(kind, [], who=self.words.people(agents), r=str((arrives or 0) + 1))

    def _to_all(self, event: Message) -> bool:
        return len(event.to) == len(self._present) - 1

    # Words

    def _form(self, whom: Sequence[str], section: str, kind: str, **slots: str) -> str:
        return self._unlike(whom, section, kind, forms()[section][kind]).format(**slots)

    def _unlike(self, whom: Sequence[str], section: str, kind: str, lines: Iterable[str]) -> str:
        """One of the lines, at random, and to the same audience none again before all of its kind have been used."""
        key = tuple(whom), section, kind
        left = self._unused.get(key)
        if not left:
            left = self._unused[key] = list(lines)
        place = self._draws.of(*whom).randrange(len(left))
        left[place], left[-1] = left[-1], left[place]
        return left.pop()

    def _message(self, event: Message) -> str:
        whom = [event.agent, "to", *event.to]
        draw, form = self._draws.of(*whom), partial(self._form, whom)
        text = [] if self._to_all(event) else [form("around", "to", who=self.words.people(event.to))]
        if draw.random() < BEFORE:
            text.append(form("around", "before"))
        text.append(self._matter(event, form))
        if draw.random() < AFTER:
            text.append(form("around", "after"))
        return " ".join(text)

    def _matter(self, event: Message, form: Callable[..., str]) -> str:
        """What a message is about."""
        words = self.words
        match event:
            case Inform(choice=int(choice)):
                return form("inform", "choice", label=words.names.actions[choice])
            case Inform():
                return form("inform", "facts", facts=words.facts(event.facts))
            case Ask():
                return form("query-ref", "facts", facts=words.things(event.facts))
            case Propose():
                if event.plan:
                    return form("propose", "plan", plan=self.rules.plan(event.plan))
                return form("propose", "nothing", plan=IMPOSSIBLE)
            case Accept():
                return form("accept-proposal", "told", offer=words.proposal(event.proposal, self.events))
            case Reject():
                kind = "because" if event.facts else "told"
                offer = words.proposal(event.proposal, self.events)
                return form("reject-proposal", kind, offer=offer, facts=words.facts(event.facts))
            case Request():
                return form("request", "told", do=words.names.actions[event.action])
            case Confirm():
                return form("confirm", "told", said=words.message(event.message, self.events))
        raise AssertionError(event)

    def _happens(self, event: Event, whom: Sequence[str]) -> str:
        match event:
            case Act() if self.rules.chooses:
                label = self.words.names.actions[event.action]
                return self._form(whom, "told", "choice", who=self.words.name[event.agent], label=label)
            case Act():
                return self._form(whom, "told", "act", does=self.words.does(event.agent, event.action))
            case Leave():
                return self._form(whom, "told", "leave", who=self.words.name[event.agent])
        raise AssertionError(event)


_NO_CONTENT = {"kind", "agent", "time", "to", "arrives"}


def planned_small_talk(events: Sequence[Event], rng: random.Random, count: int) -> list[int]:
    """How much is said before each event: only where somebody begins to speak, and mostly at first."""
    chats = [0] * len(events)
    begins = [
        index
        for index, event in enumerate(events)
        if isinstance(event, Message)
        and (index == 0 or (event.agent, event.time) != (events[index - 1].agent, events[index - 1].time))
    ]
    if count and begins:
        for index in rng.choices(begins, [*FIRST, *[1] * len(begins)][: len(begins)], k=count):
            chats[index] += 1
    return chats
