"""Items of commons and donor games: a query, its answer, and options that do not give it away.

Of figures, as many options are less than the right one as a draw says, so that neither the least nor the middle one is
the usual answer; those that occur in the game come before mere neighbours. Of lists of names, each name in question is
in half of the options.
"""

import random
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count
from typing import TypeVar

from madata.generators.family import Asked, draw
from madata.generators.negotiation.known import Known
from madata.generators.negotiation.wording import Wording
from madata.schemas import Agent
from madata.schemas.negotiation import NegotiationQuery, NegotiationWorld
from madata.schemas.words import NO, UNSETTLED, YES, name_list

T = TypeVar("T")

FIGURES = 4
"""How many figures are offered."""

PASSES = 3
"""How often each way of asking is tried."""


class Items:
    """`asked` holds the items so far, no query twice. Every way of asking says whether there is one more."""

    def __init__(
        self,
        agents: Sequence[Agent],
        world: NegotiationWorld,
        rng: random.Random,
        answer: Callable[[NegotiationQuery], Known],
    ) -> None:
        self.rng = rng
        self.answer = answer
        self.asked: list[Asked] = []
        self._names = {agent.id: agent.name for agent in agents}
        self._wording = Wording(agents, world)

    def fill(self, number: int, *ways: Callable[[], bool]) -> list[Asked]:
        """Asks in each way once, in an order of its own, and so again, until there are so many items or nothing is
        left to ask."""
        for _ in range(PASSES):
            for way in self.rng.sample(ways, len(ways)):
                if len(self.asked) < number:
                    way()
        return self.asked

    def pick(self, values: Sequence[T], *wanted: tuple[Callable[[T], bool], int]) -> T | None:
        """One of the values of which one of the conditions holds, which is drawn by its weight among those that hold
        of any."""
        pools = [([value for value in values if holds(value)], weight) for holds, weight in wanted]
        pools = [(pool, weight) for pool, weight in pools if pool]
        return self.rng.choice(draw(self.rng, *pools)) if pools else None

    def figure(
        self, query: NegotiationQuery, ability: str, lures: Iterable[int], unsettled: bool = False, least: int = 0
    ) -> bool:
        """The answer is a figure of at least `least`, or (`unsettled`) perhaps none."""
        known = self.answer(query)
        (right,) = known.answer
        found = dict.fromkeys(lure for lure in lures if lure >= least)
        if right == UNSETTLED:
            near = (lure for lure in count(least) if lure not in found)
            figures = self.rng.sample(list(found), min(len(found), FIGURES))
            figures += [next(near) for _ in range(FIGURES - len(figures))]
        else:
            figures = [int(right), *self._around(int(right), list(found), least)]
        return self._ask(query, ability, known, [*map(str, figures), *([UNSETTLED] if unsettled else [])])

    def _around(self, right: int, lures: list[int], least: int) -> list[int]:
        """Figures less and more than the right one, as many of each as drawn and possible."""
        below = min(self.rng.randrange(FIGURES), right - least)
        lower = self._nearest([lure for lure in lures if lure < right], range(right - 1, least - 1, -1), below)
        return lower + self._nearest([lure for lure in lures if lure > right], count(right + 1), FIGURES - 1 - below)

    def _nearest(self, lures: list[int], neighbours: Iterable[int], number: int) -> list[int]:
        chosen = self.rng.sample(lures, min(number, len(lures)))
        others = (figure for figure in neighbours if figure not in chosen)
        return chosen + [next(others) for _ in range(number - len(chosen))]

    def choice(self, query: NegotiationQuery, ability: str, options: Iterable[str]) -> bool:
        return self._ask(query, ability, self.answer(query), list(options))

    def yes_no(self, query: NegotiationQuery, ability: str) -> bool:
        return self.choice(query, ability, [YES, NO])

    def some(self, query: NegotiationQuery, ability: str, right: Collection[str]) -> bool:
        """The answer is a list of names, of any length: two of the agents are in or out."""
        first, second = self.rng.sample(list(self._names), 2)
        return self.choice(
            query, ability, [self._list(set(right) ^ set(flip)) for flip in ((), (first,), (second,), (first, second))]
        )

    def half(self, query: NegotiationQuery, ability: str, right: Sequence[str], others: Sequence[str]) -> bool:
        """The answer is a list of names of a length known beforehand: of two who are in it and two who are not, two are
        in each option."""
        inside, outside = self.rng.sample(right, min(2, len(right))), self.rng.sample(others, min(2, len(others)))
        swaps = [(), *zip(inside, outside, strict=False)]
        if len(inside) == len(outside) == 2:
            swaps.append((*inside, *outside))
        elif len(inside) == 2:
            swaps.append((inside[1], outside[0]))
        return self.choice(query, ability, [self._list(set(right) ^ set(swap)) for swap in swaps])

    def _list(self, agents: Collection[str]) -> str:
        return name_list([name for agent, name in self._names.items() if agent in agents])

    def _ask(self, query: NegotiationQuery, ability: str, known: Known, options: list[str]) -> bool:
        if len(options) < 2 or any(asked.query == query for asked in self.asked):
            return False
        self.rng.shuffle(options)
        self.asked.append(known.asked(query, ability, self._wording.question(query), options))
        return True
