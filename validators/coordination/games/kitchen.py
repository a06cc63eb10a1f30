"""Kitchen: cooks who bring ingredients to a pot and serve the soup (docs/coordination.md).

How many rounds two cooks need is found by search forward from the state at hand (`Planner`). More cooks each do what
they would do alone, and only a bound is known.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from itertools import product
from typing import NamedTuple, cast

from madata.validators.coordination.grid import FAR, Grid, Places, fitting_alone, fitting_grid, settled
from madata.validators.coordination.motion import Joint, Motion
from madata.validators.coordination.run import Run
from madata.validators.coordination.search import Effort, Search
from madata.validators.coordination.world import Beliefs, fitting
from madata.validators.trial import Wrong

EFFORT = 2_000_000
PUT, TAKE, SERVE, DISH, CRATE = 5, 6, 7, 8, 9

Soup = tuple[int, ...]
"""Its ingredients, in the order in which they went into the pot."""


class Dish(NamedTuple):
    """What a cook holds who holds a dish: `soup` is empty if the dish is."""

    soup: Soup = ()


Held = int | Dish | None
"""An ingredient, a dish, or nothing."""


class State(NamedTuple):
    """`wait`: for how many more rounds the full pot cooks. `served`: whether the right soup was."""

    places: Places
    hands: tuple[Held, ...]
    pot: Soup = ()
    wait: int = 0
    served: bool = False


class Layout(NamedTuple):
    """The floor next to each station, and what it takes."""

    grid: Grid
    crates: tuple[tuple[int, ...], ...]
    pot: tuple[int, ...]
    dishes: tuple[int, ...]
    window: tuple[int, ...]
    portions: int
    cooking: int

    def acts(self, state: State, cook: int) -> Iterator[int]:
        """The open actions of a cook that are no moves."""
        place, held = state.places[cook], state.hands[cook]
        full = len(state.pot) == self.portions
        if isinstance(held, int):
            if place in self.pot and not full:
                yield PUT
        elif held is None:
            if place in self.dishes:
                yield DISH
            for ingredient, squares in enumerate(self.crates):
                if place in squares:
                    yield CRATE + ingredient
        elif held.soup:
            if place in self.window:
                yield SERVE
        elif place in self.pot and full and not state.wait:
            yield TAKE

    def openings(self, state: State, cook: int) -> list[int]:
        return [*self.grid.moves[state.places[cook]], *self.acts(state, cook)]

    def worked(self, state: State, places: Places, joint: Sequence[int], recipe: int) -> State:
        """The state after a round whose actions were open at its beginning, with the cooks at these places."""
        hands, pot, wait, served = state.hands, state.pot, max(0, state.wait - 1), False
        for cook, action in enumerate(joint):
            if action < PUT:
                continue
            held = hands[cook]
            if action == PUT and isinstance(held, int) and len(pot) < self.portions:
                hands, pot = with_hand(hands, cook, None), (*pot, held)
                wait = self.cooking if len(pot) == self.portions else 0
            elif action == TAKE and pot:
                hands, pot = with_hand(hands, cook, Dish(pot)), ()
            elif action == SERVE and isinstance(held, Dish):
                hands = with_hand(hands, cook, None)
                served |= {*held.soup} == {recipe}
            elif action == DISH:
                hands = with_hand(hands, cook, Dish())
            elif action >= CRATE:
                hands = with_hand(hands, cook, action - CRATE)
        return State(places, hands, pot, wait, served)

    def onward(self, state: State, recipe: int) -> Iterator[tuple[tuple[int, int], State]]:
        """Of two cooks each joint action that is open and does not collide, in order, and the state after it."""
        (here, there), moves = state.places, self.grid.moves
        others = [(action, moves[there].get(action, there)) for action in self.openings(state, 1)]
        for one in self.openings(state, 0):
            to = moves[here].get(one, here)
            for other, other_to in others:
                if to != other_to and (to != there or other_to != here):
                    joint = (one, other)
                    yield joint, self.worked(state, (to, other_to), joint, recipe)


def with_hand(hands: tuple[Held, ...], cook: int, held: Held) -> tuple[Held, ...]:
    return (*hands[:cook], held, *hands[cook + 1 :])


Times = dict[int, int]
"""Of squares how soon one can be there."""


class Errand(NamedTuple):
    """What a cook can have done by itself: the last of some puts by `put`; and for each square by the pot that is worth
    it when it can be there with a dish after them, and how many rounds there are to the end from then on."""

    put: int
    ends: list[tuple[int, int]]


OTHER = -1
"""Any ingredient that is not the recipe's, where it does not matter which."""


