"""A model that is asked about texts by the OpenAI protocol, and nothing twice.

    answered(Reader("http://127.0.0.1:8000/v1", "qwen"), [("row 7", [question, question])]) -> ("row 7", [text, None])

An answer is on disk, under the hash of its question, before anybody is given it: who stops a run and starts it again
pays for nothing twice. Questions are asked at temperature 0, so an answer that says nothing is kept as well. None is no
answer: what the server refuses, or fails at again and again while it answers others, costs a question and not the run.
"""

import asyncio
import os
import re
import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, Field, ValidationError

from madata.schemas import digest
from madata.validators.lines import InputError

if TYPE_CHECKING:
    import openai

T = TypeVar("T")

ANSWERS = Path("runs/reader.sqlite")
KEY = "MADATA_API_KEY"
NO_KEY = "none"
AT_ONCE = 32  # questions; a server of one GPU is busy with these
AHEAD = 64  # subjects whose answers may wait for those of an earlier one
TIMEOUT = 120.0  # seconds for an answer of a few words, behind `AT_ONCE` others
BRIEF = 10.0  # seconds for a connection
RETRIES = 4  # of the client, after 0.5, 1, 2 and 4 seconds or what Retry-After says
PATIENCE = 60.0  # seconds that another writer of the file may take
LOST = 20  # questions without an answer between two answers: the server is to blame

Question = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """A model at a server (`url` with or without the `/v1` at its end), and the file with its answers."""

    url: str
    model: str
    answers: Path = ANSWERS

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1)
        except ValueError:
            usable = False
        if not usable or not re.fullmatch(r"[!-~]+", self.url) or "@" in self.url or "?" in self.url:
            raise InputError(f"--reader {self.url!a}: no URL of a server; one looks like http://localhost:8000/v1")
        if not self.model.isprintable():
            raise InputError(f"--reader: {self.model!a} is no name of a model")

    @property
    def base(self) -> str:
        return f"{self.url.rstrip('/').removesuffix('/v1').rstrip('/')}/v1"


class Message(BaseModel):
    content: str | None = None


class Choice(BaseModel):
    message: Message


class Completion(BaseModel):
    choices: Annotated[list[Choice], Field(min_length=1)]


class Served(BaseModel):
    id: str


class Models(BaseModel):
    data: list[Served]


def check(reader: Reader) -> None:
    """Whether the server is there and serves the model; an `InputError` if not."""

    async def listed() -> list[str]:
        async with Client(reader, retries=0).openai as client:
            response = await client.get("/models", cast_to=raw())
            return [each.id for each in Models.model_validate_json(response.content).data]

    import openai

    try:
        served = asyncio.run(listed())
    except openai.APIConnectionError:
        raise InputError(f"--reader {reader.url} is not reachable; see whether the server is up") from None
    except openai.APIStatusError as error:
        raise InputError(refusal(reader, error.status_code)) from None
    except ValidationError:
        raise InputError(f"--reader {reader.url} does not answer like an OpenAI-compatible server") from None
    if reader.model not in served:
        raise InputError(f"--reader {reader.url} does not serve {reader.model!r}; it serves {ascii(served)[1:-1]:.200}")


def refusal(reader: Reader, status: int) -> str:
    if status in (401, 403):
        return f"--reader {reader.url} asks for a key (HTTP {status}): set {KEY} to it"
    return f"--reader {reader.url} answers with HTTP {status}; mend the URL, or see whether the server is well"


def answered(reader: Reader, asked: Iterable[tuple[T, Sequence[Question]]]) -> Iterator[tuple[T, list[str | None]]]:
    """Each subject with the answers to its questions, in order; `AHEAD` of them are worked on at a time."""
    with ExitStack() as stack:
        answers = stack.enter_context(closing(opened(reader.answers)))
        runner = stack.enter_context(asyncio.Runner())
        client = Client(reader, RETRIES, answers)
        pending: deque[tuple[T, asyncio.Task[list[str | None]]]] = deque()

        async def end() -> None:
            tasks = [task for _, task in pending]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await client.openai.close()

        stack.callback(lambda: runner.run(end()))

        async def first() -> tuple[T, list[str | None]]:
            subject, answers = pending.popleft()
            return subject, await answers

        for subject, questions in asked:
            pending.append((subject, runner.get_loop().create_task(client.ask_all(questions))))
            if len(pending) == AHEAD:
                yield runner.run(first())
        while pending:
            yield runner.run(first())


