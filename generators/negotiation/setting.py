"""The setting of a negotiation: what everybody knows of the game, what each party knows of itself, and what only the
reader is told, how the parties act. Each convention that matters is a sentence. Figures are in digits.
"""

import random
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import comb

from madata.generators.negotiation.nouns import noun
from madata.generators.negotiation.wording import Wording, forms, listed, the
from madata.schemas import Agent
from madata.schemas.negotiation import (
    Bargain,
    Choice,
    Commons,
    Conventions,
    Donor,
    Giver,
    Giving,
    Harvester,
    Harvesting,
    Inform,
    NegotiationWorld,
    Party,
    Split,
    Strategy,
)
from madata.schemas.words import name_list

Told = Iterator[tuple[list[str], str]]
"""Audience and text of each turn."""


def setting(
    wording: Wording, agents: Sequence[Agent], conventions: Conventions, world: NegotiationWorld, rng: random.Random
) -> Told:
    """The turns of the setting, in order."""
    return _Setting(wording, agents, conventions, world, rng).turns()


class _Setting:
    def __init__(
        self,
        wording: Wording,
        agents: Sequence[Agent],
        conventions: Conventions,
        world: NegotiationWorld,
        rng: random.Random,
    ) -> None:
        self._agents = agents
        self._wording = wording
        self._conventions = conventions
        self._world = world
        self._rng = rng

    def _form(self, section: str, kind: str, **slots: str) -> str:
        return self._rng.choice(forms()[section][kind]).format(**slots)

    def turns(self) -> Told:
        match self._world.game:
            case Bargain() as game:
                yield from self._bargain(game)
            case Commons() as game:
                yield from self._commons(game)
            case Donor() as game:
                yield from self._donor(game)

    # Bargain

    def _bargain(self, game: Bargain) -> Told:
        all_of_them = self._wording.ids
        yield all_of_them, " ".join([*self._stakes(game), *self._roles()])
        yield all_of_them, " ".join(self._order(game))
        yield all_of_them, " ".join(self._consent(game))
        yield all_of_them, " ".join(self._taken_for_granted(game))
        for party in game.parties:
            yield [party.agent], " ".join(self._own(game, party))
        scripted = [party.strategy for party in game.parties if party.strategy]
        if scripted:
            yield [], self._form("reader", "rule")
        if any(plan.kind == "threaten" for strategy in scripted for plan in strategy.says):
            yield [], self._form("reader", "meant")
        for party in game.parties:
            if party.strategy:
                yield [], " ".join(self._bargains(party.agent, party.strategy))

    def _stakes(self, game: Bargain) -> Iterator[str]:
        splits = [issue for issue in game.issues if isinstance(issue, Split)]
        choices = [issue for issue in game.issues if isinstance(issue, Choice)]
        who = self._wording.people(self._wording.ids)
        if splits:
            things = name_list([noun(issue.name).counted(issue.units, False) for issue in splits])
            yield self._form("setting", "split", who=who, things=things)
            yield self._form("setting", "whole")
        for place, issue in enumerate(choices):
            kind, options = "choice_too" if splits or place else "choice", options_listed(issue.options)
            text = self._form("setting", kind, who=who, issue=the(issue.name), options=options)
            yield text[0].upper() + text[1:]

    def _roles(self) -> Iterator[str]:
        if len({agent.role for agent in self._agents}) == len(self._agents):
            for agent in self._agents:
                yield self._form("setting", "roles", a=agent.name, role=agent.role)

    def _order(self, game: Bargain) -> Iterator[str]:
        form = self._form
        yield form("setting", self._conventions.turns, order=", ".join(self._wording.name[x] for x in game.order))
        yield form("setting", "rounds", n=noun("rounds").counted(game.deadline, False))
        yield form("setting", "moves")
        if any(game.delays):
            again = ", and so on from the beginning" if len(game.delays) < game.deadline else ""
            yield form("setting", "delayed", delays=name_list([str(delay) for delay in game.delays]), again=again)
        else:
            yield form("setting", "instant")

    def _consent(self, game: Bargain) -> Iterator[str]:
        form, parties, winning = self._form, len(game.parties), game.winning
        sizes = {len(group) for group in winning}
        if parties == 2 and sizes == {2}:
            yield form("setting", "both")
        elif len(winning) == 1 and sizes == {parties}:
            yield form("setting", "winning_all")
        elif len(sizes) == 1 and len(winning) == comb(parties, size := max(sizes)):
            yield form("setting", "winning_any", k=str(size))
        else:
            sets = ", or of ".join(self._wording.people(group) for group in winning)
            yield form("setting", "winning_sets", sets=sets)
        if parties > 2:
            yield form("setting", "support")
            if self._conventions.turns == "alternating":
                yield form("setting", "left")
        yield form("setting", "nothing")

    def _taken_for_granted(self, game: Bargain) -> Iterator[str]:
        conventions, plans = (
            self._conventions,
            [p for party in game.parties if party.strategy for p in party.strategy.says],
        )
        said = {event.kind for event in self._world.events} | {plan.kind for plan in plans}
        if any(party.strategy is None for party in game.parties):
            said |= {"inform", "promise"} if len(game.parties) > 2 else {"inform"}
        if conventions.values == "permuted":
            figures = sorted((worth for worth in game.parties[0].worth if isinstance(worth, int)), reverse=True)
            yield self._form("setting", "permuted", figures=name_list([str(figure) for figure in figures]))
        else:
            yield self._form("setting", "private_values")
        if "inform" in said:
            yield self._form("setting", conventions.claims)
        if "promise" in said:
            yield self._form("setting", conventions.promises)

    def _own(self, game: Bargain, party: Party) -> Iterator[str]:
        name = self._wording.name[party.agent]
        yield self._form("private", "worth", a=name, worths=listed(list(self._worths(game, party))))
        yield self._form("private", "reservation", a=name, n=points(party.reservation))
        if party.deadline >= game.deadline:
            yield self._form("private", "patient", a=name)
        else:
            yield self._form("private", "impatient", a=name, r=str(party.deadline + 1))

    def _worths(self, game: Bargain, party: Party) -> Iterator[str]:
        for issue, worth in zip(game.issues, party.worth, strict=True):
            if isinstance(issue, Split) and isinstance(worth, int):
                each = "the" if issue.units == 1 else "each"
                yield f"{each} {noun(issue.name).one} is worth {points(worth)}"
            elif isinstance(issue, Choice) and isinstance(worth, list):
                yield f"{the(issue.name)} is worth {options_worth(issue.options, worth)}"

    def _bargains(self, agent: str, strategy: Strategy) -> Iterator[str]:
        name = self._wording.name[agent]
        yield self._form("reader", strategy.bidding, a=name)
        if strategy.switch:
            rule = self._form("reader", strategy.switch.bidding, a=name)
            yield self._form("reader", "switch", r=str(strategy.switch.time + 1), rule=rule)
        if strategy.aspiration is not None:
            yield self._form("reader", "aspiration", a=name, n=points(strategy.aspiration))
        if strategy.opens:
            yield self._form("reader", "opens", a=name, r=str(strategy.opens + 1))
        if strategy.yields:
            yield self._form("reader", "yields", a=name)
        if strategy.curt:
            yield self._form("reader", "curt", a=name)
        for plan in strategy.says:
            if plan.kind == "threaten" and not plan.meant:
                yield self._form("reader", "empty", a=name, r=str(plan.time + 1))

    # Commons

    def _commons(self, game: Commons) -> Told:
        yield self._wording.ids, " ".join(self._resource(game))
        yield self._wording.ids, " ".join(self._dealings(game))
        if any(party.harvesting for party in game.parties):
            yield [], self._form("commons", "fair", k=str(len(game.parties)))
        for party in game.parties:
            if party.harvesting:
                yield [], " ".join(self._harvests(game, party, party.harvesting))

    def _resource(self, game: Commons) -> Iterator[str]:
        form = self._form
        who = self._wording.people(self._wording.ids)
        yield form("commons", "stock", who=who, resource=game.resource, n=units(game.stock))
        yield form("commons", "rounds", n=noun("rounds").counted(game.rounds, False))
        yield form("commons", "limit", k=str(len(game.parties)))
        yield form("commons", "growth", p=str(game.growth), n=units(game.capacity))
        if game.collapse:
            yield form("commons", "collapse", n=units(game.collapse))
        yield form("commons", "points")

    def _dealings(self, game: Commons) -> Iterator[str]:
        conventions, said = self._conventions, {event.kind for event in self._world.events}
        if any(party.harvesting is None for party in game.parties):
            said |= {"propose", "inform"} if conventions.acts == "private" else {"propose"}
        yield self._form("commons", conventions.acts)
        if conventions.acts == "public" and (game.cost or game.fine):
            yield self._form("commons", "punishment", cost=points(game.cost), fine=points(game.fine))
        if "propose" in said:
            yield self._form("commons", "quota")
        if "inform" in said:
            yield self._form("commons", conventions.claims)

    def _harvests(self, game: Commons, party: Harvester, harvesting: Harvesting) -> Iterator[str]:
        name, k = self._wording.name[party.agent], str(len(game.parties))
        yield self._form("commons", _HARVESTING.get(harvesting, harvesting), a=name, k=k)
        if party.switch:
            kind = party.switch.harvesting
            rule = self._form("commons", _HARVESTING.get(kind, kind), a=name, k=k)
            yield self._form("commons", "switch", r=str(party.switch.round + 1), rule=rule)
        if party.leads:
            yield self._form("commons", "leads", a=name)
        if party.punishes:
            yield self._form("commons", "punishes", a=name)
        if party.reports != "silent":
            yield self._form("commons", party.reports, a=name)

    # Donor

    def _donor(self, game: Donor) -> Told:
        yield self._wording.ids, " ".join(self._giving(game))
        if any(party.giving for party in game.parties):
            yield [], self._form("donor", "image")
        for party in game.parties:
            if party.giving:
                yield [], " ".join(self._gives(game, party, party.giving))

    def _giving(self, game: Donor) -> Iterator[str]:
        form, first = self._form, [party.agent for party in game.parties if party.generation == 0]
        yield form("donor", "people", who=self._wording.people(self._wording.ids))
        if len(first) < len(game.parties):
            yield form("donor", "first", who=self._wording.people(first))
        yield form("donor", "endowment", n=units(game.endowment))
        yield form("donor", "multiplier", k=str(game.multiplier))
        if game.meetings[-1].generation:
            yield form("donor", "survival")
        yield form("donor", self._conventions.acts)
        unscripted = any(party.giving is None for party in game.parties)
        if unscripted or any(isinstance(event, Inform) for event in self._world.events):
            yield form("donor", self._conventions.claims)

    def _gives(self, game: Donor, party: Giver, giving: Giving) -> Iterator[str]:
        name = self._wording.name[party.agent]
        yield self._form("donor", giving, a=name, n=units(game.endowment // 4))
        if party.gossip != "silent":
            yield self._form("donor", party.gossip, a=name)


_HARVESTING = {"quota": "quota_keeper"}
"""The list of forms of a way of harvesting, where it has another name."""


def points(number: int) -> str:
    return noun("points").counted(number, False)


def units(number: int) -> str:
    return noun("units").counted(number, False)


FIGURE = re.compile(r"(\D*)(0|[1-9][0-9]*)(\D*)")


def options_listed(options: list[str]) -> str:
    """All options in order; many amounts at equal steps as a range: "$80 to $280 in steps of $10"."""
    figures = [FIGURE.fullmatch(option) for option in options]
    if len(options) > 6 and all(figures):
        parts = [figure.groups() for figure in figures if figure]
        steps = {int(after[1]) - int(before[1]) for before, after in pairwise(parts)}
        if len({(before, after) for before, _, after in parts}) == len(steps) == 1 and (step := steps.pop()) > 0:
            before, _, after = parts[0]
            return f"{options[0]} to {options[-1]} in steps of {before}{step}{after}"
    return ", ".join(options)


def options_worth(options: list[str], worth: list[int]) -> str:
    """The points of each option ("2 points if it is Monday"); of many at equal steps only the first and the last."""
    steps = {after - before for before, after in pairwise(worth)}
    if len(options) > 4 and len(steps) == 1:
        step = steps.pop()
        each = f"{points(abs(step))} {'more' if step >= 0 else 'less'} at each next option"
        return f"{points(worth[0])} if it is {options[0]}, {each}, and {points(worth[-1])} if it is {options[-1]}"
    first, *others = zip(options, worth, strict=True)
    rest = [f"{points(number)} if {option}" for option, number in others]
    return name_list([f"{points(first[1])} if it is {first[0]}", *rest])
