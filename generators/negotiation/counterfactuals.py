"""Minimal pairs of negotiations: a valuation, a reservation, or one party's way, and the game played again by the
scripts.

In a bargain the points of two issues or two options change places for one party, or what no deal is worth to it is
another figure. Parties of a commons and a donor game value all alike: there one party harvests, gives, reports or
gossips in another way. From then on all may go otherwise: that is the counterfactual. What is told before the first
event that differs keeps its words, and so does each turn of the setting that still says the same.
"""

import random
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import combinations, groupby
from typing import Any, get_args

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
from madata.generators.negotiation import commons, donor
from madata.generators.negotiation.bargain import answers as bargain
from madata.generators.negotiation.bargain.play import play
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.capabilities import capabilities
from madata.generators.negotiation.known import Known, Unasked
from madata.generators.negotiation.private import private
from madata.generators.negotiation.setting import setting
from madata.generators.negotiation.state import State
from madata.generators.negotiation.teller import tell
from madata.generators.negotiation.unplayable import Unplayable
from madata.generators.negotiation.wording import Wording
from madata.schemas import Agent, Turn, structure
from madata.schemas.negotiation import (
    Bargain,
    Choice,
    Commons,
    Conventions,
    Donor,
    Game,
    Giver,
    Giving,
    Harvester,
    Harvesting,
    NegotiationQuery,
    NegotiationWorld,
    Party,
    Propose,
    ReplyQuery,
    Split,
)
from madata.schemas.tasks import NegotiationEpisode, NegotiationQuestion

SWAPS = 12
"""Swaps that are thought of for a party."""
LISTED = 12
"""Options of an issue of which two can change places; a scale of more, as prices are, would no longer rise or fall."""


@dataclass(frozen=True, slots=True)
class Edit:
    """The game, otherwise in one thing, and the record of it."""

    change: Json
    game: Game


@dataclass(frozen=True, slots=True)
class Play:
    """A game that has been played by the scripts, and what it answers."""

    state: State
    world: NegotiationWorld
    wording: Wording
    answer: Callable[[NegotiationQuery], Known]


def variants(episode: NegotiationEpisode, rng: random.Random) -> Iterator[Variant]:
    original = Original(episode)
    groups = grouped(edits(original, rng), lambda edit: edit.change["kind"])
    for edit in in_turn(groups, rng):
        try:
            yield Edited(original, edit, rng).variant()
        except Unplayable:
            continue


def played(agents: Sequence[Agent], conventions: Conventions, game: Game) -> Play:
    """Raises `Unplayable`."""
    people = list(agents)
    state: State
    match game:
        case Bargain():
            state = table = Table(people, conventions, game)
            play(table)
            world = table.world()
            wording = Wording(people, world)

            def answer(query: NegotiationQuery) -> Known:
                if isinstance(query, ReplyQuery):
                    return bargain.answer(table, query, lambda reply: wording.reply(reply, query.agent))
                return bargain.answer(table, query)

            return Play(state, world, wording, answer)
        case Commons():
            state = common = commons.Table(people, conventions, game)
            commons.play(common)
            return Play(state, common.world(), Wording(people, common.world()), partial(commons.answer, common))
        case Donor():
            state = given = donor.Table(people, conventions, game.endowment, game.multiplier)
            for generation, meetings in groupby(game.meetings, key=lambda meeting: meeting.generation):
                given.join([party for party in game.parties if party.generation == generation])
                for meeting in meetings:
                    donor.play(given, meeting)
            given.outcome()
            return Play(state, given.world(), Wording(people, given.world()), partial(donor.answer, given))


class Original:
    def __init__(self, episode: NegotiationEpisode) -> None:
        self.episode = episode
        self.game = episode.world.game
        self.names = {agent.id: agent.name for agent in episode.agents}
        self.agents = [agent.model_copy(update={"private": {}}) for agent in episode.agents]
        if not all(scripted(party) for party in self.game.parties):
            raise Skipped("unscripted", "a party without a script cannot play again")
        try:
            self.play = played(self.agents, episode.conventions, self.game)
        except Unplayable as error:
            raise Skipped("unplayable", str(error)) from None


