"""Check `wording`: the words of a model say the act they stand for, and nothing else of the game.

Names are found in free words (`mentions.py`), and what is claimed of them is read (`claims.py`); what acts are known
by, and the words that may stand around, are lists (`phrases.py`). What cannot be read surely is refused, with what to
say instead.

- telling: each fact with its value; what is denied counts where the scale has two values. A choice is the speaker's.
- asking: the facts, in questions, and nothing stated.
- proposing: steps in their order, or each decision with its value; the empty plan by "it cannot be done".
- answers: accepted or refused plainly; which proposal is clear; a plan said again is the proposal's, reasons are those
  of the act.
- requests: the one action, of the one who hears it. Confirmations: which message, and nothing of it but what it told.
- small talk: no name, no plan, no message.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination import phrases as say
from madata.validators.coordination.claims import NEVER, Claim, Misread, Voice, attributed, claims
from madata.validators.coordination.mentions import MARK, Skeleton, of_symbols
from madata.validators.coordination.spoken import Line, Message, Pair
from madata.validators.spoken import TALK, Fault, judged
from madata.validators.words.numbers import ORDINALS

NAME = "wording"
SPOKEN = "a turn in which an agent speaks"
LONGEST = 1000
"""Characters a line can have to be judged; `form` allows far fewer."""

TELL, PLAN, ACCEPT, DO, CHAT = "FVAXDC", "DCFVXA", "DACFVX", "XAFVDC", "FVDCXA"
CALLED = {
    "A": "an agent",
    "F": "a fact",
    "V": "a value",
    "D": "a decision",
    "C": "a decision's value",
    "X": "an action",
}

Difference = tuple[str, str]
Differences = Iterator[Difference]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults, SPOKEN)


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    try:
        for expected, found in PARTS[line.act](line):
            yield Fault(expected, f'{found} in "{line.text}"')
    except Misread as misread:
        yield Fault(misread.expected, f'{misread.found} in "{line.text}"')


class Said:
    """A line as a skeleton, without whom it speaks to (`called`) and what says nothing by itself."""

    def __init__(self, line: Line, marks: str) -> None:
        self.line = line
        whole = line.world.lexicon.read(line.text, marks)
        whole = whole.without(say.NEUTRAL, ",")
        self.called: list[int] = []
        while found := say.CALLED.search(whole.text):
            before = len(MARK.findall(whole.text[: found.start()]))
            self.called += whole.slots[before : before + found[0].count("A")]
            whole = whole.cut(*found.span(), "," if found.start() else "")
        self.text = whole.without(say.TAGS)
        self.voice = Voice(line.speaker, self.you)

    @property
    def you(self) -> int:
        for several in (self.called, self.line.to):
            if len(several) == 1:
                return several[0]
        return NEVER

    def strangers(self) -> Differences:
        for agent in self.called:
            if agent not in self.line.to:
                yield "nobody spoken to but who hears it", named(self.line, agent)


def named(line: Line, agent: int) -> str:
    return line.world.names[agent] if agent != NEVER else "nobody it is clear of"


def plainly(text: Skeleton, kind: str) -> Differences:
    """What is left around the words that say the act: known words only."""
    around = say.AROUND[kind]
    if strange := [word for word in text.text.split() if word not in around and not MARK.fullmatch(word)]:
        strange = [word for word in strange if not word.isdecimal()] or strange
        yield "the act in plain words", f'"{" ".join(strange)}"'


def foreign(text: Skeleton, allowed: str) -> Differences:
    for mark in dict.fromkeys(MARK.findall(text.text)):
        if mark not in allowed:
            yield f"nothing but what the act is about, no {CALLED[mark].split(' ', 1)[1]}", CALLED[mark]


def undenied(text: Skeleton, expected: str) -> Differences:
    if found := say.DENIED.search(text.text):
        yield expected, f'"{found[0]}"'


def unasked(text: Skeleton, expected: str) -> Differences:
    if "?" in text.text:
        yield expected, "a question"


# Telling.


def informs(line: Line) -> Differences:
    said = Said(line, TELL)
    text = said.text
    assert line.event is not None
    for sentence in text.sentences():
        if MARK.search(sentence.text):
            yield from unasked(sentence, "a statement")
    if line.event["choice"] is not None:
        text, chosen = chosen_in(text)
        if chosen != [line.event["choice"]]:
            wanted = line.world.action(line.event["choice"])
            yield f'the choice "I choose to {wanted}"', ", ".join(line.world.actions[each] for each in chosen) or "none"
    if found := say.UNREAL.search(text.text):
        yield "a statement", f'"{found[0]}"'
    yield from said.strangers()
    yield from facts_told(line, text, said.voice, line.told, exactly=True)
    yield from plainly(text, "inform")


def chosen_in(text: Skeleton) -> tuple[Skeleton, list[int]]:
    found: list[int] = []
    while match := say.CHOOSING.search(text.text):
        before = len(MARK.findall(text.text[: match.start()]))
        found.append(text.slots[before])
        text = text.cut(*match.span())
    return text, found


def facts_told(line: Line, text: Skeleton, voice: Voice, told: Iterable[Pair], *, exactly: bool) -> Differences:
    """The claims about facts are those, or (not `exactly`) among them; whoever is named has one of the facts."""
    yield from foreign(text, "FVA")
    text = attributed(text, voice)
    wanted = dict(told)
    yield from owners(line, text, wanted)
    found = list(claims(text))
    settled: set[int] = set()
    for claim in found:
        if claim.of not in wanted:
            yield "no fact but those of the act", fact_named(line, claim.of)
        elif claim.holds != (wanted[claim.of] == claim.value):
            yield f"{fact_named(line, claim.of)} is {wanted[claim.of]}", spelled(claim)
        elif claim.holds or len(line.world.scales[claim.of]) == 2:
            settled.add(claim.of)
    if exactly:
        for fact in sorted(set(wanted) - settled):
            yield f"that {fact_named(line, fact)} is {wanted[fact]}", "not said"


def owners(line: Line, text: Skeleton, wanted: Iterable[int]) -> Differences:
    facts = [line.world.facts[fact] for fact in wanted]
    for agent in text.values("A"):
        if not any(name.startswith(line.world.names[agent]) for name in facts):
            yield "no name but those of the act", named(line, agent)


def fact_named(line: Line, fact: int) -> str:
    return line.world.facts[fact] if fact != NEVER else "a fact of whom it is not clear"


def spelled(claim: Claim) -> str:
    return claim.value if claim.holds else f"not {claim.value}"


def asks(line: Line) -> Differences:
    said = Said(line, TELL)
    yield from said.strangers()
    yield from foreign(said.text, "FVA")
    text = attributed(said.text, said.voice)
    yield from owners(line, text.without(say.ASKING), line.asked)
    asked: set[int] = set(text.values("F"))
    for fact in sorted(asked ^ line.asked):
        yield ("no fact but those asked for" if fact in asked else "each fact asked for"), fact_named(line, fact)
    for sentence in text.sentences():
        if not MARK.search(sentence.text):
            continue
        asking = say.ASKING.search(sentence.text)
        if not asking and not sentence.text.endswith("?"):
            yield "a question", f'"{sentence.text}"'
        if (stated := say.STATED.search(sentence.text)) and not say.QUESTION.search(sentence.text[: stated.start()]):
            yield "a question", "a statement"
        rest = sentence.without(say.ASKING)
        if found := say.TELLING.search(rest.text):
            yield "a question", f'"{found[0]}"'
        yield from undenied(rest, "a question")
    yield from plainly(text.without(say.ASKING), "query-ref")


# Proposing.


def proposes(line: Line) -> Differences:
    assert line.event is not None
    plan = line.event["plan"]
    if not plan:
        yield from gives_up(line)
        return
    said = Said(line, PLAN)
    if found := say.IMPOSSIBLE.search(said.text.text):
        yield "a plan", f'"{found[0]}"'
    text = spoken_for(said.text.without(say.PROPOSING, ","), line)
    yield from foreign(text, "DC")
    yield from said.strangers()
    for sentence in text.sentences():
        yield from undenied(sentence, "a proposal")
    yield from planned(line, text, plan, whole=True)
    yield from plainly(Skeleton(AGAIN.sub(r"\1", COUNTS.sub("C", text.text)), ()), "propose")


def gives_up(line: Line) -> Differences:
    text = line.world.lexicon.read(line.text, "A")
    said = say.NEUTRAL.sub(",", text.text)
    if not say.IMPOSSIBLE.search(said):
        yield 'that it cannot be done ("it cannot be done")', "no such words"
    rest = Skeleton(say.IMPOSSIBLE.sub(".", say.CALLED.sub("", said)), ())
    yield from undenied(rest, "that it cannot be done, without doubt or condition")
    yield from unasked(rest, "that it cannot be done, without doubt or condition")
    if "A" in rest.text.split():
        yield "nobody's name", "an agent"
    yield from plainly(rest, "impossible")


def spoken_for(text: Skeleton, line: Line) -> Skeleton:
    """Where agents are what is decided, "I" is one of the values."""
    own = any(line.actor in values for values in line.world.choices)
    symbols = [
        ("C", line.actor) if own and word in ("i", "me", "myself") else (word, slot) for word, slot in text.symbols()
    ]
    return of_symbols(symbols)


def chosen_agents(text: Skeleton, line: Line) -> Skeleton:
    """Where agents are what is decided, who is named is one of the values."""
    choices = {value for values in line.world.choices for value in values}
    symbols = [
        ("C", line.world.names[slot]) if word == "A" and line.world.names[slot] in choices else (word, slot)
        for word, slot in text.symbols()
    ]
    return of_symbols(symbols)


TIMES = {"once": 1, "twice": 2, "thrice": 3, "one": 1, "a": 1}
UNIT = r"(?:steps?|squares?|moves?|times|more|x)"
MANY = r"(\d+|one|a)"
COUNTS = re.compile(
    rf"(?<!\S)C (?:for )?(?:(once|twice|thrice)|(?:x )?(\d+)(?: {UNIT})+)(?!\S)"
    rf"|(?<!\S){MANY}(?: {UNIT})*(?: (?:to|towards) the)? C(?!\S)"
    rf"|(?<!\S)C(?!\S)"
)
AGAIN = re.compile(r"(C) again(?!\S)")


def planned(line: Line, text: Skeleton, plan: Sequence[int], *, whole: bool) -> Differences:
    """The plan is this one, or (not `whole`) what is said of it is."""
    world = line.world
    wanted = world.plan(plan)
    if found := re.search(r"(?<!\S)(?:or|either)(?!\S)", text.text):
        yield "one plan", f'"{found[0]}"'
    if world.ordered:
        said = steps(text)
        if (whole or said) and said != wanted:
            yield ", ".join(wanted), ", ".join(said) or "no plan"
        return
    settled: set[int] = set()
    for claim in claims(text, "D", "C"):
        if not claim.holds or claim.of >= len(wanted) or wanted[claim.of] != claim.value:
            yield (
                f"{world.decisions[claim.of]}: {wanted[claim.of] if claim.of < len(wanted) else 'nothing'}",
                claim.value,
            )
        settled.add(claim.of)
    if whole:
        for decision in range(len(wanted)):
            if decision not in settled:
                yield f"{world.decisions[decision]}: {wanted[decision]}", "not said"


def steps(text: Skeleton) -> list[str]:
    """The values of a plan in their order, as often as it says."""
    values = iter(text.values("C"))
    found: list[str] = []
    for match in COUNTS.finditer(text.text):
        often = next((part for part in match.groups() if part), "once")
        times = TIMES.get(often) or int(often[:3])
        found += [next(values)] * times
    return found


# Answers.


def accepts(line: Line) -> Differences:
    said = Said(line, ACCEPT)
    text, called = referred(said, say.PROPOSAL)
    if not say.ACCEPTING.search(text.text):
        yield 'words that accept ("I accept", "I agree to")', "none"
    yield from unasked(text, "an acceptance")
    rest = chosen_agents(text.without(say.ACCEPTING, ","), line)
    if found := say.REJECTING.search(text.text):
        yield "an acceptance", f'"{found[0]}"'
    yield from undenied(rest, "an acceptance, without doubt or condition")
    yield from foreign(rest, "DC" if line.about and line.about.event["plan"] else "")
    yield from which(said, called, [each for each in line.heard if each.event["kind"] == "propose"])
    if line.about is not None and MARK.search(rest.text):
        yield from planned(line, rest, line.about.event["plan"], whole=False)
    yield from plainly(Skeleton(COUNTS.sub("C", rest.text), ()), "accept-proposal")


def rejects(line: Line) -> Differences:
    said = Said(line, TELL)
    text, called = referred(said, say.PROPOSAL)
    if not say.REJECTING.search(text.text):
        yield 'words that refuse ("I reject", "I can\'t accept")', "none"
    yield from unasked(text, "a refusal")
    rest = text.without(say.REJECTING)
    if found := say.ACCEPTING.search(rest.text):
        yield "a refusal", f'"{found[0]}"'
    yield from which(said, called, [each for each in line.heard if each.event["kind"] == "propose"])
    yield from facts_told(line, rest, said.voice, line.told, exactly=True)
    if not line.told:
        yield from undenied(rest, "a refusal, without doubt or condition")
    yield from plainly(rest, "reject-proposal")


class Call:
    """How something said before is called: by whom it was said (`NEVER` if that is not said), when, the how manieth it
    is."""

    def __init__(self, words: Skeleton, said: Said) -> None:
        self.text = words.text
        tokens = words.text.split()
        self.agent: int = NEVER
        if words.values("A"):
            self.agent = words.values("A")[0]
        elif "my" in tokens or "i" in tokens:
            self.agent = said.line.speaker
        elif "your" in tokens or "you" in tokens:
            self.agent = said.you
        self.named = self.agent != NEVER
        found = say.ROUND.search(words.text)
        self.round = None if found is None else int(found[1]) if found[1] else ORDINALS[found[2]]
        nth = say.ORDINAL.search(words.text)
        self.nth = ORDINALS[nth[1]] if nth else None
        self.newest = say.NEWEST.search(words.text) is not None

    def among(self, messages: Sequence[Message], *, by_round: bool) -> list[Message]:
        """What can be called so: the how manieth proposal of a round, or of all heard; `by_round` of all that an agent
        said in the round."""
        found = [each for each in messages if not self.named or each.agent == self.agent]
        if self.round is not None:
            found = [each for each in found if each.time == self.round - 1]
        if self.nth is not None and by_round:
            found = [each for each in found if each.place == self.nth - 1]
        elif self.nth is not None and self.round is not None:
            found = [each for each in found if each.rank == self.nth - 1]
        elif self.nth is not None:
            found = found[self.nth - 1 : self.nth]
        return found[-1:] if self.newest else found


def referred(said: Said, pattern: re.Pattern[str]) -> tuple[Skeleton, list[Call]]:
    """A text without what it calls by these words, and these."""
    text, found = said.text, list[Call]()
    while match := pattern.search(text.text):
        before = len(MARK.findall(text.text[: match.start()]))
        slots = text.slots[before : before + len(MARK.findall(match[0]))]
        found.append(Call(Skeleton(match[0], slots), said))
        text = text.cut(*match.span(), "it")
    return text, found


def which(said: Said, called: Sequence[Call], messages: Sequence[Message], *, by_round: bool = False) -> Differences:
    """The one answered is the only one that can be meant."""
    line = said.line
    if line.about is None:
        yield "something that was said", "nothing"
        return
    wanted = [line.about]
    for call in called:
        found = call.among(messages, by_round=by_round)
        if not call.named and len(found) > 1 and said.called:
            found = [each for each in found if each.agent in said.called]
        if found != wanted:
            yield which_one(line, line.about), f'"{call.text.replace("A", "..")}"'
    if not called and list(messages) != wanted and [each for each in messages if each.agent == said.you] != wanted:
        yield which_one(line, line.about), "none called"


def which_one(line: Line, message: Message) -> str:
    what = "the proposal" if message.event["kind"] == "propose" else "what was said"
    return f"{what} by {named(line, message.agent)} in round {message.time + 1}, called so that no other can be meant"


def confirms(line: Line) -> Differences:
    said = Said(line, TELL)
    text, called = referred(said, say.MESSAGE)
    if not say.CONFIRMING.search(text.text):
        yield 'that it was received ("I got", "I heard")', "no such words"
    yield from unasked(text, "a confirmation")
    rest = text.without(say.CONFIRMING)
    yield from undenied(rest, "a confirmation")
    if not called:
        yield "which message it is", "none called"
    yield from which(said, called, [each for each in line.heard if each.agent != line.speaker], by_round=True)
    told = line.world.pairs(line.about.event) if line.about else ()
    yield from facts_told(line, rest, said.voice, told, exactly=False)
    yield from plainly(rest, "confirm")


# Requests.


def requests(line: Line) -> Differences:
    said = Said(line, DO)
    assert line.event is not None
    action = line.event["action"]
    wanted = line.world.action(action)
    yield from said.strangers()
    found = set(said.text.values("X"))
    if found != {action}:
        yield (
            f'to be asked to "{wanted}", and nothing else',
            ", ".join(line.world.actions[each] for each in sorted(found)) or "nothing",
        )
    for agent in said.text.values("A"):
        if agent not in line.to:
            yield f"{' and '.join(line.hearers)}, who is asked", named(line, agent)
    yield from foreign(said.text, "XA")
    yield from undenied(said.text, "a request")
    rest = said.text.without(say.ASKED_TO)
    if found_own := re.search(r"(?<!\S)(?:i|me|my|we)(?!\S)", rest.text):
        yield "a request to somebody else", f'"{found_own[0]}"'
    own = set(line.world.lexicon.read(wanted, "").text.split())
    text = Skeleton(" ".join(word for word in rest.text.split() if word not in own), ())
    if re.search(r"(?<!\S)(?:you|A)(?! ')(?!\S)", rest.text) and rest.text == said.text.text:
        yield "a request", "a statement"
    yield from plainly(text, "request")


# Small talk.


def chats(line: Line) -> Differences:
    text = line.world.lexicon.read(line.text, CHAT, whole=True)
    if len(text.values("C")) > 1 or say.HEADING.search(text.text):
        yield "small talk", "a plan"
    for word, slot in text.symbols():
        if word in "VCX" and slot is not None:
            name = line.world.actions[slot] if word == "X" else slot
            if name.isalpha() and name.islower():
                continue
        if slot is not None and (word != "A" or slot not in line.to):
            yield "small talk, without names of the game", CALLED[word]
    for pattern in (say.GAME, say.IMPOSSIBLE):
        if found := pattern.search(text.text):
            yield "small talk, without words of the game", f'"{found[0]}"'


PARTS: dict[str, Callable[[Line], Differences]] = {
    "inform": informs,
    "query-ref": asks,
    "propose": proposes,
    "accept-proposal": accepts,
    "reject-proposal": rejects,
    "request": requests,
    "confirm": confirms,
    TALK: chats,
}

CHECK = Check(NAME, "the words of models say the act they stand for, and nothing else of the game", judge=judge)
