"""Who sees the target, told to them at the beginning of the round."""

from collections.abc import Iterator

from madata.validators.coordination.game import Game
from madata.validators.coordination.reading.happenings import Happening
from madata.validators.coordination.reading.phrases import PAIR, affirmed, phrase
from madata.validators.coordination.reading.skeleton import Sentence

SEEN = phrase(rf"(?:sees?|seen|notices?|spots?)(?: that)?(?: :)? {PAIR}|@ (?:sees|notices|spots) .*{PAIR}")


def of(game: Game, time: int) -> Iterator[Happening]:
    world = game.world
    for (agent, fact), first in game.record.observed.items():
        if first == time and agent not in world.known[fact]:
            value = world.value_names[fact][world.truth[fact]]
            yield Happening("seen", (world.names[agent], world.fact_names[fact], value), (world.agents[agent],))


def read(sentence: Sentence) -> tuple[str, tuple[str, ...]] | None:
    if len(sentence.slots) != 3 or not SEEN.search(sentence.skeleton):
        return None
    affirmed(sentence.skeleton)
    return "seen", sentence.slots
