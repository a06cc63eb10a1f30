"""Bargains for the tests of the validators: records by hand, and games that random scripted parties play out.

Nothing of a record by hand is derived by the checks: what is stored stands in the test that stores it. Games played out
come from the checks' own definitions; they are for tampering with, not for showing what is right.
"""

from random import Random
from typing import Any

from madata.schemas.negotiation_structure import structure
from madata.validators.negotiation.bargain import Bargain
from madata.validators.negotiation.history import ending, withdrawn

Json = dict[str, Any]
CONVENTIONS: Json = {
    "turns": "alternating",
    "delivery": "instant",
    "claims": "believed",
    "values": "private",
    "promises": "binding",
    "acts": "public",
}
NAMES = ("Anna", "Ben", "Carla", "Dan", "Eva", "Finn")
BIDDINGS = ("boulware", "linear", "conceder", "tit_for_tat", "hard_headed", "fair_split")


def agents(number: int) -> list[Json]:
    return [{"id": f"a{n}", "name": NAMES[n], "role": "party", "private": {}} for n in range(number)]


def split(number: int, name: str, units: int) -> Json:
    return {"kind": "split", "id": f"i{number}", "name": name, "units": units}


def choice(number: int, name: str, *options: str) -> Json:
    return {"kind": "choice", "id": f"i{number}", "name": name, "options": list(options)}


def strategy(bidding: str, **more: Any) -> Json:
    usual = {"switch": None, "aspiration": None, "opens": 0, "says": [], "yields": False, "curt": False}
    return {"bidding": bidding, **usual, **more}


def says(time: int, kind: str, *to: str, **more: Any) -> Json:
    return {"time": time, "to": list(to), "kind": kind, "claim": None, "amount": None, "meant": True, **more}


def party(number: int, worth: list[Any], reservation: int, how: Json | None = None, deadline: int = 100) -> Json:
    agent = f"a{number}"
    return {"agent": agent, "worth": worth, "reservation": reservation, "deadline": deadline, "strategy": how}


def world(issues: list[Json], parties: list[Json], events: list[Json], **more: Any) -> Json:
    names = [party["agent"] for party in parties]
    game = {
        "kind": "bargain",
        "issues": issues,
        "order": names,
        "deadline": 6,
        "winning": [names],
        "delays": [],
        "parties": parties,
        **more,
    }
    return {"kind": "negotiation", "game": game, "events": events}


def event(kind: str, time: int, agent: str, to: str, **more: Any) -> Json:
    """`to` as in "a1 a2"."""
    return {"kind": kind, "agent": agent, "time": time, "delay": 0, "to": to.split(), **more}


def propose(time: int, agent: str, to: str, *deal: Any) -> Json:
    return event("propose", time, agent, to, deal=list(deal))


def accept(time: int, agent: str, to: str, proposal: int) -> Json:
    return event("accept-proposal", time, agent, to, proposal=proposal)


def reject(time: int, agent: str, to: str, proposal: int) -> Json:
    return event("reject-proposal", time, agent, to, proposal=proposal)


def withdraw(time: int, agent: str, to: str) -> Json:
    return event("withdraw", time, agent, to)


def priority(issue: str) -> Json:
    return {"kind": "priority", "issue": issue}


def limit(side: str, option: int) -> Json:
    return {"kind": "limit", "side": side, "option": option}


def question(number: int, query: Json, options: list[str], answer: list[str], evidence: list[int], **more: Any) -> Json:
    return {
        "id": f"q{number}",
        "ability": "understanding",
        "order": 0,
        "query": query,
        "text": "?",
        "options": options,
        "answer": answer,
        "evidence": evidence,
        "view": "reader",
        **more,
    }


def turn(**more: Any) -> Json:
    return {
        "index": 0,
        "time": 0,
        "speaker": None,
        "audience": [],
        "channel": "narration",
        "act": None,
        "text": "So it is.",
        "event": None,
        **more,
    }


def turns(cast: list[Json], events: list[Json]) -> list[Json]:
    """A setting for everybody, for each and for the reader, then the events."""
    everybody = [agent["id"] for agent in cast]
    found = [turn(audience=audience) for audience in (everybody, *([agent] for agent in everybody), [])]
    for number, each in enumerate(events):
        content = {key: value for key, value in each.items() if key not in ("kind", "agent", "time", "delay", "to")}
        found.append(
            turn(
                time=number,
                speaker=each["agent"],
                audience=sorted([each["agent"], *each["to"]]),
                channel="public" if len(each["to"]) == len(cast) - 1 else "private",
                act={"performative": each["kind"], "content": content},
                event=number,
            )
        )
    return [{**each, "index": number} for number, each in enumerate(found)]


