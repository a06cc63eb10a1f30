"""`pursuit`: agents with local views who have to find a target and stand on all squares next to it (in the manner of
SwarmBench, Ruan et al. 2025, arXiv 2505.04364).

Where the target begins somebody on the lookout knows, or nobody: then they go their rounds until one of them sees it.
It stays, or goes round a loop that all know. What cannot be done is to enclose it with too few agents, or behind walls.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from madata.generators.coordination import knobs as common
from madata.generators.coordination.grid import Grid, names
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.knowledge import Beliefs, acting
from madata.generators.coordination.motion import STAY, Joint, State
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.walking import MOVES, Squares, Walking, informed, walled
from madata.generators.family import Family, Knob, Rejected, draw
from madata.generators.lexicon import names as given
from madata.schemas.coordination.games.pursuit import Pursuit
from madata.schemas.coordination.language import Fact, Milestone, Scale

KNOBS = {
    "agents": common.agents(3, 6),
    "rows": Knob(5, 8, 3, 10, "rows of squares"),
    "columns": Knob(5, 8, 3, 10, "columns of squares"),
    "walls": Knob(5, 20, 0, 40, "squares that are walls, in percent"),
    "sight": Knob(1, 3, 0, 20, "how many squares away an agent sees the target"),
    "small_talk": common.SMALL_TALK,
}

IMPOSSIBLE = 10
"""In percent, how often the target cannot be enclosed."""
TRIES = 200
SHORTEST, LONGEST = 2, 20
MOST = 40
"""Rounds."""
QUARRIES = {
    "ranger": ("brown bear", "grey wolf", "lynx", "wild boar", "poacher"),
    "shepherd": ("stray ram", "runaway goat", "lost lamb", "mountain pony"),
    "zookeeper": ("escaped penguin", "red panda", "ring-tailed lemur", "tapir", "ostrich"),
    "guard": ("intruder", "pickpocket", "night thief", "forger"),
    "pilot": ("rogue drone", "weather balloon", "drifting airship", "lost glider"),
    "diver": ("giant squid", "leopard seal", "manta ray", "stray submarine"),
    "farmer": ("black bull", "loose piglet", "runaway calf", "prize rooster"),
    "scientist": ("cleaning robot", "escaped octopus", "lab monkey", "loose rover"),
    "villager": ("masked piper", "wandering ghost", "snow hare", "silver fox"),
    "scout": ("carrier pigeon", "enemy envoy", "white stag", "smuggler"),
}


class Chase:
    """Exact: who can be where in time is a matching of squares and agents. A target is given by its place at a time."""

    def __init__(self, grid: Grid, track: Sequence[int], moving: bool) -> None:
        self.grid = grid
        self.track = track
        self.moving = moving
        self.longest = grid.rows * grid.columns + len(track)
        self._lengths: dict[tuple[Squares, int], int | None] = {}

    def place(self, value: int, time: int) -> int:
        """Where on the track the target is."""
        return (value + time) % len(self.track) if self.moving else value

    def ring(self, place: int) -> list[int]:
        """The squares that enclose it; none if it is walled in."""
        return self.grid.around(self.track[place])

    def length(self, squares: Squares, place: int) -> int | None:
        """The least number of rounds until it is enclosed; None if it never is."""
        key = squares, place
        if key not in self._lengths:
            self._lengths[key] = next(
                (
                    rounds
                    for rounds in range(self.longest + 1)
                    if self.covered(self.place(place, rounds), squares, [rounds] * len(squares))
                ),
                None,
            )
        return self._lengths[key]

    def covered(self, place: int, squares: Sequence[int], moves: Sequence[int]) -> bool:
        """Whether each square next to that place can have an agent of its own, if each can make so many moves: by
        Hall's theorem, whether for any of them there are as many agents as squares."""
        reach = []
        for square in self.ring(place):
            far = self.grid.distances(square)
            reach.append(
                {agent for agent, (at, most) in enumerate(zip(squares, moves, strict=True)) if within(far[at], most)}
            )
        return bool(reach) and all(
            len(set[int]().union(*some)) >= size
            for size in range(1, len(reach) + 1)
            for some in combinations(reach, size)
        )

    def joints(self, squares: Squares, place: int) -> Iterator[Joint]:
        """The joint actions after which it takes one round less, in lexicographic order."""
        length = self.length(squares, place)
        if not length:
            return
        end = self.place(place, length)
        moves = self.grid.neighbours

        def extend(joint: Joint, after: Squares) -> Iterator[Joint]:
            agent = len(joint)
            if agent == len(squares):
                yield joint
                return
            for action, square in enumerate(moves[squares[agent]]):
                if square is not None:
                    there = (*after, square)
                    # Whoever has not moved yet can still make its move.
                    left = [length - 1] * len(there) + [length] * (len(squares) - len(there))
                    if self.covered(end, there + squares[agent + 1 :], left):
                        yield from extend((*joint, action), there)

        yield from extend((), ())

    def parts(self, squares: Squares, place: int, agent: int) -> list[int]:
        """The agent's actions in those joint actions."""
        length = self.length(squares, place)
        if not length:
            return []
        end = self.place(place, length)
        left = [length - (other == agent) for other in range(len(squares))]
        return [
            action
            for action, square in enumerate(self.grid.neighbours[squares[agent]])
            if square is not None and self.covered(end, (*squares[:agent], square, *squares[agent + 1 :]), left)
        ]


