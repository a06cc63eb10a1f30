"""DeliData (arXiv 2108.05271): 500 groups of two to six people who decide together which cards to turn.

The three files of the corpus in ConvoKit's layout, shortened:

    utterances.jsonl.gz     {"conversation_id": "0063..tsv", "speaker": "d6c3..", "text": "Hello",
                             "timestamp": "2021-04-28 19:25:26.266539+00:00", ..} a line, NaN allowed
    speakers.json.gz        {"d6c3..": {"meta": {"finalanswer": "A7", "correct_flag": true}, ..}, ..}
    conversations.json.gz   {"0063..tsv": {"meta": {"correct_ratio": 0.33, ..}, ..}, ..}

The task is Wason's: four cards show a vowel, a consonant, an odd and an even number; which of them have to be turned to
test the rule that all cards with a vowel have an even number on the other side? (The vowel and the odd number.) A group
talks, then each answers alone.

A conversation becomes an episode of the game `wason`: each utterance a turn without event, heard by all, its text never
edited (blank ones are left out) and its second on the clock; each final answer an act. The file does not say which four
cards a group saw; `cards` are those that final answers name. Whether an answer is right is derived from its cards; what
the file says of that stays in `provenance.source.text`, where the check `scores` compares it. What these people did is
summed up in docs/delidata.md.
"""

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import Annotated, Any, NamedTuple, TypeVar

import orjson
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from madata.generators.importers import ImportFailed, first, valid
from madata.schemas import SCHEMA_VERSION, episode_id, structure
from madata.schemas.coordination.games.wason import Wason
from madata.schemas.coordination.language import (
    Act,
    BestQuery,
    Conventions,
    CoordinationOutcome,
    Event,
    Milestone,
    Player,
)
from madata.schemas.coordination.world import CoordinationWorld
from madata.schemas.tasks import CoordinationEpisode
from madata.schemas.words import name_list

NAME = "delidata"
LICENCE = "CC-BY-4.0"
ALLOWED_USE = "training"
SOURCE = "https://convokit.cornell.edu/documentation/delidata.html"

LARGEST = 100_000_000
"""Bytes of a file, unpacked."""
OPTIONS = 4
CONVENTIONS = Conventions(speech="concurrent")
SETTING = (
    "Four cards lie on the table: one shows a vowel, one a consonant, one an odd number and one an even number. Each "
    "has a letter on one side and a number on the other. The rule: all cards with a vowel on one side have an even "
    "number on the other. Which cards have to be turned to test it, and no others? All may write at any time; then "
    "each answers alone."
)

T = TypeVar("T")


class Row(BaseModel):
    """What is read of a row; strict, and what else it has is left alone."""

    model_config = ConfigDict(strict=True)


class Utterance(Row):
    conversation_id: str
    speaker: str
    text: str
    timestamp: Annotated[str, Field(max_length=40)]

    @property
    def time(self) -> datetime:
        """Raises `ValueError` for what is none, or has no zone: it could not be put before or after the others."""
        return datetime.strptime(self.timestamp, "%Y-%m-%d %H:%M:%S.%f%z")


class SpeakerMeta(Row):
    finalanswer: Annotated[str, Field(max_length=8, pattern=r"^\w*$")]
    correct_flag: bool


class Speaker(Row):
    meta: SpeakerMeta


class ConversationMeta(Row):
    correct_ratio: float


class Conversation(Row):
    meta: ConversationMeta


class Files(NamedTuple):
    utterances: Path
    speakers: Path
    conversations: Path


