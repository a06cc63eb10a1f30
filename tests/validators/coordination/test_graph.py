"""The graph game by hand: each problem on a path of three, each rule, each question, and a planted defect for each."""

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import combinations
from random import Random
from typing import Any

import pytest

from madata.tests.validators.coordination.records import NAMES, player, written
from madata.validators.coordination import graphs
from madata.validators.coordination.games.graph import Graph
from madata.validators.coordination.run import Run
from madata.validators.trial import Wrong

Json = dict[str, Any]
CONVENTIONS: Json = {"speech": "concurrent", "delivery": "reliable", "channel": "messages"}
PATH = [(0, 1), (1, 2)]


def cast(count: int) -> list[Json]:
    """As many as are needed."""
    return [{"id": f"a{number}", "name": (*NAMES, *map(str, range(count)))[number]} for number in range(count)]


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
    return Graph(given, conventions, cast(len(given["order"])))


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
    return given | {"events": [written(event) for event in built(given).rerun().events]}


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


# Each rule by itself.


def star(problem: str, labels: int, behaviour: str = "team", events: list[Json] | None = None) -> Graph:
    """a0, of number 1, in the middle of a1, a2 and a3 (0, 2 and 3), which are models."""
    behaviours: dict[int, str | None] = {0: behaviour, 1: None, 2: None, 3: None}
    edges = [(0, 1), (0, 2), (0, 3)]
    return built(world(problem, edges, [1, 0, 2, 3], labels, None, behaviours, None, events))


def middle(game: Graph, time: int) -> int | None:
    """What a0 does in a round, by the record."""
    return game.act(game.record, 0, time)


def test_colouring_takes_what_no_neighbour_was_heard_to_have() -> None:
    said = [says(0, 1, "0", choice=1), says(0, 2, "0", choice=0), says(0, 3, "0", choice=1)]
    assert middle(star("colouring", 4, events=said), 0) == 2
    assert middle(star("colouring", 2, events=said), 0) == 0
    assert middle(star("colouring", 4, events=said[1:]), 0) is None  # a1, for all a0 knows, goes first
    assert middle(star("colouring", 4, events=[says(0, 1, "0", (1, 0)), *said[1:]]), 0) == 2
    again = [*said, says(0, 3, "0", choice=2)]
    assert middle(star("colouring", 4, events=again), 0) == 3


def test_rash_colours() -> None:
    said = [says(1, 1, "0", choice=0), says(1, 2, "0", choice=1)]
    chosen = [act(0, 0, 0)]
    assert middle(star("colouring", 4, "myopic"), 0) == 0
    assert middle(star("colouring", 4, "myopic", [*chosen, *said]), 1) == 2
    assert middle(star("colouring", 2, "myopic", [*chosen, *said]), 1) is None
    assert middle(star("colouring", 4, "myopic", [*chosen, said[1]]), 1) is None


def test_cover_is_out_if_none_greater_is() -> None:
    numbers = [says(0, 1, "0", (1, 0)), says(0, 2, "0", (2, 2)), says(0, 3, "0", (3, 3))]
    ins = [says(1, 2, "0", choice=0), says(1, 3, "0", choice=0)]
    outs = [says(1, 2, "0", choice=1), says(1, 3, "0", choice=0)]
    assert middle(star("cover", 2, events=[*numbers, *ins]), 1) == 1
    assert middle(star("cover", 2, events=[*numbers, *outs]), 1) == 0
    assert middle(star("cover", 2, events=[*numbers, outs[0]]), 1) is None
    # Of a1 it is known that it is smaller, whatever it says.
    assert middle(star("cover", 2, events=[*numbers, says(1, 1, "0", choice=1), *ins]), 1) == 1


SMALL = says(0, 1, "0", (1, 0))
GREAT = says(0, 3, "0", (3, 3))
WOOED = [says(0, 1, "0", choice=1), says(0, 2, "0", choice=1)]


