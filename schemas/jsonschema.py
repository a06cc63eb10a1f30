"""The JSON Schema of an episode, draft 2020-12: generated from the Pydantic models, checked in, shipped in the wheel.

It describes what is written, so fields with a default are required too, and integers stay within what every JSON reader
keeps exactly (RFC 7493). `python -m madata.schemas` writes it anew.
"""

import json
from pathlib import Path
from typing import Any

from pydantic.json_schema import GenerateJsonSchema
from pydantic_core.core_schema import DictSchema, IntSchema

from madata.schemas.episode import SCHEMA_VERSION
from madata.schemas.tasks import EPISODE

EPISODE_SCHEMA = Path(__file__).parent / "json" / "episode.schema.json"
EXACT = 2**53 - 1


class _Written(GenerateJsonSchema):
    def field_is_required(self, field: Any, total: bool) -> bool:
        return True

    def dict_schema(self, schema: DictSchema) -> dict[str, Any]:
        made = super().dict_schema(schema)
        return made | {"additionalProperties": False} if "patternProperties" in made else made

    def int_schema(self, schema: IntSchema) -> dict[str, Any]:
        return {"minimum": -EXACT, "maximum": EXACT} | super().int_schema(schema)


def generate() -> str:
    """The schema as the text of its file."""
    schema = EPISODE.json_schema(mode="serialization", schema_generator=_Written)
    head = {"$schema": _Written.schema_dialect, "$id": f"urn:madata:episode:{SCHEMA_VERSION}"}
    return json.dumps(head | schema, indent=1, sort_keys=True) + "\n"


def episode_schema() -> dict[str, Any]:
    """The checked-in schema."""
    loaded: dict[str, Any] = json.loads(EPISODE_SCHEMA.read_text())
    return loaded
