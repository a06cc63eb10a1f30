"""Coordination records for the tests: small worlds of the three games of deliberation, written by hand, and whole
episodes of any world."""

from collections.abc import Sequence
from typing import Any

from madata.schemas.episode import SCHEMA_VERSION, episode_id
from madata.validators.coordination.game import Game
from madata.validators.coordination.games import build
from madata.validators.coordination.play import play
from madata.validators.coordination.replay import ABILITY
from madata.validators.coordination.run import Run
from madata.validators.coordination.world import Event

Json = dict[str, Any]

CONVENTIONS: Json = {"speech": "turns", "delivery": "reliable", "channel": "messages"}
UNRELIABLE = CONVENTIONS | {"delivery": "unreliable"}
NAMES = ("Anna", "Ben", "Carla", "David", "Emma")
ENVELOPE = ("kind", "agent", "time", "to", "arrives")


def ids(agents: str | Sequence[int]) -> list[str]:
    """Agents as digits: "12" are a1 and a2."""
    return [f"a{agent}" for agent in agents]


def agents(count: int) -> list[Json]:
    return [{"id": f"a{number}", "name": NAMES[number], "role": "agent", "private": {}} for number in range(count)]


def player(agent: int, behaviour: str | None = "team", **more: Any) -> Json:
    return {"agent": f"a{agent}", "behaviour": behaviour, "switch": None, "leaves": None, **more}


def world(game: Json, behaviours: str, **more: Any) -> Json:
    """`behaviours` as words, one an agent; "-" is a model."""
    who = [None if word == "-" else word for word in behaviours.split()]
    return {
        "kind": "coordination",
        "game": game,
        "facts": [],
        "decisions": [],
        "actions": [],
        "order": ids(range(len(who))),
        "rounds": 6,
        "bandwidth": 2,
        "fates": [],
        "players": [player(number, behaviour) for number, behaviour in enumerate(who)],
        "events": [],
    } | more


def fact(number: int, name: str, value: int, known: str, scale: str = "s0") -> Json:
    return {"id": f"f{number}", "name": name, "scale": scale, "value": value, "known": ids(known)}


def maze(drawn: str, known: str, behaviours: str = "team team", **more: Any) -> Json:
    """Rows of a map: S start, G goal, # a wall. `known` likewise: digits of who knows a cell, "*" all, "-" nobody."""
    rows, who = drawn.split(), "".join(known.split())
    cells = "".join(rows)
    squares = [f"{row}{column}" for row in "ABCDE"[: len(rows)] for column in range(1, len(rows[0]) + 1)]
    everybody = "".join(str(agent) for agent in range(len(behaviours.split())))
    knowing = {"*": everybody, "-": ""}
    game = {
        "kind": "maze",
        "rows": len(rows),
        "columns": len(rows[0]),
        "squares": squares,
        "cells": [f"f{number}" for number in range(len(cells))],
        "start": cells.index("S"),
        "goal": cells.index("G"),
    }
    facts = [
        fact(number, f"square {squares[number]}", int(cell == "#"), knowing.get(mark, mark))
        for number, (cell, mark) in enumerate(zip(cells, who, strict=True))
    ]
    given: Json = {
        "scales": [
            {"id": "s0", "values": ["open", "a wall"]},
            {"id": "s1", "values": ["north", "south", "east", "west"]},
        ],
        "facts": facts,
        "decisions": [{"id": f"d{number}", "name": f"step {number}", "scale": "s1"} for number in range(len(cells))],
    }
    return world(game, behaviours, **(given | more))


