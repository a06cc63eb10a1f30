"""`pathfinding`: agents on a grid, each with a goal of its own to get to without collisions (multi-agent path finding,
Stern et al. 2019; least makespan).

Each knows its own goal; who does not tell it is taken to want to stay, and is in the way. Half of the teams swap places
or go round in a ring. What cannot be done is a goal behind walls, or agents in a corridor in the wrong order.
"""

import random
from collections.abc import Iterator, Mapping

from madata.generators.coordination import knobs as common
from madata.generators.coordination.grid import Grid, names
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.knowledge import Beliefs
from madata.generators.coordination.mapf import Convoy
from madata.generators.coordination.motion import Joint, State
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.walking import MOVES, Squares, Walking, walled
from madata.generators.family import Family, Knob, Rejected
from madata.generators.lexicon import names as given
from madata.schemas.coordination.games.pathfinding import Pathfinding
from madata.schemas.coordination.language import Fact, Milestone, Scale

KNOBS = {
    "agents": common.agents(2, 4, maximum=5),
    "rows": Knob(4, 7, 2, 8, "rows of squares"),
    "columns": Knob(4, 7, 2, 8, "columns of squares"),
    "walls": Knob(15, 35, 0, 50, "squares that are walls, in percent"),
    "shared": Knob(0, 30, 0, 100, "goals that not only one agent knows, in percent"),
    "small_talk": common.SMALL_TALK,
}

IMPOSSIBLE = 12
"""In percent, how often some goal cannot be reached."""
TRIES = 300
SHORTEST, LONGEST = 3, 24
ROLES = (
    "acrobat",
    "beekeeper",
    "bellhop",
    "courier",
    "dancer",
    "delivery rider",
    "dock worker",
    "ferry pilot",
    "forklift driver",
    "gardener",
    "harbour pilot",
    "kayaker",
    "letter carrier",
    "mover",
    "night guard",
    "nurse",
    "parade marshal",
    "porter",
    "robot operator",
    "shunter",
    "skater",
    "stagehand",
    "tractor driver",
    "tram driver",
    "usher",
    "waiter",
)


class PathfindingSession(Walking):
    gives_up = True

    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Pathfinding)
        number = {fact.id: number for number, fact in enumerate(setting.world.facts)}
        self.goals = [number[goal] for goal in game.goals]
        self._convoys: dict[Squares, Convoy] = {}
        super().__init__(setting, Grid(game.rows, game.columns, game.walls), game.squares, game.starts)

    def start(self) -> State:
        return self.starts

    def openings(self, state: State, agent: int) -> list[int]:
        return self.moves(state[agent])

    def settle(self, state: State, joint: Joint) -> Joint:
        return self.collided(state, joint)

    def step(self, state: State, time: int, joint: Joint) -> State:
        return self.moved(state, joint)

    def done(self, state: State, time: int) -> bool:
        return state == self._meant(state, self.truth)

    def remaining(self, state: State, time: int, beliefs: Beliefs) -> int | None:
        return self._convoy(state, beliefs).length(state)

    def joint(self, state: State, time: int, agent: int, beliefs: Beliefs) -> Joint:
        return self._convoy(state, beliefs).first(state)

    def shortest(self, state: State, time: int, beliefs: Beliefs) -> Iterator[Joint]:
        return self._convoy(state, beliefs).firsts(state)

    def wise(self, state: State, time: int, agent: int, beliefs: Beliefs) -> set[int]:
        return self._convoy(state, beliefs).parts(state, agent)

    def alone(self, state: State, time: int, agent: int, beliefs: Beliefs) -> int:
        return self.nearer(state[agent], (self._meant(state, beliefs)[agent],))

    def least(self) -> int:
        return sum(goal not in self.known.common for goal in self.goals)

    def milestones(self) -> list[Milestone]:
        goals = self._meant(self.starts, self.truth)
        return [
            Milestone(
                name=f"{name} at the goal",
                time=next((time for time, state in enumerate(self.states[1:]) if state[agent] == goal), None),
            )
            for agent, (name, goal) in enumerate(zip(self.names.agents, goals, strict=True))
        ]

    def _meant(self, state: State, beliefs: Beliefs) -> Squares:
        """Where the agents have to get to, as far as is known: those whose goal is not known stay where they are."""
        values = (beliefs[fact] for fact in self.goals)
        return tuple(here if value is None else value for here, value in zip(state, values, strict=True))

    def _convoy(self, state: State, beliefs: Beliefs) -> Convoy:
        goals = self._meant(state, beliefs)
        if goals not in self._convoys:
            self._convoys[goals] = Convoy(self.grid.neighbours, goals)
        return self._convoys[goals]


