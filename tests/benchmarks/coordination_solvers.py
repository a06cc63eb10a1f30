"""The exact solvers of deliberation: `python -P tests/benchmarks/coordination_solvers.py`.

For each size: how many of the worlds drawn give a game with something at stake, and for its truth the milliseconds that
the best plan and `least` take without memory (mean, and worst), and the steps of the search (worst).
"""

import random
import time
from statistics import mean

from madata.generators import make
from madata.generators.coordination.grid import Grid
from madata.generators.family import Rejected

GAMES = 10
SIZES = {
    "maze": [
        {"rows": n, "columns": n, "agents": agents}
        for n, agents in ((2, 2), (3, 2), (4, 2), (6, 4), (10, 4), (15, 4), (20, 4))
    ],
    "schedule": [
        {"meetings": meetings, "slots": slots, "agents": agents}
        for meetings, slots, agents in (
            (1, 2, 2),
            (1, 5, 2),
            (2, 8, 3),
            (3, 10, 5),
            (4, 12, 5),
            (4, 12, 8),
            (5, 20, 8),
            (6, 20, 8),
        )
    ],
    "allocation": [
        {"tasks": tasks, "agents": agents}
        for tasks, agents in ((1, 2), (2, 2), (3, 2), (5, 4), (6, 4), (6, 6), (7, 6), (8, 6), (8, 8))
    ],
}


def games(name, size):
    """As many games as there are among twice as many worlds, and the share of worlds that gave one."""
    family = make.families("coordination")[name]
    found = []
    tried = 0
    while len(found) < GAMES and tried < 2 * GAMES:
        rng = random.Random(f"{size}/{tried}")
        tried += 1
        knobs = {knob: rng.randint(about.low, about.high) for knob, about in sorted(family.knobs.items())} | size
        try:
            found.append(family.build(rng, knobs).session)
        except Rejected:
            continue
    return found, len(found) / tried


def maze(session):
    """Squares that the search gets to."""
    walls = [square for square, fact in enumerate(session.cells) if session.truth[fact]]
    grid = Grid(session.game.rows, session.game.columns, walls)
    return sum(far is not None for far in grid.distances(session.game.goal))


def schedule(session):
    """Beginnings of plans."""
    return session.search(session.truth).steps


def allocation(session):
    """Beginnings of plans, and tasks placed on the way to makespans."""
    return session.search(session.truth).steps + session.makespan.steps


def timed(work, *arguments):
    begun = time.perf_counter()
    found = work(*arguments)
    return 1000 * (time.perf_counter() - begun), found


def main():
    for search in (maze, schedule, allocation):
        for size in SIZES[search.__name__]:
            found, share = games(search.__name__, size)
            fresh = [type(session)(session.setting) for session in found]
            best = [timed(session.best, session.truth)[0] for session in fresh]
            least = [timed(session.least, session.truth)[0] for session in fresh]
            steps = [search(type(session)(session.setting)) for session in found]
            print(
                f"{search.__name__} {size}: {share:.0%} at stake, "
                f"best {mean(best):.2f} ms, at worst {max(best):.2f}, {max(steps)} steps; "
                f"least {mean(least):.2f} ms, at worst {max(least):.2f}",
                flush=True,
            )


if __name__ == "__main__":
    main()
