"""CaSiNo (arXiv 2103.15721): 930 negotiations of two people each about food, water and firewood for a camping trip.

A row of `casino_train.json` or `casino_valid.json`, shortened:

    {"dialogue_id": 938,
     "participant_info": {
        "mturk_agent_1": {"value2issue": {"High": "Firewood", "Medium": "Food", "Low": "Water"},
                          "value2reason": {"High": "It gets cold at night where I am going camping, ..", ..},
                          "outcomes": {"points_scored": 22, "satisfaction": "Extremely satisfied", ..}, ..}, ..},
     "chat_logs": [{"text": "So you need 3 water and 1 firewood?", "task_data": {}, "id": "mturk_agent_1"}, ..,
                   {"text": "Submit-Deal", "id": "mturk_agent_2",
                    "task_data": {"issue2youget": {"Water": "3", ..}, "issue2theyget": {"Water": "0", ..}}},
                   {"text": "Accept-Deal", "task_data": {"data": "accept_deal"}, "id": "mturk_agent_1"}]}

A row becomes a bargain of three splits, each of three packages, worth 5, 4 and 3 points to whom they matter most, less
and least, and of 5 points without a deal. The four buttons (Submit-Deal, Accept-Deal, Reject-Deal, Walk-Away) are its
events, at the time that is their place in the log, and the turn that tells one spells the deal out. Whatever else was
written is a turn without event, its text never edited: what it offers or claims is nobody's to say for certain.

Both knew that 5, 4 and 3 were given out and not to which item (`permuted`); they wrote when they liked
(`simultaneous`); they were free to say of themselves what they liked (`doubted`), and only a deal accepted with the
buttons bound them (`cheap`). Nobody was held to a time: the deadline is the end of the log.

Labels are derived from priorities and deals, never taken from the file. What the file has of its own, scores above all,
stays in `provenance.source.text`, where the check `scores` compares it; demographics and personality are left out. What
these people did is summed up in docs/casino.md.
"""

from collections.abc import Iterator, Sequence
from itertools import permutations
from pathlib import Path
from typing import Annotated, Any, Literal

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from madata.generators.importers import ImportFailed, first, load, valid
from madata.generators.negotiation.bargain.answers import answer
from madata.generators.negotiation.bargain.table import Table
from madata.generators.negotiation.capabilities import capabilities
from madata.generators.negotiation.private import private
from madata.generators.negotiation.unplayable import Unplayable
from madata.schemas import SCHEMA_VERSION, Agent, episode_id, structure
from madata.schemas.negotiation import (
    Accept,
    Bargain,
    Conventions,
    Deal,
    Move,
    NegotiationQuery,
    ParetoQuery,
    Party,
    PointsQuery,
    Propose,
    RationalQuery,
    Reject,
    Split,
    Withdraw,
    ZoneQuery,
)
from madata.schemas.tasks import NegotiationEpisode
from madata.schemas.words import NO, YES, name_list

NAME = "casino"
LICENCE = "CC-BY-4.0"
ALLOWED_USE = "training"
SOURCE = "https://github.com/kushalchawla/CaSiNo"

Item = Literal["Food", "Water", "Firewood"]
Level = Literal["High", "Medium", "Low"]
Person = Literal["mturk_agent_1", "mturk_agent_2"]

ITEMS: tuple[Item, ...] = ("Food", "Water", "Firewood")
POINTS: dict[Level, int] = {"High": 5, "Medium": 4, "Low": 3}
PACKAGES = 3
NO_DEAL = 5
AGENTS: dict[Person, Agent] = {
    "mturk_agent_1": Agent(id="a0", name="Camper 1", role="camper"),
    "mturk_agent_2": Agent(id="a1", name="Camper 2", role="camper"),
}
NAMES = {agent.id: agent.name for agent in AGENTS.values()}
CONVENTIONS = Conventions(turns="simultaneous", claims="doubted", values="permuted", promises="cheap")
SETTING = (
    "Two campers divide what they found besides their own supplies: 3 packages of food, 3 of water and 3 of firewood. "
    "Each package of what a camper needs most is worth 5 points to that camper, of what comes next 4, and of what is "
    "needed least 3; which is which, only the camper knows. Both may write at any time. What they say of themselves "
    "may be false, and nothing binds them but a deal that one submits and the other accepts. Without a deal each gets "
    "5 points."
)


class Row(BaseModel):
    """What is read of a row; strict, and what else it has is left alone."""

    model_config = ConfigDict(strict=True)


class Outcomes(Row):
    points_scored: int
    satisfaction: str
    opponent_likeness: str


class Participant(Row):
    value2issue: dict[Level, Item]
    value2reason: dict[Level, str]
    outcomes: Outcomes

    @model_validator(mode="after")
    def complete(self) -> "Participant":
        if sorted(self.value2issue.values()) != sorted(ITEMS) or self.value2reason.keys() != POINTS.keys():
            raise ValueError("High, Medium and Low should each have an item of its own, and a reason")
        return self

    @property
    def worth(self) -> dict[Item, int]:
        return {item: POINTS[level] for level, item in self.value2issue.items()}