@pytest.mark.parametrize(
    ("events", "time", "choice"),
    [
        ([], 0, 0),  # no number is known: none is free
        ([GREAT], 0, None),  # a3 is greater, and a0 waits
        ([SMALL], 0, 2),
        ([SMALL, GREAT], 0, None),
        ([SMALL, says(0, 1, "0", choice=3)], 0, 0),  # a1 is taken
        ([SMALL, says(0, 1, "0", choice=0)], 0, 2),
        (WOOED, 0, 2),  # both numbers unknown
        ([*WOOED, says(0, 2, "0", (2, 2))], 0, 3),
        ([SMALL, *WOOED], 0, 2),
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=1)], 1, None),  # (1)
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=1), says(1, 3, "0", choice=1)], 1, None),
        ([SMALL, act(0, 0, 2)], 1, None),  # (2)
        ([SMALL, act(0, 0, 2), says(1, 3, "0", choice=1)], 1, None),
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=3), says(1, 3, "0", choice=1)], 1, 4),  # (3)
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=0)], 1, None),
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=3)], 1, 0),  # (4)
        ([SMALL, act(0, 0, 2), says(1, 1, "0", choice=3), says(1, 3, "0", (3, 3))], 1, 0),
    ],
)
def test_matching(events: list[Json], time: int, choice: int | None) -> None:
    assert middle(star("matching", 5, events=events), time) == choice


def test_rash_matching_and_cover() -> None:
    assert middle(star("matching", 5, "myopic"), 0) == 2
    assert middle(star("matching", 5, "myopic", [act(0, 0, 2), *WOOED]), 1) is None
    assert built(world("matching", [], [0, 1], 3)).rerun().states[1] == (0, 0)
    assert middle(star("cover", 2, "myopic"), 0) == 0


def test_rash_leaders_and_voters_decide_at_once() -> None:
    """Numbers said in round 0 have arrived when acting."""
    behaviours: dict[int, str | None] = dict.fromkeys(range(3), "myopic")
    leading = built(world("leader", PATH, [0, 1, 2], 2, behaviours=behaviours)).rerun()
    assert leading.states[1:3] == [(1, 1, 0), (1, 1, 0)]
    voting = built(world("consensus", PATH, [0, 1, 2], 3, votes=[2, 1, 0], behaviours=behaviours)).rerun()
    assert voting.states[1] == voting.states[-1] == (1, 0, 0)


def test_who_is_silent_is_waited_for() -> None:
    given = world("colouring", PATH, [2, 0, 1], 2, behaviours={0: "silent"})
    shown = "0 a1>0,2 f1=0|0 a2>1 f2=1|0 a0 does 0|0 a2 does 0|1 a2>1 says 0"
    assert lines(built(given).rerun()) == shown.split("|")
    outcome = built(recorded(given)).outcome()
    assert (outcome["success"], outcome["rounds"], outcome["cost"], outcome["efficiency"]) == (False, 3, None, None)
    assert [stone["time"] for stone in outcome["milestones"]] == [None, None]


def test_the_game_waits_for_late_messages() -> None:
    """Each is two rounds late: numbers in round 2, a0 and a2 in round 5, a1 in round 8."""
    given = world("colouring", PATH, [2, 0, 1], 2, fates=[2])
    game = built(recorded(given))
    outcome = game.outcome()
    assert (outcome["success"], outcome["rounds"]) == (True, 9)
    assert [event.time for event in game.record.events if event.kind == "act"] == [2, 2, 5]
    assert game.adapts()


def test_lost_messages_are_waited_for_in_vain() -> None:
    outcome = built(recorded(world("colouring", PATH, [2, 0, 1], 2, fates=[-1]))).outcome()
    assert (outcome["success"], outcome["rounds"], outcome["messages"]) == (False, 2, 3)


def test_who_leaves_is_waited_for() -> None:
    given = world("colouring", [(0, 1), (1, 2), (2, 3)], [3, 2, 1, 0], 2)
    given["players"][1]["leaves"] = 1
    run = built(given).rerun()
    assert [(event.kind, event.agent, event.time) for event in run.events[-2:]] == [("act", 0, 0), ("leave", 1, 1)]
    assert run.rounds == 2 and run.states[-1] == (0, None, None, None)


