"""How many requests one endpoint is given at a time, and who goes next when there is room.

A server says what it can bear only by how it behaves, so the limit is found by trying. It doubles while that brings
more tokens a second, or costs none and answers still come soon: a server queues what it cannot take at once, so a
little too much keeps it full and too little does not. Then it stays; every so often it tries a quarter more. When the
server says it has too much (429, 5xx, a timeout) the limit is halved, once for all requests that were under way at the
time. What one in ten explains is taken for bad luck, or a server that trips now and then would end up with nothing to
do.

It is judged in windows of as many replies as are in flight, so a window lasts about as long as a request does, whatever
the model. A gain is believed at once; a lack of gain only after a second window, because few replies are a noisy
measure.
"""

import asyncio
import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

START = 16
MAXIMUM = 1024
SHORTEST = 0.25  # seconds: a window below this measures the clock
GAIN = 1.1  # tokens a second that make a doubling worth while; of a smaller step, accordingly less is asked
LOSS = 0.9
SOON = 10.0  # seconds
STEP = 1.25
LUCK = 0.1  # share of refusals that says nothing about the load
HOLD = 4  # windows from one try upwards to the next
AT_ONCE = 64  # turns in one round of the event loop: thousands of connections begun together would all time out

T = TypeVar("T")


@dataclass(slots=True)
class Limit:
    """The present bound, `value`. Times are seconds of any clock that does not go back; nothing here waits or looks at
    one. `fast` until the first step that brought nothing; `held` counts windows since the last try upwards."""

    maximum: int
    now: float
    value: int = START
    fast: bool = True
    held: int = 0
    _before: int = 0  # the limit before the step that is on trial; 0: none is
    _rate: float = 0.0  # tokens a second at that limit
    _opened: float = field(init=False)
    _cut: float = field(init=False)
    _replies: int = 0
    _tokens: int = 0
    _refused: int = 0
    _settling: int = 0  # replies to requests that were begun before the step
    _pressed: bool = False
    _doubted: bool = False

    def __post_init__(self) -> None:
        self.value = min(self.value, self.maximum)
        self._opened = self._cut = self.now

    def pressed(self) -> None:
        """Somebody has to wait. A limit that nobody feels teaches nothing."""
        self._pressed = True

    def replied(self, tokens: int, now: float) -> None:
        if self._settling:
            self._settling -= 1
            if not self._settling:
                self._open(now)
            return
        self._replies += 1
        self._tokens += tokens
        if self._replies >= self.value * (1 + self._doubted) and now - self._opened >= SHORTEST:
            self._judge(now)

    def overloaded(self, begun: float, now: float) -> None:
        """A request that was begun at `begun` was too much. Those from before the last cut say nothing new."""
        self._refused += begun >= self._cut
        unlucky = LUCK * self.value
        if self._refused >= 1 + unlucky + 2 * math.sqrt(unlucky):
            self.value = max(1, self.value // 2)
            self.fast, self.held, self._before, self._settling, self._cut = False, 0, 0, 0, now
            self._open(now)

    def _judge(self, now: float) -> None:
        rate = self._tokens / (now - self._opened)
        if self._before and self._pressed:
            if not self._gained(rate) and not self._doubted:
                self._doubted = True
                return
            # By Little's law an answer takes as long as all that are in flight take to be replaced.
            self._conclude(rate, self.value * (now - self._opened) / self._replies)
        elif self._pressed:
            self.held += 1
            if self.fast or self.held >= HOLD:
                self._try(rate)
        self._open(now)

    def _conclude(self, rate: float, seconds: float) -> None:
        """The step on trial has been watched for long enough. `seconds` is what an answer takes."""
        lost = rate < self._rate * LOSS
        free = not lost and seconds < SOON
        if self._gained(rate) or (self.fast and free):
            self._try(max(rate, self._rate))
            return
        if lost or not (self.fast or free):
            self.value = self._before
        self.fast, self.held, self._before = False, 0, 0

    def _gained(self, rate: float) -> bool:
        return rate >= self._rate * math.pow(GAIN, math.log2(self.value / self._before))

    def _try(self, rate: float) -> None:
        wanted = self.value * 2 if self.fast else max(self.value + 1, int(self.value * STEP))
        before, self.value = self.value, min(self.maximum, wanted)
        self._before, self._rate, self.held = (before, rate, 0) if self.value > before else (0, 0.0, 0)
        self._settling = self._before

    def _open(self, now: float) -> None:
        self._opened, self._replies, self._tokens, self._refused = now, 0, 0, 0
        self._pressed = self._doubted = False


class Queue(Generic[T]):
    """Those who wait for room. The lowest rank goes first: old dialogues finish before new ones get on.

    `grant` gives what a turn consists of, or None if there is none now; `take_back` gets one that nobody came for.
    """

    def __init__(self, grant: Callable[[], T | None], take_back: Callable[[T], None]) -> None:
        self._grant = grant
        self._take_back = take_back
        self._waiting: list[tuple[int, int, asyncio.Future[T]]] = []
        self._arrived = 0
        self._granted = 0

    def __len__(self) -> int:
        return len(self._waiting)

    async def turn(self, rank: int) -> T:
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._arrived += 1
        heapq.heappush(self._waiting, (rank, self._arrived, future))
        self.serve()
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and not future.exception():
                self._take_back(future.result())
            raise

    def serve(self) -> None:
        """Lets in all that there is room for, a few at a time."""
        while self._waiting and self._granted < AT_ONCE:
            if self._waiting[0][2].done():
                heapq.heappop(self._waiting)
            elif (granted := self._grant()) is not None:
                heapq.heappop(self._waiting)[2].set_result(granted)
                if not self._granted:
                    asyncio.get_running_loop().call_soon(self._go_on)
                self._granted += 1
            else:
                return

    def _go_on(self) -> None:
        self._granted = 0
        self.serve()

    def refuse(self, error: Callable[[], Exception]) -> None:
        """Nobody who waits now will get a turn."""
        waiting, self._waiting = self._waiting, []
        for _, _, future in waiting:
            if not future.done():
                future.set_exception(error())
