import pytest
from tiny_games import Roads, setting

from madata.generators.coordination.known import Unasked
from madata.schemas.coordination.language import (
    FAILED,
    IMPOSSIBLE,
    SAME,
    WORSE,
    Accept,
    BestQuery,
    FitsQuery,
    IntendsQuery,
    LostQuery,
    MessageQuery,
    NeedsQuery,
    Telling,
)


def play(values, known, behaviours, **more):
    return Roads(setting(values, known, behaviours, **more)).run()


def line(event):
    """An event in short: who, when, what."""
    kind = event.kind
    if kind in ("inform", "reject-proposal"):
        told = "".join(f" {told.fact}={told.value}" for told in event.facts)
        return f"{event.agent} {event.time} {kind.removesuffix('-proposal')}{told}"
    about = {
        "query-ref": lambda: " ".join(event.facts),
        "propose": lambda: event.plan,
        "accept-proposal": lambda: event.proposal,
        "confirm": lambda: event.message,
        "leave": lambda: "",
    }[kind]()
    return f"{event.agent} {event.time} {kind.removesuffix('-proposal')} {about}".rstrip()


def lines(session):
    return [line(event) for event in session.events]


def test_a_team_tells_what_hopes_leave_out_and_settles():
    session = play([1, 0], [[1], [0]], ["team", "team"])
    assert lines(session) == [
        "a0 0 propose [0]",
        "a1 0 inform f0=1",
        "a1 0 reject f0=1",
        "a0 1 propose [1]",
        "a1 1 accept 3",
    ]
    assert [event.to for event in session.events[:2]] == [["a1"], ["a0"]]
    result = session.played
    assert (result.success, result.plan, result.cost, result.optimum, result.least) == (True, [1], 2, 2, 1)
    assert [(each.name, each.time) for each in result.milestones] == [
        ("first proposal", 0),
        ("first plan that works", 1),
        ("agreement", 1),
    ]
    assert (session.rounds, session.messages(), session.told(), session.efficiency(result)) == (2, 5, 2, 100)
    assert (session.redundant(), session.contradicted(), session.adapts()) == ([2], [], True)


def test_speaking_at_once_takes_longer():
    session = play([1, 0], [[1], [0]], ["team", "team"], speech="concurrent")
    # a1 has to tell one fact only, so it proposes in the same turn; each then finds the other's proposal the last.
    assert lines(session) == [
        "a0 0 propose [0]",
        "a1 0 inform f0=1",
        "a1 0 propose [1]",
        "a0 1 accept 2",
    ]
    assert session.played.plan == [1]


def test_all_is_told_before_a_proposal():
    # a0 hopes for road 0, so it is about roads 1 and 2 that it tells, one a message.
    session = play([0, 1, 1], [[1], [0], [0]], ["team", "silent"])
    assert lines(session) == ["a0 0 inform f1=1", "a0 1 inform f2=1", "a0 1 propose [0]", "a1 1 accept 2"]
    wide = play([0, 1, 1], [[1], [0], [0]], ["team", "silent"], bandwidth=2)
    assert lines(wide) == ["a0 0 inform f1=1 f2=1", "a0 0 propose [0]", "a1 0 accept 1"]


def test_what_the_best_plan_rests_on_is_told_first():
    class Tolls(Roads):
        """The value is what the road costs."""

        def works(self, plan, values):
            return True

        def best(self, values):
            return (values.index(min(values)),)

    session = Tolls(setting([2, 1], [[0], [0]], ["team", "silent"], names=("0", "1", "2"))).run()
    assert lines(session)[:2] == ["a0 0 inform f1=1", "a0 1 inform f0=2"]


def test_an_asker_asks_before_it_proposes():
    session = play([0, 0], [[1], [1]], ["asker", "silent"])
    # Silent partners answer nothing, and nobody asks twice.
    assert lines(session) == ["a0 0 query-ref f0", "a0 1 propose [0]", "a1 1 accept 1"]
    answered = play([1, 0], [[1], [1]], ["asker", "literal"])
    assert lines(answered) == [
        "a0 0 query-ref f0",
        "a1 0 inform f0=1",
        "a0 1 query-ref f1",
        "a1 1 inform f1=0",
        "a0 2 propose [1]",
        "a1 2 accept 4",
    ]