def episode(
    world: Json, outcome: Json, private: list[Json], questions: list[Json], capabilities: list[str], **conventions: str
) -> Json:
    cast = [{**agent, "private": known} for agent, known in zip(agents(len(private)), private, strict=True)]
    rules = {**CONVENTIONS, **conventions}
    return {
        "schema_version": "1.0",
        "id": "negotiation-0123456789abcdef",
        "task": "negotiation",
        "family": "by_hand",
        "capabilities": capabilities,
        "seed": "0",
        "difficulty": {},
        "conventions": rules,
        "agents": cast,
        "world": world,
        "outcome": outcome,
        "structure": structure(world, rules, cast),
        "turns": turns(cast, world["events"]),
        "questions": questions,
        "provenance": {
            "generator": "by hand",
            "mode": "verbalise",
            "teachers": [],
            "spoken": [],
            "attempts": 1,
            "source": None,
        },
    }


def game(world: Json, **conventions: str) -> Bargain:
    return Bargain(world, {**CONVENTIONS, **conventions}, agents(len(world["game"]["parties"])))


# Played out.


def played(seed: int) -> Json:
    """An episode that scripted parties play out, with every kind of question that can be put."""
    random = Random(seed)
    number = random.choice((2, 2, 2, 3, 3, 4))
    only = random.random() < 0.25
    issues = [choice(0, "price", *(f"{n} dollars" for n in range(random.randint(3, 40))))] if only else []
    while not issues or (not only and len(issues) < random.randint(2, 4)):
        name = f"thing {len(issues)}"
        if random.random() < 0.6:
            issues.append(split(len(issues), name, random.randint(1, 4 if number < 4 else 2)))
        else:
            issues.append(choice(len(issues), name, *(f"option {n}" for n in range(random.randint(2, 4)))))
    deadline = random.randint(4, 14)
    conventions = {
        **CONVENTIONS,
        "turns": random.choice(("alternating", "alternating", "simultaneous")),
        "delivery": random.choice(("instant", "delayed")),
        "claims": random.choice(("believed", "doubted")),
        "promises": random.choice(("binding", "cheap")),
    }
    if all(issue["kind"] == "split" for issue in issues) and random.random() < 0.5:
        conventions["values"] = "permuted"
    numbers = [random.randint(0, 9) for _ in issues]
    names = [f"a{n}" for n in range(number)]
    order = random.sample(names, number)

    def worth() -> list[Any]:
        if conventions["values"] == "permuted":
            return random.sample(numbers, len(numbers))
        return [
            random.randint(0, 9) if issue["kind"] == "split" else [random.randint(0, 12) for _ in issue["options"]]
            for issue in issues
        ]

    def plan(agent: str) -> list[Json]:
        times = [t for t in range(deadline) if conventions["turns"] == "simultaneous" or order[t % number] == agent]
        others = [name for name in names if name != agent]
        found = []
        for time in times:
            some = sorted(random.sample(others, random.randint(1, len(others))))
            match random.choice(("inform", "query", "threaten", "promise", None, None, None, None)):
                case "inform":
                    claim = priority(f"i{random.randrange(len(issues))}")
                    if only and random.random() < 0.8:
                        options = len(issues[0]["options"])
                        claim = limit(random.choice(("most", "least")), random.randrange(options))
                    found.append(says(time, "inform", *some, claim=claim))
                case "promise":
                    found.append(says(time, "promise", random.choice(others), amount=random.randint(1, 4)))
                case "threaten":
                    found.append(says(time, "threaten", *some, meant=random.random() < 0.5))
                case "query":
                    found.append(says(time, "query", *some))
        return found

    parties = []
    for n, name in enumerate(names):
        switch = {"time": random.randint(1, 6), "bidding": random.choice(BIDDINGS)} if random.random() < 0.4 else None
        how = strategy(random.choice(BIDDINGS), switch=switch, says=plan(name))
        how |= {"yields": random.random() < 0.5, "curt": random.random() < 0.5}
        silent = random.random() < 0.05
        parties.append(
            party(n, worth(), random.randint(0, 15), None if silent else how, random.randint(deadline // 2, 20))
        )
    winning = [names] if random.random() < 0.6 else [sorted(random.sample(names, max(2, number - 1)))]
    delays = [random.randint(0, 2) for _ in range(3)] if conventions["delivery"] == "delayed" else []
    rules = {"order": order, "deadline": deadline, "winning": winning, "delays": delays}
    events = play(world(issues, parties, [], **rules), conventions)
    return labelled(world(issues, parties, events, **rules), conventions)


def play(world: Json, conventions: Json) -> list[Json]:
    bargain = Bargain(world, conventions, agents(len(world["game"]["parties"])))
    acts: list[Any] = []
    for time, agent in bargain.record.rules.slots(0):
        script = bargain.record.scripts[agent]
        if script is None or agent in withdrawn(acts):
            continue
        for act in script.move(acts, time):
            acts.append(act)
            if ending(acts, bargain.record.rules):
                return [written(bargain, act) for act in acts]
    return [written(bargain, act) for act in acts]


def written(bargain: Bargain, act: Any) -> Json:
    found = event(act.kind, act.time, act.agent, " ".join(act.to)) | {"delay": act.hearing - act.time - 1}
    match act.kind:
        case "propose":
            found["deal"] = bargain.record.domain.json(act.deal)
        case "accept-proposal" | "reject-proposal":
            found["proposal"] = act.proposal
        case "inform":
            found["claim"] = act.claim
        case "promise":
            found["amount"] = act.amount
        case "query":
            found["about"] = "priority"
    return found


def labelled(world: Json, conventions: Json) -> Json:
    cast = agents(len(world["game"]["parties"]))
    bargain = Bargain(world, conventions, cast)
    asked = []
    for query in queries(world):
        options = [f"move {n}" for n in range(len(query.get("moves", ())))]
        if query["kind"] == "reply" and not bargain.asked._is_scripted():
            options.append("undetermined")
        draft = question(len(asked), query, options, [], [])
        try:
            derived = bargain.answer(draft)
        except ValueError:
            continue
        wrong = [option for option in CANDIDATES if bargain.legible(query, option) and option not in derived.answer]
        options = options or [*derived.answer, *wrong[:3]]
        asked.append({**draft, **derived._asdict(), "options": options})
    kinds = {each["query"]["kind"] for each in asked}
    shown = [
        "understanding",
        *(["planning"] if kinds & {"reply", "paid"} else []),
        *(["communication"] if any(e["kind"] not in SILENT for e in world["events"]) else []),
        *(["adaptation"] if bargain.adapts() else []),
    ]
    private = [bargain.private(agent["id"]) for agent in cast]
    return episode(world, bargain.outcome(), private, asked, shown, **conventions)


SILENT = ("accept-proposal", "reject-proposal", "withdraw")
CANDIDATES = (
    *("yes", "no", "0", "1", "77", "price", "thing 0", "thing 1", "no settled belief", "undetermined", "never", "77th"),
    *("it paid", "it backfired", "option 0", "option 1", "0 dollars", "1 dollars"),
)


def queries(world: Json) -> list[Json]:
    events, issues = world["events"], world["game"]["issues"]
    names = [each["agent"] for each in world["game"]["parties"]]
    found: list[Json] = [{"kind": "zone"}, *({"kind": "switch", "agent": name} for name in names)]
    for number, each in enumerate(events):
        match each["kind"]:
            case "propose":
                found += [{"kind": "points", "proposal": number, "agent": name} for name in names[:1]]
                found += [{"kind": "rational", "proposal": number, "agent": name} for name in names[1:2]]
                found.append({"kind": "pareto", "proposal": number})
                agent = names[0] if issues[0]["kind"] == "split" else None
                found.append({"kind": "offer", "proposal": number, "issue": "i0", "agent": agent})
                moves = [{"move": "accept", "deal": None}, {"move": "withdraw", "deal": None}]
                moves.append({"move": "propose", "deal": each["deal"]})
                time = each["time"] + 1
                found += [
                    {"kind": "reply", "agent": name, "proposal": number, "time": time, "moves": moves} for name in names
                ]
            case "inform" | "threaten":
                found += [{"kind": "bluff", "event": number}, {"kind": "paid", "event": number}]
    found += [{"kind": "implied", "agent": name, "time": 100} for name in names]
    found += [{"kind": "valued", "chain": [names[0]], "about": name, "time": 100} for name in names]
    return found
