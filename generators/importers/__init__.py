"""Public data as episodes: one file a source, each with `read`, `NAME`, `LICENCE` and `ALLOWED_USE`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pydantic import BaseModel, ValidationError

RowT = TypeVar("RowT", bound=BaseModel)


class ImportFailed(ValueError):
    """A foreign file that cannot be imported: one line that says where, what, and how to mend it."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


def load(path: Path, wanted: str, source: str) -> Any:
    """The JSON value of a file; raises `ImportFailed`, which asks for `wanted` and says where it comes from."""
    try:
        return orjson.loads(path.read_bytes())
    except OSError as error:
        raise ImportFailed(f"{path}: {error.strerror}; name a {wanted} that can be read") from error
    except orjson.JSONDecodeError as error:
        raise ImportFailed(
            f"{path}, line {error.lineno}: not JSON ({error.msg}); fetch the file again from {source}"
        ) from error


def first(error: ValidationError) -> str:
    """The first thing that is wrong with a row."""
    problem = error.errors(include_url=False, include_input=False)[0]
    return f"{'.'.join(map(str, problem['loc'])) or 'the row'}: {problem['msg']}"


def valid(path: Path, rows: Iterable[Any], model: type[RowT]) -> Iterator[tuple[int, RowT]]:
    """The rows as records, numbered from 1; raises `ImportFailed` at the first that is none."""
    for number, value in enumerate(rows, start=1):
        try:
            row = model.model_validate(value)
        except ValidationError as error:
            raise ImportFailed(f"{path}, row {number}: {first(error)}; mend or remove the row") from error
        yield number, row
