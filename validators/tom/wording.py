"""Check `wording`: the words of a model say the act they stand for, and nothing that the world does not have.

A line is judged by what it must say and may mention (`spoken.py`), in these parts:

- `missing`: each name of the act is said, in any inflection and with a typo at most; a narrator names who acts. Of a
  fact's name the words that stand for it are enough ("the concert is on Friday"), of its owner "my" or "your".
- `numbered`: the act's numbers in any spelling ("$60", "sixty dollars"), and no others.
- `others`: nobody and nothing else of the world, which would say more than the act does.
- `foreign`: no person, thing, place or day that the act does not have. Things are known by a list of concrete nouns;
  what an act brings along for every novelist (a hinge, a phone call) is listed with the act.
- `polarity`: a telling affirms or denies as the act does. Each clause about the matter is counted for itself: an odd
  number of words that deny makes it a denial, and one clause that denies makes the line one.
- `stated`: a telling is a statement of the speaker's own: no question, no doubt, no hearsay; a question asks.
- `kind`: an act is told as what it is: nobody leaves who enters, or peeks openly, or is somebody else.

Small talk may speak of things, people and numbers beyond the world, but of no room, container, object, fact or value of
it.
"""

import re
from collections.abc import Callable, Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.spoken import ASK, TALK, Fault, Line, judged
from madata.validators.words import english, nouns, pattern, word_set
from madata.validators.words.claims import clauses, denies, left_open, sentences, undone
from madata.validators.words.names import content, heads, parts, within
from madata.validators.words.numbers import Number, of_name, same
from madata.validators.words.said import TELL, Said
from madata.validators.words.tokens import root

NAME = "wording"
LONGEST = 1000
"""Characters a line can have to be judged; `form` allows far fewer."""

FIRST_PERSON = frozenset("i me my mine myself we us our ours".split())
LAPSES = frozenset(["unwatch", "distract", "attend"])
"""Acts that are themselves told by what is no longer done."""
SECOND_PERSON = frozenset("you your yours".split())


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults, "a turn in which an agent acts")


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    said = Said(line)
    for part in PARTS if line.act != TALK else (others,):
        yield from (Fault(expected, f"{found} in {quoted(line)}") for expected, found in part(said))


def quoted(line: Line) -> str:
    return f'"{line.text}"'


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


def numbered(said: Said) -> Iterator[Difference]:
    line = said.line
    found = said.numbers
    if len(line.must) > 1:
        for wanted in of_name(line.must[-1]):
            if not any(same(wanted, number) for number in found):
                yield f'the number of "{line.must[-1]}"', "none"
    known = [number for name in (*line.must, *line.may) for number in of_name(name)]
    for number in found:
        if not any(same(other, number) for other in known) and not _idle(said, number):
            yield "no number but those of the act", f'"{" ".join(said.words[number.start : number.end])}"'


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
            known, own = heads(topic, line.people)[0], content(topic, line.people)
            # A single word may be of everyday use ("the soup of the day").
            if known <= set(said.roots) and len(own & set(said.roots)) >= min(2, len(own)):
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


def polarity(said: Said) -> Iterator[Difference]:
    if said.line.act != TELL:
        return
    denied = denies(said.plain)
    if denied and said.line.holds:
        yield "an affirmation", "a denial"
    elif not denied and not said.line.holds:
        yield "a denial", "none"


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
    if line.act != ASK and line.aloud and left_open(said.plain):
        yield "a statement", "a question"


def kind(said: Said) -> Iterator[Difference]:
    line = said.line
    if line.act in english()["acts"]:
        if not pattern("acts", line.act, "says").search(said.text):
            yield f"words for the act {line.act}", "none"
        if other := pattern("acts", line.act, "never").search(said.plain):
            yield f"the act {line.act} and no other", f'"{other[0]}"'
        if line.act not in LAPSES and (denial := undone(said.plain)):
            yield f"the act {line.act} done", f'"{denial}"'
        yield from _doer(said)
    elif line.act == TELL and not said.fact and (other := pattern("idioms", "doing").search(said.text)):
        yield "a telling", f'"{other[0]}"'


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
