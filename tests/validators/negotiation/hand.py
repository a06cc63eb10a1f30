"""Records of commons and donor games, written by hand for the tests: each event as it would stand in a file."""

from collections.abc import Sequence
from typing import Any

from madata.schemas.episode import SCHEMA_VERSION, episode_id
from madata.schemas.structure import structure
from madata.validators.trial import Derived, Trial

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


def record(game: Json, events: list[Json], queries: list[Json], **conventions: str) -> Json:
    """A whole episode, with labels by the validators: for tests of what becomes of a record that is changed."""
    told, cast = CONVENTIONS | conventions, agents(len(game["parties"]))
    content: Json = {
        "schema_version": SCHEMA_VERSION,
        "task": "negotiation",
        "family": game["kind"],
        "seed": "0/0/0",
        "difficulty": {},
        "conventions": told,
        "agents": cast,
        "world": world(game, events),
        "questions": [],
    }
    judged = Trial(content).game
    for agent in cast:
        agent["private"] = judged.private(agent["id"])
    everybody = [agent["id"] for agent in cast]
    content["outcome"] = judged.outcome()
    content["turns"] = [
        turn(0, 0, audience=everybody, channel="narration"),
        *(telling(index, event, everybody, judged.hearers(index).others) for index, event in enumerate(events)),
    ]
    content["questions"] = [
        asked(number, query, judged.answer({"query": query})) for number, query in enumerate(queries)
    ]
    kinds = {query["kind"] for query in queries}
    shown = {
        "understanding": True,
        "planning": bool(kinds & {"sustain", "last", "would"}),
        "communication": any(event["kind"] in ("propose", "inform") for event in events),
        "adaptation": judged.adapts(),
    }
    content["capabilities"] = [capability for capability in shown if shown[capability]]
    content["structure"] = structure("negotiation", content["world"], told, cast)
    content["id"] = episode_id(content)
    content["provenance"] = {
        "generator": "by hand",
        "mode": "verbalise",
        "teachers": [{"name": "scripted", "revision": "", "sampling": {}}],
        "spoken": [],
        "attempts": 1,
        "source": None,
    }
    return content


def turn(index: int, time: int, **more: Any) -> Json:
    return {"index": index, "time": time, "speaker": None, "act": None, "text": "Text.", "event": None, **more}


def telling(index: int, event: Json, everybody: list[str], others: Sequence[str]) -> Json:
    action = event["kind"] in ("harvest", "donate", "punish")
    private = len(event["to"]) < len(others)
    content = {key: value for key, value in event.items() if key not in ("kind", "agent", "time", "delay", "to")}
    return turn(
        index + 1,
        index,
        speaker=None if action else event["agent"],
        audience=[agent for agent in everybody if agent == event["agent"] or agent in event["to"]],
        channel="action" if action else "private" if private else "public",
        act=None if action else {"performative": event["kind"], "content": content},
        event=index,
    )


def asked(number: int, query: Json, derived: Derived) -> Json:
    return {
        "id": f"q{number}",
        "ability": "test",
        "order": derived.order,
        "query": query,
        "text": "?",
        "options": list(dict.fromkeys([*derived.answer, *OPTIONS[query["kind"]]])),
        "answer": derived.answer,
        "evidence": derived.evidence,
        "view": derived.view,
    }


OPTIONS = {
    "stock": ["0", "1"],
    "sustain": ["0", "1"],
    "took": ["0", "no settled belief"],
    "kept": ["nobody", "Anna"],
    "last": ["1", "2"],
    "gave": ["0", "no settled belief"],
    "had": ["0", "1"],
    "would": ["0", "1"],
    "stays": ["nobody", "Anna"],
    "bluff": ["yes", "no"],
    "switch": ["never", "1st"],
}
