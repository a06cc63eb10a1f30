"""A generated run of negotiations beside one of people (`madata realism RUN HUMAN --out DIR`).

Like is compared with like: bargains of two over splits; and of those, where both runs have `ENOUGH` of them, only the
ones of CaSiNo's camp site (three things of three units, worth 5, 4 and 3). Both runs are measured by the same code. A
figure has many values: one a dialogue, a turn or an offer; if it is a rate, one of each `BLOCK` dialogues; if it is a
vocabulary, one of each thousand words. It counts as inside if the generated median lies between the quartiles of the
people's values. That says a typical dialogue is like a typical one of theirs, not that the two could not be told apart.

Consecutive utterances of one speaker are one turn. Offers are what `offers.Reader` reads from the words of turns, on
both sides. One that only repeats the offer before it, whoever made that, agrees or insists and is none. In an imported
dialogue a turn that tells an event tells of a button pressed: its words are the importer's, so it may be an offer, but
is nobody's turn.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from statistics import quantiles
from typing import Any, NamedTuple, TypeVar

from madata.cards.offers import Reader, Shares
from madata.cards.show import episodes, plain
from madata.schemas.negotiation import Bargain, BargainOutcome, Split
from madata.schemas.tasks import NegotiationEpisode
from madata.validators.lines import InputError
from madata.validators.spoken import words

ENOUGH = 50
BLOCK = 50
THOUSAND = 1000
SHOWN = 20
"""Parties that must have made a k-th offer for the curve to go that far."""

CAMP_SITE = ([3, 3, 3], [3, 4, 5])

T = TypeVar("T")


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


class Spread(NamedTuple):
    """Quartiles of `values` values."""

    q1: float
    median: float
    q3: float
    values: int


class Figure(NamedTuple):
    name: str
    human: Spread | None
    generated: Spread | None

    @property
    def inside(self) -> bool | None:
        if self.human is None or self.generated is None:
            return None
        return self.human.q1 <= self.generated.median <= self.human.q3


class Side(NamedTuple):
    """A run: how many episodes it has, how many are bargains of two over splits, and those compared."""

    path: Path
    episodes: int
    comparable: int
    dialogues: list[Dialogue]


class Comparison(NamedTuple):
    camp_site: bool
    human: Side
    generated: Side
    figures: list[Figure]


def compare(run: Path, human: Path) -> Comparison:
    """Raises `InputError` for a run that has nothing to compare."""
    generated, people = read(run), read(human)
    camp_site = all(sum(dialogue.camp_site for dialogue in side.dialogues) >= ENOUGH for side in (generated, people))
    if camp_site:
        generated, people = (
            side._replace(dialogues=[dialogue for dialogue in side.dialogues if dialogue.camp_site])
            for side in (generated, people)
        )
    mine, theirs = measure(generated.dialogues), measure(people.dialogues)
    figures = [Figure(name, spread(theirs[name]), spread(mine[name])) for name in theirs]
    return Comparison(camp_site, people, generated, figures)


def read(path: Path) -> Side:
    seen = 0
    found: list[Dialogue] = []
    for episode in episodes(path):
        seen += 1
        if isinstance(episode, NegotiationEpisode) and (dialogue := comparable(episode)):
            found.append(dialogue)
    if not found:
        raise InputError(
            f"{path} has no bargain of two over splits among its {seen:,} episodes: "
            "name a run that has (`madata generate negotiation --family multi_issue`, `madata import casino`)"
        )
    return Side(path, seen, len(found), found)


def comparable(episode: NegotiationEpisode) -> Dialogue | None:
    """What is measured of an episode; None if it is no bargain of two over splits."""
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
        "distinct words per 1,000": [len(set(some)) for some in blocks(said, THOUSAND) if len(some) == THOUSAND],
        "offers a dialogue": [len(dialogue.offers) for dialogue in dialogues],
        "first offer, own worth / greatest": [series[0] for series in by_party(dialogues)],
        "agreement rate": [rate([each.agreed for each in some]) for some in blocks(dialogues, BLOCK)],
        "Pareto optimal deals": [rate([bool(each.pareto) for each in some]) for some in blocks(agreed, BLOCK)],
        "joint points / greatest": [dialogue.joint for dialogue in agreed if dialogue.joint is not None],
    }


def blocks(items: Sequence[T], size: int) -> list[Sequence[T]]:
    """Whole blocks; the rest is a block only where it is all there is."""
    whole = [items[start : start + size] for start in range(0, len(items) - size + 1, size)]
    return whole or ([items] if items else [])


def rate(cases: Sequence[bool]) -> float:
    return sum(cases) / len(cases)


def spread(values: Sequence[float]) -> Spread | None:
    if not values:
        return None
    q1, median, q3 = quantiles(values, n=4, method="inclusive") if len(values) > 1 else [values[0]] * 3
    return Spread(q1, median, q3, len(values))


def concessions(side: Side) -> list[Spread]:
    """By the number of the offer: what it is worth to whoever makes it, relative to the greatest."""
    series = by_party(side.dialogues)
    curve: list[Spread] = []
    while len(reached := [each[len(curve)] for each in series if len(each) > len(curve)]) >= min(SHOWN, len(series)):
        if not (point := spread(reached)):
            break
        curve.append(point)
    return curve


# What is written.


def write(comparison: Comparison, out: Path) -> str:
    """Three files in `out`; the table of figures."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "realism.json").write_text(json.dumps(as_json(comparison), indent=2, sort_keys=True) + "\n")
        (out / "realism.md").write_text(page(comparison))
        draw(comparison, out / "concessions.png")
    except OSError as error:
        raise InputError(f"{error.filename or out}: {error.strerror}; choose another directory with --out") from error
    return table(comparison)


