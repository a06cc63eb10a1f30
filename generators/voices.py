"""From `--teacher`, `--model` and their like to which models speak (part of what a run is) and where they are
served."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple
from urllib.parse import urlsplit

from pydantic import Field

from madata.generators.run import TEMPERATURE, Casting, Model, UserError
from madata.schemas import Record

SCRIPTED_NAME = "scripted"
PATIENCE = 20.0
TIMEOUT = 300.0


class Voices(NamedTuple):
    """The part of a `Config` that says who speaks, and how."""

    models: tuple[Model, ...] = ()
    mode: Literal["verbalise", "self-play"] = "verbalise"
    cast: Casting = "episode"
    reader: str | None = None


SCRIPTED = Voices()


class Served(Record):
    """A model at an address. Several addresses may serve the same model."""

    url: str
    model: str


class Servers(Record):
    """Where models are served (`serve`: by us, while the run lasts), and how long to wait: `timeout` seconds for an
    answer, `patience` seconds for a server that is gone. None of it decides what a run is, so it may be another when a
    run is continued."""

    served: tuple[Served, ...] = ()
    serve: str | None = None
    patience: Annotated[float, Field(ge=0)] = PATIENCE
    timeout: Annotated[float, Field(gt=0)] = TIMEOUT


def read_voices(
    teachers: Sequence[str],
    models: Sequence[str],
    *,
    self_play: bool = False,
    cast: Casting = "episode",
    reader: tuple[str, str] | None = None,
    serve: str | None = None,
    temperature: float = TEMPERATURE,
    patience: float = PATIENCE,
    timeout: float = TIMEOUT,
) -> tuple[Voices, Servers]:
    """`teachers` are addresses, each with the model at the same place of `models`; one model may stand for all. A model
    is `NAME`, `NAME@REVISION` or `NAME=WEIGHT`. Raises `UserError`."""
    urls = [] if list(teachers) == [SCRIPTED_NAME] else list(teachers)
    if serve and (urls or models):
        raise UserError("--serve: the model is served here; leave out --teacher and --model")
    if not urls and not serve:
        if models or self_play or reader or cast in ("one", "relay"):
            raise UserError(
                "--model, --self-play, --cast one or relay and --reader need a server: "
                "add --teacher http://127.0.0.1:8000/v1"
            )
        return SCRIPTED, Servers()
    if SCRIPTED_NAME in urls:
        raise UserError(f"--teacher {SCRIPTED_NAME}: the templates speak alone; leave out the other teachers")
    if cast == "one" and not self_play:
        raise UserError("--cast one: a model among scripted agents has to choose its acts itself; add --self-play")
    found, served = matched(urls, models, temperature) if urls else ([], [])
    if serve:
        found.append(Model(name=served_name(serve), temperature=temperature))
    if cast == "relay" and len(found) != 2:
        raise UserError(
            "--cast relay: one model opens and another takes over; name these two with --model, in this order"
        )
    if reader:
        served.append(Served(url=checked(reader[0]), model=reader[1]))
    voices = Voices(tuple(found), "self-play" if self_play else "verbalise", cast, reader and reader[1])
    addresses = tuple(dict.fromkeys(served))
    return voices, Servers(served=addresses, serve=serve, patience=patience, timeout=timeout)


def matched(urls: Sequence[str], models: Sequence[str], temperature: float) -> tuple[list[Model], list[Served]]:
    """Each address with its model; the models without repetition."""
    named = list(models) * len(urls) if len(models) == 1 else list(models)
    if len(named) != len(urls):
        raise UserError(
            f"--teacher is given {len(urls)} times and --model {len(models)} times: "
            "name one model for each address, or one for all"
        )
    found: dict[str, Model] = {}
    served = []
    for url, text in zip(urls, named, strict=True):
        model = read_model(text, temperature)
        if found.setdefault(model.name, model) != model:
            raise UserError(f"--model {text}: {model.name} was given before with another weight or revision")
        served.append(Served(url=checked(url), model=model.name))
    return list(found.values()), served


def served_name(model: str) -> str:
    """What a model, a directory or a name on the Hub, is called where we serve it."""
    return Path(model).resolve().name if Path(model).is_dir() else model


def read_model(text: str, temperature: float) -> Model:
    parsed = re.fullmatch(r"([^@=\s]+)(?:@([^@=\s]+))?(?:=(\d{1,6}))?", text)
    if parsed is None or parsed[3] == "0":
        raise UserError(f"--model {text}: write NAME, NAME@REVISION or NAME=WEIGHT with a weight from 1")
    return Model(name=parsed[1], revision=parsed[2] or "", weight=int(parsed[3] or 1), temperature=temperature)


def checked(url: str) -> str:
    """An address such as http://127.0.0.1:8000/v1, without a key in it."""
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        fits = False
    if not fits:
        raise UserError(f"--teacher {url}: give the address of a server, such as http://127.0.0.1:8000/v1")
    if parts.username or parts.password or parts.query:
        raise UserError(f"--teacher: keep keys out of the address of {parts.hostname}; set MADATA_API_KEY instead")
    return url.rstrip("/")
