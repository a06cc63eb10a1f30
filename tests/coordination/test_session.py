import random
from collections import Counter

import pytest
from tiny_games import Roads, setting

from madata.generators.coordination.capabilities import capabilities
from madata.generators.coordination.knobs import cast_of
from madata.generators.coordination.knowledge import Extra
from madata.generators.coordination.known import Unasked
from madata.generators.coordination.outcome import outcome
from madata.generators.coordination.private import private
from madata.schemas import Agent, Turn, structure
from madata.schemas.coordination.language import (
    AwareQuery,
    ClashQuery,
    Confirm,
    CouldQuery,
    Inform,
    KnowsQuery,
    MilestoneQuery,
    OptimumQuery,
    PossibleQuery,
    RedundantQuery,
    Told,
)


def three(**more):
    """A session of three, all of it said by hand: a1 knows that road 0 is blocked, everybody that road 1 is clear."""
    return Roads(setting([1, 0, 0], [[1], [0, 1, 2], []], [None] * 3, **more))


def inform(agent, time, to, fact, value=1, arrives=None):
    ids = [f"a{other}" for other in to]
    return Inform(
        agent=f"a{agent}", time=time, to=ids, arrives=arrives or [time] * len(to), facts=[Told(fact=fact, value=value)]
    )


def said(session, *events):
    """What was said, in three rounds."""
    for event in events:
        session.say(event)
    session.rounds = 3
    return session


def aware(session, agent, other, time, fact="f0"):
    known = session.answer(AwareQuery(agent=agent, other=other, fact=fact, time=time))
    assert (known.view, known.order) == (agent, 2)
    return known.answer[0], known.evidence


def test_fates_go_by_round_speaker_and_hearer():
    session = three(delivery="unreliable", fates=[0, 1, -1])
    assert [session.arrives(0, other, 0) for other in (1, 2)] == [1, None]
    assert [session.arrives(1, other, 1) for other in (0, 2)] == [2, 1]
    event = next(session.message(Inform, 1, 1, facts=[]))
    assert (event.to, event.arrives) == (["a0", "a2"], [2, 1])


def test_messages_go_to_those_present():
    session = three(order=["a2", "a0", "a1"])
    gone = Roads(setting([0], [[0]], [None, {"behaviour": None, "leaves": 2}, None]))
    assert next(session.message(Inform, 2, 5)).to == ["a0", "a1"]
    assert [next(gone.message(Inform, 2, time)).to for time in (1, 2)] == [["a0", "a1"], ["a0"]]
    assert list(gone.message(Inform, 2, 2, [])) == []
    board = three(channel="blackboard")
    assert next(board.message(Confirm, 0, 0, [1], message=0)).to == ["a1", "a2"]


def test_who_is_there_has_a_turn_in_order():
    session = Roads(setting([0], [[0]], [None, {"leaves": 1}, None], order=["a2", "a1", "a0"], rounds=2))
    assert [(chance.agent, chance.time) for chance in session.chances()] == [(2, 0), (1, 0), (0, 0), (2, 1), (0, 1)]
    assert [event.model_dump() for event in session.events] == [{"kind": "leave", "agent": "a1", "time": 1}]
    assert session.rounds == 2 and session.adapts()


def test_who_knows_what():
    session = said(three(), inform(1, 0, [0, 2], "f0"), inform(0, 1, [2], "f0"), inform(1, 1, [0], "f2", 0))
    known = session.answer(KnowsQuery(agent="a0", time=1, facts=["f2", "f1", "f0"]))
    assert known == (["road 1", "road 0"], [0], "a0", 1)
    assert session.answer(KnowsQuery(agent="a0", time=0, facts=["f0", "f1"])).answer == ["road 1"]
    assert session.answer(KnowsQuery(agent="a0", time=2, facts=["f0", "f2"])).evidence == [0, 2]
    assert session.answer(KnowsQuery(agent="a1", time=2, facts=["f0"])) == (["road 0"], [], "a1", 1)


