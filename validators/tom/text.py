"""Check `text`: labels hold from the words alone.

A reader with a grammar of its own (`validators/tom/reading`) reads the setting and the events of a story back from its
words, and each question's query from its text. Where they equal what is stored, the labels follow from the words by the
check `replay`; where they differ, the labels are derived again from what was read, and a changed answer is a finding
too. Turns in the words of models are free of any grammar: the checks on words say whether they tell what is stored, and
here that is taken for granted. So it is only of turns a model may speak; whatever else claims to be spoken is read.
Imported episodes are not judged; of a `cases` question only whether its text names those whose beliefs decide it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from madata.schemas import Conventions
from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import lines
from madata.validators.tom.reading.grammar import UNREAD
from madata.validators.tom.reading.story import EVENTS, SETTING, SIGHTS, Event, Fact, Misread, Reader, Said

NAME = "text"

Json = Mapping[str, Any]
Fault = tuple[str, str, str]
Difference = tuple[str, str]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    if episode["provenance"].get("source") is None:
        for fault in Reading(episode).faults():
            yield Finding(NAME, episode["id"], *fault)


class Reading:
    """An episode as it is read. `events` and `facts` are what the words say; an event that cannot be read is None."""

    def __init__(self, episode: EpisodeJson) -> None:
        self.episode = episode
        self.conventions = {**Conventions().model_dump(), **episode["conventions"]}
        self.reader = Reader(episode["agents"], episode["world"], self.conventions)
        self.stored = [self.reader.plain(event) for event in episode["world"]["events"]]
        self.true_facts = set(facts(episode, self.conventions))
        self.facts: set[Fact] = set()
        self.events: list[Event | None] = []
        self.spoken = {number for number, _ in lines(episode)}

    def faults(self) -> Iterator[Fault]:
        for number, turn in enumerate(self.episode["turns"]):
            for expected, found in self.turn(turn, spoken=number in self.spoken):
                yield f"turn {number}", expected, found
        for fact in sorted(needed(self.episode["world"], self.conventions, self.true_facts) - self.facts):
            yield "turns", self.show(fact), "no words for it"
        for question in self.episode["questions"]:
            for expected, found in self.question(question):
                yield f"question {question['id']}", expected, found
        yield from self.labels()

    def show(self, content: object) -> str:
        """A part of the story in words: names for identifiers."""
        if isinstance(content, dict):
            return " ".join(f"{key}={self.show(value)}" for key, value in content.items() if value not in ([], None))
        if isinstance(content, list | tuple):
            return " ".join(map(self.show, content))
        return self.reader.called.get(str(content), str(content))

    # Turns.

    def turn(self, turn: Json, *, spoken: bool) -> Iterator[Difference]:
        index = turn["event"]
        stored = self.stored[index] if index is not None and index < len(self.stored) else None
        if not spoken:
            yield from self.read(turn, stored)
        elif stored is not None:
            self.events += [stored] if index == len(self.events) else []
            yield from self.act(turn, stored)
        if stored is not None:
            self.events += [None] * (index + 1 - len(self.events))
            for event in self.stored[len(self.reader.now.scenes) : index + 1]:
                self.reader.now.happen(event)

    def read(self, turn: Json, stored: Event | None) -> Iterator[Difference]:
        try:
            said = self.reader.turn(turn["text"], turn["speaker"])
            if stored is None:
                yield from self.talk(turn, said) if turn["speaker"] else self.setting(turn, said)
            elif turn["event"] < len(self.events):
                yield from self.sight(turn, said, stored)
            else:
                yield from self.event(turn, said, stored)
        except Misread as misread:
            yield f"{self.show(misread.expected)} in {quoted(turn)}", self.show(misread.found)

    def setting(self, turn: Json, said: list[Said]) -> Iterator[Difference]:
        for sentence in said:
            says = sentence.sentence.says
            if turn["time"] > 0 or (says not in SETTING and "=" not in says):
                yield "a sentence of the setting, before anything happens", quoted(turn)
                continue
            for fact in self.reader.facts(sentence):
                self.facts.add(fact)
                if fact not in self.true_facts:
                    yield self.instead(fact), self.show(fact)
                else:
                    yield from self.audience(turn, self.insiders(fact))

    def insiders(self, fact: Fact) -> list[str]:
        """Who is told a fact of the setting: everybody, but how things are at first only those who know that."""
        if fact[0] != "at first":
            return list(self.reader.order)
        return [agent for known in self.true_facts if known[:2] == ("known by", fact[1]) for agent in known[2]]

    def audience(self, turn: Json, insiders: list[str]) -> Iterator[Difference]:
        """Words for the wrong ears; who takes part in an event is judged by the check `views`."""
        if set(turn["audience"]) != set(insiders):
            yield f"{quoted(turn)} for {self.show(insiders) or 'the reader'}", self.show(turn["audience"])

    def instead(self, fact: Fact) -> str:
        """What is so instead of a fact that is not."""
        return self.show(next((true for true in sorted(self.true_facts) if true[:-1] == fact[:-1]), "something else"))

    def talk(self, turn: Json, said: list[Said]) -> Iterator[Difference]:
        asked = [sentence for sentence in said if sentence.sentence.says == "ask"]
        if turn["act"] is not None:
            content = turn["act"]["content"]
            if [content.get("variable")] != [sentence.one("variable") for sentence in asked]:
                yield f"words that ask about {self.show(content)}", quoted(turn)
            if any(sentence.one("hearer") not in turn["audience"] for sentence in asked):
                yield "a question to somebody who hears it", quoted(turn)
        elif any(sentence.slots or sentence.sentence.says != UNREAD for sentence in said):
            yield "talk that says nothing about the story", quoted(turn)

    def event(self, turn: Json, said: list[Said], stored: Event) -> Iterator[Difference]:
        if len(said) != 1 or said[0].sentence.says not in EVENTS:
            yield self.show(stored), f"{quoted(turn)}, which does not say so"
            return
        event = self.reader.event(said[0])
        self.events.append(event)
        if event != stored:
            yield self.show(stored), self.show(event)
        yield from self.act(turn, event)
        yield from ((f"{a} in {quoted(turn)}", b) for a, b in self.said_in_passing(self.reader.passing(said[0])))

    def act(self, turn: Json, event: Event) -> Iterator[Difference]:
        act = turn["act"]["content"] if turn["act"] else {}
        if any(event.get(key) != value for key, value in act.items()):
            yield self.show(act), self.show(event)

    def sight(self, turn: Json, said: list[Said], stored: Event) -> Iterator[Difference]:
        """A turn that tells more of the event before it: what is seen."""
        for sentence in said:
            if sentence.sentence.says in SIGHTS:
                if sentence.has("agent"):
                    yield from self.audience(turn, [sentence.agent()])
                differences = self.reader.sight(sentence, stored)
                yield from ((f"{a} in {quoted(turn)}", b) for a, b in self.said_in_passing(differences))
            else:
                yield f"what is seen after {self.show(stored)}", quoted(turn)

    def concept(self, question: Json) -> Iterator[Difference]:
        """A definition is in the family's own words; that it names everybody whose beliefs it is about can be told."""
        named = {name for candidates in self.reader.names.split(question["text"])[1] for name in candidates}
        for agent in sorted(believers(question["query"]) - named):
            yield f"{self.show(agent)} in {quoted(question)}", "no such name"

    def said_in_passing(self, differences: Iterator[tuple[object, object]]) -> Iterator[Difference]:
        return ((self.show(expected), self.show(found)) for expected, found in differences)

    # Questions and labels.

    def question(self, question: Json) -> Iterator[Difference]:
        stored = {key: value for key, value in question["query"].items() if value not in (None, [])}
        if stored["kind"] == "cases":
            yield from self.concept(question)
            return
        try:
            query = self.reader.query(question["text"], self.stored)
        except Misread as misread:
            yield f"{self.show(misread.expected)} in {quoted(question)}", self.show(misread.found)
            return
        if query is None:
            yield self.show(stored), f"{quoted(question)}, which does not ask so"
        elif query != stored:
            yield self.show(stored), self.show(query)

    def labels(self) -> Iterator[Fault]:
        """Answers that are others if what is told is the case, where that differs and every event can be read."""
        events = [event for event in self.events if event is not None]
        if len(events) < len(self.stored) or (events == self.stored and self.facts <= self.true_facts):
            return
        from madata.validators.tom.model_checker import derive  # only for the few stories that differ
        from madata.validators.tom.stage import StoryError

        questions = self.episode["questions"]
        different = self.facts - self.true_facts
        world, conventions = as_told(self.episode["world"], self.conventions, events, different)
        try:
            answers = derive(world, conventions, self.episode["agents"], [question["query"] for question in questions])
        except StoryError as error:
            yield "turns", "a story that can happen", str(error)
            return
        for question, derived in zip(questions, answers, strict=True):
            if derived.answer != question["answer"]:
                yield f"question {question['id']}, answer by the words", str(derived.answer), str(question["answer"])


