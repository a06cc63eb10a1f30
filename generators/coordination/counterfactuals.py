"""Minimal pairs of teams: who knows a fact at the start, what becomes of one message, what two cards are, or (where
none of these gives another answer) how one agent behaves; and the game played again by the scripts.

Until the first event that differs the turns keep their words; from there on they are told anew. Of the setting a
sentence changes only where it now says something else: the setting is told twice with the same chance, as it was and as
it is, and what comes out alike is left in the words of the record.

In a reliable team no message is ever lost, and the setting says so: there the knowers change. Who sees which card is
laid down by the rules of `hints`: there two cards change places.
"""

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from itertools import combinations
from typing import Any

from madata.generators.coordination.capabilities import capabilities
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.opening import opening
from madata.generators.coordination.outcome import outcome
from madata.generators.coordination.private import private
from madata.generators.coordination.rules import rules
from madata.generators.coordination.session import Session
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.teller import tell
from madata.generators.coordination.wording import Wording, forms
from madata.generators.family import Rejected
from madata.generators.minimal_pairs import (
    Json,
    Skipped,
    Variant,
    answered,
    grouped,
    in_turn,
    possible,
    renumbered,
    retold,
    small_talk,
)
from madata.schemas import Turn, structure
from madata.schemas.coordination.language import Behaviour, Fact, Message
from madata.schemas.coordination.world import CoordinationWorld
from madata.schemas.tasks import CoordinationEpisode, CoordinationQuestion

LOST = -1
MOST = 100
"""Fates that a record can hold."""
BEHAVIOURS: tuple[Behaviour, ...] = ("team", "silent", "myopic")
"""Those that there are in every game."""
EDITS = 12
"""Changes that are thought of; a large team knows thousands of facts."""


@dataclass(frozen=True, slots=True)
class Edit:
    """What is otherwise in the world, and the record of it."""

    change: Json
    world: CoordinationWorld


def variants(episode: CoordinationEpisode, rng: random.Random) -> Iterator[Variant]:
    setting = setting_of(episode)
    if any(player.behaviour is None for player in setting.world.players):
        raise Skipped("unscripted", "an agent without a script cannot play again")
    try:
        original = session(setting).run()
    except Rejected as rejected:
        raise Skipped("unplayable", str(rejected)) from None
    for edit in edits(original, rng):
        try:
            yield Edited(episode, original, edit, rng).variant()
        except Rejected:  # too hard to play, or to answer
            continue


def setting_of(episode: CoordinationEpisode) -> Setting:
    """The episode before anything happened."""
    agents = [agent.model_copy(update={"private": {}}) for agent in episode.agents]
    return Setting(agents, episode.conventions, episode.world.model_copy(update={"events": []}))


def session(setting: Setting) -> Session:
    """The game of a setting: the family that is called like it has it."""
    found: Session = import_module(f"{__package__}.families.{setting.world.game.kind}").SESSION(setting)
    return found


# What could be otherwise.


def edits(original: Session, rng: random.Random) -> Iterator[Edit]:
    world = original.world
    found = list(cards(original)) if world.game.kind == "hints" else [*fates(original), *knowers(original)]
    groups = grouped(found, lambda edit: edit.change["kind"])
    yield from in_turn([rng.sample(group, min(EDITS, len(group))) for group in groups], rng)
    yield from in_turn([list(ways(original))], rng)


def knowers(original: Session) -> Iterator[Edit]:
    """Somebody else knows a fact, or one of several no longer does; in a network each knows its own number."""
    world = original.world
    for number, fact in enumerate(world.facts):
        for agent in original.ids:
            name = original.names.agent(agent)
            if agent not in fact.known:
                known = [each for each in original.ids if each in fact.known or each == agent]
                kind, sentence = "knower_added", f"{name} knows from the start what {fact.name} is."
            elif len(fact.known) > 1 and world.game.kind != "graph":
                known = [each for each in fact.known if each != agent]
                kind, sentence = "knower_removed", f"{name} does not know from the start what {fact.name} is."
            else:
                continue
            change = {"kind": kind, "fact": fact.id, "agent": agent, "sentence": sentence}
            yield Edit(change, with_facts(world, {number: {"known": known}}))


def cards(original: Session) -> Iterator[Edit]:
    world = original.world
    for (one, first), (two, second) in combinations(enumerate(world.facts), 2):
        if first.value != second.value and first.scale == second.scale:
            sentence = f"What {first.name} is and what {second.name} is have changed places."
            change = {"kind": "values_swapped", "facts": [first.id, second.id], "sentence": sentence}
            yield Edit(change, with_facts(world, {one: {"value": second.value}, two: {"value": first.value}}))


def ways(original: Session) -> Iterator[Edit]:
    """Somebody who does as the team does says nothing, or looks no further than to itself; or the other way round."""
    players = original.world.players
    for place, player in enumerate(players):
        for behaviour in BEHAVIOURS if player.behaviour in BEHAVIOURS else ():
            if behaviour != player.behaviour:
                name = original.names.agent(player.agent)
                sentence = f"{name} behaves as {behaviour}, not as {player.behaviour}."
                change = {"kind": "behaviour_changed", "agent": player.agent, "is": behaviour, "sentence": sentence}
                changed = player.model_copy(update={"behaviour": behaviour})
                new = [*players[:place], changed, *players[place + 1 :]]
                yield Edit(change, original.world.model_copy(update={"players": new}))


def with_facts(world: CoordinationWorld, updates: dict[int, Json]) -> CoordinationWorld:
    facts: list[Fact] = list(world.facts)
    for number, update in updates.items():
        facts[number] = facts[number].model_copy(update=update)
    return world.model_copy(update={"facts": facts})


