"""Runs the checks: finds them, gives every episode to each, and gathers one verdict, on every core, in flat memory.

Whatever module of this package, or of a task's, has a `CHECK` is a check. Chunks of files go to worker processes;
findings come back in the order of the files and go straight to a log on disk. Facts for conclusions over the corpus
wait on disk too, from which several checks conclude at a time. A check that raises is a finding (`internal`), for a
silent check would look like a clean corpus.
"""

import gc
import multiprocessing
import os
import pickle
import pkgutil
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache, partial
from importlib import import_module
from itertools import zip_longest
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory, mkdtemp
from time import process_time
from typing import Any, BinaryIO, Protocol, TypeVar

import orjson

from madata.validators.check import Check, Conclusion, EpisodeJson, Finding
from madata.validators.corpus.document import Document, of_episode
from madata.validators.corpus.rows import Fields
from madata.validators.corpus.sources import unpacked
from madata.validators.lines import CHUNK, Chunk, InputError, Line, LineError, read, split
from madata.validators.picture import Example, Picture, as_json
from madata.validators.settings import DEFAULT, Settings
from madata.validators.task import tasks

T = TypeVar("T")

FIRST = 10
GATE = "schema"
INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Target:
    """What a path means: JSONL files, what each is called if not by its path, and the run directory they belong to, if
    they do."""

    path: Path | str
    files: tuple[Path, ...]
    run: Path | None = None
    names: tuple[str, ...] = ()

    def called(self) -> Iterator[tuple[Path, str]]:
        """Each file, and what it is called to the user."""
        for file, name in zip_longest(self.files, self.names):
            yield file, name or str(file)


@dataclass(slots=True)
class Tally:
    """What one check did: subjects judged (episodes or rows; runs, for an audit), findings, seconds of a processor,
    figures, pictures and examples."""

    about: str
    judged: int = 0
    findings: int = 0
    seconds: float = 0.0
    figures: dict[str, Any] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    examples: list[Example] = field(default_factory=list)


