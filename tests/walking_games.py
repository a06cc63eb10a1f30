"""Walking games given by a map: "#" is a wall or counter, letters and digits are what the test says."""

from madata.generators.coordination.families.kitchen import KitchenSession
from madata.generators.coordination.families.pathfinding import PathfindingSession
from madata.generators.coordination.families.pursuit import PursuitSession
from madata.generators.coordination.grid import names
from madata.generators.coordination.setting import Setting
from madata.schemas import Agent
from madata.schemas.coordination.games.kitchen import Kitchen
from madata.schemas.coordination.games.pathfinding import Pathfinding
from madata.schemas.coordination.games.pursuit import Pursuit
from madata.schemas.coordination.language import Conventions, Fact, Player, Scale
from madata.schemas.coordination.world import CoordinationWorld

NAMES = ("Anna", "Ben", "Cara", "Dan", "Eve", "Finn")
MOVES = ["stay", "go north", "go south", "go east", "go west"]


def drawn(rows):
    """Size, names of squares, and where each letter is."""
    where = {}
    for square, letter in enumerate("".join(rows)):
        where.setdefault(letter, []).append(square)
    size = {"rows": len(rows), "columns": len(rows[0]), "squares": list(names(len(rows), len(rows[0])))}
    return size, where


def session(kind, game, facts, scale, actions, behaviours, *, rounds=10, bandwidth=3, **conventions):
    """`facts`: name, value and who knows it (numbers of agents)."""
    ids = [f"a{number}" for number in range(len(behaviours))]
    world = CoordinationWorld(
        game=game,
        scales=[Scale(id="s0", values=scale)],
        facts=[
            Fact(id=f"f{number}", name=name, scale="s0", value=value, known=[ids[agent] for agent in known])
            for number, (name, value, known) in enumerate(facts)
        ],
        decisions=[],
        actions=actions,
        order=ids,
        rounds=rounds,
        bandwidth=bandwidth,
        fates=[],
        players=[Player(agent=agent, behaviour=behaviour) for agent, behaviour in zip(ids, behaviours, strict=True)],
        events=[],
    )
    agents = [Agent(id=agent, name=name, role="walker") for agent, name in zip(ids, NAMES, strict=False)]
    return kind(Setting(agents, Conventions(**conventions), world))


def pathfinding(rows, ways, behaviours, known=None, **more):
    """`ways`: of each agent the letters of its start and its goal."""
    size, where = drawn(rows)
    starts, goals = ([where[way[end]][0] for way in ways] for end in (0, 1))
    game = Pathfinding(
        **size, walls=where.get("#", []), starts=starts, goals=[f"f{agent}" for agent in range(len(ways))]
    )
    known = known or [[agent] for agent in range(len(ways))]
    facts = [(f"{NAMES[agent]}'s goal", goal, who) for agent, (goal, who) in enumerate(zip(goals, known, strict=True))]
    return session(PathfindingSession, game, facts, size["squares"], MOVES, behaviours, **more)


def pursuit(rows, starts, track, behaviours, *, value=0, moving=False, sight=0, known=(), routes=None, **more):
    """`starts` and `track` in letters."""
    size, where = drawn(rows)
    game = Pursuit(
        **size,
        walls=where.get("#", []),
        starts=[where[letter][0] for letter in starts],
        track=[where[letter][0] for letter in track],
        moving=moving,
        target="f0",
        sight=sight,
        routes=routes or [[0]] * len(starts),
    )
    facts = [("the place where the lynx begins", value, known)]
    scale = [size["squares"][square] for square in game.track]
    return session(PursuitSession, game, facts, scale, MOVES, behaviours, **more)


def kitchen(rows, behaviours, *, recipe=0, known=(0,), portions=1, cooking=1, **more):
    """Crates are o and t, P the pot, D the dishes, W the window; agents begin on digits."""
    size, where = drawn(rows)
    counters = sorted(square for letter in "#otPDW" for square in where.get(letter, []))
    crates = [where[letter][0] for letter in "ot"]
    game = Kitchen(
        **size,
        counters=counters,
        crates=crates,
        pot=where["P"][0],
        dishes=where["D"][0],
        window=where["W"][0],
        starts=[where[str(agent)][0] for agent in range(len(behaviours))],
        recipe="f0",
        portions=portions,
        cooking=cooking,
    )
    actions = [*MOVES, "put what they hold into the pot", "take the soup", "serve the soup", "take a dish"]
    actions += ["take an onion", "take a tomato"]
    facts = [("the soup of the day", recipe, known)]
    return session(KitchenSession, game, facts, ["onion soup", "tomato soup"], actions, behaviours, **more)


def acts(session):
    """Round by round, of each agent what it does."""
    found = [[0] * len(session.ids) for _ in range(session.rounds)]
    for event in session.events:
        if event.kind == "act":
            found[event.time][session.number[event.agent]] = event.action
    return found


def milestones(session):
    return {milestone.name: milestone.time for milestone in session.played.milestones}