def quoted(turn: Json) -> str:
    return f'"{turn["text"]}"'


# The setting as facts, each a tuple whose last part is what could be otherwise.

GOVERNED = {
    "entering": ("enter", "watch"),
    "leaving": ("leave",),
    "peeking": ("peek",),
    "telling": ("tell",),
    "sincerity": ("tell",),
    "looking": ("look",),
    "watching": ("watch",),
}
RULES = ("roster", "revision", "unsettled", "looking", "watching", "outside", "closed", "trust is known")


def facts(episode: EpisodeJson, conventions: Mapping[str, str]) -> Iterator[Fact]:
    """Whatever the words of the setting can truly say."""
    world = episode["world"]
    yield ("everybody is outside",)
    yield from (("person", agent["id"]) for agent in episode["agents"])
    for entity in world["entities"]:
        if entity["kind"] == "place":
            yield "room", entity["id"]
        if entity.get("place"):
            yield "stands in", entity["id"], entity["place"]
    for variable in world["variables"]:
        yield "at first", variable["id"], variable["initial"]
        if variable.get("presumed"):
            yield "presumed", variable["id"], variable["presumed"]
        else:
            yield "known by", variable["id"], tuple(variable.get("known_by", ()))
    yield from (("never believes", pair["hearer"], pair["speaker"]) for pair in world.get("distrust", ()))
    yield from conventions.items()
    yield from (("rule", rule) for rule in RULES)