def as_json(comparison: Comparison) -> dict[str, Any]:
    sides = {"human": comparison.human, "generated": comparison.generated}
    return {
        "camp_site": comparison.camp_site,
        "runs": {
            name: {
                "path": str(side.path),
                "episodes": side.episodes,
                "bargains_of_two_over_splits": side.comparable,
                "compared": len(side.dialogues),
            }
            for name, side in sides.items()
        },
        "figures": {
            figure.name: {
                "human": figure.human and figure.human._asdict(),
                "generated": figure.generated and figure.generated._asdict(),
                "inside": figure.inside,
            }
            for figure in comparison.figures
        },
        "concessions": {name: [point._asdict() for point in concessions(side)] for name, side in sides.items()},
    }


def table(comparison: Comparison) -> str:
    """The figures as a table, in Markdown."""
    header = ["figure", "people: median", "quartiles", "generated: median", "quartiles", ""]
    rows = [
        [
            figure.name,
            *(cell for side in (figure.human, figure.generated) for cell in cells(side)),
            {True: "inside", False: "OUTSIDE", None: "too few"}[figure.inside],
        ]
        for figure in comparison.figures
    ]
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    ruled = [header, ["-" * width for width in widths], *rows]
    return "\n".join(f"| {' | '.join(map(str.ljust, row, widths))} |" for row in ruled) + "\n"


def cells(side: Spread | None) -> tuple[str, str]:
    return (f"{side.median:.4g}", f"{side.q1:.4g} to {side.q3:.4g}") if side else ("", "")


def page(comparison: Comparison) -> str:
    inside = [figure.inside for figure in comparison.figures]
    kind = "bargains about CaSiNo's camp site" if comparison.camp_site else "bargains of two over splits"
    counts = "".join(
        f"- {name}: `{plain(str(side.path))}`, {side.episodes:,} episodes, {side.comparable:,} of them bargains of two "
        f"over splits, {len(side.dialogues):,} compared\n"
        for name, side in (("people", comparison.human), ("generated", comparison.generated))
    )
    return (
        f"# Generated negotiations beside those of people\n\nCompared are {kind}.\n\n{counts}\n{table(comparison)}\n"
        f"{inside.count(True)} of {len(inside)} generated medians lie between the quartiles of the people's values. "
        "How each is taken is said in `cards/realism.py`, how offers are read from words in `cards/offers.py`.\n\n"
        "![Own worth of successive offers](concessions.png)\n"
    )


def draw(comparison: Comparison, path: Path) -> None:
    """The concession curves: medians as lines, quartiles as bands."""
    from matplotlib.figure import Figure as Canvas
    from matplotlib.ticker import MaxNLocator

    canvas = Canvas(figsize=(7, 4.5), layout="constrained")
    axes = canvas.subplots()
    for name, side, colour in (("people", comparison.human, "C0"), ("generated", comparison.generated, "C1")):
        curve = concessions(side)
        numbers = range(1, len(curve) + 1)
        axes.plot(numbers, [point.median for point in curve], marker="o", color=colour, label=name)
        axes.fill_between(
            numbers, [point.q1 for point in curve], [point.q3 for point in curve], color=colour, alpha=0.2, linewidth=0
        )
    axes.set(xlabel="offer of a party", ylabel="own worth / greatest", ylim=(0, 1.05))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(title="median and quartiles")
    canvas.savefig(path, dpi=150, metadata={"Software": None})
