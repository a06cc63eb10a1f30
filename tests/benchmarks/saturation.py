"""Tokens a second that a model gives through the whole client, against a bare load generator with the same requests.

The rounds alternate, so that a machine that slows down slows both. Without arguments a fake server stands in. Goal: a
ratio of 0.95.

python tests/benchmarks/saturation.py [URL MODEL] [--rounds N] [--requests N] [--tokens N]
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
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


async def whole(url, asked, in_flight):
    """Completion tokens through Responses and Endpoints. The limit finds its way by itself, from where it starts."""
    used, endpoints = 0, Endpoints([Endpoint(url, asked[0].model)], maximum=in_flight)
    with tempfile.TemporaryDirectory() as directory:
        async with endpoints, Responses(Path(directory) / "responses.sqlite", endpoints.ask) as responses:
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


def rate(way, url, asked, in_flight):
    begun = time.perf_counter()
    used = asyncio.run(way(url, asked, in_flight))
    return used / (time.perf_counter() - begun)


def compare(url, model, rounds, number, tokens):
    for in_flight in IN_FLIGHT:
        ratios = []
        for turn in range(rounds):
            ways = (whole, bare) if turn % 2 else (bare, whole)
            rates = {
                way: rate(
                    way, url, list(requests(model, number, tokens, f"{in_flight}.{turn}.{way.__name__}")), in_flight
                )
                for way in ways
            }
            ratios.append(rates[whole] / rates[bare])
            print(
                f"{in_flight:>4} in flight  client {rates[whole]:8.0f}/s  bare {rates[bare]:8.0f}/s  {ratios[-1]:.3f}"
            )
        print(f"{in_flight:>4} in flight  median ratio {statistics.median(ratios):.3f}")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("server", nargs="*", metavar="URL MODEL")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--tokens", type=int, default=64)
    asked = parser.parse_args()
    if asked.server:
        compare(*asked.server, asked.rounds, asked.requests, asked.tokens)
    else:
        with serving(latency=2.0, sigma=0.3, capacity=256) as url:
            compare(url, "fake", asked.rounds, asked.requests, asked.tokens)