@pytest.mark.parametrize(
    ("problem", "choices", "clashing"),
    [
        ("colouring", [0, 0, 1], [0, 1]),
        ("colouring", [0, 1, None], [2]),
        ("matching", [2, 1, 0], []),
        ("matching", [2, 1, None], []),
        ("matching", [3, 1, 0], [0, 1]),
        ("matching", [0, 0, 0], [0, 1, 2]),
        ("matching", [2, 3, 2], [0]),
        ("matching", [1, 3, 2], [0]),
        ("cover", [1, 0, 1], []),
        ("cover", [1, 0, None], []),
        ("cover", [1, 1, 0], [0, 1]),
        ("leader", [0, 1, 1], []),
        ("leader", [0, 1, 0], [0, 2]),
        ("leader", [1, 1, 1], [0, 1, 2]),
        ("leader", [0, 1, None], [2]),
        ("consensus", [1, 1, 1], []),
        ("consensus", [0, 1, 1], [0, 1]),
        ("consensus", [2, 2, 2], [0, 1, 2]),
    ],
)
def test_clashes(problem: str, choices: list[int | None], clashing: list[int]) -> None:
    votes = [0, 1, 1] if problem == "consensus" else None
    labels = {"matching": 4, "colouring": 3, "consensus": 3}.get(problem, 2)
    models: dict[int, str | None] = dict.fromkeys(range(3))
    events = [act(0, agent, choice) for agent, choice in enumerate(choices) if choice is not None]
    game = built(world(problem, PATH, [0, 1, 2], labels, votes, models, events=events))
    query = {"kind": "clash", "time": 1, "agents": ["a0", "a1", "a2"]}
    assert list(game.answer_clash(query).answers) == [NAMES[agent] for agent in clashing]
    assert game.outcome()["success"] == (not clashing)


# What is best.


@pytest.mark.parametrize(
    ("problem", "labels", "optimum"),
    [("colouring", 3, 3), ("colouring", 2, None), ("matching", 6, 1), ("cover", 2, 3), ("leader", 2, 0)],
)
def test_best_on_a_ring_of_five(problem: str, labels: int, optimum: int | None) -> None:
    ring = [(0, 1), (1, 2), (2, 3), (3, 4), (0, 4)]
    game = built(world(problem, ring, [0, 1, 2, 3, 4], labels))
    assert (game.optimum, game.certified, game.possible) == (optimum, True, optimum is not None)


def test_many_agents_are_coloured_in_no_less_than_a_clique() -> None:
    ring = [(agent, agent + 1) for agent in range(32)] + [(0, 32)]
    game = built(world("colouring", ring, list(range(33)), 3))
    assert (game.optimum, game.certified) == (2, False)
    with pytest.raises(Wrong, match="more than 2, the most neighbours"):
        built(world("colouring", ring, list(range(33)), 2))


@pytest.mark.parametrize("problem", PLAYED)
@pytest.mark.parametrize("seed", range(12))
def test_teams_succeed_and_records_are_as_played(problem: str, seed: int) -> None:
    """On a connected graph; and whatever becomes of messages, what was played is legal and scripted."""
    random = Random(seed)
    size = random.randint(2, 8)
    tree = {(random.randrange(agent), agent) for agent in range(1, size)}
    edges = sorted(tree | {edge for edge in combinations(range(size), 2) if random.random() < 0.3})
    votes = [random.randrange(3) for _ in range(size)] if problem == "consensus" else None
    labels = {"matching": size + 1, "colouring": size, "consensus": 3}.get(problem, 2)
    numbers = random.sample(range(size), size)
    outcome = built(recorded(world(problem, edges, numbers, labels, votes, rounds=60))).outcome()
    assert outcome["success"] and outcome["optimum"] <= outcome["cost"] and outcome["rounds"] < 60
    fates = [random.randint(-1, 2) for _ in range(7)]
    behaviours: dict[int, str | None] = {agent: random.choice(["team", "myopic", "silent"]) for agent in range(size)}
    game = built(recorded(world(problem, edges, numbers, labels, votes, behaviours, fates)))
    assert [*game.illegal(), *game.unscripted()] == []
    outcome = game.outcome()
    assert not outcome["success"] or outcome["optimum"] <= outcome["cost"]


# Questions.


@cache
def coloured() -> Graph:
    return built(recorded(PLAYED["colouring"][0]))


def test_questions() -> None:
    game = coloured()
    best = {"kind": "best", "plans": [], "agent": "a1", "time": 1, "actions": [0, 1]}
    assert list(game.answer_best(best).answers) == ["label 1"]
    assert list(game.answer_best(best | {"time": 0}).answers) == ["label 0", "label 1"]
    assert list(game.answer_clash({"kind": "clash", "time": 1, "agents": ["a2", "a1"]}).answers) == ["Ben"]
    with pytest.raises(Wrong, match="round that was played"):
        game.answer_clash({"kind": "clash", "time": 4, "agents": ["a0"]})
    with pytest.raises(Wrong, match="an agent, a round and labels"):
        game.answer_best(best | {"agent": None})
    # Without the word of a0 (event 5) a1 waits for ever; that of a1 nobody waits for.
    assert list(game.answer_lost({"kind": "lost", "event": 5}).answers) == ["the team would have failed"]
    assert list(game.answer_lost({"kind": "lost", "event": 8}).answers) == ["it would have made no difference"]
    assert game.witnesses(game.record.events[3]) == [0]
    assert game.witnesses(game.record.events[1]) == [0, 1, 2]


