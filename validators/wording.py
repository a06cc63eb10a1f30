"""Check `wording`: the words of a model say the act they stand for, and nothing that the world does not have.

A line is judged by what it must say and may mention (`spoken.py`), in these parts:

- `missing`: every name of the act is said, in any inflection and with a typo at most; whoever acts is named by a narrator.
  Of a fact's name the words that tell it from others are enough ("the concert is on Friday"), of its owner "my" or "your".
- `numbers`: the act's numbers in any spelling ("$60", "sixty dollars"), and no others.
- `others`: nobody and nothing else of the world, which would say more than the act does.
- `foreign`: no person, thing, place or day that the act does not have; things are known by a list of concrete nouns.
- `polarity`: a telling affirms or denies as the act does. Each clause about the matter is counted for itself: an odd number of
  words that deny makes it a denial, and one clause that denies makes the line one.
- `stated`: a telling is a statement of the speaker's own: no question, no doubt, no hearsay; a question asks.
- `kind`: an act is told as what it is: nobody leaves who enters, or peeks openly, or is somebody else.

Small talk may speak of any things and numbers, but of no room, container, object, fact or value of the world.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz.distance import OSA

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import ASK, TALK, Fault, Line, lines
from madata.validators.words import english, nouns, pattern, word_set
from madata.validators.words.numbers import Number, numbers, of_name
from madata.validators.words.tokens import root, split, stem

NAME = "wording"
TELL = "tell"
LONGEST = 1000
"""Characters a line can have to be judged; `form` allows far fewer."""

MARKS = frozenset(".!?;:,")
STOPS = frozenset(".!?;:")
FIRST_PERSON = frozenset("i me my mine myself we us our ours".split())
LAPSES = frozenset(["unwatch", "distract", "attend"])
"""Acts that are themselves told by what is no longer done."""
SECOND_PERSON = frozenset("you your yours".split())
Names = Mapping[str, Sequence[tuple[tuple[str, ...], str]]]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    judged = set()
    for position, line in lines(episode):
        judged.add(position)
        for fault in faults(line):
            yield Finding(NAME, episode["id"], f"turn {position}", fault.expected, fault.found)
    for entry in episode["provenance"].get("spoken", ()):
        if entry["turn"] not in judged:
            where = f"provenance, spoken turn {entry['turn']}"
            yield Finding(
                NAME, episode["id"], where, "a turn in which an agent acts", "the world's own narration, or no turn"
            )


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    said = Said(line)
    for part in PARTS if line.act != TALK else (others,):
        yield from (Fault(expected, f"{found} in {quoted(line)}") for expected, found in part(said))


def quoted(line: Line) -> str:
    return f'"{line.text}"'


# Names as words.


@lru_cache(4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name without inflection and article."""
    found = tuple(stem(token.word) for token in split(name))
    return found[1:] if len(found) > 1 and found[0] in ("a", "an", "the") else found


@lru_cache(16)
def names_by_first_word(names: frozenset[str], people: tuple[str, ...]) -> Names:
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name in {*names, *people}:
        words = parts(name)
        if words and not (len(words) == 1 and of_name(words[0])):
            found.setdefault(words[0], []).append((words, name))
    return {first: sorted(each, key=lambda entry: -len(entry[0])) for first, each in found.items()}


@lru_cache(4096)
def content(name: str, people: tuple[str, ...]) -> frozenset[str]:
    """The words of a name that mean something by themselves, numbers and people left out, as roots."""
    words = [token.word for token in split(name)]
    counted = {at for number in numbers(words) for at in range(number.start, number.end)}
    owners = {part for person in people for part in parts(person)}
    kept = (word for at, word in enumerate(words) if at not in counted and word not in owners)
    return frozenset(root(word) for word in kept if word not in word_set("words", "empty"))


