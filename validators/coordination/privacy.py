"""Check `privacy` (law 4): nobody says of a fact what they do not know.

An act discloses what it tells. Besides, words may have of a fact only a value that the speaker knew at the start, has
seen or was told; what they ask, they do not disclose. Facts and values are found as `wording` finds them; where it is
not clear which value is of which fact, each could be.
"""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination import phrases as say
from madata.validators.coordination.claims import NEVER, Claim, Misread, attributed, claims
from madata.validators.coordination.mentions import Skeleton
from madata.validators.coordination.spoken import Line, Pair
from madata.validators.coordination.wording import LONGEST, TELL, Said
from madata.validators.spoken import Fault, judged

NAME = "privacy"


def faults(line: Line) -> Iterator[Fault]:
    if len(line.text) > LONGEST:
        yield Fault(f"at most {LONGEST} characters", f"{len(line.text)}")
        return
    said = Said(line, TELL)
    known = line.told | line.known
    for sentence in attributed(said.text, said.voice).sentences():
        if sentence.text.endswith("?") or say.ASKING.search(sentence.text):
            continue
        for fact, value in disclosed(line, sentence):
            if (fact, value) not in known:
                yield Fault(
                    f"nothing of {line.world.facts[fact]} that the speaker cannot know", f'{value} in "{line.text}"'
                )


def disclosed(line: Line, sentence: Skeleton) -> Iterator[Pair]:
    scales = line.world.scales
    try:
        found = list(claims(sentence))
    except Misread:
        found = [Claim(fact, value, True) for fact in sentence.values("F") for value in sentence.values("V")]
    for fact, value, holds in found:
        if fact == NEVER or value not in scales[fact]:
            continue
        if holds:
            yield fact, value
        elif len(scales[fact]) == 2:
            yield fact, next(other for other in scales[fact] if other != value)


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return judged(NAME, episode, faults)


CHECK = Check(NAME, "turns of models tell of no fact what their speaker does not know", judge=judge)
