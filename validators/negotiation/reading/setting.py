"""From the words of narration to facts, and whether they are so.

A fact is a key and a value: (("units", "i0"), 3). Each that is told has to be so, and told to whom it concerns:
everybody, the one party, or the reader alone. Each that labels rest on has to be told. What explains how such games are
played holds for all of them, and is no fact.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Any

from madata.validators.negotiation.reading import lexicon
from madata.validators.negotiation.reading.deals import Misread
from madata.validators.negotiation.reading.mentions import Reference, marked, proposals
from madata.validators.negotiation.reading.rules import heading
from madata.validators.negotiation.reading.skeleton import Text, Vocabulary, parts

Json = Mapping[str, Any]
Key = tuple[str | int, ...]
Fact = tuple[Key, Any]
Difference = tuple[str, str]

PRIVATE = frozenset(["points", "reservation", "patience"])
HIDDEN = frozenset(
    "strategy switch aspiration opens yields curt meant unmeant leads punishes reports gossip threshold divisor".split()
)
PASSING = frozenset(["role", "round", "passes", "stays", "leaves", "divisor", "counted"])
"""Facts that need not be told."""
POINTS = re.compile(r"@[aico]|(?<!\S)(?:- #|#|no)( points? (more|less)|(?!\S))")
CHANGED = re.compile(r"(?:from|with) round # (?:on )?(?:, )?(?:this changes|another rule)|changes with round #")


class Setting:
    def __init__(self, episode: Json, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        world = episode["world"]
        self.game, self.events, self.outcome = world["game"], world["events"], episode["outcome"]
        self.everybody = [agent["id"] for agent in episode["agents"]]
        self.true: dict[Key, Any] = dict(FACTS[self.game["kind"]](self.game, episode))
        self.spare = {("claims",), ("promises",)} - self.true.keys() if freely_played(self.game) else set()
        self.true.update({key: episode["conventions"][key[0]] for key in self.spare})
        counted = {0, 1, {"bargain": 1, "commons": len(self.game["parties"]), "donor": 2}[self.game["kind"]]}
        self.true.update({("counted", number): number for number in counted})
        self.found: set[Key] = set()
        self.now = self.generation_over = 0
        self.rules = {
            "bargain": lexicon.SETTING,
            "commons": lexicon.COMMONS_SETTING,
            "donor": lexicon.DONOR_SETTING,
        }[self.game["kind"]]

    def told(self, turn: Json) -> Iterator[Difference]:
        """Where a turn says what is not so, or what cannot be read, or says it to the wrong ears."""
        audience, self.now = turn["audience"], turn["time"]
        for sentence in map(marked, parts(self.vocabulary.read(turn["text"]))):
            says = heading(sentence.skeleton, self.rules)
            if says is None:
                yield "a sentence about the game", f"words that cannot be read ({sentence.skeleton})"
                continue
            for key, value in self.facts(says, sentence):
                self.found.add(key)
                if key not in self.true or self.true[key] != value:
                    yield shown(key, self.true.get(key)), shown(key, value)
                elif key[0] != "counted" and audience != self.ears(key):
                    yield f"{shown(key, value)} for {self.ears(key)}", f"for {audience}"

    def ears(self, key: Key) -> Sequence[str]:
        return [str(key[1])] if key[0] in PRIVATE else [] if key[0] in HIDDEN else self.everybody

    def missing(self) -> Iterator[Difference]:
        for key, value in self.true.items():
            if key not in self.found and key not in self.spare and key[0] not in PASSING:
                yield shown(key, value), "no words for it"

    def facts(self, says: str, text: Text) -> Iterator[Fact]:
        if "=" in says:
            convention, value = says.split("=")
            yield (convention,), value
        if rest := getattr(self, says.replace("=", "_"), None):
            yield from rest(text)
        elif says in WAYS:
            yield from self.way(text, says)

    # What everybody is told of a bargain.

    def units(self, text: Text) -> Iterator[Fact]:
        yield ("people",), agents(text)
        for issue, number in zip(values(text, "@i"), values(text, "#"), strict=False):
            yield ("units", issue), number

    def options(self, text: Text) -> Iterator[Fact]:
        """All by name, or the first, the last, and the steps between."""
        (issue,) = values(text, "@c")
        listed = [option for places in values(text, "@o") for at, option in places if at == issue]
        if agents(text):
            yield ("people",), agents(text)
        if "in steps of" in text.skeleton:
            names = next(each["options"] for each in self.game["issues"] if each["id"] == issue)
            figures = [int("".join(re.findall(r"[0-9]", name)[:9]) or -1) for name in names]
            step = [*values(text, "#"), *(figures[option] for option in listed[2:])][-1]
            even = all(later - earlier == step for earlier, later in pairwise(figures))
            listed = list(range(len(names))) if even and listed[:2] == [0, len(names) - 1] else listed
        elif listed and listed[0] in listed[1:]:
            listed = listed[1:]  # "the ending is open", where that is an option
        yield ("options", issue), listed

    def order(self, text: Text) -> Iterator[Fact]:
        yield ("turns",), "alternating"
        yield ("order",), agents(text)

    def delays(self, text: Text) -> Iterator[Fact]:
        """The numbers after the last colon."""
        before = text.skeleton.rpartition(":")[0]
        yield ("delivery",), "delayed"
        yield ("delays",), [slot.value for slot in text.slots[len(re.findall("[@#]", before)) :]]

    def role(self, text: Text) -> Iterator[Fact]:
        yield ("role", agents(text)[0]), "seller" if "seller" in text.skeleton else "buyer"

    def deadline(self, text: Text) -> Iterator[Fact]:
        yield ("deadline",), values(text, "#")[0]

    def winning(self, text: Text) -> Iterator[Fact]:
        """Sets of names with "or" between them; none named: everybody."""
        sets: list[list[str]] = [[]]
        names = iter(agents(text))
        for word in text.skeleton.split():
            if word == "@a":
                sets[-1].append(next(names))
            elif word == "or":
                sets.append([])
        yield from self.mechanics(text)
        yield ("winning",), sorted(map(sorted, sets)) if sets != [[]] else [sorted(self.everybody)]

    def majority(self, text: Text) -> Iterator[Fact]:
        yield ("winning",), [list(some) for some in combinations(sorted(self.everybody), min(values(text, "#")[0], 99))]

    def values_permuted(self, text: Text) -> Iterator[Fact]:
        yield ("figures",), sorted(values(text, "#"))

    # What happens between the moves of a bargain.

    def ended_agreement(self, text: Text) -> Iterator[Fact]:
        called: Reference = values(text, "@p")[0]
        made = proposals(self.events, called)
        agreed = self.outcome.get("proposal")
        yield ("agreed",), made[-1] if made and called.round is None else agreed if agreed in made else None

    def round(self, text: Text) -> Iterator[Fact]:
        """The round of the next event, or one between."""
        number = values(text, "#")[0]
        yield ("round",), None if self.between(number - 1) else number

    def passes(self, text: Text) -> Iterator[Fact]:
        (agent,), time = agents(text), values(text, "#")[0] - 1
        moved = any(event["agent"] == agent and event["time"] == time for event in self.events)
        order = self.game["order"]
        due = self.true[("turns",)] != "alternating" or order[time % len(order)] == agent
        yield ("passes",), None if due and not moved and self.between(time) else agent

    def between(self, time: int) -> bool:
        before, after = self.events[: self.now], self.events[self.now :]
        last = after[0]["time"] if after else self.game["deadline"] - 1
        return bool((before[-1]["time"] if before else 0) <= time <= last)

    def mechanics(self, text: Text) -> Iterator[Fact]:
        """What holds for all games has no numbers but those of how many there are, and the ends of time gone."""
        for number in values(text, "#"):
            yield ("counted", number), number

    # What one party is told.

    def points(self, text: Text) -> Iterator[Fact]:
        """Of a split "each hat is worth 3 points"; of a choice "red is worth 3 points", or "3 points if it is red, 2
        points more at each next option, and 9 points if it is blue"."""
        slots = iter(text.slots)
        owner = issue = kind = ""
        number: int | None = None
        option: int | None = None
        series: list[int] = []
        value: Any
        for found in POINTS.finditer(text.skeleton):
            value = 0 if found[0].startswith("no") else next(slots).value
            if found[0] == "@a":
                owner = value
                continue
            if found[0] in ("@i", "@c"):
                kind, issue, number, option, series = found[0], value, None, None, []
            elif found[0] == "@o":
                option = next((at for place, at in value if place == issue), -1)
            elif found[2]:
                series.append(value if found[2] == "more" else -value)
            else:
                number = -value if found[0][0] == "-" else value
            if kind == "@i" and number is not None:
                yield ("points", owner, issue), number
                kind = ""
            elif option is not None and number is not None:
                if len(series) == 3:
                    first, worth, step = series
                    for at in range(first + 1, option):
                        yield ("points", owner, issue, at), worth + (at - first) * step
                yield ("points", owner, issue, option), number
                series = [option, number]
                number = option = None

    def reservation(self, text: Text) -> Iterator[Fact]:
        yield ("reservation", agents(text)[0]), amount(text)

    def patience(self, text: Text) -> Iterator[Fact]:
        yield ("patience", agents(text)[0]), values(text, "#")[0] - 1

    def patient(self, text: Text) -> Iterator[Fact]:
        yield ("patience", agents(text)[0]), self.game["deadline"]

    # What the reader is told.

    def way(self, text: Text, says: str) -> Iterator[Fact]:
        """How a party plays, from the beginning or from a round on."""
        agent, way = agents(text)[0], WAYS[says]
        if set(agents(text)) != {agent}:
            raise Misread("one who plays so", "several")
        if says == "hard_headed" and values(text, "#th") != [9]:
            raise Misread("the ninth power", f"{values(text, '#th')}")
        if says == "reciprocal" and not {1, 2}.issuperset(values(text, "#")[-1:]):
            raise Misread("the first round, or the second", f"{values(text, '#')}")
        if says == "discriminating":
            yield ("threshold",), values(text, "#")[0]
        if says == "sustainable" and "divided by #" in text.skeleton:
            yield ("divisor",), values(text, "#")[-1]
        changed = CHANGED.search(text.skeleton)
        yield ("switch" if changed else "strategy", agent), (values(text, "#")[0] - 1, way) if changed else way

    def meant(self, text: Text) -> Iterator[Fact]:
        yield ("meant",), True

    def unmeant(self, text: Text) -> Iterator[Fact]:
        yield ("unmeant", agents(text)[0], values(text, "#")[0] - 1), True

    def flag(self, text: Text, name: str, value: Any = True) -> Iterator[Fact]:
        yield (name, agents(text)[0]), value

    def yields(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "yields")

    def curt(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "curt")

    def aspiration(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "aspiration", amount(text))

    def opens(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "opens", values(text, "#")[0] - 1)

    def leads(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "leads")

    def punishes(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "punishes")

    def honest(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "reports", "honest")

    def low(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "reports", "low")

    def gossip_honest(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "gossip", "honest")

    def gossip_spiteful(self, text: Text) -> Iterator[Fact]:
        return self.flag(text, "gossip", "spiteful")

    # Commons.

    def people(self, text: Text) -> Iterator[Fact]:
        yield ("people",), agents(text)

    def begin(self, text: Text) -> Iterator[Fact]:
        if agents(text):
            yield ("people",), agents(text)
        yield ("stock",), values(text, "#")[0]

    def stock(self, text: Text) -> Iterator[Fact]:
        """The round, and its stock; the round has the word before it."""
        at = re.findall(r"round #|#", text.skeleton).index("round #")
        numbers = values(text, "#")
        yield ("stock", numbers[at] - 1), numbers[1 - at]

    def left(self, text: Text) -> Iterator[Fact]:
        yield ("ended",), "collapsed"
        yield ("left",), (values(text, "#") or [0])[0]

    def growth(self, text: Text) -> Iterator[Fact]:
        yield ("growth",), values(text, "#")[0]
        yield ("capacity",), values(text, "#")[1]

    def share(self, text: Text) -> Iterator[Fact]:
        yield ("parties",), values(text, "#")[-1]

    def collapse(self, text: Text) -> Iterator[Fact]:
        yield ("collapse",), values(text, "#")[0]

    def rounds(self, text: Text) -> Iterator[Fact]:
        yield ("rounds",), values(text, "#")[0]

    def punishment(self, text: Text) -> Iterator[Fact]:
        yield ("cost",), values(text, "#")[0]
        yield ("fine",), values(text, "#")[1]

    # Donor.

    def endowment(self, text: Text) -> Iterator[Fact]:
        yield ("endowment",), values(text, "#")[0]

    def multiplier(self, text: Text) -> Iterator[Fact]:
        yield ("multiplier",), values(text, "#")[0]

    def present(self, text: Text) -> Iterator[Fact]:
        yield ("present",), agents(text)

    def generation(self, text: Text) -> Iterator[Fact]:
        """That it begins, as the first does, or is over, perhaps with who stays."""
        number = (values(text, "#") + values(text, "#th"))[0] - 1
        if "there are" in text.skeleton:
            yield ("present",), agents(text) if number == 0 else None
            return
        self.generation_over = number
        if agents(text):
            yield ("stays", number), agents(text)

    def stay(self, text: Text) -> Iterator[Fact]:
        yield ("stays", self.generation_over), agents(text)

    def leave(self, text: Text) -> Iterator[Fact]:
        yield ("leaves", self.generation_over), agents(text)

    def heir(self, text: Text) -> Iterator[Fact]:
        newcomer, *others = dict.fromkeys(agents(text))
        yield ("heir", newcomer), others[0] if len(others) == 1 else None