def test_what_could_be():
    session = said(three(), inform(1, 0, [0, 2], "f2", 1))
    assert session.answer(CouldQuery(agent="a0", fact="f2", time=0, values=[1, 0])) == (
        ["blocked", "clear"],
        [],
        "a0",
        1,
    )
    # It is told what is not so, and believes it.
    assert session.answer(CouldQuery(agent="a0", fact="f2", time=1, values=[1, 0])) == (["blocked"], [0], "a0", 1)
    assert session.answer(CouldQuery(agent="a1", fact="f0", time=2, values=[0, 1])) == (["blocked"], [], "a1", 1)
    assert session.contradicted() == [0]


def test_who_knows_that_another_knows():
    session = said(three(), inform(1, 0, [0], "f0"), inform(0, 1, [2], "f0"))
    assert aware(session, "a0", "a1", 0) == ("yes", [])
    assert aware(session, "a2", "a0", 0, "f1") == ("yes", [])
    assert [aware(session, "a1", "a0", time) for time in (0, 1)] == [("no", []), ("yes", [0])]
    # a2 hears from a0, so a0 knows it; and a0 knows that it told.
    assert [aware(session, "a2", "a0", time) for time in (1, 2)] == [("no", []), ("yes", [1])]
    assert aware(session, "a0", "a2", 2) == ("yes", [1])
    # a1 does not know of what a0 said to a2 alone.
    assert aware(session, "a1", "a2", 2) == ("no", [])
    # Those to whom it was said too.
    assert aware(said(three(), inform(1, 0, [0, 2], "f0")), "a0", "a2", 1) == ("yes", [0])


def test_where_messages_get_lost_a_confirmation_is_needed():
    confirm = Confirm(agent="a0", time=1, to=["a1"], arrives=[2], message=0)
    session = said(three(delivery="unreliable"), inform(1, 0, [0, 2], "f0"), confirm)
    assert [aware(session, "a1", "a0", time) for time in (1, 2)] == [("no", []), ("yes", [1])]
    assert aware(session, "a1", "a2", 2) == ("no", [])
    assert aware(session, "a0", "a2", 2) == ("no", [])
    assert aware(session, "a0", "a1", 2) == ("yes", [])


def test_what_is_redundant():
    session = said(
        three(),
        inform(1, 0, [0], "f0"),
        inform(2, 0, [0, 1], "f0"),
        inform(1, 1, [0, 2], "f0"),
        inform(0, 1, [2], "f0", arrives=[2]),
        inform(0, 1, [1], "f2", arrives=[3]),
        inform(2, 1, [0], "f1", 0),
    )
    # 2 tells a2 for the first time; 4 has not reached anybody when it ends; 5 tells what all know.
    assert session.redundant() == [1, 3, 5]
    known = session.answer(RedundantQuery(events=[5, 2, 1]))
    assert known == (["what Cara said in round 2", "what Cara said in round 1"], [1, 5], "reader", 0)
    assert session.names.event(session.events, 4) == "what Anna said in round 2 (2)"
    assert session.names.event(session.events, 0) == "what Ben said in round 1"


def test_what_everybody_can_be_asked():
    session = said(three())
    assert session.answer(PossibleQuery()).answer == ["yes"]
    assert session.answer(OptimumQuery()).answer == ["2"]
    assert session.answer(MilestoneQuery(name="agreement")).answer == ["never"]
    blocked = said(Roads(setting([1], [[0]], [None, None])))
    assert blocked.answer(PossibleQuery()).answer == ["no"]
    assert blocked.answer(OptimumQuery()).answer == ["it cannot be done"]
    with pytest.raises(Unasked, match="clash"):
        session.answer(ClashQuery(time=0, agents=["a0"]))


