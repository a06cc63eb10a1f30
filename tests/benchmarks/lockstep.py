"""Dialogues a second, each at its own pace against in lockstep, at a server that works on 256 requests at a time.

In lockstep all dialogues of a batch take turn k together and wait for the slowest, as in a plain distilabel Task with
its batches of 50. Both are given the very same requests, with lognormal latencies, in virtual time: the event loop and
`abreast` are the real ones, only the clock is not. Ideal is what 256 slots that are never empty would do. Goals: eight
times the plain Task, and 0.9 of ideal with 10,000 dialogues in flight.

python tests/benchmarks/lockstep.py [DIALOGUES]
"""

import argparse
import asyncio
import math
import random
import selectors

from madata.generators.abreast import abreast
from madata.generators.teachers.throttle import Queue

CAPACITY = 256
TURNS = 10
MEAN = 2.0  # seconds
PLAIN = 50
IN_FLIGHT = (100, 1000, 10_000)


class Jump(selectors.SelectSelector):
    """Does not wait for a time but jumps to it."""

    now = 0.0

    def select(self, timeout=None):
        self.now += timeout or 0
        return super().select(0)


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        self.jump = Jump()
        super().__init__(self.jump)

    def time(self):
        return self.jump.now


class Simulated:
    """A server, and the time each turn of each dialogue takes there. Those who wait go by the age of their dialogue."""

    def __init__(self, sigma, dialogues):
        rng = random.Random(7)
        self.seconds = [
            [MEAN * math.exp(rng.gauss(0, sigma) - sigma * sigma / 2) for _ in range(TURNS)] for _ in range(dialogues)
        ]
        self.ideal = CAPACITY * dialogues / sum(map(sum, self.seconds))
        self.free = CAPACITY
        self.queue = Queue(self.grant, lambda turn: None)

    def grant(self):
        if not self.free:
            return None
        self.free -= 1
        return True

    async def ask(self, dialogue, turn):
        await self.queue.turn(dialogue)
        await asyncio.sleep(self.seconds[dialogue][turn])
        self.free += 1
        self.queue.serve()


async def at_their_own_pace(server, dialogues, in_flight):
    async def dialogue(number):
        for turn in range(TURNS):
            await server.ask(number, turn)

    async for _ in abreast(
        ((lambda number=number: dialogue(number)) for number in range(dialogues)), lambda: in_flight
    ):
        pass


async def in_lockstep(server, dialogues, batch):
    for first in range(0, dialogues, batch):
        numbers = range(first, min(first + batch, dialogues))
        for turn in range(TURNS):
            await asyncio.gather(*(server.ask(number, turn) for number in numbers))


def rate(sigma, dialogues, way, number):
    """Dialogues a second, and the share of the ideal."""
    server = Simulated(sigma, dialogues)
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(way(server, dialogues, number))
        seconds = runner.get_loop().time()
    return dialogues / seconds, dialogues / seconds / server.ideal


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dialogues", nargs="?", type=int, default=20_000)
    dialogues = parser.parse_args().dialogues
    for sigma in (1.0, 0.3):
        print(f"sigma {sigma:g}: {dialogues:,} dialogues of {TURNS} turns, {CAPACITY} slots")
        plain, share = rate(sigma, dialogues, in_lockstep, PLAIN)
        print(f"  plain Task, batches of {PLAIN:>6,}  {plain:6.2f}/s  {share:5.2f} of ideal")
        for number in IN_FLIGHT:
            own, share = rate(sigma, dialogues, at_their_own_pace, number)
            lockstep, beside = rate(sigma, dialogues, in_lockstep, number)
            print(
                f"  {number:>6,} in flight: own pace  {own:6.2f}/s  {share:5.2f} of ideal  {own / plain:5.1f} x plain  "
                f"{own / lockstep:4.1f} x lockstep at that size ({lockstep:.2f}/s, {beside:.2f} of ideal)"
            )
