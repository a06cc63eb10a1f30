"""`--fix`: what has findings is rejected with its reason, the rest is what it was, and the new run is clean."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile

import orjson
import pytest
from runs import slot, write_part, write_run
from samples import EpisodeJson, episode, seal, write

from madata.schemas import canonical
from madata.schemas.rundir import parts
from madata.validators import fix, runner
from madata.validators.check import Check, Conclusion, Finding
from madata.validators.corpus.rows import Fields
from madata.validators.lines import LINE_LIMIT, InputError
from madata.validators.runner import Verdict, target, validate
from madata.validators.settings import DEFAULT, Settings

OWN = ("schema", "identity", "duplicates", "counts", "form")


def judged(*paths: Path, settings: Settings = DEFAULT) -> Verdict:
    with TemporaryFile() as log:
        return validate([target(path) for path in paths], log, OWN, settings)


def fixed(out: Path, *paths: Path, settings: Settings = DEFAULT) -> list[str]:
    targets = [target(path) for path in paths]
    with TemporaryFile() as log:
        return fix.fix(validate(targets, log, OWN, settings), settings, targets, out)


def rejected(out: Path) -> list[EpisodeJson]:
    return [orjson.loads(line) for part in parts(out) for line in part.rejected.read_bytes().splitlines()]


def kept(out: Path) -> list[bytes]:
    return [line for part in parts(out) for line in part.episodes.read_bytes().splitlines()]


def tampered(number: int) -> EpisodeJson:
    record = episode(number)
    record["questions"][0]["answer"] = ["chest"]
    return record


def test_planted_defects_are_moved_and_the_rest_is_left(tmp_path: Path) -> None:
    spaced = orjson.dumps(episode(1), option=orjson.OPT_INDENT_2).replace(b"\n", b" ")
    again = seal(episode(1) | {"seed": "another"})
    path = write(tmp_path / "x.jsonl", spaced, tampered(2), b'{"id":', episode(3), again, again, b"\xff")
    said = fixed(tmp_path / "out", path)
    assert said == [
        f"2 kept in {tmp_path / 'out'}, 5 moved to {tmp_path / 'out' / 'rejected'} (1 identity, 2 schema, 2 duplicates)"
    ]
    assert kept(tmp_path / "out") == [spaced, canonical(episode(3))]
    moved = rejected(tmp_path / "out")
    assert [each["slot"] for each in moved] == [1, 2, 4, 5, 6]
    assert [each["reason"] for each in moved] == ["identity", "schema", "duplicates", "duplicates", "schema"]
    assert (moved[0]["family"], moved[0]["line"]) == ("location", canonical(tampered(2)).decode())
    assert moved[2]["detail"].startswith("text of turns and questions: expected words of its own, found the same words")
    again_judged = judged(tmp_path / "out")
    assert (again_judged.findings, again_judged.episodes) == (0, 2)
    assert again_judged.checks["counts"].judged == 1


def test_of_copies_the_first_stays(tmp_path: Path) -> None:
    fixed(tmp_path / "out", write(tmp_path / "x.jsonl", *[episode(1)] * 3, episode(2)))
    assert kept(tmp_path / "out") == [canonical(episode(1)), canonical(episode(2))]
    assert {each["detail"] for each in rejected(tmp_path / "out")} == {"id: expected each id once, found 3 episodes"}


def test_runs_and_files_become_one_run(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    fixed(tmp_path / "out", run, write(tmp_path / "x.jsonl", episode(77), tampered(78)))
    assert len(kept(tmp_path / "out")) == 11
    (left,) = rejected(tmp_path / "out")
    assert left["slot"] == 11
    config = orjson.loads((tmp_path / "out" / "run.json").read_bytes())["config"]
    assert (config["selection"], config["n"], config["checks"]) == ("fixed", 12, list(OWN[:1]) + sorted(OWN[1:]))
    assert [sorted(source) for source in config["sources"]] == [["config_hash", "run"], ["file", "sha256"]]
    assert judged(tmp_path / "out").findings == 0
    fixed(tmp_path / "once more", tmp_path / "out")
    assert kept(tmp_path / "once more") == kept(tmp_path / "out")


def test_what_is_wrong_with_the_whole_is_said(tmp_path: Path) -> None:
    run = write_run(tmp_path / "run")
    write_part(run, 1, [slot(4), slot(5), slot(7)])
    moved, whole = fixed(tmp_path / "out", run)
    assert moved.endswith("0 moved to " + str(tmp_path / "out" / "rejected"))
    assert whole.startswith(f"what was found of {run}/episodes/part-00001.jsonl, {run} as a whole is not mended")


def test_a_finding_on_a_corpus_moves_the_episodes_that_it_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conclude(facts: object, settings: Settings) -> Conclusion:
        return Conclusion([Finding("form", subject, "w", "e", "f") for subject in ("corpus", episode(2)["id"])])

    known = runner.checks() | {"form": Check("form", "", fact=lambda document, _: None, conclude=conclude)}
    monkeypatch.setattr(runner, "checks", lambda: known)
    moved, whole = fixed(tmp_path / "out", write(tmp_path / "x.jsonl", *map(episode, range(4))))
    assert "3 kept" in moved and "(1 form)" in moved
    assert "found of corpus as a whole" in whole


def test_rows_of_others(tmp_path: Path) -> None:
    rows: list[EpisodeJson | bytes] = [{"text": "one"}, {"txet": "two"}, b"[", {"text": "three"}]
    path = write(tmp_path / "rows.jsonl", *rows)
    settings = Settings(Fields.read(["text"]))
    assert "2 kept" in fixed(tmp_path / "out", path, settings=settings)[0]
    assert kept(tmp_path / "out") == [b'{"text":"one"}', b'{"text":"three"}']
    assert [each["line"] for each in rejected(tmp_path / "out")] == ['{"txet":"two"}', "["]
    assert judged(tmp_path / "out", settings=settings).findings == 0


def test_rows_called_by_a_field(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def conclude(facts: object, settings: Settings) -> Conclusion:
        return Conclusion([Finding("duplicates", "b", "w", "e", "f")])

    known = runner.checks() | {"duplicates": Check("duplicates", "", fact=lambda document, _: 1, conclude=conclude)}
    monkeypatch.setattr(runner, "checks", lambda: known)
    path = write(tmp_path / "rows.jsonl", *({"text": "words", "key": key} for key in "abc"))
    fixed(tmp_path / "out", path, settings=Settings(Fields.read(["text", "id=key"])))
    assert [orjson.loads(line)["key"] for line in kept(tmp_path / "out")] == ["a", "c"]


def test_a_line_too_long_to_be_read_stays_where_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "x.jsonl", episode(1), b'{"a":"' + b"x" * (LINE_LIMIT + 9) + b'"}', episode(2))
    fixed(tmp_path / "out", path)
    assert kept(tmp_path / "out") == [canonical(episode(1)), canonical(episode(2))]
    (left,) = rejected(tmp_path / "out")
    assert left["line"] == "" and "at most 8,388,608 bytes" in left["detail"]


@pytest.mark.parametrize("spoil", [lambda run: run, lambda run: (run / "run.json").write_bytes(b"{}")])
def test_what_cannot_be_written_is_said_before_the_work(tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    run = write_run(tmp_path / "run")
    spoil(run)
    out = tmp_path if (run / "run.json").stat().st_size > 2 else tmp_path / "out"
    with pytest.raises(InputError, match=r"choose another directory|restore it"):
        fix.check(out, [target(run)])
