"""A proxy that stands in front of a real server and does to chosen requests what networks and servers do.

`FaultProxy(upstream)` runs in the event loop of a test. `plan` says what happens to the k-th chat request (from 1),
`always` what happens to each; `die()` and `rise()` are a server that is killed and started again. By hand:

python tests/fault_proxy.py http://127.0.0.1:8000 --fault reset --every 7 [--port 8001]
"""

import argparse
import asyncio
import random
import socket
import struct
from urllib.parse import urlsplit

HEADS = {
    "429": "429 Too Many Requests",
    "500": "500 Internal Server Error",
    "502": "502 Bad Gateway",
    "503": "503 Service Unavailable",
    "504": "504 Gateway Timeout",
}
BODIES = {
    "malformed": b'{"id": "x", "choices": [{"mess',
    "choiceless": b'{"id": "x", "choices": []}',
    "surrogate": rb'{"id": "x", "choices": [{"message": {"content": "\ud800"}}]}',
    "miscounted": b'{"id": "x", "choices": [{"message": {"content": "x"}}], "usage": {"prompt_tokens": 1e30}}',
    "enormous": b'{"id": "x", "choices": [{"message": {"content": "%s"}}]}' % (b"x" * 2**24),
}
FAULTS = [*HEADS, *BODIES, "slow", "stalled", "reset", "die"]


class FaultProxy:
    """`share`: that of the requests, drawn at random, that meet the fault `unlucky`. `retry_after` goes with a 429."""

    def __init__(self, upstream, *, plan=(), always=None, unlucky="500", share=0.0, retry_after="1", port=0):
        self.upstream = urlsplit(upstream)
        self.plan = dict(plan)
        self.always = always
        self.unlucky, self.share, self.rng = unlucky, share, random.Random(0)
        self.retry_after = retry_after
        self.port = port
        self.seen = 0
        self.server = None
        self.open = set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    async def __aenter__(self):
        await self.rise()
        return self

    async def __aexit__(self, *error):
        self.die()

    async def rise(self):
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", self.port, backlog=10_000)
        self.port = self.server.sockets[0].getsockname()[1]

    def die(self):
        """Every connection is reset, and no new one accepted."""
        self.server.close()
        for writer in list(self.open):
            reset(writer)

    async def serve(self, reader, writer):
        self.open.add(writer)
        try:
            while await self.exchange(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.open.discard(writer)
            writer.close()

    async def exchange(self, reader, writer):
        """One request and what comes of it; whether the connection is of use for another."""
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(content_length(head))
        fault = self.drawn() if head.startswith(b"POST /v1/chat/completions") else None
        match fault:
            case "die":
                self.die()
                return False
            case "reset":
                reset(writer)
                return False
            case "slow":
                await asyncio.sleep(3600)
            case "stalled":
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 900\r\n\r\n{")
                await asyncio.sleep(3600)
            case "429":
                self.reply(
                    writer, HEADS[fault], b'{"error": {"message": "slow down"}}', f"retry-after: {self.retry_after}"
                )
            case None:
                await self.relay(head, body, writer)
            case _ if fault in BODIES:
                self.reply(writer, "200 OK", BODIES[fault])
            case _:
                self.reply(writer, HEADS[fault], b"<html>not quite JSON</html>")
        await writer.drain()
        return True

    def drawn(self):
        self.seen += 1
        if self.rng.random() < self.share:
            return self.unlucky
        return self.plan.get(self.seen, self.always)

    def reply(self, writer, status, body, *more):
        lines = [f"HTTP/1.1 {status}", "content-type: application/json", f"content-length: {len(body)}", *more]
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    async def relay(self, head, body, writer):
        """Over a connection of its own, so that the end of the answer is the end of the connection."""
        reader, upstream = await asyncio.open_connection(self.upstream.hostname, self.upstream.port)
        try:
            upstream.write(head.replace(b"\r\n", b"\r\nconnection: close\r\n", 1) + body)
            answer = await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            left = content_length(answer)
            while left and (data := await reader.read(min(left, 65536))):
                left -= len(data)
                writer.write(data)
        finally:
            upstream.close()


def content_length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.partition(b":")[2])
    return 0


def reset(writer):
    """Closes a connection, if it is not yet closed, as a process that dies does: with RST, not FIN."""
    if (sock := writer.get_extra_info("socket")) and not writer.transport.is_closing():
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def main(asked):
    plan = dict.fromkeys(range(asked.every, 10**6, asked.every), asked.fault)
    async with FaultProxy(asked.upstream, plan=plan, port=asked.port) as proxy:
        print(proxy.url, flush=True)
        await proxy.server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("upstream")
    parser.add_argument("--fault", choices=FAULTS, default="reset")
    parser.add_argument("--every", type=int, default=10)
    parser.add_argument("--port", type=int, default=0)
    asyncio.run(main(parser.parse_args()))
