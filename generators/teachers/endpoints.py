"""The servers that answer, as one: `await ask(request)` gives a reply, whichever gave it and after how many tries.

Each model has its endpoints and one queue of those who wait for them. Whoever is next goes to the endpoint with the
most room under its limit (throttle.py), and what comes of it (wire.py) decides how things go on:

- too much (429): the endpoint rests as long as it asked for, and the request goes back into the queue;
- a fault: the server is asked something else at once. If it answers, the request is to blame: it is tried again, and
  rejected when that has happened `TRIES` times. If it does not, or refuses connections, the endpoint is down and the
  request goes back into the queue, where the other endpoints of the model see to it.

An endpoint that is down is asked once a second whether it is back. If all of a model are down, everybody waits
`patience` seconds, and then fails.
"""

import asyncio
import os
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from types import TracebackType
from typing import NamedTuple, Self

from madata.generators.family import Rejected
from madata.generators.run import Failed, UserError
from madata.generators.teachers.request import Reply, Request
from madata.generators.teachers.throttle import MAXIMUM, Limit, Queue
from madata.generators.teachers.wire import KEY, NO_KEY, Busy, Endpoint, Fault, Unreachable, Wire

TIMEOUT = 300.0
PATIENCE = 20.0
TRIES = 4
MOVES = 20  # servers that may die under a request: it may be what kills them
BACKOFF = 0.5  # seconds before the second try; doubled for each further one
REFUSALS = 600.0  # seconds of nothing but 429
PROBES = 1.0  # seconds between two
FILES = 256  # descriptors that are left for everything else

__all__ = ["Endpoint", "Endpoints", "Gauges", "Unreachable"]


class Tokens(NamedTuple):
    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class Gauges:
    """How things stand. `limit` is the sum over the endpoints that are up; `waiting` those without a turn."""

    in_flight: int
    limit: int
    waiting: int
    completed: int
    tokens: dict[str, Tokens]
    retries: dict[str, int]
    down: list[str]


@dataclass(slots=True, eq=False)
class _Server:
    """An endpoint at work. `down` says why it is; `turned_away` since when it has answered nothing but 429."""

    wire: Wire
    limit: Limit
    in_flight: int = 0
    served: int = 0
    rests_until: float = 0.0
    turned_away: float | None = None
    down: str = ""
    probe: asyncio.Task[bool] | None = None

    @property
    def url(self) -> str:
        return self.wire.endpoint.url

    def room(self, now: float) -> int:
        return 0 if self.down or now < self.rests_until else self.limit.value - self.in_flight


@dataclass(slots=True, eq=False)
class _Group:
    """The endpoints of a model. `dark`: what will end the patience with them, while all are down."""

    model: str
    servers: list[_Server]
    queue: Queue[_Server] = field(init=False)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    dark: asyncio.TimerHandle | None = None
    given_up: bool = False

    def __post_init__(self) -> None:
        self.queue = Queue(self._grant, self.leave)

    def _grant(self) -> _Server | None:
        now = time.monotonic()
        server = max(self.servers, key=lambda server: server.room(now))
        if server.room(now) > 0:
            server.in_flight += 1
            return server
        for server in self.servers:
            server.limit.pressed()
        return None

    def leave(self, server: _Server) -> None:
        server.in_flight -= 1
        self.queue.serve()


