"""`maze`: a map of which everybody knows a part, and one way through it that all agree on ("The Collaboration Gap",
Davidson et al. 2025, arXiv 2511.02687).

Each square is a fact. Parts are the halves of the map by columns or by rows, or squares here and there.
"""

import random
from collections.abc import Iterator, Mapping, Sequence

from madata.generators.coordination import knobs as common
from madata.generators.coordination.deliberation import Deliberation, Plan, Values
from madata.generators.coordination.grid import Grid, names
from madata.generators.coordination.knobs import cast_of, members
from madata.generators.coordination.known import Known
from madata.generators.coordination.scenario import Coordination
from madata.generators.coordination.setting import Setting
from madata.generators.coordination.stakes import BANDWIDTH, SHARED, spread, worthwhile
from madata.generators.family import Family, Knob, draw
from madata.generators.lexicon import names as given
from madata.generators.lexicon.teamwork import places
from madata.schemas.coordination.games.maze import Maze
from madata.schemas.coordination.language import Decision, Fact, ReachQuery, Scale

KNOBS = {
    "agents": common.agents(2, 4),
    "rows": Knob(3, 6, 3, 10, "rows of squares"),
    "columns": Knob(3, 6, 3, 10, "columns of squares"),
    "walls": Knob(25, 40, 10, 60, "squares that are walls, in percent"),
    "shared": SHARED,
    "rounds": common.rounds(6, 9),
    "bandwidth": BANDWIDTH,
    "small_talk": common.SMALL_TALK,
}

OPEN, WALL = 0, 1
WAYS = ("north", "south", "east", "west")


class MazeSession(Deliberation):
    def __init__(self, setting: Setting) -> None:
        game = setting.world.game
        assert isinstance(game, Maze)
        self.game = game
        number = {fact.id: number for number, fact in enumerate(setting.world.facts)}
        self.cells = [number[cell] for cell in game.cells]
        self.grid = Grid(game.rows, game.columns)
        self._best: dict[Values, Plan | None] = {}
        super().__init__(setting)

    def works(self, plan: Plan, values: Values) -> bool:
        way, whole = self._way(plan)
        return bool(plan) and whole and way[-1] == self.game.goal and not self.obstacles(plan, values)

    def cost(self, plan: Plan, values: Values) -> int:
        return len(plan)

    def uses(self, plan: Plan) -> list[int]:
        return sorted({self.cells[square] for square in self._way(plan)[0]})

    def obstacles(self, plan: Plan, values: Values) -> list[int]:
        return [fact for fact in self.uses(plan) if values[fact] == WALL]

    def best(self, values: Values) -> Plan | None:
        if values not in self._best:
            self._best[values] = self._shortest(values)
        return self._best[values]

    def least(self, values: Values) -> int | None:
        """By layers of squares from the start, each with the fewest facts that lead to it."""
        grid = self._map(values)
        if grid is None:
            return None
        far = grid.distances(self.game.goal)
        private = [fact not in self.known.common for fact in self.cells]
        layer = {self.game.start: int(private[self.game.start])}
        while self.game.goal not in layer:
            following: dict[int, int] = {}
            for square, facts in layer.items():
                for _, other in _nearer(grid, far, square):
                    fewest = facts + private[other]
                    following[other] = min(fewest, following.get(other, fewest))
            layer = following
        return layer[self.game.goal]

    def described(self, plan: Sequence[int]) -> str:
        return self.names.way(plan)

    def answer_reach(self, query: ReachQuery) -> Known:
        walls = [square for square, fact in enumerate(self.cells) if self.truth[fact] == WALL]
        far = Grid(self.game.rows, self.game.columns, walls).distances(self.game.start)
        reached = {name for name, moves in zip(self.game.squares, far, strict=True) if moves is not None}
        return Known([square for square in query.squares if square in reached])

    def _way(self, plan: Plan) -> tuple[list[int], bool]:
        """The squares that a plan is on, walls or not, from the start until it leaves the grid; and whether it never
        does."""
        way = [self.game.start]
        for move in plan:
            square = self.grid.neighbours[way[-1]][move + 1]
            if square is None:
                return way, False
            way.append(square)
        return way, True

    def _map(self, values: Values) -> Grid | None:
        """The grid with its walls, if it has a way from the start to the goal."""
        walls = [square for square, fact in enumerate(self.cells) if values[fact] == WALL]
        grid = Grid(self.game.rows, self.game.columns, walls)
        shut = {self.game.start, self.game.goal} & grid.walls
        return None if shut or grid.distances(self.game.goal)[self.game.start] is None else grid

    def _shortest(self, values: Values) -> Plan | None:
        grid = self._map(values)
        if grid is None:
            return None
        far = grid.distances(self.game.goal)
        square = self.game.start
        plan = []
        while square != self.game.goal:
            move, square = next(_nearer(grid, far, square))
            plan.append(move)
        return tuple(plan)


