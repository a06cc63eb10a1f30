import pytest
from tiny_games import Ladder, setting

from madata.generators.coordination.known import Unasked
from madata.generators.coordination.outcome import outcome
from madata.schemas.coordination.language import (
    BestQuery,
    CanQuery,
    IntendsQuery,
    MilestoneQuery,
    OptimumQuery,
    PossibleQuery,
    RedundantQuery,
    Request,
)

RUNGS = tuple(f"rung {number}" for number in range(6))


def ladder(goals, known, behaviours, **more):
    return Ladder(setting(goals, known, behaviours, names=RUNGS, **more))


def line(event):
    match event.kind:
        case "act":
            return f"{event.agent} {event.time} act {event.action}"
        case "request":
            return f"{event.agent} {event.time} request {event.to[0]} {event.action}"
    return f"{event.agent} {event.time} tell " + " ".join(f"{told.fact}={told.value}" for told in event.facts)


def lines(session):
    return [line(event) for event in session.events]


def test_a_team_takes_the_shortest_way_together():
    session = ladder([1, 2], [[1], [1]], ["team", "team"], bandwidth=2).run()
    # a1 tells both facts. The joint plan is the lexicographically smallest: a0, who has time, waits.
    assert lines(session) == ["a1 0 tell f0=1 f1=2", "a1 0 act 1", "a0 1 act 1", "a1 1 act 1"]
    assert session.states == [(0, 0), (0, 1), (1, 2)]
    result = session.played
    assert (result.success, result.cost, result.optimum, result.certified, result.least) == (True, 2, 2, True, 2)
    assert result.plan is None and session.efficiency(result) == 100
    recorded = outcome(session, [])
    assert (recorded.rounds, recorded.messages, recorded.told, recorded.words) == (2, 1, 2, 0)


def test_who_knows_nothing_stays():
    session = ladder([1, 2], [[1], [1]], ["team", "silent"], rounds=4).run()
    # a1 goes its part and says nothing, so a0 stays on its rung until it sees something, which it never does.
    assert session.states[-1] == (0, 2) and not session.played.success
    assert session.efficiency(session.played) is None and session.played.cost is None


def test_what_is_seen_is_known_and_told_once():
    # On rung 2, at the beginning of round 2, a1 sees what a0 has to do.
    session = ladder([1, 3], [[], [1]], ["team", "team"]).run()
    assert lines(session) == [
        "a1 0 tell f1=3",
        "a1 0 act 1",
        "a1 1 act 1",
        "a1 2 tell f0=1",
        "a0 2 act 1",
        "a1 2 act 1",
    ]
    known = session.known
    assert [known.knows(1, 0, point) for point in (3 * 2 - 1, 3 * 2)] == [False, True]
    assert known.sure(1, 0, 6) and not known.sure(0, 0, 99)


def test_the_myopic_go_alone():
    # Nobody waits for anybody; one that knows nothing stays.
    session = ladder([1, 2], [[0], []], ["myopic", "myopic"], rounds=2).run()
    assert lines(session) == ["a0 0 act 1"]


def test_a_leader_asks_and_the_literal_do_as_asked():
    session = ladder([2, 1], [[0], [0]], ["leader", "literal"], bandwidth=2).run()
    assert lines(session) == [
        "a0 0 tell f0=2 f1=1",
        "a0 0 act 1",
        "a0 1 request a1 1",
        "a0 1 act 1",
        "a1 1 act 1",
    ]
    assert session.events[2].arrives == [1] and session.played.success


def test_a_request_that_comes_late_is_done_late():
    # (7t + 3i + j) mod 3 from a0 to a1 is (t + 1) mod 3: what is said in round 0 is a round late, in round 1 lost.
    session = ladder(
        [1, 1], [[0], [0]], ["leader", "literal"], bandwidth=2, delivery="unreliable", fates=[0, 1, -1], rounds=3
    ).run()
    assert lines(session) == [
        "a0 0 tell f0=1 f1=1",
        "a0 0 request a1 1",
        "a0 0 act 1",
        "a0 1 request a1 1",
        "a1 1 act 1",
    ]
    assert session.rounds == 2 and session.adapts()


def test_a_request_that_cannot_be_followed_is_not():
    session = ladder([0, 1], [[0], [0]], [None, "literal"], rounds=2)
    for chance in session.chances():
        if chance.speaking:
            # Nobody can go down from the ground.
            for event in session.message(Request, chance.agent, chance.time, [1], action=2):
                session.say(event)
    assert [event.kind for event in session.events] == ["request", "request"]


def test_a_model_acts_and_speaks_at_its_chances():
    session = ladder([1, 1], [[0, 1], [0, 1]], [None, "team"], rounds=3)
    chances = []
    for chance in session.chances():
        chances.append(chance)
        if not chance.speaking:
            assert session.open(0, chance.time) == [0, 1] and session.open(1, chance.time)[:2] == [0, 1]
            session.act(0, chance.time)
    # It stays in round 0, which is no event, and goes up in round 1.
    assert [(agent, time, speaking) for agent, time, speaking in chances] == [
        (0, 0, True),
        (0, 0, False),
        (0, 1, True),
        (0, 1, False),
    ]
    assert lines(session) == ["a1 0 act 1", "a0 1 act 1"]


def test_a_switch():
    session = ladder(
        [2, 2],
        [[0, 1], [0, 1]],
        ["team", {"behaviour": "team", "switch": {"time": 1, "behaviour": "literal"}}],
        rounds=3,
    ).run()
    assert lines(session) == ["a0 0 act 1", "a1 0 act 1", "a0 1 act 1"]
    assert session.adapts() and not session.played.success


def test_questions():
    session = ladder([1, 2], [[1], [1]], ["team", "team"], bandwidth=2).run()
    actions = [1, 2, 0]
    assert session.answer(CanQuery(agent="a1", time=1, actions=actions)).answer == ["go up", "go down", "stay"]
    assert session.answer(CanQuery(agent="a1", time=0, actions=actions)).answer == ["go up", "stay"]
    # By what a0 knows at the beginning of round 0 there is nothing to do, although when acting it knows better.
    with pytest.raises(Unasked, match="nothing left"):
        session.answer(IntendsQuery(agent="a0", time=0, actions=actions))
    assert session.answer(IntendsQuery(agent="a1", time=0, actions=actions)) == (["go up"], [], "a1", 1)
    # It is as good to go in round 0 as to wait.
    assert session.answer(BestQuery(agent="a0", time=0, actions=actions)).answer == ["go up", "stay"]
    assert session.answer(BestQuery(agent="a1", time=0, actions=actions)).answer == ["go up"]
    assert session.answer(OptimumQuery()).answer == ["2"]
    assert session.answer(PossibleQuery()).answer == ["yes"]
    assert session.answer(MilestoneQuery(name="all off the ground")).answer == ["round 2"]
    assert session.answer(RedundantQuery(events=[0])).answer == []


def test_what_is_not_asked():
    done = ladder([0, 0], [[0, 1], [0, 1]], ["leader", "literal"], rounds=2).run()
    with pytest.raises(Unasked, match="nothing left"):
        done.answer(BestQuery(agent="a0", time=0, actions=[0, 1]))
    with pytest.raises(Unasked, match="nothing left"):
        done.answer(IntendsQuery(agent="a1", time=0, actions=[0, 1]))
