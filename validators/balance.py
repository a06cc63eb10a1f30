"""How labels, names and lengths are distributed, and where that is plainly lopsided.

Right answers should not be had from where they stand, from how long they are, or by always giving one of them; names
should not be those of one culture or gender. What users choose themselves (families, abilities, orders, knobs) is told
and never found fault with. A lopsided share is a finding if it is both certain (chi-square, `ALPHA`) and large: with
100,000 episodes any hair's breadth is certain. Shares are taken by section: a task, or rows.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from madata.validators import task
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.document import Document, Item
from madata.validators.corpus.given_names import gender, origins, people
from madata.validators.measure import Count, Mean, Measure
from madata.validators.picture import Bar, Bars, Picture, Points
from madata.validators.settings import Settings

NAME = "balance"

MINIMUM = 200  # questions, names or documents; of fewer, shares are noise
ALPHA = 1e-3
LIFT = 0.05  # accuracy above chance that a place, or being longest or shortest, may give away
POLAR = 0.65  # of yes or of no, within a kind of question
ANSWER = 0.75  # of one answer within a kind: a model that says nothing else must not pass three questions of four
CULTURE = 0.50  # of known names: no culture may have more than all others together
GENDER = 0.65  # of names of a known gender
FREQUENT = 0.10  # of documents with one and the same name

YES_NO = frozenset(["yes", "no"])
ROWS = "rows"


class Asked(NamedTuple):
    """A question: the places of its right options, its right answer if there is one alone, and whether its longest and
    its shortest option is right (None where several are as long)."""

    kind: str
    ability: str
    order: int
    options: int
    right: tuple[int, ...]
    answer: str | None
    polar: bool
    longest: bool | None
    shortest: bool | None
    words: int
    evidence: int


class Fact(NamedTuple):
    section: str
    group: str
    words: int
    turns: int
    names: tuple[str, ...]
    asked: tuple[Asked, ...]
    knobs: tuple[tuple[str, int], ...]
    capabilities: tuple[str, ...]
    measures: tuple[Measure, ...]


def fact(document: Document, settings: Settings) -> Fact:
    episode = document.episode
    items = document.items
    evidence = [len(question["evidence"]) for question in episode["questions"]] if episode else [0] * len(items)
    return Fact(
        section=episode["task"] if episode else ROWS,
        group=document.group,
        words=len(document.text.split()),
        turns=len(document.parts),
        names=tuple(people(document)),
        asked=tuple(map(asked, items, evidence)),
        knobs=tuple(episode["difficulty"].items()) if episode else (),
        capabilities=tuple(episode["capabilities"]) if episode else (),
        measures=tuple(task.module(episode["task"], "measures").measures(episode)) if episode else (),
    )


def asked(item: Item, evidence: int) -> Asked:
    options, labels = item.options, item.labels
    longest, shortest = extremes(options, item.answer)
    return Asked(
        kind=labels.get("kind", "question"),
        ability=labels.get("ability", ""),
        order=int(labels.get("order", 0)),
        options=len(options),
        right=tuple(place for place, option in enumerate(options) if option in item.answer),
        answer=item.answer[0] if len(item.answer) == 1 else None,
        polar={option.strip().lower() for option in options} == YES_NO,
        longest=longest,
        shortest=shortest,
        words=len(item.text.split()),
        evidence=evidence,
    )


def extremes(options: tuple[str, ...], answer: tuple[str, ...]) -> tuple[bool | None, bool | None]:
    """Whether the longest and the shortest option is right."""
    if len(options) < 2:
        return None, None
    ordered = sorted(options, key=len)
    longest = ordered[-1] in answer if len(ordered[-1]) > len(ordered[-2]) else None
    shortest = ordered[0] in answer if len(ordered[0]) < len(ordered[1]) else None
    return longest, shortest


class Guess(NamedTuple):
    """How a way of guessing fares: over `asked` questions it is right in `right`, by chance in `chance`."""

    asked: int
    right: int
    chance: float

    def plus(self, right: bool, chance: float) -> "Guess":
        return Guess(self.asked + 1, self.right + right, self.chance + chance)

    @property
    def lift(self) -> float:
        return (self.right - self.chance) / self.asked if self.asked else 0.0


NOTHING = Guess(0, 0, 0.0)


class Section:
    """What is counted over the questions of a section."""

    def __init__(self) -> None:
        self.places: dict[int, Counter[tuple[str, int]]] = defaultdict(Counter)
        self.polar: dict[str, Counter[str]] = defaultdict(Counter)
        self.answers: dict[str, Counter[str]] = defaultdict(Counter)
        self.by_length: dict[str, dict[str, Guess]] = {"longest": {}, "shortest": {}}
        self.shares: dict[str, Counter[str]] = defaultdict(Counter)
        self.lengths: dict[str, array[int]] = defaultdict(lambda: array("L"))
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.means: dict[tuple[str, str, str], dict[str, dict[float, tuple[int, float]]]] = {}
        self.knobs: dict[str, dict[float, tuple[int, float]]] = defaultdict(dict)

    def add(self, fact: Fact) -> None:
        self.shares["families"][fact.group] += 1
        self.shares["capabilities"].update(fact.capabilities)
        self.lengths["words a document"].append(fact.words)
        self.lengths["turns a document"].append(fact.turns)
        self.lengths["questions a document"].append(len(fact.asked))
        for each in fact.asked:
            self._ask(each)
        for knob, value in fact.knobs:
            for each in fact.asked:
                self.knobs[knob][value] = added(self.knobs[knob].get(value), each.order)
        for measure in fact.measures:
            self._measure(measure)

    def _ask(self, each: Asked) -> None:
        self.lengths["words a question"].append(each.words)
        if each.ability:
            self.shares["abilities"][each.ability] += 1
            self.shares["orders"][str(each.order)] += 1
            self.shares["kinds of question"][each.kind] += 1
            self._measure(
                Mean("evidence against order", "order of the question", "events", "evidence", each.order, each.evidence)
            )
        if each.options:
            self.lengths["options a question"].append(each.options)
            self.places[each.options].update((each.kind, place) for place in each.right)
        if each.answer is None:
            return
        if each.polar:
            self.polar[each.kind][each.answer.strip().lower()] += 1
            return
        self.answers[each.kind][each.answer] += 1
        for name, hit in (("longest", each.longest), ("shortest", each.shortest)):
            if hit is not None:
                guesses = self.by_length[name]
                guesses[each.kind] = guesses.get(each.kind, NOTHING).plus(hit, 1 / each.options)

    def _measure(self, measure: Measure) -> None:
        if isinstance(measure, Count):
            self.counts[measure.title][measure.label] += 1
        else:
            picture = self.means.setdefault((measure.title, measure.x_name, measure.y_name), {})
            series = picture.setdefault(measure.series, {})
            series[measure.x] = added(series.get(measure.x), measure.y)


def added(mean: tuple[int, float] | None, value: float) -> tuple[int, float]:
    count, total = mean or (0, 0.0)
    return count + 1, total + value


class Names:
    """Whose names are given to people: by culture and gender, and in how many documents each."""

    def __init__(self) -> None:
        self.documents = 0
        self.mentions = 0
        self.unknown = 0
        self.cultures: dict[str, float] = {}
        self.genders: Counter[str] = Counter()
        self.each: Counter[str] = Counter()

    def add(self, names: tuple[str, ...]) -> None:
        self.documents += bool(names)
        self.mentions += len(names)
        self.each.update(dict.fromkeys(names).keys())
        for name in names:
            if not (found := origins().get(name)):
                self.unknown += 1
                continue
            cultures = dict.fromkeys(origin.culture for origin in found)
            for culture in cultures:
                self.cultures[culture] = self.cultures.get(culture, 0.0) + 1 / len(cultures)
            self.genders[gender(found)] += 1


def conclude(facts: Iterator[Fact], settings: Settings) -> Conclusion:
    sections: dict[str, Section] = {}
    names = Names()
    for each in facts:
        sections.setdefault(each.section, Section()).add(each)
        names.add(each.names)
    findings: list[Finding] = []
    figures: dict[str, Any] = {}
    pictures: list[Picture] = []
    for name, section in sections.items():
        for judge in (places, polar, answers, by_length):
            wrong, told = judge(name, section)
            findings += wrong
            figures |= told
        figures[f"{name}: lengths"] = {what: distribution(values) for what, values in section.lengths.items()}
        pictures += drawn(name, section)
    findings += named(names)
    if names.mentions:
        figures["names"] = told_of(names)
        pictures += [shares("names by apparent culture", names.cultures, CULTURE)]
        pictures += [shares("names by apparent gender", names.genders)]
    return Conclusion(findings, figures, pictures)


Judged = tuple[list[Finding], dict[str, Any]]


def places(name: str, section: Section) -> Judged:
    """Whether right answers stand at every place alike, among questions with as many options."""
    findings, told = [], {}
    for options, counts in sorted(section.places.items()):
        right = at_places(options, counts)
        total = sum(right)
        told[f"{options} options"] = [round(each / total, 3) for each in right] if total else []
        place = max(range(options), key=right.__getitem__)
        if (
            total >= MINIMUM
            and right[place] / total - 1 / options > LIFT
            and uneven(right, [total / options] * options)
        ):
            among = Counter({kind: count for (kind, at), count in counts.items() if at == place})
            kind, count = among.most_common(1)[0]
            expected = f"{1 / options:.0%} of right answers at each of {options} places, at most {LIFT:.0%} more"
            found = f"{right[place] / total:.1%} of {total:,} at place {place + 1}; {count:,} of them in kind {kind}"
            findings.append(Finding(NAME, name, "place of the right answer", expected, found))
    return findings, {f"{name}: place of the right answer": told} if told else {}


def at_places(options: int, counts: Counter[tuple[str, int]]) -> list[int]:
    found = [0] * options
    for (_, place), count in counts.items():
        found[place] += count
    return found


def polar(name: str, section: Section) -> Judged:
    findings, told = [], {}
    for kind, counts in section.polar.items():
        total = counts.total()
        yes = counts["yes"] / total
        told[kind] = round(yes, 3)
        more = max(yes, 1 - yes)
        if total >= MINIMUM and more > POLAR and uneven([counts["yes"], counts["no"]], share(total, POLAR, yes >= 0.5)):
            expected = f"at most {POLAR:.0%} yes and at most {POLAR:.0%} no"
            found = f"{yes:.1%} yes of {total:,} questions"
            findings.append(Finding(NAME, name, f"answers to questions of kind {kind}", expected, found))
    return findings, {f"{name}: share of yes": told} if told else {}


def answers(name: str, section: Section) -> Judged:
    findings, told = [], {}
    for kind, counts in section.answers.items():
        total = counts.total()
        answer, count = counts.most_common(1)[0]
        told[kind] = [answer, round(count / total, 3)]
        if total >= MINIMUM and count / total > ANSWER and uneven([count, total - count], share(total, ANSWER, True)):
            found = f"{answer!a} in {count / total:.1%} of {total:,}"
            expected = f"no answer in more than {ANSWER:.0%}"
            findings.append(Finding(NAME, name, f"answers to questions of kind {kind}", expected, found))
    return findings, {f"{name}: most frequent answer": told} if told else {}


def by_length(name: str, section: Section) -> Judged:
    """Whether the longest, or the shortest, option is right more often than by chance."""
    findings, told = [], {}
    for which, guesses in section.by_length.items():
        if not guesses:
            continue
        right, chance = sum(each.right for each in guesses.values()), sum(each.chance for each in guesses.values())
        over = Guess(sum(each.asked for each in guesses.values()), right, chance)
        told[which] = {"right": round(right / over.asked, 3), "chance": round(chance / over.asked, 3)}
        if (
            over.asked >= MINIMUM
            and over.lift > LIFT
            and uneven([right, over.asked - right], [chance, over.asked - chance])
        ):
            kind = max(guesses, key=lambda kind: guesses[kind].right - guesses[kind].chance)
            expected = f"right in {chance / over.asked:.1%} (chance), at most {LIFT:.0%} more"
            found = f"right in {right / over.asked:.1%} of {over.asked:,} questions; most in kind {kind}"
            findings.append(Finding(NAME, name, f"the {which} option", expected, found))
    return findings, {f"{name}: options by length": told} if told else {}


def named(names: Names) -> list[Finding]:
    findings = []
    known = names.mentions - names.unknown
    if names.cultures and known >= MINIMUM:
        culture = max(sorted(names.cultures), key=names.cultures.__getitem__)
        if (part := names.cultures[culture] / known) > CULTURE:
            expected = f"no culture with more than {CULTURE:.0%} of known names"
            findings.append(Finding(NAME, "corpus", "names", expected, f"{culture} with {part:.1%} of {known:,}"))
    gendered = names.genders["f"] + names.genders["m"]
    if gendered >= MINIMUM:
        women = names.genders["f"] / gendered
        if max(women, 1 - women) > GENDER:
            expected = f"at most {GENDER:.0%} women's or men's names"
            findings.append(Finding(NAME, "corpus", "names", expected, f"{women:.1%} women's of {gendered:,}"))
    if names.documents >= MINIMUM:
        for name, count in names.each.most_common(5):
            if count / names.documents > FREQUENT:
                expected = f"no name in more than {FREQUENT:.0%} of documents"
                found = f"{name!a} in {count / names.documents:.1%} of {names.documents:,}"
                findings.append(Finding(NAME, "corpus", "names", expected, found))
    return findings


def told_of(names: Names) -> dict[str, Any]:
    gendered = names.genders["f"] + names.genders["m"]
    (most, count), *_ = names.each.most_common(1)
    return {
        "people": names.mentions,
        "different": len(names.each),
        "unknown": round(names.unknown / names.mentions, 3),
        "cultures": len(names.cultures),
        "women's": round(names.genders["f"] / gendered, 3) if gendered else None,
        "most frequent": [most, round(count / names.documents, 4)],
    }


def uneven(found: list[int], expected: list[float]) -> bool:
    """Whether counts are certainly not those expected (Pearson's chi-square)."""
    from scipy.special import chdtrc

    statistic = sum((have - want) ** 2 / want for have, want in zip(found, expected, strict=True))
    return bool(chdtrc(len(found) - 1, statistic) < ALPHA)


def share(total: int, limit: float, first: bool) -> list[float]:
    """The counts at which a share of two is just within its limit."""
    return [total * limit, total * (1 - limit)] if first else [total * (1 - limit), total * limit]


def distribution(values: "array[int]") -> dict[str, float]:
    ordered = sorted(values)
    at = {name: ordered[int(part * (len(ordered) - 1))] for name, part in (("5%", 0.05), ("50%", 0.5), ("95%", 0.95))}
    return {"mean": round(sum(ordered) / len(ordered), 1), **at}


def drawn(name: str, section: Section) -> Iterator[Picture]:
    """Difficulty and what the task measures first, then lengths, answers, and what users choose."""
    questions = len(section.lengths["words a question"])
    everywhere = {knob: by for knob, by in section.knobs.items() if sum(count for count, _ in by.values()) == questions}
    if knobs := {knob: means(by) for knob, by in sorted(everywhere.items()) if len(by) > 1}:
        yield Points(f"{name}: order of questions against difficulty", "value of the knob", "mean order", knobs)
    for (title, x, y), series in section.means.items():
        yield Points(f"{name}: {title}", x, y, {label: means(points) for label, points in sorted(series.items())})
    for title, values in sorted(section.counts.items()):
        yield shares(f"{name}: {title}", Counter(dict(sorted(values.items()))), ordered=True)
    yield histogram(f"{name}: words a document", section.lengths["words a document"])
    yield from drawn_answers(name, section)
    for what, labels in section.shares.items():
        if len(labels) > 1:
            several = len(section.lengths["words a document"]) if what == "capabilities" else None
            inorder = Counter(dict(sorted(labels.items()))) if what == "orders" else labels
            yield shares(f"{name}: {what}", inorder, ordered=what == "orders", total=several)


def drawn_answers(name: str, section: Section) -> Iterator[Picture]:
    bars = [
        Bar(f"{place} of {options}", right / counts.total(), chance=1 / options)
        for options, counts in sorted(section.places.items())
        if counts
        for place, right in enumerate(at_places(options, counts), start=1)
    ]
    if bars:
        yield Bars(f"{name}: place of the right answer, by how many options there are", "share", tuple(bars))
    if section.polar:
        yes = [Bar(kind, n["yes"] / n.total(), chance=0.5) for kind, n in sorted(section.polar.items())]
        yield Bars(f"{name}: answers that are yes, by kind of question", "share", tuple(yes))
    for which, guesses in section.by_length.items():
        if guesses:
            found = [Bar(kind, g.right / g.asked, chance=g.chance / g.asked) for kind, g in sorted(guesses.items())]
            yield Bars(f"{name}: the {which} option is right, by kind of question", "share", tuple(found))


def shares(
    title: str,
    counts: Mapping[str, float],
    line: float | None = None,
    ordered: bool = False,
    total: int | None = None,
) -> Bars:
    """Most frequent first, unless labels have an order of their own. `total`: of what, where one has many labels."""
    whole = total or sum(counts.values())
    labels = counts.items() if ordered else sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Bars(title, "share", tuple(Bar(label, count / whole, line=line) for label, count in labels))


def histogram(title: str, values: "array[int]") -> Bars:
    """Ten bins of one width."""
    low, high = min(values), max(values)
    width = max(1, -(-(high + 1 - low) // 10))
    bins = Counter((value - low) // width for value in values)
    labels = {f"{low + at * width} to {low + (at + 1) * width - 1}": bins[at] for at in range(max(bins) + 1)}
    return shares(title, labels, ordered=True)


def means(points: Mapping[float, tuple[int, float]]) -> tuple[tuple[float, float], ...]:
    return tuple((x, round(total / count, 4)) for x, (count, total) in sorted(points.items()))


CHECK = Check(NAME, "labels, names and lengths are not lopsided", fact=fact, conclude=conclude)