def read(paths: Sequence[Path]) -> Iterator[dict[str, Any]]:
    """Episodes (JSON values), one a conversation, in the order of the file of conversations. Raises `ImportFailed`."""
    files = named(paths)
    conversations = table(files.conversations, Conversation)
    speakers = table(files.speakers, Speaker)
    said: dict[str, list[Utterance]] = {conversation: [] for conversation in conversations}
    for number, row in valid(files.utterances, parsed(files.utterances), Utterance):
        where = f"{files.utterances}, row {number}"
        if row.conversation_id not in said or row.speaker not in speakers:
            raise ImportFailed(f"{where}: its conversation or speaker is in no other file; fetch all three again")
        try:
            row.time.timestamp()
        except ValueError as error:
            raise ImportFailed(f"{where}: timestamp {row.timestamp!r} is no time; mend or remove the row") from error
        said[row.conversation_id].append(row)
    for conversation, utterances in said.items():
        where = f"{files.conversations}, {conversation}"
        try:
            yield episode(conversation, utterances, speakers)
        except ValidationError as error:
            raise ImportFailed(f"{where}: {first(error)}; mend or remove the conversation") from error


def named(paths: Sequence[Path]) -> Files:
    """The three files among those named."""
    by_part = {part: [path for path in paths if path.name.startswith(part)] for part in Files._fields}
    for part, found in by_part.items():
        if len(found) != 1:
            raise ImportFailed(f"{len(found)} of the files are called {part}*: name DeliData's three, or their folder")
    return Files(*(found for (found,) in by_part.values()))


def unpacked(path: Path) -> str:
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise ImportFailed(f"{path}: more than {LARGEST:,} bytes unpacked; fetch the file again from {SOURCE}")
        return content.decode("utf-8")
    except (EOFError, UnicodeDecodeError, zlib.error, gzip.BadGzipFile) as error:
        raise ImportFailed(f"{path}: not a file of DeliData ({error}); fetch it again from {SOURCE}") from error
    except OSError as error:
        raise ImportFailed(f"{path}: {error.strerror}; name a file that can be read") from error


def value(path: Path, text: str, place: str) -> Any:
    """JSON as ConvoKit writes it: with NaN, which is none."""
    try:
        found = json.loads(text, parse_constant=lambda constant: None)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text, and could not be written
    except (ValueError, RecursionError) as error:
        raise ImportFailed(f"{path}{place}: not JSON; fetch the file again from {SOURCE}") from error
    return found


def parsed(path: Path) -> Iterator[Any]:
    for number, line in enumerate(unpacked(path).splitlines(), start=1):
        yield value(path, line, f", row {number}")


def table(path: Path, row: type[T]) -> dict[str, T]:
    try:
        return TypeAdapter(dict[str, row]).validate_python(value(path, unpacked(path), ""))  # type: ignore[valid-type]
    except ValidationError as error:
        raise ImportFailed(f"{path}, {first(error)}; fetch the file again from {SOURCE}") from error


