"""The exact solvers of games in which agents move: `python -P tests/benchmarks/motion_solvers.py`.

For each size, of the games drawn: the milliseconds (mean, and worst) in which a search without memory finds how many
rounds it takes and the first joint action, and its steps (worst); for `pathfinding`, conflict-based search beside it,
which finds the number of rounds alone and gives up after 300 nodes. Games drawn on purpose so that they cannot be done
are among them.
"""

import random
import sys
import time
from pathlib import Path
from statistics import mean

from madata.generators import make
from madata.generators.coordination.cooking import service
from madata.generators.coordination.families.pursuit import Chase
from madata.generators.coordination.mapf import Convoy, together
from madata.generators.family import Rejected

sys.path.append(str(Path(__file__).parent.parent))
from cbs import GaveUp, makespan

GAMES = 30
SIZES = {
    "pathfinding": [
        {"rows": n, "columns": n, "agents": agents}
        for n, agents in ((2, 2), (3, 2), (4, 2), (5, 3), (7, 4), (8, 4), (8, 5), (8, 6))
    ],
    "pursuit": [
        {"rows": n, "columns": n, "agents": agents} for n, agents in ((3, 2), (4, 3), (5, 3), (8, 6), (10, 6), (10, 8))
    ],
    "kitchen": [
        {"rows": rows, "columns": columns, "portions": portions, "cooking": cooking, "ingredients": 3, "agents": 2}
        for rows, columns, portions, cooking in (
            (4, 4, 1, 1),
            (4, 5, 2, 2),
            (5, 5, 3, 4),
            (5, 6, 3, 4),
            (6, 6, 3, 4),
            (6, 6, 3, 10),
        )
    ],
}


def pathfinding(session):
    """Moves of single agents tried."""
    together.cache_clear()
    goals = [session.truth[fact] for fact in session.goals]
    convoy = Convoy(session.grid.neighbours, goals)
    length = convoy.length(session.starts)
    convoy.first(session.starts)
    return length, convoy._steps


def pursuit(session):
    """Numbers of rounds tried."""
    chase = Chase(session.grid, session.game.track, session.game.moving)
    place = chase.place(session.truth[session.target], 0)
    length = chase.length(session.starts, place)
    next(chase.joints(session.starts, place), None)
    return length, (chase.longest if length is None else length) + 1


def kitchen(session):
    """Modes with pairs of squares, in the order found."""
    service.cache_clear()
    site, recipe = session.site, session.truth[session.recipe]
    length = site.rounds(site.start, recipe)
    modes = service(site.grid.neighbours, site.floor, site._near(recipe), site.manual)._rounds
    return length, sum(pairs.bit_count() for rows in modes for _, pairs in rows)


def conflicts(session):
    starts, goals = session.starts, [session.truth[fact] for fact in session.goals]
    try:
        return makespan(session.grid.neighbours, starts, goals, 300)
    except GaveUp:
        return None


def timed(work, session):
    begun = time.perf_counter()
    found = work(session)
    return 1000 * (time.perf_counter() - begun), found


def main():
    families = make.families("coordination")
    for search in (pathfinding, pursuit, kitchen):
        for size in SIZES[search.__name__]:
            family = families[search.__name__]
            sessions, tried = [], 0
            while len(sessions) < GAMES and tried < 2 * GAMES:
                rng = random.Random(f"{size}/{tried}")
                tried += 1
                knobs = {
                    knob: rng.randint(about.low, about.high) for knob, about in sorted(family.knobs.items())
                } | size
                if not family.conflict(knobs):
                    try:
                        sessions.append(family.build(rng, knobs).session)
                    except Rejected:
                        continue
            runs = [timed(search, session) for session in sessions]
            took = [ms for ms, _ in runs]
            lengths = [length for _, (length, _) in runs if length is not None]
            line = (
                f"{search.__name__} {size}: {len(sessions) / tried:.0%} of worlds, "
                f"{min(lengths)} to {max(lengths)} rounds, "
                f"{mean(took):.2f} ms, at worst {max(took):.1f}, {max(steps for _, (_, steps) in runs)} steps"
            )
            if search is pathfinding:
                solvable = [session for session, (_, (length, _)) in zip(sessions, runs, strict=True) if length]
                against = [timed(conflicts, session) for session in solvable]
                gave_up = sum(found is None for _, found in against)
                line += f"; conflict-based {mean(ms for ms, _ in against):.2f} ms, gave up {gave_up} of {len(against)}"
            print(line, flush=True)


if __name__ == "__main__":
    main()
