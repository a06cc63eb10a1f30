"""Stories some turns of which a model speaks."""

from typing import Any

from madata.validators.tom.spoken import Scene

Json = dict[str, Any]


def acts(story: Json) -> dict[int, str]:
    """The turns that a model may speak, and the act of each."""
    scene = Scene(story["agents"], story["world"])
    found = {}
    for number, turn in enumerate(story["turns"]):
        event = story["world"]["events"][turn["event"]] if turn["event"] is not None else None
        if act := scene.act(turn, event):
            found[number] = act
        scene.hear(turn, event)
    return found


def voiced(story: Json, number: int, text: str | None = None, **entry: Any) -> Json:
    """The story with a turn in the words of a model: in `text`, or in those it has."""
    turns = [*story["turns"]]
    turns[number] = {**turns[number], "text": turns[number]["text"] if text is None else text}
    spoken = {
        "turn": number,
        "teacher": len(story["provenance"]["teachers"]),
        "requests": ["0" * 32],
        "prompt": "0" * 16,
        "prompt_tokens": 1,
        "completion_tokens": 1,
        "reading": None,
        **entry,
    }
    teachers = [*story["provenance"]["teachers"], {"name": "some model", "revision": "", "sampling": {}}]
    provenance = {**story["provenance"], "teachers": teachers}
    provenance["spoken"] = [*story["provenance"].get("spoken", []), spoken]
    return {**story, "turns": turns, "provenance": provenance}
