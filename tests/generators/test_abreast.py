import asyncio
import contextlib
import functools
import resource
import time

import pytest

from madata.generators.abreast import abreast


def collect(jobs, limit):
    async def go():
        return [result async for result in abreast(jobs, limit)]

    return asyncio.run(go())


def test_nobody_waits_for_the_turn_of_another():
    """Of two abreast the slow one takes as long as all the quick ones, one after the other."""
    order = []

    async def go():
        last = asyncio.Event()

        def job(number):
            async def run():
                order.append(number)
                if number == 0:
                    await last.wait()
                elif number == 7:
                    last.set()
                return number

            return run

        return [result async for result in abreast(map(job, range(8)), lambda: 2)]

    assert asyncio.run(go()) == [1, 2, 3, 4, 5, 6, 7, 0]
    assert order == list(range(8))


def test_the_limit_holds_and_may_change():
    going, most, limit = [0], [], [1]

    async def job():
        going[0] += 1
        most.append((going[0], limit[0]))
        await asyncio.sleep(0.001)
        limit[0] = min(10, limit[0] + 1)
        going[0] -= 1

    assert len(collect((job for _ in range(200)), lambda: limit[0])) == 200
    assert all(number <= bound for number, bound in most)
    assert max(number for number, _ in most) == 10


def test_a_limit_that_grows_is_noticed_though_nothing_ends():
    limit = [1]

    async def go():
        barrier = asyncio.Barrier(3)

        async def job():
            limit[0] = 3
            async with asyncio.timeout(20):
                await barrier.wait()

        return [result async for result in abreast((job for _ in range(3)), lambda: limit[0])]

    assert asyncio.run(go()) == [None] * 3


def test_jobs_are_taken_only_when_there_is_room_for_them():
    taken, ahead = [], []

    def jobs():
        for number in range(20):
            taken.append(number)
            yield functools.partial(asyncio.sleep, 0, number)

    async def go():
        done = 0
        async for _ in abreast(jobs(), lambda: 3):
            done += 1
            ahead.append(len(taken) - done)
            await asyncio.sleep(0.01)

    asyncio.run(go())
    assert max(ahead) < 3


def test_the_first_exception_ends_the_others():
    ended = []

    def job(number):
        async def run():
            try:
                if number == 5:
                    await asyncio.sleep(0.01)
                    raise ValueError("five")
                await asyncio.sleep(60)
            finally:
                ended.append(number)

        return run

    begun = time.monotonic()
    with pytest.raises(ValueError, match="five"):
        collect(map(job, range(1000)), lambda: 100)
    assert sorted(ended) == list(range(100))
    assert time.monotonic() - begun < 30


def test_leaving_early_ends_the_others():
    ended = []

    async def job():
        try:
            await asyncio.sleep(0 if not ended else 60)
        finally:
            ended.append(True)

    async def go():
        async with contextlib.aclosing(abreast((job for _ in range(50)), lambda: 10)) as results:
            async for _ in results:
                break
        return len(asyncio.all_tasks())

    assert asyncio.run(go()) == 1
    assert len(ended) >= 10


def test_a_fault_in_the_jobs_ends_them():
    async def job():
        await asyncio.sleep(60)

    def jobs():
        yield job
        raise ValueError("no more of them")

    with pytest.raises(ValueError, match="no more"):
        collect(jobs(), lambda: 10)


def test_nothing_to_do():
    assert collect([], lambda: 10) == []


def test_ten_thousand_at_once_are_cheap():
    peak, going = [0], [0]

    async def job():
        going[0] += 1
        peak[0] = max(peak[0], going[0])
        for _ in range(10):
            await asyncio.sleep(0.05)
        going[0] -= 1

    before = resource.getrusage(resource.RUSAGE_SELF)
    assert len(collect((job for _ in range(20_000)), lambda: 10_000)) == 20_000
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert peak[0] == 10_000
    assert after.ru_utime - before.ru_utime < 8