def fates(original: Session) -> Iterator[Edit]:
    """One message reaches somebody that it did not, or the other way round. The list of fates is repeated, which
    changes nothing, until an entry of it decides about few messages; that of one is changed."""
    world = original.world
    if not world.fates:
        return
    repeated = world.fates * (MOST // len(world.fates))
    decided: dict[int, list[tuple[int, str, int | None]]] = {}
    for index, event in enumerate(original.events):
        if isinstance(event, Message):
            for hearer, arrives in zip(event.to, event.arrives, strict=True):
                agent, other = original.number[event.agent], original.number[hearer]
                entry = (7 * event.time + 3 * agent + other) % len(repeated)
                decided.setdefault(entry, []).append((index, hearer, arrives))
    for entry, deliveries in decided.items():
        if len(deliveries) > 1:
            continue
        ((index, hearer, arrives),) = deliveries
        said, whom = original.names.event(original.events, index), original.names.agent(hearer)
        kind, fate = ("message_lost", LOST) if arrives is not None else ("message_arrives", 0)
        sentence = f"{said[0].upper()}{said[1:]} {'never reaches' if fate else 'reaches'} {whom}."
        change = {"kind": kind, "event": index, "to": hearer, "entry": entry, "sentence": sentence}
        new = [*repeated[:entry], fate, *repeated[entry + 1 :]]
        yield Edit(change, world.model_copy(update={"fates": new}))


# What comes of it.


class Edited:
    """The episode with the edit, played again."""

    def __init__(self, episode: CoordinationEpisode, original: Session, edit: Edit, rng: random.Random) -> None:
        self.episode = episode
        self.original = original
        self.edit = edit
        self.seed = str(rng.getrandbits(64))
        setting = original.setting
        self.session = session(Setting(setting.agents, setting.conventions, edit.world)).run()

    @cached_property
    def named(self) -> dict[str, int]:
        """Messages, or hints, by what they are called."""
        events = self.session.events
        return {self.session.names.event(events, index): index for index in range(len(events))}

    def variant(self) -> Variant:
        answers = answered(self.episode.questions, self.answer, (Unasked,))
        return Variant(self.edit.change, answers, lambda: self.content(answers))

    def content(self, answers: Collection[str]) -> Json:
        session, setting = self.session, self.session.setting
        secrets = private(setting)
        agents = [agent.model_dump() | {"private": secrets[agent.id]} for agent in setting.agents]
        world, turns = session.finished().model_dump(), self.turns()
        return {
            "capabilities": capabilities(session, [q.query.kind for q in self.episode.questions if q.id in answers]),
            "agents": agents,
            "world": world,
            "outcome": outcome(session, turns).model_dump(),
            "structure": structure("coordination", world, setting.conventions.model_dump(), agents),
            "turns": renumbered(turns),
        }

    def answer(self, question: CoordinationQuestion) -> Json:
        query: Any = question.query
        if (getattr(query, "time", None) or 0) >= self.session.rounds:
            raise Unasked("it is over by then")
        if query.kind == "lost":
            query = query.model_copy(update={"event": self.moved(query.event)})
        elif query.kind == "redundant":
            query = query.model_copy(update={"events": [self.moved(event) for event in query.events]})
        known = self.session.answer(query)
        if not possible(question.options, known.answer):
            raise Unasked("none of the options, or all")
        return {
            "query": query.model_dump(),
            "answer": known.answer,
            "evidence": known.evidence,
            "view": known.view,
            "order": known.order,
        }

    def moved(self, event: int) -> int:
        name = self.original.names.event(self.original.events, event)
        if name not in self.named or not isinstance(self.session.events[self.named[name]], Message):
            raise Unasked(f"{name} is not said")
        return self.named[name]

    # Words.

    def turns(self) -> list[Turn]:
        session, same = self.session, self.unchanged()
        fresh = tell(session, random.Random(self.seed), small_talk(self.episode))
        rounds = self.edit.world.rounds
        begun, begins = played(fresh, rounds), played(self.episode.turns, rounds)
        return [
            *retold(self.episode.turns[:begins], self.opening(self.original.setting), self.opening(session.setting)),
            *(turn for turn in self.episode.turns[begins:] if turn.time < same),
            *(turn for turn in fresh[begun:] if turn.time >= same),
        ]

    def unchanged(self) -> int:
        """How many events there are before the first that differs, or shows other cards."""
        old, new = self.original, self.session
        if old.truth != new.truth:
            return 0
        events = list(zip(old.events, new.events, strict=False))
        same = next((index for index, (was, is_) in enumerate(events) if was != is_), len(events))
        seeing = rules(Wording(new.setting))
        for time in range(min(old.rounds, new.rounds)):
            if [*seeing.observed(old.known, time)] != [*seeing.observed(new.known, time)]:
                return next((index for index, event in enumerate(new.events[:same]) if event.time >= time), same)
        return same

    def opening(self, setting: Setting) -> list[tuple[list[str], str]]:
        words = Wording(setting)
        return [
            (list(audience), text) for audience, text in opening(setting, words, rules(words), random.Random(self.seed))
        ]


def played(turns: Sequence[Turn], rounds: int) -> int:
    """How many turns the setting takes: the first round of which anything is told begins with a sentence of its own."""
    begins = {form.format(r=str(number)) for form in forms()["told"]["round"] for number in range(1, rounds + 1)}
    return next(index for index, turn in enumerate(turns) if turn.text in begins)
