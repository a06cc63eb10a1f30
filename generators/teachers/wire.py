"""One endpoint on the wire: a request goes out, and exactly one thing comes of it.

- a `Reply`, also one that is cut off or empty: it was paid for, and those who asked judge it;
- `Busy`: the server wants to be left alone for a while (429);
- `Fault`: no answer this time (an error of the server, no connection, a reset, a timeout, bytes that are no answer);
- `Rejected("context", ...)`: this request is too long for the model;
- `Failed`: the server will never answer that, and the line says why.

The openai client does the talking, with neither its retries nor its models: an answer is read here, strictly, because
those models take whatever a server sends. Nothing that is raised here holds the key.
"""

import asyncio
import email.utils
import heapq
import os
import re
import socket
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx2
import openai
from pydantic import BaseModel, Field, ValidationError

from madata.generators.family import Rejected
from madata.generators.run import Failed, UserError
from madata.generators.teachers.request import Reply, Request

KEY = "MADATA_API_KEY"
NO_KEY = "none"
PATIENT = 120.0  # seconds that a Retry-After is believed
BRIEF = 10.0  # seconds for a connection, or for a small answer
SEATS = 64  # connections a pool; what httpcore does for a request grows with the connections of its pool
LARGEST = 2**24  # bytes of a body
TOO_LONG = re.compile(  # vLLM, OpenAI, SGLang, llama.cpp
    r"context[ _](length|size|window)|max(imum)?[ _]model[ _]len(gth)?|longer than the maximum|too many tokens",
    re.IGNORECASE,
)
# The kernel finds out within half a minute that a machine at the other end is gone without a word.
KEEPALIVE = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)] + [
    (socket.IPPROTO_TCP, getattr(socket, name), value)
    for name, value in (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
    if hasattr(socket, name)
]


class Busy(Exception):
    """`after`: seconds the server asks for."""

    def __init__(self, after: float) -> None:
        super().__init__(f"busy for {after:g} s")
        self.after = after


class Fault(Exception):
    """`reason` is what is counted. `gone`: there is nothing that could be asked."""

    def __init__(self, reason: str, words: str, *, gone: bool = False) -> None:
        super().__init__(words)
        self.reason = reason
        self.gone = gone


class Unreachable(Failed):
    """Nobody listens there now."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A model at a server. `url` is that of the server, with or without the `/v1` at its end."""

    url: str
    model: str

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if "@" in parts.netloc:
            raise UserError(f"the URL of {parts.hostname} holds a user or password; give a key in {KEY} instead")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
            raise UserError(f"{one_line(self.url)!r} is no URL of a server; one looks like http://localhost:8000/v1")
        try:
            _ = parts.port
        except ValueError:
            raise UserError(f"{one_line(self.url)!r} has a port that is none; one looks like :8000") from None

    @property
    def root(self) -> str:
        return self.url.rstrip("/").removesuffix("/v1").rstrip("/")


class _Message(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(ge=0, lt=2**31)] = 0
    completion_tokens: Annotated[int, Field(ge=0, lt=2**31)] = 0


class _Completion(BaseModel):
    id: Annotated[str, Field(max_length=200)] = ""
    choices: Annotated[list[_Choice], Field(min_length=1)]
    usage: _Usage | None = None


class _Model(BaseModel):
    id: str


class _Models(BaseModel):
    data: list[_Model]


class Wire:
    def __init__(self, endpoint: Endpoint, key: str, timeout: float) -> None:
        if not re.fullmatch(r"[!-~]+", key):
            raise UserError(f"{KEY} holds a space or another character that no key has; set it again")
        self.endpoint = endpoint
        self._key = key
        self._timeout = timeout
        self._http = httpx2.AsyncClient(transport=_Spread(), timeout=httpx2.Timeout(None, connect=BRIEF))
        self._client = openai.AsyncOpenAI(
            base_url=f"{endpoint.root}/v1",
            api_key=key,
            max_retries=0,
            http_client=self._http,
            # What the environment says to OpenAI is not for this server.
            default_headers={
                "Authorization": f"Bearer {key}",
                "OpenAI-Organization": openai.Omit(),  # type: ignore[dict-item]
                "OpenAI-Project": openai.Omit(),  # type: ignore[dict-item]
            },
        )

    async def close(self) -> None:
        await self._client.close()

    async def ask(self, request: Request) -> Reply:
        body: dict[str, Any] = {
            "model": request.model,
            "messages": request.messages,
            "max_tokens": request.max_tokens,
            "temperature": request.temperature,
        }
        if request.schema is not None:
            schema = {"name": "answer", "schema": request.schema, "strict": True}
            body["response_format"] = {"type": "json_schema", "json_schema": schema}
        return await self._complete(body, self._timeout)

    async def healthy(self) -> None:
        """Raises a `Fault` if the server does not answer even the smallest request."""
        try:
            async with asyncio.timeout(BRIEF):
                health = await self._http.get(f"{self.endpoint.root}/health")
            if health.status_code >= 500:
                raise Fault(f"HTTP {health.status_code}", f"HTTP {health.status_code}")
            smallest = [{"role": "user", "content": "Hi"}]
            await self._complete({"model": self.endpoint.model, "messages": smallest, "max_tokens": 1}, BRIEF)
        except TimeoutError:
            raise self._late(BRIEF) from None
        except httpx2.RequestError as error:
            raise self._broken(error) from None
        except (Busy, Failed, Rejected):
            pass  # it does answer

    async def check(self) -> None:
        """Whether the server is one, lets us in and serves the model: a `UserError`, or `Unreachable`, if not."""
        url, model = self.endpoint.url, self.endpoint.model
        try:
            async with asyncio.timeout(BRIEF):
                response = await self._client.get("/models", cast_to=httpx2.Response)
            served = [entry.id for entry in _Models.model_validate_json(response.content).data]
        except TimeoutError:
            raise Unreachable(f"{url} does not answer within {BRIEF:g} s; see whether the server is up") from None
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from None
        except openai.APIStatusError as error:
            if error.status_code in (401, 403):
                raise UserError(str(self._locked_out(error.status_code))) from None
            if error.status_code == 429 or error.status_code >= 500:
                raise Unreachable(f"{url} is not ready (HTTP {error.status_code}); wait until it is") from None
            raise UserError(
                f"{url} answers with HTTP {error.status_code}, unlike an OpenAI-compatible server; mend the URL"
            ) from None
        except ValidationError:
            raise UserError(f"{url} does not answer like an OpenAI-compatible server; mend the URL") from None
        if model not in served:
            names = one_line(", ".join(served)) or "no model"
            raise UserError(f"{url} does not serve {model!r}; it serves {names}")

    async def _complete(self, body: dict[str, Any], timeout: float) -> Reply:
        try:
            async with asyncio.timeout(timeout):
                response = await self._client.post("/chat/completions", cast_to=httpx2.Response, body=body)
        except TimeoutError:
            raise self._late(timeout) from None
        except openai.APIConnectionError as error:
            raise self._broken(error) from None
        except openai.APIStatusError as error:
            raise self._refusal(error) from None
        try:
            completion = _Completion.model_validate_json(response.content)
        except ValidationError:
            raise Fault("malformed", "an answer that is no chat completion") from None
        choice, usage = completion.choices[0], completion.usage or _Usage()
        return Reply(
            text=choice.message.content or "",
            finish=choice.finish_reason or "",
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            id=completion.id,
        )

    def _refusal(self, error: openai.APIStatusError) -> Exception:
        status = error.status_code
        words = self._words(error.body)
        if status == 429:
            return Busy(retry_after(error.response.headers.get("retry-after", ""), time.time()))
        if status >= 500 or status == 408:
            return Fault(f"HTTP {status}", f"HTTP {status}: {words}")
        if status in (401, 403):
            return self._locked_out(status)
        if status in (400, 413, 422) and TOO_LONG.search(words):
            return Rejected("context", words)
        return Failed(
            f"{self.endpoint.url} refuses what it is asked (HTTP {status}: {words}); "
            f"see that it serves chat completions of {self.endpoint.model!r}, then continue with the same command"
        )

    def _locked_out(self, status: int) -> Failed:
        given = "does not open it" if self._key != NO_KEY else "is not set"
        return Failed(
            f"{self.endpoint.url} asks for a key (HTTP {status}), and {KEY} {given}; set it to the server's key"
        )

    def _words(self, body: object) -> str:
        """What the server says, in one line and without the key."""
        if isinstance(body, dict) and isinstance(body.get("message"), str):
            body = body["message"]
        said = str(body)
        return one_line(said.replace(self._key, "***") if self._key != NO_KEY else said)

    def _late(self, timeout: float) -> Fault:
        return Fault("timeout", f"no answer within {timeout:g} s")

    def _broken(self, error: Exception) -> Fault:
        causes = list(_causes(error))
        if any(isinstance(cause, httpx2.ConnectTimeout) for cause in causes):
            return Fault("timeout", f"no connection within {BRIEF:g} s")
        if not any(isinstance(cause, httpx2.ConnectError) for cause in causes):
            return Fault("reset", "connection lost")
        numbers = [cause.errno for cause in causes if isinstance(cause, OSError) and cause.errno and cause.errno > 0]
        return Fault("connect", os.strerror(numbers[0]).lower() if numbers else "no connection", gone=True)

    def _unreachable(self, error: Exception) -> Exception:
        url = self.endpoint.url
        host = urlsplit(url).hostname
        for cause in _causes(error):
            if isinstance(cause, socket.gaierror):
                return UserError(f"there is no host {host!r}; mend the URL {url}")
            if isinstance(cause, ssl.SSLCertVerificationError):
                return UserError(
                    f"{url} shows a certificate that is not trusted ({cause.verify_message}); "
                    "name the file of the authority that signed it in SSL_CERT_FILE"
                )
            if isinstance(cause, ssl.SSLError):
                return UserError(f"{url} does not speak TLS ({one_line(str(cause.reason))}); is it http:// there?")
            if isinstance(cause, httpx2.RemoteProtocolError | httpx2.DecodingError):
                return UserError(f"{url} does not answer like an OpenAI-compatible server; mend the URL")
        return Unreachable(f"{url} is not reachable ({self._broken(error)}); see whether the server is up")


class _Spread(httpx2.AsyncBaseTransport):
    """Many small connection pools that look like one. A request takes the lowest free seat, so few of them are warm."""

    def __init__(self) -> None:
        self._pools: list[httpx2.AsyncHTTPTransport] = []
        self._context = httpx2.create_ssl_context()
        self._free: list[int] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if not self._free:
            self._free = list(range(len(self._pools) * SEATS, (len(self._pools) + 1) * SEATS))
            self._pools.append(self._pool())
        seat = heapq.heappop(self._free)
        try:
            response = await self._pools[seat // SEATS].handle_async_request(request)
        except BaseException:
            heapq.heappush(self._free, seat)
            raise
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Body(response.stream, self._free, seat)
        return response

    async def aclose(self) -> None:
        for pool in self._pools:
            await pool.aclose()

    def _pool(self) -> httpx2.AsyncHTTPTransport:
        # vLLM drops a connection that was idle for 5 s; to reuse one at that very moment is to lose a request.
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=3)
        return httpx2.AsyncHTTPTransport(verify=self._context, limits=limits, socket_options=KEEPALIVE)


class _Body(httpx2.AsyncByteStream):
    """The body of a response. Its seat is free again when it was read."""

    def __init__(self, stream: httpx2.AsyncByteStream, free: list[int], seat: int) -> None:
        self._stream = stream
        self._free = free
        self._seat: int | None = seat

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._stream:
            size += len(chunk)
            if size > LARGEST:
                raise httpx2.RemoteProtocolError(f"a body of more than {LARGEST} bytes")
            yield chunk

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            if self._seat is not None:
                heapq.heappush(self._free, self._seat)
                self._seat = None


def retry_after(value: str, now: float) -> float:
    """Seconds that a Retry-After header asks for, given as such or as a date; a second if it says nothing."""
    try:
        if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value):
            seconds = float(value)
        else:
            seconds = email.utils.parsedate_to_datetime(value).timestamp() - now
    except (ValueError, OverflowError):
        seconds = 1.0
    return min(max(seconds, 0.0), PATIENT)


def one_line(said: str) -> str:
    """What a stranger said, fit to be shown in one line."""
    shown = " ".join("".join(letter if letter.isprintable() else " " for letter in said[:2000]).split())
    return shown if len(shown) <= 200 else f"{shown[:197]}..."


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        if isinstance(error, BaseExceptionGroup):
            for inner in error.exceptions:
                yield from _causes(inner)
        error = error.__cause__ or error.__context__
