"""The base of every record: frozen, closed, and written as canonical JSON (sorted keys, no spaces, UTF-8). And what ids
and names are, in every task."""

import hashlib
from typing import Annotated, Any

import orjson
from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z]{1,2}[0-9]{1,4}$")]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class Record(BaseModel):
    """An immutable record; an unknown field is an error, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def canonical(value: Any) -> bytes:
    """The one byte string that stands for a JSON value (keys sorted, compact)."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def digest(value: Any, length: int = 16) -> str:
    """The first `length` hexadecimal digits of the SHA-256 of the canonical JSON of `value`."""
    return hashlib.sha256(canonical(value)).hexdigest()[:length]
