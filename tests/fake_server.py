"""A small, fast server that speaks vLLM's protocol: what a test or a benchmark asks of a model, without a model.

It runs as a process of its own (`with serving(...) as url`) or by hand: `python tests/fake_server.py '{"port": 8000}'`.
Words in the last message steer it: "poison" gets a 500, "long" finishes as "length", "empty" says nothing,
"too many tokens" does not fit the context, and "odd" is a bad request. All else is answered after a drawn time.
"""

import asyncio
import contextlib
import json
import math
import random
import ssl
import subprocess
import sys
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path

import parrot

REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 404: "Not Found", 422: "Unprocessable Entity"}
REASONS |= {429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}


@dataclass
class Manner:
    """How the server behaves. `latency` is the median in seconds, `sigma` that of the lognormal around it. At most
    `capacity` requests are worked on at a time; the others wait, or get a 429 once `queue` of them do. `failing` is the
    share of requests answered with the status `failure`. A `parrot` says what madata's prompts ask for; if it `says`
    something, it says so whatever is asked."""

    port: int = 0
    models: list[str] = field(default_factory=lambda: ["fake"])
    key: str = ""
    latency: float = 0.0
    sigma: float = 0.0
    capacity: int = 1_000_000
    queue: int = 1_000_000
    tokens: int = 20
    failing: float = 0.0
    failure: int = 500
    healthy: bool = True
    parrot: bool = False
    says: str = ""
    certificate: str = ""
    private_key: str = ""


class Server:
    def __init__(self, manner):
        self.manner = manner
        self.rng = random.Random(0)
        self.slots = asyncio.Semaphore(manner.capacity)
        self.waiting = 0
        self.asked = 0

    async def answer(self, method, path, headers, body):
        """Status, further headers and JSON body."""
        if path == "/health":
            return (200, {}, {}) if self.manner.healthy else (503, {}, {})
        if self.manner.key and headers.get("authorization") != f"Bearer {self.manner.key}":
            return 401, {}, error("Unauthorized")
        if path == "/asked":
            return 200, {}, {"asked": self.asked}
        if path == "/v1/models":
            return (
                200,
                {},
                {"object": "list", "data": [{"id": model, "object": "model"} for model in self.manner.models]},
            )
        if path == "/v1/chat/completions" and method == "POST":
            return await self.chat(json.loads(body))
        return 404, {}, error("Not Found")

    async def chat(self, asked):
        self.asked += 1
        said = "" if self.manner.parrot or self.manner.says else asked["messages"][-1]["content"]
        if asked["model"] not in self.manner.models:
            return 404, {}, error(f"The model `{asked['model']}` does not exist.")
        if "seed" in asked:
            return 500, {}, error("CPU Generator does not use offset")
        if "too many tokens" in said:
            return (
                400,
                {},
                error("This model's maximum context length is 4096 tokens. However, your messages have 9000."),
            )
        if "odd" in said:
            return 422, {}, error("messages: what an odd thing\nto say " + headers_echo(asked))
        if self.rng.random() < self.manner.failing:
            return self.manner.failure, {"retry-after": "1"}, error("unlucky")
        if self.slots.locked() and self.waiting >= self.manner.queue:
            return 429, {"retry-after": "1"}, error("too many requests")
        self.waiting += 1
        async with self.slots:
            self.waiting -= 1
            await asyncio.sleep(self.manner.latency * math.exp(self.rng.gauss(0, self.manner.sigma)))
            if "poison" in said:
                return 500, {}, error("EngineCore encountered an issue")
        text = "" if "empty" in said else f"You said: {said}"
        if self.manner.says:
            text = self.manner.says
        elif self.manner.parrot:
            text = parrot.answer(asked["messages"])
        elif schema := asked.get("response_format", {}).get("json_schema", {}).get("schema"):
            text = json.dumps({"schema": schema})
        choice = {"index": 0, "message": {"role": "assistant", "content": text}}
        choice["finish_reason"] = "length" if "long" in said else "stop"
        tokens = self.manner.tokens
        usage = {"prompt_tokens": 100, "completion_tokens": tokens, "total_tokens": 100 + tokens}
        reply = {"id": f"chatcmpl-{self.asked}", "object": "chat.completion", "created": 0, "model": asked["model"]}
        return 200, {}, reply | {"choices": [choice], "usage": usage}


def error(message):
    return {"error": {"message": message, "type": "BadRequestError", "param": None, "code": 400}}


def headers_echo(asked):
    return json.dumps(sorted(asked))


class Connection(asyncio.Protocol):
    """One kept-alive connection, one request at a time."""

    def __init__(self, server):
        self.server = server
        self.buffer = b""
        self.task = None

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, error):
        if self.task:
            self.task.cancel()

    def data_received(self, data):
        self.buffer += data
        if not self.buffer.startswith((b"GET ", b"POST ")):
            self.transport.write(b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\nInvalid HTTP request received.")
            self.transport.close()
            return
        head, end, rest = self.buffer.partition(b"\r\n\r\n")
        if not end:
            return
        first, *lines = head.decode("latin-1").split("\r\n")
        method, path, _ = first.split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers.get("content-length", 0))
        if len(rest) < length:
            return
        self.buffer = rest[length:]
        self.task = asyncio.ensure_future(self.respond(method, path, headers, rest[:length]))

    async def respond(self, method, path, headers, body):
        try:
            status, more, value = await self.server.answer(method, path, headers, body)
        except Exception:  # nobody waits for an answer that will never come
            traceback.print_exc()
            status, more, value = 500, {}, error("what was asked is beyond the parrot")
        content = json.dumps(value).encode()
        lines = [f"HTTP/1.1 {status} {REASONS[status]}", "content-type: application/json"]
        lines += [f"content-length: {len(content)}", *(f"{name}: {value}" for name, value in more.items())]
        self.transport.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)


async def serve(manner):
    server = Server(manner)
    context = None
    if manner.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(manner.certificate, manner.private_key)
    loop = asyncio.get_running_loop()
    listening = await loop.create_server(
        lambda: Connection(server), "127.0.0.1", manner.port, ssl=context, backlog=10_000
    )
    print(listening.sockets[0].getsockname()[1], flush=True)
    await listening.serve_forever()


@contextlib.contextmanager
def process(**manner):
    """The process of a server that listens, and its port."""
    command = [sys.executable, str(Path(__file__)), json.dumps(asdict(Manner(**manner)))]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as started:
        try:
            yield started, int(started.stdout.readline())
        finally:
            started.kill()


@contextlib.contextmanager
def serving(**manner):
    """The address of a server that listens."""
    with process(**manner) as (_, port):
        yield f"http{'s' if manner.get('certificate') else ''}://127.0.0.1:{port}"


if __name__ == "__main__":
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    asyncio.run(serve(Manner(**json.loads(sys.argv[1] if sys.argv[1:] else "{}"))))
