"""Small negotiations written by hand, one or more of each game, with every kind of event between them."""

from typing import Any

from madata.schemas import Agent
from madata.schemas.negotiation import Conventions, NegotiationWorld

NAMES = ("Anna", "Ben", "Carla", "Dora", "Emil", "Fay")


def people(count: int) -> list[Agent]:
    return [Agent(id=f"a{place}", name=NAMES[place], role="party") for place in range(count)]


def event(agent: int, time: int, kind: str, count: int, to: list[int] | None = None, **content: Any) -> dict[str, Any]:
    hearers = [place for place in range(count) if place != agent] if to is None else to
    return {"agent": f"a{agent}", "time": time, "kind": kind, "to": [f"a{x}" for x in hearers], **content}


def world(game: dict[str, Any], events: list[dict[str, Any]]) -> NegotiationWorld:
    return NegotiationWorld.model_validate({"game": game, "events": events})


def party(agent: int, worth: list[Any], reservation: int, deadline: int, **strategy: Any) -> dict[str, Any]:
    scripted = {"bidding": "linear", **strategy} if strategy else None
    return {
        "agent": f"a{agent}",
        "worth": worth,
        "reservation": reservation,
        "deadline": deadline,
        "strategy": scripted,
    }


def books() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Two who split three things and settle a day, with a bluff and a pass."""
    issues = [
        {"kind": "split", "id": "i0", "name": "books", "units": 3},
        {"kind": "split", "id": "i1", "name": "hats", "units": 1},
        {"kind": "split", "id": "i2", "name": "bars of chocolate", "units": 2},
        {"kind": "choice", "id": "i3", "name": "day", "options": ["Monday", "Friday", "Sunday"]},
    ]
    threat = {"time": 4, "to": ["a1"], "kind": "threaten", "meant": False}
    game = {
        "kind": "bargain",
        "issues": issues,
        "order": ["a0", "a1"],
        "deadline": 10,
        "winning": [["a0", "a1"]],
        "parties": [
            party(0, [3, 4, 1, [0, 2, 1]], 5, 10, bidding="boulware", says=[threat], curt=True),
            party(1, [1, 2, 5, [3, 0, 0]], -1, 8, switch={"time": 5, "bidding": "fair_split"}, yields=True),
        ],
    }
    events = [
        event(0, 0, "inform", 2, claim={"kind": "priority", "issue": "i0"}),
        event(0, 0, "propose", 2, deal=[[3, 0], [1, 0], [1, 1], 1]),
        event(1, 1, "query", 2),
        event(1, 1, "propose", 2, deal=[[0, 3], [0, 1], [0, 2], 0]),
        event(0, 2, "propose", 2, deal=[[2, 1], [1, 0], [0, 2], 1]),
        event(0, 4, "threaten", 2),
        event(0, 4, "promise", 2, amount=1),
        event(0, 4, "propose", 2, deal=[[2, 1], [1, 0], [0, 2], 0]),
        event(1, 5, "reject-proposal", 2, proposal=7),
        event(0, 6, "propose", 2, deal=[[1, 2], [1, 0], [0, 2], 0]),
        event(1, 7, "accept-proposal", 2, proposal=9),
    ]
    return people(2), Conventions(), world(game, events)


def price() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Two who settle a price, claim limits, and part."""
    options = [f"{euros} euros" for euros in range(100, 151, 5)]
    game = {
        "kind": "bargain",
        "issues": [{"kind": "choice", "id": "i0", "name": "price", "options": options}],
        "order": ["a0", "a1"],
        "deadline": 8,
        "winning": [["a0", "a1"]],
        "parties": [
            party(0, [list(range(0, 55, 5))], 25, 8, bidding="tit_for_tat"),
            party(1, [list(range(50, -5, -5))], 20, 6, bidding="hard_headed"),
        ],
    }
    events = [
        event(0, 0, "inform", 2, claim={"kind": "limit", "side": "least", "option": 6}),
        event(0, 0, "propose", 2, deal=[9]),
        event(1, 1, "inform", 2, claim={"kind": "limit", "side": "most", "option": 5}),
        event(1, 1, "propose", 2, deal=[1]),
        event(0, 2, "propose", 2, deal=[7]),
        event(1, 7, "withdraw", 2),
    ]
    return people(2), Conventions(claims="doubted"), world(game, events)


