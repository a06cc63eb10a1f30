"""What coordination is about in words: facts, proposals, messages and acts, by the names in the record.

A fact is the clause "NAME is VALUE", an act its name with the first verb conjugated ("go north": "Anna goes north").
Rounds are counted from one.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import resources

from madata.generators.coordination.names import Names
from madata.generators.coordination.setting import Setting
from madata.schemas.coordination.language import Event, Propose, Told
from madata.schemas.words import name_list, nth

LONGEST = 3_600
"""Characters of a turn of the setting; a record holds 4000."""

LISTED = 1_200
"""Characters of the names listed in one sentence."""

IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}
SIBILANT = ("s", "x", "z", "ch", "sh")


@cache
def forms() -> dict[str, dict[str, list[str]]]:
    """The sentence forms by section and kind."""
    return tomllib.loads((resources.files(__package__) / "forms.toml").read_text("utf-8"))


class Wording:
    """The names of a record, by id."""

    def __init__(self, setting: Setting) -> None:
        self.world = world = setting.world
        self.names = Names(setting)
        self.agents = setting.agents
        self.ids = [agent.id for agent in setting.agents]
        self.name = {agent.id: agent.name for agent in setting.agents}
        self.values = {scale.id: scale.values for scale in world.scales}
        self.fact = {fact.id: fact for fact in world.facts}

    def people(self, agents: Iterable[str]) -> str:
        """Names as they are listed: "Anna, Ben and Carla"."""
        return name_list([self.name[agent] for agent in agents])

    def is_value(self, fact: str, value: int | None = None) -> str:
        """The clause "NAME is VALUE", of the true value if no other is given."""
        known = self.fact[fact]
        return f"{known.name} is {self.values[known.scale][known.value if value is None else value]}"

    def facts(self, told: Iterable[Told]) -> str:
        return name_list([self.is_value(each.fact, each.value) for each in told])

    def things(self, facts: Iterable[str]) -> str:
        """The names of facts."""
        return name_list([self.fact[fact].name for fact in facts])

    def proposal(self, index: int, events: Sequence[Event]) -> str:
        """ "the proposal that Anna made in round 3". Of several in one round: "the second proposal .."."""
        made = events[index]
        when = made.agent, made.time
        alike = [
            k for k, event in enumerate(events) if isinstance(event, Propose) and (event.agent, event.time) == when
        ]
        which = f"{nth(alike.index(index) + 1)} " if len(alike) > 1 else ""
        return f"the {which}proposal that {self.name[made.agent]} made in round {made.time + 1}"

    def message(self, index: int, events: Sequence[Event]) -> str:
        """ "what Anna said in round 3"."""
        return self.names.event(events, index)

    def does(self, agent: str, action: int) -> str:
        """ "Anna goes north"."""
        return f"{self.name[agent]} {conjugated(self.names.actions[action])}"


def conjugated(infinitive: str) -> str:
    """The third person of a verb phrase: "put the onion into the pot", "puts the onion into the pot"."""
    verb, *rest = infinitive.split(" ")
    if verb in IRREGULAR:
        verb = IRREGULAR[verb]
    elif verb.endswith(SIBILANT):
        verb += "es"
    elif verb.endswith("y") and verb[-2:-1] not in "aeiou":
        verb = f"{verb[:-1]}ies"
    else:
        verb += "s"
    return " ".join([verb, *rest])


def counted(number: int, noun: str) -> str:
    """ "1 round", "3 rounds", "0 coins"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def parts(texts: Iterable[str], longest: int = LISTED) -> Iterator[list[str]]:
    """The texts in their order, cut into lists that are not too long for one sentence."""
    part: list[str] = []
    length = 0
    for text in texts:
        if part and length + len(text) > longest:
            yield part
            part, length = [], 0
        part.append(text)
        length += len(text) + len(" and ")
    if part:
        yield part


def pages(sentences: Iterable[str]) -> Iterator[str]:
    """The sentences in texts that are not too long for one turn."""
    return (" ".join(part) for part in parts(sentences, LONGEST))
