"""Check `privacy` (law 4): nobody says of a fact what they do not know.

An act discloses what it tells. Besides, words may have of a fact only a value that the speaker knew at the start, has
seen or was told; what they ask, they do not disclose. Facts and values are found as `wording` finds them; where it is
not clear which value is of which fact, one that is known will do.
"""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination import phrases as say
from madata.validators.coordination.claims import NEVER, Misread, attributed, claims
from madata.validators.coordination.mentions import Skeleton
from madata.validators.coordination.spoken import Line
from madata.validators.coordination.wording import LONGEST, TELL, Said
from madata.validators.spoken import Fault, judged

NAME = "privacy"


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    said = Said(line, TELL)
    text = said.text
    for called in (say.PROPOSAL, say.MESSAGE, say.REJECTING):
        text = text.without(called, "it")
    for sentence in attributed(text, said.voice).sentences():
        if sentence.text.endswith("?") or say.ASKING.search(sentence.text):
            continue
        for fact in disclosed(line, sentence):
            shown = line.world.facts[fact]
            yield Fault(f"nothing of {shown} that the speaker cannot know", f'"{sentence.text}" in "{line.text}"')


def disclosed(line: Line, sentence: Skeleton) -> Iterator[int]:
    """Facts of which the sentence tells something else than what the act tells or the speaker has met."""
    known = line.told | line.known
    scales = line.world.scales
    try:
        for fact, value, holds in claims(sentence):
            if (
                fact != NEVER
                and value in scales[fact]
                and not any(of == fact and (met == value) is holds for of, met in known)
            ):
                yield fact
    except Misread:
        values = sentence.values("V")
        for fact in sentence.values("F"):
            could = {(fact, value) for value in values if fact != NEVER and value in scales[fact]}
            if could and not could & known:
                yield fact


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults)


CHECK = Check(NAME, "turns of models tell of no fact what their speaker does not know", judge=judge)
