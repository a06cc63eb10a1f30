"""Tokens a second that a model gives through the whole client, against a bare load generator with the same requests.

The rounds alternate, so that a machine that slows down slows both. The client is measured after a warm-up in which its
limit found its way to the maximum, as it does in the first minutes of a run of hours. Without arguments a fake server
stands in. Goal: a ratio of 0.95.

python tests/benchmarks/saturation.py [URL MODEL] [--rounds N] [--requests N] [--tokens N]
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

import httpx2
import orjson
from fake_server import serving

from madata.generators.abreast import abreast
from madata.generators.teachers.endpoints import KEY, NO_KEY, Endpoint, Endpoints
from madata.generators.teachers.request import Place, Request
from madata.generators.teachers.responses import Responses

IN_FLIGHT = (64, 128)
SCENE = (
    "You are Anna. Bob has put the {} into the box. Tell Carla in one or two sentences where it is and how you know."
)
THINGS = "apple ball book coin cup drum egg flute glove hat key lamp map nut orange pen ring scarf toy vase".split()


def requests(model, number, tokens, series):
    """Every one is new to the server, or its cache of prefixes would favour whoever comes second."""
    for slot in range(number):
        words = f"{series}.{slot}: " + SCENE.format(THINGS[slot % len(THINGS)])
        yield Request(model, ({"role": "user", "content": words},), tokens, 1.0, Place(slot, 0, 0, "a1", 0))


async def whole(endpoints, asked, in_flight):
    """Completion tokens through Responses and Endpoints."""
    used = 0
    with tempfile.TemporaryDirectory() as directory:
        async with Responses(Path(directory) / "responses.sqlite", endpoints.ask) as responses:
            jobs = ((lambda request=request: responses.ask(request)) for request in asked)
            async for reply in abreast(jobs, lambda: 2 * in_flight):
                used += reply.completion_tokens
    return used


async def bare(url, asked, in_flight):
    """Completion tokens of requests that are posted, nothing else, always as many as may be."""
    used, waiting = 0, iter(asked)
    headers = {"authorization": f"Bearer {os.environ.get(KEY) or NO_KEY}", "content-type": "application/json"}
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=3)
    async with httpx2.AsyncClient(headers=headers, timeout=None, limits=limits) as client:

        async def some():
            nonlocal used
            for request in waiting:
                body = {"model": request.model, "messages": request.messages}
                body |= {"max_tokens": request.max_tokens, "temperature": request.temperature}
                response = await client.post(
                    f"{Endpoint(url, request.model).root}/v1/chat/completions", content=orjson.dumps(body)
                )
                used += orjson.loads(response.content)["usage"]["completion_tokens"]

        await asyncio.gather(*(some() for _ in range(in_flight)))
    return used


async def compare(url, model, rounds, number, tokens):
    for in_flight in IN_FLIGHT:
        ratios = []
        async with Endpoints([Endpoint(url, model)], maximum=in_flight) as endpoints:
            ways = {"client": partial(whole, endpoints), "bare": partial(bare, url)}
            print(f"{in_flight:>4} in flight: warm-up of {5 * in_flight} requests", flush=True)
            await whole(endpoints, list(requests(model, 5 * in_flight, tokens, "warm-up")), in_flight)
            for turn in range(rounds):
                rates = {}
                for name in sorted(ways, reverse=turn % 2 == 1):
                    asked = list(requests(model, number, tokens, f"{in_flight}.{turn}.{name}"))
                    begun = time.perf_counter()
                    rates[name] = await ways[name](asked, in_flight) / (time.perf_counter() - begun)
                ratios.append(rates["client"] / rates["bare"])
                print(
                    f"{in_flight:>4} in flight  client {rates['client']:6.0f} tokens/s  bare {rates['bare']:6.0f}  "
                    f"ratio {ratios[-1]:.3f}  limit {endpoints.gauges().limit}",
                    flush=True,
                )
        print(f"{in_flight:>4} in flight  median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", nargs="*", help="URL MODEL")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--tokens", type=int, default=64)
    asked = parser.parse_args()
    if asked.server:
        asyncio.run(compare(*asked.server, asked.rounds, asked.requests, asked.tokens))
    else:
        with serving(latency=2.0, sigma=0.3, capacity=256) as url:
            asyncio.run(compare(url, "fake", asked.rounds, asked.requests, asked.tokens))
