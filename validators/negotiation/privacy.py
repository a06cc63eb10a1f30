"""Check `privacy` (law 4): nobody says what they get out of a deal, and no secret slips out.

What a party privately holds is its points, what it has without a deal, when it will walk away, and how it bargains. Of
these an act discloses what it claims and nothing more: no figure but the act's own that is one of the speaker's, no
figure that is called points but the one promised, no words for a plan, and no name of an issue, option or resource that
the act is not about. Numbers are read as the reader reads them, in figures or in words.
"""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation.phrases import phrases
from madata.validators.negotiation.reading.mentions import marked
from madata.validators.negotiation.reading.skeleton import Slot
from madata.validators.negotiation.spoken import ANSWERS, Line
from madata.validators.spoken import TALK, Fault, judged

NAME = "privacy"
LONGEST = 1000
SHOWN = 60

POINTS = phrases(r"""
    # (?:\w+ )?points?
    (?:worth|valued at|score of|value of|gains? of|points? of) (?:\w+ )?#
    points(?: is| are|:)?(?: #)?
    """)
PLANS = phrases(r"""
    boulware|concede[sd]?|conceding|conceder|hard ?- ?headed|tit for tat|fair ?- ?split|strateg\w+|tactic\w*|scheme|ploy
    (?:my|a) (?:reservation|walk ?- ?away|threshold|bottom line|batna|fallback|fall ?- ?back|secret|target)(?: \w+)?
    (?:my|a) (?:patience|aspiration)(?: (?:is|was|ends|level))|reservation (?:value|price|points?)
    bottom line|batna|secretly|bluff\w*
    i (?:do not|did not|will not) (?:really )?mean|poker|(?:my|own) deadline|lose patience|run(?:ning)? out of patience
    patience (?:ends|runs|until)|give up (?:at|by|after|in) (?:round|turn|time) #|i (?:only )?pretend\w*
    i (?:plan|intend) to|my plan is|free ?- ?rid\w+|reciproc\w+|discriminat\w+
    """)
CALLED = {"@i": "an issue", "@c": "an issue", "@o": "an option", "@r": "the resource"}


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", str(len(line.text)))
        return
    text = marked(line.moves.vocabulary.read(line.text))
    shown = ascii(line.text if len(line.text) <= SHOWN else f"{line.text[:SHOWN]}...")
    allowed = figures(line)
    for slot in text.slots:
        if slot.mark == "#" and str(slot.value) in line.private and slot.value not in allowed:
            yield Fault("no figure of the speaker's own but the act's", f"{slot.value} in {shown}")
        elif slot.mark in CALLED and not concerns(line, slot):
            yield Fault("no issue, option or resource but those of the act", f"{CALLED[slot.mark]} in {shown}")
    if line.act != "promise" and (said := POINTS.search(text.skeleton)):
        yield Fault("nothing about points", f'"{said[0]}" in {shown}')
    if said := PLANS.search(text.skeleton):
        yield Fault("nothing of how the speaker bargains", f'"{said[0]}" in {shown}')


def figures(line: Line) -> frozenset[int]:
    """The numbers that the act itself has: of a deal all shares and units, of a claim when it was and how much."""
    event = line.event or {}
    deal = (line.answered if line.act in ANSWERS else event) or {}
    claim = event.get("claim") or {}
    found = [event.get("amount"), claim.get("amount")]
    found += [claim[when] + 1 for when in ("round", "meeting") if when in claim]
    for entry in deal.get("deal", ()):
        found += entry if isinstance(entry, list) else [entry]
    if deal:
        found += [issue.get("units") for issue in line.game.get("issues", ())]
    return frozenset(number for number in found if number is not None)


def concerns(line: Line, slot: Slot) -> bool:
    """Whether an act is about an issue, an option or the resource."""
    if line.act in ("propose", *ANSWERS) or slot.mark == "@r":
        return line.act != TALK
    claim = (line.event or {}).get("claim") or {}
    if claim.get("kind") == "priority":
        return bool(slot.value == claim["issue"])
    if claim.get("kind") == "limit":
        return slot.mark == "@c" or any(option == claim["option"] for _, option in slot.value)
    return False


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults)


CHECK = Check(NAME, "turns of models keep to the act, and keep what a party holds to itself", judge=judge)
