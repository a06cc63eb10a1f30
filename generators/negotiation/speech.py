"""Acts of negotiators in the words of models, in two ways.

`verbalise`: the negotiation has been played; each act is put into words by the model of whoever acts. `improvise`
(self-play): whoever is left to a model chooses among the acts that the rules allow now and words its choice; scripted
parties among them go on by their scripts, in the words of the templates.

A model is in a conversation of its own, which holds what its agent has heard, in the order in which it heard it: the
setting as far as everybody or it alone was told it, and what was said to it. A message that is under way is not in it,
nor is what others say at the same time. What the world shows (the setting, harvests, gifts, what comes of it) stays in
the words of the templates. An act is what its words are checked against: form, wording and privacy.
"""

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING

from madata.generators.negotiation.clauses import Clauses
from madata.generators.negotiation.options import Option, read, schema
from madata.generators.negotiation.teller import BargainTeller, DonorTeller, Teller, begin
from madata.generators.negotiation.wording import Wording
from madata.generators.teachers.answers import judged
from madata.generators.teachers.cast import Cast, Choices, Message
from madata.generators.teachers.shapes import listed
from madata.schemas import Agent, Turn
from madata.schemas.negotiation import Conventions, Donor, Move, NegotiationWorld
from madata.schemas.words import name_list
from madata.validators import form
from madata.validators.negotiation import privacy, wording
from madata.validators.negotiation.spoken import Scene

if TYPE_CHECKING:
    from madata.generators.negotiation.floors import Floor

CHECKS = {"form": form.faults, "wording": wording.faults, "privacy": privacy.faults}
ROOM = 240  # tokens of a deal: six parties who share out four things
ENDING = ("talk", "withdraw")  # what a rehearsal leaves out: it lasts as long as it can


class Telling:
    """A negotiation while it is told: its turns and events, and for each agent what it hears when."""

    def __init__(self, agents: Sequence[Agent], world: NegotiationWorld, cast: Cast) -> None:
        self.turns: list[Turn] = []
        self.events: list[Move] = []
        self.words = Wording(agents, world)
        self.clauses = Clauses(world.game, self.words)
        self.cast = cast
        self._scene = Scene([agent.model_dump() for agent in agents], world.model_dump())
        self._heard: dict[str, list[tuple[int, int, str]]] = {agent: [] for agent in self.words.ids}

    def add(self, turn: Turn, event: Move | None, time: int, heard: int | None = None) -> None:
        """A turn that is told as it is, at this time. Others hear an event when a message of it is heard, everything
        else at once or at the time `heard`."""
        self.turns.append(turn)
        self._scene.hear(turn.model_dump(), event.model_dump() if event else None)
        if event:
            self.events.append(event)
            heard = event.time + 1 + event.delay
        name = self.words.name
        alone = f" (to {self._hearers(turn, turn.speaker)} alone)" if turn.channel == "private" and turn.speaker else ""
        actor = event.agent if event else turn.speaker
        for agent in turn.audience:
            who = "" if turn.speaker is None else f"{'You' if agent == turn.speaker else name[turn.speaker]}{alone}: "
            moment = time if agent == actor or heard is None else heard
            self._heard[agent].append((moment, turn.index, f"{who}{turn.text}"))

    def follow(self, teller: Teller, time: int) -> None:
        """What has been told since, as it is, at this time."""
        for turn in teller.turns[len(self.turns) :]:
            self.add(turn, None if turn.event is None else teller.events[turn.event], time)

    def judge(self, turn: Turn, event: Move | None) -> Turn:
        """The turn, if nothing is wrong with its words."""
        judged(self._scene.line(turn.model_dump(), event.model_dump() if event else None), CHECKS)
        return turn

    def opening(self, section: str, agent: str, time: int) -> list[Message]:
        """Who the model is, and what it has heard by this time."""
        forms, name = self.cast.prompts[section], self.words.name
        others = self.words.people(other for other in self.words.ids if other != agent)
        story = "\n".join(line for moment, _, line in sorted(self._heard[agent]) if moment <= time)
        return [
            {"role": "system", "content": forms["system"].format(name=name[agent], others=others)},
            {"role": "user", "content": forms["story"].format(name=name[agent], story=story)},
        ]

    def _hearers(self, turn: Turn, speaker: str | None) -> str:
        return name_list([self.words.name[agent] for agent in turn.audience if agent != speaker])

    def hearers(self, turn: Turn) -> str:
        """To whom something is said."""
        return self._hearers(turn, turn.speaker) + (" alone" if turn.channel == "private" else "")

    def choices(self, turn: Turn, event: Move | None) -> tuple[str, Choices] | None:
        """For a reader: the act among acts that differ from it in one thing. None where there is nothing to tell
        apart."""
        if event is None:
            return None
        how, near = f"said by {self.words.name[event.agent]}", self.clauses.near(event)
        choices = Choices.among(how, turn.index, event, near, lambda each: self.clauses.said(each, self.events))
        return (turn.text, choices) if choices else None


