"""Check `views`: each agent is given what it takes part in, and nothing else (law 4).

The stored `effects` and `view` of events, the audience of every turn and the view of every question must be what the
world implies, by the validators' own bookkeeping.
"""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.tom.model_checker import READER, viewer
from madata.validators.tom.stage import (
    Json,
    Moment,
    Roles,
    Stage,
    StoryError,
    effects,
    play,
)

NAME = "views"

Fault = tuple[str, object, object]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    try:
        stage = play(episode["world"], episode["conventions"], episode["agents"])
    except StoryError as error:
        yield Finding(NAME, episode["id"], error.where, error.expected, error.found)
        return
    for faults in (
        event_faults(stage),
        turn_faults(stage, episode["turns"]),
        question_faults(stage, episode["questions"]),
    ):
        for where, expected, found in faults:
            yield Finding(NAME, episode["id"], where, str(expected), str(found))


def event_faults(stage: Stage) -> Iterator[Fault]:
    for index, (event, view) in enumerate(zip(stage.events, stage.views, strict=True)):
        if event.get("effects", {}) != effects(event):
            yield f"event {index}, effects", effects(event), event.get("effects", {})
        if event.get("view", {}) != view:
            yield f"event {index}, view", view, event.get("view", {})


def turn_faults(stage: Stage, turns: list[Json]) -> Iterator[Fault]:
    """Events are told in their order, each by one turn or more; what happens in between has the time between them."""
    told = 0
    for position, turn in enumerate(turns):
        where, index = f"turn {position}", turn["event"]
        if turn["index"] != position:
            yield f"{where}, index", position, turn["index"]
        yield from ((f"{where}, {part}", expected, found) for part, expected, found in identity_faults(stage, turn))
        if index is None:
            faults = aside_faults(stage, turn, told)
        elif index == told < len(stage.events):
            faults = event_turn_faults(stage, turn, again=False)
            told += 1
        elif told and index == told - 1:
            faults = event_turn_faults(stage, turn, again=True)
        else:
            yield f"{where}, event", f"event {told}, the next to tell", index
            continue
        yield from ((f"{where}, {part}", expected, found) for part, expected, found in faults)
    if told != len(stage.events):
        yield "turns", f"a turn for each of {len(stage.events)} events", f"turns for {told}"


def identity_faults(stage: Stage, turn: Json) -> Iterator[Fault]:
    audience, speaker = turn["audience"], turn["speaker"]
    if len(set(audience)) != len(audience):
        yield "audience", "each agent once", audience
    for agent in audience if speaker is None else [*audience, speaker]:
        if agent not in stage.setting.agents:
            yield "audience", "agents of the story", agent
    whispered = turn["event"] is None and speaker is not None
    if not whispered and (turn["channel"] == "private") != is_private(stage, turn["event"]):
        yield "channel", "private if it is a private telling, and only then", turn["channel"]


def is_private(stage: Stage, index: int | None) -> bool:
    event = stage.events[index] if index is not None and index < len(stage.events) else {}
    return event.get("reach") == "private"


def event_turn_faults(stage: Stage, turn: Json, *, again: bool) -> Iterator[Fault]:
    index, speaker = turn["event"], turn["speaker"]
    event, view = stage.events[index], stage.views[index]
    if turn["time"] != index:
        yield "time", index, turn["time"]
    if speaker is not None and speaker != event.get("agent"):
        yield "speaker", event.get("agent", "nobody"), speaker
    audiences = [set(view)]
    if again and event["kind"] in ("look", "peek"):
        audiences.append(insiders(view))
    if set(turn["audience"]) not in audiences:
        yield "audience", sorted(audiences[-1]), turn["audience"]


def insiders(view: Roles) -> set[str]:
    """Those who see what a look shows, and not only that there is a look."""
    return {agent for agent, role in view.items() if role != "notice"}


def aside_faults(stage: Stage, turn: Json, told: int) -> Iterator[Fault]:
    """A turn that tells no event: the setting of the scene, or talk that changes nothing."""
    audience, speaker = set(turn["audience"]), turn["speaker"]
    if turn["time"] != told:
        yield "time", told, turn["time"]
    if speaker is None:
        initiated = [variable.known_by for variable in stage.setting.variables.values()]
        if audience and (told or audience not in (set(stage.setting.agents), *initiated)):
            yield (
                "audience",
                "nobody, or before the first event everybody or those who know a variable",
                turn["audience"],
            )
    elif speaker in stage.moments[told].room:
        within = earshot(stage.moments[told], speaker)
        whispered = turn["channel"] == "private" and {speaker} < audience < within
        if audience != within and not whispered:
            yield "audience", sorted(within), turn["audience"]
    elif speaker not in audience or audience & stage.moments[told].room.keys():
        yield "audience", f"{speaker}, and only agents who are in no room", turn["audience"]


def earshot(now: Moment, speaker: str) -> set[str]:
    """Those who hear small talk: the attentive in the speaker's room."""
    return {*now.attentive(now.room[speaker]), speaker}


def question_faults(stage: Stage, questions: list[Json]) -> Iterator[Fault]:
    for question in questions:
        view = question_view(stage, question["query"])
        if question["view"] != view:
            yield f"question {question['id']}, view", view, question["view"]


def question_view(stage: Stage, query: Json) -> str:
    """From whose view a question can be answered."""
    if query["kind"] in ("lie", "targets"):
        index = query["event"]
        return str(stage.events[index].get("agent", READER)) if index < len(stage.events) else READER
    return viewer(query)


CHECK = Check(NAME, "each agent is given what it takes part in, and nothing else", judge=judge)
