import bargains
import pytest

from madata.generators.negotiation.bargain.bidding import Bidder, last_turn, move
from madata.generators.negotiation.bargain.play import play
from madata.schemas.negotiation import Accept, Inform, Limit, Priority, Promise, Propose, Switch, Threaten, Withdraw

SILENT = {"bidding": None}


def against_silence(bidding, reservation=20, **more):
    """What a buyer's proposals are worth to it at times 0, 2, .. 10, if the seller never moves."""
    strategy = {"bidding": bidding, "reservation": reservation, **more}
    table = bargains.haggle(strategy, SILENT, options=101, deadline=12)
    play(table)
    return [100 - event.deal[0] for event in table.events]


@pytest.mark.parametrize(
    ("bidding", "worths"),
    [
        ("boulware", [100, 100, 95, 83, 60, 20]),
        ("linear", [100, 84, 68, 52, 36, 20]),
        ("conceder", [100, 61, 38, 26, 21, 20]),
        ("hard_headed", [100, 100, 100, 100, 90, 20]),
        ("tit_for_tat", [100, 100, 100, 100, 100, 20]),
        ("fair_split", [50, 50, 50, 50, 50, 20]),
    ],
)
def test_targets(bidding, worths):
    assert against_silence(bidding) == worths


def test_fair_split_below_the_reservation_is_linear():
    assert against_silence("fair_split", 60) == against_silence("linear", 60) == [100, 92, 84, 76, 68, 60]


def test_a_switch_is_in_force_from_its_time_on():
    assert against_silence("boulware", switch=Switch(time=4, bidding="linear")) == [100, 100, 68, 52, 36, 20]


def test_patience_ends_before_the_game():
    table = bargains.haggle({"deadline": 5, "bidding": "linear"}, SILENT, deadline=12)
    play(table)
    assert [event.kind for event in table.events] == ["propose", "propose", "propose", "withdraw"]
    assert [event.time for event in table.events] == [0, 2, 4, 6]
    assert [event.deal for event in table.events[:3]] == [[0], [5], [10]]
    assert table.ended == "withdrawn"


def offer(table, agent, time, deal, **more):
    table.add(Propose(agent=agent, time=time, delay=table.delay(time), to=table.others(agent), deal=deal, **more))


def next_move(table, agent, time):
    return move(table, agent, time, table.plans[agent])


def test_tit_for_tat_gives_what_it_was_given_at_best():
    table = bargains.haggle({"bidding": "tit_for_tat"}, SILENT, options=101, deadline=12)
    for time, option in ((1, 90), (3, 70), (5, 95)):
        offer(table, "a1", time, [option])
    worths = {time: 100 - next_move(table, "a0", time)[-1].deal[0] for time in (0, 2, 4, 6)}
    assert worths == {0: 100, 2: 100, 4: 80, 6: 80}


def test_linear_parties_meet_in_the_middle():
    """Targets of the buyer 10, 5, 0 at 0, 2, 4, of the seller 8, 4, 0 at 1, 3, 5."""
    table = bargains.haggle()
    play(table)
    told = [(event.agent, event.kind, getattr(event, "deal", None)) for event in table.events]
    assert told == [
        ("a0", "propose", [0]),
        ("a1", "propose", [8]),
        ("a0", "propose", [5]),
        ("a1", "accept-proposal", None),
    ]
    assert table.agreed == 2
    assert table.points() == {"a0": 5, "a1": 5}


def test_nothing_is_good_enough():
    table = bargains.haggle({"reservation": 11})
    assert next_move(table, "a0", 0) == [Withdraw(agent="a0", time=0, to=["a1"])]


def test_last_turn():
    table = bargains.haggle({"deadline": 4}, {"deadline": 9}, deadline=6)
    assert (last_turn(table, "a0"), last_turn(table, "a1")) == (2, 5)
    short = bargains.haggle({"deadline": 1}, {"deadline": 1}, deadline=6)
    assert (last_turn(short, "a0"), last_turn(short, "a1")) == (0, -1)
    at_once = bargains.haggle({"deadline": 4}, {"deadline": 9}, deadline=6, turns="simultaneous")
    assert (last_turn(at_once, "a0"), last_turn(at_once, "a1")) == (3, 5)