async def verbalise(agents: Sequence[Agent], world: NegotiationWorld, drafts: Sequence[Turn], cast: Cast) -> list[Turn]:
    """The turns of a finished negotiation, `drafts` in the words of the templates, with all that is said in those of
    models."""
    telling = Telling(agents, world, cast)
    times = [event.time for event in world.events]
    times.append(times[-1] + 1 if times else 0)
    for draft in drafts:
        event = None if draft.event is None else world.events[draft.event]
        turn = await _put(telling, draft, event, times[draft.time]) if draft.speaker else draft
        telling.add(turn, event, times[draft.time])
    return telling.turns


async def _put(telling: Telling, draft: Turn, event: Move | None, time: int) -> Turn:
    """What is said in a turn, in the words of the speaker's model."""
    assert draft.speaker
    forms = telling.cast.prompts["verbalise"]
    slots = {"name": telling.words.name[draft.speaker], "hearers": telling.hearers(draft)}
    if event is None:
        asked = forms["talk"].format(**slots)
    else:
        care = forms[telling.clauses.kind(event)].format(**slots)
        asked = forms["act"].format(said=telling.clauses.said(event, telling.events), care=care, **slots)
    opening = telling.opening("verbalise", draft.speaker, time)
    opening[-1]["content"] += f"\n\n{asked}"

    def judge(text: str) -> Turn:
        return telling.judge(draft.model_copy(update={"text": text}), event)

    return await telling.cast.answer(
        draft.speaker,
        draft.index,
        "verbalise",
        opening,
        judge,
        lambda: draft,
        choices=lambda turn: telling.choices(turn, event),
    )


async def improvise(
    agents: Sequence[Agent], conventions: Conventions, floor: "Floor", rng: random.Random, cast: Cast
) -> list[Turn]:
    """Self-play: whoever may act does as its script says, or as its model chooses."""
    seed = rng.getrandbits(64)
    outlook = floor.outlook()
    teller = begin(agents, conventions, outlook, random.Random(seed))
    telling = Telling(agents, outlook, cast)
    telling.follow(teller, time := 0)
    for agent, time in floor.chances():
        if isinstance(teller, DonorTeller) and isinstance(game := floor.table.game, Donor):
            teller.game = game
        moves, words = floor.script(agent, time), None
        if moves is None:
            options = floor.options(agent, time)
            if not options:
                continue
            teller.advance(time)
            telling.follow(teller, time)
            event, words = await _choose(telling, teller, floor, options, agent, time)
            moves = [event] if event else []
            if words and not event:
                assert isinstance(teller, BargainTeller)
                teller.turns.append(chat := teller.chat(agent, words))
                telling.add(chat, None, time, heard=time + 1)
        for move in moves:
            floor.table.add(move)
            teller.tell(move, words)
            telling.follow(teller, time)
    teller.end()
    telling.follow(teller, time)
    # What the reader alone is told may be known only now: who became whose heir.
    told = begin(agents, conventions, floor.table.world(), random.Random(seed)).turns
    return [turn if turn.audience else told[turn.index] for turn in telling.turns]


async def _choose(
    telling: Telling, teller: Teller, floor: "Floor", options: Sequence[Option], agent: str, time: int
) -> tuple[Move | None, str | None]:
    """The event of one of the options, None if nothing happens, and the words, None if there are none."""
    forms = telling.cast.prompts["self_play"]
    occasion, slots = floor.occasion(agent, time)
    lines = "\n".join(f"- {listed(option)}: {forms[option.kind]}" for option in options)
    opening = telling.opening("self_play", agent, time)
    asked = "turn" if any(option.aloud for option in options) else "silent"
    opening[-1]["content"] += f"\n\n{forms[occasion].format(**slots)} {forms[asked].format(acts=lines)}"

    def turn(event: Move | None, words: str) -> Turn:
        if event:
            return teller.said(event, words)
        assert isinstance(teller, BargainTeller)
        return teller.chat(agent, words)

    def judge(text: str) -> tuple[Move | None, str | None]:
        option, event, words = read(text, options)
        if not option.aloud:
            return event, None
        return event, telling.judge(turn(event, words), event).text

    def draft() -> tuple[Move | None, str | None]:
        rng = random.Random(f"rehearsal/{len(telling.turns)}/{lines}")
        option = rng.choice([option for option in options if option.kind not in ENDING])
        event = option.move(option.draw(rng))
        return event, telling.clauses.said(event, telling.events) if event and option.aloud else None

    def choices(answer: tuple[Move | None, str | None]) -> tuple[str, Choices] | None:
        event, words = answer
        return telling.choices(turn(event, words), event) if event and words else None

    return await telling.cast.answer(
        agent,
        len(telling.turns),
        "self_play",
        opening,
        judge,
        draft,
        schema(options),
        choices,
        aloud=lambda answer: answer[1] is not None,
        room=ROOM,
    )
