import bargains
import pytest

from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas.negotiation import (
    Accept,
    Harvest,
    Inform,
    Limit,
    Party,
    Priority,
    Promise,
    Propose,
    Query,
    Reject,
    Statement,
    Threaten,
    Withdraw,
)

ALL = {"a0": ["a1", "a2"], "a1": ["a0", "a2"], "a2": ["a0", "a1"]}


def three(**more):
    """Three who divide four things."""
    parties = [bargains.party(number, [number + 1], 1) for number in range(3)]
    return bargains.table([bargains.books(4)], parties, **{"deadline": 12, **more})


def propose(agent, time, deal=(2, 1, 1), delay=0):
    return Propose(agent=agent, time=time, delay=delay, to=ALL[agent], deal=[list(deal)])


def accept(agent, time, proposal, delay=0):
    return Accept(agent=agent, time=time, delay=delay, to=ALL[agent], proposal=proposal)


def reject(agent, time, proposal, delay=0):
    return Reject(agent=agent, time=time, delay=delay, to=ALL[agent], proposal=proposal)


def withdraw(agent, time, delay=0):
    return Withdraw(agent=agent, time=time, delay=delay, to=ALL[agent])


def told(table, *moves):
    for event in moves:
        table.add(event)
    return table


def test_all_have_to_agree():
    table = told(three(), propose("a0", 0), accept("a1", 1, 0))
    assert (table.ended, table.agreed) == (None, None)
    table.add(accept("a2", 2, 0))
    assert (table.ended, table.agreed) == ("agreement", 0)
    assert table.points() == {"a0": 2, "a1": 2, "a2": 3}
    with pytest.raises(Unplayable, match="event 3: the negotiation has ended"):
        table.add(propose("a0", 3))


def test_two_can_be_enough():
    table = told(three(winning=[["a0", "a1"], ["a1", "a2"]]), propose("a0", 0), propose("a1", 1), accept("a2", 2, 1))
    assert table.agreed == 1
    assert table.supporters(1) == ["a1", "a2"]


def test_support_ends_with_a_refusal_another_support_or_a_proposal():
    table = told(three(), propose("a0", 0), accept("a1", 1, 0), propose("a2", 2))
    assert table.supporters(0) == ["a0", "a1"]
    assert table.supports("a1", 2) == 0
    assert table.supports("a1", 1) is None
    told(table, accept("a0", 3, 2), reject("a1", 4, 0))
    assert table.supporters(0) == ["a0"]  # the proposer of a proposal always supports it
    assert table.supporters(2) == ["a0", "a2"]
    told(table, propose("a2", 5), accept("a0", 6, 5), accept("a1", 7, 5))
    assert table.agreed == 5


def test_whoever_withdrew_is_no_part_of_a_winning_set():
    table = told(three(winning=[["a0", "a1"], ["a1", "a2"]]), propose("a0", 0), accept("a2", 2, 0), withdraw("a0", 3))
    assert table.ended is None
    assert table.movers(6) == []
    with pytest.raises(Unplayable, match="no proposal 0 stands for a1"):
        table.add(accept("a1", 4, 0))
    table.add(withdraw("a1", 4))
    assert table.ended == "withdrawn"


def test_what_stands_is_what_was_heard_and_neither_overtaken_nor_answered():
    table = told(three(), propose("a0", 0), propose("a1", 1))
    assert [table.standing(agent, 2) for agent in ALL] == [[1], [], [0, 1]]
    assert table.standing("a1", 1) == [0]
    told(table, propose("a2", 2))
    assert table.standing("a2", 5) == []  # its own proposal refused both
    assert table.standing("a0", 3) == [1, 2]
    told(table, reject("a0", 3, 2))
    assert table.standing("a0", 6) == [1]
    told(table, propose("a1", 4))
    assert table.standing("a0", 6) == [4]
    assert table.standing("a0", 4) == [1]


def test_messages_under_way():
    table = three(delivery="delayed", delays=[3, 0, 0])
    told(table, propose("a0", 0, delay=3), propose("a1", 1, (1, 2, 1)))
    assert table.hearing(0) == 4
    assert table.standing("a2", 2) == [1]
    assert table.standing("a2", 4) == [1, 0]
    assert table.heard("a1", 3) == []
    told(table, propose("a0", 3, (3, 1, 0), delay=3), propose("a1", 4, (1, 2, 1)))
    assert table.standing("a1", 6) == []  # its proposal at 4 answered what it heard at 4
    assert table.standing("a1", 7) == [2]


def test_a_later_proposal_can_arrive_first():
    table = three(delivery="delayed", delays=[5, 0, 0, 0])
    told(table, propose("a0", 0, delay=5), propose("a0", 3))
    assert table.standing("a1", 4) == [1]
    assert table.standing("a1", 7) == [1]
    assert table.heard("a1", 7) == [1, 0]


