"""The graph game by hand: each problem on a path of three, each rule, each question, and a planted defect for each."""

from typing import Any

import pytest

from madata.validators.coordination.games.graph import Graph
from madata.validators.coordination.run import Run
from madata.validators.trial import Wrong

Json = dict[str, Any]
NAMES = ("Anna", "Ben", "Carla", "David", "Emma", "Finn")
CONVENTIONS: Json = {"speech": "concurrent", "delivery": "reliable", "channel": "messages"}
PATH = [(0, 1), (1, 2)]


def agents(count: int) -> list[Json]:
    return [
        {"id": f"a{number}", "name": NAMES[number] if number < 6 else f"N{number}", "role": "agent", "private": {}}
        for number in range(count)
    ]


def player(agent: int, behaviour: str | None = "team", **more: Any) -> Json:
    return {"agent": f"a{agent}", "behaviour": behaviour, "switch": None, "leaves": None, **more}


def world(
    problem: str,
    edges: list[tuple[int, int]],
    numbers: list[int],
    labels: int,
    votes: list[int] | None = None,
    behaviours: dict[int, str | None] | None = None,
    fates: list[int] | None = None,
    events: list[Json] | None = None,
    rounds: int = 20,
) -> Json:
    count = len(numbers)
    facts = [
        {"id": f"f{agent}", "name": f"{agent}'s number", "scale": "s0", "value": number, "known": [f"a{agent}"]}
        for agent, number in enumerate(numbers)
    ]
    facts += [
        {"id": f"f{count + agent}", "name": f"{agent}'s vote", "scale": "s1", "value": vote, "known": [f"a{agent}"]}
        for agent, vote in enumerate(votes or [])
    ]
    return {
        "kind": "coordination",
        "game": {
            "kind": "graph",
            "problem": problem,
            "edges": [[f"a{one}", f"a{other}"] for one, other in edges],
            "numbers": [f"f{agent}" for agent in range(count)],
            "votes": [f"f{count + agent}" for agent in range(len(votes or []))],
        },
        "scales": [
            {"id": "s0", "values": [str(number + 1) for number in range(max(*numbers, 1) + 1)]},
            {"id": "s1", "values": ["red", "blue", "green"]},
        ],
        "facts": facts,
        "decisions": [],
        "actions": [f"label {label}" for label in range(labels)],
        "order": [f"a{agent}" for agent in range(count)],
        "rounds": rounds,
        "bandwidth": 1,
        "fates": fates or [],
        "players": [player(agent, (behaviours or {}).get(agent, "team")) for agent in range(count)],
        "events": events or [],
    }


def built(given: Json) -> Graph:
    conventions = CONVENTIONS | {"delivery": "unreliable"} if given["fates"] else CONVENTIONS
    return Graph(given, conventions, agents(len(given["order"])))


def says(time: int, agent: int, to: str, told: tuple[int, int] | None = None, choice: int | None = None) -> Json:
    """`to` as digits: "12" goes to a1 and a2. All arrive at once."""
    return {
        "kind": "inform",
        "agent": f"a{agent}",
        "time": time,
        "to": [f"a{digit}" for digit in to],
        "arrives": [time] * len(to),
        "facts": [{"fact": f"f{told[0]}", "value": told[1]}] if told else [],
        "choice": choice,
    }


def act(time: int, agent: int, action: int) -> Json:
    return {"kind": "act", "agent": f"a{agent}", "time": time, "action": action}


def lines(run: Run) -> list[str]:
    """The events of a run, short: `2 a1>0,2 f1=3`, `2 a1>0 says 1`, `2 a1 does 1`."""
    shown = []
    for event in run.events:
        if event.kind == "act":
            shown.append(f"{event.time} a{event.agent} does {event.action}")
        else:
            what = f"says {event.choice}" if event.choice is not None else ",".join(f"f{f}={v}" for f, v in event.told)
            shown.append(f"{event.time} a{event.agent}>{','.join(map(str, event.to))} {what}")
    return shown


