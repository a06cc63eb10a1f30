"""`kitchen`: cooks in a small kitchen bring ingredients to a pot, wait, put the soup on a dish and serve it (in the
manner of Overcooked-AI, Carroll et al. 2019; its layouts are drawn here).

One or two cooks know what the soup is of; the others take it to be of the first ingredient. Two cooks are solved
exactly; three or four have a bound. What cannot be done is to use a station that nobody gets to.
"""

import random
from collections.abc import Iterator, Mapping
from enum import IntEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from madata.generators.coordination import knobs as common
from madata.generators.coordination.cooking import EMPTY, Hand, Mode, Near, Pot, Recipe, service
from madata.generators.coordination.grid import Grid, names
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.knowledge import Beliefs
from madata.generators.coordination.motion import STAY, Joint, State
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.walking import MOVES, Squares, Walking, informed
from madata.generators.family import Family, Knob, Rejected, draw
from madata.generators.lexicon import indefinite
from madata.generators.lexicon import names as given
from madata.schemas.coordination.games.kitchen import Kitchen
from madata.schemas.coordination.language import Act, Fact, Milestone, Scale

KNOBS = {
    "agents": common.agents(2, 3, maximum=4),
    "rows": Knob(4, 5, 4, 6, "rows of squares, counters along the walls among them"),
    "columns": Knob(5, 5, 4, 6, "columns of squares, likewise"),
    "ingredients": Knob(2, 3, 2, 4, "ingredients that there are"),
    "portions": Knob(1, 3, 1, 3, "portions that go into the pot"),
    "cooking": Knob(1, 4, 0, 10, "rounds that the soup cooks"),
    "small_talk": common.SMALL_TALK,
}

LAYOUTS, SHUT = 60, 8
"""Kitchens there are of each size: few enough for what is worked out about one to be used again. In every so many of
them nobody gets to one of the stations."""
IMPOSSIBLE = 8
"""In percent, how often the soup cannot be served."""
TRIES = 200
CHANCES = 20
"""How many kitchens for more than two cooks are tried for one in which they succeed."""
LONGEST, MOST = 24, 40
"""Rounds: of the optimum, and at most."""
INGREDIENTS = (
    "artichoke",
    "aubergine",
    "beetroot",
    "carrot",
    "cauliflower",
    "celery root",
    "chestnut",
    "courgette",
    "fennel bulb",
    "leek",
    "mushroom",
    "onion",
    "parsnip",
    "potato",
    "pumpkin",
    "radish",
    "shrimp",
    "spring turnip",
    "tomato",
    "trout",
)

MIXED = -1
"""What a soup of several ingredients is of."""


class Do:
    """Actions that are no moves; `TAKE` + i is to take ingredient i."""

    PUT = 5
    TAKE_SOUP = 6
    SERVE = 7
    TAKE_DISH = 8
    TAKE = 9


class Thing(IntEnum):
    NOTHING = 0
    INGREDIENT = 1
    DISH = 2
    SOUP = 3


class Held(NamedTuple):
    thing: Thing
    of: int = MIXED


class Cooker(NamedTuple):
    """The pot: how many portions of which ingredient (MIXED: of several) are in it; once all are, how many rounds are
    left."""

    portions: int = 0
    of: int = MIXED
    left: int = 0


class KitchenState(NamedTuple):
    squares: Squares
    held: tuple[Held, ...]
    pot: Cooker
    served: bool = False
    """The right soup."""


def _hand(held: Held, recipe: int) -> Hand:
    right = held.of == recipe
    match held.thing:
        case Thing.INGREDIENT:
            return Hand.RIGHT if right else Hand.WRONG
        case Thing.SOUP:
            return Hand.SOUP if right else Hand.BAD_SOUP
    return Hand.DISH if held.thing == Thing.DISH else Hand.NOTHING