@pytest.mark.parametrize(
    ("side", "option", "claims", "deal"),
    [
        ("least", 4, "believed", [4]),
        ("least", 4, "doubted", [0]),
        ("most", 4, "believed", [0]),
        ("least", 10, "believed", [0]),  # nothing thinkable is worth the reservation: all deals again
    ],
)
def test_limits_are_taken_into_account(side, option, claims, deal):
    table = bargains.haggle({"reservation": 1}, SILENT, claims=claims)
    table.add(Inform(agent="a1", time=1, to=["a0"], claim=Limit(side=side, option=option)))
    (event,) = next_move(table, "a0", 2)
    worth = 10 - deal[0]
    target = worth - (worth - 1) * 2 // 4
    assert event.deal == [10 - target]


def test_a_focal_deal_that_is_not_thinkable_leaves_nothing_to_propose():
    table = bargains.haggle({"bidding": "fair_split"}, SILENT)
    table.add(Inform(agent="a1", time=1, to=["a0"], claim=Limit(side="least", option=8)))
    assert next_move(table, "a0", 2) == []


def test_promises_are_owed_and_valued():
    table = bargains.haggle({"reservation": 3}, options=11)
    table.add(Promise(agent="a0", time=0, to=["a1"], amount=4))
    offer(table, "a0", 0, [6])  # worth 6 to the seller, with the promise 10
    (accept,) = next_move(table, "a1", 1)
    assert accept == Accept(agent="a1", time=1, to=["a0"], proposal=1)
    # what is owed is taken off: top 6, target 6 - 3 * 2 // 4 = 5, so the deal has to be worth 9
    assert next_move(table, "a0", 2)[-1].deal == [1]


def test_a_new_promise_replaces_the_old_one_and_cheap_ones_do_not_count():
    for promises, deal in (("binding", [9]), ("cheap", [10])):
        table = bargains.haggle(promises=promises)
        for time, amount in ((0, 9), (2, 1)):
            table.add(Promise(agent="a0", time=time, to=["a1"], amount=amount))
        assert next_move(table, "a0", 4)[-1].deal == deal  # the target of the last turn is 0, after what is owed


def test_the_regarded_and_the_near_deal_is_proposed():
    """Two books, two pens; all are worth 5 to a0, so what a1 said and proposed decides."""
    issues = [bargains.books(2), bargains.books(2, 1)]
    parties = [bargains.party(0, [5, 5], 10), bargains.party(1, [1, 1], bidding=None)]

    def heard(*moves, **conventions):
        table = bargains.table(issues, parties, deadline=4, **conventions)
        for event in moves:
            table.add(event)
        return next_move(table, "a0", 2)[-1].deal

    claim = Inform(agent="a1", time=1, to=["a0"], claim=Priority(issue="i1"))
    near = Propose(agent="a1", time=1, to=["a0"], deal=[[0, 2], [1, 1]])
    assert heard() == [[0, 2], [2, 0]]
    assert heard(claim) == [[2, 0], [0, 2]]
    assert heard(claim, claims="doubted") == [[0, 2], [2, 0]]
    assert heard(near) == [[0, 2], [2, 0]]
    assert heard(near.model_copy(update={"deal": [[1, 1], [0, 2]]})) == [[1, 1], [1, 1]]
    assert heard(claim, near) == [[2, 0], [0, 2]]


def test_regard_for_a_choice_is_closeness_to_what_was_proposed():
    issues = [bargains.price(3), bargains.books(2, 1)]
    parties = [bargains.party(0, [[0, 0, 0], 5], 5), bargains.party(1, [[0, 0, 9], 1], bidding=None)]
    table = bargains.table(issues, parties, deadline=4)
    table.add(Inform(agent="a1", time=1, to=["a0"], claim=Priority(issue="i0")))
    assert next_move(table, "a0", 2)[-1].deal == [0, [1, 1]]
    offer(table, "a1", 1, [2, [0, 2]])
    assert next_move(table, "a0", 2)[-1].deal == [2, [1, 1]]


def test_who_yields_accepts_under_a_threat():
    for yields, kind in ((True, "accept-proposal"), (False, "propose")):
        table = bargains.haggle({"yields": yields, "reservation": 1}, SILENT)
        table.add(Threaten(agent="a1", time=1, to=["a0"]))
        offer(table, "a1", 1, [9])
        assert next_move(table, "a0", 2)[-1].kind == kind
    table = bargains.haggle({"yields": True, "reservation": 2}, SILENT)
    table.add(Threaten(agent="a1", time=1, to=["a0"]))
    offer(table, "a1", 1, [9])
    assert next_move(table, "a0", 2)[-1].kind == "propose"


@pytest.mark.parametrize(("meant", "kinds"), [(True, ["threaten", "propose", "withdraw"]), (False, None)])
def test_a_threat_that_is_meant_is_carried_out(meant, kinds):
    says = [{"time": 0, "to": ["a1"], "kind": "threaten", "meant": meant}]
    table = bargains.haggle({"says": says, "bidding": "boulware"}, {"bidding": "boulware"})
    play(table)
    own = [event.kind for event in table.events if event.agent == "a0"]
    assert own == (kinds or ["threaten", "propose", "propose", "accept-proposal"])