def opened(path: Path) -> sqlite3.Connection:
    """The file with the answers. A question that two ask at the same time is paid for twice, and kept once."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)
        connection.execute("CREATE TABLE IF NOT EXISTS answers (key TEXT PRIMARY KEY, model TEXT, text TEXT)")
        connection.execute("SELECT key, model, text FROM answers LIMIT 1")
    except (OSError, sqlite3.Error) as error:
        raise InputError(f"{path} cannot keep the reader's answers ({error}); move it out of the way") from None
    return connection


class Client:
    def __init__(self, reader: Reader, retries: int, answers: sqlite3.Connection | None = None) -> None:
        self._reader = reader
        self._retries = retries
        self._answers = answers
        self._turn = asyncio.Semaphore(AT_ONCE)
        self._lost = 0

    @cached_property
    def openai(self) -> "openai.AsyncOpenAI":
        import httpx2
        import openai

        key = os.environ.get(KEY) or NO_KEY
        if not re.fullmatch(r"[!-~]+", key):
            raise InputError(f"{KEY} holds a space or another character that no key has; set it again")
        return openai.AsyncOpenAI(
            base_url=self._reader.base,
            api_key=key,
            max_retries=self._retries,
            timeout=httpx2.Timeout(TIMEOUT, connect=BRIEF),
            http_client=httpx2.AsyncClient(transport=httpx2.AsyncHTTPTransport(verify=httpx2.create_ssl_context())),
            # What the environment says to OpenAI is not for this server.
            default_headers={
                "Authorization": f"Bearer {key}",
                "OpenAI-Organization": openai.Omit(),  # type: ignore[dict-item]
                "OpenAI-Project": openai.Omit(),  # type: ignore[dict-item]
            },
        )

    async def ask_all(self, questions: Sequence[Question]) -> list[str | None]:
        return [await self.ask(each) for each in questions]

    async def ask(self, question: Question) -> str | None:
        assert self._answers is not None
        body = {"model": self._reader.model, **question}
        key = digest(body, 32)
        async with self._turn:
            if kept := self._answers.execute("SELECT text FROM answers WHERE key = ?", (key,)).fetchone():
                return str(kept[0])
            text = await self._complete(body)
            if text is not None:
                row = (key, self._reader.model, text.encode(errors="replace").decode())
                self._answers.execute("INSERT OR IGNORE INTO answers VALUES (?, ?, ?)", row)
            return text

    async def _complete(self, body: dict[str, Any]) -> str | None:
        """None for no answer; `InputError` if there will not be any more."""
        import openai

        try:
            response = await self.openai.post("/chat/completions", cast_to=raw(), body=body)
            completion = Completion.model_validate_json(response.content)
        except openai.APITimeoutError:
            reason = f"no answer within {TIMEOUT:g} s"
        except openai.APIConnectionError:
            raise self._gone("no connection") from None
        except openai.APIStatusError as error:
            if error.status_code in (401, 403, 404):
                raise InputError(refusal(self._reader, error.status_code)) from None
            reason = f"HTTP {error.status_code}"
        except ValidationError:
            reason = "what is no chat completion"
        else:
            self._lost = 0
            return completion.choices[0].message.content or ""
        self._lost += 1
        if self._lost == LOST:
            raise self._gone(f"{LOST} times in a row, at last {reason}")
        return None

    def _gone(self, reason: str) -> InputError:
        return InputError(
            f"--reader {self._reader.url} does not answer any more ({reason}); see whether the server is up. What it "
            f"said is kept in {self._reader.answers}: the same command goes on"
        )


def raw() -> type[Any]:
    """The client's own models take whatever a server sends, so an answer is read here."""
    import httpx2

    return httpx2.Response
