"""`python -m madata.schemas` writes the JSON Schema anew."""

from madata.schemas.jsonschema import EPISODE_SCHEMA, generate

EPISODE_SCHEMA.write_text(generate())