def schedule(calendars: list[str], participants: list[str], behaviours: str, **more: Any) -> Json:
    """A row an agent, a digit a slot: 0 good, 1 poor, 2 cannot. Each knows its own."""
    slots = ["Monday", "Tuesday", "Friday", "Sunday"][: len(calendars[0])]
    cells = [(agent, slot, int(cell)) for agent, row in enumerate(calendars) for slot, cell in enumerate(row)]
    game = {
        "kind": "schedule",
        "slots": slots,
        "participants": [ids(each) for each in participants],
        "calendars": [
            [f"f{agent * len(row) + slot}" for slot in range(len(row))] for agent, row in enumerate(calendars)
        ],
        "costs": [0, 3],
    }
    given: Json = {
        "scales": [{"id": "s0", "values": ["good", "poor", "impossible"]}, {"id": "s1", "values": slots}],
        "facts": [
            fact(number, f"how {slots[slot]} suits {NAMES[agent]}", value, str(agent))
            for number, (agent, slot, value) in enumerate(cells)
        ],
        "decisions": [
            {"id": f"d{number}", "name": f"meeting {number + 1}", "scale": "s1"} for number in range(len(participants))
        ],
    }
    return world(game, behaviours, **(given | more))


def allocation(
    costs: list[str], durations: list[int], before: list[list[int]], behaviours: str, hour: int = 10, **more: Any
) -> Json:
    """A row an agent, a digit a task: 0 one coin, 1 four coins, 2 cannot. Each knows its own."""
    tasks = len(durations)
    game = {
        "kind": "allocation",
        "durations": durations,
        "before": before,
        "costs": [[f"f{agent * tasks + task}" for task in range(tasks)] for agent in range(len(costs))],
        "coins": [1, 4],
        "hour": hour,
    }
    given: Json = {
        "scales": [
            {"id": "s0", "values": ["1 coin", "4 coins", "cannot"]},
            {"id": "s1", "values": list(NAMES[: len(costs)])},
        ],
        "facts": [
            fact(agent * tasks + task, f"what {NAMES[agent]} takes for task {task + 1}", int(cell), str(agent))
            for agent, row in enumerate(costs)
            for task, cell in enumerate(row)
        ],
        "decisions": [{"id": f"d{task}", "name": f"task {task + 1}", "scale": "s1"} for task in range(tasks)],
    }
    return world(game, behaviours, **(given | more))


# Events.


def message(kind: str, agent: int, time: int, to: str, arrives: list[int | None] | None = None, **content: Any) -> Json:
    """Arrives at once, unless it is said otherwise."""
    arrived = [time] * len(to) if arrives is None else arrives
    return {"kind": kind, "agent": f"a{agent}", "time": time, "to": ids(to), "arrives": arrived, **content}


def told(facts: dict[int, int]) -> list[Json]:
    return [{"fact": f"f{fact}", "value": value} for fact, value in facts.items()]


def inform(agent: int, time: int, to: str, facts: dict[int, int], arrives: list[int | None] | None = None) -> Json:
    return message("inform", agent, time, to, arrives, facts=told(facts), choice=None)


def ask(agent: int, time: int, to: str, facts: list[int], arrives: list[int | None] | None = None) -> Json:
    return message("query-ref", agent, time, to, arrives, facts=[f"f{fact}" for fact in facts])


def propose(agent: int, time: int, to: str, plan: list[int], arrives: list[int | None] | None = None) -> Json:
    return message("propose", agent, time, to, arrives, plan=plan)


def accept(agent: int, time: int, to: str, proposal: int, arrives: list[int | None] | None = None) -> Json:
    return message("accept-proposal", agent, time, to, arrives, proposal=proposal)


def reject(
    agent: int, time: int, to: str, proposal: int, facts: dict[int, int], arrives: list[int | None] | None = None
) -> Json:
    return message("reject-proposal", agent, time, to, arrives, proposal=proposal, facts=told(facts))


def confirm(agent: int, time: int, to: str, message_: int, arrives: list[int | None] | None = None) -> Json:
    return message("confirm", agent, time, to, arrives, message=message_)


def leave(agent: int, time: int) -> Json:
    return {"kind": "leave", "agent": f"a{agent}", "time": time}


def act(agent: int, time: int, action: int) -> Json:
    return {"kind": "act", "agent": f"a{agent}", "time": time, "action": action}


# Games and episodes.


def game(given: Json, events: Sequence[Json] | None = None, **conventions: str) -> Game:
    people = agents(len(given["players"]))
    recorded = given if events is None else given | {"events": list(events)}
    return build({"world": recorded, "conventions": CONVENTIONS | conventions, "agents": people})


