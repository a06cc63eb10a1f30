import bargains

from madata.generators.negotiation.bargain.play import play
from madata.generators.negotiation.capabilities import capabilities
from madata.generators.negotiation.private import private
from madata.schemas.negotiation import Commons, Donor, Giver, Harvester, HarvestSwitch, Meeting, Switch


def test_what_a_party_of_a_bargain_knows():
    issues = [bargains.books(2), bargains.price(2, 1)]
    switch = Switch(time=3, bidding="linear")
    parties = [
        bargains.party(0, [4, [0, 7]], 3, 5, "boulware", switch=switch),
        bargains.party(1, [1, [2, 2]], bidding=None),
    ]
    assert private(bargains.table(issues, parties).game) == {
        "a0": {
            "points": {"things 0": 4, "choice 1": {"option 0": 0, "option 1": 7}},
            "reservation": 3,
            "deadline": 5,
            "strategy": "boulware",
            "switch": {"time": 3, "bidding": "linear"},
        },
        "a1": {
            "points": {"things 0": 1, "choice 1": {"option 0": 2, "option 1": 2}},
            "reservation": 0,
            "deadline": 10,
            "strategy": None,
            "switch": None,
        },
    }


def test_what_a_party_of_a_commons_or_a_donor_game_knows():
    switch = HarvestSwitch(round=2, harvesting="greedy")
    harvesters = [Harvester(agent="a0", harvesting="quota", switch=switch), Harvester(agent="a1")]
    commons = Commons(resource="fish", stock=9, capacity=9, growth=100, collapse=1, rounds=3, parties=harvesters)
    assert private(commons) == {
        "a0": {"strategy": "quota", "switch": {"round": 2, "harvesting": "greedy"}},
        "a1": {"strategy": None, "switch": None},
    }
    givers = [Giver(agent="a0", giving="generous"), Giver(agent="a1")]
    meetings = [Meeting(generation=0, donor="a0", recipient="a1")]
    donor = Donor(endowment=8, multiplier=2, meetings=meetings, parties=givers)
    assert private(donor) == {"a0": {"strategy": "generous"}, "a1": {"strategy": None}}


def test_capabilities():
    quiet = bargains.haggle({"reservation": 11})
    play(quiet)
    assert capabilities(quiet, []) == []
    assert capabilities(quiet, ["zone", "reply"]) == ["understanding", "planning"]
    table = bargains.haggle({"switch": Switch(time=2, bidding="conceder")})
    play(table)
    assert capabilities(table, ["offer"]) == ["understanding", "communication", "adaptation"]
