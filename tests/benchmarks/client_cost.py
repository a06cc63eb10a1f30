"""What a request costs the client: CPU of this process against a fake server in another, beside the bare openai client.

Goals: below 6 ms a request through Responses and Endpoints, and below 1.5 GB with 10,000 dialogues in flight.

python tests/benchmarks/client_cost.py [IN_FLIGHT...] [--turns N]
"""

import argparse
import asyncio
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import openai
from fake_server import serving

from madata.generators.abreast import abreast
from madata.generators.teachers.endpoints import Endpoint, Endpoints
from madata.generators.teachers.request import Place, Request
from madata.generators.teachers.responses import Responses

SYSTEM = "You are Anna. You are in the kitchen, and you know only what you have seen yourself. " * 15
SAID = "Bob said: I have put the apple into the box, and then I went into the garden. "
BARE = 64  # in flight: the bare client has nothing that would let it take more


def messages(turn):
    """A prompt that grows with the dialogue."""
    return ({"role": "system", "content": SYSTEM}, {"role": "user", "content": SAID * (turn + 1) + "What do you say?"})


def cpu():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


async def whole(url, dialogues, turns, directory):
    """Dialogues through all of it. `maximum` is that of the fake server: what is to be measured is the client."""
    endpoints = Endpoints([Endpoint(url, "fake")], maximum=10_000)
    async with endpoints, Responses(Path(directory) / "responses.sqlite", endpoints.ask) as responses:

        async def dialogue(slot):
            for turn in range(turns):
                request = Request("fake", messages(turn), 100, 1.0, Place(slot, 0, turn, "a1", 0))
                await responses.ask(request)
                responses.judged(request.key, "accepted")

        jobs = ((lambda slot=slot: dialogue(slot)) for slot in range(dialogues))
        async for _ in abreast(jobs, lambda: dialogues):
            pass
        return endpoints.gauges().limit


async def bare(url, dialogues, turns):
    async with openai.AsyncOpenAI(base_url=f"{url}/v1", api_key="none", max_retries=0) as client:
        waiting = iter(range(dialogues))

        async def some():
            for _ in waiting:
                for turn in range(turns):
                    await client.chat.completions.create(
                        model="fake", messages=messages(turn), max_tokens=100, temperature=1.0
                    )

        await asyncio.gather(*(some() for _ in range(BARE)))


def measure(kind, url, dialogues, turns):
    """One line, measured in this process, once everything is imported."""
    asyncio.run(bare(url, 1, 1))
    begun, before = time.perf_counter(), cpu()
    if kind == "whole":
        with tempfile.TemporaryDirectory(dir=Path.cwd()) as directory:
            limit = asyncio.run(whole(url, dialogues, turns, directory))
        name = f"{dialogues:>6,} dialogues in flight (limit at the end {limit:,})"
    else:
        asyncio.run(bare(url, dialogues, turns))
        name = f"the bare openai client, {BARE} in flight"
    requests = dialogues * turns
    seconds = time.perf_counter() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = 1000 * (cpu() - before) / requests
    print(f"{name:55} {each:5.2f} ms CPU a request  {requests / seconds:6.0f} requests/s  peak {megabytes:5.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("in_flight", nargs="*", type=int, default=[100, 1000, 10_000])
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        kind, url, dialogues = asked.one
        measure(kind, url, int(dialogues), asked.turns)
        sys.exit()
    with serving(latency=1.0, sigma=0.3) as url:
        for kind, dialogues in [("bare", 300), *(("whole", number) for number in asked.in_flight)]:
            # A process of its own each, or the peak of one would be that of those before.
            command = [sys.executable, "-P", __file__, "--turns", str(asked.turns), "--one", kind, url, str(dialogues)]
            subprocess.run(command, check=True, env=os.environ)
