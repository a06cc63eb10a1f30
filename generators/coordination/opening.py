"""The setting of a coordination game: who is there, what is to be done by which rules, what everybody takes for
granted, who knows what at the start, and to each what it knows. Each convention that matters is a sentence. How
agents with a script behave is for the reader alone; they know of each other that all mean well.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from madata.generators.coordination.draws import Draws
from madata.generators.coordination.rules import Rules, Told
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.wording import Wording, counted, forms, pages, parts
from madata.generators.lexicon import indefinite
from madata.schemas.coordination.language import Behaviour, Fact, Player
from madata.schemas.words import name_list

Key = TypeVar("Key")
Item = TypeVar("Item")


def opening(setting: Setting, words: Wording, rules: Rules, rng: random.Random) -> Told:
    """The turns of the setting, in order."""
    return _Opening(setting, words, rules, rng).turns()


class _Opening:
    def __init__(self, setting: Setting, words: Wording, rules: Rules, rng: random.Random) -> None:
        self._conventions = setting.conventions
        self._world = setting.world
        self._words = words
        self._rules = rules
        self._draws = Draws(rng)

    def _form(self, kind: str, whom: Sequence[str] | None = None, **slots: str) -> str:
        """For everybody, or for some."""
        audience = self._words.ids if whom is None else whom
        return self._draws.of(*audience).choice(forms()["setting"][kind]).format(**slots)

    def turns(self) -> Told:
        everybody = self._words.ids
        for sentences in (self._team(), self._rules.rules(), self._customs(), self._spread()):
            for text in pages(sentences):
                yield everybody, text
        own: dict[tuple[str, ...], list[str]] = {}
        for audience, text in [*self._rules.own(), *self._known()]:
            own.setdefault(tuple(audience), []).append(text)
        for knowers, told in own.items():
            for text in pages(told):
                yield list(knowers), text
        for text in pages(self._behaviours()):
            yield [], text

    def _behaviours(self) -> Iterator[str]:
        """From the start, and from a round on."""
        first = _grouped((player.behaviour, player) for player in self._world.players if player.behaviour)
        later = _grouped(
            ((player.switch.time, player.switch.behaviour), player) for player in self._world.players if player.switch
        )
        for behaviour, players in first:
            for text in self._behaves(behaviour, players):
                yield text[0].upper() + text[1:]
        for (time, behaviour), players in later:
            for text in self._behaves(behaviour, players):
                yield f"From round {time + 1} on, {text}"

    def _behaves(self, behaviour: Behaviour, players: Sequence[Player]) -> Iterator[str]:
        for names in parts(self._words.name[player.agent] for player in players):
            yield self._draws.of().choice(forms()["behaves"][behaviour]).format(who=name_list(names))

    def _team(self) -> Iterator[str]:
        agents = self._words.agents
        yield self._form("team", who=self._words.people(self._words.ids))
        if len({agent.role for agent in agents}) == 1:
            yield self._form("role", role=indefinite(agents[0].role))
        else:
            for agent in agents:
                yield f"{agent.name} is {indefinite(agent.role)}."

    def _customs(self) -> Iterator[str]:
        """How long it lasts, how they speak, and whom they believe."""
        yield self._form("rounds", n=counted(self._world.rounds, "round"))
        if self._rules.speaks:
            conventions = self._conventions
            yield self._form(
                conventions.speech, order=", ".join(self._words.name[agent] for agent in self._world.order)
            )
            yield self._form(conventions.delivery)
            if self._rules.confirms and conventions.delivery == "unreliable":
                yield self._form("confirms")
            yield self._form(conventions.channel)
            yield self._form("believed")
        yield self._form("meant")

    def _spread(self) -> Iterator[str]:
        """What there is to know, and who knows what: common knowledge."""
        facts = self._world.facts
        scales = {fact.scale: [each for each in facts if each.scale == fact.scale] for fact in facts}
        for scale, of_it in scales.items():
            for values in map(", ".join, parts(self._words.values[scale])):
                if len(scales) == 1:
                    yield self._form("values", values=values)
                else:
                    yield from self._listed("values_of", of_it, values=values)
        for knowers, known in self._groups(facts):
            if self._common(knowers):
                for value, alike in self._alike(known):
                    yield from self._listed("common", alike, value=value)
            elif knowers:
                yield from self._listed("knowers", known, who=self._words.people(knowers))
            else:
                yield from self._listed("nobody", known)

    def _known(self) -> Told:
        """What not everybody knows, to those who do, and to the reader what nobody knows."""
        for knowers, known in self._groups(self._world.facts):
            if self._common(knowers):
                continue
            kind = "known" if knowers else "truth"
            for value, alike in self._alike(known):
                for text in self._listed(kind, alike, knowers, value=value, who=self._words.people(knowers)):
                    yield list(knowers), text

    def _common(self, knowers: Sequence[str]) -> bool:
        return len(knowers) == len(self._words.ids)

    def _groups(self, facts: Sequence[Fact]) -> Iterator[tuple[tuple[str, ...], list[Fact]]]:
        """Facts by who knows them at the start."""
        return _grouped((tuple(fact.known), fact) for fact in facts)

    def _alike(self, facts: Sequence[Fact]) -> Iterator[tuple[str, list[Fact]]]:
        """Facts by the names of their values."""
        return _grouped((self._words.values[fact.scale][fact.value], fact) for fact in facts)

    def _listed(
        self, kind: str, facts: Sequence[Fact], whom: Sequence[str] | None = None, **slots: str
    ) -> Iterator[str]:
        for names in parts(fact.name for fact in facts):
            yield self._form(kind, whom, facts=name_list(names), **slots)


def _grouped(keyed: Iterable[tuple[Key, Item]]) -> Iterator[tuple[Key, list[Item]]]:
    """Items by key, keys in the order of their first items."""
    found: dict[Key, list[Item]] = {}
    for key, item in keyed:
        found.setdefault(key, []).append(item)
    yield from found.items()
