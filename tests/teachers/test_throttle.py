"""The limit against simulated servers, in virtual time; and who goes next."""

import asyncio
import heapq
import itertools
import math
import random
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madata.generators.teachers.throttle import AT_ONCE, SOON, START, Limit, Queue


def closed_loop(capacity, sigma, replies, *, seed=0, maximum=1024, failing=0.0):
    """As many requests as the limit allows, always, at a server that works on `capacity` of them at a time for a
    lognormal second each. Pairs of time and limit, and the share of what the server could have done."""
    rng = random.Random(seed)
    limit, now, in_flight = Limit(maximum, 0.0), 0.0, 0
    work, waiting, course = [], deque(), []
    while len(course) < replies:
        while in_flight < limit.value:
            in_flight += 1
            waiting.append(now)
        limit.pressed()
        while waiting and len(work) < capacity:
            seconds = math.exp(rng.gauss(0, sigma) - sigma * sigma / 2)
            heapq.heappush(work, (now + seconds, waiting.popleft(), seconds))
        now, begun, seconds = heapq.heappop(work)
        in_flight -= 1
        if rng.random() < failing:
            limit.overloaded(begun, now)
        else:
            limit.replied(max(1, int(20 * seconds)), now)
        course.append((now, limit.value))
    return course, replies / capacity / now


@pytest.mark.parametrize("sigma", [0, 0.3, 1])
@pytest.mark.parametrize("capacity", [32, 100, 256])
def test_it_fills_the_server_and_lets_nobody_wait_for_long(capacity, sigma):
    course, share = closed_loop(capacity, sigma, capacity * 40)
    assert share > 0.85
    later = sorted(value for _, value in course[len(course) // 2 :])
    assert capacity <= later[len(later) // 2]
    if sigma < 1:  # with very unequal requests luck looks like a gain now and then
        assert later[len(later) // 2] <= 2 * SOON * capacity  # a request takes a second to work on
    assert next(now for now, value in course if value >= capacity) < 12


def test_a_server_without_bound_is_given_the_maximum():
    course, _ = closed_loop(10**6, 0.3, 20_000, maximum=500)
    assert max(value for _, value in course) == course[-1][1] == 500


@pytest.mark.parametrize("failing", [0.01, 0.05])
def test_bad_luck_costs_little(failing):
    _, share = closed_loop(100, 0.5, 6000, failing=failing)
    assert share > 0.85


def test_a_server_that_mostly_fails_is_left_nearly_alone():
    course, _ = closed_loop(100, 0.5, 3000, failing=0.8)
    assert course[-1][1] <= 4


def test_all_refusals_of_one_overload_are_one_cut_and_it_recovers():
    limit = Limit(1024, 0.0, value=200)
    for _ in range(200):
        limit.overloaded(begun=0.5, now=1.0)
    assert limit.value == 100
    for _ in range(200):
        limit.overloaded(begun=0.9, now=1.5)
    assert limit.value == 100
    for _ in range(100):
        limit.overloaded(begun=1.5, now=2.0)
    assert limit.value == 50
    for reply in range(5000):
        limit.pressed()
        limit.replied(20, 2.0 + reply / limit.value)
    assert limit.value > 50


def test_a_limit_that_nobody_feels_stays():
    limit = Limit(1024, 0.0)
    for reply in range(1000):
        limit.replied(20, reply / 10)
    assert limit.value == START


@given(
    st.integers(1, 10_000),
    st.lists(st.tuples(st.sampled_from(["reply", "refusal", "pressed"]), st.floats(0, 10), st.integers(0, 10**6))),
)
def test_it_is_always_between_one_and_the_maximum(maximum, happenings):
    limit, now = Limit(maximum, 0.0), 0.0
    for kind, seconds, tokens in happenings:
        before, now = limit.value, now + seconds
        match kind:
            case "reply":
                limit.replied(tokens, now)
            case "refusal":
                limit.overloaded(now - seconds, now)
                assert before // 2 <= limit.value <= before
            case "pressed":
                limit.pressed()
        assert 1 <= limit.value <= maximum
        assert limit.value <= 2 * before


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.integers(1, 5))
def test_the_lowest_goes_first(slots, room):
    async def go():
        free, order = [0], []

        def grant():
            if not free[0]:
                return None
            free[0] -= 1
            return "turn"

        queue = Queue(grant, lambda turn: None)

        async def one(slot):
            await queue.turn(slot)
            order.append(slot)

        tasks = [asyncio.create_task(one(slot)) for slot in slots]
        await asyncio.sleep(0)
        assert len(queue) == len(slots)
        while len(order) < len(slots):
            free[0] = room
            queue.serve()
            await asyncio.sleep(0)
        await asyncio.gather(*tasks)
        return order

    assert asyncio.run(go()) == sorted(slots)


def test_turns_are_given_a_few_at_a_time():
    async def go():
        queue = Queue(lambda: "turn", lambda turn: None)
        waiting = [asyncio.create_task(queue.turn(slot)) for slot in range(1000)]
        left = []
        while len(queue) or not left:
            await asyncio.sleep(0)
            left.append(len(queue))
        await asyncio.gather(*waiting)
        return left

    left = asyncio.run(go())
    assert left[0] > 800
    assert all(before - after <= AT_ONCE for before, after in itertools.pairwise(left))


def test_a_turn_that_nobody_came_for_is_taken_back():
    async def go():
        free, back = [], []
        queue = Queue(lambda: free.pop() if free else None, back.append)
        waiting = [asyncio.create_task(queue.turn(slot)) for slot in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
        await asyncio.sleep(0)
        free += ["a", "b"]
        queue.serve()
        waiting[1].cancel()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        return [type(result) if isinstance(result, BaseException) else result for result in results], back

    results, back = asyncio.run(go())
    assert results == [asyncio.CancelledError, asyncio.CancelledError, "a"]
    assert back == ["b"]


def test_those_who_are_refused_have_no_turn():
    async def go():
        queue = Queue(lambda: None, lambda turn: None)
        waiting = [asyncio.create_task(queue.turn(slot)) for slot in range(3)]
        await asyncio.sleep(0)
        queue.refuse(lambda: ValueError("no more"))
        return await asyncio.gather(*waiting, return_exceptions=True), len(queue)

    results, left = asyncio.run(go())
    assert [str(error) for error in results] == ["no more"] * 3
    assert left == 0