def scripted(party: Party | Harvester | Giver) -> object:
    match party:
        case Party():
            return party.strategy
        case Harvester():
            return party.harvesting
        case Giver():
            return party.giving


# What could be otherwise.


def edits(original: Original, rng: random.Random) -> Iterator[Edit]:
    match original.game:
        case Bargain() as game:
            for place in range(len(game.parties)):
                yield from swaps(original, game, place, rng)
                yield from reservations(original, game, place)
        case Commons() as game:
            yield from harvesters(original, game)
        case Donor() as game:
            yield from givers(original, game)


def swaps(original: Original, game: Bargain, place: int, rng: random.Random) -> Iterator[Edit]:
    """The points of two issues of which there are units, or of two options of an issue."""
    party = game.parties[place]
    name = original.names[party.agent]
    found: list[tuple[Json, Party]] = []
    splits = [number for number, issue in enumerate(game.issues) if isinstance(issue, Split)]
    for one, two in combinations(splits, 2):
        worth = exchanged(party.worth, one, two)
        things = f"{game.issues[one].name} and {game.issues[two].name}"
        sentence = f"What {things} are worth to {name} has changed places."
        change: Json = {"issues": [game.issues[one].id, game.issues[two].id], "options": None, "sentence": sentence}
        found.append((change, party.model_copy(update={"worth": worth})))
    for number, issue in enumerate(game.issues):
        points = party.worth[number]
        if isinstance(issue, Choice) and isinstance(points, list):
            for one, two in combinations(range(len(points) if len(points) <= LISTED else 0), 2):
                worth = [*party.worth[:number], exchanged(points, one, two), *party.worth[number + 1 :]]
                options = f"{issue.options[one]} and {issue.options[two]}"
                sentence = f"What {options} are worth to {name} has changed places."
                change = {"issues": [issue.id], "options": [one, two], "sentence": sentence}
                found.append((change, party.model_copy(update={"worth": worth})))
    for change, new in rng.sample(found, min(SWAPS, len(found))):
        if new != party:
            yield Edit({"kind": "points_swapped", "agent": party.agent, **change}, with_party(game, place, new))


def exchanged(values: list[Any], one: int, two: int) -> list[Any]:
    new = list(values)
    new[one], new[two] = values[two], values[one]
    return new


def reservations(original: Original, game: Bargain, place: int) -> Iterator[Edit]:
    """No deal becomes worth just more than a deal that was proposed, or just as much."""
    party = game.parties[place]
    table = original.play.state
    assert isinstance(table, Table)
    proposals = [number for number, event in enumerate(table.events) if isinstance(event, Propose)]
    worth = dict.fromkeys(table.worth(number, party.agent) for number in proposals)
    for points in worth:
        new = points if points < party.reservation else points + 1
        if new != party.reservation:
            name = original.names[party.agent]
            sentence = f"No deal is worth {new} points to {name}, not {party.reservation}."
            change = {"kind": "reservation_changed", "agent": party.agent, "is": new, "sentence": sentence}
            yield Edit(change, with_party(game, place, party.model_copy(update={"reservation": new})))


def harvesters(original: Original, game: Commons) -> Iterator[Edit]:
    for place, party in enumerate(game.parties):
        reports = ("honest", "low", "silent") if original.episode.conventions.acts == "private" else ()
        ways = [("harvesting", way) for way in get_args(Harvesting)] + [("reports", way) for way in reports]
        for field, way in ways:
            if way != getattr(party, field) and not (party.switch and way == party.switch.harvesting):
                yield otherwise(original, game, place, field, way)


def givers(original: Original, game: Donor) -> Iterator[Edit]:
    """Of those who have no heir: an heir gives as they do, and would change as well."""
    copied = {party.heir_of for party in game.parties}
    for place, party in enumerate(game.parties):
        free = party.agent not in copied and party.heir_of is None
        ways = [("giving", way) for way in get_args(Giving) if free]
        ways += [("gossip", way) for way in ("honest", "spiteful", "silent")]
        for field, way in ways:
            if way != getattr(party, field):
                yield otherwise(original, game, place, field, way)


