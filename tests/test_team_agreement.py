"""The coordination games of the generator and those of the validator agree, on random teams of every family; and a bug
planted on either side is seen by the other."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from team_agreement import BEHAVIOURS, compared

from madata.generators.coordination import answers, cards, deliberation, motion, walking
from madata.generators.coordination.families import allocation, graph, hints, kitchen, maze, pursuit, schedule
from madata.generators.coordination.knowledge import Knowledge
from madata.generators.coordination.motion import Motion
from madata.generators.coordination.session import Session
from madata.schemas.coordination.language import Request
from madata.validators.coordination import asked, play, run, world
from madata.validators.coordination import deliberation as judged
from madata.validators.coordination import motion as judged_motion
from madata.validators.coordination.games import allocation as judged_allocation
from madata.validators.coordination.games import graph as judged_graph
from madata.validators.coordination.games import hints as judged_hints
from madata.validators.coordination.games import kitchen as judged_kitchen
from madata.validators.coordination.games import maze as judged_maze
from madata.validators.coordination.games import pathfinding as judged_pathfinding
from madata.validators.coordination.games import pursuit as judged_pursuit
from madata.validators.coordination.games import schedule as judged_schedule

TEAMS = 40
ENOUGH = 8 * TEAMS
"""Teams among which a bug has to show itself."""
CAPS = {"graph": {"agents": 20}}

Bug = tuple[str, Any, str, Any]
"""A family that shows it, and what is put in place of what."""


@pytest.mark.parametrize("family", BEHAVIOURS)
def test_random_teams(family: str) -> None:
    answered = 0
    for number in range(TEAMS):
        questions, disagreements = compared(f"{family}/{number}", family, CAPS.get(family))
        assert disagreements == [], number
        answered += questions
    assert answered > 3 * TEAMS


def fate_of(time: int, speaker: int, hearer: int, fates: list[int]) -> int | None:
    """By speaker and hearer the wrong way round."""
    fate = fates[(7 * time + 3 * hearer + speaker) % len(fates)] if fates else 0
    return None if fate < 0 else time + fate


def reversed_nearer(*arguments: Any) -> Iterator[tuple[int, int]]:
    return iter(list(_nearer(*arguments))[::-1])


def swapping(here: Any, intended: Any) -> list[int]:
    """Whoever would swap squares does."""
    there = list(intended)
    while stuck := [i for i in range(len(there)) if there[i] != here[i] and there.count(there[i]) > 1]:
        for i in stuck:
            there[i] = here[i]
    return there


def first_asked(game: Motion, agent: int, time: int) -> int:
    """The first of new requests, not the last."""
    before = 3 * time - 1 if time else -1
    new = [game.events[index] for index in game.known.reached(agent, 3 * time + 2, after=before)]
    wanted = next((event.action for event in new if isinstance(event, Request)), 0)
    return wanted if wanted in game.openings(game.states[time], agent) else 0


def hinted_only_what_is(rules_: cards.Rules, table: cards.Table, hint: int) -> cards.Table:
    """What a hint does not touch it says nothing of."""
    other, told = rules_.hint(hint)
    shown = tuple(
        values & told if card in table.hands[other] and told >> rules_.values[card] & 1 else values
        for card, values in enumerate(table.shown)
    )
    return _hinted(rules_, table, hint)._replace(shown=shown)


def soup_served(game: kitchen.KitchenSession) -> bool:
    return any(event.kind == "act" and event.action == kitchen.Do.SERVE for event in game.events)


def first_words(known: Knowledge, agent: int, point: int) -> tuple[int | None, ...]:
    """What was told first, not last."""
    values = [value if known.sure(agent, fact, point) else None for fact, value in enumerate(known.truth)]
    for when, _, fact, value in known._lessons[agent]:
        if when <= point and values[fact] is None:
            values[fact] = value
    return tuple(values)


def first_told(played: run.Run, agent: int, point: run.Point) -> world.Beliefs:
    """The same on the other side."""
    found = dict(enumerate(_beliefs(played, agent, point)))
    for _, index in sorted(played._arrived(agent, point), reverse=True):
        told = played.events[index].told
        found |= {fact: value for fact, value in told if not played.firsthand(agent, fact, point.time)}
    return tuple(found.values())


_nearer, _obstacles, _hinted = maze._nearer, maze.MazeSession.obstacles, cards.Rules.hinted
_redundant, _after = Session._redundant, kitchen.KitchenSession._after
_shows, _merit = answers._shows, answers._merit

GENERATOR: dict[str, Bug] = {
    "fates are by hearer and speaker": (
        "schedule",
        Session,
        "arrives",
        lambda game, agent, other, time: fate_of(time, agent, other, game.world.fates),
    ),
    "agents fear the worst": (
        "schedule",
        Knowledge,
        "hopes",
        lambda known, agent, point: tuple(1 if value is None else value for value in known.beliefs(agent, point)),
    ),
    "what is lost to all is redundant": (
        "allocation",
        Session,
        "_redundant",
        lambda game, index: (
            _redundant(game, index)
            or bool(answers.tells(event := game.events[index]) and not any(t is not None for t in event.arrives))
        ),
    ),
    "an acceptance counts before it has reached": (
        "maze",
        Knowledge,
        "has_reached",
        lambda known, index, agent, point: index in known._reached[agent],
    ),
    "patience is a round less": ("maze", deliberation, "PATIENCE", 2),
    "good news is told too": (
        "allocation",
        deliberation.Deliberation,
        "_news",
        lambda game, agent: [
            fact
            for fact in range(len(game.truth))
            if fact in game.known.start[agent]
            and fact not in game.known.common
            and not game.known.has_told(agent, fact)
        ],
    ),
    "the last move is tried first": ("maze", maze, "_nearer", reversed_nearer),
    "obstacles come in another order": (
        "maze",
        maze.MazeSession,
        "obstacles",
        lambda game, plan, values: _obstacles(game, plan, values)[::-1],
    ),
    "people can be at two meetings at once": ("schedule", schedule.ScheduleSession, "_apart", lambda game, slots: 0),
    "an hour costs nothing": ("allocation", allocation.AllocationSession, "_time", lambda game, doers: 0),
    "agents swap squares": ("pathfinding", walking, "settled", swapping),
    "the first request counts": ("pathfinding", Motion, "_requested", first_asked),
    "what was heard is told again": ("pathfinding", Knowledge, "heard_of", lambda known, agent, fact, point: False),
    "the target is a round late": (
        "pursuit",
        pursuit.Chase,
        "place",
        lambda chase, value, time: (value + max(0, time - 1)) % len(chase.track) if chase.moving else value,
    ),
    "a team that is stuck waits a round more": ("kitchen", motion, "PATIENCE", 4),
    "what is learned is learned a round late": (
        "schedule",
        Session,
        "learned",
        lambda game, agent: {fact: time + 1 for fact, time in game.known.learned(agent).items() if time < game.rounds},
    ),
    "nobody sees the target": ("pursuit", pursuit.PursuitSession, "sees", lambda game, state, time: []),
    "the pot cooks a round less": (
        "kitchen",
        kitchen.KitchenSession,
        "_after",
        lambda game, state, joint, recipe: (
            after._replace(pot=after.pot._replace(left=max(0, after.pot.left - 1)))
            if (after := _after(game, state, joint, recipe)).pot.portions == game.game.portions > state.pot.portions
            else after
        ),
    ),
    "any soup will do": ("kitchen", kitchen.KitchenSession, "done", lambda game, state, time: soup_served(game)),
    "the smaller number chooses first": (
        "graph",
        graph.Deciding,
        "due",
        lambda game, agent, time: all(
            other in game.heard[agent]
            or (game.known.beliefs(agent, 3 * time + 2)[game.numbers[other]] or -1) >= game.truth[game.numbers[agent]]
            for other in game.neighbours[agent]
        ),
    ),
    "a graph is done at the first quiet round": (
        "graph",
        graph.GraphSession,
        "over",
        lambda game, time: time >= 1 and all(event.time < time for event in game.events),
    ),
    "hints say nothing of what they do not touch": ("hints", cards.Rules, "hinted", hinted_only_what_is),
    "hints go to the first agent first": (
        "hints",
        hints.HintsSession,
        "_after",
        lambda game, agent: [other for other in range(len(game.ids)) if other != agent],
    ),
    "there is no last round of turns": (
        "hints",
        cards.Rules,
        "over",
        lambda rules_, table, time: rules_.missing(table) == 0 or table.mistakes == rules_.mistakes,
    ),
    "delivery is always reliable": (
        "maze",
        answers,
        "_shows",
        lambda game, query, index: (
            _shows(game, query, index)
            or (
                game.events[index].agent == query.agent
                and game.events[index].time < query.time
                and query.fact in answers.tells(game.events[index])
                and query.other in game.events[index].to
            )
        ),
    ),
    "rounds do not matter": ("maze", answers, "_merit", lambda game: (*_merit(game)[:2], 0)),
    "an observation is as good as none": (
        "pursuit",
        Knowledge,
        "sure",
        lambda known, agent, fact, point: fact in known.start[agent],
    ),
    "the last word does not count": (
        "schedule",
        Knowledge,
        "beliefs",
        first_words,
    ),
}


_uses, _signs, _worked = judged_maze.Maze.uses, asked.Asked._signs, judged_kitchen.Layout.worked
_bound, _has, _over = judged_kitchen.Planner.bound, run.Run._has, judged_hints.Hints._over
_judged_hinted, _beliefs = judged_hints.Hints._hinted, run.Run.beliefs
_clashes, _additional = judged_graph.Graph.clashes, play.additional

VALIDATOR: dict[str, Bug] = {
    "fates are by hearer and speaker": (
        "maze",
        world.World,
        "arrives",
        lambda given, time, speaker, hearer: fate_of(time, speaker, hearer, given._fates),
    ),
    "agents fear the worst": (
        "allocation",
        judged.Deliberation,
        "hopes",
        lambda game, beliefs: tuple(1 if value is None else value for value in beliefs),
    ),
    "cheaper plans do not count": ("schedule", judged.Turn, "improves", lambda turn, plan: False),
    "nobody confirms": ("schedule", judged.Turn, "confirm", lambda turn: iter(())),
    "a move more is the price": ("maze", judged_maze.Maze, "price", lambda game, plan, values: len(plan) + 1),
    "the start is not used": (
        "maze",
        judged_maze.Maze,
        "uses",
        lambda game, plan: [fact for fact in _uses(game, plan) if fact != game.cells[game.begin]],
    ),
    "people can be at two meetings at once": ("schedule", judged_schedule.Schedule, "apart", lambda game, plan: True),
    "a bound is the makespan": (
        "allocation",
        judged_allocation.Allocation,
        "_makespan",
        lambda game, plan: max(game.ahead),
    ),
    "every fact has to be told": (
        "allocation",
        judged_allocation.Allocation,
        "fewest",
        lambda game: len(game.uses(game.best(game.world.truth))),
    ),
    "an acceptance counts as soon as it is said": (
        "schedule",
        run.Run,
        "arrival",
        lambda played, index, agent: played.events[index].time if agent in played.events[index].to else None,
    ),
    "all hear each other at once": (
        "maze",
        run.Run,
        "_has",
        lambda played, agent, index, arrives, point: (
            _has(played, agent, index, arrives, point)
            or (point.stage is run.Stage.TURN and arrives == played.events[index].time == point.time)
        ),
    ),
    "what was told before does not matter": ("schedule", run.Run, "told_before", lambda played, *arrival: False),
    "news is told to those who told it": (
        "pathfinding",
        judged_motion.Motion,
        "news",
        lambda game, played, agent, time: [
            fact
            for fact in range(len(game.world.facts))
            if played.firsthand(agent, fact, time) and not game.world.common[fact]
        ][: game.world.bandwidth],
    ),
    "requests are never heeded": ("pursuit", judged_motion.Motion, "obedient", lambda game, played, agent, time: 0),
    "nobody gives up": ("pathfinding", judged_motion, "given_up", lambda played, time: False),
    "nobody collides": ("pathfinding", judged_pathfinding, "settled", lambda places, intended: tuple(intended)),
    "the target is a round late": (
        "pursuit",
        judged_pursuit.Pursuit,
        "place",
        lambda game, value, time: (
            game.track[(value + max(0, time - 1)) % len(game.track)] if game.figures["moving"] else game.track[value]
        ),
    ),
    "the pot cooks a round less": (
        "kitchen",
        judged_kitchen.Layout,
        "worked",
        lambda layout, *state: (after := _worked(layout, *state))._replace(wait=max(0, after.wait - 1)),
    ),
    "cooks hope for too little": (
        "kitchen",
        judged_kitchen.Planner,
        "bound",
        lambda planner, state: _bound(planner, state) + 2 * (not state.served),
    ),
    "clashes are one's own fault": (
        "graph",
        judged_graph.Graph,
        "clashes",
        lambda game, choices, agent: choices[agent] is None or _clashes(game, choices, agent),
    ),
    "whoever is wooed last is chosen": (
        "graph",
        judged_graph.Graph,
        "_exceeds",
        lambda game, beliefs, one, other: (
            beliefs[game.numbers[one]] is not None
            and beliefs[game.numbers[other]] is not None
            and beliefs[game.numbers[one]] < beliefs[game.numbers[other]]
        ),
    ),
    "nothing is ever new": ("graph", judged_graph.Graph, "_is_reached", lambda game, played, agent, time: False),
    "the game ends with the last card": (
        "hints",
        judged_hints.Hints,
        "_over",
        lambda game, table, time: _over(game, table, time) or table.last is not None,
    ),
    "hints say nothing of what they do not touch": (
        "hints",
        judged_hints.Hints,
        "_hinted",
        lambda game, table, other, values: _judged_hinted(game, table, other, values)._replace(
            shown=tuple(
                shown & values if card in table.hands[other] and values >> game.deck[card] & 1 else shown
                for card, shown in enumerate(table.shown)
            )
        ),
    ),
    "the best is what all could pile": ("hints", judged_hints.Hints, "_missing", lambda game, table, time: 0),
    "delivery is always reliable": (
        "maze",
        asked.Asked,
        "_signs",
        lambda game, agent, other, fact, time: sorted(
            {
                *_signs(game, agent, other, fact, time),
                *(
                    index
                    for index in game.record.by(agent)
                    if (event := game.record.events[index]).time < time and event.tells(fact) and other in event.to
                ),
            }
        ),
    ),
    "the last word does not count": ("allocation", run.Run, "beliefs", first_told),
    "what is added comes last": (
        "maze",
        play,
        "additional",
        lambda game, played, extra: replace(_additional(game, played, extra), early=False),
    ),
}


@pytest.mark.parametrize("bug", VALIDATOR)
def test_bug_in_the_validator_is_seen(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family, where, name, wrong = VALIDATOR[bug]
    monkeypatch.setattr(where, name, wrong)
    assert seen(family)


@pytest.mark.parametrize("bug", GENERATOR)
def test_bug_in_the_generator_is_seen(bug: str, monkeypatch: pytest.MonkeyPatch) -> None:
    family, where, name, wrong = GENERATOR[bug]
    monkeypatch.setattr(where, name, wrong)
    assert seen(family)


def seen(family: str) -> bool:
    return any(compared(f"{family}/{number}", family, CAPS.get(family))[1] for number in range(ENOUGH))
