"""Check `scores`: people answered right or wrong as their record says they did.

Only of groups imported from DeliData, whose file says of each what it answered and whether that is right (`finalanswer`
and `correct_flag`, kept in `provenance.source.text`). Both are derived again from the acts alone: the cards that each
chose to turn, and whether they are those that test the rule. So the game's idea of what is right is held against a
figure that it was not made from; docs/delidata.md says what came of it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import orjson

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.coordination.game import Game
from madata.validators.coordination.games.wason import Wason
from madata.validators.trial import Fault, Trial, told

NAME = "scores"
SOURCE = "DeliData"
TEXT = "provenance.source.text"


class Answer(NamedTuple):
    cards: frozenset[str]
    right: bool


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    source = episode["provenance"].get("source")
    if source is not None and source["name"] == SOURCE:
        yield from told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    game, text = trial.game, trial.episode["provenance"]["source"]["text"]
    if not isinstance(game, Wason):
        yield Fault("world, game", "wason", str(game.figures["kind"]))
        return
    agents = game.world.agents
    recorded = answers(text)
    if recorded is None or len(recorded) != len(agents):
        yield Fault(TEXT, f"a JSON list of the finalanswer and correct_flag of {len(agents)} people", text[:60])
        return
    chosen = {event.agent: event.action for event in game.record.events if event.action is not None}
    for number, answer in enumerate(recorded):
        if number not in chosen:
            yield Fault(f"answer of {agents[number]}", f"{sorted(answer.cards)}, as recorded", "none")
            continue
        action = chosen[number]
        derived = Answer(game.cards[action], game.right[action])
        for part, expected, found in zip(Answer._fields, derived, answer, strict=True):
            if expected != found:
                yield Fault(f"{part} of {agents[number]}", f"derived {shown(expected)}", f"recorded {shown(found)}")


def answers(text: str) -> list[Answer] | None:
    """What the source says of each, in agent order; None if it is not there."""
    try:
        found = [(each["finalanswer"], each["correct_flag"]) for each in orjson.loads(text)]
    except (orjson.JSONDecodeError, LookupError, TypeError):
        return None
    if not all(isinstance(cards, str) and isinstance(right, bool) for cards, right in found):
        return None
    return [Answer(frozenset(cards), right) for cards, right in found]


def shown(value: object) -> str:
    return str(sorted(value)) if isinstance(value, frozenset) else str(value)


CHECK = Check(NAME, "what people answered is as right as their record says", judge=judge)
