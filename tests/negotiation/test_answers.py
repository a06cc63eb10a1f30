import bargains
import pytest

from madata.generators.negotiation.bargain.answers import answer, best_replies
from madata.generators.negotiation.bargain.play import play
from madata.generators.negotiation.known import Known, Unasked, ordinal_word
from madata.schemas.negotiation import (
    BluffQuery,
    ImpliedQuery,
    Inform,
    OfferQuery,
    PaidQuery,
    ParetoQuery,
    PointsQuery,
    Priority,
    Propose,
    RationalQuery,
    Reply,
    ReplyQuery,
    StockQuery,
    Switch,
    SwitchQuery,
    Threaten,
    ValuedQuery,
    ZoneQuery,
)


@pytest.fixture
def mixed():
    """A proposal of two books for a0, one for a1, and the second option."""
    issues = [bargains.books(3), bargains.price(2, 1)]
    parties = [bargains.party(0, [2, [0, 5]], 9), bargains.party(1, [4, [3, 0]], 5)]
    table = bargains.table(issues, parties)
    table.add(Propose(agent="a0", time=0, to=["a1"], deal=[[2, 1], 1]))
    return table


def test_offer(mixed):
    assert answer(mixed, OfferQuery(proposal=0, issue="i0", agent="a1")) == Known(["1"], [0], "reader")
    assert answer(mixed, OfferQuery(proposal=0, issue="i1")) == Known(["option 1"], [0], "reader")


def test_points_and_what_is_rational(mixed):
    assert answer(mixed, PointsQuery(proposal=0, agent="a0")) == Known(["9"], [0], "a0")
    assert answer(mixed, RationalQuery(proposal=0, agent="a0")) == Known(["yes"], [0], "a0")
    assert answer(mixed, RationalQuery(proposal=0, agent="a1")) == Known(["no"], [0], "a1")


def test_pareto_and_zone(mixed):
    assert answer(mixed, ParetoQuery(proposal=0)) == Known(["yes"], [0], "reader")
    mixed.add(Propose(agent="a1", time=1, to=["a0"], deal=[[3, 0], 0]))  # (6, 3), but [1, 2], 1 is (7, 8)
    assert answer(mixed, ParetoQuery(proposal=1)) == Known(["no"], [1], "reader")
    assert answer(mixed, ZoneQuery()) == Known(["no"], [], "reader")
    assert answer(bargains.haggle(), ZoneQuery()) == Known(["yes"], [], "reader")


def reply(*moves):
    return ReplyQuery(agent="a1", proposal=0, time=1, moves=list(moves))


def test_reply():
    table = bargains.haggle()
    play(table)
    moves = [Reply(move="accept"), Reply(move="withdraw"), *(Reply(move="propose", deal=[k]) for k in (3, 5, 7))]
    # a0 accepts 3 and 5 at time 2 (its target is 5); 7 is refused, then 5 is proposed and accepted
    assert best_replies(table, reply(*moves)) == [3, 4]
    found = answer(table, reply(*moves), lambda move: f"{move.move} {move.deal}")
    assert found == Known(["propose [5]", "propose [7]"], [0], "reader")
    assert best_replies(table, reply(*moves[:2])) == [0, 1]


def test_reply_is_asked_only_at_a_turn_with_a_standing_proposal():
    table = bargains.haggle()
    play(table)
    query = reply(Reply(move="accept"), Reply(move="withdraw"))
    for change in ({"time": 2}, {"proposal": 1}, {"agent": "a0"}, {"time": 3}, {"time": 5, "proposal": 2}):
        with pytest.raises(Unasked, match="stands for"):
            best_replies(table, query.model_copy(update=change))


def test_reply_of_who_withdraws_later():
    table = bargains.haggle(seller={"deadline": 2, "reservation": 8})
    play(table)
    assert (table.events[-1].kind, table.events[-1].time) == ("withdraw", 3)
    assert best_replies(table, reply(Reply(move="accept"), Reply(move="propose", deal=[5]))) == [1]