def _nearer(grid: Grid, far: Sequence[int | None], square: int) -> Iterator[tuple[int, int]]:
    """The moves that bring one nearer, with the squares they lead to."""
    here = far[square]
    assert here is not None
    for move, other in enumerate(grid.neighbours[square][1:]):
        if other is not None and far[other] == here - 1:
            yield move, other


def build(rng: random.Random, knobs: Mapping[str, int]) -> Coordination:
    rows, columns = knobs["rows"], knobs["columns"]
    squares = range(rows * columns)
    role, place = rng.choice(places())
    agents = members(given(rng, knobs["agents"]), f"{role} in the {place}")
    parts = _parts(rng, rows, columns, len(agents))
    start, goal = _ends(rng, rows, columns, parts)
    known = spread(rng, parts, len(agents), knobs["shared"])
    if rng.random() < 0.7:
        known[start] = known[goal] = list(range(len(agents)))
    team = cast_of(rng, agents, knobs["rounds"], ("myopic", "silent", "literal", "asker"), leaving=True)
    setting = team.setting(
        game=Maze(
            rows=rows,
            columns=columns,
            squares=list(names(rows, columns)),
            cells=[f"f{square}" for square in squares],
            start=start,
            goal=goal,
        ),
        scales=[Scale(id="s0", values=["open", "a wall"]), Scale(id="s1", values=list(WAYS))],
        facts=[
            Fact(id=f"f{square}", name=f"square {name}", scale="s0", value=OPEN, known=[f"a{agent}" for agent in who])
            for square, name, who in zip(squares, names(rows, columns), known, strict=True)
        ],
        decisions=[Decision(id=f"d{step}", name=f"step {step + 1}", scale="s1") for step in squares[:-1]],
        bandwidth=knobs["bandwidth"],
    )

    def truth(_: bool) -> Values:
        return tuple(
            WALL if square not in (start, goal) and rng.randrange(100) < knobs["walls"] else OPEN for square in squares
        )

    session = worthwhile(rng, MazeSession, setting, truth)
    return Coordination(session, rng, small_talk=knobs["small_talk"])


def _parts(rng: random.Random, rows: int, columns: int, agents: int) -> list[int]:
    """Of each square the agent whose part of the map it is on."""
    squares = range(rows * columns)
    who = rng.sample(range(agents), agents)
    form = draw(rng, ("columns", 2), ("rows", 2), ("squares", 1))
    if form == "columns" and columns >= agents:
        return [who[square % columns * agents // columns] for square in squares]
    if form == "rows" and rows >= agents:
        return [who[square // columns * agents // rows] for square in squares]
    return [who[place % agents] for place in rng.sample(squares, len(squares))]


def _ends(rng: random.Random, rows: int, columns: int, parts: list[int]) -> tuple[int, int]:
    """Start and goal: some way apart, and in the parts of two agents if that can be."""
    pairs = [
        (start, goal)
        for start in range(rows * columns)
        for goal in range(rows * columns)
        if abs(start // columns - goal // columns) + abs(start % columns - goal % columns) >= (rows + columns) * 3 // 5
    ]
    return rng.choice([pair for pair in pairs if parts[pair[0]] != parts[pair[1]]] or pairs)


SESSION = MazeSession

FAMILY = Family(
    "coordination",
    "maze",
    "a way through a map of which each knows a part",
    KNOBS,
    build,
    self_play=True,
    partners=True,
)
