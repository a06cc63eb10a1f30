"""Turns of a negotiation in the words of models: what each must say, and what it may mention.

A model may put into words what a party says: talk, proposals, answers, withdrawals, and small talk. The setting, what
is harvested, given and punished, and what became of the stock are the world's own narration.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from madata.validators import spoken
from madata.validators.negotiation.reading.moves import Moves
from madata.validators.negotiation.reading.skeleton import Vocabulary
from madata.validators.spoken import TALK, Json

ANSWERS = ("accept-proposal", "reject-proposal")
SPEECH = ("propose", *ANSWERS, "inform", "query", "threaten", "promise", "withdraw")


@dataclass(frozen=True, slots=True)
class Line(spoken.Line):
    """`act` is the kind of the event, `event` the event itself (None in small talk), `speaker` the actor's id, and
    `ids` the agents by name. `proposals` are those of others that the speaker has heard, in the order made; `answered`
    is the one that the act accepts or rejects. `private` are the figures that only the speaker knows. `moves` reads
    words."""

    speaker: str
    event: Json | None
    ids: Mapping[str, str]
    proposals: tuple[Json, ...]
    answered: Json | None
    game: Json
    moves: Moves = field(compare=False, repr=False)


class Scene:
    """A negotiation while it is told: its names, and which events have been."""

    def __init__(self, agents: Sequence[Json], world: Json) -> None:
        self._agents = {agent["id"]: agent["name"] for agent in agents}
        self._game = world["game"]
        self._moves = Moves(agents, world, Vocabulary(agents, self._game))
        self._names = frozenset(_names(self._game))
        self._parties = {party["agent"]: party for party in self._game["parties"]}
        self._events: dict[int, Json] = {}

    def act(self, turn: Json, event: Json | None) -> str | None:
        """The act a model may put into words here; None where the world's own narration belongs."""
        speaker = turn["speaker"]
        if speaker not in self._agents:
            return None
        if event is None:
            return TALK if turn["event"] is None and turn["act"] is None else None
        told = turn["event"] in self._events
        return event["kind"] if event["kind"] in SPEECH and event["agent"] == speaker and not told else None

    def line(self, turn: Json, event: Json | None) -> Line:
        """A turn that is about to be said."""
        act = self.act(turn, event)
        if act is None:
            raise ValueError(f"turn {turn['index']} is told by the world, not by a model")
        speaker = turn["speaker"]
        people = tuple(self._agents.values())
        return Line(
            text=turn["text"],
            act=act,
            speech=True,
            actor=self._agents[speaker],
            aloud=True,
            hearers=tuple(self._agents[each] for each in self._agents if each in turn["audience"] and each != speaker),
            people=people,
            must=(),
            may=frozenset(people),
            holds=None,
            names=self._names,
            topics=frozenset(),
            met=frozenset(people),
            private=frozenset(map(str, _figures(self._parties.get(speaker, {})))),
            speaker=speaker,
            event=event,
            ids={name: each for each, name in self._agents.items()},
            proposals=tuple(self._heard(speaker, event)),
            answered=self._events.get(event["proposal"]) if event and act in ANSWERS else None,
            game=self._game,
            moves=self._moves,
        )

    def hear(self, turn: Json, event: Json | None) -> None:
        """A turn that was said, whoever said it."""
        if event is not None:
            self._events.setdefault(turn["event"], event)

    def _heard(self, speaker: str, event: Json | None) -> Iterator[Json]:
        if event is None:
            return
        for made in self._events.values():
            arrived = made["time"] + 1 + made["delay"] <= event["time"]
            if made["kind"] == "propose" and speaker in made["to"] and arrived:
                yield made


def _names(game: Json) -> Iterator[str]:
    for issue in game.get("issues", ()):
        yield issue["name"]
        yield from issue.get("options", ())
    if "resource" in game:
        yield game["resource"]


def _figures(party: Mapping[str, Any]) -> Iterator[int]:
    """Points, reservation and patience, as only the party knows them."""
    for worth in party.get("worth", ()):
        yield from worth if isinstance(worth, list) else [worth]
    yield from (party[part] for part in ("reservation", "deadline") if part in party)