def agents(text: Text) -> list[str]:
    return values(text, "@a")


def values(text: Text, mark: str) -> list[Any]:
    return [slot.value for slot in text.slots if slot.mark == mark]


def shown(key: Key, value: Any) -> str:
    return f"{' '.join(map(str, key))}: {value}"


# What is so.

WAYS = {
    **{way: way for way in "boulware linear conceder tit_for_tat hard_headed fair_split".split()},
    **{way: way for way in "greedy sustainable quota reciprocal".split()},
    **{way: way for way in "generous discriminating free_rider".split()},
    "giving_reciprocal": "reciprocal",
}
"""How parties play, by the heading that tells it."""


def bargain(game: Json, episode: Json) -> Iterator[Fact]:
    conventions, outcome = episode["conventions"], episode["outcome"]
    yield ("people",), [agent["id"] for agent in episode["agents"]]
    yield from ((("role", agent["id"]), agent["role"]) for agent in episode["agents"])
    for issue in game["issues"]:
        if issue["kind"] == "split":
            yield ("units", issue["id"]), issue["units"]
        else:
            yield ("options", issue["id"]), list(range(len(issue["options"])))
    for name in ("turns", "delivery", "values"):
        yield (name,), conventions[name]
    if conventions["turns"] == "alternating":
        yield ("order",), game["order"]
    yield ("deadline",), game["deadline"]
    yield ("winning",), sorted(map(sorted, game["winning"]))
    if conventions["delivery"] == "delayed":
        yield ("delays",), game["delays"]
    if conventions["values"] == "permuted":
        yield ("figures",), sorted(worth for worth in game["parties"][0]["worth"] if isinstance(worth, int))
    kinds = {event["kind"] for event in episode["world"]["events"]}
    kinds.update(said["kind"] for party in game["parties"] if party["strategy"] for said in party["strategy"]["says"])
    for name, kind in (("claims", "inform"), ("promises", "promise")):
        if kind in kinds:
            yield (name,), conventions[name]
    if "threaten" in kinds:
        yield ("meant",), True
    for party in game["parties"]:
        yield from bargainer(party, game["issues"])
    yield ("ended",), outcome["ended"]
    if outcome["ended"] == "agreement":
        yield ("agreed",), outcome["proposal"]
    yield ("round",), None
    yield ("passes",), None