def test_payments():
    table = three()
    told(
        table,
        Promise(agent="a0", time=0, to=["a1"], amount=9),
        Promise(agent="a0", time=0, to=["a1"], amount=1),
        Promise(agent="a0", time=0, to=["a2"], amount=2),
        propose("a0", 0),
        Promise(agent="a1", time=1, to=["a2"], amount=5),
        propose("a1", 1, (1, 2, 1)),
        accept("a2", 2, 3),
        accept("a0", 3, 5),
        accept("a2", 5, 5),
    )
    assert table.agreed == 5
    assert table.points() == {"a0": 1, "a1": 4 - 5, "a2": 3 + 5}
    assert table.outcome().points == table.points()
    assert told(three(promises="cheap"), *table.events).points() == {"a0": 1, "a1": 4, "a2": 3}


def test_outcome():
    table = told(three(), propose("a0", 0, (1, 1, 2)), accept("a1", 1, 0), accept("a2", 2, 0))
    outcome = table.outcome()
    assert (outcome.ended, outcome.proposal, outcome.deal, outcome.supporters) == (
        "agreement",
        0,
        [[1, 1, 2]],
        ["a0", "a1", "a2"],
    )
    assert outcome.points == {"a0": 1, "a1": 2, "a2": 6}
    assert outcome.zone == 3  # (1, 1, 2), (2, 1, 1) and (1, 2, 1)
    assert outcome.frontier == 15  # what one gets more another gets less
    assert outcome.pareto is True
    assert outcome.welfare.points == [0, 0, 12]
    assert outcome.nash.points == [2, 2, 3]  # gains 1, 1 and 2
    assert outcome.efficiency == 6 / 9
    assert outcome.fairness == 0.0
    assert outcome.lies == []


def test_no_agreement():
    table = told(three(), propose("a0", 0), withdraw("a1", 1))
    outcome = table.outcome()
    assert (outcome.ended, outcome.proposal, outcome.deal, outcome.pareto, outcome.fairness) == (
        "withdrawn",
        None,
        None,
        None,
        None,
    )
    assert outcome.points == {"a0": 1, "a1": 1, "a2": 1}
    assert outcome.efficiency == 0.0
    assert told(three(), propose("a0", 0)).outcome().ended == "deadline"


def test_claims():
    table = bargains.haggle({"reservation": 4}, {"reservation": 6})
    for option, side in ((6, "most"), (5, "most"), (6, "least")):
        table.add(Inform(agent="a0", time=0, to=["a1"], claim=Limit(side=side, option=option)))
    for option in (6, 7):
        table.add(Inform(agent="a1", time=1, to=["a0"], claim=Limit(side="least", option=option)))
    table.add(Inform(agent="a1", time=1, to=["a0"], claim=Priority(issue="i0")))
    assert table.outcome().lies == [1, 2, 4]


def test_priority_is_true_of_each_of_those_that_tie():
    parties = [bargains.party(0, [3, [0, 6], 1]), bargains.party(1, [1, [0, 1], 1])]
    issues = [bargains.books(2), bargains.price(2, 1), bargains.books(5, 2)]
    table = bargains.table(issues, parties)
    for issue in ("i0", "i1", "i2"):
        table.add(Inform(agent="a0", time=0, to=["a1"], claim=Priority(issue=issue)))
    assert table.outcome().lies == [2]
    assert table.stakes.top(0) is None
    assert table.stakes.top(1) == 2


@pytest.mark.parametrize(
    ("events", "message"),
    [
        ([propose("a1", 0)], "event 0: a1 does not have the move at time 0"),
        ([propose("a0", 12)], "event 0: time 12 is not from 0 to 11"),
        ([propose("a0", 0, delay=1)], "event 0: delay 1; at time 0 it is 0"),
        ([propose("a0", 3), propose("a0", 0)], "event 1: time 0 comes after time 3"),
        ([propose("a0", 0), Query(agent="a0", time=0, to=["a1"])], "event 1: a0 has ended its move"),
        ([propose("a0", 0, (1, 1, 1))], r"event 0: \[1, 1, 1\] is no way to settle i0"),
        ([accept("a0", 0, 0)], "no proposal 0 stands for a0"),
        ([propose("a0", 0), accept("a0", 3, 0)], "no proposal 0 stands for a0"),
        ([propose("a0", 0), accept("a1", 1, 7)], "no proposal 7 stands for a1"),
        ([propose("a0", 0), reject("a1", 1, 0), accept("a1", 4, 0)], "no proposal 0 stands for a1"),
        ([withdraw("a0", 0)], None),
        ([Query(agent="a0", time=0, to=[])], "name others of the agents"),
        ([Query(agent="a0", time=0, to=["a0"])], "name others of the agents"),
        ([Query(agent="a0", time=0, to=["a9"])], "name others of the agents"),
        ([Query(agent="a0", time=0, to=["a2", "a1"])], "not in agent order"),
        ([Promise(agent="a0", time=0, to=["a1", "a2"], amount=1)], "a promise goes to exactly one"),
        ([Withdraw(agent="a0", time=0, to=["a1"])], "a withdraw goes to all others"),
        ([Harvest(agent="a0", time=0, to=["a1", "a2"], amount=1)], "there is no harvest in a bargain"),
        ([Inform(agent="a0", time=0, to=["a1"], claim=Priority(issue="i7"))], "claims neither"),
        ([Inform(agent="a0", time=0, to=["a1"], claim=Limit(side="most", option=1))], "claims neither"),
        ([Threaten(agent="a0", time=0, to=["a1"]), withdraw("a0", 0)], "the threat, event 0, is not followed"),
        ([Threaten(agent="a0", time=0, to=["a1"]), propose("a1", 1)], "the threat, event 0, is not followed"),
    ],
)
def test_moves_that_are_not_allowed(events, message):
    table = told(three(), *events[:-1])
    if message is None:
        table.add(events[-1])
        assert table.ended == "withdrawn"
        return
    with pytest.raises(Unplayable, match=message):
        table.add(events[-1])
    assert table.events == events[:-1]


