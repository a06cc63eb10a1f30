"""What a run with models will ask for, estimated before anything is asked: a rehearsal of a few episodes, scaled up."""

from typing import NamedTuple

from madata.generators import make
from madata.generators.family import Rejected
from madata.generators.run import Config
from madata.generators.teachers.cast import Rehearsal

REHEARSED = 20  # episodes
CHARACTERS = 4.5  # of English a token, as vLLM's usual tokenizers have it
ANSWER = 25  # tokens: a sentence


class Plan(NamedTuple):
    """Requests and tokens if every answer is accepted at once."""

    requests: int
    prompt_tokens: int
    completion_tokens: int


def plan(config: Config, episodes: int) -> Plan:
    """The plan for so many episodes of the run."""
    requests = characters = rehearsed = 0
    for slot in range(min(config.n, REHEARSED)):
        cast = Rehearsal(config, slot, 0)
        try:
            make.at_once(make.compose(config.task, config.families, config.knobs, config.seed, slot, 0, cast))
        except Rejected:
            continue
        rehearsed += 1
        requests += cast.requests
        characters += cast.characters
    share = episodes / max(rehearsed, 1)
    asked = round(requests * share)
    return Plan(asked, round(characters / CHARACTERS * share), asked * ANSWER)
