"""Generated deliberations beside those of people.

Like is compared with like: groups that talk, all hearing all, until they settle on something: DeliData's on one side,
the families with plans on the other. A turn is one utterance, as people sent it. What a turn does is read from its
words, on both sides by the same patterns: it asks (a question mark), acknowledges (says yes, thanks or the like, early
in it), proposes (let us, how about, I suggest ..), or repairs (takes back, corrects, asks what was meant); it may do
several, or none. The patterns are coarse: they compare, and label nothing.

Only people's turns have times. What a generated dialogue has instead is rounds, so seconds stand on one side alone.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from madata.cards.realism.figures import Curve, Kind, Side, Spread, rates, spread, vocabulary
from madata.schemas.coordination.games.wason import Wason
from madata.schemas.tasks import CoordinationEpisode, Episode
from madata.validators.spoken import words

ACKNOWLEDGES = re.compile(
    r"\W*(ok|okay|yes|yeah|yep|yup|sure|right|agreed|agree|i agree|true|good|great|fine|thanks|thank you|got it"
    r"|cool|makes sense|noted|understood|exactly|i see|all right|alright|same|deal|sounds|that works)\b",
    re.IGNORECASE,
)
PROPOSES = re.compile(
    r"\b(let\W?s|let us|how about|what about|i (suggest|propose|think|say|would)|i\Wd|we (should|could|can|need)"
    r"|shall we|why don\W?t we|my (plan|proposal|suggestion|answer|vote)|maybe|(going|go) with|here is a plan)\b",
    re.IGNORECASE,
)
REPAIRS = re.compile(
    r"\b(sorry|i meant?|actually|wait|correction|not quite|no(?=[,.!])|what do you mean|disagree|but|instead|oops"
    r"|i don\W?t (think|agree|understand)|(won|can)\W?t work|cannot work|does(n\W?t| not) work|on second thought)\b",
    re.IGNORECASE,
)
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Dialogue:
    """`turns`: who, and what. `seconds` between one turn and the next, where there is a clock. `agreed`: all ended with
    the same; `success`: and with the right thing."""

    turns: list[tuple[str, str]]
    seconds: list[int]
    agreed: bool
    success: bool


def comparable(episode: Episode) -> Dialogue | None:
    """What is measured of an episode; None if it is no deliberation of a group that hears all."""
    if not isinstance(episode, CoordinationEpisode):
        return None
    world, outcome = episode.world, episode.outcome
    ids = {agent.id for agent in episode.agents}
    spoken = [turn for turn in episode.turns if turn.speaker in ids]
    people = isinstance(world.game, Wason)
    if not (people or world.decisions) or len({turn.speaker for turn in spoken}) < 2:
        return None
    clock = world.game.clock if people and len(world.game.clock) == len(episode.turns) else []
    times = [clock[turn.index] for turn in spoken if turn.index < len(clock)]
    milestones = {milestone.name: milestone.time for milestone in outcome.milestones}
    return Dialogue(
        turns=[(turn.speaker or "", turn.text) for turn in spoken],
        seconds=[after - before for before, after in pairwise(times)],
        agreed=milestones.get("agreement") is not None,
        success=outcome.success,
    )


def measure(dialogues: Sequence[Dialogue]) -> dict[str, list[float]]:
    """The values of each figure."""
    texts = [text for dialogue in dialogues for _, text in dialogue.turns]
    return {
        "turns a dialogue": [len(dialogue.turns) for dialogue in dialogues],
        "words a turn": [len(words(text)) for text in texts],
        "distinct words per 1,000": vocabulary([word for text in texts for word in words(text)]),
        "turns of the most talkative": [talkative(dialogue) for dialogue in dialogues],
        "speaker changes": [changes(dialogue) for dialogue in dialogues],
        "questions": shares(dialogues, lambda text: "?" in text),
        "acknowledgements": shares(dialogues, lambda text: ACKNOWLEDGES.match(text) is not None),
        "proposals": shares(dialogues, lambda text: PROPOSES.search(text) is not None),
        "repairs": shares(dialogues, lambda text: REPAIRS.search(text) is not None),
        "words taken from the turn before": [taken_up(dialogue) for dialogue in dialogues],
        "seconds between turns": [seconds for dialogue in dialogues for seconds in dialogue.seconds],
        "agreement rate": rates([dialogue.agreed for dialogue in dialogues]),
        "success rate": rates([dialogue.success for dialogue in dialogues]),
    }


def talkative(dialogue: Dialogue) -> float:
    """Share of the turns."""
    [(_, most)] = Counter(speaker for speaker, _ in dialogue.turns).most_common(1)
    return most / len(dialogue.turns)


def changes(dialogue: Dialogue) -> float:
    """How often the next turn is somebody else's."""
    pairs = list(pairwise(speaker for speaker, _ in dialogue.turns))
    return sum(before != after for before, after in pairs) / len(pairs)


def shares(dialogues: Sequence[Dialogue], does: Callable[[str], bool]) -> list[float]:
    return [sum(does(text) for _, text in dialogue.turns) / len(dialogue.turns) for dialogue in dialogues]


def taken_up(dialogue: Dialogue) -> float:
    """Of the different words of a turn, how many were in the turn before; the mean over turns."""
    found = [{*words(text)} for _, text in dialogue.turns]
    pairs = [(before, after) for before, after in pairwise(found) if after]
    return sum(len(before & after) / len(after) for before, after in pairs) / max(len(pairs), 1)


def proposing(side: Side) -> list[Spread]:
    """By tenths of a dialogue, the share of turns that propose: how talk converges."""
    tenths: list[list[float]] = [[] for _ in range(TENTHS)]
    for dialogue in side.dialogues:
        parts: list[list[bool]] = [[] for _ in range(TENTHS)]
        for number, (_, text) in enumerate(dialogue.turns):
            parts[TENTHS * number // len(dialogue.turns)].append(PROPOSES.search(text) is not None)
        for tenth, part in zip(tenths, parts, strict=True):
            if part:
                tenth.append(sum(part) / len(part))
    return [point for tenth in tenths if (point := spread(tenth))]


ABOUT = "deliberations of a group"
KIND = Kind(
    about=ABOUT,
    sources="`madata generate coordination --family schedule`, `madata import delidata`",
    comparable=comparable,
    alike=lambda generated, people: (generated, people, ABOUT),
    measure=measure,
    curve=Curve("proposals", "tenth of the dialogue", "share of turns that propose", proposing),
    said_in="`cards/realism/coordination.py`",
)
