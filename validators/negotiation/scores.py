"""Check `scores`: people scored what their record says they did.

Only of dialogues imported from CaSiNo, whose files say what each participant scored (`points_scored`, kept in
`provenance.source.text`). The score is derived again from priorities and buttons alone: points a package times packages
of the deal that was accepted, or the value of no deal. So three things are held against one another, the points in the
game, the deal, and a figure that neither was made from; docs/casino.md says what came of it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from madata.validators.check import Check, EpisodeJson, Finding

NAME = "scores"
SOURCE = "CaSiNo"
PARTICIPANTS = ("mturk_agent_1", "mturk_agent_2")

Json = Mapping[str, Any]


def judge(episode: EpisodeJson) -> Iterator[Finding]:
    source = episode["provenance"].get("source")
    if source is None or source["name"] != SOURCE:
        return
    recorded = scores(source["text"])
    if recorded is None:
        expected = f"a JSON object with the points_scored of {' and '.join(PARTICIPANTS)}"
        yield Finding(NAME, episode["id"], "provenance.source.text", expected, source["text"][:60])
        return
    derived = points(episode["world"])
    if derived is None:
        yield Finding(NAME, episode["id"], "world", "a bargain of two over splits, with its deals", "something else")
        return
    for participant, said, found in zip(PARTICIPANTS, recorded, derived, strict=True):
        if said != found:
            yield Finding(
                NAME, episode["id"], f"points_scored of {participant}", f"derived {found}", f"recorded {said}"
            )


def scores(text: str) -> list[int] | None:
    """The recorded scores, in the order of the participants; None if they are not there."""
    try:
        participants = orjson.loads(text)["participant_info"]
        found = [participants[name]["outcomes"]["points_scored"] for name in PARTICIPANTS]
    except (orjson.JSONDecodeError, LookupError, TypeError):
        return None
    return found if all(type(score) is int for score in found) else None


def points(world: Json) -> list[int] | None:
    """What each party ends with, in the order of `parties`; None if this is no bargain of two over splits."""
    game, events = world["game"], world["events"]
    if game["kind"] != "bargain" or len(game["parties"]) != len(PARTICIPANTS):
        return None
    agreed = next((event["proposal"] for event in events if event["kind"] == "accept-proposal"), None)
    if agreed is None:
        return [party["reservation"] for party in game["parties"]]
    deal = events[agreed].get("deal") if agreed < len(events) else None
    if not deal or not all(isinstance(entry, list) and len(entry) == len(PARTICIPANTS) for entry in deal):
        return None
    worths = [party["worth"] for party in game["parties"]]
    if any(len(worth) != len(deal) or any(isinstance(each, list) for each in worth) for worth in worths):
        return None
    return [
        sum(each * entry[place] for each, entry in zip(worth, deal, strict=True)) for place, worth in enumerate(worths)
    ]


CHECK = Check(NAME, "people scored what their deal was worth to them", judge=judge)