class Submitted(Row):
    """What a submitted deal gives the one who submits it; the other gets the rest."""

    issue2youget: dict[Item, Annotated[str, Field(pattern="^[0-3]$")]]
    issue2theyget: dict[Item, Annotated[str, Field(pattern="^[0-3]$")]]

    @model_validator(mode="after")
    def complete(self) -> "Submitted":
        for item in ITEMS:
            if int(self.issue2youget.get(item, 9)) + int(self.issue2theyget.get(item, 9)) != PACKAGES:
                raise ValueError(f"the packages of {item} should add up to {PACKAGES}")
        return self


class Utterance(Row):
    text: str
    task_data: dict[str, Any]
    id: Person


class Dialogue(Row):
    dialogue_id: int
    participant_info: dict[Person, Participant]
    chat_logs: list[Utterance]

    @model_validator(mode="after")
    def complete(self) -> "Dialogue":
        if self.participant_info.keys() != AGENTS.keys() or not self.chat_logs:
            raise ValueError("two participants should have written something")
        return self


def read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Episodes (JSON values) of CaSiNo files, one a dialogue, in the files' order. Raises `ImportFailed`."""
    seen: set[int] = set()
    for path in paths:
        rows = load(path, "casino_train.json or casino_valid.json", SOURCE)
        if not isinstance(rows, list):
            raise ImportFailed(f"{path}: not a CaSiNo file; it should be one list of dialogues")
        for number, row in valid(path, rows, Dialogue):
            if row.dialogue_id in seen:
                raise ImportFailed(f"{path}, row {number}: dialogue {row.dialogue_id} occurs twice; remove one of them")
            seen.add(row.dialogue_id)
            yield episode(row, f"{path}, dialogue {row.dialogue_id}")


def episode(row: Dialogue, where: str) -> dict[str, Any]:
    table = Table(list(AGENTS.values()), CONVENTIONS, game(row))
    turns = setting(row)
    for time, said in enumerate(row.chat_logs):
        try:
            turns.append(turn(len(turns), said, table, time))
        except ValidationError as error:
            raise ImportFailed(f"{where}, utterance {time}: {first(error)}; mend or remove the dialogue") from error
        except Unplayable as error:
            raise ImportFailed(f"{where}, utterance {time}: {error.why}; mend or remove the dialogue") from error
    deals = [(index, event.deal) for index, event in enumerate(table.events) if event.kind == "propose"]
    asked = [each for number, (index, deal) in enumerate(deals, start=1) for each in about(table, index, deal, number)]
    if not deals:
        text = f"Is there a deal that gives both campers at least {NO_DEAL} points?"
        asked.append(ask(table, ZoneQuery(), "zone", text, [YES, NO]))
    privately = private(table.game)
    agents = [{**agent.model_dump(), "private": privately[agent.id]} for agent in AGENTS.values()]
    world, conventions = table.world().model_dump(), CONVENTIONS.model_dump()
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "task": "negotiation",
        "family": NAME,
        "capabilities": capabilities(table, [question["query"]["kind"] for question in asked]),
        "seed": f"{NAME}-{row.dialogue_id}",
        "difficulty": {"offers": len(deals), "utterances": len(row.chat_logs)},
        "conventions": conventions,
        "agents": agents,
        "world": world,
        "outcome": table.outcome().model_dump(),
        "structure": structure("negotiation", world, conventions, agents),
        "turns": turns,
        "questions": [{"id": f"q{number}", **question} for number, question in enumerate(asked, start=1)],
        "provenance": {
            "generator": f"madata.generators.importers.{NAME}",
            "teachers": [],
            "attempts": 1,
            "source": {
                "name": "CaSiNo",
                "item": str(row.dialogue_id),
                "licence": LICENCE,
                "allowed_use": ALLOWED_USE,
                "text": orjson.dumps(row.model_dump(include={"participant_info"})).decode(),
            },
        },
    }
    try:
        checked = NegotiationEpisode.model_validate({"id": episode_id(content), **content})
    except ValidationError as error:
        raise ImportFailed(f"{where}: {first(error)}; mend or remove the dialogue") from error
    return checked.model_dump(mode="json")


def game(row: Dialogue) -> Bargain:
    time = len(row.chat_logs)
    ids = [agent.id for agent in AGENTS.values()]
    return Bargain(
        issues=[Split(id=f"i{number}", name=item.lower(), units=PACKAGES) for number, item in enumerate(ITEMS)],
        order=ids,
        deadline=time,
        winning=[ids],
        parties=[
            Party(
                agent=agent.id,
                worth=[row.participant_info[person].worth[item] for item in ITEMS],
                reservation=NO_DEAL,
                deadline=time,
            )
            for person, agent in AGENTS.items()
        ],
    )