def test_reply_is_undetermined_without_a_strategy():
    table = bargains.haggle(seller={"bidding": None})
    play(table)
    found = answer(table, reply(Reply(move="accept"), Reply(move="withdraw")))
    assert found == Known(["undetermined"], [0], "reader")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        (3, "it paid"),  # the seller thinks it can have 3 at most, and takes less
        (10, None),  # true
    ],
)
def test_a_lie_that_pays(option, said):
    claim = {"kind": "limit", "side": "most", "option": option}
    table = bargains.haggle({"says": [{"time": 0, "to": ["a1"], "kind": "inform", "claim": claim}]})
    play(table)
    assert answer(table, BluffQuery(event=0)) == Known(["yes" if said else "no"], [0], "a0")
    if said:
        assert answer(table, PaidQuery(event=0)) == Known([said], [0], "reader")
    else:
        with pytest.raises(Unasked, match="event 0 is no bluff"):
            answer(table, PaidQuery(event=0))


def test_a_lie_that_backfires_or_changes_nothing():
    """The seller believes the buyer can take nothing worth its reservation, and so goes on as if nothing was said; or
    it takes the limit for the best it can hope for, and withdraws since it is not enough."""
    claim = {"kind": "limit", "side": "most", "option": 1}
    says = [{"time": 0, "to": ["a1"], "kind": "inform", "claim": claim}]
    table = bargains.haggle({"says": says}, {"reservation": 4})
    play(table)
    assert answer(table, PaidQuery(event=0)).answer == ["it made no difference"]
    threat = [{"time": 0, "to": ["a1"], "kind": "threaten", "meant": False}]
    table = bargains.haggle({"says": threat}, {"yields": True})
    play(table)
    assert answer(table, BluffQuery(event=0)).answer == ["yes"]
    assert answer(table, PaidQuery(event=0)).answer == ["it paid"]


def test_threats():
    for meant, said in ((True, "no"), (False, "yes")):
        says = [
            {"time": 0, "to": ["a1"], "kind": "query"},
            {"time": 0, "to": ["a1"], "kind": "threaten", "meant": meant},
        ]
        table = bargains.haggle({"says": says})
        play(table)
        assert answer(table, BluffQuery(event=1)) == Known([said], [1], "a0")
        with pytest.raises(Unasked, match="neither a claim nor a threat"):
            answer(table, BluffQuery(event=0))
    free = bargains.haggle({"bidding": None})
    free.add(Threaten(agent="a0", time=0, to=["a1"]))
    assert answer(free, BluffQuery(event=0)).answer == ["undetermined"]
    assert answer(free, PaidQuery(event=0)).answer == ["undetermined"]


def test_switch():
    table = bargains.haggle({"switch": Switch(time=4, bidding="hard_headed")}, options=101, deadline=12)
    play(table)
    at = [number for number, event in enumerate(table.events) if event.agent == "a0"][2]
    assert answer(table, SwitchQuery(agent="a0")) == Known(["3rd"], [at], "reader")
    assert answer(table, SwitchQuery(agent="a1")) == Known(["never"], [], "reader")
    assert table.adapts()
    free = bargains.haggle({"bidding": None})
    assert answer(free, SwitchQuery(agent="a0")) == Known(["undetermined"], [], "reader")
    assert not free.adapts()


def test_a_switch_that_does_not_show():
    table = bargains.haggle({"switch": Switch(time=4, bidding="linear")})
    play(table)
    assert answer(table, SwitchQuery(agent="a0")).answer == ["never"]
    late = bargains.haggle({"switch": Switch(time=4, bidding="boulware")})
    play(late)
    assert late.events[-1].time == 3
    assert not late.adapts()


@pytest.fixture
def claims():
    """a1 says to a0 alone that most hangs on i0, later to all that on i1; in truth it is i1."""
    issues = [bargains.books(2), bargains.books(2, 1)]
    parties = [bargains.party(0, [1, 1]), bargains.party(1, [1, 5]), bargains.party(2, [2, 1])]
    table = bargains.table(issues, parties)
    table.add(Inform(agent="a1", time=1, to=["a0"], claim=Priority(issue="i0")))
    table.add(Inform(agent="a1", time=4, to=["a0", "a2"], claim=Priority(issue="i1")))
    table.add(Inform(agent="a1", time=7, to=["a2"], claim=Priority(issue="i0")))
    return table


