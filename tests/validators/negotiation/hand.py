"""Records of commons and donor games, written by hand for the tests: each event as it would stand in a file."""

from typing import Any

Json = dict[str, Any]
CONVENTIONS: Json = {
    "turns": "alternating",
    "delivery": "instant",
    "claims": "believed",
    "values": "private",
    "promises": "binding",
    "acts": "public",
}
NAMES = ("Anna", "Ben", "Carla", "David", "Emma", "Finn")


def agents(count: int) -> list[Json]:
    return [{"id": f"a{number}", "name": NAMES[number], "role": "party", "private": {}} for number in range(count)]


def event(kind: str, agent: int, time: int, to: str, **more: Any) -> Json:
    """`to` as digits: "12" goes to a1 and a2."""
    return {
        "kind": kind,
        "agent": f"a{agent}",
        "time": time,
        "delay": 0,
        "to": [f"a{digit}" for digit in to],
        **more,
    }


def others(agent: int, count: int = 3) -> str:
    return "".join(str(number) for number in range(count) if number != agent)


# Commons, of three.


def harvester(agent: int, harvesting: str | None, **more: Any) -> Json:
    return {
        "agent": f"a{agent}",
        "harvesting": harvesting,
        "switch": None,
        "leads": False,
        "punishes": False,
        "reports": "silent",
        **more,
    }


def commons(parties: list[Json], **more: Any) -> Json:
    return {
        "kind": "commons",
        "resource": "fish",
        "stock": 30,
        "capacity": 30,
        "growth": 100,
        "collapse": 5,
        "rounds": 3,
        "cost": 0,
        "fine": 0,
        "parties": parties,
        **more,
    }


def harvests(number: int, *amounts: int, public: bool = True) -> list[Json]:
    count = len(amounts)
    return [
        event("harvest", agent, 3 * number + 1, others(agent, count) if public else "", amount=amount)
        for agent, amount in enumerate(amounts)
    ]


def propose(agent: int, quota: int, time: int = 0) -> Json:
    return event("propose", agent, time, others(agent), deal=[quota])


def respond(agent: int, verdict: str, proposal: int = 0, time: int = 3) -> Json:
    return event(f"{verdict}-proposal", agent, time, others(agent), proposal=proposal)


def took(agent: int, time: int, number: int, amount: int) -> Json:
    return event("inform", agent, time, others(agent), claim={"kind": "took", "round": number, "amount": amount})


def punish(agent: int, time: int, target: int) -> Json:
    return event("punish", agent, time, others(agent), target=f"a{target}")


# Donor.


def giver(
    agent: int, giving: str | None, gossip: str = "silent", generation: int = 0, heir_of: int | None = None
) -> Json:
    return {
        "agent": f"a{agent}",
        "generation": generation,
        "giving": giving,
        "gossip": gossip,
        "heir_of": None if heir_of is None else f"a{heir_of}",
    }


def meeting(generation: int, donor: int, recipient: int, gossip: int | None = None) -> Json:
    return {
        "generation": generation,
        "donor": f"a{donor}",
        "recipient": f"a{recipient}",
        "gossip": None if gossip is None else f"a{gossip}",
    }


def donor(parties: list[Json], meetings: list[Json], **more: Any) -> Json:
    return {"kind": "donor", "endowment": 8, "multiplier": 2, "meetings": meetings, "parties": parties, **more}


def donate(number: int, agent: int, recipient: int, amount: int, to: str) -> Json:
    return event("donate", agent, 2 * number + 1, to, recipient=f"a{recipient}", amount=amount)


def gave(number: int, agent: int, to: int, about: int, meeting: int, amount: int) -> Json:
    claim = {"kind": "gave", "agent": f"a{about}", "meeting": meeting, "amount": amount}
    return event("inform", agent, 2 * number, str(to), claim=claim)


# Whole records.


def world(game: Json, events: list[Json]) -> Json:
    return {"kind": "negotiation", "game": game, "events": events}