def test_running_again_changes_one_thing_and_nothing_here():
    session = Roads(setting([1, 0], [[1], [0]], ["team", "team"])).run()
    before = list(session.events)
    assert session.rerun().events == before
    assert session.rerun(lost=1).events[1].arrives == [None]
    again = session.rerun(extra=Extra(0, 1, 0))
    assert again.events[0] == inform(1, 0, [0], "f0")
    # It hears so at its turn, and is right at once.
    assert [event.kind for event in again.events] == ["inform", "propose", "accept-proposal"]
    assert (again.rounds, session.rounds, session.events) == (1, 2, before)
    assert session.rerun().events == before


def test_the_record():
    session = Roads(setting([1, 0], [[1], [0, 1]], ["team", "silent"], rounds=2)).run()
    assert [event.kind for event in session.events] == ["propose", "reject-proposal"] * 2
    turns = [
        Turn(index=0, time=0, speaker=None, audience=[], channel="narration", act=None, text="Once upon", event=None),
        Turn(index=1, time=0, speaker="a0", audience=[], channel="public", act=None, text="Road 0, then?", event=0),
    ]
    recorded = outcome(session, turns)
    assert (recorded.success, recorded.rounds, recorded.messages, recorded.words) == (False, 2, 4, 3)
    assert (recorded.cost, recorded.optimum, recorded.efficiency, recorded.least) == (None, 2, None, 0)
    assert private(session.setting) == {"a0": {}, "a1": {"road 0": "blocked"}}
    assert capabilities(session, ["knows"]) == ["understanding", "communication"]
    assert capabilities(session, ["best"]) == ["understanding", "planning", "communication"]
    silent = Roads(setting([0], [[0]], ["silent", "silent"], rounds=1)).run()
    assert capabilities(silent, []) == []


def test_structure_keeps_all_but_names():
    def hashed(session):
        world = session.finished().model_dump()
        agents = [agent.model_dump() for agent in session.setting.agents]
        return structure("coordination", world, session.setting.conventions.model_dump(), agents)

    session = Roads(setting([1, 0], [[1], [0]], ["team", "team"])).run()
    renamed = Roads(setting([1, 0], [[1], [0]], ["team", "team"], names=("free", "shut"))).run()
    assert hashed(session) == hashed(renamed)
    others = [
        setting([1, 0], [[1], [0]], ["team", "myopic"]),
        setting([1, 0], [[1], [0, 1]], ["team", "team"]),
        setting([1, 0], [[1], [0]], ["team", "team"], names=("free", "shut", "unknown")),
        setting([1, 0], [[1], [0]], ["team", "team"], speech="concurrent"),
    ]
    assert len({hashed(session), *(hashed(Roads(other).run()) for other in others)}) == 5


def test_teams_are_mixed():
    agents = [Agent(id=f"a{number}", name=f"N{number}", role="member") for number in range(4)]
    rng = random.Random(1)
    teams = [
        cast_of(rng, agents, 6, ("myopic", "silent"), leaders=True, leaving=True, channel=("messages", "blackboard"))
        for _ in range(2000)
    ]
    counted = Counter()
    for team in teams:
        behaviours = {player.behaviour for player in team.players}
        counted["all team"] += behaviours == {"team"}
        counted["led"] += "leader" in behaviours
        counted["switch"] += any(player.switch for player in team.players)
        counted["leaves"] += any(player.leaves for player in team.players)
        late = team.conventions.delivery == "unreliable"
        counted["messages"] += team.conventions.channel == "messages"
        counted["late"] += late
        assert bool(team.fates) == late and not (late and team.conventions.channel == "blackboard")
        assert sorted(team.order) == [agent.id for agent in agents]
        assert sum(player.leaves is not None for player in team.players) <= 1
        assert all(player.switch.behaviour != player.behaviour for player in team.players if player.switch)
    share = {what: round(count / len(teams), 1) for what, count in counted.items()}
    assert share == {"all team": 0.4, "led": 0.2, "switch": 0.2, "leaves": 0.1, "messages": 0.5, "late": 0.1}
    again = random.Random(1)
    assert teams[0] == cast_of(
        again, agents, 6, ("myopic", "silent"), leaders=True, leaving=True, channel=("messages", "blackboard")
    )