def freely_played(game: Json) -> bool:
    """Whether somebody plays without a script: then conventions are told on which nothing need come to rest."""
    script = {"bargain": "strategy", "commons": "harvesting", "donor": "giving"}[game["kind"]]
    return any(party[script] is None for party in game["parties"])


def amount(text: Text) -> int:
    """The only number of a sentence; "no points" is 0."""
    number: int = (values(text, "#") or [0])[0]
    return -number if "- #" in text.skeleton else number


def bargainer(party: Json, issues: Sequence[Json]) -> Iterator[Fact]:
    agent, strategy = party["agent"], party["strategy"]
    for issue, worth in zip(issues, party["worth"], strict=False):
        for option, points in enumerate(worth) if isinstance(worth, list) else ():
            yield ("points", agent, issue["id"], option), points
        if isinstance(worth, int):
            yield ("points", agent, issue["id"]), worth
    yield ("reservation", agent), party["reservation"]
    yield ("patience", agent), party["deadline"]
    if strategy:
        yield ("strategy", agent), strategy["bidding"]
        if strategy["switch"]:
            yield ("switch", agent), (strategy["switch"]["time"], strategy["switch"]["bidding"])
        if strategy["aspiration"] is not None:
            yield ("aspiration", agent), strategy["aspiration"]
        for name in ("opens", "yields", "curt"):
            if strategy[name]:
                yield (name, agent), strategy[name]
        for said in strategy["says"]:
            if said["kind"] == "threaten" and not said["meant"]:
                yield ("unmeant", agent, said["time"]), True