class Endpoints:
    """Several endpoints may serve the same model, and there may be several models. `maximum` bounds the requests in
    flight at each endpoint; `timeout` is that of a request, in seconds; `say` is told what a user should know."""

    def __init__(
        self,
        endpoints: Iterable[Endpoint],
        *,
        timeout: float = TIMEOUT,
        patience: float = PATIENCE,
        maximum: int = MAXIMUM,
        say: Callable[[str], None] = lambda line: None,
    ) -> None:
        key = os.environ.get(KEY) or NO_KEY
        distinct = list(dict.fromkeys(endpoints))
        if not distinct:
            raise UserError("no endpoint is named; give the URL of a server")
        self._patience = patience
        self._maximum = min(maximum, _connections() // len(distinct))
        self._say = say
        self._groups: dict[str, _Group] = {}
        for endpoint in distinct:
            group = self._groups.setdefault(endpoint.model, _Group(endpoint.model, []))
            group.servers.append(_Server(Wire(endpoint, key, timeout), self._limit()))
        self._completed = 0
        self._retries: Counter[str] = Counter()
        self._watching: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        probes = [server.probe for server in self._servers() if server.probe]
        for task in (*self._watching, *probes):
            task.cancel()
        await asyncio.gather(*self._watching, *probes, return_exceptions=True)
        for group in self._groups.values():
            if group.dark:
                group.dark.cancel()
        for server in self._servers():
            await server.wire.close()

    async def check(self) -> None:
        """Raises a `UserError` if an endpoint will never do, `Unreachable` if none of a model can be reached now."""
        servers = self._servers()
        found = await asyncio.gather(*(server.wire.check() for server in servers), return_exceptions=True)
        errors = {server: error for server, error in zip(servers, found, strict=True) if error is not None}
        for error in errors.values():
            if not isinstance(error, Unreachable):
                raise error
        for group in self._groups.values():
            if all(server in errors for server in group.servers):
                raise errors[group.servers[0]]
        for server in errors:
            self._lose(server, "not reachable")

    async def ask(self, request: Request) -> Reply:
        """Raises `Rejected` if this request cannot be answered, `Failed` if none can."""
        group = self._groups.get(request.model)
        if group is None:
            raise Failed(f"no endpoint serves {request.model!r}; name one that does")
        tries = moves = 0
        while True:
            if group.given_up:
                raise self._failure(group)
            server = await group.queue.turn(request.place.slot)
            begun = time.monotonic()
            try:
                reply = await server.wire.ask(request)
            except Busy as busy:
                self._retries["HTTP 429"] += 1
                self._rest(group, server, busy.after, begun)
                continue
            except Fault as caught:
                fault = caught
                server.limit.overloaded(begun, time.monotonic())
            else:
                self._served(group, server, reply)
                return reply
            finally:
                group.leave(server)
            self._retries[fault.reason] += 1
            if fault.gone:
                self._lose(server, str(fault))
            if await self._answers(server):
                tries += 1
                if tries == TRIES:
                    raise Rejected("server", f"{fault}, {tries} times, while {server.url} answered others")
                await asyncio.sleep(BACKOFF * 2 ** (tries - 1) * random.uniform(0.75, 1.25))
            else:
                moves += 1
                if moves == MOVES:
                    raise Rejected("server", f"{moves} times an endpoint went down under it, at last {server.url}")

    def gauges(self) -> Gauges:
        servers = self._servers()
        return Gauges(
            in_flight=sum(server.in_flight for server in servers),
            limit=sum(server.limit.value for server in servers if not server.down),
            waiting=sum(len(group.queue) for group in self._groups.values()),
            completed=self._completed,
            tokens={
                model: Tokens(group.prompt_tokens, group.completion_tokens) for model, group in self._groups.items()
            },
            retries=dict(self._retries),
            down=[server.url for server in servers if server.down],
        )

    # What comes of a request

    def _served(self, group: _Group, server: _Server, reply: Reply) -> None:
        self._completed += 1
        group.prompt_tokens += reply.prompt_tokens
        group.completion_tokens += reply.completion_tokens
        server.served += 1
        server.turned_away = None
        server.limit.replied(reply.completion_tokens, time.monotonic())
        if server.down:
            self._regain(server)

    def _rest(self, group: _Group, server: _Server, seconds: float, begun: float) -> None:
        now = time.monotonic()
        server.limit.overloaded(begun, now)
        if server.turned_away is None:
            server.turned_away = now
        elif now - server.turned_away > REFUSALS:
            raise Failed(
                f"{server.url} has turned away every request for {REFUSALS:g} s (HTTP 429); "
                "continue with the same command when it has room"
            )
        if now + seconds > server.rests_until:
            server.rests_until = now + seconds
            asyncio.get_running_loop().call_later(seconds, group.queue.serve)

    async def _answers(self, server: _Server) -> bool:
        """Whether the server is up. All that failed meanwhile wait for the same answer."""
        if server.down:
            return False
        if server.probe is None:
            server.probe = asyncio.create_task(self._probe(server))
        return await asyncio.shield(server.probe)

    async def _probe(self, server: _Server) -> bool:
        served = server.served
        try:
            await server.wire.healthy()
        except Fault as fault:
            if server.served == served:
                self._lose(server, str(fault))
        finally:
            server.probe = None
        return not server.down

    # Endpoints that go and come

    def _lose(self, server: _Server, reason: str) -> None:
        if server.down:
            return
        server.down = reason
        group = self._groups[server.wire.endpoint.model]
        left = sum(not other.down for other in group.servers)
        if left:
            self._say(f"{server.url} is down ({reason}); endpoints of {group.model} that are left: {left}")
        else:
            self._say(f"{server.url} is down ({reason}); waiting up to {self._patience:g} s for it to come back")
            group.dark = asyncio.get_running_loop().call_later(self._patience, self._give_up, group)
        watch = asyncio.create_task(self._watch(server))
        self._watching.add(watch)
        watch.add_done_callback(self._watching.discard)

    async def _watch(self, server: _Server) -> None:
        while server.down:
            await asyncio.sleep(PROBES)
            try:
                await server.wire.healthy()
            except Fault as fault:
                server.down = server.down and str(fault)
            else:
                self._regain(server)

    def _regain(self, server: _Server) -> None:
        if not server.down:
            return
        server.down = ""
        server.limit = self._limit()
        group = self._groups[server.wire.endpoint.model]
        if group.dark:
            group.dark.cancel()
        group.dark, group.given_up = None, False
        self._say(f"{server.url} is back")
        group.queue.serve()

    def _give_up(self, group: _Group) -> None:
        group.given_up = True
        group.queue.refuse(lambda: self._failure(group))

    def _failure(self, group: _Group) -> Failed:
        lost = ", ".join(f"{server.url} ({server.down})" for server in group.servers)
        return Failed(
            f"no endpoint of {group.model!r} came back within {self._patience:g} s: {lost}; "
            "start the server again, then continue with the same command"
        )

    def _limit(self) -> Limit:
        return Limit(self._maximum, time.monotonic())

    def _servers(self) -> list[_Server]:
        return [server for group in self._groups.values() for server in group.servers]


def _connections() -> int:
    """How many there can be: each takes a file descriptor, and the soft limit on those is often 1,024."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return 2**20 if hard == resource.RLIM_INFINITY else max(1, hard - FILES)