def three() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Three who move at once and hear late, speak in private, and agree by majority on what was not the last offer."""
    game = {
        "kind": "bargain",
        "issues": [
            {"kind": "split", "id": "i0", "name": "pears", "units": 4},
            {"kind": "split", "id": "i1", "name": "firewood", "units": 2},
        ],
        "order": ["a0", "a1", "a2"],
        "deadline": 6,
        "winning": [["a0", "a1"], ["a0", "a2"], ["a1", "a2"]],
        "delays": [0, 1],
        "parties": [
            party(0, [2, 3], 2, 6, bidding="conceder"),
            party(1, [3, 2], 2, 6),
            party(2, [2, 3], 1, 6, bidding="linear"),
        ],
    }
    events = [
        event(0, 0, "promise", 3, [2], amount=2),
        event(0, 0, "propose", 3, deal=[[2, 1, 1], [2, 0, 0]]),
        event(1, 0, "query", 3, [0, 2]),
        event(1, 0, "propose", 3, deal=[[1, 3, 0], [0, 1, 1]]),
        event(2, 0, "inform", 3, [1], claim={"kind": "priority", "issue": "i1"}),
        event(2, 0, "query", 3, [1]),
        event(0, 1, "propose", 3, deal=[[2, 1, 1], [1, 0, 1]], delay=1),
        event(2, 1, "accept-proposal", 3, proposal=1, delay=1),
    ]
    return people(3), Conventions(turns="simultaneous", delivery="delayed", values="permuted"), world(game, events)


def four() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Four of whom two sets win; one leaves, and time runs out."""
    game = {
        "kind": "bargain",
        "issues": [{"kind": "split", "id": "i0", "name": "knives", "units": 4}],
        "order": ["a0", "a1", "a2", "a3"],
        "deadline": 5,
        "winning": [["a0", "a1"], ["a0", "a2", "a3"]],
        "parties": [party(place, [2], 1, 5 if place else 2) for place in range(4)],
    }
    events = [
        event(0, 0, "propose", 4, deal=[[1, 1, 1, 1]]),
        event(1, 1, "reject-proposal", 4, proposal=0),
        event(2, 2, "inform", 4, claim={"kind": "priority", "issue": "i0"}),
        event(2, 2, "accept-proposal", 4, proposal=0),
        event(3, 3, "withdraw", 4),
    ]
    return people(4), Conventions(promises="cheap"), world(game, events)


def lake() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Three at a lake, unseen, with a quota, an understatement and a collapse."""
    game = {
        "kind": "commons",
        "resource": "fish",
        "stock": 30,
        "capacity": 40,
        "growth": 50,
        "collapse": 6,
        "rounds": 4,
        "parties": [
            {"agent": "a0", "harvesting": "quota", "leads": True, "reports": "honest"},
            {"agent": "a1", "harvesting": "greedy", "reports": "low"},
            {"agent": "a2", "harvesting": "reciprocal", "switch": {"round": 1, "harvesting": "greedy"}},
        ],
    }
    events = [
        event(0, 0, "propose", 3, deal=[3]),
        *(event(place, 1, "harvest", 3, [], amount=amount) for place, amount in enumerate((3, 10, 0))),
        event(1, 3, "accept-proposal", 3, proposal=0),
        event(2, 3, "reject-proposal", 3, proposal=0),
        event(0, 3, "inform", 3, claim={"kind": "took", "round": 0, "amount": 3}),
        event(1, 3, "inform", 3, claim={"kind": "took", "round": 0, "amount": 0}),
        *(event(place, 4, "harvest", 3, [], amount=amount) for place, amount in enumerate((3, 8, 8))),
        *(event(place, 7, "harvest", 3, [], amount=3) for place in range(3)),
    ]
    return people(3), Conventions(acts="private"), world(game, events)


def pasture() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Two on a pasture, in the open, where one is punished; it lasts."""
    game = {
        "kind": "commons",
        "resource": "grass",
        "stock": 20,
        "capacity": 40,
        "growth": 100,
        "collapse": 2,
        "rounds": 2,
        "cost": 1,
        "fine": 3,
        "parties": [
            {"agent": "a0", "harvesting": "sustainable", "punishes": True},
            {"agent": "a1"},
        ],
    }
    events = [
        event(0, 0, "propose", 2, deal=[5]),
        event(0, 1, "harvest", 2, amount=5),
        event(1, 1, "harvest", 2, amount=9),
        event(0, 2, "punish", 2, target="a1"),
        event(1, 3, "accept-proposal", 2, proposal=0),
        event(0, 4, "harvest", 2, amount=3),
        event(1, 4, "harvest", 2, amount=3),
    ]
    return people(2), Conventions(), world(game, events)


def gifts() -> tuple[list[Agent], Conventions, NegotiationWorld]:
    """Six over two generations, four at a time, who speak of each other."""
    meetings = [(0, 0, 1, None), (0, 1, 2, 3), (0, 2, 0, 1), (1, 1, 4, None), (1, 5, 1, 2)]
    game = {
        "kind": "donor",
        "endowment": 8,
        "multiplier": 2,
        "meetings": [
            {"generation": g, "donor": f"a{d}", "recipient": f"a{r}", "gossip": None if x is None else f"a{x}"}
            for g, d, r, x in meetings
        ],
        "parties": [
            {"agent": "a0", "giving": "generous"},
            {"agent": "a1", "giving": "discriminating", "gossip": "spiteful"},
            {"agent": "a2", "giving": "reciprocal", "gossip": "honest"},
            {"agent": "a3", "giving": "free_rider"},
            {"agent": "a4", "generation": 1, "giving": "reciprocal", "heir_of": "a2"},
            {"agent": "a5", "generation": 1, "heir_of": "a1"},
        ],
    }
    events = [
        event(0, 1, "donate", 6, [1, 2, 3], recipient="a1", amount=4),
        event(1, 3, "donate", 6, [0, 2, 3], recipient="a2", amount=6),
        event(1, 4, "inform", 6, [2], claim={"kind": "gave", "agent": "a0", "meeting": 0, "amount": 0}),
        event(2, 5, "donate", 6, [0, 1, 3], recipient="a0", amount=0),
        event(1, 7, "donate", 6, [2, 4, 5], recipient="a4", amount=4),
        event(2, 8, "inform", 6, [5], claim={"kind": "gave", "agent": "a1", "meeting": 3, "amount": 4}),
        event(5, 9, "donate", 6, [1, 2, 4], recipient="a1", amount=1),
    ]
    return people(6), Conventions(acts="public", claims="doubted"), world(game, events)


ALL = (books, price, three, four, lake, pasture, gifts)