class Planner:
    """How many rounds two cooks need to serve a soup of one recipe: by search, where `bound` is what they need at
    least, as if they could walk through each other.

    The soup is one in hand, or the next that comes out of the pot, or a later one. The last takes the rounds until the
    next comes out, of whatever, and those from then on (`afresh`), with the cooks where it is best for them.
    """

    def __init__(self, layout: Layout, recipe: int, effort: Effort) -> None:
        self.layout, self.recipe = layout, recipe
        self.any_crate = tuple(sorted({square for squares in layout.crates for square in squares}))
        self.errands = cache(self._errands)
        self.to_window = layout.grid.away(layout.window)
        self.held = cache(self._held)
        self.afresh = min(
            (self._out(state, True) for state in self._emptied(layout.pot, (recipe, Dish()))), default=FAR
        )
        self.spoilt = False
        self.search = Search(self._onward, self.bound, self.bound, effort)

    def rounds(self, state: State, at_most: int = FAR - 1) -> int | None:
        """T, if it is no more than so many."""
        plain = self.plain(state)
        if not self.spoilt and (OTHER in plain.pot or OTHER in plain.hands):
            self.spoilt = True
            self.afresh = self._least_afresh()
        way = self.search.way(plain, at_most)
        return None if way is None else len(way) - 1

    def _onward(self, state: State) -> Iterator[State]:
        return (self.plain(to) for _, to in self.layout.onward(state, self.recipe))

    def _emptied(self, others: Iterable[int], hands: Iterable[Held]) -> Iterator[State]:
        """The pot was just emptied: one cook is next to it with a wrong soup, the other somewhere with something."""
        for taker, other, held in product(self.layout.pot, others, hands):
            yield self.plain(State((taker, other), (Dish((OTHER,)), held)))

    def _least_afresh(self) -> int:
        """Exactly; worth the search only when something wrong is in the pot or in a hand. Nothing the other cook can
        hold is better than what is needed, or nothing."""
        least = FAR
        for state in self._emptied(sorted(self.layout.grid.free), (self.recipe, Dish(), None)):
            if state.places[0] != state.places[1]:
                way = self.search.way(state, least - 1)
                least = least if way is None else len(way) - 1
        return least

    def plain(self, state: State) -> State:
        """The state without what makes no difference: which of the wrong ingredients, and which of the cooks."""
        places, hands = state.places, tuple(map(self.held, state.hands))
        if places[0] > places[1]:
            places, hands = places[::-1], hands[::-1]
        return state._replace(places=places, hands=hands, pot=self._soup(state.pot))

    def _held(self, held: Held) -> Held:
        if isinstance(held, Dish):
            return Dish(self._soup(held.soup)[:1])
        return held if held is None or held == self.recipe else OTHER

    def _soup(self, soup: Soup) -> Soup:
        return soup if {*soup} <= {self.recipe} else (OTHER,) * len(soup)

    def bound(self, state: State) -> int:
        """Of a plain state."""
        if state.served:
            return 0
        least = FAR if OTHER in state.pot else self._out(state, True)
        for place, held in zip(state.places, state.hands, strict=True):
            if held == Dish((self.recipe,)):
                least = min(least, self.to_window[place] + 1)
        return least if least <= self.afresh + 1 else min(least, self._out(state, False) + self.afresh, FAR)

    def _out(self, state: State, right: bool) -> int:
        """Until the next soup is served, all of it the recipe's; or until it is out of the pot, whatever it is."""
        missing = self.layout.portions - len(state.pot)
        one = self.errands(state.places[0], state.hands[0], right)
        other = self.errands(state.places[1], state.hands[1], right)
        least = FAR
        for puts in range(max(0, missing - len(other) + 1), min(missing, len(one) - 1) + 1):
            first, second = one[puts], other[missing - puts]
            ready = max(first.put, second.put) + self.layout.cooking if missing else state.wait
            for time, rest in (*first.ends, *second.ends):
                least = min(least, max(time, ready) + rest)
        return least

    def _errands(self, place: int, held: Held, right: bool) -> list[Errand]:
        """By the number of puts, as far as can be; of ingredients that are right, or of any."""
        layout = self.layout
        crate = layout.crates[self.recipe] if right else self.any_crate
        at, errands = {place: 0}, list[Errand]()
        if held == Dish():
            return [Errand(0, self._ends(self._walk(at, layout.pot), right))]
        if isinstance(held, int):
            errands.append(Errand(0, []))
            at = self._do(at, layout.pot) if held == self.recipe or not right else {}
        elif held:
            at = self._do(at, layout.window)
        while at and len(errands) <= layout.portions:
            put = min(at.values()) if errands else 0
            errands.append(Errand(put, self._ends(self._walk(self._do(at, layout.dishes), layout.pot), right)))
            at = self._do(self._do(at, crate), layout.pot)
        return errands or [Errand(0, [])]

    def _ends(self, with_dish: Times, right: bool) -> list[tuple[int, int]]:
        ends = sorted((time, self.to_window[square] + 2 if right else 1) for square, time in with_dish.items())
        return [end for number, end in enumerate(ends) if all(end[1] < rest for _, rest in ends[:number])]

    def _walk(self, times: Times, squares: Iterable[int]) -> Times:
        grid = self.layout.grid
        there = {
            square: min(time + grid.away((square,))[at] for at, time in times.items()) for square in squares if times
        }
        return {square: time for square, time in there.items() if time < FAR}

    def _do(self, times: Times, squares: Iterable[int]) -> Times:
        """Walk there and act, which takes a round."""
        return {square: time + 1 for square, time in self._walk(times, squares).items()}