@pytest.mark.parametrize(
    ("chain", "time", "expected"),
    [
        (["a1"], 0, Known(["things 1"], [], "a1", 1)),
        (["a0"], 1, Known(["no settled belief"], [], "a0", 1)),
        (["a0"], 2, Known(["things 0"], [0], "a0", 1)),
        (["a0", "a1"], 2, Known(["things 0"], [0], "a0", 2)),
        (["a0", "a0"], 2, Known(["things 0"], [0], "a0", 1)),
        (["a0", "a2"], 4, Known(["no settled belief"], [], "a0", 2)),
        (["a0", "a2"], 9, Known(["things 1"], [1], "a0", 2)),
        (["a2"], 9, Known(["things 0"], [2], "a2", 1)),
        (["a1", "a2"], 9, Known(["things 0"], [2], "a1", 2)),
        (["a1", "a2", "a0", "a1"], 9, Known(["things 1"], [1], "a1", 4)),
    ],
)
def test_valued(claims, chain, time, expected):
    assert answer(claims, ValuedQuery(chain=chain, about="a1", time=time)) == expected


def test_valued_without_a_top_or_a_belief():
    parties = [bargains.party(0, [1, 1]), bargains.party(1, [1, 5])]
    table = bargains.table([bargains.books(2), bargains.books(2, 1)], parties, claims="doubted")
    table.add(Inform(agent="a0", time=0, to=["a1"], claim=Priority(issue="i0")))
    with pytest.raises(Unasked, match="nothing is worth most to a0"):
        answer(table, ValuedQuery(chain=["a0"], about="a0", time=5))
    found = answer(table, ValuedQuery(chain=["a1"], about="a0", time=5))
    assert found == Known(["no settled belief"], [], "a1", 1)


def camp(worth, bidding="linear", **conventions):
    """Two who divide three units of each thing by the same points; a0 moves first and has them in this order."""
    issues = [bargains.books(3, number) for number in range(len(worth))]
    parties = [bargains.party(0, worth, bidding=bidding), bargains.party(1, sorted(worth), bidding="hard_headed")]
    table = bargains.table(issues, parties, **{"values": "permuted", "deadline": 10, **conventions})
    play(table)
    return table


def test_implied():
    # linear over 0, 2, .., 8: targets 36, 27, 18, ..: with 5, 4, 3 points a unit what 27 is made of tells them apart
    table = camp([5, 4, 3])
    deals = [event.deal for event in table.events if event.agent == "a0" and event.kind == "propose"]
    assert deals[0] == [[3, 0], [3, 0], [3, 0]]
    assert answer(table, ImpliedQuery(agent="a0", time=1)) == Known(["undetermined"], [0], "reader")
    known = answer(table, ImpliedQuery(agent="a0", time=10))
    assert known.answer == ["things 0"]
    assert known.evidence == [n for n, event in enumerate(table.events) if event.agent == "a0"]


def test_implied_by_equal_points():
    assert answer(camp([4, 4, 3]), ImpliedQuery(agent="a0", time=10)).answer == ["undetermined"]


def test_implied_without_a_script():
    table = camp([5, 4, 3], bidding=None)
    assert answer(table, ImpliedQuery(agent="a0", time=10)).answer == ["undetermined"]


def test_implied_is_not_asked_of_everything():
    with pytest.raises(Unasked, match="only where all distribute"):
        answer(camp([5, 4], values="private"), ImpliedQuery(agent="a0", time=3))
    with pytest.raises(Unasked, match="720 arrangements of the points; at most 120"):
        answer(camp([1, 2, 3, 4, 5, 6], deadline=1), ImpliedQuery(agent="a0", time=1))


def test_implied_is_not_asked_of_who_moved_otherwise():
    issues = [bargains.books(3, number) for number in range(2)]
    table = bargains.table(issues, [bargains.party(0, [5, 4]), bargains.party(1, [4, 5])], values="permuted")
    table.add(Propose(agent="a0", time=0, to=["a1"], deal=[[0, 3], [0, 3]]))
    with pytest.raises(Unasked, match="did not move by its strategy"):
        answer(table, ImpliedQuery(agent="a0", time=1))


def test_no_query_of_another_game(mixed):
    with pytest.raises(Unasked, match="stock is not asked of a bargain"):
        answer(mixed, StockQuery(round=0))
    with pytest.raises(Unasked, match="event 3 is no proposal"):
        answer(mixed, ParetoQuery(proposal=3))


def test_ordinals():
    words = [ordinal_word(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 101, 111)]
    assert words == "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 101st 111th".split()