# Turns.


def setting(row: Dialogue) -> list[dict[str, Any]]:
    """What both are told, and each alone: its points and why, in its own words."""
    told: list[tuple[list[str], str]] = [(list(NAMES), SETTING)]
    for person, agent in AGENTS.items():
        participant = row.participant_info[person]
        needs = " ".join(
            f'{item} is worth {POINTS[level]} points a package: "{participant.value2reason[level]}"'
            for level, item in participant.value2issue.items()
        )
        told.append(([agent.id], f"{agent.name} alone knows: {needs} No deal is worth {NO_DEAL} points."))
    blank = {"time": 0, "speaker": None, "channel": "narration", "act": None, "event": None}
    return [
        {**blank, "index": index, "audience": audience, "text": text} for index, (audience, text) in enumerate(told)
    ]


def turn(index: int, said: Utterance, table: Table, time: int) -> dict[str, Any]:
    """The turn of an utterance; what a button did is put on the table."""
    speaker = AGENTS[said.id].id
    told: dict[str, Any] = {
        "index": index,
        "time": len(table.events),
        "speaker": speaker,
        "audience": list(NAMES),
        "channel": "public",
        "act": None,
        "text": said.text,
        "event": None,
    }
    if (move := pressed(said, table, time)) is None:
        return told
    table.add(move)
    content = move.model_dump(exclude={"kind", "agent", "time", "delay", "to"})
    deal = f": {spelt(move.deal, speaker)}" if move.kind == "propose" else ""
    act = {"performative": move.kind, "content": content}
    return {**told, "act": act, "text": f"{said.text}{deal}", "event": len(table.events) - 1}


def pressed(said: Utterance, table: Table, time: int) -> Move | None:
    """The move of a button; None for what was written."""
    speaker = AGENTS[said.id].id
    who: dict[str, Any] = {"agent": speaker, "time": time, "to": table.others(speaker)}
    match said.text:
        case "Submit-Deal":
            submitted = Submitted.model_validate(said.task_data)
            mine = {item: int(submitted.issue2youget[item]) for item in ITEMS}
            shares = [[mine[item] if id == speaker else PACKAGES - mine[item] for id in NAMES] for item in ITEMS]
            return Propose(**who, deal=list(shares))
        case "Accept-Deal":
            return Accept(**who, proposal=latest(table, said))
        case "Reject-Deal":
            return Reject(**who, proposal=latest(table, said))
        case "Walk-Away":
            return Withdraw(**who)
    return None


def latest(table: Table, said: Utterance) -> int:
    """The deal that an answer answers."""
    submitted = [index for index, event in enumerate(table.events) if event.kind == "propose"]
    if not submitted:
        raise Unplayable("chat_logs", f"{said.text} before any Submit-Deal")
    return submitted[-1]


def spelt(deal: Deal, speaker: str) -> str:
    """A deal in the words of the one who submits it."""

    def share(agent: str) -> str:
        units = zip(ITEMS, portion(deal, agent), strict=True)
        return name_list([f"{count} {item.lower()}" for item, count in units])

    [other] = [id for id in NAMES if id != speaker]
    return f"I get {share(speaker)}; you get {share(other)}."


def portion(deal: Deal, agent: str) -> list[int]:
    place = list(NAMES).index(agent)
    return [entry[place] for entry in deal if isinstance(entry, list)]


# Questions.


def about(table: Table, proposal: int, deal: Deal, number: int) -> Iterator[dict[str, Any]]:
    """What is asked of the `number`-th submitted deal."""
    the_deal = f"Deal {number} of those submitted"
    # Under all arrangements of 5, 4 and 3, a share and the rest never have the same points.
    arranged = list(permutations(POINTS.values()))
    worths = {
        sum(points * count for points, count in zip(points, portion(deal, agent), strict=True))
        for agent in NAMES
        for points in arranged
    }
    figures = [str(worth) for worth in sorted(worths)]
    for agent, name in NAMES.items():
        query = PointsQuery(proposal=proposal, agent=agent)
        yield ask(table, query, "utility", f"{the_deal}: how many points is it worth to {name}?", figures)
    for agent, name in NAMES.items():
        rational = RationalQuery(proposal=proposal, agent=agent)
        text = f"{the_deal}: is it at least as good for {name} as having no deal?"
        yield ask(table, rational, "rationality", text, [YES, NO])
    text = f"{the_deal}: is it Pareto optimal, so that no deal is better for one camper and as good for the other?"
    yield ask(table, ParetoQuery(proposal=proposal), "pareto", text, [YES, NO])


def ask(table: Table, query: NegotiationQuery, ability: str, text: str, options: list[str]) -> dict[str, Any]:
    known = answer(table, query)
    return {
        "ability": ability,
        "order": known.order,
        "query": query.model_dump(),
        "text": text,
        "options": options,
        "answer": known.answer,
        "evidence": known.evidence,
        "view": known.view,
    }
