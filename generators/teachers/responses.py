"""Every answer ever paid for, in `responses.sqlite`: what was asked before is answered from there.

An answer is on the disk before it is given to who asked, so that killing the process loses none. What arrives while one
transaction is written goes into the next one, all of it together: one thread, one connection, one transaction at a
time. The file may have several writers, on several machines too (hence no WAL, which needs shared memory). Two that ask
the same at the same time both get what was stored first.
"""

import asyncio
import copy
import errno
import os
import sqlite3
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self, TypeVar

from madata.generators.run import Failed, UserError
from madata.generators.teachers.request import Reply, Request
from madata.schemas import canonical

T = TypeVar("T")

PATIENCE = 60.0  # seconds that another writer may take
VERDICTS = 1000  # that are noted before they are written though no answer is
TABLE = """
CREATE TABLE IF NOT EXISTS responses (
    key TEXT PRIMARY KEY, slot INTEGER NOT NULL, attempt INTEGER NOT NULL, turn INTEGER NOT NULL, agent TEXT NOT NULL,
    ask INTEGER NOT NULL, model TEXT NOT NULL, request TEXT NOT NULL, text TEXT NOT NULL, finish TEXT NOT NULL,
    prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL, id TEXT NOT NULL, verdict TEXT
)
"""
FIND = "SELECT text, finish, prompt_tokens, completion_tokens, id FROM responses WHERE key = ?"
STORE = "INSERT OR IGNORE INTO responses VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"
JUDGE = "UPDATE responses SET verdict = ? WHERE key = ?"


class Used(NamedTuple):
    prompt: int
    completion: int


@dataclass(frozen=True, slots=True)
class _Job:
    """A key to look up, after its row, if there is one, was stored."""

    key: str
    row: tuple[Any, ...] | None
    future: "asyncio.Future[Reply | None]"


class Responses:
    """Answers from the file, or from `ask`. Without `ask` there is no server, and the file is only read."""

    def __init__(self, path: Path, ask: Callable[[Request], Awaitable[Reply]] | None) -> None:
        self._path = path
        self._ask = ask
        self._thread = ThreadPoolExecutor(1, "responses")
        self._jobs: list[_Job] = []
        self._verdicts: dict[str, str] = {}
        self._working: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            self._connection = await self._run(self._open)
        except BaseException:
            self._thread.shutdown()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            await self._flush()
        finally:
            await self._run(self._connection.close)
            self._thread.shutdown()

    async def ask(self, request: Request) -> Reply:
        key, place = request.key, request.place
        if (kept := await self._submit(key, None)) is not None:
            return kept
        if self._ask is None:
            raise Failed(
                f"{self._path} holds no answer for slot {place.slot} (attempt {place.attempt}, turn {place.turn}); "
                "name an endpoint that can be asked"
            )
        reply = await self._ask(request)
        where = (place.slot, place.attempt, place.turn, place.agent, place.ask)
        answer = (reply.text, reply.finish, reply.prompt_tokens, reply.completion_tokens, reply.id)
        stored = await self._submit(key, (key, *where, request.model, canonical(asdict(request)).decode(), *answer))
        assert stored is not None
        return stored

    def judged(self, key: str, verdict: str) -> None:
        """Notes what became of an answer: "accepted", or the name of the check that refused it. Written later."""
        self._verdicts[key] = verdict
        if len(self._verdicts) >= VERDICTS:
            self._work()

    async def tokens(self) -> dict[str, Used]:
        """By model, of all answers in the file."""
        query = "SELECT model, sum(prompt_tokens), sum(completion_tokens) FROM responses GROUP BY model ORDER BY model"
        rows = await self._run(lambda: self._connection.execute(query).fetchall())
        return {model: Used(prompt, completion) for model, prompt, completion in rows}

    async def verdicts(self) -> dict[str | None, int]:
        """How many answers in the file have which verdict; None: not judged."""
        await self._flush()
        query = "SELECT verdict, count(*) FROM responses GROUP BY verdict ORDER BY verdict"
        return dict(await self._run(lambda: self._connection.execute(query).fetchall()))

    # In the thread of the event loop

    async def _submit(self, key: str, row: tuple[Any, ...] | None) -> Reply | None:
        future: asyncio.Future[Reply | None] = asyncio.get_running_loop().create_future()
        self._jobs.append(_Job(key, row, future))
        self._work()
        return await future

    def _work(self) -> None:
        if self._working is None:
            self._working = asyncio.create_task(self._worker())

    async def _worker(self) -> None:
        try:
            while self._jobs or len(self._verdicts) >= VERDICTS:
                jobs, self._jobs = self._jobs, []
                verdicts = self._take_verdicts()
                try:
                    replies = await self._run(self._transact, jobs, verdicts)
                except (UserError, Failed, OSError) as error:
                    for job in jobs:
                        if not job.future.done():
                            job.future.set_exception(copy.copy(error))
                else:
                    for job, reply in zip(jobs, replies, strict=True):
                        if not job.future.done():
                            job.future.set_result(reply)
        finally:
            self._working = None

    async def _flush(self) -> None:
        while self._working:
            await asyncio.shield(self._working)
        await self._run(self._transact, [], self._take_verdicts())

    def _take_verdicts(self) -> dict[str, str]:
        taken, self._verdicts = self._verdicts, {}
        return taken if self._ask else {}

    async def _run(self, function: Callable[..., T], *arguments: Any) -> T:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)
        except sqlite3.Error as error:
            raise self._plain(error) from None

    # In the other thread

    def _open(self) -> sqlite3.Connection:
        if self._ask is None and not self._path.is_file():
            raise UserError(f"there is no {self._path} to answer from; name an endpoint that can be asked")
        connection = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            if self._ask:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(TABLE)
                # A write, so that a file that cannot be written is noticed before the first answer is paid for.
                connection.execute("PRAGMA user_version = 1")
                connection.execute("COMMIT")
            connection.execute(FIND, ("",))
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def _transact(self, jobs: list[_Job], verdicts: dict[str, str]) -> list[Reply | None]:
        rows = [job.row for job in jobs if job.row]
        execute = self._connection.execute
        if rows or verdicts:
            try:
                execute("BEGIN IMMEDIATE")
                self._connection.executemany(STORE, rows)
                self._connection.executemany(JUDGE, [(verdict, key) for key, verdict in verdicts.items()])
                execute("COMMIT")
            except sqlite3.Error:
                if self._connection.in_transaction:
                    execute("ROLLBACK")
                raise
        found = [execute(FIND, (job.key,)).fetchone() for job in jobs]
        return [Reply(*row) if row else None for row in found]

    def _plain(self, error: sqlite3.Error) -> Exception:
        match getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF:
            case sqlite3.SQLITE_FULL:
                return OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
            case sqlite3.SQLITE_IOERR:
                return OSError(errno.EIO, os.strerror(errno.EIO), str(self._path))
            case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
                return Failed(f"{self._path} was held by another process for {PATIENCE:g} s; end that, then continue")
            case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
                return UserError(
                    f"{self._path} cannot be written ({error}); see to its permissions, or choose another --out"
                )
            case _:
                return UserError(f"{self._path} is damaged ({error}); restore it, or remove it to ask everything again")
