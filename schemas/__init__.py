"""What an episode is: Pydantic models, and the JSON Schema generated from them."""

from madata.schemas.episode import (
    SCHEMA_VERSION,
    Act,
    Agent,
    Provenance,
    Question,
    Source,
    Teacher,
    Turn,
    episode_id,
)
from madata.schemas.records import Record, canonical, digest
from madata.schemas.structure import structure
from madata.schemas.tasks import Episode, NegotiationEpisode, TomEpisode, read_episode
from madata.schemas.tom import Conventions, TomWorld

__all__ = [
    "SCHEMA_VERSION",
    "Act",
    "Agent",
    "Conventions",
    "Episode",
    "NegotiationEpisode",
    "Provenance",
    "Question",
    "Record",
    "Source",
    "Teacher",
    "TomEpisode",
    "TomWorld",
    "Turn",
    "canonical",
    "digest",
    "episode_id",
    "read_episode",
    "structure",
]