@lru_cache(4096)
def heads(topic: str, people: tuple[str, ...]) -> tuple[frozenset[str], int]:
    """What a fact is known by, and how many of these words have to be said: behind "of" and the like all heads ("the number
    of the bus to the lake": bus, lake); without one, half of the words ("the instrument Anna is learning")."""
    chunks: list[list[str]] = [[]]
    for token in split(topic):
        if token.word in word_set("words", "prepositions"):
            chunks.append([])
        else:
            chunks[-1].append(token.word)
    words = content(topic, people)
    found = [next((root(word) for word in reversed(chunk) if root(word) in words), None) for chunk in chunks[1:]]
    named = frozenset(word for word in found if word)
    return (named, len(named)) if named else (words, (len(words) + 1) // 2)


def within(name: str, names: Iterable[str]) -> bool:
    """Whether a name is part of one of the names ("box" of "old box")."""
    words = parts(name)
    return any(
        parts(longer)[at : at + len(words)] == words
        for longer in names
        for at in range(len(parts(longer)) - len(words) + 1)
    )


class Said:
    """A line as words: which of them are names, of the act or not, and the same words with marks for names."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.tokens = split(line.text)
        self.words = [token.word for token in self.tokens]
        self.stems = [stem(word) for word in self.words]
        self.marks: list[str] = [""] * len(self.words)
        self.named: set[str] = set()
        self.fact = bool(line.must) and line.must[0] in line.topics
        self.before = line.may - {line.actor, *line.hearers}
        self._find_names()
        self.roots = [root(word) for word in self.words]
        for at, name in enumerate(line.must):
            if name not in self.named:
                self._find_loosely(name, at)
        self.numbers = numbers(self.words)
        self._find_value()
        self.text = self._marked()
        self.plain = pattern("idioms", "neutral").sub("", aside().sub(" .", own_denial(self)))

    def mark(self, name: str) -> str:
        """P: a person; T: what an act is about; V: the value; B: what was so before; N: another name of the act; O: others."""
        line = self.line
        if name in line.must and line.act in (TELL, ASK, "change"):
            return "TV"[line.must.index(name)] if line.must.index(name) < 2 else "N"
        if name in line.people:
            return "P"
        if name in line.must:
            return "N"
        if self.fact and within(name, line.must):
            return "T"
        if name in line.may:
            return "B" if line.act == "change" else "N"
        return "O"

    def _find_names(self) -> None:
        names, at = names_by_first_word(self.line.names, self.line.people), 0
        while at < len(self.stems):
            for words, name in names.get(self.stems[at], ()):
                if tuple(self.stems[at : at + len(words)]) == words:
                    self.named.add(name)
                    self.marks[at : at + len(words)] = [self.mark(name)] * len(words)
                    at += len(words) - 1
                    break
            at += 1

    def _find_loosely(self, name: str, at: int) -> None:
        """A name with a typo, or the words of a fact anywhere in the text."""
        if self.fact:
            wanted = content(name, self.line.people)
            for place, found in enumerate(self.roots):
                if not self.marks[place] and (found in wanted or any(alike(found, word) for word in wanted)):
                    self.roots[place] = next((word for word in wanted if alike(found, word)), found)
                    self.marks[place] = "TV"[at] if at < 2 else "N"
            return
        joined = "".join(parts(name))
        for size in range(max(1, len(parts(name)) - 1), len(parts(name)) + 2):
            for place in range(len(self.words) - size + 1):
                if not any(self.marks[place : place + size]) and alike(
                    "".join(self.stems[place : place + size]), joined
                ):
                    self.named.add(name)
                    self.marks[place : place + size] = [self.mark(name)] * size
                    return

    def _find_value(self) -> None:
        """The value's number, however it is written."""
        wanted = of_name(self.line.must[1]) if len(self.line.must) > 1 else ()
        for number in self.numbers:
            if any(_same(other, number) for other in wanted):
                self.marks[number.start : number.end] = ["V"] * (number.end - number.start)

    def _marked(self) -> str:
        """The words with one mark for each name, and without the names of those who are spoken to."""
        found: list[str] = []
        for at, (word, mark) in enumerate(zip(self.words, self.marks, strict=True)):
            if not mark:
                found.append(word)
            elif at == 0 or self.marks[at - 1] != mark or found[-1] != mark:
                found.append(mark)
        spoken_to = [
            at
            for at, word in enumerate(found)
            if word == "P"
            and self.line.aloud
            and (at == 0 or found[at - 1] in MARKS or found[at - 1] == "and")
            and (at + 1 == len(found) or found[at + 1] in MARKS or found[at + 1] == "and")
        ]
        for at in reversed(spoken_to):
            end = at + 1
            if end < len(found) and found[end] == "," and (at == 0 or found[at - 1] in MARKS):
                end += 1
            start = at - 1 if at and found[at - 1] == "," and (end == len(found) or found[end] in MARKS) else at
            del found[start:end]
        return " ".join(found)


@lru_cache(16384)
def alike(found: str, wanted: str) -> bool:
    """Whether a word is another one but for a typo. What is a word of its own is no typo."""
    if found == wanted:
        return True
    most = 0 if len(wanted) < 5 else 1 if len(wanted) < 10 else 2
    if not most or abs(len(found) - len(wanted)) > most or stem(found) in nouns():
        return False
    return OSA.distance(found, wanted, score_cutoff=most) <= most


Difference = tuple[str, str]


def missing(said: Said) -> Iterator[Difference]:
    line = said.line
    for at, name in enumerate(line.must):
        if name in said.named:
            continue
        if not said.fact or not _in_words(said, name, at):
            yield f'"{name}"', "no such words"
    if not line.aloud and line.actor not in said.named:
        yield f"{line.actor}, who does it", "no such name"
    if said.fact and line.must[0] not in said.named:
        yield from _owner(said)


def _in_words(said: Said, name: str, at: int) -> bool:
    present = set(said.roots)
    if at == 0:
        words, least = heads(name, said.line.people)
        return len(words & present) >= least and (said.line.act != ASK or _told_apart(said, name))
    words = content(name, said.line.people) - content(said.line.must[0], said.line.people)
    counted = of_name(name)
    return words <= present and (bool(words) or bool(counted) or bool(content(name, said.line.people) & present))


def _told_apart(said: Said, topic: str) -> bool:
    """Of facts about the same thing, the one that a question means is told by its first noun or what stands for it."""
    line = said.line
    known = heads(topic, line.people)[0]
    if not any(known & content(other, line.people) == known for other in line.topics - {topic}):
        return True
    own = content(topic, line.people) - known
    hints = {root(hint) for word in parts(topic) for hint in english()["heads"].get(word, "").split()}
    return bool((own | hints) & set(said.roots))


def _owner(said: Said) -> Iterator[Difference]:
    """Whose fact it is: by name, or by "my" and "your" where these can mean nobody else."""
    line = said.line
    spoken_to = {name for name in said.named if name in line.hearers}
    for at, word in enumerate(said.words[:-1]):
        whose = {name for name in line.people if word == "'s" and at and parts(name)[-1] == said.stems[at - 1]}
        if whose and "T" in said.marks[at + 1 : at + 3] and not any(within(name, line.must) for name in whose):
            yield "whose it is", f"{whose.pop()}'s"
    for owner in (person for person in line.people if parts(person)[0] in parts(line.must[0])):
        if owner in said.named:
            continue
        words = set(said.words)
        mine = line.aloud and owner == line.actor and words & FIRST_PERSON
        yours = line.aloud and owner in line.hearers and words & SECOND_PERSON and not spoken_to
        if not mine and not yours:
            yield f"{owner}, whose it is", "no such name"


def numbers_of_act(line: Line) -> Iterator[Number]:
    for name in (*line.must, *line.may):
        yield from of_name(name)


def numbered(said: Said) -> Iterator[Difference]:
    line = said.line
    found = said.numbers
    if len(line.must) > 1:
        for wanted in of_name(line.must[-1]):
            if not any(_same(wanted, number) for number in found):
                yield f'the number of "{line.must[-1]}"', "none"
    known = list(numbers_of_act(line))
    for number in found:
        if not any(_same(other, number) for other in known) and not _idle(said, number):
            yield "no number but those of the act", f'"{" ".join(said.words[number.start : number.end])}"'


def _same(wanted: Number, found: Number) -> bool:
    if not wanted.readings & found.readings:
        return False
    return wanted.unit == found.unit or not wanted.unit or (not found.unit and wanted.unit == "year")


def _idle(said: Said, number: Number) -> bool:
    """Words that count nothing, or only those who are there: one, a, first, a second, you two, the three of us."""
    before = said.words[number.start - 1] if number.start else ""
    after = said.words[number.end : number.end + 2]
    if before in ("you", "us", "we", "all", "these", "those") or after in (["of", "you"], ["of", "us"]):
        return any(value <= len(said.line.people) for _, value in number.readings)
    if number.soft:
        if before == "not":
            return True
        timed = said.line.must[-1:] and any(wanted.unit for wanted in of_name(said.line.must[-1]))
        return not (number.unit and timed) and (
            not number.unit or number.unit in ("minute", "day", "month", "week", "year")
        )
    return False


def others(said: Said) -> Iterator[Difference]:
    line = said.line
    owners = {person for person in line.people if any(parts(person)[0] in parts(name) for name in line.must)}
    allowed = {*line.must, *line.may, *owners} if line.act != TALK else {*line.people}
    for name in sorted(said.named - allowed):
        if not within(name, [own for own in line.must if own in said.named or said.fact]):
            yield f'nothing of "{name}"', "its name"
    if line.act == TALK:
        for topic in sorted(line.topics - said.named):
            words, least = heads(topic, line.people)
            if len(words & set(said.roots)) >= max(least, min(2, len(words))):
                yield f"nothing of {topic}", "words for it"


def foreign(said: Said) -> Iterator[Difference]:
    line = said.line
    known = {word for name in (*line.must, *line.may) for word in parts(name)}
    known |= {root(word) for word in known}
    free = (
        pattern("idioms", "concrete")
        .sub(lambda found: " ".join("-" for _ in found[0].split()), " ".join(said.words))
        .split()
    )
    calendar, capitals = word_set("words", "calendar"), word_set("words", "capitals")
    things, usual = (
        nouns(),
        word_set("acts", line.act, "nouns") if "nouns" in english()["acts"].get(line.act, ()) else (),
    )
    for at, (token, mark) in enumerate(zip(said.tokens, said.marks, strict=True)):
        word, singular = token.word, said.stems[at]
        if mark or free[at] == "-" or singular in known or said.roots[at] in known or singular in usual:
            continue
        ambiguous = things.get(singular)
        named = token.capital and word not in capitals and not word.startswith("'")
        if named or (word in calendar and word not in ("may", "march")):
            yield "no name or day but those of the act", f'"{word}"'
        elif ambiguous is False or (ambiguous and at and said.words[at - 1] in word_set("words", "determiners")):
            yield "no thing or place but those of the act", f'"{word}"'


def clauses(text: str) -> Iterator[str]:
    yield from (clause.strip() for clause in pattern("idioms", "between").split(text))


def polarity(said: Said) -> Iterator[Difference]:
    if said.line.act != TELL:
        return
    denied = any(_denies(clause) for clause in clauses(said.plain)) or _answered_no(said.plain)
    if denied and said.line.holds:
        yield "an affirmation", "a denial"
    elif not denied and not said.line.holds:
        yield "a denial", "none"


def own_denial(said: Said) -> str:
    """The text without the denial that is part of a fact's name ("the cake that did not rise")."""
    text = said.text
    if said.fact:
        for found in pattern("idioms", "denials").finditer(" ".join(token.word for token in split(said.line.must[0]))):
            text = re.sub(rf"(?<![^ ]){re.escape(found[0])} T", "T", text)
    return text


def _denies(clause: str) -> bool:
    if pattern("idioms", "retracts").fullmatch(clause):
        return True
    if not re.search(r"(?<![^ ])[TV](?![^ ])", clause) and not pattern("idioms", "pronouns").fullmatch(clause):
        return False
    found = [each.start() for each in pattern("idioms", "denials").finditer(clause)]
    for each in pattern("idioms", "elsewhere").finditer(clause):
        if not found or not found[0] < clause.rfind("V") < each.start():
            found.append(each.start())
    return len(found) % 2 == 1


def _answered_no(text: str) -> bool:
    """A question of one's own about the matter, and the answer no."""
    asked = False
    for words, question in sentences(text):
        if asked and any(pattern("idioms", "answers").fullmatch(clause) for clause in clauses(words)):
            return True
        asked = question and bool(re.search(r"(?<![^ ])V(?![^ ])", words))
    return False


SENTENCE = re.compile(r"([^.!?]*)([.!?]*)")


@cache
def aside() -> re.Pattern[str]:
    """A question at the end of a sentence that wants no answer (", can you believe it?")."""
    return re.compile(rf"(?:^|(?<=[.!?,;:]))(?: and| so)? ?(?:{'|'.join(english()['idioms']['rhetorical'])}) \?")


def sentences(text: str) -> Iterator[tuple[str, bool]]:
    """Sentences, and whether each is a question."""
    for found in SENTENCE.finditer(text):
        if words := found[1].strip(" ,;:"):
            yield words, "?" in found[2]


def stated(said: Said) -> Iterator[Difference]:
    line = said.line
    if line.act == ASK:
        asks = any(question for _, question in sentences(said.text))
        if not asks and not any(pattern("idioms", "asking").match(clause) for clause in clauses(said.text)):
            yield "a question", "none"
    elif line.act == TELL:
        if hedge := pattern("idioms", "hedges").search(pattern("idioms", "certain").sub("", said.plain)):
            yield "a statement of the speaker's own", f'"{hedge[0]}"'
        if line.must[-1:] and of_name(line.must[-1]) and (vague := pattern("idioms", "vague").search(said.plain)):
            yield "the value itself", f'"{vague[0]}"'
    if line.act != ASK and line.aloud and _left_open(list(sentences(said.plain))):
        yield "a statement", "a question"


ANSWER = re.compile(
    r"(?<![^ ])(?:it|that|there|this|yes|no|nope|not|indeed|exactly|right|precisely|correct|yep|yeah|here|i|T|V|N)(?![^ ])"
)


def _left_open(said: list[tuple[str, bool]]) -> bool:
    """Whether what is told is only asked: the last of its names is in a question and no statement after it takes it up."""
    for at, (words, question) in enumerate(said):
        if question and re.search(r"(?<![^ ])[VN](?![^ ])", words):
            return not any(not later and ANSWER.search(more) for more, later in said[at + 1 :])
    return False


def kind(said: Said) -> Iterator[Difference]:
    line = said.line
    if line.act in english()["acts"]:
        if not pattern("acts", line.act, "says").search(said.text):
            yield f"words for the act {line.act}", "none"
        if other := pattern("acts", line.act, "never").search(said.plain):
            yield f"the act {line.act} and no other", f'"{other[0]}"'
        if line.act not in LAPSES and (undone := _undone(said.plain)):
            yield f"the act {line.act} done", f'"{undone}"'
        yield from _doer(said)
    elif line.act == TELL and not said.fact and (other := pattern("idioms", "doing").search(said.text)):
        yield "a telling", f'"{other[0]}"'


def _undone(text: str) -> str:
    for clause in re.split("[.!?;:,]", text):
        if re.search(r"(?<![^ ])[TVN](?![^ ])", clause) and (found := pattern("undone", "all").search(clause)):
            return found[0]
    return ""


def _doer(said: Said) -> Iterator[Difference]:
    """Somebody else who acts: at the head of a sentence or after "it is", and not spoken to."""
    line = said.line
    if line.aloud:
        told = re.search(r"(?<![^ ])(?:P (?:is|'s|has|will|was) (?!T|V|N)|it is P|let P)", said.text)
        if told and not said.fact:
            yield f"{line.actor} to act", f'"{told[0]}"'
        return
    first = next((at for at, word in enumerate(said.words) if word.isalpha()), 0)
    name = next(
        (person for person in line.people if parts(person) == tuple(said.stems[first : first + len(parts(person))])),
        None,
    )
    if name and name != line.actor:
        after = said.words[first + len(parts(name)) : first + len(parts(name)) + 1]
        if after and after[0].isalpha() and after[0] != "and":
            yield f"{line.actor} to act", name


PARTS: tuple[Callable[[Said], Iterator[Difference]], ...] = (missing, numbered, others, foreign, polarity, stated, kind)

CHECK = Check(
    NAME, "the words of models say the act they stand for, and nothing else of the world or beyond it", judge=judge
)