class Kitchen(Motion):
    gives_up = True

    def fit(self) -> None:
        self.stay_put()
        figures, world = self.figures, self.world
        grid = fitting_grid(figures, "counters", len(world.agents))
        fitting_alone(figures)
        self.recipe = world.fact_of("game, recipe", figures["recipe"], size=len(figures["crates"]))
        fitting("actions", range(len(world.actions)), range(CRATE + len(figures["crates"])))
        for station in (*figures["crates"], figures["pot"], figures["dishes"], figures["window"]):
            if station not in figures["counters"]:
                raise Wrong("game, counters", f"the station {station} among them", figures["counters"])
        self.layout = Layout(
            grid,
            tuple(grid.beside(crate) for crate in figures["crates"]),
            grid.beside(figures["pot"]),
            grid.beside(figures["dishes"]),
            grid.beside(figures["window"]),
            figures["portions"],
            figures["cooking"],
        )
        self.effort = Effort(EFFORT)
        self.planner = cache(self._planner)
        self.two = len(world.agents) == 2

    def start(self) -> State:
        starts = tuple(self.figures["starts"])
        return State(starts, (None,) * len(starts))

    def openings(self, state: State, time: int, agent: int) -> list[int]:
        return self.layout.openings(state, agent)

    def advance(self, state: State, time: int, acts: Mapping[int, int]) -> State:
        layout = self.layout
        joint = [
            action if (action := acts.get(cook, 0)) in layout.openings(state, cook) else 0
            for cook in range(len(state.places))
        ]
        return layout.worked(state, self._settled(state, joint), joint, self.world.truth[self.recipe])

    def collides(self, state: State, joint: Joint) -> bool:
        return self._settled(state, joint) != tuple(self._intended(state, joint))

    def _settled(self, state: State, joint: Sequence[int]) -> Places:
        return settled(state.places, self._intended(state, joint))

    def _intended(self, state: State, joint: Sequence[int]) -> list[int]:
        moves = self.layout.grid.moves
        return [moves[place].get(action, place) for place, action in zip(state.places, joint, strict=True)]

    def done(self, state: State, time: int) -> bool:
        return state.served

    # The joint plan.

    def remaining(self, state: State, time: int, beliefs: Beliefs) -> int | None:
        return self.planner(self._aim(beliefs)).rounds(state) if self.two else None

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        if self.two:
            return super().joint(state, time, agent, beliefs)
        return tuple(self.alone(state, time, cook, beliefs) for cook in range(len(state.places)))

    def good(self, state: State, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        rounds, recipe = self.remaining(state, time, beliefs), self._aim(beliefs)
        if rounds:
            for joint, to in self.layout.onward(state, recipe):
                if self.planner(recipe).rounds(to, rounds - 1) is not None:
                    yield joint

    def _aim(self, beliefs: Beliefs) -> int:
        return beliefs[self.recipe] or 0

    def _planner(self, recipe: int) -> Planner:
        return Planner(self.layout, recipe, self.effort)

    # What else is asked.

    def alone(self, state: State, time: int, agent: int, beliefs: Beliefs) -> int:
        layout, recipe, held = self.layout, self._aim(beliefs), state.hands[agent]
        full = len(state.pot) == layout.portions
        if isinstance(held, Dish):
            squares, action = (layout.window, SERVE) if held.soup else (layout.pot, TAKE)
        elif held is None:
            squares, action = (layout.dishes, DISH) if full else (layout.crates[recipe], CRATE + recipe)
        elif held == recipe and not full:
            squares, action = layout.pot, PUT
        else:
            return 0
        if state.places[agent] in squares:
            return action if action in layout.acts(state, agent) else 0
        return layout.grid.nearer(state.places[agent], squares)

    @cached_property
    def optimum(self) -> int | None:
        return self.remaining(self.start(), 0, self.world.truth) if self.two else self._least_rounds()

    def _least_rounds(self) -> int | None:
        """A bound for more than two cooks: what the first portion, those after it, cooking and serving take."""
        layout = self.layout
        starts: list[int] = self.figures["starts"]
        crate = layout.crates[self.world.truth[self.recipe]]
        reached = [layout.grid.reached(start) for start in starts]
        if not any(
            all(squares & {*station} for station in (crate, layout.pot, layout.dishes, layout.window))
            for squares in reached
        ):
            return None
        within = set[int]().union(*reached)
        to_crate, to_window = layout.grid.away(crate), layout.grid.away(layout.window)
        carrying = min(to_crate[square] for square in layout.pot if square in within)
        serving = min(to_window[square] for square in layout.pot if square in within)
        first = min(to_crate[start] for start in starts) + 1 + carrying + 1
        times = -(-layout.portions // len(starts))
        return first + (times - 1) * (2 * carrying + 2) + layout.cooking + 1 + serving + 1

    @property
    def certified(self) -> bool:
        return self.two or self.optimum is None

    @property
    def least(self) -> int | None:
        return None if self.optimum is None else int(not self.world.common[self.recipe])

    def milestones(self, run: Run) -> list[tuple[str, int | None]]:
        states = cast(list[State], run.states)
        after = list(enumerate(states[1:]))

        def has_soup(held: Held) -> bool:
            return isinstance(held, Dish) and bool(held.soup)

        def serves(time: int) -> bool:
            both = zip(states[time].hands, states[time + 1].hands, strict=True)
            return any(has_soup(before) and not has_soup(now) for before, now in both)

        return [
            ("first ingredient in the pot", next((time for time, state in after if state.pot), None)),
            ("pot full", next((time for time, state in after if len(state.pot) == self.layout.portions), None)),
            ("soup on a dish", next((time for time, state in after if any(map(has_soup, state.hands))), None)),
            ("soup served", next((time for time in range(run.rounds) if serves(time)), None)),
        ]

    def within_reach(self, agent: int) -> set[str]:
        return {self.figures["squares"][square] for square in self.layout.grid.reached(self.figures["starts"][agent])}


GAME = Kitchen