def test_a_threat_needs_its_proposal():
    table = told(three(), Threaten(agent="a0", time=0, to=["a1"]))
    with pytest.raises(Unplayable, match="event 0: a threat"):
        table.world()
    assert len(told(table, propose("a0", 0)).world().events) == 2


def test_all_at_once():
    table = told(three(turns="simultaneous", order=["a1", "a0", "a2"]), propose("a1", 0), propose("a0", 0))
    assert table.standing("a2", 0) == []
    with pytest.raises(Unplayable, match="event 2: a1 moves before a0"):
        table.add(Query(agent="a1", time=0, to=["a0"]))
    told(table, propose("a1", 1))
    assert table.standing("a0", 1) == [0]
    assert table.standing("a1", 2) == []  # its proposal at 1 answered what it heard at 1
    assert table.standing("a0", 2) == [2]


PLAN = {"time": 0, "to": ["a1"]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"order": ["a0", "a7"]}, "^order: a7: no such agent"),
        ({"winning": [["a0"], ["a8"]]}, "^winning: "),
        ({"winning": []}, "^winning: no set of parties"),
        ({"deadline": 0}, "^deadline: 0"),
        ({"delays": [1]}, "^delays: "),
        ({"issues": []}, "^issues: there is none"),
        ({"issues": [bargains.price(3)]}, "^worth: 1 does not fit i0"),
        ({"parties": []}, "^parties: have to be a0, a1, a2"),
        ({"issues": [bargains.books(20)], "parties": [bargains.party(n, [9_000]) for n in range(3)]}, "^worth: a deal"),
    ],
)
def test_games_that_are_impossible(change, message):
    table = three()
    with pytest.raises(Unplayable, match=message):
        Table(table.agents, table.conventions, table.game.model_copy(update=change))


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"kind": "promise", "to": ["a7"], "amount": 1}, "name others"),
        ({"kind": "promise", "to": ["a1", "a2"], "amount": 1}, "exactly one"),
        ({"kind": "promise"}, "an amount of at least 1"),
        ({"kind": "query", "amount": 1}, "an amount of at least 1"),
        ({"kind": "inform"}, "claims neither"),
        ({"kind": "query", "claim": Priority(issue="i0")}, "a claim belongs to inform"),
        ({"kind": "query", "time": 1}, "does not have the move at time 1"),
        ({"kind": "query", "time": 12}, "does not have the move at time 12"),
    ],
)
def test_plans_that_are_impossible(said, message):
    parties = [
        bargains.party(number, [1], says=[Statement(**PLAN | said)] if not number else []) for number in range(3)
    ]
    with pytest.raises(Unplayable, match=rf"^a0 says\[0\]: .*{message}"):
        bargains.table([bargains.books(4)], parties, deadline=12)


def test_nobody_twice_where_all_move_at_once():
    order = ["a0", "a1", "a0", "a2"]
    assert three(order=order).movers(6) == ["a0"]
    with pytest.raises(Unplayable, match=r"^order: names nobody, or somebody twice"):
        three(order=order, turns="simultaneous")


def test_before_some_time():
    table = told(three(), propose("a0", 0), accept("a1", 1, 0), accept("a2", 2, 0))
    earlier = table.until(2)
    assert earlier.events == table.events[:2]
    assert (earlier.ended, earlier.supporters(0)) == (None, ["a0", "a1"])
    assert (table.ended, len(table.events)) == ("agreement", 3)
    assert isinstance(table.game.parties[0], Party)
