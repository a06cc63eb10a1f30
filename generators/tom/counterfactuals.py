"""Minimal pairs of stories: one event left out, or one look added, and the story staged again.

The stage refuses what then cannot happen (who never came in cannot leave). Turns keep their words, with the audience
that the event now has; only what would now be false, or could no longer be said aloud, is told anew. A change that
needs a rule which the setting does not state is not made, so the setting is the same to the letter.
"""

import random
from collections.abc import Collection, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from madata.generators.minimal_pairs import Json, Untellable, Variant, answered, grouped, in_turn, possible, renumbered
from madata.generators.tom.beliefs import Ambiguous, Beliefs
from madata.generators.tom.capabilities import capabilities
from madata.generators.tom.stage import Stage, Unstageable, restage
from madata.generators.tom.teller import Teller, happenings
from madata.generators.tom.wording import event_clause
from madata.schemas import Turn, structure
from madata.schemas.tasks import TomEpisode, TomQuestion
from madata.schemas.tom import Change, Event, KnowersQuery, KnowsQuery, Look, Peek, Query, Tell

ADDED = 12
"""Looks that are thought of, of the hundreds there could be."""


class Edit(NamedTuple):
    """The event `at` is left out, or (`event`) this one happens before it."""

    at: int
    event: Event | None = None

    def apply(self, events: list[Event]) -> list[Event]:
        return [*events[: self.at], *([self.event] if self.event else []), *events[self.at + (not self.event) :]]


class Moved(ValueError):
    """What a question speaks of is no longer there, or no longer reads as it does."""


def variants(episode: TomEpisode, rng: random.Random) -> Iterator[Variant]:
    """What is seen and heard is changed first, what is the case last: that is to follow the world, and not minds."""
    original = Original(episode)
    events = original.stage.events
    removed = grouped((Edit(at) for at in range(len(events))), lambda edit: events[edit.at].kind)
    world = [group for group in removed if isinstance(events[group[0].at], Change)]
    minds = [group for group in removed if group not in world] + grouped(
        added(original, rng), lambda edit: edit.event.kind if edit.event else ""
    )
    for edit in [*in_turn(minds, rng), *in_turn(world, rng)]:
        try:
            yield Edited(original, edit).variant(rng)
        except Unstageable:
            continue


def added(original: "Original", rng: random.Random) -> Iterator[Edit]:
    """Looks and peeks, as far as the setting says what others notice of them."""
    kinds = [kind for kind in (Look, Peek) if kind.model_fields["kind"].default in original.rules]
    containers = [entity for entity in original.stage.entities.values() if entity.kind == "container"]
    for _ in range(ADDED if kinds and containers else 0):
        event = rng.choice(kinds)(agent=rng.choice(original.stage.ids), container=rng.choice(containers).id)
        yield Edit(rng.randint(0, len(original.stage.events)), event)


class Original:
    """A story as recorded, staged."""

    def __init__(self, episode: TomEpisode) -> None:
        self.episode = episode
        self.stage = restage(episode.agents, episode.conventions, episode.world)
        self.world = self.stage.world()
        self.rules = happenings(self.stage.events)
        self.chats: dict[int, list[Turn]] = {}
        self.asks: dict[int, list[Turn]] = {}
        self.told: dict[int, list[Turn]] = {}
        self.setting: list[Turn] = []
        for turn in episode.turns:
            if turn.event is not None:
                self.told.setdefault(turn.event, []).append(turn)
            elif turn.speaker is None:
                self.setting.append(turn)
            else:
                (self.asks if turn.act else self.chats).setdefault(turn.time, []).append(turn)


