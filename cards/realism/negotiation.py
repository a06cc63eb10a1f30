"""Generated bargains beside those of people.

Like is compared with like: bargains of two over splits; and of those, where both runs have `ENOUGH` of them, only the
ones of CaSiNo's camp site (three things of three units, worth 5, 4 and 3).

Consecutive utterances of one speaker are one turn. Offers are what `offers.Reader` reads from the words of turns, on
both sides. One that only repeats the offer before it, whoever made that, agrees or insists and is none. In an imported
dialogue a turn that tells an event tells of a button pressed: its words are the importer's, so it may be an offer, but
is nobody's turn.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from madata.cards.realism.figures import Curve, Kind, Side, Spread, rates, spread, vocabulary
from madata.cards.realism.offers import Reader, Shares
from madata.schemas.negotiation import Bargain, BargainOutcome, Split
from madata.schemas.tasks import Episode, NegotiationEpisode
from madata.validators.spoken import words

ENOUGH = 50
SHOWN = 20
"""Parties that must have made a k-th offer for the curve to go that far."""

CAMP_SITE = ([3, 3, 3], [3, 4, 5])


@dataclass(frozen=True, slots=True)
class Dialogue:
    """What is measured of one. `offers`: whose, and their own worth of it as a share of the greatest they could get.
    `joint`: the points of both as a share of the most there are; None without a deal, as `pareto`."""

    camp_site: bool
    turns: list[tuple[str, ...]]
    offers: list[tuple[str, float]]
    agreed: bool
    pareto: bool | None
    joint: float | None


def comparable(episode: Episode) -> Dialogue | None:
    """What is measured of an episode; None if it is no bargain of two over splits."""
    if not isinstance(episode, NegotiationEpisode):
        return None
    game, outcome = episode.world.game, episode.outcome
    if not isinstance(game, Bargain) or not isinstance(outcome, BargainOutcome):
        return None
    issues = [issue for issue in game.issues if isinstance(issue, Split)]
    ids = [agent.id for agent in episode.agents]
    worths = {
        party.agent: [each for each in party.worth if isinstance(each, int)]
        for party in game.parties
        if len(party.worth) == len(game.issues)
    }
    of_splits = all(len(worth) == len(issues) == len(game.issues) for worth in worths.values())
    if len(ids) != 2 or not of_splits or sorted(worths) != sorted(ids):
        return None
    units = [issue.units for issue in issues]
    greatest = {id: value(worth, units) for id, worth in worths.items()}
    best = sum(outcome.welfare.points)
    if min(greatest.values()) <= 0 or best <= 0:
        return None
    said = utterances(episode)
    reader = Reader([(issue.name, issue.units) for issue in issues])
    names = {agent.id: agent.name for agent in episode.agents}
    return Dialogue(
        camp_site=all((sorted(units), sorted(worth)) == CAMP_SITE for worth in worths.values()),
        turns=[words(each.text) for each in said if not each.pressed],
        offers=[
            (speaker, value(worths[speaker], shares) / greatest[speaker])
            for speaker, shares in offers(reader, said, names)
        ],
        agreed=outcome.ended == "agreement",
        pareto=outcome.pareto,
        joint=sum(outcome.points.values()) / best if outcome.ended == "agreement" else None,
    )


def value(worth: Sequence[int], units: Sequence[int]) -> int:
    return sum(each * count for each, count in zip(worth, units, strict=True))


class Said(NamedTuple):
    speaker: str
    pressed: bool
    text: str


def utterances(episode: NegotiationEpisode) -> list[Said]:
    """What each of two says before the other does; `pressed`: by a button."""
    imported = episode.provenance.source is not None
    ids = {agent.id for agent in episode.agents}
    spoken = [
        Said(turn.speaker, imported and turn.event is not None, turn.text)
        for turn in episode.turns
        if turn.speaker in ids
    ]
    return [
        Said(speaker, pressed, "\n".join(said.text for said in together))
        for (speaker, pressed), together in groupby(spoken, key=lambda said: (said.speaker, said.pressed))
    ]


def offers(reader: Reader, said: Sequence[Said], names: Mapping[str, str]) -> Iterator[tuple[str, Shares]]:
    """The offers made: whose, and what each gives that one."""
    before: dict[str, Shares] = {}
    for speaker, _, text in said:
        [other] = [id for id in names if id != speaker]
        if (shares := reader.offer(text, names[speaker], names[other])) is None:
            continue
        rest = tuple(units - share for units, share in zip(reader.units, shares, strict=True))
        if before != (before := {speaker: shares, other: rest}):
            yield speaker, shares


def by_party(dialogues: Sequence[Dialogue]) -> list[list[float]]:
    """The offers of each party that made any, in order."""
    found: list[list[float]] = []
    for dialogue in dialogues:
        series: dict[str, list[float]] = defaultdict(list)
        for speaker, share in dialogue.offers:
            series[speaker].append(share)
        found += series.values()
    return found


def measure(dialogues: Sequence[Dialogue]) -> dict[str, list[float]]:
    """The values of each figure."""
    said = [word for dialogue in dialogues for turn in dialogue.turns for word in turn]
    agreed = [dialogue for dialogue in dialogues if dialogue.agreed]
    return {
        "turns a dialogue": [len(dialogue.turns) for dialogue in dialogues],
        "words a turn": [len(turn) for dialogue in dialogues for turn in dialogue.turns],
        "distinct words per 1,000": vocabulary(said),
        "offers a dialogue": [len(dialogue.offers) for dialogue in dialogues],
        "first offer, own worth / greatest": [series[0] for series in by_party(dialogues)],
        "agreement rate": rates([each.agreed for each in dialogues]),
        "Pareto optimal deals": rates([bool(each.pareto) for each in agreed]),
        "joint points / greatest": [dialogue.joint for dialogue in agreed if dialogue.joint is not None],
    }


def concessions(side: Side) -> list[Spread]:
    """By the number of the offer: what it is worth to whoever makes it, relative to the greatest."""
    series = by_party(side.dialogues)
    curve: list[Spread] = []
    while len(reached := [each[len(curve)] for each in series if len(each) > len(curve)]) >= min(SHOWN, len(series)):
        if not (point := spread(reached)):
            break
        curve.append(point)
    return curve


def alike(generated: Side, people: Side) -> tuple[Side, Side, str]:
    if any(sum(dialogue.camp_site for dialogue in side.dialogues) < ENOUGH for side in (generated, people)):
        return generated, people, ABOUT
    generated, people = (
        side._replace(dialogues=[dialogue for dialogue in side.dialogues if dialogue.camp_site])
        for side in (generated, people)
    )
    return generated, people, "bargains about CaSiNo's camp site"


ABOUT = "bargains of two over splits"
KIND = Kind(
    about=ABOUT,
    sources="`madata generate negotiation --family multi_issue`, `madata import casino`",
    comparable=comparable,
    alike=alike,
    measure=measure,
    curve=Curve("concessions", "offer of a party", "own worth / greatest", concessions),
    said_in="`cards/realism/negotiation.py`, how offers are read from words in `cards/realism/offers.py`",
)