def needed(world: Json, conventions: Mapping[str, str], true: set[Fact]) -> set[Fact]:
    """The facts a reader needs: all of the world, and the conventions and rules of what happens in it."""
    kinds = {event["kind"] for event in world["events"]}
    unneeded = {name for name, governed in GOVERNED.items() if not kinds.intersection(governed)}
    variables = {variable["kind"] for variable in world["variables"]}
    if conventions["telling"] == "ignored":
        unneeded.add("sincerity")
    if conventions["telling"] != "later_exit" or "tell" not in kinds:
        unneeded.add("trust is known")
    if "location" not in variables and all(event.get("holds", True) for event in world["events"]):
        unneeded.add("unsettled")
    if "contents" not in variables:
        unneeded.add("closed")
    if not any(event["kind"] == "change" and len(event.get("view", ())) == 1 for event in world["events"]):
        unneeded.add("outside")
    return {fact for fact in true if fact[0] not in unneeded and not (fact[0] == "rule" and fact[1] in unneeded)}


def as_told(
    world: Json, conventions: Mapping[str, str], events: list[Event], different: set[Fact]
) -> tuple[Json, Json]:
    """World and conventions by the words: what is stored, but for these events and facts."""
    variables = {variable["id"]: dict(variable) for variable in world["variables"]}
    entities = {entity["id"]: dict(entity) for entity in world["entities"]}
    distrust = list(world.get("distrust", ()))
    enums = dict(conventions)
    for fact in sorted(different):
        match fact:
            case ("at first", variable, value):
                variables[variable]["initial"] = value
            case ("presumed", variable, value):
                variables[variable] |= {"presumed": value, "known_by": []}
            case ("known by", variable, agents):
                variables[variable] |= {"presumed": None, "known_by": list(agents)}
            case ("stands in", container, place):
                entities[container]["place"] = place
            case ("never believes", hearer, speaker):
                distrust.append({"hearer": hearer, "speaker": speaker})
            case (convention, value) if convention in enums:
                enums[convention] = value
    told = {"variables": list(variables.values()), "entities": list(entities.values()), "distrust": distrust}
    return {**world, **told, "events": events}, enums


def believers(formula: Json) -> set[str]:
    """The agents of all chains in a formula, or in a query with formulas."""
    parts = [*formula.get("cases", []), *([formula["when"]] if "when" in formula else [])]
    of = formula.get("of", [])
    parts += of if isinstance(of, list) else [of]
    return set(formula.get("chain", [])).union(*map(believers, parts))


CHECK = Check(NAME, "the words of stories say what is stored, and their questions ask it", judge=judge)
