"""How far probes get without reasoning: what scores well on heuristics alone measures heuristics.

Fixed heuristics pick an option by where or how often the story mentions it, by its length, or by what is so in the
world whoever is asked about (reality bias). Learned ones see no more than part of an item: the options (Poliak et al.
2018, hypothesis-only baselines), the question without the story, or the story without the question (Kaushik and Lipton
2018). They are linear models on words or pairs of words, trained on half of the documents and tested on the other;
documents of one structure are in one half.

Where an item compares a belief with the world, half of the score comes from items where they agree and half from items
where they do not (Gandhi et al. 2023): whoever always answers with what is so scores 50 %. A separate probe is to
tell the two apart from the question alone.

Chance is what a random option scores. Intervals are linearised, clustered by document; a finding needs the whole
interval above the limit, so that few items do not fail by chance.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import blake2b
from heapq import heappushpop, heappush
from typing import TYPE_CHECKING, Any, NamedTuple

from madata.schemas.words import UNSETTLED
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document
from madata.validators.picture import Bar, Bars
from madata.validators.settings import Settings
from madata.validators.task import module

if TYPE_CHECKING:
    import numpy as np

NAME = "shortcuts"
MARGIN = 0.05  # above max(chance, 0.5), as the gate of the project has it
MOST_AUC = 0.55
LEAST = 100  # items in a cell: with fewer the interval is wider than what is looked for
MOST = 2_000  # documents of a group: intervals of two points, and fitting stays within seconds
CONTEXT = 4  # words on each side of where the story mentions an option
Z = 1.96
WORD = re.compile(r"[\w'’]+|[?]")


class Probed(NamedTuple):
    """An item as probes see it. `fixed` has what each fixed heuristic scores; `helps` says whether its answer is what
    holds of the world, None if that does not compare. Texts are masked."""

    cell: tuple[str, ...]
    gated: bool
    helps: bool | None
    right: tuple[bool, ...]
    fixed: dict[str, float]
    question: str
    options: tuple[str, ...]
    hints: tuple[str, ...]


class Fact(NamedTuple):
    key: int
    half: int
    id: str
    group: str
    items: tuple[Probed, ...]


def number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big")


def fact(document: Document, settings: Settings) -> Fact | None:
    items = [item for item in document.items if 1 < len(item.options) and {*item.answer} & {*item.options}]
    if not items:
        return None
    episode = document.episode
    structure = episode["structure"] if episode else document.masked
    story = Story(document)
    questions = {each["id"]: each for each in episode["questions"]} if episode else {}
    task = module(episode["task"], "probing") if episode else None
    probed = []
    for item in items:
        question = questions.get(item.id)
        so = task.reality(episode, question) if task else None
        right = tuple(option in item.answer for option in item.options)
        mentions = [story.mentions(option) for option in item.options]
        scores = fixed(item.options, mentions)
        if so in item.options:
            scores["reality"] = [float(option == so) for option in item.options]
        probed.append(
            Probed(
                cell=tuple(item.labels[label] for label in ("ability", "kind") if label in item.labels),
                gated=task.gated(question) if task else True,
                helps=so in item.answer if so in item.options else None,
                right=right,
                fixed={name: hit(each, right) for name, each in scores.items()},
                question=document.mask(item.text).lower(),
                options=tuple(document.mask(option).lower() for option in item.options),
                hints=tuple(hints(story, item.text, item.options, mentions)),
            )
        )
    return Fact(number(document.id), number(structure) % 2, document.id, document.group, tuple(probed))


class Story:
    """Where the text of a document mentions what."""

    def __init__(self, document: Document) -> None:
        self.text = document.text.casefold()
        self.mask = document.mask
        self.raw = document.text
        self.known: dict[str, tuple[int, ...]] = {}

    def mentions(self, option: str) -> tuple[int, ...]:
        if option not in self.known:
            self.known[option] = tuple(self._find(option.casefold()))
        return self.known[option]

    def _find(self, wanted: str) -> Iterator[int]:
        """As words of their own."""
        at = self.text.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            if not (at and self.text[at - 1].isalnum()) and not self.text[end : end + 1].isalnum():
                yield at
            at = self.text.find(wanted, end)

    def around(self, place: int, length: int) -> str:
        before = self.raw[max(0, place - 60) : place].split()[-CONTEXT:]
        after = self.raw[place + length : place + length + 60].split()[:CONTEXT]
        return self.mask(f"{' '.join(before)} _ {' '.join(after)}").lower()


def fixed(options: Sequence[str], mentions: Sequence[tuple[int, ...]]) -> dict[str, list[float]]:
    """What fixed heuristics give to each option; the highest is picked."""
    nowhere = float("-inf")
    return {
        "last mentioned": [places[-1] if places else nowhere for places in mentions],
        "first mentioned": [-places[0] if places else nowhere for places in mentions],
        "most mentioned": [float(len(places)) for places in mentions],
        "least mentioned": [-float(len(places)) for places in mentions],
        "longest option": [float(len(option)) for option in options],
        "shortest option": [-float(len(option)) for option in options],
    }


def hit(scores: Sequence[float], right: Sequence[bool]) -> float:
    """The score of picking the best; where several are best, of picking one of them at random."""
    best = max(scores)
    picked = [good for score, good in zip(scores, right, strict=True) if score == best]
    return sum(picked) / len(picked)


def hints(
    story: Story, question: str, options: Sequence[str], mentions: Sequence[tuple[int, ...]]
) -> Iterator[str]:
    """What the story shows of each option, as words: how often it is mentioned, how late, and among which words."""
    lasts = sorted((places[-1] for places in mentions if places), reverse=True)
    firsts = sorted(places[0] for places in mentions if places)
    for option, places in zip(options, mentions, strict=True):
        if not places:
            yield "never"
            continue
        ranks = f"last{lasts.index(places[-1])} first{firsts.index(places[0])} times{min(len(places), 9)}"
        yield f"{ranks} | {story.around(places[-1], len(option))} | {story.around(places[0], len(option))}"


# What is learned.

Tokens = Callable[[Probed, int], Iterator[str]]


def words(text: str) -> list[str]:
    return WORD.findall(text)


def pairs(tokens: Sequence[str]) -> Iterator[str]:
    for left, right in zip(tokens, tokens[1:], strict=False):
        yield f"{left} {right}"


def option_tokens(item: Probed, place: int) -> Iterator[str]:
    """Of an option, and of how it stands among the others."""
    option, own = item.options[place], words(item.options[place])
    yield f"={option}"
    yield from own
    yield from pairs(own)
    count = len(item.options)
    yield f"place {place}/{count}"
    lengths = sorted(len(each) for each in item.options)
    yield f"length {lengths.index(len(option))}/{count}"
    shared = sum(len({*own} & {*words(each)}) for each in item.options) - len({*own})
    yield f"shared {min(shared, 12)}"
    yield f"unsettled {UNSETTLED in item.options} {option == UNSETTLED}"


def without_story(item: Probed, place: int) -> Iterator[str]:
    asked = [*words(item.question)]
    option = item.options[place]
    yield from option_tokens(item, place)
    yield f"overlap {len({*asked} & {*words(option)})}"
    for each in dict.fromkeys(asked):
        yield f"{each}>{option}"
        yield f"{each}>{place}"


def without_story_pairs(item: Probed, place: int) -> Iterator[str]:
    yield from without_story(item, place)
    for each in dict.fromkeys(pairs(words(item.question))):
        yield f"{each}>{item.options[place]}"


def without_question(item: Probed, place: int) -> Iterator[str]:
    yield from option_tokens(item, place)
    for each in words(item.hints[place]):
        yield f"story {each}"


def without_question_pairs(item: Probed, place: int) -> Iterator[str]:
    yield from without_question(item, place)
    for each in pairs(words(item.hints[place])):
        yield f"story {each}"


LEARNED: dict[str, Tokens] = {
    "options only": option_tokens,
    "story hidden (words)": without_story,
    "story hidden (pairs)": without_story_pairs,
    "question hidden (words)": without_question,
    "question hidden (pairs)": without_question_pairs,
}


def fitted(rows: Sequence[list[str]], good: Sequence[bool], tested: Sequence[list[str]]) -> "np.ndarray[Any, Any]":
    """What a linear model, trained on the first rows, says of the others."""
    import numpy as np
    from sklearn.feature_extraction.text import HashingVectorizer
    from sklearn.linear_model import LogisticRegression

    if len({*good}) < 2:
        return np.zeros(len(tested))
    hashing = HashingVectorizer(analyzer=list, n_features=2**18, alternate_sign=False, binary=True, norm="l2")
    model = LogisticRegression(C=3.0, max_iter=100, solver="liblinear", random_state=0)
    model.fit(hashing.transform(rows), np.array(good))
    return np.asarray(model.decision_function(hashing.transform(tested)))


class Scored(NamedTuple):
    document: int
    item: Probed
    score: float


def learned(facts: Sequence[Fact], tokens: Tokens) -> list[Scored]:
    """Items of the other half, scored by a model of the first."""
    rows: tuple[list[list[str]], list[list[str]]] = ([], [])
    good: list[bool] = []
    for each in facts:
        for item in each.items:
            rows[each.half].extend([*tokens(item, place)] for place in range(len(item.options)))
            if not each.half:
                good.extend(item.right)
    if not rows[0] or not rows[1]:
        return []
    said = iter(fitted(rows[0], good, rows[1]).tolist())
    return [
        Scored(each.key, item, hit([next(said) for _ in item.options], item.right))
        for each in facts
        if each.half
        for item in each.items
    ]


def habits(facts: Sequence[Fact], habit: Callable[[Probed, int], str]) -> list[Scored]:
    """What was right most often among the items of a cell: the same place, the same words."""
    offered: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    right: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
    for each in facts:
        for item in each.items if not each.half else ():
            for place, good in enumerate(item.right):
                offered[item.cell][habit(item, place)] += 1
                right[item.cell][habit(item, place)] += good

    def rate(item: Probed, place: int) -> float:
        what = habit(item, place)
        return (right[item.cell][what] + 1) / (offered[item.cell][what] + len(item.options))

    return [
        Scored(each.key, item, hit([rate(item, place) for place in range(len(item.options))], item.right))
        for each in facts
        if each.half
        for item in each.items
    ]


# What is concluded.


class Estimate(NamedTuple):
    score: float
    low: float
    high: float


def estimate(scored: Sequence[Scored]) -> Estimate:
    """Where beliefs compare with the world, the mean of the means of both sides; else the mean."""
    sides: dict[bool | None, list[Scored]] = defaultdict(list)
    for each in scored:
        sides[each.item.helps].append(each)
    compared = [sides[side] for side in (True, False) if sides[side]]
    parts = [(sides[None], len(sides[None]) / len(scored))] if sides[None] else []
    rest = 1 - len(sides[None]) / len(scored)
    parts += [(side, rest / len(compared)) for side in compared]
    total = 0.0
    by_document: dict[int, float] = defaultdict(float)
    for side, weight in parts:
        mean = sum(each.score for each in side) / len(side)
        total += weight * mean
        for each in side:
            by_document[each.document] += weight * (each.score - mean) / len(side)
    spread = Z * sum(value**2 for value in by_document.values()) ** 0.5
    return Estimate(total, max(0.0, total - spread), min(1.0, total + spread))


def separation(facts: Sequence[Fact]) -> tuple[Estimate, int] | None:
    """AUC of telling, from the question and its options, items where belief and world agree from those where not;
    clustered by document (Obuchowski 1997)."""
    import numpy as np
    from scipy.stats import rankdata

    rows: tuple[list[list[str]], list[list[str]]] = ([], [])
    helps: tuple[list[bool], list[bool]] = ([], [])
    documents = []
    for each in facts:
        for item in each.items:
            if item.gated and item.helps is not None:
                asked = words(item.question)
                tokens = [*asked, *pairs(asked), *(f"={option}" for option in item.options), f"{len(item.options)}"]
                rows[each.half].append(tokens)
                helps[each.half].append(item.helps)
                if each.half:
                    documents.append(each.key)
    truth = np.array(helps[1])
    if not len(truth) or min(truth.sum(), (~truth).sum()) < LEAST / 2:
        return None
    said = fitted(rows[0], helps[0], rows[1])
    within = np.where(truth, 0.0, 0.0)
    for side in (True, False):
        within[truth == side] = rankdata(said[truth == side])
    above = (rankdata(said) - within) / np.where(truth, (~truth).sum(), truth.sum())
    placement = np.where(truth, above, 1 - above)
    auc = float(placement[truth].mean())
    share = (placement - auc) / np.where(truth, truth.sum(), (~truth).sum())
    by_document: dict[int, float] = defaultdict(float)
    for key, value in zip(documents, share.tolist(), strict=True):
        by_document[key] += value
    spread = Z * sum(value**2 for value in by_document.values()) ** 0.5
    return Estimate(auc, max(0.0, auc - spread), min(1.0, auc + spread)), len(truth)


def sampled(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    """Of each group the `MOST` documents whose ids have the smallest hashes."""
    heaps: dict[str, list[tuple[int, str, Fact]]] = defaultdict(list)
    for each in facts:
        heap = heaps[each.group]
        (heappush if len(heap) < MOST else heappushpop)(heap, (-each.key, each.id, each))
    return {group: [each for _, _, each in sorted(heap, key=lambda one: one[:2])] for group, heap in heaps.items()}


def probes(facts: Sequence[Fact]) -> Iterator[tuple[str, list[Scored]]]:
    """Every probe with the items it was tried on."""
    fixed: dict[str, list[Scored]] = defaultdict(list)
    for each in facts:
        for item in each.items:
            for name, score in item.fixed.items():
                fixed[name].append(Scored(each.key, item, score))
    yield from fixed.items()
    yield "position", habits(facts, lambda item, place: f"{place}/{len(item.options)}")
    yield "usual answer", habits(facts, lambda item, place: item.options[place])
    for name, tokens in LEARNED.items():
        yield name, learned(facts, tokens)


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    findings, figures, pictures = [], {}, []
    for group, sample in sampled(facts).items():
        kind = "file" if sample[0].items[0].cell == () else "family"
        cells: dict[str, dict[str, Any]] = {}
        for probe, scored in probes(sample):
            by_cell: dict[str, list[Scored]] = defaultdict(list)
            for each in scored:
                by_cell[" ".join(each.item.cell)].append(each)
                if each.item.gated and each.item.cell:
                    by_cell["all gated"].append(each)
            for cell, members in by_cell.items():
                if len(members) < LEAST:
                    continue
                found = estimate(members)
                chance = sum(sum(each.item.right) / len(each.item.right) for each in members) / len(members)
                limit = max(chance, 0.5) + MARGIN
                gated = members[0].item.gated
                row = {"score": found.score, "low": found.low, "high": found.high, "chance": chance, "limit": limit}
                rounded = {name: round(value, 4) for name, value in row.items()}
                cells.setdefault(cell or "questions", {})[probe] = {**rounded, "items": len(members), "gated": gated}
                if gated and found.low > limit:
                    where = f"{probe}, {cell or 'questions'}"
                    expected = f"at most {limit:.1%} without reasoning"
                    interval = f"{found.low:.1%} to {found.high:.1%}"
                    told = f"{found.score:.1%} ({interval}; chance {chance:.1%}) of {len(members):,} items"
                    findings.append(Finding(NAME, f"{kind} {group}", where, expected, told))
        if told_apart := separation(sample):
            found, count = told_apart
            cells.setdefault("all gated", {})["true from false belief (AUC)"] = {
                "score": round(found.score, 4), "low": round(found.low, 4), "high": round(found.high, 4),
                "chance": 0.5, "limit": MOST_AUC, "items": count, "gated": True,
            }
            if found.low > MOST_AUC:
                told = f"{found.score:.3f} ({found.low:.3f} to {found.high:.3f}) of {count:,} items"
                where = "true from false belief by the question"
                findings.append(Finding(NAME, f"{kind} {group}", where, f"an AUC of at most {MOST_AUC}", told))
        figures[group] = cells
        pooled = cells.get("all gated") or cells.get("questions") or {}
        bars = [Bar(probe, row["score"], row["low"], row["high"], row["limit"]) for probe, row in pooled.items()]
        if bars:
            pictures.append(Bars(f"Without reasoning: {group}", "share", tuple(bars)))
    return Conclusion(findings, {"shortcuts": figures}, list(pictures))


CHECK = Check(
    NAME,
    "no belief or inference item is answered without reasoning",
    fact=fact,
    conclude=conclude,
)
