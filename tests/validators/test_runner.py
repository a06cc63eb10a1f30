"""One verdict whatever the number of processes; a check that breaks is heard."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryFile

import orjson
import pytest
from runs import write_run
from samples import episode, write

from madata.validators import lines, report, runner
from madata.validators.check import Check, Conclusion, EpisodeJson, Finding
from madata.validators.lines import InputError
from madata.validators.runner import Verdict, checks, joined, newest_run, select, target, validate
from madata.validators.settings import Settings
from madata.validators.task import module, tasks

OWN = ("schema", "identity", "duplicates", "counts")


Judge = Callable[..., Verdict]


@pytest.fixture
def verdict() -> Iterator[Judge]:
    with ExitStack() as stack:

        def judge(path: Path, only: tuple[str, ...] = OWN, workers: int = 1) -> Verdict:
            return validate([target(path)], stack.enter_context(TemporaryFile()), only, workers=workers)

        yield judge


def planted(monkeypatch: pytest.MonkeyPatch, *extra: Check) -> None:
    known = {name: check for name, check in checks().items() if name in OWN}
    monkeypatch.setattr(runner, "checks", lambda: known | {check.name: check for check in extra})


def test_a_clean_run_is_clean(verdict: Judge, tmp_path: Path) -> None:
    found = verdict(write_run(tmp_path / "run"))
    assert (found.episodes, found.findings) == (10, 0)
    assert {name: tally.judged for name, tally in found.checks.items()} == dict.fromkeys(OWN, 10) | {"counts": 1}


def test_every_module_with_a_check_is_found() -> None:
    assert next(iter(checks())) == "schema"
    assert set(OWN) <= set(checks())


def test_tasks_share_the_name_of_a_check(verdict: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of(task: str) -> Check:
        return Check("replay", f"follows from {task}", judge=lambda one: [Finding("replay", one["id"], task, "", "")])

    planted(
        monkeypatch, Check("schema", "accepts all"), joined("replay", {task: of(task) for task in ("chess", "tom")})
    )
    called = ("tom", "chess", "go", "chess")
    path = write(tmp_path / "x.jsonl", *({**episode(number), "task": task} for number, task in enumerate(called)))
    found = verdict(path, only=("replay",))
    assert [finding.where for finding in found.first] == ["tom", "chess", "chess"]
    assert found.checks["replay"].judged == 3
    assert found.checks["replay"].about == "follows from chess; follows from tom"


def test_a_check_of_a_task_sees_no_corpus() -> None:
    over = Check(
        "replay", "", judge=lambda record: [], fact=lambda document, _: 1, conclude=lambda facts, _: Conclusion()
    )
    with pytest.raises(TypeError, match=r"check replay of task tom: .* a `judge` and nothing else"):
        joined("replay", {"tom": over})


def test_only_packages_of_tasks_are_imported() -> None:
    assert "tom" in tasks()
    assert "words" not in tasks()
    with pytest.raises(LookupError, match=r"nothing here judges task 'words'; there are: .*tom"):
        module("words", "tokens")


def test_the_gate_keeps_what_it_refuses_from_the_others(verdict: Judge, tmp_path: Path) -> None:
    broken = episode(2)
    del broken["turns"]
    path = write(tmp_path / "x.jsonl", episode(1), broken, b"{", episode(3))
    found = verdict(path)
    assert found.episodes == 4
    assert found.checks["identity"].judged == 2
    assert [(finding.check, finding.episode) for finding in found.first] == [
        ("schema", f"{path}:2"),
        ("schema", f"{path}:3"),
    ]


def test_many_processes_give_the_same_verdict(verdict: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "CHUNK", 10_000)
    monkeypatch.setattr(runner, "CHUNK", 10_000)
    rows = [episode(number) if number % 7 else b"?" for number in range(60)]
    path = write(tmp_path / "x.jsonl", *rows, episode(3))
    one, two = verdict(path), verdict(path, workers=2)
    assert list(one.logged()) == list(two.logged())
    assert one.checks["duplicates"].findings == 1
    assert one.checks["duplicates"].figures == two.checks["duplicates"].figures
    assert one.checks["schema"].findings == 9


def test_a_killed_worker_is_heard(verdict: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(record: EpisodeJson) -> Iterator[Finding]:
        os.kill(os.getpid(), signal.SIGKILL)
        yield from ()

    planted(monkeypatch, Check("deadly", "dies", judge=die))
    monkeypatch.setattr(runner, "CHUNK", 100)
    path = write(tmp_path / "x.jsonl", episode())
    with pytest.raises(InputError, match="a worker process was killed"):
        verdict(path, only=("deadly",), workers=2)


def test_a_conclusion_that_is_killed_is_heard(verdict: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(facts: Iterator[int], settings: Settings) -> Conclusion:
        os.kill(os.getpid(), signal.SIGKILL)
        return Conclusion()

    planted(monkeypatch, Check("deadly", "dies", fact=lambda document, _: 1, conclude=die))
    monkeypatch.setattr(runner, "CHUNK", 100)
    path = write(tmp_path / "x.jsonl", episode())
    with pytest.raises(InputError, match="a worker process was killed"):
        verdict(path, only=("deadly",), workers=2)


@pytest.mark.parametrize("workers", [1, 2])
def test_checks_conclude_from_their_own_facts_and_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    def total(name: str, pause: float) -> Check:
        def conclude(facts: Iterator[int], settings: Settings) -> Conclusion:
            time.sleep(pause)
            return Conclusion([Finding(name, "corpus", "w", "e", "f")], {"sum": sum(facts)})

        return Check(name, "", fact=lambda document, _: len(document.id) + len(name), conclude=conclude)

    planted(monkeypatch, total("long", 0.3), total("brief", 0))
    monkeypatch.setattr(lines, "CHUNK", 10_000)
    monkeypatch.setattr(runner, "CHUNK", 100)
    path = write(tmp_path / "x.jsonl", *map(episode, range(20)))
    told: list[tuple[str, int]] = []
    with TemporaryFile() as log:
        found = validate(
            [target(path)],
            log,
            ("long", "brief"),
            progress=lambda doing, judged=0: told.append((doing, judged)),
            workers=workers,
        )
    assert [finding.check for finding in found.first] == ["long", "brief"]
    assert found.checks["brief"].figures["sum"] == found.checks["long"].figures["sum"] + 20 == 20 * 25
    assert sum(judged for doing, judged in told if doing == "judging") == path.stat().st_size
    assert [doing for doing, _ in told][-2:] == ["concluding long (1 of 2)", "concluding brief (2 of 2)"]


def test_a_check_that_raises_is_a_finding(verdict: Judge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def judge(record: EpisodeJson) -> Iterator[Finding]:
        yield Finding("brittle", record["id"], "x", "y", "z")
        raise KeyError("gone")

    def conclude(facts: Iterator[str], settings: Settings) -> Conclusion:
        raise RecursionError

    def audit(run: Path) -> Iterator[Finding]:
        raise OSError("no disk")
        yield

    planted(
        monkeypatch,
        Check("brittle", "raises", judge=judge),
        Check("early", "raises", fact=lambda document, _: document.items[99], conclude=lambda facts, _: Conclusion()),
        Check("late", "raises", fact=lambda document, _: document.id, conclude=conclude),
        Check("outer", "raises", audit=audit),
    )
    found = verdict(write_run(tmp_path / "run", n=1), only=("brittle", "early", "late", "outer"))
    internal = [finding for finding in found.first if finding.check == "internal"]
    assert [finding.where for finding in internal] == ["check brittle", "check early", "check late", "check outer"]
    assert "KeyError: 'gone' (test_runner.py:" in internal[0].found
    assert found.checks["brittle"].findings == 1
    assert found.findings == 5


def test_a_damaged_part_of_a_run_is_a_finding(verdict: Judge, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    (run / "episodes" / "part-00001.jsonl").write_bytes(b"\x1f\x8b\0")
    found = verdict(run, only=("schema",))
    assert [finding.where for finding in found.first] == ["file"]
    assert found.episodes == 6


def test_unknown_checks_are_corrected() -> None:
    with pytest.raises(InputError, match="did you mean 'duplicates'"):
        select(["duplicate"], Settings())
    assert select(["counts"], Settings()) == ("schema", "counts")


def test_the_newest_run_is_the_one_described_last(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="madata generate"):
        newest_run(tmp_path)
    for age, name in enumerate(("new", "old")):
        file = write_run(tmp_path / name, n=1) / "run.json"
        os.utime(file, (1000 - age, 1000 - age))
    assert newest_run(tmp_path).name == "new"


def test_the_report_says_the_verdict_first_and_escapes(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", episode(), b"<script>alert(1)</script>")
    with (tmp_path / "findings.jsonl").open("w+b") as log:
        found = validate([target(path)], log, OWN)
        report.write_report(found, tmp_path)
    page = (tmp_path / "index.html").read_text()
    assert page.index("1 finding (1 schema)") < page.index("<table")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert orjson.loads((tmp_path / "summary.json").read_bytes())["count"] == 1
    assert len((tmp_path / "findings.jsonl").read_bytes().splitlines()) == 1


def test_a_part_in_which_nothing_was_accepted_is_no_broken_file(verdict: Judge, tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    (run / "episodes/part-00002.jsonl").write_bytes(b"")
    judged = verdict(run)
    assert judged.checks["schema"].findings == 0
    assert judged.checks["counts"].findings == 3  # slots 8 and 9, and no attempt that says why; and their sum
