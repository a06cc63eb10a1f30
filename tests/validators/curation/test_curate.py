"""The verb, from files to a run directory."""

from hashlib import sha256
from pathlib import Path

import orjson
import pytest
from samples import episode, seal, write

from madata.cli import run as madata
from madata.schemas import canonical
from madata.schemas.rundir import RUN, parts
from madata.validators import counts
from madata.validators.curation import table
from madata.validators.curation.table import read_all
from madata.validators.runner import target


def stories(n: int) -> list[dict[str, object]]:
    """Of different structures, the later ones with more turns."""
    made = []
    for number in range(n):
        story = episode(number)
        story["structure"] = f"{number:016x}"
        story["turns"] += [
            {**story["turns"][-1], "index": 5 + more, "text": f"Ben hummed {'on ' * more}."} for more in range(number)
        ]
        made.append(seal(story))
    return made


def curated(out: Path) -> list[bytes]:
    assert list(counts.audit(out)) == []
    return [line for part in parts(out) for line in part.episodes.read_bytes().splitlines(keepends=True)]


def config(out: Path) -> dict[str, object]:
    found: dict[str, object] = orjson.loads((out / RUN).read_bytes())["config"]
    return found


def test_lines_stay_as_they_were_and_again_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, second = stories(8)[:4], stories(8)[4:]
    spaced = orjson.dumps(second[0], option=orjson.OPT_INDENT_2).replace(b"\n", b" ")
    paths = [str(write(tmp_path / "a.jsonl", *first)), str(write(tmp_path / "b.jsonl", spaced, *second[1:]))]
    for out in ("one", "two"):
        assert madata(["curate", *paths, "--n", "7", "--out", str(tmp_path / out)]) == 0
    lines = curated(tmp_path / "one")
    assert len(set(lines)) == 7
    assert set(lines) < {spaced + b"\n", *(canonical(each) + b"\n" for each in (*first, *second))}
    for file in ("run.json", "episodes/part-00000.jsonl"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()
    assert capsys.readouterr().out.startswith(f"7 of 8 episodes in {tmp_path / 'one'}; 0 repeat")


def test_a_choice_of_a_choice(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", *stories(8))
    assert madata(["curate", str(path), "--n", "5", "--out", str(tmp_path / "out")]) == 0
    assert madata(["curate", str(tmp_path / "out"), "--n", "2", "--out", str(tmp_path / "again")]) == 0
    assert set(curated(tmp_path / "again")) < set(curated(tmp_path / "out"))
    sealed = orjson.loads((tmp_path / "out" / RUN).read_bytes())["config_hash"]
    assert config(tmp_path / "again") == {
        "selection": "curated",
        "objective": "coverage",
        "asked": 2,
        "n": 2,
        "shard_size": 250,
        "sources": [{"run": "out", "config_hash": sealed}],
    }


def test_none_like_another_and_fewer_than_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twin, renamed = stories(2)[1], seal(episode(9) | {"structure": "f" * 16})
    path = write(tmp_path / "a.jsonl", *stories(2), twin, renamed)
    assert madata(["curate", str(path), "--n", "3", "--out", str(tmp_path / "out")]) == 1
    assert len(curated(tmp_path / "out")) == 2
    assert "(fewer than the 3 asked); 2 repeat" in capsys.readouterr().out


def test_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.jsonl", *stories(6))
    assert madata(["curate", str(path), "--n", "3", "--out", str(tmp_path / "out"), "--json"]) == 0
    told = orjson.loads(capsys.readouterr().out)
    assert (told["asked"], told["chosen"], told["episodes"], told["distinct"]) == (3, 3, 6, 6)
    assert told["figures"]["scopes"] == {"tom": [6, 3]}
    assert told["figures"]["shares"]["tom"]["structure"]["family"] == {"location": [1.0, 1.0]}
    for facet in told["figures"]["features"].values():
        assert 0 < facet["chosen"] <= facet["there"]


def test_the_hard_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = stories(20)
    path = write(tmp_path / "a.jsonl", *made)
    assert madata(["curate", str(path), "--n", "4", "--out", str(tmp_path / "out"), "--objective", "hard"]) == 0
    chosen = [len(orjson.loads(line)["turns"]) for line in curated(tmp_path / "out")]
    assert min(chosen) > max(len(each["turns"]) for each in made[:8])  # type: ignore[arg-type]


def test_the_hard_ones_by_what_a_model_got_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = stories(10)
    path = write(tmp_path / "a.jsonl", *made)
    answers = [{"id": f"{each['id']}#q1", "correct": True} for each in made]
    answers[3] = {"id": f"{made[3]['id']}#q1", "correct": False}
    failed = write(
        tmp_path / "failures.jsonl", *answers[:8], {"id": made[4]["id"], "score": 0.2}, {"id": "x", "correct": 1}
    )
    asked = ["curate", str(path), "--n", "1", "--objective", "hard", "--failures", str(failed)]
    assert madata([*asked, "--out", str(tmp_path / "out")]) == 0
    assert [orjson.loads(line)["id"] for line in curated(tmp_path / "out")] == [made[3]["id"]]
    assert "answered: 8, ids of no episode here: 1" in capsys.readouterr().out
    named = config(tmp_path / "out")["failures"]
    assert named == {"file": "failures.jsonl", "sha256": sha256(failed.read_bytes()).hexdigest()}


@pytest.mark.parametrize(
    "content",
    [b'{"id": "x"}', b'{"id": 1, "correct": 1}', b'{"id": "x", "correct": 2}', b'{"id": "x", "correct": 1}', b"{"],
)
def test_failures_that_say_nothing(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.jsonl", *stories(2))
    failed = write(tmp_path / "failures.jsonl", content)
    assert madata(["curate", str(path), "--n", "1", "--out", str(tmp_path / "out"), "--failures", str(failed)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert str(failed) in line
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b"\xff{}", b"", b'{"a": 1, "a": 2}'])
def test_a_line_that_is_no_episode_is_named(tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.jsonl", *stories(1), content)
    assert madata(["curate", str(path), "--n", "1", "--out", str(tmp_path / "out")]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"madata: {path}:2, ")
    assert not (tmp_path / "out").exists()


def test_a_directory_that_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "a.jsonl", *stories(1))
    assert madata(["curate", str(path), "--n", "1", "--out", str(tmp_path)]) == 2
    assert "exists: choose another directory" in capsys.readouterr().err


def test_rows_of_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    texts = [
        "the cat sat on the mat",
        "the cat sat on the mat",
        "the cat sat on the rug",
        "a storm took the old roof off",
    ]
    path = write(tmp_path / "rows.jsonl", *(canonical({"said": text}) for text in texts))
    asked = ["curate", str(path), "--n", "2", "--out", str(tmp_path / "out")]
    assert madata([*asked, "--text-field", "said"]) == 0
    assert {orjson.loads(line)["said"] for line in curated(tmp_path / "out")} == {texts[3], texts[0]}
    assert madata([*asked[:-1], str(tmp_path / "other"), "--text-field", "told"]) == 2
    assert f"{path}:1, line: expected text in the field 'told'" in capsys.readouterr().err


def test_none_is_nearly_another(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = [f"{first}{last}" for first in "bdfgklmnprst" for last in ("ana", "elo", "iru", "oti", "umo")]
    texts = [" ".join(words), " ".join([*words[:30], "quite", *words[31:]]), " ".join(reversed(words))]
    path = write(tmp_path / "rows.jsonl", *(canonical({"said": text}) for text in texts))
    assert madata(["curate", str(path), "--n", "3", "--out", str(tmp_path / "out"), "--text-field", "said"]) == 1
    assert len(curated(tmp_path / "out")) == 2
    assert texts[2] in {orjson.loads(line)["said"] for line in curated(tmp_path / "out")}
    assert "1 repeat the structure or the words of another" in capsys.readouterr().out


def test_processes_read_what_one_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "CHUNK", 1)
    targets = [target(write(tmp_path / f"{name}.jsonl", *stories(3))) for name in "abc"]
    told: list[int] = []
    many = read_all(targets, None, lambda _, judged=0: told.append(judged), workers=2)
    assert many == read_all(targets, None, lambda _, judged=0: None, workers=1)
    assert sum(told) == sum(each.path.stat().st_size for each in targets)
