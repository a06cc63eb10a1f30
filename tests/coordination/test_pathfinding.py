import random

import pytest
from walking_games import acts, milestones, pathfinding

from madata.generators.coordination.families.pathfinding import FAMILY, KNOBS, build, conflict
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.outcome import outcome
from madata.schemas.coordination.language import BestQuery, CanQuery, ReachQuery

CROSSING = ["#a#", "cxd", "#b#"]


def test_a_team_waits_for_each_other():
    # Anna goes south over the crossing, Ben east; both would enter it first. That Anna waits is the smallest.
    session = pathfinding(CROSSING, ["ab", "cd"], ["team", "team"]).run()
    assert acts(session) == [[0, 3], [2, 3], [2, 0]]
    assert session.played.success and (session.played.cost, session.played.optimum) == (3, 3)
    assert session.played.least == 2
    assert milestones(session) == {"Anna at the goal": 2, "Ben at the goal": 1}
    assert [event.kind for event in session.events[:2]] == ["inform", "inform"]


def test_who_thinks_of_itself_only_collides_until_they_give_up():
    session = pathfinding(CROSSING, ["ab", "cd"], ["myopic", "myopic"], rounds=9).run()
    assert acts(session) == [[2, 3]] * 3
    assert session.states[-1] == session.starts
    assert not session.played.success and session.played.cost is None


def test_of_whom_nothing_is_known_is_taken_to_stay():
    # Ben says nothing: for Anna he is in the way where he stands, on her goal, so there is no end.
    rows = ["ab"]
    session = pathfinding(["ab."], ["ab", "b."], ["team", "silent"], rounds=2).run()
    assert acts(session)[0] == [0, 3]
    told = pathfinding(["ab."], ["ab", "b."], ["team", "team"]).run()
    assert acts(told) == [[3, 3]]
    assert pathfinding(rows, ["ab", "ba"], ["team", "team"], rounds=1).run().played.optimum is None


def test_who_leads_requests_what_others_do():
    session = pathfinding(CROSSING, ["ab", "cd"], ["leader", "literal"], known=[[0], [0, 1]]).run()
    assert acts(session) == [[0, 3], [2, 3], [2, 0]]
    requests = [(event.time, event.to, event.action) for event in session.events if event.kind == "request"]
    assert requests == [(0, ["a1"], 3), (1, ["a1"], 3)]


def test_what_cannot_be_done():
    apart = pathfinding(["a#b", "c#."], ["ab", "c."], ["team", "team"], rounds=3).run()
    assert apart.played.optimum is None and apart.played.certified and not apart.played.success
    corridor = pathfinding(["abcd"], ["ad", "da"], ["team", "team"], rounds=3).run()
    assert corridor.played.optimum is None
    assert acts(corridor) == [[0, 0]] * 3


def test_questions():
    session = pathfinding(CROSSING, ["ab", "cd"], ["team", "team"]).run()
    # In round 0 one of the two waits, whoever it is.
    every = [0, 1, 2, 3, 4]
    assert session.answer_best(BestQuery(agent="a0", time=0, actions=every)).answer == ["stay", "go south"]
    assert session.answer_best(BestQuery(agent="a0", time=1, actions=every)).answer == ["go south"]
    assert session.answer_can(CanQuery(agent="a1", time=1, actions=every)).answer == session.world.actions
    assert session.answer_reach(ReachQuery(agent="a0", squares=["A1", "B1", "C2"])).answer == ["B1", "C2"]
    corridor = pathfinding(["abcd"], ["ad", "da"], ["team", "team"], rounds=3).run()
    with pytest.raises(Unasked):
        corridor.answer_best(BestQuery(agent="a0", time=0, actions=every))


def drawn(seed):
    rng = random.Random(seed)
    knobs = {name: rng.randint(knob.low, knob.high) for name, knob in sorted(KNOBS.items())}
    return build(rng, knobs).session


def test_instances():
    sessions = [drawn(seed).run() for seed in range(60)]
    impossible = [session for session in sessions if session.played.optimum is None]
    assert 2 <= len(impossible) <= 15 and not any(session.played.success for session in impossible)
    alike = [
        session
        for session in sessions
        if session not in impossible
        and session.setting.conventions.delivery == "reliable"
        and all(player.behaviour == "team" and not player.switch for player in session.players)
    ]
    # Who tells everything does as well as can be, as soon as all has been told.
    assert len(alike) > 8 and all(session.played.success for session in alike)
    assert sum(outcome(session, []).efficiency == 100 for session in alike) > len(alike) // 2
    for session in sessions:
        for number, fact in enumerate(session.world.facts):
            assert f"a{number}" in fact.known
            assert fact.name == f"{session.names.agents[number]}'s goal"


def test_the_same_seed_gives_the_same_world():
    assert drawn(3).run().finished() == drawn(3).run().finished()


def test_knobs():
    least = {name: knob.minimum for name, knob in KNOBS.items()}
    assert conflict(least) is None and FAMILY.conflict is conflict
    assert conflict(least | {"agents": 4}) == "4 agents need at least 6 squares that are no walls, not 4"