# Planted defects.


def plant(change: Callable[[Json], Any]) -> Json:
    given = deepcopy(recorded(PLAYED["colouring"][0]))
    change(given)
    return given


ILLEGAL: dict[str, Callable[[Json], Any]] = {
    "to one who is no neighbour": lambda given: given["events"][0].update(to=["a1", "a2"], arrives=[0, 0]),
    "facts and a choice": lambda given: given["events"][0].update(choice=1),
    "neither": lambda given: given["events"][0].update(facts=[]),
    "a choice repeated": lambda given: given["events"].insert(7, act(1, 0, 0)),
    "late": lambda given: given["events"][0].update(arrives=[1]),
    "a kind that is not said": lambda given: given["events"].insert(
        0, {"kind": "query-ref", "agent": "a0", "time": 0, "to": ["a1"], "arrives": [0], "facts": ["f1"]}
    ),
    "when it is over": lambda given: given["events"].append(says(4, 0, "1", choice=0)),
}


@pytest.mark.parametrize("defect", ILLEGAL)
def test_illegal(defect: str) -> None:
    assert [*built(plant(ILLEGAL[defect])).illegal()]


@pytest.mark.parametrize("event", range(9))
def test_what_is_left_out_or_changed_is_not_scripted(event: int) -> None:
    def change(given: Json) -> None:
        changed = given["events"][event]
        if changed["kind"] == "act":
            changed["action"] = 1 - changed["action"]
        elif changed["choice"] is None:
            changed["facts"][0]["value"] = (changed["facts"][0]["value"] + 1) % 3
        else:
            changed["choice"] = 1 - changed["choice"]

    without = built(plant(lambda given: given["events"].pop(event)))
    assert next(without.unscripted()).where == f"event {event}"
    assert next(built(plant(change)).unscripted()).where == f"event {event}"


WRONG: dict[str, Callable[[Json], Any]] = {
    "an edge of one": lambda given: given["game"]["edges"].append(["a1", "a1"]),
    "an edge backwards": lambda given: given["game"]["edges"].append(["a2", "a0"]),
    "an edge twice": lambda given: given["game"]["edges"].append(["a0", "a1"]),
    "an edge of nobody": lambda given: given["game"]["edges"].append(["a0", "a9"]),
    "a number missing": lambda given: given["game"]["numbers"].pop(),
    "a number of two": lambda given: given["game"].update(numbers=["f0", "f1", "f1"]),
    "numbers the same": lambda given: given["facts"][0].update(value=1),
    "a number unknown to its agent": lambda given: given["facts"][0].update(known=["a1"]),
    "votes": lambda given: given["game"].update(votes=["f0"]),
    "labels": lambda given: given["game"].update(problem="leader") or given["actions"].append("label 2"),
    "no labels": lambda given: given.update(actions=[], events=[]),
    "a choice beyond": lambda given: given["events"][5].update(choice=2),
    "behaviour": lambda given: given["players"][0].update(behaviour="asker"),
}


@pytest.mark.parametrize("defect", WRONG)
def test_what_does_not_fit_is_refused(defect: str) -> None:
    with pytest.raises(Wrong):
        built(plant(WRONG[defect]))


def test_votes_are_of_one_scale() -> None:
    given = deepcopy(PLAYED["consensus"][0])
    given["facts"][5]["scale"] = "s0"
    with pytest.raises(Wrong, match="one scale"):
        built(given)


def test_conventions() -> None:
    for name, value in (("speech", "turns"), ("channel", "blackboard")):
        with pytest.raises(Wrong, match=name):
            Graph(PLAYED["colouring"][0], CONVENTIONS | {name: value}, cast(3))


def test_graphs_too_hard_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(graphs, "STEPS", 1)
    with pytest.raises(Wrong, match="steps allowed"):
        built(PLAYED["colouring"][0]).outcome()