def commons(game: Json, episode: Json) -> Iterator[Fact]:
    conventions, outcome, events = episode["conventions"], episode["outcome"], episode["world"]["events"]
    yield ("people",), [agent["id"] for agent in episode["agents"]]
    yield ("parties",), len(game["parties"])
    yield ("divisor",), len(game["parties"])
    for name in ("stock", "capacity", "growth", "collapse", "rounds"):
        yield (name,), game[name]
    if game["cost"] or game["fine"]:
        yield ("cost",), game["cost"]
        yield ("fine",), game["fine"]
    yield ("acts",), conventions["acts"]
    if any(event["kind"] == "inform" for event in events):
        yield ("claims",), conventions["claims"]
    for party in game["parties"]:
        agent, switch = party["agent"], party["switch"]
        if party["harvesting"]:
            yield ("strategy", agent), party["harvesting"]
        if switch:
            yield ("switch", agent), (switch["round"], switch["harvesting"])
        for name in ("leads", "punishes"):
            if party[name]:
                yield (name, agent), True
        if party["reports"] != "silent":
            yield ("reports", agent), party["reports"]
    for number, stock in enumerate(outcome["stocks"]):
        yield ("stock", number), stock
    yield ("ended",), outcome["ended"]
    if outcome["ended"] == "collapsed" and outcome["stocks"]:
        last = 3 * (len(outcome["stocks"]) - 1) + 1
        taken = sum(event["amount"] for event in events if event["kind"] == "harvest" and event["time"] == last)
        yield ("left",), outcome["stocks"][-1] - taken