def test_who_is_curt_refuses_instead_of_repeating():
    table = bargains.haggle({"curt": True, "bidding": "hard_headed"}, SILENT, deadline=8)
    offer(table, "a0", 0, [0])
    assert next_move(table, "a0", 2)[-1].kind == "propose"
    offer(table, "a1", 1, [9])
    assert next_move(table, "a0", 2)[-1].model_dump(include={"kind", "proposal"}) == {
        "kind": "reject-proposal",
        "proposal": 1,
    }
    assert next_move(table, "a0", 6)[-1].kind == "accept-proposal"


def test_statements_are_said_before_a_proposal_or_a_refusal():
    says = [
        {"time": 2, "to": ["a1"], "kind": "threaten"},
        {"time": 2, "to": ["a1"], "kind": "inform", "claim": {"kind": "priority", "issue": "i0"}},
        {"time": 4, "to": ["a1"], "kind": "query"},
    ]
    for curt, kinds in ((False, ["threaten", "inform", "propose"]), (True, ["inform", "reject-proposal"])):
        table = bargains.haggle({"says": says, "curt": curt, "bidding": "hard_headed"}, SILENT)
        offer(table, "a0", 0, [0])
        offer(table, "a1", 1, [9])
        assert [event.kind for event in next_move(table, "a0", 2)] == kinds
        assert [event.kind for event in next_move(table, "a0", 4)] == ["accept-proposal"]


def test_whoever_supports_a_proposal_waits():
    parties = [bargains.party(number, [[0, 10]], bidding="linear") for number in range(3)]
    table = bargains.table([bargains.price(2)], parties, deadline=9)
    offer(table, "a0", 0, [1])
    table.add(Accept(agent="a1", time=1, to=["a0", "a2"], proposal=0))
    assert next_move(table, "a1", 4) == []


def naive_bid(table, number):
    """The deal that the party of this proposal had to choose, deal by deal, given the worth it asked for at least."""
    proposal = table.events[number]
    place, time = table.place[proposal.agent], proposal.time
    party, strategy = table.game.parties[place], table.game.parties[place].strategy
    heard = sorted(
        (event.time + 1 + event.delay, index)
        for index, event in enumerate(table.events)
        if proposal.agent in event.to and event.time + 1 + event.delay <= time
    )
    limits, priorities, offers = {}, {}, {}
    for _, index in heard:
        event = table.events[index]
        if event.kind == "inform" and table.conventions.claims == "believed":
            (limits if event.claim.kind == "limit" else priorities)[event.agent] = event.claim
        if event.kind == "propose":
            offers[event.agent] = last = event.deal
    owed = {
        event.to[0]: event.amount
        for event in table.events
        if event.kind == "promise" and event.agent == proposal.agent and event.time < time
    }
    debt = sum(owed.values()) if table.conventions.promises == "binding" else 0
    deals = [table.deals[index] for index in range(len(table.deals))]
    own = [int(worth) - debt for worth in table.stakes.worth[place]]
    thinkable = [
        index
        for index in range(len(deals))
        if all(
            deals[index][0] <= limit.option if limit.side == "most" else deals[index][0] >= limit.option
            for limit in limits.values()
        )
    ]
    if all(own[index] < party.reservation for index in thinkable):
        thinkable = range(len(deals))

    def regard(deal):
        total = 0
        for speaker, claim in priorities.items():
            entry = deal[int(claim.issue[1:])]
            if isinstance(entry, list):
                total += entry[table.place[speaker]]
            elif speaker in offers:
                total -= abs(entry - offers[speaker][int(claim.issue[1:])])
        return total

    def distance(deal):
        pairs = zip(deal, last, strict=True) if offers else ()
        return sum(
            sum(abs(u - v) for u, v in zip(a, b, strict=True)) if isinstance(a, list) else abs(a - b) for a, b in pairs
        )

    target = Bidder(table, proposal.agent, time, strategy)._target()
    asked = [index for index in thinkable if own[index] >= target]
    return deals[min(asked, key=lambda index: (own[index], -regard(deals[index]), distance(deals[index]), index))]


@pytest.mark.parametrize("seed", range(150))
def test_each_proposal_is_the_best_one_deal_by_deal(seed):
    table = bargains.random_table(seed)
    play(table)
    for number in table.offered:
        assert table.deal(number) == naive_bid(table, number)
