"""The episode's shape: JSON Schema draft 2020-12, from the file that ships with the package.

The verdict is jsonschema-rs's (0.1 ms an episode, where jsonschema takes 10 to 60); the words of a finding are
jsonschema's, and on one episode in `SAMPLE` both must agree. This check comes first: no other sees a record it refuses.
"""

import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

import jsonschema
import jsonschema_rs
import orjson
from jsonschema.exceptions import ValidationError

from madata.schemas.episode import SCHEMA_VERSION
from madata.schemas.jsonschema import episode_schema
from madata.validators.check import Check, EpisodeJson, Finding

SAMPLE = 1000
MOST = 10
VERSION = re.compile(r"\d{1,4}(\.\d{1,4})*")
AGREE = "jsonschema and jsonschema-rs to agree"


@cache
def fast() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(episode_schema())


@cache
def reference() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(episode_schema())


def judge(record: EpisodeJson) -> Iterator[Finding]:
    name = str(record.get("id"))[:60]

    def finding(where: str, expected: str, found: str) -> Finding:
        return Finding(CHECK.name, name, where, expected, found)

    version = record.get("schema_version", SCHEMA_VERSION)
    if version != SCHEMA_VERSION:
        mend = " (mend: upgrade madata, it was written by a newer one)" if newer(version) else ""
        yield finding("schema_version", f"{SCHEMA_VERSION}{mend}", brief(version))
        return
    valid = fast().is_valid(record)
    if valid and zlib.crc32(name.encode()) % SAMPLE:
        return
    try:
        found = chain.from_iterable(map(of_task, reference().iter_errors(record)))
        errors = [descend(error) for error in islice(found, MOST)]
    except RecursionError:
        yield finding("record", "a formula that jsonschema can follow (mend: nest it less)", "too deep a nesting")
        return
    for error in errors:
        yield finding(place(error), *words(error))
    if valid and errors:
        yield finding("record", AGREE, "only jsonschema refuses it")
    if not valid and not errors:
        yield finding("record", AGREE, f"only jsonschema-rs refuses it: {first_message(record)}")


def first_message(record: EpisodeJson) -> str:
    return next(fast().iter_errors(record)).message[:200]


def newer(version: Any) -> bool:
    """Whether a version that is not ours comes after ours."""
    if not isinstance(version, str) or not VERSION.fullmatch(version):
        return False
    theirs, ours = ([int(part) for part in text.split(".")] for text in (version, SCHEMA_VERSION))
    return theirs > ours


def of_task(error: ValidationError) -> list[ValidationError]:
    """What is wrong with a record as an episode of its task; the error itself, where it is not the union of tasks'."""
    return (not error.path and branch(error)) or [error]


def descend(error: ValidationError) -> ValidationError:
    """The error to show: of a union that failed, one from the branch that was meant."""
    context = branch(error)
    return descend(max(context, key=lambda inner: len(inner.path))) if context else error


def branch(error: ValidationError) -> list[ValidationError]:
    """The errors within a union: those of the branch that was meant, if there is a tag to tell."""
    context: list[ValidationError] = list(error.context or ())
    schema: Any = error.schema
    if "discriminator" not in schema:
        return context
    tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
    meant = mapping.get(str(error.instance.get(tag))) if isinstance(error.instance, dict) else None
    return [inner for inner in context if schema["oneOf"][inner.schema_path[0]]["$ref"] == meant]


def place(error: ValidationError) -> str:
    return error.json_path.removeprefix("$").removeprefix(".") or "record"


def words(error: ValidationError) -> tuple[str, str]:
    """What the schema expected at the place of an error, and what is there."""
    schema: Any = error.schema
    match error.validator:
        case "required" | "additionalProperties":
            return "exactly the fields of the schema", error.message[:120]
        case "oneOf":
            tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
            found: Any = error.instance
            if isinstance(found, dict) and tag in found:
                found = found[tag]
            return f"an object whose {tag} is one of {', '.join(sorted(mapping))}", brief(found)
        case keyword:
            return f"{keyword} {error.validator_value}", brief(error.instance)


def brief(value: Any, limit: int = 60) -> str:
    text = orjson.dumps(value)
    return text[:limit].decode(errors="replace") + ("..." if len(text) > limit else "")


CHECK = Check("schema", "each record has the shape of an episode (JSON Schema draft 2020-12)", judge=judge)
