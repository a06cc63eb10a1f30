"""What `shortcuts` asks of coordination: what an agent knows, could know, needs or intends is about a mind.

None compares a belief with the world: agents of this task are uninformed, never misled.
"""

from madata.validators.check import EpisodeJson
from madata.validators.trial import Json


def gated(question: Json) -> bool:
    return bool(question["ability"] == "theory_of_mind")


def belief(question: Json) -> bool:
    return False


def reality(episode: EpisodeJson, question: Json) -> str | None:
    return None