def donor(game: Json, episode: Json) -> Iterator[Fact]:
    conventions, parties = episode["conventions"], game["parties"]
    yield ("people",), [agent["id"] for agent in episode["agents"]]
    for name in ("endowment", "multiplier"):
        yield (name,), game[name]
    yield ("acts",), conventions["acts"]
    if any(event["kind"] == "inform" for event in episode["world"]["events"]):
        yield ("claims",), conventions["claims"]
    if any(party["giving"] == "discriminating" for party in parties):
        yield ("threshold",), game["endowment"] // 4
    present = [party["agent"] for party in parties if party["generation"] == 0]
    if any(party["generation"] for party in parties):
        yield ("present",), present
    for party in parties:
        agent = party["agent"]
        if party["giving"]:
            yield ("strategy", agent), party["giving"]
        if party["gossip"] != "silent":
            yield ("gossip", agent), party["gossip"]
        if party["heir_of"]:
            yield ("heir", agent), party["heir_of"]
    for number, stay in enumerate(episode["outcome"]["survivors"]):
        yield ("stays", number), stay
        yield ("leaves", number), [agent for agent in present if agent not in stay]
        present = stay + [party["agent"] for party in parties if party["generation"] == number + 1]


FACTS = {"bargain": bargain, "commons": commons, "donor": donor}
