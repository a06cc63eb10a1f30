"""Every way in which a server can disappoint, over real sockets and through the real client."""

import asyncio
import logging
import socket
import subprocess
import time
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate

import pytest
from fake_server import process, serving
from fault_proxy import FaultProxy
from hypothesis import given
from hypothesis import strategies as st

from madata.generators.family import Rejected
from madata.generators.run import Failed, UserError
from madata.generators.teachers import endpoints as module
from madata.generators.teachers.endpoints import Endpoint, Endpoints, Unreachable
from madata.generators.teachers.request import Place, Request
from madata.generators.teachers.wire import PATIENT, one_line, retry_after

SECRET = "sk-this-is-secret"


def request(words="Hello.", slot=0, **changes):
    messages = ({"role": "user", "content": words},)
    return replace(Request("fake", messages, 20, 1.0, Place(slot, 0, 0, "a1", 0)), **changes)


@pytest.fixture(scope="module")
def server():
    with serving(latency=0.01) as url:
        yield url


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.delenv("MADATA_API_KEY", raising=False)
    monkeypatch.setattr(module, "BACKOFF", 0.01)
    monkeypatch.setattr(module, "PROBES", 0.1)


def run(coroutine):
    return asyncio.run(coroutine)


def refused():
    """A port that nobody listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


async def ask_all(pool, requests):
    return await asyncio.gather(*(pool.ask(asked) for asked in requests))


def answers_through(server, *, n=1, timeout=5.0, **faults):
    """The replies to `n` requests, one after the other, through a proxy with faults, and the gauges at the end."""

    async def go():
        async with (
            FaultProxy(server, **faults) as proxy,
            Endpoints([Endpoint(proxy.url, "fake")], timeout=timeout, patience=0.5) as pool,
        ):
            replies = [await pool.ask(request(slot=slot)) for slot in range(n)]
            return replies, pool.gauges()

    return run(go())


# What is sent and what comes back


def test_a_reply_is_what_the_server_said(server):
    async def go():
        async with Endpoints([Endpoint(server + "/v1/", "fake")]) as pool:
            await pool.check()
            return await pool.ask(request("Good morning.")), pool.gauges()

    reply, gauges = run(go())
    assert (reply.text, reply.finish) == ("You said: Good morning.", "stop")
    assert (reply.prompt_tokens, reply.completion_tokens) == (100, 20)
    assert reply.id.startswith("chatcmpl-")
    assert gauges == module.Gauges(0, 16, 0, 1, {"fake": (100, 20)}, {}, [])


def test_a_schema_constrains_the_answer(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            return await pool.ask(request(schema={"type": "object", "required": ["say"]}))

    assert run(go()).text == '{"schema": {"type": "object", "required": ["say"]}}'


def test_what_was_cut_off_or_empty_was_paid_for(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            return await ask_all(pool, [request("long"), request("empty")])

    long, empty = run(go())
    assert (long.finish, long.text) == ("length", "You said: long")
    assert (empty.finish, empty.text, empty.completion_tokens) == ("stop", "", 20)


def test_models_have_their_own_endpoints(server):
    async def go():
        with serving(models=["other"]) as second:
            async with Endpoints([Endpoint(server, "fake"), Endpoint(second, "other")]) as pool:
                await pool.check()
                await ask_all(pool, [request(), request(model="other"), request(model="other")])
                with pytest.raises(Failed, match="no endpoint serves 'third'"):
                    await pool.ask(request(model="third"))
                return pool.gauges().tokens

    assert run(go()) == {"fake": (100, 20), "other": (200, 40)}


def test_replicas_share_the_requests():
    async def go():
        with serving(latency=0.1) as first, serving(latency=0.1) as second:
            async with (
                FaultProxy(first) as one,
                FaultProxy(second) as two,
                Endpoints([Endpoint(proxy.url, "fake") for proxy in (one, two)]) as pool,
            ):
                await ask_all(pool, [request(slot=slot) for slot in range(60)])
            return one.seen, two.seen

    seen = run(go())
    assert sum(seen) == 60
    assert min(seen) >= 16


# The key


def test_the_key_comes_from_the_environment_and_shows_nowhere(monkeypatch, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("MADATA_API_KEY", SECRET)
    monkeypatch.setenv("OPENAI_API_KEY", "of-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer of-another")

    async def go():
        with serving(key=SECRET) as url:
            async with Endpoints([Endpoint(url, "fake")]) as pool:
                await pool.check()
                await pool.ask(request())
                with pytest.raises(Failed) as caught:
                    await pool.ask(request(f"odd {SECRET}"))
                return f"{pool!r} {pool._servers()!r} {vars(pool)} {caught.value}"

    shown = run(go())
    assert "what an odd thing to say" in shown
    assert SECRET not in shown + caplog.text


def test_a_server_that_echoes_the_key_is_not_quoted(monkeypatch):
    monkeypatch.setenv("MADATA_API_KEY", "fake")

    async def go():
        with serving(models=["other"], key="fake") as url:
            async with Endpoints([Endpoint(url, "fake")]) as pool:
                with pytest.raises(Failed) as caught:
                    await pool.ask(request())
                return str(caught.value)

    assert "The model `***` does not exist." in run(go())


@pytest.mark.parametrize(("key", "said"), [(None, "is not set"), ("wrong", "does not open it")])
def test_a_wrong_key_fails_at_once_and_names_the_variable(monkeypatch, key, said):
    if key:
        monkeypatch.setenv("MADATA_API_KEY", key)

    async def go():
        with serving(key=SECRET) as url:
            async with Endpoints([Endpoint(url, "fake")]) as pool:
                with pytest.raises(UserError, match=f"MADATA_API_KEY {said}"):
                    await pool.check()
                with pytest.raises(Failed, match=f"MADATA_API_KEY {said}"):
                    await pool.ask(request())

    run(go())


def test_a_key_that_is_none_is_refused_before_it_is_shown(monkeypatch):
    monkeypatch.setenv("MADATA_API_KEY", f"{SECRET}\n")
    with pytest.raises(UserError, match="MADATA_API_KEY holds a space") as caught:
        Endpoints([Endpoint("http://localhost", "fake")])
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://localhost", "http://", "http://localhost:port", "http://localhost/?a=b", "\n"]
)
def test_what_is_no_url_is_refused_in_one_line(url):
    with pytest.raises(UserError, match="one looks like") as caught:
        Endpoint(url, "fake")
    assert "\n" not in str(caught.value)


def test_a_url_with_a_password_is_refused_without_it():
    with pytest.raises(UserError, match="give a key in MADATA_API_KEY") as caught:
        Endpoint(f"http://me:{SECRET}@localhost:8000", "fake")
    assert SECRET not in str(caught.value)


# Before the first request


def check(url, model="fake"):
    async def go():
        async with Endpoints([Endpoint(url, model)]) as pool:
            await pool.check()

    with pytest.raises((UserError, Failed)) as caught:
        run(go())
    assert "\n" not in str(caught.value)
    return caught.value


def test_a_model_that_is_not_served(server):
    error = check(server, "fakir")
    assert isinstance(error, UserError)
    assert str(error) == f"{server} does not serve 'fakir'; it serves fake"


def test_a_host_that_is_not_there():
    error = check("http://no-such-host.invalid")
    assert isinstance(error, UserError)
    assert "there is no host 'no-such-host.invalid'" in str(error)


def test_nobody_listens():
    error = check(f"http://127.0.0.1:{refused()}")
    assert isinstance(error, Unreachable)
    assert "connection refused" in str(error)


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-type: application/json\r\n\r\n[]",
        b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 3\r\n\r\nabc",
        b"SSH-2.0-OpenSSH_9.9\r\n\r\n",
    ],
)
def test_a_server_of_another_kind(answer):
    async def go():
        async def serve(reader, writer):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            await writer.drain()
            writer.close()

        listening = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = listening.sockets[0].getsockname()[1]
        async with listening, Endpoints([Endpoint(f"http://127.0.0.1:{port}", "fake")]) as pool:
            with pytest.raises(UserError, match="OpenAI-compatible server") as caught:
                await pool.check()
            assert "\n" not in str(caught.value)

    run(go())


def test_tls(server, tmp_path, monkeypatch):
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    command = (
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1"
    )
    subprocess.run([*command.split(), "-out", certificate, "-keyout", key], check=True, capture_output=True)
    assert "does not speak TLS" in str(check(server.replace("http:", "https:")))
    with serving(certificate=str(certificate), private_key=str(key)) as url:
        error = check(url)
        assert isinstance(error, UserError)
        assert "certificate that is not trusted" in str(error)
        assert "SSL_CERT_FILE" in str(error)
        assert isinstance(check(url.replace("https:", "http:")), UserError)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))

        async def go():
            async with Endpoints([Endpoint(url, "fake")]) as pool:
                await pool.check()
                return await pool.ask(request())

        assert run(go()).finish == "stop"


def test_one_of_two_replicas_is_enough_to_begin(server):
    said = []

    async def go():
        both = [Endpoint(server, "fake"), Endpoint(f"http://127.0.0.1:{refused()}", "fake")]
        async with Endpoints(both, say=said.append) as pool:
            await pool.check()
            await ask_all(pool, [request(slot=slot) for slot in range(40)])
            return pool.gauges()

    gauges = run(go())
    assert gauges.completed == 40
    assert gauges.retries == {}
    assert len(said) == len(gauges.down) == 1


# One request fails


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        *[(status, f"HTTP {status}") for status in ("500", "502", "503", "504")],
        ("malformed", "malformed"),
        ("choiceless", "malformed"),
        ("surrogate", "malformed"),
        ("miscounted", "malformed"),
        ("enormous", "reset"),
        ("reset", "reset"),
        ("slow", "timeout"),
        ("stalled", "timeout"),
    ],
)
def test_a_fault_is_tried_again(server, fault, reason):
    replies, gauges = answers_through(server, n=3, timeout=1.0, plan={2: fault})
    assert [reply.finish for reply in replies] == ["stop"] * 3
    assert gauges.retries == {reason: 1}
    assert gauges.completed == 3


@pytest.mark.parametrize(("value", "least"), [("1", 0.95), ("date", 0.9)])
def test_an_endpoint_rests_as_long_as_it_asks_for(server, value, least):
    begun = time.monotonic()
    if value == "date":
        value = formatdate(time.time() + 2, usegmt=True)
    replies, gauges = answers_through(server, n=2, plan={1: "429"}, retry_after=value)
    assert len(replies) == 2
    assert gauges.retries == {"HTTP 429": 1}
    assert least < time.monotonic() - begun < 10


def test_while_one_rests_its_replica_works(server):
    async def go():
        async with (
            FaultProxy(server, always="429", retry_after="60") as busy,
            Endpoints([Endpoint(busy.url, "fake"), Endpoint(server, "fake")]) as pool,
        ):
            async with asyncio.timeout(30):
                await ask_all(pool, [request(slot=slot) for slot in range(50)])
            return busy.seen, pool.gauges()

    seen, gauges = run(go())
    assert gauges.completed == 50
    assert 1 <= seen <= 16


def test_a_server_that_always_turns_away_ends_it(server, monkeypatch):
    monkeypatch.setattr(module, "REFUSALS", 0.2)

    async def go():
        async with (
            FaultProxy(server, always="429", retry_after="0.1") as busy,
            Endpoints([Endpoint(busy.url, "fake")]) as pool,
        ):
            with pytest.raises(Failed, match="turned away every request"):
                await pool.ask(request())

    run(go())


@given(st.text())
def test_a_retry_after_is_a_bounded_number(value):
    assert 0 <= retry_after(value, 0.0) <= PATIENT


def test_a_retry_after_may_be_a_date():
    at = format_datetime(datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC), usegmt=True)
    assert retry_after(at, datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC).timestamp()) == 30
    assert [retry_after(value, 0.0) for value in ("2.5", "-3", "soon", "9" * 9)] == [2.5, 1.0, 1.0, PATIENT]


@given(st.text())
def test_what_a_server_says_fits_a_line(said):
    shown = one_line(said)
    assert len(shown) <= 200
    assert shown == "" or shown.isprintable()


def test_a_request_that_is_too_long_is_rejected(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            with pytest.raises(Rejected) as caught:
                await pool.ask(request("too many tokens"))
            return caught.value, pool.gauges().retries

    error, retries = run(go())
    assert error.reason == "context"
    assert "maximum context length is 4096" in error.detail
    assert retries == {}


def test_a_bad_request_fails_once_with_the_words_of_the_server(server):
    async def go():
        async with FaultProxy(server) as proxy, Endpoints([Endpoint(proxy.url, "fake")]) as pool:
            with pytest.raises(Failed, match="HTTP 422: messages: what an odd thing to say") as caught:
                await pool.ask(request("odd"))
            assert "\n" not in str(caught.value)
            return proxy.seen

    assert run(go()) == 1


def test_nothing_is_sent_that_was_not_asked_for(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            with pytest.raises(Failed) as caught:
                await pool.ask(request("odd"))
            return str(caught.value)

    assert '["max_tokens", "messages", "model", "temperature"]' in run(go())


def test_poison_is_rejected_and_the_others_are_served(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            words = ["poison" if slot == 3 else "fine" for slot in range(40)]
            asked = (pool.ask(request(said, slot)) for slot, said in enumerate(words))
            return await asyncio.gather(*asked, return_exceptions=True), pool.gauges()

    results, gauges = run(go())
    (error,) = [result for result in results if isinstance(result, BaseException)]
    assert isinstance(error, Rejected)
    assert error.reason == "server"
    assert "EngineCore" in error.detail
    assert gauges.completed == 39
    assert gauges.retries == {"HTTP 500": module.TRIES}


def test_poison_is_rejected_though_it_is_alone(server):
    async def go():
        async with Endpoints([Endpoint(server, "fake")]) as pool:
            with pytest.raises(Rejected, match="server"):
                await pool.ask(request("poison"))

    run(go())


def test_a_tenth_of_all_requests_may_fail(server):
    async def go():
        async with (
            FaultProxy(server, share=0.1, unlucky="503") as proxy,
            Endpoints([Endpoint(proxy.url, "fake")]) as pool,
        ):
            await ask_all(pool, [request(slot=slot) for slot in range(300)])
            return pool.gauges()

    gauges = run(go())
    assert gauges.completed == 300
    assert gauges.retries["HTTP 503"] > 10


# An endpoint goes down


def test_a_server_that_dies_under_thousands_of_requests_is_noticed_at_once():
    said = []

    async def go():
        with process(latency=60) as (child, port):
            endpoint = Endpoint(f"http://127.0.0.1:{port}", "fake")
            async with Endpoints([endpoint], patience=1, say=said.append) as pool:
                for group in pool._groups.values():
                    group.servers[0].limit.value = 1000
                asked = [asyncio.create_task(pool.ask(request(slot=slot))) for slot in range(2000)]
                while pool.gauges().in_flight < 1000:
                    await asyncio.sleep(0.05)
                await asyncio.sleep(1)
                child.kill()
                begun = time.monotonic()
                results = await asyncio.gather(*asked, return_exceptions=True)
                return results, time.monotonic() - begun, endpoint.url

    results, seconds, url = run(go())
    assert {type(result) for result in results} == {Failed}
    assert {url in str(result) and "1 s" in str(result) for result in results} == {True}
    assert seconds < 10
    assert said == [f"{url} is down (connection lost); waiting up to 1 s for it to come back"] or said == [
        f"{url} is down (connection refused); waiting up to 1 s for it to come back"
    ]


def test_requests_of_a_dead_endpoint_move_to_its_replica():
    said = []

    async def go():
        with process(latency=0.2) as (child, port), serving(latency=0.01) as other:
            both = [Endpoint(f"http://127.0.0.1:{port}", "fake"), Endpoint(other, "fake")]
            async with Endpoints(both, say=said.append) as pool:
                asked = [asyncio.create_task(pool.ask(request(slot=slot))) for slot in range(200)]
                await asyncio.sleep(0.1)
                child.kill()
                async with asyncio.timeout(30):
                    replies = await asyncio.gather(*asked)
                return replies, pool.gauges()

    replies, gauges = run(go())
    assert len(replies) == 200
    assert len(gauges.down) == 1
    assert len(said) == 1
    assert said[0].endswith("endpoints of fake that are left: 1")


def test_it_goes_on_by_itself_when_the_server_is_back(server):
    said = []

    async def go():
        async with (
            FaultProxy(server, plan={20: "die"}) as proxy,
            Endpoints([Endpoint(proxy.url, "fake")], patience=5, say=said.append) as pool,
        ):
            asked = asyncio.gather(*(pool.ask(request(slot=slot)) for slot in range(100)))
            while not pool.gauges().down:
                await asyncio.sleep(0.02)
            await asyncio.sleep(0.4)
            await proxy.rise()
            replies = await asked
            return replies, pool.gauges(), proxy.url

    replies, gauges, url = run(go())
    assert len(replies) == gauges.completed == 100
    assert gauges.down == []
    assert [line.split(" (")[0] for line in said] == [f"{url} is down", f"{url} is back"]


@pytest.mark.parametrize("fault", ["500", "malformed", "reset"])
def test_a_server_that_answers_nothing_but_errors_is_down(server, fault):
    async def go():
        async with (
            FaultProxy(server, always=fault) as proxy,
            Endpoints([Endpoint(proxy.url, "fake")], patience=0.4) as pool,
        ):
            asked = (pool.ask(request(slot=slot)) for slot in range(30))
            return await asyncio.gather(*asked, return_exceptions=True)

    begun = time.monotonic()
    assert {type(result) for result in run(go())} == {Failed}
    assert time.monotonic() - begun < 10


def test_errors_only_at_one_endpoint_move_its_requests(server):
    async def go():
        async with (
            FaultProxy(server, always="500") as sick,
            Endpoints([Endpoint(sick.url, "fake"), Endpoint(server, "fake")]) as pool,
        ):
            replies = await ask_all(pool, [request(slot=slot) for slot in range(100)])
            return replies, pool.gauges().down, sick.url

    replies, down, url = run(go())
    assert len(replies) == 100
    assert down == [url]


def test_a_server_that_says_it_is_not_healthy_is_down():
    async def go():
        with serving(healthy=False, failing=1.0) as url:
            async with Endpoints([Endpoint(url, "fake")], patience=0.3) as pool:
                with pytest.raises(Failed, match=r"came back within 0.3 s.*HTTP 503"):
                    await pool.ask(request())

    run(go())


def test_after_giving_up_it_fails_at_once_until_the_server_is_back(server):
    async def go():
        async with FaultProxy(server) as proxy:
            proxy.die()
            async with Endpoints([Endpoint(proxy.url, "fake")], patience=0.2) as pool:
                for _ in range(2):
                    with pytest.raises(Failed, match="came back within"):
                        await pool.ask(request())
                await proxy.rise()
                while pool.gauges().down:
                    await asyncio.sleep(0.02)
                return await pool.ask(request())

    assert run(go()).finish == "stop"


# Many at once


def test_the_limit_grows_with_what_the_server_gives():
    async def go():
        with serving(latency=0.2, capacity=40) as url:
            async with Endpoints([Endpoint(url, "fake")]) as pool:
                await ask_all(pool, [request(slot=slot) for slot in range(600)])
                return pool.gauges()

    gauges = run(go())
    assert 32 <= gauges.limit <= 256


def test_old_dialogues_go_first():
    order = []

    async def go():
        with serving(latency=0.02) as url:
            async with Endpoints([Endpoint(url, "fake")], maximum=1) as pool:

                async def one(slot):
                    await pool.ask(request(slot=slot))
                    order.append(slot)

                await asyncio.gather(*(one(slot) for slot in (50, 40, 9, 30, 10)))

    run(go())
    assert order == [50, 9, 10, 30, 40]


def test_cancelled_requests_leave_no_trace(server):
    async def go():
        with serving(latency=60) as slow:
            async with Endpoints([Endpoint(slow, "fake")]) as pool:
                asked = [asyncio.create_task(pool.ask(request(slot=slot))) for slot in range(200)]
                await asyncio.sleep(0.3)
                for task in asked:
                    task.cancel()
                results = await asyncio.gather(*asked, return_exceptions=True)
                return {type(result) for result in results}, pool.gauges()

    kinds, gauges = run(go())
    assert kinds == {asyncio.CancelledError}
    assert (gauges.in_flight, gauges.waiting) == (0, 0)
