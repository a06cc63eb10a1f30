"""Messages in the words of models, in two ways.

`verbalise`: the game has been played; each message is put into words by the model of whoever says it. `improvise`
(self-play): whoever is left to a model chooses what to say, and words it, and what to do; scripted agents among them go
on by their scripts, in the words of the templates.

A model is in a conversation of its own, which holds what its agent has heard and seen: the setting as far as everybody
or it alone was told it, what was narrated to it, and the messages that have reached it. A message that is under way is
not in it, nor what others say at the same time. What the world shows stays in the words of the templates. A message is
what its words are checked against: form, wording and privacy.
"""

import random
import re
from collections.abc import Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from madata.generators.coordination.clauses import Clauses
from madata.generators.coordination.floor import Floor
from madata.generators.coordination.knowledge import acting, turn
from madata.generators.coordination.options import Chosen, Option, read, schema
from madata.generators.coordination.rules import rules
from madata.generators.coordination.session import Chance, Session
from madata.generators.coordination.teller import Teller
from madata.generators.coordination.wording import Wording
from madata.generators.teachers.answers import judged
from madata.generators.teachers.cast import Cast, Choices
from madata.generators.teachers.cast import Message as Prompt
from madata.generators.teachers.shapes import listed
from madata.schemas import Turn
from madata.schemas.coordination.language import Event, Message
from madata.validators import form
from madata.validators.coordination import privacy, wording
from madata.validators.coordination.spoken import Scene

CHECKS = {"form": form.faults, "wording": wording.faults, "privacy": privacy.faults}
ROOM = 400  # tokens of an act: a way of twenty steps, eight facts
BREATH = 3
"""The most messages of a model in one round."""

ROUND = re.compile(r"Round (\d+)\.")


class Heard(NamedTuple):
    """A turn as one agent has it; `message` is the event that has to reach it first, `since` the point from which it is
    heard otherwise. Lines stand in the order of rounds, each under its heading (`place` begins with False)."""

    round: int
    place: tuple[bool, int]
    line: str
    since: int
    message: int | None


class Telling:
    """A game while it is told: its turns and events, and for each agent what it hears."""

    def __init__(self, session: Session, cast: Cast) -> None:
        self.turns: list[Turn] = []
        self.events: list[Event] = []
        self.session = session
        self.words = Wording(session.setting)
        self.clauses = Clauses(rules(self.words))
        self.cast = cast
        self._scene = Scene([agent.model_dump() for agent in session.setting.agents], session.world.model_dump())
        self.round = -1
        self._heard: dict[str, list[Heard]] = {agent: [] for agent in self.words.ids}

    def add(self, told: Turn, event: Event | None) -> None:
        """A turn that is told as it is."""
        if begun := ROUND.fullmatch(told.text) if told.channel == "narration" else None:
            self.round = int(begun[1]) - 1
        index = len(self.events)
        self.turns.append(told)
        self._scene.hear(told.model_dump(), event.model_dump() if event else None)
        if event:
            self.events.append(event)
        alone = f" (to {self.hearers(told, event)})" if told.channel == "private" else ""
        for agent in told.audience:
            since, message, arrives = turn(self.round), None, self.round
            if told.speaker and agent != told.speaker:
                if isinstance(event, Message):
                    message, arrives = index, event.arrives[event.to.index(agent)] or 0
                elif self.session.setting.conventions.speech == "concurrent":
                    since = acting(self.round)
            late = f" (in round {self.round + 1})" if arrives > self.round else ""
            who = "" if not told.speaker else "You" if agent == told.speaker else self.words.name[told.speaker]
            line = f"{who}{alone}{late}: {told.text}" if who else told.text
            self._heard[agent].append(Heard(arrives, (not begun, told.index), line, since, message))

    def follow(self, teller: Teller) -> None:
        """What has been told since, as it is."""
        for told in teller.turns[len(self.turns) :]:
            self.add(told, None if told.event is None else teller.events[told.event])

    def judge(self, told: Turn, event: Event | None) -> Turn:
        """The turn, if nothing is wrong with its words."""
        judged(self._scene.line(told.model_dump(), event.model_dump() if event else None), CHECKS)
        return told

    def opening(self, section: str, agent: str, point: int) -> list[Prompt]:
        """Who the model is, and what it has heard by this point."""
        forms, name = self.cast.prompts[section], self.words.name
        others = self.words.people(other for other in self.words.ids if other != agent)
        number = self.session.number[agent]
        heard = [
            each
            for each in sorted(self._heard[agent])
            if (
                each.since <= point
                if each.message is None
                else self.session.known.has_reached(each.message, number, point)
            )
        ]
        # That a round has a heading without a line says that others hear or see something.
        said = [each.place[0] or following.round == each.round for each, following in pairwise(heard)]
        story = "\n".join(each.line for each in compress(heard, [*said, heard[-1].place[0]]))
        return [
            {"role": "system", "content": forms["system"].format(name=name[agent], others=others)},
            {"role": "user", "content": forms["story"].format(name=name[agent], story=story)},
        ]

    def hearers(self, told: Turn, event: Event | None) -> str:
        """To whom something is said, be it heard or not."""
        to = event.to if isinstance(event, Message) else [agent for agent in told.audience if agent != told.speaker]
        return self.words.people(to) + (" alone" if told.channel == "private" else "")

    def choices(self, told: Turn, event: Event | None) -> tuple[str, Choices] | None:
        """For a reader: the message among messages that differ from it in one thing. None where there is nothing to
        tell apart."""
        if event is None:
            return None
        how, near = f"said by {self.words.name[event.agent]}", self.clauses.near(event)
        choices = Choices.among(how, told.index, event, near, lambda each: self.clauses.said(each, self.events))
        return (told.text, choices) if choices else None


