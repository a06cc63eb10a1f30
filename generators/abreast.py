"""Many dialogues abreast, each at its own pace: none waits for the turn of another, so a server never runs dry."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

LOOK = 0.1  # seconds after which a limit that has grown is noticed though no job has ended


async def abreast(jobs: Iterable[Callable[[], Awaitable[T]]], limit: Callable[[], int]) -> AsyncGenerator[T, None]:
    """Starts the jobs in order, keeps `limit()` of them going, and yields results as they come.

    A job that has ended counts as going until its result was taken. The first exception of a job, or of `jobs`, ends
    all others; so does leaving the loop early, if the iterator is closed then (`contextlib.aclosing`).
    """
    waiting = iter(jobs)
    going: set[asyncio.Future[T]] = set()
    ended: deque[asyncio.Future[T]] = deque()
    more = True
    news = asyncio.Event()

    def end(job: asyncio.Future[T]) -> None:
        ended.append(job)
        news.set()

    try:
        while True:
            while more and len(going) < max(1, limit()):
                begin = next(waiting, None)
                if begin is None:
                    more = False
                else:
                    job: asyncio.Future[T] = asyncio.ensure_future(begin())
                    going.add(job)
                    job.add_done_callback(end)
            if ended:
                job = ended.popleft()
                going.discard(job)
                yield job.result()
            elif going:
                news.clear()
                alarm = asyncio.get_running_loop().call_later(LOOK, news.set) if more else None
                await news.wait()
                if alarm:
                    alarm.cancel()
            else:
                return
    finally:
        for job in going:
            job.cancel()
        await asyncio.gather(*going, return_exceptions=True)