def conflict(knobs: Mapping[str, int]) -> str | None:
    squares = knobs["rows"] * knobs["columns"]
    free = squares - squares * knobs["walls"] // 100
    if free < knobs["agents"] + 2:
        return f"{knobs['agents']} agents need at least {knobs['agents'] + 2} squares that are no walls, not {free}"
    return None


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    rows, columns, n = knobs["rows"], knobs["columns"], knobs["agents"]
    grid, starts, goals, length = _instance(rng, rows, columns, n, knobs["walls"])
    rounds = 3 + (length * 3 + 1) // 2
    role = rng.choice(ROLES)
    agents = members(given(rng, n), role)
    team = cast_of(
        rng,
        agents,
        rounds,
        ("myopic", "silent"),
        leaders=True,
        channel=common.OR_BOARD,
    )
    leaders = {number for number, player in enumerate(team.players) if player.behaviour == "leader"}
    squares = list(names(rows, columns))
    setting = team.setting(
        game=Pathfinding(
            rows=rows,
            columns=columns,
            squares=squares,
            walls=sorted(grid.walls),
            starts=list(starts),
            goals=[f"f{agent}" for agent in range(n)],
        ),
        scales=[Scale(id="s0", values=squares)],
        facts=[
            Fact(id=f"f{number}", name=f"{agent.name}'s goal", scale="s0", value=goal, known=known)
            for number, (agent, goal, known) in enumerate(
                zip(agents, goals, _known(rng, n, knobs["shared"], leaders), strict=True)
            )
        ],
        actions=MOVES,
        bandwidth=rng.randint(1, 3),
    )
    session = PathfindingSession(setting)
    return Coordination(session, rng, small_talk=knobs["small_talk"])


def _known(rng: random.Random, n: int, shared: int, leaders: set[int]) -> list[list[str]]:
    """Everybody knows its own goal, and whoever leads all of them; of some one more knows it, or all."""
    found = []
    for agent in range(n):
        who = {agent} | leaders
        if rng.randrange(100) < shared:
            others = [other for other in range(n) if other != agent]
            who |= {rng.choice(others)} if rng.random() < 0.7 else set(others)
        found.append([f"a{one}" for one in sorted(who)])
    return found


def _instance(
    rng: random.Random, rows: int, columns: int, n: int, walls: int
) -> tuple[Grid, tuple[int, ...], tuple[int, ...], int]:
    """A grid, starts, goals, and how many rounds it takes (where it cannot be done, how many look right)."""
    impossible = rng.randrange(100) < IMPOSSIBLE
    narrow = impossible and rng.random() < 0.5
    for _ in range(TRIES):
        grid = _corridor(rng, rows, columns) if narrow else _scattered(rng, rows, columns, walls)
        free = [square for square in range(rows * columns) if square not in grid.walls]
        behind = rng.choice(free) if impossible and not narrow else None
        if behind is not None:
            grid = walled(rng, grid, behind)
            free = [square for square in free if square not in grid.walls and grid.distances(behind)[square] is None]
        if len(free) < n + 1:
            continue
        starts = rng.sample(free, n)
        if behind is not None:
            goals = [*rng.sample(free, n - 1), behind]
        elif rng.random() < 0.5:
            # Everybody goes where the next one comes from, or near it.
            ring = starts[1:] + starts[:1]
            goals = [rng.choice([square, *grid.around(square)]) for square in ring]
        else:
            goals = rng.sample(free, n)
        length = Convoy(grid.neighbours, goals).length(tuple(starts))
        if impossible and length is None and len(set(goals)) == n:
            return grid, tuple(starts), tuple(goals), rng.randint(SHORTEST, rows + columns)
        if not impossible and length is not None and SHORTEST <= length <= LONGEST:
            return grid, tuple(starts), tuple(goals), length
    raise Rejected("no_instance", f"none of {TRIES} grids was as wanted")


def _scattered(rng: random.Random, rows: int, columns: int, walls: int) -> Grid:
    squares = rows * columns
    return Grid(rows, columns, rng.sample(range(squares), squares * walls // 100))


def _corridor(rng: random.Random, rows: int, columns: int) -> Grid:
    """One winding way without branches, walls everywhere else."""
    everywhere = Grid(rows, columns)
    way = [rng.randrange(rows * columns)]
    while ahead := [
        square
        for square in everywhere.around(way[-1])
        if square not in way and not set(everywhere.around(square)) & set(way[:-1])
    ]:
        way.append(rng.choice(ahead))
    return Grid(rows, columns, set(range(rows * columns)) - set(way))


SESSION = PathfindingSession

FAMILY = Family(
    "coordination",
    "pathfinding",
    "agents on a grid, each to its own goal, without collisions",
    KNOBS,
    build,
    conflict,
    self_play=True,
    partners=True,
)