@pytest.mark.parametrize(
    ("behaviour", "told"),
    [("asker", " f0=1 f1=1"), ("myopic", " f0=1"), ("silent", "")],
)
def test_reasons_are_obstacles_known(behaviour, told):
    class Both(Roads):
        """Roads are taken one after the other."""

        def works(self, plan, values):
            return all(values[road] == 0 for road in plan)

        def best(self, values):
            return (0, 1) if self.works((0, 1), values) else None

        def cost(self, plan, values):
            return 0

    session = Both(setting([1, 1], [[1], [1]], ["team", behaviour], bandwidth=5)).run()
    assert lines(session)[:2] == ["a0 0 propose [0, 1]", f"a1 0 reject{told}"]
    if told.count("="):
        # Now nothing is hoped for: the empty plan, which is right.
        assert lines(session)[2:] == ["a0 1 propose []", "a1 1 accept 2"]
        result = session.played
        assert (result.success, result.plan, result.cost, result.optimum, result.least) == (True, [], None, None, None)
        assert session.efficiency(result) == 100
    else:
        # It is never told why, and proposes the same until the rounds are over.
        assert session.rounds == 8 and not session.played.success and session.played.plan is None


def test_a_cheaper_plan_is_proposed_instead():
    # What a0 tells keeps a1 from hoping for road 0, and a change of ways later does not matter.
    session = play([1, 0], [[0], [1]], [{"behaviour": "team", "switch": {"time": 1, "behaviour": "myopic"}}, "team"])
    assert lines(session) == ["a0 0 inform f0=1", "a0 0 propose [1]", "a1 0 accept 1"]
    # Myopic a0 does not tell that road 0 is blocked: its team mate knows better, as far as it can see.
    session = play([1, 0], [[0], [1]], ["myopic", "team"])
    assert lines(session) == [
        "a0 0 propose [1]",
        "a1 0 propose [0]",
        "a0 1 reject f0=1",
        "a1 1 propose [1]",
        "a0 2 accept 3",
    ]


def test_that_it_cannot_be_done_is_doubted():
    # Only a0 knows that both are blocked, and does not tell.
    known = [[0], [0]]
    for other, answer in (("silent", "a1 0 reject"), ("myopic", "a1 0 propose [0]")):
        assert lines(play([1, 1], known, ["myopic", other]))[:2] == ["a0 0 propose []", answer]


def test_an_unanswered_proposal_is_made_again_in_the_third_round_after():
    # Everything that a0 says is lost; the silent partner says nothing.
    session = play([0], [[0]], ["myopic", "silent"], delivery="unreliable", fates=[-1], rounds=5)
    assert lines(session) == ["a0 0 propose [0]", "a0 3 propose [0]"]
    assert session.rounds == 5 and session.played.plan is None and session.adapts()


def test_messages_meet_their_fates():
    # (7t + 3i + j) mod 4: from a0 to a1 in round 0 it is 1; from a1 to a0 it is 3.
    session = play([1, 0], [[1], [0]], ["team", "team"], delivery="unreliable", fates=[0, 2, 0, -1])
    first = session.events[0]
    assert (line(first), first.arrives) == ("a0 0 propose [0]", [2])
    second = session.events[1]
    assert (line(second), second.arrives) == ("a1 0 inform f0=1", [None])


def test_informs_are_confirmed_where_they_may_get_lost():
    session = play([1, 0], [[1], [0]], ["team", "team"], delivery="unreliable", fates=[0])
    assert lines(session) == [
        "a0 0 propose [0]",
        "a1 0 inform f0=1",
        "a1 0 reject f0=1",
        "a0 1 confirm 1",
        "a0 1 propose [1]",
        "a1 1 accept 4",
    ]
    assert session.events[3].to == ["a1"]


def test_who_leaves_is_not_waited_for():
    session = play([0], [[0, 1, 2]], [{"behaviour": "team", "leaves": 1}, "team", "silent"], speech="concurrent")
    # Both make a proposal; a1 finds its own the last one, and accepts nothing. a2 accepts it.
    assert lines(session) == [
        "a0 0 propose [0]",
        "a1 0 propose [0]",
        "a0 1 leave",
        "a2 1 accept 1",
    ]
    assert session.played.success and session.rounds == 2
    assert session.events[3].to == ["a1"]


def test_a_proposal_whose_maker_has_left_is_void():
    session = play([0], [[0, 1, 2]], [{"behaviour": "team", "leaves": 1}, "silent", "team"])
    assert lines(session)[:3] == ["a0 0 propose [0]", "a1 0 accept 0", "a2 0 accept 0"]
    late = play(
        [0], [[0, 1, 2]], [{"behaviour": "team", "leaves": 1}, "silent", "team"], delivery="unreliable", fates=[1]
    )
    assert lines(late) == [
        "a0 0 propose [0]",
        "a2 0 propose [0]",
        "a0 1 leave",
        "a1 1 accept 1",
    ]
    assert (late.rounds, late.played.success) == (3, True)


def test_literal_partners_accept_anything():
    session = play([1, 0], [[1], [0]], ["myopic", "literal"])
    assert lines(session) == ["a0 0 propose [0]", "a1 0 accept 0"]
    assert session.played.plan == [0] and not session.played.success and session.played.cost is None
    assert session.played.milestones[1].time is None