def played(given: Json, **conventions: str) -> list[Json]:
    """The events that the scripts of a world make."""
    judged = game(given, **conventions)
    return [written(event) for event in play(judged, Run(judged.world, judged.start()))]


def written(event: Event) -> Json:
    """An event as a record has it."""
    common: Json = {"kind": event.kind, "agent": f"a{event.agent}", "time": event.time}
    facts = told(dict(event.told))
    own: dict[str, Json] = {
        "inform": {"facts": facts, "choice": event.choice},
        "query-ref": {"facts": [f"f{fact}" for fact in event.asked]},
        "propose": {"plan": list(event.plan)},
        "accept-proposal": {"proposal": event.about},
        "reject-proposal": {"proposal": event.about, "facts": facts},
        "request": {"action": event.action},
        "confirm": {"message": event.about},
        "act": {"action": event.action},
        "leave": {},
    }
    sent = {"to": ids(event.to), "arrives": list(event.arrives)} if event.is_message else {}
    return common | sent | own[event.kind]


def episode(given: Json, queries: Sequence[Json] = (), **conventions: str) -> Json:
    """A whole episode with the events that its world has, with labels by the validators: for tests of what becomes of
    a record that is changed."""
    cast, conventions = agents(len(given["players"])), CONVENTIONS | conventions
    judged = build({"world": given, "conventions": conventions, "agents": cast})
    for agent in cast:
        agent["private"] = judged.private(agent["id"])
    turns = turns_of(judged, given["events"])
    kinds = {query["kind"] for query in queries}
    shown = {
        "understanding": bool(queries),
        "planning": bool(kinds & {"optimum", "fits", "best", "intends", "needs", "message"}),
        "communication": judged.communicates(),
        "adaptation": judged.adapts(),
    }
    content: Json = {
        "schema_version": SCHEMA_VERSION,
        "task": "coordination",
        "family": given["game"]["kind"],
        "capabilities": [capability for capability in shown if shown[capability]],
        "seed": "0/0/0",
        "difficulty": {},
        "conventions": conventions,
        "agents": cast,
        "world": given,
        "outcome": {**judged.outcome(), "words": 2 * sum("to" in event for event in given["events"])},
        "structure": "0" * 16,
        "turns": turns,
        "questions": [asked(judged, number, query) for number, query in enumerate(queries)],
    }
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


def turns_of(judged: Game, events: Sequence[Json]) -> list[Json]:
    everybody = judged.world.agents
    turns = [turn(0, 0, audience=everybody, text="The setting.")]
    headed = -1
    for index, (stored, event) in enumerate(zip(events, judged.record.events, strict=True)):
        present = ids(judged.world.present(event.time))
        if event.time > headed:
            headed = event.time
            turns.append(turn(len(turns), index, audience=present, text=f"Round {headed + 1}."))
        heard = stored.get("to", [])
        public = heard == [agent for agent in present if agent != stored["agent"]]
        content = {key: part for key, part in stored.items() if key not in ENVELOPE}
        spoken = {
            "speaker": stored["agent"],
            "channel": "public" if public else "private",
            "act": {"performative": stored["kind"], "content": content},
        }
        telling = spoken if "to" in stored else {"channel": "action"}
        audience = ids(judged.witnesses(event))
        turns.append(turn(len(turns), index, event=index, audience=audience, text="Some words.", **telling))
    return turns


def turn(index: int, time: int, **more: Any) -> Json:
    empty = {"speaker": None, "channel": "narration", "act": None, "event": None}
    return {"index": index, "time": time, **empty, **more}


def asked(judged: Game, number: int, query: Json) -> Json:
    options = (judged.entries(query) or ["0", "1", "it cannot be done"])[:40]
    derived = judged.answer({"query": query, "options": options})
    return {
        "id": f"q{number}",
        "ability": ABILITY[query["kind"]],
        "order": derived.order,
        "query": query,
        "text": "?",
        "options": list(dict.fromkeys([*options, *derived.answer])),
        "answer": derived.answer,
        "evidence": derived.evidence,
        "view": derived.view,
    }