PLAYED = {
    # a1 has the smallest number and waits for both.
    "colouring": (
        world("colouring", PATH, [2, 0, 1], 2),
        (
            "0 a0>1 f0=2|0 a1>0,2 f1=0|0 a2>1 f2=1|0 a0 does 0|0 a2 does 0|"
            "1 a0>1 says 0|1 a2>1 says 0|1 a1 does 1|2 a1>0,2 says 1"
        ),
        {"rounds": 4, "cost": 2, "optimum": 2, "efficiency": 100, "messages": 6, "told": 6},
        {"everybody has chosen": 1, "nobody clashes": 1},
    ),
    # a2 has the greatest: it asks a1 (label 2), which takes it (label 3) and leaves a0 alone.
    "matching": (
        world("matching", PATH, [0, 1, 2], 4),
        (
            "0 a0>1 f0=0|0 a1>0,2 f1=1|0 a2>1 f2=2|0 a2 does 2|"
            "1 a2>1 says 2|1 a1 does 3|2 a1>0,2 says 3|2 a0 does 0|3 a0>1 says 0"
        ),
        {"rounds": 5, "cost": 1, "optimum": 1, "efficiency": 100, "messages": 6, "told": 6},
        {"everybody has chosen": 2, "nobody clashes": 1},
    ),
    # a1 has the greatest and stays out, so that both others are in, where a1 alone would do.
    "cover": (
        world("cover", PATH, [0, 2, 1], 2),
        (
            "0 a0>1 f0=0|0 a1>0,2 f1=2|0 a2>1 f2=1|0 a1 does 1|"
            "1 a1>0,2 says 1|1 a0 does 0|1 a2 does 0|2 a0>1 says 0|2 a2>1 says 0"
        ),
        {"rounds": 4, "cost": 2, "optimum": 1, "efficiency": 50, "messages": 6, "told": 6},
        {"everybody has chosen": 1, "nobody clashes": 1},
    ),
    # The greatest number travels from a2 to a0; who hears nothing any more decides.
    "leader": (
        world("leader", PATH, [0, 1, 2], 2),
        (
            "0 a0>1 f0=0|0 a1>0,2 f1=1|0 a2>1 f2=2|"
            "1 a0>1 f1=1|1 a1>0,2 f2=2|2 a0>1 f2=2|2 a0 does 1|2 a2 does 0|3 a1 does 1"
        ),
        {"rounds": 5, "cost": 0, "optimum": 0, "efficiency": 100, "messages": 6, "told": 6, "redundant": [3, 5]},
        {"everybody has chosen": 3, "nobody clashes": 3},
    ),
    # The least vote is a1's, and both others say it back.
    "consensus": (
        world("consensus", PATH, [0, 1, 2], 3, votes=[2, 0, 1]),
        ("0 a0>1 f3=2|0 a1>0,2 f4=0|0 a2>1 f5=1|1 a0>1 f4=0|1 a2>1 f4=0|1 a0 does 0|1 a2 does 0|2 a1 does 0"),
        {"rounds": 4, "cost": 0, "optimum": 0, "efficiency": 100, "messages": 5, "told": 5, "redundant": [3, 4]},
        {"everybody has chosen": 2, "nobody clashes": 2},
    ),
}


def recorded(given: Json) -> Json:
    """A world with the events that its scripts play."""
    run = built(given).rerun()
    events: list[Json] = []
    for event in run.events:
        if event.kind == "act":
            events.append(act(event.time, event.agent, event.action))
            continue
        said = says(event.time, event.agent, "", None, event.choice)
        said["to"] = [f"a{other}" for other in event.to]
        said["arrives"] = list(event.arrives)
        said["facts"] = [{"fact": f"f{fact}", "value": value} for fact, value in event.told]
        events.append(said)
    return given | {"events": events}


@pytest.mark.parametrize("problem", PLAYED)
def test_a_path_of_three(problem: str) -> None:
    given, events, figures, milestones = PLAYED[problem]
    assert lines(built(given).rerun()) == events.split("|")
    game = built(recorded(given))
    assert [*game.illegal(), *game.unscripted()] == []
    outcome = game.outcome()
    assert outcome["success"] and outcome["certified"]
    assert {figure: outcome[figure] for figure in figures} == figures
    assert {stone["name"]: stone["time"] for stone in outcome["milestones"]} == milestones
