"""Check `views`: each agent is given what it takes part in, and nothing else (law 4; "The record").

Who hears each event, what each agent privately knows, and of every turn: its place, its speaker, who perceives it, how
it is told, and which act it is, by what the game says and nothing that the record says of itself.
"""

from collections.abc import Iterator

from madata.validators.check import Check, EpisodeJson, Finding
from madata.validators.negotiation.games import Game, Hearers
from madata.validators.trial import Derived, Fault, Json, Trial, told

NAME = "views"
ACTIONS = ("harvest", "donate", "punish")
ENVELOPE = ("kind", "agent", "time", "delay", "to")

Difference = tuple[str, object, object]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    return told(NAME, episode, faults)


def faults(trial: Trial[Game]) -> Iterator[Fault]:
    episode, game = trial.episode, trial.game
    for agent in episode["agents"]:
        expected, found = game.private(agent["id"]), agent["private"]
        if found != expected:
            yield Fault(f"agent {agent['id']}, private", str(expected), str(found))
    for index, event in enumerate(episode["world"]["events"]):
        hearers = game.hearers(index)
        if not hearers.admit(event["to"]):
            yield Fault(f"event {index}, to", str(hearers), str(event["to"]))
    yield from turn_faults(episode, game)
    for question, derived in zip(episode["questions"], trial.answers, strict=True):
        if isinstance(derived, Derived) and question["view"] != derived.view:
            yield Fault(f"question {question['id']}, view", derived.view, str(question["view"]))


def turn_faults(episode: Json, game: Game) -> Iterator[Fault]:
    """The setting first, then each event by one turn, in order; small talk and narration in between."""
    everybody = [agent["id"] for agent in episode["agents"]]
    events, turns = episode["world"]["events"], episode["turns"]
    setting = next((place for place, turn in enumerate(turns) if not is_narration(turn)), len(turns))
    imported = episode["provenance"]["source"] is not None
    if not imported and everybody not in [turn["audience"] for turn in turns[:setting]]:
        yield Fault("turns", f"first the setting, told to {everybody}", "none")
    told = 0
    for place, turn in enumerate(turns):
        differences: list[Difference] = [("index", place, turn["index"]), ("time", told, turn["time"])]
        if turn["event"] is None:
            differences += aside(turn, everybody, episode["world"]["game"]["kind"], begun=place >= setting)
        elif turn["event"] == told < len(events):
            differences += telling(turn, events[told], everybody, game.hearers(told))
            told += 1
        else:
            differences.append(
                ("event", f"event {told}, the next to tell" if told < len(events) else "none", turn["event"])
            )
        for part, expected, found in differences:
            if found != expected:
                yield Fault(f"turn {place}, {part}", str(expected), str(found))
    if told < len(events):
        yield Fault("turns", f"a turn for each of {len(events)} events", f"turns for {told}")


def is_narration(turn: Json) -> bool:
    return turn["event"] is None and turn["speaker"] is None


def telling(turn: Json, event: Json, everybody: list[str], hearers: Hearers) -> Iterator[Difference]:
    """A turn by which an event is told."""
    present = {event["agent"], *event["to"]}
    action = event["kind"] in ACTIONS
    private = len(event["to"]) < len(hearers.others)
    content = {key: part for key, part in event.items() if key not in ENVELOPE}
    yield "speaker", None if action else event["agent"], turn["speaker"]
    yield "audience", [agent for agent in everybody if agent in present], turn["audience"]
    yield "channel", "action" if action else "private" if private else "public", turn["channel"]
    yield "act", None if action else {"performative": event["kind"], "content": content}, turn["act"]


def aside(turn: Json, everybody: list[str], game: str, *, begun: bool) -> Iterator[Difference]:
    """A turn that tells no event: the setting, narration, or small talk."""
    yield "act", None, turn["act"]
    if turn["speaker"] is not None:
        yield "channel", "public", turn["channel"]
        yield "audience", everybody, turn["audience"]
        if game != "bargain" or turn["speaker"] not in everybody:
            yield "speaker", "an agent in a bargain, else nobody", turn["speaker"]
        return
    yield "channel", "narration", turn["channel"]
    alone = len(turn["audience"]) < 2 and {*turn["audience"]} <= {*everybody}
    if turn["audience"] != everybody and (begun or not alone):
        yield "audience", everybody if begun else f"{everybody}, one of them, or nobody", turn["audience"]


CHECK = Check(NAME, "each agent is given what it takes part in, and nothing else", judge=judge)