class Site:
    """What follows from a kitchen's figures alone."""

    def __init__(self, game: Kitchen) -> None:
        self.game = game
        self.grid = Grid(game.rows, game.columns, game.counters)
        self.floor = tuple(square for square in range(game.rows * game.columns) if square not in self.grid.walls)
        self.pot, self.dishes, self.window = (
            tuple(self.grid.around(station)) for station in (game.pot, game.dishes, game.window)
        )
        self.crates = [tuple(self.grid.around(crate)) for crate in game.crates]
        self.manual = Recipe(game.portions, game.cooking)
        self.start = KitchenState(tuple(game.starts), (Held(Thing.NOTHING),) * len(game.starts), Cooker())

    def optimum(self, recipe: int) -> tuple[int | None, bool]:
        """The least number of rounds, or a bound; None if it is impossible. And whether it is certified."""
        if len(self.game.starts) == 2:
            return self.rounds(self.start, recipe), True
        bound = self._bound(recipe)
        return bound, bound is None

    def rounds(self, state: KitchenState, recipe: int) -> int | None:
        """Of two cooks, exactly."""
        first, second = state.squares
        one, two = (_hand(held, recipe) for held in state.held)
        pot = state.pot
        mode = Mode(one, two, Pot(pot.portions, pot.of != recipe, pot.left) if pot.portions else EMPTY)
        solved = service(self.grid.neighbours, self.floor, self._near(recipe), self.manual)
        return solved.rounds((first, second), mode)

    def _near(self, recipe: int) -> Near:
        """Of each station, as in `Station`."""
        others = {square for crate, near in enumerate(self.crates) if crate != recipe for square in near}
        return self.pot, self.window, self.dishes, self.crates[recipe], tuple(sorted(others))

    def _bound(self, recipe: int) -> int | None:
        """A bound for more than two cooks; None if none of them can reach all that is needed."""
        far = [self.grid.distances(start) for start in self.game.starts]
        crate = self.crates[recipe]
        stations = (crate, self.pot, self.dishes, self.window)
        if not any(all(any(row[square] is not None for square in near) for near in stations) for row in far):
            return None
        crates, pots, windows = (
            [square for square in near if any(row[square] is not None for row in far)]
            for near in (crate, self.pot, self.window)
        )
        carry = self._between(crates, pots)
        fetch = min(moves for row in far for square in crates if (moves := row[square]) is not None)
        cooks = len(self.game.starts)
        trips = -(-self.game.portions // cooks)
        first = fetch + 1 + carry + 1
        return first + (trips - 1) * (2 * carry + 2) + self.game.cooking + 1 + self._between(pots, windows) + 1

    def _between(self, some: list[int], others: list[int]) -> int:
        return min(
            moves for square in some for other in others if (moves := self.grid.distances(square)[other]) is not None
        )


class KitchenSession(Walking):
    gives_up = True

    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Kitchen)
        self.game = game
        self.recipe = [fact.id for fact in setting.world.facts].index(game.recipe)
        self.site = Site(game)
        self._joint: dict[tuple[State, int], Joint] = {}
        super().__init__(setting, self.site.grid, game.squares, game.starts)

    def start(self) -> State:
        return self.site.start

    def openings(self, state: State, agent: int) -> list[int]:
        assert isinstance(state, KitchenState)
        square = state.squares[agent]
        found = self.moves(square)
        found += [
            action for action in (Do.PUT, Do.TAKE_SOUP, Do.SERVE, Do.TAKE_DISH) if self._usable(state, agent, action)
        ]
        if state.held[agent].thing == Thing.NOTHING:
            found += [Do.TAKE + crate for crate, near in enumerate(self.site.crates) if square in near]
        return found

    def settle(self, state: State, joint: Joint) -> Joint:
        assert isinstance(state, KitchenState)
        return self.collided(state.squares, joint)

    def step(self, state: State, time: int, joint: Joint) -> State:
        assert isinstance(state, KitchenState)
        return self._after(state, joint, self.truth[self.recipe])

    def done(self, state: State, time: int) -> bool:
        assert isinstance(state, KitchenState)
        return state.served

    def remaining(self, state: State, time: int, beliefs: Beliefs) -> int | None:
        assert isinstance(state, KitchenState)
        return None if len(self.ids) > 2 else self._left(state, self._meant(beliefs))

    def shortest(self, state: State, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        """What is served ends it by what the soup is taken to be of, which need not be so."""
        assert isinstance(state, KitchenState)
        recipe = self._meant(beliefs)
        if left := self.remaining(state, time, beliefs):
            for joint in product(self.openings(state, 0), self.openings(state, 1)):
                if (
                    self.settle(state, joint) == joint
                    and self._left(self._after(state, joint, recipe), recipe) == left - 1
                ):
                    yield joint

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        key = state, self._meant(beliefs)
        if key not in self._joint:
            self._joint[key] = (
                tuple(self.alone(state, time, other, beliefs) for other in range(len(self.ids)))
                if len(self.ids) > 2
                else super().joint(state, time, agent, beliefs)
            )
        return self._joint[key]

    def alone(self, state: State, time: int, agent: int, beliefs: Beliefs) -> int:
        assert isinstance(state, KitchenState)
        recipe, held = self._meant(beliefs), state.held[agent]
        full = state.pot.portions == self.game.portions
        match held.thing:
            case Thing.SOUP:
                near, action = self.site.window, Do.SERVE
            case Thing.DISH:
                near, action = self.site.pot, Do.TAKE_SOUP
            case Thing.INGREDIENT:
                near, action = self.site.pot, Do.PUT
                if held.of != recipe or full:
                    return STAY
            case _ if full:
                near, action = self.site.dishes, Do.TAKE_DISH
            case _:
                near, action = self.site.crates[recipe], Do.TAKE + recipe
        if state.squares[agent] in near:
            return action if action in self.openings(state, agent) else STAY
        return self.nearer(state.squares[agent], near)

    def optimum(self) -> tuple[int | None, bool]:
        return self.site.optimum(self.truth[self.recipe])

    def least(self) -> int | None:
        if self.optimum()[0] is None:
            return None
        return int(self.recipe not in self.known.common)

    def milestones(self) -> list[Milestone]:
        states = [state for state in self.states[1:] if isinstance(state, KitchenState)]
        full = [state.pot.portions == self.game.portions for state in states]
        soups = [any(held.thing == Thing.SOUP for held in state.held) for state in states]
        acts = [(event.time, event.action) for event in self.events if isinstance(event, Act)]
        times = {
            "first ingredient in the pot": (time for time, state in enumerate(states) if state.pot.portions),
            "pot full": (time for time, holds in enumerate(full) if holds),
            "soup on a dish": (time for time, holds in enumerate(soups) if holds),
            "soup served": (time for time, action in acts if action == Do.SERVE),
        }
        return [Milestone(name=name, time=next(rounds, None)) for name, rounds in times.items()]

    # What a cook does at a station.

    def _usable(self, state: KitchenState, agent: int, action: int) -> bool:
        square, held, pot = state.squares[agent], state.held[agent], state.pot
        match action:
            case Do.PUT:
                return held.thing == Thing.INGREDIENT and square in self.site.pot and pot.portions < self.game.portions
            case Do.TAKE_SOUP:
                cooked = pot.portions == self.game.portions and not pot.left
                return held.thing == Thing.DISH and square in self.site.pot and cooked
            case Do.SERVE:
                return held.thing == Thing.SOUP and square in self.site.window
        return held.thing == Thing.NOTHING and square in self.site.dishes

    def _left(self, state: KitchenState, recipe: int) -> int | None:
        return 0 if state.served else self.site.rounds(state, recipe)

    def _after(self, state: KitchenState, joint: Joint, recipe: int) -> KitchenState:
        pot = state.pot._replace(left=max(0, state.pot.left - 1))
        after = state._replace(squares=self.moved(state.squares, joint), pot=pot)
        for agent, action in enumerate(joint):
            after = self._act(after, agent, action, recipe)
        return after

    def _act(self, state: KitchenState, agent: int, action: int, recipe: int) -> KitchenState:
        """Nothing comes of what another one has just made impossible."""
        if action < Do.PUT:
            return state
        held, pot, served = state.held[agent], state.pot, state.served
        if action >= Do.TAKE:
            now = Held(Thing.INGREDIENT, action - Do.TAKE)
        elif action == Do.TAKE_DISH:
            now = Held(Thing.DISH)
        elif action == Do.SERVE:
            now, served = Held(Thing.NOTHING), served or held.of == recipe
        elif not self._usable(state, agent, action):
            return state
        elif action == Do.PUT:
            now, portions = Held(Thing.NOTHING), pot.portions + 1
            of = held.of if not pot.portions or pot.of == held.of else MIXED
            pot = Cooker(portions, of, self.game.cooking if portions == self.game.portions else 0)
        else:
            now, pot = Held(Thing.SOUP, pot.of), Cooker()
        return state._replace(held=(*state.held[:agent], now, *state.held[agent + 1 :]), pot=pot, served=served)

    def _meant(self, beliefs: Beliefs) -> int:
        """The ingredient that the soup is taken to be of."""
        return beliefs[self.recipe] or 0


class Layout(NamedTuple):
    counters: tuple[int, ...]
    floor: tuple[int, ...]
    crates: tuple[int, ...]
    pot: int
    dishes: int
    window: int


@lru_cache(maxsize=4 * LAYOUTS)
def layout(number: int, rows: int, columns: int, ingredients: int) -> Layout:
    """Counters all around and some in between; the stations are on counters, now and then where nobody gets to."""
    rng = random.Random(f"kitchen/{rows}/{columns}/{ingredients}/{number}")
    inner = [row * columns + column for row in range(1, rows - 1) for column in range(1, columns - 1)]
    islands = rng.sample(inner, rng.randint(0, max(0, len(inner) - 5) // 2))
    floor = tuple(square for square in inner if square not in islands)
    counters = tuple(square for square in range(rows * columns) if square not in floor)
    grid = Grid(rows, columns, counters)
    near = [counter for counter in counters if grid.around(counter)]
    away = [counter for counter in counters if counter not in near]
    stations = rng.sample(near, ingredients + 3)
    if number % SHUT == 0:
        stations[rng.randrange(len(stations))] = rng.choice(away)
    return Layout(counters, floor, tuple(stations[3:]), *stations[:3])


def conflict(knobs: Mapping[str, int]) -> str | None:
    inner = (knobs["rows"] - 2) * (knobs["columns"] - 2)
    if inner < knobs["agents"] + 2:
        return f"{knobs['agents']} cooks need at least {knobs['agents'] + 2} squares within the counters, not {inner}"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    session = _session(rng, knobs)
    # More than two do not plan together, and mostly get into each other's way: of many kitchens in some they do not.
    if knobs["agents"] > 2 and rng.random() < 0.5:
        for _ in range(CHANCES):
            if session.rerun().played.success:
                break
            session = _session(rng, knobs)
    return Coordination(session, rng, small_talk=knobs["small_talk"])


def _session(rng: random.Random, knobs: Mapping[str, int]) -> KitchenSession:
    n, kinds = knobs["agents"], knobs["ingredients"]
    # If it is the first, those who do not know are right all the same.
    recipe = rng.randrange(kinds) if rng.random() < 0.3 else rng.randrange(1, kinds)
    game, optimum = _instance(rng, knobs, recipe)
    # More than two do not wait for each other, and their optimum is a bound.
    slack = (n > 2 and optimum) or 0
    rounds = rng.randint(8, 20) if optimum is None else min(MOST, 3 + (optimum * 3 + 1) // 2 + slack)
    agents = members(given(rng, n), "cook")
    team = cast_of(
        rng,
        agents,
        rounds,
        ("myopic", "silent"),
        leaders=True,
        channel=common.OR_BOARD,
    )
    wares = rng.sample(INGREDIENTS, kinds)
    setting = team.setting(
        game=game,
        scales=[Scale(id="s0", values=list(wares))],
        facts=[
            Fact(
                id="f0",
                name="the ingredient of the day",
                scale="s0",
                value=recipe,
                known=informed(rng, team.leaders, n, draw(rng, (1, 4), (2, 1))),
            )
        ],
        actions=[
            *MOVES,
            "put what they hold into the pot",
            "take the soup",
            "serve the soup",
            "take a dish",
            *(f"take {indefinite(ware)}" for ware in wares),
        ],
    )
    return KitchenSession(setting)


def _instance(rng: random.Random, knobs: Mapping[str, int], recipe: int) -> tuple[Kitchen, int | None]:
    impossible = rng.randrange(100) < IMPOSSIBLE
    rows, columns, n = knobs["rows"], knobs["columns"], knobs["agents"]
    for _ in range(TRIES):
        number = rng.randrange(LAYOUTS)
        if impossible and rng.random() < 0.7:
            number -= number % SHUT
        made = layout(number, rows, columns, knobs["ingredients"])
        if len(made.floor) < n:
            continue
        game = Kitchen(
            rows=rows,
            columns=columns,
            squares=list(names(rows, columns)),
            counters=list(made.counters),
            crates=list(made.crates),
            pot=made.pot,
            dishes=made.dishes,
            window=made.window,
            starts=rng.sample(made.floor, n),
            recipe="f0",
            portions=knobs["portions"],
            cooking=knobs["cooking"],
        )
        site = Site(game)
        far = site.grid.distances(game.starts[0])
        # The bound for more than two does not know of cooks who cannot get to each other.
        if n > 2 and any(far[start] is None for start in game.starts):
            continue
        optimum, _ = site.optimum(recipe)
        if (optimum is None) == impossible and (optimum or 0) <= LONGEST:
            return game, optimum
    raise Rejected("no_instance", f"none of {TRIES} kitchens was as wanted")


SESSION = KitchenSession

FAMILY = Family(
    "coordination",
    "kitchen",
    "cooks who make and serve a soup together",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