class Edited:
    """The story with the edit; raises `Unstageable` if it cannot happen, or cannot be told in the same setting."""

    def __init__(self, original: Original, edit: Edit) -> None:
        self.original = original
        self.edit = edit
        events = edit.apply(original.stage.events)
        world = original.world.model_copy(update={"events": events})
        self.stage = restage(original.episode.agents, original.episode.conventions, world)
        self.world = self.stage.world()
        if not happenings(self.stage.events) <= original.rules:
            raise Unstageable("a rule that the setting does not state")
        if any(isinstance(event, Tell) and len(event.view) < 2 for event in self.stage.events):
            raise Unstageable("somebody tells nobody")

    @cached_property
    def beliefs(self) -> Beliefs:
        return Beliefs(self.stage)

    def variant(self, rng: random.Random) -> Variant:
        answers = answered(self.original.episode.questions, self.answer, (Moved, Ambiguous))
        return Variant(self.change(), answers, lambda: self.content(answers, rng))

    def content(self, answers: Collection[str], rng: random.Random) -> Json:
        episode, world = self.original.episode, self.world.model_dump()
        agents = [agent.model_dump() for agent in episode.agents]
        return {
            "capabilities": capabilities(self.stage, [q.query.kind for q in episode.questions if q.id in answers]),
            "world": world,
            "structure": structure("tom", world, episode.conventions.model_dump(), agents),
            "turns": renumbered(self.turns(rng)),
        }

    def change(self) -> Json:
        at, edit = self.edit.at, self.edit
        world = self.world if edit.event else self.original.world
        clause = event_clause(at, self.original.episode.agents, world)
        happens = f"now happens before event {at}" if edit.event else f"is left out (event {at})"
        event = world.events[at].model_dump(exclude={"effects", "view"})
        kind = f"{event['kind']}_{'added' if edit.event else 'removed'}"
        return {"kind": kind, "at": at, "event": event, "sentence": f'"{clause}" {happens}.'}

    # Questions

    def answer(self, question: TomQuestion) -> Json:
        query = self.moved(question.query)
        if isinstance(query, KnowsQuery | KnowersQuery):
            for stage, time in ((self.original.stage, question.query.time), (self.stage, query.time)):  # type: ignore[union-attr]
                if stage.truth[query.variable][time] == stage.variables[query.variable].presumed:
                    raise Moved("whether trust in a label that is right is knowledge is disputed")
        answer = self.beliefs.answer(query)
        if not possible(question.options, [answer.text]):
            raise Moved(f"{answer.text} is none of the options")
        return {
            "query": query.model_dump(),
            "answer": [answer.text],
            "evidence": answer.evidence,
            "view": answer.view,
        }

    def moved(self, query: Query) -> Query:
        """The same query of the other story, if its words are the same."""
        return type(query).model_validate(self._shifted(query.model_dump()))

    def _shifted(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self._shifted(each) for each in value]
        if not isinstance(value, dict):
            return value
        shift = {"time": self._time, "event": self._event}
        return {key: shift[key](each) if key in shift else self._shifted(each) for key, each in value.items()}

    def _time(self, time: int) -> int:
        """The beginning and the end stay what they are; any other time is told by the events beside it."""
        if time in (0, len(self.original.stage.events)):
            return time and len(self.stage.events)
        before, after = self._event(time - 1), self._event(time)
        if after != before + 1:
            raise Moved("something now happens in between")
        return after

    def _event(self, event: int) -> int:
        if event == self.edit.at and not self.edit.event:
            raise Moved(f"event {event} is no more")
        now = event + (event >= self.edit.at) * (1 if self.edit.event else -1)
        agents = self.original.episode.agents
        if event_clause(event, agents, self.original.world) != event_clause(now, agents, self.world):
            raise Moved(f"event {event} is called otherwise")
        return now

    # Words

    def turns(self, rng: random.Random) -> Iterator[Turn]:
        yield from self.original.setting
        teller = Teller(self.stage.agents, self.stage.conventions, self.world, rng)
        now = Stage(
            self.stage.agents,
            self.stage.conventions,
            self.world.entities,
            self.world.variables,
            self.world.distrust,
        )
        chatted = 0
        for time, event in enumerate(self.stage.events):
            old = self._origin(time)
            upto = self.edit.at if old is None else old
            yield from self._chats(now, range(chatted, upto + 1), time)
            chatted = max(chatted, upto + 1)
            told = len(teller.turns)
            teller.tell(time, event)
            yield from self._same(time, old) or teller.turns[told:]
            now.perform(event)
        yield from self._chats(now, range(chatted, len(self.original.stage.events) + 1), len(self.stage.events))

    def _origin(self, time: int) -> int | None:
        """The number that an event had."""
        if self.edit.event:
            return None if time == self.edit.at else time - (time > self.edit.at)
        return time + (time >= self.edit.at)

    def _chats(self, now: Stage, times: range, time: int) -> Iterator[Turn]:
        """Small talk, as heard by whoever is now in company with the speaker."""
        for turn in (turn for old in times for turn in self.original.chats.get(old, ())):
            speaker = turn.speaker
            assert speaker is not None
            near = [
                agent
                for agent in now.ids
                if now.place[agent] == now.place[speaker] and agent not in now.distracted and agent not in now.watching
            ]
            if speaker not in near or len(near) < 2:
                raise Untellable(f"{speaker} has nobody to talk to")
            yield turn.model_copy(update={"time": time, "audience": near})

    def _same(self, time: int, old: int | None) -> list[Turn]:
        """The turns that told the event, if they still hold; else none."""
        before, after = self.original.stage, self.stage
        if old is None or any(track[old] != after.truth[variable][time] for variable, track in before.truth.items()):
            return []
        event, told = after.events[time], self.original.told[old]
        audience = [agent for agent in after.ids if agent in event.view]
        aloud = any(turn.speaker for turn in told) and not isinstance(event, Tell)
        if aloud and (len(audience) < 2 or "secret" in event.view.values()):
            return []
        own = isinstance(event, Look | Peek)  # what is found there is for the looker alone
        turns = [
            turn.model_copy(
                update={"time": time, "event": time, "audience": turn.audience if own and number else audience}
            )
            for number, turn in enumerate(told)
        ]
        asked = [
            turn.model_copy(update={"time": time, "audience": audience})
            for turn in self.original.asks.get(old, ())
            if turn.speaker in audience
        ]
        return [*asked, *turns]