@dataclass(slots=True)
class Verdict:
    """The outcome. All findings are in the log, one JSON object a line. `first` has the first `FIRST` of each check."""

    paths: list[str]
    log: BinaryIO
    checks: dict[str, Tally]
    episodes: int = 0
    first: list[Finding] = field(default_factory=list)

    @property
    def findings(self) -> int:
        return sum(tally.findings for tally in self.checks.values())

    def add(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            self.log.write(orjson.dumps(finding) + b"\n")
            self.checks.setdefault(finding.check, Tally("a check that could not do its work")).findings += 1
            if self.checks[finding.check].findings <= FIRST:
                self.first.append(finding)

    def conclude(self, name: str, concluded: Conclusion, seconds: float) -> None:
        self.add(concluded.findings)
        tally = self.checks[name]
        tally.figures, tally.pictures, tally.examples = concluded.figures, concluded.pictures, concluded.examples
        tally.seconds += seconds

    @property
    def sentence(self) -> str:
        subject = f"{self.episodes:,} episode{'' if self.episodes == 1 else 's'} in {', '.join(self.paths)}"
        if not self.findings:
            return f"Clean: {subject}."
        found = ", ".join(f"{tally.findings:,} {name}" for name, tally in self.checks.items() if tally.findings)
        return f"{self.findings:,} finding{'' if self.findings == 1 else 's'} ({found}): {subject}."

    def logged(self) -> Iterator[bytes]:
        """Every finding, a line of JSON each."""
        self.log.seek(0)
        yield from self.log

    def summary(self) -> dict[str, Any]:
        checks = {name: asdict(tally) for name, tally in self.checks.items()}
        for name, tally in self.checks.items():
            checks[name]["pictures"] = [as_json(picture) for picture in tally.pictures]
        head = {"verdict": "findings" if self.findings else "clean", "paths": self.paths}
        return {**head, "episodes": self.episodes, "count": self.findings, "checks": checks}


@dataclass(slots=True)
class Judged:
    """What a worker answers about one chunk; facts are pickled, to be stored as they are."""

    episodes: int
    findings: list[Finding]
    judged: dict[str, int]
    seconds: dict[str, float]
    facts: dict[str, bytes]


class Progress(Protocol):
    """Is told what is being done, and how many more bytes were judged."""

    def __call__(self, doing: str, judged: int = 0) -> object: ...


@cache
def checks() -> dict[str, Check]:
    """Every check by name, the gate first."""
    found = checks_in("madata.validators")
    of_tasks: dict[str, dict[str, Check]] = {}
    for task in tasks():
        for name, check in checks_in(f"madata.validators.{task}").items():
            of_tasks.setdefault(name, {})[task] = check
    if both := found.keys() & of_tasks.keys():
        raise TypeError(f"a check of a task is called like one of all tasks: {', '.join(sorted(both))}")
    found |= {name: joined(name, each) for name, each in of_tasks.items()}
    return dict(sorted(found.items(), key=lambda item: (item[0] != GATE, item[0])))


def checks_in(package: str) -> dict[str, Check]:
    names = (info.name for info in pkgutil.iter_modules(import_module(package).__path__, f"{package}."))
    found = [module.CHECK for module in map(import_module, names) if hasattr(module, "CHECK")]
    return {check.name: check for check in found}


def joined(name: str, by_task: Mapping[str, Check]) -> Check:
    """One check of the checks that tasks have under one name."""
    judges: dict[str, Callable[[EpisodeJson], Iterable[Finding]]] = {}
    for task, check in by_task.items():
        if check.judge is None or check.fact or check.conclude or check.audit:
            raise TypeError(f"check {name} of task {task}: the check of a task has a `judge` and nothing else")
        judges[task] = check.judge
    about = "; ".join(dict.fromkeys(check.about for check in by_task.values()))
    return Check(name, about, judge=lambda episode: judges[episode["task"]](episode), tasks=tuple(judges))


def select(only: Sequence[str], settings: Settings) -> tuple[str, ...]:
    """The checks to run: those named, behind the gate that they rely on; all, if none is named. Of rows that are no
    episodes, those that conclude from documents."""
    for name in only:
        if name not in checks():
            from rapidfuzz.process import extractOne

            nearest = extractOne(name, list(checks()))[0]
            raise InputError(f"unknown check {name!r}: did you mean {nearest!r}? There are: {', '.join(checks())}")
    chosen = (name for name in checks() if not only or name == GATE or name in only)
    return tuple(name for name in chosen if not settings.fields or name == GATE or checks()[name].conclude)


def target(path: Path) -> Target:
    if not str(path).isprintable():
        raise InputError(f"{str(path)!r} has characters that cannot be shown: give it another name")
    if path.is_file():
        return Target(path, (path,))
    if (path / "run.json").is_file():
        # A part in which nothing was accepted is empty; whether that adds up is for `counts`.
        parts = (part for part in sorted(path.glob("episodes/part-*.jsonl")) if part.stat().st_size)
        return Target(path, tuple(parts), path)
    if path.is_dir():
        raise InputError(f"{path} is not a run directory (no run.json in it): name a run directory or a JSONL file")
    if path.exists():
        raise InputError(f"{path} is no regular file: save the JSONL to a file first")
    raise InputError(f"{path} does not exist: name a run directory or a JSONL file")


@contextmanager
def meant(paths: Sequence[str], fields: Fields | None) -> Iterator[list[Target]]:
    """What paths mean; with `fields`, data of others, of which copies that can be read by the line stand meanwhile."""
    with TemporaryDirectory() as copies:
        yield [target_of_rows(path, Path(mkdtemp(dir=copies))) if fields else target(Path(path)) for path in paths]


def target_of_rows(place: str, folder: Path) -> Target:
    """What a place of anybody's data means; what is not JSONL is unpacked into `folder`."""
    found = list(unpacked(place, folder))
    return Target(place, tuple(each.path for each in found), names=tuple(each.name for each in found))


def newest_run(root: Path) -> Path:
    """The run under `root` whose run.json was written last."""
    runs = sorted(root.glob("*/run.json"), key=lambda file: file.stat().st_mtime_ns)
    if not runs:
        raise InputError(f"no run under {root}/: name a path, or make one with `madata generate tom --n 100`")
    return runs[-1].parent


def size(targets: Sequence[Target]) -> int:
    """Bytes to judge."""
    return sum(file.stat().st_size for each in targets for file in each.files)


def validate(
    targets: Sequence[Target],
    log: BinaryIO,
    only: Sequence[str] = (),
    settings: Settings = DEFAULT,
    progress: Progress = lambda doing, judged=0: None,
    workers: int | None = None,
) -> Verdict:
    """Judges all targets as one corpus, in this process if they are few bytes."""
    names = select(only, settings)
    for check in (checks()[name] for name in names):
        if check.prepare:
            check.prepare(settings)
    verdict = Verdict([str(each.path) for each in targets], log, {name: Tally(checks()[name].about) for name in names})
    workers = workers or os.cpu_count() or 1
    with ExitStack() as stack:
        facts = {name: stack.enter_context(NamedTemporaryFile()) for name in names if checks()[name].conclude}
        pool = None
        if workers > 1 and size(targets) > 2 * CHUNK:
            pool = stack.enter_context(ProcessPoolExecutor(workers, initializer=begin_worker))
        try:
            parts = chunks(targets, verdict)
            for chunk, judged in in_order(pool, partial(judge, names=names, settings=settings), parts, 2 * workers):
                verdict.episodes += judged.episodes
                verdict.add(judged.findings)
                for name in names:
                    verdict.checks[name].judged += judged.judged[name]
                    verdict.checks[name].seconds += judged.seconds[name]
                for name, file in facts.items():
                    file.write(judged.facts[name])
                progress("judging", chunk.end - chunk.start)
            for file in facts.values():
                file.flush()
            # Who asks a model waits for hours, perhaps: in this process, where Ctrl-C ends it at once.
            concluded = (pool.map if pool and not settings.reader else map)(
                partial(conclude, settings=settings), facts, [file.name for file in facts.values()]
            )
            for number, name in enumerate(facts, 1):
                progress(f"concluding {name} ({number} of {len(facts)})")
                verdict.conclude(name, *next(concluded))
        except BrokenProcessPool as error:
            raise InputError("a worker process was killed (out of memory?): free some memory and run again") from error
    for run in (each.run for each in targets if each.run):
        audit(run, names, verdict)
    return verdict


def chunks(targets: Sequence[Target], verdict: Verdict) -> Iterator[Chunk]:
    """All chunks in order; what is wrong with a whole file goes to the verdict."""
    for each in targets:
        for file, called in each.called():
            try:
                for part in split(file, called):
                    if isinstance(part, Finding):
                        verdict.add([part])
                    else:
                        yield part
            except InputError as error:
                if not each.run:
                    raise
                verdict.add([Finding(GATE, str(file), "file", "a part of episodes", str(error))])


def in_order(
    pool: ProcessPoolExecutor | None, work: Callable[[Chunk], T], parts: Iterable[Chunk], ahead: int
) -> Iterator[tuple[Chunk, T]]:
    """What work makes of each chunk, with at most `ahead` of them under way so that results do not pile up."""
    if not pool:
        yield from ((part, work(part)) for part in parts)
        return
    pending: deque[tuple[Chunk, Future[T]]] = deque()
    for part in parts:
        pending.append((part, pool.submit(work, part)))
        if len(pending) == ahead:
            done, future = pending.popleft()
            yield done, future.result()
    for done, future in pending:
        yield done, future.result()


def begin_worker() -> None:
    """Ctrl-C is the parent's to handle, and a worker does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(200_000)  # episodes hold no cycles, and what checks remember need not be looked at again and again
    threading.Thread(target=die_with_parent, daemon=True).start()


def die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    wait([parent.sentinel])
    os._exit(1)


def judge(chunk: Chunk, names: tuple[str, ...], settings: Settings) -> Judged:
    """All verdicts on the episodes, or rows, of a chunk."""
    gate, *others = (checks()[name] for name in names)
    facts: dict[str, list[Any]] = {check.name: [] for check in others if check.conclude}
    result = Judged(0, [], dict.fromkeys(names, 0), dict.fromkeys(names, 0.0), {})

    def ask(check: Check, subject: str, record: EpisodeJson | None = None, document: Document | None = None) -> bool:
        """Whether the check was content."""

        def work() -> Iterator[Finding]:
            if check.judge and record is not None:
                yield from check.judge(record)
                result.judged[check.name] += 1
            if check.fact and document and (fact := check.fact(document, settings)) is not None:
                facts[check.name].append(fact)
                result.judged[check.name] += not check.judge

        started = process_time()
        findings = attempt(check.name, subject, work)
        result.seconds[check.name] += process_time() - started
        result.findings += findings
        return not findings

    for line in read(chunk, rows=settings.fields is not None):
        result.episodes += 1
        if isinstance(line, Finding):
            result.findings.append(line)
        elif settings.fields:
            try:
                document = settings.fields.document(line)
            except LineError as flaw:
                result.findings.append(flaw.at(line.where))
                continue
            for check in others:
                ask(check, document.id, None, document)
        elif passes(gate, line, result):
            document = of_episode(line.record)
            for check in (each for each in others if each.concerns(line.record["task"])):
                ask(check, document.id, line.record, document)
    result.judged[GATE] = result.episodes
    result.facts = {name: pickle.dumps(values) for name, values in facts.items()}
    return result


def passes(gate: Check, line: Line, result: Judged) -> bool:
    """Whether a line is an episode; what it is not is told by its place, for it may have no id."""
    started = process_time()
    refused = attempt(GATE, line.where, partial(gate.judge, line.record)) if gate.judge else []
    result.seconds[GATE] += process_time() - started
    result.findings += [replace(finding, episode=line.where) for finding in refused]
    return not refused


def attempt(name: str, subject: str, work: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """The findings of a piece of a check; if it raises, those until then and one that says so. An error that the
    user can mend goes on to the user."""
    findings: list[Finding] = []
    try:
        findings.extend(work())
    except InputError:
        raise
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        found = f"{type(error).__name__}: {error} ({Path(place.filename).name}:{place.lineno})"
        findings.append(Finding(INTERNAL, subject, f"check {name}", "a verdict", found))
    return findings


def conclude(name: str, place: str, settings: Settings) -> tuple[Conclusion, float]:
    """What a check concludes from the facts that wait in a file, and in how many seconds of a processor."""
    concluded = Conclusion()

    def facts() -> Iterator[Any]:
        with Path(place).open("rb") as file:
            while file.peek(1):
                yield from pickle.load(file)  # noqa: S301 (our own bytes)

    def work() -> Iterable[Finding]:
        nonlocal concluded
        over = checks()[name].conclude
        assert over is not None
        concluded = over(facts(), settings)
        return concluded.findings

    started = process_time()
    findings = attempt(name, "corpus", work)
    return replace(concluded, findings=findings), process_time() - started


def audit(run: Path, names: Sequence[str], verdict: Verdict) -> None:
    for check in (checks()[name] for name in names):
        if check.audit:
            started = process_time()
            verdict.add(attempt(check.name, str(run), partial(check.audit, run)))
            verdict.checks[check.name].seconds += process_time() - started
            verdict.checks[check.name].judged += 1