def otherwise(original: Original, game: Commons | Donor, place: int, field: str, way: str) -> Edit:
    party = game.parties[place]
    sentence = f"{original.names[party.agent]}, {field}: {way}, not {getattr(party, field)}."
    change = {"kind": f"{field}_changed", "agent": party.agent, "is": way, "sentence": sentence}
    return Edit(change, with_party(game, place, party.model_copy(update={field: way})))


def with_party(game: Game, place: int, party: Party | Harvester | Giver) -> Game:
    parties = [*game.parties[:place], party, *game.parties[place + 1 :]]
    return game.model_copy(update={"parties": parties})


# What comes of it.


class Edited:
    """The episode with the edit, played again. Raises `Unplayable`."""

    def __init__(self, original: Original, edit: Edit, rng: random.Random) -> None:
        self.original = original
        self.episode = original.episode
        self.edit = edit
        self.seed = str(rng.getrandbits(64))
        self.play = played(original.agents, original.episode.conventions, edit.game)
        self.events = {name: index for index, name in enumerate(called(self.play.world))}

    def variant(self) -> Variant:
        answers = answered(self.episode.questions, self.answer, (Unasked,))
        return Variant(self.edit.change, answers, lambda: self.content(answers))

    def content(self, answers: Collection[str]) -> Json:
        episode, state = self.episode, self.play.state
        secrets = private(self.edit.game)
        agents = [agent.model_dump() | {"private": secrets[agent.id]} for agent in self.original.agents]
        world = self.play.world.model_dump()
        return {
            "capabilities": capabilities(state, [q.query.kind for q in episode.questions if q.id in answers]),
            "agents": agents,
            "world": world,
            "outcome": state.outcome().model_dump(),
            "structure": structure("negotiation", world, episode.conventions.model_dump(), agents),
            "turns": renumbered(self.turns()),
        }

    def answer(self, question: NegotiationQuestion) -> Json:
        query = self.moved(question.query)
        if question.text not in self.play.wording.questions(query):
            raise Unasked("its words would be others")
        known = self.play.answer(query)
        if not possible(question.options, known.answer):
            raise Unasked("none of the options, or all")
        return {
            "query": query.model_dump(),
            "answer": known.answer,
            "evidence": known.evidence,
            "view": known.view,
            "order": known.order,
        }

    def moved(self, query: NegotiationQuery) -> NegotiationQuery:
        """The query of the same proposal or statement, and of the end if it was of the end."""
        update: Json = {}
        was, is_ = self.original.play.world.events, self.play.world.events
        for field in ("proposal", "event"):
            if hasattr(query, field):
                name = called(self.original.play.world)[getattr(query, field)]
                if name not in self.events:
                    raise Unasked("there is no such event")
                update[field] = self.events[name]
        if query.kind in ("implied", "valued") and query.time == was[-1].time + 1:
            update["time"] = is_[-1].time + 1 if is_ else 0
        return query.model_copy(update=update)

    # Words.

    def turns(self) -> list[Turn]:
        same = self.unchanged()
        episode, game = self.episode, self.edit.game
        talk = small_talk(episode) if isinstance(game, Bargain) else 0
        fresh = tell(self.original.agents, episode.conventions, self.play.world, random.Random(self.seed), talk)
        was, is_ = self.setting(self.original.play), self.setting(self.play)
        return [
            *retold(episode.turns[: len(was)], was, is_),
            *(turn for turn in episode.turns[len(was) :] if turn.time < same),
            *(turn for turn in fresh[len(is_) :] if turn.time >= same),
        ]

    def unchanged(self) -> int:
        events = list(zip(self.original.play.world.events, self.play.world.events, strict=False))
        return next((index for index, (old, new) in enumerate(events) if old != new), len(events))

    def setting(self, play: Play) -> list[tuple[list[str], str]]:
        agents, conventions, rng = self.original.agents, self.episode.conventions, random.Random(self.seed)
        told = setting(play.wording, agents, conventions, play.world, rng)
        return [(list(audience), text) for audience, text in told]


def called(world: NegotiationWorld) -> list[tuple[str, str, int]]:
    """Events by who does what, and for which time."""
    counts: dict[tuple[str, str], int] = {}
    names: list[tuple[str, str, int]] = []
    for event in world.events:
        key = event.agent, event.kind
        counts[key] = counts.get(key, 0) + 1
        names.append((*key, counts[key]))
    return names
