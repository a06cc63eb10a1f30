"""A process's share of a run with models: many dialogues at once, every answer kept before it is used.

dialogues (make_shards)  ->  Responses (responses.sqlite)  ->  Endpoints (the servers)
"""

import asyncio
import os
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path
from typing import Any

from madata.generators.run import RESPONSES, Run
from madata.generators.shards import ShardResult, Slot, make_shards
from madata.generators.teachers.cast import Studio
from madata.generators.teachers.endpoints import Endpoint, Endpoints, Unreachable
from madata.generators.teachers.responses import Responses, Used
from madata.generators.voices import Servers

__all__ = ["Unreachable", "play", "preflight", "used"]

TICK = 1.0  # seconds between two reports
WINDOW = 15  # reports over which tokens a second are told


def reached(servers: Servers, say: Callable[[str], None] = lambda line: None) -> Endpoints:
    addresses = [Endpoint(served.url, served.model) for served in servers.served]
    return Endpoints(addresses, patience=servers.patience, timeout=servers.timeout, say=say)


def preflight(servers: Servers) -> None:
    """Raises `UserError` if the servers will never do, `Unreachable` if those of a model cannot be reached now."""

    async def check() -> None:
        async with reached(servers) as endpoints:
            await endpoints.check()

    asyncio.run(check())


def used(path: Path) -> tuple[dict[str, Used], dict[str | None, int]]:
    """Tokens by model, and how many answers have which verdict, of all answers that were kept there."""

    async def count() -> tuple[dict[str, Used], dict[str | None, int]]:
        async with Responses(path, None) as responses:
            return await responses.tokens(), await responses.verdicts()

    return asyncio.run(count())


def abreast_of(endpoints: Endpoints) -> int:
    """How many dialogues go on at once: a few more than the requests the servers bear, so that none ever waits for
    us."""
    limit = endpoints.gauges().limit
    return limit + max(8, limit // 4)


async def play(
    run: Run,
    shards: Sequence[int],
    servers: Servers,
    publish: Callable[[int, ShardResult], None],
    tell: Callable[[dict[str, Any]], None],
) -> None:
    """Makes the shards and publishes each when it is whole. Tells how far it is once a second, and what users should
    know."""
    accepted = waiting = 0
    rejected = Counter[str]()
    begun, busy = time.monotonic(), time.process_time()
    produced = deque([(begun, 0)], maxlen=WINDOW)  # tokens so far at each report

    def filled(slot: Slot) -> None:
        nonlocal accepted, waiting
        accepted += slot.accepted is not None
        waiting += slot.accepted is not None
        rejected.update(attempt["reason"] for attempt in slot.rejected)

    def report() -> None:
        now, gauges = time.monotonic(), endpoints.gauges()
        (before, fewer), tokens = produced[0], sum(used.completion for used in gauges.tokens.values())
        produced.append((now, tokens))
        tell(
            {
                "process": f"{socket.gethostname()}/{os.getpid()}",
                "accepted": accepted,
                "waiting": waiting,
                "rejected": dict(rejected.most_common(8)),
                "in_flight": gauges.in_flight,
                "speed": round((tokens - fewer) / max(now - before, 1e-3), 1),
                "seconds": round(now - begun, 3),
                "own": round(time.process_time() - busy, 3),
            }
        )

    async def report_regularly() -> None:
        while True:
            await asyncio.sleep(TICK)
            report()

    async with (
        reached(servers, lambda line: tell({"say": line})) as endpoints,
        Responses(run.path / RESPONSES, endpoints.ask) as responses,
    ):
        studio = Studio(run.config, responses.ask, responses.judged)
        reporter = asyncio.create_task(report_regularly())
        made = make_shards(run.config, shards, studio, lambda: abreast_of(endpoints), filled)
        try:
            async with aclosing(made):
                async for shard, result in made:
                    waiting -= len(result.episodes)
                    report()  # or they would be counted twice for a moment
                    publish(shard, result)
        finally:
            reporter.cancel()
            report()