def episode(conversation: str, utterances: Sequence[Utterance], speakers: Mapping[str, Speaker]) -> dict[str, Any]:
    """Raises Pydantic's `ValidationError` for what is no episode, such as a conversation of one."""
    spoken = sorted((each for each in utterances if each.text.strip()), key=lambda each: each.time)
    people = list(dict.fromkeys(each.speaker for each in spoken))
    ids = {person: f"a{number}" for number, person in enumerate(people)}
    names = {id: f"Member {number}" for number, id in enumerate(ids.values(), start=1)}
    agents = [{"id": id, "name": name, "role": "member", "private": {}} for id, name in names.items()]
    answers = [tuple(sorted(set(speakers[person].meta.finalanswer))) for person in people]
    selections = offered(answers)
    seconds = [int((each.time - spoken[0].time).total_seconds()) for each in spoken]
    chosen = zip(ids.values(), answers, strict=True)
    acts: list[Event] = [Act(agent=agent, time=0, action=selections.index(answer)) for agent, answer in chosen]
    world = CoordinationWorld(
        game=Wason(
            cards=sorted({card for answer in answers for card in answer}),
            clock=[0, *seconds, *[max(seconds, default=0)] * len(acts)],
        ),
        scales=[],
        facts=[],
        decisions=[],
        actions=[f"turn {name_list(list(each)) if each else 'no card'}" for each in selections],
        order=list(names),
        rounds=1,
        bandwidth=1,
        fates=[],
        players=[Player(agent=agent) for agent in names],
        events=acts,
    ).model_dump()
    correct = [right(answer) for answer in answers]
    conventions = CONVENTIONS.model_dump()
    questions = asked(selections, world["actions"])
    content: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "task": "coordination",
        "family": NAME,
        "capabilities": ["understanding", "planning"] if questions else [],
        "seed": f"{NAME}-{conversation.removesuffix('.tsv')}",
        "difficulty": {"agents": len(people), "utterances": len(spoken)},
        "conventions": conventions,
        "agents": agents,
        "world": world,
        "outcome": outcome(answers, correct).model_dump(),
        "structure": structure("coordination", world, conventions, agents),
        "turns": turns(spoken, ids, names, world),
        "questions": questions,
        "provenance": {
            "generator": f"madata.generators.importers.{NAME}",
            "teachers": [],
            "attempts": 1,
            "source": {
                "name": "DeliData",
                "item": conversation,
                "licence": LICENCE,
                "allowed_use": ALLOWED_USE,
                "text": orjson.dumps([speakers[person].meta.model_dump() for person in people]).decode(),
            },
        },
    }
    checked = CoordinationEpisode.model_validate({"id": episode_id(content), **content})
    return checked.model_dump(mode="json")


Selection = tuple[str, ...]


def right(selection: Selection) -> bool:
    """The vowel and the odd number, and nothing else."""
    return len(selection) == 2 and any(c in "AEIOU" for c in selection) and any(c in "13579" for c in selection)


def offered(answers: Sequence[Selection]) -> list[Selection]:
    """What was answered, and pairs of the cards named until there are `OPTIONS`."""
    cards = sorted({card for answer in answers for card in answer})
    known = list(dict.fromkeys(answers))
    more = [pair for pair in combinations(cards, 2) if pair not in known]
    return known + more[: max(0, OPTIONS - len(known))]


def outcome(answers: Sequence[Selection], correct: Sequence[bool]) -> CoordinationOutcome:
    agreed = len(set(answers)) == 1
    success = all(correct)
    return CoordinationOutcome(
        success=success,
        plan=None,
        rounds=1,
        cost=0 if success else None,
        optimum=0,
        certified=True,
        efficiency=100 if success else None,
        milestones=[Milestone(name="agreement", time=0 if agreed else None)],
        messages=0,
        told=0,
        least=None,
        redundant=[],
        contradicted=[],
        words=0,
        learned=[],
    )


def asked(selections: Sequence[Selection], actions: list[str]) -> list[dict[str, Any]]:
    answer = [action for action, selection in zip(actions, selections, strict=True) if right(selection)]
    if not answer or len(actions) < 2:
        return []
    return [
        {
            "id": "q1",
            "ability": "joint_planning",
            "order": 0,
            "query": BestQuery(actions=list(range(len(actions)))).model_dump(),
            "text": "Which of these tests the rule, and turns no card for nothing?",
            "options": actions,
            "answer": answer,
            "evidence": [],
            "view": "reader",
        }
    ]


def turns(
    spoken: Sequence[Utterance], ids: Mapping[str, str], names: Mapping[str, str], world: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The setting, what was written, and what each answered."""
    blank = {"time": 0, "audience": list(names), "act": None, "event": None}
    setting = {**blank, "speaker": None, "channel": "narration", "text": SETTING}
    talk = [{**blank, "speaker": ids[each.speaker], "channel": "public", "text": each.text} for each in spoken]
    acts = [
        {
            **blank,
            "time": number,
            "speaker": None,
            "channel": "action",
            "event": number,
            "text": f"{names[act['agent']]} decides to {world['actions'][act['action']]}.",
        }
        for number, act in enumerate(world["events"])
    ]
    return [{"index": index, **turn} for index, turn in enumerate([setting, *talk, *acts])]