async def verbalise(session: Session, drafts: Sequence[Turn], cast: Cast) -> list[Turn]:
    """The turns of a finished game, `drafts` in the words of the templates, all that is said in those of models."""
    telling = Telling(session, cast)
    for draft in drafts:
        event = None if draft.event is None else session.events[draft.event]
        telling.add(await _put(telling, draft, event) if draft.speaker else draft, event)
    return telling.turns


async def _put(telling: Telling, draft: Turn, event: Event | None) -> Turn:
    """What is said in a turn, in the words of the speaker's model."""
    assert draft.speaker
    forms = telling.cast.prompts["verbalise"]
    slots = {"name": telling.words.name[draft.speaker], "hearers": telling.hearers(draft, event)}
    if event is None:
        asked = forms["talk"].format(**slots)
    else:
        care = forms[telling.clauses.kind(event)].format(**slots)
        asked = forms["act"].format(said=telling.clauses.said(event, telling.events), care=care, **slots)
    opening = telling.opening("verbalise", draft.speaker, turn(telling.round))
    opening[-1]["content"] += f"\n\n{asked}"

    return await telling.cast.answer(
        draft.speaker,
        draft.index,
        "verbalise",
        opening,
        lambda text: telling.judge(draft.model_copy(update={"text": text}), event),
        lambda: draft,
        choices=lambda told: telling.choices(told, event),
    )


async def improvise(session: Session, rng: random.Random, cast: Cast) -> list[Turn]:
    """Self-play: whoever may speak or act does as its script says, or as its model chooses."""
    teller = Teller(session, rng)
    telling = Telling(session, cast)
    floor = Floor(session, telling.clauses)
    for chance in session.chances():
        for _ in range(BREATH if chance.speaking else 1):
            for event in session.events[len(teller.events) :]:
                teller.tell(event)
            teller.advance(chance.time)
            telling.follow(teller)
            options = floor.options(chance)
            if not options:
                break
            answer = await _choose(telling, teller, options, chance)
            if answer.action is not None:
                session.act(chance.agent, answer.action)
            if answer.message is None:
                break
            session.say(answer.message)
            teller.tell(answer.message, answer.words)
    for event in session.events[len(teller.events) :]:
        teller.tell(event)
    teller.end()
    telling.follow(teller)
    return telling.turns


async def _choose(telling: Telling, teller: Teller, options: Sequence[Option], chance: Chance) -> Chosen:
    """What the model of an agent says or does."""
    forms = telling.cast.prompts["self_play"]
    agent = telling.words.ids[chance.agent]
    lines = "\n".join(f"- {listed(option)}: {forms[option.kind]}" for option in options)
    point = turn(chance.time) if chance.speaking else acting(chance.time)
    opening = telling.opening("self_play", agent, point)
    when = forms["round"].format(r=chance.time + 1, n=telling.session.world.rounds)
    asked = forms["speak" if chance.speaking else "do"].format(acts=lines)
    opening[-1]["content"] += f"\n\n{when} {asked}"
    place = teller.place

    def judge(text: str) -> Chosen:
        answer = read(text, options)
        if isinstance(answer.message, Message):
            telling.judge(teller.said(answer.message, answer.words), answer.message)
        return answer

    def draft() -> Chosen:
        rng = random.Random(f"rehearsal/{place}/{lines}")
        answer = rng.choice(options).draw(rng)
        if answer.message is None:
            return answer
        return answer._replace(words=telling.clauses.said(answer.message, telling.events))

    def choices(answer: Chosen) -> tuple[str, Choices] | None:
        if not isinstance(answer.message, Message):
            return None
        return telling.choices(teller.said(answer.message, answer.words), answer.message)

    return await telling.cast.answer(
        agent,
        place,
        "self_play",
        opening,
        judge,
        draft,
        schema(options),
        choices,
        aloud=lambda answer: answer.message is not None,
        room=ROOM,
    )