def test_on_a_blackboard_all_read_answers():
    session = play([1, 0], [[1], [1]], ["asker", "literal", "silent"], channel="blackboard")
    assert [(line(event), event.to) for event in session.events[:2]] == [
        ("a0 0 query-ref f0", ["a1", "a2"]),
        ("a1 0 inform f0=1", ["a0", "a2"]),
    ]


def test_plans_that_are_asked_about():
    session = play([1, 0, 0], [[1], [0], [0]], ["team", "team"])
    plans = [[2], [0], [1], []]
    assert session.answer(FitsQuery(plans=plans)).answer == ["the way: road 2", "the way: road 1"]
    assert session.answer(BestQuery(plans=plans)).answer == ["the way: road 1"]
    intended = session.answer(IntendsQuery(agent="a0", time=0, plans=plans))
    assert (intended.answer, intended.view, intended.order) == (["the way: road 0"], "a0", 1)
    assert session.answer(IntendsQuery(agent="a0", time=1, plans=plans)).answer == ["the way: road 1"]
    blocked = play([1], [[0]], ["team", "team"])
    assert blocked.answer(FitsQuery(plans=[[0], []])).answer == [IMPOSSIBLE]
    assert blocked.answer(BestQuery(plans=[[], [0]])).answer == [IMPOSSIBLE]
    assert blocked.answer(IntendsQuery(agent="a0", time=0, plans=[[], [0]])).answer == [IMPOSSIBLE]


def test_what_an_agent_needs_to_be_told():
    session = play([1, 0, 0], [[1], [0], []], ["team", "team"])
    known = session.answer(NeedsQuery(agent="a0", time=0, facts=["f2", "f0"]))
    assert (known.answer, known.order, known.view) == (["road 0"], 1, "reader")
    with pytest.raises(Unasked, match="works as it is"):
        session.answer(NeedsQuery(agent="a0", time=1, facts=["f2"]))
    with pytest.raises(Unasked, match="knows one"):
        session.answer(NeedsQuery(agent="a0", time=0, facts=["f1"]))


def test_the_message_that_was_missing():
    session = play([1, 0], [[1], [0]], ["myopic", "literal"])
    tellings = [Telling(agent="a1", fact="f0"), Telling(agent="a0", fact="f1")]
    assert session.answer(MessageQuery(time=0, tellings=tellings)).answer == ["Ben tells what road 0 is"]
    # What was played is left as it was.
    assert lines(session) == ["a0 0 propose [0]", "a1 0 accept 0"]
    with pytest.raises(Unasked, match="success"):
        play([1, 0], [[1], [0]], ["team", "team"]).answer(MessageQuery(time=0, tellings=tellings))


def test_what_a_lost_message_does():
    # Anna's proposal of a blocked road is what a literal partner accepts; were it lost, she would make it again.
    failed = play([1, 0], [[1], [0]], ["myopic", "literal"])
    assert failed.answer(LostQuery(event=0)).answer == [SAME]
    # The blocked road was told twice, to let it be lost once does nothing; to lose what is agreed on costs a round.
    session = play([1, 0], [[1], [0]], ["team", "team"])
    assert session.answer(LostQuery(event=1)) == ([SAME], [1], "reader", 0)
    assert session.answer(LostQuery(event=3)).answer == [WORSE]
    short = play([1, 0], [[1], [0]], ["team", "team"], rounds=2)
    assert short.answer(LostQuery(event=3)).answer == [FAILED]
    # Without the first proposal nothing is there to be rejected, and a1 makes one.
    again = session.rerun(lost=0)
    assert again.events[0].arrives == [None]
    assert lines(again) == ["a0 0 propose [0]", "a1 0 inform f0=1", "a1 0 propose [1]", "a0 1 accept 2"]
    assert session.answer(LostQuery(event=0)).answer == [SAME]
    assert again.rounds == session.rounds


def test_a_model_is_given_its_chances():
    session = Roads(setting([1, 0], [[1], [0]], ["team", None]))
    taken = []
    for agent, time, speaking in session.chances():
        taken.append((agent, time, speaking, len(session.events)))
        proposals = [index for index, event in enumerate(session.events) if event.kind == "propose"]
        for event in session.message(Accept, agent, time, proposal=proposals[-1]):
            session.say(event)
    assert taken == [(1, 0, True, 1)]
    assert lines(session) == ["a0 0 propose [0]", "a1 0 accept 0"]
    assert not session.scripted() and session.played.plan == [0]
    with pytest.raises(Unasked, match="model"):
        session.answer(LostQuery(event=0))


def test_agents_can_be_left_to_models():
    session = Roads(setting([1, 0], [[1], [0]], ["team", "team"]))
    left = session.left(lambda ids: ids[1:])
    assert [player.behaviour for player in left.players] == ["team", None]
    assert lines(left.run())[:1] == ["a0 0 propose [0]"]