def within(far: int | None, most: int) -> bool:
    return far is not None and far <= most


class PursuitSession(Walking):
    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Pursuit)
        self.game = game
        self.target = [fact.id for fact in setting.world.facts].index(game.target)
        grid = Grid(game.rows, game.columns, game.walls)
        self.chase = Chase(grid, game.track, game.moving)
        super().__init__(setting, grid, game.squares, game.starts)

    def start(self) -> State:
        return self.starts

    def openings(self, state: State, agent: int) -> list[int]:
        return self.moves(state[agent])

    def settle(self, state: State, joint: Joint) -> Joint:
        return joint

    def step(self, state: State, time: int, joint: Joint) -> State:
        return self.moved(state, joint)

    def done(self, state: State, time: int) -> bool:
        ring = self.chase.ring(self._place(time, self.truth))
        return bool(ring) and set(ring) <= set(state)

    def sees(self, state: State, time: int) -> list[tuple[int, int]]:
        row, column = divmod(self.game.track[self._place(time, self.truth)], self.game.columns)
        return [
            (agent, self.target)
            for agent, square in enumerate(state)
            if abs(square // self.game.columns - row) + abs(square % self.game.columns - column) <= self.game.sight
        ]

    def remaining(self, state: State, time: int, beliefs: Beliefs) -> int | None:
        return None if beliefs[self.target] is None else self.chase.length(state, self._place(time, beliefs))

    def shortest(self, state: State, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        return self.chase.joints(state, self._place(time, beliefs))

    def wise(self, state: State, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        if beliefs[self.target] is None:
            return {self._routine(state, time, agent)}
        return set(self.chase.parts(state, self._place(time, beliefs), agent))

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        if beliefs[self.target] is not None:
            return super().joint(state, time, agent, beliefs)
        return tuple(self._routine(state, time, agent) if other == agent else STAY for other in range(len(state)))

    def alone(self, state: State, time: int, agent: int, beliefs: Beliefs) -> int:
        if beliefs[self.target] is None:
            return self._routine(state, time, agent)
        return self.nearer(state[agent], tuple(self.chase.ring(self._place(time, beliefs))))

    def least(self) -> int | None:
        if self.optimum()[0] is None:
            return None
        return int(self.target not in self.known.common)

    def milestones(self) -> list[Milestone]:
        rounds = range(self.rounds)
        seen = next((time for time in rounds if self.sees(self.states[time], time)), None)
        agents = range(len(self.ids))
        known = next(
            (time for time in rounds if all(self.known.knows(agent, self.target, acting(time)) for agent in agents)),
            None,
        )
        enclosed = self.rounds - 1 if self.over(self.rounds - 1) else None
        return [
            Milestone(name="target seen", time=seen),
            Milestone(name="target known to all", time=known),
            Milestone(name="enclosed", time=enclosed),
        ]

    def _place(self, time: int, beliefs: Beliefs) -> int:
        value = beliefs[self.target]
        assert value is not None
        return self.chase.place(value, time)

    def _routine(self, state: State, time: int, agent: int) -> int:
        """What an agent does that does not know where the target is."""
        route = self.game.routes[agent]
        action = route[time % len(route)]
        return action if action in self.moves(state[agent]) else STAY


def conflict(knobs: Mapping[str, int]) -> str | None:
    squares = knobs["rows"] * knobs["columns"]
    free = squares - squares * knobs["walls"] // 100
    if free < knobs["agents"] + 4:
        return f"{knobs['agents']} agents need at least {knobs['agents'] + 4} squares that are no walls, not {free}"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    rows, columns, n = knobs["rows"], knobs["columns"], knobs["agents"]
    chase, value, starts, length = _instance(rng, rows, columns, n, knobs["walls"])
    known = draw(rng, (0, 3), (1, 5), (2, 1))
    # If nobody knows where the target is, finding it takes about as long as it takes to cross the grid.
    rounds = min(MOST, 3 + (length * 3 + 1) // 2 + (0 if known else rows + columns))
    role, quarries = rng.choice(list(QUARRIES.items()))
    agents = members(given(rng, n), role)
    team = cast_of(
        rng,
        agents,
        rounds,
        ("myopic", "silent"),
        leaders=known > 0,
        channel=common.OR_BOARD,
    )
    squares = list(names(rows, columns))
    setting = team.setting(
        game=Pursuit(
            rows=rows,
            columns=columns,
            squares=squares,
            walls=sorted(chase.grid.walls),
            starts=list(starts),
            track=list(chase.track),
            moving=chase.moving,
            target="f0",
            sight=knobs["sight"],
            routes=[_route(rng, chase.grid, start) for start in starts],
        ),
        scales=[Scale(id="s0", values=[squares[square] for square in chase.track])],
        facts=[
            Fact(
                id="f0",
                name=f"the place where the {rng.choice(quarries)} begins",
                scale="s0",
                value=value,
                known=informed(rng, team.leaders, n, known),
            )
        ],
        actions=MOVES,
    )
    return Coordination(PursuitSession(setting), rng, small_talk=knobs["small_talk"])


def _instance(
    rng: random.Random, rows: int, columns: int, n: int, walls: int
) -> tuple[Chase, int, tuple[int, ...], int]:
    """A chase, where on its track the target begins, starts, and how many rounds it takes (where it cannot be done, how
    many look right)."""
    impossible = rng.randrange(100) < IMPOSSIBLE
    # Four are always enough, unless walls are in the way.
    shut = impossible and (n > 3 or rng.random() < 0.5)
    squares = range(rows * columns)
    for _ in range(TRIES):
        grid = Grid(rows, columns, rng.sample(squares, len(squares) * walls // 100))
        moving = not shut and rng.random() < 0.6
        track = _loop(rng, grid) if moving else _places(rng, grid)
        if track is None:
            continue
        value = rng.randrange(len(track))
        if shut:
            grid = walled(rng, grid, track[value])
        chase = Chase(grid, track, moving)
        free = [square for square in squares if square not in grid.walls and square != track[value]]
        if shut:
            inside = grid.distances(track[value])
            free = [square for square in free if inside[square] is None]
        if len(free) < n or grid.walls.intersection(track) or not all(map(chase.ring, range(len(track)))):
            continue
        starts = tuple(rng.sample(free, n))
        length = chase.length(starts, value)
        if impossible and length is None:
            return chase, value, starts, rng.randint(SHORTEST, (rows + columns) // 2)
        if not impossible and length is not None and SHORTEST <= length <= LONGEST:
            return chase, value, starts, length
    raise Rejected("no_instance", f"none of {TRIES} grids was as wanted")


def _loop(rng: random.Random, grid: Grid) -> list[int] | None:
    """Round a rectangle without walls, or to and fro between two squares."""
    height, width = rng.choice(((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 2), (3, 4), (4, 3)))
    if height > grid.rows or width > grid.columns:
        return None
    top, left = rng.randint(0, grid.rows - height), rng.randint(0, grid.columns - width)
    bottom, right = top + height - 1, left + width - 1
    around = [(top, column) for column in range(left, right + 1)]
    around += [(row, right) for row in range(top + 1, bottom + 1)]
    around += [(bottom, column) for column in reversed(range(left, right)) if height > 1]
    around += [(row, left) for row in reversed(range(top + 1, bottom)) if width > 1]
    track = [row * grid.columns + column for row, column in around]
    if grid.walls.intersection(track):
        return None
    return track if rng.random() < 0.5 else track[::-1]


def _places(rng: random.Random, grid: Grid) -> list[int]:
    """Where a target that stays may be."""
    free = [square for square in range(grid.rows * grid.columns) if square not in grid.walls]
    return rng.sample(free, rng.randint(3, min(6, len(free))))


def _route(rng: random.Random, grid: Grid, start: int) -> list[int]:
    """To a square far away and back, where there is one."""
    far = grid.distances(start)
    reached = [square for square, moves in enumerate(far) if moves]
    if not reached:
        return [STAY]
    square = max(rng.sample(reached, min(3, len(reached))), key=lambda each: far[each] or 0)
    out: list[int] = []
    back: list[int] = []
    while moves := far[square]:
        action, before = next(
            (action, other)
            for action, other in enumerate(grid.neighbours[square])
            if other is not None and far[other] == moves - 1
        )
        back.append(action)
        out.append(grid.neighbours[before].index(square))
        square = before
    return out[::-1] + back


SESSION = PursuitSession

FAMILY = Family(
    "coordination",
    "pursuit",
    "agents with local views who find a target and enclose it",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
